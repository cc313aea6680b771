/* The sweep of elementwise rows: row x dtype x layout against NumPy's golden results.

   Each test is named op.<row>.<dtype>.<layout>; an argument with that name, * and ? allowed, runs
   what it matches alone. FLOPMETER_TEST_DEVICE=cuda tries the CUDA backend instead,
   FLOPMETER_TEST_SAMPLE=1 one dtype a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ops/compare.h"
#include "ops/golden_elementwise.h"
#include "ops/ids.h"
#include "ops/kernel_call.h"

static golden all;
static kernel_device device;

/* How a vector of n elements is laid out. Fields that do not fit n are cut. */
typedef struct shape_plan {
    int ndim;
    int64_t shape[2], strides[2];
} shape_plan;

typedef enum variant {
    FLAT,   /* one contiguous axis */
    SCALAR, /* no axes: the first elements one by one */
    EMPTY,  /* extents 0 and 3 */
    ONE,
    ODD,      /* seven elements */
    VIEW,     /* a transposed matrix */
    NEGATIVE, /* backwards */
    GAPS,     /* every third element; the output every second */
    IN_PLACE,
    BROADCAST, /* binary: a column against a row */
    LARGE,     /* many copies of the vector, past the caches and over the threads */
    VARIANTS
} variant;

static const char *const variant_names[VARIANTS] = {
    "flat", "0d", "empty", "one", "odd", "view", "back", "gaps", "inplace", "broadcast", "large"};

typedef struct sweep_case {
    const golden_case *golden;
    variant variant;
    char name[64];
} sweep_case;

static int inputs_of(const golden_case *g, const fm_row *row) {
    (void)g;
    return row->family == FM_FAMILY_TERNARY ? 3 : row->family == FM_FAMILY_BINARY ? 2 : 1;
}

/* Element i of input k of a case, as its operands are combined in the golden file. */
static const unsigned char *stored_element(const golden_case *g, const fm_row *row, int k, int i) {
    size_t size = fm_dtype_size(g->dtype);
    if (row->family == FM_FAMILY_BINARY) {
        int at = k == 0 ? i / g->columns : i % g->columns;
        return all.inputs[g->dtype][1 + k] + (size_t)at * size;
    }
    bool where = strcmp(g->op, "where") == 0, clip = strcmp(g->op, "clip") == 0;
    if (where && k == 0) return all.inputs[FM_BOOL][0] + i;
    bool back = (where && k == 2) || (clip && k == 1);
    int at = back ? g->rows - 1 - i : i;
    return all.inputs[g->dtype][0] + (size_t)at * size;
}

/* Exponents of integers are tried without their sign: it is the top bit of the last byte. */
static const unsigned char *input_element(const golden_case *g, const fm_row *row, int k, int i) {
    static unsigned char unsigned_element[16];
    const unsigned char *element = stored_element(g, row, k, i);
    bool exponent = k == 1 && strcmp(g->op, "power") == 0 && fm_dtype_kind(g->dtype) == 'i';
    if (!exponent) return element;
    size_t size = fm_dtype_size(g->dtype);
    memcpy(unsigned_element, element, size);
    unsigned_element[size - 1] &= 0x7f;
    return unsigned_element;
}

static fm_dtype input_dtype(const golden_case *g, int k) {
    return strcmp(g->op, "where") == 0 && k == 0 ? FM_BOOL : g->dtype;
}

/* Elements begin .. begin + n - 1 of the case, over and over where there are fewer. */
static unsigned char *gather_input(const golden_case *g, const fm_row *row, int k, int64_t begin,
                                   int64_t n) {
    size_t size = fm_dtype_size(input_dtype(g, k));
    int count = g->rows * g->columns;
    unsigned char *elements = malloc((size_t)n * size + 1);
    assert_non_null(elements);
    for (int64_t i = 0; i < n; i++) {
        memcpy(elements + (size_t)i * size, input_element(g, row, k, (int)((begin + i) % count)),
               size);
    }
    return elements;
}

static const fm_layout *layout_of(fm_dtype dtype, const shape_plan *plan) {
    const fm_layout *layout = NULL;
    assert_int_equal(fm_layout_get(NULL, dtype, plan->ndim, plan->shape, plan->strides, 0, &layout),
                     FM_OK);
    return layout;
}

/* Golden results of inexact rows are rounded themselves, by half a unit. The error of a complex
   power is that of its exponent, up to 70 here. */
static double tolerance(const fm_row *row, const golden_case *g) {
    char kind = fm_dtype_kind(g->dtype);
    if (row->ulp == 0 || kind == 'b' || kind == 'i' || kind == 'u') return 0;
    bool power = row->op == FM_BINARY_power || row->op == FM_BINARY_float_power;
    if (kind == 'c' && row->family == FM_FAMILY_BINARY && power) return 100;
    return 0.5 + row->ulp;
}

