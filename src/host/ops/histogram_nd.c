/* Histograms of several variables: histogram2d of two arrays, histogramdd of the columns of one. */
#include "ops/histogram.h"

#include <string.h>

enum { T_X, T_Y, T_BINS, T_RANGE, T_DENSITY, T_WEIGHTS };
enum { N_SAMPLE, N_BINS, N_RANGE, N_DENSITY, N_WEIGHTS };

/* The variables of a call, and what is given for each. */
typedef struct variables {
    int count;
    bool is_pair; /* of histogram2d */
    int64_t n;
    fm_value bins[FM_MAX_NDIM], range[FM_MAX_NDIM];
    const fm_tensor *column[FM_MAX_NDIM];
} variables;

static bool is_list(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
}

static bool is_count(const fm_value *value) {
    return value->kind == FM_VALUE_INT || value->kind == FM_VALUE_BOOL;
}

static fm_value item_of(const fm_value *list, uint32_t i) {
    if (is_list(list)) return list->as.items[i];
    return (fm_value){.kind = FM_VALUE_INT, .as.i = list->as.ints[i]};
}

static int64_t length_of(const fm_value *value) {
    if (is_list(value) || value->kind == FM_VALUE_INTS) return value->count;
    if (value->kind != FM_VALUE_TENSOR || value->as.tensor->layout->ndim == 0) return -1;
    return fm_layout_shape(value->as.tensor->layout)[0];
}

/* Where nothing is counted NumPy does not look at the weights. */
static fm_status check_weights(const fm_bound *bound, int param, int64_t n, fm_error *error) {
    const fm_layout *weights = fm_value_layout(&bound->values[param]);
    if (weights == NULL || n == 0) return FM_OK;
    if (fm_dtype_kind(weights->dtype) == 'c')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, param + 1,
                          "weights are %s, but they are real", fm_dtype_name(weights->dtype));
    if (weights->ndim == 1 && weights->size == n) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                      "%lld weights of %d dimensions for %lld elements", (long long)weights->size,
                      weights->ndim, (long long)n);
}

static fm_status check_bins(const fm_bound *bound, int param, fm_error *error) {
    const fm_value *bins = &bound->values[param];
    if (bins->kind == FM_VALUE_FLOAT || bins->kind == FM_VALUE_COMPLEX)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, param + 1,
                          "a number of bins is an integer");
    return FM_OK;
}

fm_status fm_infer_histogram2d(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = fm_value_layout(&bound->values[T_X]);
    const fm_layout *y = fm_value_layout(&bound->values[T_Y]);
    if (x->ndim != 1 || y->ndim != 1 || x->size != y->size)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, T_Y + 1,
                          "x has %lld elements in %d dimensions and y %lld in %d, but both have as "
                          "many in 1",
                          (long long)x->size, x->ndim, (long long)y->size, y->ndim);
    FM_TRY(check_bins(bound, T_BINS, error));
    FM_TRY(check_weights(bound, T_WEIGHTS, x->size, error));
    for (int o = 0; o < 3; o++) fm_output_unknown(r, o, FM_DTYPE_NONE);
    return FM_OK;
}

/* One axis is one variable; else they are the columns. */
fm_status fm_infer_histogramdd(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *sample = fm_value_layout(&bound->values[N_SAMPLE]);
    const int64_t n = sample->ndim > 0 ? fm_layout_shape(sample)[0] : 1;
    if (sample->ndim > 2)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, N_SAMPLE + 1,
                          "%d dimensions, but a sample has 2", sample->ndim);
    if (sample->ndim == 2 &&
        (fm_layout_shape(sample)[1] > FM_MAX_NDIM || fm_layout_shape(sample)[1] == 0))
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, N_SAMPLE + 1,
                          "%lld variables, but 1 to %d are counted",
                          (long long)fm_layout_shape(sample)[1], FM_MAX_NDIM);
    FM_TRY(check_bins(bound, N_BINS, error));
    FM_TRY(check_weights(bound, N_WEIGHTS, n, error));
    fm_output_unknown(r, 0, FM_FLOAT64);
    return FM_OK;
}

