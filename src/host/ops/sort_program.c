/* Rows made of sorts and searches: sort_complex, lexsort, digitize. */
#include "ops/sort.h"

/* sort_complex: narrow integers become complex64, what else is real complex128. */

static fm_dtype complex_of(fm_dtype dtype) {
    switch (dtype) {
    case FM_INT8:
    case FM_INT16:
    case FM_UINT8:
    case FM_UINT16:
    case FM_COMPLEX64:
        return FM_COMPLEX64;
    default:
        return FM_COMPLEX128;
    }
}

fm_status fm_infer_sort_complex(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    int axis;
    FM_TRY(fm_axis_normalise(bound->row, 0, -1, a->ndim, &axis, error));
    fm_output_set(r, 0, complex_of(a->dtype), a->ndim, fm_layout_shape(a));
    return FM_OK;
}

/* All elements as one line. */
fm_status fm_cost_of_sort_complex(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                  fm_error *error) {
    const fm_u128 n = (fm_u128)r->in[0]->size;
    const fm_u128 levels = n > 2 ? fm_u128_ceil_log2(n) : 1;
    fm_u128 units;
    if (!fm_u128_mul(n, levels, &units)) return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    return fm_cost_result(bound, fm_work_add_units(work, fm_row_cost_name(bound->row), units),
                          error);
}

fm_status fm_run_sort_complex(fm_program *p) {
    fm_value a = fm_arg(p, 0);
    fm_tensor *sorted = FM_DO(p, "sort", a, V_I(-1));
    if (sorted != NULL)
        fm_program_return(p, 0,
                          FM_DO(p, "astype", V_T(sorted), V_D(complex_of(sorted->layout->dtype))));
    return p->status;
}

/* lexsort: by the first key, then by each further one, which leaves equal ones as they are. */

enum { L_KEYS, L_AXIS };

fm_status fm_infer_lexsort(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *keys = &bound->values[L_KEYS];
    int axis = 0;
    if (keys->count == 0) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, L_KEYS + 1, "there are no keys");
        return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
    }
    const fm_layout *first = keys->as.tensors[0]->layout;
    for (uint32_t i = 1; i < keys->count; i++) {
        const fm_layout *key = keys->as.tensors[i]->layout;
        bool same = key->ndim == first->ndim;
        for (int d = 0; same && d < key->ndim; d++)
            same = fm_layout_shape(key)[d] == fm_layout_shape(first)[d];
        if (!same)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, L_KEYS + 1,
                              "key %u has another shape than key 0", i);
    }
    if (first->ndim > 0)
        FM_TRY(fm_axis_normalise(bound->row, L_AXIS, bound->values[L_AXIS].as.i, first->ndim, &axis,
                                 error));
    fm_output_set(r, 0, FM_INT64, first->ndim, fm_layout_shape(first));
    return FM_OK;
}

/* One line for each key, whatever the other axes are. */
fm_status fm_cost_of_lexsort(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    const fm_layout *first = bound->values[L_KEYS].as.tensors[0]->layout;
    int axis = 0;
    fm_u128 n = 1, lines = bound->values[L_KEYS].count, others = 1;
    (void)r;
    if (first->ndim > 0) {
        FM_TRY(fm_axis_normalise(bound->row, L_AXIS, bound->values[L_AXIS].as.i, first->ndim, &axis,
                                 error));
        n = (fm_u128)fm_layout_shape(first)[axis];
        others = n > 0 ? (fm_u128)first->size / n : 0;
    }
    if (work->faults && n == 0) {
        /* An empty line counts 1 there. */
        return fm_cost_result(bound, fm_cost_units(work, fm_row_cost_name(bound->row), lines),
                              error);
    }
    if (!work->faults && !fm_u128_mul(lines, others, &lines))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    return fm_cost_result(bound, fm_cost_sort(work, fm_row_cost_name(bound->row), n, lines), error);
}

