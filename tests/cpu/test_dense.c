/* The plain factorisations, for where there is no LAPACK, give their matrices back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/dense.h"

/* A column-major matrix of the element type asked for, and its values. */
typedef struct matrix {
    bool z;
    int m, n;
    void *data;
} matrix;

static double draw(void) {
    static uint64_t state = 1442695040888963407u;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(int64_t)(state >> 11) * 0x1p-52 - 1;
}

static double complex get(const matrix *a, int i, int j) {
    const size_t at = (size_t)i + (size_t)j * (size_t)a->m;
    return a->z ? ((double complex *)a->data)[at] : ((double *)a->data)[at];
}

static void set(const matrix *a, int i, int j, double complex x) {
    const size_t at = (size_t)i + (size_t)j * (size_t)a->m;
    if (a->z)
        ((double complex *)a->data)[at] = x;
    else
        ((double *)a->data)[at] = creal(x);
}

static matrix empty(bool z, int m, int n) {
    matrix a = {z, m, n, calloc((size_t)m * (size_t)n + 1, 16)};
    assert_non_null(a.data);
    return a;
}

static matrix random_matrix(bool z, int m, int n) {
    matrix a = empty(z, m, n);
    for (int j = 0; j < n; j++)
        for (int i = 0; i < m; i++) set(&a, i, j, draw() + (z ? draw() * I : 0));
    return a;
}

static matrix copied(const matrix *a) {
    matrix b = empty(a->z, a->m, a->n);
    memcpy(b.data, a->data, (size_t)a->m * (size_t)a->n * (a->z ? 16 : 8));
    return b;
}

static matrix hermitian(const matrix *a, double shift) {
    matrix h = empty(a->z, a->n, a->n);
    for (int j = 0; j < a->n; j++)
        for (int i = 0; i < a->n; i++)
            set(&h, i, j, get(a, i, j) + conj(get(a, j, i)) + (i == j ? shift : 0));
    return h;
}

static void close_to(double complex x, double complex y, int n) {
    if (!(cabs(x - y) <= 1e-13 * (n + 4) * fmax(1, cabs(y))))
        fail_msg("%g%+gi, wanted %g%+gi", creal(x), cimag(x), creal(y), cimag(y));
}

static void *scratch(const fm_dense_shape *shape, fm_dense_space *space) {
    fm_dense_plain.space(shape, space);
    void *work = malloc(space->bytes + 64);
    assert_non_null(work);
    return work;
}

/* Columns are orthonormal. */
static void check_unitary(const matrix *q) {
    for (int a = 0; a < q->n; a++)
        for (int b = 0; b < q->n; b++) {
            double complex sum = 0;
            for (int i = 0; i < q->m; i++) sum += conj(get(q, i, a)) * get(q, i, b);
            close_to(sum, a == b, q->m);
        }
}

static void check_solve(bool z, int n) {
    matrix a = random_matrix(z, n, n), lu = copied(&a), b = random_matrix(z, n, 2), x = copied(&b);
    int pivots[64];
    fm_dense_space space;
    const fm_dense_shape shape = {FM_DENSE_INVERSE, z, n, n, 0, 'N'};
    void *work = scratch(&shape, &space);
    assert_int_equal(fm_dense_plain.lu(z, n, lu.data, pivots), 0);
    assert_int_equal(fm_dense_plain.lu_solve(z, n, 2, lu.data, pivots, x.data), 0);
    assert_int_equal(fm_dense_plain.lu_inverse(z, n, lu.data, pivots, &space, work), 0);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double complex sum = 0, one = 0;
            for (int k = 0; k < n; k++) sum += j < 2 ? get(&a, i, k) * get(&x, k, j) : 0;
            for (int k = 0; k < n; k++) one += get(&a, i, k) * get(&lu, k, j);
            if (j < 2) close_to(sum, get(&b, i, j), 1000 * n);
            close_to(one, i == j, 1000 * n);
        }
    matrix *all[] = {&a, &lu, &b, &x};
    for (int i = 0; i < 4; i++) free(all[i]->data);
    free(work);
}

static void check_cholesky(bool z, bool upper, int n) {
    matrix a = random_matrix(z, n, n), h = hermitian(&a, 4 * n), l = copied(&h);
    assert_int_equal(fm_dense_plain.cholesky(z, upper, n, l.data), 0);
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double complex sum = 0;
            for (int k = 0; k <= j; k++)
                sum += upper ? conj(get(&l, k, i)) * get(&l, k, j)
                             : get(&l, i, k) * conj(get(&l, j, k));
            close_to(sum, get(&h, i, j), n);
        }
    set(&h, 0, 0, -1);
    assert_int_equal(fm_dense_plain.cholesky(z, upper, n, h.data), 1);
    free(a.data);
    free(h.data);
    free(l.data);
}

static void check_qr(bool z, int m, int n) {
    const int k = m < n ? m : n;
    matrix a = random_matrix(z, m, n), q = empty(z, m, m > n ? m : n);
    double complex tau[64];
    fm_dense_space space = {0};
    memcpy(q.data, a.data, (size_t)m * (size_t)n * (z ? 16 : 8));
    assert_int_equal(fm_dense_plain.qr(z, m, n, q.data, tau, &space, NULL), 0);
    matrix r = copied(&q);
    q.n = m;
    assert_int_equal(fm_dense_plain.q(z, m, m, k, q.data, tau, &space, NULL), 0);
    check_unitary(&q);
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++) {
            double complex sum = 0;
            for (int c = 0; c <= j && c < k; c++) sum += get(&q, i, c) * get(&r, c, j);
            close_to(sum, get(&a, i, j), m);
        }
    free(a.data);
    free(q.data);
    free(r.data);
}

