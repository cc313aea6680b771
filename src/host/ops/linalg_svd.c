/* Singular values and vectors, and the numbers that they give: condition and rank. */
#include "ops/linalg.h"

#include <float.h>
#include <math.h>

static const char not_converged[] = "the singular values did not converge";

/* The permutation that sorts s falling, as NumPy's argsort reversed. */
static const fm_tensor *falling(fm_program *p, const fm_tensor *s) {
    const fm_tensor *rising = FM_DO(p, "argsort", V_T(s), V_I(-1));
    return FM_DO(p, "flip", V_T(rising), V_I(-1));
}

/* The columns of u in the order of index. */
static const fm_tensor *columns_in_order(fm_program *p, const fm_tensor *u,
                                         const fm_tensor *index) {
    const fm_tensor *row = FM_DO(p, "expand_dims", V_T(index), V_I(-2));
    if (p->status != FM_OK) return NULL;
    const fm_tensor *all =
        FM_DO(p, "broadcast_to", V_T(row), V_INTS(fm_layout_shape(u->layout), u->layout->ndim));
    return FM_DO(p, "take_along_axis", V_T(u), V_T(all), V_I(-1));
}

/* From the eigenvalues of the lower triangle: their magnitudes, with the signs in vh. */
static fm_svd hermitian_svd(fm_program *p, const fm_tensor *a, bool vectors) {
    fm_svd svd = {NULL, NULL, NULL};
    fm_tensor *out[3];
    FM_DO_ALL(p, "_eigh", out, vectors ? 3 : 2, V_T(a), V_I(vectors), V_I(0));
    fm_linalg_check(p, out[0], "the eigenvalues did not converge");
    if (p->status != FM_OK) return svd;
    const fm_dtype result = fm_linalg_result(a->layout->dtype);
    const fm_tensor *w = fm_program_cast(p, out[1], fm_linalg_real(result));
    const fm_tensor *size = FM_DO(p, "abs", V_T(w));
    if (!vectors) {
        const fm_tensor *sorted = FM_DO(p, "sort", V_T(size), V_I(-1));
        svd.s = FM_DO(p, "flip", V_T(sorted), V_I(-1));
        return svd;
    }
    const fm_tensor *order = falling(p, size), *sign = FM_DO(p, "copysign", V_I(1), V_T(w));
    sign = FM_DO(p, "take_along_axis", V_T(sign), V_T(order), V_I(-1));
    sign = FM_DO(p, "expand_dims", V_T(sign), V_I(-2));
    svd.s = FM_DO(p, "take_along_axis", V_T(size), V_T(order), V_I(-1));
    svd.u = columns_in_order(p, fm_program_cast(p, out[2], result), order);
    const fm_tensor *signed_u = FM_DO(p, "multiply", V_T(svd.u), V_T(sign));
    svd.vh = FM_DO(p, "conjugate", V_T(fm_linalg_turned(p, signed_u)));
    return svd;
}

static fm_svd general_svd(fm_program *p, const fm_tensor *a, int vectors) {
    fm_svd svd = {NULL, NULL, NULL};
    fm_tensor *out[4] = {NULL};
    const bool with = vectors != FM_VECTORS_NONE;
    FM_DO_ALL(p, "_svd", out, with ? 4 : 2, V_T(a), V_I(vectors));
    fm_linalg_check(p, out[0], not_converged);
    if (p->status != FM_OK) return svd;
    const fm_dtype result = fm_linalg_result(a->layout->dtype);
    svd.s = fm_program_cast(p, out[1], fm_linalg_real(result));
    if (!with) return svd;
    svd.u = fm_program_cast(p, out[2], result);
    svd.vh = fm_program_cast(p, out[3], result);
    return svd;
}

fm_svd fm_linalg_svd_of(fm_program *p, const fm_tensor *a, int vectors, bool hermitian, int64_t k) {
    fm_svd svd = {NULL, NULL, NULL};
    if (p->status != FM_OK) return svd;
    const bool some = k >= 0, with = vectors != FM_VECTORS_NONE;
    if (some && with) vectors = FM_VECTORS_REDUCED;
    if (some && !hermitian && fm_linalg_truncated(p, a, vectors, k, &svd)) return svd;
    svd = hermitian ? hermitian_svd(p, a, with) : general_svd(p, a, vectors);
    if (p->status != FM_OK || !some || k >= fm_linalg_matrices(a->layout).k) return svd;
    svd.s = fm_linalg_slice(p, svd.s, -1, 0, k);
    if (!with) return svd;
    svd.u = fm_linalg_slice(p, svd.u, -1, 0, k);
    svd.vh = fm_linalg_slice(p, svd.vh, -2, 0, k);
    return svd;
}

