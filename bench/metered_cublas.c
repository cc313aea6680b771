/* A loop over products of the caller's own cuBLAS handle, bare and through the charging wrapper. */
#include <cuda_runtime_api.h>
#include <flopmeter/cuda_wrap_blas.h>

#include "setup.h"

enum { SIDE = 1024 };

static void cuda(int code) {
    if (code == 0) return;
    fprintf(stderr, "status %d\n", code);
    exit(1);
}

typedef struct loop {
    fm_context *ctx;
    cublasHandle_t handle;
    cudaStream_t stream;
    float *a, *b, *c;
} loop;

static void bare(void *user, long calls) {
    const loop *l = user;
    const float one = 1, zero = 0;
    for (long i = 0; i < calls; i++)
        cuda((int)cublasGemmEx(l->handle, CUBLAS_OP_N, CUBLAS_OP_N, SIDE, SIDE, SIDE, &one, l->a,
                               CUDA_R_32F, SIDE, l->b, CUDA_R_32F, SIDE, &zero, l->c, CUDA_R_32F,
                               SIDE, CUBLAS_COMPUTE_32F, CUBLAS_GEMM_DEFAULT));
    cuda((int)cudaStreamSynchronize(l->stream));
}

static void metered(void *user, long calls) {
    const loop *l = user;
    const float one = 1, zero = 0;
    for (long i = 0; i < calls; i++)
        bench_check(l->ctx, fm_cublasGemmEx(l->ctx, l->handle, CUBLAS_OP_N, CUBLAS_OP_N, SIDE, SIDE,
                                            SIDE, &one, l->a, CUDA_R_32F, SIDE, l->b, CUDA_R_32F,
                                            SIDE, &zero, l->c, CUDA_R_32F, SIDE, CUBLAS_COMPUTE_32F,
                                            CUBLAS_GEMM_DEFAULT));
    cuda((int)cudaStreamSynchronize(l->stream));
}

static float *zeros(void) {
    void *block;
    cuda((int)cudaMalloc(&block, SIDE * SIDE * sizeof(float)));
    cuda((int)cudaMemset(block, 0, SIDE * SIDE * sizeof(float)));
    return block;
}

int main(int argc, char **argv) {
    loop l = {.ctx = bench_open(FM_CUDA, FM_TIMING_OFF)};
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = UINT64_MAX;
    bench_check(l.ctx, fm_budget_open(l.ctx, &options, &budget));
    cuda((int)cudaStreamCreateWithFlags(&l.stream, cudaStreamNonBlocking));
    cuda((int)cublasCreate(&l.handle));
    cuda((int)cublasSetStream(l.handle, l.stream));
    l.a = zeros(), l.b = zeros(), l.c = zeros();
    if (bench_wanted(argc, argv, "gpu.cublas.metered"))
        bench_run("gpu.cublas.metered", metered, &l, 1.0);
    if (bench_wanted(argc, argv, "gpu.cublas.bare")) bench_run("gpu.cublas.bare", bare, &l, 1.0);
    cuda((int)cudaFree(l.a));
    cuda((int)cudaFree(l.b));
    cuda((int)cudaFree(l.c));
    cuda((int)cublasDestroy(l.handle));
    cuda((int)cudaStreamDestroy(l.stream));
    fm_context_close(l.ctx);
    fm_budget_release(budget);
    return 0;
}
