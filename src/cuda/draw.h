/* Where a sampler reads the random stream. */
#ifndef FM_CUDA_DRAW_H
#define FM_CUDA_DRAW_H

#include <stdint.h>

/* Under capture the seed and the position that the offset counts from lie in device memory, as
 * origin[0] and origin[1], so that every replay draws on from where the stream then is. */
typedef struct cu_draw {
    uint64_t seed, offset;
    const uint64_t *origin; /* NULL: seed and offset are those of this call */
} cu_draw;

#endif
