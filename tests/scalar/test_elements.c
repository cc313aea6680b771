/* Functions of one element that no golden file reaches: halves, conversions, random numbers, what C
   leaves undefined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ops/compare.h"
#include "scalar/cpx.h"
#include "scalar/fill.h"
#include "scalar/int.h"
#include "scalar/random.h"

static void test_halves_widen_exactly(void **state) {
    (void)state;
    for (uint32_t bits = 0; bits < 65536; bits++) {
        double want = half_value((uint16_t)bits, 10, 15);
        float got = fm_f16_to_f32((uint16_t)bits);
        assert_true(isnan(want) ? got != got : (double)got == want);
        want = half_value((uint16_t)bits, 7, 127);
        got = fm_bf16_to_f32((uint16_t)bits);
        assert_true(isnan(want) ? got != got : (double)got == want);
    }
}

/* The halves around x, found by search among all positive ones, which are ordered as their bits. */
static uint16_t nearest(double x, int fraction_bits, int bias, uint16_t infinity) {
    uint16_t low = 0, high = infinity;
    while (high - low > 1) {
        uint16_t middle = (uint16_t)((low + high) / 2);
        if (half_value(middle, fraction_bits, bias) <= x)
            low = middle;
        else
            high = middle;
    }
    double below = half_value(low, fraction_bits, bias);
    double step = below - half_value((uint16_t)(low - 1), fraction_bits, bias);
    double above = high == infinity ? below + step : half_value(high, fraction_bits, bias);
    if (x - below != above - x) return x - below < above - x ? low : high;
    return low & 1 ? high : low;
}

static void check_rounding(double x) {
    uint16_t want = nearest(x, 10, 15, 0x7c00);
    assert_int_equal(fm_f64_to_f16(x), want);
    assert_int_equal(fm_f64_to_f16(-x), want | 0x8000);
    want = nearest(x, 7, 127, 0x7f80);
    assert_int_equal(fm_f64_to_bf16(x), want);
    float narrow = (float)x;
    if ((double)narrow != x || narrow == 0) return;
    assert_int_equal(fm_f32_to_bf16(narrow), want);
    assert_int_equal(fm_f32_to_f16(narrow), nearest(x, 10, 15, 0x7c00));
}

static void test_halves_round_to_nearest_even(void **state) {
    (void)state;
    for (uint32_t bits = 1; bits < 0x7bff; bits += 3) {
        double a = half_value((uint16_t)bits, 10, 15), b = half_value((uint16_t)(bits + 1), 10, 15);
        double middle = (a + b) / 2;
        check_rounding(middle);
        check_rounding(nextafter(middle, 0));
        check_rounding(nextafter(middle, HUGE_VAL));
        check_rounding((double)(float)(a + (b - a) * 0.7));
    }
    for (uint32_t bits = 1; bits < 0x7f7f; bits += 5) {
        double a = half_value((uint16_t)bits, 7, 127), b = half_value((uint16_t)(bits + 1), 7, 127);
        check_rounding((a + b) / 2);
    }
    assert_int_equal(fm_f32_to_f16(65519.0f), 0x7bff);
    assert_int_equal(fm_f32_to_f16(65520.0f), 0x7c00);
    assert_int_equal(fm_f32_to_f16(-HUGE_VALF), 0xfc00);
    assert_true((fm_f32_to_f16(NAN) & 0x7fff) > 0x7c00);
    assert_true((fm_f32_to_bf16(fm_f32_of_bits(0x7f800001u)) & 0x7fff) > 0x7f80);
    assert_int_equal(fm_f32_to_f16(-0.0f), 0x8000);
}

static void test_half_neighbours(void **state) {
    (void)state;
    assert_int_equal(fm_nextafter_f16(0x3c00, 0x7c00), 0x3c01);
    assert_int_equal(fm_nextafter_f16(0x3c00, 0), 0x3bff);
    assert_int_equal(fm_nextafter_f16(0x8000, 0x3c00), 1);
    assert_int_equal(fm_nextafter_f16(0x0001, 0xbc00), 0);
    assert_int_equal(fm_nextafter_f16(0x8001, 0x3c00), 0x8000);
    assert_int_equal(fm_nextafter_f16(0x7bff, 0x7c00), 0x7c00);
    assert_int_equal(fm_nextafter_bf16(0x3f80, 0x7f80), 0x3f81);
    assert_true((fm_nextafter_f16(0x7e00, 0) & 0x7fff) > 0x7c00);
}

