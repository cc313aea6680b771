/* Matrix products of the CPU backend against sums in long double: shapes, transposes, factors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/blas.h"
#include "cpu/cpuid.h"
#include "cpu/gemm.h"
#include "cpu/pool.h"

enum { PAD = 3 };

static fm_pool *pool;
static int core_type_given;

typedef struct pair {
    long double re, im;
} pair;

/* A matrix of either precision, real (width 1) or complex (width 2), as doubles and as floats. */
typedef struct matrix {
    int64_t rows, columns, ld;
    int width;
    double *d;
    float *f;
} matrix;

static uint64_t seed = 12345;

static double draw(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(int64_t)(seed >> 40) / (double)(1 << 23) - 1;
}

static matrix make(int64_t rows, int64_t columns, int width) {
    matrix m = {rows, columns, columns + PAD, width, NULL, NULL};
    size_t count = (size_t)(rows * m.ld * width) + 1;
    m.d = malloc(count * sizeof *m.d);
    m.f = malloc(count * sizeof *m.f);
    assert_non_null(m.d);
    assert_non_null(m.f);
    for (size_t i = 0; i < count; ++i) {
        m.f[i] = (float)draw();
        m.d[i] = (double)m.f[i];
    }
    return m;
}

static void drop(matrix *m) {
    free(m->d);
    free(m->f);
}

static pair at(const matrix *m, fm_trans t, int64_t i, int64_t j) {
    int64_t index = (t == FM_TRANS_NO ? i * m->ld + j : j * m->ld + i) * m->width;
    pair x = {m->d[index], m->width == 2 ? m->d[index + 1] : 0};
    if (t == FM_TRANS_CONJ) x.im = -x.im;
    return x;
}

static pair times(pair x, pair y) {
    return (pair){x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re};
}

typedef struct factors {
    double alpha[2], beta[2];
} factors;

static pair expected(const matrix *a, const matrix *b, const matrix *c, fm_trans ta, fm_trans tb,
                     int64_t i, int64_t j, int64_t k, factors f) {
    pair sum = {0, 0};
    for (int64_t p = 0; p < k; ++p) {
        pair x = times(at(a, ta, i, p), at(b, tb, p, j));
        sum.re += x.re;
        sum.im += x.im;
    }
    pair alpha = {f.alpha[0], f.alpha[1]};
    pair beta = {f.beta[0], f.beta[1]};
    pair old = beta.re == 0 && beta.im == 0 ? (pair){0, 0} : times(beta, at(c, FM_TRANS_NO, i, j));
    pair fresh = times(alpha, sum);
    return (pair){fresh.re + old.re, fresh.im + old.im};
}

/* Runs the function of the given width and precision on copies of the operands. */
static void multiply(int width, int is_double, fm_trans ta, fm_trans tb, int64_t m, int64_t n,
                     int64_t k, factors f, const matrix *a, const matrix *b, double *c, float *cf,
                     int64_t ldc) {
    float alpha[2] = {(float)f.alpha[0], (float)f.alpha[1]};
    float beta[2] = {(float)f.beta[0], (float)f.beta[1]};
    if (width == 1 && is_double) {
        fm_gemm_f64(pool, ta, tb, m, n, k, f.alpha[0], a->d, a->ld, b->d, b->ld, f.beta[0], c, ldc);
    } else if (width == 1) {
        fm_gemm_f32(pool, ta, tb, m, n, k, alpha[0], a->f, a->ld, b->f, b->ld, beta[0], cf, ldc);
    } else if (is_double) {
        fm_gemm_c128(pool, ta, tb, m, n, k, f.alpha, a->d, a->ld, b->d, b->ld, f.beta, c, ldc);
    } else {
        fm_gemm_c64(pool, ta, tb, m, n, k, alpha, a->f, a->ld, b->f, b->ld, beta, cf, ldc);
    }
}

static void check_close(double got, long double want, int64_t k, double unit) {
    double bound = unit * 8 * (double)(k + 4);
    if (!(fabsl((long double)got - want) <= (long double)bound)) {
        fail_msg("got %.17g, expected %.17Lg within %g", got, want, bound);
    }
}

