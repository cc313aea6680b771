/* The caller's own charges: open, settled, forgotten; soft limits; leases; what a capture collects.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>

#include "core/alloc.h"
#include "meter/captured.h"
#include "meter/fake_context.h"
#include "meter/own.h"

static fm_counters counted(const fm_context *ctx, const char *op) {
    fm_counters c;
    fm_ledger_row *row =
        fm_ledger_row_of(&ctx->meter.window->ledger, op, FM_DTYPE_NONE, ctx->meter.name_space);
    fm_ledger_row_read(row, &c);
    return c;
}

static void test_settled_once(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget;
    fm_charge_id a, b;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 60, &a), FM_OK);
    assert_int_equal(fm_budget_used(budget), 60);
    assert_int_equal(counted(&ctx, "kernel").calls, 0);
    assert_int_equal(fm_charge(&ctx, "kernel", 41, &b), FM_ERR_BUDGET);
    assert_int_equal(b, 0);
    assert_int_equal(fm_open_charges(&ctx), 1);
    assert_int_equal(fm_settle(&ctx, a, FM_RAN), FM_OK);
    assert_int_equal(counted(&ctx, "kernel").calls, 1);
    assert_int_equal(counted(&ctx, "kernel").flops, 60);
    assert_int_equal(fm_settle(&ctx, a, FM_RAN), FM_ERR_STATE);
    assert_string_equal(ctx.error.message,
                        "settle: charge 4294967297 is not open in this context: it was settled "
                        "before, or never made");
    assert_int_equal(fm_settle(&ctx, 0, FM_RAN), FM_ERR_STATE);
    assert_int_equal(fm_settle(&ctx, UINT64_MAX, FM_RAN), FM_ERR_STATE);
    /* The place is used again, the id is not. */
    assert_int_equal(fm_charge(&ctx, "kernel", 40, &b), FM_OK);
    assert_int_not_equal(a, b);
    assert_int_equal(fm_settle(&ctx, a, FM_NOT_RUN), FM_ERR_STATE);
    assert_int_equal(fm_settle(&ctx, b, (fm_outcome)2), FM_ERR_ARGUMENT);
    assert_int_equal(fm_settle(&ctx, b, FM_NOT_RUN), FM_OK);
    assert_int_equal(fm_budget_used(budget), 60);
    assert_int_equal(counted(&ctx, "kernel").calls, 1);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_settled_in_part(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    fm_charge_id id;
    options.flops = 1000;
    options.multiplier = 2;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fm_budget_open(&ctx, &options, &budget), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 100, &id), FM_OK);
    assert_int_equal(fm_settle_part(&ctx, id, 101), FM_ERR_ARGUMENT);
    assert_string_equal(ctx.error.message,
                        "settle: 101 FLOPs are more than the 200 that were charged");
    assert_int_equal(fm_settle_part(&ctx, id, 70), FM_OK);
    assert_int_equal(fm_budget_used(budget), 140);
    assert_int_equal(counted(&ctx, "kernel").flops, 140);
    assert_int_equal(fm_charge(&ctx, "kernel", 5, &id), FM_OK);
    assert_int_equal(fm_settle_failed(&ctx, id, "cublasGemmEx", 13), FM_ERR_DEVICE);
    assert_string_equal(ctx.error.message, "cublasGemmEx: 13");
    assert_int_equal(ctx.error.device_code, 13);
    assert_int_equal(fm_budget_used(budget), 140);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static char logged[200];
static void take_line(void *user, fm_severity severity, const char *line) {
    (void)user;
    assert_int_equal(severity, FM_LOG_WARNING);
    snprintf(logged, sizeof logged, "%s", line);
}

static void test_never_settled(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget;
    fm_charge_id a, b;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    ctx.meter.log = take_line;
    assert_int_equal(fake_budget(&ctx, 10000, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 1234, &a), FM_OK);
    assert_int_equal(fm_charge(&ctx, "other", 1, &b), FM_OK);
    assert_int_equal(fm_budget_close(&ctx), FM_ERR_STATE);
    assert_string_equal(
        ctx.error.message,
        "budget: 2 charges are not settled, the first of \"kernel\" with 1,234 FLOPs");
    assert_int_equal(fm_settle_all(&ctx, FM_RAN), FM_OK);
    assert_int_equal(counted(&ctx, "other").flops, 1);
    assert_int_equal(fm_open_charges(&ctx), 0);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 7, &a), FM_OK);
    fake_close(&ctx);
    assert_string_equal(logged,
                        "context: 1 charge is not settled, the first of \"kernel\" with 7 FLOPs");
    fm_budget_release(budget);
}

