/* The wrappers of cuda_wrap.h over stand-ins for NVIDIA's calls: what each charges, that a refused
   call is never made, that a failed one is given back. Only NVIDIA's headers are needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/cuda_wrap.h>
#include <flopmeter/flopmeter.h>
#include <string.h>

static fm_context *ctx;
static fm_budget *budget;
static int calls, fails;

static int make_call(void) {
    ++calls;
    return fails;
}

/* Stand-ins, by the names that the headers' macros give. */
cublasStatus_t cublasGemmEx(cublasHandle_t handle, cublasOperation_t transa,
                            cublasOperation_t transb, int m, int n, int k, const void *alpha,
                            const void *A, cudaDataType Atype, int lda, const void *B,
                            cudaDataType Btype, int ldb, const void *beta, void *C,
                            cudaDataType Ctype, int ldc, cublasComputeType_t computeType,
                            cublasGemmAlgo_t algo) {
    (void)handle, (void)transa, (void)transb, (void)m, (void)n, (void)k, (void)alpha, (void)A;
    (void)Atype, (void)lda, (void)B, (void)Btype, (void)ldb, (void)beta, (void)C, (void)Ctype;
    (void)ldc, (void)computeType, (void)algo;
    return (cublasStatus_t)make_call();
}

cublasStatus_t cublasSgemm(cublasHandle_t handle, cublasOperation_t transa,
                           cublasOperation_t transb, int m, int n, int k, const float *alpha,
                           const float *A, int lda, const float *B, int ldb, const float *beta,
                           float *C, int ldc) {
    (void)handle, (void)transa, (void)transb, (void)m, (void)n, (void)k, (void)alpha, (void)A;
    (void)lda, (void)B, (void)ldb, (void)beta, (void)C, (void)ldc;
    return (cublasStatus_t)make_call();
}

/* A layout's attributes as a test sets them; addresses of these stand for descriptors. */
typedef struct layout {
    uint64_t rows, cols;
    int32_t batch;
    uint32_t type;
} layout;
static int32_t desc_transposed;

