/* Pseudo-inverses and least squares. */
#include "ops/linalg.h"

#include <float.h>

fm_status fm_linalg_infer_pinv(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_need_matrix(bound, r, 0, 2, "IndexError", error));
    if (!fm_arg_absent(&bound->values[1]) && !fm_arg_absent(&bound->values[3]))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 4,
                          "rtol and rcond are both given");
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    /* NumPy leaves an empty matrix's dtype as it is. */
    const bool empty = r->in[0]->size == 0 && a.k == 0;
    if (fm_arg_int(&bound->values[2], 0) && !empty)
        FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    if (!empty) FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = empty ? r->in[0]->dtype : fm_linalg_result(r->in[0]->dtype);
    fm_linalg_output(r, 0, r->compute, 2, (const int64_t[]){a.n, a.m});
    return FM_OK;
}

fm_status fm_linalg_cost_of_pinv(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const fm_formula_arg args[] = {{.integer = a.m}, {.integer = a.n}};
    return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
}

/* The factor of the largest singular value below which one counts as 0, as a column. */
static fm_value cutoff_factor(fm_program *p) {
    const fm_value rcond = fm_arg(p, 1), rtol = fm_arg(p, 3);
    if (fm_arg_absent(&rcond) && fm_arg_absent(&rtol)) return V_F(1e-15);
    const fm_tensor *given = fm_program_tensor(p, fm_arg_absent(&rcond) ? 3 : 1);
    return V_T(FM_DO(p, "expand_dims", V_T(given), V_I(-1)));
}

fm_status fm_linalg_run_pinv(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_value hermitian = fm_arg(p, 2);
    if (p->status != FM_OK) return p->status;
    if (a->layout->size == 0) {
        const fm_matrices size = fm_linalg_matrices(a->layout);
        const fm_dtype dtype = size.k == 0 ? a->layout->dtype : fm_linalg_result(a->layout->dtype);
        fm_program_return(p, 0, FM_DO(p, "zeros_like", V_T(fm_linalg_turned(p, a)), V_D(dtype)));
        return p->status;
    }
    if (fm_dtype_kind(a->layout->dtype) == 'c') a = FM_DO(p, "conjugate", V_T(a));
    fm_svd svd = fm_linalg_svd_of(p, a, FM_VECTORS_REDUCED, fm_arg_int(&hermitian, 0) != 0, -1);
    const fm_tensor *largest = FM_DO(p, "max", V_T(svd.s), V_I(-1), V_B(true));
    const fm_tensor *cutoff = FM_DO(p, "multiply", V_T(largest), cutoff_factor(p));
    const fm_tensor *large = FM_DO(p, "greater", V_T(svd.s), V_T(cutoff));
    const fm_tensor *inverse = FM_DO(p, "divide", V_I(1), V_T(svd.s));
    inverse = FM_DO(p, "where", V_T(large), V_T(inverse), V_I(0));
    inverse = FM_DO(p, "expand_dims", V_T(inverse), V_I(-1));
    const fm_tensor *scaled = FM_DO(p, "multiply", V_T(inverse), V_T(fm_linalg_turned(p, svd.u)));
    fm_program_return(p, 0, FM_DO(p, "matmul", V_T(fm_linalg_turned(p, svd.vh)), V_T(scaled)));
    return p->status;
}

static fm_status refuse(fm_error *error) {
    return fm_fail_as(error, "LinAlgError", FM_ERR_SHAPE);
}

