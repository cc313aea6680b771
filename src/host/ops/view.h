/* Strides of views: what reshape, slicing and axis moves make of a shape and its strides. */
#ifndef FM_OPS_VIEW_H
#define FM_OPS_VIEW_H

#include "ops/row.h"

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

/* The input as it lies: argument 1, taken up as the one operand. A number has no storage: it is
   copied into some first. */
fm_status fm_view_open(const fm_bound *bound, fm_resolved *r, fm_view *view);

/* Makes the view the output. */
fm_status fm_view_close(fm_resolved *r, const fm_view *view);

/* The view whose axis d is axis order[d] of the other. */
fm_view fm_view_permuted(const fm_view *view, const int *order);

/* Whether the elements lie column by column and not also row by row, as NumPy's isfortran. */
bool fm_view_is_fortran(int ndim, const int64_t *shape, const int64_t *strides);

/* Rows of other files (view_axes.c, view_order.c, view_parts.c). */
struct fm_program;
fm_status fm_infer_last_exchanged(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_rollaxis(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_fliplr(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_flipud(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_rot90(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_reshape(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_flattened(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_real(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_imag(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_part(struct fm_program *p);
fm_status fm_run_reshape(struct fm_program *p);
fm_status fm_run_flattened(struct fm_program *p);

#endif
