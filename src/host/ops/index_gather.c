/* Rows that gather and scatter: take, take_along_axis, and the kernels that programs call. */
#include "core/memory.h"
#include "ops/index.h"

#include <string.h>

bool fm_index_remote(const fm_bound *bound) {
    for (int p = 0; p < bound->row->nparams; p++) {
        const fm_value *value = &bound->values[p];
        if (value->kind == FM_VALUE_TENSOR && value->as.tensor->memory &&
            value->as.tensor->memory->device.kind == FM_CUDA)
            return true;
    }
    return false;
}

fm_status fm_index_integral(const fm_bound *bound, const fm_resolved *r, int i, fm_error *error) {
    char kind = fm_dtype_kind(r->in[i]->dtype);
    bool real =
        kind == 'b' || kind == 'i' || kind == 'u' || (kind == 'f' && (r->by_value >> i & 1));
    if (real) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, r->in_source[i].param + 1,
                      "%s, but an index has integers", fm_dtype_name(r->in[i]->dtype));
}

fm_status fm_index_mode(const fm_bound *bound, int param, int *mode, fm_error *error) {
    static const char *const names[] = {"raise", "wrap", "clip"};
    const char *name = bound->values[param].as.string;
    for (*mode = 0; *mode < 3; (*mode)++)
        if (strcmp(name, names[*mode]) == 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                      "mode '%s', but there are raise, wrap and clip", name);
}

int64_t fm_index_first_outside(fm_program *p, const fm_tensor *index, int64_t n, bool wraps) {
    int64_t size = index->layout->size, few[FM_FEW], bad = 0;
    if (size > FM_FEW || index->layout->dtype != FM_INT64)
        return fm_program_int(p, FM_DO(p, "_outside", V_T(index), V_I(n), V_B(wraps)));
    fm_program_read(p, index, few);
    if (p->status != FM_OK) return 0;
    while (bad < size && few[bad] < n && few[bad] >= (wraps ? -n : 0)) bad++;
    return bad;
}

bool fm_index_watch(fm_program *p, const fm_tensor *index, int64_t low, int64_t n,
                    const char *exception, int argument) {
    return fm_program_watch_range(p, index, low, n - 1, FM_ERR_ARGUMENT, exception, argument,
                                  "an index is out of bounds");
}

int fm_index_check(fm_program *p, const fm_tensor *index, int64_t n, int axis, int argument) {
    if (p->status != FM_OK || index->layout->size == 0) return FM_PLACE_SURE;
    int64_t bad = 0;
    if (n > 0 && fm_index_watch(p, index, -n, n, "IndexError", argument)) return FM_PLACE_WATCHED;
    if (n > 0) bad = fm_index_first_outside(p, index, n, true);
    if (p->status != FM_OK || bad >= index->layout->size) return FM_PLACE_SURE;
    int64_t flat[1] = {-1}, start[1] = {bad}, stop[1] = {bad + 1};
    fm_tensor *line = FM_DO(p, "reshape", V_T(index), V_INTS(flat, 1));
    fm_tensor *one = FM_DO(p, "slice", V_T(line), V_INTS(start, 1), V_INTS(stop, 1));
    int64_t found = fm_program_int(p, FM_DO(p, "reshape", V_T(one), V_INTS(flat, 0)));
    fm_program_raise(p, FM_ERR_ARGUMENT, "IndexError", argument,
                     "index %lld is out of bounds for axis %d of size %lld", (long long)found, axis,
                     (long long)n);
    return FM_PLACE_SURE;
}

/* a.shape[:axis] + index.shape + a.shape[axis + naxes:] */
static fm_status gathered_shape(const fm_bound *bound, const fm_layout *a, const fm_layout *index,
                                int axis, int naxes, int *ndim, int64_t *shape, fm_error *error) {
    int n = 0;
    if (a->ndim - naxes + index->ndim > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "the result would have %d dimensions, but at most %d are supported",
                          a->ndim - naxes + index->ndim, FM_MAX_NDIM);
    for (int d = 0; d < axis; d++) shape[n++] = fm_layout_shape(a)[d];
    for (int d = 0; d < index->ndim; d++) shape[n++] = fm_layout_shape(index)[d];
    for (int d = axis + naxes; d < a->ndim; d++) shape[n++] = fm_layout_shape(a)[d];
    *ndim = n;
    return FM_OK;
}

