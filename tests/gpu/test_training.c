/* A training loop on the device: the CPU's losses, nothing allocated after the first steps, a whole
 * step in a graph, and a bad label reported at the wait that follows it. */
#include "gpu_test.h"

enum { LAYERS = 3, BATCH = 64 };
static const int64_t width[LAYERS + 1] = {100, 64, 48, 10};

typedef struct net {
    fm_context *ctx;
    fm_tensor *x, *labels, *w[LAYERS], *b[LAYERS], *y[LAYERS], *d[LAYERS];
    fm_tensor *loss, *probabilities;
} net;

static fm_tensor *random_tensor(fm_context *ctx, int ndim, const int64_t *shape, double reach,
                                uint32_t *x) {
    float data[64 * 100];
    int64_t size = 1;
    fm_tensor *out = NULL;
    for (int d = 0; d < ndim; d++) size *= shape[d];
    for (int64_t i = 0; i < size; i++) {
        *x = *x * 1664525u + 1013904223u;
        data[i] = (float)(reach * ((double)*x / 2147483648.0 - 1.0));
    }
    GPU_OK(ctx, fm_tensor_from_host(ctx, FM_FLOAT32, ndim, shape, data, &out));
    return out;
}

static void net_open(net *n, fm_device_kind kind, void *stream) {
    const int64_t input[2] = {BATCH, width[0]}, batch = BATCH;
    int64_t labels[BATCH];
    uint32_t seed = 7;
    memset(n, 0, sizeof *n);
    n->ctx = gpu_context(kind, stream, FM_TIMING_DEFAULT);
    n->x = random_tensor(n->ctx, 2, input, 1.0, &seed);
    for (int i = 0; i < BATCH; i++) labels[i] = i % 10;
    GPU_OK(n->ctx, fm_tensor_from_host(n->ctx, FM_INT64, 1, &batch, labels, &n->labels));
    for (int l = 0; l < LAYERS; l++) {
        const int64_t shape[2] = {width[l + 1], width[l]};
        n->w[l] = random_tensor(n->ctx, 2, shape, 0.2, &seed);
        n->b[l] = random_tensor(n->ctx, 1, shape, 0.2, &seed);
    }
}

static void net_close(net *n) {
    fm_tensor *all[] = {n->x, n->labels, n->loss, n->probabilities};
    for (int i = 0; i < 4; i++) fm_tensor_release(all[i]);
    for (int l = 0; l < LAYERS; l++) {
        fm_tensor *layer[] = {n->w[l], n->b[l], n->y[l], n->d[l]};
        for (int i = 0; i < 4; i++) fm_tensor_release(layer[i]);
    }
    fm_context_close(n->ctx);
}

static void train(net *n) {
    fm_context *ctx = n->ctx;
    for (int l = 0; l < LAYERS; l++)
        GPU_OK(ctx,
               fm_nn_linear(ctx, l ? n->y[l - 1] : n->x, n->w[l], n->b[l],
                            l < LAYERS - 1 ? FM_ACTIVATION_RELU : FM_ACTIVATION_NONE, &n->y[l]));
    GPU_OK(ctx, fm_nn_softmax_cross_entropy(ctx, n->y[LAYERS - 1], n->labels, FM_REDUCTION_MEAN,
                                            &n->loss, &n->probabilities));
    GPU_OK(ctx, fm_nn_softmax_cross_entropy_backward(ctx, n->probabilities, n->labels,
                                                     FM_REDUCTION_MEAN, &n->d[LAYERS - 1]));
    for (int l = LAYERS - 1; l >= 0; l--) {
        const bool last = l == LAYERS - 1;
        GPU_OK(ctx, fm_nn_linear_backward_sgd(ctx, n->d[l], l ? n->y[l - 1] : n->x, n->w[l],
                                              n->b[l], last ? NULL : n->y[l],
                                              last ? FM_ACTIVATION_NONE : FM_ACTIVATION_RELU, 0.1,
                                              l ? &n->d[l - 1] : NULL));
    }
}

