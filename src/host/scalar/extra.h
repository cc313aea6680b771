/* Elementwise functions beside the tables of unary, binary and ternary rows, for every dtype that
   has them. */
#ifndef FM_SCALAR_EXTRA_H
#define FM_SCALAR_EXTRA_H

#include "scalar/cpx.h"
#include "scalar/half.h"

/* Chebyshev coefficients, highest first, of exp(-x) I0(x) in x / 4 - 1 on [0, 8] and of
   exp(-x) sqrt(x) I0(x) in 16 / x - 1 beyond, found with 50 digits; what is left out is below
   1e-18. */
#define FM_I0_SERIES(X)                                                                            \
    X(5.6691780069214961571e-19, 0)                                                                \
    X(-4.4153416464793393795e-18, 0)                                                               \
    X(3.3307945188222380978e-17, 0)                                                                \
    X(-2.4312798465479546936e-16, 0)                                                               \
    X(1.7153912855551330306e-15, 1.1936508908459820855e-18)                                        \
    X(-1.1685332877993451681e-14, 9.9214754121736985989e-19)                                       \
    X(7.6761854986049356169e-14, -7.2331804878747539546e-18)                                       \
    X(-4.8564467831119294609e-13, -4.8305044859441820713e-18)                                      \
    X(2.9550526631296398346e-12, 4.465621420296759999e-17)                                         \
    X(-1.7268262914415557072e-11, 3.4612228676974610931e-17)                                       \
    X(9.6758090353732369122e-11, -2.8276239805165834849e-16)                                       \
    X(-5.1897956016352629067e-10, -3.4254856196772191346e-16)                                      \
    X(2.6598237246823866503e-9, 1.7725601330565263836e-15)                                         \
    X(-1.3000250099862480421e-8, 3.8116806693526224207e-15)                                        \
    X(6.0469950225419189493e-8, -9.5548466988283076487e-15)                                        \
    X(-2.6707938539406117339e-7, -4.1505693472872220866e-14)                                       \
    X(1.1173875391201037182e-6, 1.5400862175214098269e-14)                                         \
    X(-4.4167383584587505636e-6, 3.8527783827421427011e-13)                                        \
    X(0.000016448448070728897089, 7.1801244513836662337e-13)                                       \
    X(-0.00005754195010082103704, -1.7941785315068061178e-12)                                      \
    X(0.00018850288509584165573, -1.3215811840447713119e-11)                                       \
    X(-0.00057637557453858236588, -3.1499165279632413645e-11)                                      \
    X(0.0016394756169413357984, 1.1889147107846438342e-11)                                         \
    X(-0.0043243099950505759443, 4.9406023882249695891e-10)                                        \
    X(0.010546460394594998318, 3.3962320257083863452e-9)                                           \
    X(-0.023737414805899468816, 2.2666689904981780646e-8)                                          \
    X(0.049305284239670708488, 2.0489185894690637418e-7)                                           \
    X(-0.094901097048047644421, 2.891370520834756483e-6)                                           \
    X(0.17162090152220877535, 0.000068897583469168239843)                                          \
    X(-0.30468267234319839868, 0.0033691164782556940899)                                           \
    X(0.676795274409476085, 0.80449041101410883161)

#define T               float
#define BITS            uint32_t
#define S(name)         fm_##name##_f32
#define M(name)         name##f
#define OF_BITS         fm_f32_of_bits
#define TO_BITS         fm_bits_of_f32
#define MANTISSA        23
#define ONE_EXPONENT    127
#define TINY            1.40129846432481707e-45f
#define ULP             FLT_EPSILON
#define TWO_P           0x1p54f
#define LARGEST         FLT_MAX
#define SMALLEST_NORMAL FLT_MIN
#include "scalar/extra.inc"
#undef T
#undef BITS
#undef S
#undef M
#undef OF_BITS
#undef TO_BITS
#undef MANTISSA
#undef ONE_EXPONENT
#undef TINY
#undef ULP
#undef TWO_P
#undef LARGEST
#undef SMALLEST_NORMAL

#define T               double
#define BITS            uint64_t
#define S(name)         fm_##name##_f64
#define M(name)         name
#define OF_BITS         fm_f64_of_bits
#define TO_BITS         fm_bits_of_f64
#define MANTISSA        52
#define ONE_EXPONENT    1023
#define TINY            4.9406564584124654e-324
#define ULP             DBL_EPSILON
#define TWO_P           0x1p54
#define LARGEST         DBL_MAX
#define SMALLEST_NORMAL DBL_MIN
#include "scalar/extra.inc"
#undef T
#undef BITS
#undef S
#undef M
#undef OF_BITS
#undef TO_BITS
#undef MANTISSA
#undef ONE_EXPONENT
#undef TINY
#undef ULP
#undef TWO_P
#undef LARGEST
#undef SMALLEST_NORMAL

