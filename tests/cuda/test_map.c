/* Elementwise kernels on the fake device: contiguous, strided, broadcast, converted and by value,
 * against plain loops over the same indices. */
#include "call.h"

#include <math.h>

enum { ROOM = 4096 };

static double left[ROOM], right[ROOM], out[ROOM];
static float small[ROOM], small_out[ROOM];
static uint8_t bytes[ROOM];

/* A row-major operand of doubles over host. */
static operand dense(double *host, int ndim, const int64_t *shape) {
    operand o = {.dtype = FM_FLOAT64, .ndim = ndim, .bytes = ROOM * sizeof *host, .host = host};
    int64_t stride = 1;
    for (int d = ndim - 1; d >= 0; --d) {
        o.shape[d] = shape[d];
        o.strides[d] = stride;
        stride *= shape[d];
    }
    return o;
}

static void refill(void) {
    for (int i = 0; i < ROOM; ++i) {
        left[i] = i;
        right[i] = 10000.0 * i;
        out[i] = -1.0;
        small[i] = (float)i;
        small_out[i] = -1.0f;
        bytes[i] = 7;
    }
}

static void add(operand *in, operand *result, const fm_scalar *scalars) {
    call_run(FM_FAMILY_BINARY, FM_BINARY_add, FM_FLOAT64, 2, in, result, scalars, NULL, 0, 0);
}

/* Every length around the packs and the blocks; nothing past the end is touched. */
static void contiguous_of_every_length(void **state) {
    (void)state;
    static const int64_t sizes[] = {0, 1, 2, 3, 5, 255, 256, 257, 511, 4000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s) {
        refill();
        operand in[2] = {dense(left, 1, &sizes[s]), dense(right, 1, &sizes[s])};
        operand o = dense(out, 1, &sizes[s]);
        add(in, &o, NULL);
        for (int i = 0; i < ROOM; ++i) assert_true(out[i] == (i < sizes[s] ? 10001.0 * i : -1.0));
    }
}

/* Origins that allow no 16-byte loads. */
static void contiguous_but_not_aligned(void **state) {
    (void)state;
    const int64_t n = 1001;
    refill();
    operand x = {.dtype = FM_FLOAT32,
                 .ndim = 1,
                 .shape = {n},
                 .strides = {1},
                 .origin = 4,
                 .bytes = sizeof small,
                 .host = small};
    operand o = x;
    o.host = small_out;
    o.origin = 12;
    call_run(FM_FAMILY_UNARY, FM_UNARY_negative, FM_FLOAT32, 1, &x, &o, NULL, NULL, 0, 0);
    for (int i = 0; i < ROOM; ++i)
        assert_true(small_out[i] == (i >= 3 && i < 3 + n ? -(float)(i - 2) : -1.0f));
}

static void strided_views(void **state) {
    (void)state;
    refill();
    /* out (7, 5) row-major; left transposed; right backwards along both axes, from its last element
     */
    operand a = {.dtype = FM_FLOAT64,
                 .ndim = 2,
                 .shape = {7, 5},
                 .strides = {1, 7},
                 .bytes = sizeof left,
                 .host = left};
    operand b = {.dtype = FM_FLOAT64,
                 .ndim = 2,
                 .shape = {7, 5},
                 .strides = {-5, -1},
                 .origin = 34 * 8,
                 .bytes = sizeof right,
                 .host = right};
    operand in[2] = {a, b};
    operand o = dense(out, 2, (const int64_t[]){7, 5});
    add(in, &o, NULL);
    for (int i = 0; i < 7; ++i)
        for (int j = 0; j < 5; ++j)
            assert_true(out[i * 5 + j] == i + 7 * j + 10000.0 * (34 - (i * 5 + j)));
    assert_true(out[35] == -1.0);
}

