/* Functions of integer elements: fm_<name>_i8 to fm_<name>_u64, and of bool as fm_<name>_b8. */
#ifndef FM_SCALAR_INT_H
#define FM_SCALAR_INT_H

#include "scalar/fn.h"

#define T       int8_t
#define U       uint8_t
#define W       uint32_t
#define BITS    8
#define SIGNED  1
#define S(name) fm_##name##_i8
#include "scalar/int.inc"
#undef T
#undef U
#undef W
#undef BITS
#undef SIGNED
#undef S

#define T       int16_t
#define U       uint16_t
#define W       uint32_t
#define BITS    16
#define SIGNED  1
#define S(name) fm_##name##_i16
#include "scalar/int.inc"
#undef T
#undef U
#undef W
#undef BITS
#undef SIGNED
#undef S

#define T       int32_t
#define U       uint32_t
#define W       uint32_t
#define BITS    32
#define SIGNED  1
#define S(name) fm_##name##_i32
#include "scalar/int.inc"
#undef T
#undef U
#undef W
#undef BITS
#undef SIGNED
#undef S

#define T       int64_t
#define U       uint64_t
#define W       uint64_t
#define BITS    64
#define SIGNED  1
#define S(name) fm_##name##_i64
#include "scalar/int.inc"
#undef T
#undef U
#undef W
#undef BITS
#undef SIGNED
#undef S

#define T       uint8_t
#define U       uint8_t
#define W       uint32_t
#define BITS    8
#define SIGNED  0
#define S(name) fm_##name##_u8
#include "scalar/int.inc"
#undef T
#undef U
#undef W
#undef BITS
#undef SIGNED
#undef S

#define T       uint16_t
#define U       uint16_t
#define W       uint32_t
#define BITS    16
#define SIGNED  0
#define S(name) fm_##name##_u16
#include "scalar/int.inc"
#undef T
#undef U
#undef W
#undef BITS
#undef SIGNED
#undef S

#define T       uint32_t
#define U       uint32_t
#define W       uint32_t
#define BITS    32
#define SIGNED  0
#define S(name) fm_##name##_u32
#include "scalar/int.inc"
#undef T
#undef U
#undef W
#undef BITS
#undef SIGNED
#undef S

#define T       uint64_t
#define U       uint64_t
#define W       uint64_t
#define BITS    64
#define SIGNED  0
#define S(name) fm_##name##_u64
#include "scalar/int.inc"
#undef T
#undef U
#undef W
#undef BITS
#undef SIGNED
#undef S

/* int64 against uint64, which have no common integer type. */

FM_FN uint8_t fm_greater_mixed(int64_t a, uint64_t b) {
    return a >= 0 && (uint64_t)a > b;
}
FM_FN uint8_t fm_greater_equal_mixed(int64_t a, uint64_t b) {
    return a >= 0 && (uint64_t)a >= b;
}
FM_FN uint8_t fm_less_mixed(int64_t a, uint64_t b) {
    return a < 0 || (uint64_t)a < b;
}
FM_FN uint8_t fm_less_equal_mixed(int64_t a, uint64_t b) {
    return a < 0 || (uint64_t)a <= b;
}
FM_FN uint8_t fm_equal_mixed(int64_t a, uint64_t b) {
    return a >= 0 && (uint64_t)a == b;
}
FM_FN uint8_t fm_not_equal_mixed(int64_t a, uint64_t b) {
    return a < 0 || (uint64_t)a != b;
}

/* bool is a byte 0 or 1: sums are "or", products are "and". */

FM_FN uint8_t fm_absolute_b8(uint8_t x) {
    return x;
}
FM_FN uint8_t fm_floor_b8(uint8_t x) {
    return x;
}
FM_FN uint8_t fm_ceil_b8(uint8_t x) {
    return x;
}
FM_FN uint8_t fm_trunc_b8(uint8_t x) {
    return x;
}
FM_FN uint8_t fm_invert_b8(uint8_t x) {
    return x ^ 1;
}
FM_FN uint8_t fm_real_b8(uint8_t x) {
    return x;
}
FM_FN uint8_t fm_imag_b8(uint8_t x) {
    return fm_imag_u8(x);
}
FM_FN uint8_t fm_isnan_b8(uint8_t x) {
    return fm_isnan_u8(x);
}
FM_FN uint8_t fm_isinf_b8(uint8_t x) {
    return fm_isinf_u8(x);
}
FM_FN uint8_t fm_isfinite_b8(uint8_t x) {
    return fm_isfinite_u8(x);
}
FM_FN uint8_t fm_logical_not_b8(uint8_t x) {
    return x ^ 1;
}
FM_FN uint8_t fm_add_b8(uint8_t a, uint8_t b) {
    return a | b;
}
FM_FN uint8_t fm_multiply_b8(uint8_t a, uint8_t b) {
    return a & b;
}
FM_FN uint8_t fm_maximum_b8(uint8_t a, uint8_t b) {
    return a | b;
}
FM_FN uint8_t fm_minimum_b8(uint8_t a, uint8_t b) {
    return a & b;
}
FM_FN uint8_t fm_fmax_b8(uint8_t a, uint8_t b) {
    return a | b;
}
FM_FN uint8_t fm_fmin_b8(uint8_t a, uint8_t b) {
    return a & b;
}
FM_FN uint8_t fm_clip_b8(uint8_t x, uint8_t low, uint8_t high) {
    return (x | low) & high;
}
FM_FN uint8_t fm_greater_b8(uint8_t a, uint8_t b) {
    return a > b;
}
FM_FN uint8_t fm_greater_equal_b8(uint8_t a, uint8_t b) {
    return a >= b;
}
FM_FN uint8_t fm_less_b8(uint8_t a, uint8_t b) {
    return a < b;
}
FM_FN uint8_t fm_less_equal_b8(uint8_t a, uint8_t b) {
    return a <= b;
}
FM_FN uint8_t fm_equal_b8(uint8_t a, uint8_t b) {
    return a == b;
}
FM_FN uint8_t fm_not_equal_b8(uint8_t a, uint8_t b) {
    return a != b;
}
FM_FN uint8_t fm_logical_and_b8(uint8_t a, uint8_t b) {
    return a & b;
}
FM_FN uint8_t fm_logical_or_b8(uint8_t a, uint8_t b) {
    return a | b;
}
FM_FN uint8_t fm_logical_xor_b8(uint8_t a, uint8_t b) {
    return a ^ b;
}
FM_FN uint8_t fm_bitwise_and_b8(uint8_t a, uint8_t b) {
    return a & b;
}
FM_FN uint8_t fm_bitwise_or_b8(uint8_t a, uint8_t b) {
    return a | b;
}
FM_FN uint8_t fm_bitwise_xor_b8(uint8_t a, uint8_t b) {
    return a ^ b;
}

#endif
