/* multivariate_normal: standard normals times a factor of the covariance. */
#include "ops/linalg.h"
#include "ops/sample.h"

#include <string.h>

enum { P_MEAN, P_COV, P_SIZE, P_CHECK, P_TOL, P_METHOD };

static const char *method_of(const fm_row *row, const fm_value *values) {
    return fm_sample_is_generator(row) ? values[P_METHOD].as.string : "svd";
}

static bool is_one_of(const char *text, const char *const *texts, int n) {
    for (int i = 0; i < n; i++)
        if (!strcmp(text, texts[i])) return true;
    return false;
}

static fm_status check_words(const fm_bound *bound, fm_error *error) {
    static const char *const methods[] = {"svd", "eigh", "cholesky"};
    static const char *const checks[] = {"warn", "raise", "ignore"};
    const char *method = method_of(bound->row, bound->values);
    const char *check = bound->values[P_CHECK].as.string;
    if (!is_one_of(method, methods, 3))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_METHOD + 1,
                          "method '%.40s', but there are svd, eigh and cholesky", method);
    if (!is_one_of(check, checks, 3))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_CHECK + 1,
                          "check_valid '%.40s', but there are warn, raise and ignore", check);
    return FM_OK;
}

static fm_status check_moments(const fm_bound *bound, const fm_layout *mean, const fm_layout *cov,
                               fm_error *error) {
    if (fm_dtype_kind(mean->dtype) == 'c' || fm_dtype_kind(cov->dtype) == 'c') {
        bool ufunc = !fm_sample_is_generator(bound->row) && fm_dtype_kind(mean->dtype) == 'c';
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "mean and cov are real");
        return fm_fail_as(error, ufunc ? "UFuncTypeError" : "TypeError", FM_ERR_DTYPE);
    }
    if (mean->ndim != 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_MEAN + 1,
                          "mean has %d dimensions, but it has 1", mean->ndim);
    if (cov->ndim != 2 || fm_layout_shape(cov)[0] != fm_layout_shape(cov)[1])
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_COV + 1,
                          "cov is no square matrix");
    if (fm_layout_shape(cov)[0] != mean->size || mean->size == 0)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_COV + 1,
                          "cov has %lld rows, but mean has %lld elements, at least 1",
                          (long long)fm_layout_shape(cov)[0], (long long)mean->size);
    return FM_OK;
}

fm_status fm_infer_multivariate_normal(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *mean = fm_value_layout(&bound->values[P_MEAN]);
    const fm_layout *cov = fm_value_layout(&bound->values[P_COV]);
    fm_operands_clear(r);
    FM_TRY(check_moments(bound, mean, cov, error));
    FM_TRY(check_words(bound, error));
    FM_TRY(fm_sample_output(bound, r, FM_FLOAT64, 0, NULL, error));
    fm_out_shape *out = &r->out[0];
    if (out->ndim == FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_SIZE + 1,
                          "the result would have %d dimensions", out->ndim + 1);
    out->shape[out->ndim++] = mean->size;
    r->compute = FM_FLOAT64;
    return FM_OK;
}

/* A factor F (rows of samples are multiplied by its transpose) and whether F F' is the covariance.
 */
typedef struct factor {
    fm_tensor *rows; /* F transposed */
    bool valid;
} factor;

static bool agrees(fm_program *p, const fm_tensor *product, const fm_tensor *cov, double tol) {
    fm_tensor *near = FM_DO(p, "isclose", V_T(product), V_T(cov), V_F(tol), V_F(tol));
    fm_tensor *all = near ? FM_DO(p, "all", V_T(near)) : NULL;
    return all && fm_program_int(p, all) != 0;
}

static factor by_svd(fm_program *p, const fm_tensor *cov, bool check, double tol, bool right) {
    const int64_t turned[2] = {-1, 1};
    factor f = {NULL, true};
    fm_svd svd = fm_linalg_svd_of(p, cov, FM_VECTORS_REDUCED, false, -1);
    if (p->status != FM_OK) return f;
    if (check) {
        fm_tensor *scaled = FM_DO(p, "multiply", V_T(fm_linalg_turned(p, svd.vh)), V_T(svd.s));
        fm_tensor *product = FM_DO(p, "matmul", V_T(scaled), V_T(svd.vh));
        f.valid = agrees(p, product, cov, tol);
    }
    fm_tensor *root = FM_DO(p, "sqrt", V_T(svd.s));
    fm_tensor *column = FM_DO(p, "reshape", V_T(root), V_INTS(turned, 2));
    const fm_tensor *rows = right ? svd.vh : fm_linalg_turned(p, svd.u);
    f.rows = FM_DO(p, "multiply", V_T(column), V_T(rows));
    return f;
}

