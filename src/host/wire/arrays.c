/* Arrays and generators under handles. */
#include "wire/wire.h"

#include <string.h>

/* What a session holds: blocks of its pool, and frames that arrays lie in. */
static uint64_t held(const wire_session *session) {
    fm_memory_stats device, host;
    fm_context_memory(session->ctx, &device, &host);
    return device.in_use + host.in_use + session->adopted_bytes;
}

bool wire_keep_array(wire_request *r, fm_tensor *tensor, uint64_t *number) {
    wire_session *session = r->session;
    const wire_limits *limits = session->limits;
    if (session->arrays.count >= limits->arrays) {
        fm_tensor_release(tensor);
        return wire_fail(r, "FlopscopeServerError",
                         "internal server error: MemoryError: array store limit reached: %llu "
                         "arrays",
                         (unsigned long long)limits->arrays);
    }
    if (limits->total_bytes && held(session) > limits->total_bytes) {
        fm_tensor_release(tensor);
        return wire_fail(r, "FlopscopeServerError",
                         "internal server error: MemoryError: arrays would hold more than the "
                         "limit of %llu bytes",
                         (unsigned long long)limits->total_bytes);
    }
    if (wire_handles_put(&session->arrays, tensor, number)) return true;
    fm_tensor_release(tensor);
    return wire_no_memory(r);
}

/* KeyError as Python shows it: the message in the quotes that repr chooses. */
static bool unknown(wire_request *r, const char *what, const wire_node *handle) {
    char name[80];
    if (handle->kind != WIRE_TEXT && handle->kind != WIRE_BYTES) {
        if (handle->kind == WIRE_LIST || handle->kind == WIRE_MAP)
            return wire_fail(r, "TypeError", "a handle is a text, not a %s",
                             handle->kind == WIRE_LIST ? "list" : "dict");
        return wire_fail(r, "KeyError", "'%s handle is a text, such as a0'", what);
    }
    size_t length = handle->count < sizeof name - 1 ? handle->count : sizeof name - 1;
    memcpy(name, handle->as.bytes, length);
    name[length] = 0;
    for (char *c = name; *c; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c > '~' || *c == '\'') *c = '?';
    return wire_fail(r, "KeyError", "\"%s handle '%s' not found in store\"", what, name);
}

static void *find(wire_request *r, const wire_handles *handles, const wire_node *handle,
                  char letter, const char *what) {
    uint64_t number;
    bool text = handle->kind == WIRE_TEXT || handle->kind == WIRE_BYTES;
    void *kept = NULL;
    if (text && wire_handle_read(handle->as.bytes, handle->count, letter, &number))
        kept = wire_handles_get(handles, number);
    if (!kept) unknown(r, what, handle);
    return kept;
}

fm_tensor *wire_find_array(wire_request *r, const wire_node *handle) {
    return find(r, &r->session->arrays, handle, 'a', "Array");
}

fm_generator *wire_find_generator(wire_request *r, const wire_node *handle) {
    return find(r, &r->session->generators, handle, 'g', "Generator");
}

bool wire_may_send(wire_request *r, size_t size) {
    uint64_t most = r->session->limits->total_bytes, now = held(r->session);
    if (size > UINT32_MAX)
        return wire_fail(r, "ValueError", "%zu bytes are too many for a message", size);
    if (!most || (now < most && size <= most - now)) return true;
    return wire_fail(r, "FlopscopeServerError",
                     "internal server error: MemoryError: a copy of %zu bytes would exceed the "
                     "limit of %llu bytes",
                     size, (unsigned long long)most);
}

bool wire_read(wire_request *r, const fm_tensor *tensor, void **data) {
    size_t size = fm_tensor_nbytes(tensor);
    if (!wire_may_send(r, size)) return false;
    *data = wire_get(&r->memory, size + 1);
    if (!*data) return wire_no_memory(r);
    return fm_tensor_to_host(r->session->ctx, tensor, *data, size) == FM_OK || wire_fail_context(r);
}
