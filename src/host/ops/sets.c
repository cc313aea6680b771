/* unique and its kin: a sort, the heads of its runs of equal elements, and what follows from them.
 */
#include "ops/sort.h"

#include <string.h>

enum { U_X, U_INDEX, U_INVERSE, U_COUNTS, U_AXIS, U_EQUAL_NAN, U_SORTED };

/* What a call asks for. */
typedef struct wanted {
    bool index, inverse, counts, equal_nan, sorted;
} wanted;

static wanted wanted_of(const fm_row *row, const fm_value *values) {
    switch (row->op) {
    case FM_UNIQUE_all:
        return (wanted){true, true, true, false, true};
    case FM_UNIQUE_counts:
        return (wanted){false, false, true, false, true};
    case FM_UNIQUE_inverse:
        return (wanted){false, true, false, false, true};
    case FM_UNIQUE_values:
        return (wanted){false, false, false, false, false};
    case FM_UNIQUE_sorted:
        return (wanted){false, false, false, values[1].as.i != 0, true};
    case FM_UNIQUE_places:
        return (wanted){true, false, false, true, true};
    default:
        return (wanted){values[U_INDEX].as.i != 0, values[U_INVERSE].as.i != 0,
                        values[U_COUNTS].as.i != 0, values[U_EQUAL_NAN].as.i != 0,
                        values[U_SORTED].as.i != 0};
    }
}

/* The axis whose slices are compared; -1: elements are. */
static fm_status axis_of(const fm_row *row, const fm_value *values, int ndim, int *axis,
                         fm_error *error) {
    *axis = -1;
    if (row->op != FM_UNIQUE_unique || fm_arg_absent(&values[U_AXIS])) return FM_OK;
    FM_TRY(fm_axis_normalise(row, U_AXIS, values[U_AXIS].as.i, ndim, axis, error));
    if (ndim == 1) *axis = -1;
    return FM_OK;
}

fm_status fm_infer_unique(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = r->in[0];
    int axis;
    FM_TRY(axis_of(bound->row, bound->values, x->ndim, &axis, error));
    for (int o = 0; o < bound->row->nout; o++)
        fm_output_unknown(r, o, o == 0 ? x->dtype : FM_INT64);
    return FM_OK;
}

fm_status fm_cost_of_unique(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    const fm_u128 n = (fm_u128)r->in[0]->size;
    return fm_cost_result(bound,
                          fm_cost_sort(work, fm_row_cost_name(bound->row),
                                       n > 0          ? n
                                       : work->faults ? 1
                                                      : 0,
                                       1),
                          error);
}

/* What was found of a line of n elements or slices. */
typedef struct found {
    const fm_tensor *values, *order; /* sorted; the places they come from */
    fm_tensor *heads;                /* where another one begins */
    int64_t n;
} found;

/* The order of the rows of a matrix: by their last element first, then by each before it. */
static fm_tensor *order_of_rows(fm_program *p, const fm_tensor *rows, int64_t columns) {
    fm_tensor *order = NULL;
    for (int64_t c = columns - 1; c >= 0; c--) {
        fm_tensor *column = fm_sort_slice(p, rows, 1, c, 1);
        if (column == NULL) return NULL;
        column = fm_sort_flat(p, column);
        if (order == NULL) {
            order = FM_DO(p, "argsort", V_T(column), V_I(-1));
            continue;
        }
        fm_tensor *next = FM_DO(p, "argsort", V_T(fm_sort_take(p, column, order, 0)));
        order = fm_sort_take(p, order, next, 0);
    }
    return order;
}

/* A mask of n elements, the first true, the others where neighbouring rows differ. */
static fm_tensor *heads_of_rows(fm_program *p, const fm_tensor *rows, int64_t n, int64_t columns) {
    fm_tensor *heads = FM_DO(p, "full", V_INTS(&n, 1), V_B(n > 0), V_D(FM_BOOL));
    if (n < 2) return heads;
    fm_tensor *rest = fm_sort_slice(p, heads, 0, 1, n - 1);
    if (columns == 0) {
        if (rest != NULL)
            FM_DO_INTO(p, rest, "full", V_INTS(&(int64_t){n - 1}, 1), V_B(false), V_D(FM_BOOL));
        return heads;
    }
    fm_tensor *differs = FM_DO(p, "not_equal", V_T(fm_sort_slice(p, rows, 0, 1, n - 1)),
                               V_T(fm_sort_slice(p, rows, 0, 0, n - 1)));
    if (rest != NULL && differs != NULL)
        FM_DO_INTO(p, rest, "any", V_T(differs), V_INTS(&(int64_t){1}, 1));
    return heads;
}

