/* Square matrices of which what is below the diagonal is known, and the rest its mirror image. */
#ifndef FM_CUDA_MIRROR_H
#define FM_CUDA_MIRROR_H

#include "vendor.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Element (i, j) of matrix b is c[b * stride + i * ld + j]: that with j < i is read, and written to
 * (j, i). */
typedef struct cu_mirror_args {
    void *c;
    int64_t n, ld;
    int64_t batch, stride;
} cu_mirror_args;

typedef cu_error (*cu_mirror_launch)(const cu_mirror_args *args, int processors, cu_stream stream);

/* By dtype; NULL but for floats and complex numbers of BLAS. */
extern const cu_mirror_launch cu_mirror[FM_DTYPE_COUNT];

#ifdef __cplusplus
}
#endif
#endif
