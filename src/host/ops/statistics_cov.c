/* cov and corrcoef: centred samples times their conjugate transpose. */
#include "ops/statistics.h"

#include <math.h>

/* cov takes all of these, corrcoef the first three and dtype. */
enum { P_M, P_Y, P_ROWVAR, P_BIAS, P_DDOF, P_FWEIGHTS, P_AWEIGHTS, P_DTYPE };
enum { P_CORR_DTYPE = 3 };

/* Variables and samples of m and y as 0.4.3 counts them: rows are variables, whatever rowvar says.
 */
typedef struct sizes {
    int64_t variables, samples;
} sizes;

/* Extents as they are once rowvar has its say; alone: the first operand, of which a vector stays
   one variable. */
static sizes sizes_of(const fm_layout *x, bool rowvar, bool alone) {
    const int64_t *shape = fm_layout_shape(x);
    sizes s = {1, x->ndim == 0 ? 1 : shape[x->ndim - 1]};
    if (x->ndim == 2) s.variables = shape[0];
    bool turns = alone ? x->ndim != 1 : s.variables != 1;
    if (!rowvar && turns) {
        int64_t variables = s.samples;
        s.samples = s.variables;
        s.variables = variables;
    }
    return s;
}

static fm_status check_operands(const fm_bound *bound, bool rowvar, sizes *all, fm_error *error) {
    const fm_layout *m = fm_value_layout(&bound->values[P_M]);
    const fm_layout *y = fm_value_layout(&bound->values[P_Y]);
    for (int i = 0; i < 2; i++) {
        const fm_layout *x = i == 0 ? m : y;
        if (x != NULL && x->ndim > 2)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, i + 1,
                              "%d dimensions, but at most 2 are taken", x->ndim);
    }
    *all = sizes_of(m, rowvar, true);
    if (y == NULL || all->variables == 0) return FM_OK;
    sizes more = sizes_of(y, rowvar, false);
    if (more.samples != all->samples)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_Y + 1,
                          "%lld samples, but m has %lld", (long long)more.samples,
                          (long long)all->samples);
    all->variables += more.variables;
    return FM_OK;
}

/* That in which elements are taken; neither of the weights takes part in it. */
static fm_dtype dtype_of(const fm_value *m, const fm_value *y, const fm_value *dtype) {
    fm_dtype usual = fm_promote_types(fm_value_layout(m)->dtype, FM_FLOAT64);
    if (!fm_arg_absent(y)) usual = fm_promote_types(usual, fm_value_layout(y)->dtype);
    return fm_arg_dtype(dtype, usual);
}

/* Weighted sums are of float64 at least. */
static fm_dtype weighted(fm_dtype dtype, const fm_value *values) {
    bool plain = fm_arg_absent(&values[P_FWEIGHTS]) && fm_arg_absent(&values[P_AWEIGHTS]);
    return plain || !fm_statistics_has_nan(dtype) ? dtype : fm_promote_types(dtype, FM_FLOAT64);
}

static fm_status set_result(const fm_bound *bound, fm_resolved *r, const sizes *all, int dtype,
                            bool scalar, fm_error *error) {
    fm_dtype compute = dtype_of(&bound->values[P_M], &bound->values[P_Y], &bound->values[dtype]);
    if (dtype == P_DTYPE) compute = weighted(compute, bound->values);
    int64_t shape[2] = {all->variables, all->variables};
    if (!fm_statistics_has_nan(compute)) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, dtype + 1,
                   "dtype %s, but a covariance is floating or complex", fm_dtype_name(compute));
        return fm_fail_as(error, "UFuncTypeError", FM_ERR_DTYPE);
    }
    r->compute = all->variables == 0 ? FM_FLOAT64 : compute;
    fm_output_set(r, 0, r->compute, scalar && all->variables == 1 ? 0 : 2, shape);
    return FM_OK;
}

fm_status fm_cov_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *ddof = &bound->values[P_DDOF];
    sizes all;
    if (ddof->kind == FM_VALUE_FLOAT && ddof->as.f != floor(ddof->as.f))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_DDOF + 1,
                          "%g, but ddof is an integer", ddof->as.f);
    FM_TRY(check_operands(bound, fm_arg_int(&bound->values[P_ROWVAR], 1) != 0, &all, error));
    return set_result(bound, r, &all, P_DTYPE, true, error);
}

fm_status fm_corrcoef_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    sizes all;
    FM_TRY(check_operands(bound, fm_arg_int(&bound->values[P_ROWVAR], 1) != 0, &all, error));
    return set_result(bound, r, &all, P_CORR_DTYPE, true, error);
}

