/* Dtypes, shapes and errors of the elementwise rows: against NumPy's dtypes, and exact texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ops/ids.h"
#include "ops/kernel_call.h"

#include <stdio.h>

static const char letters[] = "?bhilBHILefdFD";
static const fm_dtype dtypes[] = {FM_BOOL,    FM_INT8,    FM_INT16,     FM_INT32,     FM_INT64,
                                  FM_UINT8,   FM_UINT16,  FM_UINT32,    FM_UINT64,    FM_FLOAT16,
                                  FM_FLOAT32, FM_FLOAT64, FM_COMPLEX64, FM_COMPLEX128};

static fm_dtype dtype_of(char letter) {
    const char *at = strchr(letters, letter);
    return at ? dtypes[at - letters] : FM_DTYPE_NONE;
}

static const fm_layout *vector(fm_dtype dtype, int64_t n) {
    const fm_layout *layout = NULL;
    assert_int_equal(fm_layout_get(NULL, dtype, 1, &n, NULL, 0, &layout), FM_OK);
    return layout;
}

static void set_number(fm_value *value, int which) {
    *value = (fm_value){.kind = FM_VALUE_INT, .as.i = 1};
    if (which == 1) *value = (fm_value){.kind = FM_VALUE_FLOAT, .as.f = 1};
    if (which == 2) *value = (fm_value){.kind = FM_VALUE_COMPLEX, .as.c = {1, 0}};
}

/* The letter of what the row makes of operands a and b; b past the dtypes is a number. */
static char result_of(const fm_row *row, fm_dtype a, int b) {
    kernel_call call = {.row = row, .nin = row->nparams};
    call.in[0].layout = vector(a, 3);
    if (row->nparams == 2 && b < 14) call.in[1].layout = vector(dtypes[b], 3);
    if (row->nparams == 2 && b >= 14) set_number(&call.values[1], b - 14);
    fm_status status = kernel_infer(&call, NULL);
    fm_layout_release(call.in[0].layout);
    fm_layout_release(call.in[1].layout);
    if (status == FM_ERR_DTYPE) return '-';
    assert_int_equal(status, FM_OK);
    for (int i = 0; i < 14; i++) {
        if (dtypes[i] == call.resolved.out[0].dtype) return letters[i];
    }
    return '!';
}

static void test_dtypes_are_numpys(void **state) {
    (void)state;
    FILE *file = fopen(FM_TEST_DATA "/ops/elementwise_types.txt", "r");
    assert_non_null(file);
    char name[24], first, want[24], got[24];
    int lines = 0;
    for (; fscanf(file, "%23s %c %23s", name, &first, want) == 3; lines++) {
        const fm_row *row = fm_row_find(name);
        assert_non_null(row);
        size_t n = strlen(want);
        for (size_t i = 0; i < n; i++) {
            got[i] = first == '-' ? result_of(row, dtypes[i], 0)
                                  : result_of(row, dtype_of(first), (int)i);
        }
        got[n] = 0;
        if (strcmp(got, want)) fail_msg("%s %c: %s, should be %s", name, first, got, want);
    }
    fclose(file);
    assert_true(lines > 500);
}

/* infer of two operands: dtype NONE takes the value's number. */
static fm_status infer2(const char *op, const fm_layout *a, fm_value va, const fm_layout *b,
                        fm_value vb, kernel_call *call, fm_error *error) {
    memset(call, 0, sizeof *call);
    call->row = fm_row_find(op);
    call->nin = 2;
    call->in[0].layout = a;
    call->in[1].layout = b;
    call->values[0] = va;
    call->values[1] = vb;
    fm_status status = kernel_infer(call, error);
    if (a) fm_layout_release(a);
    if (b) fm_layout_release(b);
    return status;
}

static fm_value whole(int64_t i) {
    return (fm_value){.kind = FM_VALUE_INT, .as.i = i};
}

static const fm_value no_value = {.kind = FM_VALUE_UNSET};

static void test_shapes_that_do_not_broadcast(void **state) {
    (void)state;
    kernel_call call;
    fm_error error;
    fm_status status = infer2("add", vector(FM_FLOAT32, 4), no_value, vector(FM_FLOAT32, 3),
                              no_value, &call, &error);
    assert_int_equal(status, FM_ERR_SHAPE);
    assert_string_equal(error.message, "add: argument 2: shape (3,) does not broadcast with (4,)");
    assert_int_equal(error.argument, 2);
}

static void test_shapes_that_broadcast(void **state) {
    (void)state;
    kernel_call call;
    int64_t a[] = {5, 1, 4}, b[] = {3, 1}, want[] = {5, 3, 4};
    const fm_layout *x, *y;
    assert_int_equal(fm_layout_get(NULL, FM_INT8, 3, a, NULL, 0, &x), FM_OK);
    assert_int_equal(fm_layout_get(NULL, FM_INT8, 2, b, NULL, 0, &y), FM_OK);
    assert_int_equal(infer2("multiply", x, no_value, y, no_value, &call, NULL), FM_OK);
    assert_int_equal(call.resolved.out[0].ndim, 3);
    assert_memory_equal(call.resolved.out[0].shape, want, sizeof want);
    assert_int_equal(
        infer2("multiply", vector(FM_INT8, 0), no_value, vector(FM_INT8, 1), no_value, &call, NULL),
        FM_OK);
    assert_int_equal(call.resolved.out[0].shape[0], 0);
}

