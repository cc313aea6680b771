/* Rows that look at the same storage in another way: axis moves, reshape, broadcast_to, slices. */
#include "ops/args.h"
#include "ops/elementwise_cost.h"
#include "ops/param.h"
#include "ops/index_key.h"
#include "ops/shaping.h"
#include "ops/view.h"

#include <string.h>

/* The input as it lies. A number has no storage: it is copied into some first. */
fm_status fm_view_open(const fm_bound *bound, fm_resolved *r, fm_view *view) {
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, 0, 0);
    *view = (fm_view){.ndim = a->ndim};
    if (a->ndim > 0) {
        memcpy(view->shape, fm_layout_shape(a), (size_t)a->ndim * sizeof *view->shape);
        memcpy(view->strides, fm_layout_strides(a), (size_t)a->ndim * sizeof *view->strides);
    }
    r->compute = a->dtype;
    r->view_copies = r->by_value != 0;
    return FM_OK;
}

fm_status fm_view_close(fm_resolved *r, const fm_view *view) {
    fm_output_set(r, 0, r->compute, view->ndim, view->shape);
    if (view->ndim > 0)
        memcpy(r->view_strides, view->strides, (size_t)view->ndim * sizeof *view->strides);
    r->view_offset = view->offset;
    return FM_OK;
}

/* The view whose axis d is axis order[d] of the other. */
fm_view fm_view_permuted(const fm_view *view, const int *order) {
    fm_view moved = {.ndim = view->ndim, .offset = view->offset};
    for (int d = 0; d < view->ndim; d++) {
        moved.shape[d] = view->shape[order[d]];
        moved.strides[d] = view->strides[order[d]];
    }
    return moved;
}

static fm_status infer_transpose(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view;
    FM_TRY(fm_view_open(bound, r, &view));
    int order[FM_MAX_NDIM], count = view.ndim;
    if (fm_arg_absent(&bound->values[1])) {
        for (int d = 0; d < view.ndim; d++) order[d] = view.ndim - 1 - d;
    } else {
        const int64_t *given;
        count = fm_arg_ints(&bound->values[1], &given);
        if (count != view.ndim)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                              "%d axes, but argument 1 has %d dimensions", count, view.ndim);
        FM_TRY(fm_arg_axis_list(bound, 1, view.ndim, order, &count, error));
    }
    fm_view moved = fm_view_permuted(&view, order);
    return fm_view_close(r, &moved);
}

static fm_status infer_swapaxes(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view;
    int order[FM_MAX_NDIM], first, second;
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(fm_axis_normalise(bound->row, 1, bound->values[1].as.i, view.ndim, &first, error));
    FM_TRY(fm_axis_normalise(bound->row, 2, bound->values[2].as.i, view.ndim, &second, error));
    for (int d = 0; d < view.ndim; d++) order[d] = d;
    order[first] = second;
    order[second] = first;
    fm_view moved = fm_view_permuted(&view, order);
    return fm_view_close(r, &moved);
}

static fm_status infer_moveaxis(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view;
    int source[FM_MAX_NDIM], target[FM_MAX_NDIM], order[FM_MAX_NDIM], count, targets;
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(fm_arg_axis_list(bound, 1, view.ndim, source, &count, error));
    FM_TRY(fm_arg_axis_list(bound, 2, view.ndim, target, &targets, error));
    if (count != targets)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                          "%d destination axes, but argument 2 has %d source axes", targets, count);
    fm_axis_set moved_axes = 0;
    for (int d = 0; d < view.ndim; d++) order[d] = -1;
    for (int i = 0; i < count; i++) {
        order[target[i]] = source[i];
        moved_axes |= (fm_axis_set)1 << source[i];
    }
    for (int d = 0, next = 0; d < view.ndim; d++) {
        if (order[d] >= 0) continue;
        while (moved_axes >> next & 1) next++;
        order[d] = next++;
    }
    fm_view moved = fm_view_permuted(&view, order);
    return fm_view_close(r, &moved);
}

static fm_status infer_expand_dims(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view, wide = {0};
    const int64_t *ints;
    int axes[FM_MAX_NDIM], count = fm_arg_ints(&bound->values[1], &ints);
    FM_TRY(fm_view_open(bound, r, &view));
    if (view.ndim + count > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "%d new axes beside %d dimensions, but at most %d are supported", count,
                          view.ndim, FM_MAX_NDIM);
    wide.ndim = view.ndim + count;
    FM_TRY(fm_arg_axis_list(bound, 1, wide.ndim, axes, &count, error));
    fm_axis_set added = 0;
    for (int i = 0; i < count; i++) added |= (fm_axis_set)1 << axes[i];
    for (int d = 0, from = 0; d < wide.ndim; d++) {
        bool fresh = added >> d & 1;
        wide.shape[d] = fresh ? 1 : view.shape[from];
        wide.strides[d] = fresh ? 0 : view.strides[from];
        from += !fresh;
    }
    return fm_view_close(r, &wide);
}

