/* What the files of running reductions share: operations as function objects, and their table. */
#ifndef FM_CUDA_SCAN_KERNEL_H
#define FM_CUDA_SCAN_KERNEL_H

/* Before CUB, whose headers name a type `half`. */
#include "scalar/cpx.h"
#include "scalar/int.h"

#include "seam_scan.h"

/* Elements of dtype STORED in memory, joined as WIDE. Totals of float32 are of double. */
#define CU_SCAN_OP(name, stored, wide_type, widen, narrow_down, function)                          \
    struct name {                                                                                  \
        typedef stored T;                                                                          \
        typedef wide_type A;                                                                       \
        static __host__ __device__ A wide(T x) { return widen(x); }                                \
        static __host__ __device__ T narrow(A x) { return narrow_down(x); }                        \
        __host__ __device__ A operator()(A a, A b) const { return function(a, b); }                \
    };

#define CU_SCAN_ENTRY(name)                                                                        \
    { fm_scan_by_walk<name>, fm_scan_measure<name>, fm_scan_run<name> }
#define CU_SCAN_WALK(name)                                                                         \
    { fm_scan_by_walk<name>, nullptr, nullptr }

#endif
