/* Rows that choose among arrays: select by conditions, choose by numbers. */
#include "ops/index.h"

#include <string.h>

static bool is_list(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
}

static fm_dtype dtype_of_number(const fm_value *value) {
    switch (value->kind) {
    case FM_VALUE_BOOL:
        return FM_BOOL;
    case FM_VALUE_INT:
        return FM_INT64;
    case FM_VALUE_FLOAT:
        return FM_FLOAT64;
    case FM_VALUE_COMPLEX:
        return FM_COMPLEX128;
    default:
        return FM_DTYPE_NONE;
    }
}

/* Several arrays and the dtype they have in common; numbers adapt to the arrays. */
typedef struct choices {
    int count;
    const fm_tensor **array;
    fm_dtype dtype;
} choices;

static void read_choices(fm_program *p, const fm_value *values, int count, choices *c) {
    c->count = count;
    c->dtype = FM_DTYPE_NONE;
    c->array = fm_program_memory(p, ((size_t)count + 1) * sizeof *c->array);
    for (int i = 0; p->status == FM_OK && i < count; i++) {
        c->array[i] = fm_program_as_tensor(p, &values[i]);
        if (p->status == FM_OK && !c->array[i])
            fm_program_raise(p, FM_ERR_DTYPE, "TypeError", 2, "a choice is no array of numbers");
        if (p->status != FM_OK || dtype_of_number(&values[i])) continue;
        fm_dtype own = c->array[i]->layout->dtype;
        c->dtype = c->dtype ? fm_promote_types(c->dtype, own) : own;
    }
    for (int i = 0; p->status == FM_OK && i < count; i++) {
        fm_dtype weak = dtype_of_number(&values[i]);
        if (!weak) continue;
        c->dtype = c->dtype ? fm_promote_weak(c->dtype, weak) : weak;
    }
}

/* Widens shape to what it and another broadcast to. */
static bool widen(fm_program *p, const fm_layout *with, int *ndim, int64_t *shape, int argument) {
    int more = with->ndim - *ndim;
    if (p->status != FM_OK) return false;
    if (more > 0) {
        memmove(shape + more, shape, (size_t)*ndim * sizeof *shape);
        for (int d = 0; d < more; d++) shape[d] = 1;
        *ndim = with->ndim;
    }
    for (int d = 1; d <= with->ndim; d++) {
        int64_t own = fm_layout_shape(with)[with->ndim - d], *all = &shape[*ndim - d];
        if (*all == 1) *all = own;
        if (own == 1 || own == *all) continue;
        fm_program_fail(p, FM_ERR_SHAPE, argument,
                        "an array has extent %lld where another has %lld", (long long)own,
                        (long long)*all);
        return false;
    }
    return true;
}

/* select(condlist, choicelist, default) */
fm_status fm_infer_select(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *conditions = &bound->values[0], *chosen = &bound->values[1];
    r->compute = FM_DTYPE_NONE;
    fm_operands_clear(r);
    if (conditions->count != chosen->count)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                          "%u choices, but there are %u conditions", chosen->count,
                          conditions->count);
    if (conditions->count == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1, "there are no conditions");
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

/* The elements of the largest choice. */
fm_status fm_cost_select(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    (void)r;
    const fm_value *chosen = &bound->values[1];
    int64_t most = 0;
    for (uint32_t i = 0; i < chosen->count; i++) {
        int64_t size = fm_index_value_size(&chosen->as.items[i]);
        if (size > most) most = size;
    }
    fm_extents all = {1, &most};
    return fm_cost_result(bound, fm_cost_elements(work, fm_row_cost_name(bound->row), all), error);
}

/* The conditions: their shapes go together, then their dtypes are looked at. */
static void read_conditions(fm_program *p, int count, const fm_tensor **masks) {
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    for (int i = 0; i < count && p->status == FM_OK; i++) {
        masks[i] = fm_program_as_tensor(p, &p->values[0].as.items[i]);
        if (masks[i]) widen(p, masks[i]->layout, &ndim, shape, 1);
    }
    for (int i = 0; i < count && p->status == FM_OK; i++)
        if (masks[i] && masks[i]->layout->dtype != FM_BOOL)
            fm_program_raise(p, FM_ERR_DTYPE, "TypeError", 1, "condition %d is no array of bool",
                             i);
}

/* NumPy makes arrays of the numbers among the choices, which it does not cast to unsigned ones. */
static void refuse_signed(fm_program *p, const fm_value *values, int count, fm_dtype dtype) {
    for (int i = 0; i < count && p->status == FM_OK; i++)
        if (values[i].kind == FM_VALUE_INT && fm_dtype_kind(dtype) == 'u')
            fm_program_raise(p, FM_ERR_DTYPE, "TypeError", 2,
                             "choice %d is an int64 that %s is "
                             "not of the kind of",
                             i, fm_dtype_name(dtype));
}