/* ceil(log2 n), at least 1. */
static fm_u128 levels(int64_t n) {
    return n > 2 ? fm_u128_ceil_log2((fm_u128)n) : 1;
}

/* Of one entry of a list of bins; -1: 0.4.3 does not look into it. */
static int64_t entry_bins(const fm_value *bins) {
    return is_count(bins) ? bins->as.i : length_of(bins);
}

fm_status fm_cost_of_histogram2d(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    const fm_value *bins = &bound->values[T_BINS];
    const int64_t n = fm_value_layout(&bound->values[T_X])->size;
    fm_u128 each = 1, units;
    (void)r;
    if (is_count(bins)) {
        each = 2 * levels(bound->probed[0]);
    } else if ((is_list(bins) || bins->kind == FM_VALUE_INTS) && bins->count == 2) {
        const fm_value a = item_of(bins, 0), b = item_of(bins, 1);
        if (!work->faults || is_count(&a) == is_count(&b))
            each = levels(entry_bins(&a)) + levels(entry_bins(&b));
    } else if (!work->faults) {
        each = 2 * levels(length_of(bins));
    }
    if (!fm_u128_mul((fm_u128)n, each, &units))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    return fm_cost_result(bound, fm_cost_units(work, fm_row_cost_name(bound->row), units), error);
}

fm_status fm_cost_of_histogramdd(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    const fm_value *bins = &bound->values[N_BINS];
    const fm_layout *sample = fm_value_layout(&bound->values[N_SAMPLE]);
    const int64_t n = sample->ndim > 0 ? fm_layout_shape(sample)[0] : 1;
    const int64_t count = sample->ndim == 2 ? fm_layout_shape(sample)[1] : 1;
    fm_u128 each = 1, units;
    (void)r;
    if (is_count(bins)) {
        each = (fm_u128)count * levels(bound->probed[0]);
    } else if (is_list(bins) || bins->kind == FM_VALUE_INTS) {
        each = 0;
        for (uint32_t i = 0; i < bins->count; i++) {
            const fm_value entry = item_of(bins, i);
            each += levels(entry_bins(&entry));
        }
    }
    if (!fm_u128_mul((fm_u128)n, each, &units))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    return fm_cost_result(bound, fm_cost_units(work, fm_row_cost_name(bound->row), units), error);
}

/* A text is taken letter by letter, as Python's list of them, and none is a number of bins. Where
   there are not as many as variables histogram2d takes it for one array for both, which NumPy's
   ufunc refuses to compare. */
static void refuse_text(fm_program *p, const fm_value *bins, int argument, const variables *v) {
    const size_t length = strlen(bins->as.string);
    const bool whole = v->is_pair && length != 1 && length != 2;
    if (p->status != FM_OK) return;
    if (!whole && length != (size_t)v->count)
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument,
                              "bins are '%s', but no rule finds them for %d variables",
                              bins->as.string, v->count);
    else
        (void)fm_program_raise(p, FM_ERR_DTYPE, whole ? "UFuncTypeError" : "TypeError", argument,
                               "bins are '%s', but they are integers or edges", bins->as.string);
}

/* What is given for each variable: one number for all, or a list with an entry each. */
static void take_bins(fm_program *p, const fm_value *bins, int argument, variables *v) {
    const int64_t length = length_of(bins);
    if (bins->kind == FM_VALUE_STRING) return;
    if (length >= 0 && length != v->count) {
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument,
                              "bins are given for %lld variables, but there are %d",
                              (long long)length, v->count);
        return;
    }
    for (int i = 0; i < v->count; i++) {
        if (length < 0)
            v->bins[i] = *bins;
        else if (bins->kind == FM_VALUE_TENSOR)
            v->bins[i] = V_T(FM_DO(p, "reshape", V_T(fm_sort_slice(p, bins->as.tensor, 0, i, 1)),
                                   V_INTS(NULL, 0)));
        else
            v->bins[i] = item_of(bins, (uint32_t)i);
    }
}

