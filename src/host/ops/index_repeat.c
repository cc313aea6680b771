/* Rows that repeat and turn elements: repeat, resize, roll. */
#include "ops/index.h"
#include "ops/shaping.h"

#include <string.h>

/* repeat(a, repeats, axis): the counts as they are given, of a dtype and form that is taken. */
static const fm_tensor *given_counts(fm_program *p) {
    const fm_value *given = &p->values[1];
    const fm_tensor *counts = fm_program_tensor(p, 1);
    if (p->status != FM_OK) return NULL;
    char kind = fm_dtype_kind(counts->layout->dtype);
    bool array = given->kind == FM_VALUE_TENSOR;
    if (kind == 'c' || (array && (kind == 'f' || counts->layout->dtype == FM_UINT64))) {
        fm_program_raise(p, FM_ERR_DTYPE, "TypeError", 2, "%s, but elements are counted by int64",
                         fm_dtype_name(counts->layout->dtype));
        return NULL;
    }
    if (counts->layout->ndim > 1) {
        fm_program_fail(p, FM_ERR_SHAPE, 2, "%d dimensions, but counts have at most 1",
                        counts->layout->ndim);
        return NULL;
    }
    return counts;
}

/* How many times each of n elements is repeated. */
static const fm_tensor *counts_of(fm_program *p, int64_t n) {
    const fm_tensor *counts = given_counts(p);
    if (p->status != FM_OK) return NULL;
    if (counts->layout->size != 1 && counts->layout->size != n) {
        fm_program_fail(p, FM_ERR_SHAPE, 2, "%lld counts, but there are %lld elements",
                        (long long)counts->layout->size, (long long)n);
        return NULL;
    }
    return FM_DO(p, "astype", V_T(counts), V_D(FM_INT64));
}

/* The axis, and the extent that is repeated: of all elements where no axis is given. */
static fm_status repeat_axis(const fm_row *row, const fm_value *value, const fm_layout *a,
                             int *axis, int64_t *n, fm_error *error) {
    *axis = 0;
    *n = a->size;
    if (fm_arg_absent(value)) return FM_OK;
    FM_TRY(fm_axis_normalise(row, 2, value->as.i, a->ndim ? a->ndim : 1, axis, error));
    if (a->ndim > 0) *n = fm_layout_shape(a)[*axis];
    return FM_OK;
}

enum { ONE_COUNT, TOTAL }; /* probed: the count where it is one, the elements along the axis */

fm_status fm_probe_repeat(fm_program *p, int64_t probed[FM_PROBED]) {
    const fm_layout *a = fm_value_layout(&p->values[0]);
    int axis = 0;
    int64_t n = 0;
    const fm_value *given = &p->values[1];
    bool number = given->kind == FM_VALUE_INT || given->kind == FM_VALUE_BOOL;
    if (!number) (void)given_counts(p);
    if (p->status == FM_OK) p->status = repeat_axis(p->row, &p->values[2], a, &axis, &n, p->error);
    if (p->status != FM_OK) return p->status;
    const fm_tensor *counts = number ? NULL : counts_of(p, n);
    if (p->status != FM_OK) return p->status;
    int64_t least = number ? given->as.i : 0;
    probed[ONE_COUNT] = -1;
    if (number || counts->layout->size == 1) {
        if (!number) least = fm_program_int(p, fm_index_flat(p, counts));
        if (n == 0) least = 0; /* nothing is repeated a number of times below 0 */
        probed[ONE_COUNT] = least;
        if (__builtin_mul_overflow(least, n, &probed[TOTAL]))
            return fm_program_fail(p, FM_ERR_OVERFLOW, 2, "too many elements");
    } else if (n > 0) {
        least = fm_program_int(p, FM_DO(p, "min", V_T(counts)));
        probed[TOTAL] = fm_program_int(p, FM_DO(p, "sum", V_T(counts)));
    }
    if (p->status == FM_OK && least < 0)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 2, "a count is %lld, but counts are at least 0",
                               (long long)least);
    return p->status;
}

fm_status fm_infer_repeat(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    int64_t shape[FM_MAX_NDIM], n;
    int axis, ndim = fm_arg_absent(&bound->values[2]) || a->ndim == 0 ? 1 : a->ndim;
    FM_TRY(repeat_axis(bound->row, &bound->values[2], a, &axis, &n, error));
    if (a->ndim == ndim) memcpy(shape, fm_layout_shape(a), (size_t)ndim * sizeof *shape);
    shape[axis] = bound->probed ? bound->probed[TOTAL] : 0;
    r->compute = a->dtype;
    fm_output_set(r, 0, a->dtype, ndim, shape);
    return FM_OK;
}