/* How many of the singular values are wanted, counted as the end of a slice; -1: all. */
static int64_t wanted_values(const fm_value *value, int64_t all) {
    if (fm_arg_absent(value)) return -1;
    int64_t k = fm_arg_int(value, 0);
    return k >= 0 ? k : k + all > 0 ? k + all : 0;
}

enum { P_A, P_FULL, P_VECTORS, P_HERMITIAN, P_K };

fm_status fm_linalg_infer_svd(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const bool hermitian = fm_arg_int(&bound->values[P_HERMITIAN], 0) != 0;
    if (r->in[0]->ndim < 2)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%d dimensions, but matrices have at least 2", r->in[0]->ndim);
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    if (fm_arg_int(&bound->values[P_K], 0) > a.k)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_K + 1,
                          "k is %lld, but the matrices have %lld singular values",
                          (long long)bound->values[P_K].as.i, (long long)a.k);
    if (hermitian) FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = fm_linalg_result(r->in[0]->dtype);
    return FM_OK;
}

fm_status fm_linalg_cost_of_svd(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                fm_error *error) {
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const fm_value *given = &bound->values[bound->row->nparams - 1];
    int64_t k = wanted_values(given, a.k);
    if (work->faults && fm_arg_int(given, 0) < 0) k = 0;
    const fm_formula_arg args[] = {
        {.integer = a.m}, {.integer = a.n}, {.none = k < 0, .integer = k}};
    return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
}

fm_status fm_linalg_run_svd(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, P_A);
    const fm_value full = fm_arg(p, P_FULL), with = fm_arg(p, P_VECTORS),
                   hermitian = fm_arg(p, P_HERMITIAN), k = fm_arg(p, P_K);
    if (p->status != FM_OK) return p->status;
    const int64_t wanted = wanted_values(&k, fm_linalg_matrices(a->layout).k);
    int vectors = fm_arg_int(&full, 1) ? FM_VECTORS_FULL : FM_VECTORS_REDUCED;
    if (!fm_arg_int(&with, 1)) vectors = FM_VECTORS_NONE;
    fm_svd svd = fm_linalg_svd_of(p, a, vectors, fm_arg_int(&hermitian, 0) != 0, wanted);
    fm_value items[] = {V_T(svd.u), V_T(svd.s), V_T(svd.vh)};
    fm_program_reply(p, vectors == FM_VECTORS_NONE ? V_T(svd.s) : V_TUPLE(items, 3));
    return p->status;
}

fm_status fm_linalg_infer_svdvals(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_need_matrix(bound, r, 0, 2, "IndexError", error));
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const fm_value *k = &bound->values[1];
    if (a.k > 0 && !fm_arg_absent(k) && (k->as.i < 1 || k->as.i > a.k))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                          "k is %lld, but it is 1 to %lld", (long long)k->as.i, (long long)a.k);
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = fm_linalg_result(r->in[0]->dtype);
    const int64_t count = fm_arg_absent(k) || k->as.i > a.k ? a.k : wanted_values(k, a.k);
    fm_linalg_output(r, 0, fm_linalg_real(r->compute), 1, &count);
    return FM_OK;
}

fm_status fm_linalg_cost_of_svdvals(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                    fm_error *error) {
    return fm_linalg_cost_of_svd(bound, r, work, error);
}

fm_status fm_linalg_run_svdvals(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_value k = fm_arg(p, 1);
    if (p->status != FM_OK) return p->status;
    const int64_t all = fm_linalg_matrices(a->layout).k, wanted = wanted_values(&k, all);
    fm_program_return(p, 0, fm_linalg_svd_of(p, a, FM_VECTORS_NONE, false, wanted).s);
    return p->status;
}