static void check_product(int width, int is_double, fm_trans ta, fm_trans tb, int64_t m, int64_t n,
                          int64_t k, factors f) {
    matrix a = ta == FM_TRANS_NO ? make(m, k, width) : make(k, m, width);
    matrix b = tb == FM_TRANS_NO ? make(k, n, width) : make(n, k, width);
    matrix c = make(m, n, width);
    matrix result = make(m, n, width);
    size_t count = (size_t)(m * c.ld * width);
    int unread = f.beta[0] == 0 && f.beta[1] == 0;
    for (size_t i = 0; i < count; ++i) {
        int inside = (int64_t)(i / (size_t)width) % c.ld < n;
        result.d[i] = unread && inside ? (double)NAN : c.d[i];
        result.f[i] = unread && inside ? NAN : c.f[i];
    }
    multiply(width, is_double, ta, tb, m, n, k, f, &a, &b, result.d, result.f, c.ld);
    double unit = is_double ? DBL_EPSILON : (double)FLT_EPSILON;
    for (int64_t i = 0; i < m; ++i) {
        for (int64_t j = 0; j < c.ld; ++j) {
            int64_t at_c = (i * c.ld + j) * width;
            pair want =
                j < n ? expected(&a, &b, &c, ta, tb, i, j, k, f) : at(&c, FM_TRANS_NO, i, j);
            double re = is_double ? result.d[at_c] : (double)result.f[at_c];
            check_close(re, want.re, j < n ? k : -4, unit);
            if (width == 2) {
                double im = is_double ? result.d[at_c + 1] : (double)result.f[at_c + 1];
                check_close(im, want.im, j < n ? k : -4, unit);
            }
        }
    }
    drop(&a);
    drop(&b);
    drop(&c);
    drop(&result);
}

static const int64_t shapes[][3] = {{1, 1, 1},    {1, 7, 5},    {7, 1, 5},     {5, 3, 1},
                                    {17, 33, 29}, {64, 65, 66}, {3, 130, 70},  {130, 3, 70},
                                    {100, 1, 90}, {1, 100, 90}, {129, 67, 40}, {0, 4, 3},
                                    {4, 0, 3},    {4, 5, 0}};

/* FLOPMETER_TEST_SAMPLE asks for a part of the sweep, where a sanitizer makes the oracle slow. */
static int is_sampled(void) {
    const char *sample = getenv("FLOPMETER_TEST_SAMPLE");
    return sample && *sample && strcmp(sample, "0") != 0;
}

static void sweep(int width, int is_double) {
    int sampled = is_sampled();
    const factors all[] = {
        {{1, 0}, {0, 0}}, {{1, 0}, {1, 0}}, {{-0.5, 0.25}, {2, -1}}, {{0, 0}, {0.5, 0}}};
    int kinds = width == 2 ? 3 : 2;
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; ++s) {
        for (int ta = 0; ta < kinds; ++ta) {
            for (int tb = 0; tb < kinds; ++tb) {
                for (size_t f = 0; f < sizeof all / sizeof *all; ++f) {
                    if (sampled && (s + (size_t)(ta + tb) + f) % 4 != 0) continue;
                    factors x = all[f];
                    if (width == 1) x.alpha[1] = x.beta[1] = 0;
                    check_product(width, is_double, (fm_trans)ta, (fm_trans)tb, shapes[s][0],
                                  shapes[s][1], shapes[s][2], x);
                }
            }
        }
    }
}

static void test_f32(void **state) {
    (void)state;
    sweep(1, 0);
}

static void test_f64(void **state) {
    (void)state;
    sweep(1, 1);
}

static void test_c64(void **state) {
    (void)state;
    sweep(2, 0);
}

static void test_c128(void **state) {
    (void)state;
    sweep(2, 1);
}

/* Large enough to be split, with sizes that divide by nothing. */
static void test_split_products(void **state) {
    (void)state;
    const factors f = {{1.5, 0}, {-1, 0}};
    for (int lanes = is_sampled() ? 3 : 1; lanes <= (is_sampled() ? 3 : 7); lanes += 2) {
        fm_pool *before = pool;
        pool = fm_pool_create(lanes);
        assert_non_null(pool);
        check_product(1, 0, FM_TRANS_NO, FM_TRANS_NO, 131, 77, 61, f);
        check_product(1, 1, FM_TRANS_YES, FM_TRANS_NO, 20, 513, 67, f);
        check_product(2, 0, FM_TRANS_NO, FM_TRANS_CONJ, 71, 131, 40, f);
        fm_pool_destroy(pool);
        pool = before;
    }
}

/* Long sums, wide and tall products: where the own kernels cut depth, pack the broadcast operand or
 * exchange the two. */
