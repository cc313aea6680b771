/* Captures and replays that are charged, somebody else's memory and streams, on a device. */
#include "gpu_test.h"

#include "call/dlpack_abi.h"
#include "core/alloc.h"

enum { SIDE = 32 };

typedef struct rig {
    void *stream;
    fm_context *ctx;
    fm_budget *budget;
    fm_tensor *x, *y, *z;
} rig;

/* z = x x + x under namespace "step". */
static fm_status step(rig *r) {
    fm_status status = fm_namespace_push(r->ctx, "step", 0);
    if (status == FM_OK) status = fm_matmul(r->ctx, r->x, r->x, &r->y);
    if (status == FM_OK) status = fm_add(r->ctx, r->y, r->x, &r->z);
    return status == FM_OK ? fm_namespace_pop(r->ctx) : status;
}

static const uint64_t step_flops = 2 * SIDE * SIDE * SIDE + SIDE * SIDE;

static void rig_open(rig *r, uint64_t flops) {
    const int64_t n = SIDE * SIDE, shape[2] = {SIDE, SIDE};
    float data[SIDE * SIDE];
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    memset(r, 0, sizeof *r);
    r->stream = gpu_stream();
    r->ctx = gpu_context(FM_CUDA, r->stream, FM_TIMING_OP);
    for (int64_t i = 0; i < n; ++i) data[i] = 1.0f;
    GPU_OK(r->ctx, fm_tensor_from_host(r->ctx, FM_FLOAT32, 2, shape, data, &r->x));
    for (int i = 0; i < 2; ++i) GPU_OK(r->ctx, step(r)); /* warm */
    options.flops = flops;
    GPU_OK(r->ctx, fm_budget_open(r->ctx, &options, &r->budget));
}

static void rig_close(rig *r) {
    fm_tensor_release(r->x);
    fm_tensor_release(r->y);
    fm_tensor_release(r->z);
    fm_context_close(r->ctx);
    fm_budget_release(r->budget);
    GPU_CUDA(gpu_cuda.stream_destroy(r->stream));
}

static void expect_z(rig *r, float value) {
    float *z = gpu_read(r->ctx, r->z);
    for (int i = 0; i < SIDE * SIDE; ++i) assert_true(z[i] == value);
    free(z);
}

static void expect_totals(rig *r, uint64_t captured, uint64_t replayed) {
    fm_summary *summary;
    GPU_OK(r->ctx, fm_summary_of_context(r->ctx, &summary));
    const fm_summary_totals *t = fm_summary_totals_of(summary);
    assert_int_equal(t->captured_flops, captured);
    assert_int_equal(t->replayed_flops, replayed);
    assert_int_equal(t->used, replayed);
    for (size_t i = 0; i < fm_summary_row_count(summary); ++i) {
        const fm_op_row *row = fm_summary_row(summary, i);
        assert_string_equal(row->name_space, "step");
        assert_int_equal(row->captured, 1);
        assert_int_equal(row->calls, row->replayed);
    }
    assert_int_equal(fm_summary_row_count(summary), 2);
    fm_summary_release(summary);
}