/* From the last to the first, each condition that holds puts its choice over what there is. */
fm_status fm_run_select(fm_program *p) {
    int count = (int)p->values[0].count, ndim = 0;
    int64_t shape[FM_MAX_NDIM];
    choices c;
    fm_value *values = fm_program_memory(p, ((size_t)count + 1) * sizeof *values);
    if (!values) return p->status;
    memcpy(values, p->values[1].as.items, (size_t)count * sizeof *values);
    values[count] = p->values[2];
    read_choices(p, values, count + 1, &c);
    refuse_signed(p, values, count, c.dtype);
    for (int i = 0; i <= count && p->status == FM_OK; i++)
        widen(p, c.array[i]->layout, &ndim, shape, 2);
    const fm_tensor **masks = fm_program_memory(p, (size_t)count * sizeof *masks);
    if (p->status == FM_OK) read_conditions(p, count, masks);
    for (int i = 0; i < count && p->status == FM_OK; i++)
        widen(p, masks[i]->layout, &ndim, shape, 1);
    if (p->status != FM_OK) return p->status;
    fm_tensor *out = FM_DO(p, "astype", V_T(c.array[count]), V_D(c.dtype));
    for (int i = count - 1; i >= 0; i--) {
        fm_tensor *choice = FM_DO(p, "astype", V_T(c.array[i]), V_D(c.dtype));
        fm_tensor *next = FM_DO(p, "where", V_T(masks[i]), V_T(choice), V_T(out));
        if (choice != c.array[i]) fm_program_drop(p, choice);
        fm_program_drop(p, out);
        out = next;
    }
    fm_tensor *wide = FM_DO(p, "broadcast_to", V_T(out), V_INTS(shape, ndim));
    bool whole = p->status == FM_OK && wide->layout->size == out->layout->size;
    fm_program_return(p, 0, whole ? wide : FM_DO(p, "copy", V_T(wide)));
    return p->status;
}

/* Shapes of a and of the choices, where they are known without an array being made. */
static bool known_shape(const fm_value *value, int *ndim, int64_t *shape) {
    *ndim = 0;
    for (const fm_value *v = value; is_list(v) || v->kind == FM_VALUE_INTS; v = &v->as.items[0]) {
        if (*ndim == FM_MAX_NDIM) return false;
        shape[(*ndim)++] = v->count;
        if (v->kind == FM_VALUE_INTS || v->count == 0) return true;
        if (v->as.items[0].kind != FM_VALUE_TENSOR) continue;
        const fm_layout *inner = v->as.items[0].as.tensor->layout;
        if (*ndim + inner->ndim > FM_MAX_NDIM) return false;
        for (int d = 0; d < inner->ndim; d++) shape[(*ndim)++] = fm_layout_shape(inner)[d];
        return true;
    }
    if (value->kind != FM_VALUE_TENSOR) return true;
    const fm_layout *layout = value->as.tensor->layout;
    *ndim = layout->ndim;
    memcpy(shape, fm_layout_shape(layout), (size_t)layout->ndim * sizeof *shape);
    return true;
}

static fm_status widen_known(const fm_bound *bound, const fm_value *value, int *ndim,
                             int64_t *shape, fm_error *error) {
    int64_t own[FM_MAX_NDIM];
    int n;
    if (!known_shape(value, &n, own))
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2, "lists are nested too deeply");
    int more = n - *ndim;
    if (more > 0) {
        memmove(shape + more, shape, (size_t)*ndim * sizeof *shape);
        for (int d = 0; d < more; d++) shape[d] = 1;
        *ndim = n;
    }
    for (int d = 1; d <= n; d++) {
        int64_t *all = &shape[*ndim - d];
        if (*all == 1) *all = own[n - d];
        if (own[n - d] != 1 && own[n - d] != *all)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                              "an array has extent %lld where another has %lld",
                              (long long)own[n - d], (long long)*all);
    }
    return FM_OK;
}

/* The dtype of a nested list's elements; of a number alone *weak instead. */
static void widen_dtype(const fm_value *value, fm_dtype *dtype, fm_dtype *weak, int depth) {
    fm_dtype own = FM_DTYPE_NONE;
    if (value->kind == FM_VALUE_TENSOR) own = value->as.tensor->layout->dtype;
    if (value->kind == FM_VALUE_INTS) own = FM_INT64;
    if (is_list(value) && value->count == 0) own = FM_FLOAT64;
    fm_dtype number = dtype_of_number(value);
    if (number && depth == 0) *weak = *weak ? fm_promote_types(*weak, number) : number;
    if (number && depth > 0) own = number;
    if (own) *dtype = *dtype ? fm_promote_types(*dtype, own) : own;
    for (uint32_t i = 0; is_list(value) && i < value->count; i++)
        widen_dtype(&value->as.items[i], dtype, weak, depth + 1);
}

