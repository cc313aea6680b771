/* Handles against a plain list, by many random steps. */
#include "wire/handles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { STEPS = 200000 };

static int released;

static void count_release(void *kept) {
    (void)kept;
    released++;
}

static void test_against_list(void **state) {
    (void)state;
    static char kept[STEPS];
    static char is_kept[STEPS];
    wire_handles handles = {0};
    uint64_t made = 0, number;
    size_t count = 0;
    uint32_t x = 7;
    for (int step = 0; step < STEPS; step++) {
        x = 1664525u * x + 1013904223u;
        if (x >> 30) { /* three of four make, until there are many */
            if (count > 5000) continue;
            assert_true(wire_handles_put(&handles, &kept[made], &number));
            assert_true(number == made);
            is_kept[made++] = 1;
            count++;
        } else if (made) {
            uint64_t at = (x >> 3) % made;
            void *got = wire_handles_take(&handles, at);
            assert_ptr_equal(got, is_kept[at] ? &kept[at] : NULL);
            if (is_kept[at]) count--;
            is_kept[at] = 0;
        }
    }
    assert_int_equal(handles.count, count);
    for (uint64_t i = 0; i < made; i++)
        assert_ptr_equal(wire_handles_get(&handles, i), is_kept[i] ? &kept[i] : NULL);
    assert_null(wire_handles_get(&handles, made));
    wire_handles_clear(&handles, count_release);
    assert_int_equal(released, count);
    assert_true(wire_handles_put(&handles, kept, &number));
    assert_true(number == 0);
    wire_handles_clear(&handles, count_release);
}

/* The table grows with what is kept, not with what was made. */
static void test_size(void **state) {
    (void)state;
    static char kept;
    wire_handles handles = {0};
    uint64_t number;
    for (int i = 0; i < 1000000; i++) {
        assert_true(wire_handles_put(&handles, &kept, &number));
        if (i >= 10) assert_ptr_equal(wire_handles_take(&handles, number - 10), &kept);
    }
    assert_true(handles.places <= 64);
    wire_handles_clear(&handles, count_release);
}

static void test_names(void **state) {
    (void)state;
    static const char *const bad[] = {"",   "a",   "b0", "a01", "a-1", "a1 ",
                                      "A0", "a0x", "0",  "aa0", "a٣",  "a99999999999999999999"};
    uint64_t number;
    assert_true(wire_handle_read("a0", 2, 'a', &number) && number == 0);
    assert_true(wire_handle_read("a120", 4, 'a', &number) && number == 120);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(wire_handle_read(bad[i], strlen(bad[i]), 'a', &number));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_list),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
