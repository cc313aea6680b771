/* bincount, histogram, histogram_bin_edges. */
#include "ops/histogram.h"
#include "ops/index.h"

#include <string.h>

/* bincount */

enum { B_X, B_WEIGHTS, B_MINLENGTH };

fm_status fm_infer_bincount(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = r->in[0], *weights = fm_value_layout(&bound->values[B_WEIGHTS]);
    const char *name = bound->row->name, kind = fm_dtype_kind(x->dtype);
    if (x->ndim != 1)
        return fm_fail_op(error, FM_ERR_SHAPE, name, B_X + 1, "%d dimensions, but 1 is counted",
                          x->ndim);
    if (kind != 'b' && kind != 'i' && kind != 'u' && x->size > 0)
        return fm_fail_op(error, FM_ERR_DTYPE, name, B_X + 1,
                          "elements are %s, but integers are counted", fm_dtype_name(x->dtype));
    if (fm_arg_int(&bound->values[B_MINLENGTH], 0) < 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, name, B_MINLENGTH + 1,
                          "minlength is %lld, but it is at least 0",
                          (long long)fm_arg_int(&bound->values[B_MINLENGTH], 0));
    if (x->size == 0) weights = NULL; /* as NumPy, which looks at none of them */
    if (weights != NULL && fm_dtype_kind(weights->dtype) == 'c') weights = NULL; /* refused later */
    if (weights != NULL && (weights->ndim != 1 || weights->size != x->size))
        return fm_fail_op(error, FM_ERR_SHAPE, name, B_WEIGHTS + 1,
                          "%lld weights of %d dimensions for %lld elements",
                          (long long)weights->size, weights->ndim, (long long)x->size);
    fm_output_unknown(r, 0, weights != NULL ? FM_FLOAT64 : FM_INT64);
    return FM_OK;
}

fm_status fm_cost_of_bincount(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    return fm_cost_result(
        bound, fm_cost_units(work, fm_row_cost_name(bound->row), (fm_u128)r->in[0]->size), error);
}

/* Where the backend has no kernel for weights of that dtype they are scattered. */
fm_tensor *fm_sort_counts(fm_program *p, const fm_tensor *number, int64_t count,
                          const fm_tensor *weights) {
    if (p->status != FM_OK) return NULL;
    const fm_dtype dtype = weights != NULL ? weights->layout->dtype : FM_INT64;
    if (fm_program_supports(p, "_counts", dtype))
        return FM_DO(p, "_counts", V_T(number), V_I(count),
                     weights != NULL ? V_T(weights) : V_NONE);
    const int64_t room = count + 1;
    fm_tensor *sums = FM_DO(p, "zeros", V_INTS(&room, 1), V_D(dtype));
    if (sums != NULL && number->layout->size > 0)
        FM_DO(p, "_scatter_add", V_T(sums), V_T(number), V_T(weights), V_I(0), V_I(-1),
              V_I(FM_PLACE_SURE));
    return sums != NULL ? fm_sort_slice(p, sums, 0, 0, count) : NULL;
}

/* The least and the largest of integers; few of them are read at once. */
static void extremes(fm_program *p, const fm_tensor *x, int64_t *least, int64_t *most) {
    int64_t few[FM_FEW];
    if (x->layout->size > FM_FEW || x->layout->dtype != FM_INT64) {
        *least = fm_program_int(p, FM_DO(p, "min", V_T(x)));
        *most = fm_program_int(p, FM_DO(p, "max", V_T(x)));
        return;
    }
    fm_program_read(p, x, few);
    if (p->status != FM_OK) return;
    *least = *most = few[0];
    for (int64_t i = 1; i < x->layout->size; i++) {
        if (few[i] < *least) *least = few[i];
        if (few[i] > *most) *most = few[i];
    }
}

fm_status fm_run_bincount(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, B_X), *weights = fm_program_tensor(p, B_WEIGHTS);
    int64_t n = fm_arg_int(&p->values[B_MINLENGTH], 0);
    if (p->status != FM_OK) return p->status;
    if (x->layout->size == 0) weights = NULL; /* NumPy then counts, whatever they are */
    if (x->layout->size > 0) {
        int64_t least = 0, most = 0;
        extremes(p, x, &least, &most);
        if (least < 0 || most < 0)
            return fm_program_fail(p, FM_ERR_ARGUMENT, B_X + 1,
                                   "an element is %lld, but numbers below 0 are not counted",
                                   (long long)(least < 0 ? least : most));
        if (most == INT64_MAX)
            return fm_program_fail(p, FM_ERR_OVERFLOW, B_X + 1, "an element is 2^63 - 1");
        if (most + 1 > n) n = most + 1;
    }
    if (weights != NULL && fm_dtype_kind(weights->layout->dtype) == 'c')
        return fm_program_fail(p, FM_ERR_DTYPE, B_WEIGHTS + 1, "weights are %s, but they are real",
                               fm_dtype_name(weights->layout->dtype));
    if (weights != NULL) weights = FM_DO(p, "astype", V_T(weights), V_D(FM_FLOAT64));
    fm_program_return(p, 0, fm_sort_counts(p, x, n, weights));
    return p->status;
}

