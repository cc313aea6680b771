/* The fake's streams and events: lazy, ordered by events alone, and errors at the next wait. */
#include "fake_test.h"

static cu_stream first, second;
static char *block;

static char device_byte(int at) {
    char seen = 0;
    OK(cu_api.copy(&seen, block + at, 1, CU_COPY_DEVICE_TO_HOST, NULL));
    return seen;
}

static void work_waits_for_a_wait(void **state) {
    (void)state;
    const int64_t before = fm_fake_entry()->executed();
    OK(cu_api.fill(block, 'a', 1, first));
    OK(cu_api.fill(block, 'b', 1, second));
    assert_int_equal(fm_fake_entry()->executed(), before);
    OK(cu_api.stream_synchronize(second));
    assert_int_equal(fm_fake_entry()->executed(), before + 1);
    assert_int_equal(device_byte(0), 'b');
    OK(cu_api.stream_synchronize(first));
    assert_int_equal(device_byte(0), 'a');
}

static void a_stream_keeps_its_order(void **state) {
    (void)state;
    OK(cu_api.fill(block, 'a', 2, first));
    OK(cu_api.fill(block + 1, 'b', 1, first));
    OK(cu_api.copy(block + 2, block, 2, CU_COPY_DEVICE_TO_DEVICE, first));
    OK(cu_api.stream_synchronize(first));
    assert_int_equal(device_byte(2), 'a');
    assert_int_equal(device_byte(3), 'b');
}

/* Without the event the second stream copies what is not there yet. */
static void events_order_streams(void **state) {
    (void)state;
    cu_event done = NULL;
    OK(cu_api.event_create(&done, 0));
    for (int waits = 0; waits < 2; ++waits) {
        OK(cu_api.fill(block, 'o', 2, NULL));
        OK(cu_api.stream_synchronize(NULL));
        OK(cu_api.fill(block, 'n', 1, first));
        OK(cu_api.event_record(done, first));
        if (waits) OK(cu_api.stream_wait(second, done));
        OK(cu_api.copy(block + 1, block, 1, CU_COPY_DEVICE_TO_DEVICE, second));
        OK(cu_api.stream_synchronize(second));
        assert_int_equal(device_byte(1), waits ? 'n' : 'o');
        OK(cu_api.stream_synchronize(first));
    }
    OK(cu_api.event_destroy(done));
}

/* A wait is for the record made before it, not for a later one. */
static void a_wait_keeps_its_record(void **state) {
    (void)state;
    cu_event done = NULL;
    OK(cu_api.event_create(&done, 0));
    OK(cu_api.fill(block, 'a', 1, first));
    OK(cu_api.event_record(done, first));
    OK(cu_api.stream_wait(second, done));
    OK(cu_api.fill(block, 'b', 1, first));
    OK(cu_api.event_record(done, first));
    OK(cu_api.copy(block + 1, block, 1, CU_COPY_DEVICE_TO_DEVICE, second));
    OK(cu_api.event_destroy(done)); /* while the work still refers to it */
    OK(cu_api.stream_synchronize(second));
    assert_int_equal(device_byte(1), 'a');
    OK(cu_api.stream_synchronize(first));
}

static void pinned_memory_is_read_late(void **state) {
    (void)state;
    char *pinned = NULL, pageable = 'a';
    OK(cu_api.host_alloc((void **)&pinned, 1));
    *pinned = 'a';
    OK(cu_api.copy(block, pinned, 1, CU_COPY_HOST_TO_DEVICE, first));
    OK(cu_api.copy(block + 1, &pageable, 1, CU_COPY_HOST_TO_DEVICE, first));
    *pinned = pageable = 'z';
    OK(cu_api.stream_synchronize(first));
    assert_int_equal(device_byte(0), 'z');
    assert_int_equal(device_byte(1), 'a');
    OK(cu_api.copy(pinned, block + 1, 1, CU_COPY_DEVICE_TO_HOST, first));
    assert_int_equal(*pinned, 'z');
    OK(cu_api.stream_synchronize(first));
    assert_int_equal(*pinned, 'a');
    OK(cu_api.host_free(pinned));
}

static void polling_makes_progress(void **state) {
    (void)state;
    cu_event done = NULL;
    int polls = 0;
    OK(cu_api.event_create(&done, 1));
    OK(cu_api.fill(block, 'a', 1, first));
    OK(cu_api.event_record(done, first));
    while (cu_api.event_query(done) == CU_NOT_READY) ++polls;
    assert_in_range(polls, 1, 4);
    OK(cu_api.fill(block, 'b', 1, first));
    FAILS(cu_api.stream_query(first), "cudaErrorNotReady");
    OK(cu_api.stream_query(first));
    assert_int_equal(cu_api.last_error(), CU_SUCCESS); /* "not ready" is no failure */
    OK(cu_api.event_destroy(done));
}

