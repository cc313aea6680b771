/* The clock: its rate against CLOCK_MONOTONIC, conversions, injection. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "meter/clock.h"

static uint64_t monotonic(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Both clocks over the same 20 ms or more: the readings are nested, so that being interrupted
   between them only makes the outer span longer. */
static void test_rate(void **state) {
    (void)state;
    (void)fm_ticks();
    uint64_t outer0 = monotonic(), t0 = fm_ticks(), inner0 = monotonic();
    while (monotonic() - inner0 < 20000000) {
    }
    uint64_t inner1 = monotonic(), t1 = fm_ticks(), outer1 = monotonic();
    uint64_t ns = fm_ticks_to_ns(fm_ticks_between(t0, t1));
    assert_true(ns >= (inner1 - inner0) - (inner1 - inner0) / 500);
    assert_true(ns <= (outer1 - outer0) + (outer1 - outer0) / 500);
}

static uint64_t fake_now;
static uint64_t read_fake(void) {
    return fake_now;
}

static void test_injected(void **state) {
    (void)state;
    fm_clock_inject(read_fake);
    fake_now = 5;
    assert_int_equal(fm_ticks(), 5);
    fake_now = 1000000;
    assert_int_equal(fm_ticks(), 1000000);
    assert_int_equal(fm_ticks_to_ns(123), 123);
    assert_int_equal(fm_ns_to_ticks(456), 456);
    fm_clock_inject(NULL);
    uint64_t t = fm_ticks();
    assert_true(fm_ticks() >= t);
    assert_true(t != fake_now);
}

static void test_conversions(void **state) {
    (void)state;
    assert_int_equal(fm_ticks_between(10, 4), 0);
    assert_int_equal(fm_ticks_between(4, 10), 6);
    assert_int_equal(fm_ns_to_ticks(0), 1);
    uint64_t hour = UINT64_C(3600) * 1000000000;
    uint64_t back = fm_ticks_to_ns(fm_ns_to_ticks(hour));
    assert_true(back <= hour && hour - back < 1000);
    assert_true(fm_ticks_to_ns(UINT64_MAX) > UINT64_C(1) << 60);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rate),
        cmocka_unit_test(test_injected),
        cmocka_unit_test(test_conversions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
