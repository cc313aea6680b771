/* DLPack: tensors taken over from other libraries and handed to them. */
#include "call/dlpack_abi.h"
#include "call/foreign.h"
#include "core/alloc.h"

#include <flopmeter/dlpack.h>
#include <string.h>

/* The rows of dtypes that both sides know. */
static const struct {
    fm_dtype dtype;
    uint8_t code, bits;
} types[] = {
    {FM_BOOL, FM_DL_BOOL, 8},
    {FM_INT8, FM_DL_INT, 8},
    {FM_INT16, FM_DL_INT, 16},
    {FM_INT32, FM_DL_INT, 32},
    {FM_INT64, FM_DL_INT, 64},
    {FM_UINT8, FM_DL_UINT, 8},
    {FM_UINT16, FM_DL_UINT, 16},
    {FM_UINT32, FM_DL_UINT, 32},
    {FM_UINT64, FM_DL_UINT, 64},
    {FM_FLOAT16, FM_DL_FLOAT, 16},
    {FM_BFLOAT16, FM_DL_BFLOAT, 16},
    {FM_FLOAT32, FM_DL_FLOAT, 32},
    {FM_FLOAT64, FM_DL_FLOAT, 64},
    {FM_COMPLEX64, FM_DL_COMPLEX, 64},
    {FM_COMPLEX128, FM_DL_COMPLEX, 128},
};

enum { TYPES = sizeof types / sizeof types[0] };

static fm_status read_dtype(fm_context *ctx, DLDataType type, fm_dtype *dtype) {
    FM_CHECK(type.lanes == 1, &ctx->error, FM_ERR_DTYPE,
             "from_dlpack: an element has %d lanes, but 1 is taken", type.lanes);
    for (int i = 0; i < TYPES; i++) {
        if (types[i].code != type.code || types[i].bits != type.bits) continue;
        *dtype = types[i].dtype;
        return FM_OK;
    }
    return fm_fail(&ctx->error, FM_ERR_DTYPE, "from_dlpack: no dtype has type code %d with %d bits",
                   type.code, type.bits);
}

static DLDataType write_dtype(fm_dtype dtype) {
    for (int i = 0; i < TYPES; i++)
        if (types[i].dtype == dtype) return (DLDataType){types[i].code, types[i].bits, 1};
    return (DLDataType){0, 0, 0};
}

static bool fits(fm_device here, DLDevice there) {
    if (here.kind == FM_CPU)
        return there.device_type == FM_DL_CPU || there.device_type == FM_DL_CUDA_HOST;
    return there.device_type == FM_DL_CUDA_MANAGED ||
           (there.device_type == FM_DL_CUDA && there.device_id == here.index);
}

static fm_status check_tensor(fm_context *ctx, const DLTensor *tensor) {
    char here[32];
    FM_CHECK(fits(ctx->memory->device, tensor->device), &ctx->error, FM_ERR_DEVICE,
             "from_dlpack: the memory is on DLPack device type %d, number %d, but the context is "
             "on %s",
             tensor->device.device_type, tensor->device.device_id,
             fm_device_format(ctx->memory->device, here, sizeof here));
    FM_CHECK(tensor->ndim >= 0 && tensor->ndim <= FM_MAX_NDIM, &ctx->error, FM_ERR_SHAPE,
             "from_dlpack: %d axes, but 0 to %d are taken", tensor->ndim, FM_MAX_NDIM);
    FM_CHECK(tensor->ndim == 0 || tensor->shape, &ctx->error, FM_ERR_SHAPE,
             "from_dlpack: the shape is NULL, but there are %d axes", tensor->ndim);
    return FM_OK;
}

/* What both structs have in common. The stream is CUDA's default where NULL, which is a stream to
   wait for; on the CPU there is none. */
static fm_status take(fm_context *ctx, const DLTensor *tensor, bool read_only,
                      void (*release)(void *), void *user, void *stream, fm_tensor **out) {
    fm_foreign foreign = FM_FOREIGN_INIT;
    FM_TRY(check_tensor(ctx, tensor));
    FM_TRY(read_dtype(ctx, tensor->dtype, &foreign.dtype));
    bool ordered = ctx->api->asynchronous && stream != FM_DLPACK_NO_WAIT && stream != ctx->stream;
    foreign.ndim = tensor->ndim;
    foreign.shape = tensor->shape;
    foreign.strides = tensor->ndim ? tensor->strides : NULL;
    foreign.data = tensor->data ? (char *)tensor->data + tensor->byte_offset : NULL;
    foreign.stream = ordered ? stream : NULL;
    foreign.read_only = read_only;
    foreign.release = release;
    foreign.user = user;
    return fm_foreign_wrap(ctx, &foreign, "from_dlpack", ordered, out);
}

static void delete_versioned(void *user) {
    struct DLManagedTensorVersioned *managed = user;
    managed->deleter(managed);
}

static void delete_unversioned(void *user) {
    struct DLManagedTensor *managed = user;
    managed->deleter(managed);
}

