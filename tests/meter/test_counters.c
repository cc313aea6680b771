/* The counters: every one of the list in reset, read, merge and difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/summary.h>

#include "meter/counters.h"

/* Each counter gets another value, so that none can stand for its neighbour. */
static fm_counters numbered(uint64_t start) {
    fm_counters counters;
    uint64_t value = start;
#define COUNTER(kind, name, meaning) counters.name = value++;
#include "meter/counters.def"
#undef COUNTER
    return counters;
}

#define MERGED_SUM(a, b) ((a) + (b))
#define MERGED_MIN(a, b) (a)
#define MERGED_MAX(a, b) (b)
#define LEFT_SUM(a, b)   ((b) - (a))
#define LEFT_MIN(a, b)   (b)
#define LEFT_MAX(a, b)   (b)

static void test_merge_and_difference(void **state) {
    (void)state;
    fm_counters small = numbered(10), large = numbered(1000), merged = large;
    fm_counters_merge(&merged, &small);
#define COUNTER(kind, name, meaning)                                                               \
    assert_int_equal(merged.name, MERGED_##kind(small.name, large.name));
#include "meter/counters.def"
#undef COUNTER
    fm_counters left = large;
    fm_counters_subtract(&left, &small);
#define COUNTER(kind, name, meaning)                                                               \
    assert_int_equal(left.name, LEFT_##kind(small.name, large.name));
#include "meter/counters.def"
#undef COUNTER
}

static void test_zero_is_neutral(void **state) {
    (void)state;
    fm_counters zero, value = numbered(5), merged;
    fm_counters_reset(&zero);
    merged = zero;
    fm_counters_merge(&merged, &value);
#define COUNTER(kind, name, meaning) assert_int_equal(merged.name, value.name);
#include "meter/counters.def"
#undef COUNTER
}

static void test_sums_saturate(void **state) {
    (void)state;
    fm_counters a = {.flops = UINT64_MAX - 1}, b = {.flops = 5};
    fm_counters_merge(&a, &b);
    assert_int_equal(a.flops, UINT64_MAX);
    assert_int_equal(fm_saturating_add(UINT64_MAX - 5, 5), UINT64_MAX);
    assert_int_equal(fm_saturating_add(2, 3), 5);
}

static void test_live(void **state) {
    (void)state;
    static fm_live_counters live;
    fm_counters read, zero;
    fm_live_counters_reset(&live);
    fm_counters_read(&live, &read);
    fm_counters_reset(&zero);
    assert_memory_equal(&read, &zero, sizeof zero);
    uint64_t value = 1;
#define COUNTER(kind, name, meaning) atomic_store(&live.name, value++);
#include "meter/counters.def"
#undef COUNTER
    fm_counters_read(&live, &read);
    fm_counters expected = numbered(1);
    assert_memory_equal(&read, &expected, sizeof expected);
}

/* The public row names every counter; this fails to compile where it does not. */
static void test_public_row(void **state) {
    (void)state;
    fm_op_row row = {0};
    size_t count = 0;
#define COUNTER(kind, name, meaning) count += row.name == 0;
#include "meter/counters.def"
#undef COUNTER
    assert_int_equal(count, sizeof(fm_counters) / sizeof(uint64_t));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merge_and_difference), cmocka_unit_test(test_zero_is_neutral),
        cmocka_unit_test(test_sums_saturate),        cmocka_unit_test(test_live),
        cmocka_unit_test(test_public_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
