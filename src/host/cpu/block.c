/* Operands brought into dense blocks, and results brought from them. */
#include "cpu/block.h"
#include "cpu/scalar_value.h"
#include "scalar/types.h"
#include "scalar/weak.h"

size_t fm_room(fm_plan_info *info, size_t bytes) {
    size_t offset = (info->workspace + 63) & ~(size_t)63;
    info->workspace = offset + bytes;
    return offset;
}

/* The axes beside those of a dense block with the axis `last` innermost; whether they agree. */
static bool dense_axes(const fm_layout *layout, int last, bool out, fm_copy_axis *axes) {
    int order[FM_MAX_NDIM], count = 0;
    int64_t step = 1;
    bool agree = true;
    if (last >= 0) order[count++] = last;
    for (int d = layout->ndim - 1; d >= 0; d--)
        if (d != last) order[count++] = d;
    for (int i = 0; i < count; i++) {
        int d = order[i];
        int64_t n = fm_layout_shape(layout)[d], stride = fm_layout_strides(layout)[d];
        if (n != 1 && stride != step) agree = false;
        axes[d] = (fm_copy_axis){n, out ? step : stride, out ? stride : step};
        step *= n;
    }
    return agree || layout->size == 0;
}

static bool open_operand(fm_block *block, const fm_layout *layout, int operand, fm_dtype dtype,
                         int last, bool out, fm_plan_info *info) {
    fm_copy_axis axes[FM_MAX_NDIM];
    *block = (fm_block){.operand = operand, .used = layout != NULL, .dtype = dtype};
    if (layout == NULL) return false;
    bool agree = dense_axes(layout, last, out, axes);
    if (agree && layout->dtype == dtype) return true;
    block->packed = true;
    block->offset = fm_room(info, (size_t)layout->size * fm_cpu_dtype_size(dtype));
    fm_copy_plan(&block->copy, out ? dtype : layout->dtype, out ? layout->dtype : dtype,
                 layout->ndim, axes);
    return true;
}

void fm_block_open(fm_block *block, const fm_kernel_call *call, int i, fm_dtype dtype, int last,
                   fm_plan_info *info) {
    const fm_layout *layout = i < call->nin ? call->in[i] : NULL;
    if (!open_operand(block, layout, i, dtype, last, false, info)) return;
    block->half = fm_half_of_call(call);
    block->by_value = call->by_value >> i & 1;
    if (!block->by_value || block->packed) return;
    block->packed = true;
    block->offset = fm_room(info, fm_cpu_dtype_size(dtype));
}

const void *fm_block_bring(const fm_block *block, const fm_kernel_args *args) {
    if (!block->used) return NULL;
    if (!block->packed) return args->in[block->operand];
    char *to = (char *)args->workspace + block->offset;
    if (block->by_value)
        fm_scalar_store(args->scalars[block->operand], block->half, block->dtype, to);
    else
        fm_copy_run(&block->copy, args->in[block->operand], to);
    return to;
}

void fm_block_open_out(fm_block *block, const fm_kernel_call *call, int o, fm_dtype dtype, int last,
                       fm_plan_info *info) {
    const fm_layout *layout = o < call->nout ? call->out[o] : NULL;
    (void)open_operand(block, layout, o, dtype, last, true, info);
}

void *fm_block_out(const fm_block *block, const fm_kernel_args *args) {
    if (!block->used) return NULL;
    if (!block->packed) return args->out[block->operand];
    return (char *)args->workspace + block->offset;
}

void fm_block_close(const fm_block *block, const fm_kernel_args *args) {
    if (!block->used || !block->packed) return;
    fm_copy_run(&block->copy, (char *)args->workspace + block->offset, args->out[block->operand]);
}