/* histogram and histogram_bin_edges */

enum { H_A, H_BINS, H_RANGE, H_DENSITY, H_WEIGHTS };

static int weights_param(const fm_row *row) {
    return row->nparams - 1;
}

static fm_status check_bins(const fm_bound *bound, fm_error *error) {
    const fm_value *bins = &bound->values[H_BINS];
    if (bins->kind == FM_VALUE_STRING) return FM_OK;
    const fm_layout *layout = fm_value_layout(bins);
    const char kind = fm_dtype_kind(layout->dtype);
    if (layout->ndim > 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, H_BINS + 1,
                          "bins have %d dimensions, but edges have 1", layout->ndim);
    if (layout->ndim == 0 && kind != 'i' && kind != 'u' && kind != 'b')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, H_BINS + 1,
                          "bins are an integer, a rule's name or an array of edges");
    return FM_OK;
}

/* Numbers where a tensor may stand are no part of a plan's key, what is probed is: costs depend on
   the number of bins. */
fm_status fm_probe_bins(fm_program *p, int64_t probed[FM_PROBED]) {
    for (int i = 0; i < p->row->nparams; i++) {
        const fm_value *value = &p->values[i];
        if (strcmp(p->row->params[i].name, "bins") != 0) continue;
        if (value->kind == FM_VALUE_INT || value->kind == FM_VALUE_BOOL) probed[0] = value->as.i;
    }
    return FM_OK;
}

fm_status fm_infer_histogram(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    const int param = weights_param(bound->row);
    const fm_layout *weights = fm_value_layout(&bound->values[param]);
    FM_TRY(check_bins(bound, error));
    if (weights != NULL) {
        bool same = weights->ndim == a->ndim;
        for (int d = 0; same && d < a->ndim; d++)
            same = fm_layout_shape(weights)[d] == fm_layout_shape(a)[d];
        if (!same)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                              "weights have another shape than the elements");
        if (bound->values[H_BINS].kind == FM_VALUE_STRING)
            return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, param + 1,
                              "no rule finds bins for elements with weights");
    }
    for (int o = 0; o < bound->row->nout; o++) fm_output_unknown(r, o, FM_DTYPE_NONE);
    return FM_OK;
}

fm_status fm_infer_histogram_bin_edges(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return fm_infer_histogram(bound, r, error);
}

/* n ceil(log2 bins), where the number of bins is not given n. */
fm_status fm_cost_of_histogram(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    const fm_value *bins = &bound->values[H_BINS];
    fm_u128 levels = 1, units, count = 2;
    if (bins->kind == FM_VALUE_INT || bins->kind == FM_VALUE_BOOL)
        count = bound->probed[0] > 0 ? (fm_u128)bound->probed[0] : 1;
    else if (bins->kind == FM_VALUE_TENSOR)
        count = (fm_u128)bins->as.tensor->layout->size;
    if (count > 2) levels = fm_u128_ceil_log2(count);
    if (!fm_u128_mul((fm_u128)r->in[0]->size, levels, &units))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    return fm_cost_result(bound, fm_cost_units(work, fm_row_cost_name(bound->row), units), error);
}

fm_status fm_cost_of_histogram_bin_edges(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                         fm_error *error) {
    return fm_cost_of_bincount(bound, r, work, error);
}

/* The elements inside the range alone. */
static const fm_tensor *inside(fm_program *p, const fm_tensor *x, const fm_span *span) {
    fm_tensor *above = FM_DO(p, "greater_equal", V_T(x), V_F(span->first));
    fm_tensor *below = FM_DO(p, "less_equal", V_T(x), V_F(span->last));
    return FM_DO(p, "_compact", V_T(x), V_T(FM_DO(p, "logical_and", V_T(above), V_T(below))));
}

/* The number of bins that is given, or that the rule of that name finds. */
static void count_bins(fm_program *p, const fm_tensor *x, const fm_span *span, fm_bins *bins) {
    const fm_value *given = &p->values[H_BINS], *range = &p->values[H_RANGE];
    if (p->status != FM_OK) return;
    if (given->kind == FM_VALUE_STRING) {
        const bool all = fm_arg_absent(range);
        if (span == NULL)
            bins->count = fm_bins_by_complex_rule(
                p, given->as.string, all ? x : fm_ends_inside(p, x, &bins->ends, x), &bins->ends);
        else
            bins->count = fm_bins_by_rule(p, given->as.string, all ? x : inside(p, x, span), span);
        if (bins->count < 0)
            (void)fm_program_fail(p, FM_ERR_ARGUMENT, H_BINS + 1, "there is no rule '%s'",
                                  given->as.string);
    } else if (given->kind == FM_VALUE_TENSOR) {
        bins->count = fm_program_int(p, given->as.tensor);
    } else {
        bins->count = given->as.i;
    }
    if (p->status == FM_OK && bins->count < 1)
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, H_BINS + 1, "%lld bins, but there is at least 1",
                              (long long)bins->count);
}