static double loss_of(net *n) {
    fm_scalar loss;
    GPU_OK(n->ctx, fm_tensor_item(n->ctx, n->loss, &loss));
    return loss.value.f;
}

static void losses_are_the_cpus(void **state) {
    (void)state;
    net here, there;
    double first = 0;
    net_open(&here, FM_CUDA, NULL);
    net_open(&there, FM_CPU, NULL);
    for (int i = 0; i < 50; ++i) {
        train(&here);
        train(&there);
        const double loss = loss_of(&here);
        if (!(fabs(loss - loss_of(&there)) < 1e-4))
            fail_msg("step %d: loss %.9g, but %.9g on the CPU", i, loss, loss_of(&there));
        if (i == 0) first = loss;
    }
    assert_true(loss_of(&here) < 0.8 * first);
    net_close(&here);
    net_close(&there);
}

static void a_steady_loop_allocates_nothing(void **state) {
    (void)state;
    net n;
    fm_memory_stats before, after;
    net_open(&n, FM_CUDA, NULL);
    for (int i = 0; i < 2; ++i) train(&n);
    fm_context_memory(n.ctx, &before, NULL);
    for (int i = 0; i < 50; ++i) train(&n);
    fm_context_memory(n.ctx, &after, NULL);
    assert_int_equal(after.system_allocations, before.system_allocations);
    assert_int_equal(after.in_use_peak, before.in_use_peak);
    net_close(&n);
}

static void a_step_in_a_graph_trains(void **state) {
    (void)state;
    net plain, n;
    void *stream = gpu_stream(), *graph = NULL, *exec = NULL;
    net_open(&plain, FM_CUDA, NULL);
    net_open(&n, FM_CUDA, stream);
    for (int i = 0; i < 2; ++i) train(&n);
    GPU_CUDA(gpu_cuda.stream_synchronize(stream));
    GPU_CUDA(gpu_cuda.capture_begin(stream, CU_CAPTURE_MODE_GLOBAL));
    train(&n);
    GPU_CUDA(gpu_cuda.capture_end(stream, &graph));
    GPU_CUDA(gpu_cuda.graph_instantiate(&exec, graph, 0));
    for (int i = 0; i < 18; ++i) GPU_CUDA(gpu_cuda.graph_launch(exec, stream));
    for (int i = 0; i < 20; ++i) train(&plain);
    assert_true(fabs(loss_of(&n) - loss_of(&plain)) < 1e-5);
    GPU_CUDA(gpu_cuda.stream_synchronize(stream));
    GPU_CUDA(gpu_cuda.exec_destroy(exec));
    GPU_CUDA(gpu_cuda.graph_destroy(graph));
    net_close(&n);
    net_close(&plain);
    GPU_CUDA(gpu_cuda.stream_destroy(stream));
}

static void a_bad_label_is_reported(void **state) {
    (void)state;
    net n;
    int64_t labels[BATCH] = {0};
    net_open(&n, FM_CUDA, NULL);
    train(&n);
    labels[5] = 10;
    GPU_OK(n.ctx, fm_tensor_set_from_host(n.ctx, n.labels, labels, sizeof labels));
    fm_status status = fm_nn_softmax_cross_entropy(n.ctx, n.y[LAYERS - 1], n.labels,
                                                   FM_REDUCTION_MEAN, &n.loss, &n.probabilities);
    if (status == FM_OK) status = fm_synchronize(n.ctx);
    assert_string_equal(fm_status_name(status), "FM_ERR_ARGUMENT");
    assert_non_null(strstr(fm_context_message(n.ctx), "label 5 is 10, but there are 10 classes"));
    labels[5] = 9;
    GPU_OK(n.ctx, fm_tensor_set_from_host(n.ctx, n.labels, labels, sizeof labels));
    train(&n);
    assert_true(isfinite(loss_of(&n)));
    net_close(&n);
}

GPU_MAIN(cmocka_unit_test(losses_are_the_cpus), cmocka_unit_test(a_steady_loop_allocates_nothing),
         cmocka_unit_test(a_step_in_a_graph_trains), cmocka_unit_test(a_bad_label_is_reported))
