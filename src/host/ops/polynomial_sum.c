/* Rows of polynomials whose work is elementwise: polyval, polyadd, polysub, polyder, polyint. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/polynomial.h"
#include "ops/signal.h"

#include "cost/formulas.h"

#include <string.h>

fm_status fm_polynomial_length(const fm_bound *bound, int param, int64_t *n, fm_error *error) {
    const fm_layout *p = fm_value_layout(&bound->values[param]);
    if (p->ndim == 0)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, param + 1,
                          "it has 0 dimensions, but coefficients have 1");
    *n = fm_layout_shape(p)[0];
    return FM_OK;
}

fm_status fm_cost_formula(const fm_bound *bound, fm_work *work, const char *name, int64_t first,
                          int64_t second, fm_error *error) {
    const fm_formula *formula;
    fm_formula_arg args[2] = {{.integer = first}, {.integer = second}};
    FM_TRY(fm_formula_find(name, &formula, error));
    return fm_cost_result(bound, formula->cost(formula, args, work, error), error);
}

fm_status fm_cost_of_polynomial(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                fm_error *error) {
    int64_t n = 1;
    (void)r;
    FM_TRY(fm_polynomial_length(bound, 0, &n, error));
    return fm_cost_formula(bound, work, bound->row->name, n, 0, error);
}

fm_status fm_cost_of_two_polynomials(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                     fm_error *error) {
    int64_t n[2];
    (void)r;
    for (int i = 0; i < 2; i++) {
        const fm_layout *p = fm_value_layout(&bound->values[i]);
        n[i] = p->ndim > 0 ? fm_layout_shape(p)[0] : 1;
    }
    return fm_cost_formula(bound, work, bound->row->name, n[0], n[1], error);
}

/* polyval */

static bool is_half(fm_dtype dtype) {
    return dtype == FM_FLOAT16 || dtype == FM_BFLOAT16;
}

/* Halves are rounded after each step, and coefficients of several axes broadcast: step by step. */
fm_status fm_infer_polyval(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *p = r->in[0], *x = r->in[1];
    int64_t n = 0;
    FM_TRY(fm_polynomial_length(bound, 0, &n, error));
    r->compute = n > 0 ? fm_promote_arrays(p, x) : x->dtype;
    r->program = p->ndim > 1 || is_half(r->compute);
    r->params.signal = (fm_signal_params){0};
    if (p->ndim > 1)
        fm_output_unknown(r, 0, r->compute);
    else
        fm_output_set(r, 0, r->compute, x->ndim, fm_layout_shape(x));
    return FM_OK;
}

fm_status fm_cost_polyval(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    int64_t n = 0;
    FM_TRY(fm_polynomial_length(bound, 0, &n, error));
    int64_t size = fm_value_layout(&bound->values[1])->size;
    (void)r;
    return fm_cost_formula(bound, work, "polyval", n > 0 ? n - 1 : 0, size, error);
}

fm_status fm_run_polyval(fm_program *p) {
    const fm_tensor *coefficients = fm_program_tensor(p, 0), *x = fm_program_tensor(p, 1);
    if (!coefficients || !x) return p->status;
    fm_tensor *y = FM_DO(p, "zeros_like", V_T(x));
    int64_t n = fm_layout_shape(coefficients->layout)[0];
    int ndim = coefficients->layout->ndim;
    for (int64_t k = 0; k < n && p->status == FM_OK; k++) {
        fm_tensor *row = fm_program_cut(p, coefficients, 0, k, k + 1);
        row = FM_DO(p, "reshape", V_T(row),
                    V_INTS(fm_layout_shape(coefficients->layout) + 1, ndim - 1));
        fm_tensor *product = FM_DO(p, "multiply", V_T(y), V_T(x));
        fm_program_drop(p, y);
        y = FM_DO(p, "add", V_T(product), V_T(row));
        fm_program_drop(p, product);
    }
    fm_program_return(p, 0, y);
    return p->status;
}

/* polyadd, polysub */