/* 2 a pair of variables and sample; 0.4.3 takes rows for variables always, at least 1. */
fm_status fm_cov_cost(const fm_bound *bound, const fm_resolved *r, fm_work *work, fm_error *error) {
    const fm_layout *m = fm_value_layout(&bound->values[P_M]);
    const fm_layout *y = fm_value_layout(&bound->values[P_Y]);
    bool rowvar = work->faults || fm_arg_int(&bound->values[P_ROWVAR], 1) != 0;
    sizes all = sizes_of(m, rowvar, true);
    if (y != NULL) all.variables += sizes_of(y, rowvar, false).variables;
    fm_u128 pairs = 0, units;
    (void)r;
    fm_u128_mul((fm_u128)all.variables, (fm_u128)all.variables, &pairs);
    if (!fm_u128_mul(2 * pairs, (fm_u128)all.samples, &units))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    return fm_cost_result(bound, fm_cost_units(work, fm_row_cost_name(bound->row), units), error);
}

/* One operand as variables by samples. */
static fm_tensor *as_rows(fm_program *p, int param, fm_dtype dtype, bool rowvar) {
    const fm_tensor *x = fm_program_tensor(p, param);
    if (p->status != FM_OK) return NULL;
    const fm_layout *layout = x->layout;
    int64_t shape[2] = {1, layout->size};
    bool vector = layout->ndim < 2;
    bool turns = param == P_M ? layout->ndim != 1 : !(vector || fm_layout_shape(layout)[0] == 1);
    fm_tensor *wide =
        layout->dtype == dtype ? (fm_tensor *)(uintptr_t)x : FM_DO(p, "astype", V_T(x), V_D(dtype));
    if (vector) wide = FM_DO(p, "reshape", V_T(wide), V_INTS(shape, 2));
    return !rowvar && turns ? FM_DO(p, "transpose", V_T(wide)) : wide;
}

static bool any_of(fm_program *p, const fm_tensor *flags) {
    return fm_program_int(p, FM_DO(p, "any", V_T(flags))) != 0;
}

/* One of the weights as float64; whole: they are counts. Looked at in NumPy's order. */
static fm_tensor *weights_of(fm_program *p, int param, bool whole) {
    fm_value given = fm_arg(p, param);
    if (fm_arg_absent(&given)) return NULL;
    const bool rowvar = fm_arg_int(&p->values[P_ROWVAR], 1) != 0;
    const int64_t samples = sizes_of(fm_value_layout(&p->values[P_M]), rowvar, true).samples;
    fm_tensor *w = FM_DO(p, "astype", given, V_D(FM_FLOAT64));
    if (whole && any_of(p, FM_DO(p, "not_equal", V_T(w), V_T(FM_DO(p, "rint", V_T(w))))))
        fm_program_fail(p, FM_ERR_DTYPE, param + 1, "a weight is no integer");
    if (p->status == FM_OK && (w->layout->ndim != 1 || w->layout->size != samples))
        fm_program_raise(p, FM_ERR_SHAPE, "RuntimeError", param + 1,
                         "weights are a vector of as many as there are samples, %lld",
                         (long long)samples);
    if (any_of(p, FM_DO(p, "less", V_T(w), V_I(0))))
        fm_program_fail(p, FM_ERR_ARGUMENT, param + 1, "a weight is negative");
    return w;
}

static double ddof_of(fm_program *p) {
    const fm_value *ddof = &p->values[P_DDOF];
    if (ddof->kind == FM_VALUE_FLOAT) return ddof->as.f;
    return (double)fm_arg_int(ddof, fm_arg_int(&p->values[P_BIAS], 0) == 0 ? 1 : 0);
}

/* By what sums are divided, at least 0: the sum of the weights, less what ddof says. */
static fm_tensor *divisor_of(fm_program *p, const fm_tensor *weights, const fm_tensor *aweights,
                             double ddof) {
    fm_tensor *sum = FM_DO(p, "sum", V_T(weights)), *less;
    if (ddof == 0) return sum;
    if (aweights == NULL) {
        less = FM_DO(p, "subtract", V_T(sum), V_F(ddof));
    } else {
        fm_tensor *both = FM_DO(p, "multiply", V_T(weights), V_T(aweights));
        both = FM_DO(p, "multiply", V_T(FM_DO(p, "sum", V_T(both))), V_F(ddof));
        less = FM_DO(p, "subtract", V_T(sum), V_T(FM_DO(p, "divide", V_T(both), V_T(sum))));
    }
    return FM_DO(p, "maximum", V_T(less), V_F(0));
}

/* The mean of each row, weighted where there are weights. */
static fm_tensor *means(fm_program *p, const fm_tensor *x, const fm_tensor *weights) {
    if (weights == NULL) return FM_DO(p, "mean", V_T(x), V_I(1), V_NONE, V_B(1));
    fm_tensor *sum = FM_DO(p, "sum", V_T(weights));
    if (fm_program_int(p, FM_DO(p, "equal", V_T(sum), V_I(0))) != 0)
        fm_program_raise(p, FM_ERR_NUMERIC, "ZeroDivisionError", 0, "the weights' sum is 0");
    fm_tensor *product = FM_DO(p, "multiply", V_T(x), V_T(weights));
    product = FM_DO(p, "sum", V_T(product), V_I(1), V_NONE, V_B(1));
    return FM_DO(p, "divide", V_T(product), V_T(sum));
}

