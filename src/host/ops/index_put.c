/* Rows that write into an array: put, place, putmask, put_along_axis, copyto, fill_diagonal. What
   may be refused is refused before anything is written. */
#include "ops/index.h"

#include <string.h>

fm_status fm_infer_put(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    r->compute = fm_value_layout(&bound->values[0])->dtype;
    return FM_OK;
}

/* 1 an element of the array. */
fm_status fm_cost_put(const fm_bound *bound, const fm_resolved *r, fm_work *work, fm_error *error) {
    (void)r;
    fm_extents a = fm_extents_of(fm_value_layout(&bound->values[0]));
    return fm_cost_result(bound, fm_cost_elements(work, fm_row_cost_name(bound->row), a), error);
}

static bool has_shape_of(const fm_tensor *x, const fm_tensor *of) {
    const fm_layout *a = x->layout, *b = of->layout;
    return a->ndim == b->ndim && memcmp(fm_layout_shape(a), fm_layout_shape(b),
                                        (size_t)a->ndim * sizeof *fm_layout_shape(a)) == 0;
}

/* Values as a flat array in the target's dtype and apart from its memory. An array must be safe to
   cast where `safe` is set; numbers and lists never are looked at. */
static const fm_tensor *read_values(fm_program *p, int param, const fm_tensor *target, bool safe) {
    const fm_value *given = &p->values[param];
    const fm_tensor *values = fm_program_tensor(p, param);
    if (p->status != FM_OK) return NULL;
    fm_dtype from = values->layout->dtype, to = target->layout->dtype;
    bool array = given->kind == FM_VALUE_TENSOR;
    if (safe && array && !fm_can_cast(from, to, FM_CAST_SAFE))
        fm_program_raise(p, FM_ERR_DTYPE, "TypeError", param + 1, "%s cannot be cast to %s",
                         fm_dtype_name(from), fm_dtype_name(to));
    if (!array) fm_index_check_numbers(p, given, to, param + 1);
    if (p->status != FM_OK) return NULL;
    if (from != to)
        values = FM_DO(p, "astype", V_T(values), V_D(to));
    else if (values->storage == target->storage)
        values = FM_DO(p, "copy", V_T(values));
    return fm_index_flat(p, values);
}

/* count values, taken from the first on again where there are fewer. */
static const fm_tensor *cycle(fm_program *p, const fm_tensor *flat, int64_t count) {
    if (p->status != FM_OK || flat->layout->size == 1 || flat->layout->size == count) return flat;
    if (flat->layout->size > count)
        return FM_DO(p, "_slice", V_T(flat), V_I(0), V_I(0), V_I(count), V_I(1));
    return FM_DO(p, "resize", V_T(flat), V_INTS(&count, 1));
}

static void scatter(fm_program *p, const fm_tensor *target, const fm_tensor *index,
                    const fm_tensor *values, int mode, bool distinct) {
    fm_value all[7] = {V_T(target), V_T(index), V_T(values),  V_I(0),
                       V_I(-1),     V_I(mode),  V_B(distinct)};
    if (p->status == FM_OK) fm_do_all(p, FM_ROW_ONCE("_scatter"), all, 7, NULL, 0);
}

/* put(a, ind, v, mode) */
fm_status fm_run_put(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *index = fm_program_tensor(p, 1);
    fm_bound bound = {p->row, p->values, 0, NULL};
    int mode = 0;
    if (p->status != FM_OK) return p->status;
    p->status = fm_index_mode(&bound, 3, &mode, p->error);
    if (p->status != FM_OK) return p->status;
    char kind = fm_dtype_kind(index->layout->dtype);
    if (kind == 'f' && p->values[1].kind != FM_VALUE_TENSOR)
        index = FM_DO(p, "astype", V_T(index), V_D(FM_INT64));
    else if (kind == 'f' || kind == 'c' || index->layout->dtype == FM_UINT64)
        return fm_program_raise(p, FM_ERR_DTYPE, "TypeError", 2,
                                "%s, but an index has integers that int64 holds",
                                fm_dtype_name(index->layout->dtype));
    const fm_tensor *values = read_values(p, 2, a, false);
    if (p->status != FM_OK || index->layout->size == 0) return p->status;
    if (a->layout->size == 0)
        return fm_program_raise(p, FM_ERR_ARGUMENT, "IndexError", 1,
                                "an empty array has no element to write");
    if (values->layout->size == 0) return FM_OK;
    if (index->storage == a->storage) index = FM_DO(p, "copy", V_T(index));
    index = fm_index_flat(p, index);
    if (mode == FM_PLACE_RAISE) mode = fm_index_check(p, index, a->layout->size, 0, 2);
    if (p->status == FM_OK)
        scatter(p, a, index, cycle(p, values, index->layout->size), mode, false);
    return p->status;
}

