/* The real vendor table's cuSOLVER part. */
#include "vendor_real.h"

#include <cusolverDn.h>
#include <limits.h>
#include <stdlib.h>

struct cu_solver_s {
    cusolverDnHandle_t handle;
    cusolverDnParams_t params;
};

#define SAME(ours, theirs) _Static_assert((int)(ours) == (int)(theirs), #ours)
SAME(CU_SOLVER_NOT_INITIALIZED, CU_SOLVER_ERROR + CUSOLVER_STATUS_NOT_INITIALIZED);
SAME(CU_SOLVER_ALLOC_FAILED, CU_SOLVER_ERROR + CUSOLVER_STATUS_ALLOC_FAILED);
SAME(CU_SOLVER_INVALID_VALUE, CU_SOLVER_ERROR + CUSOLVER_STATUS_INVALID_VALUE);
SAME(CU_SOLVER_EXECUTION_FAILED, CU_SOLVER_ERROR + CUSOLVER_STATUS_EXECUTION_FAILED);

#define STREAM(s) ((cudaStream_t)(void *)(s))

static cu_error from(cusolverStatus_t status) {
    return status == CUSOLVER_STATUS_SUCCESS ? CU_SUCCESS : CU_SOLVER_ERROR + (cu_error)status;
}

const char *real_solver_error_name(cu_error error) {
    switch ((cusolverStatus_t)(error - CU_SOLVER_ERROR)) {
    case CUSOLVER_STATUS_NOT_INITIALIZED:
        return "CUSOLVER_STATUS_NOT_INITIALIZED";
    case CUSOLVER_STATUS_ALLOC_FAILED:
        return "CUSOLVER_STATUS_ALLOC_FAILED";
    case CUSOLVER_STATUS_INVALID_VALUE:
        return "CUSOLVER_STATUS_INVALID_VALUE";
    case CUSOLVER_STATUS_ARCH_MISMATCH:
        return "CUSOLVER_STATUS_ARCH_MISMATCH";
    case CUSOLVER_STATUS_EXECUTION_FAILED:
        return "CUSOLVER_STATUS_EXECUTION_FAILED";
    case CUSOLVER_STATUS_INTERNAL_ERROR:
        return "CUSOLVER_STATUS_INTERNAL_ERROR";
    case CUSOLVER_STATUS_NOT_SUPPORTED:
        return "CUSOLVER_STATUS_NOT_SUPPORTED";
    default:
        return "CUSOLVER_STATUS of another number";
    }
}

const char *real_solver_error_text(cu_error error) {
    (void)error;
    return "a failure of cuSOLVER";
}

cu_error real_solver_create(cu_solver *solver) {
    cu_solver made = calloc(1, sizeof *made);
    if (!made) return CU_SOLVER_ALLOC_FAILED;
    cusolverStatus_t status = cusolverDnCreate(&made->handle);
    if (status == CUSOLVER_STATUS_SUCCESS) status = cusolverDnCreateParams(&made->params);
    if (status == CUSOLVER_STATUS_SUCCESS)
        *solver = made;
    else
        (void)real_solver_destroy(made);
    return from(status);
}

cu_error real_solver_destroy(cu_solver solver) {
    cusolverStatus_t status = CUSOLVER_STATUS_SUCCESS;
    if (solver->params) status = cusolverDnDestroyParams(solver->params);
    if (solver->handle) {
        const cusolverStatus_t last = cusolverDnDestroy(solver->handle);
        if (last != CUSOLVER_STATUS_SUCCESS) status = last;
    }
    free(solver);
    return from(status);
}

cu_error real_solver_stream(cu_solver solver, cu_stream stream) {
    return from(cusolverDnSetStream(solver->handle, STREAM(stream)));
}

/* What the library's arguments are made of a call. */
typedef struct words {
    cusolverDnHandle_t handle;
    cusolverDnParams_t params;
    cudaDataType type, real;
    cublasFillMode_t uplo;
    cusolverEigMode_t mode;
    signed char job;
    int64_t lda, ldvt;
} words;

static int64_t lead(int64_t rows) {
    return rows > 1 ? rows : 1;
}

static words words_of(cu_solver solver, const cu_solver_call *c) {
    return (words){
        .handle = solver->handle,
        .params = solver->params,
        .type = (cudaDataType)c->type,
        .real = CUDA_R_64F,
        .uplo = c->upper ? CUBLAS_FILL_MODE_UPPER : CUBLAS_FILL_MODE_LOWER,
        .mode = c->vectors == 'N' ? CUSOLVER_EIG_MODE_NOVECTOR : CUSOLVER_EIG_MODE_VECTOR,
        .job = (signed char)c->vectors,
        .lda =
            lead(c->routine == CU_GESVD || c->routine == CU_GEQRF || c->routine == CU_ORGQR ? c->m
                                                                                            : c->n),
        .ldvt = lead(c->n)};
}

static cusolverStatus_t orgqr_size(const words *w, cu_solver_call *c) {
    int elements = 0;
    cusolverStatus_t status;
    if (c->m > INT_MAX) return CUSOLVER_STATUS_INVALID_VALUE;
    if (c->type == CU_C_64F)
        status = cusolverDnZungqr_bufferSize(w->handle, (int)c->m, (int)c->n, (int)c->k, c->a,
                                             (int)w->lda, c->w, &elements);
    else
        status = cusolverDnDorgqr_bufferSize(w->handle, (int)c->m, (int)c->n, (int)c->k, c->a,
                                             (int)w->lda, c->w, &elements);
    c->device_bytes = (size_t)elements * (c->type == CU_C_64F ? 16 : 8);
    c->host_bytes = 0;
    return status;
}

