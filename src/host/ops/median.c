/* median and nanmedian: the mean of the one or two elements in the middle of each line. */
#include "ops/quantile.h"

#include <string.h>

enum { M_A, M_AXIS, M_OVERWRITE, M_KEEPDIMS };

void fm_lines_open(fm_program *p, const fm_tensor *x, fm_axis_set axes, fm_lines *l) {
    int64_t order[FM_MAX_NDIM], shape[FM_MAX_NDIM];
    memset(l, 0, sizeof *l);
    if (p->status != FM_OK) return;
    const fm_layout *layout = x->layout;
    int at = 0;
    l->n = l->count = 1;
    l->ndim = layout->ndim;
    for (int d = 0; d < layout->ndim; d++) {
        const int64_t extent = fm_layout_shape(layout)[d];
        const bool reduced = axes >> d & 1;
        l->extents[d] = reduced ? 1 : extent;
        if (reduced) {
            l->n *= extent;
            continue;
        }
        order[at++] = d;
        shape[l->nkept] = l->kept[l->nkept] = extent;
        l->nkept++;
        l->count *= extent;
    }
    for (int d = 0; d < layout->ndim; d++)
        if (axes >> d & 1) order[at++] = d;
    shape[l->nkept] = l->n;
    const fm_tensor *moved =
        layout->ndim > 1 ? FM_DO(p, "transpose", V_T(x), V_INTS(order, layout->ndim)) : x;
    l->lines = FM_DO(p, "reshape", V_T(moved), V_INTS(shape, l->nkept + 1));
}

void fm_lines_check(fm_program *p, const fm_lines *l, const fm_value *axis) {
    if (p->status == FM_OK && axis->kind == FM_VALUE_INTS && axis->count != 1 && l->count == 0)
        (void)fm_program_fail(p, FM_ERR_SHAPE, 1,
                              "%u axes of an array without elements cannot be joined", axis->count);
}

fm_tensor *fm_lines_close(fm_program *p, const fm_lines *l, fm_tensor *result, int more,
                          bool keepdims) {
    int64_t order[FM_MAX_NDIM], shape[FM_MAX_NDIM];
    if (result == NULL) return NULL;
    if (more > 0 && l->nkept > 0) {
        for (int i = 0; i < more; i++) order[i] = l->nkept + i;
        for (int i = 0; i < l->nkept; i++) order[more + i] = i;
        result = FM_DO(p, "transpose", V_T(result), V_INTS(order, more + l->nkept));
        result = FM_DO(p, "copy", V_T(result), V_S("C"));
    }
    if (result == NULL || !keepdims) return result;
    memcpy(shape, fm_layout_shape(result->layout), (size_t)more * sizeof *shape);
    memcpy(shape + more, l->extents, (size_t)l->ndim * sizeof *shape);
    return FM_DO(p, "reshape", V_T(result), V_INTS(shape, more + l->ndim));
}

fm_tensor *fm_lines_valid(fm_program *p, const fm_lines *l) {
    const int64_t last = l->nkept;
    fm_tensor *nan = FM_DO(p, "isnan", V_T(l->lines));
    fm_tensor *count = FM_DO(p, "sum", V_T(nan), V_INTS(&last, 1), V_D(FM_INT64));
    return FM_DO(p, "subtract", V_I(l->n), V_T(count));
}

fm_status fm_quantile_axes(const fm_bound *bound, int param, int ndim, bool index_error,
                           fm_axis_set *axes, fm_error *error) {
    fm_status status = fm_arg_axes(bound, param, ndim, axes, error);
    if (status != FM_OK && index_error && error != NULL && error->exception != NULL &&
        strcmp(error->exception, "AxisError") == 0)
        return fm_fail_as(error, "IndexError", status);
    return status;
}

static fm_dtype mean_dtype(fm_dtype dtype) {
    const char kind = fm_dtype_kind(dtype);
    return kind == 'f' || kind == 'c' ? dtype : FM_FLOAT64;
}

