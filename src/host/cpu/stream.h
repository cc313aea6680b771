/* Work whose limit is memory: copies and stores past the caches, sums of whole arrays. */
#ifndef FM_CPU_STREAM_H
#define FM_CPU_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu/pool.h"

/* Whether an output of that many bytes should be written past the caches: when it is several times
 * larger than the second-level caches of all cores, so that none of it would still be there for its
 * reader. A plain store first reads the line that it overwrites, a third of the traffic of an add.
 */
bool fm_stream_pays(size_t bytes);

/* Bytes of a tile for kernels that do not store past the caches themselves: compute a tile into an
 * aligned buffer of this size on the stack, then fm_stream_out it. For an add of two arrays this
 * measured the same as direct streaming stores, and 15 % slower with tiles of 4 KiB and more. */
enum { FM_STREAM_TILE = 2048 };

/* Copies in the calling thread with streaming stores where the CPU has them; any alignment. Other
 * threads may see the bytes after fm_stream_fence, which each thread calls once after its last. */
void fm_stream_out(void *restrict to, const void *restrict from, size_t bytes);
void fm_stream_fence(void);

/* memcpy over the pool, past the caches where that pays. */
void fm_stream_copy(fm_pool *pool, void *restrict to, const void *restrict from, size_t bytes);

/* Sum of n contiguous elements; 0 of none. Blocks of 2,048 elements are summed in 64 (float) or 32
 * (double) interleaved parts of the element's type, the blocks in double: at most about 32
 * roundings of the element's type on any path, and the same result for every number of lanes and
 * every instruction level. */
double fm_sum_f32(fm_pool *pool, const float *x, int64_t n);
double fm_sum_f64(fm_pool *pool, const double *x, int64_t n);

#endif
