/* Strides of views: what reshape makes of a shape and its strides. */
#include "ops/view.h"

void fm_view_contiguous(int ndim, const int64_t *shape, int64_t *strides) {
    int64_t step = 1;
    for (int d = ndim - 1; d >= 0; d--) {
        strides[d] = step;
        if (shape[d] > 1) step *= shape[d];
    }
}

/* Drops axes of extent 1 and joins neighbours that are one run; returns the number left. */
static int join_axes(const fm_view *view, int64_t *shape, int64_t *strides) {
    int n = 0;
    for (int d = 0; d < view->ndim; d++) {
        if (view->shape[d] == 1) continue;
        if (n > 0 && strides[n - 1] == view->shape[d] * view->strides[d]) {
            shape[n - 1] *= view->shape[d];
            strides[n - 1] = view->strides[d];
        } else {
            shape[n] = view->shape[d];
            strides[n++] = view->strides[d];
        }
    }
    return n;
}

bool fm_view_reshape(const fm_view *from, fm_view *to) {
    int64_t shape[FM_MAX_NDIM], strides[FM_MAX_NDIM];
    for (int d = 0; d < to->ndim; d++) {
        if (to->shape[d] != 0) continue;
        fm_view_contiguous(to->ndim, to->shape, to->strides);
        return true;
    }
    int run = join_axes(from, shape, strides) - 1;
    int64_t left = run >= 0 ? shape[run] : 1, step = run >= 0 ? strides[run] : 1;
    for (int d = to->ndim - 1; d >= 0; d--) {
        if (to->shape[d] > 1 && left == 1 && run > 0) {
            left = shape[--run];
            step = strides[run];
        }
        to->strides[d] = step;
        if (left % to->shape[d] != 0) return false;
        left /= to->shape[d];
        step *= to->shape[d];
    }
    return true;
}

bool fm_view_is_fortran(int ndim, const int64_t *shape, const int64_t *strides) {
    int64_t step = 1, back = 1;
    bool columns = true, rows = true;
    for (int d = 0; d < ndim; d++)
        if (shape[d] == 0) return false;
    for (int d = 0; d < ndim; d++) {
        if (shape[d] == 1) continue;
        columns = columns && strides[d] == step;
        step *= shape[d];
    }
    for (int d = ndim - 1; d >= 0; d--) {
        if (shape[d] == 1) continue;
        rows = rows && strides[d] == back;
        back *= shape[d];
    }
    return columns && !rows;
}
