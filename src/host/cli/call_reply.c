/* Results as the cases write them. */
#include "cli/call.h"
#include "core/element.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The element that a text gives in a dtype. */
static double read_back(const char *text, fm_dtype dtype) {
    char element[16];
    fm_scalar_store(dtype, fm_float(strtod(text, NULL)), element);
    return fm_scalar_load(dtype, element).value.f;
}

/* The fewest digits that give the same element of the dtype again, as NumPy prints it. */
static void put_real(fm_json_writer *json, double value, fm_dtype dtype) {
    char text[FM_JSON_NUMBER];
    if (!isfinite(value)) {
        fm_json_put_string(json, fm_json_double_text(value, text));
        return;
    }
    if (dtype == FM_COMPLEX64) dtype = FM_FLOAT32;
    bool narrow = dtype == FM_FLOAT16 || dtype == FM_BFLOAT16 || dtype == FM_FLOAT32;
    for (int digits = 1; narrow && digits <= 9; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (read_back(text, dtype) != value) continue;
        fm_json_put_double(json, strtod(text, NULL));
        return;
    }
    fm_json_put_double(json, value);
}

static void put_scalar(fm_json_writer *json, fm_scalar value) {
    switch (fm_dtype_kind(value.dtype)) {
    case 'b':
        fm_json_put_bool(json, value.value.i != 0);
        break;
    case 'i':
        fm_json_put_int(json, value.value.i);
        break;
    case 'u':
        fm_json_put_uint(json, value.value.u);
        break;
    case 'f':
        put_real(json, value.value.f, value.dtype);
        break;
    default:
        fm_json_open_list(json);
        put_real(json, value.value.c[0], value.dtype);
        put_real(json, value.value.c[1], value.dtype);
        fm_json_close_list(json);
    }
}

static void put_named(fm_json_writer *json, const char *key, const char *text) {
    fm_json_key(json, key);
    fm_json_put_string(json, text);
}

/* A Python value: {"scalar": value, "dtype": its class}. */
static void put_python(fm_json_writer *json, fm_scalar value, const char *class_name) {
    fm_json_open_object(json);
    fm_json_key(json, "scalar");
    put_scalar(json, value);
    put_named(json, "dtype", class_name);
    fm_json_close_object(json);
}

static void put_elements(fm_json_writer *json, const fm_tensor *tensor, const char *data) {
    fm_dtype dtype = fm_tensor_dtype(tensor);
    size_t width = fm_dtype_size(dtype);
    for (int64_t i = 0; i < fm_tensor_size(tensor); i++)
        put_scalar(json, fm_scalar_load(dtype, data + (size_t)i * width));
}

/* outer: the extent of an axis before the tensor's own; 0: there is none. */
static void open_array(fm_json_writer *json, const fm_tensor *tensor, uint32_t outer) {
    fm_json_open_object(json);
    fm_json_key(json, "array");
    fm_json_open_object(json);
    put_named(json, "dtype", fm_dtype_name(fm_tensor_dtype(tensor)));
    fm_json_key(json, "shape");
    fm_json_open_list(json);
    if (outer) fm_json_put_int(json, outer);
    for (int d = 0; d < fm_tensor_ndim(tensor); d++)
        fm_json_put_int(json, fm_tensor_shape(tensor)[d]);
    fm_json_close_list(json);
}

static void put_array(fm_json_writer *json, const fm_tensor *tensor, const char *data) {
    open_array(json, tensor, 0);
    if (data) {
        fm_json_key(json, "data");
        fm_json_open_list(json);
        put_elements(json, tensor, data);
        fm_json_close_list(json);
    }
    if (fm_tensor_symmetry(tensor)) {
        fm_json_key(json, "symmetry");
        call_put_group(json, fm_tensor_symmetry(tensor));
    }
    fm_json_close_object(json);
    fm_json_close_object(json);
}

static const char *class_of(fm_dtype dtype, enum call_form form) {
    if (form != CALL_PYTHON) return fm_dtype_name(dtype);
    switch (fm_dtype_kind(dtype)) {
    case 'b':
        return "bool";
    case 'f':
        return "float";
    case 'c':
        return "complex";
    default:
        return "int";
    }
}

