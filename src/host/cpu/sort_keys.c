/* Sorts of unsigned keys in plain C, and the choice among all of them. */
#include "cpu/sort.h"

#include <string.h>

#ifndef FM_HAVE_V4
#define FM_HAVE_V4 0
#endif

#define K       uint8_t
#define S(name) name##_u8
#include "cpu/sort_keys.inc"
#define K       uint16_t
#define S(name) name##_u16
#include "cpu/sort_keys.inc"
#define K       uint32_t
#define S(name) name##_u32
#include "cpu/sort_keys.inc"
#define K       uint64_t
#define S(name) name##_u64
#include "cpu/sort_keys.inc"

const fm_key_sort fm_key_sorts[4] = {
    {sort_u8, split_u8}, {sort_u16, split_u16}, {sort_u32, split_u32}, {sort_u64, split_u64}};

const fm_key_sort *fm_key_sort_of(size_t key) {
#if FM_HAVE_V4
    if (fm_cpu_detect()->isa == FM_ISA_V4 && key == 4) return &fm_key_sort_u32_v4;
    if (fm_cpu_detect()->isa == FM_ISA_V4 && key == 8) return &fm_key_sort_u64_v4;
#endif
    return &fm_key_sorts[key == 1 ? 0 : key == 2 ? 1 : key == 4 ? 2 : 3];
}
