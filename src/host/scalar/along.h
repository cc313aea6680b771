/* The geometry of take_along_axis: an array and an index of as many axes, each broadcast against
   the other in all axes but one, along which the index names places. */
#ifndef FM_SCALAR_ALONG_H
#define FM_SCALAR_ALONG_H

#include "scalar/axes.h"

/* The output's axes, merged where both operands allow; strides in elements, that of the array along
   its axis left out. A plain struct, so a kernel may take it as its argument. */
typedef struct fm_along {
    int64_t size;
    int64_t places, step; /* extent and stride of the array's axis */
    int32_t ndim, mode;
    int64_t extent[FM_AXES_MOST], in[FM_AXES_MOST], at[FM_AXES_MOST];
} fm_along;

static inline void fm_along_add(fm_along *along, int64_t extent, int64_t in, int64_t at) {
    int last = along->ndim - 1;
    if (extent == 1) return;
    if (last >= 0 && along->in[last] == in * extent && along->at[last] == at * extent) {
        along->extent[last] *= extent;
        along->in[last] = in;
        along->at[last] = at;
        return;
    }
    along->extent[along->ndim] = extent;
    along->in[along->ndim] = in;
    along->at[along->ndim++] = at;
}

/* out: the output's shape; shape and strides: the array's; index: the shape of the index, which is
   contiguous. At least one axis is left. */
static inline void fm_along_set(fm_along *along, int ndim, int axis, const int64_t *out,
                                const int64_t *shape, const int64_t *strides,
                                const int64_t *index) {
    int64_t dense[FM_AXES_MOST], step = 1;
    for (int d = ndim - 1; d >= 0; d--) {
        dense[d] = step;
        step *= index[d];
    }
    along->ndim = 0;
    along->size = 1;
    for (int d = 0; d < ndim; d++) {
        along->size *= out[d];
        fm_along_add(along, out[d], d == axis || shape[d] == 1 ? 0 : strides[d],
                     index[d] == 1 ? 0 : dense[d]);
    }
    if (along->ndim == 0) {
        along->extent[0] = 1;
        along->in[0] = along->at[0] = 0;
        along->ndim = 1;
    }
    along->places = shape[axis];
    along->step = strides[axis];
}

#endif
