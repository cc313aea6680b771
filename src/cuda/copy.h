/* Copies between strided arrangements of elements, with conversion, and operands brought to where
 * and how a kernel wants them: parts of other families' plans. */
#ifndef FM_CUDA_COPY_H
#define FM_CUDA_COPY_H

#include "device.h"
#include "map.h"

#include "scalar/index.h"

/* A planned copy; CU_MAP_AXES axes go into one launch, those outside them into a loop around it. */
typedef struct cu_copy {
    cu_map_launch launch;
    cu_map_args args; /* all but addresses */
    size_t from_bytes, to_bytes;
    int outer_axes;
    int64_t launches;
    int64_t extent[FM_INDEX_NDIM], from_stride[FM_INDEX_NDIM], to_stride[FM_INDEX_NDIM];
} cu_copy;

/* Operand 0 of the index is read, operand 1 written; the index is coalesced in place. */
void cu_copy_plan(cu_copy *copy, fm_dtype from, fm_dtype to, fm_index *index);
cu_error cu_copy_run(const cu_copy *copy, const fm_dev *dev, cu_stream stream, const void *from,
                     void *to);

/* Plans of copies of a whole tensor to a row-major block of dtype to, and back. */
void cu_copy_plan_pack(cu_copy *copy, const fm_layout *from, fm_dtype to);
void cu_copy_plan_unpack(cu_copy *copy, fm_dtype from, const fm_layout *to);

/* Room for bytes at the end of a plan's workspace, aligned to 256; returns its offset. */
size_t cu_room(fm_plan_info *info, size_t bytes);

/* An input of a call as a kernel reads it: in place, or from a block in the workspace, to which it
 * is copied first or which gets the number that came by value. */
typedef struct cu_port {
    int input;
    int used, packed, by_value;
    fm_dtype dtype, half;
    size_t offset; /* into the workspace, where packed */
    cu_copy copy;
} cu_port;

/* Opens input i of the call, wanted in that dtype. It is packed row-major where it has another
 * dtype, comes by value, or is not contiguous though `dense` asks for it. */
void cu_port_open(cu_port *port, const fm_kernel_call *call, int i, fm_dtype dtype, int dense,
                  fm_plan_info *info);

/* Submits the copy where there is one. *address is NULL for an input left out. */
cu_error cu_port_bring(const cu_port *port, const fm_dev *dev, cu_stream stream,
                       const fm_kernel_args *args, void **address);

/* An output as a kernel writes it: contiguous and of that dtype, in place or in the workspace. */
void cu_port_open_out(cu_port *port, const fm_kernel_call *call, int o, fm_dtype dtype,
                      fm_plan_info *info);
void *cu_port_out(const cu_port *port, const fm_kernel_args *args);
/* Submits the copy back where there is one. */
cu_error cu_port_close(const cu_port *port, const fm_dev *dev, cu_stream stream,
                       const fm_kernel_args *args);

/* The same with every operand dense but for the axis `last` (-1: none), which lies innermost. */
void cu_port_open_lines(cu_port *port, const fm_kernel_call *call, int i, fm_dtype dtype, int last,
                        fm_plan_info *info);
void cu_port_open_lines_out(cu_port *port, const fm_kernel_call *call, int o, fm_dtype dtype,
                            int last, fm_plan_info *info);

#endif
