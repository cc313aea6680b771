/* The device's own records of a training step: all of its kernel time belongs to operations,
 * launched one by one or as a graph. Skipped where CUPTI gives no records. */
#include "gpu_test.h"

#include "../cuda/cupti/fake_cupti.h"
#include "call/context.h"

enum { LAYERS = 3, BATCH = 128, STEPS = 20 };
static const int64_t width[LAYERS + 1] = {784, 512, 512, 10};
static const int64_t small[LAYERS + 1] = {20, 16, 12,
                                          10}; /* for the fake, which computes on the host */

static int skipped; /* tests for want of records */

typedef struct net {
    fm_context *ctx;
    fm_tensor *x, *labels, *w[LAYERS], *b[LAYERS], *y[LAYERS], *d[LAYERS], *loss, *probabilities;
} net;

static fm_tensor *filled(fm_context *ctx, int ndim, const int64_t *shape) {
    const int64_t size = ndim == 2 ? shape[0] * shape[1] : shape[0];
    float *data = malloc((size_t)size * sizeof *data);
    fm_tensor *out = NULL;
    assert_non_null(data);
    for (int64_t i = 0; i < size; ++i) data[i] = 0.01f * (float)(i * 37 % 19 - 9);
    GPU_OK(ctx, fm_tensor_from_host(ctx, FM_FLOAT32, ndim, shape, data, &out));
    free(data);
    return out;
}

static void net_open(net *n, void *stream) {
    const int64_t *wide = gpu_info.emulated ? small : width;
    const int64_t batch = gpu_info.emulated ? 8 : BATCH, input[2] = {batch, wide[0]};
    int64_t labels[BATCH];
    memset(n, 0, sizeof *n);
    n->ctx = gpu_context(FM_CUDA, stream, FM_TIMING_ACTIVITY);
    for (int i = 0; i < BATCH; ++i) labels[i] = i % 10;
    n->x = filled(n->ctx, 2, input);
    GPU_OK(n->ctx, fm_tensor_from_host(n->ctx, FM_INT64, 1, &batch, labels, &n->labels));
    for (int l = 0; l < LAYERS; ++l) {
        const int64_t shape[2] = {wide[l + 1], wide[l]};
        n->w[l] = filled(n->ctx, 2, shape);
        n->b[l] = filled(n->ctx, 1, shape);
    }
}

static void net_close(net *n) {
    fm_tensor *all[] = {n->x, n->labels, n->loss, n->probabilities};
    for (int i = 0; i < 4; ++i) fm_tensor_release(all[i]);
    for (int l = 0; l < LAYERS; ++l) {
        fm_tensor *layer[] = {n->w[l], n->b[l], n->y[l], n->d[l]};
        for (int i = 0; i < 4; ++i) fm_tensor_release(layer[i]);
    }
    fm_context_close(n->ctx);
}

static void train(net *n) {
    fm_context *ctx = n->ctx;
    const int last = LAYERS - 1;
    for (int l = 0; l < LAYERS; ++l)
        GPU_OK(ctx, fm_nn_linear(ctx, l ? n->y[l - 1] : n->x, n->w[l], n->b[l],
                                 l < last ? FM_ACTIVATION_RELU : FM_ACTIVATION_NONE, &n->y[l]));
    GPU_OK(ctx, fm_nn_softmax_cross_entropy(ctx, n->y[last], n->labels, FM_REDUCTION_MEAN, &n->loss,
                                            &n->probabilities));
    GPU_OK(ctx, fm_nn_softmax_cross_entropy_backward(ctx, n->probabilities, n->labels,
                                                     FM_REDUCTION_MEAN, &n->d[last]));
    for (int l = last; l >= 0; --l)
        GPU_OK(ctx, fm_nn_linear_backward_sgd(ctx, n->d[l], l ? n->y[l - 1] : n->x, n->w[l],
                                              n->b[l], l == last ? NULL : n->y[l],
                                              l == last ? FM_ACTIVATION_NONE : FM_ACTIVATION_RELU,
                                              0.01, l ? &n->d[l - 1] : NULL));
}

/* Skips with the reason where the device gives no records. */
static void need_records(net *n) {
    const fm_collector_status *got = &n->ctx->meter.collected;
    printf("tier %u, %s%s%s\n", got->tier, got->source, *got->reason ? ": " : "", got->reason);
    if (got->tier == FM_TIER_ACTIVITY) return;
    ++skipped;
    net_close(n);
    skip();
}

/* On one stream nothing overlaps, so the busy time is the sum of all that ran. */
static void whole_time_is_attributed(const net *n) {
    const fm_activity_totals *t = &n->ctx->meter.activity->totals;
    const double busy = (double)t->busy_ns;
    const double attributed = (double)t->attributed_ns + (double)t->copy_ns;
    printf(
        "busy %.3f ms, attributed %.3f ms (%.2f %%), %llu records, %llu dropped, %llu of no op\n",
        busy * 1e-6, attributed * 1e-6, 100.0 * attributed / busy, (unsigned long long)t->records,
        (unsigned long long)n->ctx->meter.collected.dropped, (unsigned long long)t->unattributed);
    assert_true(busy > 0.0);
    assert_true(fabs(attributed - busy) <= 0.01 * busy);
    assert_int_equal(t->unattributed, 0);
    assert_int_equal(t->late, 0);
    assert_int_equal(n->ctx->meter.collected.dropped, 0);
}

