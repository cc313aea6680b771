/* Geometry of an elementwise call: operands broadcast against each other, their axes merged where
   possible, and the offset of an element, for kernels of both backends. */
#ifndef FM_SCALAR_INDEX_H
#define FM_SCALAR_INDEX_H

#include "scalar/fn.h"

enum { FM_INDEX_NDIM = 64, FM_INDEX_OPERANDS = 4 };

/* One iteration space of `size` elements, row-major over extent[0..ndim-1]. stride[k][d] is what
   operand k moves by along axis d, in elements; 0 where it is broadcast. A plain struct, so a
   kernel may take it as its argument. */
typedef struct fm_index {
    int64_t size;
    int32_t ndim;
    int32_t noperands;
    int64_t extent[FM_INDEX_NDIM];
    int64_t stride[FM_INDEX_OPERANDS][FM_INDEX_NDIM];
} fm_index;

/* Begins with the shape that all operands are broadcast to: the output's. */
static inline void fm_index_begin(fm_index *ix, int ndim, const int64_t *shape) {
    ix->size = 1;
    ix->ndim = ndim;
    ix->noperands = 0;
    for (int d = 0; d < ndim; d++) {
        ix->extent[d] = shape[d];
        ix->size *= shape[d];
    }
}

/* Adds an operand, whose shape broadcasts to the space's; returns its number. Without axes
   (ndim 0) it is one element everywhere. */
static inline int fm_index_add(fm_index *ix, int ndim, const int64_t *shape,
                               const int64_t *strides) {
    int k = ix->noperands++;
    int missing = ix->ndim - ndim;
    for (int d = 0; d < ix->ndim; d++) {
        int own = d - missing;
        ix->stride[k][d] = own < 0 || shape[own] == 1 ? 0 : strides[own];
    }
    return k;
}

static inline void fm_index_move_axis(fm_index *ix, int to, int from) {
    ix->extent[to] = ix->extent[from];
    for (int k = 0; k < ix->noperands; k++) ix->stride[k][to] = ix->stride[k][from];
}

static inline void fm_index_swap_axes(fm_index *ix, int a, int b) {
    int64_t extent = ix->extent[a];
    ix->extent[a] = ix->extent[b];
    ix->extent[b] = extent;
    for (int k = 0; k < ix->noperands; k++) {
        int64_t stride = ix->stride[k][a];
        ix->stride[k][a] = ix->stride[k][b];
        ix->stride[k][b] = stride;
    }
}

static inline int64_t fm_index_distance(int64_t stride) {
    return stride < 0 ? -stride : stride;
}

/* Whether axis d and the one after it are one axis for every operand. */
static inline bool fm_index_joins(const fm_index *ix, int d) {
    for (int k = 0; k < ix->noperands; k++) {
        if (ix->stride[k][d] != ix->stride[k][d + 1] * ix->extent[d + 1]) return false;
    }
    return true;
}

/* Drops axes of extent 1, orders the others so that operand `lead` (an output) is walked forward
   through memory, and merges neighbours. The numbering of elements changes with the order of the
   axes; it is the same for all operands. At least one axis is left. */
static inline void fm_index_coalesce(fm_index *ix, int lead) {
    int n = 0;
    for (int d = 0; d < ix->ndim; d++) {
        if (ix->extent[d] != 1) fm_index_move_axis(ix, n++, d);
    }
    for (int d = 1; d < n; d++) {
        for (int e = d; e > 0 && fm_index_distance(ix->stride[lead][e - 1]) <
                                     fm_index_distance(ix->stride[lead][e]);
             e--) {
            fm_index_swap_axes(ix, e - 1, e);
        }
    }
    for (int d = n - 2; d >= 0; d--) {
        if (!fm_index_joins(ix, d)) continue;
        ix->extent[d + 1] *= ix->extent[d];
        for (int e = d; e + 1 < n; e++) fm_index_move_axis(ix, e, e + 1);
        n--;
    }
    if (n == 0) {
        ix->extent[0] = 1;
        for (int k = 0; k < ix->noperands; k++) ix->stride[k][0] = 0;
        n = 1;
    }
    ix->ndim = n;
}

/* Whether element i of operand k lies at offset i for every i. */
static inline bool fm_index_is_linear(const fm_index *ix, int k) {
    int64_t expected = 1;
    for (int d = ix->ndim - 1; d >= 0; d--) {
        if (ix->extent[d] != 1 && ix->stride[k][d] != expected) return false;
        expected *= ix->extent[d];
    }
    return true;
}

/* Whether operand k is one element everywhere. */
static inline bool fm_index_is_constant(const fm_index *ix, int k) {
    for (int d = 0; d < ix->ndim; d++) {
        if (ix->extent[d] != 1 && ix->stride[k][d] != 0) return false;
    }
    return true;
}

/* Offsets in elements of element `linear` of each operand. Divisions are of 32 bits where the size
   allows, which is several times faster on a GPU. */
FM_FN void fm_index_offsets(const fm_index *ix, int64_t linear, int64_t *offset) {
    for (int k = 0; k < ix->noperands; k++) offset[k] = 0;
    for (int d = ix->ndim - 1; d >= 0; d--) {
        int64_t extent = ix->extent[d];
        int64_t next = ix->size <= INT32_MAX ? (int64_t)((uint32_t)linear / (uint32_t)extent)
                                             : linear / extent;
        int64_t at = linear - next * extent;
        linear = next;
        for (int k = 0; k < ix->noperands; k++) offset[k] += at * ix->stride[k][d];
    }
}

#endif
