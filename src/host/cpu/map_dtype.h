/* The tables that the files of map kernels export, one pair a dtype and instruction level. */
#ifndef FM_CPU_MAP_DTYPE_H
#define FM_CPU_MAP_DTYPE_H

#include "cpu/map_loop.h"
#include "scalar/types.h"

#define FM_MAP_TABLES(suffix, dtype, type)                                                         \
    extern const fm_map_fn FM_ISA_NAME(fm_unary_##suffix)[FM_UNARY_COUNT];                         \
    extern const fm_map_fn FM_ISA_NAME(fm_binary_##suffix)[FM_BINARY_COUNT];                       \
    extern const fm_map_fn FM_ISA_NAME(fm_ternary_##suffix)[FM_TERNARY_COUNT];
FM_EACH_DTYPE(FM_MAP_TABLES)
#undef FM_MAP_TABLES

extern const fm_map_fn FM_ISA_NAME(fm_mixed)[FM_MIXED_COUNT];
extern const fm_arange_fn FM_ISA_NAME(fm_arange)[FM_DTYPE_COUNT];
extern const fm_convert_fn FM_ISA_NAME(fm_convert)[FM_DTYPE_COUNT][FM_DTYPE_COUNT];

#endif
