/* Kernels of creation: arithmetic progressions and identity matrices, by dtype. */
#ifndef FM_CUDA_FILL_KERNEL_H
#define FM_CUDA_FILL_KERNEL_H

#include "vendor.h"

#include "scalar/fill.h"

#ifdef __cplusplus
extern "C" {
#endif

/* arange: element i of n, `stride` apart, is that of the progression. eye: out[r][c] of rows x
 * columns is 1 where c - r == k, with `below` where c - r <= k, else 0. Strides in elements. */
typedef struct cu_fill_kernel {
    cu_error (*arange)(void *out, fm_arange progression, int64_t n, int64_t stride, int processors,
                       cu_stream stream);
    cu_error (*eye)(void *out, int64_t rows, int64_t columns, int64_t row_stride, int64_t stride,
                    int64_t k, int below, int processors, cu_stream stream);
} cu_fill_kernel;

/* By fm_dtype. */
extern const cu_fill_kernel cu_fill[FM_DTYPE_COUNT];

#ifdef __cplusplus
}
#endif
#endif