static factor by_eigh(fm_program *p, const fm_tensor *cov, bool check, double tol) {
    fm_tensor *out[2];
    const int64_t turned[2] = {-1, 1};
    factor f = {NULL, true};
    FM_DO_ALL(p, "linalg.eigh", out, 2, V_T(cov));
    if (p->status != FM_OK) return f;
    if (check) {
        fm_tensor *low = FM_DO(p, "min", V_T(out[0]));
        f.valid = low && fm_program_float(p, low) >= -tol;
    }
    fm_tensor *root = FM_DO(p, "sqrt", V_T(FM_DO(p, "absolute", V_T(out[0]))));
    fm_tensor *column = FM_DO(p, "reshape", V_T(root), V_INTS(turned, 2));
    f.rows = FM_DO(p, "multiply", V_T(column), V_T(FM_DO(p, "transpose", V_T(out[1]))));
    return f;
}

/* A covariance that has no factor is refused before anything was sampled: it costs nothing. */
static void refuse_numeric(fm_program *p) {
    if (p->status != FM_ERR_NUMERIC) return;
    p->status = p->error->status = FM_ERR_ARGUMENT;
    p->error->exception = "LinAlgError";
}

static factor factorise(fm_program *p, const fm_tensor *cov) {
    const char *method = method_of(p->row, p->values), *check = fm_arg(p, P_CHECK).as.string;
    bool asked = strcmp(check, "ignore") != 0;
    double tol = fm_arg(p, P_TOL).as.f;
    factor f = {NULL, true};
    if (strcmp(method, "cholesky") != 0 && fm_program_captured(p))
        fm_program_fail(p, FM_ERR_STATE, 0,
                        "the vectors that a captured call finds may have other signs, and so would "
                        "its samples; the method cholesky has none");
    if (!strcmp(method, "cholesky"))
        f.rows = FM_DO(p, "transpose", V_T(FM_DO(p, "linalg.cholesky", V_T(cov))));
    else if (!strcmp(method, "eigh"))
        f = by_eigh(p, cov, asked, tol);
    else
        f = by_svd(p, cov, asked, tol, !fm_sample_is_generator(p->row));
    refuse_numeric(p);
    if (p->status != FM_OK || f.valid) return f;
    if (!strcmp(check, "raise"))
        fm_program_fail(p, FM_ERR_ARGUMENT, P_COV + 1,
                        "the covariance is not symmetric positive-semidefinite");
    else
        fm_program_warn(p, "the covariance is not symmetric positive-semidefinite");
    return f;
}

fm_status fm_run_multivariate_normal(fm_program *p) {
    const fm_tensor *mean = fm_program_tensor(p, P_MEAN), *cov = fm_program_tensor(p, P_COV);
    fm_tensor *wide = FM_DO(p, "astype", V_T(cov), V_D(FM_FLOAT64));
    fm_value size = fm_arg(p, P_SIZE);
    const int64_t *ints;
    int64_t shape[FM_MAX_NDIM + 1], flat[2] = {1, 0};
    int ndim = fm_arg_ints(&size, &ints);
    if (p->status != FM_OK) return p->status;
    for (int d = 0; d < ndim; d++) flat[0] *= shape[d] = ints[d];
    flat[1] = shape[ndim] = mean->layout->size;
    factor f = factorise(p, wide);
    if (p->status != FM_OK) return p->status;
    fm_tensor *x = FM_DO(p, "random.standard_normal", V_INTS(flat, 2));
    x = FM_DO(p, "matmul", V_T(x), V_T(f.rows));
    x = FM_DO(p, "add", V_T(x), V_T(FM_DO(p, "astype", V_T(mean), V_D(FM_FLOAT64))));
    fm_program_return(p, 0, FM_DO(p, "reshape", V_T(x), V_INTS(shape, ndim + 1)));
    return p->status;
}
