/* A plain CUDA and cuBLAS training loop, and what it takes to meter and limit it.

   The loop is a multilayer perceptron 784-512-10 on the caller's own memory, stream, kernels and
   cuBLAS handle. It is trained twice from the same start, bare and then metered. Lines that
   metering adds end in "// +"; a line that it changes is followed by what it was. Both runs must
   end at the same loss. On a machine without a GPU the program ends with 77. */
#include <cublas_v2.h>
#include <cuda_runtime.h>
#include <flopmeter/cuda_wrap_blas.h> // +
#include <flopmeter/flopmeter.h>      // +

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <vector>

enum { BATCH = 128, IN = 784, HIDDEN = 512, OUT = 10, STEPS = 200 };

#define CUDA(call)                                                                                 \
    do {                                                                                           \
        int status_ = (int)(call);                                                                 \
        if (status_) std::fprintf(stderr, "%s: %d\n", #call, status_), std::exit(1);               \
    } while (0)
#define METER(ctx, call)                                                                           \
    do {                                                                                           \
        fm_status status_ = (call);                                                                \
        if (status_ != FM_OK) std::fprintf(stderr, "%s\n", fm_context_message(ctx)), std::exit(1); \
    } while (0)

__global__ void relu(float *h, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n && h[i] < 0) h[i] = 0;
}

__global__ void relu_backward(const float *h, float *dh, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n && h[i] <= 0) dh[i] = 0;
}

/* One thread a sample: probabilities less the label in y, and its loss. */
__global__ void softmax_loss(float *y, const int *label, float *loss) {
    int b = blockIdx.x * blockDim.x + threadIdx.x;
    if (b >= BATCH) return;
    float *row = y + b * OUT, sum = 0;
    for (int c = 0; c < OUT; c++) sum += expf(row[c]);
    loss[b] = logf(sum) - row[label[b]];
    for (int c = 0; c < OUT; c++) row[c] = expf(row[c]) / sum - (c == label[b]);
}

struct network {
    cudaStream_t stream;
    cublasHandle_t blas;
    float *w1, *w2, *x, *h, *y, *dh, *loss;
    int *label;
};

static float *room(size_t count) {
    void *block;
    CUDA(cudaMalloc(&block, count * sizeof(float)));
    return (float *)block;
}

static void fill(float *to, size_t count, float scale, unsigned seed) {
    std::vector<float> host(count);
    std::srand(seed);
    for (float &value : host) value = scale * ((float)std::rand() / (float)RAND_MAX - 0.5f);
    CUDA(cudaMemcpy(to, host.data(), count * sizeof(float), cudaMemcpyHostToDevice));
}

/* Row-major c (m, n) = beta c + alpha op(a) op(b), which is column-major with a and b exchanged. */
static void product(network *net, fm_context *ctx, bool ta, bool tb, int m, int n, int k,
                    float alpha, const float *a, const float *b, float beta, float *c) {
    cublasOperation_t op_a = ta ? CUBLAS_OP_T : CUBLAS_OP_N, op_b = tb ? CUBLAS_OP_T : CUBLAS_OP_N;
    if (ctx)                                                                      // +
        METER(ctx, fm_cublasSgemm(ctx, net->blas, op_b, op_a, n, m, k, &alpha, b, // +
                                  tb ? k : n, a, ta ? m : k, &beta, c, n));       // +
    else                                                                          // +
        CUDA(cublasSgemm(net->blas, op_b, op_a, n, m, k, &alpha, b, tb ? k : n, a, ta ? m : k,
                         &beta, c, n));
}

/* What the kernels cost, taken once: relu and its gradient, and the softmax's exponentials. */ // +
struct costs {                                                                                  // +
    fm_job relu, softmax;                                                                       // +
};                                                                                              // +

static void step(network *net, fm_context *ctx, const costs *cost) {
    const int n = BATCH * HIDDEN, blocks = (n + 255) / 256;
    const float rate = -0.1f / BATCH;
    fm_charge_id id = 0;                                           // +
    if (ctx) METER(ctx, fm_charge_job(ctx, &cost->softmax, NULL)); // +
    if (ctx) METER(ctx, fm_charge_job(ctx, &cost->relu, &id));     // +
    product(net, ctx, false, false, BATCH, HIDDEN, IN, 1, net->x, net->w1, 0, net->h);
    relu<<<blocks, 256, 0, net->stream>>>(net->h, n);
    product(net, ctx, false, false, BATCH, OUT, HIDDEN, 1, net->h, net->w2, 0, net->y);
    softmax_loss<<<1, BATCH, 0, net->stream>>>(net->y, net->label, net->loss);
    product(net, ctx, false, true, BATCH, HIDDEN, OUT, 1, net->y, net->w2, 0, net->dh);
    relu_backward<<<blocks, 256, 0, net->stream>>>(net->h, net->dh, n);
    product(net, ctx, true, false, HIDDEN, OUT, BATCH, rate, net->h, net->y, 1, net->w2);
    product(net, ctx, true, false, IN, HIDDEN, BATCH, rate, net->x, net->dh, 1, net->w1);
    CUDA(cudaGetLastError());
    if (ctx) METER(ctx, fm_settle(ctx, id, FM_RAN)); // +
}

