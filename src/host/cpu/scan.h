/* Kernels of running reductions over contiguous elements, in the variants of all instruction
 * levels. */
#ifndef FM_CPU_SCAN_H
#define FM_CPU_SCAN_H

#include "cpu/isa.h"
#include "ops/ids.h"

#include <flopmeter/dtype.h>
#include <stddef.h>
#include <stdint.h>

enum { FM_SCAN_TOTAL = 16, FM_SCAN_CHAINS = 4 };

/* One running reduction in one dtype. A total is what all elements of a chunk make, in a dtype of
   at least the elements' precision. */
typedef struct fm_scan_kernel {
    size_t total; /* bytes of a total, at most FM_SCAN_TOTAL; 0: every step rounds, so that lines
                     are never cut */
    /* out[i] = in[0] o ... o in[i] for i < n; behind the total `before` where that is not NULL. */
    void (*along)(int64_t n, const void *in, const void *before, void *out);
    /* The same of FM_SCAN_CHAINS lines one after another, each behind its own total. */
    void (*chains)(int64_t n, const void *in, const void *before, void *out);
    /* The same down `rows` rows of `columns` elements, `stride` elements apart. */
    void (*across)(int64_t rows, int64_t columns, int64_t stride, const void *in, void *out);
    void (*fold)(int64_t n, const void *in, void *total); /* the total of n >= 1 elements */
    void (*join)(void *into, const void *total);
} fm_scan_kernel;

typedef struct fm_scan_table {
    fm_scan_kernel kernel[FM_SCAN_COUNT][FM_DTYPE_COUNT];
} fm_scan_table;

#define FM_SCAN_DECLARE(isa) extern const fm_scan_table fm_scan_##isa;
FM_ISA_DECLARE(FM_SCAN_DECLARE)
#undef FM_SCAN_DECLARE

#endif