static bool by_values(const fm_norm_order *p) {
    return p->none || (!p->text && (p->number == 2 || p->number == -2));
}

fm_status fm_linalg_infer_cond(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_norm_order order = fm_linalg_order(&bound->values[1]);
    FM_TRY(fm_linalg_need_matrix(bound, r, 0, 2, "IndexError", error));
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    if (r->in[0]->size == 0 && a.k == 0) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                   "a matrix without elements has no condition number");
        return fm_fail_as(error, "LinAlgError", FM_ERR_SHAPE);
    }
    if (!by_values(&order)) {
        FM_TRY(fm_linalg_need_square(bound, r, 0, error));
        FM_TRY(fm_linalg_need_order(bound, 1, &order, error));
    }
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = fm_linalg_result(r->in[0]->dtype);
    fm_linalg_output(r, 0, fm_linalg_real(r->compute), 0, NULL);
    return FM_OK;
}

fm_status fm_linalg_cost_of_cond(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const fm_norm_order p = fm_linalg_order(&bound->values[1]);
    const fm_formula_arg args[] = {
        {.integer = a.m}, {.integer = a.n}, {.none = p.none, .text = p.text, .number = p.number}};
    return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
}

/* Matrices with NaN may fail: their values are NaN then. Where there are graphs all is computed
   always, so that a captured call finds the memory of the one before it. */
static void check_values(fm_program *p, const fm_tensor *info, const fm_tensor *has_nan) {
    if (!fm_program_has_graphs(p) && fm_linalg_worst(p, info) == 0) return;
    const fm_tensor *failed = FM_DO(p, "not_equal", V_T(info), V_I(0));
    const fm_tensor *excused = FM_DO(p, "logical_not", V_T(has_nan));
    const fm_tensor *both = FM_DO(p, "logical_and", V_T(failed), V_T(excused));
    if (fm_program_watch(p, both, FM_ERR_NUMERIC, NULL, 0, not_converged)) return;
    if (fm_program_int(p, FM_DO(p, "any", V_T(both))) != 0)
        fm_program_fail(p, FM_ERR_NUMERIC, 0, not_converged);
}

/* Largest by smallest singular value, or the other way round. */
static const fm_tensor *ratio_of_values(fm_program *p, const fm_tensor *x, bool inverse,
                                        const fm_tensor *has_nan) {
    fm_tensor *out[2];
    FM_DO_ALL(p, "_svd", out, 2, V_T(x), V_I(FM_VECTORS_NONE));
    check_values(p, out[0], has_nan);
    if (p->status != FM_OK) return NULL;
    const fm_tensor *s =
        fm_program_cast(p, out[1], fm_linalg_real(fm_linalg_result(x->layout->dtype)));
    const int64_t k = fm_linalg_matrices(x->layout).k;
    const fm_tensor *first = fm_linalg_slice(p, s, -1, 0, 1);
    const fm_tensor *last = fm_linalg_slice(p, s, -1, k - 1, k);
    const fm_tensor *ratio =
        FM_DO(p, "divide", V_T(inverse ? last : first), V_T(inverse ? first : last));
    return FM_DO(p, "squeeze", V_T(ratio), V_I(-1));
}

/* Both norms; a singular matrix has an inverse of NaN. */
static const fm_tensor *product_of_norms(fm_program *p, const fm_tensor *x,
                                         const fm_norm_order *order) {
    fm_tensor *out[2];
    FM_DO_ALL(p, "_inv", out, 2, V_T(x));
    if (p->status != FM_OK) return NULL;
    const fm_dtype dtype = fm_linalg_result(x->layout->dtype);
    const fm_tensor *own = fm_linalg_matrix_norms(p, fm_program_cast(p, x, dtype), order);
    const fm_tensor *inverse = fm_linalg_matrix_norms(p, out[1], order);
    const fm_tensor *product = FM_DO(p, "multiply", V_T(own), V_T(inverse));
    return p->status == FM_OK ? fm_program_cast(p, product, fm_linalg_real(dtype)) : NULL;
}

