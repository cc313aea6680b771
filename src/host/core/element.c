/* Elements of host memory as numbers. */
#include "core/element.h"
#include "scalar/convert.h"

#include <string.h>

#define LOAD(type, member)                                                                         \
    do {                                                                                           \
        type raw;                                                                                  \
        memcpy(&raw, element, sizeof raw);                                                         \
        out.value.member = raw;                                                                    \
    } while (0)

fm_scalar fm_scalar_load(fm_dtype dtype, const void *element) {
    fm_scalar out = {dtype, {0}};
    uint16_t half;
    float pair[2];
    switch (dtype) {
    case FM_BOOL:
        out.value.i = *(const uint8_t *)element != 0;
        break;
    case FM_INT8:
        LOAD(int8_t, i);
        break;
    case FM_INT16:
        LOAD(int16_t, i);
        break;
    case FM_INT32:
        LOAD(int32_t, i);
        break;
    case FM_INT64:
        LOAD(int64_t, i);
        break;
    case FM_UINT8:
        LOAD(uint8_t, u);
        break;
    case FM_UINT16:
        LOAD(uint16_t, u);
        break;
    case FM_UINT32:
        LOAD(uint32_t, u);
        break;
    case FM_UINT64:
        LOAD(uint64_t, u);
        break;
    case FM_FLOAT16:
    case FM_BFLOAT16:
        memcpy(&half, element, sizeof half);
        out.value.f = (double)(dtype == FM_FLOAT16 ? fm_f16_to_f32(half) : fm_bf16_to_f32(half));
        break;
    case FM_FLOAT32:
        memcpy(pair, element, sizeof pair[0]);
        out.value.f = (double)pair[0];
        break;
    case FM_FLOAT64:
        LOAD(double, f);
        break;
    case FM_COMPLEX64:
        memcpy(pair, element, sizeof pair);
        out.value.c[0] = (double)pair[0];
        out.value.c[1] = (double)pair[1];
        break;
    default:
        memcpy(out.value.c, element, sizeof out.value.c);
        break;
    }
    return out;
}

/* The number's real part as a double, and as an integer with wrapping. */
static double real_of(fm_scalar value) {
    switch (fm_dtype_kind(value.dtype)) {
    case 'f':
        return value.value.f;
    case 'c':
        return value.value.c[0];
    case 'u':
        return (double)value.value.u;
    default:
        return (double)value.value.i;
    }
}

static int64_t integer_of(fm_scalar value, bool is_unsigned) {
    char kind = fm_dtype_kind(value.dtype);
    if (kind != 'f' && kind != 'c') return value.value.i;
    return is_unsigned ? (int64_t)fm_f64_to_u64(real_of(value)) : fm_f64_to_i64(real_of(value));
}

static uint8_t truth_of(fm_scalar value) {
    switch (fm_dtype_kind(value.dtype)) {
    case 'f':
        return value.value.f != 0.0;
    case 'c':
        return value.value.c[0] != 0.0 || value.value.c[1] != 0.0;
    default:
        return value.value.i != 0;
    }
}

void fm_scalar_store(fm_dtype dtype, fm_scalar value, void *element) {
    char kind = fm_dtype_kind(dtype);
    double re = real_of(value), im = fm_dtype_kind(value.dtype) == 'c' ? value.value.c[1] : 0.0;
    float pair[2] = {(float)re, (float)im};
    uint16_t half;
    switch (kind) {
    case 'b':
        *(uint8_t *)element = truth_of(value);
        return;
    case 'i':
    case 'u': {
        int64_t integer = integer_of(value, kind == 'u');
        memcpy(element, &integer, fm_dtype_size(dtype)); /* little-endian: the low bytes */
        return;
    }
    default:
        break;
    }
    if (dtype == FM_FLOAT64)
        memcpy(element, &re, sizeof re);
    else if (dtype == FM_FLOAT32)
        memcpy(element, pair, sizeof pair[0]);
    else if (dtype == FM_COMPLEX64)
        memcpy(element, pair, sizeof pair);
    else if (dtype == FM_COMPLEX128)
        memcpy(element, (double[]){re, im}, 2 * sizeof re);
    else {
        half = dtype == FM_FLOAT16 ? fm_f64_to_f16(re) : fm_f64_to_bf16(re);
        memcpy(element, &half, sizeof half);
    }
}
