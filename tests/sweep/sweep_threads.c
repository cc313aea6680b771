/* Eight contexts in eight threads on one budget, running operations of random sizes until it is
   spent: granted charges add up to what is used, what was refused did not fit, and the process's
   summary says the same. sweep_threads [--device cpu|cuda] */
#include "harness.h"

#include <flopmeter/flopmeter.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef FM_SANITIZED
enum { CALLS = 300 };
#else
enum { CALLS = 6000 };
#endif
enum { THREADS = 8, LARGEST = 40 };

static const char *const unary[] = {"sqrt", "exp", "negative", "sum"};
static const char *const binary[] = {"add", "multiply", "matmul", "maximum"};

typedef struct worker {
    pthread_t thread;
    sw_harness *h; /* its failures under the lock */
    fm_budget *budget;
    int number;
    uint64_t granted, refused_least; /* the smallest cost that was refused */
    int calls, refused;
} worker;

static pthread_mutex_t telling = PTHREAD_MUTEX_INITIALIZER;

static void tell(worker *w, const char *what, const char *text) {
    pthread_mutex_lock(&telling);
    sw_fail(w->h, "threads", what, "thread %d: %s", w->number, text);
    pthread_mutex_unlock(&telling);
}

static fm_value tensor_value(const fm_tensor *tensor) {
    return (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = tensor};
}

/* One call with a random matrix; what it costs is asked before. */
static void call_once(worker *w, fm_context *ctx, int turn, fm_tensor **out) {
    uint64_t dice = sw_random((uint64_t)w->number, (uint64_t)turn);
    int64_t n = 1 + (int64_t)(dice >> 8) % LARGEST, shape[] = {n, n};
    bool two = dice & 1;
    const char *op = (two ? binary : unary)[dice >> 1 & 3];
    fm_tensor *x;
    fm_cost_answer answer;
    if (fm_tensor_create(ctx, FM_FLOAT32, 2, shape, &x) != FM_OK) {
        tell(w, "create", fm_context_message(ctx));
        return;
    }
    const float zero = 0;
    if (n == 1 && fm_tensor_set_from_host(ctx, x, &zero, sizeof zero) != FM_OK)
        tell(w, "upload", fm_context_message(ctx));
    const fm_argument arguments[] = {{NULL, tensor_value(x)}, {NULL, tensor_value(x)}};
    size_t count = two ? 2 : 1;
    if (fm_call_cost(ctx, op, arguments, count, &answer) != FM_OK)
        tell(w, op, fm_context_message(ctx));
    fm_status status = fm_call(ctx, op, arguments, count, out, 1);
    const fm_error *error = fm_context_error(ctx);
    if (status == FM_OK) {
        w->granted += answer.flops;
        w->calls++;
    } else if (status != FM_ERR_BUDGET) {
        tell(w, op, error->message);
    } else {
        w->refused++;
        if (error->needed != answer.flops) tell(w, op, "refused with another cost than asked for");
        if (error->needed <= error->remaining) tell(w, op, "refused although it fitted");
        if (answer.flops < w->refused_least) w->refused_least = answer.flops;
    }
    fm_tensor_release(x);
}

static void *work(void *user) {
    worker *w = user;
    fm_context *ctx = sw_open(w->h->kind);
    fm_tensor *out = NULL;
    if (fm_budget_attach(ctx, w->budget) != FM_OK) tell(w, "attach", fm_context_message(ctx));
    for (int turn = 0; turn < CALLS; turn++) {
        call_once(w, ctx, turn, &out);
        if (turn % 16 == 0) { /* slots are refilled, and now and then made anew */
            fm_tensor_release(out);
            out = NULL;
        }
    }
    fm_tensor_release(out);
    if (fm_budget_close(ctx) != FM_OK) tell(w, "close", fm_context_message(ctx));
    fm_context_close(ctx);
    return NULL;
}

