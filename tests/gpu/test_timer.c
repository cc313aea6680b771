/* Device time by pooled events: per op and per step, without waiting in between. */
#include "gpu_test.h"

static const fm_op_row *row_of(const fm_summary *summary, const char *op) {
    for (size_t i = 0; i < fm_summary_row_count(summary); ++i)
        if (!strcmp(fm_summary_row(summary, i)->op, op)) return fm_summary_row(summary, i);
    fail_msg("the summary has no row of %s", op);
    return NULL;
}

/* More intervals than a small pool would have, and none is lost. */
static void every_op_is_timed(void **state) {
    (void)state;
    enum { CALLS = 3000 };
    const int64_t n = gpu_info.emulated ? 100 : 100000;
    GPU_OK(gpu, fm_context_set_timing(gpu, FM_TIMING_OP));
    fm_tensor *x = gpu_floats(gpu, n, 1.0f, 0.5f), *y = NULL;
    fm_summary *summary = NULL;
    for (int i = 0; i < CALLS; ++i) GPU_OK(gpu, fm_add(gpu, x, x, &y));
    GPU_OK(gpu, fm_summary_of_context(gpu, &summary));
    const fm_op_row *row = row_of(summary, "add");
    const fm_summary_totals *totals = fm_summary_totals_of(summary);
    assert_int_equal(row->calls, CALLS);
    assert_int_equal(row->timed, CALLS);
    assert_int_equal(totals->untimed_calls, 0);
    assert_true(row->ns_min > 0);
    assert_true(row->ns_min <= row->ns_max);
    assert_in_range(row->ns_total, CALLS * row->ns_min, CALLS * row->ns_max);
    assert_int_equal(totals->backend_ns, row->ns_total);
    assert_int_equal(totals->wall_ns,
                     totals->backend_ns + totals->overhead_ns + totals->residual_ns);
    fm_summary_release(summary);
    fm_tensor_release(x);
    fm_tensor_release(y);
}

static void a_step_is_one_interval(void **state) {
    (void)state;
    const int64_t n = gpu_info.emulated ? 100 : 100000;
    GPU_OK(gpu, fm_context_set_timing(gpu, FM_TIMING_STEP));
    fm_tensor *x = gpu_floats(gpu, n, 1.0f, 0.5f), *y = NULL;
    fm_summary *summary = NULL;
    for (int step = 0; step < 100; ++step) {
        GPU_OK(gpu, fm_step_begin(gpu));
        for (int i = 0; i < 10; ++i) GPU_OK(gpu, fm_multiply(gpu, x, x, &y));
        GPU_OK(gpu, fm_step_end(gpu));
    }
    GPU_OK(gpu, fm_summary_of_context(gpu, &summary));
    assert_int_equal(row_of(summary, "multiply")->calls, 1000);
    assert_int_equal(row_of(summary, "multiply")->timed, 0);
    assert_true(fm_summary_totals_of(summary)->backend_ns > 0);
    fm_summary_release(summary);
    fm_tensor_release(x);
    fm_tensor_release(y);
}

/* More steps, or replays of a graph, than there are intervals at a time. The device keeps pace, and
   nobody waits for it in the context. */
static void many_are_timed(bool replays) {
    enum { MANY = 10000, PACE = 100 };
    void *stream = gpu_stream();
    fm_context *ctx = gpu_context(FM_CUDA, stream, replays ? FM_TIMING_OP : FM_TIMING_STEP);
    fm_tensor *x = gpu_floats(ctx, 4, 1.0f, 0.5f), *y = NULL;
    fm_graph *graph = NULL;
    fm_summary *summary = NULL;
    for (int i = 0; i < 2; ++i) GPU_OK(ctx, fm_add(ctx, x, x, &y));
    if (replays) {
        GPU_OK(ctx, fm_capture_begin(ctx, FM_CAPTURE_OWN));
        GPU_OK(ctx, fm_add(ctx, x, x, &y));
        GPU_OK(ctx, fm_capture_end(ctx, &graph));
    }
    for (int i = 0; i < MANY; ++i) {
        if (!replays) GPU_OK(ctx, fm_step_begin(ctx));
        GPU_OK(ctx, replays ? fm_graph_launch(ctx, graph) : fm_add(ctx, x, x, &y));
        if (!replays) GPU_OK(ctx, fm_step_end(ctx));
        if (i % PACE == 0) GPU_CUDA(gpu_cuda.stream_synchronize(stream));
    }
    GPU_OK(ctx, fm_summary_of_context(ctx, &summary));
    const uint64_t busy = fm_summary_totals_of(summary)->backend_ns;
    assert_true(busy >= (uint64_t)MANY * (gpu_info.emulated ? 5000 : 1));
    fm_summary_release(summary);
    fm_graph_release(graph);
    fm_tensor_release(x);
    fm_tensor_release(y);
    fm_context_close(ctx);
    GPU_CUDA(gpu_cuda.stream_destroy(stream));
}

static void many_steps_are_timed(void **state) {
    (void)state;
    many_are_timed(false);
}

static void many_replays_are_timed(void **state) {
    (void)state;
    many_are_timed(true);
}

/* A thousand times the work takes longer. The fake's clock does not know work. */
static void more_work_takes_longer(void **state) {
    (void)state;
    if (gpu_info.emulated) skip();
    const int64_t small[2] = {64, 64}, large[2] = {2048, 2048};
    uint64_t took[2];
    GPU_OK(gpu, fm_context_set_timing(gpu, FM_TIMING_OP));
    for (int k = 0; k < 2; ++k) {
        fm_tensor *x = NULL, *y = NULL;
        fm_summary *summary = NULL;
        GPU_OK(gpu, fm_tensor_create(gpu, FM_FLOAT32, 2, k ? large : small, &x));
        for (int i = 0; i < 5; ++i) GPU_OK(gpu, fm_matmul(gpu, x, x, &y));
        GPU_OK(gpu, fm_summary_of_context(gpu, &summary));
        took[k] = row_of(summary, "matmul")->ns_min;
        fm_summary_release(summary);
        fm_context_reset_ledger(gpu);
        fm_tensor_release(x);
        fm_tensor_release(y);
    }
    assert_true(took[1] > 2 * took[0]);
    /* 2 * 2048^3 FLOPs; no device does 10^15 float32 FLOP/s. */
    assert_true(took[1] > 17000);
}

GPU_MAIN(GPU_CASE(every_op_is_timed), GPU_CASE(a_step_is_one_interval),
         GPU_CASE(many_steps_are_timed), GPU_CASE(many_replays_are_timed),
         GPU_CASE(more_work_takes_longer))
