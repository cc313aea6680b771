/* Running sums, products and extrema of every dtype. */
#include "cpu/scan.h"
#include "cpu/map_loop.h"
#include "scalar/cpx.h"
#include "scalar/int.h"

#include <string.h>

/* Halves round at every step, as elements do that are added one by one. */
#define HALF_STEPS(half)                                                                           \
    FM_FN uint16_t add_##half(uint16_t a, uint16_t b) {                                            \
        return fm_f32_to_##half(fm_##half##_to_f32(a) + fm_##half##_to_f32(b));                    \
    }                                                                                              \
    FM_FN uint16_t multiply_##half(uint16_t a, uint16_t b) {                                       \
        return fm_f32_to_##half(fm_##half##_to_f32(a) * fm_##half##_to_f32(b));                    \
    }                                                                                              \
    FM_FN uint16_t maximum_##half(uint16_t a, uint16_t b) {                                        \
        float x = fm_##half##_to_f32(a), y = fm_##half##_to_f32(b);                                \
        return x >= y || x != x ? a : b;                                                           \
    }                                                                                              \
    FM_FN uint16_t minimum_##half(uint16_t a, uint16_t b) {                                        \
        float x = fm_##half##_to_f32(a), y = fm_##half##_to_f32(b);                                \
        return x <= y || x != x ? a : b;                                                           \
    }
HALF_STEPS(f16)
HALF_STEPS(bf16)

#define SUFFIX    b8
#define T         uint8_t
#define F(name)   fm_##name##_b8
#define G(name)   fm_##name##_b8
#define C         uint8_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    i8
#define T         int8_t
#define F(name)   fm_##name##_i8
#define G(name)   fm_##name##_i8
#define C         int8_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    i16
#define T         int16_t
#define F(name)   fm_##name##_i16
#define G(name)   fm_##name##_i16
#define C         int16_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    i32
#define T         int32_t
#define F(name)   fm_##name##_i32
#define G(name)   fm_##name##_i32
#define C         int32_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    i64
#define T         int64_t
#define F(name)   fm_##name##_i64
#define G(name)   fm_##name##_i64
#define C         int64_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    u8
#define T         uint8_t
#define F(name)   fm_##name##_u8
#define G(name)   fm_##name##_u8
#define C         uint8_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    u16
#define T         uint16_t
#define F(name)   fm_##name##_u16
#define G(name)   fm_##name##_u16
#define C         uint16_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    u32
#define T         uint32_t
#define F(name)   fm_##name##_u32
#define G(name)   fm_##name##_u32
#define C         uint32_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    u64
#define T         uint64_t
#define F(name)   fm_##name##_u64
#define G(name)   fm_##name##_u64
#define C         uint64_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    f16
#define T         uint16_t
#define F(name)   name##_f16
#define G(name)   name##_f16
#define C         uint16_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    bf16
#define T         uint16_t
#define F(name)   name##_bf16
#define G(name)   name##_bf16
#define C         uint16_t
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    f32
#define T         float
#define F(name)   fm_##name##_f32
#define G(name)   fm_##name##_f64
#define C         double
#define WIDE(x)   ((double)(x))
#define NARROW(x) ((float)(x))
#include "cpu/scan_dtype.inc"

#define SUFFIX    f64
#define T         double
#define F(name)   fm_##name##_f64
#define G(name)   fm_##name##_f64
#define C         double
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    c64
#define T         fm_c64
#define F(name)   fm_##name##_c64
#define G(name)   fm_##name##_c128
#define C         fm_c128
#define WIDE(x)   fm_c64_to_c128(x)
#define NARROW(x) fm_c128_to_c64(x)
#include "cpu/scan_dtype.inc"

#define SUFFIX    c128
#define T         fm_c128
#define F(name)   fm_##name##_c128
#define G(name)   fm_##name##_c128
#define C         fm_c128
#define WIDE(x)   (x)
#define NARROW(x) (x)
#include "cpu/scan_dtype.inc"

#define ENTRY(name, suffix, size)                                                                  \
    {                                                                                              \
        size, FM_PASTE(name##_##suffix, along), FM_PASTE(name##_##suffix, chains),                 \
            FM_PASTE(name##_##suffix, across), FM_PASTE(name##_##suffix, fold),                    \
            FM_PASTE(name##_##suffix, join)                                                        \
    }
#define SUM(suffix, dtype, type)    [dtype] = ENTRY(cumsum, suffix, sizeof(type)),
#define PROD(suffix, dtype, type)   [dtype] = ENTRY(cumprod, suffix, sizeof(type)),
#define MAX(suffix, dtype, type)    [dtype] = ENTRY(cummax, suffix, sizeof(type)),
#define MIN(suffix, dtype, type)    [dtype] = ENTRY(cummin, suffix, sizeof(type)),
#define SUM_0(suffix, dtype, type)  [dtype] = ENTRY(cumsum, suffix, 0),
#define PROD_0(suffix, dtype, type) [dtype] = ENTRY(cumprod, suffix, 0),
const fm_scan_table FM_ISA_NAME(fm_scan) = {{
    [FM_SCAN_cumsum] = {SUM(b8, FM_BOOL, uint8_t) FM_EACH_INT(SUM) FM_EACH_HALF(SUM_0)
                            SUM(f32, FM_FLOAT32, double) SUM(f64, FM_FLOAT64, double)
                                SUM(c64, FM_COMPLEX64, fm_c128) SUM(c128, FM_COMPLEX128, fm_c128)},
    [FM_SCAN_cumprod] = {PROD(b8, FM_BOOL, uint8_t) FM_EACH_INT(PROD) FM_EACH_HALF(PROD_0)
                             PROD(f32, FM_FLOAT32, double) PROD(f64, FM_FLOAT64, double)
                                 PROD(c64, FM_COMPLEX64, fm_c128)
                                     PROD(c128, FM_COMPLEX128, fm_c128)},
    [FM_SCAN_cummax] = {FM_EACH_DTYPE(MAX)},
    [FM_SCAN_cummin] = {FM_EACH_DTYPE(MIN)},
}};
