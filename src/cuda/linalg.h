/* Stacks of matrices on the device: what planning and running share. */
#ifndef FM_CUDA_LINALG_H
#define FM_CUDA_LINALG_H

#include "copy.h"
#include "family.h"
#include "linalg_kernel.h"
#include "own.h"

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
    struct { /* in the workspace, for the sweeps of a captured run */
        size_t v, w, norm, order, state, tau;
    } sweep;
    void *host_work;
    cu_solver_call first, second; /* but for addresses */
    size_t each_out[8];
} cu_linalg;

/* One run: the plan with the addresses of its stacks. */
typedef struct cu_linalg_run {
    cu_linalg *p;
    fm_dev *dev;
    cu_stream stream;
    const fm_kernel_args *args;
    char *space;
    int processors, parts;
    int captured; /* by launches alone */
} cu_linalg_run;

static inline char *cu_linalg_at(const cu_linalg_run *r, const cu_stack *s) {
    return s->in_place ? (char *)r->args->out[s->tensor] : r->space + s->offset;
}

/* Where getrs finds right-hand sides and leaves the solution; of no use to det. */
static inline const cu_stack *cu_linalg_sides(const cu_linalg *p) {
    return p->op == FM_LINALG_inv ? &p->out[0] : &p->in[1];
}

/* The words in which the factorization of each matrix tells how it went. */
static inline int *cu_linalg_infos(const cu_linalg_run *r, int in_output) {
    return in_output ? r->args->out[0] : (void *)(r->space + r->p->at_info);
}

/* linalg_own.c: the work under capture. What follows a factorization is the caller's still. */
cu_error cu_linalg_own_lu(const cu_linalg_run *r, int *info);
cu_error cu_linalg_own_cholesky(const cu_linalg_run *r);
cu_error cu_linalg_own_qr(const cu_linalg_run *r, int second);
cu_error cu_linalg_own_eigh(const cu_linalg_run *r);
cu_error cu_linalg_own_svd(const cu_linalg_run *r);

/* linalg_plan.c */
fm_status cu_linalg_plan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                         fm_plan_info *info,
                         cu_error (*run)(fm_dev *, cu_stream, fm_kplan *, fm_kernel_args *),
                         fm_error *error);

#endif