static cusolverStatus_t orgqr(const words *w, const cu_solver_call *c) {
    const int elements = (int)(c->device_bytes / (c->type == CU_C_64F ? 16 : 8));
    if (c->type == CU_C_64F)
        return cusolverDnZungqr(w->handle, (int)c->m, (int)c->n, (int)c->k, c->a, (int)w->lda, c->w,
                                c->device_work, elements, c->info);
    return cusolverDnDorgqr(w->handle, (int)c->m, (int)c->n, (int)c->k, c->a, (int)w->lda, c->w,
                            c->device_work, elements, c->info);
}

static cusolverStatus_t size_of(const words *w, cu_solver_call *c) {
    size_t *on_device = &c->device_bytes, *on_host = &c->host_bytes;
    switch (c->routine) {
    case CU_GETRF:
        return cusolverDnXgetrf_bufferSize(w->handle, w->params, c->n, c->n, w->type, c->a, w->lda,
                                           w->type, on_device, on_host);
    case CU_GETRS:
        *on_device = *on_host = 0;
        return CUSOLVER_STATUS_SUCCESS;
    case CU_POTRF:
        return cusolverDnXpotrf_bufferSize(w->handle, w->params, w->uplo, c->n, w->type, c->a,
                                           w->lda, w->type, on_device, on_host);
    case CU_GEQRF:
        return cusolverDnXgeqrf_bufferSize(w->handle, w->params, c->m, c->n, w->type, c->a, w->lda,
                                           w->type, c->w, w->type, on_device, on_host);
    case CU_ORGQR:
        return orgqr_size(w, c);
    case CU_SYEVD:
        return cusolverDnXsyevd_bufferSize(w->handle, w->params, w->mode, w->uplo, c->n, w->type,
                                           c->a, w->lda, w->real, c->w, w->type, on_device,
                                           on_host);
    case CU_GESVD:
        return cusolverDnXgesvd_bufferSize(
            w->handle, w->params, w->job, w->job, c->m, c->n, w->type, c->a, w->lda, w->real, c->w,
            w->type, c->b, w->lda, w->type, c->c, w->ldvt, w->type, on_device, on_host);
    default:
        return cusolverDnXgeev_bufferSize(w->handle, w->params, CUSOLVER_EIG_MODE_NOVECTOR, w->mode,
                                          c->n, w->type, c->a, w->lda, w->type, c->w, w->type, NULL,
                                          w->lda, w->type, c->b, w->lda, w->type, on_device,
                                          on_host);
    }
}

static cusolverStatus_t run(const words *w, const cu_solver_call *c) {
    void *space = c->device_work, *host = c->host_work;
    const size_t bytes = c->device_bytes, host_bytes = c->host_bytes;
    switch (c->routine) {
    case CU_GETRF:
        return cusolverDnXgetrf(w->handle, w->params, c->n, c->n, w->type, c->a, w->lda, c->pivots,
                                w->type, space, bytes, host, host_bytes, c->info);
    case CU_GETRS:
        return cusolverDnXgetrs(w->handle, w->params, CUBLAS_OP_N, c->n, c->k, w->type, c->a,
                                w->lda, c->pivots, w->type, c->b, w->lda, c->info);
    case CU_POTRF:
        return cusolverDnXpotrf(w->handle, w->params, w->uplo, c->n, w->type, c->a, w->lda, w->type,
                                space, bytes, host, host_bytes, c->info);
    case CU_GEQRF:
        return cusolverDnXgeqrf(w->handle, w->params, c->m, c->n, w->type, c->a, w->lda, w->type,
                                c->w, w->type, space, bytes, host, host_bytes, c->info);
    case CU_ORGQR:
        return orgqr(w, c);
    case CU_SYEVD:
        return cusolverDnXsyevd(w->handle, w->params, w->mode, w->uplo, c->n, w->type, c->a, w->lda,
                                w->real, c->w, w->type, space, bytes, host, host_bytes, c->info);
    case CU_GESVD:
        return cusolverDnXgesvd(w->handle, w->params, w->job, w->job, c->m, c->n, w->type, c->a,
                                w->lda, w->real, c->w, w->type, c->b, w->lda, w->type, c->c,
                                w->ldvt, w->type, space, bytes, host, host_bytes, c->info);
    default:
        return cusolverDnXgeev(w->handle, w->params, CUSOLVER_EIG_MODE_NOVECTOR, w->mode, c->n,
                               w->type, c->a, w->lda, w->type, c->w, w->type, NULL, w->lda, w->type,
                               c->b, w->lda, w->type, space, bytes, host, host_bytes, c->info);
    }
}

cu_error real_solver_size(cu_solver solver, cu_solver_call *call) {
    const words w = words_of(solver, call);
    return from(size_of(&w, call));
}

cu_error real_solver_run(cu_solver solver, const cu_solver_call *call) {
    const words w = words_of(solver, call);
    return from(run(&w, call));
}