/* Extents along the axes as one: how many places an index has. */
static int64_t places(const fm_layout *a, int axis, int naxes) {
    int64_t n = 1;
    for (int d = axis; d < axis + naxes; d++) n *= fm_layout_shape(a)[d];
    return n;
}

/* Whether a kernel on a device would meet an index that it cannot refuse. */
static bool needs_check(const fm_bound *bound, const fm_layout *a, int axis, int naxes, int mode) {
    if (mode == FM_PLACE_SURE || !fm_index_remote(bound)) return false;
    return mode == FM_PLACE_RAISE || places(a, axis, naxes) == 0;
}

/* The kernel serves where the array has memory and errors, if any, are told at once. */
static fm_status resolve_gather(const fm_bound *bound, fm_resolved *r, int axis, int naxes,
                                int mode, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    FM_TRY(fm_index_integral(bound, r, 1, error));
    FM_TRY(gathered_shape(bound, r->in[0], r->in[1], axis, naxes, &ndim, shape, error));
    r->compute = r->in[0]->dtype;
    r->params.index = (fm_index_params){.axis = axis, .naxes = naxes, .mode = mode};
    r->program = r->by_value & 1 || needs_check(bound, r->in[0], axis, naxes, mode);
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* A number of axes; below zero it is all from that axis on. */
static int64_t axes_from(const fm_value *value, int64_t axis, const fm_layout *a) {
    return value->as.i < 0 ? a->ndim - axis : value->as.i;
}

static void open_two(const fm_bound *bound, fm_resolved *r) {
    fm_operands_clear(r);
    fm_operand_add(bound, r, 0, 0);
    fm_operand_add(bound, r, 1, 0);
}

fm_status fm_infer_gather(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    open_two(bound, r);
    int64_t axis = bound->values[2].as.i, naxes = axes_from(&bound->values[3], axis, r->in[0]);
    if (axis < 0 || naxes < 0 || axis + naxes > r->in[0]->ndim)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                          "axes %lld to %lld of %d dimensions", (long long)axis,
                          (long long)(axis + naxes), r->in[0]->ndim);
    return resolve_gather(bound, r, (int)axis, (int)naxes, (int)bound->values[4].as.i, error);
}

/* The axis of take, and how many axes it stands for: None flattens, and 0 dimensions are 1. */
static fm_status take_axis(const fm_bound *bound, int param, int ndim, int *axis, int *naxes,
                           fm_error *error) {
    const fm_value *value = &bound->values[param];
    *axis = 0;
    *naxes = fm_arg_absent(value) ? ndim : 1;
    if (fm_arg_absent(value)) return FM_OK;
    FM_TRY(fm_axis_normalise(bound->row, param, value->as.i, ndim ? ndim : 1, axis, error));
    if (ndim == 0) *naxes = 0;
    return FM_OK;
}

fm_status fm_infer_take(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axis, naxes, mode;
    open_two(bound, r);
    FM_TRY(fm_index_mode(bound, 3, &mode, error));
    FM_TRY(take_axis(bound, 2, r->in[0]->ndim, &axis, &naxes, error));
    return resolve_gather(bound, r, axis, naxes, mode, error);
}

static fm_status run_gathered(fm_program *p, int axis, int naxes, int mode) {
    const fm_tensor *a = fm_program_tensor(p, 0), *index = fm_program_tensor(p, 1);
    if (p->status != FM_OK) return p->status;
    const fm_layout *all = a->layout;
    int64_t n = places(all, axis, naxes), before = places(all, 0, axis);
    int64_t after = places(all, axis + naxes, all->ndim - axis - naxes);
    bool nothing = n == 0 && before * after > 0, check = mode == FM_PLACE_RAISE && before > 0;
    if (check || (nothing && mode != FM_PLACE_SURE)) {
        const int checked = fm_index_check(p, index, n, axis, 2);
        if (mode == FM_PLACE_RAISE) mode = checked;
    }
    if (mode == FM_PLACE_RAISE) mode = FM_PLACE_SURE;
    if (n == 0) mode = FM_PLACE_SURE;
    fm_program_return(p, 0,
                      FM_DO(p, "_gather", V_T(a), fm_arg(p, 1), V_I(axis), V_I(naxes), V_I(mode)));
    return p->status;
}

