/* Rows that leave out or add elements along an axis: delete, insert, append, trim_zeros. */
#include "ops/index.h"
#include "ops/index_key.h"

#include <stdlib.h>
#include <string.h>

/* The array that is edited and the axis: flattened where no axis is given. */
typedef struct edit {
    const fm_tensor *a;
    int axis;
    int64_t n; /* extent of the axis */
} edit;

static bool open_edit(fm_program *p, int axis_param, edit *e) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_value *axis = &p->values[axis_param];
    if (p->status != FM_OK) return false;
    e->axis = 0;
    if (!fm_arg_absent(axis))
        p->status =
            fm_axis_normalise(p->row, axis_param, axis->as.i, a->layout->ndim, &e->axis, p->error);
    else if (a->layout->ndim != 1)
        a = fm_index_flat(p, a);
    if (p->status != FM_OK) return false;
    e->a = a;
    e->n = fm_layout_shape(a->layout)[e->axis];
    return true;
}

/* Elements from `from` to `to` along the axis, as a view. */
static fm_tensor *part(fm_program *p, const fm_tensor *a, int axis, int64_t from, int64_t to) {
    return FM_DO(p, "_slice", V_T(a), V_I(axis), V_I(from), V_I(to - from));
}

/* The array without `count` elements of the axis from `from` on. */
static fm_tensor *cut_out(fm_program *p, const edit *e, int64_t from, int64_t count) {
    const fm_tensor *parts[2] = {part(p, e->a, e->axis, 0, from),
                                 part(p, e->a, e->axis, from + count, e->n)};
    if (p->status != FM_OK) return NULL;
    return FM_DO(p, "concatenate", V_TS(parts, 2), V_I(e->axis));
}

/* What delete leaves out: `count` elements with the same step between them, or those that a mask
   does not keep. */
typedef struct leaving {
    int64_t from, count;
    const fm_tensor *keep; /* NULL: by steps */
    int64_t step;          /* 0 and 1: a run */
} leaving;

static bool single_index(fm_program *p, const edit *e, int64_t index, leaving *l) {
    if (index < -e->n || index >= e->n) {
        fm_program_raise(p, FM_ERR_ARGUMENT, "IndexError", 2,
                         "index %lld is out of bounds for axis %d of size %lld", (long long)index,
                         e->axis, (long long)e->n);
        return false;
    }
    *l = (leaving){index < 0 ? index + e->n : index, 1, NULL, 1};
    return true;
}

static fm_tensor *all_kept(fm_program *p, int64_t n) {
    return FM_DO(p, "full", V_INTS(&n, 1), V_B(true), V_D(FM_BOOL));
}

static bool leave_slice(fm_program *p, const edit *e, const fm_value *slice, leaving *l) {
    int64_t from, count, step;
    p->status = fm_slice_read(p->row->name, 2, slice, e->n, &from, &count, &step, p->error);
    if (p->status != FM_OK) return false;
    if (step < 0 && count > 0) {
        from += (count - 1) * step;
        step = -step;
    }
    *l = (leaving){count > 0 ? from : 0, count, NULL, count > 1 ? step : 1};
    return true;
}

/* The places that steps leave. */
static const fm_tensor *places_between(fm_program *p, const edit *e, const leaving *l) {
    int64_t places[FM_FEW], left = 0;
    if (e->n <= FM_FEW) {
        for (int64_t i = 0; i < e->n; i++) {
            const int64_t away = i - l->from;
            if (away < 0 || away % l->step || away / l->step >= l->count) places[left++] = i;
        }
        return fm_program_from(p, FM_INT64, 1, &left, places);
    }
    fm_tensor *keep = all_kept(p, e->n);
    fm_tensor *gone =
        FM_DO(p, "_slice", V_T(keep), V_I(0), V_I(l->from), V_I(l->count), V_I(l->step));
    if (gone) FM_DO_INTO(p, gone, "full", V_INTS(&l->count, 1), V_B(false), V_D(FM_BOOL));
    return FM_DO(p, "_nonzero_flat", V_T(keep));
}

