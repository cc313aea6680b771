/* Elements in and out: create_from_data, fetch, fetch_slice, free. */
#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

/* From this size on frames are kept as an array's memory, and replies have a block of their own. */
enum { LARGE = 1 << 16 };

/* A field of the request itself, or an element of args. */
static const wire_node *field(wire_request *r, const char *name, uint32_t place, bool top) {
    if (top) return wire_member(r->root, name);
    return r->args && r->args->kind == WIRE_LIST && place < r->args->count
               ? &r->args->as.items[place]
               : NULL;
}

/* The dtypes that the client can decode. */
static bool read_dtype(wire_request *r, const wire_node *node, fm_dtype *out) {
    *out = FM_DTYPE_NONE;
    if (node->kind == WIRE_NIL) {
        *out = FM_FLOAT64;
        return true;
    }
    if (node->kind != WIRE_TEXT && node->kind != WIRE_BYTES)
        return wire_fail(r, "TypeError", "a dtype is a text");
    const char *name = wire_text(r, node);
    if (!name) return false;
    *out = fm_dtype_parse(name);
    if (*out == FM_DTYPE_NONE || *out == FM_BFLOAT16)
        return wire_fail(r, "TypeError", "data type '%.60s' not understood", name);
    return true;
}

/* One extent may be -1, which the size decides. */
static bool read_shape(wire_request *r, const wire_node *node, uint64_t size, int *ndim,
                       int64_t *shape) {
    const wire_node *extents = node->kind == WIRE_LIST ? node->as.items : node;
    uint32_t count = node->kind == WIRE_LIST ? node->count : 1;
    uint64_t product = 1;
    int open = -1;
    bool whole = true;
    if (count > FM_MAX_NDIM)
        return wire_fail(r, "ValueError", "a shape has at most %d axes, got %u", FM_MAX_NDIM,
                         count);
    for (uint32_t i = 0; i < count; i++) {
        if (extents[i].kind != WIRE_INT && extents[i].kind != WIRE_BOOL)
            return wire_fail(r, "TypeError", "an extent is no integer");
        shape[i] = extents[i].as.i;
        if (shape[i] == -1 && open < 0) {
            open = (int)i;
            continue;
        }
        if (shape[i] < 0) return wire_fail(r, "ValueError", "negative dimensions not allowed");
        whole &= !__builtin_mul_overflow(product, (uint64_t)shape[i], &product);
    }
    if (open >= 0 && whole && product && size % product == 0)
        shape[open] = (int64_t)(size / product);
    else if (open >= 0 || !whole || product != size)
        return wire_fail(r, "ValueError", "cannot reshape array of size %llu into that shape",
                         (unsigned long long)size);
    *ndim = (int)count;
    return true;
}

/* The memory of a frame, and whose arrays it counts for. */
typedef struct adopted {
    wire_session *session;
    void *owner;
    void (*release)(void *owner);
    size_t size;
} adopted;

static void release_adopted(void *user) {
    adopted *frame = user;
    frame->session->adopted_bytes -= frame->size;
    frame->release(frame->owner);
    free(frame);
}

/* Lets the array lie where it came in, which saves a copy. *out stays NULL where that cannot be. */
static fm_status adopt(wire_request *r, fm_dtype dtype, int ndim, const int64_t *shape,
                       const wire_node *data, fm_tensor **out) {
    wire_frame *frame = r->frame;
    size_t width = fm_dtype_size(dtype);
    bool on_host = fm_context_device(r->session->ctx).kind == FM_CPU;
    bool aligned = (uintptr_t)data->as.bytes % (width > 8 ? 8 : width) == 0;
    if (!frame->owner || data->count < LARGE || !aligned || !on_host) return FM_OK;
    adopted *kept = malloc(sizeof *kept);
    if (!kept) return FM_OK;
    *kept = (adopted){r->session, frame->owner, frame->release, frame->held};
    fm_status status =
        fm_tensor_wrap(r->session->ctx, dtype, ndim, shape, NULL, (void *)(uintptr_t)data->as.bytes,
                       release_adopted, kept, out);
    if (status != FM_OK) {
        free(kept);
        return status;
    }
    r->session->adopted_bytes += frame->held;
    frame->taken = true;
    return FM_OK;
}

static bool put_created(wire_request *r, fm_tensor *tensor) {
    fm_value value = {.kind = FM_VALUE_TENSOR, .as.tensor = tensor};
    bool done = wire_put_result(r, &value, CALL_ARRAY);
    fm_tensor_release(tensor);
    return done;
}

static bool make(wire_request *r, const wire_node *data, const wire_node *form, fm_dtype dtype) {
    int ndim = 0;
    int64_t shape[FM_MAX_NDIM];
    size_t width = fm_dtype_size(dtype);
    fm_tensor *tensor = NULL;
    if (data->count % width)
        return wire_fail(r, "ValueError", "buffer size must be a multiple of element size");
    if (!read_shape(r, form, data->count / width, &ndim, shape)) return false;
    fm_status status = adopt(r, dtype, ndim, shape, data, &tensor);
    if (status == FM_OK && !tensor)
        status = fm_tensor_from_host(r->session->ctx, dtype, ndim, shape, data->as.bytes, &tensor);
    return status == FM_OK ? put_created(r, tensor) : wire_fail_context(r);
}