static void check_long_wide_and_tall(int is_double) {
    const factors f = {{0.5, 0}, {1, 0}};
    const factors fresh = {{1, 0}, {0, 0}};
    check_product(1, is_double, FM_TRANS_NO, FM_TRANS_YES, 37, 45, 1700, f);
    if (is_sampled()) return;
    check_product(1, is_double, FM_TRANS_NO, FM_TRANS_NO, 37, 45, 833, fresh);
    check_product(1, is_double, FM_TRANS_NO, FM_TRANS_NO, 29, 1100, 97, f);
    check_product(1, is_double, FM_TRANS_YES, FM_TRANS_YES, 29, 1100, 97, fresh);
    check_product(1, is_double, FM_TRANS_YES, FM_TRANS_NO, 1100, 29, 97, f);
    check_product(1, is_double, FM_TRANS_NO, FM_TRANS_YES, 1203, 530, 33, f);
    check_product(1, is_double, FM_TRANS_NO, FM_TRANS_NO, 530, 520, 2, fresh);
    for (int i = 0; i < 4; ++i) {
        check_product(1, is_double, i & 1 ? FM_TRANS_YES : FM_TRANS_NO,
                      i & 2 ? FM_TRANS_YES : FM_TRANS_NO, 13, 257, 131, f);
        check_product(1, is_double, i & 1 ? FM_TRANS_YES : FM_TRANS_NO,
                      i & 2 ? FM_TRANS_YES : FM_TRANS_NO, 259, 7, 211, f);
        check_product(1, is_double, i & 1 ? FM_TRANS_YES : FM_TRANS_NO,
                      i & 2 ? FM_TRANS_YES : FM_TRANS_NO, 71, 73, 79, fresh);
    }
}

static void test_long_wide_and_tall(void **state) {
    (void)state;
    check_long_wide_and_tall(0);
    check_long_wide_and_tall(1);
}

/* Bit for bit, whatever the number of threads; a library may sum the rows at a cut otherwise. */
static void test_threads_change_nothing(void **state) {
    (void)state;
    if (fm_cpu_detect()->isa < FM_ISA_V4) skip();
    enum { M = 75, N = 203, K = 97 };
    matrix a = make(M, K, 1);
    matrix b = make(K, N, 1);
    matrix one = make(M, N, 1);
    matrix many = make(M, N, 1);
    for (int lanes = 2; lanes <= 5; ++lanes) {
        fm_pool *wide = fm_pool_create(lanes);
        assert_non_null(wide);
        fm_gemm_f64(NULL, FM_TRANS_NO, FM_TRANS_NO, M, N, K, 1, a.d, a.ld, b.d, b.ld, 0, one.d,
                    one.ld);
        fm_gemm_f64(wide, FM_TRANS_NO, FM_TRANS_NO, M, N, K, 1, a.d, a.ld, b.d, b.ld, 0, many.d,
                    many.ld);
        fm_gemm_f32(NULL, FM_TRANS_NO, FM_TRANS_NO, M, N, K, 1, a.f, a.ld, b.f, b.ld, 0, one.f,
                    one.ld);
        fm_gemm_f32(wide, FM_TRANS_NO, FM_TRANS_NO, M, N, K, 1, a.f, a.ld, b.f, b.ld, 0, many.f,
                    many.ld);
        for (int64_t i = 0; i < M; ++i) {
            assert_memory_equal(one.d + i * one.ld, many.d + i * one.ld, N * sizeof *one.d);
            assert_memory_equal(one.f + i * one.ld, many.f + i * one.ld, N * sizeof *one.f);
        }
        fm_pool_destroy(wide);
    }
    drop(&a);
    drop(&b);
    drop(&one);
    drop(&many);
}

/* The lower triangle is that of the whole product, bit for bit, by rows and by columns. */
static void check_lower(bool is_double, int lanes, fm_trans ta, fm_trans tb, int64_t n, int64_t k) {
    matrix a = ta == FM_TRANS_NO ? make(n, k, 1) : make(k, n, 1);
    matrix b = tb == FM_TRANS_NO ? make(k, n, 1) : make(n, k, 1);
    matrix whole = make(n, n, 1), got = make(n, n, 1);
    fm_pool *wide = lanes > 1 ? fm_pool_create(lanes) : NULL;
    const size_t size = is_double ? sizeof(double) : sizeof(float);
    const bool taken = fm_gemm_lower(wide, is_double, ta, tb, n, k, is_double ? (void *)a.d : a.f,
                                     a.ld, is_double ? (void *)b.d : b.f, b.ld,
                                     is_double ? (void *)got.d : got.f, got.ld);
    assert_int_equal(taken, fm_gemm_has_lower(is_double, n, k));
    if (is_double)
        fm_gemm_f64(NULL, ta, tb, n, n, k, 1, a.d, a.ld, b.d, b.ld, 0, whole.d, whole.ld);
    else
        fm_gemm_f32(NULL, ta, tb, n, n, k, 1, a.f, a.ld, b.f, b.ld, 0, whole.f, whole.ld);
    for (int64_t i = 0; i < n && taken; ++i) {
        const int64_t at = i * got.ld;
        const void *row = is_double ? (void *)(got.d + at) : got.f + at;
        assert_memory_equal(row, is_double ? (void *)(whole.d + at) : whole.f + at,
                            (size_t)(i + 1) * size);
    }
    if (wide) fm_pool_destroy(wide);
    drop(&a);
    drop(&b);
    drop(&whole);
    drop(&got);
}