static void check_svd(bool z, char vectors, int m, int n, bool deficient) {
    const int k = m < n ? m : n, wide = vectors == 'A';
    matrix a = random_matrix(z, m, n), u = empty(z, m, wide ? m : k),
           vt = empty(z, wide ? n : k, n);
    double s[64];
    for (int i = 0; deficient && i < m; i++) set(&a, i, n - 1, get(&a, i, 0));
    fm_dense_space space;
    const fm_dense_shape shape = {FM_DENSE_SVD, z, m, n, 0, vectors};
    void *work = scratch(&shape, &space);
    matrix lost = copied(&a);
    assert_int_equal(
        fm_dense_plain.svd(z, vectors, m, n, lost.data, s, u.data, vt.data, &space, work), 0);
    for (int i = 1; i < k; i++) assert_true(s[i] <= s[i - 1] && s[i] >= 0);
    check_unitary(&u);
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++) {
            double complex sum = 0;
            for (int c = 0; c < k; c++) sum += get(&u, i, c) * s[c] * get(&vt, c, j);
            close_to(sum, get(&a, i, j), 10 * (m + n));
        }
    matrix *all[] = {&a, &u, &vt, &lost};
    for (int i = 0; i < 4; i++) free(all[i]->data);
    free(work);
}

static void check_eigh(bool z, bool upper, int n) {
    matrix a = random_matrix(z, n, n), h = hermitian(&a, 0), v = copied(&h);
    double w[64];
    fm_dense_space space;
    const fm_dense_shape shape = {FM_DENSE_EIGH, z, n, n, 0, 'V'};
    void *work = scratch(&shape, &space);
    for (int i = 0; i < n; i++) /* only one triangle is read */
        for (int j = 0; j < i; j++) set(&v, upper ? i : j, upper ? j : i, NAN);
    assert_int_equal(fm_dense_plain.eigh(z, true, upper, n, v.data, w, &space, work), 0);
    check_unitary(&v);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double complex sum = 0;
            for (int k = 0; k < n; k++) sum += get(&h, i, k) * get(&v, k, j);
            close_to(sum, get(&v, i, j) * w[j], 10 * n);
        }
    free(a.data);
    free(h.data);
    free(v.data);
    free(work);
}

static void check_eig(bool z, int n) {
    matrix a = random_matrix(z, n, n), lost = copied(&a), v = empty(true, n, n);
    double complex w[64];
    fm_dense_space space;
    const fm_dense_shape shape = {FM_DENSE_EIG, z, n, n, 0, 'V'};
    void *work = scratch(&shape, &space);
    assert_int_equal(fm_dense_plain.eig(z, n, lost.data, w, v.data, &space, work), 0);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double complex sum = 0;
            for (int k = 0; k < n; k++) sum += get(&a, i, k) * get(&v, k, j);
            close_to(sum, get(&v, i, j) * w[j], 100 * n);
        }
    free(a.data);
    free(lost.data);
    free(v.data);
    free(work);
}

static void plain_factorisations(void **state) {
    static const int sizes[] = {1, 2, 5, 24};
    (void)state;
    for (int i = 0; i < 4; i++)
        for (int z = 0; z < 2; z++) {
            const int n = sizes[i];
            check_solve(z, n);
            check_eig(z, n);
            for (int upper = 0; upper < 2; upper++) {
                check_cholesky(z, upper, n);
                check_eigh(z, upper, n);
            }
            check_qr(z, n, n);
            check_qr(z, n + 3, n);
            check_qr(z, n, n + 3);
            for (int full = 0; full < 2; full++) {
                check_svd(z, full ? 'A' : 'S', n, n, n > 1);
                check_svd(z, full ? 'A' : 'S', n + 3, n, false);
                check_svd(z, full ? 'A' : 'S', n, n + 3, false);
            }
        }
}

/* A triangle's eigenvalues are its diagonal, and real ones of a real matrix are exactly so. */
static void real_eigenvalues_stay_real(void **state) {
    double a[16] = {1, 0, 0, 0, 5, 2, 0, 0, 6, 7, 3, 0, 8, 9, 1, 4};
    double complex w[4], v[16];
    fm_dense_space space;
    const fm_dense_shape shape = {FM_DENSE_EIG, false, 4, 4, 0, 'V'};
    void *work = scratch(&shape, &space);
    (void)state;
    assert_int_equal(fm_dense_plain.eig(false, 4, a, w, v, &space, work), 0);
    for (int i = 0; i < 4; i++) assert_true(cimag(w[i]) == 0);
    for (int i = 0; i < 16; i++) assert_true(cimag(v[i]) == 0);
    free(work);
}

static void nan_does_not_converge(void **state) {
    double a[4] = {1, NAN, 2, 3}, s[2];
    fm_dense_space space;
    const fm_dense_shape shape = {FM_DENSE_SVD, false, 2, 2, 0, 'N'};
    void *work = scratch(&shape, &space);
    (void)state;
    assert_int_not_equal(fm_dense_plain.svd(false, 'N', 2, 2, a, s, NULL, NULL, &space, work), 0);
    free(work);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_factorisations),
                                       cmocka_unit_test(real_eigenvalues_stay_real),
                                       cmocka_unit_test(nan_does_not_converge)};
    return cmocka_run_group_tests_name("cpu.dense", tests, NULL, NULL);
}
