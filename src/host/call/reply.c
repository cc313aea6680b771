/* Replies: values copied with all that they point to. */
#include "call/reply.h"
#include "core/alloc.h"

#include <flopmeter/random.h>
#include <string.h>

struct fm_reply *fm_reply_new(void) {
    return fm_alloc(sizeof(struct fm_reply));
}

const fm_value *fm_reply_value(const fm_reply *reply) {
    return &reply->value;
}

void fm_reply_release(fm_reply *reply) {
    if (!reply) return;
    fm_arena_clear(&reply->held);
    fm_free_block(reply);
}

static bool keep_bytes(fm_arena *arena, const void **bytes, size_t size) {
    void *copy = fm_arena_get(arena, size ? size : 1);
    if (!copy) return false;
    if (size) memcpy(copy, *bytes, size);
    *bytes = copy;
    return true;
}

static bool keep_tensor(fm_arena *arena, const fm_tensor *tensor) {
    return !tensor || fm_arena_keep(arena, fm_tensor_retain((fm_tensor *)(uintptr_t)tensor));
}

/* Replaces what value points to by copies in the arena. */
static bool own(fm_arena *arena, fm_value *value) {
    const void *bytes;
    uint32_t items;
    switch (value->kind) {
    case FM_VALUE_TENSOR:
        return keep_tensor(arena, value->as.tensor);
    case FM_VALUE_TENSORS:
        bytes = value->as.tensors;
        if (!keep_bytes(arena, &bytes, value->count * sizeof *value->as.tensors)) return false;
        value->as.tensors = bytes;
        for (uint32_t i = 0; i < value->count; i++)
            if (!keep_tensor(arena, value->as.tensors[i])) return false;
        return true;
    case FM_VALUE_INTS:
        bytes = value->as.ints;
        if (!keep_bytes(arena, &bytes, value->count * sizeof *value->as.ints)) return false;
        value->as.ints = bytes;
        return true;
    case FM_VALUE_STRING:
        bytes = value->as.string;
        if (!keep_bytes(arena, &bytes, strlen(value->as.string) + 1)) return false;
        value->as.string = bytes;
        return true;
    case FM_VALUE_GENERATOR:
        bytes = value->as.generator;
        if (!keep_bytes(arena, &bytes, sizeof *value->as.generator)) return false;
        value->as.generator = bytes;
        return true;
    case FM_VALUE_SYMMETRY:
        return fm_arena_keep_group(arena, fm_symmetry_retain(value->as.symmetry));
    case FM_VALUE_LIST:
    case FM_VALUE_TUPLE:
    case FM_VALUE_SLICE:
    case FM_VALUE_DICT:
        items = value->count * (value->kind == FM_VALUE_DICT ? 2 : 1);
        bytes = value->as.items;
        if (!keep_bytes(arena, &bytes, items * sizeof *value->as.items)) return false;
        value->as.items = bytes;
        for (uint32_t i = 0; i < items; i++)
            if (!own(arena, (fm_value *)(uintptr_t)&value->as.items[i])) return false;
        return true;
    default:
        return true;
    }
}

fm_status fm_reply_set(struct fm_reply *reply, const fm_value *value, fm_error *error) {
    fm_arena_clear(&reply->held);
    reply->value = *value;
    if (own(&reply->held, &reply->value)) return FM_OK;
    fm_arena_clear(&reply->held);
    reply->value = (fm_value){.kind = FM_VALUE_NONE};
    return fm_fail(error, FM_ERR_MEMORY, "no memory for a reply");
}
