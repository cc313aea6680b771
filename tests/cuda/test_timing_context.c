/* Measured time from a context's call to its ledger: the whole way on the fake device. */
#include "timing_test.h"

#include "call/context.h"

#include <flopmeter/flopmeter.h>

static fm_context *ctx;
static fm_tensor *a, *b;

#define CTX_OK(call)                                                                               \
    do {                                                                                           \
        if ((call) != FM_OK) fail_msg("%s", fm_context_message(ctx));                              \
    } while (0)

static void open_context(const char *library, fm_timing wanted) {
    const int64_t shape[2] = {8, 8};
    float data[64];
    fm_error error;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    for (int i = 0; i < 64; ++i) data[i] = (float)(i % 7);
    if (library) timing_library(library);
    options.device.kind = FM_CUDA;
    options.timing = wanted;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    CTX_OK(fm_tensor_from_host(ctx, FM_FLOAT32, 2, shape, data, &a));
    CTX_OK(fm_tensor_from_host(ctx, FM_FLOAT32, 2, shape, data, &b));
}

static void close_context(void) {
    fm_tensor_release(a);
    fm_tensor_release(b);
    fm_context_close(ctx);
    if (timing_cupti) assert_int_equal(timing_cupti->subscribers, 0);
}

static fm_counters row_of(const fm_ledger *ledger, const char *op, const char *name_space) {
    for (fm_ledger_row *row = fm_ledger_first(ledger); row; row = fm_ledger_next(row)) {
        fm_counters counters;
        if (strcmp(row->op, op) || strcmp(row->name_space, name_space)) continue;
        if (fm_ledger_row_read(row, &counters)) return counters;
    }
    fail_msg("no row %s in \"%s\"", op, name_space);
    return (fm_counters){0};
}

static const fm_ledger *ledger(void) {
    return &ctx->meter.window->ledger;
}

static void ops_have_their_kernels_time(void **state) {
    (void)state;
    fm_tensor *sum = NULL, *product = NULL, *variance = NULL;
    open_context("several", FM_TIMING_ACTIVITY);
    assert_int_equal(ctx->meter.timing, FM_TIMING_ACTIVITY);
    assert_string_equal(ctx->meter.collected.source, "CUPTI 13.3, several subscribers");
    for (int i = 0; i < 3; ++i) CTX_OK(fm_add(ctx, a, b, &sum));
    CTX_OK(fm_matmul(ctx, a, b, &product));
    CTX_OK(fm_corrcoef(ctx, a, NULL, &variance));
    CTX_OK(fm_synchronize(ctx));
    const fm_counters add = row_of(ledger(), "add", ""), var = row_of(ledger(), "corrcoef", "");
    const fm_counters matmul = row_of(ledger(), "matmul", "");
    assert_int_equal(add.calls, 3);
    assert_int_equal(add.timed, 3);
    assert_int_equal(add.launches, 3);
    assert_int_equal(add.ns_total, 3 * 5000);
    assert_int_equal(add.ns_min, 5000);
    assert_int_equal(matmul.timed, 1);
    assert_true(matmul.ns_total >= 5000);
    assert_int_equal(var.timed, 1);
    assert_true(var.launches > 1); /* a program's calls are all its own */
    assert_true(var.ns_total >= var.launches * 1000);
    /* The library's kernel is the product's. */
    const fm_ledger *kernels = fm_ledger_seen_kernels(ledger());
    assert_int_equal(row_of(kernels, "library_gemm", "matmul").calls, 1);
    assert_int_equal(row_of(kernels, "void loop<float>(float*, long)", "add").calls, 3);
    const fm_activity_totals *totals = &ctx->meter.activity->totals;
    assert_int_equal(totals->unattributed, 0);
    assert_int_equal(totals->attributed_ns, totals->kernel_ns);
    assert_int_equal(totals->busy_ns, totals->kernel_ns + totals->copy_ns); /* one stream */
    assert_int_equal(ctx->meter.collected.dropped, 0);
    fm_tensor_release(sum);
    fm_tensor_release(product);
    fm_tensor_release(variance);
    close_context();
}

/* A kernel of nobody's lowers the attributed share by its own. */
static void strangers_are_uncovered(void **state) {
    (void)state;
    fm_tensor *sum = NULL;
    open_context("one", FM_TIMING_ACTIVITY);
    for (int i = 0; i < 3; ++i) CTX_OK(fm_add(ctx, a, b, &sum));
    OK(test_add(fm_tensor_data(sum), fm_tensor_data(sum), 4, 1.0f, ctx->stream));
    CTX_OK(fm_synchronize(ctx));
    const fm_activity_totals *totals = &ctx->meter.activity->totals;
    assert_int_equal(totals->unattributed, 1);
    assert_int_equal(totals->kernel_ns, 4 * 5000);
    assert_int_equal(totals->attributed_ns, 3 * 5000);
    fm_tensor_release(sum);
    close_context();
}

