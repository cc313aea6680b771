/* float16 and bfloat16, stored as their bits: conversion to and from float32 and float64, rounding
   to nearest even. Written without branches, so that loops over it vectorise. */
#ifndef FM_SCALAR_HALF_H
#define FM_SCALAR_HALF_H

#include "scalar/fn.h"

FM_FN uint32_t fm_bits_of_f32(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

FM_FN float fm_f32_of_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

FM_FN uint64_t fm_bits_of_f64(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

FM_FN double fm_f64_of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The fields moved to their places in a float are the value times 2^-112, subnormal halves too, as
   the exponents' biases are 15 and 127; multiplying is exact. */
FM_FN float fm_f16_to_f32(uint16_t half) {
    uint32_t magnitude = (uint32_t)(half & 0x7fffu) << 13;
    uint32_t sign = (uint32_t)(half & 0x8000u) << 16;
    uint32_t bits = fm_bits_of_f32(fm_f32_of_bits(magnitude) * 0x1p112f);
    uint32_t special = magnitude | 0x7f800000u;
    return fm_f32_of_bits(sign | (magnitude >= 0x0f800000u ? special : bits));
}

/* Subnormal halves are multiples of 2^-24, which is the spacing of floats in [0.5, 1): adding 0.5
   rounds to them. Others round in the integer, where a carry moves into the exponent. */
FM_FN uint16_t fm_f32_to_f16(float x) {
    uint32_t bits = fm_bits_of_f32(x);
    uint32_t magnitude = bits & 0x7fffffffu;
    uint32_t subnormal = fm_bits_of_f32(fm_f32_of_bits(magnitude) + 0.5f) - 0x3f000000u;
    uint32_t normal = (magnitude - 0x38000000u + 0xfffu + ((magnitude >> 13) & 1u)) >> 13;
    uint32_t nan = 0x7e00u | ((magnitude >> 13) & 0x3ffu);
    uint32_t result = magnitude < 0x38800000u ? subnormal : normal;
    result = magnitude >= 0x477ff000u ? 0x7c00u : result;
    result = magnitude > 0x7f800000u ? nan : result;
    return (uint16_t)(result | ((bits >> 16) & 0x8000u));
}

FM_FN float fm_bf16_to_f32(uint16_t half) {
    return fm_f32_of_bits((uint32_t)half << 16);
}

FM_FN uint16_t fm_f32_to_bf16(float x) {
    uint32_t bits = fm_bits_of_f32(x);
    uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    return (uint16_t)((bits & 0x7fffffffu) > 0x7f800000u ? (bits >> 16) | 0x40u : rounded);
}

/* Rounded to odd: truncated, the last bit set where anything was lost. A second rounding, to 8 or
   11 bits, then gives what one rounding would. */
FM_FN float fm_f64_to_f32_odd(double x) {
    float near = (float)x;
    uint32_t bits = fm_bits_of_f32(near);
    double back = (double)near;
    uint32_t away = fabs(back) > fabs(x) ? 1u : 0u;
    uint32_t odd = (bits - away) | 1u;
    return fm_f32_of_bits(back == x || x != x ? bits : odd);
}

FM_FN uint16_t fm_f64_to_f16(double x) {
    return fm_f32_to_f16(fm_f64_to_f32_odd(x));
}

FM_FN uint16_t fm_f64_to_bf16(double x) {
    return fm_f32_to_bf16(fm_f64_to_f32_odd(x));
}

/* The next value after a towards b: magnitudes are ordered as their bits. infinity: its bits. */
FM_FN uint16_t fm_half_step(uint16_t a, uint16_t b, uint16_t infinity) {
    uint16_t a_size = a & 0x7fff, b_size = b & 0x7fff;
    if (a_size > infinity) return a;
    if (b_size > infinity) return b;
    if (a == b || (a_size | b_size) == 0) return b;
    if (a_size == 0) return (uint16_t)((b & 0x8000) | 1);
    bool away = ((a ^ b) & 0x8000) == 0 && b_size > a_size;
    return (uint16_t)(away ? a + 1 : a - 1);
}

FM_FN uint16_t fm_nextafter_f16(uint16_t a, uint16_t b) {
    return fm_half_step(a, b, 0x7c00);
}

FM_FN uint16_t fm_nextafter_bf16(uint16_t a, uint16_t b) {
    return fm_half_step(a, b, 0x7f80);
}

#endif
