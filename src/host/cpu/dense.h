/* Factorisations of column-major matrices of float64 or complex128 (z): LAPACK's where the library
 * has it, else plain C. Each returns LAPACK's info and allocates nothing. */
#ifndef FM_CPU_DENSE_H
#define FM_CPU_DENSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum fm_dense_routine {
    FM_DENSE_LU,
    FM_DENSE_INVERSE,
    FM_DENSE_CHOLESKY,
    FM_DENSE_QR,
    FM_DENSE_Q,
    FM_DENSE_SVD,
    FM_DENSE_EIGH,
    FM_DENSE_EIG,
    FM_DENSE_LSTSQ
} fm_dense_routine;

/* What a routine is asked for, as far as its scratch memory depends on it. */
typedef struct fm_dense_shape {
    fm_dense_routine routine;
    bool z;
    int m, n, k;  /* rows, columns; q: reflectors; lstsq: right-hand sides */
    char vectors; /* svd: 'N', 'S', 'A'; eigh, eig: 'N', 'V' */
} fm_dense_shape;

/* The scratch memory of one call, found once. */
typedef struct fm_dense_space {
    size_t bytes;
    size_t reals, ints; /* where LAPACK's second and third array begin, in bytes */
    int work;           /* elements of its first */
    int nints;
    int64_t nreals;
} fm_dense_space;

typedef struct fm_dense {
    bool lapack; /* false: the plain versions */
    void (*space)(const fm_dense_shape *shape, fm_dense_space *space);
    /* P L U = A; pivots from 1, as LAPACK. */
    int (*lu)(bool z, int n, void *a, int *pivots);
    int (*lu_solve)(bool z, int n, int sides, const void *lu, const int *pivots, void *b);
    int (*lu_inverse)(bool z, int n, void *lu, const int *pivots, const fm_dense_space *space,
                      void *work);
    /* One triangle in place; the other one is left alone. */
    int (*cholesky)(bool z, bool upper, int n, void *a);
    int (*qr)(bool z, int m, int n, void *a, void *tau, const fm_dense_space *space, void *work);
    /* The first n columns of Q from k reflectors, m >= n >= k. */
    int (*q)(bool z, int m, int n, int k, void *a, const void *tau, const fm_dense_space *space,
             void *work);
    /* A = U diag(s) VT, a destroyed; the leading dimensions are the numbers of rows. */
    int (*svd)(bool z, char vectors, int m, int n, void *a, double *s, void *u, void *vt,
               const fm_dense_space *space, void *work);
    /* Eigenvalues ascending; vectors over a. */
    int (*eigh)(bool z, bool vectors, bool upper, int n, void *a, double *w,
                const fm_dense_space *space, void *work);
    /* w and v (NULL: none) are complex; a destroyed. */
    int (*eig)(bool z, int n, void *a, void *w, void *v, const fm_dense_space *space, void *work);
    /* b has max(m, n) rows, the solution on top; NULL in the plain version. */
    int (*lstsq)(bool z, int m, int n, int sides, void *a, void *b, double *s, double rcond,
                 int *rank, const fm_dense_space *space, void *work);
} fm_dense;

/* The library's, or the plain ones where it lacks one of them; decided once per process. */
const fm_dense *fm_dense_calls(void);

extern const fm_dense fm_dense_plain;

#endif
