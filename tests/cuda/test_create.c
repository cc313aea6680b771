/* Creation and random numbers on the fake device: every element where it belongs, the words of the
 * random stream as scalar/random.h places them. */
#include "call.h"

#include "scalar/random.h"

#include <math.h>

enum { ROOM = 2048 };

static double out[ROOM];
static float small_out[ROOM];

static operand row(double *host, int64_t n) {
    return (operand){.dtype = FM_FLOAT64,
                     .ndim = 1,
                     .shape = {n},
                     .strides = {1},
                     .bytes = ROOM * sizeof *host,
                     .host = host};
}

static void refill(void) {
    for (int i = 0; i < ROOM; ++i) {
        out[i] = -7.0;
        small_out[i] = -7.0f;
    }
}

static void fill(uint16_t op, fm_dtype dtype, operand *o, fm_params *params) {
    call_run(FM_FAMILY_FILL, op, dtype, 0, NULL, o, NULL, params, 0, 0);
}

static void full_by_parameter(void **state) {
    (void)state;
    fm_params params = {.fill = {.value = fm_int(3)}};
    operand o = row(out, 1001);
    refill();
    fill(FM_FILL_full, FM_FLOAT64, &o, &params);
    for (int i = 0; i < ROOM; ++i) assert_true(out[i] == (i < 1001 ? 3.0 : -7.0));
    refill();
    operand square = {.dtype = FM_FLOAT64,
                      .ndim = 2,
                      .shape = {3, 4},
                      .strides = {1, 10},
                      .bytes = sizeof out,
                      .host = out};
    fill(FM_FILL_full, FM_FLOAT64, &square, &params);
    for (int i = 0; i < ROOM; ++i) assert_true(out[i] == (i < 40 && i % 10 < 3 ? 3.0 : -7.0));
}

static void full_from_operands(void **state) {
    (void)state;
    fm_scalar scalar = fm_float(2.5);
    double three[3] = {1, 2, 3};
    operand value = {.dtype = FM_FLOAT64}, o = row(out, 30);
    refill();
    call_run(FM_FAMILY_FILL, FM_FILL_full, FM_FLOAT64, 1, &value, &o, &scalar, NULL, 0, 0);
    for (int i = 0; i < 31; ++i) assert_true(out[i] == (i < 30 ? 2.5 : -7.0));
    operand columns = {.dtype = FM_FLOAT64,
                       .ndim = 1,
                       .shape = {3},
                       .strides = {1},
                       .bytes = sizeof three,
                       .host = three};
    operand table = {.dtype = FM_FLOAT64,
                     .ndim = 2,
                     .shape = {10, 3},
                     .strides = {3, 1},
                     .bytes = sizeof out,
                     .host = out};
    call_run(FM_FAMILY_FILL, FM_FILL_full, FM_FLOAT64, 1, &columns, &table, NULL, NULL, 0, 0);
    for (int i = 0; i < 30; ++i) assert_true(out[i] == three[i % 3]);
}

static void progressions(void **state) {
    (void)state;
    fm_params reals = {.fill = {.value = fm_float(0.5), .step = fm_float(0.25)}};
    fm_params whole = {.fill = {.value = fm_int(10), .step = fm_int(-3)}};
    operand o = row(out, 500);
    refill();
    fill(FM_FILL_arange, FM_FLOAT64, &o, &reals);
    for (int i = 0; i < ROOM; ++i) assert_true(out[i] == (i < 500 ? 0.5 + 0.25 * i : -7.0));
    static int16_t numbers[ROOM];
    operand backwards = {.dtype = FM_INT16,
                         .ndim = 1,
                         .shape = {7},
                         .strides = {-2},
                         .origin = 24,
                         .bytes = sizeof numbers,
                         .host = numbers};
    fill(FM_FILL_arange, FM_INT16, &backwards, &whole);
    for (int i = 0; i < 20; ++i)
        assert_int_equal(numbers[i], i <= 12 && i % 2 == 0 ? 10 - 3 * (6 - i / 2) : 0);
}

static void identities(void **state) {
    (void)state;
    for (int k = -4; k <= 4; ++k) {
        fm_params params = {.fill = {.k = k}};
        operand o = {.dtype = FM_FLOAT64,
                     .ndim = 2,
                     .shape = {3, 4},
                     .strides = {5, 1},
                     .bytes = sizeof out,
                     .host = out};
        refill();
        fill(FM_FILL_eye, FM_FLOAT64, &o, &params);
        for (int i = 0; i < ROOM; ++i) {
            const int r = i / 5, c = i % 5;
            assert_true(out[i] == (r < 3 && c < 4 ? (c - r == k ? 1.0 : 0.0) : -7.0));
        }
    }
    fm_params params = {.fill = {.k = 0}};
    operand none = {.dtype = FM_FLOAT64,
                    .ndim = 2,
                    .shape = {3, 0},
                    .strides = {1, 1},
                    .bytes = sizeof out,
                    .host = out};
    fill(FM_FILL_eye, FM_FLOAT64, &none, &params);
}

