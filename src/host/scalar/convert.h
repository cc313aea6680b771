/* Conversion of one element between any two dtypes: fm_<from>_to_<to>, bool being b8.

   Every result is defined, on both backends:
   - integers wrap to narrower and unsigned ones, as in two's complement;
   - a float is cut towards zero. To int32 and int64, what does not fit (and NaN) gives the smallest
     integer. int8, int16, uint8 and uint16 take the low bits of the int32, uint32 those of the
     int64. To uint64 [2^63, 2^64) converts too, and the rest is taken from the int64. These are
     the results that x86-64 gives NumPy;
   - complex loses its imaginary part, except to bool;
   - bool is x != 0, so NaN is true;
   - integers reach float16 and bfloat16 through float32. */
#ifndef FM_SCALAR_CONVERT_H
#define FM_SCALAR_CONVERT_H

#include "scalar/half.h"
#include "scalar/types.h"

/* Floats to integers */

FM_FN int32_t fm_f64_to_i32(double x) {
    return x > -2147483649.0 && x < 2147483648.0 ? (int32_t)x : INT32_MIN;
}

FM_FN int64_t fm_f64_to_i64(double x) {
    return x >= -0x1p63 && x < 0x1p63 ? (int64_t)x : INT64_MIN;
}

FM_FN uint64_t fm_f64_to_u64(double x) {
    return x >= 0x1p63 && x < 0x1p64 ? (uint64_t)x : (uint64_t)fm_f64_to_i64(x);
}

FM_FN int32_t fm_f32_to_i32(float x) {
    return x >= -0x1p31f && x < 0x1p31f ? (int32_t)x : INT32_MIN;
}

FM_FN int64_t fm_f32_to_i64(float x) {
    return x >= -0x1p63f && x < 0x1p63f ? (int64_t)x : INT64_MIN;
}

FM_FN uint64_t fm_f32_to_u64(float x) {
    return x >= 0x1p63f && x < 0x1p64f ? (uint64_t)x : (uint64_t)fm_f32_to_i64(x);
}

#define FM_FLOAT_TO_INT(from, type)                                                                \
    FM_FN int8_t fm_##from##_to_i8(type x) {                                                       \
        return (int8_t)fm_##from##_to_i32(x);                                                      \
    }                                                                                              \
    FM_FN int16_t fm_##from##_to_i16(type x) {                                                     \
        return (int16_t)fm_##from##_to_i32(x);                                                     \
    }                                                                                              \
    FM_FN uint8_t fm_##from##_to_u8(type x) {                                                      \
        return (uint8_t)fm_##from##_to_i32(x);                                                     \
    }                                                                                              \
    FM_FN uint16_t fm_##from##_to_u16(type x) {                                                    \
        return (uint16_t)fm_##from##_to_i32(x);                                                    \
    }                                                                                              \
    FM_FN uint32_t fm_##from##_to_u32(type x) {                                                    \
        return (uint32_t)fm_##from##_to_i64(x);                                                    \
    }                                                                                              \
    FM_FN uint8_t fm_##from##_to_b8(type x) {                                                      \
        return x != 0;                                                                             \
    }
FM_FLOAT_TO_INT(f32, float)
FM_FLOAT_TO_INT(f64, double)
#undef FM_FLOAT_TO_INT

/* Among floats */

FM_FN float fm_f32_to_f32(float x) {
    return x;
}
FM_FN double fm_f32_to_f64(float x) {
    return (double)x;
}
FM_FN float fm_f64_to_f32(double x) {
    return (float)x;
}
FM_FN double fm_f64_to_f64(double x) {
    return x;
}

/* From integers and bool */

#define FM_INT_TO(from, type, to, to_type)                                                         \
    FM_FN to_type fm_##from##_to_##to(type x) {                                                    \
        return (to_type)x;                                                                         \
    }
#define FM_INT_TO_ALL(from, dtype, type)                                                           \
    FM_FN uint8_t fm_##from##_to_b8(type x) {                                                      \
        return x != 0;                                                                             \
    }                                                                                              \
    FM_INT_TO(from, type, i8, int8_t)                                                              \
    FM_INT_TO(from, type, i16, int16_t)                                                            \
    FM_INT_TO(from, type, i32, int32_t)                                                            \
    FM_INT_TO(from, type, i64, int64_t)                                                            \
    FM_INT_TO(from, type, u8, uint8_t)                                                             \
    FM_INT_TO(from, type, u16, uint16_t)                                                           \
    FM_INT_TO(from, type, u32, uint32_t)                                                           \
    FM_INT_TO(from, type, u64, uint64_t)                                                           \
    FM_INT_TO(from, type, f32, float)                                                              \
    FM_INT_TO(from, type, f64, double)                                                             \
    FM_FN uint16_t fm_##from##_to_f16(type x) {                                                    \
        return fm_f32_to_f16((float)x);                                                            \
    }                                                                                              \
    FM_FN uint16_t fm_##from##_to_bf16(type x) {                                                   \
        return fm_f32_to_bf16((float)x);                                                           \
    }