static bool leave_mask(fm_program *p, const edit *e, const fm_tensor *mask, leaving *l) {
    if (mask->layout->ndim != 1 || mask->layout->size != e->n) {
        fm_program_fail(p, FM_ERR_ARGUMENT, 2,
                        "a mask of %d dimensions and %lld elements, but axis %d has %lld",
                        mask->layout->ndim, (long long)mask->layout->size, e->axis,
                        (long long)e->n);
        return false;
    }
    int64_t gone = fm_program_int(p, FM_DO(p, "_count", V_T(mask)));
    *l = (leaving){0, gone, FM_DO(p, "logical_not", V_T(mask)), 0};
    return p->status == FM_OK;
}

/* Places named more than once are left out once. */
static bool leave_places(fm_program *p, const edit *e, const fm_tensor *index, leaving *l) {
    char kind = fm_dtype_kind(index->layout->dtype);
    if (kind != 'i' && kind != 'u') {
        fm_program_raise(p, FM_ERR_DTYPE, "IndexError", 2, "%s, but an index has integers or bool",
                         fm_dtype_name(index->layout->dtype));
        return false;
    }
    if (index->layout->size == 1)
        return single_index(p, e, fm_program_int(p, fm_index_flat(p, index)), l);
    *l = (leaving){0, 0, NULL, 1};
    if (index->layout->size == 0) return true;
    fm_index_check(p, index, e->n, e->axis, 2);
    l->keep = all_kept(p, e->n);
    if (p->status != FM_OK) return false;
    fm_value scatter[6] = {V_T(l->keep), V_T(index), V_B(false),
                           V_I(0),       V_I(1),     V_I(FM_PLACE_SURE)};
    fm_do_all(p, FM_ROW_ONCE("_scatter"), scatter, 6, NULL, 0);
    l->count = e->n - fm_program_int(p, FM_DO(p, "_count", V_T(l->keep)));
    return p->status == FM_OK;
}

static bool read_leaving(fm_program *p, const edit *e, leaving *l) {
    const fm_value *obj = &p->values[1];
    if (obj->kind == FM_VALUE_SLICE) return leave_slice(p, e, obj, l);
    if (obj->kind == FM_VALUE_INT) return single_index(p, e, obj->as.i, l);
    const fm_tensor *index = fm_program_as_tensor(p, obj);
    if (p->status != FM_OK) return false;
    if (!index) {
        fm_program_raise(p, FM_ERR_ARGUMENT, "IndexError", 2,
                         "an index is an integer, a slice or an array of integers or bool");
        return false;
    }
    if (index->layout->size == 0 && obj->kind != FM_VALUE_TENSOR)
        index = FM_DO(p, "astype", V_T(index), V_D(FM_INT64));
    if (p->status != FM_OK) return false;
    return index->layout->dtype == FM_BOOL ? leave_mask(p, e, index, l)
                                           : leave_places(p, e, index, l);
}

/* delete(arr, obj, axis): what it costs is what it leaves out. */
fm_status fm_probe_delete(fm_program *p, int64_t probed[FM_PROBED]) {
    edit e;
    leaving l;
    if (!open_edit(p, 2, &e) || !read_leaving(p, &e, &l)) return p->status;
    probed[0] = e.n > 0 ? l.count * (e.a->layout->size / e.n) : 0;
    probed[1] = e.n - l.count;
    return p->status;
}

/* The shape with another extent of the axis. */
static void edited_shape(const fm_bound *bound, fm_resolved *r, int axis_param, int64_t extent) {
    const fm_layout *a = r->in[0];
    const fm_value *axis = &bound->values[axis_param];
    int64_t shape[FM_MAX_NDIM];
    int ndim = fm_arg_absent(axis) ? 1 : a->ndim, at = 0;
    if (!fm_arg_absent(axis)) {
        memcpy(shape, fm_layout_shape(a), (size_t)ndim * sizeof *shape);
        at = (int)(axis->as.i < 0 ? axis->as.i + ndim : axis->as.i);
    }
    shape[at] = extent;
    fm_output_set(r, 0, a->dtype, ndim, shape);
}

