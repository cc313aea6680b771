/* Collecting on the fake device with a libcupti of the tests: launches get their call's id, records
 * come back attributed; and every way in which CUPTI is not to be had. */
#include "timing_test.h"

#include "cuda/timing/session.h"

#include <time.h>

static float *x;

static void *block(size_t bytes) {
    void *made = NULL;
    TIMING_OK(timing_api->alloc(timing_dev, timing_stream, bytes, &made, &timing_error));
    return made;
}

static void launch(fm_correlation call) {
    if (call) timing->push(timing_dev, call);
    OK(test_add(x, x, 16, 1.0f, timing_stream));
    if (call) timing->pop(timing_dev);
}

static void begin(const char *version) {
    timing_library(version);
    const fm_collector_status got = timing_start(FM_TIER_ACTIVITY);
    assert_int_equal(got.tier, FM_TIER_ACTIVITY);
    assert_string_equal(got.reason, "");
    assert_int_equal(got.capacity, 16 << 20);
    x = block(64);
}

static void end(void) {
    timing_api->free(timing_dev, timing_stream, x);
    timing->stop(timing_dev);
    assert_int_equal(timing_cupti->subscribers, 0);
    assert_int_equal(timing_cupti->kinds, 0);
    assert_int_equal(timing_cupti->enabled_calls, 0);
    assert_int_equal(timing_cupti->forced, 1);
    assert_int_equal(timing_cupti->pushes, timing_cupti->pops);
    assert_int_equal(timing_cupti->unbalanced, 0);
}

static void calls_have_their_kernels(const char *version, const char *source) {
    begin(version);
    fm_collector_status now = {.size = sizeof now};
    timing->status(timing_dev, &now);
    assert_string_equal(now.source, source);
    const fm_correlation first = (fm_correlation)3 << FM_CORRELATION_CALL_BITS | 41;
    launch(first);
    timing->push(timing_dev, first + 1);
    OK(cu_api.fill(x, 0, 64, timing_stream));
    OK(test_add(x, x, 16, 1.0f, timing_stream));
    timing->pop(timing_dev);
    launch(0);
    timing_collect(0);
    assert_int_equal(timing_count, 0); /* no flush but after a synchronisation */
    assert_int_equal(timing_cupti->flushes, 0);
    timing_collect(1);
    assert_int_equal(timing_count, 4);
    assert_true(timing_record[0].correlation == first);
    assert_int_equal(timing_record[0].kind, FM_ACTIVITY_KERNEL);
    assert_string_equal(timing_name[0], "void loop<float>(float*, long)");
    assert_int_equal(timing_record[0].end - timing_record[0].start, 5000);
    assert_int_equal(timing_record[0].blocks, 8);
    assert_int_equal(timing_record[0].threads, 128);
    assert_int_equal(timing_record[0].stream, 7);
    assert_int_equal(timing_record[0].graph, 0);
    assert_true(timing_record[0].launch != 0);
    assert_true(timing_record[1].correlation == first + 1);
    assert_int_equal(timing_record[1].kind, FM_ACTIVITY_MEMSET);
    assert_int_equal(timing_record[1].bytes, 64);
    assert_string_equal(timing_name[1], "-");
    assert_true(timing_record[2].correlation == first + 1);
    assert_true(timing_record[3].correlation == 0); /* nobody's */
    for (int i = 1; i < 4; ++i) assert_true(timing_record[i].start >= timing_record[i - 1].end);
    assert_int_equal(timing_dropped(), 0);
    end();
}

static void one_subscriber(void **state) {
    (void)state;
    calls_have_their_kernels("one", "CUPTI 13.0, the only subscriber");
}

static void several_subscribers(void **state) {
    (void)state;
    calls_have_their_kernels("several", "CUPTI 13.3, several subscribers");
}

static void copies_say_their_direction(void **state) {
    (void)state;
    float host[16] = {0};
    begin("one");
    TIMING_OK(timing_api->copy_in(timing_dev, timing_stream, x, host, sizeof host, &timing_error));
    timing_collect(1);
    assert_int_equal(timing_count, 1);
    assert_int_equal(timing_record[0].kind, FM_ACTIVITY_MEMCPY);
    assert_string_equal(timing_name[0], "HtoD");
    assert_int_equal(timing_record[0].bytes, sizeof host);
    end();
}

/* Times are CLOCK_MONOTONIC's: the fake's CUPTI says 1 when it is asked. */
static void times_are_the_monotonic_clocks(void **state) {
    (void)state;
    struct timespec before, after;
    (void)clock_gettime(CLOCK_MONOTONIC, &before);
    begin("one");
    (void)clock_gettime(CLOCK_MONOTONIC, &after);
    const uint64_t low = (uint64_t)before.tv_sec * 1000000000u + (uint64_t)before.tv_nsec;
    const uint64_t high = (uint64_t)after.tv_sec * 1000000000u + (uint64_t)after.tv_nsec;
    const uint64_t one = cu_session_time(1);
    assert_true(one >= low && one <= high);
    end();
}

