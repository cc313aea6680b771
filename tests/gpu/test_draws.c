/* Random numbers in graphs: replays draw on from where the context's stream is, as the calls
 * themselves would, and move it as they would. */
#include "gpu_test.h"

enum { MOST = 3, MEMBERS = 513 };

typedef struct sampler {
    const char *op;
    double p[MOST];
    int nparams;
} sampler;

static const sampler samplers[] = {
    {"random.standard_normal", {0}, 0}, {"random.uniform", {2, 5}, 2},
    {"random.exponential", {2}, 1},     {"random.gamma", {0.5, 2}, 2},
    {"random.poisson", {50}, 1},        {"random.binomial", {10, 0.3}, 2},
    {"random.beta", {2, 3}, 2},         {"random.triangular", {0, 1, 3}, 3},
    {"random.randint", {7, 1000}, 2},
};
enum { OUTPUTS = sizeof samplers / sizeof *samplers };

typedef struct rig {
    fm_context *ctx;
    fm_tensor *out[OUTPUTS];
} rig;

static fm_value number(double x) {
    return (fm_value){.kind = FM_VALUE_FLOAT, .as.f = x};
}

static fm_status draw(rig *r, int which) {
    static const int64_t shape[1] = {MEMBERS};
    fm_argument arguments[MOST + 1];
    size_t n = 0;
    const sampler *s = &samplers[which];
    for (int k = 0; k < s->nparams; ++k) arguments[n++] = (fm_argument){NULL, number(s->p[k])};
    arguments[n++] =
        (fm_argument){"size", (fm_value){.kind = FM_VALUE_INTS, .count = 1, .as.ints = shape}};
    return fm_call(r->ctx, s->op, arguments, n, &r->out[which], 1);
}

static fm_status round_of(rig *r) {
    for (int i = 0; i < OUTPUTS; ++i) {
        fm_status status = draw(r, i);
        if (status != FM_OK) return status;
    }
    return FM_OK;
}

static void rig_open(rig *r) {
    *r = (rig){.ctx = gpu_context(FM_CUDA, NULL, FM_TIMING_OFF)};
    GPU_OK(r->ctx, round_of(r));
}

static void rig_close(rig *r) {
    for (int i = 0; i < OUTPUTS; ++i) fm_tensor_release(r->out[i]);
    fm_context_close(r->ctx);
}

static void expect_same(rig *a, rig *b) {
    for (int i = 0; i < OUTPUTS; ++i) {
        void *x = gpu_read(a->ctx, a->out[i]), *y = gpu_read(b->ctx, b->out[i]);
        if (memcmp(x, y, fm_tensor_nbytes(a->out[i])) != 0) fail_msg("%s differs", samplers[i].op);
        free(x);
        free(y);
    }
    fm_generator p = fm_context_generator(a->ctx), q = fm_context_generator(b->ctx);
    assert_int_equal(p.seed, q.seed);
    assert_int_equal(p.position, q.position);
}

static void replays_draw_on(void **state) {
    (void)state;
    rig direct, captured;
    fm_graph *graph;
    rig_open(&direct);
    rig_open(&captured);
    uint64_t before = fm_context_generator(captured.ctx).position;
    GPU_OK(captured.ctx, fm_capture_begin(captured.ctx, FM_CAPTURE_OWN));
    GPU_OK(captured.ctx, round_of(&captured));
    GPU_OK(captured.ctx, fm_capture_end(captured.ctx, &graph));
    assert_int_equal(fm_context_generator(captured.ctx).position, before);
    for (int i = 0; i < 3; ++i) {
        GPU_OK(direct.ctx, round_of(&direct));
        GPU_OK(captured.ctx, fm_graph_launch(captured.ctx, graph));
        expect_same(&direct, &captured);
    }
    /* Calls beside the graph, and another seed. */
    GPU_OK(direct.ctx, draw(&direct, 0));
    GPU_OK(captured.ctx, draw(&captured, 0));
    expect_same(&direct, &captured);
    fm_seed(direct.ctx, 99);
    fm_seed(captured.ctx, 99);
    GPU_OK(direct.ctx, round_of(&direct));
    GPU_OK(captured.ctx, fm_graph_launch(captured.ctx, graph));
    expect_same(&direct, &captured);
    fm_graph_release(graph);
    rig_close(&direct);
    rig_close(&captured);
}

