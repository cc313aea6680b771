/* Symmetric tensors through the corridor: declared, passed on, charged by their distinct elements,
   and lost where they must be. */
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
static int warnings;

static void count_warning(void *user, fm_severity severity, const char *line) {
    (void)user;
    if (severity == FM_LOG_WARNING && strstr(line, "symmetry")) warnings++;
}

static int open_context(void **state) {
    (void)state;
    fm_error error;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    options.cost_model = "flopscope-0.4";
    options.log = count_warning;
    warnings = 0;
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

static void ok(fm_status status) {
    if (status != FM_OK) fail_msg("%s", fm_context_message(ctx));
}

static fm_tensor *matrix(const double *data) {
    fm_tensor *tensor;
    ok(fm_tensor_from_host(ctx, FM_FLOAT64, 2, (const int64_t[]){3, 3}, data, &tensor));
    return tensor;
}

static const double even[] = {1, 2, 3, 2, 4, 5, 3, 5, 6}, odd[] = {1, 2, 3, 2, 4, 5, 3, 5.5, 6};

static const fm_symmetry *full(int degree) {
    static const int axes[] = {0, 1, 2, 3};
    const fm_symmetry *group;
    ok(fm_symmetry_symmetric(degree, axes, &group, NULL));
    return group;
}

static fm_status declare(const fm_tensor *tensor, const fm_symmetry *group, fm_tensor **out) {
    fm_value symmetry = {.kind = FM_VALUE_SYMMETRY, .as.symmetry = group};
    return fm_as_symmetric(ctx, tensor, &symmetry, out);
}

/* The symmetric matrix of the tests. */
static fm_tensor *symmetric(void) {
    fm_tensor *plain = matrix(even), *tagged = NULL;
    const fm_symmetry *s2 = full(2);
    ok(declare(plain, s2, &tagged));
    fm_symmetry_release(s2);
    fm_tensor_release(plain);
    return tagged;
}

static uint64_t used(void) {
    return fm_budget_used(fm_context_budget(ctx));
}

static void symmetry_is_checked_and_carried(void **state) {
    (void)state;
    fm_tensor *good = symmetric(), *bad = matrix(odd), *out = NULL;
    const fm_symmetry *s2 = full(2), *s3 = full(3);
    assert_ptr_equal(fm_tensor_symmetry(good), s2);
    assert_int_equal(declare(bad, s2, &out), FM_ERR_NUMERIC);
    assert_string_equal(fm_context_message(ctx),
                        "as_symmetric: argument 1: the values are not symmetric along axes (0, 1): "
                        "they differ by up to 0.5, and atol=1e-06 and rtol=1e-05 are allowed");
    assert_string_equal(fm_context_error(ctx)->exception, "SymmetryError");
    assert_int_equal(declare(bad, s3, &out), FM_ERR_ARGUMENT);
    assert_string_equal(
        fm_context_message(ctx),
        "as_symmetric: argument 2: axis 2 of the symmetry is out of range for 2 dimensions");
    assert_null(out);
    assert_null(fm_tensor_symmetry(bad));
    fm_symmetry_release(s3);
    fm_symmetry_release(s2);
    fm_tensor_release(bad);
    fm_tensor_release(good);
}

static void pointwise_work_counts_distinct_elements(void **state) {
    (void)state;
    fm_tensor *a = symmetric(), *plain = matrix(even), *out = NULL;
    uint64_t before = used();
    ok(fm_exp(ctx, a, &out));
    assert_int_equal(used() - before, 6 * 16);
    assert_ptr_equal(fm_tensor_symmetry(out), fm_tensor_symmetry(a));
    before = used();
    ok(fm_add(ctx, a, out, &out)); /* in place, still symmetric */
    assert_int_equal(used() - before, 6);
    assert_ptr_equal(fm_tensor_symmetry(out), fm_tensor_symmetry(a));
    before = used();
    ok(fm_add(ctx, a, plain, &out)); /* a dense operand ends it */
    assert_int_equal(used() - before, 9);
    assert_null(fm_tensor_symmetry(out));
    assert_int_equal(warnings, 1);
    ok(fm_add_scalar(ctx, a, fm_float(2), &out));
    assert_ptr_equal(fm_tensor_symmetry(out), fm_tensor_symmetry(a));
    fm_tensor_release(out);
    fm_tensor_release(plain);
    fm_tensor_release(a);
}

static void any_write_ends_it(void **state) {
    (void)state;
    fm_tensor *a = symmetric(), *row = NULL, *sum = NULL;
    fm_value key = {.kind = FM_VALUE_INT, .as.i = 1};
    double ones[] = {1, 1, 1};
    ok(fm_getitem(ctx, a, &key, &row));
    assert_null(fm_tensor_symmetry(row));
    assert_non_null(fm_tensor_symmetry(a));
    ok(fm_tensor_set_from_host(ctx, row, ones, sizeof ones)); /* through a view */
    assert_null(fm_tensor_symmetry(a));
    uint64_t before = used();
    ok(fm_add(ctx, a, a, &sum));
    assert_int_equal(used() - before, 9);
    fm_tensor *eye = NULL;
    ok(fm_ones(ctx, 2, (const int64_t[]){3, 3}, NULL, &eye));
    assert_non_null(fm_tensor_symmetry(eye));
    ok(fm_copyto(ctx, eye, sum, NULL)); /* in place */
    assert_null(fm_tensor_symmetry(eye));
    fm_tensor_release(eye);
    fm_tensor_release(sum);
    fm_tensor_release(row);
    fm_tensor_release(a);
}

static void shapes_take_it_along(void **state) {
    (void)state;
    fm_tensor *cube = NULL, *out = NULL;
    ok(fm_ones(ctx, 3, (const int64_t[]){2, 2, 2}, NULL, &cube));
    assert_int_equal(fm_symmetry_order(fm_tensor_symmetry(cube)), 6);
    fm_value key[] = {{.kind = FM_VALUE_INT, .as.i = 0}, {.kind = FM_VALUE_NONE}};
    fm_value tuple = {.kind = FM_VALUE_TUPLE, .count = 2, .as.items = key};
    ok(fm_getitem(ctx, cube, &tuple, &out)); /* cube[0, None]: axes 1 and 2 of three */
    assert_int_equal(fm_symmetry_order(fm_tensor_symmetry(out)), 2);
    assert_int_equal(fm_symmetry_axis(fm_tensor_symmetry(out), 0), 1);
    fm_sum_options options = {.size = sizeof options};
    options.axis = (fm_opt_ints)FM_OPT_INTS(1, ((const int64_t[]){2}));
    uint64_t before = used();
    fm_tensor_release(out);
    out = NULL;
    ok(fm_sum(ctx, cube, &options, &out));
    assert_int_equal(fm_symmetry_order(fm_tensor_symmetry(out)), 2);
    assert_int_equal(used() - before, 3); /* one addition for each of three distinct sums */
    ok(fm_reshape(ctx, cube, 2, (const int64_t[]){4, 2}, NULL, &out));
    assert_null(fm_tensor_symmetry(out));
    fm_tensor_release(out);
    fm_tensor_release(cube);
}

/* Whichever allocation fails: nothing is charged, lost or left behind. */
static void every_allocation_may_fail(void **state) {
    (void)state;
    fm_tensor *a = symmetric();
    fm_value symmetry = {.kind = FM_VALUE_SYMMETRY, .as.symmetry = fm_tensor_symmetry(a)};
    fm_value key[] = {{.kind = FM_VALUE_NONE}, {.kind = FM_VALUE_NONE}};
    fm_value tuple = {.kind = FM_VALUE_TUPLE, .count = 2, .as.items = key};
    fm_value self = {.kind = FM_VALUE_TENSOR, .as.tensor = a};
    const fm_value second[] = {self, tuple, symmetry, symmetry};
    const char *const names[] = {"multiply", "getitem", "symmetrize", "as_symmetric"};
    int failures = 0;
    for (size_t c = 0; c < sizeof names / sizeof *names; c++) {
        fm_argument arguments[] = {{NULL, self}, {NULL, second[c]}};
        fm_status status = FM_ERR_MEMORY;
        for (uint64_t nth = 1; status != FM_OK; nth++) {
            fm_tensor *out = NULL;
            uint64_t before = used();
            fm_alloc_fail_at(nth, 0);
            status = fm_call(ctx, names[c], arguments, 2, &out, 1);
            fm_alloc_fail_at(0, 0);
            if (status == FM_OK) {
                fm_tensor_release(out);
                continue;
            }
            failures++;
            assert_int_equal(status, FM_ERR_MEMORY);
            assert_null(out);
            assert_int_equal(used(), before);
        }
    }
    assert_true(failures > 20);
    fm_tensor_release(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(symmetry_is_checked_and_carried, open_context,
                                        close_context),
        cmocka_unit_test_setup_teardown(pointwise_work_counts_distinct_elements, open_context,
                                        close_context),
        cmocka_unit_test_setup_teardown(any_write_ends_it, open_context, close_context),
        cmocka_unit_test_setup_teardown(shapes_take_it_along, open_context, close_context),
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, open_context, close_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
