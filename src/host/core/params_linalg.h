/* What kernels of FM_FAMILY_LINALG need beside layouts. */
#ifndef FM_CORE_PARAMS_LINALG_H
#define FM_CORE_PARAMS_LINALG_H

#include <stdint.h>

enum { FM_VECTORS_NONE, FM_VECTORS_REDUCED, FM_VECTORS_FULL };
enum { FM_QR_REDUCED, FM_QR_COMPLETE, FM_QR_R, FM_QR_RAW };

/* Stacks of matrices over the leading axes; inputs of any dtype and strides, outputs row-major in
   the compute dtype T (float64 or complex128), its reals R, or complex128 C. info is one int32 a
   matrix, 0 where it went well; a matrix that failed has NaN results.
     det       a -> sign T, log of the magnitude R
     inv       a -> info x
     solve     a b -> info x; equal leading axes
     cholesky  a -> info, the triangle with zeros beside it
     qr        a -> reduced, complete: q r; r: r; raw: h tau, as LAPACK has them
     eigh      a -> info, w R, [v]
     eig       a -> info, w C, [v C]; info -1: a real matrix with eigenvalues that are not real
     svd       a -> info, s R, [u], [vh]
     lstsq     a b -> info, x, residuals R, rank int32, s R; one matrix; scalars[nin]: rcond. Not on
               every backend. */
typedef struct fm_linalg_params {
    int32_t vectors; /* svd: which vectors; eig, eigh: FM_VECTORS_NONE or not */
    int32_t upper;   /* cholesky, eigh: the upper triangle is read (and written) */
    int32_t mode;    /* qr */
} fm_linalg_params;

#endif
