/* A context's meter: charges and records by hand-computed numbers, modes, scopes, log, callback,
   time limit, device times, and where the time went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/alloc.h"
#include "meter/fake_context.h"

static uint64_t counted(const fm_context *ctx, const char *op, fm_dtype dtype, fm_counters *c) {
    fm_ledger_row *row =
        fm_ledger_row_of(&ctx->meter.window->ledger, op, dtype, ctx->meter.name_space);
    fm_ledger_row_read(row, c);
    return c->flops;
}

static void test_default_then_explicit(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL, *other = NULL;
    fm_counters c;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    fm_budget *by_default = fm_context_budget(&ctx);
    assert_true(fm_budget_is_default(by_default));
    uint64_t start = fm_budget_used(by_default);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 7, 5), FM_OK);
    assert_int_equal(fm_budget_used(by_default), start + 7);
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_ptr_equal(fm_context_budget(&ctx), budget);
    assert_int_equal(counted(&ctx, "add", FM_FLOAT32, &c), 0);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 60, 5), FM_OK);
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &other), FM_ERR_STATE);
    assert_string_equal(ctx.error.message,
                        "budget: one is open already in this context, and budgets do not nest");
    assert_null(other);
    assert_int_equal(fm_budget_used(by_default), start + 7);
    assert_int_equal(fm_budget_used(budget), 60);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    assert_int_equal(fm_budget_close(&ctx), FM_ERR_STATE);
    assert_string_equal(ctx.error.message, "budget: none is open in this context");
    assert_int_equal(fm_budget_used(budget), 60);
    assert_int_equal(counted(&ctx, "add", FM_FLOAT32, &c), 7);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_refusal(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_counters c;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_budget(&ctx, 10000, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 9000, 5), FM_OK);
    assert_int_equal(fake_op(&ctx, "matmul", FM_FLOAT32, 33554432, 5), FM_ERR_BUDGET);
    assert_string_equal(ctx.error.message,
                        "matmul: needs 33,554,432 FLOPs, but 1,000 of 10,000 remain in the budget");
    assert_string_equal(ctx.error.op, "matmul");
    assert_int_equal(ctx.error.needed, 33554432);
    assert_int_equal(ctx.error.remaining, 1000);
    assert_int_equal(fm_budget_used(budget), 9000);
    assert_int_equal(counted(&ctx, "matmul", FM_FLOAT32, &c), 0);
    assert_int_equal(c.calls, 0);
    assert_int_equal(fm_live_get(&ctx.meter.window->refused), 1);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 1000, 5), FM_OK);
    fm_budget_release(budget);
    fake_close(&ctx); /* with the budget still open */
}

typedef struct heard {
    int lines;
    char last[400];
} heard;

static void hear(void *user, fm_severity severity, const char *line) {
    heard *h = user;
    assert_int_equal(severity, FM_LOG_WARNING);
    ++h->lines;
    snprintf(h->last, sizeof h->last, "%s", line);
}

static void test_modes(void **state) {
    (void)state;
    const fm_budget_mode modes[] = {FM_BUDGET_WARN, FM_BUDGET_OBSERVE};
    for (size_t i = 0; i < 2; ++i) {
        fm_context ctx;
        heard h = {0};
        fm_budget *budget = NULL;
        int lines = modes[i] == FM_BUDGET_WARN;
        assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
        ctx.meter.log = hear;
        ctx.meter.log_user = &h;
        assert_int_equal(fake_budget(&ctx, 1000, modes[i], &budget), FM_OK);
        assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 990, 5), FM_OK);
        assert_int_equal(h.lines, 0);
        assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 2000, 5), FM_OK);
        assert_int_equal(h.lines, lines);
        if (lines)
            assert_string_equal(h.last, "add: 2,000 FLOPs, but 10 of 1,000 remained in the budget");
        assert_int_equal(fm_budget_used(budget), 2990);
        assert_int_equal(fm_budget_remaining(budget), 0);
        assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, UINT64_MAX, 5), FM_ERR_OVERFLOW);
        assert_string_equal(ctx.error.message,
                            "add: 18446744073709551615 FLOPs on top of 2990 used are past 64 bits");
        assert_int_equal(fm_budget_used(budget), 2990);
        assert_int_equal(fm_namespace_push(&ctx, "small", 5), FM_OK);
        assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 6, 5), FM_OK);
        assert_int_equal(h.lines, lines * 3); /* the budget and the namespace */
        if (lines)
            assert_string_equal(h.last,
                                "mul: 6 FLOPs, but 5 of 5 remained in the namespace \"small\"");
        fm_budget_release(budget);
        fake_close(&ctx);
    }
}