static void find_elements(fm_program *p, const fm_tensor *x, const wanted *w, found *f) {
    fm_tensor *flat = fm_sort_flat(p, x);
    if (w->index || w->inverse) {
        f->order = FM_DO(p, "argsort", V_T(flat), V_I(-1));
        f->values = fm_sort_take(p, flat, f->order, 0);
    } else {
        f->values = FM_DO(p, "sort", V_T(flat), V_I(-1));
    }
    f->heads = FM_DO(p, "_heads", V_T(f->values), V_B(w->equal_nan));
    f->n = x->layout->size;
}

/* The slices along the axis as rows of a matrix. */
static void find_slices(fm_program *p, const fm_tensor *x, int axis, found *f) {
    fm_tensor *moved =
        FM_DO(p, "moveaxis", V_T(x), V_INTS(&(int64_t){axis}, 1), V_INTS(&(int64_t){0}, 1));
    if (moved == NULL) return;
    const int64_t n = fm_layout_shape(x->layout)[axis];
    int64_t columns = 1;
    for (int d = 0; d < x->layout->ndim; d++)
        if (d != axis) columns *= fm_layout_shape(x->layout)[d];
    const int64_t shape[] = {n, columns};
    fm_tensor *rows = FM_DO(p, "reshape", V_T(moved), V_INTS(shape, 2));
    if (rows == NULL) return;
    f->order = columns > 0 ? order_of_rows(p, rows, columns)
                           : FM_DO(p, "arange", V_I(0), V_I(n), V_I(1), V_D(FM_INT64));
    f->values = fm_sort_take(p, rows, f->order, 0);
    if (f->values != NULL) f->heads = heads_of_rows(p, f->values, n, columns);
    f->n = n;
}

/* The distinct elements, or slices in their places. */
static const fm_tensor *distinct(fm_program *p, const found *f, const fm_tensor *x, int axis) {
    if (axis < 0) return FM_DO(p, "_compact", V_T(f->values), V_T(f->heads));
    fm_tensor *places = FM_DO(p, "_nonzero_flat", V_T(f->heads));
    fm_tensor *rows = fm_sort_take(p, f->values, places, 0);
    if (rows == NULL) return NULL;
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    shape[ndim++] = fm_layout_shape(rows->layout)[0];
    for (int d = 0; d < x->layout->ndim; d++)
        if (d != axis) shape[ndim++] = fm_layout_shape(x->layout)[d];
    fm_tensor *slices = FM_DO(p, "reshape", V_T(rows), V_INTS(shape, ndim));
    fm_tensor *moved =
        FM_DO(p, "moveaxis", V_T(slices), V_INTS(&(int64_t){0}, 1), V_INTS(&(int64_t){axis}, 1));
    return FM_DO(p, "copy", V_T(moved));
}

/* The number of its distinct element for each place. */
static const fm_tensor *inverse_of(fm_program *p, const found *f, const fm_tensor *x, int axis) {
    fm_tensor *number = FM_DO(p, "cumsum", V_T(f->heads), V_I(0), V_D(FM_INT64));
    number = FM_DO(p, "subtract", V_T(number), V_I(1));
    fm_tensor *inverse = fm_program_new(p, FM_INT64, 1, &f->n);
    if (inverse == NULL) return NULL;
    if (f->n > 0)
        FM_DO(p, "_scatter", V_T(inverse), V_T(f->order), V_T(number), V_I(0), V_I(-1),
              V_I(FM_PLACE_SURE), V_B(true));
    if (axis >= 0) return inverse;
    return FM_DO(p, "reshape", V_T(inverse), V_INTS(fm_layout_shape(x->layout), x->layout->ndim));
}

