/* Map kernels of the integer dtypes and of bool. */
#include "cpu/map_dtype.h"
#include "scalar/int.h"

#define DEFINE2_D(id)
#define ENTRY_D(number, id)

#define T                  uint8_t
#define REAL               uint8_t
#define S(name)            fm_##name##_b8
#define LOOP(name)         loop_##name##_b8
#define TABLE(name)        FM_ISA_NAME(fm_##name##_b8)
#define COLUMN(b, i, f, c) b
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define T                  int8_t
#define REAL               int8_t
#define S(name)            fm_##name##_i8
#define LOOP(name)         loop_##name##_i8
#define TABLE(name)        FM_ISA_NAME(fm_##name##_i8)
#define COLUMN(b, i, f, c) i
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define T                  int16_t
#define REAL               int16_t
#define S(name)            fm_##name##_i16
#define LOOP(name)         loop_##name##_i16
#define TABLE(name)        FM_ISA_NAME(fm_##name##_i16)
#define COLUMN(b, i, f, c) i
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define T                  int32_t
#define REAL               int32_t
#define S(name)            fm_##name##_i32
#define LOOP(name)         loop_##name##_i32
#define TABLE(name)        FM_ISA_NAME(fm_##name##_i32)
#define COLUMN(b, i, f, c) i
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define T                  int64_t
#define REAL               int64_t
#define S(name)            fm_##name##_i64
#define LOOP(name)         loop_##name##_i64
#define TABLE(name)        FM_ISA_NAME(fm_##name##_i64)
#define COLUMN(b, i, f, c) i
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define T                  uint8_t
#define REAL               uint8_t
#define S(name)            fm_##name##_u8
#define LOOP(name)         loop_##name##_u8
#define TABLE(name)        FM_ISA_NAME(fm_##name##_u8)
#define COLUMN(b, i, f, c) i
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define T                  uint16_t
#define REAL               uint16_t
#define S(name)            fm_##name##_u16
#define LOOP(name)         loop_##name##_u16
#define TABLE(name)        FM_ISA_NAME(fm_##name##_u16)
#define COLUMN(b, i, f, c) i
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define T                  uint32_t
#define REAL               uint32_t
#define S(name)            fm_##name##_u32
#define LOOP(name)         loop_##name##_u32
#define TABLE(name)        FM_ISA_NAME(fm_##name##_u32)
#define COLUMN(b, i, f, c) i
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define T                  uint64_t
#define REAL               uint64_t
#define S(name)            fm_##name##_u64
#define LOOP(name)         loop_##name##_u64
#define TABLE(name)        FM_ISA_NAME(fm_##name##_u64)
#define COLUMN(b, i, f, c) i
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#define MIXED(id, mirror)                                                                          \
    static void mixed_##id(int64_t n, void *const *in, void *out) {                                \
        const int64_t *a = in[0];                                                                  \
        const uint64_t *b = in[1];                                                                 \
        uint8_t *o = out;                                                                          \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = fm_##id##_mixed(a[i], b[i]);                        \
    }
FM_EACH_MIXED(MIXED)

#define MIXED_ENTRY(id, mirror) [FM_MIXED_##id] = mixed_##id,
const fm_map_fn FM_ISA_NAME(fm_mixed)[FM_MIXED_COUNT] = {FM_EACH_MIXED(MIXED_ENTRY)};
