/* Factorizations of this backend's own, in launches alone: what a graph holds in cuSOLVER's place.
 */
#ifndef FM_CUDA_OWN_H
#define FM_CUDA_OWN_H

#include "vendor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A stack of column-major matrices whose elements are `parts` doubles each: `each` elements from
 * matrix to matrix, `down` from column to column. */
typedef struct cu_matrices {
    double *at;
    int64_t each, down;
} cu_matrices;

typedef struct cu_own_lane {
    int64_t batch;
    int parts, processors;
    cu_stream stream;
} cu_own_lane;

/* The results are LAPACK's: of getrf (pivots from 1, n a matrix), of getrs, of potrf on row-major
 * matrices, of geqrf (n taus, `taus` apart) and of orgqr (m by columns, from k reflectors). */
cu_error cu_own_lu(const cu_own_lane *lane, cu_matrices a, int64_t n, int64_t *pivots, int *info);
cu_error cu_own_solve(const cu_own_lane *lane, cu_matrices a, const int64_t *pivots, int64_t n,
                      cu_matrices b, int64_t sides);
cu_error cu_own_cholesky(const cu_own_lane *lane, double *a, int64_t n, int upper, int *info);
cu_error cu_own_qr(const cu_own_lane *lane, cu_matrices a, int64_t m, int64_t n, double *tau,
                   int64_t taus);
cu_error cu_own_q(const cu_own_lane *lane, cu_matrices a, int64_t m, int64_t columns, int64_t k,
                  const double *tau, int64_t taus);

/* Room of the two below, of which each matrix has its part. */
typedef struct cu_jacobi {
    cu_matrices v; /* n by n */
    double *norm;  /* n */
    int64_t *order;
    int *state; /* CU_JACOBI_STATE */
} cu_jacobi;

/* One word a sweep, whether it rotated, one that is set before the first, and an exponent. */
enum { CU_JACOBI_SWEEPS = 30, CU_JACOBI_STATE = CU_JACOBI_SWEEPS + 2 };

/* Singular values of (m, n) matrices, m >= n, which it spoils, falling, n a matrix. Where u.at is
 * not NULL also U with `columns` columns and V^H; tau has room for n elements a matrix. info
 * becomes 1 where the sweeps do not suffice. */
cu_error cu_own_svd(const cu_own_lane *lane, cu_matrices a, int64_t m, int64_t n, double *values,
                    cu_matrices u, int64_t columns, cu_matrices vh, double *tau,
                    const cu_jacobi *room, int *info);
/* Rising eigenvalues of Hermitian matrices of which one triangle is read, and with `vectors` their
 * vectors in a's place; w is room like a. */
cu_error cu_own_eigh(const cu_own_lane *lane, cu_matrices a, int64_t n, int upper, double *values,
                     int vectors, cu_matrices w, const cu_jacobi *room, int *info);

#ifdef __cplusplus
}
#endif

#endif
