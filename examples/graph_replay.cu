/* A CUDA graph of the caller's kernels, charged at each replay: the caller captures and
   instantiates, flopmeter collects the charges meanwhile and launches under the budget. On a
   machine without a GPU the program ends with 77. */
#include <cuda_runtime.h>
#include <flopmeter/flopmeter.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

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

/* v = v / 2 + 1, 2 FLOPs an element. */
__global__ void relax(float *v, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) v[i] = 0.5f * v[i] + 1.0f;
}

int main() {
    enum { N = 1 << 16, KERNELS = 20, REPLAYS = 7 };
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        std::fprintf(stderr, "skipped: no CUDA device\n");
        return 77;
    }
    cudaStream_t stream;
    float *v;
    CUDA(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    CUDA(cudaMalloc((void **)&v, N * sizeof(float)));
    CUDA(cudaMemset(v, 0, N * sizeof(float)));

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
    limit.flops = (uint64_t)REPLAYS * KERNELS * 2 * N + 1;
    METER(fm_budget_open(ctx, &limit, &budget));

    /* The capture is the caller's; the charges in it are put into the graph and not charged yet. */
    cudaGraph_t captured;
    cudaGraphExec_t exec;
    fm_graph *graph;
    CUDA(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    METER(fm_capture_begin(ctx, FM_CAPTURE_CALLERS));
    METER(fm_namespace_push(ctx, "relax", 0));
    for (int i = 0; i < KERNELS; i++) {
        METER(fm_charge(ctx, "relax", 2 * N, NULL));
        relax<<<(N + 255) / 256, 256, 0, stream>>>(v, N);
    }
    METER(fm_namespace_pop(ctx));
    METER(fm_capture_end(ctx, &graph));
    CUDA(cudaStreamEndCapture(stream, &captured));
    CUDA(cudaGraphInstantiate(&exec, captured, 0));
    METER(fm_graph_set_exec(graph, exec));
    std::printf("captured %" PRIu64 " FLOPs, used %" PRIu64 "\n", fm_graph_flops(graph),
                fm_budget_used(budget));

    fm_status status;
    while ((status = fm_graph_launch(ctx, graph)) == FM_OK) continue;
    if (status != FM_ERR_BUDGET) METER(status);
    std::printf("%" PRIu64 " replays; then %s\n", fm_graph_replays(graph), fm_context_message(ctx));
    METER(fm_synchronize(ctx));
    float first;
    CUDA(cudaMemcpy(&first, v, sizeof first, cudaMemcpyDeviceToHost));
    std::printf("v is %g, on its way to 2\n", first);

    fm_summary *summary;
    METER(fm_summary_of_context(ctx, &summary));
    const fm_summary_totals *totals = fm_summary_totals_of(summary);
    std::printf("captured %" PRIu64 " FLOPs in %" PRIu64 " calls, replayed %" PRIu64 " in %" PRIu64
                "\n",
                totals->captured_flops, totals->captured, totals->replayed_flops, totals->replayed);
    bool right = totals->captured == KERNELS && totals->replayed == REPLAYS * KERNELS &&
                 totals->replayed_flops == limit.flops - 1 && totals->used == limit.flops - 1;
    fm_summary_release(summary);
    fm_graph_release(graph);
    fm_context_close(ctx);
    fm_budget_release(budget);
    CUDA(cudaGraphExecDestroy(exec));
    CUDA(cudaGraphDestroy(captured));
    CUDA(cudaFree(v));
    CUDA(cudaStreamDestroy(stream));
    return right ? 0 : 1;
}
