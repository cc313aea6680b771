/* Memory of the caller's as tensors: whose it is, in what order it is used, what may be written. */
#include "call/foreign.h"

#include <string.h>

/* Copies the fields that the caller's version of the struct has. */
static fm_status read_foreign(fm_context *ctx, const fm_foreign *foreign, fm_foreign *full) {
    const fm_foreign defaults = FM_FOREIGN_INIT;
    const size_t least = offsetof(fm_foreign, data) + sizeof foreign->data;
    FM_CHECK(foreign, &ctx->error, FM_ERR_ARGUMENT, "wrap: the description is NULL");
    FM_CHECK(foreign->size >= least, &ctx->error, FM_ERR_ARGUMENT,
             "wrap: its size is %zu, at least %zu is needed", foreign->size, least);
    *full = defaults;
    memcpy(full, foreign, foreign->size < sizeof *full ? foreign->size : sizeof *full);
    FM_CHECK(full->ndim == 0 || full->shape, &ctx->error, FM_ERR_ARGUMENT,
             "wrap: the shape is NULL, but there are %d axes", full->ndim);
    return FM_OK;
}

static fm_status check_place(fm_context *ctx, const fm_foreign *foreign, const char *who) {
    fm_device here = ctx->memory->device, there = foreign->device;
    char a[32], b[32];
    if (there.kind != FM_DEVICE_AUTO && (there.kind != here.kind || there.index != here.index))
        return fm_fail(&ctx->error, FM_ERR_DEVICE,
                       "%s: the memory is on %s, but the context is "
                       "on %s",
                       who, fm_device_format(there, a, sizeof a),
                       fm_device_format(here, b, sizeof b));
    if (foreign->stream) FM_TRY(ctx->api->stream_check(ctx->dev, foreign->stream, &ctx->error));
    return foreign->data ? ctx->api->memory_check(ctx->dev, foreign->data, &ctx->error) : FM_OK;
}

/* Memory that operations may write has each element once, in ascending order. */
static fm_status check_strides(fm_context *ctx, const fm_layout *layout) {
    if (layout->size == 0) return FM_OK;
    FM_CHECK(!(layout->flags & FM_LAYOUT_OVERLAPS), &ctx->error, FM_ERR_ARGUMENT,
             "wrap: the strides make elements share memory, which is for read-only memory");
    for (int i = 0; i < layout->ndim; i++) {
        int64_t stride = fm_layout_strides(layout)[i];
        FM_CHECK(stride >= 0 || fm_layout_shape(layout)[i] < 2, &ctx->error, FM_ERR_ARGUMENT,
                 "wrap: the stride of axis %d is %lld, but a negative one is for read-only memory",
                 i, (long long)stride);
    }
    return FM_OK;
}

fm_status fm_foreign_wrap(fm_context *ctx, const fm_foreign *foreign, const char *who, bool ordered,
                          fm_tensor **out) {
    fm_tensor *tensor;
    FM_TRY(check_place(ctx, foreign, who));
    FM_TRY(fm_tensor_wrap(ctx, foreign->dtype, foreign->ndim, foreign->shape, foreign->strides,
                          foreign->data, NULL, NULL, &tensor));
    fm_status status = FM_OK;
    if (ordered)
        status = ctx->api->stream_wait(ctx->dev, ctx->stream, foreign->stream, &ctx->error);
    if (status != FM_OK) {
        fm_tensor_release(tensor);
        return status;
    }
    fm_storage *storage = tensor->storage;
    storage->flags |= (foreign->read_only ? (uint32_t)FM_STORAGE_READ_ONLY : 0u) |
                      (ordered ? (uint32_t)FM_STORAGE_ORDERED : 0u);
    storage->stream = foreign->stream;
    storage->release = foreign->release;
    storage->user = foreign->user;
    *out = tensor;
    return FM_OK;
}

fm_status fm_tensor_wrap_foreign(fm_context *ctx, const fm_foreign *foreign, fm_tensor **out) {
    fm_foreign full;
    const fm_layout *layout;
    *out = NULL;
    FM_TRY(read_foreign(ctx, foreign, &full));
    FM_TRY(fm_layout_get(&ctx->error, full.dtype, full.ndim, full.shape, full.strides, 0, &layout));
    fm_status status = full.read_only ? FM_OK : check_strides(ctx, layout);
    if (status == FM_OK)
        status =
            fm_foreign_wrap(ctx, &full, "wrap", full.stream && full.stream != ctx->stream, out);
    fm_layout_release(layout);
    return status;
}

bool fm_tensor_is_read_only(const fm_tensor *tensor) {
    return tensor->storage && tensor->storage->flags & FM_STORAGE_READ_ONLY;
}