fm_status fm_run_gather(fm_program *p) {
    int64_t axis = fm_arg(p, 2).as.i;
    int64_t naxes = axes_from(&p->values[3], axis, fm_value_layout(&p->values[0]));
    return run_gathered(p, (int)axis, (int)naxes, (int)fm_arg(p, 4).as.i);
}

/* Infer has accepted all of it. */
fm_status fm_run_take(fm_program *p) {
    fm_bound bound = {p->row, p->values, 0, NULL};
    int axis = 0, naxes = 0, mode = 0;
    FM_TRY(take_axis(&bound, 2, fm_value_layout(&p->values[0])->ndim, &axis, &naxes, p->error));
    FM_TRY(fm_index_mode(&bound, 3, &mode, p->error));
    return run_gathered(p, axis, naxes, mode);
}

/* The index's shape broadcast against the array's in all axes but one. */
static fm_status along_shape(const fm_bound *bound, const int64_t *a, const int64_t *index,
                             int ndim, int axis, int64_t *shape, fm_error *error) {
    for (int d = 0; d < ndim; d++) {
        shape[d] = d == axis || a[d] == 1 ? index[d] : a[d];
        if (d == axis || a[d] == index[d] || a[d] == 1 || index[d] == 1) continue;
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                   "axis %d is %lld, but argument 1 axis %d is %lld", d, (long long)index[d], d,
                   (long long)a[d]);
        return fm_fail_as(error, "IndexError", FM_ERR_SHAPE);
    }
    return FM_OK;
}

static fm_status whole_numbers(const fm_bound *bound, const fm_layout *index, int param,
                               fm_error *error) {
    char kind = fm_dtype_kind(index->dtype);
    if (kind == 'i' || kind == 'u') return FM_OK;
    fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, param + 1, "%s, but an index has integers",
               fm_dtype_name(index->dtype));
    return fm_fail_as(error, "IndexError", FM_ERR_DTYPE);
}

/* The public row has no mode. */
static int along_mode(const fm_bound *bound) {
    return bound->row->nparams > 3 ? (int)bound->values[3].as.i : FM_PLACE_RAISE;
}

fm_status fm_infer_take_along_axis(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    open_two(bound, r);
    const fm_layout *a = r->in[0], *index = r->in[1];
    int64_t flat[1] = {a->size}, shape[FM_MAX_NDIM];
    const int64_t *extents = fm_layout_shape(a);
    bool all = fm_arg_absent(&bound->values[2]);
    int ndim = all ? 1 : a->ndim, axis = 0;
    if (all) extents = flat;
    FM_TRY(whole_numbers(bound, index, 1, error));
    if (index->ndim != ndim)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "%d dimensions, but argument 1 has %d", index->ndim, ndim);
    if (!all) FM_TRY(fm_axis_normalise(bound->row, 2, bound->values[2].as.i, ndim, &axis, error));
    FM_TRY(along_shape(bound, extents, fm_layout_shape(index), ndim, axis, shape, error));
    r->compute = a->dtype;
    r->params.index = (fm_index_params){.axis = axis, .mode = along_mode(bound)};
    r->program = (all && a->ndim != 1) || r->by_value ||
                 needs_check(bound, a, axis, all ? a->ndim : 1, along_mode(bound));
    fm_output_set(r, 0, a->dtype, ndim, shape);
    return FM_OK;
}

fm_status fm_run_take_along_axis(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *index = fm_program_tensor(p, 1);
    int64_t flat[1] = {-1};
    if (p->status != FM_OK) return p->status;
    int64_t axis = fm_arg_int(&p->values[2], 0);
    if (fm_arg_absent(&p->values[2]) && a->layout->ndim != 1)
        a = FM_DO(p, "reshape", V_T(a), V_INTS(flat, 1));
    if (p->status != FM_OK) return p->status;
    if (axis < 0) axis += a->layout->ndim;
    int mode = fm_index_check(p, index, fm_layout_shape(a->layout)[axis], (int)axis, 2);
    fm_program_return(p, 0, FM_DO(p, "_take_along", V_T(a), V_T(index), V_I(axis), V_I(mode)));
    return p->status;
}