fm_status fm_run_lexsort(fm_program *p) {
    fm_value keys = fm_arg(p, L_KEYS), axis = fm_arg(p, L_AXIS);
    const fm_tensor *first = keys.as.tensors[0];
    if (first->layout->ndim == 0) {
        fm_program_return(p, 0, FM_DO(p, "zeros", V_INTS(NULL, 0), V_D(FM_INT64)));
        return p->status;
    }
    fm_tensor *order = FM_DO(p, "argsort", V_T(first), axis);
    for (uint32_t i = 1; i < keys.count; i++) {
        fm_tensor *key = fm_sort_take_along(p, keys.as.tensors[i], order, (int)axis.as.i);
        fm_tensor *next = FM_DO(p, "argsort", V_T(key), axis);
        order = fm_sort_take_along(p, order, next, (int)axis.as.i);
    }
    fm_program_return(p, 0, order);
    return p->status;
}

/* digitize: a search among bins that rise, or fall and are searched from behind. */

enum { D_X, D_BINS, D_RIGHT };
fm_status fm_infer_digitize(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = r->in[0], *bins = r->in[1];
    if (fm_dtype_kind(x->dtype) == 'c')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, D_X + 1,
                          "x is %s, but bins are of real numbers", fm_dtype_name(x->dtype));
    if (fm_dtype_kind(bins->dtype) == 'c')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, D_BINS + 1,
                          "bins are %s, but they are real numbers", fm_dtype_name(bins->dtype));
    if (bins->ndim != 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, D_BINS + 1,
                          "%d dimensions, but bins have 1", bins->ndim);
    fm_output_set(r, 0, FM_INT64, x->ndim, fm_layout_shape(x));
    return FM_OK;
}

fm_status fm_cost_of_digitize(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    return fm_cost_result(bound,
                          fm_cost_search(work, fm_row_cost_name(bound->row),
                                         (fm_u128)r->in[0]->size, (fm_u128)r->in[1]->size),
                          error);
}

/* Whether no bin is `beyond` the next. */
static bool ordered(fm_program *p, const fm_row *beyond, const fm_tensor *bins) {
    const int64_t n = bins->layout->size;
    if (p->status != FM_OK || n < 2) return true;
    fm_value pair[] = {V_T(fm_sort_slice(p, bins, 0, 0, n - 1)),
                       V_T(fm_sort_slice(p, bins, 0, 1, n - 1))};
    fm_tensor *out = fm_do(p, beyond, pair, 2);
    return fm_program_int(p, FM_DO(p, "any", V_T(out))) == 0;
}

/* The same of at most FM_FEW numbers, which are read: whether they rise, and whether they fall. */
static void order_of_few(fm_program *p, const fm_tensor *bins, bool *rise, bool *fall) {
    double x[FM_FEW];
    *rise = *fall = true;
    fm_program_read(p, bins, x);
    for (int64_t i = 0; p->status == FM_OK && i + 1 < bins->layout->size; i++) {
        if (x[i] > x[i + 1]) *rise = false;
        if (x[i] < x[i + 1]) *fall = false;
    }
}

static void read_order(fm_program *p, const fm_tensor *bins, bool *rise, bool *fall) {
    if (bins->layout->dtype == FM_FLOAT64 && bins->layout->size <= FM_FEW) {
        order_of_few(p, bins, rise, fall);
        return;
    }
    *rise = ordered(p, FM_ROW_ONCE("greater"), bins);
    *fall = *rise || ordered(p, FM_ROW_ONCE("less"), bins);
}

fm_status fm_run_digitize(fm_program *p) {
    fm_value x = fm_arg(p, D_X);
    const fm_tensor *bins = fm_program_tensor(p, D_BINS);
    const bool right = fm_arg(p, D_RIGHT).as.i != 0;
    if (p->status != FM_OK) return p->status;
    const int64_t n = bins->layout->size;
    bool rise, fall;
    read_order(p, bins, &rise, &fall);
    if (rise) {
        fm_program_return(p, 0,
                          FM_DO(p, "searchsorted", V_T(bins), x, V_S(right ? "left" : "right")));
        return p->status;
    }
    if (!fall) return fm_program_fail(p, FM_ERR_ARGUMENT, D_BINS + 1, "bins neither rise nor fall");
    fm_tensor *back = FM_DO(p, "_slice", V_T(bins), V_I(0), V_I(n - 1), V_I(n), V_I(-1));
    fm_tensor *found = FM_DO(p, "searchsorted", V_T(back), x, V_S(right ? "left" : "right"));
    fm_program_return(p, 0, FM_DO(p, "subtract", V_I(n), V_T(found)));
    return p->status;
}
