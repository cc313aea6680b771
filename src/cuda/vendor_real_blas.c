/* The real vendor table's cuBLAS and cuBLASLt half. */
#include "vendor_real.h"

#include <cublasLt.h>
#include <cublas_v2.h>
#include <string.h>

#define SAME(ours, theirs) _Static_assert((int)(ours) == (int)(theirs), #ours)
SAME(CU_BLAS_NOT_INITIALIZED, CU_BLAS_ERROR + CUBLAS_STATUS_NOT_INITIALIZED);
SAME(CU_BLAS_ALLOC_FAILED, CU_BLAS_ERROR + CUBLAS_STATUS_ALLOC_FAILED);
SAME(CU_BLAS_INVALID_VALUE, CU_BLAS_ERROR + CUBLAS_STATUS_INVALID_VALUE);
SAME(CU_BLAS_EXECUTION_FAILED, CU_BLAS_ERROR + CUBLAS_STATUS_EXECUTION_FAILED);
SAME(CU_BLAS_NOT_SUPPORTED, CU_BLAS_ERROR + CUBLAS_STATUS_NOT_SUPPORTED);
SAME(CU_R_32F, CUDA_R_32F);
SAME(CU_R_64F, CUDA_R_64F);
SAME(CU_R_16F, CUDA_R_16F);
SAME(CU_R_8I, CUDA_R_8I);
SAME(CU_C_32F, CUDA_C_32F);
SAME(CU_C_64F, CUDA_C_64F);
SAME(CU_R_32I, CUDA_R_32I);
SAME(CU_R_16BF, CUDA_R_16BF);
SAME(CU_COMPUTE_32F, CUBLAS_COMPUTE_32F);
SAME(CU_COMPUTE_64F, CUBLAS_COMPUTE_64F);
SAME(CU_COMPUTE_32I, CUBLAS_COMPUTE_32I);
SAME(CU_COMPUTE_32F_FAST_16F, CUBLAS_COMPUTE_32F_FAST_16F);
SAME(CU_COMPUTE_32F_FAST_16BF, CUBLAS_COMPUTE_32F_FAST_16BF);
SAME(CU_COMPUTE_32F_FAST_TF32, CUBLAS_COMPUTE_32F_FAST_TF32);
SAME(CU_OP_N, CUBLAS_OP_N);
SAME(CU_OP_T, CUBLAS_OP_T);
SAME(CU_OP_C, CUBLAS_OP_C);
SAME(CU_FILL_LOWER, CUBLAS_FILL_MODE_LOWER);
SAME(CU_FILL_UPPER, CUBLAS_FILL_MODE_UPPER);
SAME(CU_POINTER_HOST, CUBLAS_POINTER_MODE_HOST);
SAME(CU_POINTER_DEVICE, CUBLAS_POINTER_MODE_DEVICE);
SAME(CU_POINTER_HOST, CUBLASLT_POINTER_MODE_HOST);
SAME(CU_POINTER_DEVICE, CUBLASLT_POINTER_MODE_DEVICE);
SAME(CU_MATH_DEFAULT, CUBLAS_DEFAULT_MATH);
SAME(CU_MATH_PEDANTIC, CUBLAS_PEDANTIC_MATH);
SAME(CU_MATH_TF32, CUBLAS_TF32_TENSOR_OP_MATH);
SAME(CU_MATH_NO_REDUCED_SUMS, CUBLAS_MATH_DISALLOW_REDUCED_PRECISION_REDUCTION);
SAME(CU_LT_COMPUTE_TYPE, CUBLASLT_MATMUL_DESC_COMPUTE_TYPE);
SAME(CU_LT_SCALE_TYPE, CUBLASLT_MATMUL_DESC_SCALE_TYPE);
SAME(CU_LT_POINTER_MODE, CUBLASLT_MATMUL_DESC_POINTER_MODE);
SAME(CU_LT_TRANSA, CUBLASLT_MATMUL_DESC_TRANSA);
SAME(CU_LT_TRANSB, CUBLASLT_MATMUL_DESC_TRANSB);
SAME(CU_LT_EPILOGUE, CUBLASLT_MATMUL_DESC_EPILOGUE);
SAME(CU_LT_BIAS_POINTER, CUBLASLT_MATMUL_DESC_BIAS_POINTER);
SAME(CU_LT_BIAS_STRIDE, CUBLASLT_MATMUL_DESC_BIAS_BATCH_STRIDE);
SAME(CU_LT_AUX_POINTER, CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER);
SAME(CU_LT_AUX_LD, CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD);
SAME(CU_LT_AUX_STRIDE, CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_BATCH_STRIDE);
SAME(CU_LT_BIAS_TYPE, CUBLASLT_MATMUL_DESC_BIAS_DATA_TYPE);
SAME(CU_LAYOUT_TYPE, CUBLASLT_MATRIX_LAYOUT_TYPE);
SAME(CU_LAYOUT_ORDER, CUBLASLT_MATRIX_LAYOUT_ORDER);
SAME(CU_LAYOUT_ROWS, CUBLASLT_MATRIX_LAYOUT_ROWS);
SAME(CU_LAYOUT_COLS, CUBLASLT_MATRIX_LAYOUT_COLS);
SAME(CU_LAYOUT_LD, CUBLASLT_MATRIX_LAYOUT_LD);
SAME(CU_LAYOUT_BATCH_COUNT, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT);
SAME(CU_LAYOUT_BATCH_STRIDE, CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET);
SAME(CU_ORDER_COL, CUBLASLT_ORDER_COL);
SAME(CU_ORDER_ROW, CUBLASLT_ORDER_ROW);
SAME(CU_PREF_WORKSPACE_BYTES, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES);
SAME(CU_PREF_REDUCTION_MASK, CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK);
SAME(CU_PREF_ALIGN_A, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES);
SAME(CU_PREF_ALIGN_B, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES);
SAME(CU_PREF_ALIGN_C, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES);
SAME(CU_PREF_ALIGN_D, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES);
SAME(CU_REDUCTION_COMPUTE_TYPE, CUBLASLT_REDUCTION_SCHEME_COMPUTE_TYPE);
SAME(CU_EPILOGUE_DEFAULT, CUBLASLT_EPILOGUE_DEFAULT);
SAME(CU_EPILOGUE_RELU, CUBLASLT_EPILOGUE_RELU);
SAME(CU_EPILOGUE_BIAS, CUBLASLT_EPILOGUE_BIAS);
SAME(CU_EPILOGUE_RELU_BIAS, CUBLASLT_EPILOGUE_RELU_BIAS);
SAME(CU_EPILOGUE_RELU_AUX, CUBLASLT_EPILOGUE_RELU_AUX);
SAME(CU_EPILOGUE_RELU_AUX_BIAS, CUBLASLT_EPILOGUE_RELU_AUX_BIAS);
SAME(CU_EPILOGUE_DRELU, CUBLASLT_EPILOGUE_DRELU);
SAME(CU_EPILOGUE_DRELU_BGRAD, CUBLASLT_EPILOGUE_DRELU_BGRAD);
SAME(CU_EPILOGUE_BGRADA, CUBLASLT_EPILOGUE_BGRADA);
SAME(CU_EPILOGUE_BGRADB, CUBLASLT_EPILOGUE_BGRADB);
SAME(sizeof(((cu_lt_algo *)0)->algo), sizeof(cublasLtMatmulAlgo_t));