static double train(network *net, fm_context *ctx) {
    fill(net->w1, IN * HIDDEN, 0.1f, 1);
    fill(net->w2, HIDDEN * OUT, 0.1f, 2);
    step(net, NULL, NULL);                                        /* cuBLAS makes itself ready */
    fm_loop *loop = NULL;                                         // +
    costs cost = {};                                              // +
    const int hidden = 2 * BATCH * HIDDEN, out = 2 * BATCH * OUT; // +
    if (ctx) METER(ctx, fm_loop_open(ctx, NULL, &loop));          // +
    if (ctx) METER(ctx, fm_job_elementwise(ctx, FM_FLOAT32, "maximum", hidden, &cost.relu)); // +
    if (ctx) METER(ctx, fm_job_elementwise(ctx, FM_FLOAT32, "exp", out, &cost.softmax));     // +
    cudaEvent_t begin, end;
    CUDA(cudaEventCreate(&begin));
    CUDA(cudaEventCreate(&end));
    CUDA(cudaEventRecord(begin, net->stream));
    for (int i = 0; i < STEPS; i++) {
        if (loop) METER(ctx, fm_loop_step_begin(loop)); // +
        step(net, ctx, &cost);
        if (loop) METER(ctx, fm_loop_step_end(loop, NULL)); // +
    }
    CUDA(cudaEventRecord(end, net->stream));
    CUDA(cudaStreamSynchronize(net->stream));
    float milliseconds, losses[BATCH];
    CUDA(cudaEventElapsedTime(&milliseconds, begin, end));
    CUDA(cudaEventDestroy(begin));
    CUDA(cudaEventDestroy(end));
    CUDA(cudaMemcpy(losses, net->loss, sizeof losses, cudaMemcpyDeviceToHost));
    double loss = 0;
    for (float each : losses) loss += each / BATCH;
    std::printf("%s: loss %.6f, %.3f ms a step\n", ctx ? "metered" : "bare", loss,
                milliseconds / STEPS);
    if (loop) {                                                               // +
        fm_loop_report report;                                                // +
        fm_loop_read(loop, &report);                                          // +
        std::printf("%" PRIu64 " FLOPs a step, %" PRIu64 " more steps fit\n", // +
                    report.step.flops, report.steps_left);                    // +
    }                                                                         // +
    fm_loop_close(loop);                                                      // +
    return loss;
}

int main() {
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        std::fprintf(stderr, "skipped: no CUDA device\n");
        return 77;
    }
    network net;
    CUDA(cudaStreamCreateWithFlags(&net.stream, cudaStreamNonBlocking));
    CUDA(cublasCreate(&net.blas));
    CUDA(cublasSetStream(net.blas, net.stream));
    net.w1 = room(IN * HIDDEN), net.w2 = room(HIDDEN * OUT), net.x = room(BATCH * IN);
    net.h = room(BATCH * HIDDEN), net.y = room(BATCH * OUT), net.dh = room(BATCH * HIDDEN);
    net.loss = room(BATCH);
    std::vector<int> labels(BATCH);
    for (int b = 0; b < BATCH; b++) labels[b] = b % OUT;
    CUDA(cudaMalloc((void **)&net.label, BATCH * sizeof(int)));
    CUDA(cudaMemcpy(net.label, labels.data(), BATCH * sizeof(int), cudaMemcpyHostToDevice));
    fill(net.x, BATCH * IN, 2.0f, 3);

    double bare = train(&net, NULL);

    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;   // +
    fm_context *ctx;                                        // +
    fm_error error;                                         // +
    options.device.kind = FM_CUDA;                          // +
    options.stream = net.stream;                            // +
    if (fm_context_open(&options, &ctx, &error) != FM_OK) { // +
        std::fprintf(stderr, "%s\n", error.message);        // +
        return 1;                                           // +
    }                                                       // +
    double metered = train(&net, ctx);
    fm_context_close(ctx); // +
    void *blocks[] = {net.w1, net.w2, net.x, net.h, net.y, net.dh, net.loss, net.label};
    for (void *block : blocks) CUDA(cudaFree(block));
    CUDA(cublasDestroy(net.blas));
    CUDA(cudaStreamDestroy(net.stream));
    return bare == metered ? 0 : 1;
}
