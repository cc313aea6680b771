/* The kernels around cuSOLVER, on stacks of matrices. */
#ifndef FM_CUDA_LINALG_KERNEL_H
#define FM_CUDA_LINALG_KERNEL_H

#include "vendor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Elements of the matrices are `parts` doubles each; a stack is column-major unless said. */

/* Sign and logarithm of the product of each LU's pivots; info > 0: of a singular matrix. */
cu_error cu_linalg_det(const double *lu, const int64_t *pivots, const int *info, int64_t n,
                       int64_t batch, int parts, double *sign, double *log_size, int processors,
                       cu_stream stream);
cu_error cu_linalg_identity(double *a, int64_t n, int64_t batch, int parts, int processors,
                            cu_stream stream);
/* Zeros on one side of the diagonal of row-major matrices. */
cu_error cu_linalg_triangle(double *a, int64_t n, int64_t batch, int upper, int parts,
                            int processors, cu_stream stream);
/* The upper triangle of the first `rows` rows of (m, n) matrices, row-major with zeros below. */
cu_error cu_linalg_upper(const double *a, int64_t each, int64_t m, int64_t n, int64_t rows,
                         int64_t batch, int parts, double *r, int processors, cu_stream stream);
/* info becomes 1 where one of a matrix's `count` values is NaN. */
cu_error cu_linalg_find_nan(const double *values, int64_t count, int64_t batch, int *info,
                            int processors, cu_stream stream);
/* NaN in the `each` doubles of every matrix whose info is not 0. */
cu_error cu_linalg_spoil(double *a, int64_t each, int64_t batch, const int *info, int processors,
                         cu_stream stream);
/* Packed real eigenvalues (2n a matrix) and vectors (column-major; NULL: none) as complex ones,
 * row-major; info becomes -1 where one is not real. */
cu_error cu_linalg_spread(const double *values, const double *vectors, int64_t n, int64_t batch,
                          double *w, double *v, int *info, int processors, cu_stream stream);

#ifdef __cplusplus
}
#endif

#endif