static fm_status infer(const fm_bound *bound, fm_resolved *r, bool index_error, fm_error *error) {
    const fm_layout *a = fm_value_layout(&bound->values[M_A]);
    fm_axis_set axes;
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    FM_TRY(fm_quantile_axes(bound, M_AXIS, a->ndim, index_error, &axes, error));
    const bool keepdims = fm_arg_int(&bound->values[M_KEEPDIMS], 0) != 0;
    for (int d = 0; d < a->ndim; d++) {
        if (!(axes >> d & 1))
            shape[ndim++] = fm_layout_shape(a)[d];
        else if (keepdims)
            shape[ndim++] = 1;
    }
    fm_output_set(r, 0, mean_dtype(a->dtype), ndim, shape);
    return FM_OK;
}

fm_status fm_infer_median(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer(bound, r, true, error);
}

fm_status fm_infer_nanmedian(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer(bound, r, false, error);
}

fm_status fm_cost_of_median(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    const fm_layout *a = fm_value_layout(&bound->values[M_A]);
    fm_axis_set axes = 0;
    (void)r;
    if (a->symmetry) FM_TRY(fm_arg_axes(bound, M_AXIS, a->ndim, &axes, error));
    return fm_cost_result(
        bound,
        fm_cost_order(work, fm_row_cost_name(bound->row), fm_extents_of(a), a->symmetry, axes),
        error);
}

fm_status fm_cost_of_nanmedian(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    const fm_layout *a = fm_value_layout(&bound->values[M_A]);
    fm_axis_set axes;
    (void)r;
    FM_TRY(fm_arg_axes(bound, M_AXIS, a->ndim, &axes, error));
    return fm_cost_result(
        bound,
        fm_cost_reduce(work, fm_row_cost_name(bound->row), fm_extents_of(a), a->symmetry, axes),
        error);
}

static void open_lines(fm_program *p, fm_lines *l) {
    const fm_tensor *a = fm_program_tensor(p, M_A);
    const fm_bound bound = {p->row, p->values, 0, NULL};
    fm_axis_set axes = 0;
    if (p->status == FM_OK)
        p->status = fm_arg_axes(&bound, M_AXIS, a->layout->ndim, &axes, p->error);
    fm_lines_open(p, a, axes, l);
}

static void close_lines(fm_program *p, const fm_lines *l, fm_tensor *result) {
    const bool keepdims = fm_arg_int(&p->values[M_KEEPDIMS], 0) != 0;
    fm_program_return(p, 0, fm_lines_close(p, l, result, 0, keepdims));
}

/* Lines without elements have no median. */
static fm_tensor *no_median(fm_program *p, const fm_lines *l) {
    const fm_dtype dtype = mean_dtype(l->lines->layout->dtype);
    const double nan = (double)NAN;
    return FM_DO(p, "full", V_INTS(l->kept, l->nkept),
                 fm_dtype_kind(dtype) == 'c' ? V_C(nan, nan) : V_F(nan), V_D(dtype));
}

/* The median of the first n elements. */
static double middle_of(const fm_few *few, int64_t n) {
    const double low = few->x[(n - 1) / 2], high = few->x[n / 2];
    return n % 2 ? low : (low + high) / 2;
}

/* The mean of one element, or of two neighbours. */
static fm_tensor *mean_of(fm_program *p, const fm_lines *l, fm_tensor *const pair[2]) {
    const int64_t last = l->nkept;
    const fm_tensor *both[] = {pair[0], pair[1]};
    fm_tensor *middle =
        pair[0] == pair[1] ? pair[0] : FM_DO(p, "concatenate", V_TS(both, 2), V_I(last));
    return FM_DO(p, "mean", V_T(middle), V_INTS(&last, 1));
}

/* A line with NaN has NaN. */
static fm_tensor *median_of(fm_program *p, const fm_lines *l) {
    const int64_t n = l->n, last = l->nkept, kth[] = {(n - 1) / 2, n / 2, n - 1};
    fm_tensor *pair[2], *end, *result;
    if (fm_lines_pair(p, l, kth[0], kth[1], false, pair)) {
        result = mean_of(p, l, pair);
        if (fm_dtype_kind(l->lines->layout->dtype) != 'f') return result;
        end = fm_lines_max(p, l);
    } else {
        fm_tensor *parted = FM_DO(p, "partition", V_T(l->lines), V_INTS(kth, 3), V_I(-1));
        fm_tensor *middle = fm_sort_slice(p, parted, l->nkept, kth[0], kth[1] - kth[0] + 1);
        result = FM_DO(p, "mean", V_T(middle), V_INTS(&last, 1));
        end = fm_sort_slice(p, parted, l->nkept, n - 1, 1);
        end = FM_DO(p, "reshape", V_T(end), V_INTS(l->kept, l->nkept));
    }
    return FM_DO(p, "where", V_T(FM_DO(p, "isnan", V_T(end))), V_T(end), V_T(result));
}