static void a_strided_output(void **state) {
    (void)state;
    refill();
    operand in[2] = {dense(left, 2, (const int64_t[]){4, 3}),
                     dense(right, 2, (const int64_t[]){4, 3})};
    operand o = {.dtype = FM_FLOAT64,
                 .ndim = 2,
                 .shape = {4, 3},
                 .strides = {2, 20},
                 .origin = 8,
                 .bytes = sizeof out,
                 .host = out};
    add(in, &o, NULL);
    for (int i = 0; i < ROOM; ++i) {
        const int row = (i - 1) % 20 / 2, column = (i - 1) / 20;
        const int hit = i >= 1 && (i - 1) % 2 == 0 && row < 4 && column < 3;
        assert_true(out[i] == (hit ? 10001.0 * (row * 3 + column) : -1.0));
    }
}

static void broadcasting(void **state) {
    (void)state;
    refill();
    operand in[2] = {dense(left, 1, (const int64_t[]){6}),
                     dense(right, 2, (const int64_t[]){5, 1})};
    operand o = dense(out, 2, (const int64_t[]){5, 6});
    add(in, &o, NULL);
    for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 6; ++j) assert_true(out[i * 6 + j] == j + 10000.0 * i);
    refill(); /* one element everywhere, from memory: the flat kernel */
    in[0] = dense(left, 2, (const int64_t[]){5, 6});
    in[1] = dense(right + 3, 0, NULL);
    in[1].bytes = sizeof right - 3 * sizeof *right;
    o = dense(out, 2, (const int64_t[]){5, 6});
    add(in, &o, NULL);
    for (int i = 0; i < 30; ++i) assert_true(out[i] == i + 30000.0);
    refill(); /* 0-d */
    in[0] = dense(left + 2, 0, NULL);
    in[0].bytes = 8;
    in[1] = dense(right + 2, 0, NULL);
    in[1].bytes = 8;
    o = dense(out, 0, NULL);
    add(in, &o, NULL);
    assert_true(out[0] == 20002.0 && out[1] == -1.0);
}

/* Ten axes, none of which join: more than one launch takes. */
static void many_axes(void **state) {
    (void)state;
    operand in[2], o = {.dtype = FM_FLOAT64, .ndim = 10, .bytes = sizeof out, .host = out};
    int64_t dense_stride = 1, gap_stride = 1;
    refill();
    for (int d = 9; d >= 0; --d) {
        o.shape[d] = 2;
        o.strides[d] = dense_stride;
        dense_stride *= 2;
    }
    in[0] = o;
    in[0].host = left;
    in[1] = o;
    in[1].host = right;
    for (int d = 0; d < 10; ++d) { /* the axes in the opposite order */
        in[0].strides[d] = gap_stride;
        gap_stride *= 2;
    }
    add(in, &o, NULL);
    for (int i = 0; i < 1024; ++i) {
        int reversed = 0;
        for (int bit = 0; bit < 10; ++bit) reversed |= (i >> bit & 1) << (9 - bit);
        assert_true(out[i] == reversed + 10000.0 * i);
    }
}

static void numbers_by_value(void **state) {
    (void)state;
    const int64_t n = 37;
    for (int second = 0; second < 2; ++second) {
        fm_scalar scalars[2] = {fm_float(0.5), fm_float(0.5)};
        refill();
        operand in[2] = {dense(left, 1, &n), dense(left, 1, &n)};
        in[second].host = NULL;
        operand o = dense(out, 1, &n);
        call_run(FM_FAMILY_BINARY, FM_BINARY_subtract, FM_FLOAT64, 2, in, &o, scalars, NULL, 0, 0);
        for (int i = 0; i < n; ++i) assert_true(out[i] == (second ? i - 0.5 : 0.5 - i));
    }
}

