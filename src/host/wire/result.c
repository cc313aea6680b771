/* Results as the client reads them: {id, shape, dtype}, {value, dtype}, {multi}, {gen_id}. */
#include "core/element.h"
#include "wire/wire.h"

#include <flopmeter/random.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void wire_begin_ok(wire_request *r) {
    wire_put_map(&r->out, 4);
    wire_put_named_text(&r->out, "status", "ok");
    wire_put_text(&r->out, "result");
}

void wire_end_ok(wire_request *r) {
    wire_put_text(&r->out, "budget");
    wire_put_budget(&r->out, r->session);
    wire_put_named_uint(&r->out, "comms_overhead_ns", 0);
}

static bool put_array(wire_request *r, fm_tensor *tensor) {
    char id[24];
    uint64_t number;
    if (!wire_keep_array(r, fm_tensor_retain(tensor), &number)) return false;
    snprintf(id, sizeof id, "a%llu", (unsigned long long)number);
    const fm_symmetry *group = fm_tensor_symmetry(tensor);
    wire_put_map(&r->out, group ? 4 : 3);
    wire_put_named_text(&r->out, "id", id);
    wire_put_form(&r->out, tensor);
    if (group) wire_put_symmetry(&r->out, group);
    return true;
}

/* Single arrays are held against the limit, items of a tuple are not. */
static bool put_single(wire_request *r, const fm_tensor *tensor) {
    uint64_t most = r->session->limits->array_bytes, size = fm_tensor_nbytes(tensor);
    if (size > most)
        return wire_fail(r, "ValueError",
                         "result array too large: %llu bytes exceeds %llu byte limit",
                         (unsigned long long)size, (unsigned long long)most);
    return put_array(r, (fm_tensor *)(uintptr_t)tensor);
}

/* The dtype named for a Python number. */
static const char *class_of(fm_dtype dtype) {
    switch (fm_dtype_kind(dtype)) {
    case 'b':
        return "bool";
    case 'f':
        return "float64";
    default:
        return "int64";
    }
}

static void put_number(wire_out *out, fm_scalar value) {
    switch (fm_dtype_kind(value.dtype)) {
    case 'b':
        wire_put_bool(out, value.value.i != 0);
        break;
    case 'i':
        wire_put_int(out, value.value.i);
        break;
    case 'u':
        wire_put_uint(out, value.value.u);
        break;
    case 'f':
        wire_put_real(out, value.value.f);
        break;
    default: /* of a list in a list: the client has no complex numbers but as arrays */
        wire_put_list(out, 2);
        wire_put_real(out, value.value.c[0]);
        wire_put_real(out, value.value.c[1]);
    }
}

static void put_value(wire_out *out, fm_scalar value, const char *dtype) {
    wire_put_map(out, 2);
    wire_put_text(out, "value");
    put_number(out, value);
    wire_put_named_text(out, "dtype", dtype);
}

static bool put_text(wire_request *r, const char *text) {
    wire_put_map(&r->out, 2);
    wire_put_named_text(&r->out, "value", text);
    wire_put_named_text(&r->out, "dtype", "str");
    return true;
}

/* Dtypes of text have a name by their bits, "str64", which str() gives by characters, "<U2". */
static bool put_dtype(wire_request *r, const char *name) {
    char text[32];
    unsigned bits;
    char after;
    if (sscanf(name, "str%u%c", &bits, &after) != 1) return put_text(r, name);
    snprintf(text, sizeof text, "<U%u", bits / 32);
    return put_text(r, text);
}

static bool put_tensor(wire_request *r, const fm_tensor *tensor, enum call_form form, bool item) {
    fm_dtype dtype = fm_tensor_dtype(tensor);
    bool scalar = fm_tensor_ndim(tensor) == 0 && (form == CALL_SCALAR || form == CALL_PYTHON);
    /* msgpack has no complex numbers: flopscope's server fails there. */
    if (scalar && fm_dtype_kind(dtype) != 'c') {
        fm_scalar value;
        if (fm_tensor_item(r->session->ctx, tensor, &value) != FM_OK) return wire_fail_context(r);
        put_value(&r->out, value, form == CALL_PYTHON ? class_of(dtype) : fm_dtype_name(dtype));
        return true;
    }
    return item ? put_array(r, (fm_tensor *)(uintptr_t)tensor) : put_single(r, tensor);
}