/* Replays count and are timed as the calls that were captured, with what their method executes. */
static void replays_have_their_kernels_time(void **state) {
    (void)state;
    fm_tensor *sum = NULL, *product = NULL;
    fm_graph *graph;
    open_context("several", FM_TIMING_ACTIVITY);
    for (int i = 0; i < 2; ++i) CTX_OK(fm_matmul(ctx, a, b, &product));
    for (int i = 0; i < 2; ++i) CTX_OK(fm_add(ctx, a, b, &sum));
    CTX_OK(fm_capture_begin(ctx, FM_CAPTURE_OWN));
    CTX_OK(fm_matmul(ctx, a, b, &product));
    for (int i = 0; i < 2; ++i) CTX_OK(fm_add(ctx, a, b, &sum));
    CTX_OK(fm_capture_end(ctx, &graph));
    for (int i = 0; i < 3; ++i) CTX_OK(fm_graph_launch(ctx, graph));
    CTX_OK(fm_synchronize(ctx));
    const fm_counters add = row_of(ledger(), "add", ""), matmul = row_of(ledger(), "matmul", "");
    assert_int_equal(add.calls, 2 + 6);
    assert_int_equal(add.replayed, 6);
    assert_int_equal(add.captured, 2);
    assert_int_equal(add.timed, add.calls);
    assert_int_equal(add.launches, add.calls);
    assert_int_equal(add.executed, 8 * 64);
    assert_int_equal(matmul.timed, 5);
    assert_int_equal(matmul.executed, 5 * 2 * 8 * 8 * 8);
    const fm_activity_totals *totals = &ctx->meter.activity->totals;
    assert_int_equal(totals->unattributed, 0);
    assert_int_equal(totals->attributed_ns, totals->kernel_ns);
    assert_int_equal(totals->late, 0);
    fm_graph_release(graph);
    fm_tensor_release(sum);
    fm_tensor_release(product);
    close_context();
}

/* What the model charges stands beside what the method executes: half of the products where the
 * operands are one. */
static void a_matrix_with_itself_executes_half(void **state) {
    (void)state;
    enum { N = 130, K = 256 };
    static const float data[N * K] = {1};
    const int64_t shape[2] = {N, K};
    fm_tensor *x = NULL, *copy = NULL, *out = NULL;
    open_context(NULL, FM_TIMING_OFF);
    CTX_OK(fm_tensor_from_host(ctx, FM_FLOAT32, 2, shape, data, &x));
    CTX_OK(fm_tensor_from_host(ctx, FM_FLOAT32, 2, shape, data, &copy));
    const fm_tensor *same[2] = {x, x}, *other[2] = {x, copy};
    CTX_OK(fm_einsum(ctx, "ij,kj->ik", other, 2, NULL, &out));
    const fm_counters full = row_of(ledger(), "einsum", "");
    assert_int_equal(full.executed, 2 * N * N * K);
    CTX_OK(fm_einsum(ctx, "ij,kj->ik", same, 2, NULL, &out));
    const fm_counters both = row_of(ledger(), "einsum", "");
    assert_int_equal(both.executed - full.executed, N * (N + 1) * K);
    CTX_OK(fm_synchronize(ctx));
    fm_tensor_release(x);
    fm_tensor_release(copy);
    fm_tensor_release(out);
    close_context();
}

/* A graph counts, and is timed, under every budget that it is replayed under. */
static void replays_under_another_budget_are_timed(void **state) {
    (void)state;
    fm_tensor *sum = NULL, *product = NULL;
    fm_graph *graph;
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 1 << 20;
    open_context("several", FM_TIMING_ACTIVITY);
    CTX_OK(fm_add(ctx, a, b, &sum));
    CTX_OK(fm_matmul(ctx, a, b, &product));
    CTX_OK(fm_capture_begin(ctx, FM_CAPTURE_OWN));
    CTX_OK(fm_matmul(ctx, a, b, &product));
    CTX_OK(fm_capture_end(ctx, &graph));
    for (int round = 0; round < 2; ++round) {
        CTX_OK(fm_budget_open(ctx, &options, &budget));
        for (int i = 0; i < 3; ++i) CTX_OK(fm_graph_launch(ctx, graph));
        CTX_OK(fm_add(ctx, a, b, &sum));
        CTX_OK(fm_synchronize(ctx));
        const fm_counters add = row_of(ledger(), "add", "");
        const fm_counters matmul = row_of(ledger(), "matmul", "");
        assert_int_equal(matmul.calls, 3);
        assert_int_equal(matmul.timed, 3);
        assert_int_equal(matmul.launches, 3);
        assert_int_equal(add.timed, 1);
        assert_int_equal(ctx->meter.activity->totals.unattributed, 0);
        assert_int_equal(ctx->meter.activity->totals.late, 0);
        CTX_OK(fm_budget_close(ctx));
        fm_budget_release(budget);
    }
    CTX_OK(fm_graph_launch(ctx, graph)); /* where it was captured, after the others */
    CTX_OK(fm_synchronize(ctx));
    assert_int_equal(row_of(ledger(), "matmul", "").timed, 2);
    CTX_OK(fm_graph_launch(ctx, graph));
    fm_graph_release(graph); /* before its record came */
    CTX_OK(fm_synchronize(ctx));
    assert_int_equal(row_of(ledger(), "matmul", "").timed, 2);
    assert_int_equal(ctx->meter.activity->totals.unattributed, 1);
    fm_tensor_release(sum);
    fm_tensor_release(product);
    close_context();
}

