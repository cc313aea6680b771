/* The fake's capture: graphs that replay, and everything that CUDA forbids meanwhile. */
#include "fake_test.h"

static cu_stream first, second;
static char *block;
static char *pinned;

static char device_byte(int at) {
    char seen = 0;
    OK(cu_api.copy(&seen, block + at, 1, CU_COPY_DEVICE_TO_HOST, NULL));
    return seen;
}

static void begin(void) {
    OK(cu_api.capture_begin(first, CU_CAPTURE_MODE_GLOBAL));
}

static void ends_with(const char *name) {
    cu_graph graph = NULL;
    FAILS(cu_api.capture_end(first, &graph), name);
    assert_null(graph);
}

static cu_graph_exec finish(size_t nodes) {
    cu_graph graph = NULL;
    cu_graph_exec exec = NULL;
    size_t count = 0;
    OK(cu_api.capture_end(first, &graph));
    OK(cu_api.graph_nodes(graph, &count));
    assert_int_equal(count, nodes);
    OK(cu_api.graph_instantiate(&exec, graph));
    OK(cu_api.graph_destroy(graph));
    return exec;
}

static void a_graph_replays(void **state) {
    (void)state;
    int mode = -1;
    const int64_t before = fm_fake_entry()->executed();
    OK(cu_api.capture_state(first, &mode));
    assert_int_equal(mode, CU_CAPTURE_NONE);
    begin();
    OK(cu_api.capture_state(first, &mode));
    assert_int_equal(mode, CU_CAPTURE_ACTIVE);
    OK(cu_api.copy(block, pinned, 1, CU_COPY_HOST_TO_DEVICE, first));
    OK(cu_api.copy(block + 1, block, 1, CU_COPY_DEVICE_TO_DEVICE, first));
    cu_graph_exec exec = finish(2);
    OK(cu_api.stream_synchronize(first));
    assert_int_equal(fm_fake_entry()->executed(), before); /* captured, not run */
    for (char c = 'a'; c < 'd'; ++c) {
        *pinned = c;
        OK(cu_api.graph_launch(exec, second));
        OK(cu_api.stream_synchronize(second));
        assert_int_equal(device_byte(1), c);
    }
    OK(cu_api.graph_launch(exec, second));
    OK(cu_api.graph_exec_destroy(exec)); /* while a launch still refers to it */
    OK(cu_api.stream_synchronize(second));
}

static void kernels_are_captured_with_their_arguments(void **state) {
    (void)state;
    float *x = NULL, seen = 0.0f, one = 1.0f;
    OK(cu_api.device_alloc((void **)&x, sizeof *x));
    OK(cu_api.copy(x, &one, sizeof one, CU_COPY_HOST_TO_DEVICE, first));
    begin();
    OK(test_add(x, x, 1, 2.5f, first));
    cu_graph_exec exec = finish(1);
    for (int i = 0; i < 3; ++i) OK(cu_api.graph_launch(exec, first));
    OK(cu_api.copy(&seen, x, sizeof seen, CU_COPY_DEVICE_TO_HOST, first));
    assert_true(seen == 8.5f);
    OK(cu_api.graph_exec_destroy(exec));
    OK(cu_api.device_free(x));
}

static void waiting_spoils_a_capture(void **state) {
    (void)state;
    begin();
    FAILS(cu_api.stream_synchronize(first), "cudaErrorStreamCaptureUnsupported");
    FAILS(cu_api.fill(block, 0, 1, first), "cudaErrorStreamCaptureInvalidated");
    ends_with("cudaErrorStreamCaptureInvalidated");
    begin();
    FAILS(cu_api.device_synchronize(), "cudaErrorStreamCaptureUnsupported");
    ends_with("cudaErrorStreamCaptureInvalidated");
    begin();
    FAILS(cu_api.stream_query(first), "cudaErrorStreamCaptureUnsupported");
    ends_with("cudaErrorStreamCaptureInvalidated");
    OK(cu_api.fill(block, 0, 1, first)); /* the stream is usable again */
}

static void allocating_spoils_a_capture(void **state) {
    (void)state;
    void *more = NULL;
    cu_blas blas = NULL;
    begin();
    FAILS(cu_api.device_alloc(&more, 1), "cudaErrorStreamCaptureUnsupported");
    ends_with("cudaErrorStreamCaptureInvalidated");
    begin();
    FAILS(cu_api.host_alloc(&more, 1), "cudaErrorStreamCaptureUnsupported");
    ends_with("cudaErrorStreamCaptureInvalidated");
    begin();
    FAILS(cu_api.blas_create(&blas), "CUBLAS_STATUS_NOT_INITIALIZED");
    ends_with("cudaErrorStreamCaptureInvalidated");
}

static void pool_calls_are_refused(void **state) {
    (void)state;
    cu_pool pool = NULL;
    void *more = NULL, *there = NULL;
    OK(cu_api.pool_create(&pool, 0));
    OK(cu_api.pool_alloc(&there, 1, pool, first));
    begin();
    FAILS(cu_api.pool_alloc(&more, 1, pool, first), "cudaErrorNotSupported");
    FAILS(cu_api.pool_free(there, first), "cudaErrorNotSupported");
    OK(cu_api.fill(there, 0, 1, first));
    OK(cu_api.graph_exec_destroy(finish(1)));
    OK(cu_api.pool_free(there, first));
    OK(cu_api.pool_destroy(pool));
}

