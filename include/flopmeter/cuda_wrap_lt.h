/* cuBLASLt with the caller's handle, charged (cuda_wrap.h). */
#ifndef FLOPMETER_CUDA_WRAP_LT_H
#define FLOPMETER_CUDA_WRAP_LT_H

#include <cublasLt.h>
#include <flopmeter/cuda_wrap_blas.h>

static inline int fm_cublaslt_read(cublasLtMatrixLayout_t layout,
                                   cublasLtMatrixLayoutAttribute_t attribute, void *value,
                                   size_t bytes) {
    size_t written = 0;
    return (int)cublasLtMatrixLayoutGetAttribute(layout, attribute, value, bytes, &written);
}

/* m and n are those of D, k is the extent of A that is summed; all are read from the descriptors.
 */
static inline fm_status fm_cublaslt_job(fm_context *ctx, cublasLtMatmulDesc_t desc,
                                        cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t d,
                                        fm_job *job, int *code) {
    uint64_t m = 0, n = 0, k = 0;
    int32_t transposed = CUBLAS_OP_N, batch = 1;
    uint32_t type = CUDA_R_32F;
    size_t written = 0;
    *code = (int)cublasLtMatmulDescGetAttribute(desc, CUBLASLT_MATMUL_DESC_TRANSA, &transposed,
                                                sizeof transposed, &written);
    if (!*code) *code = fm_cublaslt_read(d, CUBLASLT_MATRIX_LAYOUT_ROWS, &m, sizeof m);
    if (!*code) *code = fm_cublaslt_read(d, CUBLASLT_MATRIX_LAYOUT_COLS, &n, sizeof n);
    if (!*code)
        *code = fm_cublaslt_read(a,
                                 transposed == CUBLAS_OP_N ? CUBLASLT_MATRIX_LAYOUT_COLS
                                                           : CUBLASLT_MATRIX_LAYOUT_ROWS,
                                 &k, sizeof k);
    if (!*code)
        *code = fm_cublaslt_read(d, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, &batch, sizeof batch);
    if (!*code) *code = fm_cublaslt_read(a, CUBLASLT_MATRIX_LAYOUT_TYPE, &type, sizeof type);
    if (*code) return FM_ERR_DEVICE;
    return fm_job_matmul(ctx, fm_cuda_dtype((cudaDataType)type), batch, (int64_t)m, (int64_t)n,
                         (int64_t)k, job);
}

/* An epilogue (bias, relu) is charged where the caller charges it: fm_job_elementwise. Where a
   descriptor cannot be read nothing is charged or called: FM_ERR_DEVICE with the vendor's status.
 */
static inline fm_status
fm_cublasLtMatmul(fm_context *ctx, cublasLtHandle_t lightHandle, cublasLtMatmulDesc_t computeDesc,
                  const void *alpha, const void *A, cublasLtMatrixLayout_t Adesc, const void *B,
                  cublasLtMatrixLayout_t Bdesc, const void *beta, const void *C,
                  cublasLtMatrixLayout_t Cdesc, void *D, cublasLtMatrixLayout_t Ddesc,
                  const cublasLtMatmulAlgo_t *algo, void *workspace, size_t workspaceSizeInBytes,
                  cudaStream_t stream) {
    fm_charge_id id = 0;
    fm_job job;
    int code;
    fm_status status = fm_cublaslt_job(ctx, computeDesc, Adesc, Ddesc, &job, &code);
    if (code) {
        status = fm_charge(ctx, "cublasLtMatmul", 0, &id);
        return status == FM_OK ? fm_settle_failed(ctx, id, "cublasLtMatmul: descriptors", code)
                               : status;
    }
    if (status == FM_OK) status = fm_charge_job(ctx, &job, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cublasLtMatmul",
                          (int)cublasLtMatmul(lightHandle, computeDesc, alpha, A, Adesc, B, Bdesc,
                                              beta, C, Cdesc, D, Ddesc, algo, workspace,
                                              workspaceSizeInBytes, stream));
}

#endif
