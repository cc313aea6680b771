/* Index keys of a[key]: integers, slices, nil, arrays, and lists of them. */
#include "wire/wire.h"

#include <math.h>

/* int() of a number: floats lose their fraction. */
static bool whole(wire_request *r, const wire_node *node, int64_t *out) {
    if (node->kind == WIRE_INT || node->kind == WIRE_BOOL) {
        *out = node->as.i;
        return true;
    }
    if (node->kind == WIRE_FLOAT && isnan(node->as.f))
        return wire_fail(r, "ValueError", "cannot convert float NaN to integer");
    if (node->kind == WIRE_FLOAT && node->as.f >= -0x1p63 && node->as.f < 0x1p63) {
        *out = (int64_t)node->as.f;
        return true;
    }
    if (node->kind == WIRE_FLOAT || node->kind == WIRE_UINT)
        return wire_fail(r, "FlopscopeServerError",
                         "internal server error: IndexError: an index is past 64 bits");
    bool text = node->kind == WIRE_TEXT || node->kind == WIRE_BYTES;
    return wire_fail(r, text ? "ValueError" : "TypeError", "a part of a slice is no number");
}

static bool slice(wire_request *r, const wire_node *parts, fm_value *out) {
    if (parts->kind != WIRE_LIST || parts->count == 0 || parts->count > 3)
        return wire_fail(r, "TypeError", "a slice has start, stop and step");
    fm_value *items = wire_get(&r->memory, 3 * sizeof *items);
    if (!items) return wire_no_memory(r);
    for (int i = 0; i < 3; i++) items[i] = (fm_value){.kind = FM_VALUE_NONE};
    for (uint32_t i = 0; i < parts->count; i++) {
        const wire_node *part = &parts->as.items[i];
        /* slice(stop): one part is the end. */
        fm_value *to = &items[parts->count == 1 ? 1 : i];
        if (part->kind == WIRE_NIL) continue;
        to->kind = FM_VALUE_INT;
        if (!whole(r, part, &to->as.i)) return false;
    }
    *out = (fm_value){.kind = FM_VALUE_SLICE, .count = 3, .as.items = items};
    return true;
}

/* A list of more than one element or with a slice is a tuple, else it stays a list. */
static bool list(wire_request *r, const wire_node *node, fm_value *out) {
    fm_value *items = wire_get(&r->memory, (node->count + 1) * sizeof *items);
    if (!items) return wire_no_memory(r);
    bool tuple = node->count > 1;
    for (uint32_t i = 0; i < node->count; i++) {
        if (!wire_index_key(r, &node->as.items[i], &items[i])) return false;
        tuple |= items[i].kind == FM_VALUE_SLICE;
    }
    *out = (fm_value){
        .kind = tuple ? FM_VALUE_TUPLE : FM_VALUE_LIST, .count = node->count, .as.items = items};
    return true;
}

bool wire_index_key(wire_request *r, const wire_node *node, fm_value *out) {
    *out = (fm_value){.kind = FM_VALUE_NONE};
    switch (node->kind) {
    case WIRE_NIL:
        return true;
    case WIRE_BOOL:
    case WIRE_INT:
    case WIRE_UINT:
    case WIRE_FLOAT:
        out->kind = FM_VALUE_INT;
        return whole(r, node, &out->as.i);
    case WIRE_LIST:
        return list(r, node, out);
    case WIRE_MAP:
        if (wire_member(node, "__slice__")) return slice(r, wire_member(node, "__slice__"), out);
        if (wire_member(node, "__handle__")) return wire_value(r, node, out);
        break;
    default:
        break;
    }
    return wire_fail(r, "FlopscopeServerError",
                     "internal server error: IndexError: only integers, slices (`:`), ellipsis "
                     "(`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid "
                     "indices");
}

/* In a tuple a list or tuple of integers is an array of them. */
static void as_arrays(fm_value *key) {
    fm_value *items = (fm_value *)(uintptr_t)key->as.items;
    for (uint32_t i = 0; i < key->count; i++)
        if (items[i].kind == FM_VALUE_TUPLE) items[i].kind = FM_VALUE_LIST;
}

bool wire_getitem(wire_request *r) {
    fm_argument given[2] = {{0}};
    fm_op_info info;
    fm_reply *reply;
    if (!r->args || r->args->kind != WIRE_LIST || r->args->count < 2)
        return wire_fail(r, "ValueError", "__getitem__ requires [handle, key]");
    if (!wire_value(r, &r->args->as.items[0], &given[0].value)) return false;
    if (!wire_index_key(r, &r->args->as.items[1], &given[1].value)) return false;
    if (given[0].value.kind != FM_VALUE_TENSOR)
        return wire_fail(r, "TypeError", "the first argument of __getitem__ is no array");
    if (given[1].value.kind == FM_VALUE_TUPLE) as_arrays(&given[1].value);
    if (fm_call_reply(r->session->ctx, "getitem", given, 2, &reply) != FM_OK)
        return wire_fail_context(r);
    bool found = fm_op_info_find("getitem", &info) == FM_OK;
    call_arguments arguments = {given, 2, 2};
    bool done = wire_put_result(r, fm_reply_value(reply),
                                found ? call_form_of(&info, arguments) : CALL_ARRAY);
    fm_reply_release(reply);
    return done;
}
