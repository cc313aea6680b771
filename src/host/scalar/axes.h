/* A run of axes walked in row-major order, merged where their strides allow, and the places that an
   index names along them: for kernels of both backends that gather and scatter. */
#ifndef FM_SCALAR_AXES_H
#define FM_SCALAR_AXES_H

#include "scalar/fn.h"

enum { FM_AXES_MOST = 64 };

/* `size` elements; element i lies fm_axes_offset(axes, i) elements from the origin. A plain struct,
   so a kernel may take it as its argument. */
typedef struct fm_axes {
    int64_t size;
    int32_t ndim; /* 0: one element, or none */
    int32_t reserved;
    int64_t extent[FM_AXES_MOST], stride[FM_AXES_MOST];
} fm_axes;

/* Takes ndim axes up, at most FM_AXES_MOST. The order of the elements stays as it is. */
static inline void fm_axes_set(fm_axes *axes, int ndim, const int64_t *shape,
                               const int64_t *strides) {
    axes->size = 1;
    axes->ndim = 0;
    for (int d = 0; d < ndim; d++) {
        axes->size *= shape[d];
        if (shape[d] == 1) continue;
        int last = axes->ndim - 1;
        if (last >= 0 && axes->stride[last] == strides[d] * shape[d]) {
            axes->extent[last] *= shape[d];
            axes->stride[last] = strides[d];
        } else {
            axes->extent[axes->ndim] = shape[d];
            axes->stride[axes->ndim++] = strides[d];
        }
    }
}

/* Whether element i lies at offset i for every i. */
static inline bool fm_axes_dense(const fm_axes *axes) {
    return axes->ndim == 0 || (axes->ndim == 1 && axes->stride[0] == 1);
}

/* 0 <= i < size. */
FM_FN int64_t fm_axes_offset(const fm_axes *axes, int64_t i) {
    int64_t offset = 0;
    for (int d = axes->ndim - 1; d > 0; d--) {
        int64_t extent = axes->extent[d], next = i / extent;
        offset += (i - next * extent) * axes->stride[d];
        i = next;
    }
    return axes->ndim > 0 ? offset + i * axes->stride[0] : 0;
}

/* What becomes of an index outside 0 <= i < n. */
enum {
    FM_PLACE_RAISE,  /* below zero counts from the end; other ones were refused before */
    FM_PLACE_WRAP,   /* taken modulo n */
    FM_PLACE_CLIP,   /* the nearest inside, so 0 for all below zero */
    FM_PLACE_SURE,   /* as RAISE, known to be inside */
    FM_PLACE_WATCHED /* as RAISE, and one outside is told of: the nearest inside */
};

/* The place that index i names among n > 0. */
FM_FN int64_t fm_place(int64_t i, int64_t n, int mode) {
    if (mode == FM_PLACE_RAISE || mode == FM_PLACE_SURE) return i < 0 ? i + n : i;
    if (mode == FM_PLACE_WATCHED && i < 0) i += n;
    if (mode == FM_PLACE_CLIP || mode == FM_PLACE_WATCHED) return i < 0 ? 0 : i < n ? i : n - 1;
    if ((uint64_t)i < (uint64_t)n) return i;
    i %= n;
    return i < 0 ? i + n : i;
}

/* Whether fm_place takes index i without a mode. */
FM_FN bool fm_place_inside(int64_t i, int64_t n) {
    return i < n && i >= -n;
}

#endif