static void edges_by_count(fm_program *p, const fm_tensor *x, fm_bins *bins) {
    const fm_value *range = &p->values[H_RANGE];
    const fm_dtype dtype = x->layout->dtype;
    const char kind = fm_dtype_kind(dtype);
    fm_span span = {0, 0, FM_FLOAT64};
    bins->uniform = true;
    if (kind == 'c')
        fm_ends_of(p, x, range, H_RANGE + 1, &bins->ends);
    else
        fm_span_of(p, x, range, H_RANGE + 1, &span);
    count_bins(p, x, kind == 'c' ? NULL : &span, bins);
    if (p->status != FM_OK) return;
    if (kind == 'c') {
        bins->edges = fm_ends_edges(p, &bins->ends, bins->count, dtype);
        if (!fm_edges_part(p, bins->edges)) bins->edges = NULL;
    } else {
        bins->edges = fm_span_edges(p, &span, bins->count, kind == 'f' ? dtype : FM_FLOAT64, true);
    }
    if (bins->edges == NULL)
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, H_BINS + 1,
                              "%lld bins are too many for the range", (long long)bins->count);
}

/* x with one axis, bool as integers, and its bins. */
static const fm_tensor *divide(fm_program *p, fm_bins *bins) {
    const fm_tensor *x = fm_program_tensor(p, H_A);
    const fm_value *given = &p->values[H_BINS];
    if (p->status != FM_OK) return NULL;
    x = fm_sort_flat(p, x);
    if (x != NULL && x->layout->dtype == FM_BOOL) x = FM_DO(p, "astype", V_T(x), V_D(FM_UINT8));
    if (p->status != FM_OK) return NULL;
    if (given->kind != FM_VALUE_TENSOR || given->as.tensor->layout->ndim == 0) {
        edges_by_count(p, x, bins);
        return x;
    }
    bins->edges = given->as.tensor;
    bins->count = bins->edges->layout->size - 1;
    if (!fm_edges_rise(p, bins->edges))
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, H_BINS + 1, "edges do not rise");
    return x;
}

fm_tensor *fm_histogram_sums(fm_program *p, const fm_tensor *x, const fm_bins *bins,
                             const fm_tensor *weights) {
    if (p->status != FM_OK) return NULL;
    if (bins->count < 1)
        return FM_DO(p, "zeros", V_INTS(&(int64_t){0}, 1),
                     V_D(weights != NULL ? FM_FLOAT64 : FM_INT64));
    const bool complex_ = fm_bins_are_complex(p, x, bins);
    if (weights == NULL && complex_) return fm_complex_sums(p, x, bins, NULL);
    if (weights == NULL)
        return FM_DO(p, "_histogram", V_T(x), V_T(bins->edges), V_B(bins->uniform));
    /* As NumPy: integers are added up as such, but between edges of equal distance. */
    const char kind = fm_dtype_kind(weights->layout->dtype);
    const fm_dtype dtype = kind == 'c'                                      ? FM_COMPLEX128
                           : (kind == 'i' || kind == 'u') && !bins->uniform ? FM_INT64
                                                                            : FM_FLOAT64;
    fm_tensor *wide = FM_DO(p, "astype", V_T(fm_sort_flat(p, weights)), V_D(dtype));
    if (complex_) return fm_complex_sums(p, x, bins, wide);
    fm_tensor *number = FM_DO(p, "_bins", V_T(x), V_T(bins->edges), V_B(bins->uniform));
    return fm_sort_counts(p, number, bins->count, wide);
}

/* Divided by the widths of the bins and by their sum. */
static fm_tensor *density_of(fm_program *p, const fm_tensor *sums, const fm_bins *bins) {
    const fm_tensor *edges = bins->edges;
    if (p->status != FM_OK) return NULL;
    const int64_t n = bins->count > 0 ? bins->count : 0;
    fm_tensor *width =
        FM_DO(p, "subtract", V_T(fm_sort_slice(p, edges, 0, edges->layout->size - n, n)),
              V_T(fm_sort_slice(p, edges, 0, 0, n)));
    width = FM_DO(p, "astype", V_T(width), V_D(FM_FLOAT64));
    fm_tensor *all = FM_DO(p, "sum", V_T(sums));
    return FM_DO(p, "divide", V_T(FM_DO(p, "divide", V_T(sums), V_T(width))), V_T(all));
}

fm_status fm_run_histogram(fm_program *p) {
    fm_bins bins = {.count = 0};
    const fm_tensor *x = divide(p, &bins), *weights = fm_program_tensor(p, H_WEIGHTS);
    fm_tensor *sums = fm_histogram_sums(p, x, &bins, weights);
    if (weights != NULL) sums = FM_DO(p, "astype", V_T(sums), V_D(weights->layout->dtype));
    if (fm_arg_int(&p->values[H_DENSITY], 0) != 0) sums = density_of(p, sums, &bins);
    fm_program_return(p, 0, sums);
    fm_program_return(p, 1, fm_bins_edges(p, &bins));
    return p->status;
}

fm_status fm_run_histogram_bin_edges(fm_program *p) {
    fm_bins bins = {.count = 0};
    (void)divide(p, &bins);
    fm_program_return(p, 0, fm_bins_edges(p, &bins));
    return p->status;
}