/* Three replays fit; the fourth is refused as a whole and does not run. */
static void replays_are_charged(void **state) {
    (void)state;
    rig r;
    fm_graph *graph;
    float *zeros;
    rig_open(&r, 3 * step_flops + 7);
    zeros = calloc(SIDE * SIDE, sizeof *zeros);
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    GPU_OK(r.ctx, step(&r));
    GPU_OK(r.ctx, fm_capture_end(r.ctx, &graph));
    assert_int_equal(fm_graph_flops(graph), step_flops);
    assert_int_equal(fm_graph_calls(graph), 2);
    expect_totals(&r, step_flops, 0);
    GPU_OK(r.ctx, fm_tensor_set_from_host(r.ctx, r.z, zeros, SIDE * SIDE * sizeof *zeros));
    for (int i = 0; i < 3; ++i) GPU_OK(r.ctx, fm_graph_launch(r.ctx, graph));
    expect_z(&r, SIDE + 1.0f);
    GPU_OK(r.ctx, fm_tensor_set_from_host(r.ctx, r.z, zeros, SIDE * SIDE * sizeof *zeros));
    assert_string_equal(fm_status_name(fm_graph_launch(r.ctx, graph)), "FM_ERR_BUDGET");
    assert_string_equal(fm_context_message(r.ctx),
                        "graph: needs 66,560 FLOPs, but 7 of 199,687 remain in the budget");
    GPU_OK(r.ctx, fm_synchronize(r.ctx));
    expect_z(&r, 0.0f);
    assert_int_equal(fm_graph_replays(graph), 3);
    expect_totals(&r, step_flops, 3 * step_flops);
    fm_graph_release(graph);
    free(zeros);
    rig_close(&r);
}

/* The graph's memory stays its own although all tensors are gone; it outlives the context too. */
static void a_graph_keeps_its_memory(void **state) {
    (void)state;
    rig r;
    fm_graph *graph;
    fm_memory_stats stats;
    rig_open(&r, 10 * step_flops);
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    GPU_OK(r.ctx, step(&r));
    GPU_OK(r.ctx, fm_capture_end(r.ctx, &graph));
    fm_tensor_release(r.x);
    fm_tensor_release(r.y);
    fm_tensor_release(r.z);
    r.x = r.y = r.z = NULL;
    fm_context_trim(r.ctx);
    fm_context_memory(r.ctx, &stats, NULL);
    assert_true(stats.in_use >= 3 * SIDE * SIDE * sizeof(float));
    GPU_OK(r.ctx, fm_graph_launch(r.ctx, graph));
    GPU_OK(r.ctx, fm_synchronize(r.ctx));
    rig_close(&r);
    assert_int_equal(fm_graph_set_exec(graph, NULL), FM_ERR_STATE);
    fm_graph_release(graph);
}

#define REFUSED(r, call, status, text)                                                             \
    do {                                                                                           \
        assert_string_equal(fm_status_name(call), status);                                         \
        if (!strstr(fm_context_message((r)->ctx), text))                                           \
            fail_msg("%s", fm_context_message((r)->ctx));                                          \
    } while (0)

static void misuse_is_refused(void **state) {
    (void)state;
    rig r;
    fm_graph *graph;
    fm_charge_id id;
    fm_tensor *cold = NULL;
    rig_open(&r, 10 * step_flops);
    REFUSED(&r, fm_capture_begin(r.ctx, FM_CAPTURE_CALLERS), "FM_ERR_STATE", "not being captured");
    REFUSED(&r, fm_capture_begin(r.ctx, (fm_capture)7), "FM_ERR_ARGUMENT", "7 is none of");
    REFUSED(&r, fm_capture_end(r.ctx, &graph), "FM_ERR_STATE", "none is open");
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    REFUSED(&r, fm_capture_begin(r.ctx, FM_CAPTURE_OWN), "FM_ERR_STATE", "open already");
    REFUSED(&r, fm_exp(r.ctx, r.x, &cold), "FM_ERR_STATE", "captur");
    REFUSED(&r, fm_synchronize(r.ctx), "FM_ERR_STATE", "captur");
    GPU_OK(r.ctx, fm_charge(r.ctx, "kernel", 5, &id));
    REFUSED(&r, fm_capture_end(r.ctx, &graph), "FM_ERR_STATE", "1 charge is not settled");
    GPU_OK(r.ctx, fm_settle(r.ctx, id, FM_RAN));
    GPU_OK(r.ctx, fm_namespace_push(r.ctx, "open", 0));
    REFUSED(&r, fm_capture_end(r.ctx, &graph), "FM_ERR_STATE", "1 namespaces are open");
    GPU_OK(r.ctx, fm_namespace_pop(r.ctx));
    REFUSED(&r, fm_budget_close(r.ctx), "FM_ERR_STATE", "captur");
    GPU_OK(r.ctx, step(&r));
    GPU_OK(r.ctx, fm_capture_end(r.ctx, &graph));
    assert_int_equal(fm_graph_flops(graph), step_flops + 5);
    REFUSED(&r, fm_graph_set_exec(graph, &r), "FM_ERR_STATE", "of its own");
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    REFUSED(&r, fm_graph_launch(r.ctx, graph), "FM_ERR_STATE", "captur");
    fm_capture_abandon(r.ctx);
    GPU_OK(r.ctx, fm_graph_launch(r.ctx, graph));
    fm_context *other = gpu_context(FM_CUDA, NULL, FM_TIMING_OFF);
    assert_int_equal(fm_graph_launch(other, graph), FM_ERR_ARGUMENT);
    fm_context_close(other);
    assert_int_equal(fm_budget_used(r.budget), step_flops + 5);
    fm_budget_options doubled = FM_BUDGET_OPTIONS_INIT;
    doubled.flops = 1 << 20;
    doubled.multiplier = 2;
    GPU_OK(r.ctx, fm_budget_close(r.ctx));
    fm_budget *budget;
    GPU_OK(r.ctx, fm_budget_open(r.ctx, &doubled, &budget));
    REFUSED(&r, fm_graph_launch(r.ctx, graph), "FM_ERR_STATE", "multiplier 1");
    assert_int_equal(fm_budget_used(budget), 0);
    fm_budget_release(budget);
    fm_graph_release(graph);
    /* A capture that is open when the context closes. */
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    rig_close(&r);
}