/* Made under the default budget, settled while an explicit one is open: counted where it was made.
 */
static void test_settled_under_another_budget(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget, *first;
    fm_charge_id a, b;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    first = fm_context_budget(&ctx);
    uint64_t used = fm_budget_used(first);
    assert_int_equal(fm_charge(&ctx, "kernel", 7, &a), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 9, &b), FM_OK);
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fm_settle(&ctx, a, FM_RAN), FM_OK);
    assert_int_equal(fm_settle(&ctx, b, FM_NOT_RUN), FM_OK);
    assert_int_equal(fm_budget_used(budget), 0);
    assert_int_equal(fm_budget_used(first), used + 7);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    assert_int_equal(counted(&ctx, "kernel").flops, 7);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_many_open(void **state) {
    (void)state;
    fm_context ctx;
    static fm_charge_id id[FM_CHARGES_MOST];
    fm_charge_id more;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    uint64_t used = fm_budget_used(fm_context_budget(&ctx));
    for (int i = 0; i < FM_CHARGES_MOST; ++i)
        assert_int_equal(fm_charge(&ctx, "kernel", 1, &id[i]), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 1, &more), FM_ERR_STATE);
    assert_string_equal(ctx.error.message, "kernel: 65536 charges are open and not settled");
    assert_int_equal(fm_budget_used(fm_context_budget(&ctx)), used + FM_CHARGES_MOST);
    uint64_t before = fm_alloc_count();
    for (int i = 0; i < FM_CHARGES_MOST; ++i)
        assert_int_equal(fm_settle(&ctx, id[i], i % 2 ? FM_RAN : FM_NOT_RUN), FM_OK);
    for (int i = 0; i < 1000; ++i) {
        assert_int_equal(fm_charge(&ctx, "kernel", 1, &more), FM_OK);
        assert_int_equal(fm_settle(&ctx, more, FM_NOT_RUN), FM_OK);
    }
    assert_int_equal(fm_alloc_count(), before);
    assert_int_equal(fm_budget_used(fm_context_budget(&ctx)), used + FM_CHARGES_MOST / 2);
    fake_close(&ctx);
}

static void test_memory_runs_out(void **state) {
    (void)state;
    for (uint64_t nth = 1;; ++nth) {
        fm_context ctx;
        fm_charge_id id = 0;
        assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
        uint64_t used = fm_budget_used(fm_context_budget(&ctx));
        fm_alloc_fail_at(nth, 0);
        fm_status status = fm_charge(&ctx, "kernel", 3, &id);
        fm_alloc_fail_at(0, 0);
        if (status == FM_OK) {
            assert_int_equal(fm_settle(&ctx, id, FM_RAN), FM_OK);
            fake_close(&ctx);
            assert_true(nth > 2);
            return;
        }
        assert_int_equal(status, FM_ERR_MEMORY);
        assert_int_equal(fm_budget_used(fm_context_budget(&ctx)), used);
        assert_int_equal(fm_open_charges(&ctx), 0);
        fake_close(&ctx);
    }
}

/* The same address with another text is another operation. */
static void test_names_are_compared(void **state) {
    (void)state;
    fm_context ctx;
    char name[8] = "one";
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fm_charge(&ctx, name, 1, NULL), FM_OK);
    snprintf(name, sizeof name, "two");
    assert_int_equal(fm_charge(&ctx, name, 2, NULL), FM_OK);
    assert_int_equal(fm_namespace_push(&ctx, "inside", 0), FM_OK);
    assert_int_equal(fm_charge(&ctx, name, 4, NULL), FM_OK);
    assert_int_equal(counted(&ctx, "two").flops, 4);
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_int_equal(counted(&ctx, "one").flops, 1);
    assert_int_equal(counted(&ctx, "two").flops, 2);
    assert_int_equal(ctx.ranges, 0);
    fake_close(&ctx);
}

typedef struct heard {
    int calls;
    fm_soft_event event;
    char scope[32];
} heard;

static void hear(void *user, const fm_soft_event *event) {
    heard *h = user;
    ++h->calls;
    h->event = *event;
    snprintf(h->scope, sizeof h->scope, "%s", event->scope ? event->scope : "");
}

