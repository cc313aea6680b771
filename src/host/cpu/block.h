/* Operands as dense blocks of one dtype, with an axis innermost where a kernel walks along it: read
   and written in place where they lie so, else by way of the workspace. */
#ifndef FM_CPU_BLOCK_H
#define FM_CPU_BLOCK_H

#include "cpu/copy.h"

typedef struct fm_block {
    int operand;
    bool used, packed, by_value;
    fm_dtype dtype, half;
    size_t offset; /* into the workspace, where packed */
    fm_copy_job copy;
} fm_block;

/* Room for bytes at the end of a plan's workspace, aligned to 64; returns its offset. */
size_t fm_room(fm_plan_info *info, size_t bytes);

/* Opens input i, wanted in that dtype, row-major but for the axis `last` (-1: none), which is
   innermost. An input left out stays unused. */
void fm_block_open(fm_block *block, const fm_kernel_call *call, int i, fm_dtype dtype, int last,
                   fm_plan_info *info);
/* Its elements, copied first where need be; NULL for an input left out. */
const void *fm_block_bring(const fm_block *block, const fm_kernel_args *args);

/* The same of output o: where its elements are to be written, and the copy to their places. */
void fm_block_open_out(fm_block *block, const fm_kernel_call *call, int o, fm_dtype dtype, int last,
                       fm_plan_info *info);
void *fm_block_out(const fm_block *block, const fm_kernel_args *args);
void fm_block_close(const fm_block *block, const fm_kernel_args *args);

#endif