/* How much larger a unit of the larger operand is than one of the result: sums of exponentials lose
   where they cancel. */
static double cancellation(const golden_case *g, const fm_row *row, int at) {
    bool sum = strncmp(g->op, "logaddexp", 9) == 0;
    double result[2], operand[2], worst = 1;
    if (!sum) return 1;
    parts_of(g->result, g->bytes + (size_t)at * fm_dtype_size(g->result), result);
    for (int k = 0; k < 2 && isfinite(result[0]); k++) {
        parts_of(g->dtype, input_element(g, row, k, at), operand);
        double ratio = unit_at(g->dtype, operand[0]) / unit_at(g->dtype, result[0]);
        if (isfinite(operand[0]) && ratio > worst) worst = ratio;
    }
    return worst;
}

static void check(const golden_case *g, const fm_row *row, int64_t begin, int64_t n,
                  const unsigned char *got) {
    size_t size = fm_dtype_size(g->result);
    int count = g->rows * g->columns;
    for (int64_t i = 0; i < n; i++) {
        int at = (int)((begin + i) % count);
        const unsigned char *want = g->bytes + (size_t)at * size, *have = got + (size_t)i * size;
        double error = error_in_ulp(g->result, have, want);
        if (error <= tolerance(row, g) * cancellation(g, row, at)) continue;
        char x[3][64] = {"", "", ""}, a[64], b[64];
        for (int k = 0; k < inputs_of(g, row); k++) {
            element_text(input_dtype(g, k), input_element(g, row, k, at), x[k]);
        }
        fail_msg("%s(%s %s %s) is %s, should be %s: %g ulp", g->op, x[0], x[1], x[2],
                 element_text(g->result, have, a), element_text(g->result, want, b), error);
    }
}

/* Runs n elements from `begin` on with operands and output laid out as the plans say. */
static void run(const golden_case *g, int64_t begin, int64_t n, const shape_plan *in,
                const shape_plan *out, bool in_place) {
    const fm_row *row = fm_row_find(g->op);
    assert_non_null(row);
    kernel_call call = {.row = row, .nin = inputs_of(g, row)};
    call.values[1] = (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = g->result};
    for (int k = 0; k < call.nin; k++) {
        unsigned char *elements = gather_input(g, row, k, begin, n);
        assert_true(place(&device, &call.in[k], layout_of(input_dtype(g, k), in), elements));
        free(elements);
    }
    fm_error error = {0};
    if (kernel_infer(&call, &error) != FM_OK) fail_msg("%s", error.message);
    assert_int_equal(call.resolved.out[0].dtype, g->result);
    placed own = {0}, *result = in_place ? &call.in[call.nin - 1] : &own;
    if (!in_place) assert_true(place(&device, &own, layout_of(g->result, out), NULL));
    fm_status status = kernel_run(&device, &call, result, in_place ? call.nin - 1 : -1, &error);
    if (status != FM_OK) fail_msg("%s", error.message);
    unsigned char *got = malloc((size_t)n * fm_dtype_size(g->result) + 1);
    assert_non_null(got);
    assert_true(fetch_output(&device, result, got));
    check(g, row, begin, n, got);
    free(got);
    for (int k = 0; k < call.nin; k++) unplace(&device, &call.in[k]);
    if (!in_place) unplace(&device, &own);
}

/* A column of all a against a row of all b. */
static void run_broadcast(const golden_case *g) {
    const fm_row *row = fm_row_find(g->op);
    kernel_call call = {.row = row, .nin = 2};
    shape_plan column = {2, {g->rows, 1}, {1, 1}}, line = {1, {g->columns}, {1}};
    shape_plan whole = {2, {g->rows, g->columns}, {g->columns, 1}};
    placed out = {0};
    fm_error error = {0};
    assert_true(place(&device, &call.in[0], layout_of(g->dtype, &column), all.inputs[g->dtype][1]));
    unsigned char *b = gather_input(g, row, 1, 0, g->columns);
    assert_true(place(&device, &call.in[1], layout_of(g->dtype, &line), b));
    free(b);
    assert_true(place(&device, &out, layout_of(g->result, &whole), NULL));
    assert_int_equal(kernel_infer(&call, &error), FM_OK);
    assert_int_equal(call.resolved.out[0].ndim, 2);
    assert_int_equal(call.resolved.out[0].shape[0], g->rows);
    assert_int_equal(call.resolved.out[0].shape[1], g->columns);
    assert_int_equal(kernel_run(&device, &call, &out, -1, &error), FM_OK);
    int64_t n = (int64_t)g->rows * g->columns;
    unsigned char *got = malloc((size_t)n * fm_dtype_size(g->result));
    assert_non_null(got);
    assert_true(fetch_output(&device, &out, got));
    check(g, row, 0, n, got);
    free(got);
    unplace(&device, &call.in[0]);
    unplace(&device, &call.in[1]);
    unplace(&device, &out);
}