/* The caller captures and launches; here only charges are collected. */
static void a_capture_of_the_callers(void **state) {
    (void)state;
    rig r;
    fm_graph *graph;
    fm_charge_id id;
    void *captured = NULL, *exec = NULL;
    rig_open(&r, 3 * step_flops);
    GPU_CUDA(gpu_cuda.capture_begin(r.stream, CU_CAPTURE_MODE_GLOBAL));
    REFUSED(&r, fm_capture_begin(r.ctx, FM_CAPTURE_OWN), "FM_ERR_STATE", "being captured");
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_CALLERS));
    GPU_OK(r.ctx, step(&r));
    GPU_OK(r.ctx, fm_capture_end(r.ctx, &graph));
    GPU_CUDA(gpu_cuda.capture_end(r.stream, &captured));
    GPU_CUDA(gpu_cuda.graph_instantiate(&exec, captured, 0));
    REFUSED(&r, fm_graph_launch(r.ctx, graph), "FM_ERR_STATE", "nothing to launch");
    assert_int_equal(fm_budget_used(r.budget), 0);
    GPU_OK(r.ctx, fm_graph_set_exec(graph, exec));
    GPU_OK(r.ctx, fm_graph_launch(r.ctx, graph));
    GPU_OK(r.ctx, fm_graph_charge(r.ctx, graph, &id));
    GPU_CUDA(gpu_cuda.graph_launch(exec, r.stream));
    GPU_OK(r.ctx, fm_settle(r.ctx, id, FM_RAN));
    GPU_OK(r.ctx, fm_graph_charge(r.ctx, graph, &id));
    GPU_OK(r.ctx, fm_settle(r.ctx, id, FM_NOT_RUN));
    expect_totals(&r, step_flops, 2 * step_flops);
    GPU_OK(r.ctx, fm_graph_charge(r.ctx, graph, NULL));
    REFUSED(&r, fm_graph_charge(r.ctx, graph, &id), "FM_ERR_BUDGET", "0 of 199,680 remain");
    expect_z(&r, SIDE + 1.0f);
    fm_graph_release(graph);
    GPU_CUDA(gpu_cuda.exec_destroy(exec));
    GPU_CUDA(gpu_cuda.graph_destroy(captured));
    rig_close(&r);
}

