/* Snapshots, and loops of runs, epochs and steps: limits, what is left, soft limits, order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/flopmeter.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "meter/clock.h"

static fm_context *ctx;
static uint64_t now;

static uint64_t read_now(void) {
    return now;
}

static int open_context(void **state) {
    (void)state;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_error error;
    options.device.kind = FM_CPU;
    options.timing = FM_TIMING_OFF;
    now = 1000;
    fm_clock_inject(read_now);
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return 0;
}

static int close_context(void **state) {
    (void)state;
    fm_context_close(ctx);
    fm_clock_inject(NULL);
    return 0;
}

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != FM_OK) fail_msg("%s", fm_context_message(ctx));                              \
    } while (0)
#define REFUSED(call, status, text)                                                                \
    do {                                                                                           \
        assert_int_equal(call, status);                                                            \
        assert_string_equal(fm_context_message(ctx), text);                                        \
    } while (0)

static void snapshots_differ(void **state) {
    (void)state;
    fm_snapshot before, after;
    OK(fm_charge(ctx, "kernel", 5, NULL));
    fm_snapshot_take(ctx, &before);
    OK(fm_charge(ctx, "kernel", 1000, NULL));
    OK(fm_charge(ctx, "other", 200, NULL));
    now += 3000;
    fm_snapshot_take(ctx, &after);
    fm_snapshot difference = fm_snapshot_since(&after, &before);
    assert_int_equal(difference.flops, 1200);
    assert_int_equal(difference.calls, 2);
    assert_true(fabs(difference.seconds - 3e-6) < 1e-12);
    assert_true(fabs(fm_snapshot_utilization(&difference, 1e9) - 0.4) < 1e-9);
    assert_true(isnan(fm_snapshot_utilization(&difference, 0)));
    difference.seconds = 0;
    assert_true(isnan(fm_snapshot_utilization(&difference, 1e9)));
    fm_context_reset_ledger(ctx);
    fm_snapshot_take(ctx, &after);
    assert_int_equal(fm_snapshot_since(&after, &before).flops, 0);
}

typedef struct heard {
    int calls;
    char scope[3][32];
} heard;

static void hear(void *user, const fm_soft_event *event) {
    heard *h = user;
    if (h->calls < 3) snprintf(h->scope[h->calls], sizeof h->scope[0], "%s", event->scope);
    ++h->calls;
}

static fm_status step(fm_loop *loop, uint64_t flops, fm_loop_report *report) {
    fm_status status = fm_loop_step_begin(loop);
    if (status != FM_OK) return status;
    status = fm_charge(ctx, "kernel", flops, NULL);
    now += 1000;
    fm_status ended = fm_loop_step_end(loop, report);
    return status == FM_OK ? ended : status;
}

static void a_run_of_two_epochs(void **state) {
    (void)state;
    heard h = {0};
    fm_budget *budget;
    fm_budget_options limits = FM_BUDGET_OPTIONS_INIT;
    fm_loop_options options = FM_LOOP_OPTIONS_INIT;
    fm_loop_report report;
    fm_loop *loop;
    limits.flops = 10000;
    OK(fm_budget_open(ctx, &limits, &budget));
    options.name = "fit";
    options.run_flops = 1000;
    options.epoch_flops = 450;
    options.soft = 0.5;
    options.on_soft = hear;
    options.user = &h;
    options.peak = 1e9;
    OK(fm_loop_open(ctx, &options, &loop));
    for (int epoch = 0; epoch < 2; ++epoch) {
        OK(fm_loop_epoch_begin(loop));
        for (int i = 0; i < 4; ++i) {
            OK(step(loop, 100, &report));
            assert_int_equal(report.steps, 5 * epoch + i + 1);
            assert_int_equal(report.step.flops, 100);
            assert_int_equal(report.epoch.flops, 100 * (i + 1));
            assert_int_equal(report.run.flops, 400 * epoch + 100 * (i + 1));
            assert_int_equal(report.remaining, 450 - 100 * (i + 1));
            assert_int_equal(report.steps_left, (450 - 100 * (i + 1)) / 100);
            assert_true(fabs(report.utilization - 0.1) < 1e-9);
            assert_true(epoch || fabs(report.run_utilization - 0.1) < 1e-9);
        }
        assert_int_equal(step(loop, 100, NULL), FM_ERR_BUDGET);
        assert_string_equal(fm_context_message(ctx),
                            "kernel: needs 100 FLOPs, but 50 of 450 remain in the namespace "
                            "\"fit.epoch\"");
        OK(fm_loop_epoch_end(loop, &report));
        assert_int_equal(report.epochs, epoch + 1);
        assert_int_equal(report.steps, 5 * (epoch + 1));
        assert_int_equal(report.epoch.flops, 400);
        assert_int_equal(report.epoch.refused, 1);
        assert_int_equal(report.remaining, 1000 - 400 * (epoch + 1));
    }
    assert_int_equal(h.calls, 3);
    assert_string_equal(h.scope[0], "fit.epoch");
    assert_string_equal(h.scope[1], "fit");
    assert_string_equal(h.scope[2], "fit.epoch");
    fm_loop_close(loop);
    assert_string_equal(fm_namespace_current(ctx), "");
    OK(fm_budget_close(ctx));
    fm_budget_release(budget);
}

static void steps_alone(void **state) {
    (void)state;
    heard h = {0};
    fm_loop_options options = FM_LOOP_OPTIONS_INIT;
    fm_loop_report report;
    fm_loop *loop;
    options.run_flops = 1000;
    options.step_flops = 300;
    options.soft = 0.4;
    options.on_soft = hear;
    options.user = &h;
    OK(fm_loop_open(ctx, &options, &loop));
    fm_loop_read(loop, &report);
    assert_int_equal(report.steps_left, UINT64_MAX);
    assert_int_equal(report.remaining, 1000);
    OK(step(loop, 100, &report));
    assert_true(isnan(report.utilization));
    assert_int_equal(report.steps_left, 9);
    assert_int_equal(step(loop, 301, &report), FM_ERR_BUDGET);
    assert_int_equal(report.step.flops, 0);
    assert_int_equal(report.step.refused, 1);
    assert_int_equal(report.steps_left, 9); /* as the one before */
    OK(step(loop, 250, &report));           /* past 0.4 of a step */
    assert_int_equal(h.calls, 1);
    assert_string_equal(h.scope[0], "run.step");
    assert_int_equal(report.steps_left, 650 / 250);
    OK(step(loop, 90, &report)); /* past 0.4 of the run */
    assert_int_equal(h.calls, 2);
    assert_string_equal(h.scope[1], "run");
    fm_loop_close(loop);
}