/* A complex number as an array without axes. */
static bool put_complex(wire_request *r, const double parts[2]) {
    fm_tensor *tensor = NULL;
    fm_status status = fm_tensor_from_host(r->session->ctx, FM_COMPLEX128, 0, NULL, parts, &tensor);
    if (status != FM_OK) return wire_fail_context(r);
    bool done = put_array(r, tensor);
    fm_tensor_release(tensor);
    return done;
}

/* Elements as nested lists, where flopscope takes an array apart. */
static void put_nested(wire_out *out, const fm_tensor *tensor, int axis, const char **at) {
    size_t width = fm_dtype_size(fm_tensor_dtype(tensor));
    if (axis == fm_tensor_ndim(tensor)) {
        put_number(out, fm_scalar_load(fm_tensor_dtype(tensor), *at));
        *at += width;
        return;
    }
    int64_t extent = fm_tensor_shape(tensor)[axis];
    wire_put_list(out, (size_t)extent);
    for (int64_t i = 0; i < extent; i++) put_nested(out, tensor, axis + 1, at);
}

/* A value within a value: lists, maps, plain numbers. */
static bool put_plain(wire_request *r, const fm_value *value) {
    wire_out *out = &r->out;
    void *data;
    const char *at;
    switch (value->kind) {
    case FM_VALUE_TENSOR:
        if (!wire_read(r, value->as.tensor, &data)) return false;
        at = data;
        put_nested(out, value->as.tensor, 0, &at);
        return true;
    case FM_VALUE_BOOL:
        wire_put_bool(out, value->as.i != 0);
        return true;
    case FM_VALUE_INT:
        wire_put_int(out, value->as.i);
        return true;
    case FM_VALUE_FLOAT:
        wire_put_real(out, value->as.f);
        return true;
    case FM_VALUE_STRING:
        wire_put_text(out, value->as.string);
        return true;
    case FM_VALUE_DTYPE:
        wire_put_text(out, fm_dtype_name(value->as.dtype));
        return true;
    case FM_VALUE_INTS:
        wire_put_list(out, value->count);
        for (uint32_t i = 0; i < value->count; i++) wire_put_int(out, value->as.ints[i]);
        return true;
    case FM_VALUE_LIST:
    case FM_VALUE_TUPLE:
        wire_put_list(out, value->count);
        for (uint32_t i = 0; i < value->count; i++)
            if (!put_plain(r, &value->as.items[i])) return false;
        return true;
    case FM_VALUE_DICT:
        wire_put_map(out, value->count);
        for (uint32_t i = 0; i < 2 * value->count; i++)
            if (!put_plain(r, &value->as.items[i])) return false;
        return true;
    default:
        wire_put_nil(out);
        return true;
    }
}

static bool put_object(wire_request *r, const fm_value *value, const char *dtype) {
    wire_put_map(&r->out, dtype ? 2 : 1);
    wire_put_text(&r->out, "value");
    if (!put_plain(r, value)) return false;
    if (dtype) wire_put_named_text(&r->out, "dtype", dtype);
    return true;
}

/* One element of a tuple. A bool among them counts as Python's int, which it is. */
static bool put_item(wire_request *r, const fm_value *value, enum call_form form) {
    switch (value->kind) {
    case FM_VALUE_TENSOR:
        return put_tensor(r, value->as.tensor, form, true);
    case FM_VALUE_BOOL:
    case FM_VALUE_INT:
        return put_object(r, value, "int64");
    case FM_VALUE_FLOAT:
        return put_object(r, value, "float64");
    case FM_VALUE_COMPLEX:
        return put_complex(r, value->as.c);
    case FM_VALUE_STRING:
        return put_text(r, value->as.string);
    case FM_VALUE_LIST:
    case FM_VALUE_TUPLE:
    case FM_VALUE_INTS:
        return put_object(r, value, "object");
    case FM_VALUE_GENERATOR:
        return wire_fail(r, "UnsupportedReturnType",
                         "Generator is not serializable across the client/server boundary");
    default:
        return put_object(r, value, NULL);
    }
}

