/* Checked 128-bit arithmetic at and past its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cost/u128.h"

static fm_u128 big(uint64_t high, uint64_t low) {
    return (fm_u128)high << 64 | low;
}

static void sums_say_when_they_overflow(void **state) {
    (void)state;
    fm_u128 out = 7;
    assert_true(fm_u128_add(FM_U128_MAX - 1, 1, &out));
    assert_true(out == FM_U128_MAX);
    assert_false(fm_u128_add(FM_U128_MAX, 1, &out));
    assert_true(out == FM_U128_MAX);
    assert_true(fm_u128_sub(5, 5, &out));
    assert_true(out == 0);
    assert_false(fm_u128_sub(4, 5, &out));
    assert_true(fm_u128_minus_or_zero(4, 5) == 0);
    assert_true(fm_u128_minus_or_zero(9, 5) == 4);
}

static void products_say_when_they_overflow(void **state) {
    (void)state;
    fm_u128 out = 7;
    assert_true(fm_u128_mul(UINT64_MAX, UINT64_MAX, &out));
    assert_true(out == big(UINT64_MAX - 1, 1));
    assert_false(fm_u128_mul(big(1, 0), big(1, 0), &out));
    assert_true(fm_u128_mul(0, FM_U128_MAX, &out));
    assert_true(out == 0);
    assert_true(fm_u128_mul_add(3, 4, 5, &out));
    assert_true(out == 17);
    assert_false(fm_u128_mul_add(FM_U128_MAX, 1, 1, &out));
}

static void narrowing_keeps_64_bits(void **state) {
    (void)state;
    uint64_t out = 7;
    assert_true(fm_u128_narrow(UINT64_MAX, &out));
    assert_true(out == UINT64_MAX);
    out = 7;
    assert_false(fm_u128_narrow(big(1, 0), &out));
    assert_true(out == 7);
}

static void extents_multiply(void **state) {
    (void)state;
    fm_u128 out = 7;
    const int64_t most = INT64_MAX;
    assert_true(fm_u128_extents(0, NULL, &out));
    assert_true(out == 1);
    assert_true(fm_u128_extents(3, (const int64_t[]){2, 3, 4}, &out));
    assert_true(out == 24);
    assert_false(fm_u128_extents(1, (const int64_t[]){-1}, &out));
    assert_false(fm_u128_extents(3, (const int64_t[]){most, most, most}, &out));
    assert_true(fm_u128_extents(4, (const int64_t[]){most, most, most, 0}, &out));
    assert_true(out == 0);
    assert_false(fm_u128_extents(2, (const int64_t[]){0, -1}, &out));
}

static void logarithms_round_up(void **state) {
    (void)state;
    assert_int_equal(fm_u128_ceil_log2(0), 0);
    assert_int_equal(fm_u128_ceil_log2(1), 0);
    assert_int_equal(fm_u128_ceil_log2(2), 1);
    assert_int_equal(fm_u128_ceil_log2(3), 2);
    assert_int_equal(fm_u128_ceil_log2(4), 2);
    assert_int_equal(fm_u128_ceil_log2(5), 3);
    assert_int_equal(fm_u128_ceil_log2(big(1, 0)), 64);
    assert_int_equal(fm_u128_ceil_log2(FM_U128_MAX), 128);
}

static void text_has_every_digit(void **state) {
    (void)state;
    char text[40];
    assert_string_equal(fm_u128_text(0, text), "0");
    assert_string_equal(fm_u128_text(90210, text), "90210");
    assert_string_equal(fm_u128_text(FM_U128_MAX, text), "340282366920938463463374607431768211455");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_say_when_they_overflow),
        cmocka_unit_test(products_say_when_they_overflow),
        cmocka_unit_test(narrowing_keeps_64_bits),
        cmocka_unit_test(extents_multiply),
        cmocka_unit_test(logarithms_round_up),
        cmocka_unit_test(text_has_every_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