#define BLAS(b)   ((cublasHandle_t)(void *)(b))
#define LT(l)     ((cublasLtHandle_t)(void *)(l))
#define DESC(d)   ((cublasLtMatmulDesc_t)(void *)(d))
#define LAYOUT(l) ((cublasLtMatrixLayout_t)(void *)(l))
#define PREF(p)   ((cublasLtMatmulPreference_t)(void *)(p))
#define STREAM(s) ((cudaStream_t)(void *)(s))
#define TYPE(t)   ((cudaDataType_t)(t))

static cu_error from(cublasStatus_t status) {
    return status == CUBLAS_STATUS_SUCCESS ? CU_SUCCESS : CU_BLAS_ERROR + (cu_error)status;
}

const char *real_blas_error_name(cu_error error) {
    return cublasGetStatusName((cublasStatus_t)(error - CU_BLAS_ERROR));
}

const char *real_blas_error_text(cu_error error) {
    return cublasGetStatusString((cublasStatus_t)(error - CU_BLAS_ERROR));
}

cu_error real_blas_create(cu_blas *blas) {
    cublasHandle_t made = NULL;
    cublasStatus_t status = cublasCreate(&made);
    if (status == CUBLAS_STATUS_SUCCESS) *blas = (cu_blas)(void *)made;
    return from(status);
}