static fm_status infer_squeeze(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view, narrow = {0};
    FM_TRY(fm_view_open(bound, r, &view));
    fm_axis_set axes = 0;
    const int64_t *given;
    bool all = fm_arg_absent(&bound->values[1]), point = view.ndim == 0;
    point = point && fm_arg_ints(&bound->values[1], &given) == 1 && (*given == 0 || *given == -1);
    if (!point) FM_TRY(fm_arg_axes(bound, 1, view.ndim, &axes, error));
    for (int d = 0; d < view.ndim; d++) {
        bool drop = (axes >> d & 1) && (!all || view.shape[d] == 1);
        if (drop && view.shape[d] != 1)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                              "axis %d of argument 1 has extent %lld, but only extent 1 is dropped",
                              d, (long long)view.shape[d]);
        if (drop) continue;
        narrow.shape[narrow.ndim] = view.shape[d];
        narrow.strides[narrow.ndim++] = view.strides[d];
    }
    return fm_view_close(r, &narrow);
}

static fm_status infer_broadcast_to(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view, wide = {0};
    char from[160], to[160];
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(fm_arg_shape(bound, 1, false, &wide.ndim, wide.shape, error));
    bool fits = wide.ndim >= view.ndim;
    for (int d = 0; fits && d < view.ndim; d++) {
        int at = wide.ndim - view.ndim + d;
        fits = view.shape[d] == wide.shape[at] || view.shape[d] == 1;
        wide.strides[at] = view.shape[d] == 1 ? 0 : view.strides[d];
    }
    if (!fits)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "shape %s, to which argument 1 of shape %s does not broadcast",
                          fm_shape_format(wide.ndim, wide.shape, to, sizeof to),
                          fm_shape_format(view.ndim, view.shape, from, sizeof from));
    return fm_view_close(r, &wide);
}

static fm_status infer_flip(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view;
    fm_axis_set axes;
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(fm_arg_axes(bound, 1, view.ndim, &axes, error));
    for (int d = 0; d < view.ndim; d++) {
        if (!(axes >> d & 1) || r->in[0]->size == 0) continue;
        view.offset += (view.shape[d] - 1) * view.strides[d];
        view.strides[d] = -view.strides[d];
    }
    return fm_view_close(r, &view);
}

/* 0.4.3 looks the extents up first: an axis that is not there is an IndexError. */
static fm_status diagonal_axis(const fm_bound *bound, int param, int ndim, int *axis,
                               fm_error *error) {
    fm_status status =
        fm_axis_normalise(bound->row, param, bound->values[param].as.i, ndim, axis, error);
    return status == FM_OK ? FM_OK : fm_fail_as(error, "IndexError", status);
}

/* The diagonal becomes the last axis, as in NumPy. */
static fm_status infer_diagonal(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view, out = {0};
    FM_TRY(fm_view_open(bound, r, &view));
    int first, second;
    int64_t offset = bound->values[1].as.i;
    FM_TRY(diagonal_axis(bound, 2, view.ndim, &first, error));
    FM_TRY(diagonal_axis(bound, 3, view.ndim, &second, error));
    if (first == second)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 4, "axis2 %d is axis1 %d", second,
                          first);
    for (int d = 0; d < view.ndim; d++) {
        if (d == first || d == second) continue;
        out.shape[out.ndim] = view.shape[d];
        out.strides[out.ndim++] = view.strides[d];
    }
    int64_t rows = view.shape[first], columns = view.shape[second];
    int64_t row = offset < 0 ? (offset < -rows ? rows : -offset) : 0;
    int64_t column = offset > 0 ? (offset > columns ? columns : offset) : 0;
    int64_t length = rows - row < columns - column ? rows - row : columns - column;
    out.shape[out.ndim] = length;
    out.strides[out.ndim++] = view.strides[first] + view.strides[second];
    if (length > 0) out.offset = row * view.strides[first] + column * view.strides[second];
    return fm_view_close(r, &out);
}

