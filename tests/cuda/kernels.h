/* Kernels that only tests launch. */
#ifndef FM_TESTS_CUDA_KERNELS_H
#define FM_TESTS_CUDA_KERNELS_H

#include "cuda/vendor.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TEST_RANK = 4 };

typedef struct test_view {
    int rank;
    int64_t shape[TEST_RANK], strides[TEST_RANK]; /* in elements */
} test_view;

/* y = x + by, n contiguous elements. */
cu_error test_add(float *y, const float *x, int64_t n, float by, cu_stream stream);

/* y (contiguous) = 2 x for a view of x. */
cu_error test_double_view(double *y, const double *x, test_view view, int64_t n, cu_stream stream);

/* order[i] = how many threads ran before thread i. */
cu_error test_order(int *order, int *counter, int64_t n, cu_stream stream);

/* Each thread of the whole grid adds 1 to its element of count, block and thread in three
 * dimensions. */
cu_error test_touch(int *count, cu_dim3 grid, cu_dim3 block, cu_stream stream);

/* Writes one byte at p. */
cu_error test_poke(char *p, cu_stream stream);

#ifdef __cplusplus
}
#endif
#endif
