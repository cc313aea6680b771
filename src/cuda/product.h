/* Matrix products by cuBLASLt, planned once, with bias and relu as its epilogue where it has them;
 * by cuBLAS where cuBLASLt has no algorithm. */
#ifndef FM_CUDA_PRODUCT_H
#define FM_CUDA_PRODUCT_H

#include "device.h"

/* Strides of a matrix in elements, between rows, columns and the matrices of a batch. */
typedef struct cu_matrix {
    int64_t row, col, batch;
} cu_matrix;

/* C (m, n) = alpha A (m, k) B (k, n) + beta C, each of them `batch` times; then, in rows of C, a
 * bias of n elements of C's dtype, and relu. Extents are positive. */
typedef struct cu_product_spec {
    fm_dtype in, out;  /* of A and B, and of C: the same, or float16 or bfloat16 and float32 */
    fm_math_mode math; /* of float32 and complex64 */
    int64_t batch, m, n, k;
    cu_matrix a, b, c;
    int conjugate_a, conjugate_b;
    int bias, relu;
} cu_product_spec;

typedef struct cu_product {
    cu_lt lt; /* NULL: cuBLAS */
    cu_lt_desc desc;
    cu_lt_layout a, b, c;
    cu_lt_algo algo[2]; /* for addresses that are multiples of 16 bytes, and for any */
    cu_gemm gemm;
    int turned; /* B comes first: C is computed as its transpose, column-major */
    int bias;
    fm_dtype scale; /* dtype of alpha and beta */
    size_t workspace;
} cu_product;

/* Whether cuBLAS can read and write matrices of these strides and extents. */
int cu_product_fits(const cu_product_spec *spec);

/* *made is 0, and the rest of *product empty, where neither library has such a product, or, with
 * bias or relu, where cuBLASLt has none with that epilogue. name: for error texts. */
fm_status cu_product_plan(cu_product *product, fm_dev *dev, const cu_product_spec *spec,
                          const char *name, int *made, fm_error *error);

/* The workspace has the size that the plan says, aligned to 256 bytes; bias NULL without one. */
cu_error cu_product_run(cu_product *product, fm_dev *dev, cu_stream stream, double alpha,
                        const void *a, const void *b, double beta, void *c, const void *bias,
                        void *workspace);

void cu_product_release(cu_product *product);

/* The device's handle of cuBLAS, one for all streams: opened when a plan is made, lent for the
 * calls of one run, with a workspace of so many bytes, and returned even where lending it failed.
 */
enum { CU_BLAS_WORKSPACE = 4 << 20 };
cu_error cu_blas_open(fm_dev *dev);
cu_error cu_blas_lend(fm_dev *dev, cu_stream stream, void *workspace);
void cu_blas_return(fm_dev *dev);

#endif