static void test_sub_budgets(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_counters c;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_budget(&ctx, 1000, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_string_equal(fm_namespace_current(&ctx), "");
    assert_int_equal(fm_namespace_push(&ctx, "train", 500), FM_OK);
    assert_int_equal(fm_namespace_push(&ctx, "forward", 100), FM_OK);
    assert_string_equal(fm_namespace_current(&ctx), "train.forward");
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 90, 5), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 11, 5), FM_ERR_BUDGET);
    assert_string_equal(
        ctx.error.message,
        "add: needs 11 FLOPs, but 10 of 100 remain in the namespace \"train.forward\"");
    assert_int_equal(ctx.error.remaining, 10);
    assert_int_equal(fm_budget_used(budget), 90);
    assert_int_equal(fm_meter_charge(&ctx.meter, "add", 10, NULL), FM_OK);
    fm_meter_refund(&ctx.meter, 10); /* never launched */
    assert_int_equal(fm_budget_used(budget), 90);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 10, 5), FM_OK);
    assert_int_equal(counted(&ctx, "add", FM_FLOAT32, &c), 100);
    assert_int_equal(fm_budget_close(&ctx), FM_ERR_STATE);
    assert_string_equal(ctx.error.message, "budget: namespace \"train.forward\" is still open");
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_int_equal(counted(&ctx, "add", FM_FLOAT32, &c), 0);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 401, 5), FM_ERR_BUDGET);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 400, 5), FM_OK);
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    /* Past the sub-budget there is only the budget; it refuses inside a roomy scope too. */
    assert_int_equal(fm_namespace_push(&ctx, "roomy", 100000), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 501, 5), FM_ERR_BUDGET);
    assert_string_equal(ctx.error.message,
                        "add: needs 501 FLOPs, but 500 of 1,000 remain in the budget");
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 500, 5), FM_OK);
    assert_int_equal(fm_budget_remaining(budget), 0);
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_int_equal(fm_namespace_pop(&ctx), FM_ERR_STATE);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    fm_budget_release(budget);
    fake_close(&ctx);
}

/* A plan's row follows the namespace and the budget. */
static void test_row_cache(void **state) {
    (void)state;
    fm_context ctx;
    fm_row_cache cache = {0};
    fm_budget *budget = NULL;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    fm_meter *meter = &ctx.meter;
    fm_ledger_row *outside = fm_meter_row(meter, &cache, "add", FM_FLOAT32);
    assert_ptr_equal(fm_meter_row(meter, &cache, "add", FM_FLOAT32), outside);
    assert_int_equal(fm_namespace_push(&ctx, "a", 0), FM_OK);
    fm_ledger_row *inside = fm_meter_row(meter, &cache, "add", FM_FLOAT32);
    assert_string_equal(inside->name_space, "a");
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_ptr_equal(fm_meter_row(meter, &cache, "add", FM_FLOAT32), outside);
    assert_int_equal(fake_budget(&ctx, 5, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_ptr_not_equal(fm_meter_row(meter, &cache, "add", FM_FLOAT32), outside);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    assert_ptr_equal(fm_meter_row(meter, &cache, "add", FM_FLOAT32), outside);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_time_limit(void **state) {
    (void)state;
    use_fake_clock();
    const fm_budget_mode modes[] = {FM_BUDGET_ENFORCE, FM_BUDGET_WARN, FM_BUDGET_OBSERVE};
    for (size_t i = 0; i < 3; ++i) {
        fm_context ctx;
        heard h = {0};
        fm_budget *budget = NULL;
        fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
        options.flops = 1000;
        options.seconds = 0.5;
        options.mode = modes[i];
        assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
        ctx.meter.log = hear;
        ctx.meter.log_user = &h;
        fake_now += 900000000; /* before the budget opens */
        assert_int_equal(fm_budget_open(&ctx, &options, &budget), FM_OK);
        fake_now += 500000000;
        assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 1, 5), FM_OK);
        assert_int_equal(fm_meter_check_time(&ctx.meter, "add", &ctx.error), FM_OK);
        fake_now += 250000000;
        fm_status want = i == 0 ? FM_ERR_TIME : FM_OK;
        assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 1, 5), want);
        assert_int_equal(fm_budget_used(budget), i == 0 ? 1 : 2);
        assert_int_equal(fm_live_get(&ctx.meter.window->refused), i == 0);
        assert_int_equal(h.lines, i == 1);
        const char *line = "add: 0.750 s have passed of a time limit of 0.500 s";
        if (i == 1) assert_string_equal(h.last, line);
        if (i == 0) {
            assert_string_equal(ctx.error.message, line);
            assert_true(ctx.error.elapsed == 0.75 && ctx.error.limit == 0.5);
        }
        assert_true(fm_budget_elapsed(budget) == 0.75);
        fm_budget_release(budget);
        fake_close(&ctx);
    }
    fm_clock_inject(NULL);
}