static void test_floats_out_of_range(void **state) {
    (void)state;
    assert_int_equal(fm_f64_to_i32(3e9), INT32_MIN);
    assert_int_equal(fm_f64_to_i32(-2147483648.9), INT32_MIN);
    assert_int_equal(fm_f64_to_i32(2147483647.9), INT32_MAX);
    assert_int_equal(fm_f32_to_i32(NAN), INT32_MIN);
    assert_true(fm_f64_to_i64(1e300) == INT64_MIN);
    assert_true(fm_f64_to_i64((double)NAN) == INT64_MIN);
    assert_int_equal(fm_f64_to_u8(300.7), 44);
    assert_int_equal(fm_f64_to_u8(-1.5), 255);
    assert_int_equal(fm_f32_to_i8(-129.0f), 127);
    assert_true(fm_f64_to_u32(-1.0) == UINT32_MAX);
    assert_true(fm_f64_to_u64(-1.0) == UINT64_MAX);
    assert_true(fm_f64_to_u64(0x1p63) == UINT64_C(1) << 63);
    assert_true(fm_f64_to_u64(1e30) == UINT64_C(1) << 63);
    assert_int_equal(fm_f64_to_b8((double)NAN), 1);
}

static void test_integers_that_c_leaves_open(void **state) {
    (void)state;
    assert_int_equal(fm_floor_divide_i32(INT32_MIN, -1), INT32_MIN);
    assert_int_equal(fm_remainder_i32(INT32_MIN, -1), 0);
    assert_int_equal(fm_floor_divide_i8(5, 0), 0);
    assert_int_equal(fm_remainder_u16(5, 0), 0);
    assert_int_equal(fm_floor_divide_i16(-7, 2), -4);
    assert_int_equal(fm_remainder_i16(-7, 2), 1);
    assert_int_equal(fm_fmod_i16(-7, 2), -1);
    assert_true(fm_multiply_i64(INT64_MAX, 2) == -2);
    assert_int_equal(fm_left_shift_i32(1, 32), 0);
    assert_int_equal(fm_left_shift_i32(1, -1), 0);
    assert_int_equal(fm_right_shift_i8(-5, 100), -1);
    assert_int_equal(fm_right_shift_u8(200, 8), 0);
    assert_int_equal(fm_power_i32(-1, -3), -1);
    assert_int_equal(fm_power_i32(2, -1), 0);
    assert_int_equal(fm_power_u8(3, 200), 0xa1);
    assert_int_equal(fm_reciprocal_i32(0), 0);
    assert_int_equal(fm_gcd_i8(-128, 96), 32);
}

static void test_mixed_comparisons(void **state) {
    (void)state;
    assert_int_equal(fm_less_mixed(-1, 0), 1);
    assert_int_equal(fm_greater_mixed(-1, UINT64_MAX), 0);
    assert_int_equal(fm_equal_mixed(-1, UINT64_MAX), 0);
    assert_int_equal(fm_not_equal_mixed(INT64_MAX, (uint64_t)INT64_MAX), 0);
    assert_int_equal(fm_less_equal_mixed(INT64_MAX, (uint64_t)INT64_MAX + 1), 1);
    assert_int_equal(fm_greater_equal_mixed(5, 5), 1);
}