fm_status fm_infer_polyadd(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    (void)bound;
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

/* A polynomial of one axis at least. */
static const fm_tensor *coefficients(fm_program *p, int param) {
    const fm_tensor *x = fm_program_tensor(p, param);
    int64_t one = 1;
    if (!x || x->layout->ndim > 0) return x;
    return FM_DO(p, "reshape", V_T(x), V_INTS(&one, 1));
}

static const fm_tensor *padded(fm_program *p, const fm_tensor *x, int64_t zeros) {
    if (zeros <= 0) return x;
    fm_tensor *front = FM_DO(p, "zeros", V_INTS(&zeros, 1), V_D(x->layout->dtype));
    const fm_tensor *both[] = {front, x};
    return FM_DO(p, "concatenate", V_TS(both, 2), V_I(0));
}

fm_status fm_run_polyadd(fm_program *p) {
    const fm_tensor *a = coefficients(p, 0), *b = coefficients(p, 1);
    if (p->status != FM_OK) return p->status;
    int64_t more = fm_layout_shape(b->layout)[0] - fm_layout_shape(a->layout)[0];
    a = padded(p, a, more);
    b = padded(p, b, -more);
    fm_program_return(p, 0,
                      p->row->name[4] == 's' ? FM_DO(p, "subtract", V_T(a), V_T(b))
                                             : FM_DO(p, "add", V_T(a), V_T(b)));
    return p->status;
}

/* polyder, polyint */

static fm_status check_order(const fm_bound *bound, fm_error *error) {
    int64_t n = 0;
    FM_TRY(fm_polynomial_length(bound, 0, &n, error));
    if (bound->values[1].as.i >= 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2, "order %lld is negative",
                      (long long)bound->values[1].as.i);
}

fm_status fm_infer_polyder(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(check_order(bound, error));
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

/* n, n - 1, ..., 1 */
static fm_tensor *falling(fm_program *p, int64_t n) {
    return FM_DO(p, "arange", V_I(n), V_I(0), V_I(-1));
}

fm_status fm_run_polyder(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, 0);
    int64_t m = p->values[1].as.i;
    for (; m > 0 && x; m--) {
        int64_t n = fm_layout_shape(x->layout)[0] - 1;
        fm_tensor *most = fm_program_cut(p, x, 0, 0, -1);
        x = FM_DO(p, "multiply", V_T(most), V_T(falling(p, n > 0 ? n : 0)));
    }
    fm_program_return(p, 0, x);
    return p->status;
}

fm_status fm_infer_polyint(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *k = fm_value_layout(&bound->values[2]);
    int64_t m = bound->values[1].as.i;
    FM_TRY(check_order(bound, error));
    int64_t have = !k ? m : k->ndim > 0 ? fm_layout_shape(k)[0] : 1;
    if (have < m && have != 1)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                          "%lld constants, but order %lld needs 1 or as many", (long long)have,
                          (long long)m);
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

/* The constant of integration i, as one element; one for all orders counts as float64. */
static fm_tensor *constant(fm_program *p, const fm_tensor *k, int64_t i, int64_t m) {
    int64_t one = 1;
    if (!k) return FM_DO(p, "zeros", V_INTS(&one, 1), V_D(FM_FLOAT64));
    bool same = fm_layout_shape(k->layout)[0] == 1 && m > 1;
    fm_tensor *x = fm_program_cut(p, k, 0, same ? 0 : i, same ? 1 : i + 1);
    if (!same || !x) return x;
    return FM_DO(p, "astype", V_T(x), V_D(fm_promote_types(x->layout->dtype, FM_FLOAT64)));
}

fm_status fm_run_polyint(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, 0);
    const fm_tensor *k = fm_arg_absent(&p->values[2]) ? NULL : coefficients(p, 2);
    int64_t m = p->values[1].as.i;
    for (int64_t i = 0; i < m && x && p->status == FM_OK; i++) {
        fm_tensor *quotient =
            FM_DO(p, "divide", V_T(x), V_T(falling(p, fm_layout_shape(x->layout)[0])));
        const fm_tensor *both[] = {quotient, constant(p, k, i, m)};
        x = FM_DO(p, "concatenate", V_TS(both, 2), V_I(0));
    }
    fm_program_return(p, 0, x);
    return p->status;
}
