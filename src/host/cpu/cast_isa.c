/* Conversion kernels between all pairs of dtypes. */
#include "cpu/map_dtype.h"
#include "scalar/convert.h"

#define DEFINE(from, from_type, to, to_type)                                                       \
    static void from##_to_##to(int64_t n, const void *in, void *out) {                             \
        const from_type *a = in;                                                                   \
        to_type *o = out;                                                                          \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = fm_##from##_to_##to(a[i]);                          \
    }
#define DEFINE_FROM(from, dtype, type)                                                             \
    DEFINE(from, type, b8, uint8_t)                                                                \
    DEFINE(from, type, i8, int8_t)                                                                 \
    DEFINE(from, type, i16, int16_t)                                                               \
    DEFINE(from, type, i32, int32_t)                                                               \
    DEFINE(from, type, i64, int64_t)                                                               \
    DEFINE(from, type, u8, uint8_t)                                                                \
    DEFINE(from, type, u16, uint16_t)                                                              \
    DEFINE(from, type, u32, uint32_t)                                                              \
    DEFINE(from, type, u64, uint64_t)                                                              \
    DEFINE(from, type, f16, uint16_t)                                                              \
    DEFINE(from, type, bf16, uint16_t)                                                             \
    DEFINE(from, type, f32, float)                                                                 \
    DEFINE(from, type, f64, double)                                                                \
    DEFINE(from, type, c64, fm_c64)                                                                \
    DEFINE(from, type, c128, fm_c128)
FM_EACH_DTYPE(DEFINE_FROM)

#define ENTRIES(from, dtype, type)                                                                 \
    [dtype] = {                                                                                    \
        [FM_BOOL] = from##_to_b8,         [FM_INT8] = from##_to_i8,                                \
        [FM_INT16] = from##_to_i16,       [FM_INT32] = from##_to_i32,                              \
        [FM_INT64] = from##_to_i64,       [FM_UINT8] = from##_to_u8,                               \
        [FM_UINT16] = from##_to_u16,      [FM_UINT32] = from##_to_u32,                             \
        [FM_UINT64] = from##_to_u64,      [FM_FLOAT16] = from##_to_f16,                            \
        [FM_BFLOAT16] = from##_to_bf16,   [FM_FLOAT32] = from##_to_f32,                            \
        [FM_FLOAT64] = from##_to_f64,     [FM_COMPLEX64] = from##_to_c64,                          \
        [FM_COMPLEX128] = from##_to_c128,                                                          \
    },
const fm_convert_fn FM_ISA_NAME(fm_convert)[FM_DTYPE_COUNT][FM_DTYPE_COUNT] = {
    FM_EACH_DTYPE(ENTRIES)};