static bool put_many(wire_request *r, const fm_value *value, enum call_form form) {
    wire_put_map(&r->out, 1);
    wire_put_text(&r->out, "multi");
    wire_put_list(&r->out, value->count);
    for (uint32_t i = 0; i < value->count; i++) {
        fm_value one = {.kind = FM_VALUE_INT};
        if (value->kind == FM_VALUE_INTS)
            one.as.i = value->as.ints[i];
        else if (value->kind == FM_VALUE_TENSORS)
            one = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = value->as.tensors[i]};
        else
            one = value->as.items[i];
        if (!put_item(r, &one, form)) return false;
    }
    return true;
}

/* Tensors of one shape and dtype as one array with an axis before their own. */
static bool put_stack(wire_request *r, const fm_value *value) {
    const fm_tensor *first = value->as.items[0].as.tensor;
    size_t each = fm_tensor_nbytes(first);
    int64_t shape[FM_MAX_NDIM] = {value->count};
    int ndim = fm_tensor_ndim(first);
    char *data = wire_get(&r->memory, each * value->count + 1);
    fm_tensor *tensor = NULL;
    if (!data) return wire_no_memory(r);
    for (int d = 0; d < ndim && d + 1 < FM_MAX_NDIM; d++) shape[d + 1] = fm_tensor_shape(first)[d];
    fm_status status = FM_OK;
    for (uint32_t i = 0; i < value->count && status == FM_OK; i++)
        status =
            fm_tensor_to_host(r->session->ctx, value->as.items[i].as.tensor, data + i * each, each);
    if (status == FM_OK)
        status = fm_tensor_from_host(r->session->ctx, fm_tensor_dtype(first), ndim + 1, shape, data,
                                     &tensor);
    if (status != FM_OK) return wire_fail_context(r);
    bool done = put_single(r, tensor);
    fm_tensor_release(tensor);
    return done;
}

static bool put_generator(wire_request *r, const fm_generator *generator) {
    wire_session *session = r->session;
    char id[24];
    uint64_t number;
    if (session->generators.count >= session->limits->arrays)
        return wire_fail(r, "FlopscopeServerError",
                         "internal server error: MemoryError: generator limit reached: %llu",
                         (unsigned long long)session->limits->arrays);
    fm_generator *kept = malloc(sizeof *kept);
    if (!kept) return wire_no_memory(r);
    *kept = *generator;
    if (!wire_handles_put(&session->generators, kept, &number)) {
        free(kept);
        return wire_no_memory(r);
    }
    snprintf(id, sizeof id, "g%llu", (unsigned long long)number);
    wire_put_map(&r->out, 1);
    wire_put_named_text(&r->out, "gen_id", id);
    return true;
}

static bool put_bytes(wire_request *r, const fm_tensor *tensor) {
    void *data;
    if (!wire_read(r, tensor, &data)) return false;
    wire_put_map(&r->out, 1);
    wire_put_text(&r->out, "value");
    wire_put_bytes(&r->out, data, fm_tensor_nbytes(tensor));
    return true;
}

static bool put_whole(wire_request *r, const fm_value *value, enum call_form form) {
    switch (value->kind) {
    case FM_VALUE_TENSOR:
        if (form == CALL_BYTES) return put_bytes(r, value->as.tensor);
        return put_tensor(r, value->as.tensor, form, false);
    case FM_VALUE_TUPLE:
        if (form == CALL_STACK && value->count) return put_stack(r, value);
        return put_many(r, value, form);
    case FM_VALUE_TENSORS:
    case FM_VALUE_INTS:
    case FM_VALUE_LIST:
    case FM_VALUE_SLICE:
        return put_many(r, value, form);
    case FM_VALUE_GENERATOR:
        return put_generator(r, value->as.generator);
    case FM_VALUE_BOOL:
        return put_object(r, value, "bool");
    case FM_VALUE_INT:
        return put_object(r, value, "int64");
    case FM_VALUE_FLOAT:
        return put_object(r, value, "float64");
    case FM_VALUE_COMPLEX:
        return put_complex(r, value->as.c);
    case FM_VALUE_STRING:
        return form == CALL_DTYPE ? put_dtype(r, value->as.string) : put_text(r, value->as.string);
    case FM_VALUE_DTYPE:
        return put_text(r, fm_dtype_name(value->as.dtype));
    default:
        return put_object(r, value, NULL);
    }
}

bool wire_put_result(wire_request *r, const fm_value *value, enum call_form form) {
    wire_begin_ok(r);
    if (!put_whole(r, value, form)) return false;
    wire_end_ok(r);
    return true;
}
