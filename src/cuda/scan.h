/* Running reductions: the arguments of a launch, and the tables of kernels. */
#ifndef FM_CUDA_SCAN_H
#define FM_CUDA_SCAN_H

#include "vendor.h"

#include "ops/ids.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* lines * inner lines of n elements, those of a line `inner` elements apart. */
typedef struct cu_scan_args {
    const void *in;
    void *out;
    int64_t lines, n, inner;
    void *temp;
    size_t temp_bytes;
} cu_scan_args;

/* walk: a thread for each line. run: all threads for all lines, inner being 1; NULL: every step
 * rounds, so that only a walk gives what is defined. */
typedef struct cu_scan_kernel {
    cu_error (*walk)(const cu_scan_args *args, int processors, cu_stream stream);
    cu_error (*measure)(int64_t lines, int64_t n, size_t *bytes);
    cu_error (*run)(const cu_scan_args *args, int processors, cu_stream stream);
} cu_scan_kernel;

/* By the dtype in which elements are read: int64, uint64, float16, bfloat16, float32, float64,
 * complex128. */
extern const cu_scan_kernel cu_scan_sum[FM_DTYPE_COUNT], cu_scan_prod[FM_DTYPE_COUNT];
extern const cu_scan_kernel cu_scan_max[FM_DTYPE_COUNT], cu_scan_min[FM_DTYPE_COUNT];

#ifdef __cplusplus
}
#endif
#endif
