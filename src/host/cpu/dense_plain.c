/* Dense factorisations where there is no LAPACK: simple algorithms, several times slower. */
#include "cpu/dense.h"
#include "cpu/dense_plain.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { SWEEPS = 60 };

#define T            double
#define NAME(f)      d_##f
#define CONJ(x)      (x)
#define REAL(x)      (x)
#define IMAG(x)      0.0
#define MAGNITUDE(x) fabs(x)
#include "cpu/dense_plain.inc"
#undef T
#undef NAME
#undef CONJ
#undef REAL
#undef IMAG
#undef MAGNITUDE

#define T            double complex
#define NAME(f)      z_##f
#define CONJ(x)      conj(x)
#define REAL(x)      creal(x)
#define IMAG(x)      cimag(x)
#define MAGNITUDE(x) cabs(x)
#include "cpu/dense_plain.inc"

static size_t square(int n) {
    return (size_t)n * (size_t)n;
}

static void space(const fm_dense_shape *s, fm_dense_space *to) {
    const int k = s->m < s->n ? s->m : s->n, wide = s->m < s->n ? s->n : s->m;
    size_t elements = 0, bytes = s->z ? 16 : 8;
    *to = (fm_dense_space){0};
    if (s->routine == FM_DENSE_INVERSE || s->routine == FM_DENSE_EIGH) elements = square(s->n);
    if (s->routine == FM_DENSE_SVD)
        elements = square(k) + (size_t)s->m * (size_t)s->n + square(wide);
    if (s->routine == FM_DENSE_EIG) {
        elements = square(s->n);
        bytes = 16;
    }
    to->bytes = elements * bytes;
}

static int lu(bool z, int n, void *a, int *pivots) {
    return z ? z_lu(n, a, pivots) : d_lu(n, a, pivots);
}

static int lu_solve(bool z, int n, int sides, const void *a, const int *pivots, void *b) {
    if (z)
        z_lu_solve(n, sides, a, pivots, b);
    else
        d_lu_solve(n, sides, a, pivots, b);
    return 0;
}

static int lu_inverse(bool z, int n, void *a, const int *pivots, const fm_dense_space *s,
                      void *work) {
    (void)s;
    if (z)
        z_lu_inverse(n, a, pivots, work);
    else
        d_lu_inverse(n, a, pivots, work);
    return 0;
}

static int cholesky(bool z, bool upper, int n, void *a) {
    return z ? z_cholesky(upper, n, a) : d_cholesky(upper, n, a);
}

static int qr(bool z, int m, int n, void *a, void *tau, const fm_dense_space *s, void *work) {
    (void)s;
    (void)work;
    if (z)
        z_qr(m, n, a, tau);
    else
        d_qr(m, n, a, tau);
    return 0;
}

static int q(bool z, int m, int n, int k, void *a, const void *tau, const fm_dense_space *s,
             void *work) {
    (void)s;
    (void)work;
    if (z)
        z_q(m, n, k, a, tau);
    else
        d_q(m, n, k, a, tau);
    return 0;
}

static int svd(bool z, char vectors, int m, int n, void *a, double *s, void *u, void *vt,
               const fm_dense_space *sp, void *work) {
    (void)sp;
    return z ? z_svd(vectors, m, n, a, s, u, vt, work) : d_svd(vectors, m, n, a, s, u, vt, work);
}

static int eigh(bool z, bool vectors, bool upper, int n, void *a, double *w,
                const fm_dense_space *s, void *work) {
    (void)s;
    (void)vectors;
    return z ? z_eigh(upper, n, a, w, work) : d_eigh(upper, n, a, w, work);
}

static int eig(bool z, int n, void *a, void *w, void *v, const fm_dense_space *s, void *work) {
    double complex *wide = work;
    (void)s;
    if (z) return fm_dense_plain_eig(n, a, w, v);
    for (size_t i = 0; i < square(n); i++) wide[i] = ((const double *)a)[i];
    const double size = d_length(square(n), a);
    const int info = fm_dense_plain_eig(n, wide, w, v);
    if (info == 0) fm_dense_plain_eig_real(n, size, w, v);
    return info;
}

const fm_dense fm_dense_plain = {false, space, lu,  lu_solve, lu_inverse, cholesky,
                                 qr,    q,     svd, eigh,     eig,        NULL};