typedef struct events {
    int count;
    fm_op_event last;
} events;

static void take_event(void *user, const fm_op_event *event) {
    events *e = user;
    ++e->count;
    e->last = *event;
}

static void test_log_and_callback(void **state) {
    (void)state;
    use_fake_clock();
    fm_context ctx;
    events e = {0};
    fm_budget *budget = NULL;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 1000;
    options.log_ops = true;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 1, 5), FM_OK);
    assert_int_equal(fm_op_log_count(&ctx), 0);
    assert_int_equal(fm_budget_open(&ctx, &options, &budget), FM_OK);
    fm_context_on_op(&ctx, take_event, &e);
    fake_now += 70;
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 10, 5), FM_OK);
    assert_int_equal(fm_namespace_push(&ctx, "n", 0), FM_OK);
    fake_now += 30;
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT64, 20, FM_UNTIMED), FM_OK);
    assert_int_equal(e.count, 2);
    assert_string_equal(e.last.op, "mul");
    assert_string_equal(e.last.name_space, "n");
    assert_int_equal(e.last.dtype, FM_FLOAT64);
    assert_int_equal(e.last.flops, 20);
    assert_int_equal(e.last.used, 30);
    assert_int_equal(e.last.nanoseconds, 0);
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT64, 2000, 5), FM_ERR_BUDGET);
    fm_context_on_op(&ctx, NULL, NULL);
    assert_int_equal(fake_op(&ctx, "sub", FM_FLOAT64, 1, 8), FM_OK);
    assert_int_equal(e.count, 2);
    assert_int_equal(fm_op_log_count(&ctx), 3);
    const fm_op_log_entry *entry = fm_op_log_get(&ctx, 0);
    assert_string_equal(entry->op, "add");
    assert_string_equal(entry->name_space, "");
    assert_int_equal(entry->flops, 10);
    assert_int_equal(entry->start_ns, 70);
    assert_int_equal(entry->nanoseconds, 5);
    entry = fm_op_log_get(&ctx, 1);
    assert_string_equal(entry->name_space, "n");
    assert_int_equal(entry->start_ns, 100);
    assert_int_equal(entry->nanoseconds, 0);
    assert_null(fm_op_log_get(&ctx, 3));
    fm_context_reset_ledger(&ctx);
    assert_int_equal(fm_op_log_count(&ctx), 0);
    assert_int_equal(fm_budget_used(budget), 31);
    fm_budget_release(budget);
    fake_close(&ctx);
    fm_clock_inject(NULL);
}

static fm_status launch(fm_context *ctx, uint64_t ticket) {
    fm_row_cache cache = {0};
    fm_ledger_row *row = fm_meter_row(&ctx->meter, &cache, "matmul", FM_FLOAT32);
    if (!row) return FM_ERR_MEMORY;
    fm_status status = fm_meter_charge(&ctx->meter, "matmul", 10, &ctx->error);
    fm_call_record call = {.flops = 10, .ns = FM_UNTIMED, .ticket = ticket};
    if (status == FM_OK) fm_meter_record(&ctx->meter, row, &call);
    return status;
}