cu_error real_blas_destroy(cu_blas blas) {
    return from(cublasDestroy(BLAS(blas)));
}

cu_error real_blas_version(cu_blas blas, int *version) {
    return from(cublasGetVersion(BLAS(blas), version));
}

cu_error real_blas_stream(cu_blas blas, cu_stream stream) {
    return from(cublasSetStream(BLAS(blas), STREAM(stream)));
}

cu_error real_blas_workspace(cu_blas blas, void *workspace, size_t bytes) {
    return from(cublasSetWorkspace(BLAS(blas), workspace, bytes));
}

cu_error real_blas_math(cu_blas blas, int mode) {
    return from(cublasSetMathMode(BLAS(blas), (cublasMath_t)mode));
}

cu_error real_blas_pointer_mode(cu_blas blas, int mode) {
    return from(cublasSetPointerMode(BLAS(blas), (cublasPointerMode_t)mode));
}

cu_error real_gemm(cu_blas blas, const cu_gemm *g) {
    const cublasOperation_t op_a = (cublasOperation_t)g->op_a, op_b = (cublasOperation_t)g->op_b;
    const cublasComputeType_t compute = (cublasComputeType_t)g->compute;
    if (g->batch == 1)
        return from(cublasGemmEx_64(BLAS(blas), op_a, op_b, g->m, g->n, g->k, g->alpha, g->a,
                                    TYPE(g->type_a), g->lda, g->b, TYPE(g->type_b), g->ldb, g->beta,
                                    g->c, TYPE(g->type_c), g->ldc, compute, CUBLAS_GEMM_DEFAULT));
    return from(cublasGemmStridedBatchedEx_64(
        BLAS(blas), op_a, op_b, g->m, g->n, g->k, g->alpha, g->a, TYPE(g->type_a), g->lda,
        g->stride_a, g->b, TYPE(g->type_b), g->ldb, g->stride_b, g->beta, g->c, TYPE(g->type_c),
        g->ldc, g->stride_c, g->batch, compute, CUBLAS_GEMM_DEFAULT));
}

#define SYRK(letter)                                                                               \
    from(cublas##letter##syrk_64(BLAS(blas), fill, op, s->n, s->k, s->alpha, s->a, s->lda,         \
                                 s->beta, s->c, s->ldc))
cu_error real_syrk(cu_blas blas, const cu_syrk *s) {
    const cublasFillMode_t fill = (cublasFillMode_t)s->fill;
    const cublasOperation_t op = (cublasOperation_t)s->op;
    switch (s->type) {
    case CU_R_32F:
        return SYRK(S);
    case CU_R_64F:
        return SYRK(D);
    case CU_C_32F:
        return SYRK(C);
    default:
        return SYRK(Z);
    }
}
#undef SYRK

cu_error real_dot(cu_blas blas, int64_t n, const void *x, int64_t incx, const void *y, int64_t incy,
                  void *result, int type, int execution_type) {
    return from(cublasDotEx_64(BLAS(blas), n, x, TYPE(type), incx, y, TYPE(type), incy, result,
                               TYPE(type), TYPE(execution_type)));
}

cu_error real_lt_create(cu_lt *lt) {
    cublasLtHandle_t made = NULL;
    cublasStatus_t status = cublasLtCreate(&made);
    if (status == CUBLAS_STATUS_SUCCESS) *lt = (cu_lt)(void *)made;
    return from(status);
}

cu_error real_lt_destroy(cu_lt lt) {
    return from(cublasLtDestroy(LT(lt)));
}

cu_error real_lt_desc_create(cu_lt_desc *desc, int compute, int scale_type) {
    cublasLtMatmulDesc_t made = NULL;
    cublasStatus_t status =
        cublasLtMatmulDescCreate(&made, (cublasComputeType_t)compute, TYPE(scale_type));
    if (status == CUBLAS_STATUS_SUCCESS) *desc = (cu_lt_desc)(void *)made;
    return from(status);
}

