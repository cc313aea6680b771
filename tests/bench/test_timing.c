/* The benches' timing: the printed line, the choice by --only, how often a body is called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../bench/timing.h"

static void printed_line(double *samples, int count, char *line, size_t size) {
    FILE *file = tmpfile();
    assert_non_null(file);
    bench_print(file, "name", samples, count);
    rewind(file);
    assert_non_null(fgets(line, (int)size, file));
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
}

static void test_median_of_odd_and_even(void **state) {
    (void)state;
    char line[256];
    double odd[] = {4.0, 1.0, 2.0};
    printed_line(odd, 3, line, sizeof line);
    assert_string_equal(
        line, "{\"bench\": \"name\", \"seconds\": 2, \"min\": 1, \"max\": 4, \"runs\": 3}\n");
    double even[] = {8.0, 1.0, 2.0, 4.0};
    printed_line(even, 4, line, sizeof line);
    assert_string_equal(
        line, "{\"bench\": \"name\", \"seconds\": 3, \"min\": 1, \"max\": 8, \"runs\": 4}\n");
}

static void test_choice(void **state) {
    (void)state;
    char *all[] = {"bench"}, *one[] = {"bench", "--only", "add"};
    assert_true(bench_wanted(1, all, "add"));
    assert_true(bench_wanted(3, one, "add"));
    assert_false(bench_wanted(3, one, "exp"));
}

static void count_calls(void *user, long calls) {
    *(long *)user += calls;
}

static void test_sample_is_time_over_calls(void **state) {
    (void)state;
    long called = 0;
    double seconds = bench_sample(count_calls, &called, 1000);
    assert_int_equal(called, 1000);
    assert_true(seconds >= 0 && seconds < 1e-3);
}

static void wait_some(void *user, long calls) {
    double end = bench_now() + (double)calls * *(double *)user;
    while (bench_now() < end) continue;
}

static void test_difference(void **state) {
    (void)state;
    double much = 5e-3, nothing = 0, seconds, least;
    char line[256];
    FILE *file = tmpfile();
    assert_non_null(file);
    bench_difference_to(file, "name", wait_some, &much, wait_some, &nothing, 0.02);
    rewind(file);
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    assert_int_equal(
        sscanf(line, "{\"bench\": \"name\", \"seconds\": %lf, \"min\": %lf,", &seconds, &least), 2);
    assert_true(least > 1e-3);
    assert_true(seconds > 1e-3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_median_of_odd_and_even),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_sample_is_time_over_calls),
        cmocka_unit_test(test_difference),
    };
    return cmocka_run_group_tests_name("bench.timing", tests, NULL, NULL);
}
