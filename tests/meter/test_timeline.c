/* Timelines: a bounded number of slices and points, whatever happens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/alloc.h"
#include "meter/captured.h"
#include "meter/fake_context.h"

static int set_up(void **state) {
    (void)state;
    use_fake_clock();
    return 0;
}

static void slices_are_kept_up_to_their_bound(void **state) {
    (void)state;
    fm_timeline *timeline = fm_timeline_new(3);
    assert_non_null(timeline);
    for (uint64_t i = 0; i < 5; ++i) {
        fm_timeline_event event = {.start = i, .ns = 1, .kind = FM_TIMELINE_OP};
        fm_timeline_add(timeline, &event, i % 2 ? "odd" : "even", "train");
    }
    assert_int_equal(timeline->count, 3);
    assert_int_equal(timeline->dropped, 2);
    assert_string_equal(fm_timeline_name(timeline, timeline->events[0].name), "even");
    assert_string_equal(fm_timeline_name(timeline, timeline->events[1].name), "odd");
    assert_string_equal(fm_timeline_name(timeline, timeline->events[2].name_space), "train");
    assert_string_equal(fm_timeline_name(timeline, 0), "");
    fm_timeline_free(timeline);
}

/* A million calls leave at most FM_TIMELINE_POINTS, evenly spaced, in order, without allocation. */
static void points_thin_out(void **state) {
    (void)state;
    fm_timeline *timeline = fm_timeline_new(0);
    assert_non_null(timeline);
    uint64_t before = fm_alloc_count();
    for (uint64_t i = 1; i <= 1000000; ++i) fm_timeline_budget(timeline, fake_now + i, i, 1000000);
    assert_int_equal(fm_alloc_count(), before);
    assert_true(timeline->points >= FM_TIMELINE_POINTS / 2);
    assert_true(timeline->points <= FM_TIMELINE_POINTS);
    for (size_t i = 0; i < timeline->points; ++i) {
        const fm_timeline_point *p = &timeline->point[i];
        assert_int_equal(p->calls, timeline->every * (i + 1));
        assert_int_equal(p->used, p->calls);
        assert_int_equal(p->ns, p->calls);
    }
    fm_timeline_free(timeline);
}

static void no_memory(void **state) {
    (void)state;
    for (uint64_t nth = 1; nth <= 3; ++nth) {
        fm_alloc_fail_at(nth, 0);
        assert_null(fm_timeline_new(10));
        fm_alloc_fail_at(0, 0);
    }
}

static void a_meter_shows_its_calls(void **state) {
    (void)state;
    fm_context ctx;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_op(&ctx, "before", FM_FLOAT32, 5, 7), FM_OK);
    fm_meter_keep_timeline(&ctx.meter, fm_timeline_new(10));
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 10, 100), FM_OK);
    fake_now += 50;
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 20, 30), FM_OK);
    const fm_timeline *timeline = ctx.meter.timeline;
    assert_int_equal(timeline->count, 2);
    assert_string_equal(fm_timeline_name(timeline, timeline->events[1].name), "mul");
    assert_int_equal(timeline->events[1].start - timeline->events[0].start, 50);
    assert_int_equal(timeline->events[1].ns, 30);
    assert_int_equal(timeline->events[1].flops, 20);
    assert_int_equal(timeline->points, 2);
    assert_int_equal(timeline->point[1].used - timeline->point[0].used, 20);
    fake_close(&ctx);
}

/* A replay is one slice and one point, whatever was captured; a graph of two rows here. */
static void a_replay_is_one_slice(void **state) {
    (void)state;
    fm_context ctx;
    fm_captured captured;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    fm_meter_keep_timeline(&ctx.meter, fm_timeline_new(10));
    assert_int_equal(fm_meter_capture(&ctx.meter, &captured, &ctx.error), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 10, FM_UNTIMED), FM_OK);
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 20, FM_UNTIMED), FM_OK);
    fm_meter_capture_leave(&ctx.meter);
    assert_int_equal(fm_captured_seal(&captured, &ctx.error), FM_OK);
    assert_int_equal(ctx.meter.timeline->count, 0);
    for (int i = 0; i < 2; ++i) {
        uint64_t start = fake_now;
        fake_now += 40;
        assert_int_equal(fm_meter_replay(&ctx.meter, &captured, "graph", &ctx.error), FM_OK);
        fm_meter_replayed(&ctx.meter, &captured, start);
    }
    const fm_timeline *timeline = ctx.meter.timeline;
    assert_int_equal(timeline->count, 2);
    assert_string_equal(fm_timeline_name(timeline, timeline->events[1].name), "graph");
    assert_int_equal(timeline->events[1].start - timeline->events[0].start, 40);
    assert_int_equal(timeline->events[1].ns, 40);
    assert_int_equal(timeline->events[1].flops, 30);
    assert_int_equal(timeline->points, 2);
    assert_int_equal(timeline->point[1].used - timeline->point[0].used, 30);
    fm_captured_close(&captured);
    fake_close(&ctx);
}

#define CASE(name) cmocka_unit_test_setup(name, set_up)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(slices_are_kept_up_to_their_bound), CASE(points_thin_out),       CASE(no_memory),
        CASE(a_meter_shows_its_calls),           CASE(a_replay_is_one_slice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
