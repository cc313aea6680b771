/* Tensors of a line: arrays element by element, by the fill rule, zeros, bytes, .npy files. */
#include "cli/call.h"
#include "core/element.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* dtype, shape and memory of a tensor to be made. */
typedef struct draft {
    fm_dtype dtype;
    int ndim;
    int64_t shape[FM_MAX_NDIM];
    int64_t size;
    char *data;
} draft;

static bool read_dtype(call_line *line, const call_json *json, fm_dtype *out) {
    if (!json || json->kind != CALL_STRING)
        return call_fail(&line->failure, "ValueError", "an array has no dtype");
    *out = fm_dtype_parse(json->as.string);
    return *out || call_fail(&line->failure, "TypeError", "'%.40s' is no dtype", json->as.string);
}

static bool read_shape(call_line *line, const call_json *json, draft *d) {
    if (!json || json->kind != CALL_LIST || json->length > FM_MAX_NDIM)
        return call_fail(&line->failure, "ValueError", "an array has no shape of at most %d axes",
                         FM_MAX_NDIM);
    d->size = 1;
    for (const call_json *one = json->as.first; one; one = one->next) {
        if (one->kind != CALL_INT || one->as.i < 0)
            return call_fail(&line->failure, "ValueError", "an extent is no integer from 0 on");
        d->shape[d->ndim++] = one->as.i;
    }
    for (int i = 0; i < d->ndim; i++)
        if (__builtin_mul_overflow(d->size, d->shape[i], &d->size) || d->size > INT64_MAX / 16)
            return call_fail(&line->failure, "ValueError", "an array is too large");
    return true;
}

/* Reads dtype and shape and makes room. */
static bool open_draft(call_line *line, const call_json *body, draft *d) {
    *d = (draft){0};
    if (!read_dtype(line, call_member(body, "dtype"), &d->dtype) ||
        !read_shape(line, call_member(body, "shape"), d))
        return false;
    d->data = calloc((size_t)d->size + 1, fm_dtype_size(d->dtype));
    return d->data || call_fail(&line->failure, "MemoryError", "no memory for an array");
}

/* The tensor of the drafted elements, which are freed. */
static bool close_draft(call_line *line, draft *d, fm_value *out) {
    fm_tensor *tensor = NULL;
    fm_status status =
        fm_tensor_from_host(line->ctx, d->dtype, d->ndim, d->shape, d->data, &tensor);
    free(d->data);
    if (status != FM_OK) return call_fail_context(&line->failure, line->ctx);
    if (!wire_keep(&line->memory, tensor))
        return call_fail(&line->failure, "MemoryError", "no memory for an array");
    *out = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = tensor};
    return true;
}

/* One real number; texts are "nan", "inf", "-inf". */
static bool real(const call_json *json, fm_scalar *out) {
    switch (json->kind) {
    case CALL_BOOL:
    case CALL_INT:
        *out = fm_int(json->as.i);
        return true;
    case CALL_UINT:
        *out = (fm_scalar){FM_UINT64, {.u = json->as.u}};
        return true;
    case CALL_FLOAT:
        *out = fm_float(json->as.f);
        return true;
    case CALL_STRING:
        *out = fm_float(!strcmp(json->as.string, "inf")    ? INFINITY
                        : !strcmp(json->as.string, "-inf") ? -INFINITY
                                                           : NAN);
        return !strcmp(json->as.string, "nan") || isinf(out->value.f);
    default:
        return false;
    }
}

static double as_double(fm_scalar scalar) {
    if (scalar.dtype == FM_FLOAT64) return scalar.value.f;
    return scalar.dtype == FM_UINT64 ? (double)scalar.value.u : (double)scalar.value.i;
}

static bool element(const call_json *json, fm_dtype dtype, void *to) {
    fm_scalar value, imaginary;
    if (json->kind == CALL_LIST) {
        if (json->length != 2 || fm_dtype_kind(dtype) != 'c') return false;
        if (!real(json->as.first, &value) || !real(json->as.first->next, &imaginary)) return false;
        value = fm_complex(as_double(value), as_double(imaginary));
    } else if (!real(json, &value)) {
        return false;
    }
    fm_scalar_store(dtype, value, to);
    return true;
}

static bool from_list(call_line *line, const call_json *data, draft *d) {
    size_t width = fm_dtype_size(d->dtype), at = 0;
    if (!data || data->kind != CALL_LIST)
        return call_fail(&line->failure, "ValueError", "an array has no data");
    if ((int64_t)data->length != d->size)
        return call_fail(&line->failure, "ValueError",
                         "an array has %u elements, but its shape holds %lld", data->length,
                         (long long)d->size);
    for (const call_json *one = data->as.first; one; one = one->next, at++)
        if (!element(one, d->dtype, d->data + at * width))
            return call_fail(&line->failure, "ValueError", "element %zu is no %s", at,
                             fm_dtype_name(d->dtype));
    return true;
}

/* The rule of the case format: a linear congruential generator and what each kind takes of it. */
static bool by_rule(call_line *line, const call_json *body, draft *d) {
    const call_json *rule = call_member(body, "rule"), *seed = call_member(body, "seed");
    if (!rule || rule->kind != CALL_STRING || strcmp(rule->as.string, "lcg") != 0)
        return call_fail(&line->failure, "ValueError", "a fill has no rule but lcg");
    if (!seed || seed->kind != CALL_INT)
        return call_fail(&line->failure, "ValueError", "a fill has no seed");
    uint32_t x = (uint32_t)seed->as.i;
    size_t width = fm_dtype_size(d->dtype);
    char kind = fm_dtype_kind(d->dtype);
    for (int64_t i = 0; i < d->size; i++) {
        double part[2] = {0, 0};
        for (int draw = 0; draw < (kind == 'c' ? 2 : 1); draw++) {
            x = 1664525u * x + 1013904223u;
            part[draw] = (double)(x >> 8) / 16777216.0 * 2 - 1;
        }
        fm_scalar value = fm_float(part[0]);
        if (kind == 'c') value = fm_complex(part[0], part[1]);
        if (kind == 'i') value = fm_int((int64_t)(x >> 16) % 201 - 100);
        if (kind == 'b') value = fm_int(x >> 31);
        if (kind == 'u') value = fm_int(x >> 24);
        fm_scalar_store(d->dtype, value, d->data + (size_t)i * width);
    }
    return true;
}