static void test_soft_limit_of_a_budget(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget;
    heard h = {0};
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 100;
    options.soft_flops = 80;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fm_budget_open(&ctx, &options, &budget), FM_ERR_ARGUMENT);
    assert_string_equal(ctx.error.message, "budget: soft_flops is 80, but on_soft is NULL");
    options.on_soft = hear;
    options.soft_user = &h;
    assert_int_equal(fm_budget_open(&ctx, &options, &budget), FM_OK);
    assert_int_equal(fm_charge(&ctx, "a", 79, NULL), FM_OK);
    assert_int_equal(fm_charge(&ctx, "a", 22, NULL), FM_ERR_BUDGET); /* reaches nothing */
    assert_int_equal(h.calls, 0);
    assert_int_equal(fm_charge(&ctx, "a", 1, NULL), FM_OK);
    assert_int_equal(h.calls, 1);
    assert_int_equal(h.event.limit, 80);
    assert_int_equal(h.event.used, 80);
    assert_int_equal(h.event.hard, 100);
    assert_null(h.event.scope);
    assert_int_equal(fm_charge(&ctx, "a", 20, NULL), FM_OK);
    assert_int_equal(fm_charge(&ctx, "a", 1, NULL), FM_ERR_BUDGET);
    assert_int_equal(h.calls, 1);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_soft_limit_of_a_scope(void **state) {
    (void)state;
    fm_context ctx;
    heard h = {0};
    fm_scope_limits limits = {.size = sizeof limits, .flops = 100, .soft_flops = 50};
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fm_scope_push(&ctx, "step", &limits), FM_ERR_ARGUMENT);
    limits.on_soft = hear;
    limits.user = &h;
    limits.size = 3;
    assert_int_equal(fm_scope_push(&ctx, "step", &limits), FM_ERR_ARGUMENT);
    limits.size = sizeof limits;
    for (int step = 1; step <= 2; ++step) {
        assert_int_equal(fm_scope_push(&ctx, "step", &limits), FM_OK);
        assert_int_equal(ctx.ranges, 1);
        assert_int_equal(fm_charge(&ctx, "a", 49, NULL), FM_OK);
        assert_int_equal(h.calls, step - 1);
        assert_int_equal(fm_charge(&ctx, "a", 51, NULL), FM_OK);
        assert_int_equal(fm_charge(&ctx, "a", 1, NULL), FM_ERR_BUDGET);
        assert_int_equal(h.calls, step);
        assert_string_equal(h.scope, "step");
        assert_int_equal(h.event.used, 100);
        assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    }
    assert_int_equal(fm_scope_push(&ctx, "free", NULL), FM_OK);
    assert_int_equal(fm_charge(&ctx, "a", 1000, NULL), FM_OK);
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_int_equal(ctx.meter.slow, 0);
    fake_close(&ctx);
}

enum { THREADS = 8, CHARGES = 20000 };

typedef struct worker {
    fm_context ctx;
    fm_budget *budget;
    uint64_t seed, granted, settled;
} worker;

static void *work(void *user) {
    worker *w = user;
    for (int i = 0; i < CHARGES; ++i) {
        fm_charge_id id;
        w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t flops = w->seed >> 60;
        if (fm_charge(&w->ctx, "kernel", flops, &id) != FM_OK) continue;
        bool ran = i % 5 != 0;
        if (fm_settle(&w->ctx, id, ran ? FM_RAN : FM_NOT_RUN) != FM_OK) return NULL;
        if (ran) w->granted += flops;
        ++w->settled;
    }
    return NULL;
}

/* With room for all, with room that runs out, and with hardly any: the sum is exact each time, and
   at the end every FLOP that is left can be had by one context alone. */
static void test_leases_are_exact(void **state) {
    (void)state;
    static worker workers[THREADS];
    const uint64_t limits[] = {UINT64_C(1) << 40, 300000, 100};
    for (size_t l = 0; l < 3; ++l) {
        fm_budget *budget = NULL;
        pthread_t threads[THREADS];
        uint64_t granted = 0;
        for (int i = 0; i < THREADS; ++i) {
            workers[i].granted = workers[i].settled = 0;
            workers[i].seed = (uint64_t)i + 1;
            assert_int_equal(fake_open(&workers[i].ctx, FM_TIMING_OFF, false), FM_OK);
            assert_int_equal(
                i == 0 ? fake_budget(&workers[i].ctx, limits[l], FM_BUDGET_ENFORCE, &budget)
                       : fm_budget_attach(&workers[i].ctx, budget),
                FM_OK);
        }
        for (int i = 0; i < THREADS; ++i)
            assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
        for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
        for (int i = 0; i < THREADS; ++i) granted += workers[i].granted;
        if (l == 0) assert_int_equal(workers[0].settled, CHARGES);
        assert_int_equal(fm_budget_used(budget), granted);
        assert_true(granted <= limits[l]);
        assert_int_equal(fm_charge(&workers[3].ctx, "rest", limits[l] - granted, NULL), FM_OK);
        assert_int_equal(fm_charge(&workers[4].ctx, "rest", 1, NULL), FM_ERR_BUDGET);
        assert_int_equal(workers[4].ctx.error.remaining, 0);
        for (int i = 0; i < THREADS; ++i) fake_close(&workers[i].ctx);
        assert_int_equal(fm_budget_used(budget), limits[l]);
        fm_budget_release(budget);
    }
}

