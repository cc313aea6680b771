/* The fake's copies, fills and kernel launches. */
#include "calls.h"
#include "state.h"

#include <stdlib.h>
#include <string.h>

/* What emulated kernels read as threadIdx and so on; only running work, under the lock, sets them.
 */
cu_dim3 threadIdx, blockIdx, blockDim, gridDim;

enum { FAKE_ARGS = 32 };

typedef struct copy_work {
    char *to;
    const char *from;
    size_t to_pitch, from_pitch, width, height;
    int to_device, from_device; /* whose memory to open, -1: the host's */
    int staged;                 /* the bytes follow in place: the caller may reuse its buffer */
    alignas(16) char bytes[];
} copy_work;

static cu_error run_copy(void *data) {
    const copy_work *c = data;
    const char *from = c->staged ? c->bytes : c->from;
    if (c->to_device >= 0) fake_open(c->to_device);
    if (c->from_device >= 0) fake_open(c->from_device);
    for (size_t row = 0; row < c->height; ++row)
        memcpy(c->to + row * c->to_pitch, from + row * c->from_pitch, c->width);
    if (c->from_device >= 0) fake_close(c->from_device);
    if (c->to_device >= 0) fake_close(c->to_device);
    ++fake_executed;
    return CU_SUCCESS;
}

/* The device of a side of a copy; -1 for the host. Wrong direction, range or a freed block: error.
 */
static cu_error side(const void *pointer, size_t bytes, int wants_device, int any, int *device) {
    const fake_block *b = fake_block_find(pointer, bytes);
    *device = b ? b->device : -1;
    if (!b && (fake_touches_device(pointer) || (wants_device && !any))) return CU_INVALID_VALUE;
    if (b && !wants_device && !any) return CU_INVALID_VALUE;
    return CU_SUCCESS;
}

static cu_error submit_copy(copy_work *c, int kind, cu_stream stream) {
    const int any = kind == CU_COPY_DEFAULT;
    const size_t to_bytes = (c->height - 1) * c->to_pitch + c->width;
    const size_t from_bytes = (c->height - 1) * c->from_pitch + c->width;
    cu_error error =
        side(c->to, to_bytes, kind == CU_COPY_HOST_TO_DEVICE || kind == CU_COPY_DEVICE_TO_DEVICE,
             any, &c->to_device);
    if (!error)
        error = side(c->from, from_bytes,
                     kind == CU_COPY_DEVICE_TO_HOST || kind == CU_COPY_DEVICE_TO_DEVICE, any,
                     &c->from_device);
    if (error) return error;
    const int pageable = (c->to_device < 0 && !fake_pinned(c->to, to_bytes)) ||
                         (c->from_device < 0 && !fake_pinned(c->from, from_bytes));
    if (pageable && stream->capture) {
        stream->capture->dead = 1;
        return CU_CAPTURE_UNSUPPORTED;
    }
    c->staged = pageable && c->from_device < 0;
    const size_t staged_bytes = c->staged ? from_bytes : 0;
    fake_work *work = NULL;
    const fake_what what = {FM_FAKE_COPY, 0, c->width * c->height};
    error = fake_submit_seen(stream, &what, run_copy, 1000 + what.bytes / 8, NULL,
                             sizeof *c + staged_bytes, &work);
    if (error) return error;
    memcpy(work->data, c, sizeof *c);
    if (staged_bytes) memcpy(((copy_work *)(void *)work->data)->bytes, c->from, staged_bytes);
    if (pageable && c->to_device < 0) { /* CUDA returns only once pageable memory is written */
        fake_run_stream(stream);
        return fake_collect(stream->device);
    }
    return CU_SUCCESS;
}

static cu_error enter_copy(copy_work *c, int kind, cu_stream stream) {
    cu_error error = fake_enter_work();
    stream = fake_stream(stream);
    if (!error) error = fake_check_stream(stream);
    if (!error && (c->width > c->to_pitch || c->width > c->from_pitch)) error = CU_INVALID_VALUE;
    if (error || !c->width || !c->height) return fake_leave(error);
    return fake_leave(submit_copy(c, kind, stream));
}

cu_error fake_copy(void *to, const void *from, size_t bytes, int kind, cu_stream stream) {
    copy_work c = {.to = to,
                   .from = from,
                   .to_pitch = bytes,
                   .from_pitch = bytes,
                   .width = bytes,
                   .height = 1};
    return enter_copy(&c, kind, stream);
}

cu_error fake_copy_2d(void *to, size_t to_pitch, const void *from, size_t from_pitch, size_t width,
                      size_t height, int kind, cu_stream stream) {
    copy_work c = {.to = to,
                   .from = from,
                   .to_pitch = to_pitch,
                   .from_pitch = from_pitch,
                   .width = width,
                   .height = height};
    return enter_copy(&c, kind, stream);
}