static void test_lower_triangles(void **state) {
    (void)state;
    static const int64_t sides[] = {2, 13, 75, 203, 530}, depths[] = {97, 900};
    for (int i = 0; i < 80; ++i)
        check_lower(i & 1, i & 2 ? 1 : 3, i & 4 ? FM_TRANS_YES : FM_TRANS_NO,
                    i & 8 ? FM_TRANS_YES : FM_TRANS_NO, sides[i / 16], depths[i / 16 % 2]);
    check_lower(false, 2, FM_TRANS_YES, FM_TRANS_NO, 1500, 1000);
    check_lower(true, 2, FM_TRANS_NO, FM_TRANS_YES, 900, 1000);
}

/* The leading dimension of a matrix of one row, or of no columns, may be anything. */
static void test_loose_leading_dimensions(void **state) {
    (void)state;
    const float a[] = {1, 2, 3};
    const float b[] = {4, 5, 6};
    float c[] = {7};
    fm_gemm_f32(NULL, FM_TRANS_NO, FM_TRANS_YES, 1, 1, 3, 1, a, 0, b, 0, 0, c, 0);
    assert_true(c[0] == 32);
    fm_gemm_f32(NULL, FM_TRANS_NO, FM_TRANS_NO, 1, 1, 0, 1, a, 0, b, 0, 0, c, 0);
    assert_true(c[0] == 0);
}

static void check_tail(int64_t m, int64_t n, int64_t k) {
    matrix a = make(m, k, 1);
    matrix b = make(n, k, 1);
    matrix mask = make(m, n, 1);
    matrix got = make(m, n, 1);
    matrix bias = make(1, n, 1);
    fm_gemm_bias_f32(pool, FM_TRANS_NO, FM_TRANS_YES, m, n, k, a.f, a.ld, b.f, b.ld, bias.f, true,
                     got.f, got.ld);
    const factors one = {{1, 0}, {0, 0}};
    for (int64_t i = 0; i < m; ++i) {
        for (int64_t j = 0; j < n; ++j) {
            long double x = expected(&a, &b, &got, FM_TRANS_NO, FM_TRANS_YES, i, j, k, one).re;
            x += (long double)bias.d[j];
            check_close((double)got.f[i * got.ld + j], x < 0 ? 0 : x, k, (double)FLT_EPSILON);
        }
    }
    fm_gemm_tail tail = {.mask = mask.f, .ld_mask = mask.ld};
    fm_gemm_tail_f32(pool, FM_TRANS_NO, FM_TRANS_YES, m, n, k, 2, a.f, a.ld, b.f, b.ld, 0, got.f,
                     got.ld, &tail);
    for (int64_t i = 0; i < m; ++i) {
        for (int64_t j = 0; j < n; ++j) {
            long double x = 2 * expected(&a, &b, &got, FM_TRANS_NO, FM_TRANS_YES, i, j, k, one).re;
            if (mask.d[i * mask.ld + j] <= 0) x = 0;
            check_close((double)got.f[i * got.ld + j], x, k, (double)FLT_EPSILON);
        }
    }
    drop(&a);
    drop(&b);
    drop(&mask);
    drop(&got);
    drop(&bias);
}

static void test_tails(void **state) {
    (void)state;
    check_tail(1, 1, 1);
    check_tail(5, 17, 3);
    check_tail(128, 70, 66);
}

static void test_relu_keeps_nan(void **state) {
    (void)state;
    const float a[] = {NAN, -1};
    const float b[] = {1};
    const float bias[] = {0};
    float c[] = {1, 1};
    fm_gemm_bias_f32(NULL, FM_TRANS_NO, FM_TRANS_NO, 2, 1, 1, a, 1, b, 1, bias, true, c, 1);
    assert_true(isnan(c[0]));
    assert_true(c[1] == 0);
}

