/* FLOP counts as text: exact decimals in, commas out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "meter/flops.h"

static void test_accepted(void **state) {
    (void)state;
    const struct {
        const char *text;
        uint64_t flops;
    } cases[] = {
        {"1", 1},
        {"1000", 1000},
        {"000123", 123},
        {"1e15", 1000000000000000u},
        {"1E15", 1000000000000000u},
        {"1e+3", 1000},
        {"1.5e3", 1500},
        {"2.50e1", 25},
        {"1.000", 1},
        {"1.", 1},
        {".5e1", 5},
        {"100e-2", 1},
        {"0.000001e6", 1},
        {"18446744073709551615", UINT64_MAX},
        {"1844674407370955161.5e1", UINT64_MAX},
        {"9007199254740993", 9007199254740993u}, /* 2^53 + 1: no double in between */
        {"1e19", 10000000000000000000u},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        uint64_t flops = 0;
        assert_true(fm_flops_parse(cases[i].text, &flops));
        assert_int_equal(flops, cases[i].flops);
    }
}

static void test_refused(void **state) {
    (void)state;
    const char *const cases[] = {"",
                                 "abc",
                                 "0",
                                 "0e5",
                                 "-1",
                                 "+1",
                                 "1e",
                                 "1e+",
                                 " 1",
                                 "1 ",
                                 "1_000",
                                 "1,000",
                                 "1.5",
                                 "1e-1",
                                 "1e20",
                                 "nan",
                                 "inf",
                                 "0x10",
                                 ".",
                                 "e5",
                                 "1.2.3",
                                 "1e5.0",
                                 "18446744073709551616",
                                 "1e999999999999999999999",
                                 "99999999999999999999"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        uint64_t flops = 77;
        assert_false(fm_flops_parse(cases[i], &flops));
        assert_int_equal(flops, 77);
    }
    uint64_t flops = 77;
    assert_false(fm_flops_parse(NULL, &flops));
}

static void test_commas(void **state) {
    (void)state;
    const struct {
        uint64_t flops;
        const char *text;
    } cases[] = {{0, "0"},
                 {999, "999"},
                 {1000, "1,000"},
                 {6231041, "6,231,041"},
                 {100000000, "100,000,000"},
                 {UINT64_MAX, "18,446,744,073,709,551,615"}};
    char buffer[FM_FLOPS_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
        assert_string_equal(fm_flops_format(cases[i].flops, buffer), cases[i].text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
