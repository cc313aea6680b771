/* Arithmetic progressions as NumPy's arange fills them: start + i * delta, with start and delta
   brought to the dtype first. */
#ifndef FM_SCALAR_FILL_H
#define FM_SCALAR_FILL_H

#include "scalar/convert.h"

#include <flopmeter/dtype.h>

/* Integers wrap in start and delta; floats, and the real parts of complex numbers, have real ones.
   float16 and bfloat16 are computed in float32. */
typedef struct fm_arange {
    uint64_t start, delta;
    double real_start, real_delta;
} fm_arange;

/* The second element is rounded as the first is, and delta is their difference. */
static inline fm_arange fm_arange_of(fm_dtype dtype, fm_scalar start, fm_scalar step) {
    bool real = start.dtype == FM_FLOAT64;
    fm_arange a = {0, 0, 0, 0};
    a.start = (uint64_t)(real ? fm_f64_to_i64(start.value.f) : start.value.i);
    double first = real ? start.value.f : (double)start.value.i;
    double second = real ? first + step.value.f
                         : (double)(int64_t)((uint64_t)start.value.i + (uint64_t)step.value.i);
    a.delta = real ? (uint64_t)fm_f64_to_i64(second) - a.start : (uint64_t)step.value.i;
    if (dtype == FM_FLOAT32 || dtype == FM_COMPLEX64) {
        first = (double)(float)first;
        second = (double)(float)second;
    } else if (dtype == FM_FLOAT16) {
        first = (double)fm_f16_to_f32(fm_f64_to_f16(first));
        second = (double)fm_f16_to_f32(fm_f64_to_f16(second));
    } else if (dtype == FM_BFLOAT16) {
        first = (double)fm_bf16_to_f32(fm_f64_to_bf16(first));
        second = (double)fm_bf16_to_f32(fm_f64_to_bf16(second));
    }
    bool narrow = dtype != FM_FLOAT64 && dtype != FM_COMPLEX128;
    a.real_start = first;
    a.real_delta = narrow ? (double)((float)second - (float)first) : second - first;
    return a;
}

#define FM_ARANGE_INT(suffix, dtype, type)                                                         \
    FM_FN type fm_arange_##suffix(fm_arange a, int64_t i) {                                        \
        return (type)(a.start + (uint64_t)i * a.delta);                                            \
    }
FM_EACH_INT(FM_ARANGE_INT)
#undef FM_ARANGE_INT

FM_FN uint8_t fm_arange_b8(fm_arange a, int64_t i) {
    return fm_arange_u64(a, i) != 0;
}
FM_FN float fm_arange_f32(fm_arange a, int64_t i) {
    return (float)a.real_start + (float)i * (float)a.real_delta;
}
FM_FN double fm_arange_f64(fm_arange a, int64_t i) {
    return a.real_start + (double)i * a.real_delta;
}
FM_FN uint16_t fm_arange_f16(fm_arange a, int64_t i) {
    return fm_f32_to_f16(fm_arange_f32(a, i));
}
FM_FN uint16_t fm_arange_bf16(fm_arange a, int64_t i) {
    return fm_f32_to_bf16(fm_arange_f32(a, i));
}
FM_FN fm_c64 fm_arange_c64(fm_arange a, int64_t i) {
    return fm_f32_to_c64(fm_arange_f32(a, i));
}
FM_FN fm_c128 fm_arange_c128(fm_arange a, int64_t i) {
    return fm_f64_to_c128(fm_arange_f64(a, i));
}

#endif