FM_EACH_INT(FM_INT_TO_ALL)
FM_INT_TO_ALL(b8, FM_BOOL, uint8_t)
#undef FM_INT_TO_ALL
#undef FM_INT_TO

/* From float16 and bfloat16, which are exact in float32 */

#define FM_HALF_TO(from, to, to_type)                                                              \
    FM_FN to_type fm_##from##_to_##to(uint16_t x) {                                                \
        return fm_f32_to_##to(fm_##from##_to_f32(x));                                              \
    }
#define FM_HALF_TO_ALL(from)                                                                       \
    FM_HALF_TO(from, b8, uint8_t)                                                                  \
    FM_HALF_TO(from, i8, int8_t)                                                                   \
    FM_HALF_TO(from, i16, int16_t)                                                                 \
    FM_HALF_TO(from, i32, int32_t)                                                                 \
    FM_HALF_TO(from, i64, int64_t)                                                                 \
    FM_HALF_TO(from, u8, uint8_t)                                                                  \
    FM_HALF_TO(from, u16, uint16_t)                                                                \
    FM_HALF_TO(from, u32, uint32_t)                                                                \
    FM_HALF_TO(from, u64, uint64_t)                                                                \
    FM_HALF_TO(from, f64, double)
FM_HALF_TO_ALL(f16)
FM_HALF_TO_ALL(bf16)
FM_HALF_TO(f16, bf16, uint16_t)
FM_HALF_TO(bf16, f16, uint16_t)
#undef FM_HALF_TO_ALL
#undef FM_HALF_TO
FM_FN uint16_t fm_f16_to_f16(uint16_t x) {
    return x;
}
FM_FN uint16_t fm_bf16_to_bf16(uint16_t x) {
    return x;
}

/* To complex, from complex */

#define FM_TO_COMPLEX(from, dtype, type)                                                           \
    FM_FN fm_c64 fm_##from##_to_c64(type x) {                                                      \
        fm_c64 z = {fm_##from##_to_f32(x), 0};                                                     \
        return z;                                                                                  \
    }                                                                                              \
    FM_FN fm_c128 fm_##from##_to_c128(type x) {                                                    \
        fm_c128 z = {fm_##from##_to_f64(x), 0};                                                    \
        return z;                                                                                  \
    }
FM_TO_COMPLEX(b8, FM_BOOL, uint8_t)
FM_EACH_INT(FM_TO_COMPLEX)
FM_EACH_HALF(FM_TO_COMPLEX)
FM_EACH_FLT(FM_TO_COMPLEX)
#undef FM_TO_COMPLEX

#define FM_COMPLEX_TO(to, dtype, to_type)                                                          \
    FM_FN to_type fm_c64_to_##to(fm_c64 z) {                                                       \
        return fm_f32_to_##to(z.re);                                                               \
    }                                                                                              \
    FM_FN to_type fm_c128_to_##to(fm_c128 z) {                                                     \
        return fm_f64_to_##to(z.re);                                                               \
    }
FM_EACH_INT(FM_COMPLEX_TO)
FM_EACH_HALF(FM_COMPLEX_TO)
FM_EACH_FLT(FM_COMPLEX_TO)
#undef FM_COMPLEX_TO
FM_FN uint8_t fm_c64_to_b8(fm_c64 z) {
    return z.re != 0 || z.im != 0;
}
FM_FN uint8_t fm_c128_to_b8(fm_c128 z) {
    return z.re != 0 || z.im != 0;
}
FM_FN fm_c64 fm_c64_to_c64(fm_c64 z) {
    return z;
}
FM_FN fm_c128 fm_c128_to_c128(fm_c128 z) {
    return z;
}
FM_FN fm_c128 fm_c64_to_c128(fm_c64 z) {
    fm_c128 wide = {(double)z.re, (double)z.im};
    return wide;
}
FM_FN fm_c64 fm_c128_to_c64(fm_c128 z) {
    fm_c64 narrow = {(float)z.re, (float)z.im};
    return narrow;
}

#endif
