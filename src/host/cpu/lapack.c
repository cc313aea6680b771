/* Dense factorisations by the Fortran LAPACK of the BLAS library. */
#include "cpu/blas.h"
#include "cpu/dense.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

/* Fortran passes addresses, and the lengths of texts by value behind the arguments. */
typedef void (*lu_fn)(const int *m, const int *n, void *a, const int *lda, int *pivots, int *info);
typedef void (*lu_solve_fn)(const char *trans, const int *n, const int *sides, const void *lu,
                            const int *lda, const int *pivots, void *b, const int *ldb, int *info,
                            size_t);
typedef void (*lu_inverse_fn)(const int *n, void *lu, const int *lda, const int *pivots, void *work,
                              const int *lwork, int *info);
typedef void (*cholesky_fn)(const char *uplo, const int *n, void *a, const int *lda, int *info,
                            size_t);
typedef void (*qr_fn)(const int *m, const int *n, void *a, const int *lda, void *tau, void *work,
                      const int *lwork, int *info);
typedef void (*q_fn)(const int *m, const int *n, const int *k, void *a, const int *lda,
                     const void *tau, void *work, const int *lwork, int *info);
typedef void (*svd_d_fn)(const char *job, const int *m, const int *n, void *a, const int *lda,
                         double *s, void *u, const int *ldu, void *vt, const int *ldvt, void *work,
                         const int *lwork, int *iwork, int *info, size_t);
typedef void (*svd_z_fn)(const char *job, const int *m, const int *n, void *a, const int *lda,
                         double *s, void *u, const int *ldu, void *vt, const int *ldvt, void *work,
                         const int *lwork, double *rwork, int *iwork, int *info, size_t);
typedef void (*eigh_d_fn)(const char *job, const char *uplo, const int *n, void *a, const int *lda,
                          double *w, void *work, const int *lwork, int *iwork, const int *liwork,
                          int *info, size_t, size_t);
typedef void (*eigh_z_fn)(const char *job, const char *uplo, const int *n, void *a, const int *lda,
                          double *w, void *work, const int *lwork, double *rwork, const int *lrwork,
                          int *iwork, const int *liwork, int *info, size_t, size_t);
typedef void (*eig_d_fn)(const char *left, const char *right, const int *n, void *a, const int *lda,
                         double *wr, double *wi, void *vl, const int *ldvl, void *vr,
                         const int *ldvr, void *work, const int *lwork, int *info, size_t, size_t);
typedef void (*eig_z_fn)(const char *left, const char *right, const int *n, void *a, const int *lda,
                         void *w, void *vl, const int *ldvl, void *vr, const int *ldvr, void *work,
                         const int *lwork, double *rwork, int *info, size_t, size_t);
typedef void (*lstsq_d_fn)(const int *m, const int *n, const int *sides, void *a, const int *lda,
                           void *b, const int *ldb, double *s, const double *rcond, int *rank,
                           void *work, const int *lwork, int *iwork, int *info);
typedef void (*lstsq_z_fn)(const int *m, const int *n, const int *sides, void *a, const int *lda,
                           void *b, const int *ldb, double *s, const double *rcond, int *rank,
                           void *work, const int *lwork, double *rwork, int *iwork, int *info);

static struct {
    lu_fn lu[2];
    lu_solve_fn lu_solve[2];
    lu_inverse_fn lu_inverse[2];
    cholesky_fn cholesky[2];
    qr_fn qr[2];
    q_fn q[2];
    svd_d_fn svd_d;
    svd_z_fn svd_z;
    eigh_d_fn eigh_d;
    eigh_z_fn eigh_z;
    eig_d_fn eig_d;
    eig_z_fn eig_z;
    lstsq_d_fn lstsq_d;
    lstsq_z_fn lstsq_z;
} f;