/* The caller launches what was charged. */
static void a_charge_places_them(void **state) {
    (void)state;
    rig direct, captured;
    fm_graph *graph;
    fm_charge_id id;
    void *made = NULL, *exec = NULL, *stream = gpu_stream();
    rig_open(&direct);
    captured = (rig){.ctx = gpu_context(FM_CUDA, stream, FM_TIMING_OFF)};
    GPU_OK(captured.ctx, round_of(&captured));
    GPU_CUDA(gpu_cuda.capture_begin(stream, CU_CAPTURE_MODE_GLOBAL));
    GPU_OK(captured.ctx, fm_capture_begin(captured.ctx, FM_CAPTURE_CALLERS));
    GPU_OK(captured.ctx, round_of(&captured));
    GPU_OK(captured.ctx, fm_capture_end(captured.ctx, &graph));
    GPU_CUDA(gpu_cuda.capture_end(stream, &made));
    GPU_CUDA(gpu_cuda.graph_instantiate(&exec, made, 0));
    for (int i = 0; i < 2; ++i) {
        GPU_OK(direct.ctx, round_of(&direct));
        GPU_OK(captured.ctx, fm_graph_charge(captured.ctx, graph, &id));
        GPU_CUDA(gpu_cuda.graph_launch(exec, stream));
        GPU_OK(captured.ctx, fm_settle(captured.ctx, id, FM_RAN));
        expect_same(&direct, &captured);
    }
    fm_graph_release(graph);
    GPU_CUDA(gpu_cuda.exec_destroy(exec));
    GPU_CUDA(gpu_cuda.graph_destroy(made));
    rig_close(&captured);
    rig_close(&direct);
    GPU_CUDA(gpu_cuda.stream_destroy(stream));
}

/* What is refused, or cannot be placed, is not charged and moves nothing. */
static void a_charge_that_fails_moves_nothing(void **state) {
    (void)state;
    if (!gpu_info.emulated) skip();
    enum { TRIES = 6, REPLAYS = 8 };
    rig r;
    fm_graph *graph;
    fm_charge_id id;
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    int failed = 0;
    rig_open(&r);
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    GPU_OK(r.ctx, round_of(&r));
    GPU_OK(r.ctx, fm_capture_end(r.ctx, &graph));
    options.flops = REPLAYS * fm_graph_flops(graph);
    GPU_OK(r.ctx, fm_budget_open(r.ctx, &options, &budget));
    const uint64_t start = fm_context_generator(r.ctx).position;
    uint64_t each = 0;
    for (int i = 0; fm_graph_replays(graph) < REPLAYS; ++i) {
        const bool faulty = i < 2 * TRIES;
        if (faulty) gpu_control->fail_at(i / 2 + 1, CU_INVALID_VALUE, FM_FAKE_AT_ONCE);
        fm_status status = fm_graph_charge(r.ctx, graph, i % 2 ? &id : NULL);
        gpu_control->fail_at(0, CU_SUCCESS, FM_FAKE_AT_ONCE);
        gpu_control->forget_errors();
        failed += status != FM_OK;
        assert_true(faulty || status == FM_OK);
        if (status == FM_OK && i % 2) GPU_OK(r.ctx, fm_settle(r.ctx, id, FM_RAN));
        const uint64_t replays = fm_graph_replays(graph);
        const uint64_t moved = fm_context_generator(r.ctx).position - start;
        if (replays == 1) each = moved;
        assert_int_equal(moved, replays * each);
        assert_int_equal(fm_budget_used(budget), replays * fm_graph_flops(graph));
    }
    assert_true(failed >= 2 && each > 0);
    assert_string_equal(fm_status_name(fm_graph_charge(r.ctx, graph, &id)), "FM_ERR_BUDGET");
    assert_int_equal(fm_context_generator(r.ctx).position, start + REPLAYS * each);
    GPU_OK(r.ctx, fm_budget_close(r.ctx));
    fm_budget_release(budget);
    fm_graph_release(graph);
    rig_close(&r);
}

#define REFUSED(ctx, call, text)                                                                   \
    do {                                                                                           \
        assert_string_equal(fm_status_name(call), "FM_ERR_STATE");                                 \
        if (!strstr(fm_context_message(ctx), text)) fail_msg("%s", fm_context_message(ctx));       \
    } while (0)

static void what_a_graph_cannot_draw(void **state) {
    (void)state;
    rig r;
    fm_reply *reply = NULL;
    fm_generator own = fm_default_rng(3);
    rig_open(&r);
    const uint64_t position = fm_context_generator(r.ctx).position;
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    REFUSED(r.ctx, fm_generator_call(r.ctx, &own, "random", NULL, 0, &reply), "captured");
    assert_int_equal(own.position, 0);
    fm_seed(r.ctx, 1);
    REFUSED(r.ctx, draw(&r, 0), "as it was seeded when the capture began");
    fm_capture_abandon(r.ctx);
    assert_int_equal(fm_context_generator(r.ctx).seed, 7);
    assert_int_equal(fm_context_generator(r.ctx).position, position);
    rig_close(&r);
    r = (rig){.ctx = gpu_context(FM_CUDA, NULL, FM_TIMING_OFF)};
    r.out[0] = gpu_floats(r.ctx, MEMBERS, 0, 0);
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    REFUSED(r.ctx, draw(&r, 1), "captur");
    fm_capture_abandon(r.ctx);
    rig_close(&r);
}

GPU_MAIN(GPU_CASE(replays_draw_on), GPU_CASE(a_charge_places_them),
         GPU_CASE(a_charge_that_fails_moves_nothing), GPU_CASE(what_a_graph_cannot_draw))