static void *multiply_beside_others(void *arg) {
    int *wrong = arg;
    float a[48 * 96];
    float b[96 * 64];
    float c[48 * 64];
    for (int i = 0; i < 48 * 96; ++i) a[i] = (float)(i % 7);
    for (int i = 0; i < 96 * 64; ++i) b[i] = (float)(i % 5);
    for (int turn = 0; turn < 50; ++turn) {
        fm_gemm_f32(pool, FM_TRANS_NO, FM_TRANS_NO, 48, 64, 96, 1, a, 96, b, 64, 0, c, 64);
        for (int i = 0; i < 48; i += 11) {
            for (int j = 0; j < 64; j += 9) {
                float want = 0;
                for (int p = 0; p < 96; ++p) want += a[i * 96 + p] * b[p * 64 + j];
                *wrong += c[i * 64 + j] != want;
            }
        }
    }
    return NULL;
}

static void test_many_callers(void **state) {
    (void)state;
    pthread_t threads[6];
    int wrong[6] = {0};
    for (int i = 0; i < 6; ++i) {
        assert_int_equal(pthread_create(&threads[i], NULL, multiply_beside_others, &wrong[i]), 0);
    }
    for (int i = 0; i < 6; ++i) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(wrong[i], 0);
    }
}

static void test_library_is_described(void **state) {
    (void)state;
    const fm_blas *blas = fm_blas_open();
    assert_ptr_equal(blas, fm_blas_open());
    assert_true(blas->detail[0] != '\0');
    assert_true(blas->found == (blas->call.sgemm != NULL));
    if (blas->found) {
        assert_true(blas->library[0] != '\0');
        assert_non_null(fm_blas_symbol("dgetrf_"));
        assert_null(fm_blas_symbol("no_such_symbol_"));
        fm_blas_wide_begin();
        fm_blas_wide_end();
    }
    assert_int_equal(getenv("OPENBLAS_CORETYPE") != NULL, core_type_given);
}

/* The tests again in a process with a variable set: no library to open, or no own kernel. */
static int run_with(const char *self, const char *name, const char *value, const char *mode) {
    char command[4096];
    (void)snprintf(command, sizeof command, "%s=%s '%s' %s", name, value, self, mode);
    return system(command);
}

static void test_plain_is_named(void **state) {
    (void)state;
    const fm_blas *blas = fm_blas_open();
    assert_false(blas->found);
    assert_null(blas->call.sgemm);
    assert_non_null(strstr(blas->detail, "built-in products"));
    assert_non_null(strstr(blas->detail, "libno_such_blas.so.0"));
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

int main(int argc, char **argv) {
    core_type_given = getenv("OPENBLAS_CORETYPE") != NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_f32),
        cmocka_unit_test(test_f64),
        cmocka_unit_test(test_c64),
        cmocka_unit_test(test_c128),
        cmocka_unit_test(test_split_products),
        cmocka_unit_test(test_long_wide_and_tall),
        cmocka_unit_test(test_threads_change_nothing),
        cmocka_unit_test(test_lower_triangles),
        cmocka_unit_test(test_loose_leading_dimensions),
        cmocka_unit_test(test_tails),
        cmocka_unit_test(test_relu_keeps_nan),
        cmocka_unit_test(test_many_callers),
        cmocka_unit_test(test_library_is_described),
    };
    const struct CMUnitTest plain[] = {
        cmocka_unit_test(test_plain_is_named),
        cmocka_unit_test(test_f32),
        cmocka_unit_test(test_f64),
        cmocka_unit_test(test_c64),
        cmocka_unit_test(test_c128),
        cmocka_unit_test(test_split_products),
        cmocka_unit_test(test_long_wide_and_tall),
        cmocka_unit_test(test_loose_leading_dimensions),
        cmocka_unit_test(test_tails),
    };
    const struct CMUnitTest by_library[] = {
        cmocka_unit_test(test_f32),
        cmocka_unit_test(test_split_products),
        cmocka_unit_test(test_tails),
    };
    if (argc > 1 && strcmp(argv[1], "library") == 0) {
        return cmocka_run_group_tests_name("without an own kernel", by_library, start_pool,
                                           stop_pool);
    }
    if (argc > 1 && strcmp(argv[1], "plain") == 0) {
        return cmocka_run_group_tests_name("without a library", plain, start_pool, stop_pool);
    }
    int failed = cmocka_run_group_tests_name("with the library", tests, start_pool, stop_pool);
    if (failed != 0) return failed;
    return run_with(argv[0], "FLOPMETER_ISA=generic FLOPMETER_BLAS_LIBRARY", "libno_such_blas.so.0",
                    "plain") != 0 ||
           run_with(argv[0], "FLOPMETER_ISA", "generic", "library") != 0;
}