static void late_buffers_are_waited_for(void **state) {
    (void)state;
    begin("several");
    timing_cupti->late = 2;
    launch(77);
    timing_collect(1);
    assert_int_equal(timing_count, 1);
    assert_true(timing_record[0].correlation == 77);
    assert_int_equal(timing_cupti->flushes, 3);
    end();
}

/* Nothing was launched, so nothing is waited for. */
static void an_idle_flush_is_one_call(void **state) {
    (void)state;
    begin("one");
    timing_collect(1);
    assert_int_equal(timing_cupti->flushes, 1);
    end();
}

static void kernels_may_come_before_their_calls(void **state) {
    (void)state;
    begin("one");
    timing_cupti->kernels_first = 1;
    for (fm_correlation call = 1; call <= 3; ++call) launch(call);
    timing_collect(1);
    assert_int_equal(timing_count, 3);
    for (int i = 0; i < 3; ++i) assert_true(timing_record[i].correlation == (uint64_t)i + 1);
    end();
}

static void lost_records_are_counted(void **state) {
    (void)state;
    begin("one");
    timing_cupti->untimed = 2;
    for (fm_correlation call = 1; call <= 3; ++call) launch(call);
    timing_collect(1);
    assert_int_equal(timing_count, 1);
    assert_true(timing_record[0].correlation == 3);
    assert_int_equal(timing_dropped(), 2);
    timing_cupti->silent = 1;
    launch(4);
    launch(5);
    timing_collect(1);
    assert_int_equal(timing_count, 3);
    assert_int_equal(timing_dropped(), 2);
    uint64_t seen = 0;
    for (int i = 1; i < 3; ++i) seen += timing_record[i].correlation;
    assert_int_equal(seen, 5); /* 4's went without its id */
    end();
}

/* Small buffers are handed back all along, and none runs out. */
static void many_buffers_go_round(void **state) {
    (void)state;
    begin("several");
    timing_cupti->buffer_bytes = 1024;
    for (fm_correlation call = 1; call <= 1000; ++call) {
        launch(call);
        if (call % 50 == 0) TIMING_OK(timing_api->synchronize(timing_dev, timing_stream, NULL));
    }
    timing_collect(1);
    assert_int_equal(timing_count, 1000);
    for (int i = 0; i < 1000; ++i) assert_true(timing_record[i].correlation == (uint64_t)i + 1);
    assert_true(timing_cupti->buffers_lent > 100);
    assert_int_equal(timing_dropped(), 0);
    end();
}

/* Where CUPTI gets no buffer it drops, and says how many. */
static void dropped_records_are_asked_for(void **state) {
    (void)state;
    begin("one");
    timing_cupti->buffer_bytes = 512;
    timing_cupti->hoards = 1;
    for (fm_correlation call = 1; call <= 100; ++call) {
        launch(call);
        TIMING_OK(timing_api->synchronize(timing_dev, timing_stream, NULL));
    }
    timing_collect(1);
    assert_in_range(timing_count, 16, 99); /* 16 buffers of two launches each, or less */
    const uint64_t dropped = timing_dropped();
    assert_true(dropped >= (uint64_t)(100 - timing_count));
    timing_collect(1); /* the count is asked for once */
    assert_int_equal(timing_dropped(), dropped);
    end();
}

static void graphs_belong_to_what_was_captured(void **state) {
    (void)state;
    cu_graph graph = NULL;
    cu_graph_exec exec = NULL;
    begin("several");
    TIMING_OK(timing_api->synchronize(timing_dev, timing_stream, &timing_error));
    OK(cu_api.capture_begin(timing_stream, CU_CAPTURE_MODE_GLOBAL));
    launch(11);
    launch(12);
    launch(0);
    OK(cu_api.capture_end(timing_stream, &graph));
    OK(cu_api.graph_instantiate(&exec, graph));
    OK(cu_api.graph_destroy(graph));
    for (int replay = 0; replay < 2; ++replay) OK(cu_api.graph_launch(exec, timing_stream));
    launch(13);
    timing_collect(1);
    assert_int_equal(timing_count, 7);
    int of[14] = {0};
    uint64_t launches[2] = {0};
    for (int i = 0; i < 7; ++i) {
        ++of[timing_record[i].correlation];
        assert_true((timing_record[i].graph != 0) == (timing_record[i].correlation != 13));
        if (timing_record[i].correlation == 11) {
            assert_true(timing_record[i].node != 0);
            launches[launches[0] != 0] = timing_record[i].launch;
        }
    }
    assert_int_equal(of[11], 2);
    assert_int_equal(of[12], 2);
    assert_int_equal(of[13], 1);
    assert_int_equal(of[0], 2);
    assert_true(launches[0] != launches[1]); /* replays are told apart */
    OK(cu_api.graph_exec_destroy(exec));
    end();
}

