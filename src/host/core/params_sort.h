/* What kernels of running reductions and of sorting need beside the layouts. */
#ifndef FM_CORE_PARAMS_SORT_H
#define FM_CORE_PARAMS_SORT_H

#include <stdint.h>

/* FM_FAMILY_SCAN: input [x]; the output has its shape, or one axis where it is flat. */
typedef struct fm_scan_params {
    int32_t axis;
    int32_t flat; /* over all elements in row-major order; axis is 0 */
} fm_scan_params;

enum { FM_SORT_KTHS = 8 };

/* FM_FAMILY_SORT: inputs and outputs of each operation.
     sort, partition          x -> y of the same dtype
     argsort, argpartition    x -> y int64
     heads                    x -> y bool: whether an element of the sorted x begins another run
     histogram                x edges -> y int64: the number of elements between neighbouring edges
     bins                     x edges -> y int64: the bin of each, or the number of bins outside
     counts                   x [w] -> y of count elements: how often each number is in x, which
                              holds 0 to count, or the sum of its weights; the last is left out
     searchsorted             a v -> y int64 of v's shape; a has one axis and ascends
   Of x, sort and partition arrange the elements along one axis, or all of them where it is flat. */
typedef struct fm_sort_params {
    int32_t axis;
    int32_t flat;
    int32_t right; /* searchsorted: behind equal elements; heads: NaN is equal to NaN; histogram,
                      bins: all are about as wide */
    int32_t nkth;  /* partition: ranks whose elements must be in place, ascending and distinct */
    int64_t kth[FM_SORT_KTHS];
    int64_t count; /* counts: numbers from 0 on */
} fm_sort_params;

#endif