static bool put_tensor(call_line *line, fm_json_writer *json, const fm_tensor *tensor,
                       enum call_form form, enum call_results results) {
    bool scalar = fm_tensor_ndim(tensor) == 0 && (form == CALL_SCALAR || form == CALL_PYTHON);
    bool wanted = scalar || results == CALL_RESULTS_ALL ||
                  (results == CALL_RESULTS_GOLDEN && fm_tensor_size(tensor) <= CALL_MOST_ELEMENTS);
    char *data = NULL;
    if (wanted) {
        size_t bytes = fm_tensor_nbytes(tensor);
        data = malloc(bytes + 1);
        if (!data) return call_fail(&line->failure, "MemoryError", "no memory for a result");
        if (fm_tensor_to_host(line->ctx, tensor, data, bytes) != FM_OK) {
            free(data);
            return call_fail_context(&line->failure, line->ctx);
        }
    }
    if (scalar)
        put_python(json, fm_scalar_load(fm_tensor_dtype(tensor), data),
                   class_of(fm_tensor_dtype(tensor), form));
    else
        put_array(json, tensor, data);
    free(data);
    return true;
}

/* Tensors of one shape and dtype as one array, their elements where results hold any. */
static bool put_stack(call_line *line, fm_json_writer *json, const fm_value *items, uint32_t count,
                      enum call_results results) {
    const fm_tensor *first = items[0].as.tensor;
    bool wanted =
        results == CALL_RESULTS_ALL ||
        (results == CALL_RESULTS_GOLDEN && fm_tensor_size(first) * count <= CALL_MOST_ELEMENTS);
    open_array(json, first, count);
    if (wanted) {
        fm_json_key(json, "data");
        fm_json_open_list(json);
    }
    for (uint32_t i = 0; wanted && i < count; i++) {
        const fm_tensor *tensor = items[i].as.tensor;
        size_t bytes = fm_tensor_nbytes(tensor);
        char *data = malloc(bytes + 1);
        if (!data) return call_fail(&line->failure, "MemoryError", "no memory for a result");
        fm_status status = fm_tensor_to_host(line->ctx, tensor, data, bytes);
        if (status == FM_OK) put_elements(json, tensor, data);
        free(data);
        if (status != FM_OK) return call_fail_context(&line->failure, line->ctx);
    }
    if (wanted) fm_json_close_list(json);
    fm_json_close_object(json);
    fm_json_close_object(json);
    return true;
}

static bool put_many(call_line *line, fm_json_writer *json, const fm_value *value,
                     enum call_form form, enum call_results results) {
    if (form == CALL_STACK && value->kind == FM_VALUE_TUPLE)
        return put_stack(line, json, value->as.items, value->count, results);
    fm_json_open_object(json);
    fm_json_key(json, "multi");
    fm_json_open_list(json);
    for (uint32_t i = 0; i < value->count; i++) {
        fm_value one = {.kind = FM_VALUE_INT};
        if (value->kind == FM_VALUE_INTS)
            one.as.i = value->as.ints[i];
        else if (value->kind == FM_VALUE_TENSORS)
            one = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = value->as.tensors[i]};
        else
            one = value->as.items[i];
        if (!call_put_value(line, json, &one, form, results)) return false;
    }
    fm_json_close_list(json);
    fm_json_close_object(json);
    return true;
}

/* A value of numbers, texts and lists as JSON has them. */
static void put_plain(fm_json_writer *json, const fm_value *value) {
    if (value->kind == FM_VALUE_STRING) {
        fm_json_put_string(json, value->as.string);
    } else if (value->kind == FM_VALUE_INT) {
        fm_json_put_int(json, value->as.i);
    } else {
        fm_json_open_list(json);
        for (uint32_t i = 0; i < value->count; i++)
            if (value->kind == FM_VALUE_INTS)
                fm_json_put_int(json, value->as.ints[i]);
            else
                put_plain(json, &value->as.items[i]);
        fm_json_close_list(json);
    }
}