cu_error real_lt_desc_destroy(cu_lt_desc desc) {
    return from(cublasLtMatmulDescDestroy(DESC(desc)));
}

cu_error real_lt_desc_set(cu_lt_desc desc, int attribute, const void *value, size_t bytes) {
    return from(cublasLtMatmulDescSetAttribute(
        DESC(desc), (cublasLtMatmulDescAttributes_t)attribute, value, bytes));
}

cu_error real_lt_layout_create(cu_lt_layout *layout, int type, uint64_t rows, uint64_t cols,
                               int64_t ld) {
    cublasLtMatrixLayout_t made = NULL;
    cublasStatus_t status = cublasLtMatrixLayoutCreate(&made, TYPE(type), rows, cols, ld);
    if (status == CUBLAS_STATUS_SUCCESS) *layout = (cu_lt_layout)(void *)made;
    return from(status);
}

cu_error real_lt_layout_destroy(cu_lt_layout layout) {
    return from(cublasLtMatrixLayoutDestroy(LAYOUT(layout)));
}

cu_error real_lt_layout_set(cu_lt_layout layout, int attribute, const void *value, size_t bytes) {
    return from(cublasLtMatrixLayoutSetAttribute(
        LAYOUT(layout), (cublasLtMatrixLayoutAttribute_t)attribute, value, bytes));
}

cu_error real_lt_pref_create(cu_lt_pref *pref) {
    cublasLtMatmulPreference_t made = NULL;
    cublasStatus_t status = cublasLtMatmulPreferenceCreate(&made);
    if (status == CUBLAS_STATUS_SUCCESS) *pref = (cu_lt_pref)(void *)made;
    return from(status);
}

cu_error real_lt_pref_destroy(cu_lt_pref pref) {
    return from(cublasLtMatmulPreferenceDestroy(PREF(pref)));
}

cu_error real_lt_pref_set(cu_lt_pref pref, int attribute, const void *value, size_t bytes) {
    return from(cublasLtMatmulPreferenceSetAttribute(
        PREF(pref), (cublasLtMatmulPreferenceAttributes_t)attribute, value, bytes));
}

/* cuBLASLt is asked for as many results as one buffer here holds; plans want one or a few. */
enum { REAL_LT_RESULTS = 16 };

cu_error real_lt_heuristic(cu_lt lt, cu_lt_desc desc, cu_lt_layout a, cu_lt_layout b,
                           cu_lt_layout c, cu_lt_layout d, cu_lt_pref pref, int wanted,
                           cu_lt_algo *algos, int *found) {
    cublasLtMatmulHeuristicResult_t results[REAL_LT_RESULTS];
    if (wanted > REAL_LT_RESULTS) wanted = REAL_LT_RESULTS;
    cublasStatus_t status =
        cublasLtMatmulAlgoGetHeuristic(LT(lt), DESC(desc), LAYOUT(a), LAYOUT(b), LAYOUT(c),
                                       LAYOUT(d), PREF(pref), wanted, results, found);
    if (status != CUBLAS_STATUS_SUCCESS) return from(status);
    for (int i = 0; i < *found; ++i) {
        memcpy(algos[i].algo, &results[i].algo, sizeof algos[i].algo);
        algos[i].workspace_bytes = results[i].workspaceSize;
        algos[i].state = from(results[i].state);
        algos[i].waves = results[i].wavesCount;
    }
    return CU_SUCCESS;
}

cu_error real_lt_matmul(cu_lt lt, cu_lt_desc desc, const void *alpha, const void *a,
                        cu_lt_layout layout_a, const void *b, cu_lt_layout layout_b,
                        const void *beta, const void *c, cu_lt_layout layout_c, void *d,
                        cu_lt_layout layout_d, const cu_lt_algo *algo, void *workspace,
                        size_t workspace_bytes, cu_stream stream) {
    cublasLtMatmulAlgo_t chosen;
    if (algo) memcpy(&chosen, algo->algo, sizeof chosen);
    return from(cublasLtMatmul(LT(lt), DESC(desc), alpha, a, LAYOUT(layout_a), b, LAYOUT(layout_b),
                               beta, c, LAYOUT(layout_c), d, LAYOUT(layout_d),
                               algo ? &chosen : NULL, workspace, workspace_bytes, STREAM(stream)));
}
