/* A kernel of the caller's own between counted operations: its memory is wrapped without a copy,
   its cost is charged before it is launched, and the budget refuses what no longer fits. On a
   machine without a GPU the program ends with 77. */
#include <cuda_runtime.h>
#include <flopmeter/flopmeter.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#define CUDA(call)                                                                                 \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_)                                                                               \
            std::fprintf(stderr, "%s: %s\n", #call, cudaGetErrorString(status_)), std::exit(1);    \
    } while (0)
#define METER(call)                                                                                \
    do {                                                                                           \
        if ((call) != FM_OK) std::fprintf(stderr, "%s\n", fm_context_message(ctx)), std::exit(1);  \
    } while (0)

/* y = a x + y, 2 FLOPs an element. */
__global__ void axpy(float a, const float *x, float *y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] += a * x[i];
}

static void count_release(void *user) {
    ++*(int *)user;
}

int main() {
    enum { N = 1 << 20 };
    int devices = 0, released = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        std::fprintf(stderr, "skipped: no CUDA device\n");
        return 77;
    }
    cudaStream_t stream;
    float *x, *y;
    std::vector<float> host(N, 1.0f);
    CUDA(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    CUDA(cudaMalloc((void **)&x, N * sizeof(float)));
    CUDA(cudaMalloc((void **)&y, N * sizeof(float)));
    CUDA(cudaMemcpy(x, host.data(), N * sizeof(float), cudaMemcpyHostToDevice));
    CUDA(cudaMemcpy(y, host.data(), N * sizeof(float), cudaMemcpyHostToDevice));

    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *ctx;
    fm_error error;
    options.device.kind = FM_CUDA;
    options.stream = stream;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) {
        std::fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    fm_budget *budget;
    fm_budget_options limit = FM_BUDGET_OPTIONS_INIT;
    limit.flops = 5 * 2 * N + 2 * N; /* five kernels and two sums */
    METER(fm_budget_open(ctx, &limit, &budget));

    /* y as a tensor: the caller's memory, on the caller's stream. */
    const int64_t n = N;
    fm_foreign foreign = FM_FOREIGN_INIT;
    foreign.dtype = FM_FLOAT32;
    foreign.ndim = 1;
    foreign.shape = &n;
    foreign.data = y;
    foreign.stream = stream;
    foreign.release = count_release;
    foreign.user = &released;
    fm_tensor *wrapped, *sum = NULL;
    METER(fm_tensor_wrap_foreign(ctx, &foreign, &wrapped));

    int launched = 0;
    for (;; launched++) {
        fm_charge_id id;
        fm_status status = fm_charge(ctx, "axpy", 2 * N, &id);
        if (status == FM_ERR_BUDGET) break;
        METER(status);
        axpy<<<(N + 255) / 256, 256, 0, stream>>>(2.0f, x, y, N);
        cudaError_t failed = cudaGetLastError();
        if (failed) METER(fm_settle_failed(ctx, id, "axpy", (int)failed));
        METER(fm_settle(ctx, id, FM_RAN));
        if (launched == 0 || launched == 4) METER(fm_sum(ctx, wrapped, NULL, &sum));
    }
    std::printf("%d kernels; then %s\n", launched, fm_context_message(ctx));
    fm_scalar total;
    METER(fm_tensor_item(ctx, sum, &total));
    std::printf("mean of y: %g\n", total.value.f / N);

    fm_summary *summary;
    char *text;
    METER(fm_summary_of_context(ctx, &summary));
    METER(fm_summary_render(summary, FM_SUMMARY_TEXT, &text));
    std::fputs(text, stdout);
    fm_free(text);
    fm_summary_release(summary);
    fm_tensor_release(wrapped);
    fm_tensor_release(sum);
    fm_context_close(ctx);
    fm_budget_release(budget);
    CUDA(cudaFree(x));
    CUDA(cudaFree(y));
    CUDA(cudaStreamDestroy(stream));
    return launched == 5 && released == 1 && total.value.f == 11.0 * N ? 0 : 1;
}
