/* Operands as dense blocks of one dtype, with an axis innermost where a kernel walks along it: read
   and written in place where they lie so, else by way of the workspace. */
#ifndef FM_CPU_DENSE_H
#define FM_CPU_DENSE_H

#include "cpu/copy.h"

typedef struct fm_dense {
    int operand;
    bool used, packed, by_value;
    fm_dtype dtype, half;
    size_t offset; /* into the workspace, where packed */
    fm_copy_job copy;
} fm_dense;

/* Room for bytes at the end of a plan's workspace, aligned to 64; returns its offset. */
size_t fm_room(fm_plan_info *info, size_t bytes);

/* Opens input i, wanted in that dtype, row-major but for the axis `last` (-1: none), which is
   innermost. An input left out stays unused. */
void fm_dense_open(fm_dense *dense, const fm_kernel_call *call, int i, fm_dtype dtype, int last,
                   fm_plan_info *info);
/* Its elements, copied first where need be; NULL for an input left out. */
const void *fm_dense_bring(const fm_dense *dense, const fm_kernel_args *args);

/* The same of output o: where its elements are to be written, and the copy to their places. */
void fm_dense_open_out(fm_dense *dense, const fm_kernel_call *call, int o, fm_dtype dtype, int last,
                       fm_plan_info *info);
void *fm_dense_out(const fm_dense *dense, const fm_kernel_args *args);
void fm_dense_close(const fm_dense *dense, const fm_kernel_args *args);

#endif