/* choose(a, choices, mode) */
fm_status fm_infer_choose(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    const fm_value *list = &bound->values[1];
    int64_t shape[FM_MAX_NDIM];
    int ndim = a->ndim, mode;
    char kind = fm_dtype_kind(a->dtype);
    FM_TRY(fm_index_mode(bound, 2, &mode, error));
    if ((kind != 'b' && kind != 'i' && kind != 'u') || a->dtype == FM_UINT64)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1,
                          "%s, but numbers of choices are integers that int64 holds",
                          fm_dtype_name(a->dtype));
    if (list->count == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2, "there are no choices");
    memcpy(shape, fm_layout_shape(a), (size_t)ndim * sizeof *shape);
    fm_dtype dtype = FM_DTYPE_NONE, weak = FM_DTYPE_NONE;
    for (uint32_t i = 0; i < list->count; i++) {
        FM_TRY(widen_known(bound, &list->as.items[i], &ndim, shape, error));
        widen_dtype(&list->as.items[i], &dtype, &weak, 0);
    }
    if (weak) dtype = dtype ? fm_promote_weak(dtype, weak) : weak;
    r->compute = dtype;
    fm_output_set(r, 0, dtype, ndim, shape);
    return FM_OK;
}

/* Few elements of choices that have a's shape and one dtype, taken where they lie. */
static bool choose_few(fm_program *p, const fm_tensor *a, const choices *c) {
    enum { MOST = 8 };
    const fm_layout *shape = a->layout;
    const size_t width = fm_dtype_size(c->dtype), bytes = (size_t)shape->size * width;
    char rows[MOST][FM_FEW * 16], out[FM_FEW * 16];
    if (!fm_program_is_host(p) || shape->size > FM_FEW || c->count > MOST) return false;
    for (int i = 0; i < c->count; i++) {
        const fm_layout *own = c->array[i]->layout;
        if (own->dtype != c->dtype || own->ndim != shape->ndim ||
            memcmp(fm_layout_shape(own), fm_layout_shape(shape),
                   (size_t)shape->ndim * sizeof(int64_t)))
            return false;
    }
    const int64_t *number = fm_program_ints(p, a);
    for (int i = 0; i < c->count; i++) fm_program_read(p, c->array[i], rows[i]);
    for (size_t at = 0; p->status == FM_OK && at < bytes; at += width)
        memcpy(out + at, rows[number[at / width]] + at, width);
    fm_program_return(p, 0, fm_program_from(p, c->dtype, shape->ndim, fm_layout_shape(shape), out));
    return true;
}

/* The choices one after the other along a new first axis, from which each element takes its own. */
fm_status fm_run_choose(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_value *list = &p->values[1];
    int64_t shape[FM_MAX_NDIM + 1];
    int ndim = 0, mode = 0, n = (int)list->count;
    choices c;
    fm_bound bound = {p->row, p->values, 0, NULL};
    read_choices(p, list->as.items, n, &c);
    if (p->status != FM_OK) return p->status;
    p->status = fm_index_mode(&bound, 2, &mode, p->error);
    widen(p, a->layout, &ndim, shape + 1, 2);
    for (int i = 0; i < n && p->status == FM_OK; i++)
        widen(p, c.array[i]->layout, &ndim, shape + 1, 2);
    int64_t bad = a->layout->size;
    bool empty = false; /* then no number is looked at */
    for (int d = 1; d <= ndim; d++) empty |= shape[d] == 0;
    if (p->status == FM_OK && mode == FM_PLACE_RAISE && !empty) {
        if (fm_index_watch(p, a, 0, n, NULL, 1))
            mode = FM_PLACE_CLIP;
        else
            bad = fm_index_first_outside(p, a, n, false);
    }
    if (p->status == FM_OK && bad < a->layout->size)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 1, "element %lld is no number of %d choices",
                               (long long)bad, n);
    if (p->status != FM_OK) return p->status;
    if (mode == FM_PLACE_RAISE && choose_few(p, a, &c)) return p->status;
    shape[0] = n;
    fm_tensor *all = fm_program_new(p, c.dtype, ndim + 1, shape);
    for (int i = 0; i < n && p->status == FM_OK; i++) {
        fm_tensor *row = FM_DO(p, "getitem", V_T(all), V_I(i));
        fm_tensor *cast = FM_DO(p, "astype", V_T(c.array[i]), V_D(c.dtype));
        FM_DO_INTO(p, row, "copy",
                   V_T(FM_DO(p, "broadcast_to", V_T(cast), V_INTS(shape + 1, ndim))));
    }
    shape[0] = 1;
    fm_tensor *index = FM_DO(p, "astype", V_T(a), V_D(FM_INT64));
    index = FM_DO(p, "broadcast_to", V_T(index), V_INTS(shape + 1, ndim));
    index = FM_DO(p, "reshape", V_T(index), V_INTS(shape, ndim + 1));
    fm_tensor *out = FM_DO(p, "_take_along", V_T(all), V_T(index), V_I(0),
                           V_I(mode == FM_PLACE_RAISE ? FM_PLACE_SURE : mode));
    fm_program_return(p, 0, FM_DO(p, "reshape", V_T(out), V_INTS(shape + 1, ndim)));
    return p->status;
}