static void test_late_times(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_counters c;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 1000;
    options.log_ops = true;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, true), FM_OK);
    assert_int_equal(fm_budget_open(&ctx, &options, &budget), FM_OK);
    for (uint64_t ticket = 1; ticket <= 3; ++ticket) assert_int_equal(launch(&ctx, ticket), FM_OK);
    fm_meter_add_step(&ctx.meter, 100);
    counted(&ctx, "matmul", FM_FLOAT32, &c);
    assert_int_equal(c.calls, 3);
    assert_int_equal(c.timed, 0);
    ctx.device_ns = 10;
    assert_int_equal(fm_meter_settle(&ctx.meter, fake_poll, &ctx), 0);
    counted(&ctx, "matmul", FM_FLOAT32, &c);
    assert_int_equal(c.timed, 3);
    assert_int_equal(c.ns_total, 60);
    assert_int_equal(c.ns_min, 10);
    assert_int_equal(c.ns_max, 30);
    assert_int_equal(fm_live_get(&ctx.meter.window->backend_ns), 60 + 1000);
    assert_int_equal(fm_op_log_get(&ctx, 1)->nanoseconds, 20);
    ctx.device_ns = FM_UNTIMED;
    assert_int_equal(launch(&ctx, 4), FM_OK);
    assert_int_equal(fm_meter_settle(&ctx.meter, fake_poll, &ctx), 0);
    assert_int_equal(fm_live_get(&ctx.meter.window->lost), 1);
    ctx.device_ns = 10;
    assert_int_equal(launch(&ctx, 5), FM_OK);
    assert_int_equal(ctx.synchronizations, 0);
    fm_window *window = ctx.meter.resting;
    assert_int_equal(fm_budget_close(&ctx), FM_OK); /* waits, so that the time is not lost */
    assert_int_equal(ctx.synchronizations, 1);
    assert_ptr_equal(ctx.meter.window, window);
    assert_int_equal(fm_live_get(&window->backend_ns), 0);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static fm_times times_of(const fm_context *ctx) {
    fm_window_reading reading;
    fm_window_read(ctx->meter.window, &reading);
    fm_window_since(&reading, &ctx->meter.window->own_base);
    return fm_window_times(&reading, ctx->meter.window->asynchronous);
}

static void assert_times(fm_times times, uint64_t wall, uint64_t backend, uint64_t overhead) {
    assert_int_equal(times.wall, wall);
    assert_int_equal(times.backend, backend);
    assert_int_equal(times.overhead, overhead);
}

static void test_where_the_time_went(void **state) {
    (void)state;
    use_fake_clock();
    fm_context ctx;
    fm_budget *budget = NULL;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    fake_now += 1000; /* the caller's own */
    fm_meter_enter(&ctx.meter);
    fake_now += 10;
    fm_meter_enter(&ctx.meter); /* a call inside a call */
    fake_now += 200;
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 1, 150), FM_OK);
    fm_meter_leave(&ctx.meter);
    fake_now += 5;
    fm_meter_leave(&ctx.meter);
    fake_now += 300;
    assert_times(times_of(&ctx), 1515, 150, 65);
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &budget), FM_OK);
    fake_now += 40;
    assert_times(times_of(&ctx), 40, 0, 0);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    assert_times(times_of(&ctx), 1515, 150, 65); /* it rested meanwhile */
    fm_meter_reset(&ctx.meter);
    fake_now += 7;
    assert_times(times_of(&ctx), 7, 0, 0);
    ctx.meter.timing = FM_TIMING_OFF;
    fm_meter_enter(&ctx.meter);
    fake_now += 9;
    fm_meter_leave(&ctx.meter);
    assert_times(times_of(&ctx), 16, 0, 0);
    fm_budget_release(budget);
    fake_close(&ctx);

    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, true), FM_OK);
    fm_meter_enter(&ctx.meter);
    fake_now += 100;
    fm_meter_waited(&ctx.meter, 80);
    fm_meter_leave(&ctx.meter);
    fm_meter_add_backend(&ctx.meter, 60); /* overlaps with the calls */
    fake_now += 50;
    assert_times(times_of(&ctx), 150, 60, 20);
    fm_meter_add_backend(&ctx.meter, 1000); /* two streams: more than the wall has */
    assert_times(times_of(&ctx), 150, 150, 0);
    fake_close(&ctx);
    fm_clock_inject(NULL);
}

