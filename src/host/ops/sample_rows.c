/* Samples that are rows: multinomial, multivariate hypergeometric, Dirichlet. */
#include "ops/sample.h"

#include <math.h>
#include <string.h>

/* size + (k,), or the shape before it, + (k,). */
static fm_status rows_output(const fm_bound *bound, fm_resolved *r, fm_dtype dtype, int ndim,
                             const int64_t *shape, int64_t k, fm_error *error) {
    FM_TRY(fm_sample_output(bound, r, dtype, ndim, shape, error));
    fm_out_shape *out = &r->out[0];
    if (out->ndim == FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 0,
                          "the result would have %d dimensions", out->ndim + 1);
    out->shape[out->ndim++] = k;
    r->compute = dtype;
    return FM_OK;
}

/* The same shape for a program, in *shape, which has room for it. */
static fm_value out_shape(const fm_program *p, int ndim, int64_t *shape, int64_t k) {
    fm_value size = fm_arg(p, fm_sample_param(p->row, "size"));
    const int64_t *ints = NULL;
    int given = fm_arg_ints(&size, &ints);
    if (!fm_arg_absent(&size)) {
        ndim = given;
        memcpy(shape, ints, (size_t)given * sizeof *shape);
    }
    shape[ndim] = k;
    return V_INTS(shape, ndim + 1);
}

/* All elements as float64 on the host. */
static double *read_reals(fm_program *p, const fm_tensor *tensor) {
    fm_tensor *wide = tensor ? FM_DO(p, "astype", V_T(tensor), V_D(FM_FLOAT64)) : NULL;
    double *x = wide ? fm_program_memory(p, fm_tensor_nbytes(wide)) : NULL;
    if (x) fm_program_read(p, wide, x);
    return p->status == FM_OK ? x : NULL;
}

/* multinomial(n, pvals) */

/* The legacy form takes one number and one row of chances. */
static fm_status legacy_multinomial(const fm_bound *bound, const fm_layout *n, const fm_layout *p,
                                    fm_error *error) {
    if (p->ndim == 0) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 2, "pvals is a number, but it is a list");
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    if (n->ndim > 0)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1,
                          "n has %d dimensions, but it is one integer", n->ndim);
    if (p->ndim > 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "pvals has %d dimensions, but it has 1", p->ndim);
    return FM_OK;
}

fm_status fm_infer_multinomial(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *n = fm_value_layout(&bound->values[0]);
    const fm_layout *p = fm_value_layout(&bound->values[1]);
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    bool generator = fm_sample_is_generator(bound->row);
    fm_operands_clear(r);
    if (!generator) FM_TRY(legacy_multinomial(bound, n, p, error));
    if (p->ndim == 0 || (generator && fm_layout_shape(p)[p->ndim - 1] == 0))
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "pvals has no category along its last axis");
    if (fm_dtype_kind(n->dtype) == 'c' || fm_dtype_kind(p->dtype) == 'c')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "complex numbers");
    if (n->ndim > 0 && fm_dtype_kind(n->dtype) == 'f')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "n is %s, but it is an integer",
                          fm_dtype_name(n->dtype));
    if (!fm_sample_broadcast(&ndim, shape, n->ndim, fm_layout_shape(n)) ||
        !fm_sample_broadcast(&ndim, shape, p->ndim - 1, fm_layout_shape(p)))
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "n and the rows of pvals do not broadcast");
    return rows_output(bound, r, FM_INT64, ndim, shape, fm_layout_shape(p)[p->ndim - 1], error);
}

/* Chances between 0 and 1, each row's but the last with a sum of at most 1. */
static void check_rows(fm_program *p, const double *chance, int64_t size, int64_t k) {
    for (int64_t row = 0; row < size && p->status == FM_OK; row += k) {
        double sum = 0;
        for (int64_t j = 0; j < k; j++) {
            if (!(chance[row + j] >= 0 && chance[row + j] <= 1))
                fm_program_fail(p, FM_ERR_ARGUMENT, 2,
                                "element %lld of pvals is %g, but it is at least 0 and at most 1",
                                (long long)(row + j), chance[row + j]);
            if (j + 1 < k) sum += chance[row + j];
        }
        if (sum > 1 + 1e-12)
            fm_program_fail(p, FM_ERR_ARGUMENT, 2,
                            "all but the last of pvals have the sum %.17g, above 1", sum);
    }
}