static void devices_share_the_session(void **state) {
    (void)state;
    fm_dev *second = NULL;
    fm_collector_status got = {.size = sizeof got};
    const fm_collector_options options = {sizeof options, FM_TIER_ACTIVITY};
    begin("one");
    TIMING_OK(timing_api->open(0, &second, &timing_error));
    TIMING_OK(timing->start(second, &options, &got, &timing_error));
    assert_int_equal(got.tier, FM_TIER_ACTIVITY);
    launch(5);
    timing->push(second, 5);
    OK(test_add(x, x, 16, 1.0f, timing_stream));
    timing->pop(second);
    timing_collect(1);
    assert_int_equal(timing_count, 1); /* the other's is the other's */
    TIMING_OK(timing->collect(second, timing_take, &timing_count, 1, &timing_error));
    assert_int_equal(timing_count, 2);
    assert_true(timing_record[1].correlation == 5);
    timing_api->close(second); /* stops its collector */
    assert_int_equal(timing_cupti->subscribers, 1);
    launch(6);
    timing_collect(1);
    assert_int_equal(timing_count, 3);
    end();
}

static void starting_twice_is_an_error(void **state) {
    (void)state;
    fm_collector_status got = {.size = sizeof got};
    const fm_collector_options options = {sizeof options, FM_TIER_ACTIVITY};
    begin("one");
    assert_int_equal(timing->start(timing_dev, &options, &got, &timing_error), FM_ERR_STATE);
    assert_string_equal(timing_error.message, "this context's device is being timed already");
    end();
    begin("one");
    launch(1);
    timing_collect(1);
    assert_int_equal(timing_count, 1);
    end();
}

/* Falls back to events, which the core takes by itself, and says why. */
static void falls_back(const char *reason) {
    const fm_collector_status got = timing_start(FM_TIER_ACTIVITY);
    assert_int_equal(got.tier, FM_TIER_EVENTS);
    assert_string_equal(got.reason, reason);
    assert_string_equal(got.source, "");
    timing->push(timing_dev, 1); /* harmless */
    timing->pop(timing_dev);
    timing_collect(0);
    timing->stop(timing_dev);
    assert_int_equal(timing_count, 0);
}

static void others_are_named(void **state) {
    (void)state;
    timing_library("one");
    timing_cupti->held_by = "CUPTI for Nsight Systems";
    falls_back("CUPTI is held by CUPTI for Nsight Systems");
    timing_cupti->held_by = "";
    falls_back("CUPTI is held by another subscriber, which it does not name");
    timing_library("several");
    timing_cupti->held_by = "CUPTI for torch";
    falls_back("CUPTI is held by CUPTI for torch");
    timing_cupti->held_by = NULL;
    timing_cupti->one_driver = 1; /* an old driver: alone, then */
    const fm_collector_status got = timing_start(FM_TIER_ACTIVITY);
    assert_string_equal(got.source, "CUPTI 13.3, the only subscriber");
    timing->stop(timing_dev);
}

static void absence_is_explained(void **state) {
    (void)state;
    assert_int_equal(unsetenv("FLOPMETER_CUPTI"), 0);
    falls_back("the fake device has no CUPTI");
    assert_int_equal(setenv("FLOPMETER_CUPTI", "none", 1), 0);
    falls_back("CUPTI is switched off by FLOPMETER_CUPTI=none");
    assert_int_equal(setenv("FLOPMETER_CUPTI", "/nowhere/libcupti.so", 1), 0);
    falls_back(
        "FLOPMETER_CUPTI: /nowhere/libcupti.so: cannot open shared object file: No such file "
        "or directory");
    assert_int_equal(setenv("FLOPMETER_CUPTI", "libm.so.6", 1), 0);
    falls_back("the libcupti that was found lacks calls of CUPTI 13.0");
}

static void refusals_are_undone(void **state) {
    (void)state;
    timing_library("several");
    timing_cupti->refuses = PTI_NOT_SUPPORTED;
    falls_back("CUPTI refused records of kernels: CUPTI_ERROR_NOT_SUPPORTED");
    assert_int_equal(timing_cupti->subscribers, 0);
    assert_int_equal(timing_cupti->kinds, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, timing_open, timing_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(one_subscriber),
        CASE(several_subscribers),
        CASE(copies_say_their_direction),
        CASE(times_are_the_monotonic_clocks),
        CASE(late_buffers_are_waited_for),
        CASE(an_idle_flush_is_one_call),
        CASE(kernels_may_come_before_their_calls),
        CASE(lost_records_are_counted),
        CASE(many_buffers_go_round),
        CASE(dropped_records_are_asked_for),
        CASE(graphs_belong_to_what_was_captured),
        CASE(devices_share_the_session),
        CASE(starting_twice_is_an_error),
        CASE(others_are_named),
        CASE(absence_is_explained),
        CASE(refusals_are_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