static bool sampled(void) {
    const char *sample = getenv("FLOPMETER_TEST_SAMPLE");
    return sample && *sample && strcmp(sample, "0") != 0;
}

static void sweep(void **state) {
    const sweep_case *s = *state;
    const golden_case *g = s->golden;
    int64_t n = (int64_t)g->rows * g->columns, many = sampled() ? 300017 : 3000017;
    shape_plan flat = {1, {n}, {1}}, seven = {1, {7}, {1}}, one = {1, {1}, {1}};
    shape_plan none = {0, {0}, {0}}, empty = {2, {0, 3}, {3, 1}}, large = {1, {many}, {1}};
    shape_plan wide = {2, {n / 5, 5}, {5, 1}}, turned = {2, {n / 5, 5}, {1, n / 5}};
    shape_plan back = {1, {n}, {-1}}, third = {1, {n}, {3}}, second = {1, {n}, {2}};
    switch (s->variant) {
    case FLAT:
        run(g, 0, n, &flat, &flat, false);
        return;
    case SCALAR:
        for (int64_t i = 0; i < 6; i++) run(g, i, 1, &none, &none, false);
        return;
    case EMPTY:
        run(g, 0, 0, &empty, &empty, false);
        return;
    case ONE:
        run(g, 2, 1, &one, &one, false);
        return;
    case ODD:
        run(g, 3, 7, &seven, &seven, false);
        return;
    case VIEW:
        run(g, 0, n / 5 * 5, &turned, &wide, false);
        run(g, 0, n / 5 * 5, &wide, &turned, false);
        return;
    case NEGATIVE:
        run(g, 0, n, &back, &flat, false);
        return;
    case GAPS:
        run(g, 0, n, &third, &second, false);
        return;
    case IN_PLACE:
        run(g, 0, n, &flat, &flat, true);
        return;
    case BROADCAST:
        run_broadcast(g);
        return;
    default:
        run(g, 0, many, &large, &large, false);
    }
}

/* Large outputs are tried with rows of each kind of kernel. */
static bool tried_large(const golden_case *g) {
    static const char *const ops[] = {"add", "exp", "greater", "where", "astype"};
    if (strcmp(g->op, "astype") == 0 && g->result != FM_FLOAT32) return false;
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (strcmp(g->op, ops[i]) == 0) return true;
    }
    return false;
}

/* One dtype a row: float32, or int32 where the row takes no floats; and one cast. */
static bool is_sample(const golden_case *g) {
    const fm_row *row = fm_row_find(g->op);
    bool takes_float = row && strstr(row->dtypes, "float") != NULL;
    if (strcmp(g->op, "astype") == 0 && g->result != FM_FLOAT64) return false;
    return g->dtype == (takes_float ? FM_FLOAT32 : FM_INT32);
}

static bool applies(const golden_case *g, variant v) {
    const fm_row *row = fm_row_find(g->op);
    if (!row) return true;
    if (row->family == FM_FAMILY_VIEW) return false; /* real and imag have no kernel */
    if (v == IN_PLACE) return input_dtype(g, inputs_of(g, row) - 1) == g->result;
    if (v == BROADCAST) return row->family == FM_FAMILY_BINARY;
    return v != LARGE || tried_large(g);
}

static int list_tests(sweep_case *cases, struct CMUnitTest *tests) {
    int count = 0;
    for (int i = 0; i < all.ncases; i++) {
        const golden_case *g = &all.cases[i];
        if (sampled() && !is_sample(g)) continue;
        for (variant v = FLAT; v < VARIANTS; v++) {
            if (!applies(g, v)) continue;
            sweep_case *s = &cases[count];
            s->golden = g;
            s->variant = v;
            bool cast = strcmp(g->op, "astype") == 0;
            snprintf(s->name, sizeof s->name, "op.%s.%s%s%s.%s", g->op, fm_dtype_name(g->dtype),
                     cast ? "." : "", cast ? fm_dtype_name(g->result) : "", variant_names[v]);
            tests[count++] =
                (struct CMUnitTest){.name = s->name, .test_func = sweep, .initial_state = s};
        }
    }
    return count;
}

int main(int argc, char **argv) {
    static sweep_case cases[GOLDEN_MOST * VARIANTS];
    static struct CMUnitTest tests[GOLDEN_MOST * VARIANTS];
    if (!golden_read(&all, FM_TEST_DATA "/ops/elementwise.bin.gz")) {
        fprintf(stderr, "the golden file cannot be read\n");
        return 1;
    }
    if (!kernel_device_open(&device)) {
        fprintf(stderr, "%s\n", device.why);
        return 77;
    }
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    int count = list_tests(cases, tests);
    int failed = _cmocka_run_group_tests("elementwise", tests, (size_t)count, NULL, NULL);
    kernel_device_close(&device);
    golden_free(&all);
    return failed != 0;
}
