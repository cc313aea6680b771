/* What the rows of linear algebra share: dtypes and shapes as NumPy checks them, costs by formula,
 * failures, and singular values. */
#ifndef FM_OPS_LINALG_H
#define FM_OPS_LINALG_H

#include "cost/formulas.h"
#include "ops/args.h"
#include "ops/program.h"

/* Infer, cost and run of the operation of that name. */
#define FM_LINALG_PARTS(name_)                                                                     \
    fm_status fm_linalg_infer_##name_(const fm_bound *bound, fm_resolved *r, fm_error *error);     \
    fm_status fm_linalg_cost_of_##name_(const fm_bound *bound, const fm_resolved *r,               \
                                        fm_work *work, fm_error *error);                           \
    fm_status fm_linalg_run_##name_(fm_program *p)

/* linalg_factor.c; fm_linalg_cost_of_square serves all that costs a function of n */
FM_LINALG_PARTS(inv);
FM_LINALG_PARTS(solve);
FM_LINALG_PARTS(cholesky);
FM_LINALG_PARTS(det);
FM_LINALG_PARTS(slogdet);
FM_LINALG_PARTS(qr);
fm_status fm_linalg_cost_of_square(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                   fm_error *error);
/* linalg_eigen.c */
FM_LINALG_PARTS(eig);
FM_LINALG_PARTS(eigvals);
FM_LINALG_PARTS(eigh);
FM_LINALG_PARTS(eigvalsh);
/* linalg_svd.c, linalg_least.c */
FM_LINALG_PARTS(svd);
FM_LINALG_PARTS(svdvals);
FM_LINALG_PARTS(cond);
FM_LINALG_PARTS(matrix_rank);
FM_LINALG_PARTS(pinv);
FM_LINALG_PARTS(lstsq);
/* linalg_norm.c */
FM_LINALG_PARTS(norm);
FM_LINALG_PARTS(matrix_norm);
FM_LINALG_PARTS(vector_norm);
/* linalg_chain.c */
FM_LINALG_PARTS(matrix_power);
FM_LINALG_PARTS(multi_dot);
FM_LINALG_PARTS(tensorinv);
FM_LINALG_PARTS(tensorsolve);
/* linalg_product.c */
FM_LINALG_PARTS(trace);
FM_LINALG_PARTS(linalg_trace);
FM_LINALG_PARTS(linalg_diagonal);
FM_LINALG_PARTS(kron);
FM_LINALG_PARTS(cross);
FM_LINALG_PARTS(linalg_cross);
FM_LINALG_PARTS(vdot);

/* linalg_kernel.c: infer of the rows that are kernels. */
fm_status fm_linalg_infer_kernel_det(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_linalg_infer_kernel_square(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_linalg_infer_kernel_solve(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_linalg_infer_kernel_qr(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_linalg_infer_kernel_eigen(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_linalg_infer_kernel_svd(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_linalg_infer_kernel_lstsq(const fm_bound *bound, fm_resolved *r, fm_error *error);

/* Results are float32 or complex64 where every operand is; integers count as float64. Everything is
   computed in double precision, as by NumPy. */
fm_dtype fm_linalg_result(fm_dtype dtype);
fm_dtype fm_linalg_real(fm_dtype dtype);

/* Refuses operand i (argument i + 1) with fewer than two axes: one with none, or fewer than
   `least`, as IndexError, else as the class named. */
fm_status fm_linalg_need_matrix(const fm_bound *bound, const fm_resolved *r, int i, int least,
                                const char *exception, fm_error *error);
/* The same, and matrices that are not square. */
fm_status fm_linalg_need_square(const fm_bound *bound, const fm_resolved *r, int i,
                                fm_error *error);
/* Refuses half precision. */
fm_status fm_linalg_need_dtype(const fm_bound *bound, const fm_resolved *r, int i, fm_error *error);

/* Rows and columns of the last two axes, and the number of matrices before them. */
typedef struct fm_matrices {
    int64_t m, n, k; /* k = min(m, n) */
    int leading;     /* axes before the last two */
    fm_u128 batch;
} fm_matrices;
fm_matrices fm_linalg_matrices(const fm_layout *layout);

/* Output o: the leading axes of operand 0, then the extents given. */
void fm_linalg_output(fm_resolved *r, int o, fm_dtype dtype, int ndim, const int64_t *last);

/* The formula of that name for each of the matrices; 0 where they have no element. */
fm_status fm_linalg_cost(const fm_bound *bound, const fm_resolved *r, const char *formula,
                         const fm_formula_arg *args, fm_work *work, fm_error *error);

/* The last two axes exchanged. */
const fm_tensor *fm_linalg_turned(fm_program *p, const fm_tensor *x);
/* x[..., from:to] along an axis. */
const fm_tensor *fm_linalg_slice(fm_program *p, const fm_tensor *x, int axis, int64_t from,
                                 int64_t to);
/* The largest info of all matrices, or, where none is above 0, the smallest. */
int fm_linalg_worst(fm_program *p, const fm_tensor *info);
/* Fails with FM_ERR_NUMERIC, saying why, where a matrix has an info above 0. */
void fm_linalg_check(fm_program *p, const fm_tensor *info, const char *why);

/* The order of a norm: a number, or a text. */
typedef struct fm_norm_order {
    bool none;
    const char *text; /* NULL for a number */
    double number;
} fm_norm_order;
fm_norm_order fm_linalg_order(const fm_value *value);
/* Whether the matrix norm of that order is one of singular values. */
bool fm_linalg_by_values(const fm_norm_order *order);
/* Refuses what is no order of a matrix norm. */
fm_status fm_linalg_need_order(const fm_bound *bound, int param, const fm_norm_order *order,
                               fm_error *error);
/* The norms of the matrices in the last two axes. */
const fm_tensor *fm_linalg_matrix_norms(fm_program *p, const fm_tensor *x,
                                        const fm_norm_order *order);

/* Singular values and vectors in the result's dtype; k < 0: all. Fails where they do not converge.
 */
typedef struct fm_svd {
    const fm_tensor *u, *s, *vh; /* u and vh NULL for FM_VECTORS_NONE */
} fm_svd;
fm_svd fm_linalg_svd_of(fm_program *p, const fm_tensor *a, int vectors, bool hermitian, int64_t k);

/* linalg_truncated.c: the k largest of a large matrix by block Lanczos bidiagonalisation; false
   where that would not pay, or did not converge. */
bool fm_linalg_truncated(fm_program *p, const fm_tensor *a, int vectors, int64_t k, fm_svd *svd);

#endif
