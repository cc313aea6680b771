/* Arguments: nodes as the values that calls by name take. */
#include "wire/wire.h"

#include <string.h>

const char *wire_text(wire_request *r, const wire_node *node) {
    char *text = wire_get(&r->memory, (size_t)node->count + 1);
    if (!text) {
        wire_no_memory(r);
        return NULL;
    }
    memcpy(text, node->as.bytes, node->count);
    text[node->count] = 0;
    if (strlen(text) == node->count) return text;
    wire_fail(r, "ValueError", "embedded null character");
    return NULL;
}

static bool keep(wire_request *r, fm_status status, fm_tensor *tensor, fm_value *out) {
    if (status != FM_OK) return wire_fail_context(r);
    if (!wire_keep(&r->memory, tensor)) return wire_no_memory(r);
    *out = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = tensor};
    return true;
}

/* An integer that int64 does not hold: an array without axes. */
static bool large(wire_request *r, const wire_node *node, fm_value *out) {
    fm_tensor *tensor = NULL;
    fm_status status =
        fm_tensor_from_host(r->session->ctx, FM_UINT64, 0, NULL, &node->as.u, &tensor);
    return keep(r, status, tensor, out);
}

static bool array(wire_request *r, const wire_node *handle, fm_value *out) {
    *out = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = wire_find_array(r, handle)};
    return out->as.tensor != NULL;
}

/* Any bare text that looks like an array's handle is one. */
static bool text(wire_request *r, const wire_node *node, fm_value *out) {
    bool handle = node->count > 1 && node->as.bytes[0] == 'a';
    for (uint32_t i = 1; i < node->count && handle; i++)
        handle = node->as.bytes[i] >= '0' && node->as.bytes[i] <= '9';
    if (handle) return array(r, node, out);
    if (wire_is(node, "bfloat16")) /* the one dtype here that the client cannot read */
        return wire_fail(r, "TypeError", "data type 'bfloat16' not understood");
    *out = (fm_value){.kind = FM_VALUE_STRING, .as.string = wire_text(r, node)};
    return out->as.string != NULL;
}

/* Few and printable bytes are how older clients send text. */
static bool is_printable(const wire_node *node) {
    for (uint32_t i = 0; i < node->count; i++)
        if (node->as.bytes[i] < ' ' || node->as.bytes[i] > '~') return false;
    return node->count > 0 && node->count <= 32;
}

/* Python's bytes: an array of them for the one operation that takes any. */
static bool bytes(wire_request *r, const wire_node *node, fm_value *out) {
    fm_tensor *tensor = NULL;
    if (strcmp(r->op, "frombuffer") != 0) {
        if (is_printable(node)) return text(r, node, out);
        return wire_fail(r, "TypeError", "bytes are no argument of %s", r->op);
    }
    int64_t shape[1] = {node->count};
    fm_status status =
        fm_tensor_from_host(r->session->ctx, FM_UINT8, 1, shape, node->as.bytes, &tensor);
    return keep(r, status, tensor, out);
}

static bool list(wire_request *r, const wire_node *node, fm_value *out) {
    fm_value *items = wire_get(&r->memory, (node->count + 1) * sizeof *items);
    if (!items) return wire_no_memory(r);
    for (uint32_t i = 0; i < node->count; i++)
        if (!wire_value(r, &node->as.items[i], &items[i])) return false;
    *out = (fm_value){.kind = FM_VALUE_LIST, .count = node->count, .as.items = items};
    return true;
}

static bool dict(wire_request *r, const wire_node *node, fm_value *out) {
    fm_value *items = wire_get(&r->memory, (2 * (size_t)node->count + 1) * sizeof *items);
    if (!items) return wire_no_memory(r);
    for (uint32_t i = 0; i < node->count; i++) {
        const char *key = wire_text(r, &node->as.items[2 * i]);
        if (!key) return false;
        items[2 * i] = (fm_value){.kind = FM_VALUE_STRING, .as.string = key};
        if (!wire_value(r, &node->as.items[2 * i + 1], &items[2 * i + 1])) return false;
    }
    *out = (fm_value){.kind = FM_VALUE_DICT, .count = node->count, .as.items = items};
    return true;
}

static const wire_node *tag(const wire_node *map, const char *key) {
    const wire_node *found = wire_member(map, key);
    return found && found->kind != WIRE_NIL ? found : NULL;
}

/* A tagged thing of the session, or a plain map. */
static bool map(wire_request *r, const wire_node *node, fm_value *out) {
    const wire_node *found = tag(node, "__handle__");
    if (found) return array(r, found, out);
    found = tag(node, "__gen__");
    if (found) {
        *out =
            (fm_value){.kind = FM_VALUE_GENERATOR, .as.generator = wire_find_generator(r, found)};
        return out->as.generator != NULL;
    }
    found = tag(node, "__symmetry_group__");
    return found ? wire_symmetry(r, found, out) : dict(r, node, out);
}

bool wire_value(wire_request *r, const wire_node *node, fm_value *out) {
    *out = (fm_value){.kind = FM_VALUE_NONE};
    switch (node->kind) {
    case WIRE_NIL:
        return true;
    case WIRE_BOOL:
        *out = (fm_value){.kind = FM_VALUE_BOOL, .as.i = node->as.i};
        return true;
    case WIRE_INT:
        *out = (fm_value){.kind = FM_VALUE_INT, .as.i = node->as.i};
        return true;
    case WIRE_UINT:
        return large(r, node, out);
    case WIRE_FLOAT:
        *out = (fm_value){.kind = FM_VALUE_FLOAT, .as.f = node->as.f};
        return true;
    case WIRE_TEXT:
        return text(r, node, out);
    case WIRE_BYTES:
        return bytes(r, node, out);
    case WIRE_LIST:
        return list(r, node, out);
    case WIRE_MAP:
        return map(r, node, out);
    default:
        return wire_fail(r, "TypeError", "an extension of msgpack is no argument");
    }
}

bool wire_arguments(wire_request *r, uint32_t skipped, call_arguments *out) {
    if ((r->args && r->args->kind != WIRE_LIST) || (r->kwargs && r->kwargs->kind != WIRE_MAP))
        return wire_fail(r, "TypeError", "args is a list of arguments, kwargs a map of them");
    uint32_t given = r->args ? r->args->count : 0, named = r->kwargs ? r->kwargs->count : 0;
    *out = (call_arguments){.positional = given > skipped ? given - skipped : 0};
    out->at = wire_get(&r->memory, ((size_t)given + named + 1) * sizeof *out->at);
    if (!out->at) return wire_no_memory(r);
    for (uint32_t i = skipped; i < given; i++) {
        fm_argument *one = &out->at[out->count++];
        one->name = NULL;
        if (!wire_value(r, &r->args->as.items[i], &one->value)) return false;
    }
    for (uint32_t i = 0; i < named; i++) {
        fm_argument *one = &out->at[out->count++];
        one->name = wire_text(r, &r->kwargs->as.items[2 * i]);
        if (!one->name || !wire_value(r, &r->kwargs->as.items[2 * i + 1], &one->value))
            return false;
    }
    return true;
}
