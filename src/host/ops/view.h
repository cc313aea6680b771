/* Strides of views: what reshape, slicing and axis moves make of a shape and its strides. */
#ifndef FM_OPS_VIEW_H
#define FM_OPS_VIEW_H

#include <flopmeter/tensor.h>

/* A way to look at a storage: element [i, j, ...] lies offset + sum of index * stride elements from
   the origin of the tensor looked at. */
typedef struct fm_view {
    int ndim;
    int64_t shape[FM_MAX_NDIM];
    int64_t strides[FM_MAX_NDIM];
    int64_t offset;
} fm_view;

/* Row-major strides of the shape. */
void fm_view_contiguous(int ndim, const int64_t *shape, int64_t *strides);

/* Fills to->strides so that to->shape (of the same size) reads the elements of from in row-major
   order. False where no strides do: then a copy must be made first. */
bool fm_view_reshape(const fm_view *from, fm_view *to);

#endif
