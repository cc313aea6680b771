/* Distributions against values of 40 digits, and their edges; elementwise functions whose bits are
   known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "scalar/extra.h"
#include "scalar/special.h"

#define SPECIAL2(f)                                                                                \
    static double call_##f(const double *x) {                                                      \
        return fm_##f(x[0], x[1], x[2]);                                                           \
    }
#define SPECIAL3(f)                                                                                \
    static double call_##f(const double *x) {                                                      \
        return fm_##f(x[0], x[1], x[2], x[3]);                                                     \
    }
#define SPECIAL4(f)                                                                                \
    static double call_##f(const double *x) {                                                      \
        return fm_##f(x[0], x[1], x[2], x[3], x[4]);                                               \
    }
#define FM_SPECIAL2(d, f, ...) SPECIAL2(d##_##f)
#define FM_SPECIAL3(d, f, ...) SPECIAL3(d##_##f)
#define FM_SPECIAL4(d, f, ...) SPECIAL4(d##_##f)
#include "ops/special.def"

typedef struct row {
    const char *name;
    double (*call)(const double *x);
    double x[5], want;
} row;

#define ROW(f, a, b, c, d, e, want) {#f, call_##f, {a, b, c, d, e}, want},
static const row rows[] = {
#include "special.inc"
};

/* 1e-13 of the value, and what the rounding of the arguments to double leaves of it. */
static void test_values(void **state) {
    double worst = 0;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const row *r = &rows[i];
        double got = r->call(r->x), off = fabs(got - r->want);
        double bound = 4e-13 * fabs(r->want) + (fabs(r->want) < 1e-290 ? 1e-303 : 0);
        if (r->want != 0 && off / fabs(r->want) > worst) worst = off / fabs(r->want);
        if (!(off <= bound || got == r->want))
            print_error("%s(%.17g, %.17g, %.17g, %.17g, %.17g) is %.17g, not %.17g\n", r->name,
                        r->x[0], r->x[1], r->x[2], r->x[3], r->x[4], got, r->want);
        assert_true(off <= bound || got == r->want);
    }
    print_message("largest relative error %.2g\n", worst);
}

static void test_edges(void **state) {
    const double inf = (double)INFINITY, nan = (double)NAN;
    (void)state;
    assert_true(isnan(fm_norm_pdf(0, 0, 0)) && isnan(fm_norm_cdf(0, 0, -1)));
    assert_true(isnan(fm_norm_ppf(1.5, 0, 1)) && isnan(fm_norm_ppf(-0.5, 0, 1)));
    assert_true(fm_norm_ppf(0, 0, 1) == -inf && fm_norm_ppf(1, 0, 1) == inf);
    assert_true(fm_norm_pdf(inf, 0, 1) == 0 && fm_norm_cdf(-inf, 0, 1) == 0);
    assert_true(isnan(fm_norm_pdf(nan, 0, 1)) && isnan(fm_norm_cdf(nan, 0, 1)));
    assert_true(fm_expon_ppf(1, 2, 3) == inf && fm_expon_ppf(0, 2, 3) == 2);
    assert_true(fm_laplace_ppf(0, 0, 1) == -inf && fm_logistic_ppf(1, 0, 1) == inf);
    assert_true(fm_cauchy_ppf(0, 0, 1) == -inf && fm_cauchy_ppf(1, 0, 1) == inf);
    assert_true(fm_lognorm_pdf(0, 1, 0, 1) == 0 && fm_lognorm_cdf(-1, 1, 0, 1) == 0);
    assert_true(isnan(fm_lognorm_pdf(1, 0, 0, 1)) && isnan(fm_truncnorm_pdf(1, 2, 1, 0, 1)));
    assert_true(fm_truncnorm_ppf(0, -1, 2, 3, 2) == 1 && fm_truncnorm_ppf(1, -1, 2, 3, 2) == 7);
    assert_true(fm_truncnorm_cdf(9, -1, 2, 0, 1) == 1 && fm_truncnorm_cdf(-9, -1, 2, 0, 1) == 0);
    /* As flopscope 0.4.3 has it. */
    assert_true(fm_uniform_pdf(nan, 0, 1) == 0 && isnan(fm_uniform_cdf(nan, 0, 1)));
    assert_true(fm_expon_cdf(nan, 0, 1) == 0 && fm_lognorm_cdf(nan, 1, 0, 1) == 0);
    assert_true(isnan(fm_logistic_pdf(-inf, 0, 1)) && fm_logistic_pdf(inf, 0, 1) == 0);
}

/* I0 by its series, in long double. */
static long double bessel(long double x) {
    long double sum = 1, term = 1;
    for (int k = 1; k < 400; k++) {
        term *= x / 2 / (long double)k * (x / 2 / (long double)k);
        sum += term;
    }
    return sum;
}

static void test_i0(void **state) {
    (void)state;
    for (double x = -40; x < 40; x += 0.0625) {
        long double want = bessel((long double)x);
        assert_true(fabsl(((long double)fm_i0_f64(x) - want) / want) < 2e-15L);
        assert_true(fabsl(((long double)fm_i0_f32((float)x) - want) / want) < 4e-6L);
    }
    assert_true(isnan(fm_i0_f64((double)NAN)) && fm_i0_f64(-0.0) == 1);
}

static void test_frexp_and_ldexp(void **state) {
    const double values[] = {0.0,    -0.0,    1,       -1,      0.5,        3.25,   1e300, -1e-300,
                             5e-324, -3e-310, DBL_MAX, DBL_MIN, -1234.5678, 1e-308, 7.0};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        int exponent;
        double mantissa = frexp(values[i], &exponent);
        assert_true(fm_frexp_mantissa_f64(values[i]) == mantissa);
        assert_int_equal(fm_frexp_exponent_f64(values[i]), exponent);
        float narrow = (float)values[i], part = frexpf(narrow, &exponent);
        if (!isfinite(narrow)) continue;
        assert_true(fm_frexp_mantissa_f32(narrow) == part);
        assert_int_equal(fm_frexp_exponent_f32(narrow), exponent);
    }
    assert_true(fm_ldexp_f64(1, 5000000000) == (double)INFINITY && fm_ldexp_f64(1, INT64_MIN) == 0);
}

static void test_spacing(void **state) {
    (void)state;
    for (double x = 1e-320; x < 1e300; x *= 7.3) {
        assert_true(fm_spacing_f64(x) == nextafter(x, (double)INFINITY) - x);
        assert_true(fm_spacing_f64(-x) == -fm_spacing_f64(x));
    }
    assert_true(fm_spacing_f64(-0.0) == 5e-324 && isnan(fm_spacing_f64(-(double)INFINITY)));
    assert_int_equal(fm_spacing_f16(0xbc00), 0x1000); /* towards infinity: 2^-11 below 1 */
    assert_int_equal(fm_spacing_f16(0x3c00), 0x1400);
}

static void test_bits(void **state) {
    (void)state;
    for (int64_t x = -70000; x < 70000; x += 37)
        assert_int_equal(fm_bitwise_count_i64(x), __builtin_popcountll((uint64_t)(x < 0 ? -x : x)));
    assert_int_equal(fm_bitwise_count_i8(INT8_MIN), 1);
    assert_int_equal(fm_bitwise_count_i64(INT64_MIN), 1);
    assert_int_equal(fm_bitwise_count_u64(UINT64_MAX), 64);
    assert_int_equal(fm_bitwise_count_i32(-1), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),  cmocka_unit_test(test_edges),
        cmocka_unit_test(test_i0),      cmocka_unit_test(test_frexp_and_ldexp),
        cmocka_unit_test(test_spacing), cmocka_unit_test(test_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
