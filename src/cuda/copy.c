/* Copies that pack operands into the workspace of a plan and unpack results out of it. */
#include "copy.h"
#include "value.h"

#include "scalar/weak.h"

static void set_axes(cu_copy *copy, const fm_index *index) {
    const int inner = index->ndim < CU_MAP_AXES ? index->ndim : CU_MAP_AXES;
    copy->outer_axes = index->ndim - inner;
    copy->args.ndim = inner;
    copy->args.size = 1;
    copy->launches = 1;
    for (int d = 0; d < index->ndim; ++d) {
        const int at = d - copy->outer_axes;
        if (at < 0) {
            copy->launches *= index->extent[d];
            copy->extent[d] = index->extent[d];
            copy->from_stride[d] = index->stride[0][d];
            copy->to_stride[d] = index->stride[1][d];
        } else {
            copy->args.size *= index->extent[d];
            copy->args.extent[at] = index->extent[d];
            copy->args.stride[0][at] = index->stride[0][d];
            copy->args.stride[CU_MAP_OUTPUT][at] = index->stride[1][d];
        }
    }
}

void cu_copy_plan(cu_copy *copy, fm_dtype from, fm_dtype to, fm_index *index) {
    fm_index_coalesce(index, 1);
    copy->args = (cu_map_args){.convert = from != to};
    copy->args.dtype[0] = (uint8_t)from;
    copy->args.dtype[CU_MAP_OUTPUT] = (uint8_t)to;
    copy->from_bytes = cu_dtype_size(from);
    copy->to_bytes = cu_dtype_size(to);
    const int flat = from == to && fm_index_is_linear(index, 1) && fm_index_is_linear(index, 0);
    copy->launch = flat ? cu_cast[to].flat : cu_cast[to].strided;
    set_axes(copy, index);
}

static cu_error submit(const cu_copy *copy, cu_map_args *args, const fm_dev *dev,
                       cu_stream stream) {
    const uintptr_t both = (uintptr_t)args->address[0] | (uintptr_t)args->address[CU_MAP_OUTPUT];
    args->packs = both % 16 == 0;
    return copy->launch(args, dev->info.processors, stream);
}

cu_error cu_copy_run(const cu_copy *copy, const fm_dev *dev, cu_stream stream, const void *from,
                     void *to) {
    cu_map_args args = copy->args;
    cu_error code = CU_SUCCESS;
    if (!args.size) return CU_SUCCESS;
    for (int64_t i = 0; i < copy->launches && !code; ++i) {
        int64_t rest = i, from_at = 0, to_at = 0;
        for (int d = copy->outer_axes - 1; d >= 0; --d) {
            const int64_t here = rest % copy->extent[d];
            rest /= copy->extent[d];
            from_at += here * copy->from_stride[d];
            to_at += here * copy->to_stride[d];
        }
        args.address[0] = (char *)(uintptr_t)from + from_at * (int64_t)copy->from_bytes;
        args.address[CU_MAP_OUTPUT] = (char *)to + to_at * (int64_t)copy->to_bytes;
        code = submit(copy, &args, dev, stream);
    }
    return code;
}

/* The index of a tensor (operand `which`) beside a row-major block of its elements. */
static void whole(fm_index *index, const fm_layout *layout, int which) {
    int64_t dense[FM_INDEX_NDIM], stride = 1;
    const int64_t *shape = fm_layout_shape(layout), *strides = fm_layout_strides(layout);
    for (int d = layout->ndim - 1; d >= 0; --d) {
        dense[d] = stride;
        stride *= shape[d];
    }
    fm_index_begin(index, layout->ndim, shape);
    (void)fm_index_add(index, layout->ndim, shape, which ? dense : strides);
    (void)fm_index_add(index, layout->ndim, shape, which ? strides : dense);
}

void cu_copy_plan_pack(cu_copy *copy, const fm_layout *from, fm_dtype to) {
    fm_index index;
    whole(&index, from, 0);
    cu_copy_plan(copy, from->dtype, to, &index);
}

void cu_copy_plan_unpack(cu_copy *copy, fm_dtype from, const fm_layout *to) {
    fm_index index;
    whole(&index, to, 1);
    cu_copy_plan(copy, from, to->dtype, &index);
}

size_t cu_room(fm_plan_info *info, size_t bytes) {
    const size_t offset = (info->workspace + 255) & ~(size_t)255;
    info->workspace = offset + bytes;
    return offset;
}

void cu_port_open(cu_port *port, const fm_kernel_call *call, int i, fm_dtype dtype, int dense,
                  fm_plan_info *info) {
    const fm_layout *layout = i < call->nin ? call->in[i] : NULL;
    *port = (cu_port){.input = i, .used = layout != NULL, .dtype = dtype};
    if (!layout) return;
    port->by_value = (int)(call->by_value >> i & 1);
    port->half = fm_half_of_call(call);
    port->packed = port->by_value || layout->dtype != dtype ||
                   (dense && !(layout->flags & FM_LAYOUT_CONTIGUOUS));
    if (!port->packed) return;
    port->offset = cu_room(info, (size_t)layout->size * cu_dtype_size(dtype));
    if (!port->by_value) cu_copy_plan_pack(&port->copy, layout, dtype);
}

