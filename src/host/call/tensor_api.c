/* Making tensors and moving their elements between host and device. */
#include "call/corridor.h"
#include "call/graph.h"
#include "core/alloc.h"
#include "core/element.h"

#include <string.h>

/* A handle of that layout, which it takes over; storage NULL: none. */
static fm_status make_handle(fm_context *ctx, const fm_layout *layout, fm_storage *storage,
                             fm_tensor **out) {
    fm_tensor *tensor;
    fm_status status = fm_handle_get(ctx->memory, &tensor, &ctx->error);
    if (status != FM_OK) {
        fm_layout_release(layout);
        fm_storage_release(storage);
        return status;
    }
    fm_tensor_point(tensor, storage, layout, storage ? storage->data : NULL);
    *out = tensor;
    return FM_OK;
}

fm_status fm_tensor_create(fm_context *ctx, fm_dtype dtype, int ndim, const int64_t *shape,
                           fm_tensor **out) {
    const fm_layout *layout;
    fm_storage *storage;
    *out = NULL;
    FM_TRY(fm_layout_get(&ctx->error, dtype, ndim, shape, NULL, 0, &layout));
    size_t bytes = (size_t)layout->size * fm_dtype_size(dtype);
    fm_status status = fm_storage_get(ctx->memory, bytes, &storage, &ctx->error);
    if (status == FM_OK) return make_handle(ctx, layout, storage, out);
    fm_layout_release(layout);
    return status;
}

fm_status fm_tensor_from_host(fm_context *ctx, fm_dtype dtype, int ndim, const int64_t *shape,
                              const void *data, fm_tensor **out) {
    fm_tensor *tensor;
    *out = NULL;
    FM_TRY(fm_tensor_create(ctx, dtype, ndim, shape, &tensor));
    fm_status status = fm_tensor_set_from_host(ctx, tensor, data, fm_tensor_nbytes(tensor));
    if (status == FM_OK)
        *out = tensor;
    else
        fm_tensor_release(tensor);
    return status;
}

fm_status fm_tensor_abstract(fm_context *ctx, fm_dtype dtype, int ndim, const int64_t *shape,
                             fm_tensor **out) {
    const fm_layout *layout;
    *out = NULL;
    FM_TRY(fm_layout_get(&ctx->error, dtype, ndim, shape, NULL, FM_LAYOUT_ABSTRACT, &layout));
    return make_handle(ctx, layout, NULL, out);
}

fm_status fm_tensor_scalar(fm_context *ctx, fm_scalar value, fm_tensor **out) {
    const fm_layout *layout;
    *out = NULL;
    bool weak = value.dtype == FM_BOOL || value.dtype == FM_INT64 || value.dtype == FM_FLOAT64 ||
                value.dtype == FM_COMPLEX128;
    FM_CHECK(weak, &ctx->error, FM_ERR_DTYPE,
             "a weak scalar is bool, int64, float64 or complex128, not %s",
             fm_dtype_name(value.dtype));
    FM_TRY(fm_layout_get(&ctx->error, value.dtype, 0, NULL, NULL, FM_LAYOUT_WEAK, &layout));
    FM_TRY(make_handle(ctx, layout, NULL, out));
    (*out)->scalar = value;
    return FM_OK;
}

fm_status fm_tensor_set_scalar(fm_context *ctx, fm_tensor *tensor, fm_scalar value) {
    FM_CHECK(tensor->layout->flags & FM_LAYOUT_WEAK, &ctx->error, FM_ERR_ARGUMENT,
             "the tensor is no weak scalar");
    FM_CHECK(tensor->layout->dtype == value.dtype, &ctx->error, FM_ERR_DTYPE,
             "the weak scalar is %s, but the value is %s", fm_dtype_name(tensor->layout->dtype),
             fm_dtype_name(value.dtype));
    tensor->scalar = value;
    return FM_OK;
}

fm_status fm_tensor_wrap(fm_context *ctx, fm_dtype dtype, int ndim, const int64_t *shape,
                         const int64_t *strides, void *data, void (*release)(void *), void *user,
                         fm_tensor **out) {
    const fm_layout *layout;
    fm_storage *storage;
    *out = NULL;
    FM_TRY(fm_layout_get(&ctx->error, dtype, ndim, shape, strides, 0, &layout));
    size_t width = fm_dtype_size(dtype);
    fm_status status = FM_OK;
    if (!data && layout->size)
        status = fm_fail(&ctx->error, FM_ERR_ARGUMENT, "no memory is given for %lld elements",
                         (long long)layout->size);
    if (status == FM_OK && (uintptr_t)data % (width > 8 ? 8 : width))
        status = fm_fail(&ctx->error, FM_ERR_ARGUMENT, "address %p is not aligned to %s", data,
                         fm_dtype_name(dtype));
    if (status == FM_OK)
        status = fm_storage_wrap(ctx->memory, data, (size_t)(layout->high + 1) * width, NULL, NULL,
                                 &storage, &ctx->error);
    if (status != FM_OK) {
        fm_layout_release(layout);
        return status;
    }
    FM_TRY(make_handle(ctx, layout, storage, out));
    storage->release = release; /* from here on: a failed wrap leaves the memory the caller's */
    storage->user = user;
    return FM_OK;
}

/* Copies elements between layouts for the host's sake: computes nothing, so it is not counted. */
static fm_status copy_elements(fm_context *ctx, const fm_tensor *from, fm_tensor **to) {
    fm_value values[FM_MAX_PARAMS] = {fm_value_tensor(from)};
    fm_tensor **slots[FM_MAX_OUT] = {to};
    bool uncounted = ctx->uncounted;
    ctx->uncounted = true;
    fm_status status = fm_corridor(ctx, fm_row_find("copy"), values, slots);
    ctx->uncounted = uncounted;
    return status;
}

