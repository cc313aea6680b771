/* Stacks of matrices on the device: what planning and running share. */
#ifndef FM_CUDA_LINALG_H
#define FM_CUDA_LINALG_H

#include "copy.h"
#include "family.h"
#include "linalg_kernel.h"

/* A stack of matrices in the workspace or in an output, `each` bytes apart. */
typedef struct cu_stack {
    int used, in_place; /* in_place: it is output `tensor` */
    int tensor;
    size_t offset, each;
    cu_copy copy; /* to it from an input, or from it to an output */
} cu_stack;

typedef struct cu_linalg {
    fm_kplan head;
    fm_linalg_params params;
    uint16_t op;
    int z; /* complex */
    int64_t m, n, k, cols, batch;
    size_t element;
    int nin, nout;
    cu_stack in[2], out[2];
    cu_stack extra; /* tau, pivots, or eigenvalues of real matrices, one part a matrix */
    size_t at_info, at_work;
    void *host_work;
    cu_solver_call first, second; /* but for addresses */
    size_t each_out[8];
} cu_linalg;

/* linalg_plan.c */
fm_status cu_linalg_plan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                         fm_plan_info *info,
                         cu_error (*run)(fm_dev *, cu_stream, fm_kplan *, fm_kernel_args *),
                         fm_error *error);

#endif