static void take_ranges(fm_program *p, const fm_value *range, int argument, variables *v) {
    const int64_t length = length_of(range);
    for (int i = 0; i < v->count; i++) v->range[i] = V_NONE;
    if (fm_arg_absent(range)) return;
    if (length != v->count) {
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument,
                              "a range is given for %lld variables, but there are %d",
                              (long long)length, v->count);
        return;
    }
    for (int i = 0; i < v->count; i++) {
        if (is_list(range)) {
            v->range[i] = range->as.items[i];
            continue;
        }
        const fm_tensor *ranges = fm_program_as_tensor(p, range);
        const int64_t pair = 2;
        fm_tensor *row = ranges != NULL ? fm_sort_slice(p, ranges, 0, i, 1) : NULL;
        v->range[i] = V_T(FM_DO(p, "reshape", V_T(row), V_INTS(&pair, 1)));
    }
}

/* The bins of one variable. */
static void find_bins(fm_program *p, const variables *v, int i, int argument, fm_bins *bins) {
    const fm_value *given = &v->bins[i];
    fm_span span;
    *bins = (fm_bins){.count = 0};
    if (p->status != FM_OK) return;
    if (given->kind == FM_VALUE_FLOAT || given->kind == FM_VALUE_COMPLEX) {
        (void)fm_program_fail(p, FM_ERR_DTYPE, argument, "a number of bins is an integer");
        return;
    }
    const bool list = is_list(given) || given->kind == FM_VALUE_INTS;
    if (list || (given->kind == FM_VALUE_TENSOR && given->as.tensor->layout->ndim > 0)) {
        bins->edges = fm_program_as_tensor(p, given);
        if (bins->edges != NULL && bins->edges->layout->ndim != 1)
            (void)fm_program_fail(p, FM_ERR_SHAPE, argument, "edges have %d dimensions",
                                  bins->edges->layout->ndim);
        if (p->status != FM_OK) return;
        bins->count = bins->edges->layout->size - 1;
        if (!fm_edges_rise(p, bins->edges))
            (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument, "edges of variable %d do not rise",
                                  i);
        return;
    }
    bins->count =
        given->kind == FM_VALUE_TENSOR ? fm_program_int(p, given->as.tensor) : given->as.i;
    if (p->status == FM_OK && bins->count < 1)
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument, "%lld bins, but there is at least 1",
                              (long long)bins->count);
    if (p->status != FM_OK) return;
    bins->uniform = true;
    if (fm_dtype_kind(v->column[i]->layout->dtype) == 'c') {
        fm_ends_of(p, v->column[i], &v->range[i], argument + 1, &bins->ends);
        bins->edges = fm_ends_edges(p, &bins->ends, bins->count, FM_DTYPE_NONE);
        return;
    }
    fm_span_of(p, v->column[i], &v->range[i], argument + 1, &span);
    if (p->status != FM_OK) return;
    bins->edges = fm_span_edges(p, &span, bins->count, span.dtype, false);
}

/* The number of each element's bin by one variable; that of the bins where it lies outside. */
static fm_tensor *bins_of(fm_program *p, const variables *v, int i, const fm_bins *bins) {
    if (fm_bins_are_complex(p, v->column[i], bins)) return fm_complex_bins(p, v->column[i], bins);
    return FM_DO(p, "_bins", V_T(v->column[i]), V_T(bins->edges), V_B(bins->uniform));
}