fm_status fm_linalg_infer_lstsq(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0], *b = r->in[1];
    FM_TRY(fm_linalg_need_matrix(bound, r, 0, 2, "IndexError", error));
    for (int i = 0; i < 2; i++) {
        const int ndim = r->in[i]->ndim;
        if (ndim == 2 || (i == 1 && ndim == 1)) continue;
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, i + 1,
                   "%d dimensions, but 2%s are needed", ndim, i ? " or 1" : "");
        return refuse(error);
    }
    const int64_t m = fm_layout_shape(a)[0], n = fm_layout_shape(a)[1];
    if (fm_layout_shape(b)[0] != m) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                   "axis 0 is %lld, but argument 1 has %lld rows", (long long)fm_layout_shape(b)[0],
                   (long long)m);
        return refuse(error);
    }
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 1, error));
    r->compute = fm_promote_types(fm_linalg_result(a->dtype), fm_linalg_result(b->dtype));
    const int64_t k = m < n ? m : n;
    const int64_t shape[2] = {n, b->ndim == 2 ? fm_layout_shape(b)[1] : 1};
    fm_output_set(r, 0, r->compute, b->ndim, shape);
    fm_output_unknown(r, 1, fm_linalg_real(r->compute));
    fm_output_set(r, 2, FM_INT32, 0, NULL);
    fm_output_set(r, 3, fm_linalg_real(r->compute), 1, &k);
    return FM_OK;
}

fm_status fm_linalg_cost_of_lstsq(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                  fm_error *error) {
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const fm_layout *b = r->in[1];
    const fm_formula_arg args[] = {{.integer = a.m},
                                   {.integer = a.n},
                                   {.integer = b->ndim > 1 ? fm_layout_shape(b)[1] : 1},
                                   {.integer = b->ndim}};
    return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
}

typedef struct solution {
    const fm_tensor *x, *residuals, *rank, *s;
} solution;

/* By the kernel, where the backend has one. */
static solution by_kernel(fm_program *p, const fm_tensor *a, const fm_tensor *b, double rcond) {
    fm_tensor *out[5];
    FM_DO_ALL(p, "_lstsq", out, 5, V_T(a), V_T(b), V_F(rcond));
    fm_linalg_check(p, out[0], "the singular values did not converge");
    return (solution){out[1], out[2], out[3], out[4]};
}

/* By the singular values: x = V diag(1 / s) U^H b over those above the bound. */
static solution by_values(fm_program *p, const fm_tensor *a, const fm_tensor *b, double rcond) {
    fm_tensor *out[4];
    solution made = {NULL, NULL, NULL, NULL};
    FM_DO_ALL(p, "_svd", out, 4, V_T(a), V_I(FM_VECTORS_REDUCED));
    fm_linalg_check(p, out[0], "the singular values did not converge");
    if (p->status != FM_OK) return made;
    const fm_tensor *largest = FM_DO(p, "max", V_T(out[1]), V_I(-1), V_B(true));
    const fm_tensor *bound =
        FM_DO(p, "multiply", V_T(largest), V_F(rcond < 0 ? DBL_EPSILON : rcond));
    const fm_tensor *large = FM_DO(p, "greater", V_T(out[1]), V_T(bound));
    const fm_tensor *inverse = FM_DO(p, "divide", V_I(1), V_T(out[1]));
    inverse = FM_DO(p, "where", V_T(large), V_T(inverse), V_I(0));
    inverse = FM_DO(p, "expand_dims", V_T(inverse), V_I(-1));
    const fm_tensor *uh = FM_DO(p, "conjugate", V_T(fm_linalg_turned(p, out[2])));
    const fm_tensor *v = FM_DO(p, "conjugate", V_T(fm_linalg_turned(p, out[3])));
    const fm_tensor *parts = FM_DO(p, "matmul", V_T(uh), V_T(b));
    parts = FM_DO(p, "multiply", V_T(inverse), V_T(parts));
    made.x = FM_DO(p, "matmul", V_T(v), V_T(parts));
    const fm_tensor *left = FM_DO(p, "matmul", V_T(a), V_T(made.x));
    left = FM_DO(p, "abs", V_T(FM_DO(p, "subtract", V_T(b), V_T(left))));
    made.residuals = FM_DO(p, "sum", V_T(FM_DO(p, "square", V_T(left))), V_I(0));
    made.rank = FM_DO(p, "sum", V_T(large), V_NONE, V_D(FM_INT32));
    made.s = out[1];
    return made;
}

