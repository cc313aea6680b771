/* The process's record: contexts in eight threads against hand-computed sums, explicit budgets
   hiding the default one, reset, folding without memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>

#include "core/alloc.h"
#include "meter/fake_context.h"
#include "meter/record.h"

enum { THREADS = 8, ROUNDS = 500 };

typedef struct sums {
    uint64_t rows, calls, flops, macs, bytes, timed, ns;
    uint64_t adds, in_train;
} sums;

static bool add_up(void *user, const fm_ledger_row *row, const fm_counters *c) {
    sums *s = user;
    ++s->rows;
    s->calls += c->calls;
    s->flops += c->flops;
    s->macs += c->macs;
    s->bytes += c->bytes;
    s->timed += c->timed;
    s->ns += c->ns_total;
    if (strcmp(row->op, "add") == 0) s->adds += c->flops;
    if (strcmp(row->name_space, "train") == 0) s->in_train += c->flops;
    return true;
}

static sums read_record(fm_record_totals *totals) {
    sums s = {0};
    assert_true(fm_record_read(totals, add_up, &s));
    return s;
}

static int forget_all(void **state) {
    (void)state;
    fm_process_reset();
    return 0;
}

static void test_default_alone(void **state) {
    (void)state;
    fm_context ctx;
    fm_record_totals totals;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 10, 5), FM_OK);
    sums s = read_record(&totals);
    assert_false(totals.explicit_budgets);
    assert_int_equal(s.flops, 10);
    assert_int_equal(totals.used, 10);
    assert_int_equal(totals.limit, fm_budget_limit(fm_context_budget(&ctx)));
    assert_string_equal(totals.cost_model, "textbook");
    assert_string_equal(totals.device, "cpu");
    fake_close(&ctx);
    s = read_record(&totals); /* closed contexts stay in */
    assert_int_equal(s.flops, 10);
    assert_int_equal(s.rows, 1);
    assert_int_equal(totals.used, 10);
}

static void test_explicit_hides_default(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_record_totals totals;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 10, 5), FM_OK);
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 30, 5), FM_OK);
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 300, 5), FM_ERR_BUDGET);
    for (int closed = 0; closed < 3; ++closed) {
        sums s = read_record(&totals);
        assert_true(totals.explicit_budgets);
        assert_int_equal(s.flops, 30);
        assert_int_equal(s.adds, 0);
        assert_int_equal(totals.limit, 100);
        assert_int_equal(totals.used, 30);
        assert_int_equal(totals.refused, 1);
        if (closed == 0) assert_int_equal(fm_budget_close(&ctx), FM_OK);
        if (closed == 1) fm_budget_release(budget);
    }
    assert_int_equal(fake_budget(&ctx, 50, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 4, 5), FM_OK);
    sums s = read_record(&totals);
    assert_int_equal(s.flops, 34);
    assert_int_equal(totals.limit, 150);
    assert_int_equal(totals.used, 34);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_reset(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_record_totals totals;
    fm_counters c;
    use_fake_clock();
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 30, 5), FM_OK);
    fake_now += 100;
    fm_process_reset();
    sums s = read_record(&totals);
    assert_int_equal(s.calls, 0);
    assert_int_equal(totals.used, 0);
    assert_int_equal(totals.times.wall, 0);
    assert_int_equal(totals.limit, 100); /* its context still counts under it */
    assert_int_equal(fm_budget_used(budget), 30);
    assert_true(fm_ledger_row_read(fm_ledger_first(&ctx.meter.window->ledger), &c));
    fake_now += 20;
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 7, 5), FM_OK);
    fm_context_reset_ledger(&ctx); /* the context's own view; the record's stays */
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 2, 5), FM_OK);
    s = read_record(&totals);
    assert_int_equal(s.calls, 2);
    assert_int_equal(s.flops, 9);
    assert_int_equal(totals.used, 9);
    assert_int_equal(totals.times.wall, 20);
    assert_int_equal(fm_budget_close(&ctx), FM_OK);
    fm_process_reset();
    s = read_record(&totals);
    assert_false(totals.explicit_budgets); /* nobody counts under it any more */
    assert_int_equal(s.calls, 0);
    assert_int_equal(fm_budget_attach(&ctx, budget), FM_OK);
    read_record(&totals);
    assert_true(totals.explicit_budgets);
    assert_int_equal(totals.limit, 100);
    fm_budget_release(budget);
    fake_close(&ctx);
    fm_clock_inject(NULL);
}

