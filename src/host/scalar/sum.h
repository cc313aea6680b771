/* The sum of two elements of any dtype as they are stored; halves are added in float32. */
#ifndef FM_SCALAR_SUM_H
#define FM_SCALAR_SUM_H

#include "scalar/cpx.h"
#include "scalar/flt.h"
#include "scalar/half.h"
#include "scalar/int.h"

#define FM_SUM_OF(suffix, dtype, T)                                                                \
    FM_FN T fm_sum_of_##suffix(T a, T b) {                                                         \
        return fm_add_##suffix(a, b);                                                              \
    }
FM_SUM_OF(b8, FM_BOOL, uint8_t)
FM_EACH_INT(FM_SUM_OF)
FM_EACH_FLT(FM_SUM_OF)
FM_EACH_CPX(FM_SUM_OF)
#undef FM_SUM_OF

FM_FN uint16_t fm_sum_of_f16(uint16_t a, uint16_t b) {
    return fm_f32_to_f16(fm_f16_to_f32(a) + fm_f16_to_f32(b));
}
FM_FN uint16_t fm_sum_of_bf16(uint16_t a, uint16_t b) {
    return fm_f32_to_bf16(fm_bf16_to_f32(a) + fm_bf16_to_f32(b));
}

#endif