/* What the host gives to a captured call is what every replay takes. */
static void host_elements_are_kept(void **state) {
    (void)state;
    rig r;
    fm_graph *graph[2];
    float data[SIDE * SIDE];
    rig_open(&r, 10 * step_flops);
    for (int g = 0; g < 2; ++g) {
        for (int i = 0; i < SIDE * SIDE; ++i) data[i] = (float)(g + 1);
        GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
        GPU_OK(r.ctx, fm_tensor_set_from_host(r.ctx, r.x, data, sizeof data));
        GPU_OK(r.ctx, step(&r));
        GPU_OK(r.ctx, fm_capture_end(r.ctx, &graph[g]));
    }
    memset(data, 0, sizeof data);
    for (int i = 0; i < 4; ++i) {
        const float x = (float)(i % 2 + 1);
        GPU_OK(r.ctx, fm_graph_launch(r.ctx, graph[i % 2]));
        expect_z(&r, SIDE * x * x + x);
    }
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    fm_graph_release(graph[0]); /* under another capture */
    fm_capture_abandon(r.ctx);
    fm_graph_release(graph[1]);
    rig_close(&r);
}

static void count_release(void *user) {
    ++*(int *)user;
}

/* Device memory and a stream of somebody else's: read in order, released after. */
static void foreign_memory_of_a_device(void **state) {
    (void)state;
    int released = 0;
    const int64_t n = 1000;
    float host[1] = {0};
    void *stream = gpu_stream();
    fm_context *owner = gpu_context(FM_CUDA, stream, FM_TIMING_OFF);
    fm_context *ctx = gpu_context(FM_CUDA, NULL, FM_TIMING_OFF);
    fm_tensor *source = gpu_floats(owner, n, 1, 1), *doubled = NULL, *t, *sum = NULL;
    GPU_OK(owner, fm_add(owner, source, source, &doubled));
    fm_foreign foreign = FM_FOREIGN_INIT;
    foreign.dtype = FM_FLOAT32;
    foreign.ndim = 1;
    foreign.shape = &n;
    foreign.data = fm_tensor_data(doubled);
    foreign.stream = stream;
    foreign.release = count_release;
    foreign.user = &released;
    GPU_OK(ctx, fm_tensor_wrap_foreign(ctx, &foreign, &t));
    GPU_OK(ctx, fm_sum(ctx, t, NULL, &sum));
    fm_scalar total;
    GPU_OK(ctx, fm_tensor_item(ctx, sum, &total));
    assert_true(total.value.f == (double)(n * (n + 1)));
    fm_tensor_release(t);
    assert_int_equal(released, 1);
    foreign.data = host;
    assert_int_equal(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_DEVICE);
    assert_non_null(strstr(fm_context_message(ctx), "is memory of the host"));
    assert_int_equal(released, 1);
    struct DLManagedTensorVersioned *dl;
    GPU_OK(owner, fm_tensor_to_dlpack(owner, doubled, NULL, &dl));
    assert_int_equal(dl->dl_tensor.device.device_type, FM_DL_CUDA);
    dl->dl_tensor.device.device_type = FM_DL_CPU;
    assert_int_equal(fm_tensor_from_dlpack(ctx, dl, stream, &t), FM_ERR_DEVICE);
    dl->dl_tensor.device.device_type = FM_DL_CUDA;
    GPU_OK(ctx, fm_tensor_from_dlpack(ctx, dl, stream, &t));
    GPU_OK(ctx, fm_sum(ctx, t, NULL, &sum));
    GPU_OK(ctx, fm_tensor_item(ctx, sum, &total));
    assert_true(total.value.f == (double)(n * (n + 1)));
    fm_tensor_release(t);
    fm_tensor_release(sum);
    fm_tensor_release(doubled);
    fm_tensor_release(source);
    fm_context_close(ctx);
    fm_context_close(owner);
    GPU_CUDA(gpu_cuda.stream_destroy(stream));
}

