/* quantile, percentile and those that skip NaN: each line is brought into order as far as need be,
   and the host says between which of its elements the quantiles lie. */
#include "ops/quantile.h"

#include <math.h>
#include <string.h>

enum { Q_A, Q_Q, Q_AXIS, Q_OVERWRITE, Q_METHOD, Q_KEEPDIMS, Q_WEIGHTS };

static bool skips_nan(const fm_row *row) {
    return row->op == FM_QUANTILE_nanquantile || row->op == FM_QUANTILE_nanpercentile;
}

/* 0.4.3 takes the second argument of those that skip NaN for the axis and the third for q. Where
   that alone makes sense, so do these. */
static void arguments_of(const fm_row *row, const fm_value *values, fm_value *q, fm_value *axis) {
    *q = values[Q_Q];
    *axis = values[Q_AXIS];
    if (!skips_nan(row) || axis->kind != FM_VALUE_FLOAT) return;
    *q = values[Q_AXIS];
    *axis = values[Q_Q];
}

static fm_status read_axes(const fm_bound *bound, int ndim, fm_axis_set *axes, fm_error *error) {
    fm_value values[Q_WEIGHTS + 1], q;
    fm_bound with = {bound->row, values, bound->wanted, bound->probed};
    memcpy(values, bound->values, sizeof values);
    arguments_of(bound->row, bound->values, &q, &values[Q_AXIS]);
    return fm_quantile_axes(&with, Q_AXIS, ndim, !skips_nan(bound->row), axes, error);
}

static fm_status check_weights(const fm_bound *bound, const fm_layout *a, fm_axis_set axes,
                               fm_error *error) {
    const fm_layout *weights = fm_value_layout(&bound->values[Q_WEIGHTS]);
    const char *name = bound->row->name;
    if (weights == NULL) return FM_OK;
    if (strcmp(bound->values[Q_METHOD].as.string, "inverted_cdf") != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, name, Q_METHOD + 1,
                          "method '%s' takes no weights, only inverted_cdf does",
                          bound->values[Q_METHOD].as.string);
    bool same = weights->ndim == a->ndim;
    for (int d = 0; same && d < a->ndim; d++)
        same = fm_layout_shape(weights)[d] == fm_layout_shape(a)[d];
    if (same) return FM_OK;
    if (fm_arg_absent(&bound->values[Q_AXIS]))
        return fm_fail_op(error, FM_ERR_DTYPE, name, Q_WEIGHTS + 1,
                          "weights have another shape than a, but no axis is given");
    int at = 0;
    same = true;
    for (int d = 0; same && d < a->ndim; d++)
        if (axes >> d & 1)
            same = at < weights->ndim && fm_layout_shape(weights)[at++] == fm_layout_shape(a)[d];
    if (same && at == weights->ndim) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, name, Q_WEIGHTS + 1,
                      "weights have neither a's shape nor that of its axes");
}

static fm_status check(const fm_bound *bound, fm_error *error) {
    const fm_layout *a = fm_value_layout(&bound->values[Q_A]);
    fm_axis_set axes;
    fm_value q, axis;
    arguments_of(bound->row, bound->values, &q, &axis);
    const fm_layout *layout = fm_value_layout(&q);
    const bool complex_ = fm_dtype_kind(a->dtype) == 'c';
    if (!complex_ || !skips_nan(bound->row)) FM_TRY(read_axes(bound, a->ndim, &axes, error));
    if (complex_)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, Q_A + 1,
                          "elements are %s, but quantiles are of real numbers",
                          fm_dtype_name(a->dtype));
    if (layout == NULL || fm_dtype_kind(layout->dtype) == 'c')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, Q_Q + 1,
                          "q is no real number, nor an array of them");
    if (layout->ndim > 2)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, Q_Q + 1,
                          "q has %d dimensions, but at most 2", layout->ndim);
    bool unread = skips_nan(bound->row) && a->size == 0;
    FM_TRY(check_weights(bound, a, axes, error));
    if (fm_quantile_method_of(bound->values[Q_METHOD].as.string) == FM_METHOD_COUNT && !unread)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, Q_METHOD + 1,
                          "there is no method '%s'", bound->values[Q_METHOD].as.string);
    return FM_OK;
}