/* A lease is taken where two contexts meet, and swept before anything is refused. */
static void test_a_lease_is_swept(void **state) {
    (void)state;
    fm_context a, b;
    fm_budget *budget;
    enum { LIMIT = 1000000 };
    assert_int_equal(fake_open(&a, FM_TIMING_OFF, false), FM_OK);
    assert_int_equal(fake_open(&b, FM_TIMING_OFF, false), FM_OK);
    assert_int_equal(fake_budget(&a, LIMIT, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fm_budget_attach(&b, budget), FM_OK);
    for (int i = 0; i < 10; ++i) {
        assert_int_equal(fm_charge(&a, "a", 10, NULL), FM_OK);
        assert_int_equal(fm_charge(&b, "b", 10, NULL), FM_OK);
    }
    assert_true(atomic_load(&a.meter.window->lease.credit) +
                    atomic_load(&b.meter.window->lease.credit) >
                0);
    assert_int_equal(fm_budget_used(budget), 200);
    assert_int_equal(fm_budget_remaining(budget), LIMIT - 200);
    assert_int_equal(fm_charge(&a, "all", LIMIT - 199, NULL), FM_ERR_BUDGET);
    assert_int_equal(a.error.remaining, LIMIT - 200);
    assert_int_equal(fm_charge(&a, "all", LIMIT - 200, NULL), FM_OK);
    assert_int_equal(fm_charge(&b, "b", 1, NULL), FM_ERR_BUDGET);
    fake_close(&a);
    fake_close(&b);
    fm_budget_release(budget);
}

static void test_captured_and_replayed(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget, *other;
    fm_captured captured;
    fm_charge_id id;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fm_meter_capture(&ctx.meter, &captured, &ctx.error), FM_OK);
    assert_int_equal(fm_meter_capture(&ctx.meter, &captured, &ctx.error), FM_ERR_STATE);
    assert_int_equal(fm_namespace_push(&ctx, "train", 10), FM_OK);
    assert_int_equal(fm_namespace_push(&ctx, "step", 0), FM_OK);
    for (int i = 0; i < 3; ++i)
        assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 10, FM_UNTIMED), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 5, &id), FM_OK);
    assert_int_equal(fm_meter_capture_check(&ctx.meter, &ctx.error), FM_ERR_STATE);
    assert_int_equal(fm_settle(&ctx, id, FM_RAN), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 900, &id), FM_OK);
    assert_int_equal(fm_settle(&ctx, id, FM_NOT_RUN), FM_OK);
    assert_int_equal(counted(&ctx, "kernel").captured, 1);
    assert_int_equal(counted(&ctx, "kernel").calls, 0);
    assert_int_equal(fm_meter_capture_check(&ctx.meter, &ctx.error), FM_ERR_STATE);
    assert_string_equal(ctx.error.message,
                        "capture: 2 namespaces are open, but 0 were when it began");
    assert_int_equal(fm_budget_close(&ctx), FM_ERR_STATE);
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_int_equal(fm_meter_capture_check(&ctx.meter, &ctx.error), FM_OK);
    fm_meter_capture_leave(&ctx.meter);
    assert_int_equal(fm_captured_seal(&captured, &ctx.error), FM_OK);
    assert_int_equal(captured.flops, 35);
    assert_int_equal(captured.calls, 4);
    assert_int_equal(fm_budget_used(budget), 0);
    for (int i = 0; i < 2; ++i) {
        assert_int_equal(fm_meter_replay(&ctx.meter, &captured, "graph", &ctx.error), FM_OK);
        fm_meter_replayed(&ctx.meter, &captured, 0);
    }
    assert_int_equal(fm_budget_used(budget), 70);
    assert_int_equal(fm_meter_replay(&ctx.meter, &captured, "graph", &ctx.error), FM_ERR_BUDGET);
    assert_string_equal(ctx.error.message,
                        "graph: needs 35 FLOPs, but 30 of 100 remain in the budget");
    assert_int_equal(fm_namespace_push(&ctx, "train", 0), FM_OK);
    assert_int_equal(fm_namespace_push(&ctx, "step", 0), FM_OK);
    fm_counters c = counted(&ctx, "kernel");
    assert_int_equal(c.calls, 2);
    assert_int_equal(c.replayed, 2);
    assert_int_equal(c.replayed_flops, 10);
    assert_int_equal(c.captured_flops, 5);
    (void)fm_ledger_row_read(captured.rows[0].row, &c);
    assert_int_equal(c.calls, 6);
    assert_int_equal(c.executed, 6 * 11);
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    /* Under another budget it counts in that one's ledger, in the same namespace. */
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &other), FM_OK);
    assert_int_equal(fm_meter_charge_graph(&ctx.meter, &captured, "graph", &id, &ctx.error), FM_OK);
    assert_int_equal(fm_settle_part(&ctx, id, 1), FM_ERR_ARGUMENT);
    assert_int_equal(fm_settle(&ctx, id, FM_NOT_RUN), FM_OK);
    assert_int_equal(fm_budget_used(other), 0);
    assert_int_equal(fm_meter_charge_graph(&ctx.meter, &captured, "graph", &id, &ctx.error), FM_OK);
    fm_meter_drop_graph(&ctx.meter, &captured);
    assert_int_equal(fm_open_charges(&ctx), 0);
    assert_int_equal(fm_namespace_push(&ctx, "train", 0), FM_OK);
    assert_int_equal(fm_namespace_push(&ctx, "step", 0), FM_OK);
    assert_int_equal(counted(&ctx, "kernel").calls, 1);
    fm_captured_close(&captured);
    fm_budget_release(budget);
    fm_budget_release(other);
    fake_close(&ctx);
}

