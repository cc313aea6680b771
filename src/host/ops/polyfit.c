/* The row of least-squares fits of polynomials. */
#include "ops/args.h"
#include "ops/polynomial.h"
#include "ops/signal.h"

#include <float.h>
#include <string.h>

enum { P_X, P_Y, P_DEG, P_RCOND, P_FULL, P_W, P_COV };

static fm_status refuse(const fm_bound *bound, int param, const char *exception, const char *text,
                        fm_error *error) {
    fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1, "%s", text);
    return fm_fail_as(error, exception, FM_ERR_ARGUMENT);
}

static bool is_true(const fm_value *value) {
    if (value->kind == FM_VALUE_STRING) return value->as.string[0] != 0;
    return value->kind == FM_VALUE_FLOAT ? value->as.f != 0 : fm_arg_int(value, 0) != 0;
}

static bool is_unscaled(const fm_value *cov) {
    return cov->kind == FM_VALUE_STRING && !strcmp(cov->as.string, "unscaled");
}

fm_status fm_infer_polyfit(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = fm_value_layout(&bound->values[P_X]);
    const fm_layout *y = fm_value_layout(&bound->values[P_Y]);
    const fm_layout *w = fm_value_layout(&bound->values[P_W]);
    int64_t n = 0, order = bound->values[P_DEG].as.i + 1;
    FM_TRY(fm_polynomial_length(bound, P_X, &n, error));
    if (order < 1) return refuse(bound, P_DEG, "ValueError", "the degree is negative", error);
    if (x->ndim != 1) return refuse(bound, P_X, "TypeError", "it is no line of points", error);
    if (n == 0) return refuse(bound, P_X, "TypeError", "there are no points", error);
    if (y->ndim < 1 || y->ndim > 2)
        return refuse(bound, P_Y, "TypeError", "it has neither 1 nor 2 dimensions", error);
    if (fm_layout_shape(y)[0] != n)
        return refuse(bound, P_Y, "TypeError", "it has another length than argument 1", error);
    if (w && w->ndim != 1)
        return refuse(bound, P_W, "TypeError", "it is no line of weights", error);
    if (w && fm_layout_shape(w)[0] != n)
        return refuse(bound, P_W, "TypeError", "it has another length than argument 1", error);
    if (y->dtype == FM_FLOAT16)
        return refuse(bound, P_Y, "TypeError", "it is float16, which LAPACK does not take", error);
    const fm_value *cov = &bound->values[P_COV];
    if (!is_true(&bound->values[P_FULL]) && is_true(cov) && !is_unscaled(cov) && n <= order)
        return refuse(bound, P_COV, "ValueError",
                      "a scaled covariance needs more points than coefficients", error);
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

fm_status fm_cost_polyfit(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    int64_t n = 0;
    (void)r;
    FM_TRY(fm_polynomial_length(bound, P_X, &n, error));
    return fm_cost_formula(bound, work, "polyfit", n, bound->values[P_DEG].as.i, error);
}

/* A line along the first axis of a tensor of ndim. */
static fm_value upright(fm_program *p, const fm_tensor *x, int ndim) {
    int64_t shape[2] = {x ? x->layout->size : 0, 1};
    return V_T(FM_DO(p, "reshape", V_T(x), V_INTS(shape, ndim)));
}

typedef struct fit {
    fm_tensor *lhs, *scale, *c, *residuals, *rank, *singular;
    double rcond;
} fit;

static fm_dtype real_dtype(fm_dtype dtype) {
    if (dtype == FM_COMPLEX64) return FM_FLOAT32;
    return dtype == FM_COMPLEX128 ? FM_FLOAT64 : dtype;
}

static double epsilon(fm_dtype dtype) {
    if (dtype == FM_FLOAT16) return 0x1p-10;
    if (dtype == FM_BFLOAT16) return 0x1p-7;
    return dtype == FM_FLOAT32 || dtype == FM_COMPLEX64 ? (double)FLT_EPSILON : DBL_EPSILON;
}

static void solve(fm_program *p, const fm_tensor *x, const fm_tensor *y, fit *f) {
    const fm_value *rcond = &p->values[P_RCOND];
    int64_t rows = 0;
    f->lhs = FM_DO(p, "vander", V_T(x), V_I(p->values[P_DEG].as.i + 1));
    if (!fm_arg_absent(&p->values[P_W])) {
        fm_tensor *w = FM_DO(p, "add", V_T(fm_program_tensor(p, P_W)), V_F(0.0));
        f->lhs = FM_DO(p, "multiply", V_T(f->lhs), upright(p, w, 2));
        fm_tensor *weighted = FM_DO(p, "multiply", V_T(y), upright(p, w, y->layout->ndim));
        y = FM_DO(p, "astype", V_T(weighted), V_D(y->layout->dtype));
    }
    f->scale = FM_DO(p, "multiply", V_T(f->lhs), V_T(f->lhs));
    f->scale = FM_DO(p, "sqrt", V_T(FM_DO(p, "sum", V_T(f->scale), V_INTS(&rows, 1))));
    f->lhs = FM_DO(p, "divide", V_T(f->lhs), V_T(f->scale));
    f->rcond = fm_arg_absent(rcond)            ? (double)x->layout->size * epsilon(x->layout->dtype)
               : rcond->kind == FM_VALUE_FLOAT ? rcond->as.f
                                               : (double)rcond->as.i;
    fm_tensor *out[4] = {NULL};
    FM_DO_ALL(p, "linalg.lstsq", out, 4, V_T(f->lhs), V_T(y), V_F(f->rcond));
    if (p->status != FM_OK) return;
    f->c = FM_DO(p, "divide", V_T(out[0]), upright(p, f->scale, y->layout->ndim));
    f->residuals = out[1];
    f->rank = out[2];
    f->singular = out[3];
}

/* inv(lhs.T lhs) over the scales, times the variance of the residuals. */
static const fm_tensor *covariance(fm_program *p, const fit *f, int64_t n, int ydim) {
    fm_tensor *turned = FM_DO(p, "transpose", V_T(f->lhs));
    fm_tensor *v = FM_DO(p, "linalg.inv", V_T(FM_DO(p, "matmul", V_T(turned), V_T(f->lhs))));
    v = FM_DO(p, "divide", V_T(v), V_T(FM_DO(p, "outer", V_T(f->scale), V_T(f->scale))));
    fm_value factor = V_I(1);
    if (!is_unscaled(&p->values[P_COV])) {
        double freedom = (double)(n - p->values[P_DEG].as.i - 1);
        factor = V_T(FM_DO(p, "divide", V_T(f->residuals), V_F(freedom)));
    }
    if (ydim == 2) v = FM_DO(p, "expand_dims", V_T(v), V_I(2));
    return FM_DO(p, "multiply", V_T(v), factor);
}

fm_status fm_run_polyfit(fm_program *p) {
    fm_tensor *x = FM_DO(p, "add", V_T(fm_program_tensor(p, P_X)), V_F(0.0));
    fm_tensor *y = FM_DO(p, "add", V_T(fm_program_tensor(p, P_Y)), V_F(0.0));
    fit f = {0};
    if (p->status == FM_OK) solve(p, x, y, &f);
    if (p->status != FM_OK) return p->status;
    if (is_true(&p->values[P_FULL])) {
        fm_tensor *rank = FM_DO(p, "astype", V_T(f.rank), V_D(FM_INT32));
        fm_value rcond = V_F(f.rcond);
        if (fm_arg_absent(&p->values[P_RCOND])) {
            fm_tensor *wide = fm_program_from(p, FM_FLOAT64, 0, NULL, &f.rcond);
            rcond = V_T(FM_DO(p, "astype", V_T(wide), V_D(real_dtype(x->layout->dtype))));
        }
        fm_value all[] = {V_T(f.c), V_T(f.residuals), V_T(rank), V_T(f.singular), rcond};
        fm_program_reply(p, V_TUPLE(all, 5));
    } else if (is_true(&p->values[P_COV])) {
        fm_value both[] = {V_T(f.c), V_T(covariance(p, &f, x->layout->size, y->layout->ndim))};
        fm_program_reply(p, V_TUPLE(both, 2));
    } else {
        fm_program_reply(p, V_T(f.c));
    }
    return p->status;
}