fm_status fm_tensor_from_dlpack(fm_context *ctx, struct DLManagedTensorVersioned *managed,
                                void *stream, fm_tensor **out) {
    *out = NULL;
    FM_CHECK(managed, &ctx->error, FM_ERR_ARGUMENT, "from_dlpack: the managed tensor is NULL");
    FM_CHECK(managed->version.major == FM_DLPACK_MAJOR, &ctx->error, FM_ERR_UNSUPPORTED,
             "from_dlpack: the struct is of DLPack %u.%u, but %d.x is known",
             managed->version.major, managed->version.minor, FM_DLPACK_MAJOR);
    return take(ctx, &managed->dl_tensor, managed->flags & FM_DL_FLAG_READ_ONLY,
                managed->deleter ? delete_versioned : NULL, managed, stream, out);
}

fm_status fm_tensor_from_dlpack_unversioned(fm_context *ctx, struct DLManagedTensor *managed,
                                            void *stream, fm_tensor **out) {
    *out = NULL;
    FM_CHECK(managed, &ctx->error, FM_ERR_ARGUMENT, "from_dlpack: the managed tensor is NULL");
    return take(ctx, &managed->dl_tensor, false, managed->deleter ? delete_unversioned : NULL,
                managed, stream, out);
}

/* A tensor that was handed out: the struct the other side sees, and what keeps it valid. */
typedef struct exported {
    union {
        struct DLManagedTensorVersioned versioned;
        struct DLManagedTensor unversioned;
    } as;
    fm_storage *storage;
    const fm_layout *layout;
} exported;

static void drop(exported *e) {
    fm_storage_release(e->storage);
    fm_layout_release(e->layout);
    fm_free_block(e);
}

static void drop_versioned(struct DLManagedTensorVersioned *self) {
    if (self) drop(self->manager_ctx);
}

static void drop_unversioned(struct DLManagedTensor *self) {
    if (self) drop(self->manager_ctx);
}

/* The layout's own extents and strides are pointed at: they are only read. */
static DLTensor describe(const fm_tensor *tensor) {
    fm_device device = tensor->memory->device;
    int64_t *dims = (int64_t *)(uintptr_t)fm_layout_shape(tensor->layout);
    return (DLTensor){
        .data = tensor->data,
        .device = {device.kind == FM_CUDA ? FM_DL_CUDA : FM_DL_CPU,
                   device.kind == FM_CUDA ? device.index : 0},
        .ndim = tensor->layout->ndim,
        .dtype = write_dtype(tensor->layout->dtype),
        .shape = dims,
        .strides = dims + tensor->layout->ndim,
    };
}

static fm_status give(fm_context *ctx, const fm_tensor *tensor, void *stream, exported **out) {
    FM_CHECK(tensor && tensor->storage, &ctx->error, FM_ERR_STATE,
             "to_dlpack: the tensor has no memory: it is a weak scalar or abstract");
    if (ctx->api->asynchronous && stream != FM_DLPACK_NO_WAIT && stream != ctx->stream)
        FM_TRY(ctx->api->stream_wait(ctx->dev, stream, ctx->stream, &ctx->error));
    exported *e = fm_alloc(sizeof *e);
    FM_CHECK(e, &ctx->error, FM_ERR_MEMORY, "to_dlpack: no memory for the managed tensor");
    e->storage = fm_storage_retain(tensor->storage);
    e->layout = fm_layout_retain(tensor->layout);
    *out = e;
    return FM_OK;
}

fm_status fm_tensor_to_dlpack(fm_context *ctx, const fm_tensor *tensor, void *stream,
                              struct DLManagedTensorVersioned **out) {
    exported *e;
    *out = NULL;
    FM_TRY(give(ctx, tensor, stream, &e));
    struct DLManagedTensorVersioned *managed = &e->as.versioned;
    managed->version.major = FM_DLPACK_MAJOR;
    managed->version.minor = FM_DLPACK_MINOR;
    managed->manager_ctx = e;
    managed->deleter = drop_versioned;
    managed->flags = fm_tensor_is_read_only(tensor) ? FM_DL_FLAG_READ_ONLY : 0;
    managed->dl_tensor = describe(tensor);
    *out = managed;
    return FM_OK;
}

fm_status fm_tensor_to_dlpack_unversioned(fm_context *ctx, const fm_tensor *tensor, void *stream,
                                          struct DLManagedTensor **out) {
    exported *e;
    *out = NULL;
    FM_CHECK(tensor, &ctx->error, FM_ERR_STATE, "to_dlpack: the tensor is NULL");
    FM_CHECK(!fm_tensor_is_read_only(tensor), &ctx->error, FM_ERR_STATE,
             "to_dlpack: the memory is read-only, which the unversioned struct cannot say");
    FM_TRY(give(ctx, tensor, stream, &e));
    struct DLManagedTensor *managed = &e->as.unversioned;
    managed->manager_ctx = e;
    managed->deleter = drop_unversioned;
    managed->dl_tensor = describe(tensor);
    *out = managed;
    return FM_OK;
}