/* Writes a number as the one element of a block. */
static cu_error put_number(const cu_port *port, const fm_dev *dev, cu_stream stream,
                           fm_scalar number, void *to) {
    cu_map_args args = {.size = 1, .by_value = 1};
    args.address[CU_MAP_OUTPUT] = to;
    cu_value_store(number, port->half, port->dtype, args.value[0]);
    return cu_cast[port->dtype].flat(&args, dev->info.processors, stream);
}

cu_error cu_port_bring(const cu_port *port, const fm_dev *dev, cu_stream stream,
                       const fm_kernel_args *args, void **address) {
    *address = NULL;
    if (!port->used) return CU_SUCCESS;
    *address = args->in[port->input];
    if (!port->packed) return CU_SUCCESS;
    *address = (char *)args->workspace + port->offset;
    if (port->by_value) return put_number(port, dev, stream, args->scalars[port->input], *address);
    return cu_copy_run(&port->copy, dev, stream, args->in[port->input], *address);
}

void cu_port_open_out(cu_port *port, const fm_kernel_call *call, int o, fm_dtype dtype,
                      fm_plan_info *info) {
    const fm_layout *layout = o < call->nout ? call->out[o] : NULL;
    *port = (cu_port){.input = o, .used = layout != NULL, .dtype = dtype};
    if (!layout) return;
    port->packed = layout->dtype != dtype || !(layout->flags & FM_LAYOUT_CONTIGUOUS);
    if (!port->packed) return;
    port->offset = cu_room(info, (size_t)layout->size * cu_dtype_size(dtype));
    cu_copy_plan_unpack(&port->copy, dtype, layout);
}

void *cu_port_out(const cu_port *port, const fm_kernel_args *args) {
    if (!port->used) return NULL;
    return port->packed ? (char *)args->workspace + port->offset : args->out[port->input];
}

cu_error cu_port_close(const cu_port *port, const fm_dev *dev, cu_stream stream,
                       const fm_kernel_args *args) {
    if (!port->used || !port->packed) return CU_SUCCESS;
    return cu_copy_run(&port->copy, dev, stream, cu_port_out(port, args), args->out[port->input]);
}

/* The index of a tensor (operand `which`) beside a block of its elements in which the axis `last`
   is innermost; whether it lies so already. */
static int lines(fm_index *index, const fm_layout *layout, int last, int which) {
    int64_t shape[FM_INDEX_NDIM], strides[FM_INDEX_NDIM], dense[FM_INDEX_NDIM], step = 1;
    const int n = layout->ndim;
    int agree = 1;
    for (int d = 0; d < n; ++d) {
        const int at = d == last ? n - 1 : last >= 0 && d > last ? d - 1 : d;
        shape[at] = fm_layout_shape(layout)[d];
        strides[at] = fm_layout_strides(layout)[d];
    }
    for (int d = n - 1; d >= 0; --d) {
        dense[d] = step;
        if (shape[d] != 1 && strides[d] != step) agree = 0;
        step *= shape[d];
    }
    fm_index_begin(index, n, shape);
    (void)fm_index_add(index, n, shape, which ? dense : strides);
    (void)fm_index_add(index, n, shape, which ? strides : dense);
    return agree || !layout->size;
}

void cu_port_open_lines(cu_port *port, const fm_kernel_call *call, int i, fm_dtype dtype, int last,
                        fm_plan_info *info) {
    const fm_layout *layout = i < call->nin ? call->in[i] : NULL;
    fm_index index;
    *port = (cu_port){.input = i, .used = layout != NULL, .dtype = dtype};
    if (!layout) return;
    port->by_value = (int)(call->by_value >> i & 1);
    port->half = fm_half_of_call(call);
    const int agree = lines(&index, layout, last, 0);
    port->packed = port->by_value || layout->dtype != dtype || !agree;
    if (!port->packed) return;
    port->offset = cu_room(info, (size_t)layout->size * cu_dtype_size(dtype));
    if (!port->by_value) cu_copy_plan(&port->copy, layout->dtype, dtype, &index);
}

void cu_port_open_lines_out(cu_port *port, const fm_kernel_call *call, int o, fm_dtype dtype,
                            int last, fm_plan_info *info) {
    const fm_layout *layout = o < call->nout ? call->out[o] : NULL;
    fm_index index;
    *port = (cu_port){.input = o, .used = layout != NULL, .dtype = dtype};
    if (!layout) return;
    const int agree = lines(&index, layout, last, 1);
    port->packed = layout->dtype != dtype || !agree;
    if (!port->packed) return;
    port->offset = cu_room(info, (size_t)layout->size * cu_dtype_size(dtype));
    cu_copy_plan(&port->copy, dtype, layout->dtype, &index);
}