fm_status fm_infer_delete(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axis;
    r->compute = r->in[0]->dtype;
    if (!fm_arg_absent(&bound->values[2]))
        FM_TRY(
            fm_axis_normalise(bound->row, 2, bound->values[2].as.i, r->in[0]->ndim, &axis, error));
    edited_shape(bound, r, 2, bound->probed ? bound->probed[1] : 0);
    return FM_OK;
}

/* What the probe found. */
fm_status fm_cost_probed(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    (void)r;
    int64_t found = bound->probed ? bound->probed[0] : 0;
    fm_extents all = {1, &found};
    return fm_cost_result(bound, fm_cost_elements(work, fm_row_cost_name(bound->row), all), error);
}

fm_status fm_run_delete(fm_program *p) {
    edit e;
    leaving l;
    if (!open_edit(p, 2, &e) || !read_leaving(p, &e, &l)) return p->status;
    if (l.keep || l.step > 1) {
        const fm_tensor *places = l.keep ? fm_index_nonzero(p, l.keep) : places_between(p, &e, &l);
        fm_program_return(
            p, 0,
            FM_DO(p, "_gather", V_T(e.a), V_T(places), V_I(e.axis), V_I(1), V_I(FM_PLACE_SURE)));
    } else if (l.count == 0) {
        fm_program_return(p, 0, FM_DO(p, "copy", V_T(e.a)));
    } else {
        fm_program_return(p, 0, cut_out(p, &e, l.from, l.count));
    }
    return p->status;
}

/* insert(arr, obj, values, axis): 1 a value. */
fm_status fm_infer_insert(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axis;
    r->compute = r->in[0]->dtype;
    if (!fm_arg_absent(&bound->values[3]))
        FM_TRY(
            fm_axis_normalise(bound->row, 3, bound->values[3].as.i, r->in[0]->ndim, &axis, error));
    fm_output_unknown(r, 0, r->compute);
    return FM_OK;
}

fm_status fm_cost_values(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    int64_t size = fm_index_value_size(&bound->values[2]);
    (void)r;
    fm_extents all = {1, &size};
    return fm_cost_result(bound, fm_cost_elements(work, fm_row_cost_name(bound->row), all), error);
}

/* The places before which values go, on the host; single: obj is one integer, not a list. */
static const int64_t *read_places(fm_program *p, const edit *e, int64_t *count, bool *single) {
    const fm_value *obj = &p->values[1];
    *single = false;
    if (obj->kind == FM_VALUE_SLICE) {
        int64_t from, step;
        p->status = fm_slice_read(p->row->name, 2, obj, e->n, &from, count, &step, p->error);
        int64_t *places = fm_program_memory(p, ((size_t)*count + 1) * sizeof *places);
        for (int64_t i = 0; places && i < *count; i++) places[i] = from + i * step;
        return places;
    }
    const fm_tensor *index = fm_program_as_tensor(p, obj);
    if (p->status != FM_OK) return NULL;
    char kind = index ? fm_dtype_kind(index->layout->dtype) : 'f';
    bool empty_list = index && index->layout->size == 0 && obj->kind != FM_VALUE_TENSOR;
    if (kind == 'b') index = fm_index_nonzero(p, index);
    if (p->status != FM_OK) return NULL;
    if (kind != 'b' && kind != 'i' && kind != 'u' && !empty_list) {
        fm_program_raise(p, FM_ERR_DTYPE, "IndexError", 2,
                         "an index is an integer, a slice or an array of integers or bool");
        return NULL;
    }
    if (index->layout->ndim > 1) {
        fm_program_fail(p, FM_ERR_ARGUMENT, 2, "%d dimensions, but an index has at most 1 here",
                        index->layout->ndim);
        return NULL;
    }
    *count = index->layout->size;
    *single = index->layout->ndim == 0;
    return fm_program_ints(p, index);
}

