/* Contractions of symmetric tensors through the corridor: charges, the results' symmetry, counts
   that are too expensive, and every allocation failing in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/flopmeter.h>
#include <string.h>

#include "core/alloc.h"
#include "core/layout.h"
#include "core/symmetry.h"

static fm_context *ctx;
static char logged[256];

static void keep_warning(void *user, fm_severity severity, const char *line) {
    (void)user;
    if (severity == FM_LOG_WARNING) {
        strncpy(logged, line, sizeof logged - 1);
        logged[sizeof logged - 1] = '\0';
    }
}

static int open_context(void **state) {
    (void)state;
    fm_error error;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    options.cost_model = "flopscope-0.4";
    options.log = keep_warning;
    logged[0] = '\0';
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return 0;
}

static int close_context(void **state) {
    (void)state;
    fm_context_close(ctx);
    assert_int_equal(fm_layout_count(), 0);
    assert_int_equal(fm_symmetry_count(), 0);
    return 0;
}

/* Zeros of ndim axes of 3, with the rotations of the axes or all of their permutations. */
static fm_tensor *zeros(int ndim, bool rotations) {
    static const int axes[] = {0, 1, 2, 3};
    static const int64_t shape[] = {3, 3, 3, 3};
    static const double data[81] = {0};
    fm_tensor *plain = NULL, *tagged = NULL;
    const fm_symmetry *group = NULL;
    assert_int_equal(rotations ? fm_symmetry_cyclic(ndim, axes, &group, NULL)
                               : fm_symmetry_symmetric(ndim, axes, &group, NULL),
                     FM_OK);
    fm_value symmetry = {.kind = FM_VALUE_SYMMETRY, .as.symmetry = group};
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, ndim, shape, data, &plain), FM_OK);
    assert_int_equal(fm_as_symmetric(ctx, plain, &symmetry, &tagged), FM_OK);
    fm_symmetry_release(group);
    fm_tensor_release(plain);
    return tagged;
}

static fm_status call(const char *op, const char *subscripts, const fm_tensor *a,
                      const fm_tensor *b, fm_tensor **out) {
    fm_argument arguments[3];
    size_t count = 0;
    if (subscripts)
        arguments[count++] =
            (fm_argument){NULL, {.kind = FM_VALUE_STRING, .as.string = subscripts}};
    arguments[count++] = (fm_argument){NULL, {.kind = FM_VALUE_TENSOR, .as.tensor = a}};
    if (b) arguments[count++] = (fm_argument){NULL, {.kind = FM_VALUE_TENSOR, .as.tensor = b}};
    return fm_call(ctx, op, arguments, count, out, 1);
}

/* What the call charges, and the order of its result's symmetry, 1 for none. */
static void expect(const char *op, const char *subscripts, const fm_tensor *a, const fm_tensor *b,
                   uint64_t flops, uint64_t order) {
    fm_tensor *out = NULL;
    uint64_t before = fm_budget_used(fm_context_budget(ctx));
    if (call(op, subscripts, a, b, &out) != FM_OK) fail_msg("%s", fm_context_message(ctx));
    assert_int_equal(fm_budget_used(fm_context_budget(ctx)) - before, flops);
    const fm_symmetry *group = fm_tensor_symmetry(out);
    assert_int_equal(group ? fm_symmetry_order(group) : 1, order);
    fm_tensor_release(out);
}

static void charges_and_symmetry_agree(void **state) {
    (void)state;
    fm_tensor *s = zeros(2, false), *t = zeros(2, false), *cube = zeros(3, false);
    expect("matmul", NULL, s, s, 30, 2);
    expect("matmul", NULL, s, t, 45, 1);
    expect("outer", NULL, s, s, 45, 2);
    expect("einsum", "ij->ji", s, NULL, 0, 2);
    expect("einsum", "ij,ij->ij", s, t, 6, 2);
    expect("einsum", "ijk->kji", cube, NULL, 0, 6);
    fm_tensor_release(s);
    fm_tensor_release(t);
    fm_tensor_release(cube);
}

/* A count that is too expensive is charged as without symmetry, and the log hears of it. */
static void fallbacks_are_on_record(void **state) {
    (void)state;
    fm_tensor *ring = zeros(3, true);
    uint64_t limit = fm_accumulation_partition_limit();
    expect("einsum", "abc->bc", ring, NULL, 27 - 9, 1);
    assert_string_equal(logged, "einsum: the symmetry of argument 2 along axes (0, 1, 2) does not "
                                "reach the result; as_symmetric declares it where the values have "
                                "it");
    logged[0] = '\0';
    fm_symmetry_set_warnings(false);
    fm_accumulation_set_partition_limit(4);
    expect("einsum", "acb->cb", ring, NULL, 27, 1);
    assert_string_equal(
        logged, "einsum: its symmetry is too large to be counted: it is charged as without it");
    fm_accumulation_set_partition_limit(limit);
    fm_symmetry_set_warnings(true);
    fm_tensor_release(ring);
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    fm_tensor *cube = zeros(3, false), *s = zeros(2, false);
    uint64_t failures = 0, before = fm_budget_used(fm_context_budget(ctx));
    for (uint64_t nth = 1;; nth++) {
        fm_tensor *out = NULL;
        fm_alloc_fail_at(nth, 0);
        fm_status status = call("einsum", "ijk,kl->ijl", cube, s, &out);
        fm_alloc_fail_at(0, 0);
        if (status == FM_OK) {
            fm_tensor_release(out);
            break;
        }
        assert_int_equal(status, FM_ERR_MEMORY);
        assert_null(out);
        assert_int_equal(fm_budget_used(fm_context_budget(ctx)), before);
        failures++;
    }
    assert_true(failures > 20);
    fm_tensor_release(cube);
    fm_tensor_release(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(charges_and_symmetry_agree, open_context, close_context),
        cmocka_unit_test_setup_teardown(fallbacks_are_on_record, open_context, close_context),
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, open_context, close_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