static void test_integers_out_of_bounds(void **state) {
    (void)state;
    kernel_call call;
    fm_error error;
    fm_status status = infer2("add", vector(FM_INT8, 3), no_value, NULL, whole(128), &call, &error);
    assert_int_equal(status, FM_ERR_OVERFLOW);
    assert_string_equal(error.message, "add: argument 2: integer 128 is out of bounds for int8");
    status = infer2("add", NULL, whole(-1), vector(FM_UINT64, 3), no_value, &call, &error);
    assert_int_equal(status, FM_ERR_OVERFLOW);
    assert_string_equal(error.message, "add: argument 1: integer -1 is out of bounds for uint64");
    assert_int_equal(infer2("add", vector(FM_INT8, 3), no_value, NULL, whole(-128), &call, NULL),
                     FM_OK);
    assert_int_equal(
        infer2("add", vector(FM_FLOAT16, 3), no_value, NULL, whole(1 << 20), &call, NULL), FM_OK);
}

static void test_negative_integer_power(void **state) {
    (void)state;
    kernel_call call;
    fm_error error;
    fm_status status =
        infer2("power", vector(FM_INT32, 3), no_value, NULL, whole(-2), &call, &error);
    assert_int_equal(status, FM_ERR_ARGUMENT);
    assert_string_equal(error.message, "power: argument 2: an integer has no integer power -2");
    assert_int_equal(infer2("power", vector(FM_FLOAT32, 3), no_value, NULL, whole(-2), &call, NULL),
                     FM_OK);
}

/* Comparisons with a number that the dtype cannot hold are by value. */
static void test_comparisons_are_exact(void **state) {
    (void)state;
    kernel_call call;
    assert_int_equal(infer2("less", vector(FM_UINT8, 3), no_value, NULL, whole(300), &call, NULL),
                     FM_OK);
    assert_int_equal(call.resolved.compute, FM_INT64);
    assert_int_equal(infer2("less", vector(FM_UINT8, 3), no_value, NULL, whole(30), &call, NULL),
                     FM_OK);
    assert_int_equal(call.resolved.compute, FM_UINT8);
    assert_int_equal(
        infer2("less", vector(FM_UINT64, 3), no_value, vector(FM_INT8, 3), no_value, &call, NULL),
        FM_OK);
    assert_int_equal(call.resolved.compute, FM_INT64);
}

static void test_dtypes_not_taken(void **state) {
    (void)state;
    kernel_call call;
    fm_error error;
    fm_status status = infer2("bitwise_and", vector(FM_FLOAT32, 3), no_value, vector(FM_INT8, 3),
                              no_value, &call, &error);
    assert_int_equal(status, FM_ERR_DTYPE);
    assert_string_equal(error.message, "bitwise_and: does not take float32");
    status = infer2("subtract", vector(FM_BOOL, 3), no_value, vector(FM_BOOL, 3), no_value, &call,
                    &error);
    assert_int_equal(status, FM_ERR_DTYPE);
}

static void test_costs(void **state) {
    (void)state;
    kernel_call call;
    fm_work work;
    assert_int_equal(infer2("add", vector(FM_FLOAT32, 8), no_value, vector(FM_FLOAT32, 1), no_value,
                            &call, NULL),
                     FM_OK);
    fm_bound bound = {.row = call.row, .values = call.values};
    fm_work_begin(&work, false);
    call.resolved.in[0] = vector(FM_FLOAT32, 8);
    call.resolved.in[1] = vector(FM_FLOAT32, 1);
    assert_int_equal(call.row->cost(&bound, &call.resolved, &work, NULL), FM_OK);
    assert_int_equal(work.nparts, 1);
    assert_int_equal((int)work.part[0].units, 8);
    assert_int_equal((int)work.bytes, 4 * (8 + 1 + 8));
    fm_layout_release(call.resolved.in[0]);
    fm_layout_release(call.resolved.in[1]);
}

/* A row for every alias, of the same kernel. */
static void test_aliases(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"abs", "absolute"},    {"asin", "arcsin"},        {"atanh", "arctanh"},
        {"conj", "conjugate"},  {"bitwise_not", "invert"}, {"degrees", "rad2deg"},
        {"radians", "deg2rad"}, {"true_divide", "divide"}, {"mod", "remainder"},
        {"pow", "power"},       {"atan2", "arctan2"},      {"bitwise_left_shift", "left_shift"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const fm_row *a = fm_row_find(pairs[i][0]), *b = fm_row_find(pairs[i][1]);
        assert_non_null(a);
        assert_non_null(b);
        assert_int_equal(a->family, b->family);
        assert_int_equal(a->op, b->op);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dtypes_are_numpys),
        cmocka_unit_test(test_shapes_that_do_not_broadcast),
        cmocka_unit_test(test_shapes_that_broadcast),
        cmocka_unit_test(test_integers_out_of_bounds),
        cmocka_unit_test(test_negative_integer_power),
        cmocka_unit_test(test_comparisons_are_exact),
        cmocka_unit_test(test_dtypes_not_taken),
        cmocka_unit_test(test_costs),
        cmocka_unit_test(test_aliases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
