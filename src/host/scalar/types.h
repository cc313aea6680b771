/* How elements of each dtype are stored, and the list of dtypes with their short names. */
#ifndef FM_SCALAR_TYPES_H
#define FM_SCALAR_TYPES_H

#include "scalar/fn.h"

typedef struct fm_c64 {
    float re, im;
} fm_c64;

typedef struct fm_c128 {
    double re, im;
} fm_c128;

/* X(short name, fm_dtype, stored type); bool (b8) is a byte 0 or 1, float16 and bfloat16 are bits.
 */
#define FM_EACH_INT(X)                                                                             \
    X(i8, FM_INT8, int8_t)                                                                         \
    X(i16, FM_INT16, int16_t)                                                                      \
    X(i32, FM_INT32, int32_t)                                                                      \
    X(i64, FM_INT64, int64_t)                                                                      \
    X(u8, FM_UINT8, uint8_t)                                                                       \
    X(u16, FM_UINT16, uint16_t)                                                                    \
    X(u32, FM_UINT32, uint32_t)                                                                    \
    X(u64, FM_UINT64, uint64_t)
#define FM_EACH_HALF(X)                                                                            \
    X(f16, FM_FLOAT16, uint16_t)                                                                   \
    X(bf16, FM_BFLOAT16, uint16_t)
#define FM_EACH_FLT(X)                                                                             \
    X(f32, FM_FLOAT32, float)                                                                      \
    X(f64, FM_FLOAT64, double)
#define FM_EACH_CPX(X)                                                                             \
    X(c64, FM_COMPLEX64, fm_c64)                                                                   \
    X(c128, FM_COMPLEX128, fm_c128)
#define FM_EACH_DTYPE(X)                                                                           \
    X(b8, FM_BOOL, uint8_t)                                                                        \
    FM_EACH_INT(X)                                                                                 \
    FM_EACH_HALF(X)                                                                                \
    FM_EACH_FLT(X)                                                                                 \
    FM_EACH_CPX(X)

#endif