static fm_status infer_slices(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view;
    const int64_t *list[3];
    int count[3];
    FM_TRY(fm_view_open(bound, r, &view));
    for (int i = 0; i < 3; i++) count[i] = fm_arg_ints(&bound->values[1 + i], &list[i]);
    if (count[2] == 0) count[2] = count[0];
    if (count[0] != count[1] || count[0] != count[2])
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                          "%d starts, %d stops and %d steps, but they go in threes", count[0],
                          count[1], count[2]);
    if (count[0] > view.ndim)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "%d slices, but argument 1 has %d dimensions", count[0], view.ndim);
    for (int d = 0; d < count[0]; d++) {
        int64_t step = list[2] != NULL ? list[2][d] : 1, from;
        if (step == 0 || step == INT64_MIN)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 4,
                              "step %d is %lld, but a slice needs a step that is not 0", d,
                              (long long)step);
        view.shape[d] = fm_slice_length(view.shape[d], list[0][d], list[1][d], step, &from);
        if (view.shape[d] > 0) view.offset += from * view.strides[d];
        if (view.shape[d] > 1) view.strides[d] *= step;
    }
    return fm_view_close(r, &view);
}

/* A part of one axis, for programs: count elements from start on, which exist. */
static fm_status infer_slice(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    fm_view view;
    FM_TRY(fm_view_open(bound, r, &view));
    const fm_value *v = bound->values;
    const int64_t axis = v[1].as.i;
    view.shape[axis] = v[3].as.i;
    if (v[3].as.i > 0) view.offset += v[2].as.i * view.strides[axis];
    if (v[3].as.i > 1) view.strides[axis] *= v[4].as.i;
    return fm_view_close(r, &view);
}

static fm_status cost_free(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    (void)r;
    return fm_cost_result(bound, fm_cost_free(work, fm_row_cost_name(bound->row)), error);
}

/* Free by the textbook; 0.4.3 logs the elements, to which a packaged weight of 0 applies. */
static fm_status cost_logged(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    return fm_cost_result(
        bound, fm_cost_create(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0), true),
        error);
}

/* The same without a floor. */
static fm_status cost_elements(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    return fm_cost_result(
        bound, fm_cost_create(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0), false),
        error);
}

/* Free by the textbook; 0.4.3 charges the length of the diagonal. */
static fm_status cost_diagonal(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    fm_extents length = {1, &r->out[0].shape[r->out[0].ndim - 1]};
    return fm_cost_result(bound, fm_cost_create(work, fm_row_cost_name(bound->row), length, true),
                          error);
}

#define VIEW_ROW(name_, infer_, cost_, flags_, formula_, meaning_)                                 \
    .name = (name_), .family = FM_FAMILY_VIEW, .nout = 1, .flags = (flags_), .infer = (infer_),    \
    .cost = (cost_), .formula = (formula_), .dtypes = "bool int float complex",                    \
    .meaning = (meaning_)

