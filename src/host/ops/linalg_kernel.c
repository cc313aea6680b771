/* Infer of the kernels of linear algebra: their outputs and parameters from the operands. */
#include "ops/linalg.h"

#include <string.h>

static bool is_complex(fm_dtype dtype) {
    return fm_dtype_kind(dtype) == 'c';
}

/* Computes in double precision. */
static void open_kernel(fm_resolved *r) {
    bool complex = false;
    for (int i = 0; i < r->nin; i++) complex |= is_complex(r->in[i]->dtype);
    r->compute = complex ? FM_COMPLEX128 : FM_FLOAT64;
    r->params.linalg = (fm_linalg_params){0};
}

fm_status fm_linalg_infer_kernel_det(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    open_kernel(r);
    fm_linalg_output(r, 0, r->compute, 0, NULL);
    fm_linalg_output(r, 1, FM_FLOAT64, 0, NULL);
    return FM_OK;
}

/* info and a matrix like the operand; the second parameter, if any, is `upper`. */
fm_status fm_linalg_infer_kernel_square(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    open_kernel(r);
    if (bound->row->nparams > 1) r->params.linalg.upper = (int32_t)fm_arg_int(&bound->values[1], 0);
    fm_linalg_output(r, 0, FM_INT32, 0, NULL);
    fm_output_set(r, 1, r->compute, r->in[0]->ndim, fm_layout_shape(r->in[0]));
    return FM_OK;
}

fm_status fm_linalg_infer_kernel_solve(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    open_kernel(r);
    fm_linalg_output(r, 0, FM_INT32, 0, NULL);
    fm_output_set(r, 1, r->compute, r->in[1]->ndim, fm_layout_shape(r->in[1]));
    return FM_OK;
}

fm_status fm_linalg_infer_kernel_qr(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    open_kernel(r);
    const int mode = (int)fm_arg_int(&bound->values[1], FM_QR_REDUCED);
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    int64_t columns = mode == FM_QR_COMPLETE && a.m > a.n ? a.m : a.k;
    r->params.linalg.mode = mode;
    if (mode == FM_QR_RAW) {
        fm_linalg_output(r, 0, r->compute, 2, (const int64_t[]){a.n, a.m});
        fm_linalg_output(r, 1, r->compute, 1, &a.k);
        return FM_OK;
    }
    if (mode != FM_QR_R) fm_linalg_output(r, 0, r->compute, 2, (const int64_t[]){a.m, columns});
    fm_linalg_output(r, mode == FM_QR_R ? 0 : 1, r->compute, 2, (const int64_t[]){columns, a.n});
    return FM_OK;
}

/* _eigh(a, vectors, upper) and _eig(a, vectors) */
fm_status fm_linalg_infer_kernel_eigen(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    open_kernel(r);
    const bool hermitian = bound->row->nparams > 2;
    const int64_t n = fm_linalg_matrices(r->in[0]).n;
    r->params.linalg.vectors = (int32_t)fm_arg_int(&bound->values[1], 0);
    if (hermitian) r->params.linalg.upper = (int32_t)fm_arg_int(&bound->values[2], 0);
    fm_linalg_output(r, 0, FM_INT32, 0, NULL);
    fm_linalg_output(r, 1, hermitian ? FM_FLOAT64 : FM_COMPLEX128, 1, &n);
    if (r->params.linalg.vectors)
        fm_linalg_output(r, 2, hermitian ? r->compute : FM_COMPLEX128, 2, (const int64_t[]){n, n});
    return FM_OK;
}

fm_status fm_linalg_infer_kernel_svd(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    open_kernel(r);
    const int vectors = (int)fm_arg_int(&bound->values[1], FM_VECTORS_FULL);
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const bool full = vectors == FM_VECTORS_FULL;
    r->params.linalg.vectors = vectors;
    fm_linalg_output(r, 0, FM_INT32, 0, NULL);
    fm_linalg_output(r, 1, FM_FLOAT64, 1, &a.k);
    if (vectors == FM_VECTORS_NONE) return FM_OK;
    fm_linalg_output(r, 2, r->compute, 2, (const int64_t[]){a.m, full ? a.m : a.k});
    fm_linalg_output(r, 3, r->compute, 2, (const int64_t[]){full ? a.n : a.k, a.n});
    return FM_OK;
}

fm_status fm_linalg_infer_kernel_lstsq(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    open_kernel(r);
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const int64_t sides = fm_layout_shape(r->in[1])[1];
    r->nscalars = 1;
    r->scalar_param[0] = 2;
    fm_output_set(r, 0, FM_INT32, 0, NULL);
    fm_output_set(r, 1, r->compute, 2, (const int64_t[]){a.n, sides});
    fm_output_set(r, 2, FM_FLOAT64, 1, &sides);
    fm_output_set(r, 3, FM_INT32, 0, NULL);
    fm_output_set(r, 4, FM_FLOAT64, 1, &a.k);
    return FM_OK;
}