/* Of one line, whose elements that are not NaN can be counted here. */
static bool median_of_valid(fm_program *p, const fm_lines *l) {
    fm_tensor *pair[2];
    if (p->status != FM_OK || l->count != 1 || fm_program_captured(p)) return false;
    const int64_t *valid = fm_program_ints(p, fm_lines_valid(p, l));
    if (valid == NULL) return true;
    const int64_t n = valid[0] > 0 ? valid[0] : 1;
    if (!fm_lines_pair(p, l, (n - 1) / 2, n / 2, true, pair)) return false;
    close_lines(p, l, mean_of(p, l, pair));
    return true;
}

fm_status fm_run_median(fm_program *p) {
    fm_lines l;
    fm_few few;
    open_lines(p, &l);
    fm_lines_check(p, &l, &p->values[M_AXIS]);
    if (p->status != FM_OK) return p->status;
    if (l.lines->layout->size == 0) {
        close_lines(p, &l, no_median(p, &l));
        return p->status;
    }
    if (fm_lines_few(p, &l, &few)) {
        const double median = few.valid < few.n ? few.x[few.n - 1] : middle_of(&few, few.n);
        close_lines(p, &l, fm_few_result(p, &l, median));
        return p->status;
    }
    close_lines(p, &l, median_of(p, &l));
    return p->status;
}

/* The two elements in the middle of those that are not NaN, side by side. */
static fm_tensor *middle_places(fm_program *p, const fm_lines *l) {
    fm_tensor *valid = fm_lines_valid(p, l);
    fm_tensor *below = FM_DO(p, "subtract", V_T(valid), V_I(1));
    below = FM_DO(p, "maximum", V_T(below), V_I(0));
    const fm_tensor *both[] = {FM_DO(p, "floor_divide", V_T(below), V_I(2)),
                               FM_DO(p, "floor_divide", V_T(valid), V_I(2))};
    return FM_DO(p, "stack", V_TS(both, 2), V_I(-1));
}

fm_status fm_run_nanmedian(fm_program *p) {
    fm_lines l;
    fm_few few;
    open_lines(p, &l);
    if (p->status != FM_OK) return p->status;
    const int64_t last = l.nkept;
    const char kind = fm_dtype_kind(l.lines->layout->dtype);
    if (l.lines->layout->size == 0) {
        close_lines(p, &l, no_median(p, &l));
        return p->status;
    }
    if (kind != 'f' && kind != 'c') {
        fm_value values[] = {fm_arg(p, M_A), fm_arg(p, M_AXIS), V_UNSET, fm_arg(p, M_KEEPDIMS)};
        fm_program_return(p, 0, fm_do(p, FM_ROW_ONCE("median"), values, 4));
        return p->status;
    }
    if (fm_lines_few(p, &l, &few)) {
        const double median = few.valid == 0 ? few.x[0] : middle_of(&few, few.valid);
        close_lines(p, &l, fm_few_result(p, &l, median));
        return p->status;
    }
    if (median_of_valid(p, &l)) return p->status;
    fm_tensor *sorted = FM_DO(p, "sort", V_T(l.lines), V_I(-1));
    fm_tensor *places = middle_places(p, &l);
    fm_tensor *middle = fm_sort_take_along(p, sorted, places, (int)last);
    if (middle == NULL) return p->status;
    /* The mean of an element with itself could overflow. */
    fm_tensor *first = FM_DO(p, "reshape", V_T(fm_sort_slice(p, middle, (int)last, 0, 1)),
                             V_INTS(l.kept, l.nkept));
    fm_tensor *alone = FM_DO(p, "equal", V_T(fm_sort_slice(p, places, (int)last, 0, 1)),
                             V_T(fm_sort_slice(p, places, (int)last, 1, 1)));
    alone = FM_DO(p, "reshape", V_T(alone), V_INTS(l.kept, l.nkept));
    fm_tensor *mean = FM_DO(p, "mean", V_T(middle), V_INTS(&last, 1));
    close_lines(p, &l, FM_DO(p, "where", V_T(alone), V_T(first), V_T(mean)));
    return p->status;
}