static const fm_tensor *counts_of(fm_program *p, const found *f) {
    fm_tensor *begin = FM_DO(p, "_nonzero_flat", V_T(f->heads));
    const int64_t one = 1;
    fm_tensor *end = FM_DO(p, "full", V_INTS(&one, 1), V_I(f->n), V_D(FM_INT64));
    const fm_tensor *both[] = {begin, end};
    fm_tensor *ends = FM_DO(p, "concatenate", V_TS(both, 2), V_I(0));
    if (ends == NULL) return NULL;
    const int64_t k = ends->layout->size - 1;
    return FM_DO(p, "subtract", V_T(fm_sort_slice(p, ends, 0, 1, k)),
                 V_T(fm_sort_slice(p, ends, 0, 0, k)));
}

/* Whether NumPy takes the elements from a table of its own, whose order is not ascending. */
static bool is_unsorted(const wanted *w, const fm_tensor *x, int axis) {
    const char kind = fm_dtype_kind(x->layout->dtype);
    return !w->sorted && !w->index && !w->inverse && !w->counts && axis < 0 &&
           (kind == 'i' || kind == 'u' || kind == 'c');
}

/* Of complex NaN, which are one element, NumPy keeps the first that it meets. */
static const fm_tensor *first_nan(fm_program *p, const fm_tensor *x, const fm_tensor *values) {
    if (p->status != FM_OK || fm_dtype_kind(x->layout->dtype) != 'c' || x->layout->size == 0)
        return values;
    fm_tensor *flat = fm_sort_flat(p, x);
    fm_tensor *nan = FM_DO(p, "isnan", V_T(flat));
    if (fm_program_int(p, FM_DO(p, "any", V_T(nan))) == 0) return values;
    fm_tensor *place = FM_DO(p, "argmax", V_T(nan));
    fm_tensor *first = fm_sort_take(p, flat, place, 0);
    const int64_t n = values->layout->size, one = 1;
    const fm_tensor *both[] = {fm_sort_slice(p, values, 0, 0, n - 1),
                               FM_DO(p, "reshape", V_T(first), V_INTS(&one, 1))};
    return FM_DO(p, "concatenate", V_TS(both, 2), V_I(0));
}

static void answer(fm_program *p, const fm_tensor **parts, int n) {
    fm_value items[4];
    if (p->status != FM_OK) return;
    for (int i = 0; i < n; i++) items[i] = V_T(parts[i]);
    if (p->row->flags & FM_ROW_REPLY)
        fm_program_reply(p, n == 1 ? items[0] : V_TUPLE(items, n));
    else
        for (int i = 0; i < n; i++) fm_program_return(p, i, parts[i]);
}

fm_status fm_run_unique(fm_program *p) {
    const wanted w = wanted_of(p->row, p->values);
    const fm_tensor *x = fm_program_tensor(p, U_X), *parts[4];
    found f = {NULL, NULL, NULL, 0};
    int axis, n = 0;
    if (p->status != FM_OK) return p->status;
    FM_TRY(axis_of(p->row, p->values, x->layout->ndim, &axis, p->error));
    if (is_unsorted(&w, x, axis)) {
        parts[n++] = fm_unique_unsorted(p, fm_sort_flat(p, x), w.equal_nan);
        answer(p, parts, n);
        return p->status;
    }
    if (axis < 0) n = fm_unique_of_few(p, x, w.index, w.inverse, w.counts, parts);
    if (n > 0) {
        answer(p, parts, n);
        return p->status;
    }
    if (axis < 0)
        find_elements(p, x, &w, &f);
    else
        find_slices(p, x, axis, &f);
    if (p->status != FM_OK) return p->status;
    parts[n++] = distinct(p, &f, x, axis);
    if (axis < 0 && w.equal_nan && !w.index && !w.inverse && !w.counts)
        parts[0] = first_nan(p, x, parts[0]);
    if (w.index) parts[n++] = FM_DO(p, "_compact", V_T(f.order), V_T(f.heads));
    if (w.inverse) parts[n++] = inverse_of(p, &f, x, axis);
    if (w.counts) parts[n++] = counts_of(p, &f);
    answer(p, parts, n);
    return p->status;
}
