/* Inverses, solutions, determinants, and the factorisations of Cholesky and QR. */
#include "ops/linalg.h"

#include <string.h>

fm_status fm_linalg_cost_of_square(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                   fm_error *error) {
    const fm_formula_arg args[] = {{.integer = fm_linalg_matrices(r->in[0]).n},
                                   {.integer = r->in[0]->symmetry != NULL}};
    return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
}

/* A square operand; the result has its shape. */
static fm_status infer_square(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = fm_linalg_result(r->in[0]->dtype);
    fm_output_set(r, 0, r->compute, r->in[0]->ndim, fm_layout_shape(r->in[0]));
    return FM_OK;
}

fm_status fm_linalg_infer_inv(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_square(bound, r, error);
}

fm_status fm_linalg_run_inv(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_tensor *out[2];
    FM_DO_ALL(p, "_inv", out, 2, V_T(a));
    fm_linalg_check(p, out[0], "singular matrix");
    if (p->status == FM_OK)
        fm_program_return(p, 0, fm_program_cast(p, out[1], fm_linalg_result(a->layout->dtype)));
    return p->status;
}

fm_status fm_linalg_infer_cholesky(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_square(bound, r, error);
}

fm_status fm_linalg_run_cholesky(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_tensor *out[2];
    FM_DO_ALL(p, "_cholesky", out, 2, V_T(a), fm_arg(p, 1));
    fm_linalg_check(p, out[0], "the matrix is not positive definite");
    if (p->status == FM_OK)
        fm_program_return(p, 0, fm_program_cast(p, out[1], fm_linalg_result(a->layout->dtype)));
    return p->status;
}

/* A vector on the right is a column. */
static bool is_vector(const fm_layout *b) {
    return b->ndim == 1;
}

/* The leading axes of a and b, which has `own` axes of its own, broadcast against each other. */
static fm_status leading_axes(const fm_bound *bound, const fm_resolved *r, int own, int *ndim,
                              int64_t *shape, fm_error *error) {
    const fm_layout *a = r->in[0], *b = r->in[1];
    int na = a->ndim - 2, nb = b->ndim - own;
    *ndim = na > nb ? na : nb;
    for (int d = 0; d < *ndim; d++) {
        int da = d - (*ndim - na), db = d - (*ndim - nb);
        int64_t xa = da >= 0 ? fm_layout_shape(a)[da] : 1,
                xb = db >= 0 ? fm_layout_shape(b)[db] : 1;
        if (xa != xb && xa != 1 && xb != 1)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                              "axis %d is %lld, but argument 1 axis %d is %lld", db, (long long)xb,
                              da, (long long)xa);
        shape[d] = xa == 1 ? xb : xa;
    }
    return FM_OK;
}

fm_status fm_linalg_infer_solve(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    const fm_layout *b = r->in[1];
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 1, error));
    if (b->ndim == 0)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "0 dimensions, but at least 1 is needed");
    int own = is_vector(b) ? 1 : 2, ndim;
    int64_t shape[FM_MAX_NDIM], n = fm_linalg_matrices(r->in[0]).n;
    int64_t rows = fm_layout_shape(b)[b->ndim - own];
    if (rows != n)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "axis %d is %lld, but the matrices of argument 1 have %lld rows",
                          b->ndim - own, (long long)rows, (long long)n);
    FM_TRY(leading_axes(bound, r, own, &ndim, shape, error));
    shape[ndim++] = n;
    if (own == 2) shape[ndim++] = fm_layout_shape(b)[b->ndim - 1];
    r->compute = fm_promote_types(fm_linalg_result(r->in[0]->dtype), fm_linalg_result(b->dtype));
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

fm_status fm_linalg_cost_of_solve(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                  fm_error *error) {
    const fm_layout *b = r->in[1];
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const int64_t sides = is_vector(b) ? 1 : fm_layout_shape(b)[b->ndim - 1];
    const fm_formula_arg args[] = {{.integer = a.n}, {.integer = sides}, {.integer = 0}};
    if (work->faults) return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
    /* A matrix that many right-hand sides share is factored for each of them. */
    const fm_formula *row;
    FM_TRY(fm_formula_find(bound->row->name, &row, error));
    fm_u128 batch;
    const int leading = r->out[0].ndim - (is_vector(b) ? 1 : 2);
    if (!fm_u128_extents(leading, r->out[0].shape, &batch))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    fm_status status = row->cost(row, args, work, error);
    if (status == FM_OK) status = fm_work_times(work, batch);
    return fm_cost_close(bound, r, work, status, error);
}

/* x with the leading axes given before its last two. */
static const fm_tensor *spread(fm_program *p, const fm_tensor *x, int leading,
                               const int64_t *shape) {
    int64_t full[FM_MAX_NDIM];
    if (p->status != FM_OK) return x;
    const int64_t *own = fm_layout_shape(x->layout) + x->layout->ndim - 2;
    memcpy(full, shape, (size_t)leading * sizeof *full);
    full[leading] = own[0];
    full[leading + 1] = own[1];
    return FM_DO(p, "broadcast_to", V_T(x), V_INTS(full, leading + 2));
}