/* int32 + float32 in float64, into float32. */
static void operands_of_other_dtypes(void **state) {
    (void)state;
    static int32_t whole[ROOM];
    const int64_t n = 100;
    refill();
    for (int i = 0; i < ROOM; ++i) whole[i] = -3 * i;
    operand a = {.dtype = FM_INT32,
                 .ndim = 1,
                 .shape = {n},
                 .strides = {2},
                 .bytes = sizeof whole,
                 .host = whole};
    operand b = {.dtype = FM_FLOAT32,
                 .ndim = 1,
                 .shape = {n},
                 .strides = {1},
                 .bytes = sizeof small,
                 .host = small};
    operand in[2] = {a, b}, o = b;
    o.host = small_out;
    add(in, &o, NULL);
    for (int i = 0; i < ROOM; ++i) assert_true(small_out[i] == (i < n ? (float)(-5 * i) : -1.0f));
}

/* A weak number is rounded to float16 before float32 computes on behalf of float16. */
static void weak_numbers_in_half_precision(void **state) {
    (void)state;
    static uint16_t half[ROOM], half_out[ROOM];
    fm_scalar scalars[2] = {fm_float(0), fm_float(1.0 + 0x1p-11)};
    operand in[2] = {{.dtype = FM_FLOAT16,
                      .ndim = 1,
                      .shape = {9},
                      .strides = {1},
                      .bytes = sizeof half,
                      .host = half},
                     {.dtype = FM_FLOAT64}};
    operand o = in[0];
    for (int i = 0; i < ROOM; ++i) half[i] = 0x6c00; /* 4096 */
    o.host = half_out;
    call_run(FM_FAMILY_BINARY, FM_BINARY_multiply, FM_FLOAT32, 2, in, &o, scalars, NULL, 0, 0);
    assert_int_equal(half_out[8], 0x6c00); /* 1 + 2^-11 is 1 in float16 */
    assert_int_equal(half_out[9], 0);
}

static void comparisons_give_bytes(void **state) {
    (void)state;
    const int64_t n = 301;
    refill();
    for (int i = 0; i < ROOM; ++i) right[i] = 150.0;
    operand in[2] = {dense(left, 1, &n), dense(right, 1, &n)};
    operand o = {.dtype = FM_BOOL,
                 .ndim = 1,
                 .shape = {n},
                 .strides = {1},
                 .bytes = sizeof bytes,
                 .host = bytes};
    call_run(FM_FAMILY_BINARY, FM_BINARY_less, FM_FLOAT64, 2, in, &o, NULL, NULL, 0, 0);
    for (int i = 0; i < ROOM; ++i) assert_int_equal(bytes[i], i >= n ? 7 : i < 150);
}

static void signed_with_unsigned(void **state) {
    (void)state;
    static int64_t a[4] = {-1, 0, INT64_MAX, 5};
    static uint64_t b[4] = {UINT64_MAX, 0, (uint64_t)INT64_MAX + 1, 4};
    /* a with b, then b with a */
    static const struct {
        uint16_t op;
        uint8_t plain[4], swapped[4];
    } rows[] = {
        {FM_BINARY_greater, {0, 0, 0, 1}, {1, 0, 1, 0}},
        {FM_BINARY_greater_equal, {0, 1, 0, 1}, {1, 1, 1, 0}},
        {FM_BINARY_less, {1, 0, 1, 0}, {0, 0, 0, 1}},
        {FM_BINARY_less_equal, {1, 1, 1, 0}, {0, 1, 0, 1}},
        {FM_BINARY_equal, {0, 1, 0, 0}, {0, 1, 0, 0}},
        {FM_BINARY_not_equal, {1, 0, 1, 1}, {1, 0, 1, 1}},
    };
    operand in[2] = {
        {.dtype = FM_INT64, .ndim = 1, .shape = {4}, .strides = {1}, .bytes = sizeof a, .host = a},
        {.dtype = FM_UINT64,
         .ndim = 1,
         .shape = {4},
         .strides = {1},
         .bytes = sizeof b,
         .host = b}};
    operand o = {
        .dtype = FM_BOOL, .ndim = 1, .shape = {4}, .strides = {1}, .bytes = 4, .host = bytes};
    operand turned[2] = {in[1], in[0]};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
        call_run(FM_FAMILY_BINARY, rows[i].op, FM_INT64, 2, in, &o, NULL, NULL, 0, 0);
        assert_memory_equal(bytes, rows[i].plain, 4);
        call_run(FM_FAMILY_BINARY, rows[i].op, FM_INT64, 2, turned, &o, NULL, NULL, 0, 0);
        assert_memory_equal(bytes, rows[i].swapped, 4);
    }
}