cu_error fake_copy_peer(void *to, int to_device, const void *from, int from_device, size_t bytes,
                        cu_stream stream) {
    cu_error error = fake_enter_work();
    stream = fake_stream(stream);
    if (!error) error = fake_check_stream(stream);
    if (error || !bytes) return fake_leave(error);
    copy_work c = {.to = to,
                   .from = from,
                   .to_pitch = bytes,
                   .from_pitch = bytes,
                   .width = bytes,
                   .height = 1};
    const fake_block *target = fake_block_find(to, bytes), *source = fake_block_find(from, bytes);
    if (!target || !source || target->device != to_device || source->device != from_device)
        return fake_leave(CU_INVALID_VALUE);
    return fake_leave(submit_copy(&c, CU_COPY_DEVICE_TO_DEVICE, stream));
}

typedef struct fill_work {
    void *to;
    size_t bytes;
    int byte;
} fill_work;

static cu_error run_fill(void *data) {
    const fill_work *f = data;
    memset(f->to, f->byte, f->bytes);
    ++fake_executed;
    return CU_SUCCESS;
}

cu_error fake_fill(void *to, int byte, size_t bytes, cu_stream stream) {
    cu_error error = fake_enter_work();
    stream = fake_stream(stream);
    if (!error) error = fake_check_stream(stream);
    if (error || !bytes) return fake_leave(error);
    const fake_block *b = fake_block_find(to, bytes);
    if (!b || b->device != stream->device) return fake_leave(CU_INVALID_VALUE);
    const fill_work f = {to, bytes, byte};
    const fake_what what = {FM_FAKE_FILL, 0, bytes};
    return fake_leave(
        fake_submit_seen(stream, &what, run_fill, 1000 + bytes / 16, &f, sizeof f, NULL));
}

typedef struct kernel_work {
    const void *entry;
    void (*invoke)(const void *entry, void *const *args);
    cu_dim3 grid, block;
    size_t count;
    size_t offset[FAKE_ARGS];
    alignas(16) char bytes[];
} kernel_work;

static void run_block(const kernel_work *k, void *const *args, int backwards) {
    const unsigned threads = k->block.x * k->block.y * k->block.z;
    for (unsigned i = 0; i < threads; ++i) {
        const unsigned t = backwards ? threads - 1 - i : i;
        threadIdx.x = t % k->block.x;
        threadIdx.y = t / k->block.x % k->block.y;
        threadIdx.z = t / k->block.x / k->block.y;
        k->invoke(k->entry, args);
    }
}

/* Every second launch goes from the last thread to the first: no kernel may count on an order. */
static cu_error run_kernel(void *data) {
    static unsigned launches;
    kernel_work *k = data;
    void *args[FAKE_ARGS];
    for (size_t i = 0; i < k->count; ++i) args[i] = k->bytes + k->offset[i];
    const int backwards = (int)(launches++ & 1);
    ++fake_executed;
    const uint64_t blocks = (uint64_t)k->grid.x * k->grid.y * k->grid.z;
    gridDim = k->grid;
    blockDim = k->block;
    for (uint64_t i = 0; i < blocks; ++i) {
        const uint64_t b = backwards ? blocks - 1 - i : i;
        blockIdx.x = (unsigned)(b % k->grid.x);
        blockIdx.y = (unsigned)(b / k->grid.x % k->grid.y);
        blockIdx.z = (unsigned)(b / k->grid.x / k->grid.y);
        run_block(k, args, backwards);
    }
    return CU_SUCCESS;
}

static int fits(const cu_launch *l) {
    const uint64_t threads = (uint64_t)l->block.x * l->block.y * l->block.z;
    return threads >= 1 && threads <= 1024 && l->block.z <= 64 && l->grid.x >= 1 &&
           l->grid.x <= INT32_MAX && l->grid.y >= 1 && l->grid.y <= 65535 && l->grid.z >= 1 &&
           l->grid.z <= 65535 && l->shared_bytes <= 48 * 1024;
}

cu_error fake_launch(const cu_launch *l, cu_stream stream) {
    cu_error error = fake_enter_work();
    stream = fake_stream(stream);
    if (!error) error = fake_check_stream(stream);
    if (!error && !fits(l)) error = CU_INVALID_CONFIGURATION;
    if (!error && l->arg_count > FAKE_ARGS) error = CU_INVALID_VALUE;
    size_t offset[FAKE_ARGS + 1] = {0};
    for (size_t i = 0; !error && i < l->arg_count; ++i)
        offset[i + 1] = offset[i] + (l->arg_bytes[i] + 15) / 16 * 16;
    if (!error && offset[l->arg_count] > 32764) error = CU_INVALID_VALUE; /* CUDA's own limit */
    if (error) return fake_leave(error);
    fake_work *work = NULL;
    const fake_what what = {FM_FAKE_KERNEL, 0, 0};
    error = fake_submit_seen(stream, &what, run_kernel, 5000, NULL,
                             sizeof(kernel_work) + offset[l->arg_count], &work);
    if (error) return fake_leave(error);
    kernel_work *k = (kernel_work *)(void *)work->data;
    k->entry = l->entry;
    k->invoke = l->invoke;
    k->grid = l->grid;
    k->block = l->block;
    k->count = l->arg_count;
    for (size_t i = 0; i < l->arg_count; ++i) {
        k->offset[i] = offset[i];
        memcpy(k->bytes + offset[i], l->args[i], l->arg_bytes[i]);
    }
    return fake_leave(CU_SUCCESS);
}