/* Values in the array's dtype, with as many dimensions; of one integer the first axis of values is
   the one that they are inserted along. */
static const fm_tensor *run_of_values(fm_program *p, const edit *e, const fm_tensor *values,
                                      bool single) {
    int ndim = e->a->layout->ndim, missing = ndim - values->layout->ndim;
    int64_t shape[FM_MAX_NDIM];
    if (missing > 0) {
        for (int d = 0; d < missing; d++) shape[d] = 1;
        memcpy(shape + missing, fm_layout_shape(values->layout),
               (size_t)values->layout->ndim * sizeof *shape);
        values = FM_DO(p, "reshape", V_T(values), V_INTS(shape, ndim));
    }
    if (!single || e->axis == 0) return values;
    int64_t first = 0, to = e->axis;
    return FM_DO(p, "moveaxis", V_T(values), V_INTS(&first, 1), V_INTS(&to, 1));
}

/* All values before one place. */
static fm_tensor *insert_run(fm_program *p, const edit *e, int64_t place, const fm_tensor *values,
                             bool single) {
    if (place < -e->n || place > e->n) {
        fm_program_raise(p, FM_ERR_ARGUMENT, "IndexError", 2,
                         "index %lld is out of bounds for axis %d of size %lld", (long long)place,
                         e->axis, (long long)e->n);
        return NULL;
    }
    if (place < 0) place += e->n;
    values = run_of_values(p, e, values, single);
    if (p->status != FM_OK) return NULL;
    int64_t shape[FM_MAX_NDIM];
    int ndim = e->a->layout->ndim;
    if (values->layout->ndim > ndim) {
        fm_program_fail(p, FM_ERR_SHAPE, 3, "%d dimensions, but the array has %d",
                        values->layout->ndim, ndim);
        return NULL;
    }
    memcpy(shape, fm_layout_shape(e->a->layout), (size_t)ndim * sizeof *shape);
    shape[e->axis] = fm_layout_shape(values->layout)[e->axis];
    const fm_tensor *parts[3] = {part(p, e->a, e->axis, 0, place),
                                 FM_DO(p, "broadcast_to", V_T(values), V_INTS(shape, ndim)),
                                 part(p, e->a, e->axis, place, e->n)};
    if (p->status != FM_OK) return NULL;
    return FM_DO(p, "concatenate", V_TS(parts, 3), V_I(e->axis));
}

typedef struct numbered {
    int64_t place, number;
} numbered;

