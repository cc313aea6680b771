/* Views by moved and reversed axes: matrix_transpose, rollaxis, fliplr, flipud, rot90. */
#include "ops/args.h"
#include "ops/view.h"

static fm_status need_dimensions(const fm_bound *bound, const fm_view *view, int least,
                                 fm_error *error) {
    if (view->ndim >= least) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                      "%d dimensions, but at least %d are needed", view->ndim, least);
}

static void reverse_axis(fm_view *view, int axis) {
    for (int d = 0; d < view->ndim; d++)
        if (view->shape[d] == 0) return;
    view->offset += (view->shape[axis] - 1) * view->strides[axis];
    view->strides[axis] = -view->strides[axis];
}

static fm_view exchanged(const fm_view *view, int first, int second) {
    int order[FM_MAX_NDIM];
    for (int d = 0; d < view->ndim; d++) order[d] = d;
    order[first] = second;
    order[second] = first;
    return fm_view_permuted(view, order);
}

fm_status fm_infer_last_exchanged(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view;
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(need_dimensions(bound, &view, 2, error));
    fm_view moved = exchanged(&view, view.ndim - 2, view.ndim - 1);
    return fm_view_close(r, &moved);
}

/* The axis goes before the axis that is at `start` now. */
fm_status fm_infer_rollaxis(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view;
    int axis, order[FM_MAX_NDIM], at = 0;
    int64_t start = bound->values[2].as.i;
    FM_TRY(fm_view_open(bound, r, &view));
    int n = view.ndim;
    FM_TRY(fm_axis_normalise(bound->row, 1, bound->values[1].as.i, n, &axis, error));
    if (start < -n || start > n) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                   "start %lld is out of range for %d dimensions", (long long)start, n);
        return fm_fail_as(error, "AxisError", FM_ERR_SHAPE);
    }
    if (start < 0) start += n;
    for (int d = 0; d <= n; d++) {
        if (d == start) order[at++] = axis;
        if (d < n && d != axis) order[at++] = d;
    }
    fm_view moved = fm_view_permuted(&view, order);
    return fm_view_close(r, &moved);
}

static fm_status infer_reversed(const fm_bound *bound, fm_resolved *r, int axis, fm_error *error) {
    fm_view view;
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(need_dimensions(bound, &view, axis + 1, error));
    reverse_axis(&view, axis);
    return fm_view_close(r, &view);
}

fm_status fm_infer_fliplr(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_reversed(bound, r, 1, error);
}

fm_status fm_infer_flipud(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_reversed(bound, r, 0, error);
}

/* The two axes of the plane, which must differ; out of range they are a plain ValueError. */
static fm_status plane_axes(const fm_bound *bound, int ndim, int *axes, fm_error *error) {
    static const int64_t usual[2] = {0, 1};
    const int64_t *ints = usual;
    int n = 2;
    if (!fm_arg_absent(&bound->values[2])) n = fm_arg_ints(&bound->values[2], &ints);
    if (n != 2)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                          "%d axes, but 2 span the plane", n);
    for (int i = 0; i < 2; i++) {
        if (ints[i] < -ndim || ints[i] >= ndim)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                              "axis %lld is out of range for %d dimensions", (long long)ints[i],
                              ndim);
        axes[i] = (int)(ints[i] < 0 ? ints[i] + ndim : ints[i]);
    }
    if (axes[0] == axes[1])
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                          "axis %d is given twice, but the plane needs two", axes[0]);
    return FM_OK;
}

fm_status fm_infer_rot90(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view;
    int axes[2] = {0, 1};
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(plane_axes(bound, view.ndim, axes, error));
    int turns = (int)((bound->values[1].as.i % 4 + 4) % 4);
    if (turns == 2) reverse_axis(&view, axes[0]);
    if (turns == 1 || turns == 2) reverse_axis(&view, axes[1]);
    if (turns & 1) view = exchanged(&view, axes[0], axes[1]);
    if (turns == 3) reverse_axis(&view, axes[1]);
    return fm_view_close(r, &view);
}