/* Known answers: kat_vectors of the authors' Random123. */
static void test_philox(void **state) {
    (void)state;
    const uint32_t zeros[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    const uint32_t ones[] = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    const uint32_t pi[] = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
    fm_philox_block block = fm_philox(0, 0, 0);
    assert_memory_equal(block.word, zeros, sizeof zeros);
    block = fm_philox(UINT64_MAX, UINT64_MAX, UINT64_MAX);
    assert_memory_equal(block.word, ones, sizeof ones);
    block = fm_philox(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x0370734413198a2e);
    assert_memory_equal(block.word, pi, sizeof pi);
    for (uint64_t p = 0; p < 40; p++) {
        uint64_t pair = fm_random_word64(9, p);
        assert_true((uint32_t)pair == fm_random_word(9, p));
        assert_true((uint32_t)(pair >> 32) == fm_random_word(9, p + 1));
    }
}

static void test_uniform_stays_below_one(void **state) {
    (void)state;
    assert_true(fm_uniform_f64(UINT64_MAX) == 1 - 0x1p-53);
    assert_true(fm_uniform_f32(UINT32_MAX) == 1 - 0x1p-24f);
    assert_true(fm_uniform_f64(0) == 0);
    assert_true(fm_uniform_f32(255) == 0);
}

/* Quantiles of the normal distribution at these doubles to 20 digits, and its symmetry. */
static void test_normal_quantiles(void **state) {
    (void)state;
    const double table[][2] = {{0.975, 1.9599639845400538556},  {0.75, 0.67448975019608174320},
                               {0.99, 2.3263478740408407676},   {0.999, 3.0902323061678132778},
                               {1e-10, -6.3613409024040561991}, {1e-300, -37.047096299361199237}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double got = fm_normal_quantile(table[i][0]);
        assert_true(fabs(got - table[i][1]) <= 1e-15 * fabs(table[i][1]));
    }
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < 20000; i++) {
        double x = fm_normal_f64(fm_random_word64(1, 2 * i));
        assert_true(fabs(x) < 9);
        sum += x;
        squares += x * x;
        assert_true(fm_normal_f32(i * 0x10001u) == -fm_normal_f32(~(i * 0x10001u)));
    }
    assert_true(fabs(sum / 20000) < 0.03);
    assert_true(fabs(squares / 20000 - 1) < 0.05);
    assert_true(isfinite(fm_normal_f64(0)) && isfinite(fm_normal_f64(UINT64_MAX)));
}

static void test_progressions(void **state) {
    (void)state;
    fm_arange a = fm_arange_of(FM_FLOAT32, fm_float(0.1), fm_float(0.1));
    float delta = (float)(0.1 + 0.1) - 0.1f;
    assert_true(fm_arange_f32(a, 7) == 0.1f + 7.0f * delta);
    a = fm_arange_of(FM_INT8, fm_int(120), fm_int(5));
    assert_int_equal(fm_arange_i8(a, 2), -126);
    a = fm_arange_of(FM_COMPLEX128, fm_int(3), fm_int(-2));
    assert_true(fm_arange_c128(a, 4).re == -5 && fm_arange_c128(a, 4).im == 0);
}

static void test_complex_infinities(void **state) {
    (void)state;
    fm_c128 z = fm_sqrt_c128(fm_make_c128((double)NAN, -HUGE_VAL));
    assert_true(z.re == HUGE_VAL && z.im == -HUGE_VAL);
    z = fm_exp_c128(fm_make_c128(-HUGE_VAL, (double)NAN));
    assert_true(z.re == 0 && z.im == 0);
    z = fm_log_c128(fm_make_c128(0, 0));
    assert_true(z.re == -HUGE_VAL && z.im == 0);
    z = fm_tanh_c128(fm_make_c128(1000, 1));
    assert_true(z.re == 1 && fabs(z.im) < 1e-300);
    z = fm_arctanh_c128(fm_make_c128(1, 0));
    assert_true(z.re == HUGE_VAL && z.im == 0);
    z = fm_sqrt_c128(fm_make_c128(-4, -0.0));
    assert_true(z.re == 0 && z.im == -2);
    z = fm_divide_c128(fm_make_c128(1e300, 1e300), fm_make_c128(1e300, 1e300));
    assert_true(z.re == 1 && z.im == 0);
    z = fm_cosh_c128(fm_make_c128(710, 0.5));
    assert_true(isfinite(z.re) && isfinite(z.im));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_halves_widen_exactly),
        cmocka_unit_test(test_halves_round_to_nearest_even),
        cmocka_unit_test(test_half_neighbours),
        cmocka_unit_test(test_floats_out_of_range),
        cmocka_unit_test(test_integers_that_c_leaves_open),
        cmocka_unit_test(test_mixed_comparisons),
        cmocka_unit_test(test_philox),
        cmocka_unit_test(test_uniform_stays_below_one),
        cmocka_unit_test(test_normal_quantiles),
        cmocka_unit_test(test_progressions),
        cmocka_unit_test(test_complex_infinities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
