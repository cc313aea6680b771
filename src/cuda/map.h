/* Elementwise kernels as plans see them: the arguments of one launch, and the tables of kernels by
 * operation and dtype. */
#ifndef FM_CUDA_MAP_H
#define FM_CUDA_MAP_H

#include "fault.h"
#include "vendor.h"

#include "ops/ids.h"
#include "scalar/mixed.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Inputs are numbered 0 to 4 in the kernel's order, the output is number 5. More axes than
 * CU_MAP_AXES are left to several launches. */
enum { CU_MAP_AXES = 8, CU_MAP_INPUTS = 5, CU_MAP_OUTPUT = 5, CU_MAP_OPERANDS = 6 };

/* Sets of operands are bits. Elements with value are of the kernel's dtype, 16 bytes at most. */
typedef struct cu_map_args {
    int64_t size;
    void *address[CU_MAP_OPERANDS];
    uint64_t value[CU_MAP_INPUTS][2];
    uint8_t by_value; /* inputs that are value[i] everywhere */
    uint8_t single;   /* inputs that are their first element everywhere (flat kernels) */
    uint8_t convert;  /* operands stored in another dtype than the kernel's (strided kernels) */
    uint8_t packs;    /* 1: every address allows 16-byte loads (flat kernels) */
    uint8_t dtype[CU_MAP_OPERANDS];
    int32_t ndim;
    int64_t extent[CU_MAP_AXES];
    int64_t stride[CU_MAP_OPERANDS][CU_MAP_AXES]; /* in elements */
} cu_map_args;

typedef cu_error (*cu_map_launch)(const cu_map_args *args, int processors, cu_stream stream);

/* flat: every operand contiguous, or one element everywhere, and stored in the kernel's dtype.
 * strided: anything. Both NULL: there is no such kernel. */
typedef struct cu_map_kernel {
    cu_map_launch flat, strided;
} cu_map_kernel;

#define CU_MAP_TABLES(suffix)                                                                      \
    extern const cu_map_kernel cu_unary_##suffix[FM_UNARY_COUNT];                                  \
    extern const cu_map_kernel cu_binary_##suffix[FM_BINARY_COUNT];
CU_MAP_TABLES(b8)
CU_MAP_TABLES(i8)
CU_MAP_TABLES(i16)
CU_MAP_TABLES(i32)
CU_MAP_TABLES(i64)
CU_MAP_TABLES(u8)
CU_MAP_TABLES(u16)
CU_MAP_TABLES(u32)
CU_MAP_TABLES(u64)
CU_MAP_TABLES(f32)
CU_MAP_TABLES(f64)
CU_MAP_TABLES(c64)
CU_MAP_TABLES(c128)
#undef CU_MAP_TABLES
/* Most loops over these are those of float32. */
extern const cu_map_kernel cu_binary_f16[FM_BINARY_COUNT], cu_binary_bf16[FM_BINARY_COUNT];

/* Reports an input 1 below zero to the error word; dtype, the kernel's, is a signed integer. */
cu_error cu_find_negative(fm_dtype dtype, const cu_map_args *args, cu_fault *fault,
                          const char *name, int processors, cu_stream stream);

extern const cu_map_kernel cu_mixed_kernels[FM_MIXED_COUNT];
/* By fm_dtype: where (condition bool), clip (none of float16 and bfloat16), and copies that may
 * convert.
 */
extern const cu_map_kernel cu_where[FM_DTYPE_COUNT];
extern const cu_map_kernel cu_clip[FM_DTYPE_COUNT];
extern const cu_map_kernel cu_cast[FM_DTYPE_COUNT];

#ifdef __cplusplus
}
#endif
#endif