fm_status fm_infer_quantile(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(check(bound, error));
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

fm_status fm_cost_of_quantile(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    const fm_layout *a = fm_value_layout(&bound->values[Q_A]);
    const char *name = fm_row_cost_name(bound->row);
    fm_axis_set axes;
    (void)r;
    FM_TRY(read_axes(bound, a->ndim, &axes, error));
    fm_status status = skips_nan(bound->row)
                           ? fm_cost_reduce(work, name, fm_extents_of(a), a->symmetry, axes)
                           : fm_cost_order(work, name, fm_extents_of(a), a->symmetry, axes);
    return fm_cost_result(bound, status, error);
}

static bool is_percent(const fm_row *row) {
    return row->op == FM_QUANTILE_percentile || row->op == FM_QUANTILE_nanpercentile;
}

static bool check_range(fm_program *p, const fm_quantiles *q) {
    const bool percent = is_percent(p->row);
    for (int64_t i = 0; p->status == FM_OK && i < q->count; i++)
        if (!(q->q[i] >= 0 && q->q[i] <= 1))
            (void)fm_program_fail(p, FM_ERR_ARGUMENT, Q_Q + 1, "%g is not in the range [0, %s]",
                                  percent ? 100 * q->q[i] : q->q[i], percent ? "100" : "1");
    return p->status == FM_OK;
}

/* One Python number. */
static bool read_number(fm_program *p, const fm_value *value, fm_quantiles *out) {
    const bool percent = is_percent(p->row), whole = value->kind == FM_VALUE_INT;
    *out =
        (fm_quantiles){.count = 1, .dtype = FM_FLOAT64, .whole = whole && !percent, .weak = true};
    out->method = fm_quantile_method_of(p->values[Q_METHOD].as.string);
    out->q = fm_program_memory(p, sizeof *out->q);
    if (out->q == NULL) return false;
    out->q[0] = whole ? (double)value->as.i : value->as.f;
    if (percent) out->q[0] /= 100;
    return check_range(p, out);
}

static bool read_quantiles(fm_program *p, const fm_value *value, fm_quantiles *out) {
    if (value->kind == FM_VALUE_INT || value->kind == FM_VALUE_FLOAT)
        return read_number(p, value, out);
    const fm_tensor *q = fm_program_as_tensor(p, value);
    if (q == NULL) return false;
    const fm_dtype dtype = q->layout->dtype;
    const bool percent = is_percent(p->row);
    *out = (fm_quantiles){.ndim = q->layout->ndim, .count = q->layout->size};
    for (int d = 0; d < out->ndim; d++) out->shape[d] = fm_layout_shape(q->layout)[d];
    out->whole = fm_dtype_kind(dtype) != 'f' && !percent;
    out->dtype = fm_dtype_kind(dtype) == 'f' ? dtype : FM_FLOAT64;
    out->method = fm_quantile_method_of(p->values[Q_METHOD].as.string);
    out->q = fm_program_memory(p, (size_t)out->count * sizeof *out->q);
    if (percent) q = FM_DO(p, "divide", V_T(q), V_I(100));
    q = FM_DO(p, "astype", V_T(q), V_D(FM_FLOAT64));
    if (p->status == FM_OK) fm_program_read(p, q, out->q);
    return check_range(p, out);
}

/* The dtype of the way between two elements: where q is an array of integers some methods stay
   among integers. */
static fm_dtype gamma_dtype(const fm_quantiles *q) {
    const bool stays = q->method == FM_METHOD_averaged_inverted_cdf ||
                       q->method == FM_METHOD_interpolated_inverted_cdf ||
                       q->method == FM_METHOD_weibull;
    return q->whole && stays ? FM_INT64 : q->dtype;
}

/* The lines with what is asked for in its place: all in order where that is much. */
static fm_tensor *arranged(fm_program *p, const fm_lines *l, const fm_between *between,
                           int64_t count) {
    enum { MOST = 3 };
    int64_t kth[2 * MOST + 1];
    int used = 0;
    if (count > MOST) return FM_DO(p, "sort", V_T(l->lines), V_I(-1));
    for (int64_t i = 0; i < count; i++) {
        kth[used++] = between[i].first;
        kth[used++] = between[i].second;
    }
    kth[used++] = l->n - 1;
    return FM_DO(p, "partition", V_T(l->lines), V_INTS(kth, used), V_I(-1));
}

/* Elements of each line by places that all lines share, or that each has. */
typedef struct picked {
    fm_tensor *first, *second, *gamma;
    double weak_gamma; /* where gamma is NULL */
} picked;

/* first + (second - first) gamma, computed from the nearer end. */
static fm_tensor *interpolate(fm_program *p, const picked *at) {
    fm_value gamma = at->gamma != NULL ? V_T(at->gamma) : V_F(at->weak_gamma);
    fm_tensor *difference = FM_DO(p, "subtract", V_T(at->second), V_T(at->first));
    if (at->gamma == NULL) {
        if (at->weak_gamma < 0.5)
            return FM_DO(p, "add", V_T(at->first),
                         V_T(FM_DO(p, "multiply", V_T(difference), gamma)));
        fm_tensor *back = FM_DO(p, "multiply", V_T(difference), V_F(1 - at->weak_gamma));
        return FM_DO(p, "subtract", V_T(at->second), V_T(back));
    }
    fm_tensor *forth = FM_DO(p, "multiply", V_T(difference), gamma);
    forth = FM_DO(p, "add", V_T(at->first), V_T(forth));
    fm_tensor *rest = FM_DO(p, "subtract", V_I(1), gamma);
    fm_tensor *back = FM_DO(p, "multiply", V_T(difference), V_T(rest));
    back = FM_DO(p, "subtract", V_T(at->second), V_T(back));
    return FM_DO(p, "where", V_T(FM_DO(p, "greater_equal", gamma, V_F(0.5))), V_T(back),
                 V_T(forth));
}

/* A tensor of that shape from what one of the numbers of each place is. */
static fm_tensor *places(fm_program *p, const fm_between *between, bool second, int ndim,
                         const int64_t *shape) {
    int64_t count = 1;
    for (int d = 0; d < ndim; d++) count *= shape[d];
    int64_t *place = fm_program_memory(p, (size_t)count * sizeof *place);
    for (int64_t i = 0; place != NULL && i < count; i++)
        place[i] = second ? between[i].second : between[i].first;
    return place != NULL ? fm_program_from(p, FM_INT64, ndim, shape, place) : NULL;
}

static fm_tensor *gammas(fm_program *p, const fm_between *between, fm_dtype dtype, int ndim,
                         const int64_t *shape) {
    int64_t count = 1;
    for (int d = 0; d < ndim; d++) count *= shape[d];
    double *gamma = fm_program_memory(p, (size_t)count * sizeof *gamma);
    for (int64_t i = 0; gamma != NULL && i < count; i++) gamma[i] = between[i].gamma;
    fm_tensor *tensor = gamma != NULL ? fm_program_from(p, FM_FLOAT64, ndim, shape, gamma) : NULL;
    return FM_DO(p, "astype", V_T(tensor), V_D(dtype));
}

static bool refuses_bool(fm_program *p, const fm_lines *l, const fm_quantiles *q) {
    if (l->lines->layout->dtype != FM_BOOL || fm_quantile_takes(q->method, q->whole)) return false;
    (void)fm_program_fail(p, FM_ERR_DTYPE, Q_A + 1, "elements of bool have no difference");
    return true;
}

/* The elements of one quantile, and the largest, which is NaN where any is. */
static bool pick_one(fm_program *p, const fm_lines *l, const fm_quantiles *q,
                     const fm_between *between, picked *at, fm_tensor **end) {
    const bool takes = fm_quantile_takes(q->method, q->whole);
    int64_t shape[FM_MAX_NDIM];
    fm_tensor *pair[2];
    if (q->count != 1 ||
        !fm_lines_pair(p, l, between->first, takes ? between->first : between->second, false, pair))
        return false;
    memcpy(shape, l->kept, (size_t)l->nkept * sizeof *shape);
    for (int d = 0; d < q->ndim; d++) shape[l->nkept + d] = 1;
    at->first = FM_DO(p, "reshape", V_T(pair[0]), V_INTS(shape, l->nkept + q->ndim));
    at->second = FM_DO(p, "reshape", V_T(pair[1]), V_INTS(shape, l->nkept + q->ndim));
    if (fm_lines_may_have_nan(l)) *end = fm_lines_max(p, l);
    return true;
}

static void pick(fm_program *p, const fm_lines *l, const fm_quantiles *q, const fm_between *between,
                 picked *at, fm_tensor **end) {
    const int axis = l->nkept;
    fm_tensor *lines = arranged(p, l, between, q->count);
    at->first = fm_sort_take(p, lines, places(p, between, false, q->ndim, q->shape), axis);
    at->second = fm_sort_take(p, lines, places(p, between, true, q->ndim, q->shape), axis);
    if (fm_lines_may_have_nan(l)) *end = fm_sort_slice(p, lines, axis, l->n - 1, 1);
}

/* The quantiles of lines that are looked at as they are; a line with NaN has NaN. */
static fm_tensor *quantiles_of(fm_program *p, const fm_lines *l, const fm_quantiles *q) {
    fm_between *between = fm_program_memory(p, ((size_t)q->count + 1) * sizeof *between);
    if (between == NULL || refuses_bool(p, l, q)) return NULL;
    for (int64_t i = 0; i < q->count; i++)
        between[i] = fm_quantile_between(q->method, l->n, q->q[i], q->dtype, q->whole);
    const int axis = l->nkept;
    fm_tensor *end = NULL;
    picked at = {NULL, NULL, NULL, between[0].gamma};
    if (!pick_one(p, l, q, between, &at, &end)) pick(p, l, q, between, &at, &end);
    fm_tensor *result = at.first;
    if (!fm_quantile_takes(q->method, q->whole)) {
        if (!q->weak) at.gamma = gammas(p, between, gamma_dtype(q), q->ndim, q->shape);
        result = interpolate(p, &at);
    }
    if (!fm_lines_may_have_nan(l) || result == NULL) return result;
    int64_t shape[FM_MAX_NDIM];
    memcpy(shape, l->kept, (size_t)axis * sizeof *shape);
    for (int d = 0; d < q->ndim; d++) shape[axis + d] = 1;
    end = FM_DO(p, "reshape", V_T(end), V_INTS(shape, axis + q->ndim));
    fm_tensor *out = FM_DO(p, "where", V_T(FM_DO(p, "isnan", V_T(end))), V_T(end), V_T(result));
    return FM_DO(p, "astype", V_T(out), V_D(result->layout->dtype));
}

/* Of a line without elements the first is looked at: it is NaN. */
static fm_between between_of(const fm_quantiles *q, int64_t valid, double at) {
    if (valid == 0) return (fm_between){0, 0, 0};
    return fm_quantile_between(q->method, valid, at, q->dtype, q->whole);
}

/* The quantiles of each line's elements that are not NaN: places of its own for each. */
static fm_tensor *quantiles_of_valid(fm_program *p, const fm_lines *l, const fm_quantiles *q) {
    const int64_t *valid = fm_program_ints(p, fm_lines_valid(p, l));
    fm_between *between =
        fm_program_memory(p, ((size_t)l->count * (size_t)q->count + 1) * sizeof *between);
    if (valid == NULL || between == NULL) return NULL;
    for (int64_t i = 0; i < l->count; i++)
        for (int64_t k = 0; k < q->count; k++)
            between[i * q->count + k] = between_of(q, valid[i], q->q[k]);
    int64_t shape[FM_MAX_NDIM];
    const int axis = l->nkept;
    memcpy(shape, l->kept, (size_t)axis * sizeof *shape);
    shape[axis] = q->count;
    fm_tensor *pair[2];
    const bool takes = fm_quantile_takes(q->method, q->whole), one = l->count * q->count == 1;
    if (!one || !fm_lines_pair(p, l, between->first, takes ? between->first : between->second, true,
                               pair)) {
        fm_tensor *sorted = FM_DO(p, "sort", V_T(l->lines), V_I(-1));
        for (int i = 0; i < 2; i++)
            pair[i] = fm_sort_take_along(p, sorted, places(p, between, i, axis + 1, shape), axis);
    }
    picked at = {pair[0], pair[1], NULL, 0};
    fm_tensor *result = at.first;
    if (!takes) {
        const fm_dtype dtype = q->weak ? l->lines->layout->dtype : gamma_dtype(q);
        at.gamma = gammas(p, between, dtype, axis + 1, shape);
        result = interpolate(p, &at);
    }
    /* NumPy's dtype is that of its first line, which without an element is the line itself. */
    if (valid[0] == 0) result = FM_DO(p, "astype", V_T(result), V_D(l->lines->layout->dtype));
    for (int d = 0; d < q->ndim; d++) shape[axis + d] = q->shape[d];
    return FM_DO(p, "reshape", V_T(result), V_INTS(shape, axis + q->ndim));
}

/* One quantile of a short line; with skip of those of its elements that are not NaN. */
static double quantile_of_few(const fm_few *few, const fm_quantiles *q, bool skip) {
    if (few->valid == 0 || (few->valid < few->n && !skip)) return few->x[few->n - 1];
    const fm_between at = fm_quantile_between(q->method, few->valid, q->q[0], q->dtype, q->whole);
    const double first = few->x[at.first], second = few->x[at.second];
    if (fm_quantile_takes(q->method, q->whole)) return first;
    const double difference = second - first;
    return at.gamma < 0.5 ? first + difference * at.gamma : second - difference * (1 - at.gamma);
}

/* Weights as lines, of one line where they are given for the axes alone. */
static fm_tensor *weights_as_lines(fm_program *p, const fm_lines *l, const fm_tensor *weights,
                                   fm_axis_set axes, int ndim) {
    fm_lines own;
    int64_t shape[FM_MAX_NDIM];
    if (weights->layout->ndim == ndim) {
        fm_lines_open(p, weights, axes, &own);
        return own.lines != NULL ? FM_DO(p, "astype", V_T(own.lines), V_D(FM_FLOAT64)) : NULL;
    }
    fm_tensor *flat = FM_DO(p, "astype", V_T(fm_sort_flat(p, weights)), V_D(FM_FLOAT64));
    memcpy(shape, l->kept, (size_t)l->nkept * sizeof *shape);
    shape[l->nkept] = l->n;
    return FM_DO(p, "broadcast_to", V_T(flat), V_INTS(shape, l->nkept + 1));
}

static void run(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, Q_A), *weights = fm_program_tensor(p, Q_WEIGHTS);
    const fm_bound bound = {p->row, p->values, 0, NULL};
    const bool keepdims = fm_arg_int(&p->values[Q_KEEPDIMS], 0) != 0;
    fm_axis_set axes;
    fm_lines l;
    fm_quantiles q;
    fm_value given, axis;
    arguments_of(p->row, p->values, &given, &axis);
    if (p->status != FM_OK || !read_quantiles(p, &given, &q)) return;
    p->status = read_axes(&bound, a->layout->ndim, &axes, p->error);
    if (skips_nan(p->row) && a->layout->size == 0) {
        fm_program_return(p, 0, FM_DO(p, "nanmean", V_T(a), axis, V_NONE, V_B(keepdims)));
        return;
    }
    fm_lines_open(p, a, axes, &l);
    fm_lines_check(p, &l, &axis);
    if (p->status != FM_OK) return;
    if (l.n == 0) {
        (void)fm_program_raise(p, FM_ERR_ARGUMENT, "IndexError", Q_A + 1,
                               "there are no elements along the axes");
        return;
    }
    fm_tensor *result;
    fm_few few;
    if (weights == NULL && q.weak && fm_lines_few(p, &l, &few))
        result = fm_few_result(p, &l, quantile_of_few(&few, &q, skips_nan(p->row)));
    else if (weights != NULL)
        result = fm_quantiles_by_weight(
            p, &l, &q, weights_as_lines(p, &l, weights, axes, a->layout->ndim), Q_WEIGHTS + 1,
            skips_nan(p->row) && fm_lines_may_have_nan(&l));
    else if (skips_nan(p->row) && fm_lines_may_have_nan(&l))
        result = quantiles_of_valid(p, &l, &q);
    else
        result = quantiles_of(p, &l, &q);
    fm_program_return(p, 0, fm_lines_close(p, &l, result, q.ndim, keepdims));
}

fm_status fm_run_quantile(fm_program *p) {
    run(p);
    return p->status;
}
