/* Tensors from .npy and .npz files, and back. */
#include "call/corridor.h"
#include "core/alloc.h"
#include "io/npy.h"
#include "io/npz.h"

#include <flopmeter/io.h>
#include <string.h>
#include <sys/mman.h>

static void *get_block(void *user, size_t bytes) {
    (void)user;
    return fm_alloc(bytes);
}

static void free_block(void *user, void *block) {
    (void)user;
    fm_free_block(block);
}

static void init_io(fm_io *io) {
    fm_io_init(io);
    io->allocate = get_block;
    io->release = free_block;
}

/* A failure of the files' room as the context's. */
static fm_status tell(fm_context *ctx, const fm_io *io, fm_status status) {
    if (status == FM_OK) return FM_OK;
    fm_fail(&ctx->error, status, "%s", io->message);
    return status == FM_ERR_NOT_FOUND ? fm_fail_as(&ctx->error, "FileNotFoundError", status)
                                      : status;
}

static fm_status call_uncounted(fm_context *ctx, const char *op, const fm_tensor *tensor,
                                fm_tensor **out) {
    fm_value values[FM_MAX_PARAMS] = {fm_value_tensor(tensor)};
    fm_tensor **slots[FM_MAX_OUT] = {out};
    bool before = ctx->uncounted;
    ctx->uncounted = true;
    fm_status status = fm_corridor(ctx, fm_row_find(op), values, slots);
    ctx->uncounted = before;
    return status;
}

/* The array as a tensor; one with its first axis fastest is its transpose, turned round and laid
   out anew. */
static fm_status to_tensor(fm_context *ctx, const fm_io_array *array, fm_tensor **out) {
    int64_t shape[FM_MAX_NDIM];
    bool turn = array->fortran_order && array->rank > 1;
    fm_tensor *tensor = NULL, *turned = NULL;
    for (int d = 0; d < array->rank; d++) shape[d] = array->shape[turn ? array->rank - 1 - d : d];
    FM_TRY(fm_tensor_from_host(ctx, array->dtype, array->rank, shape, array->data, &tensor));
    if (!turn) {
        *out = tensor;
        return FM_OK;
    }
    fm_status status = call_uncounted(ctx, "transpose", tensor, &turned);
    if (status == FM_OK) status = call_uncounted(ctx, "copy", turned, out);
    fm_tensor_release(turned);
    fm_tensor_release(tensor);
    return status;
}

fm_status fm_npy_read(fm_context *ctx, const char *path, fm_tensor **out) {
    fm_io io;
    fm_io_array array;
    *out = NULL;
    init_io(&io);
    FM_TRY(tell(ctx, &io, fm_io_npy_load(&io, path, &array)));
    fm_status status = to_tensor(ctx, &array, out);
    fm_io_array_close(&io, &array);
    return status;
}

fm_status fm_npy_read_bytes(fm_context *ctx, const char *name, const void *bytes, size_t size,
                            fm_tensor **out) {
    fm_io io;
    fm_io_array array;
    *out = NULL;
    init_io(&io);
    FM_TRY(tell(ctx, &io, fm_io_npy_read(&io, name, bytes, size, &array)));
    fm_status status = to_tensor(ctx, &array, out);
    fm_io_array_close(&io, &array);
    return status;
}

/* The pages of a mapped file, as long as a tensor uses them. */
typedef struct mapping {
    void *memory;
    size_t size;
} mapping;

static void unmap(void *user) {
    mapping *held = user;
    munmap(held->memory, held->size);
    fm_free_block(held);
}

/* The tensor over the array's pages, which it takes over. */
static fm_status wrap_pages(fm_context *ctx, fm_io_array *array, fm_tensor **out) {
    mapping *held = fm_alloc(sizeof *held);
    FM_CHECK(held, &ctx->error, FM_ERR_MEMORY, "no memory for a mapped file");
    *held = (mapping){array->memory, array->mapped};
    /* The mapping is private: pages that are written are copies. */
    fm_status status = FM_OK;
    if (mprotect(held->memory, held->size, PROT_READ | PROT_WRITE) != 0)
        status = fm_fail(&ctx->error, FM_ERR_MEMORY, "no memory for a mapped file");
    if (status == FM_OK)
        status = fm_tensor_wrap(ctx, array->dtype, array->rank, array->shape, NULL,
                                (void *)(uintptr_t)array->data, unmap, held, out);
    if (status == FM_OK)
        *array = (fm_io_array){0};
    else
        fm_free_block(held);
    return status;
}