static const fm_row rows[] = {
    {VIEW_ROW("transpose", infer_transpose, cost_free, FM_ROW_SILENT, "0",
              "The axes in another order; reversed where none is given."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("axes")}},
    {VIEW_ROW("swapaxes", infer_swapaxes, cost_free, FM_ROW_SILENT, "0", "Two axes exchanged."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_INT("axis1"), FM_P_INT("axis2")}},
    {VIEW_ROW("moveaxis", infer_moveaxis, cost_free, FM_ROW_SILENT, "0",
              "Axes moved to other places, the rest in their order."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_INTS("source"), FM_P_INTS("destination")}},
    {VIEW_ROW("permute_dims", infer_transpose, cost_free, FM_ROW_SILENT, "0", "As transpose."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("axes")}},
    {VIEW_ROW("matrix_transpose", fm_infer_last_exchanged, cost_free, FM_ROW_SILENT, "0",
              "The last two axes exchanged."),
     .nparams = 1, .params = {FM_P_TENSOR("x")}},
    {VIEW_ROW("linalg.matrix_transpose", fm_infer_last_exchanged, cost_free, FM_ROW_SILENT, "0",
              "As matrix_transpose."),
     .nparams = 1, .params = {FM_P_TENSOR("x")}},
    {VIEW_ROW("rollaxis", fm_infer_rollaxis, cost_elements, 0, "0",
              "One axis moved until it lies before another."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_INT("axis"), FM_P_INT_DEFAULT("start", 0)}},
    {VIEW_ROW("reshape", fm_infer_reshape, cost_free, FM_ROW_SILENT, "0",
              "The elements in row-major order under another shape; one extent may be -1."),
     .run = fm_run_reshape, .has_kernel = true, .nparams = 4,
     .params = {FM_P_TENSOR("a"),
                FM_P_INTS("shape"),
                FM_P_TEXT_OR_NONE("order"),
                {.name = "copy",
                 .takes = FM_TAKES_BOOL | FM_TAKES_NONE,
                 .otherwise = {.kind = FM_VALUE_NONE}}}},
    {VIEW_ROW("ravel", fm_infer_flattened, cost_logged, 0, "0", "The elements in row-major order."),
     .run = fm_run_flattened, .has_kernel = true, .nparams = 2,
     .params = {FM_P_TENSOR("a"), FM_P_TEXT_OR_NONE("order")}},
    {VIEW_ROW("expand_dims", infer_expand_dims, cost_free, FM_ROW_SILENT, "0",
              "New axes of extent 1 at the places given."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_INTS("axis")}},
    {VIEW_ROW("squeeze", infer_squeeze, cost_free, FM_ROW_SILENT, "0", "Without axes of extent 1."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("axis")}},
    {VIEW_ROW("broadcast_to", infer_broadcast_to, cost_logged, 0, "0",
              "The same elements under a larger shape, repeated without a copy."),
     .nparams = 2, .params = {FM_P_TENSOR("array"), FM_P_INTS("shape")}},
    {VIEW_ROW("flip", infer_flip, cost_free, FM_ROW_SILENT, "0",
              "The order along axes reversed; along all where none is given."),
     .nparams = 2, .params = {FM_P_TENSOR("m"), FM_P_INTS_OR_NONE("axis")}},
    {VIEW_ROW("fliplr", fm_infer_fliplr, cost_free, FM_ROW_SILENT, "0",
              "The order along axis 1 reversed."),
     .nparams = 1, .params = {FM_P_TENSOR("m")}},
    {VIEW_ROW("flipud", fm_infer_flipud, cost_free, FM_ROW_SILENT, "0",
              "The order along axis 0 reversed."),
     .nparams = 1, .params = {FM_P_TENSOR("m")}},
    {VIEW_ROW("rot90", fm_infer_rot90, cost_free, FM_ROW_SILENT, "0",
              "Turned by k right angles in the plane of two axes."),
     .nparams = 3,
     .params = {FM_P_TENSOR("m"),
                FM_P_INT_DEFAULT("k", 1),
                {.name = "axes", .takes = FM_TAKES_INTS, .otherwise = {.kind = FM_VALUE_NONE}}}},
    {VIEW_ROW("diagonal", infer_diagonal, cost_diagonal, 0, "0",
              "The diagonals of two axes, as the last axis."),
     .nparams = 4,
     .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("offset", 0), FM_P_INT_DEFAULT("axis1", 0),
                FM_P_INT_DEFAULT("axis2", 1)}},
    {VIEW_ROW("diag", fm_infer_diag, fm_cost_of_diag, 0, "0",
              "A matrix with v on diagonal k, or diagonal k of a matrix, where it lies."),
     .run = fm_run_diag, .has_kernel = true, .nparams = 2,
     .params = {FM_P_TENSOR("v"), FM_P_INT_DEFAULT("k", 0)}},
    {VIEW_ROW("real", fm_infer_real, fm_cost_pointwise, 0, "n", "The real parts, where they lie."),
     .run = fm_run_part, .has_kernel = true, .nparams = 1, .params = {FM_P_TENSOR("x")}},
    {VIEW_ROW("imag", fm_infer_imag, fm_cost_pointwise, 0, "n",
              "The imaginary parts, where they lie; zeros of real numbers."),
     .run = fm_run_part, .has_kernel = true, .nparams = 1, .params = {FM_P_TENSOR("x")}},
    {VIEW_ROW("_slice", infer_slice, cost_free, FM_ROW_SILENT, "0", "A part of one axis."),
     .nparams = 5,
     .params = {FM_P_TENSOR("a"), FM_P_INT("axis"), FM_P_INT("start"), FM_P_INT("count"),
                FM_P_INT_DEFAULT("step", 1)}},
    {VIEW_ROW("getitem", fm_infer_getitem, cost_free, FM_ROW_SILENT, "0",
              "a[key]: a view for integers, slices, None and ..., else the elements that arrays of "
              "integers and masks name."),
     .run = fm_run_getitem, .has_kernel = true, .nparams = 2,
     .params = {FM_P_TENSOR("a"), FM_P_ANY("key")}},
    {VIEW_ROW("slice", infer_slices, cost_free, FM_ROW_SILENT, "0",
              "The slices start:stop:step of the leading axes, by Python's rules."),
     .nparams = 4,
     .params = {FM_P_TENSOR("a"), FM_P_INTS("start"), FM_P_INTS("stop"),
                FM_P_INTS_OR_NONE("step")}},
};

const fm_row_table fm_rows_view = {rows, (int)(sizeof rows / sizeof *rows)};
