/* What the kernels that gather, scatter and select need beside the layouts. */
#ifndef FM_CORE_PARAMS_INDEX_H
#define FM_CORE_PARAMS_INDEX_H

#include <flopmeter/tensor.h>

/* FM_FAMILY_INDEX. An index is of any integer dtype or bool. Inputs and outputs of each kernel:
     gather        a index -> a.shape[:axis] + index.shape + a.shape[axis + naxes:]
     gather_along  a index -> the index's shape broadcast against a's but along axis; int index
     along         index -> int64, of its shape broadcast against `extent` but along axis
     outside       index -> int64 0-d; `extent[0]` is the number of places; those below zero are
                   counted from the end in mode FM_PLACE_RAISE, else no places
     scatter       index values target -> target; values broadcast to what gather would give
     scatter_add   the same
     count         mask -> int64 0-d
     compact       a mask -> 1-D; mask has a's shape
     positions     mask -> int64 1-D
     ravel         indices... -> int64, broadcast; an index that is no place gives INT64_MIN
     unravel       index -> int64 (naxes,) + index.shape
     runs          ends -> int64 1-D; ends rise
     repeat        a -> `extent[0]` times each element along axis
     pack, unpack  a -> uint8 along axis */
typedef struct fm_index_params {
    int32_t axis;
    int32_t naxes;               /* axes that one index numbers together in row-major order */
    int32_t mode;                /* FM_PLACE_* of scalar/axes.h */
    int32_t little;              /* pack, unpack: the first element is the lowest bit */
    int32_t backwards;           /* unravel, ravel: the first axis varies fastest */
    int32_t distinct;            /* scatter: no place is named twice */
    int64_t extent[FM_MAX_NDIM]; /* ravel, unravel, along, outside: of each axis */
    uint8_t modes[FM_MAX_NDIM];  /* ravel: of each axis */
} fm_index_params;

#endif
