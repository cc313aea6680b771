/* Reductions over any axes of any layout: the kernels of one dtype, and the job that walks a tensor
   with them. */
#ifndef FM_CPU_REDUCE_H
#define FM_CPU_REDUCE_H

#include "cpu/family.h"
#include "cpu/isa.h"
#include "ops/ids.h"
#include "ops/ids_statistics.h"

/* One reduction in one dtype. States are small structs of `state` bytes, one for each output;
   `first` is the number of the first element among those reduced. */
typedef struct fm_reduce_kernel {
    size_t state;
    fm_dtype result; /* what finish writes */
    void (*start)(int64_t n, void *states);
    /* Folds n contiguous elements into one state. */
    void (*run)(int64_t n, const void *x, int64_t first, void *state);
    /* Folds rows of `columns` contiguous elements, `stride` elements apart, into as many states. */
    void (*rows)(int64_t rows, int64_t columns, const void *x, int64_t stride, int64_t first,
                 void *states);
    /* Folds the states `from`, which come later, into `into`. */
    void (*merge)(int64_t n, void *into, const void *from);
    /* Writes n results; count is the number of elements that each state has seen, or what the
       operation divides by. */
    void (*finish)(int64_t n, const void *states, double count, void *out);
} fm_reduce_kernel;

/* The kernels of this machine by number and dtype; a NULL `run` where there is none. */
typedef struct fm_reduce_table {
    fm_reduce_kernel kernel[FM_REDUCE_COUNT][FM_DTYPE_COUNT];
} fm_reduce_table;

#define FM_REDUCE_DECLARE(isa) extern const fm_reduce_table fm_reduce_##isa;
FM_ISA_DECLARE(FM_REDUCE_DECLARE)
#undef FM_REDUCE_DECLARE

/* The kernels of statistics, by the same rules. */
typedef struct fm_statistics_table {
    fm_reduce_kernel kernel[FM_STATISTIC_COUNT][FM_DTYPE_COUNT];
} fm_statistics_table;

#define FM_STATISTICS_DECLARE(isa) extern const fm_statistics_table fm_statistics_##isa;
FM_ISA_DECLARE(FM_STATISTICS_DECLARE)
#undef FM_STATISTICS_DECLARE

/* One axis of a walk: extent and strides in elements; kept axes have a place in the output. */
typedef struct fm_reduce_axis {
    int64_t n, in, out;
} fm_reduce_axis;

/* A planned reduction. Elements are brought from dtype `in` to `compute` and then to the kernel's
   own dtype, results to `out`. */
typedef struct fm_reduce_job {
    const fm_reduce_kernel *kernel;
    fm_dtype in, compute, stage, out;
    int nkept, nred;
    fm_reduce_axis kept[FM_MAX_NDIM], red[FM_MAX_NDIM]; /* innermost first */
    int64_t outputs, count;
    double divisor;   /* what finish gets: count, unless the plan says otherwise */
    bool by_rows;     /* the innermost axis is kept: whole rows are folded into many states */
    int64_t block;    /* outputs that one item folds together */
    int64_t chunk;    /* reduced elements (rows) of one item */
    int64_t chunks;   /* items for each block of outputs */
    size_t workspace; /* bytes that run needs */
} fm_reduce_job;

/* Whether there is a kernel of that number and compute dtype. */
int fm_reduce_supports(uint16_t op, fm_dtype compute);

/* Plans a reduction; kept and red are in row-major order, reduced elements are numbered so too. */
void fm_reduce_job_plan(fm_reduce_job *job, uint16_t op, fm_dtype in, fm_dtype compute,
                        fm_dtype out, int nkept, const fm_reduce_axis *kept, int nred,
                        const fm_reduce_axis *red);

/* The same with a kernel of another table, whose own dtype is stage; numbered: the reduced
   elements' numbers play a part. */
void fm_reduce_job_plan_kernel(fm_reduce_job *job, const fm_reduce_kernel *kernel, bool numbered,
                               fm_dtype in, fm_dtype compute, fm_dtype stage, fm_dtype out,
                               int nkept, const fm_reduce_axis *kept, int nred,
                               const fm_reduce_axis *red);

/* The plan of a whole call whose parameters begin with those of reductions: of its own kernel where
   kernel is NULL. *job is the plan's. */
fm_status fm_reduce_plan_call(const fm_kernel_call *call, const fm_reduce_kernel *kernel,
                              bool numbered, fm_dtype stage, fm_kplan **out, fm_reduce_job **job,
                              fm_plan_info *info, fm_error *error);

/* Does it over the shared pool. The results do not depend on the number of threads. */
void fm_reduce_job_run(const fm_reduce_job *job, const void *in, void *out, void *workspace);

#endif