/* Complex elements, part by part where the parts do not meet. sinc at 0 is that of 1e-20. */
#define FM_EXTRA_COMPLEX(s, T, P, real)                                                            \
    FM_FN T fm_sinc_##s(T x) {                                                                     \
        const P pi = (P)3.14159265358979323846;                                                    \
        T y = {x.re * pi, x.im * pi};                                                              \
        if (y.re == 0 && y.im == 0) y.re = (P)1e-20;                                               \
        return fm_divide_##s(fm_sin_##s(y), y);                                                    \
    }                                                                                              \
    FM_FN T fm_round_up_##s(T x, P factor) {                                                       \
        T y = {fm_round_up_##real(x.re, factor), fm_round_up_##real(x.im, factor)};                \
        return y;                                                                                  \
    }                                                                                              \
    FM_FN T fm_round_down_##s(T x, P factor) {                                                     \
        T y = {fm_round_down_##real(x.re, factor), fm_round_down_##real(x.im, factor)};            \
        return y;                                                                                  \
    }                                                                                              \
    FM_FN uint8_t fm_isclose_##s(T x, T y, P rtol, P atol) {                                       \
        bool near = fm_absolute_##s(fm_subtract_##s(x, y)) <= atol + rtol * fm_absolute_##s(y);    \
        return (near && fm_isfinite_##s(y)) || (x.re == y.re && x.im == y.im);                     \
    }                                                                                              \
    FM_FN uint8_t fm_isclose_nan_##s(T x, T y, P rtol, P atol) {                                   \
        return fm_isclose_##s(x, y, rtol, atol) || (fm_isnan_##s(x) && fm_isnan_##s(y));           \
    }                                                                                              \
    FM_FN uint8_t fm_isreal_##s(T x) {                                                             \
        return x.im == 0;                                                                          \
    }                                                                                              \
    FM_FN uint8_t fm_iscomplex_##s(T x) {                                                          \
        return x.im != 0;                                                                          \
    }                                                                                              \
    FM_FN T fm_nan_to_num_##s(T x, P nan, P posinf, P neginf) {                                    \
        T y = {fm_nan_to_num_##real(x.re, nan, posinf, neginf),                                    \
               fm_nan_to_num_##real(x.im, nan, posinf, neginf)};                                   \
        return y;                                                                                  \
    }
FM_EXTRA_COMPLEX(c64, fm_c64, float, f32)
FM_EXTRA_COMPLEX(c128, fm_c128, double, f64)
#undef FM_EXTRA_COMPLEX

/* The distance to the next float16 towards infinity, whatever the sign of x, as in NumPy. */
FM_FN uint16_t fm_spacing_f16(uint16_t x) {
    const uint16_t size = x & 0x7fff;
    const uint16_t up = (uint16_t)(size == 0 ? 1 : size == x ? x + 1 : x - 1);
    const uint16_t step = fm_f32_to_f16(fm_f16_to_f32(up) - fm_f16_to_f32(x));
    return size >= 0x7c00 ? (uint16_t)0x7e00 : step;
}
FM_FN uint16_t fm_spacing_bf16(uint16_t x) {
    const uint16_t size = x & 0x7fff;
    const float step = fm_bf16_to_f32((uint16_t)(size + 1)) - fm_bf16_to_f32(size);
    const uint16_t away = (uint16_t)(fm_f32_to_bf16(step) | (x & 0x8000));
    return size >= 0x7f80 ? (uint16_t)0x7fc0 : size == 0 ? (uint16_t)1 : away;
}

/* float16 and bfloat16 where every step rounds, as NumPy's does. infinity: its bits. */
#define FM_EXTRA_HALF(s, infinity)                                                                 \
    FM_FN float fm_rounded_##s(float x) {                                                          \
        return fm_##s##_to_f32(fm_f32_to_##s(x));                                                  \
    }                                                                                              \
    FM_FN uint16_t fm_round_up_##s(uint16_t x, uint16_t factor) {                                  \
        const float by = fm_##s##_to_f32(factor);                                                  \
        return fm_f32_to_##s(rintf(fm_rounded_##s(fm_##s##_to_f32(x) * by)) / by);                 \
    }                                                                                              \
    FM_FN uint16_t fm_round_down_##s(uint16_t x, uint16_t factor) {                                \
        const float by = fm_##s##_to_f32(factor);                                                  \
        return fm_f32_to_##s(rintf(fm_rounded_##s(fm_##s##_to_f32(x) / by)) * by);                 \
    }                                                                                              \
    FM_FN uint8_t fm_isclose_##s(uint16_t a, uint16_t b, uint16_t rtol, uint16_t atol) {           \
        const float x = fm_##s##_to_f32(a), y = fm_##s##_to_f32(b);                                \
        const float part = fm_rounded_##s(fm_##s##_to_f32(rtol) * fabsf(y));                       \
        const float bound = fm_rounded_##s(fm_##s##_to_f32(atol) + part);                          \
        const bool near = fabsf(fm_rounded_##s(x - y)) <= bound;                                   \
        return (uint8_t)((near & (fabsf(y) <= FLT_MAX)) | (x == y));                               \
    }                                                                                              \
    FM_FN uint8_t fm_isclose_nan_##s(uint16_t a, uint16_t b, uint16_t rtol, uint16_t atol) {       \
        const bool both = (a & 0x7fff) > (infinity) && (b & 0x7fff) > (infinity);                  \
        return both || fm_isclose_##s(a, b, rtol, atol);                                           \
    }
FM_EXTRA_HALF(f16, 0x7c00)
FM_EXTRA_HALF(bf16, 0x7f80)
#undef FM_EXTRA_HALF

/* Bits set in the magnitude. */
FM_FN uint8_t fm_bits_set(uint64_t x) {
    x -= (x >> 1) & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + ((x >> 2) & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    x += x >> 8;
    x += x >> 16;
    return (uint8_t)((x + (x >> 32)) & 0x7f);
}
#define FM_EXTRA_INT(s, dtype, T)                                                                  \
    FM_FN uint8_t fm_bitwise_count_##s(T x) {                                                      \
        const uint64_t wide = (uint64_t)x;                                                         \
        return fm_bits_set(x < (T)1 ? 0 - wide : wide);                                            \
    }
FM_EACH_INT(FM_EXTRA_INT)
#undef FM_EXTRA_INT

/* Of dtypes whose elements all answer alike, brought to bool first. */
FM_FN uint8_t fm_always_b8(uint8_t x) {
    return (uint8_t)(x | 1);
}
FM_FN uint8_t fm_never_b8(uint8_t x) {
    return (uint8_t)(x & 0);
}

#endif