/* {"path_info": {key: plain value}} */
static void put_path_info(fm_json_writer *json, const fm_value *value) {
    fm_json_open_object(json);
    fm_json_key(json, "path_info");
    fm_json_open_object(json);
    for (uint32_t i = 0; i < value->count; i++) {
        fm_json_key(json, value->as.items[2 * i].as.string);
        put_plain(json, &value->as.items[2 * i + 1]);
    }
    fm_json_close_object(json);
    fm_json_close_object(json);
}

/* {"dict": {key: value}}; keys are texts. */
static bool put_dict(call_line *line, fm_json_writer *json, const fm_value *value,
                     enum call_form form, enum call_results results) {
    fm_json_open_object(json);
    fm_json_key(json, "dict");
    fm_json_open_object(json);
    for (uint32_t i = 0; i < value->count; i++) {
        fm_json_key(json, value->as.items[2 * i].as.string);
        if (!call_put_value(line, json, &value->as.items[2 * i + 1], form, results)) return false;
    }
    fm_json_close_object(json);
    fm_json_close_object(json);
    return true;
}

/* Bytes as their number, and in hex digits. */
static bool put_bytes(call_line *line, fm_json_writer *json, const fm_tensor *tensor,
                      enum call_results results) {
    size_t count = fm_tensor_nbytes(tensor);
    uint8_t *data = call_get(&line->memory, count + 1);
    char *hex = call_get(&line->memory, 2 * count + 1);
    if (!data || !hex) return call_fail(&line->failure, "MemoryError", "no memory for a result");
    if (fm_tensor_to_host(line->ctx, tensor, data, count) != FM_OK)
        return call_fail_context(&line->failure, line->ctx);
    for (size_t i = 0; i < count; i++) snprintf(hex + 2 * i, 3, "%02x", data[i]);
    fm_json_open_object(json);
    fm_json_key(json, "scalar");
    fm_json_put_uint(json, count);
    put_named(json, "dtype", "bytes");
    bool wanted = results == CALL_RESULTS_ALL ||
                  (results == CALL_RESULTS_GOLDEN && count <= CALL_MOST_ELEMENTS);
    if (wanted) put_named(json, "hex", hex);
    fm_json_close_object(json);
    return true;
}

bool call_put_value(call_line *line, fm_json_writer *json, const fm_value *value,
                    enum call_form form, enum call_results results) {
    switch (value->kind) {
    case FM_VALUE_TENSOR:
        if (form == CALL_BYTES) return put_bytes(line, json, value->as.tensor, results);
        return put_tensor(line, json, value->as.tensor, form, results);
    case FM_VALUE_TENSORS:
    case FM_VALUE_INTS:
    case FM_VALUE_LIST:
    case FM_VALUE_TUPLE:
    case FM_VALUE_SLICE:
        return put_many(line, json, value, form, results);
    case FM_VALUE_DICT:
        if (form == CALL_PATH) return put_path_info(json, value), true;
        return put_dict(line, json, value, form, results);
    case FM_VALUE_SYMMETRY:
        fm_json_open_object(json);
        fm_json_key(json, "group");
        call_put_group(json, value->as.symmetry);
        fm_json_close_object(json);
        return true;
    case FM_VALUE_GENERATOR:
        fm_json_open_object(json);
        put_named(json, "object", "Generator");
        fm_json_close_object(json);
        return true;
    case FM_VALUE_BOOL:
        put_python(json, fm_bool(value->as.i != 0), "bool");
        return true;
    case FM_VALUE_INT:
        put_python(json, fm_int(value->as.i), "int");
        return true;
    case FM_VALUE_FLOAT:
        put_python(json, fm_float(value->as.f), "float");
        return true;
    case FM_VALUE_COMPLEX:
        put_python(json, fm_complex(value->as.c[0], value->as.c[1]), "complex");
        return true;
    case FM_VALUE_STRING:
        fm_json_open_object(json);
        if (form != CALL_DTYPE) put_named(json, "scalar", value->as.string);
        put_named(json, "dtype", form == CALL_DTYPE ? value->as.string : "str");
        fm_json_close_object(json);
        return true;
    case FM_VALUE_DTYPE:
        fm_json_open_object(json);
        put_named(json, "dtype", fm_dtype_name(value->as.dtype));
        fm_json_close_object(json);
        return true;
    default:
        fm_json_put_null(json);
        return true;
    }
}
