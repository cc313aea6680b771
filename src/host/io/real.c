/* Reading single elements of any real dtype, and walking an array in row-major order. */
#include "io/real.h"

#include <math.h>
#include <string.h>

bool fm_io_is_real(fm_dtype dtype) {
    return (dtype >= FM_BOOL && dtype <= FM_FLOAT16) || dtype == FM_FLOAT32 || dtype == FM_FLOAT64;
}

/* IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
static double from_half(uint16_t bits) {
    int exponent = bits >> 10 & 31, fraction = bits & 1023;
    double magnitude = exponent == 0    ? ldexp(fraction, -24)
                       : exponent == 31 ? (fraction ? (double)NAN : (double)INFINITY)
                                        : ldexp(fraction + 1024, exponent - 25);
    return bits >> 15 ? -magnitude : magnitude;
}

#define READ_AS(type)                                                                              \
    {                                                                                              \
        type value;                                                                                \
        memcpy(&value, p, sizeof value);                                                           \
        return (double)value;                                                                      \
    }

double fm_io_real_at(const fm_io_array *array, uint64_t index) {
    const uint8_t *p = (const uint8_t *)array->data + index * fm_dtype_size(array->dtype);
    switch (array->dtype) {
    case FM_BOOL:
    case FM_UINT8:
        return *p;
    case FM_INT8:
        READ_AS(int8_t)
    case FM_INT16:
        READ_AS(int16_t)
    case FM_INT32:
        READ_AS(int32_t)
    case FM_INT64:
        READ_AS(int64_t)
    case FM_UINT16:
        READ_AS(uint16_t)
    case FM_UINT32:
        READ_AS(uint32_t)
    case FM_UINT64:
        READ_AS(uint64_t)
    case FM_FLOAT32:
        READ_AS(float)
    case FM_FLOAT64:
        READ_AS(double)
    case FM_FLOAT16: {
        uint16_t bits;
        memcpy(&bits, p, sizeof bits);
        return from_half(bits);
    }
    default:
        return (double)NAN;
    }
}

fm_io_walk fm_io_walk_start(const fm_io_array *array) {
    fm_io_walk walk = {.array = array};
    fm_io_array_strides(array, walk.step);
    for (int i = 0; i < array->rank; i++) {
        walk.step[i] /= (int64_t)fm_dtype_size(array->dtype);
    }
    return walk;
}

void fm_io_walk_next(fm_io_walk *walk) {
    for (int i = walk->array->rank - 1; i >= 0; i--) {
        walk->index += (uint64_t)walk->step[i];
        if (++walk->at[i] < walk->array->shape[i]) return;
        walk->index -= (uint64_t)(walk->step[i] * walk->array->shape[i]);
        walk->at[i] = 0;
    }
}