/* The solution, stacks broadcast against each other. */
static const fm_tensor *solve(fm_program *p, const fm_tensor *a, const fm_tensor *b) {
    int64_t shape[FM_MAX_NDIM];
    fm_tensor *out[2];
    const bool vector = is_vector(b->layout);
    if (vector) b = FM_DO(p, "expand_dims", V_T(b), V_I(-1));
    if (p->status != FM_OK) return NULL;
    int na = a->layout->ndim - 2, nb = b->layout->ndim - 2, ndim = na > nb ? na : nb;
    for (int d = 0; d < ndim; d++) {
        int da = d - (ndim - na), db = d - (ndim - nb);
        shape[d] = da >= 0 ? fm_layout_shape(a->layout)[da] : 1;
        if (shape[d] == 1 && db >= 0) shape[d] = fm_layout_shape(b->layout)[db];
    }
    if (ndim > 0) {
        a = spread(p, a, ndim, shape);
        b = spread(p, b, ndim, shape);
    }
    FM_DO_ALL(p, "_solve", out, 2, V_T(a), V_T(b));
    fm_linalg_check(p, out[0], "singular matrix");
    return vector && p->status == FM_OK ? FM_DO(p, "squeeze", V_T(out[1]), V_I(-1)) : out[1];
}

fm_status fm_linalg_run_solve(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *b = fm_program_tensor(p, 1);
    if (p->status != FM_OK) return p->status;
    const fm_tensor *x = solve(p, a, b);
    fm_dtype result =
        fm_promote_types(fm_linalg_result(a->layout->dtype), fm_linalg_result(b->layout->dtype));
    if (p->status == FM_OK) fm_program_return(p, 0, fm_program_cast(p, x, result));
    return p->status;
}

fm_status fm_linalg_infer_det(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = fm_linalg_result(r->in[0]->dtype);
    fm_linalg_output(r, 0, r->compute, 0, NULL);
    return FM_OK;
}

/* The sign times the magnitude, whose logarithm does not overflow on the way. */
fm_status fm_linalg_run_det(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_tensor *out[2];
    FM_DO_ALL(p, "_det", out, 2, V_T(a));
    const fm_tensor *size = FM_DO(p, "exp", V_T(out[1]));
    const fm_tensor *det = FM_DO(p, "multiply", V_T(out[0]), V_T(size));
    if (p->status == FM_OK)
        fm_program_return(p, 0, fm_program_cast(p, det, fm_linalg_result(a->layout->dtype)));
    return p->status;
}

fm_status fm_linalg_infer_slogdet(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_infer_det(bound, r, error));
    fm_linalg_output(r, 1, fm_linalg_real(r->compute), 0, NULL);
    return FM_OK;
}

fm_status fm_linalg_run_slogdet(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_tensor *out[2];
    FM_DO_ALL(p, "_det", out, 2, V_T(a));
    if (p->status != FM_OK) return p->status;
    fm_dtype result = fm_linalg_result(a->layout->dtype);
    fm_program_return(p, 0, fm_program_cast(p, out[0], result));
    fm_program_return(p, 1, fm_program_cast(p, out[1], fm_linalg_real(result)));
    return p->status;
}

/* NumPy's old mode: h of raw, not transposed and alone. */
enum { QR_ECONOMIC = FM_QR_RAW + 1 };

/* The mode of that name; -1 where there is none. */
static int qr_mode(const fm_value *value) {
    static const char *const names[] = {"reduced",  "complete", "r",    "raw",
                                        "economic", "e",        "full", "f"};
    static const int modes[] = {FM_QR_REDUCED, FM_QR_COMPLETE, FM_QR_R,       FM_QR_RAW,
                                QR_ECONOMIC,   QR_ECONOMIC,    FM_QR_REDUCED, FM_QR_REDUCED};
    for (int i = 0; i < 8; i++)
        if (!strcmp(value->as.string, names[i])) return modes[i];
    return -1;
}

fm_status fm_linalg_infer_qr(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_need_matrix(bound, r, 0, 2, "IndexError", error));
    if (qr_mode(&bound->values[1]) < 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                          "mode '%.40s', but it is reduced, complete, r or raw",
                          bound->values[1].as.string);
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = fm_linalg_result(r->in[0]->dtype);
    return FM_OK;
}

fm_status fm_linalg_cost_of_qr(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const fm_formula_arg args[] = {{.integer = a.m}, {.integer = a.n}};
    return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
}

fm_status fm_linalg_run_qr(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_value name = fm_arg(p, 1);
    const int mode = qr_mode(&name), count = mode == FM_QR_R || mode == QR_ECONOMIC ? 1 : 2;
    fm_tensor *out[2];
    FM_DO_ALL(p, "_qr", out, mode == FM_QR_R ? 1 : 2, V_T(a),
              V_I(mode == QR_ECONOMIC ? FM_QR_RAW : mode));
    if (p->status != FM_OK) return p->status;
    fm_value items[2];
    for (int i = 0; i < count; i++) {
        const fm_tensor *x = mode == QR_ECONOMIC ? fm_linalg_turned(p, out[i]) : out[i];
        if (p->status == FM_OK)
            items[i] = V_T(fm_program_cast(p, x, fm_linalg_result(a->layout->dtype)));
    }
    fm_program_reply(p, count == 1 ? items[0] : V_TUPLE(items, 2));
    return p->status;
}