fm_status fm_npy_map(fm_context *ctx, const char *path, fm_tensor **out) {
    fm_io io;
    fm_io_array array;
    *out = NULL;
    init_io(&io);
    FM_TRY(tell(ctx, &io, fm_io_npy_map(&io, path, &array)));
    bool host = fm_context_device(ctx).kind == FM_CPU;
    fm_status status = host ? wrap_pages(ctx, &array, out) : to_tensor(ctx, &array, out);
    fm_io_array_close(&io, &array);
    return status;
}

/* The tensor's elements in host memory; fm_free_block(*data). */
static fm_status to_array(fm_context *ctx, const fm_tensor *tensor, fm_io_array *array,
                          void **data) {
    size_t bytes = fm_tensor_nbytes(tensor);
    *array = (fm_io_array){.dtype = fm_tensor_dtype(tensor), .rank = fm_tensor_ndim(tensor)};
    for (int d = 0; d < array->rank; d++) array->shape[d] = fm_tensor_shape(tensor)[d];
    *data = fm_alloc(bytes + 1);
    FM_CHECK(*data, &ctx->error, FM_ERR_MEMORY, "no memory for a tensor of %zu bytes", bytes);
    array->data = *data;
    fm_status status = fm_tensor_to_host(ctx, tensor, *data, bytes);
    if (status != FM_OK) fm_free_block(*data);
    return status;
}

fm_status fm_npy_write(fm_context *ctx, const char *path, const fm_tensor *tensor) {
    fm_io io;
    fm_io_array array;
    void *data;
    init_io(&io);
    FM_TRY(to_array(ctx, tensor, &array, &data));
    fm_status status = tell(ctx, &io, fm_io_npy_save(&io, path, &array));
    fm_free_block(data);
    return status;
}

struct fm_npz {
    fm_io io;
    fm_io_npz *archive;
};

fm_status fm_npz_open(fm_context *ctx, const char *path, fm_npz **out) {
    *out = NULL;
    fm_npz *npz = fm_alloc(sizeof *npz);
    FM_CHECK(npz, &ctx->error, FM_ERR_MEMORY, "no memory to open '%.200s'", path);
    init_io(&npz->io);
    fm_status status = tell(ctx, &npz->io, fm_io_npz_open(&npz->io, path, &npz->archive));
    if (status == FM_OK)
        *out = npz;
    else
        fm_free_block(npz);
    return status;
}

void fm_npz_close(fm_npz *npz) {
    if (!npz) return;
    fm_io_npz_close(npz->archive);
    fm_free_block(npz);
}

size_t fm_npz_count(const fm_npz *npz) {
    return fm_io_npz_count(npz->archive);
}

const char *fm_npz_name(const fm_npz *npz, size_t index) {
    return index < fm_npz_count(npz) ? fm_io_npz_name(npz->archive, index) : NULL;
}

fm_status fm_npz_read(fm_context *ctx, fm_npz *npz, const char *name, fm_tensor **out) {
    fm_io_array array;
    *out = NULL;
    FM_TRY(tell(ctx, &npz->io, fm_io_npz_load(npz->archive, name, &array)));
    fm_status status = to_tensor(ctx, &array, out);
    fm_io_array_close(&npz->io, &array);
    return status;
}

struct fm_npz_writer {
    fm_io io;
    fm_io_npz_writer *archive;
};

fm_status fm_npz_create(fm_context *ctx, const char *path, fm_npz_writer **out) {
    *out = NULL;
    fm_npz_writer *writer = fm_alloc(sizeof *writer);
    FM_CHECK(writer, &ctx->error, FM_ERR_MEMORY, "no memory to write '%.200s'", path);
    init_io(&writer->io);
    fm_status status =
        tell(ctx, &writer->io, fm_io_npz_create(&writer->io, path, &writer->archive));
    if (status == FM_OK)
        *out = writer;
    else
        fm_free_block(writer);
    return status;
}

fm_status fm_npz_add(fm_context *ctx, fm_npz_writer *writer, const char *name,
                     const fm_tensor *tensor, bool deflate) {
    fm_io_array array;
    void *data;
    FM_TRY(to_array(ctx, tensor, &array, &data));
    fm_status status =
        tell(ctx, &writer->io, fm_io_npz_add(writer->archive, name, &array, deflate));
    fm_free_block(data);
    return status;
}

fm_status fm_npz_commit(fm_context *ctx, fm_npz_writer *writer) {
    fm_status status = tell(ctx, &writer->io, fm_io_npz_commit(writer->archive));
    fm_free_block(writer);
    return status;
}

void fm_npz_abandon(fm_npz_writer *writer) {
    if (!writer) return;
    fm_io_npz_abandon(writer->archive);
    fm_free_block(writer);
}
