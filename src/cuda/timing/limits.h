/* What one multiprocessor of a compute capability holds (CUDA programming guide, table of technical
 * specifications by compute capability). */
#ifndef FM_CUDA_TIMING_LIMITS_H
#define FM_CUDA_TIMING_LIMITS_H

#include <stdint.h>

typedef struct cu_limits {
    int capability; /* times 10 */
    uint32_t threads, blocks;
    uint32_t shared;       /* bytes */
    uint32_t double_ratio; /* rate of float32 over that of float64 */
} cu_limits;

/* NULL: nothing is known of it. */
const cu_limits *cu_limits_of(int capability);

/* Blocks that fit at a time; 0: unknown. */
uint32_t cu_limits_resident(int capability, uint32_t threads, uint32_t registers, uint32_t shared);

#endif