fm_status fm_cost_repeat(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    fm_status status =
        fm_cost_elementwise(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0));
    return fm_cost_result(bound, status, error);
}

/* _repeat(a, axis, times): every element the same number of times. */
fm_status fm_infer_repeat_evenly(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    int64_t shape[FM_MAX_NDIM], times = bound->values[2].as.i;
    int axis;
    FM_TRY(fm_axis_normalise(bound->row, 1, bound->values[1].as.i, a->ndim, &axis, error));
    memcpy(shape, fm_layout_shape(a), (size_t)a->ndim * sizeof *shape);
    shape[axis] *= times;
    r->compute = a->dtype;
    r->params.index.axis = axis;
    r->params.index.extent[0] = times;
    fm_output_set(r, 0, a->dtype, a->ndim, shape);
    return FM_OK;
}

fm_status fm_run_repeat(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    int axis = 0;
    int64_t n = 0;
    if (p->status != FM_OK) return p->status;
    p->status = repeat_axis(p->row, &p->values[2], a->layout, &axis, &n, p->error);
    if (fm_arg_absent(&p->values[2]) || a->layout->ndim == 0) a = fm_index_flat(p, a);
    if (p->status != FM_OK) return p->status;
    if (p->probed[ONE_COUNT] >= 0) {
        fm_program_return(p, 0, FM_DO(p, "_repeat", V_T(a), V_I(axis), V_I(p->probed[ONE_COUNT])));
        return p->status;
    }
    fm_tensor *ends = FM_DO(p, "cumsum", V_T(counts_of(p, n)));
    fm_tensor *index = FM_DO(p, "_runs", V_T(ends), V_I(p->probed[TOTAL]));
    fm_program_return(
        p, 0, FM_DO(p, "_gather", V_T(a), V_T(index), V_I(axis), V_I(1), V_I(FM_PLACE_SURE)));
    return p->status;
}

/* resize(a, new_shape) */
fm_status fm_infer_resize(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    FM_TRY(fm_arg_shape(bound, 1, false, &ndim, shape, error));
    r->compute = r->in[0]->dtype;
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* Whole copies one after the other, then a part of one. */
fm_status fm_run_resize(fm_program *p) {
    const fm_tensor *flat = fm_index_flat(p, fm_program_tensor(p, 0));
    const int64_t *shape;
    int ndim = fm_arg_ints(&p->values[1], &shape);
    int64_t size = 1;
    if (p->status != FM_OK) return p->status;
    for (int d = 0; d < ndim; d++) size *= shape[d];
    int64_t n = flat->layout->size;
    if (n == 0 || size == 0) {
        fm_program_return(p, 0, FM_DO(p, "zeros", V_INTS(shape, ndim), V_D(flat->layout->dtype)));
        return p->status;
    }
    int64_t grid[2] = {size / n, n}, whole = grid[0] * n;
    fm_tensor *out = fm_program_new(p, flat->layout->dtype, 1, &size);
    if (whole > 0) {
        fm_tensor *to = FM_DO(p, "_slice", V_T(out), V_I(0), V_I(0), V_I(whole));
        to = FM_DO(p, "reshape", V_T(to), V_INTS(grid, 2));
        fm_tensor *copies = FM_DO(p, "broadcast_to", V_T(flat), V_INTS(grid, 2));
        if (p->status == FM_OK) FM_DO_INTO(p, to, "copy", V_T(copies));
    }
    if (whole < size) {
        fm_tensor *to = FM_DO(p, "_slice", V_T(out), V_I(0), V_I(whole), V_I(size - whole));
        fm_tensor *part = FM_DO(p, "_slice", V_T(flat), V_I(0), V_I(0), V_I(size - whole));
        if (p->status == FM_OK) FM_DO_INTO(p, to, "copy", V_T(part));
    }
    fm_program_return(p, 0, FM_DO(p, "reshape", V_T(out), V_INTS(shape, ndim)));
    return p->status;
}

/* roll(a, shift, axis) */
fm_status fm_infer_roll(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    const int64_t *shift, *axis;
    int shifts = fm_arg_ints(&bound->values[1], &shift),
        axes = fm_arg_ints(&bound->values[2], &axis);
    r->compute = a->dtype;
    fm_output_set(r, 0, a->dtype, a->ndim, fm_layout_shape(a));
    if (fm_arg_absent(&bound->values[2])) return FM_OK;
    for (int i = 0; i < axes; i++) {
        int at;
        FM_TRY(fm_axis_normalise(bound->row, 2, axis[i], a->ndim, &at, error));
    }
    if (shifts == axes || shifts == 1 || axes == 1) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2, "%d shifts, but there are %d axes",
                      shifts, axes);
}