bool wire_create(wire_request *r) {
    bool top = wire_member(r->root, "data") != NULL;
    const wire_node *data = field(r, "data", 0, top), *shape = field(r, "shape", 1, top),
                    *name = field(r, "dtype", 2, top);
    uint64_t most = r->session->limits->array_bytes;
    fm_dtype dtype;
    if (top && !shape) return wire_fail(r, "KeyError", "'shape'");
    if (top && !name) return wire_fail(r, "KeyError", "'dtype'");
    if (!data || !shape || !name)
        return wire_fail(r, "ValueError", "create_from_data requires data, shape, dtype");
    if (data->kind != WIRE_BYTES)
        return wire_fail(r, "TypeError", "a bytes-like object is required as data");
    if (data->count > most)
        return wire_fail(r, "ValueError", "array too large: %llu bytes exceeds %llu byte limit",
                         (unsigned long long)data->count, (unsigned long long)most);
    return read_dtype(r, name, &dtype) && make(r, data, shape, dtype);
}

static void begin_data(wire_request *r) {
    wire_put_map(&r->out, 5);
    wire_put_named_text(&r->out, "status", "ok");
    wire_put_text(&r->out, "data");
}

static void end_data(wire_request *r, const fm_tensor *tensor) {
    wire_put_form(&r->out, tensor);
    wire_put_named_uint(&r->out, "comms_overhead_ns", 0);
}

/* The elements go into the block of the reply, past its beginning and before its end. */
static bool put_block(wire_request *r, const fm_tensor *tensor) {
    size_t size = fm_tensor_nbytes(tensor);
    if (!wire_may_send(r, size)) return false;
    begin_data(r);
    (void)msgpack_pack_bin(&r->out.to, size);
    size_t head = r->out.size;
    end_data(r, tensor);
    if (r->out.failed) return wire_no_memory(r);
    size_t tail = r->out.size - head;
    char *block = r->pool->get(r->pool->user, head + size + tail);
    if (!block) return wire_no_memory(r);
    memcpy(block, r->out.data, head);
    memcpy(block + head + size, r->out.data + head, tail);
    if (fm_tensor_to_host(r->session->ctx, tensor, block + head, size) != FM_OK) {
        r->pool->put(r->pool->user, block);
        return wire_fail_context(r);
    }
    r->block = block;
    r->block_size = head + size + tail;
    return true;
}

static bool put_elements(wire_request *r, const fm_tensor *tensor) {
    void *data;
    if (r->pool && fm_tensor_nbytes(tensor) >= LARGE) return put_block(r, tensor);
    if (!wire_read(r, tensor, &data)) return false;
    begin_data(r);
    wire_put_bytes(&r->out, data, fm_tensor_nbytes(tensor));
    end_data(r, tensor);
    return true;
}

bool wire_fetch(wire_request *r) {
    const wire_node *handle = wire_member(r->root, "id");
    if (!handle || handle->kind == WIRE_NIL) handle = wire_member(r->kwargs, "handle_id");
    if (!handle || handle->kind == WIRE_NIL)
        return wire_fail(r, "KeyError", "\"fetch requires 'id' or kwargs.handle_id\"");
    const fm_tensor *tensor = wire_find_array(r, handle);
    return tensor && put_elements(r, tensor);
}

/* slices: [start, stop, step], shorter where they end there; a single one is the stop. */
static bool read_slices(wire_request *r, const wire_node *node, fm_value *out) {
    if (node->kind != WIRE_LIST) return wire_fail(r, "TypeError", "slices are a list of lists");
    fm_value *items = wire_get(&r->memory, (node->count + 1) * sizeof *items);
    wire_node *wrapped = wire_get(&r->memory, 2 * sizeof *wrapped);
    if (!items || !wrapped) return wire_no_memory(r);
    wrapped[0] = (wire_node){.kind = WIRE_TEXT, .count = 9, .as.bytes = "__slice__"};
    for (uint32_t i = 0; i < node->count; i++) {
        wrapped[1] = node->as.items[i];
        wire_node one = {.kind = WIRE_MAP, .count = 1, .as.items = wrapped};
        if (!wire_index_key(r, &one, &items[i])) return false;
    }
    *out = (fm_value){.kind = FM_VALUE_TUPLE, .count = node->count, .as.items = items};
    return true;
}

bool wire_fetch_slice(wire_request *r) {
    const wire_node *handle = wire_member(r->root, "id"), *slices = wire_member(r->root, "slices");
    fm_argument given[2] = {{0}};
    fm_tensor *part = NULL;
    if (!handle) return wire_fail(r, "KeyError", "'id'");
    given[0].value = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = wire_find_array(r, handle)};
    if (!given[0].value.as.tensor) return false;
    if (!slices) return wire_fail(r, "KeyError", "'slices'");
    if (!read_slices(r, slices, &given[1].value)) return false;
    if (fm_call(r->session->ctx, "getitem", given, 2, &part, 1) != FM_OK)
        return wire_fail_context(r);
    bool done = put_elements(r, part);
    fm_tensor_release(part);
    return done;
}

static void free_one(wire_request *r, const wire_node *handle) {
    uint64_t number;
    bool text = handle->kind == WIRE_TEXT || handle->kind == WIRE_BYTES;
    if (text && wire_handle_read(handle->as.bytes, handle->count, 'a', &number))
        fm_tensor_release(wire_handles_take(&r->session->arrays, number));
}

bool wire_free(wire_request *r) {
    const wire_node *ids = wire_member(r->root, "ids");
    if (!ids || ids->kind == WIRE_NIL) ids = wire_member(r->kwargs, "handles");
    if (ids && ids->kind != WIRE_LIST) return wire_fail(r, "TypeError", "handles are a list");
    for (uint32_t i = 0; ids && i < ids->count; i++) free_one(r, &ids->as.items[i]);
    wire_begin_ok(r);
    wire_put_nil(&r->out);
    wire_put_text(&r->out, "budget");
    wire_put_remaining(&r->out, r->session);
    wire_put_named_uint(&r->out, "comms_overhead_ns", 0);
    return true;
}
