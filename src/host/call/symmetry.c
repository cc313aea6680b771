/* Symmetry on its way out of the corridor: handles with another symmetry, and the warning where an
   operation lost one. */
#include "call/symmetry.h"
#include "call/plan.h"

#include <flopmeter/accumulation.h>
#include <stdio.h>

fm_status fm_tensor_tagged(fm_context *ctx, fm_arena *arena, const fm_tensor *tensor,
                           const fm_symmetry *symmetry, const fm_tensor **out) {
    const fm_layout *layout;
    fm_tensor *handle;
    *out = tensor;
    if (tensor->layout->symmetry == symmetry) return FM_OK;
    FM_TRY(fm_layout_with(&ctx->error, tensor->layout, symmetry, &layout));
    fm_status status = fm_handle_get(tensor->memory, &handle, &ctx->error);
    if (status != FM_OK) {
        fm_layout_release(layout);
        return status;
    }
    fm_tensor_point(handle, fm_storage_retain(tensor->storage), layout, tensor->data);
    handle->scalar = tensor->scalar;
    FM_CHECK(fm_arena_keep(arena, handle), &ctx->error, FM_ERR_MEMORY, "no memory for a result");
    *out = handle;
    return FM_OK;
}

fm_status fm_reply_tag(fm_context *ctx, fm_arena *arena, fm_value *value,
                       const fm_symmetry *const *symmetry, int count) {
    if (value->kind == FM_VALUE_TENSOR && value->as.tensor)
        return fm_tensor_tagged(ctx, arena, value->as.tensor, fm_symmetry_at(symmetry, count, 0),
                                &value->as.tensor);
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
    for (uint32_t i = 0; i < value->count && (list || value->kind == FM_VALUE_TENSORS); i++) {
        fm_value *item = list ? (fm_value *)(uintptr_t)&value->as.items[i] : NULL;
        if (item && item->kind != FM_VALUE_TENSOR) continue;
        const fm_tensor **place =
            item ? &item->as.tensor : (const fm_tensor **)(uintptr_t)&value->as.tensors[i];
        if (!*place) continue;
        FM_TRY(
            fm_tensor_tagged(ctx, arena, *place, fm_symmetry_at(symmetry, count, (int)i), place));
    }
    return FM_OK;
}

static void format_axes(const fm_symmetry *group, char *text, size_t size) {
    size_t used = 0;
    text[0] = 0;
    for (uint32_t i = 0; i < group->degree && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, i ? ", %d" : "%d", group->axis[i]);
}

void fm_symmetry_warn(fm_context *ctx, const fm_bound *bound) {
    if (!fm_symmetry_warnings()) return;
    for (int p = 0; p < bound->row->nparams; p++) {
        const fm_value *value = &bound->values[p];
        uint32_t count =
            value->kind == FM_VALUE_TENSORS ? value->count : value->kind == FM_VALUE_TENSOR;
        for (uint32_t i = 0; i < count; i++) {
            const fm_tensor *tensor =
                value->kind == FM_VALUE_TENSOR ? value->as.tensor : value->as.tensors[i];
            char axes[200];
            if (!tensor || !tensor->layout->symmetry) continue;
            format_axes(tensor->layout->symmetry, axes, sizeof axes);
            fm_context_log(ctx, FM_LOG_WARNING,
                           "%s: the symmetry of argument %d along axes (%s) does not reach the "
                           "result; as_symmetric declares it where the values have it",
                           bound->row->name, p + 1, axes);
            return;
        }
    }
}
