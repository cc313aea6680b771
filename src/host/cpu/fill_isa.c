/* Kernels that write arithmetic progressions. */
#include "cpu/map_dtype.h"

#define DEFINE(suffix, dtype, type)                                                                \
    static void arange_##suffix(int64_t n, int64_t first, fm_arange progression, void *out) {      \
        type *o = out;                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = fm_arange_##suffix(progression, first + i);         \
    }
FM_EACH_DTYPE(DEFINE)

#define ENTRY(suffix, dtype, type) [dtype] = arange_##suffix,
const fm_arange_fn FM_ISA_NAME(fm_arange)[FM_DTYPE_COUNT] = {FM_EACH_DTYPE(ENTRY)};