/* Each open charge may need a row of its own when it is settled. */
static void test_many_open_in_a_capture(void **state) {
    (void)state;
    enum { MANY = 100 };
    fm_context ctx;
    fm_captured captured;
    fm_charge_id id[MANY];
    char names[MANY][16];
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fm_meter_capture(&ctx.meter, &captured, &ctx.error), FM_OK);
    for (int i = 0; i < MANY; ++i) {
        snprintf(names[i], sizeof names[i], "kernel%d", i);
        assert_int_equal(fm_charge(&ctx, names[i], 3, &id[i]), FM_OK);
    }
    for (int i = 0; i < MANY; ++i) assert_int_equal(fm_settle(&ctx, id[i], FM_RAN), FM_OK);
    assert_int_equal(captured.count, MANY);
    assert_int_equal(captured.flops, 3 * MANY);
    fm_meter_capture_leave(&ctx.meter);
    fm_captured_close(&captured);
    fake_close(&ctx);
}

/* What was charged before a capture is settled in the midst of it. */
static void test_an_older_charge_in_a_capture(void **state) {
    (void)state;
    fm_context ctx;
    fm_captured captured;
    fm_charge_id id;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fm_charge(&ctx, "kernel", 5, &id), FM_OK);
    assert_int_equal(fm_meter_capture(&ctx.meter, &captured, &ctx.error), FM_ERR_STATE);
    assert_string_equal(ctx.error.message,
                        "capture: 1 charge is not settled, the first of \"kernel\" with 5 FLOPs");
    assert_null(ctx.meter.capture);
    fake_close(&ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settled_once),
        cmocka_unit_test(test_settled_in_part),
        cmocka_unit_test(test_never_settled),
        cmocka_unit_test(test_settled_under_another_budget),
        cmocka_unit_test(test_many_open),
        cmocka_unit_test(test_memory_runs_out),
        cmocka_unit_test(test_names_are_compared),
        cmocka_unit_test(test_soft_limit_of_a_budget),
        cmocka_unit_test(test_soft_limit_of_a_scope),
        cmocka_unit_test(test_leases_are_exact),
        cmocka_unit_test(test_a_lease_is_swept),
        cmocka_unit_test(test_captured_and_replayed),
        cmocka_unit_test(test_many_open_in_a_capture),
        cmocka_unit_test(test_an_older_charge_in_a_capture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
