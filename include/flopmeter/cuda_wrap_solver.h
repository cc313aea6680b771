/* cuSOLVER with the caller's handle, charged (cuda_wrap.h). A factorisation costs what the cost
   formula of its name says: cholesky, qr, svd, eigh; an LU one that of solve without right-hand
   sides. Both triangles of a solve are a product of (n, n) by (n, nrhs). */
#ifndef FLOPMETER_CUDA_WRAP_SOLVER_H
#define FLOPMETER_CUDA_WRAP_SOLVER_H

#include <cusolverDn.h>
#include <flopmeter/cuda_wrap_blas.h>

static inline fm_status fm_cusolver_charge(fm_context *ctx, const char *op, const char *formula,
                                           cudaDataType type, int64_t first, int64_t second,
                                           int count, fm_charge_id *id) {
    const int64_t arguments[2] = {first, second};
    fm_job job;
    fm_status status = fm_job_formula(ctx, fm_cuda_dtype(type), formula, 1, arguments, count, &job);
    if (status != FM_OK) return status;
    job.op = op;
    return fm_charge_job(ctx, &job, id);
}

static inline fm_status fm_cusolverDnXpotrf(fm_context *ctx, cusolverDnHandle_t handle,
                                            cusolverDnParams_t params, cublasFillMode_t uplo,
                                            int64_t n, cudaDataType dataTypeA, void *A, int64_t lda,
                                            cudaDataType computeType, void *bufferOnDevice,
                                            size_t workspaceInBytesOnDevice, void *bufferOnHost,
                                            size_t workspaceInBytesOnHost, int *info) {
    fm_charge_id id;
    fm_status status = fm_cusolver_charge(ctx, "potrf", "cholesky", dataTypeA, n, 0, 1, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cusolverDnXpotrf",
                          (int)cusolverDnXpotrf(handle, params, uplo, n, dataTypeA, A, lda,
                                                computeType, bufferOnDevice,
                                                workspaceInBytesOnDevice, bufferOnHost,
                                                workspaceInBytesOnHost, info));
}

static inline fm_status fm_cusolverDnXgeqrf(fm_context *ctx, cusolverDnHandle_t handle,
                                            cusolverDnParams_t params, int64_t m, int64_t n,
                                            cudaDataType dataTypeA, void *A, int64_t lda,
                                            cudaDataType dataTypeTau, void *tau,
                                            cudaDataType computeType, void *bufferOnDevice,
                                            size_t workspaceInBytesOnDevice, void *bufferOnHost,
                                            size_t workspaceInBytesOnHost, int *info) {
    fm_charge_id id;
    fm_status status = fm_cusolver_charge(ctx, "geqrf", "qr", dataTypeA, m, n, 2, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cusolverDnXgeqrf",
                          (int)cusolverDnXgeqrf(handle, params, m, n, dataTypeA, A, lda,
                                                dataTypeTau, tau, computeType, bufferOnDevice,
                                                workspaceInBytesOnDevice, bufferOnHost,
                                                workspaceInBytesOnHost, info));
}

static inline fm_status fm_cusolverDnXgetrf(fm_context *ctx, cusolverDnHandle_t handle,
                                            cusolverDnParams_t params, int64_t m, int64_t n,
                                            cudaDataType dataTypeA, void *A, int64_t lda,
                                            int64_t *ipiv, cudaDataType computeType,
                                            void *bufferOnDevice, size_t workspaceInBytesOnDevice,
                                            void *bufferOnHost, size_t workspaceInBytesOnHost,
                                            int *info) {
    fm_charge_id id;
    int64_t order = m < n ? m : n;
    fm_status status = fm_cusolver_charge(ctx, "getrf", "solve", dataTypeA, order, 0, 2, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cusolverDnXgetrf",
                          (int)cusolverDnXgetrf(handle, params, m, n, dataTypeA, A, lda, ipiv,
                                                computeType, bufferOnDevice,
                                                workspaceInBytesOnDevice, bufferOnHost,
                                                workspaceInBytesOnHost, info));
}

static inline fm_status fm_cusolverDnXgetrs(fm_context *ctx, cusolverDnHandle_t handle,
                                            cusolverDnParams_t params, cublasOperation_t trans,
                                            int64_t n, int64_t nrhs, cudaDataType dataTypeA,
                                            const void *A, int64_t lda, const int64_t *ipiv,
                                            cudaDataType dataTypeB, void *B, int64_t ldb,
                                            int *info) {
    fm_charge_id id;
    fm_job job;
    fm_status status = fm_job_matmul(ctx, fm_cuda_dtype(dataTypeA), 1, n, nrhs, n, &job);
    if (status != FM_OK) return status;
    job.op = "getrs";
    status = fm_charge_job(ctx, &job, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cusolverDnXgetrs",
                          (int)cusolverDnXgetrs(handle, params, trans, n, nrhs, dataTypeA, A, lda,
                                                ipiv, dataTypeB, B, ldb, info));
}

static inline fm_status
fm_cusolverDnXsyevd(fm_context *ctx, cusolverDnHandle_t handle, cusolverDnParams_t params,
                    cusolverEigMode_t jobz, cublasFillMode_t uplo, int64_t n,
                    cudaDataType dataTypeA, void *A, int64_t lda, cudaDataType dataTypeW, void *W,
                    cudaDataType computeType, void *bufferOnDevice, size_t workspaceInBytesOnDevice,
                    void *bufferOnHost, size_t workspaceInBytesOnHost, int *info) {
    fm_charge_id id;
    fm_status status = fm_cusolver_charge(ctx, "syevd", "eigh", dataTypeA, n, 0, 1, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cusolverDnXsyevd",
                          (int)cusolverDnXsyevd(handle, params, jobz, uplo, n, dataTypeA, A, lda,
                                                dataTypeW, W, computeType, bufferOnDevice,
                                                workspaceInBytesOnDevice, bufferOnHost,
                                                workspaceInBytesOnHost, info));
}

static inline fm_status fm_cusolverDnXgesvd(
    fm_context *ctx, cusolverDnHandle_t handle, cusolverDnParams_t params, signed char jobu,
    signed char jobvt, int64_t m, int64_t n, cudaDataType dataTypeA, void *A, int64_t lda,
    cudaDataType dataTypeS, void *S, cudaDataType dataTypeU, void *U, int64_t ldu,
    cudaDataType dataTypeVT, void *VT, int64_t ldvt, cudaDataType computeType, void *bufferOnDevice,
    size_t workspaceInBytesOnDevice, void *bufferOnHost, size_t workspaceInBytesOnHost, int *info) {
    fm_charge_id id;
    fm_status status = fm_cusolver_charge(ctx, "gesvd", "svd", dataTypeA, m, n, 2, &id);
    if (status != FM_OK) return status;
    return fm_cuda_settle(ctx, id, "cusolverDnXgesvd",
                          (int)cusolverDnXgesvd(handle, params, jobu, jobvt, m, n, dataTypeA, A,
                                                lda, dataTypeS, S, dataTypeU, U, ldu, dataTypeVT,
                                                VT, ldvt, computeType, bufferOnDevice,
                                                workspaceInBytesOnDevice, bufferOnHost,
                                                workspaceInBytesOnHost, info));
}

#endif