/* Under capture foreign memory is neither waited for nor waits: the capture is not spoilt. */
static void foreign_memory_under_capture(void **state) {
    (void)state;
    rig r;
    fm_graph *graph;
    fm_tensor *t, *held;
    struct DLManagedTensorVersioned *dl;
    void *stream = gpu_stream();
    rig_open(&r, 10 * step_flops);
    GPU_OK(r.ctx, fm_tensor_to_dlpack(r.ctx, r.x, stream, &dl));
    GPU_OK(r.ctx, fm_tensor_from_dlpack(r.ctx, dl, stream, &held));
    GPU_OK(r.ctx, fm_tensor_to_dlpack(r.ctx, r.x, FM_DLPACK_NO_WAIT, &dl));
    GPU_OK(r.ctx, fm_capture_begin(r.ctx, FM_CAPTURE_OWN));
    REFUSED(&r, fm_tensor_from_dlpack(r.ctx, dl, stream, &t), "FM_ERR_STATE", "captur");
    GPU_OK(r.ctx, fm_tensor_from_dlpack(r.ctx, dl, FM_DLPACK_NO_WAIT, &t));
    fm_tensor_release(t);
    fm_tensor_release(held);
    GPU_OK(r.ctx, step(&r));
    GPU_OK(r.ctx, fm_capture_end(r.ctx, &graph));
    GPU_OK(r.ctx, fm_graph_launch(r.ctx, graph));
    expect_z(&r, SIDE + 1.0f);
    fm_graph_release(graph);
    rig_close(&r);
    GPU_CUDA(gpu_cuda.stream_destroy(stream));
}

/* One capture and one replay in a context that is warm; what of it went through. */
static bool captured_and_launched(rig *r) {
    fm_graph *graph = NULL;
    if (fm_capture_begin(r->ctx, FM_CAPTURE_OWN) != FM_OK) return false;
    float ones[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; ++i) ones[i] = 1.0f;
    fm_status status = fm_tensor_set_from_host(r->ctx, r->x, ones, sizeof ones);
    if (status == FM_OK) status = step(r);
    if (status == FM_OK) status = fm_capture_end(r->ctx, &graph);
    if (status != FM_OK) {
        while (fm_namespace_pop(r->ctx) == FM_OK) continue;
        fm_capture_abandon(r->ctx);
        return false;
    }
    status = fm_graph_launch(r->ctx, graph);
    uint64_t used = fm_budget_used(r->budget);
    assert_int_equal(used, status == FM_OK ? step_flops : 0);
    fm_graph_release(graph);
    return status == FM_OK;
}

/* Every call of CUDA's, and every allocation, fails once: nothing is charged that did not run, and
   nothing is left behind. */
static void what_fails_is_not_charged(void **state) {
    (void)state;
    if (!gpu_info.emulated) skip();
    const fm_fake_control *fake = gpu_control;
    fm_fake_census before, after;
    rig r;
    rig_open(&r, step_flops); /* what the device keeps for good */
    assert_true(captured_and_launched(&r));
    rig_close(&r);
    fake->census(&before);
    for (int kind = 0; kind < 2; ++kind) {
        bool all = false;
        for (int nth = 1; !all; ++nth) {
            assert_true(nth < 1000);
            rig_open(&r, step_flops);
            if (kind == 0)
                fake->fail_at(nth, CU_INVALID_VALUE, FM_FAKE_AT_ONCE);
            else
                fm_alloc_fail_at((uint64_t)nth, 0);
            bool went = captured_and_launched(&r);
            all = went && (kind == 0 ? !fake->struck() : true);
            fake->fail_at(0, CU_SUCCESS, FM_FAKE_AT_ONCE);
            fm_alloc_fail_at(0, 0);
            fake->forget_errors();
            if (!went) assert_int_equal(fm_budget_used(r.budget), 0);
            rig_close(&r);
            fake->census(&after);
            assert_memory_equal(&before, &after, sizeof after);
        }
    }
}