cublasStatus_t cublasLtMatmulDescGetAttribute(cublasLtMatmulDesc_t matmulDesc,
                                              cublasLtMatmulDescAttributes_t attr, void *buf,
                                              size_t sizeInBytes, size_t *sizeWritten) {
    (void)matmulDesc;
    assert_int_equal(attr, CUBLASLT_MATMUL_DESC_TRANSA);
    memcpy(buf, &desc_transposed, sizeInBytes);
    *sizeWritten = sizeInBytes;
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatrixLayoutGetAttribute(cublasLtMatrixLayout_t matLayout,
                                                cublasLtMatrixLayoutAttribute_t attr, void *buf,
                                                size_t sizeInBytes, size_t *sizeWritten) {
    const layout *l = (const void *)matLayout;
    if (!l) return CUBLAS_STATUS_INVALID_VALUE;
    *sizeWritten = sizeInBytes;
    switch (attr) {
    case CUBLASLT_MATRIX_LAYOUT_ROWS:
        memcpy(buf, &l->rows, sizeInBytes);
        break;
    case CUBLASLT_MATRIX_LAYOUT_COLS:
        memcpy(buf, &l->cols, sizeInBytes);
        break;
    case CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT:
        memcpy(buf, &l->batch, sizeInBytes);
        break;
    case CUBLASLT_MATRIX_LAYOUT_TYPE:
        memcpy(buf, &l->type, sizeInBytes);
        break;
    default:
        return CUBLAS_STATUS_INVALID_VALUE;
    }
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmul(cublasLtHandle_t lightHandle, cublasLtMatmulDesc_t computeDesc,
                              const void *alpha, const void *A, cublasLtMatrixLayout_t Adesc,
                              const void *B, cublasLtMatrixLayout_t Bdesc, const void *beta,
                              const void *C, cublasLtMatrixLayout_t Cdesc, void *D,
                              cublasLtMatrixLayout_t Ddesc, const cublasLtMatmulAlgo_t *algo,
                              void *workspace, size_t workspaceSizeInBytes, cudaStream_t stream) {
    (void)lightHandle, (void)computeDesc, (void)alpha, (void)A, (void)Adesc, (void)B, (void)Bdesc;
    (void)beta, (void)C, (void)Cdesc, (void)D, (void)Ddesc, (void)algo, (void)workspace;
    (void)workspaceSizeInBytes, (void)stream;
    return (cublasStatus_t)make_call();
}

cufftResult cufftExecC2C(cufftHandle plan, cufftComplex *idata, cufftComplex *odata,
                         int direction) {
    (void)plan, (void)idata, (void)odata, (void)direction;
    return (cufftResult)make_call();
}

cufftResult cufftPlanMany(cufftHandle *plan, int rank, int *n, int *inembed, int istride, int idist,
                          int *onembed, int ostride, int odist, cufftType type, int batch) {
    (void)rank, (void)n, (void)inembed, (void)istride, (void)idist, (void)onembed, (void)ostride;
    (void)odist, (void)type, (void)batch;
    *plan = 7;
    return (cufftResult)make_call();
}

cusolverStatus_t cusolverDnXpotrf(cusolverDnHandle_t handle, cusolverDnParams_t params,
                                  cublasFillMode_t uplo, int64_t n, cudaDataType dataTypeA, void *A,
                                  int64_t lda, cudaDataType computeType, void *bufferOnDevice,
                                  size_t workspaceInBytesOnDevice, void *bufferOnHost,
                                  size_t workspaceInBytesOnHost, int *info) {
    (void)handle, (void)params, (void)uplo, (void)n, (void)dataTypeA, (void)A, (void)lda;
    (void)computeType, (void)bufferOnDevice, (void)workspaceInBytesOnDevice, (void)bufferOnHost;
    (void)workspaceInBytesOnHost, (void)info;
    return (cusolverStatus_t)make_call();
}

static int open_context(void **state) {
    (void)state;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_budget_options limits = FM_BUDGET_OPTIONS_INIT;
    fm_error error;
    options.device.kind = FM_CPU;
    options.cost_model = "textbook";
    limits.flops = 1000;
    calls = fails = 0;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return fm_budget_open(ctx, &limits, &budget) == FM_OK ? 0 : -1;
}

static int close_context(void **state) {
    (void)state;
    fm_context_close(ctx);
    fm_budget_release(budget);
    return 0;
}

static fm_status gemm(int m, int n, int k) {
    const float one = 1, zero = 0;
    return fm_cublasGemmEx(ctx, NULL, CUBLAS_OP_N, CUBLAS_OP_N, m, n, k, &one, NULL, CUDA_R_16F, m,
                           NULL, CUDA_R_16F, k, &zero, NULL, CUDA_R_16F, m, CUBLAS_COMPUTE_32F,
                           CUBLAS_GEMM_DEFAULT);
}

static void charged_called_and_settled(void **state) {
    (void)state;
    const float one = 1;
    assert_int_equal(gemm(3, 4, 5), FM_OK);
    assert_int_equal(calls, 1);
    assert_int_equal(fm_budget_used(budget), 120);
    assert_int_equal(fm_cublasSgemm(ctx, NULL, CUBLAS_OP_N, CUBLAS_OP_T, 1, 2, 3, &one, NULL, 1,
                                    NULL, 1, &one, NULL, 1),
                     FM_OK);
    assert_int_equal(fm_budget_used(budget), 132);
    assert_int_equal(gemm(30, 40, 50), FM_ERR_BUDGET);
    assert_int_equal(calls, 2);
    fails = CUBLAS_STATUS_EXECUTION_FAILED;
    assert_int_equal(gemm(3, 4, 5), FM_ERR_DEVICE);
    assert_string_equal(fm_context_message(ctx), "cublasGemmEx: 13");
    assert_int_equal(fm_context_error(ctx)->device_code, CUBLAS_STATUS_EXECUTION_FAILED);
    assert_int_equal(fm_budget_used(budget), 132);
    assert_int_equal(fm_open_charges(ctx), 0);
}

static void products_by_descriptor(void **state) {
    (void)state;
    layout a = {4, 3, 2, CUDA_R_32F}, d = {3, 5, 2, CUDA_R_32F};
    cublasLtMatrixLayout_t to_a = (void *)&a, to_d = (void *)&d;
    desc_transposed = CUBLAS_OP_T;
    assert_int_equal(fm_cublasLtMatmul(ctx, NULL, NULL, NULL, NULL, to_a, NULL, NULL, NULL, NULL,
                                       to_d, NULL, to_d, NULL, NULL, 0, NULL),
                     FM_OK);
    assert_int_equal(fm_budget_used(budget), 2 * 2 * 3 * 5 * 4);
    assert_int_equal(fm_cublasLtMatmul(ctx, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                                       to_d, NULL, to_d, NULL, NULL, 0, NULL),
                     FM_ERR_DEVICE);
    assert_string_equal(fm_context_message(ctx), "cublasLtMatmul: descriptors: 7");
    assert_int_equal(calls, 1);
    assert_int_equal(fm_budget_used(budget), 240);
}

static void transforms_and_factors(void **state) {
    (void)state;
    const int64_t n = 8;
    fm_job job;
    assert_int_equal(fm_job_fft(ctx, FM_COMPLEX64, 1, 1, &n, false, &job), FM_OK);
    assert_int_equal(fm_cufftExecC2C(ctx, &job, 0, NULL, NULL, CUFFT_FORWARD), FM_OK);
    assert_int_equal(fm_budget_used(budget), job.flops);
    assert_int_equal(fm_cusolverDnXpotrf(ctx, NULL, NULL, CUBLAS_FILL_MODE_LOWER, 3, CUDA_R_64F,
                                         NULL, 3, CUDA_R_64F, NULL, 0, NULL, 0, NULL),
                     FM_OK);
    assert_int_equal(calls, 2);
    fails = CUFFT_EXEC_FAILED;
    uint64_t used = fm_budget_used(budget);
    assert_int_equal(fm_cufftExecC2C(ctx, &job, 0, NULL, NULL, CUFFT_FORWARD), FM_ERR_DEVICE);
    assert_int_equal(fm_budget_used(budget), used);
    int extents[4] = {8, 4, 1, 1};
    cufftHandle plan = 0;
    assert_int_equal(
        fm_cufftPlanMany(ctx, &job, &plan, 2, extents, NULL, 1, 0, NULL, 1, 0, CUFFT_R2C, 3),
        FM_ERR_DEVICE);
    assert_string_equal(fm_context_message(ctx), "cufftPlanMany: 6");
    fails = 0;
    assert_int_equal(
        fm_cufftPlanMany(ctx, &job, &plan, 2, extents, NULL, 1, 0, NULL, 1, 0, CUFFT_R2C, 3),
        FM_OK);
    assert_int_equal(plan, 7);
    assert_int_equal(job.flops, 3 * 5 * (32 / 2) * (3 + 2));
    assert_string_equal(job.op, "fft.rfftn");
    assert_int_equal(fm_budget_used(budget), used);
    assert_int_equal(
        fm_cufftPlanMany(ctx, &job, &plan, 4, extents, NULL, 1, 0, NULL, 1, 0, CUFFT_R2C, 3),
        FM_ERR_SHAPE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_context, close_context)

int main(void) {
    const struct CMUnitTest tests[] = {CASE(charged_called_and_settled),
                                       CASE(products_by_descriptor), CASE(transforms_and_factors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
