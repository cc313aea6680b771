/* What the GPU benches are held against: loops over one cuBLASLt product, and over a device copy of
   the bytes that an add moves, with nothing of flopmeter. */
#include <cublasLt.h>
#include <cuda_runtime_api.h>
#include <stdint.h>

#include "timing.h"

enum { SKIPPED = 77 };
static const size_t workspace_bytes = (size_t)64 << 20;

static void cuda(cudaError_t code) {
    if (code == cudaSuccess) return;
    fprintf(stderr, "%s: %s\n", cudaGetErrorName(code), cudaGetErrorString(code));
    exit(1);
}

static void blas(cublasStatus_t code) {
    if (code == CUBLAS_STATUS_SUCCESS) return;
    fprintf(stderr, "%s\n", cublasLtGetStatusName(code));
    exit(1);
}

typedef struct product {
    cublasLtHandle_t handle;
    cublasLtMatmulDesc_t how;
    cublasLtMatrixLayout_t layout;
    cublasLtMatmulHeuristicResult_t chosen;
    cudaStream_t stream;
    void *a, *b, *c, *workspace;
} product;

static void multiply(void *user, long calls) {
    const product *p = user;
    const float one = 1, zero = 0;
    for (long i = 0; i < calls; i++)
        blas(cublasLtMatmul(p->handle, p->how, &one, p->a, p->layout, p->b, p->layout, &zero, p->c,
                            p->layout, p->c, p->layout, &p->chosen.algo, p->workspace,
                            workspace_bytes, p->stream));
    cuda(cudaStreamSynchronize(p->stream));
}

/* Values as flopmeter's benches have them, evenly spread: the power they draw, and with it the
   clock, depends on them. */
static void *filled(size_t elements, cudaDataType_t type) {
    size_t width = type == CUDA_R_32F ? 4 : 2;
    char *host = malloc(elements * width);
    void *device;
    uint32_t state = 1;
    if (!host) abort();
    for (size_t i = 0; i < elements; i++) {
        state = state * 1664525u + 1013904223u;
        float value = (float)((double)state / 2147483648.0 - 1.0);
        uint32_t bits;
        memcpy(&bits, &value, sizeof bits);
        uint16_t half = (uint16_t)(bits >> 16);
        memcpy(host + i * width, width == 4 ? (const void *)&bits : (const void *)&half, width);
    }
    cuda(cudaMalloc(&device, elements * width));
    cuda(cudaMemcpy(device, host, elements * width, cudaMemcpyHostToDevice));
    free(host);
    return device;
}

/* Square row-major products are column-major ones of the operands exchanged, which take as long. */
static void run_product(const char *name, uint64_t n, cudaDataType_t type,
                        cublasComputeType_t compute) {
    product p = {0};
    cublasLtMatmulPreference_t wish;
    int found = 0;
    p.a = filled(n * n, type);
    p.b = filled(n * n, type);
    p.c = filled(n * n, type);
    cuda(cudaMalloc(&p.workspace, workspace_bytes));
    cuda(cudaStreamCreateWithFlags(&p.stream, cudaStreamNonBlocking));
    blas(cublasLtCreate(&p.handle));
    blas(cublasLtMatmulDescCreate(&p.how, compute, CUDA_R_32F));
    blas(cublasLtMatrixLayoutCreate(&p.layout, type, n, n, (int64_t)n));
    blas(cublasLtMatmulPreferenceCreate(&wish));
    blas(cublasLtMatmulPreferenceSetAttribute(wish, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES,
                                              &workspace_bytes, sizeof workspace_bytes));
    blas(cublasLtMatmulAlgoGetHeuristic(p.handle, p.how, p.layout, p.layout, p.layout, p.layout,
                                        wish, 1, &p.chosen, &found));
    if (!found) {
        fprintf(stderr, "%s: cuBLASLt has no algorithm\n", name);
        exit(1);
    }
    bench_run(name, multiply, &p, 0.5);
    cublasLtMatmulPreferenceDestroy(wish);
    cublasLtMatrixLayoutDestroy(p.layout);
    cublasLtMatmulDescDestroy(p.how);
    cublasLtDestroy(p.handle);
    cudaStreamDestroy(p.stream);
    void *all[] = {p.a, p.b, p.c, p.workspace};
    for (int i = 0; i < 4; i++) cudaFree(all[i]);
}

typedef struct copy {
    void *to, *from;
    size_t bytes;
    cudaStream_t stream;
} copy;

static void copy_all(void *user, long calls) {
    const copy *c = user;
    for (long i = 0; i < calls; i++)
        cuda(cudaMemcpyAsync(c->to, c->from, c->bytes, cudaMemcpyDeviceToDevice, c->stream));
    cuda(cudaStreamSynchronize(c->stream));
}

/* An add of n float32 reads 8n bytes and writes 4n; a copy of 6n bytes moves as many. */
static void run_copy(const char *name, size_t n) {
    copy c = {.bytes = 6 * n};
    cuda(cudaMalloc(&c.to, c.bytes));
    cuda(cudaMalloc(&c.from, c.bytes));
    cuda(cudaMemset(c.from, 1, c.bytes));
    cuda(cudaStreamCreateWithFlags(&c.stream, cudaStreamNonBlocking));
    bench_run(name, copy_all, &c, 0.5);
    cudaStreamDestroy(c.stream);
    cudaFree(c.to);
    cudaFree(c.from);
}

int main(int argc, char **argv) {
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        fprintf(stderr, "skipped: no CUDA device\n");
        return SKIPPED;
    }
    if (bench_wanted(argc, argv, "gpu.matmul.f32.4096"))
        run_product("gpu.matmul.f32.4096", 4096, CUDA_R_32F, CUBLAS_COMPUTE_32F);
    if (bench_wanted(argc, argv, "gpu.matmul.tf32.4096"))
        run_product("gpu.matmul.tf32.4096", 4096, CUDA_R_32F, CUBLAS_COMPUTE_32F_FAST_TF32);
    if (bench_wanted(argc, argv, "gpu.matmul.bf16.8192"))
        run_product("gpu.matmul.bf16.8192", 8192, CUDA_R_16BF, CUBLAS_COMPUTE_32F);
    if (bench_wanted(argc, argv, "gpu.copy.64m")) run_copy("gpu.copy.64m", (size_t)1 << 26);
    return 0;
}