/* A mask with as many elements as the array, of its shape. */
static const fm_tensor *read_mask(fm_program *p, const fm_tensor *a) {
    const fm_tensor *mask = fm_program_tensor(p, 1);
    if (p->status != FM_OK) return NULL;
    if (mask->layout->size != a->layout->size) {
        fm_program_fail(p, FM_ERR_SHAPE, 2, "%lld elements, but argument 1 has %lld",
                        (long long)mask->layout->size, (long long)a->layout->size);
        return NULL;
    }
    if (mask->layout->dtype != FM_BOOL)
        mask = FM_DO(p, "astype", V_T(mask), V_D(FM_BOOL));
    else if (mask->storage == a->storage)
        mask = FM_DO(p, "copy", V_T(mask));
    if (p->status == FM_OK && has_shape_of(mask, a)) return mask;
    return FM_DO(p, "reshape", V_T(mask), V_INTS(fm_layout_shape(a->layout), a->layout->ndim));
}

/* One value, or one for each element of the array, where the mask is true. */
static void write_masked(fm_program *p, const fm_tensor *a, const fm_tensor *mask,
                         const fm_tensor *values) {
    if (p->status != FM_OK) return;
    int ndim = values->layout->size == 1 ? 0 : a->layout->ndim;
    if (!has_shape_of(values, a))
        values = FM_DO(p, "reshape", V_T(values), V_INTS(fm_layout_shape(a->layout), ndim));
    FM_DO_INTO(p, a, "where", V_T(mask), V_T(values), V_T(a));
}

/* place(arr, mask, vals): the k-th place gets value k. */
fm_status fm_run_place(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_tensor *mask = a ? read_mask(p, a) : NULL;
    const fm_tensor *values = mask ? read_values(p, 2, a, true) : NULL;
    if (p->status != FM_OK) return p->status;
    if (values->layout->size == 1) {
        write_masked(p, a, mask, values);
        return p->status;
    }
    const fm_tensor *places = fm_index_nonzero(p, mask);
    if (p->status != FM_OK || places->layout->size == 0) return p->status;
    if (values->layout->size == 0)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 3, "there are no values to insert");
    scatter(p, a, places, cycle(p, values, places->layout->size), FM_PLACE_SURE, true);
    return p->status;
}

/* putmask(a, mask, values): the value with the element's own number. */
fm_status fm_run_putmask(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_tensor *mask = a ? read_mask(p, a) : NULL;
    const fm_tensor *values = mask ? read_values(p, 2, a, true) : NULL;
    if (p->status != FM_OK || values->layout->size == 0 || a->layout->size == 0) return p->status;
    write_masked(p, a, mask, cycle(p, values, a->layout->size));
    return p->status;
}

/* Values without leading axes of extent 1 that the target lacks. */
static const fm_tensor *trim_leading(fm_program *p, const fm_tensor *values, int ndim) {
    if (p->status != FM_OK) return NULL;
    const fm_layout *layout = values->layout;
    int surplus = layout->ndim - ndim;
    for (int d = 0; d < surplus; d++)
        if (fm_layout_shape(layout)[d] != 1) return values;
    if (surplus <= 0) return values;
    return FM_DO(p, "reshape", V_T(values), V_INTS(fm_layout_shape(layout) + surplus, ndim));
}

static bool fits(const fm_layout *from, int ndim, const int64_t *shape) {
    if (from->ndim > ndim) return false;
    for (int d = 1; d <= from->ndim; d++) {
        int64_t own = fm_layout_shape(from)[from->ndim - d];
        if (own != 1 && own != shape[ndim - d]) return false;
    }
    return true;
}

static void refuse_values(fm_program *p, int argument, const fm_tensor *values, int ndim,
                          const int64_t *shape) {
    char have[160], want[160];
    const fm_layout *layout = values->layout;
    fm_program_fail(p, FM_ERR_SHAPE, argument, "shape %s does not broadcast to %s",
                    fm_shape_format(layout->ndim, fm_layout_shape(layout), have, sizeof have),
                    fm_shape_format(ndim, shape, want, sizeof want));
}

/* Values of any shape in the target's dtype. */
static const fm_tensor *shaped_values(fm_program *p, int param, const fm_tensor *target) {
    const fm_tensor *flat = read_values(p, param, target, false);
    const fm_tensor *given = fm_program_tensor(p, param);
    if (p->status != FM_OK || has_shape_of(flat, given)) return flat;
    return FM_DO(p, "reshape", V_T(flat),
                 V_INTS(fm_layout_shape(given->layout), given->layout->ndim));
}