/* Nothing to factor: no equation or no unknown. */
static solution of_nothing(fm_program *p, const fm_tensor *a, const fm_tensor *b) {
    const int64_t shape[2] = {fm_layout_shape(a->layout)[1], fm_layout_shape(b->layout)[1]};
    const fm_tensor *size = FM_DO(p, "square", V_T(FM_DO(p, "abs", V_T(b))));
    static const int64_t no_values = 0;
    return (solution){FM_DO(p, "zeros", V_INTS(shape, 2), V_D(FM_FLOAT64)),
                      FM_DO(p, "sum", V_T(size), V_I(0)),
                      FM_DO(p, "zeros", V_INTS(NULL, 0), V_D(FM_INT32)),
                      FM_DO(p, "zeros", V_INTS(&no_values, 1), V_D(FM_FLOAT64))};
}

/* Residuals are given of more equations than unknowns where the rank is full. A graph holds those,
   for their shape is fixed when it is captured. */
static bool has_residuals(fm_program *p, const fm_tensor *rank, int64_t m, int64_t n) {
    if (m <= n) return false;
    if (!fm_program_captured(p)) return fm_program_int(p, rank) == n;
    return fm_program_watch_range(
        p, rank, n, n, FM_ERR_NUMERIC, NULL, 1,
        "the rank is not full, but the graph holds residuals of full rank");
}

static void give_solution(fm_program *p, const solution *made, const fm_layout *a, bool vector,
                          fm_dtype result) {
    const int64_t m = fm_layout_shape(a)[0], n = fm_layout_shape(a)[1], none = 0;
    const fm_dtype real = fm_linalg_real(result);
    const fm_tensor *x = vector ? FM_DO(p, "squeeze", V_T(made->x), V_I(-1)) : made->x;
    const fm_tensor *residuals = made->residuals;
    if (!has_residuals(p, made->rank, m, n))
        residuals = FM_DO(p, "zeros", V_INTS(&none, 1), V_D(real));
    if (p->status != FM_OK) return;
    fm_program_return(p, 0, fm_program_cast(p, x, result));
    fm_program_return(p, 1, fm_program_cast(p, residuals, real));
    fm_program_return(p, 2, made->rank);
    fm_program_return(p, 3, fm_program_cast(p, made->s, real));
}

fm_status fm_linalg_run_lstsq(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *b = fm_program_tensor(p, 1);
    const fm_value given = fm_arg(p, 2);
    if (p->status != FM_OK) return p->status;
    const fm_dtype result =
        fm_promote_types(fm_linalg_result(a->layout->dtype), fm_linalg_result(b->layout->dtype));
    const fm_dtype compute = fm_dtype_kind(result) == 'c' ? FM_COMPLEX128 : FM_FLOAT64;
    const int64_t m = fm_layout_shape(a->layout)[0], n = fm_layout_shape(a->layout)[1];
    const double rcond =
        given.kind == FM_VALUE_FLOAT ? given.as.f : DBL_EPSILON * (double)(m > n ? m : n);
    const bool vector = b->layout->ndim == 1;
    if (vector) b = FM_DO(p, "expand_dims", V_T(b), V_I(-1));
    a = fm_program_cast(p, a, compute);
    if (p->status == FM_OK) b = fm_program_cast(p, b, compute);
    if (p->status != FM_OK) return p->status;
    solution made;
    if (m == 0 || n == 0)
        made = of_nothing(p, a, b);
    else if (fm_layout_shape(b->layout)[1] > 0 && fm_program_supports(p, "_lstsq", compute))
        made = by_kernel(p, a, b, rcond);
    else
        made = by_values(p, a, b, rcond);
    if (p->status == FM_OK) give_solution(p, &made, a->layout, vector, result);
    return p->status;
}