/* What isscalar is asked about: a number, which an array without axes is not. */
static bool number(const call_json *json, fm_value *out) {
    out->kind = json->kind == CALL_BOOL  ? FM_VALUE_BOOL
                : json->kind == CALL_INT ? FM_VALUE_INT
                                         : FM_VALUE_FLOAT;
    return true;
}

/* A NumPy scalar: an operand without axes that is not weak. */
static bool scalar(call_line *line, const call_json *body, fm_value *out) {
    draft d = {.size = 1};
    const call_json *value = call_member(body, "value");
    if (!read_dtype(line, call_member(body, "dtype"), &d.dtype)) return false;
    if (value && !strcmp(line->op, "isscalar")) return number(value, out);
    d.data = calloc(1, 16);
    if (!d.data) return call_fail(&line->failure, "MemoryError", "no memory for a scalar");
    if (value && element(value, d.dtype, d.data)) return close_draft(line, &d, out);
    free(d.data);
    return call_fail(&line->failure, "ValueError", "a scalar has no value");
}

static int digit(char c) {
    const char *digits = "0123456789abcdef";
    if (c >= 'A' && c <= 'F') c = (char)(c - 'A' + 'a');
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) : -1;
}

static bool bytes(call_line *line, const call_json *body, fm_value *out) {
    draft d = {.dtype = FM_UINT8, .ndim = 1};
    if (body->kind != CALL_STRING || body->length % 2)
        return call_fail(&line->failure, "ValueError", "bytes are no pairs of hex digits");
    d.size = d.shape[0] = body->length / 2;
    d.data = calloc((size_t)d.size + 1, 1);
    if (!d.data) return call_fail(&line->failure, "MemoryError", "no memory for bytes");
    for (int64_t i = 0; i < d.size; i++) {
        int high = digit(body->as.string[2 * i]), low = digit(body->as.string[2 * i + 1]);
        if (high < 0 || low < 0) {
            free(d.data);
            return call_fail(&line->failure, "ValueError", "bytes are no pairs of hex digits");
        }
        d.data[i] = (char)(high * 16 + low);
    }
    return close_draft(line, &d, out);
}

static bool from_file(call_line *line, const call_json *body, fm_value *out) {
    fm_tensor *tensor = NULL;
    if (body->kind != CALL_STRING) return call_fail(&line->failure, "ValueError", "npy is no path");
    if (fm_npy_read(line->ctx, body->as.string, &tensor) != FM_OK)
        return call_fail_context(&line->failure, line->ctx);
    if (!wire_keep(&line->memory, tensor))
        return call_fail(&line->failure, "MemoryError", "no memory for an array");
    *out = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = tensor};
    return true;
}

bool call_array(call_line *line, const char *form, const call_json *body, fm_value *out) {
    draft d;
    if (!strcmp(form, "scalar")) return scalar(line, body, out);
    if (!strcmp(form, "bytes")) return bytes(line, body, out);
    if (!strcmp(form, "npy")) return from_file(line, body, out);
    if (!open_draft(line, body, &d)) return false;
    bool done = true;
    if (!strcmp(form, "array")) done = from_list(line, call_member(body, "data"), &d);
    if (!strcmp(form, "fill")) done = by_rule(line, body, &d);
    if (done) return close_draft(line, &d, out) && call_declare(line, body, out);
    free(d.data);
    return false;
}

/* MT19937 as NumPy seeds it from one integer: Matsumoto and Nishimura's init_by_array of the seed's
   32-bit words for seeds past 32 bits, init_genrand below. */
bool call_rng_state(call_line *line, const call_json *body, fm_value *out) {
    enum { WORDS = 624 };
    if (body->kind != CALL_INT || body->as.i < 0 || body->as.i > UINT32_MAX)
        return call_fail(&line->failure, "ValueError", "rng_state is no seed of 32 bits");
    draft d = {.dtype = FM_UINT32, .ndim = 1, .shape = {WORDS}, .size = WORDS};
    uint32_t *key = calloc(WORDS, sizeof *key);
    fm_value *items = call_get(&line->memory, 5 * sizeof *items);
    if (!key || !items) {
        free(key);
        return call_fail(&line->failure, "MemoryError", "no memory for a state");
    }
    key[0] = (uint32_t)body->as.i;
    for (uint32_t i = 1; i < WORDS; i++) key[i] = 1812433253u * (key[i - 1] ^ key[i - 1] >> 30) + i;
    d.data = (char *)key;
    items[0] = (fm_value){.kind = FM_VALUE_STRING, .as.string = "MT19937"};
    items[2] = (fm_value){.kind = FM_VALUE_INT, .as.i = WORDS};
    items[3] = (fm_value){.kind = FM_VALUE_INT, .as.i = 0};
    items[4] = (fm_value){.kind = FM_VALUE_FLOAT, .as.f = 0};
    *out = (fm_value){.kind = FM_VALUE_TUPLE, .count = 5, .as.items = items};
    return close_draft(line, &d, &items[1]);
}