/* A number of things cut to an integer, not negative; arrays as float64. */
static fm_value read_number(fm_program *p, fm_value n, const char *name) {
    const fm_tensor *tensor = fm_program_as_tensor(p, &n);
    const double *x = read_reals(p, tensor);
    for (int64_t i = 0; x && i < tensor->layout->size; i++)
        if (!(x[i] > -1))
            fm_program_fail(p, FM_ERR_ARGUMENT, 1, "%s is %g, but it is at least 0", name, x[i]);
        else if (isinf(x[i]))
            fm_program_fail(p, FM_ERR_OVERFLOW, 1, "%s is infinite", name);
    if (!x || p->status != FM_OK) return V_NONE;
    if (tensor->layout->ndim == 0) return V_F(trunc(*x));
    return V_T(FM_DO(p, "astype", V_T(tensor), V_D(FM_FLOAT64)));
}

fm_status fm_run_multinomial(fm_program *p) {
    const fm_tensor *pvals = fm_program_tensor(p, 1);
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    if (!pvals) return p->status;
    const fm_layout *layout = pvals->layout;
    int64_t k = fm_layout_shape(layout)[layout->ndim - 1];
    fm_value n = read_number(p, fm_arg(p, 0), "n");
    const double *chance = read_reals(p, pvals);
    if (chance) check_rows(p, chance, layout->size, k);
    if (p->status != FM_OK) return p->status;
    const fm_layout *numbers = fm_value_layout(&n);
    (void)fm_sample_broadcast(&ndim, shape, numbers->ndim, fm_layout_shape(numbers));
    (void)fm_sample_broadcast(&ndim, shape, layout->ndim - 1, fm_layout_shape(layout));
    fm_tensor *wide = FM_DO(p, "astype", V_T(pvals), V_D(FM_FLOAT64));
    fm_value size = out_shape(p, ndim, shape, k);
    fm_program_return(p, 0,
                      k == 0 ? fm_program_new(p, FM_INT64, (int)size.count, shape)
                             : FM_DO(p, "_multinomial", n, V_T(wide), size));
    return p->status;
}

/* multivariate_hypergeometric(colors, nsample) */

static fm_status bad_colors(const fm_bound *bound, fm_error *error) {
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                      "colors is not one row of integers that are at least 0");
}

fm_status fm_infer_colors(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *colors = fm_value_layout(&bound->values[0]);
    const fm_layout *drawn = fm_value_layout(&bound->values[1]);
    const char *method = bound->values[3].as.string;
    char kind = fm_dtype_kind(colors->dtype), other = fm_dtype_kind(drawn->dtype);
    fm_operands_clear(r);
    if (strcmp(method, "count") != 0 && strcmp(method, "marginals") != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 4,
                          "method '%.40s', but there are count and marginals", method);
    bool empty = colors->ndim == 1 && colors->size == 0;
    if (colors->ndim != 1 || (kind != 'i' && kind != 'u' && kind != 'b' && !empty))
        return bad_colors(bound, error);
    if (drawn->ndim > 0 || (other != 'i' && other != 'u' && other != 'b'))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2, "nsample is no integer");
    return rows_output(bound, r, FM_INT64, 0, NULL, colors->size, error);
}

fm_status fm_run_colors(fm_program *p) {
    const fm_tensor *colors = fm_program_tensor(p, 0), *drawn = fm_program_tensor(p, 1);
    int64_t shape[FM_MAX_NDIM];
    const double *count = read_reals(p, colors);
    double total = 0, number = drawn ? fm_program_float(p, drawn) : 0;
    if (!count || p->status != FM_OK) return p->status;
    int64_t k = colors->layout->size;
    bool marginals = !strcmp(fm_arg(p, 3).as.string, "marginals");
    for (int64_t i = 0; i < k; i++) {
        if (count[i] < 0)
            return fm_program_fail(p, FM_ERR_ARGUMENT, 1,
                                   "element %lld of colors is %g, but it is at least 0",
                                   (long long)i, count[i]);
        total += count[i];
    }
    if (marginals && total >= 1e9)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 1,
                               "colors has the sum %g, but it is below 1000000000", total);
    if (!(total < 0x1p62))
        return fm_program_fail(p, FM_ERR_ARGUMENT, 1, "colors has a sum beyond 2^62");
    if (number < 0 || number > total)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 2,
                               "nsample is %g, but it is at least 0 and at most %g", number, total);
    fm_tensor *wide = FM_DO(p, "astype", V_T(colors), V_D(FM_FLOAT64));
    fm_value size = out_shape(p, 0, shape, k);
    fm_program_return(p, 0,
                      k == 0 ? fm_program_new(p, FM_INT64, (int)size.count, shape)
                             : FM_DO(p, "_multivariate_hypergeometric", V_F(number), V_T(wide),
                                     size, V_I((int64_t)total)));
    return p->status;
}