/* The generator's published answer for counter and key of zeros, through the uniform samples. */
static void known_answer(void **state) {
    (void)state;
    static const uint32_t words[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    fm_params params = {.random = {.words = 1, .standard = 1}};
    operand o = {.dtype = FM_FLOAT32,
                 .ndim = 1,
                 .shape = {4},
                 .strides = {1},
                 .bytes = sizeof small_out,
                 .host = small_out};
    call_run(FM_FAMILY_RANDOM, FM_RANDOM_uniform, FM_FLOAT32, 0, NULL, &o, NULL, &params, 0, 0);
    for (int i = 0; i < 4; ++i)
        assert_true((double)small_out[i] == (double)(words[i] >> 8) / 16777216.0);
}

/* Element n reads words offset + n (float32) or offset + 2 n (float64), whatever the offset. */
static void samples_sit_at_their_words(void **state) {
    (void)state;
    const uint64_t seed = 0x123456789abcdefULL;
    const fm_scalar scalars[2] = {fm_int(-2), fm_float(5.5)};
    for (uint64_t offset = 0; offset < 9; ++offset)
        for (int64_t n = 0; n < 12; ++n) {
            const uint64_t far = offset + (UINT64_C(1) << 33);
            fm_params one = {.random = {.words = 1}}, two = {.random = {.words = 2}};
            operand o = row(out, n);
            operand narrow = {.dtype = FM_FLOAT32,
                              .ndim = 1,
                              .shape = {n},
                              .strides = {1},
                              .bytes = sizeof small_out,
                              .host = small_out};
            refill();
            call_run(FM_FAMILY_RANDOM, FM_RANDOM_uniform, FM_FLOAT64, 0, NULL, &o, scalars, &two,
                     seed, far);
            call_run(FM_FAMILY_RANDOM, FM_RANDOM_normal, FM_FLOAT32, 0, NULL, &narrow, scalars,
                     &one, seed, far);
            for (int64_t i = 0; i < n; ++i) {
                const uint64_t low = fm_random_word(seed, far + 2 * (uint64_t)i);
                const uint64_t high = fm_random_word(seed, far + 2 * (uint64_t)i + 1);
                const uint32_t word = fm_random_word(seed, far + (uint64_t)i);
                assert_true(out[i] == fm_uniform_between_f64(high << 32 | low, -2.0, 5.5));
                assert_true(small_out[i] == fm_normal_scaled_f32(word, -2.0, 5.5));
            }
            assert_true(out[n] == -7.0 && small_out[n] == -7.0f);
        }
}

/* A transposed output has the same numbers in row-major order. */
static void samples_into_a_view(void **state) {
    (void)state;
    static double turned[ROOM];
    fm_params params = {.random = {.words = 2, .standard = 1}};
    operand straight = row(out, 21);
    operand view = {.dtype = FM_FLOAT64,
                    .ndim = 2,
                    .shape = {7, 3},
                    .strides = {1, 7},
                    .bytes = sizeof turned,
                    .host = turned};
    call_run(FM_FAMILY_RANDOM, FM_RANDOM_normal, FM_FLOAT64, 0, NULL, &straight, NULL, &params, 9,
             3);
    call_run(FM_FAMILY_RANDOM, FM_RANDOM_normal, FM_FLOAT64, 0, NULL, &view, NULL, &params, 9, 3);
    for (int r = 0; r < 7; ++r)
        for (int c = 0; c < 3; ++c) assert_true(turned[c * 7 + r] == out[r * 3 + c]);
}

/* Moments of 2000 samples within four standard errors. */
static void normal_samples_are_normal(void **state) {
    (void)state;
    const int n = 2000;
    double sum = 0.0, squares = 0.0;
    fm_params params = {.random = {.words = 2, .standard = 1}};
    operand o = row(out, n);
    call_run(FM_FAMILY_RANDOM, FM_RANDOM_normal, FM_FLOAT64, 0, NULL, &o, NULL, &params, 1, 0);
    for (int i = 0; i < n; ++i) {
        sum += out[i];
        squares += out[i] * out[i];
    }
    assert_true(fabs(sum / n) < 4.0 / sqrt(n));
    assert_true(fabs(squares / n - 1.0) < 4.0 * sqrt(2.0 / n));
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
        CASE(full_by_parameter),   CASE(full_from_operands),
        CASE(progressions),        CASE(identities),
        CASE(known_answer),        CASE(samples_sit_at_their_words),
        CASE(samples_into_a_view), CASE(normal_samples_are_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