static void where_and_clip(void **state) {
    (void)state;
    const int64_t n = 50;
    refill();
    for (int i = 0; i < ROOM; ++i) bytes[i] = i % 3 == 0;
    operand in[3] = {{.dtype = FM_BOOL,
                      .ndim = 1,
                      .shape = {n},
                      .strides = {1},
                      .bytes = sizeof bytes,
                      .host = bytes},
                     dense(left, 1, &n),
                     dense(right, 1, &n)};
    operand o = dense(out, 1, &n);
    call_run(FM_FAMILY_TERNARY, FM_TERNARY_where, FM_FLOAT64, 3, in, &o, NULL, NULL, 0, 0);
    for (int i = 0; i < n; ++i) assert_true(out[i] == (i % 3 == 0 ? i : 10000.0 * i));
    fm_scalar bounds[3] = {fm_float(0), fm_float(10), fm_float(20)};
    operand clipped[3] = {dense(left, 1, &n), {.dtype = FM_FLOAT64}, {.dtype = FM_FLOAT64}};
    call_run(FM_FAMILY_TERNARY, FM_TERNARY_clip, FM_FLOAT64, 3, clipped, &o, bounds, NULL, 0, 0);
    for (int i = 0; i < n; ++i) assert_true(out[i] == (i < 10 ? 10 : i > 20 ? 20 : i));
}

static void copies_convert(void **state) {
    (void)state;
    const int64_t n = 300;
    refill();
    for (int i = 0; i < ROOM; ++i) left[i] = i - 150.5;
    static int16_t whole[ROOM];
    operand in = dense(left, 1, &n);
    operand o = {.dtype = FM_INT16,
                 .ndim = 1,
                 .shape = {n},
                 .strides = {1},
                 .bytes = sizeof whole,
                 .host = whole};
    call_run(FM_FAMILY_CAST, FM_CAST_copy, FM_INT16, 1, &in, &o, NULL, NULL, 0, 0);
    for (int i = 0; i < n; ++i) assert_int_equal(whole[i], (int)trunc(i - 150.5));
    static float complex_out[2 * ROOM];
    operand z = {.dtype = FM_COMPLEX64,
                 .ndim = 1,
                 .shape = {n},
                 .strides = {1},
                 .bytes = sizeof complex_out,
                 .host = complex_out};
    call_run(FM_FAMILY_CAST, FM_CAST_copy, FM_COMPLEX64, 1, &in, &z, NULL, NULL, 0, 0);
    for (int i = 0; i < n; ++i)
        assert_true(complex_out[2 * i] == (float)(i - 150.5) && complex_out[2 * i + 1] == 0.0f);
    operand turned = {.dtype = FM_FLOAT64,
                      .ndim = 1,
                      .shape = {n},
                      .strides = {-1},
                      .origin = 8 * (n - 1),
                      .bytes = sizeof left,
                      .host = left};
    operand plain = dense(out, 1, &n);
    call_run(FM_FAMILY_CAST, FM_CAST_copy, FM_FLOAT64, 1, &turned, &plain, NULL, NULL, 0, 0);
    for (int i = 0; i < n; ++i) assert_true(out[i] == left[n - 1 - i]);
}