/* put_along_axis(arr, indices, values, axis) */
fm_status fm_run_put_along_axis(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *index = fm_program_tensor(p, 1);
    if (p->status != FM_OK) return p->status;
    int64_t all[1] = {a->layout->size}, axis = fm_arg_int(&p->values[3], 0);
    bool flat = fm_arg_absent(&p->values[3]);
    int ndim = flat ? 1 : a->layout->ndim;
    const int64_t *shape = flat ? all : fm_layout_shape(a->layout);
    char kind = fm_dtype_kind(index->layout->dtype);
    if (kind != 'i' && kind != 'u')
        return fm_program_raise(p, FM_ERR_DTYPE, "IndexError", 2, "%s, but an index has integers",
                                fm_dtype_name(index->layout->dtype));
    if (index->layout->ndim != ndim)
        return fm_program_fail(p, FM_ERR_SHAPE, 2, "%d dimensions, but argument 1 has %d",
                               index->layout->ndim, ndim);
    const fm_tensor *values = trim_leading(p, shaped_values(p, 2, a), ndim);
    if (index->storage == a->storage) index = FM_DO(p, "copy", V_T(index));
    const fm_tensor *places = index; /* of a line: its own indices */
    if (ndim > 1) places = FM_DO(p, "_along", V_T(index), V_INTS(shape, ndim), V_I(axis));
    if (p->status != FM_OK) return p->status;
    if (axis < 0) axis += ndim;
    const int64_t *want = fm_layout_shape(places->layout);
    if (!fits(values->layout, ndim, want)) refuse_values(p, 3, values, ndim, want);
    const int mode = fm_index_check(p, index, shape[axis], (int)axis, 2);
    if (p->status == FM_OK && places->layout->size > 0) scatter(p, a, places, values, mode, false);
    return p->status;
}

fm_status fm_infer_put_along_axis(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = fm_value_layout(&bound->values[0]);
    int axis;
    r->compute = a->dtype;
    if (fm_arg_absent(&bound->values[3])) return FM_OK;
    return fm_axis_normalise(bound->row, 3, bound->values[3].as.i, a->ndim, &axis, error);
}

/* copyto(dst, src, casting, where): how many elements a mask chooses is counted first. */
fm_status fm_probe_copyto(fm_program *p, int64_t probed[FM_PROBED]) {
    const fm_value *where = &p->values[3];
    probed[0] = -1;
    if (where->kind != FM_VALUE_TENSOR) return FM_OK;
    probed[0] = fm_program_int(p, FM_DO(p, "_count", *where));
    return p->status;
}

static bool cast_allowed(const fm_value *src, fm_dtype to, fm_casting rule) {
    fm_dtype from = fm_value_layout(src)->dtype;
    bool weak = src->kind != FM_VALUE_TENSOR && src->kind != FM_VALUE_BOOL;
    if (!weak || rule == FM_CAST_UNSAFE) return fm_can_cast(from, to, rule);
    return rule == FM_CAST_EQUIV ? from == to : fm_promote_weak(to, from) == to;
}

fm_status fm_infer_copyto(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *dst = fm_value_layout(&bound->values[0]);
    const fm_layout *where = fm_value_layout(&bound->values[3]);
    const fm_value *src = &bound->values[1];
    fm_casting rule;
    r->compute = dst->dtype;
    FM_TRY(fm_arg_casting(bound, 2, &rule, error));
    if (!cast_allowed(src, dst->dtype, rule)) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 2,
                   "%s cannot be cast to %s by the casting rule asked for",
                   fm_dtype_name(fm_value_layout(src)->dtype), fm_dtype_name(dst->dtype));
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    if (bound->values[3].kind == FM_VALUE_TENSOR && where->dtype != FM_BOOL) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 4, "%s, but a mask is bool",
                   fm_dtype_name(where->dtype));
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    return FM_OK;
}

fm_status fm_cost_copyto(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    (void)r;
    int64_t masked = bound->probed ? bound->probed[0] : -1, size;
    const fm_value *where = &bound->values[3];
    size = masked >= 0 ? masked : fm_value_layout(&bound->values[1])->size;
    if (where->kind != FM_VALUE_TENSOR && where->kind != FM_VALUE_UNSET && !where->as.i) size = 0;
    if (!work->faults && fm_value_layout(&bound->values[0])->size == 0) size = 0;
    fm_extents all = {1, &size};
    return fm_cost_result(bound, fm_cost_elements(work, fm_row_cost_name(bound->row), all), error);
}