static int most(int a, int b) {
    return a > b ? a : b;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* A leading dimension. */
static int lead(int rows) {
    return most(rows, 1);
}

/* What a query left in the first element of work. */
static int asked(const double *first) {
    return first[0] < (double)INT32_MAX ? (int)first[0] : INT32_MAX;
}

static size_t aligned(size_t bytes) {
    return (bytes + 63) & ~(size_t)63;
}

/* Where a query is given arrays; some routines write their first element. */
static _Thread_local double spare[8];
static _Thread_local int spare_ints[8];

static void query_eigh(const fm_dense_shape *s, double *work, fm_dense_space *space) {
    const int none = -1, ld = lead(s->n);
    double reals = 0;
    int ints = 0, info;
    if (s->z)
        f.eigh_z(&s->vectors, "L", &s->n, spare, &ld, spare, work, &none, &reals, &none, &ints,
                 &none, &info, 1, 1);
    else
        f.eigh_d(&s->vectors, "L", &s->n, spare, &ld, spare, work, &none, &ints, &none, &info, 1,
                 1);
    space->nreals = s->z ? (int)reals : 0;
    space->nints = ints;
}

static void query_svd(const fm_dense_shape *s, double *work, fm_dense_space *space) {
    const int none = -1, k = least(s->m, s->n), wide = most(s->m, s->n), lda = lead(s->m);
    const int ldvt = lead(s->vectors == 'A' ? s->n : k);
    int info;
    space->nints = 8 * k;
    if (!s->z) {
        f.svd_d(&s->vectors, &s->m, &s->n, spare, &lda, spare, spare, &lda, spare, &ldvt, work,
                &none, spare_ints, &info, 1);
        return;
    }
    f.svd_z(&s->vectors, &s->m, &s->n, spare, &lda, spare, spare, &lda, spare, &ldvt, work, &none,
            spare, spare_ints, &info, 1);
    /* zgesdd's own bounds for its real array. */
    const int64_t first = 5 * (int64_t)k * k + 5 * (int64_t)k;
    const int64_t second = 2 * (int64_t)wide * k + 2 * (int64_t)k * k + k;
    space->nreals = s->vectors == 'N' ? 7 * (int64_t)k : first > second ? first : second;
}

static void query_lstsq(const fm_dense_shape *s, double *work, fm_dense_space *space) {
    const int none = -1, lda = lead(s->m), ldb = lead(most(s->m, s->n));
    const double rcond = 0;
    double reals = 0;
    int rank, info, ints = 0;
    if (s->z)
        f.lstsq_z(&s->m, &s->n, &s->k, spare, &lda, spare, &ldb, spare, &rcond, &rank, work, &none,
                  &reals, &ints, &info);
    else
        f.lstsq_d(&s->m, &s->n, &s->k, spare, &lda, spare, &ldb, spare, &rcond, &rank, work, &none,
                  &ints, &info);
    space->nreals = s->z ? (int)reals : 0;
    space->nints = ints;
}

static void query_eig(const fm_dense_shape *s, double *work, fm_dense_space *space) {
    const int none = -1, ld = lead(s->n), one = 1;
    int info;
    if (s->z)
        f.eig_z("N", &s->vectors, &s->n, spare, &ld, spare, spare, &one, spare, &ld, work, &none,
                spare, &info, 1, 1);
    else
        f.eig_d("N", &s->vectors, &s->n, spare, &ld, spare, spare, spare, &one, spare, &ld, work,
                &none, &info, 1, 1);
    /* Real: both parts of the eigenvalues, and the vectors before they are spread out. */
    space->nreals = 2 * (int64_t)s->n;
    if (!s->z && s->vectors == 'V') space->nreals += (int64_t)s->n * s->n;
}

static void find_space(const fm_dense_shape *s, fm_dense_space *space) {
    const int none = -1, lda = lead(s->m);
    double work[2] = {0, 0};
    int info;
    *space = (fm_dense_space){0};
    switch (s->routine) {
    case FM_DENSE_INVERSE:
        f.lu_inverse[s->z](&s->n, spare, &lda, spare_ints, work, &none, &info);
        break;
    case FM_DENSE_QR:
        f.qr[s->z](&s->m, &s->n, spare, &lda, spare, work, &none, &info);
        break;
    case FM_DENSE_Q:
        f.q[s->z](&s->m, &s->n, &s->k, spare, &lda, spare, work, &none, &info);
        break;
    case FM_DENSE_SVD:
        query_svd(s, work, space);
        break;
    case FM_DENSE_EIGH:
        query_eigh(s, work, space);
        break;
    case FM_DENSE_EIG:
        query_eig(s, work, space);
        break;
    case FM_DENSE_LSTSQ:
        query_lstsq(s, work, space);
        break;
    default:
        return;
    }
    space->work = most(asked(work), 1);
    space->reals = aligned((size_t)space->work * (s->z ? 16 : 8));
    space->ints = space->reals + aligned((size_t)space->nreals * sizeof(double));
    space->bytes = space->ints + aligned((size_t)space->nints * sizeof(int));
}

static double *reals_of(const fm_dense_space *space, void *work) {
    return (double *)(void *)((char *)work + space->reals);
}

static int *ints_of(const fm_dense_space *space, void *work) {
    return (int *)(void *)((char *)work + space->ints);
}

static int lu(bool z, int n, void *a, int *pivots) {
    const int ld = lead(n);
    int info;
    f.lu[z](&n, &n, a, &ld, pivots, &info);
    return info;
}

static int lu_solve(bool z, int n, int sides, const void *a, const int *pivots, void *b) {
    const int ld = lead(n);
    int info;
    f.lu_solve[z]("N", &n, &sides, a, &ld, pivots, b, &ld, &info, 1);
    return info;
}

static int lu_inverse(bool z, int n, void *a, const int *pivots, const fm_dense_space *space,
                      void *work) {
    const int ld = lead(n);
    int info;
    f.lu_inverse[z](&n, a, &ld, pivots, work, &space->work, &info);
    return info;
}

static int cholesky(bool z, bool upper, int n, void *a) {
    const int ld = lead(n);
    int info;
    f.cholesky[z](upper ? "U" : "L", &n, a, &ld, &info, 1);
    return info;
}

static int qr(bool z, int m, int n, void *a, void *tau, const fm_dense_space *space, void *work) {
    const int ld = lead(m);
    int info;
    f.qr[z](&m, &n, a, &ld, tau, work, &space->work, &info);
    return info;
}

static int q(bool z, int m, int n, int k, void *a, const void *tau, const fm_dense_space *space,
             void *work) {
    const int ld = lead(m);
    int info;
    f.q[z](&m, &n, &k, a, &ld, tau, work, &space->work, &info);
    return info;
}

/* The divide and conquer of singular values answers infinities and NaN by what the library's error
   handler prints; here they do not converge. */
enum { NOT_CONVERGED = 1 };

static bool is_finite(bool z, int m, int n, const double *a) {
    const size_t count = (size_t)m * (size_t)n * (z ? 2 : 1);
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += a[i] * 0;
    return sum == 0;
}

static int svd(bool z, char vectors, int m, int n, void *a, double *s, void *u, void *vt,
               const fm_dense_space *space, void *work) {
    const int ld = lead(m), ldvt = lead(vectors == 'A' ? n : least(m, n));
    int info;
    if (!is_finite(z, m, n, a)) return NOT_CONVERGED;
    if (z)
        f.svd_z(&vectors, &m, &n, a, &ld, s, u, &ld, vt, &ldvt, work, &space->work,
                reals_of(space, work), ints_of(space, work), &info, 1);
    else
        f.svd_d(&vectors, &m, &n, a, &ld, s, u, &ld, vt, &ldvt, work, &space->work,
                ints_of(space, work), &info, 1);
    return info;
}

static int eigh(bool z, bool vectors, bool upper, int n, void *a, double *w,
                const fm_dense_space *space, void *work) {
    const char *job = vectors ? "V" : "N", *uplo = upper ? "U" : "L";
    const int ld = lead(n), nreals = (int)space->nreals;
    int info;
    if (z)
        f.eigh_z(job, uplo, &n, a, &ld, w, work, &space->work, reals_of(space, work), &nreals,
                 ints_of(space, work), &space->nints, &info, 1, 1);
    else
        f.eigh_d(job, uplo, &n, a, &ld, w, work, &space->work, ints_of(space, work), &space->nints,
                 &info, 1, 1);
    return info;
}

/* LAPACK has a conjugate pair's vector as two real columns, its real and its imaginary part. */
static void spread_vectors(int n, const double *wi, const double *packed, double *v) {
    for (int j = 0; j < n; j++) {
        bool pair = wi[j] != 0 && j + 1 < n;
        const double *re = packed + (size_t)j * (size_t)n, *im = re + n;
        for (int i = 0; i < n; i++) {
            double *to = v + 2 * ((size_t)j * (size_t)n + (size_t)i);
            to[0] = re[i];
            to[1] = pair ? im[i] : 0;
            if (!pair) continue;
            to[2 * n] = re[i];
            to[2 * n + 1] = -im[i];
        }
        j += pair;
    }
}

static int eig(bool z, int n, void *a, void *w, void *v, const fm_dense_space *space, void *work) {
    const char *job = v ? "V" : "N";
    const int ld = lead(n), one = 1;
    double *wr = reals_of(space, work), *wi = wr + n, *packed = wi + n, *out = w;
    int info;
    if (z) {
        f.eig_z("N", job, &n, a, &ld, w, NULL, &one, v, &ld, work, &space->work, wr, &info, 1, 1);
        return info;
    }
    f.eig_d("N", job, &n, a, &ld, wr, wi, NULL, &one, packed, &ld, work, &space->work, &info, 1, 1);
    for (int i = 0; i < n; i++) {
        out[2 * i] = wr[i];
        out[2 * i + 1] = wi[i];
    }
    if (v && info == 0) spread_vectors(n, wi, packed, v);
    return info;
}

static int lstsq(bool z, int m, int n, int sides, void *a, void *b, double *s, double rcond,
                 int *rank, const fm_dense_space *space, void *work) {
    const int lda = lead(m), ldb = lead(most(m, n));
    int info;
    if (!is_finite(z, m, n, a)) return NOT_CONVERGED;
    if (z)
        f.lstsq_z(&m, &n, &sides, a, &lda, b, &ldb, s, &rcond, rank, work, &space->work,
                  reals_of(space, work), ints_of(space, work), &info);
    else
        f.lstsq_d(&m, &n, &sides, a, &lda, b, &ldb, s, &rcond, rank, work, &space->work,
                  ints_of(space, work), &info);
    return info;
}

static const fm_dense by_lapack = {true, find_space, lu,  lu_solve, lu_inverse, cholesky,
                                   qr,   q,          svd, eigh,     eig,        lstsq};

/* POSIX's way from a data pointer to a function pointer, which ISO C leaves undefined. */
static bool find(const char *name, void *function_pointer) {
    void *symbol = fm_blas_symbol(name);
    memcpy(function_pointer, &symbol, sizeof symbol);
    return symbol != NULL;
}

static bool find_all(void) {
    return find("dgetrf_", &f.lu[0]) && find("zgetrf_", &f.lu[1]) &&
           find("dgetrs_", &f.lu_solve[0]) && find("zgetrs_", &f.lu_solve[1]) &&
           find("dgetri_", &f.lu_inverse[0]) && find("zgetri_", &f.lu_inverse[1]) &&
           find("dpotrf_", &f.cholesky[0]) && find("zpotrf_", &f.cholesky[1]) &&
           find("dgeqrf_", &f.qr[0]) && find("zgeqrf_", &f.qr[1]) && find("dorgqr_", &f.q[0]) &&
           find("zungqr_", &f.q[1]) && find("dgesdd_", &f.svd_d) && find("zgesdd_", &f.svd_z) &&
           find("dsyevd_", &f.eigh_d) && find("zheevd_", &f.eigh_z) && find("dgeev_", &f.eig_d) &&
           find("zgeev_", &f.eig_z) && find("dgelsd_", &f.lstsq_d) && find("zgelsd_", &f.lstsq_z);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const fm_dense *chosen;

static void choose(void) {
    chosen = find_all() ? &by_lapack : &fm_dense_plain;
}

const fm_dense *fm_dense_calls(void) {
    (void)pthread_once(&once, choose);
    return chosen;
}