static void pageable_memory_is_refused(void **state) {
    (void)state;
    char local = 0;
    begin();
    FAILS(cu_api.copy(&local, block, 1, CU_COPY_DEVICE_TO_HOST, first),
          "cudaErrorStreamCaptureUnsupported");
    ends_with("cudaErrorStreamCaptureInvalidated");
    begin();
    FAILS(cu_api.copy(block, &local, 1, CU_COPY_HOST_TO_DEVICE, first),
          "cudaErrorStreamCaptureUnsupported");
    ends_with("cudaErrorStreamCaptureInvalidated");
}

/* Queries elsewhere count too, unless this thread says it knows what it does. */
static void other_waits_need_a_relaxed_thread(void **state) {
    (void)state;
    cu_event event = NULL;
    int mode = CU_CAPTURE_MODE_RELAXED;
    OK(cu_api.event_create(&event, 1));
    OK(cu_api.event_record(event, second));
    begin();
    OK(cu_api.capture_exchange(&mode));
    assert_int_equal(mode, CU_CAPTURE_MODE_GLOBAL);
    OK(cu_api.event_synchronize(event));
    OK(cu_api.stream_synchronize(second));
    OK(cu_api.capture_exchange(&mode));
    OK(cu_api.graph_exec_destroy(finish(0)));
    begin();
    FAILS(cu_api.event_query(event), "cudaErrorStreamCaptureUnsupported");
    ends_with("cudaErrorStreamCaptureInvalidated");
    OK(cu_api.event_destroy(event));
}

static void forks_must_join(void **state) {
    (void)state;
    cu_event forked = NULL, joined = NULL;
    OK(cu_api.event_create(&forked, 0));
    OK(cu_api.event_create(&joined, 0));
    for (int joins = 0; joins < 2; ++joins) {
        begin();
        OK(cu_api.fill(block, 'x', 1, first));
        OK(cu_api.event_record(forked, first));
        OK(cu_api.stream_wait(second, forked));
        OK(cu_api.copy(block + 1, block, 1, CU_COPY_DEVICE_TO_DEVICE, second));
        OK(cu_api.event_record(joined, second));
        if (!joins) {
            ends_with("cudaErrorStreamCaptureUnjoined");
            continue;
        }
        OK(cu_api.stream_wait(first, joined));
        cu_graph_exec exec = finish(2);
        OK(cu_api.graph_launch(exec, first));
        OK(cu_api.stream_synchronize(first));
        assert_int_equal(device_byte(1), 'x');
        OK(cu_api.graph_exec_destroy(exec));
    }
    FAILS(cu_api.event_synchronize(joined), "cudaErrorCapturedEvent");
    OK(cu_api.event_destroy(forked));
    OK(cu_api.event_destroy(joined));
}

static void captures_stay_apart(void **state) {
    (void)state;
    cu_event outside = NULL, inside = NULL;
    cu_graph graph = NULL;
    OK(cu_api.event_create(&outside, 0));
    OK(cu_api.event_create(&inside, 0));
    OK(cu_api.event_record(outside, second));
    begin();
    FAILS(cu_api.stream_wait(first, outside), "cudaErrorStreamCaptureIsolation");
    ends_with("cudaErrorStreamCaptureInvalidated");
    begin();
    OK(cu_api.event_record(inside, first));
    OK(cu_api.capture_begin(second, CU_CAPTURE_MODE_GLOBAL));
    FAILS(cu_api.stream_wait(second, inside), "cudaErrorStreamCaptureMerge");
    FAILS(cu_api.capture_end(second, &graph), "cudaErrorStreamCaptureInvalidated");
    ends_with("cudaErrorStreamCaptureInvalidated");
    OK(cu_api.event_destroy(outside));
    OK(cu_api.event_destroy(inside));
}

static void ends_need_beginnings(void **state) {
    (void)state;
    cu_graph graph = NULL;
    FAILS(cu_api.capture_end(first, &graph), "cudaErrorInvalidValue");
    FAILS(cu_api.capture_begin(NULL, CU_CAPTURE_MODE_GLOBAL), "cudaErrorStreamCaptureUnsupported");
    begin();
    FAILS(cu_api.capture_begin(first, CU_CAPTURE_MODE_GLOBAL), "cudaErrorInvalidValue");
    OK(cu_api.graph_exec_destroy(finish(0)));
}

static int setup(void **state) {
    return fresh(state) || cu_api.stream_create(&first) || cu_api.stream_create(&second) ||
           cu_api.device_alloc((void **)&block, 16) || cu_api.host_alloc((void **)&pinned, 16);
}

static int teardown(void **state) {
    return cu_api.device_free(block) || cu_api.host_free(pinned) || cu_api.stream_destroy(first) ||
           cu_api.stream_destroy(second) || clean(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_graph_replays),
        CASE(kernels_are_captured_with_their_arguments),
        CASE(waiting_spoils_a_capture),
        CASE(allocating_spoils_a_capture),
        CASE(pool_calls_are_refused),
        CASE(pageable_memory_is_refused),
        CASE(other_waits_need_a_relaxed_thread),
        CASE(forks_must_join),
        CASE(captures_stay_apart),
        CASE(ends_need_beginnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