/* A copy of contiguous bytes, at any address, touches nothing beside them. */
static void copies_of_one_dtype(void **state) {
    (void)state;
    enum { CELLS = 400, SIZE = 301 };
    static uint8_t from[CELLS], to[CELLS];
    for (int at = 0; at < 20; at += 3) {
        operand in = {.dtype = FM_UINT8,
                      .ndim = 2,
                      .shape = {7, 43},
                      .strides = {43, 1},
                      .origin = at,
                      .bytes = sizeof from,
                      .host = from};
        operand o = in;
        o.host = to;
        o.origin = 2 * at + 1;
        for (int i = 0; i < CELLS; ++i) from[i] = (uint8_t)(i * 7);
        memset(to, 0xA5, sizeof to);
        call_run(FM_FAMILY_CAST, FM_CAST_copy, FM_UINT8, 1, &in, &o, NULL, NULL, 0, 0);
        for (int i = 0; i < CELLS; ++i) {
            const int element = i - (2 * at + 1);
            const int inside = element >= 0 && element < SIZE;
            assert_int_equal(to[i], inside ? (uint8_t)((at + element) * 7) : 0xA5);
        }
    }
}

/* Every row of the .def files that says so has a kernel, and no other. */
static void supported_rows(void **state) {
    (void)state;
    assert_true(call_api->supports(FM_FAMILY_UNARY, FM_UNARY_sqrt, FM_FLOAT32));
    assert_false(call_api->supports(FM_FAMILY_UNARY, FM_UNARY_sqrt, FM_INT32));
    assert_true(call_api->supports(FM_FAMILY_UNARY, FM_UNARY_invert, FM_BOOL));
    assert_true(call_api->supports(FM_FAMILY_BINARY, FM_BINARY_float_power, FM_FLOAT64));
    assert_false(call_api->supports(FM_FAMILY_BINARY, FM_BINARY_float_power, FM_FLOAT32));
    assert_false(call_api->supports(FM_FAMILY_BINARY, FM_BINARY_gcd, FM_FLOAT32));
    assert_false(call_api->supports(FM_FAMILY_BINARY, FM_BINARY_COUNT, FM_FLOAT32));
    assert_false(call_api->supports(FM_FAMILY_UNARY, FM_UNARY_sqrt, FM_DTYPE_COUNT));
    assert_true(call_api->supports(FM_FAMILY_TERNARY, FM_TERNARY_where, FM_COMPLEX128));
    assert_true(call_api->supports(FM_FAMILY_TERNARY, FM_TERNARY_clip, FM_COMPLEX128));
    assert_false(call_api->supports(FM_FAMILY_TERNARY, FM_TERNARY_clip, FM_FLOAT16));
    assert_true(call_api->supports(FM_FAMILY_BINARY, FM_BINARY_nextafter, FM_BFLOAT16));
    assert_false(call_api->supports(FM_FAMILY_BINARY, FM_BINARY_add, FM_BFLOAT16));
    assert_true(call_api->supports(FM_FAMILY_UNARY, FM_UNARY_angle, FM_COMPLEX64));
    assert_true(call_api->supports(FM_FAMILY_BINARY, FM_BINARY_float_power, FM_COMPLEX128));
    assert_false(call_api->supports(FM_FAMILY_BINARY, FM_BINARY_float_power, FM_COMPLEX64));
}

static int setup(void **state) {
    return fresh(state) || call_open();
}

static int teardown(void **state) {
    call_close();
    return clean(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(contiguous_of_every_length),
        CASE(contiguous_but_not_aligned),
        CASE(strided_views),
        CASE(a_strided_output),
        CASE(broadcasting),
        CASE(many_axes),
        CASE(numbers_by_value),
        CASE(operands_of_other_dtypes),
        CASE(weak_numbers_in_half_precision),
        CASE(comparisons_give_bytes),
        CASE(signed_with_unsigned),
        CASE(where_and_clip),
        CASE(copies_convert),
        CASE(copies_of_one_dtype),
        CASE(supported_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
