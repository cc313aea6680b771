/* cuBLAS with the caller's handle, charged (cuda_wrap.h). */
#ifndef FLOPMETER_CUDA_WRAP_BLAS_H
#define FLOPMETER_CUDA_WRAP_BLAS_H

#include <cublas_v2.h>
#include <flopmeter/foreign.h>

/* The dtype of NVIDIA's type; FM_DTYPE_NONE where there is none. */
static inline fm_dtype fm_cuda_dtype(cudaDataType type) {
    switch ((int)type) {
    case CUDA_R_16F:
        return FM_FLOAT16;
    case CUDA_R_16BF:
        return FM_BFLOAT16;
    case CUDA_R_32F:
        return FM_FLOAT32;
    case CUDA_R_64F:
        return FM_FLOAT64;
    case CUDA_C_32F:
        return FM_COMPLEX64;
    case CUDA_C_64F:
        return FM_COMPLEX128;
    case CUDA_R_8I:
        return FM_INT8;
    case CUDA_R_32I:
        return FM_INT32;
    default:
        return FM_DTYPE_NONE;
    }
}

/* Settles a charge by what the vendor's call returned: 0 is success everywhere. */
static inline fm_status fm_cuda_settle(fm_context *ctx, fm_charge_id id, const char *call,
                                       int status) {
    return status ? fm_settle_failed(ctx, id, call, status) : fm_settle(ctx, id, FM_RAN);
}

/* Charges batch products of (m, k) by (k, n). */
static inline fm_status fm_cuda_charge_gemm(fm_context *ctx, cudaDataType type, int64_t batch,
                                            int64_t m, int64_t n, int64_t k, fm_charge_id *id) {
    fm_job job;
    fm_status status = fm_job_matmul(ctx, fm_cuda_dtype(type), batch, m, n, k, &job);
    return status == FM_OK ? fm_charge_job(ctx, &job, id) : status;
}

static inline fm_status fm_cublasGemmEx(fm_context *ctx, cublasHandle_t handle,
                                        cublasOperation_t transa, cublasOperation_t transb, int m,
                                        int n, int k, const void *alpha, const void *A,
                                        cudaDataType Atype, int lda, const void *B,
                                        cudaDataType Btype, int ldb, const void *beta, void *C,
                                        cudaDataType Ctype, int ldc,
                                        cublasComputeType_t computeType, cublasGemmAlgo_t algo) {
    fm_charge_id id;
    fm_status status = fm_cuda_charge_gemm(ctx, Atype, 1, m, n, k, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cublasGemmEx",
                          (int)cublasGemmEx(handle, transa, transb, m, n, k, alpha, A, Atype, lda,
                                            B, Btype, ldb, beta, C, Ctype, ldc, computeType, algo));
}

static inline fm_status fm_cublasGemmStridedBatchedEx(
    fm_context *ctx, cublasHandle_t handle, cublasOperation_t transa, cublasOperation_t transb,
    int m, int n, int k, const void *alpha, const void *A, cudaDataType Atype, int lda,
    long long int strideA, const void *B, cudaDataType Btype, int ldb, long long int strideB,
    const void *beta, void *C, cudaDataType Ctype, int ldc, long long int strideC, int batchCount,
    cublasComputeType_t computeType, cublasGemmAlgo_t algo) {
    fm_charge_id id;
    fm_status status = fm_cuda_charge_gemm(ctx, Atype, batchCount, m, n, k, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cublasGemmStridedBatchedEx",
                          (int)cublasGemmStridedBatchedEx(handle, transa, transb, m, n, k, alpha, A,
                                                          Atype, lda, strideA, B, Btype, ldb,
                                                          strideB, beta, C, Ctype, ldc, strideC,
                                                          batchCount, computeType, algo));
}