fm_status fm_run_copyto(fm_program *p) {
    const fm_tensor *dst = fm_program_tensor(p, 0);
    const fm_value *where = &p->values[3];
    if (p->status != FM_OK) return p->status;
    int ndim = dst->layout->ndim;
    const int64_t *shape = fm_layout_shape(dst->layout);
    const fm_tensor *src;
    if (p->values[1].kind == FM_VALUE_COMPLEX)
        src = FM_DO(p, "astype", V_T(fm_program_tensor(p, 1)), V_D(dst->layout->dtype));
    else
        src = trim_leading(p, shaped_values(p, 1, dst), ndim);
    if (p->status != FM_OK) return p->status;
    if (!fits(src->layout, ndim, shape)) refuse_values(p, 2, src, ndim, shape);
    if (where->kind == FM_VALUE_TENSOR && !fits(where->as.tensor->layout, ndim, shape))
        refuse_values(p, 4, where->as.tensor, ndim, shape);
    if (p->status != FM_OK || (where->kind != FM_VALUE_TENSOR && !where->as.i)) return p->status;
    const fm_tensor *wide = src;
    if (!has_shape_of(src, dst)) wide = FM_DO(p, "broadcast_to", V_T(src), V_INTS(shape, ndim));
    if (where->kind != FM_VALUE_TENSOR) {
        FM_DO_INTO(p, dst, "astype", V_T(wide), V_D(dst->layout->dtype)); /* no symmetry with it */
        return p->status;
    }
    const fm_tensor *mask = where->as.tensor;
    if (mask->storage == dst->storage) mask = FM_DO(p, "copy", V_T(mask));
    if (p->status != FM_OK) return p->status;
    if (!has_shape_of(mask, dst)) mask = FM_DO(p, "broadcast_to", V_T(mask), V_INTS(shape, ndim));
    FM_DO_INTO(p, dst, "where", V_T(mask), V_T(wide), V_T(dst));
    return p->status;
}

/* The flat places of a diagonal: how many, and how far apart. Of a tall matrix `wrap` goes on after
   a row. */
static int64_t diagonal_places(const fm_layout *a, bool wrap, int64_t *step) {
    const int64_t *shape = fm_layout_shape(a);
    int64_t end = a->size, factor = 1;
    *step = 1;
    if (a->ndim == 2) {
        *step = shape[1] + 1;
        if (!wrap && shape[1] < shape[0]) end = shape[1] * shape[1];
    } else {
        for (int d = 0; d < a->ndim - 1; d++) {
            factor *= shape[d];
            *step += factor;
        }
    }
    return (end + *step - 1) / *step;
}

fm_status fm_infer_fill_diagonal(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = fm_value_layout(&bound->values[0]);
    const int64_t *shape = fm_layout_shape(a);
    r->compute = a->dtype;
    if (a->ndim < 2)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%d dimensions, but a diagonal needs at least 2", a->ndim);
    for (int d = 1; d < a->ndim && a->ndim > 2; d++)
        if (shape[d] != shape[0])
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                              "axis %d is %lld, but axis 0 is %lld: the diagonal of more than 2 "
                              "dimensions needs equal ones",
                              d, (long long)shape[d], (long long)shape[0]);
    return FM_OK;
}

/* 0.4.3 overlooks what `wrap` adds. */
fm_status fm_cost_fill_diagonal(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                fm_error *error) {
    (void)r;
    const fm_layout *a = fm_value_layout(&bound->values[0]);
    const int64_t *shape = fm_layout_shape(a);
    int64_t step, count = diagonal_places(a, bound->values[2].as.i != 0, &step);
    if (work->faults) count = shape[0] < shape[1] ? shape[0] : shape[1];
    fm_extents all = {1, &count};
    return fm_cost_result(bound, fm_cost_elements(work, fm_row_cost_name(bound->row), all), error);
}

fm_status fm_run_fill_diagonal(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_tensor *values = a ? read_values(p, 1, a, false) : NULL;
    if (p->status != FM_OK || values->layout->size == 0 || a->layout->size == 0) return p->status;
    int64_t step, count = diagonal_places(a->layout, p->values[2].as.i != 0, &step);
    fm_tensor *places = FM_DO(p, "arange", V_I(0), V_I(count * step), V_I(step));
    if (p->status == FM_OK) scatter(p, a, places, cycle(p, values, count), FM_PLACE_SURE, true);
    return p->status;
}