static int by_place(const void *a, const void *b) {
    const numbered *x = a, *y = b;
    if (x->place != y->place) return x->place < y->place ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Where each value goes in the result, and where the elements of the array: places rise by the
   number of those inserted before them. */
static bool arrange(fm_program *p, const edit *e, const int64_t *places, int64_t count,
                    int64_t *values_to, int64_t *array_to) {
    numbered *sorted = fm_program_memory(p, (size_t)count * sizeof *sorted);
    int64_t total = e->n + count, next = 0;
    for (int64_t i = 0; sorted && i < count; i++)
        sorted[i] = (numbered){places[i] < 0 ? places[i] + e->n : places[i], i};
    if (!sorted) return false;
    qsort(sorted, (size_t)count, sizeof *sorted, by_place);
    uint8_t *taken = fm_program_memory(p, (size_t)total + 1);
    for (int64_t i = 0; taken && i < count; i++) {
        int64_t to = sorted[i].place + i;
        if (to < -total || to >= total) {
            fm_program_raise(p, FM_ERR_ARGUMENT, "IndexError", 2,
                             "index %lld is out of bounds for axis %d of size %lld", (long long)to,
                             e->axis, (long long)total);
            return false;
        }
        if (to < 0) to += total;
        values_to[sorted[i].number] = to;
        taken[to] = 1;
    }
    for (int64_t i = 0; taken && i < total; i++)
        if (!taken[i] && next < e->n) array_to[next++] = i;
    if (taken && next == e->n) return true;
    fm_program_fail(p, FM_ERR_ARGUMENT, 2, "two values would go to one place");
    return false;
}

static void scatter_along(fm_program *p, const fm_tensor *out, const fm_tensor *index,
                          const fm_tensor *values, int axis) {
    fm_value all[7] = {V_T(out), V_T(index),         V_T(values), V_I(axis),
                       V_I(1),   V_I(FM_PLACE_SURE), V_B(true)};
    if (p->status == FM_OK) fm_do_all(p, FM_ROW_ONCE("_scatter"), all, 7, NULL, 0);
}

/* One value, or one slice of values, before each of several places. */
static fm_tensor *insert_each(fm_program *p, const edit *e, const int64_t *places, int64_t count,
                              const fm_tensor *values) {
    int64_t *values_to = fm_program_memory(p, ((size_t)count + 1) * sizeof *values_to);
    int64_t *array_to = fm_program_memory(p, ((size_t)e->n + 1) * sizeof *array_to);
    int64_t shape[FM_MAX_NDIM];
    const fm_layout *a = e->a->layout;
    if (p->status != FM_OK || !arrange(p, e, places, count, values_to, array_to)) return NULL;
    memcpy(shape, fm_layout_shape(a), (size_t)a->ndim * sizeof *shape);
    shape[e->axis] = e->n + count;
    fm_tensor *out = fm_program_new(p, a->dtype, a->ndim, shape);
    fm_tensor *new_places = fm_program_from(p, FM_INT64, 1, &count, values_to);
    fm_tensor *old_places = fm_program_from(p, FM_INT64, 1, &e->n, array_to);
    scatter_along(p, out, new_places, values, e->axis);
    scatter_along(p, out, old_places, e->a, e->axis);
    return out;
}

fm_status fm_run_insert(fm_program *p) {
    edit e;
    int64_t count = 0;
    bool single;
    if (!open_edit(p, 3, &e)) return p->status;
    const int64_t *places = read_places(p, &e, &count, &single);
    const fm_tensor *values = fm_program_tensor(p, 2);
    if (p->status != FM_OK) return p->status;
    fm_index_check_numbers(p, &p->values[2], e.a->layout->dtype, 3);
    values = FM_DO(p, "astype", V_T(values), V_D(e.a->layout->dtype));
    if (p->status != FM_OK) return p->status;
    fm_program_return(p, 0,
                      count == 1 ? insert_run(p, &e, places[0], values, single)
                                 : insert_each(p, &e, places, count, values));
    return p->status;
}

/* append(arr, values, axis) */
fm_status fm_infer_append(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0], *values = r->in[1];
    int axis;
    r->compute = fm_promote_types(a->dtype, values->dtype);
    fm_output_unknown(r, 0, r->compute);
    if (fm_arg_absent(&bound->values[2])) return FM_OK;
    if (a->ndim == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "0 dimensions, but arrays joined along an axis have at least 1");
    FM_TRY(fm_axis_normalise(bound->row, 2, bound->values[2].as.i, a->ndim, &axis, error));
    if (values->ndim == a->ndim) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                      "%d dimensions, but argument 1 has %d", values->ndim, a->ndim);
}

fm_status fm_cost_append(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    fm_extents values = fm_extents_of(r->in[1]);
    return fm_cost_result(bound, fm_cost_elements(work, fm_row_cost_name(bound->row), values),
                          error);
}

fm_status fm_run_append(fm_program *p) {
    const fm_tensor *parts[2] = {fm_program_tensor(p, 0), fm_program_tensor(p, 1)};
    fm_value axis = fm_arg(p, 2);
    if (p->status != FM_OK) return p->status;
    if (fm_arg_absent(&axis)) {
        for (int i = 0; i < 2; i++) parts[i] = fm_index_flat(p, parts[i]);
        axis = V_I(0);
    }
    if (p->status == FM_OK) fm_program_return(p, 0, FM_DO(p, "concatenate", V_TS(parts, 2), axis));
    return p->status;
}
