/* Copies past the caches at every alignment, and sums that depend on neither lanes nor timing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpuid.h"
#include "cpu/pool.h"
#include "cpu/stream.h"

enum { GUARD = 96 };

static fm_pool *pool;

static void test_stream_out_alignments(void **state) {
    (void)state;
    unsigned char from[600];
    unsigned char to[600 + 2 * GUARD];
    for (int i = 0; i < 600; ++i) from[i] = (unsigned char)(i * 7 + 1);
    for (size_t offset = 0; offset < 65; offset += 3) {
        for (size_t n = 0; n < 400; n += 13) {
            memset(to, 0xee, sizeof to);
            fm_stream_out(to + GUARD + offset, from + offset / 2, n);
            fm_stream_fence();
            for (size_t i = 0; i < sizeof to; ++i) {
                size_t at = i - GUARD - offset;
                int inside = i >= GUARD + offset && at < n;
                assert_int_equal(to[i], inside ? from[offset / 2 + at] : 0xee);
            }
        }
    }
}

static void check_copy(size_t bytes, size_t offset) {
    unsigned char *from = malloc(bytes + 2 * GUARD);
    unsigned char *to = calloc(1, bytes + 2 * GUARD);
    assert_non_null(from);
    assert_non_null(to);
    for (size_t i = 0; i < bytes + 2 * GUARD; ++i) from[i] = (unsigned char)(i % 251 + 1);
    fm_stream_copy(pool, to + offset, from + GUARD, bytes);
    assert_memory_equal(to + offset, from + GUARD, bytes);
    for (size_t i = 0; i < offset; ++i) assert_int_equal(to[i], 0);
    for (size_t i = offset + bytes; i < bytes + 2 * GUARD; ++i) assert_int_equal(to[i], 0);
    free(from);
    free(to);
}

static void test_copies(void **state) {
    (void)state;
    check_copy(0, 0);
    check_copy(1, 5);
    check_copy(1000003, 7);
    size_t large = 4 * fm_cpu_detect()->l2 * (size_t)fm_cpu_detect()->cores;
    assert_true(fm_stream_pays(large));
    assert_false(fm_stream_pays(large / 2));
    assert_false(fm_stream_pays(0));
    check_copy(large + 31, 11);
}

static const int64_t sizes[] = {0, 1, 2, 63, 64, 65, 2047, 2048, 2049, 100000, 524288, 1100001};
enum { MOST = 1100001 };

static void test_sum_f32(void **state) {
    (void)state;
    float *x = malloc(MOST * sizeof *x);
    assert_non_null(x);
    for (int64_t i = 0; i < MOST; ++i) x[i] = (float)((i * 7919) % 1000) * 0.001F + 0.1F;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s) {
        long double want = 0;
        for (int64_t i = 0; i < sizes[s]; ++i) want += (long double)x[i];
        double got = fm_sum_f32(pool, x, sizes[s]);
        assert_true(fabsl((long double)got - want) <= 16 * (long double)FLT_EPSILON * want);
        for (int lanes = 1; lanes <= 7; lanes += 2) {
            fm_pool *other = fm_pool_create(lanes);
            assert_non_null(other);
            assert_true(fm_sum_f32(other, x, sizes[s]) == got);
            fm_pool_destroy(other);
        }
    }
    free(x);
}

static void test_sum_f64(void **state) {
    (void)state;
    double *x = malloc(MOST * sizeof *x);
    assert_non_null(x);
    for (int64_t i = 0; i < MOST; ++i) x[i] = (double)((i * 7919) % 1000) * 0.001 - 0.3;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s) {
        long double want = 0;
        long double scale = 0;
        for (int64_t i = 0; i < sizes[s]; ++i) {
            want += (long double)x[i];
            scale += fabsl((long double)x[i]);
        }
        double got = fm_sum_f64(pool, x, sizes[s]);
        assert_true(fabsl((long double)got - want) <= 64 * (long double)DBL_EPSILON * scale);
        fm_pool *other = fm_pool_create(5);
        assert_non_null(other);
        assert_true(fm_sum_f64(other, x, sizes[s]) == got);
        fm_pool_destroy(other);
    }
    free(x);
}

static void test_sum_special_values(void **state) {
    (void)state;
    float x[200] = {0};
    x[150] = INFINITY;
    assert_true(isinf(fm_sum_f32(pool, x, 200)));
    x[3] = -INFINITY;
    assert_true(isnan(fm_sum_f32(pool, x, 200)));
    assert_true(fm_sum_f32(pool, x + 4, 100) == 0);
    x[5] = NAN;
    assert_true(isnan(fm_sum_f32(pool, x + 4, 100)));
}

static int start_pool(void **state) {
    (void)state;
    pool = fm_pool_create(3);
    return pool ? 0 : -1;
}

static int stop_pool(void **state) {
    (void)state;
    fm_pool_destroy(pool);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stream_out_alignments),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_sum_f32),
        cmocka_unit_test(test_sum_f64),
        cmocka_unit_test(test_sum_special_values),
    };
    return cmocka_run_group_tests(tests, start_pool, stop_pool);
}
