/* Eigenvalues and eigenvectors. */
#include "ops/linalg.h"

static const char not_converged[] = "the eigenvalues did not converge";

static fm_status infer_eigen(const fm_bound *bound, fm_resolved *r, bool vectors, fm_error *error) {
    FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    const int64_t n = fm_linalg_matrices(r->in[0]).n;
    r->compute = fm_linalg_result(r->in[0]->dtype);
    /* Values of a real matrix tell whether the results are real. */
    const bool known = fm_dtype_kind(r->compute) == 'c';
    if (known)
        fm_linalg_output(r, 0, r->compute, 1, &n);
    else
        fm_output_unknown(r, 0, FM_DTYPE_NONE);
    if (vectors && known)
        fm_linalg_output(r, 1, r->compute, 2, (const int64_t[]){n, n});
    else if (vectors)
        fm_output_unknown(r, 1, FM_DTYPE_NONE);
    return FM_OK;
}

fm_status fm_linalg_infer_eig(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_eigen(bound, r, true, error);
}

fm_status fm_linalg_infer_eigvals(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_eigen(bound, r, false, error);
}

static bool all_finite(fm_program *p, const fm_tensor *a) {
    char kind = p->status == FM_OK ? fm_dtype_kind(a->layout->dtype) : 'i';
    if (kind != 'f' && kind != 'c') return true;
    const fm_tensor *finite = FM_DO(p, "isfinite", V_T(a));
    return fm_program_int(p, FM_DO(p, "all", V_T(finite))) != 0;
}

/* Real where the matrix is and no eigenvalue of the stack is not. */
static fm_status run_eigen(fm_program *p, int vectors) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_tensor *out[3];
    if (!all_finite(p, a))
        fm_program_fail(p, FM_ERR_NUMERIC, 1, "the matrix has elements that are not finite");
    FM_DO_ALL(p, "_eig", out, vectors ? 3 : 2, V_T(a), V_I(vectors));
    const int worst = fm_linalg_worst(p, out[0]);
    if (worst > 0) fm_program_fail(p, FM_ERR_NUMERIC, 0, not_converged);
    for (int o = 0; o <= vectors && p->status == FM_OK; o++) {
        fm_dtype result = fm_linalg_result(a->layout->dtype);
        const fm_tensor *x = out[o + 1];
        const bool complex = fm_dtype_kind(result) == 'c';
        if (!complex && worst == 0) x = FM_DO(p, "real", V_T(x));
        if (!complex && worst < 0) result = result == FM_FLOAT32 ? FM_COMPLEX64 : FM_COMPLEX128;
        fm_program_return(p, o, fm_program_cast(p, x, result));
    }
    return p->status;
}

fm_status fm_linalg_run_eig(fm_program *p) {
    return run_eigen(p, 1);
}

fm_status fm_linalg_run_eigvals(fm_program *p) {
    return run_eigen(p, 0);
}

static bool is_triangle(const char *text) {
    return (text[0] == 'L' || text[0] == 'l' || text[0] == 'U' || text[0] == 'u') && !text[1];
}

static bool is_upper(const fm_value *value) {
    return value->as.string[0] == 'U' || value->as.string[0] == 'u';
}

fm_status fm_linalg_infer_eigvalsh(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    if (!is_triangle(bound->values[1].as.string))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                          "UPLO '%.40s', but it is L or U", bound->values[1].as.string);
    FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    const int64_t n = fm_linalg_matrices(r->in[0]).n;
    r->compute = fm_linalg_result(r->in[0]->dtype);
    fm_linalg_output(r, 0, fm_linalg_real(r->compute), 1, &n);
    return FM_OK;
}

fm_status fm_linalg_infer_eigh(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_infer_eigvalsh(bound, r, error));
    fm_output_set(r, 1, r->compute, r->in[0]->ndim, fm_layout_shape(r->in[0]));
    return FM_OK;
}

static fm_status run_hermitian(fm_program *p, int vectors) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_value triangle = fm_arg(p, 1);
    fm_tensor *out[3];
    FM_DO_ALL(p, "_eigh", out, vectors ? 3 : 2, V_T(a), V_I(vectors), V_I(is_upper(&triangle)));
    fm_linalg_check(p, out[0], not_converged);
    if (p->status != FM_OK) return p->status;
    fm_dtype result = fm_linalg_result(a->layout->dtype);
    fm_program_return(p, 0, fm_program_cast(p, out[1], fm_linalg_real(result)));
    if (vectors) fm_program_return(p, 1, fm_program_cast(p, out[2], result));
    return p->status;
}

fm_status fm_linalg_run_eigh(fm_program *p) {
    return run_hermitian(p, 1);
}

fm_status fm_linalg_run_eigvalsh(fm_program *p) {
    return run_hermitian(p, 0);
}