/* (variables, variables), whatever their number. */
static const fm_tensor *covariance(fm_program *p, fm_dtype dtype, double ddof,
                                   const fm_tensor *fweights, const fm_tensor *aweights) {
    bool rowvar = fm_arg_int(&p->values[P_ROWVAR], 1) != 0;
    fm_value y = fm_arg(p, P_Y);
    fm_tensor *x = as_rows(p, P_M, dtype, rowvar);
    if (!fm_arg_absent(&y)) {
        fm_tensor *both[2] = {x, as_rows(p, P_Y, dtype, rowvar)};
        if (p->status == FM_OK) x = FM_DO(p, "concatenate", V_TS(both, 2), V_I(0));
    }
    if (p->status != FM_OK) return NULL;
    const fm_tensor *weights = fweights != NULL ? fweights : aweights;
    if (fweights != NULL && aweights != NULL)
        weights = FM_DO(p, "multiply", V_T(fweights), V_T(aweights));
    int64_t samples = fm_layout_shape(x->layout)[1];
    x = FM_DO(p, "subtract", V_T(x), V_T(means(p, x, weights)));
    fm_tensor *other = weights == NULL ? x : FM_DO(p, "multiply", V_T(x), V_T(weights));
    if (fm_dtype_kind(dtype) == 'c') other = FM_DO(p, "conjugate", V_T(other));
    fm_tensor *product = FM_DO(p, "matmul", V_T(x), V_T(FM_DO(p, "transpose", V_T(other))));
    double left = (double)samples - ddof;
    fm_value divisor =
        weights == NULL ? V_F(left > 0 ? left : 0) : V_T(divisor_of(p, weights, aweights, ddof));
    const bool number = divisor.kind == FM_VALUE_FLOAT && dtype == FM_FLOAT64;
    fm_value scale = number ? V_F(1 / divisor.as.f) : V_T(FM_DO(p, "divide", V_F(1), divisor));
    product = FM_DO(p, "multiply", V_T(product), scale);
    return weights == NULL ? fm_program_cast(p, product, dtype) : product;
}

static bool is_empty(fm_program *p) {
    const fm_layout *m = fm_value_layout(&p->values[P_M]);
    bool rowvar = fm_arg_int(&p->values[P_ROWVAR], 1) != 0;
    if (sizes_of(m, rowvar, true).variables > 0) return false;
    fm_program_return(p, 0, fm_program_new(p, FM_FLOAT64, 2, (const int64_t[]){0, 0}));
    return true;
}

fm_status fm_cov_run(fm_program *p) {
    fm_dtype dtype = dtype_of(&p->values[P_M], &p->values[P_Y], &p->values[P_DTYPE]);
    if (is_empty(p)) return p->status;
    fm_tensor *fweights = weights_of(p, P_FWEIGHTS, true);
    fm_tensor *aweights = weights_of(p, P_AWEIGHTS, false);
    const fm_tensor *c = covariance(p, dtype, ddof_of(p), fweights, aweights);
    c = fm_program_cast(p, c, weighted(dtype, p->values));
    fm_program_return(p, 0, FM_DO(p, "squeeze", V_T(c)));
    return p->status;
}

/* Of real and imaginary parts alike. */
static fm_tensor *clipped(fm_program *p, const fm_tensor *c, fm_dtype dtype) {
    if (fm_dtype_kind(dtype) != 'c') return FM_DO(p, "clip", V_T(c), V_I(-1), V_I(1));
    fm_tensor *re = FM_DO(p, "clip", V_T(FM_DO(p, "real", V_T(c))), V_I(-1), V_I(1));
    fm_tensor *im = FM_DO(p, "clip", V_T(FM_DO(p, "imag", V_T(c))), V_I(-1), V_I(1));
    return FM_DO(p, "add", V_T(re), V_T(FM_DO(p, "multiply", V_T(im), V_C(0, 1))));
}

/* One variable has the coefficient c / c: 1, or NaN where its variance is 0 or no number. */
fm_status fm_corrcoef_run(fm_program *p) {
    fm_dtype dtype = dtype_of(&p->values[P_M], &p->values[P_Y], &p->values[P_CORR_DTYPE]);
    if (is_empty(p)) return p->status;
    const fm_tensor *c = covariance(p, dtype, 1, NULL, NULL);
    if (p->status != FM_OK) return p->status;
    if (c->layout->size == 1) {
        c = FM_DO(p, "squeeze", V_T(c));
        fm_program_return(p, 0, FM_DO(p, "divide", V_T(c), V_T(c)));
        return p->status;
    }
    fm_tensor *variances = FM_DO(p, "diagonal", V_T(c));
    if (fm_dtype_kind(dtype) == 'c') variances = FM_DO(p, "real", V_T(variances));
    fm_tensor *spread = FM_DO(p, "sqrt", V_T(variances));
    c = FM_DO(p, "divide", V_T(c), V_T(FM_DO(p, "expand_dims", V_T(spread), V_I(1))));
    c = FM_DO(p, "divide", V_T(c), V_T(spread));
    fm_program_return(p, 0, clipped(p, c, dtype));
    return p->status;
}