static void out_of_order(void **state) {
    (void)state;
    fm_loop_options options = FM_LOOP_OPTIONS_INIT;
    fm_loop *loop;
    options.soft = 1.5;
    REFUSED(fm_loop_open(ctx, &options, &loop), FM_ERR_ARGUMENT,
            "loop: soft is 1.5, a fraction from 0 to 1 is needed");
    assert_null(loop);
    options.soft = 0.5;
    REFUSED(fm_loop_open(ctx, &options, &loop), FM_ERR_ARGUMENT,
            "loop: soft is 0.5, but on_soft is NULL");
    options.soft = 0;
    options.peak = -1;
    REFUSED(fm_loop_open(ctx, &options, &loop), FM_ERR_ARGUMENT,
            "loop: peak is -1, a finite number from 0 on is needed");
    OK(fm_loop_open(ctx, NULL, &loop));
    REFUSED(fm_loop_step_end(loop, NULL), FM_ERR_STATE, "loop: no step is open");
    REFUSED(fm_loop_epoch_end(loop, NULL), FM_ERR_STATE, "loop: no epoch is open");
    OK(fm_loop_step_begin(loop));
    REFUSED(fm_loop_step_begin(loop), FM_ERR_STATE, "loop: a step is open already");
    REFUSED(fm_loop_epoch_begin(loop), FM_ERR_STATE, "loop: a step is open already");
    OK(fm_namespace_push(ctx, "mine", 0));
    REFUSED(fm_loop_step_end(loop, NULL), FM_ERR_STATE,
            "loop: namespace \"run.step.mine\" is still open at the end of the step");
    OK(fm_namespace_pop(ctx));
    OK(fm_loop_step_end(loop, NULL));
    OK(fm_loop_epoch_begin(loop));
    REFUSED(fm_loop_epoch_begin(loop), FM_ERR_STATE, "loop: an epoch is open already");
    OK(fm_loop_step_begin(loop));
    REFUSED(fm_loop_epoch_end(loop, NULL), FM_ERR_STATE,
            "loop: a step is open at the end of the epoch");
    fm_loop_close(loop);
    assert_string_equal(fm_namespace_current(ctx), "");
    OK(fm_step_begin(ctx)); /* the loop's own was ended */
    OK(fm_step_end(ctx));
    fm_loop_close(NULL);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_context, close_context)

int main(void) {
    const struct CMUnitTest tests[] = {CASE(snapshots_differ), CASE(a_run_of_two_epochs),
                                       CASE(steps_alone), CASE(out_of_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