static inline fm_status
fm_cublasGemmBatchedEx(fm_context *ctx, cublasHandle_t handle, cublasOperation_t transa,
                       cublasOperation_t transb, int m, int n, int k, const void *alpha,
                       const void *const Aarray[], cudaDataType Atype, int lda,
                       const void *const Barray[], cudaDataType Btype, int ldb, const void *beta,
                       void *const Carray[], cudaDataType Ctype, int ldc, int batchCount,
                       cublasComputeType_t computeType, cublasGemmAlgo_t algo) {
    fm_charge_id id;
    fm_status status = fm_cuda_charge_gemm(ctx, Atype, batchCount, m, n, k, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cublasGemmBatchedEx",
                          (int)cublasGemmBatchedEx(handle, transa, transb, m, n, k, alpha, Aarray,
                                                   Atype, lda, Barray, Btype, ldb, beta, Carray,
                                                   Ctype, ldc, batchCount, computeType, algo));
}

/* The typed products, of which there is one a letter: gemm, gemmStridedBatched and gemv. */
#define FM_CUBLAS_TYPED(letter, T, type)                                                           \
    static inline fm_status fm_cublas##letter##gemm(                                               \
        fm_context *ctx, cublasHandle_t handle, cublasOperation_t transa,                          \
        cublasOperation_t transb, int m, int n, int k, const T *alpha, const T *A, int lda,        \
        const T *B, int ldb, const T *beta, T *C, int ldc) {                                       \
        fm_charge_id id;                                                                           \
        fm_status status = fm_cuda_charge_gemm(ctx, type, 1, m, n, k, &id);                        \
        if (status != FM_OK) return status;                                                        \
        return fm_cuda_settle(ctx, id, "cublas" #letter "gemm",                                    \
                              (int)cublas##letter##gemm(handle, transa, transb, m, n, k, alpha, A, \
                                                        lda, B, ldb, beta, C, ldc));               \
    }                                                                                              \
    static inline fm_status fm_cublas##letter##gemmStridedBatched(                                 \
        fm_context *ctx, cublasHandle_t handle, cublasOperation_t transa,                          \
        cublasOperation_t transb, int m, int n, int k, const T *alpha, const T *A, int lda,        \
        long long int strideA, const T *B, int ldb, long long int strideB, const T *beta, T *C,    \
        int ldc, long long int strideC, int batchCount) {                                          \
        fm_charge_id id;                                                                           \
        fm_status status = fm_cuda_charge_gemm(ctx, type, batchCount, m, n, k, &id);               \
        if (status != FM_OK) return status;                                                        \
        return fm_cuda_settle(ctx, id, "cublas" #letter "gemmStridedBatched",                      \
                              (int)cublas##letter##gemmStridedBatched(                             \
                                  handle, transa, transb, m, n, k, alpha, A, lda, strideA, B, ldb, \
                                  strideB, beta, C, ldc, strideC, batchCount));                    \
    }                                                                                              \
    static inline fm_status fm_cublas##letter##gemv(                                               \
        fm_context *ctx, cublasHandle_t handle, cublasOperation_t trans, int m, int n,             \
        const T *alpha, const T *A, int lda, const T *x, int incx, const T *beta, T *y,            \
        int incy) {                                                                                \
        fm_charge_id id;                                                                           \
        fm_status status = fm_cuda_charge_gemm(ctx, type, 1, m, 1, n, &id);                        \
        if (status != FM_OK) return status;                                                        \
        return fm_cuda_settle(ctx, id, "cublas" #letter "gemv",                                    \
                              (int)cublas##letter##gemv(handle, trans, m, n, alpha, A, lda, x,     \
                                                        incx, beta, y, incy));                     \
    }

FM_CUBLAS_TYPED(S, float, CUDA_R_32F)
FM_CUBLAS_TYPED(D, double, CUDA_R_64F)
FM_CUBLAS_TYPED(C, cuComplex, CUDA_C_32F)
FM_CUBLAS_TYPED(Z, cuDoubleComplex, CUDA_C_64F)
#undef FM_CUBLAS_TYPED

#endif