/* NaN stays NaN where the matrix has one, else it stands for infinity. */
fm_status fm_linalg_run_cond(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, 0);
    const fm_value given = fm_arg(p, 1);
    const fm_norm_order order = fm_linalg_order(&given);
    static const int64_t last_two[] = {-2, -1};
    const fm_tensor *nan = FM_DO(p, "isnan", V_T(x));
    const fm_tensor *has_nan = FM_DO(p, "any", V_T(nan), V_INTS(last_two, 2));
    const fm_tensor *cond = by_values(&order)
                                ? ratio_of_values(p, x, !order.none && order.number == -2, has_nan)
                                : product_of_norms(p, x, &order);
    if (p->status != FM_OK) return p->status;
    const fm_tensor *lost = FM_DO(p, "isnan", V_T(cond));
    const fm_tensor *clean = FM_DO(p, "logical_not", V_T(has_nan));
    const fm_tensor *infinite = FM_DO(p, "logical_and", V_T(lost), V_T(clean));
    const fm_tensor *result = FM_DO(p, "where", V_T(infinite), V_F((double)INFINITY), V_T(cond));
    if (p->status == FM_OK)
        fm_program_return(p, 0, fm_program_cast(p, result, cond->layout->dtype));
    return p->status;
}

fm_status fm_linalg_infer_matrix_rank(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    if (!fm_arg_absent(&bound->values[1]) && !fm_arg_absent(&bound->values[3]))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 4,
                          "rtol and tol are both given");
    r->compute = r->in[0]->dtype;
    if (r->in[0]->ndim < 2) return FM_OK;
    if (fm_arg_int(&bound->values[2], 0)) FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = fm_linalg_result(r->compute);
    return FM_OK;
}

fm_status fm_linalg_cost_of_matrix_rank(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                        fm_error *error) {
    if (r->in[0]->ndim < 2)
        return fm_cost_close(
            bound, r, work,
            fm_cost_units(work, fm_row_cost_name(bound->row), (fm_u128)r->in[0]->size), error);
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const fm_formula_arg args[] = {{.integer = a.m}, {.integer = a.n}};
    return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
}

/* The bound below which a singular value counts as 0, one a matrix with a last axis of 1. */
static const fm_tensor *rank_tolerance(fm_program *p, const fm_tensor *s, int64_t longest) {
    const fm_value tol = fm_arg(p, 1), rtol = fm_arg(p, 3);
    if (!fm_arg_absent(&tol)) {
        const fm_tensor *given = fm_program_tensor(p, 1);
        return FM_DO(p, "expand_dims", V_T(given), V_I(-1));
    }
    const fm_tensor *largest = FM_DO(p, "max", V_T(s), V_I(-1), V_B(true));
    if (p->status != FM_OK) return NULL;
    if (fm_arg_absent(&rtol)) {
        const double eps = s->layout->dtype == FM_FLOAT32 ? FLT_EPSILON : DBL_EPSILON;
        return FM_DO(p, "multiply", V_T(largest), V_F((double)longest * eps));
    }
    const fm_tensor *given = fm_program_tensor(p, 3);
    const fm_tensor *column = FM_DO(p, "expand_dims", V_T(given), V_I(-1));
    return FM_DO(p, "multiply", V_T(largest), V_T(column));
}

fm_status fm_linalg_run_matrix_rank(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_value hermitian = fm_arg(p, 2);
    if (p->status != FM_OK) return p->status;
    if (a->layout->ndim < 2) {
        const fm_tensor *any = FM_DO(p, "any", V_T(a));
        fm_program_reply(p, V_I(fm_program_int(p, any)));
        return p->status;
    }
    fm_matrices size = fm_linalg_matrices(a->layout);
    if (size.k == 0 || a->layout->size == 0) {
        const fm_tensor *none =
            FM_DO(p, "zeros", V_INTS(fm_layout_shape(a->layout), size.leading), V_D(FM_INT64));
        fm_program_reply(p, V_T(none));
        return p->status;
    }
    const fm_tensor *s =
        fm_linalg_svd_of(p, a, FM_VECTORS_NONE, fm_arg_int(&hermitian, 0) != 0, -1).s;
    const fm_tensor *tol = rank_tolerance(p, s, size.m > size.n ? size.m : size.n);
    const fm_tensor *large = FM_DO(p, "greater", V_T(s), V_T(tol));
    fm_program_reply(p, V_T(FM_DO(p, "sum", V_T(large), V_I(-1))));
    return p->status;
}