static void events_measure_the_fake_clock(void **state) {
    (void)state;
    cu_event begin = NULL, end = NULL, plain = NULL;
    float ms = -1.0f;
    OK(cu_api.event_create(&begin, 1));
    OK(cu_api.event_create(&end, 1));
    OK(cu_api.event_create(&plain, 0));
    FAILS(cu_api.event_elapsed(&ms, begin, end), "cudaErrorInvalidResourceHandle");
    OK(cu_api.event_record(begin, first));
    OK(cu_api.fill(block, 0, 1, first));
    OK(cu_api.event_record(end, first));
    OK(cu_api.event_record(plain, first));
    FAILS(cu_api.event_elapsed(&ms, begin, end), "cudaErrorNotReady");
    OK(cu_api.event_synchronize(end));
    OK(cu_api.event_elapsed(&ms, begin, end));
    assert_true(ms > 0.0f && ms < 1.0f);
    OK(cu_api.event_synchronize(plain));
    FAILS(cu_api.event_elapsed(&ms, begin, plain), "cudaErrorInvalidResourceHandle");
    OK(cu_api.event_destroy(begin));
    OK(cu_api.event_destroy(end));
    OK(cu_api.event_destroy(plain));
}

static void handles_are_checked(void **state) {
    (void)state;
    cu_stream gone = NULL;
    OK(cu_api.stream_create(&gone));
    OK(cu_api.fill(block, 'd', 1, gone));
    OK(cu_api.stream_destroy(gone)); /* its work is done first */
    assert_int_equal(device_byte(0), 'd');
    FAILS(cu_api.stream_synchronize(gone), "cudaErrorInvalidResourceHandle");
    FAILS(cu_api.fill(block, 0, 1, gone), "cudaErrorInvalidResourceHandle");
    FAILS(cu_api.device_set(1), "cudaErrorInvalidDevice");
}

static void the_nth_call_fails(void **state) {
    (void)state;
    const fm_fake_control *fake = fm_fake_entry();
    fake->fail_at(2, CU_OUT_OF_MEMORY, FM_FAKE_AT_ONCE);
    OK(cu_api.fill(block, 'a', 1, first));
    assert_false(fake->struck());
    FAILS(cu_api.fill(block, 'b', 1, first), "cudaErrorMemoryAllocation");
    assert_true(fake->struck());
    OK(cu_api.stream_synchronize(first));
    assert_int_equal(device_byte(0), 'a');
    assert_int_equal(cu_api.peek_error(), CU_OUT_OF_MEMORY);
    assert_int_equal(cu_api.last_error(), CU_OUT_OF_MEMORY);
    assert_int_equal(cu_api.peek_error(), CU_SUCCESS);
}

static void a_late_failure_shows_at_the_wait(void **state) {
    (void)state;
    fm_fake_entry()->fail_at(1, CU_LAUNCH_OUT_OF_RESOURCES, FM_FAKE_LATER);
    OK(cu_api.fill(block, 'a', 1, first));
    OK(cu_api.fill(block, 'b', 1, first));
    FAILS(cu_api.stream_synchronize(first), "cudaErrorLaunchOutOfResources");
    OK(cu_api.stream_synchronize(first)); /* told once */
}

static void some_errors_stay(void **state) {
    (void)state;
    fm_fake_entry()->fail_at(1, CU_ILLEGAL_ADDRESS, FM_FAKE_LATER);
    OK(cu_api.fill(block, 'a', 1, first));
    const int64_t before = fm_fake_entry()->executed();
    OK(cu_api.fill(block, 'b', 1, first));
    FAILS(cu_api.stream_synchronize(first), "cudaErrorIllegalAddress");
    assert_int_equal(fm_fake_entry()->executed(), before + 1); /* nothing after the fault */
    FAILS(cu_api.stream_synchronize(first), "cudaErrorIllegalAddress");
    FAILS(cu_api.fill(block, 'b', 1, second), "cudaErrorIllegalAddress");
    void *more = NULL;
    FAILS(cu_api.device_alloc(&more, 1), "cudaErrorIllegalAddress");
    fm_fake_entry()->forget_errors();
    OK(cu_api.fill(block, 'b', 1, second));
    OK(cu_api.stream_synchronize(second));
}

static void a_failing_release_still_releases(void **state) {
    (void)state;
    fm_fake_census before, after;
    cu_event event = NULL;
    fm_fake_entry()->census(&before);
    OK(cu_api.event_create(&event, 0));
    fm_fake_entry()->fail_at(1, CU_LAUNCH_FAILURE, FM_FAKE_AT_ONCE);
    FAILS(cu_api.event_destroy(event), "cudaErrorLaunchFailure");
    fm_fake_entry()->census(&after);
    assert_memory_equal(&before, &after, sizeof before);
}

static int setup(void **state) {
    return fresh(state) || cu_api.stream_create(&first) || cu_api.stream_create(&second) ||
           cu_api.device_alloc((void **)&block, 16);
}

static int teardown(void **state) {
    fm_fake_entry()->forget_errors();
    return cu_api.device_free(block) || cu_api.stream_destroy(first) ||
           cu_api.stream_destroy(second) || clean(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(work_waits_for_a_wait),
        CASE(a_stream_keeps_its_order),
        CASE(events_order_streams),
        CASE(a_wait_keeps_its_record),
        CASE(pinned_memory_is_read_late),
        CASE(polling_makes_progress),
        CASE(events_measure_the_fake_clock),
        CASE(handles_are_checked),
        CASE(the_nth_call_fails),
        CASE(a_late_failure_shows_at_the_wait),
        CASE(some_errors_stay),
        CASE(a_failing_release_still_releases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