/* The same as cells_of for few elements, whose bins are read where they lie. */
static fm_tensor *few_cells(fm_program *p, const variables *v, const fm_bins *bins, int64_t cells) {
    int64_t number[FM_FEW] = {0}, bin[FM_FEW];
    bool outside[FM_FEW] = {false};
    const fm_layout *layout = v->column[0]->layout;
    for (int i = 0; i < v->count; i++) {
        const fm_tensor *own = bins_of(p, v, i, &bins[i]);
        if (p->status != FM_OK) return NULL;
        fm_program_read(p, own, bin);
        for (int64_t k = 0; p->status == FM_OK && k < layout->size; k++) {
            outside[k] |= bin[k] == bins[i].count;
            number[k] = (int64_t)((uint64_t)number[k] * (uint64_t)bins[i].count + (uint64_t)bin[k]);
        }
    }
    for (int64_t k = 0; k < layout->size; k++)
        if (outside[k]) number[k] = cells;
    return fm_program_from(p, FM_INT64, layout->ndim, fm_layout_shape(layout), number);
}

/* For each element the number of its cell, or `cells` where a variable lies outside. */
static fm_tensor *cells_of(fm_program *p, const variables *v, const fm_bins *bins, int64_t cells) {
    fm_tensor *number = NULL, *outside = NULL;
    if (fm_program_is_host(p) && v->count > 0 && v->column[0]->layout->size <= FM_FEW)
        return few_cells(p, v, bins, cells);
    for (int i = 0; i < v->count; i++) {
        fm_tensor *bin = bins_of(p, v, i, &bins[i]);
        fm_tensor *beyond = FM_DO(p, "equal", V_T(bin), V_I(bins[i].count));
        outside = i == 0 ? beyond : FM_DO(p, "logical_or", V_T(outside), V_T(beyond));
        if (i > 0) {
            number = FM_DO(p, "multiply", V_T(number), V_I(bins[i].count));
            number = FM_DO(p, "add", V_T(number), V_T(bin));
        } else {
            number = bin;
        }
    }
    return FM_DO(p, "where", V_T(outside), V_I(cells), V_T(number));
}

static fm_tensor *density_of(fm_program *p, fm_tensor *sums, const variables *v,
                             const fm_bins *bins) {
    fm_tensor *all = FM_DO(p, "sum", V_T(sums));
    for (int i = 0; i < v->count; i++) {
        int64_t shape[FM_MAX_NDIM];
        const int64_t n = bins[i].count;
        for (int d = 0; d < v->count; d++) shape[d] = 1;
        shape[i] = n;
        fm_tensor *width = FM_DO(p, "subtract", V_T(fm_sort_slice(p, bins[i].edges, 0, 1, n)),
                                 V_T(fm_sort_slice(p, bins[i].edges, 0, 0, n)));
        width = FM_DO(p, "reshape", V_T(width), V_INTS(shape, v->count));
        sums = FM_DO(p, "divide", V_T(sums), V_T(width));
    }
    return FM_DO(p, "divide", V_T(sums), V_T(all));
}

static fm_tensor *count_cells(fm_program *p, const variables *v, const fm_bins *bins,
                              const fm_tensor *weights, bool density) {
    int64_t cells = 1, shape[FM_MAX_NDIM];
    if (p->status != FM_OK) return NULL;
    for (int i = 0; i < v->count; i++) {
        shape[i] = bins[i].count > 0 ? bins[i].count : 0;
        if (__builtin_mul_overflow(cells, shape[i], &cells)) {
            (void)fm_program_fail(p, FM_ERR_OVERFLOW, 0, "there are more than 2^63 - 1 cells");
            return NULL;
        }
    }
    if (cells == 0) return FM_DO(p, "zeros", V_INTS(shape, v->count), V_D(FM_FLOAT64));
    fm_tensor *number = cells_of(p, v, bins, cells);
    if (weights != NULL) weights = FM_DO(p, "astype", V_T(weights), V_D(FM_FLOAT64));
    fm_tensor *sums = fm_sort_counts(p, number, cells, weights);
    sums = FM_DO(p, "astype", V_T(sums), V_D(FM_FLOAT64));
    sums = FM_DO(p, "reshape", V_T(sums), V_INTS(shape, v->count));
    return density ? density_of(p, sums, v, bins) : sums;
}