static void another_subscriber_leaves_events(void **state) {
    (void)state;
    fm_tensor *sum = NULL;
    timing_library("one");
    timing_cupti->held_by = "CUPTI for somebody";
    open_context(NULL, FM_TIMING_ACTIVITY);
    assert_int_equal(ctx->meter.timing, FM_TIMING_OP);
    assert_int_equal(ctx->meter.collected.tier, FM_TIER_EVENTS);
    assert_string_equal(ctx->meter.collected.reason, "CUPTI is held by CUPTI for somebody");
    CTX_OK(fm_add(ctx, a, b, &sum));
    CTX_OK(fm_synchronize(ctx));
    assert_int_equal(row_of(ledger(), "add", "").timed, 1);
    assert_int_equal(row_of(ledger(), "add", "").launches, 0);
    fm_tensor_release(sum);
    close_context();
}

static void timing_can_be_changed(void **state) {
    (void)state;
    fm_tensor *sum = NULL;
    open_context("one", FM_TIMING_OFF);
    assert_int_equal(timing_cupti->subscribers, 0);
    CTX_OK(fm_context_set_timing(ctx, FM_TIMING_ACTIVITY));
    CTX_OK(fm_add(ctx, a, b, &sum));
    CTX_OK(fm_context_set_timing(ctx, FM_TIMING_STEP)); /* takes what is outstanding */
    assert_int_equal(timing_cupti->subscribers, 0);
    assert_int_equal(row_of(ledger(), "add", "").launches, 1);
    fm_tensor_release(sum);
    close_context();
}

static void failing_calls_are_popped(void **state) {
    (void)state;
    fm_tensor *sum = NULL;
    open_context("one", FM_TIMING_ACTIVITY);
    CTX_OK(fm_add(ctx, a, b, &sum));
    fm_fake_entry()->fail_at(1, CU_LAUNCH_OUT_OF_RESOURCES, FM_FAKE_AT_ONCE);
    assert_int_not_equal(fm_add(ctx, a, b, &sum), FM_OK);
    fm_fake_entry()->fail_at(0, 0, FM_FAKE_AT_ONCE);
    CTX_OK(fm_add(ctx, a, b, &sum));
    CTX_OK(fm_synchronize(ctx));
    assert_int_equal(timing_cupti->pushes, timing_cupti->pops);
    assert_int_equal(row_of(ledger(), "add", "").launches, 2);
    fm_tensor_release(sum);
    close_context();
}

/* Steps are the passes: their calls' counters come after as many of them as CUPTI wants. */
static void counters_come_with_the_last_pass(void **state) {
    (void)state;
    fm_tensor *sum = NULL, *product = NULL;
    timing_library("one");
    timing_cupti->passes = 3;
    for (int i = 0; i < FAKE_CUPTI_METRICS; ++i) timing_cupti->value[i] = 1.0;
    open_context(NULL, FM_TIMING_COUNTERS);
    assert_int_equal(ctx->meter.timing, FM_TIMING_COUNTERS);
    CTX_OK(fm_add(ctx, a, b, &sum)); /* outside a step: not counted */
    for (int pass = 0; pass < 3; ++pass) {
        CTX_OK(fm_synchronize(ctx));
        if (pass) assert_int_equal(row_of(ledger(), "add", "").counted_flops, 0);
        CTX_OK(fm_step_begin(ctx));
        CTX_OK(fm_add(ctx, a, b, &sum));
        CTX_OK(fm_matmul(ctx, a, b, &product));
        CTX_OK(fm_step_end(ctx));
    }
    const fm_counters add = row_of(ledger(), "add", ""), matmul = row_of(ledger(), "matmul", "");
    assert_int_equal(add.calls, 4);
    assert_int_equal(add.counted_flops, 1);
    assert_int_equal(add.counted_bytes, 1);
    assert_int_equal(add.bytes_read, 1);
    assert_int_equal(add.vector_flops, 16); /* one of each instruction, by its weight */
    assert_int_equal(add.launches, 0);
    assert_int_equal(matmul.counted_flops, 1);
    assert_int_equal(ctx->meter.activity->totals.kernel_ns, 0);
    fm_tensor_release(sum);
    fm_tensor_release(product);
    close_context();
}

static int setup(void **state) {
    timing_cupti = NULL;
    return fresh(state);
}

static int teardown(void **state) {
    fm_fake_entry()->observe(NULL);
    return clean(state);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(ops_have_their_kernels_time),
        CASE(strangers_are_uncovered),
        CASE(another_subscriber_leaves_events),
        CASE(timing_can_be_changed),
        CASE(failing_calls_are_popped),
        CASE(counters_come_with_the_last_pass),
        CASE(a_matrix_with_itself_executes_half),
        CASE(replays_have_their_kernels_time),
        CASE(replays_under_another_budget_are_timed),
    };
    if (fm_module_register(FM_CUDA, fm_backend_entry) != FM_OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