fm_status fm_infer_along(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const int64_t *extents;
    int64_t shape[FM_MAX_NDIM];
    int ndim = fm_arg_ints(&bound->values[1], &extents), axis;
    fm_operands_clear(r);
    const fm_layout *index = fm_operand_add(bound, r, 0, 0);
    FM_TRY(whole_numbers(bound, index, 0, error));
    if (index->ndim != ndim)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%d dimensions, but there are %d extents", index->ndim, ndim);
    FM_TRY(fm_axis_normalise(bound->row, 2, bound->values[2].as.i, ndim, &axis, error));
    FM_TRY(along_shape(bound, extents, fm_layout_shape(index), ndim, axis, shape, error));
    r->compute = FM_INT64;
    r->params.index = (fm_index_params){.axis = axis, .mode = FM_PLACE_SURE};
    memcpy(r->params.index.extent, extents, (size_t)ndim * sizeof *extents);
    fm_output_set(r, 0, FM_INT64, ndim, shape);
    return FM_OK;
}

fm_status fm_infer_outside(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    fm_operand_add(bound, r, 0, 0);
    FM_TRY(fm_index_integral(bound, r, 0, error));
    r->compute = FM_INT64;
    r->params.index.extent[0] = bound->values[1].as.i;
    r->params.index.mode = bound->values[2].as.i ? FM_PLACE_RAISE : FM_PLACE_SURE;
    fm_output_set(r, 0, FM_INT64, 0, NULL);
    return FM_OK;
}

/* _scatter(target, index, values, axis, naxes, mode, distinct): the kernel's inputs are index and
   values, its output the target. */
fm_status fm_infer_scatter(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    const fm_layout *target = fm_value_layout(&bound->values[0]);
    int64_t axis = bound->values[3].as.i, naxes = axes_from(&bound->values[4], axis, target);
    fm_operands_clear(r);
    const fm_layout *index = fm_operand_add(bound, r, 1, 0);
    const fm_layout *values = fm_operand_add(bound, r, 2, 0);
    FM_TRY(fm_index_integral(bound, r, 0, error));
    if (axis < 0 || naxes < 0 || axis + naxes > target->ndim)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 4,
                          "axes %lld to %lld of %d dimensions", (long long)axis,
                          (long long)(axis + naxes), target->ndim);
    FM_TRY(gathered_shape(bound, target, index, (int)axis, (int)naxes, &ndim, shape, error));
    bool fits = values->ndim <= ndim;
    for (int d = 0; fits && d < values->ndim; d++) {
        int64_t own = fm_layout_shape(values)[d], want = shape[ndim - values->ndim + d];
        fits = own == want || own == 1;
    }
    char have[160], want[160];
    if (!fits)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                          "shape %s does not broadcast to the places' %s",
                          fm_shape_format(values->ndim, fm_layout_shape(values), have, sizeof have),
                          fm_shape_format(ndim, shape, want, sizeof want));
    int mode = (int)bound->values[5].as.i;
    r->compute = target->dtype;
    r->params.index = (fm_index_params){.axis = (int)axis,
                                        .naxes = (int)naxes,
                                        .mode = mode,
                                        .distinct = bound->values[6].as.i != 0};
    r->program = needs_check(bound, target, (int)axis, (int)naxes, mode);
    fm_output_set(r, 0, target->dtype, target->ndim, fm_layout_shape(target));
    return FM_OK;
}

fm_status fm_run_scatter(fm_program *p) {
    const fm_tensor *target = fm_program_tensor(p, 0), *index = fm_program_tensor(p, 1);
    if (p->status != FM_OK) return p->status;
    int axis = (int)fm_arg(p, 3).as.i, mode = (int)fm_arg(p, 5).as.i;
    int naxes = (int)axes_from(&p->values[4], axis, target->layout);
    int64_t n = places(target->layout, axis, naxes);
    if (mode == FM_PLACE_RAISE || n == 0) mode = fm_index_check(p, index, n, axis, 2);
    fm_value values[7] = {V_T(target), fm_arg(p, 1), fm_arg(p, 2), V_I(axis),
                          V_I(naxes),  V_I(mode),    fm_arg(p, 6)};
    fm_do_all(p, p->row, values, 7, NULL, 0);
    return p->status;
}