/* An add of exactly what remains fits; one element more does not. */
static void fill_up(sw_harness *h, fm_context *ctx, fm_budget *budget) {
    for (int round = 0; round < 2; round++) {
        int64_t n = round == 0 ? (int64_t)fm_budget_remaining(budget) : 1;
        fm_tensor *x = NULL, *out = NULL;
        if (fm_zeros(ctx, 1, &n,
                     &(fm_zeros_options){.size = sizeof(fm_zeros_options), .dtype = FM_UINT8},
                     &x) != FM_OK)
            sw_fail(h, "fill", "zeros", "%s", fm_context_message(ctx));
        fm_status want = round == 0 ? FM_OK : FM_ERR_BUDGET;
        fm_status got = x ? fm_add(ctx, x, x, &out) : FM_ERR_MEMORY;
        if (got != want)
            sw_fail(h, "fill", "the last FLOPs", "%s: %s", fm_status_name(got),
                    fm_context_message(ctx));
        fm_tensor_release(x);
        fm_tensor_release(out);
    }
    if (fm_budget_used(budget) != fm_budget_limit(budget))
        sw_fail(h, "fill", "the last FLOPs", "%llu are used of %llu",
                (unsigned long long)fm_budget_used(budget),
                (unsigned long long)fm_budget_limit(budget));
}

static void check_sums(sw_harness *h, const worker *workers, const fm_budget *budget) {
    uint64_t granted = 0, left = fm_budget_remaining(budget);
    int refused = 0;
    for (int i = 0; i < THREADS; i++) {
        granted += workers[i].granted;
        refused += workers[i].refused;
        h->calls += workers[i].calls;
        if (workers[i].refused_least <= left)
            sw_fail(h, "sums", "refusal", "%llu FLOPs were refused, but %llu are left",
                    (unsigned long long)workers[i].refused_least, (unsigned long long)left);
    }
    if (granted != fm_budget_used(budget) || granted > fm_budget_limit(budget))
        sw_fail(h, "sums", "used", "%llu, but %llu were granted",
                (unsigned long long)fm_budget_used(budget), (unsigned long long)granted);
    if (refused == 0) sw_fail(h, "sums", "limit", "nothing was refused: it is too high");
}

/* All contexts are closed: the process's record has their sums. */
static void check_process(sw_harness *h, uint64_t used, uint64_t calls) {
    fm_summary *summary;
    fm_error error;
    uint64_t flops = 0, rows = 0;
    if (fm_summary_of_process(&summary, &error) != FM_OK) {
        sw_fail(h, "process", "summary", "%s", error.message);
        return;
    }
    for (size_t i = 0; i < fm_summary_row_count(summary); i++) {
        flops += fm_summary_row(summary, i)->flops;
        rows += fm_summary_row(summary, i)->calls;
    }
    const fm_summary_totals *totals = fm_summary_totals_of(summary);
    if (totals->used != used || flops != used || rows != calls)
        sw_fail(h, "process", "summary", "used %llu, rows %llu of %llu calls; not %llu of %llu",
                (unsigned long long)totals->used, (unsigned long long)flops,
                (unsigned long long)rows, (unsigned long long)used, (unsigned long long)calls);
    fm_summary_release(summary);
}

int main(int argc, char **argv) {
    static sw_harness h;
    worker workers[THREADS];
    fm_budget *budget;
    int status = sw_start(&h, argc, argv);
    if (status >= 0) return status;
    fm_context *ctx = sw_open(h.kind);
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = (uint64_t)CALLS * THREADS * 3000; /* some two thirds of what is asked for */
    options.name = "shared";
    if (fm_budget_open(ctx, &options, &budget) != FM_OK) return EXIT_FAILURE;
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.h = &h, .budget = budget, .number = i, .refused_least = UINT64_MAX};
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) return EXIT_FAILURE;
    }
    for (int i = 0; i < THREADS; i++) (void)pthread_join(workers[i].thread, NULL);
    check_sums(&h, workers, budget);
    fill_up(&h, ctx, budget);
    uint64_t used = fm_budget_used(budget);
    if (fm_budget_close(ctx) != FM_OK) sw_fail(&h, "end", "close", "%s", fm_context_message(ctx));
    fm_context_close(ctx);
    fm_budget_release(budget);
    check_process(&h, used, (uint64_t)h.calls + 1);
    return sw_finish(&h);
}