static void test_own_charges(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_counters c;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = UINT64_MAX;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    const struct {
        double multiplier;
        uint64_t flops, charged;
    } cases[] = {{0, 9007199254740993u, 9007199254740993u},
                 {1, UINT64_MAX, UINT64_MAX},
                 {3, 6148914691236517205u, UINT64_MAX},
                 {0.5, 7, 3},
                 {2.5, 3, 7},
                 {0.001, 999, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        options.multiplier = cases[i].multiplier;
        assert_int_equal(fm_budget_open(&ctx, &options, &budget), FM_OK);
        assert_int_equal(fm_charge(&ctx, "mine", cases[i].flops, NULL), FM_OK);
        assert_int_equal(fm_budget_used(budget), cases[i].charged);
        assert_int_equal(counted(&ctx, "mine", FM_DTYPE_NONE, &c), cases[i].charged);
        assert_int_equal(c.calls, 1);
        assert_int_equal(c.timed, 0);
        assert_int_equal(fm_budget_close(&ctx), FM_OK);
        fm_budget_release(budget);
    }
    options.multiplier = 2;
    assert_int_equal(fm_budget_open(&ctx, &options, &budget), FM_OK);
    assert_int_equal(fm_charge(&ctx, "mine", UINT64_C(1) << 63, NULL), FM_ERR_OVERFLOW);
    assert_string_equal(ctx.error.message,
                        "mine: 9223372036854775808 FLOPs times the multiplier 2 are past 64 bits");
    assert_int_equal(fm_charge(&ctx, "", 1, NULL), FM_ERR_ARGUMENT);
    assert_int_equal(fm_charge(&ctx, NULL, 1, NULL), FM_ERR_ARGUMENT);
    assert_int_equal(fm_budget_used(budget), 0);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_attach_errors(void **state) {
    (void)state;
    fm_context ctx;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fm_budget_attach(&ctx, NULL), FM_ERR_ARGUMENT);
    assert_int_equal(fm_budget_attach(&ctx, fm_context_budget(&ctx)), FM_ERR_ARGUMENT);
    assert_int_equal(fm_budget_open(&ctx, NULL, NULL), FM_ERR_ARGUMENT);
    fake_close(&ctx);
}

/* After the first round nothing is allocated. */
static void test_steady_state(void **state) {
    (void)state;
    fm_context ctx;
    uint64_t before = 0;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    for (int round = 0; round < 50; ++round) {
        if (round == 1) before = fm_alloc_count();
        assert_int_equal(fm_namespace_push(&ctx, "train", 1000), FM_OK);
        for (int i = 0; i < 10; ++i)
            assert_int_equal(fake_op(&ctx, i % 2 ? "add" : "mul", FM_FLOAT32, 3, 5), FM_OK);
        assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    }
    assert_int_equal(fm_alloc_count(), before);
    fake_close(&ctx);
}

/* A whole small program under every failing allocation: the right status, nothing half charged. */
static void test_no_memory(void **state) {
    (void)state;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 100;
    options.name = "b";
    options.log_ops = true;
    for (uint64_t nth = 1;; ++nth) {
        fm_context ctx;
        fm_budget *budget = NULL;
        fm_counters c = {0};
        fm_alloc_fail_at(nth, 0);
        fm_status status = fake_open(&ctx, FM_TIMING_OP, true);
        if (status == FM_OK) status = fm_budget_open(&ctx, &options, &budget);
        if (status == FM_OK) status = fm_namespace_push(&ctx, "n", 50);
        if (status == FM_OK) status = launch(&ctx, 1);
        fm_alloc_fail_at(0, 0);
        assert_true(status == FM_OK || status == FM_ERR_MEMORY);
        if (budget) {
            counted(&ctx, "matmul", FM_FLOAT32, &c);
            assert_int_equal(fm_budget_used(budget), c.flops);
        }
        bool lost = ctx.meter.window && fm_live_get(&ctx.meter.window->lost) != 0;
        fm_budget_release(budget);
        fake_close(&ctx);
        if (status == FM_OK && !lost) {
            assert_true(nth > 8);
            break;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_then_explicit),
        cmocka_unit_test(test_refusal),
        cmocka_unit_test(test_modes),
        cmocka_unit_test(test_sub_budgets),
        cmocka_unit_test(test_row_cache),
        cmocka_unit_test(test_time_limit),
        cmocka_unit_test(test_log_and_callback),
        cmocka_unit_test(test_late_times),
        cmocka_unit_test(test_where_the_time_went),
        cmocka_unit_test(test_own_charges),
        cmocka_unit_test(test_attach_errors),
        cmocka_unit_test(test_steady_state),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