/* Namespaces and loops are ranges; what a context leaves open is closed with it. */
static void scopes_are_ranges(void **state) {
    (void)state;
    if (!gpu_info.emulated) skip();
    const fm_fake_control *fake = gpu_control;
    fm_fake_census before, now;
    fm_loop *loop;
    fake->census(&before);
    fm_context *ctx = gpu_context(FM_CUDA, NULL, FM_TIMING_STEP);
    GPU_OK(ctx, fm_loop_open(ctx, NULL, &loop));
    GPU_OK(ctx, fm_loop_step_begin(loop));
    fake->census(&now);
    assert_int_equal(now.ranges - before.ranges, 2);
    GPU_OK(ctx, fm_loop_step_end(loop, NULL));
    fm_loop_close(loop);
    fake->census(&now);
    assert_int_equal(now.ranges, before.ranges);
    GPU_OK(ctx, fm_namespace_push(ctx, "left", 0));
    assert_int_equal(fm_namespace_push(ctx, "a.b", 0), FM_ERR_ARGUMENT);
    fake->census(&now);
    assert_int_equal(now.ranges - before.ranges, 1);
    fm_context_close(ctx);
    fake->census(&now);
    assert_int_equal(now.ranges, before.ranges);
}

/* Streams and memory of another device, where there are two. */
static void another_device(void **state) {
    (void)state;
    if (gpu_info.emulated) gpu_control->devices(2);
    if (fm_device_count(FM_CUDA, NULL, 0) < 2) skip();
    const int64_t n = 3;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *first = gpu_context(FM_CUDA, NULL, FM_TIMING_OFF), *second;
    fm_tensor *there = gpu_floats(first, n, 1, 1), *t;
    fm_error error;
    options.device = (fm_device){FM_CUDA, 1};
    options.stream = gpu_stream();
    assert_int_equal(fm_context_open(&options, &second, &error), FM_ERR_DEVICE);
    assert_string_equal(error.message, "the stream is of cuda:0, but the context is on cuda:1");
    assert_null(second);
    fm_foreign foreign = FM_FOREIGN_INIT;
    foreign.dtype = FM_FLOAT32;
    foreign.ndim = 1;
    foreign.shape = &n;
    foreign.data = fm_tensor_data(there);
    foreign.stream = options.stream;
    options.stream = NULL;
    assert_int_equal(fm_context_open(&options, &second, &error), FM_OK);
    assert_int_equal(fm_tensor_wrap_foreign(second, &foreign, &t), FM_ERR_DEVICE);
    assert_string_equal(fm_context_message(second),
                        "the stream is of cuda:0, but the context is on cuda:1");
    void *stream = foreign.stream;
    foreign.stream = NULL;
    assert_int_equal(fm_tensor_wrap_foreign(second, &foreign, &t), FM_ERR_DEVICE);
    assert_non_null(
        strstr(fm_context_message(second), "is on cuda:0, but the context is on cuda:1"));
    foreign.device = (fm_device){FM_CUDA, 0};
    assert_int_equal(fm_tensor_wrap_foreign(second, &foreign, &t), FM_ERR_DEVICE);
    assert_string_equal(fm_context_message(second),
                        "wrap: the memory is on cuda:0, but the context is on cuda:1");
    fm_context_close(second);
    fm_tensor_release(there);
    fm_context_close(first);
    GPU_CUDA(gpu_cuda.stream_destroy(stream));
    if (gpu_info.emulated) gpu_control->devices(1);
}

GPU_MAIN(GPU_CASE(replays_are_charged), GPU_CASE(a_graph_keeps_its_memory),
         GPU_CASE(misuse_is_refused), GPU_CASE(a_capture_of_the_callers),
         GPU_CASE(host_elements_are_kept), GPU_CASE(foreign_memory_of_a_device),
         GPU_CASE(foreign_memory_under_capture), GPU_CASE(what_fails_is_not_charged),
         GPU_CASE(scopes_are_ranges), GPU_CASE(another_device))