/* dirichlet(alpha) */

fm_status fm_infer_dirichlet(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *alpha = fm_value_layout(&bound->values[0]);
    fm_operands_clear(r);
    if (alpha->ndim == 0) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "alpha is a number, but it is a list");
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    if (alpha->ndim > 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "alpha has %d dimensions, but it has 1", alpha->ndim);
    if (fm_dtype_kind(alpha->dtype) == 'c')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "alpha is complex");
    return rows_output(bound, r, FM_FLOAT64, 0, NULL, alpha->size, error);
}

/* Gamma samples by their sum. */
static const fm_tensor *by_gammas(fm_program *p, const fm_tensor *alpha, fm_value size) {
    fm_tensor *wide = FM_DO(p, "astype", V_T(alpha), V_D(FM_FLOAT64));
    fm_tensor *gammas =
        FM_DO(p, "_sample", V_I(FM_SAMPLE_gamma), V_T(wide), V_F(1), V_NONE, size, V_NONE);
    fm_tensor *sums = FM_DO(p, "sum", V_T(gammas), V_I(-1), V_NONE, V_B(true));
    return FM_DO(p, "divide", V_T(gammas), V_T(sums));
}

/* Where all are small, gamma samples may all be 0: pieces broken off a stick instead, each the
   share of its category in what is left. */
static const fm_tensor *by_sticks(fm_program *p, const double *alpha, int64_t k, fm_value size) {
    double rest = 0;
    int64_t column[FM_MAX_NDIM];
    fm_tensor *out = fm_program_new(p, FM_FLOAT64, (int)size.count, size.as.ints);
    memcpy(column, size.as.ints, size.count * sizeof *column);
    column[size.count - 1] = 1;
    fm_value narrow = V_INTS(column, size.count);
    for (int64_t j = 0; j < k; j++) rest += alpha[j];
    fm_tensor *left = FM_DO(p, "full", narrow, V_F(rest > 0 ? 1 : 0), V_D(FM_FLOAT64));
    for (int64_t j = 0; j < k && p->status == FM_OK; j++) {
        rest = 0;
        for (int64_t i = j + 1; i < k; i++) rest += alpha[i];
        fm_tensor *share =
            alpha[j] > 0 && rest > 0
                ? FM_DO(p, "_sample", V_I(FM_SAMPLE_beta), V_F(alpha[j]), V_F(rest), V_NONE, narrow,
                        V_NONE)
                : FM_DO(p, "full", narrow, V_F(alpha[j] > 0 ? 1 : 0), V_D(FM_FLOAT64));
        fm_tensor *piece = FM_DO(p, "multiply", V_T(left), V_T(share));
        fm_tensor *target =
            FM_DO(p, "_slice", V_T(out), V_I((int)size.count - 1), V_I(j), V_I(1), V_I(1));
        FM_DO_INTO(p, target, "copy", V_T(piece));
        fm_tensor *less = FM_DO(p, "subtract", V_T(left), V_T(piece));
        fm_program_drop(p, left);
        fm_program_drop(p, share);
        fm_program_drop(p, piece);
        left = less;
    }
    return out;
}

fm_status fm_run_dirichlet(fm_program *p) {
    const fm_tensor *alpha = fm_program_tensor(p, 0);
    const double *a = read_reals(p, alpha);
    bool legacy = !fm_sample_is_generator(p->row);
    int64_t shape[FM_MAX_NDIM];
    double most = 0;
    if (!a) return p->status;
    int64_t k = alpha->layout->size;
    for (int64_t i = 0; i < k; i++) {
        if (legacy ? a[i] <= 0 : a[i] < 0)
            return fm_program_fail(p, FM_ERR_ARGUMENT, 1,
                                   "element %lld of alpha is %g, but it is %s 0", (long long)i,
                                   a[i], legacy ? "above" : "at least");
        if (!(a[i] <= most)) most = a[i];
    }
    fm_value size = out_shape(p, 0, shape, k);
    fm_program_return(p, 0,
                      k > 0 && most < 0.1 ? by_sticks(p, a, k, size) : by_gammas(p, alpha, size));
    return p->status;
}