/* Two arrays brought to one dtype. */
static void take_two(fm_program *p, variables *v) {
    const fm_tensor *x = fm_program_tensor(p, T_X), *y = fm_program_tensor(p, T_Y);
    if (p->status != FM_OK) return;
    const fm_dtype dtype = fm_promote_types(x->layout->dtype, y->layout->dtype);
    v->count = 2;
    v->is_pair = true;
    v->n = x->layout->size;
    v->column[0] = fm_program_cast(p, x, dtype);
    v->column[1] = fm_program_cast(p, y, dtype);
}

fm_status fm_run_histogram2d(fm_program *p) {
    variables v = {.count = 0};
    fm_bins bins[2];
    fm_value given = p->values[T_BINS], same[2];
    take_two(p, &v);
    const fm_tensor *weights = v.n ? fm_program_tensor(p, T_WEIGHTS) : NULL;
    /* Edges for both, unless a list has one or two entries. */
    const int64_t length = length_of(&given);
    if (length >= 0 && length != 1 && length != 2) {
        same[0] = same[1] = V_T(fm_program_as_tensor(p, &given));
        given = V_TUPLE(same, 2);
    }
    if (p->status == FM_OK) take_bins(p, &given, T_BINS + 1, &v);
    if (p->status == FM_OK) take_ranges(p, &p->values[T_RANGE], T_RANGE + 1, &v);
    if (given.kind == FM_VALUE_STRING) refuse_text(p, &given, T_BINS + 1, &v);
    for (int i = 0; i < 2; i++) find_bins(p, &v, i, T_BINS + 1, &bins[i]);
    fm_program_return(p, 0,
                      count_cells(p, &v, bins, weights, fm_arg_int(&p->values[T_DENSITY], 0) != 0));
    for (int i = 0; i < 2; i++) fm_program_return(p, i + 1, fm_bins_edges(p, &bins[i]));
    return p->status;
}

static void take_columns(fm_program *p, variables *v) {
    const fm_tensor *sample = fm_program_tensor(p, N_SAMPLE);
    if (p->status != FM_OK) return;
    const fm_layout *layout = sample->layout;
    v->n = layout->ndim > 0 ? fm_layout_shape(layout)[0] : 1;
    v->count = layout->ndim == 2 ? (int)fm_layout_shape(layout)[1] : 1;
    for (int i = 0; i < v->count && p->status == FM_OK; i++) {
        const fm_tensor *column = layout->ndim == 2 ? fm_sort_slice(p, sample, 1, i, 1) : sample;
        v->column[i] = column != NULL ? fm_sort_flat(p, column) : NULL;
    }
}

fm_status fm_run_histogramdd(fm_program *p) {
    variables v = {.count = 0};
    fm_bins bins[FM_MAX_NDIM];
    fm_value edges[FM_MAX_NDIM], answer[2];
    take_columns(p, &v);
    const fm_tensor *weights = v.n ? fm_program_tensor(p, N_WEIGHTS) : NULL;
    if (p->status == FM_OK) take_bins(p, &p->values[N_BINS], N_BINS + 1, &v);
    if (p->status == FM_OK) take_ranges(p, &p->values[N_RANGE], N_RANGE + 1, &v);
    if (p->values[N_BINS].kind == FM_VALUE_STRING)
        refuse_text(p, &p->values[N_BINS], N_BINS + 1, &v);
    for (int i = 0; i < v.count; i++) find_bins(p, &v, i, N_BINS + 1, &bins[i]);
    answer[0] = V_T(count_cells(p, &v, bins, weights, fm_arg_int(&p->values[N_DENSITY], 0) != 0));
    for (int i = 0; i < v.count; i++) edges[i] = V_T(fm_bins_edges(p, &bins[i]));
    answer[1] = V_TUPLE(edges, v.count);
    answer[1].kind = FM_VALUE_LIST;
    fm_program_reply(p, V_TUPLE(answer, 2));
    return p->status;
}
