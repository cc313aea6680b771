/* What planning and running of linear algebra on the CPU share. */
#ifndef FM_CPU_LINALG_H
#define FM_CPU_LINALG_H

#include "cpu/copy.h"
#include "cpu/dense.h"
#include "cpu/family.h"

/* A stack of matrices in the workspace, or where a tensor lies, with the copy to or from there. */
typedef struct fm_linalg_block {
    fm_copy_job copy;
    bool copied, in_place; /* in_place: the block is output `tensor` itself */
    int tensor;            /* input or output */
    size_t offset;         /* into the workspace */
    size_t each;           /* bytes from matrix to matrix */
} fm_linalg_block;

typedef struct fm_linalg_plan fm_linalg_plan;

typedef struct fm_linalg_run {
    const fm_linalg_plan *plan;
    const fm_kernel_args *args;
} fm_linalg_run;

struct fm_linalg_plan {
    fm_kplan head;
    const fm_dense *dense;
    fm_linalg_params params;
    bool z;            /* complex */
    int m, n, k, cols; /* rows, columns, min(m, n) or right-hand sides, columns of Q */
    int64_t batch;
    size_t element; /* bytes */
    int nin, nout;
    fm_linalg_block in[2];  /* factored in place */
    fm_linalg_block out[2]; /* results in the workspace, copied to outputs */
    fm_dense_space space, second;
    size_t scratch_at, scratch_each;
    bool wide;          /* one matrix at a time, by all threads of the library */
    size_t each_out[8]; /* bytes of one matrix's part of each output */
    /* Matrix i, with scratch memory of its lane. */
    void (*item)(const fm_linalg_run *run, int64_t i, char *scratch);
};

/* The part of output o that belongs to matrix i; NULL where the output is not wanted. */
void *fm_linalg_out(const fm_linalg_run *run, int o, int64_t i);
/* Matrix i of a block. */
void *fm_linalg_at(const fm_linalg_run *run, const fm_linalg_block *block, int64_t i);

/* linalg_items.c: one matrix's work, by operation. */
extern void (*const fm_linalg_items[])(const fm_linalg_run *run, int64_t i, char *scratch);

#endif
