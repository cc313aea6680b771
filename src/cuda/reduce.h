/* Reductions over any axes of any layout: the arguments of a launch, the tables of kernels, and the
 * job that other plans hold too. */
#ifndef FM_CUDA_REDUCE_H
#define FM_CUDA_REDUCE_H

#include "vendor.h"

#include "ops/ids.h"
#include "scalar/index.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An item is one chunk of the elements of one output; `width` neighbouring threads fold it. With
 * one chunk results are written at once, else states to partial[chunk][output], which a second
 * launch folds. */
typedef struct cu_reduce_args {
    const void *in;
    void *out;
    void *partial;
    int64_t outputs, count; /* count: elements that go into each output */
    int64_t chunk, chunks;
    int32_t width;
    uint8_t from, to; /* dtypes in memory */
    uint8_t convert;  /* 1: elements are brought from `from` to the kernel's dtype */
    uint8_t mean;     /* sum: divided by count */
    uint8_t least;    /* max: min instead */
    uint8_t place;    /* max: the number of the element instead of its value */
    uint8_t all;      /* any: all instead */
    uint8_t skips;    /* statistics: NaN is passed over, or for places counted as the worst value */
    uint8_t root;     /* variances: their square roots */
    double ddof;      /* variances: what is taken from the number of elements */
    fm_index kept;    /* operand 0: in, 1: out */
    fm_index red;     /* operand 0: in; elements are numbered in its order */
} cu_reduce_args;

typedef cu_error (*cu_reduce_launch)(const cu_reduce_args *args, cu_stream stream);

/* fold: elements into states or results. join: the states of all chunks into results. */
typedef struct cu_reduce_kernel {
    size_t state; /* bytes */
    cu_reduce_launch fold, join;
} cu_reduce_kernel;

/* By the dtype in which elements are read. */
extern const cu_reduce_kernel cu_reduce_sum[FM_DTYPE_COUNT];
extern const cu_reduce_kernel cu_reduce_prod[FM_DTYPE_COUNT];
extern const cu_reduce_kernel cu_reduce_max[FM_DTYPE_COUNT];
extern const cu_reduce_kernel cu_reduce_any[FM_DTYPE_COUNT];

/* A planned reduction. */
typedef struct cu_reduce_job {
    const cu_reduce_kernel *kernel;
    cu_reduce_args args; /* all but addresses */
    int32_t join_width;
    size_t workspace; /* bytes for the states of several chunks */
} cu_reduce_job;

/* kept and red are in row-major order; red is numbered so too, for argmax and argmin. Neither is
 * coalesced yet. There is a kernel for every op and dtype. */
void cu_reduce_plan(cu_reduce_job *job, uint16_t op, fm_dtype in, fm_dtype compute, fm_dtype out,
                    const fm_index *kept, const fm_index *red, int processors);
/* The same with a kernel of another table, which reads elements of dtype read. The rest of the
 * job's flags are the caller's to set. */
void cu_reduce_plan_kernel(cu_reduce_job *job, const cu_reduce_kernel *kernel, fm_dtype in,
                           fm_dtype read, fm_dtype out, int place, const fm_index *kept,
                           const fm_index *red, int processors);
cu_error cu_reduce_run(const cu_reduce_job *job, cu_stream stream, const void *in, void *out,
                       void *workspace);

#ifdef __cplusplus
}
#endif
#endif