static void steps_are_attributed(void **state) {
    (void)state;
    net n;
    fm_summary *summary = NULL;
    net_open(&n, NULL);
    need_records(&n);
    for (int i = 0; i < STEPS; ++i) train(&n);
    GPU_OK(n.ctx, fm_synchronize(n.ctx));
    whole_time_is_attributed(&n);
    GPU_OK(n.ctx, fm_summary_of_context(n.ctx, &summary));
    for (size_t i = 0; i < fm_summary_row_count(summary); ++i) {
        const fm_op_row *row = fm_summary_row(summary, i);
        assert_int_equal(row->timed, row->calls);
        assert_true(row->launches >= row->calls);
        assert_true(row->ns_min > 0);
    }
    fm_summary_release(summary);
    net_close(&n);
}

static void graphs_are_attributed(void **state) {
    (void)state;
    net n;
    void *stream = gpu_stream(), *graph = NULL, *exec = NULL;
    net_open(&n, stream);
    if (n.ctx->meter.collected.tier != FM_TIER_ACTIVITY) GPU_CUDA(gpu_cuda.stream_destroy(stream));
    need_records(&n);
    for (int i = 0; i < 2; ++i) train(&n);
    GPU_OK(n.ctx, fm_synchronize(n.ctx));
    GPU_CUDA(gpu_cuda.capture_begin(stream, CU_CAPTURE_MODE_GLOBAL));
    train(&n);
    GPU_CUDA(gpu_cuda.capture_end(stream, &graph));
    GPU_CUDA(gpu_cuda.graph_instantiate(&exec, graph, 0));
    for (int i = 0; i < STEPS; ++i) GPU_CUDA(gpu_cuda.graph_launch(exec, stream));
    GPU_OK(n.ctx, fm_synchronize(n.ctx));
    whole_time_is_attributed(&n);
    assert_true(n.ctx->meter.activity->totals.replayed >= STEPS * (2 * LAYERS + 2));
    GPU_CUDA(gpu_cuda.exec_destroy(exec));
    GPU_CUDA(gpu_cuda.graph_destroy(graph));
    net_close(&n);
    GPU_CUDA(gpu_cuda.stream_destroy(stream));
}

/* A step and random numbers, whose place in the stream is written before each replay. */
static void draws_of_graphs_are_attributed(void **state) {
    (void)state;
    net n;
    fm_graph *graph;
    net_open(&n, NULL);
    need_records(&n);
    for (int i = 0; i < 2; ++i) {
        train(&n);
        GPU_OK(n.ctx, fm_random_standard_normal(n.ctx, NULL, &n.loss));
    }
    GPU_OK(n.ctx, fm_capture_begin(n.ctx, FM_CAPTURE_OWN));
    GPU_OK(n.ctx, fm_random_standard_normal(n.ctx, NULL, &n.loss));
    GPU_OK(n.ctx, fm_capture_end(n.ctx, &graph));
    for (int i = 0; i < STEPS; ++i) GPU_OK(n.ctx, fm_graph_launch(n.ctx, graph));
    GPU_OK(n.ctx, fm_synchronize(n.ctx));
    whole_time_is_attributed(&n);
    fm_graph_release(graph);
    net_close(&n);
}

/* The fake device tells a libcupti of the tests what it runs. */
static int find_fake_cupti(void) {
    char path[4096];
    const char *folder = getenv("FLOPMETER_BACKEND_DIR");
    fake_cupti *(*cupti)(void);
    const fm_fake_control *(*fake)(void);
    (void)snprintf(path, sizeof path, "%s/libflopmeter_cuda_fake.so", folder ? folder : ".");
    void *module = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    (void)snprintf(path, sizeof path, "%s/libfake_cupti_several.so", folder ? folder : ".");
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *theirs = module ? gpu_symbol(module, FM_FAKE_ENTRY) : NULL;
    void *ours = library ? gpu_symbol(library, FAKE_CUPTI_ENTRY) : NULL;
    if (!theirs || !ours || setenv("FLOPMETER_CUPTI", path, 1)) return -1;
    memcpy(&fake, &theirs, sizeof fake);
    memcpy(&cupti, &ours, sizeof cupti);
    fake()->observe(&cupti()->observer);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(steps_are_attributed),
                                       cmocka_unit_test(graphs_are_attributed),
                                       cmocka_unit_test(draws_of_graphs_are_attributed)};
    const int status = gpu_begin();
    if (status) return status;
    if (gpu_info.emulated && find_fake_cupti()) return 1;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed || skipped < (int)(sizeof tests / sizeof *tests) ? failed : GPU_SKIPPED;
}
