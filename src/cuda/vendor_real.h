/* The two halves of the real vendor table, which vendor_real.c joins. */
#ifndef FM_CUDA_VENDOR_REAL_H
#define FM_CUDA_VENDOR_REAL_H

#include "vendor.h"

/* The cuBLAS and cuBLASLt calls, in the table's order from blas_create on. */
cu_error real_blas_create(cu_blas *blas);
cu_error real_blas_destroy(cu_blas blas);
cu_error real_blas_version(cu_blas blas, int *version);
cu_error real_blas_stream(cu_blas blas, cu_stream stream);
cu_error real_blas_workspace(cu_blas blas, void *workspace, size_t bytes);
cu_error real_blas_math(cu_blas blas, int mode);
cu_error real_blas_pointer_mode(cu_blas blas, int mode);
cu_error real_gemm(cu_blas blas, const cu_gemm *gemm);
cu_error real_syrk(cu_blas blas, const cu_syrk *syrk);
cu_error real_dot(cu_blas blas, int64_t n, const void *x, int64_t incx, const void *y, int64_t incy,
                  void *result, int type, int execution_type);
cu_error real_lt_create(cu_lt *lt);
cu_error real_lt_destroy(cu_lt lt);
cu_error real_lt_desc_create(cu_lt_desc *desc, int compute, int scale_type);
cu_error real_lt_desc_destroy(cu_lt_desc desc);
cu_error real_lt_desc_set(cu_lt_desc desc, int attribute, const void *value, size_t bytes);
cu_error real_lt_layout_create(cu_lt_layout *layout, int type, uint64_t rows, uint64_t cols,
                               int64_t ld);
cu_error real_lt_layout_destroy(cu_lt_layout layout);
cu_error real_lt_layout_set(cu_lt_layout layout, int attribute, const void *value, size_t bytes);
cu_error real_lt_pref_create(cu_lt_pref *pref);
cu_error real_lt_pref_destroy(cu_lt_pref pref);
cu_error real_lt_pref_set(cu_lt_pref pref, int attribute, const void *value, size_t bytes);
cu_error real_lt_heuristic(cu_lt lt, cu_lt_desc desc, cu_lt_layout a, cu_lt_layout b,
                           cu_lt_layout c, cu_lt_layout d, cu_lt_pref pref, int wanted,
                           cu_lt_algo *algos, int *found);
cu_error real_lt_matmul(cu_lt lt, cu_lt_desc desc, const void *alpha, const void *a,
                        cu_lt_layout layout_a, const void *b, cu_lt_layout layout_b,
                        const void *beta, const void *c, cu_lt_layout layout_c, void *d,
                        cu_lt_layout layout_d, const cu_lt_algo *algo, void *workspace,
                        size_t workspace_bytes, cu_stream stream);
/* cuSOLVER */
cu_error real_solver_create(cu_solver *solver);
cu_error real_solver_destroy(cu_solver solver);
cu_error real_solver_stream(cu_solver solver, cu_stream stream);
cu_error real_solver_size(cu_solver solver, cu_solver_call *call);
cu_error real_solver_run(cu_solver solver, const cu_solver_call *call);
const char *real_solver_error_name(cu_error error);
const char *real_solver_error_text(cu_error error);

/* cuFFT */
cu_error real_fft_create(cu_fft *plan);
cu_error real_fft_destroy(cu_fft plan);
cu_error real_fft_plan(cu_fft plan, const cu_fft_shape *shape, size_t *work_bytes);
cu_error real_fft_area(cu_fft plan, void *work);
cu_error real_fft_stream(cu_fft plan, cu_stream stream);
cu_error real_fft_run(cu_fft plan, int type, void *in, void *out, int direction);
const char *real_fft_error_name(cu_error error);

const char *real_blas_error_name(cu_error error);
const char *real_blas_error_text(cu_error error);

#endif