static void test_several_kinds(void **state) {
    (void)state;
    fm_context cpu, cuda;
    fm_record_totals totals;
    assert_int_equal(fake_open(&cpu, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_open(&cuda, FM_TIMING_OP, true), FM_OK);
    fm_meter_set_cost_model(&cuda.meter, "torch");
    read_record(&totals);
    assert_string_equal(totals.device, "mixed");
    assert_string_equal(totals.cost_model, "mixed");
    assert_string_equal(atomic_load(&cuda.meter.window->cost_model), "torch");
    assert_int_equal(fake_op(&cuda, "add", FM_FLOAT32, 1, 1), FM_OK);
    fm_meter_set_cost_model(&cuda.meter, "textbook");
    assert_string_equal(atomic_load(&cuda.meter.window->cost_model), "mixed");
    fake_close(&cuda);
    fake_close(&cpu);
}

typedef struct worker {
    fm_budget *budget;
    int index;
    fm_status status;
} worker;

/* Adds of i + 1 FLOPs outside and multiplications of 2 FLOPs inside "train". */
static fm_status count_work(fm_context *ctx, const worker *w) {
    fm_status status = fm_budget_attach(ctx, w->budget);
    for (int i = 0; i < ROUNDS && status == FM_OK; ++i) {
        status = fake_op(ctx, "add", FM_FLOAT32, (uint64_t)w->index + 1, 3);
        if (status == FM_OK) status = fm_namespace_push(ctx, "train", 0);
        if (status == FM_OK) status = fake_op(ctx, "multiply", FM_FLOAT32, 2, FM_UNTIMED);
        if (status == FM_OK) status = fm_namespace_pop(ctx);
    }
    return status;
}

static void *work(void *arg) {
    worker *w = arg;
    fm_context ctx;
    w->status = fake_open(&ctx, FM_TIMING_OP, false);
    if (w->status == FM_OK) w->status = count_work(&ctx, w);
    if (w->status == FM_OK) w->status = fm_budget_close(&ctx);
    fake_close(&ctx);
    return NULL;
}

static void run_threads(fm_budget *budget, int count) {
    pthread_t threads[THREADS];
    worker workers[THREADS];
    fm_record_totals totals;
    for (int i = 0; i < count; ++i) {
        workers[i] = (worker){budget, i, FM_OK};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    uint64_t last = 0;
    for (int i = 0; i < 50; ++i) { /* reads while they run */
        sums s = read_record(&totals);
        assert_true(s.flops >= last);
        last = s.flops;
    }
    for (int i = 0; i < count; ++i) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].status, FM_OK);
    }
}

static void test_threads(void **state) {
    (void)state;
    const int counts[] = {1, THREADS};
    for (size_t i = 0; i < 2; ++i) {
        fm_process_reset();
        fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
        fm_budget *budget = NULL;
        fm_record_totals totals;
        uint64_t n = (uint64_t)counts[i];
        uint64_t adds = ROUNDS * n * (n + 1) / 2, products = ROUNDS * n * 2;
        options.flops = adds + products; /* full to the last FLOP, so nothing was refused */
        assert_int_equal(fm_budget_new(&options, &budget, NULL), FM_OK);
        run_threads(budget, counts[i]);
        assert_int_equal(fm_budget_used(budget), adds + products);
        fm_budget_release(budget);
        sums s = read_record(&totals);
        assert_int_equal(s.rows, 2);
        assert_int_equal(s.calls, 2 * ROUNDS * n);
        assert_int_equal(s.flops, adds + products);
        assert_int_equal(s.adds, adds);
        assert_int_equal(s.in_train, products);
        assert_int_equal(s.bytes, 4 * (adds + products));
        assert_int_equal(s.timed, ROUNDS * n);
        assert_int_equal(s.ns, 3 * ROUNDS * n);
        assert_int_equal(totals.used, adds + products);
        assert_int_equal(totals.limit, adds + products);
        assert_int_equal(totals.refused, 0);
    }
}

/* Closing never fails: what finds no memory in the record is kept and folded later. */
static void test_closing_without_memory(void **state) {
    (void)state;
    for (uint64_t nth = 1; nth <= 6; ++nth) {
        fm_process_reset();
        fm_context ctx;
        fm_budget *budget = NULL;
        fm_record_totals totals;
        assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
        assert_int_equal(fake_budget(&ctx, 100, FM_BUDGET_ENFORCE, &budget), FM_OK);
        assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 10, 5), FM_OK);
        assert_int_equal(fm_namespace_push(&ctx, "train", 0), FM_OK);
        assert_int_equal(fake_op(&ctx, "multiply", FM_FLOAT32, 20, 5), FM_OK);
        assert_int_equal(fm_namespace_pop(&ctx), FM_OK);
        fm_alloc_fail_at(nth, 1);
        assert_int_equal(fm_budget_close(&ctx), FM_OK);
        fm_alloc_fail_at(0, 0);
        fm_budget_release(budget);
        for (int closed = 0; closed < 2; ++closed) {
            sums s = read_record(&totals);
            assert_int_equal(s.flops, 30);
            assert_int_equal(s.in_train, 20);
            assert_int_equal(totals.used, 30);
            if (closed == 0) fake_close(&ctx);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_default_alone, forget_all),
        cmocka_unit_test_setup(test_explicit_hides_default, forget_all),
        cmocka_unit_test_setup(test_reset, forget_all),
        cmocka_unit_test_setup(test_several_kinds, forget_all),
        cmocka_unit_test_setup(test_threads, forget_all),
        cmocka_unit_test_setup(test_closing_without_memory, forget_all),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fm_process_reset();
    return failed;
}