/* By how much each axis is turned, from 0 on. */
static void read_shifts(fm_program *p, const fm_layout *a, int64_t *turn) {
    const int64_t *shift, *axis, first = 0;
    int shifts = fm_arg_ints(&p->values[1], &shift), axes = fm_arg_ints(&p->values[2], &axis);
    if (fm_arg_absent(&p->values[2])) {
        axes = 1;
        axis = &first;
    }
    int count = shifts == 1 ? axes : axes == 1 ? shifts : axes;
    for (int d = 0; d < a->ndim; d++) turn[d] = 0;
    for (int i = 0; i < count && shifts > 0 && axes > 0; i++) {
        int64_t at = axis[axes == 1 ? 0 : i];
        if (at < 0) at += a->ndim;
        int64_t n = fm_layout_shape(a)[at];
        if (n > 0) turn[at] = (turn[at] + shift[shifts == 1 ? 0 : i] % n + n) % n;
    }
}

/* Every axis that turns has two parts that change places; all parts are copied. */
static void turn_parts(fm_program *p, const fm_tensor *a, const fm_tensor *out,
                       const int64_t *turn) {
    int ndim = a->layout->ndim, moving[FM_MAX_NDIM], n = 0;
    const int64_t *shape = fm_layout_shape(a->layout);
    for (int d = 0; d < ndim; d++)
        if (turn[d] > 0) moving[n++] = d;
    for (uint64_t part = 0; part < (uint64_t)1 << n && p->status == FM_OK; part++) {
        int64_t from[FM_MAX_NDIM], from_end[FM_MAX_NDIM], to[FM_MAX_NDIM], to_end[FM_MAX_NDIM];
        for (int d = 0; d < ndim; d++) {
            from[d] = to[d] = 0;
            from_end[d] = to_end[d] = shape[d];
        }
        for (int i = 0; i < n; i++) {
            int d = moving[i];
            bool last = part >> i & 1;
            from[d] = last ? shape[d] - turn[d] : 0;
            from_end[d] = last ? shape[d] : shape[d] - turn[d];
            to[d] = last ? 0 : turn[d];
            to_end[d] = last ? turn[d] : shape[d];
        }
        fm_tensor *source = FM_DO(p, "slice", V_T(a), V_INTS(from, ndim), V_INTS(from_end, ndim));
        fm_tensor *target = FM_DO(p, "slice", V_T(out), V_INTS(to, ndim), V_INTS(to_end, ndim));
        if (p->status == FM_OK) FM_DO_INTO(p, target, "copy", V_T(source));
        fm_program_drop(p, source);
        fm_program_drop(p, target);
    }
}

/* The one axis that turns, -1 where none or several do. */
static int turning_axis(int ndim, const int64_t *turn) {
    int axis = -1;
    for (int d = 0; d < ndim; d++) {
        if (turn[d] == 0) continue;
        if (axis >= 0) return -1;
        axis = d;
    }
    return axis;
}

fm_status fm_run_roll(fm_program *p) {
    const fm_tensor *given = fm_program_tensor(p, 0), *a = given;
    int64_t turn[FM_MAX_NDIM];
    if (p->status != FM_OK) return p->status;
    if (fm_arg_absent(&p->values[2]) && a->layout->ndim != 1) a = fm_index_flat(p, a);
    if (p->status != FM_OK) return p->status;
    const int64_t *shape = fm_layout_shape(a->layout);
    read_shifts(p, a->layout, turn);
    const bool joins = a->layout->size <= FM_TURNED_AT_ONCE;
    const int axis = joins ? turning_axis(a->layout->ndim, turn) : -1;
    fm_tensor *out = axis >= 0 ? fm_do_turn(p, a, axis, turn[axis])
                               : fm_program_new(p, a->layout->dtype, a->layout->ndim, shape);
    if (p->status == FM_OK && axis < 0 && a->layout->size > 0) turn_parts(p, a, out, turn);
    if (a == given) {
        fm_program_return(p, 0, out);
        return p->status;
    }
    fm_program_return(
        p, 0,
        FM_DO(p, "reshape", V_T(out), V_INTS(fm_layout_shape(given->layout), given->layout->ndim)));
    return p->status;
}
