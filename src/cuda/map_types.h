/* One tag per dtype for kernel templates: its stored type, and elements of any other dtype brought
 * to it and back. */
#ifndef FM_CUDA_MAP_TYPES_H
#define FM_CUDA_MAP_TYPES_H

#include "launch.h"

#include "scalar/convert.h"

#include <flopmeter/dtype.h>

/* from: the element at p[at], stored as dtype. to: writes x there. Neither is copied into kernels:
 * conversion is the strided kernels' rarer case. */
#define CU_TAG(suffix, number, type)                                                               \
    struct cu_##suffix {                                                                           \
        typedef type T;                                                                            \
        static FM_APART T from(int dtype, const void *p, int64_t at) {                             \
            switch (dtype) { CU_FROM_ALL(suffix) }                                                 \
            return T();                                                                            \
        }                                                                                          \
        static FM_APART void to(int dtype, void *p, int64_t at, T x) {                             \
            switch (dtype) { CU_TO_ALL(suffix) }                                                   \
        }                                                                                          \
    };

#define CU_FROM(suffix, other, number, type)                                                       \
    case number:                                                                                   \
        return fm_##other##_to_##suffix(static_cast<const type *>(p)[at]);
#define CU_TO(suffix, other, number, type)                                                         \
    case number:                                                                                   \
        static_cast<type *>(p)[at] = fm_##suffix##_to_##other(x);                                  \
        break;
#define CU_ALL(X, suffix)                                                                          \
    X(suffix, b8, FM_BOOL, uint8_t)                                                                \
    X(suffix, i8, FM_INT8, int8_t)                                                                 \
    X(suffix, i16, FM_INT16, int16_t)                                                              \
    X(suffix, i32, FM_INT32, int32_t)                                                              \
    X(suffix, i64, FM_INT64, int64_t)                                                              \
    X(suffix, u8, FM_UINT8, uint8_t)                                                               \
    X(suffix, u16, FM_UINT16, uint16_t)                                                            \
    X(suffix, u32, FM_UINT32, uint32_t)                                                            \
    X(suffix, u64, FM_UINT64, uint64_t)                                                            \
    X(suffix, f16, FM_FLOAT16, uint16_t)                                                           \
    X(suffix, bf16, FM_BFLOAT16, uint16_t)                                                         \
    X(suffix, f32, FM_FLOAT32, float)                                                              \
    X(suffix, f64, FM_FLOAT64, double)                                                             \
    X(suffix, c64, FM_COMPLEX64, fm_c64)                                                           \
    X(suffix, c128, FM_COMPLEX128, fm_c128)
#define CU_FROM_ALL(suffix) CU_ALL(CU_FROM, suffix)
#define CU_TO_ALL(suffix)   CU_ALL(CU_TO, suffix)
FM_EACH_DTYPE(CU_TAG)
#undef CU_TAG
#undef CU_FROM_ALL
#undef CU_TO_ALL
#undef CU_FROM
#undef CU_TO
#undef CU_ALL

#endif