static fm_status check_host(fm_context *ctx, const fm_tensor *tensor, size_t nbytes) {
    FM_CHECK(tensor->storage, &ctx->error, FM_ERR_STATE, "the tensor has no data");
    FM_CHECK(nbytes == fm_tensor_nbytes(tensor), &ctx->error, FM_ERR_ARGUMENT,
             "the host array has %zu bytes, but the tensor has %zu", nbytes,
             fm_tensor_nbytes(tensor));
    return FM_OK;
}

static fm_status copy_out(fm_context *ctx, const fm_tensor *tensor, void *data, size_t nbytes) {
    fm_tensor *dense = NULL;
    if (!fm_tensor_is_contiguous(tensor)) FM_TRY(copy_elements(ctx, tensor, &dense));
    const void *from = dense ? dense->data : tensor->data;
    fm_status status = ctx->api->copy_out(ctx->dev, ctx->stream, data, from, nbytes, &ctx->error);
    fm_tensor_release(dense);
    return status;
}

fm_status fm_tensor_to_host(fm_context *ctx, const fm_tensor *tensor, void *data, size_t nbytes) {
    if (tensor->layout->flags & FM_LAYOUT_WEAK) {
        fm_scalar value = tensor->scalar;
        FM_CHECK(nbytes == fm_tensor_nbytes(tensor), &ctx->error, FM_ERR_ARGUMENT,
                 "the host array has %zu bytes, but the scalar has %zu", nbytes,
                 fm_tensor_nbytes(tensor));
        if (value.dtype == FM_BOOL)
            *(uint8_t *)data = value.value.i != 0;
        else
            memcpy(data, &value.value, nbytes);
        return FM_OK;
    }
    FM_TRY(check_host(ctx, tensor, nbytes));
    if (nbytes == 0) return FM_OK;
    fm_meter_enter(&ctx->meter);
    fm_status status = copy_out(ctx, tensor, data, nbytes);
    fm_meter_leave(&ctx->meter);
    return status;
}

static fm_status copy_in(fm_context *ctx, fm_tensor *tensor, const void *data, size_t nbytes) {
    if (fm_tensor_is_contiguous(tensor) && ctx->capture)
        return fm_graph_copy_in(ctx, tensor, data, nbytes);
    if (fm_tensor_is_contiguous(tensor))
        return ctx->api->copy_in(ctx->dev, ctx->stream, tensor->data, data, nbytes, &ctx->error);
    fm_tensor *dense;
    FM_TRY(fm_tensor_from_host(ctx, tensor->layout->dtype, tensor->layout->ndim,
                               fm_tensor_shape(tensor), data, &dense));
    /* The row copies into the very memory of tensor: a second handle on a retained storage keeps
       the corridor from replacing it. */
    fm_storage *held = fm_storage_retain(tensor->storage);
    fm_status status = copy_elements(ctx, dense, &tensor);
    fm_storage_release(held);
    fm_tensor_release(dense);
    return status;
}

fm_status fm_tensor_set_from_host(fm_context *ctx, fm_tensor *tensor, const void *data,
                                  size_t nbytes) {
    FM_TRY(check_host(ctx, tensor, nbytes));
    FM_CHECK(!(tensor->layout->flags & FM_LAYOUT_OVERLAPS), &ctx->error, FM_ERR_ARGUMENT,
             "the tensor has elements that share memory");
    FM_CHECK(!fm_tensor_is_read_only(tensor), &ctx->error, FM_ERR_ARGUMENT,
             "the tensor is in memory that its owner lends for reading only");
    fm_storage_written(tensor->storage);
    if (nbytes == 0) return FM_OK;
    fm_meter_enter(&ctx->meter);
    fm_status status = copy_in(ctx, tensor, data, nbytes);
    fm_meter_leave(&ctx->meter);
    return status;
}

fm_status fm_tensor_item(fm_context *ctx, const fm_tensor *tensor, fm_scalar *out) {
    FM_CHECK(tensor->layout->size == 1, &ctx->error, FM_ERR_SHAPE,
             "item: the tensor has %lld elements, not 1", (long long)tensor->layout->size);
    if (tensor->layout->flags & FM_LAYOUT_WEAK) {
        *out = tensor->scalar;
        return FM_OK;
    }
    double raw[2];
    FM_TRY(fm_tensor_to_host(ctx, tensor, raw, fm_tensor_nbytes(tensor)));
    *out = fm_scalar_load(tensor->layout->dtype, raw);
    return FM_OK;
}

void fm_tensor_take(fm_tensor *tensor, const fm_tensor *source) {
    fm_tensor_point(tensor, fm_storage_retain(source->storage), fm_layout_retain(source->layout),
                    source->data);
}

fm_status fm_tensor_assign(fm_context *ctx, fm_tensor *tensor, const fm_tensor *source) {
    FM_CHECK(tensor->layout->dtype == source->layout->dtype, &ctx->error, FM_ERR_DTYPE,
             "assign: the tensor is %s, but the source is %s", fm_dtype_name(tensor->layout->dtype),
             fm_dtype_name(source->layout->dtype));
    fm_device there = source->memory->device, here = tensor->memory->device;
    FM_CHECK(there.kind == here.kind && there.index == here.index, &ctx->error, FM_ERR_DEVICE,
             "assign: the tensors are on different devices");
    FM_CHECK(source->storage && tensor->storage, &ctx->error, FM_ERR_STATE,
             "assign: both tensors need data");
    fm_tensor_take(tensor, source);
    return FM_OK;
}
