/* Each thread's memory for packed operands of matrix products. */
#ifndef FM_CPU_PACKING_H
#define FM_CPU_PACKING_H

#include <stdbool.h>
#include <stddef.h>

/* Aligned to 64 bytes. Panels take a quarter of the L2 cache, left's rows five eighths, and at
 * least FM_PACKING_LEAST each. */
typedef struct fm_packing {
    void *panels, *left;
    size_t panel_bytes, left_bytes;
} fm_packing;

enum { FM_PACKING_LEAST = 128 * 1024 };

/* The calling thread's, made at its first use and freed when it ends; false without memory. */
bool fm_packing_get(fm_packing *out);

#endif
