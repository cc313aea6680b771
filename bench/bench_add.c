/* One counted add of two vectors of 8 elements into an existing output; counting alone, as that add
   less a bare loop; and what a time limit, the op log, a callback and other threads add to it. */
#include <pthread.h>

#include "setup.h"

enum { ELEMENTS = 8, THREADS = 8, THREAD_CALLS = 50000, RUNS = 11 };

typedef struct adder {
    fm_context *ctx;
    fm_tensor *a, *b, *out;
    bool log_ops;
} adder;

static void open_adder(adder *add, fm_dtype dtype, fm_timing timing) {
    *add = (adder){.ctx = bench_open(FM_CPU, timing)};
    add->a = bench_vector(add->ctx, dtype, ELEMENTS);
    add->b = bench_vector(add->ctx, dtype, ELEMENTS);
    bench_check(add->ctx, fm_add(add->ctx, add->a, add->b, &add->out));
}

static void close_adder(adder *add) {
    fm_tensor_release(add->a);
    fm_tensor_release(add->b);
    fm_tensor_release(add->out);
    fm_context_close(add->ctx);
}

static void counted(void *user, long calls) {
    adder *add = user;
    for (long i = 0; i < calls; i++)
        if (fm_add(add->ctx, add->a, add->b, &add->out) != FM_OK)
            bench_check(add->ctx, FM_ERR_STATE);
}

/* The sum of one call, kept out of line as a kernel behind a pointer is. */
__attribute__((noinline)) static void sum_once(const float *a, const float *b,
                                               float *restrict out) {
    for (int i = 0; i < ELEMENTS; i++) out[i] = a[i] + b[i];
    __asm__ volatile("" ::: "memory");
}

static void bare(void *user, long calls) {
    adder *add = user;
    const float *a = fm_tensor_data(add->a), *b = fm_tensor_data(add->b);
    float *out = fm_tensor_data(add->out);
    for (long i = 0; i < calls; i++) sum_once(a, b, out);
}

static void open_budget(adder *add, double seconds, bool log_ops) {
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    fm_budget *budget;
    options.flops = UINT64_C(1) << 62;
    options.seconds = seconds;
    options.log_ops = log_ops;
    bench_check(add->ctx, fm_budget_open(add->ctx, &options, &budget));
    fm_budget_release(budget);
}

/* A budget for each sample, so that the log does not outgrow memory: opening it is amortised over
   the sample's calls, growing the log is part of its price. */
static void logged(void *user, long calls) {
    adder *add = user;
    open_budget(add, 0, true);
    counted(user, calls);
    bench_check(add->ctx, fm_budget_close(add->ctx));
}

static void count_event(void *user, const fm_op_event *event) {
    *(uint64_t *)user += event->flops;
}

static void run_add(const bench_case *which) {
    adder add;
    open_adder(&add, which->dtype, FM_TIMING_DEFAULT);
    bench_run(which->name, counted, &add, 0.5);
    close_adder(&add);
}

static void run_untimed(const bench_case *which) {
    adder add;
    open_adder(&add, which->dtype, FM_TIMING_OFF);
    bench_run(which->name, counted, &add, 0.5);
    close_adder(&add);
}

static void run_count_timed(const bench_case *which) {
    adder add;
    open_adder(&add, which->dtype, FM_TIMING_OP);
    bench_difference(which->name, counted, &add, bare, &add, 0.5);
    close_adder(&add);
}

static void run_count_untimed(const bench_case *which) {
    adder add;
    open_adder(&add, which->dtype, FM_TIMING_OFF);
    bench_difference(which->name, counted, &add, bare, &add, 0.5);
    close_adder(&add);
}

static void run_extra_time_limit(const bench_case *which) {
    adder plain, limited;
    open_adder(&plain, which->dtype, FM_TIMING_OFF);
    open_adder(&limited, which->dtype, FM_TIMING_OFF);
    open_budget(&limited, 1e6, false);
    bench_difference(which->name, counted, &limited, counted, &plain, 0.5);
    bench_check(limited.ctx, fm_budget_close(limited.ctx));
    close_adder(&limited);
    close_adder(&plain);
}

static void run_extra_op_log(const bench_case *which) {
    adder plain, with_log;
    open_adder(&plain, which->dtype, FM_TIMING_OFF);
    open_adder(&with_log, which->dtype, FM_TIMING_OFF);
    bench_difference(which->name, logged, &with_log, counted, &plain, 0.5);
    close_adder(&with_log);
    close_adder(&plain);
}

static void run_extra_callback(const bench_case *which) {
    adder plain, told;
    uint64_t flops = 0;
    open_adder(&plain, which->dtype, FM_TIMING_OFF);
    open_adder(&told, which->dtype, FM_TIMING_OFF);
    fm_context_on_op(told.ctx, count_event, &flops);
    bench_difference(which->name, counted, &told, counted, &plain, 0.5);
    close_adder(&told);
    close_adder(&plain);
}

typedef struct sharer {
    adder add;
    pthread_barrier_t *start;
} sharer;

static void *add_often(void *user) {
    sharer *s = user;
    pthread_barrier_wait(s->start);
    counted(&s->add, THREAD_CALLS);
    return NULL;
}

/* Wall time of THREADS threads at once, over all their adds. */
static double share_once(sharer *sharers) {
    pthread_t threads[THREADS];
    pthread_barrier_t start;
    if (pthread_barrier_init(&start, NULL, THREADS + 1)) abort();
    for (int i = 0; i < THREADS; i++) {
        sharers[i].start = &start;
        if (pthread_create(&threads[i], NULL, add_often, &sharers[i])) abort();
    }
    double begin = bench_now();
    pthread_barrier_wait(&start);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    double end = bench_now();
    pthread_barrier_destroy(&start);
    return (end - begin) / ((double)THREADS * THREAD_CALLS);
}

static void run_shared(const bench_case *which) {
    static sharer sharers[THREADS];
    double samples[RUNS];
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    fm_budget *budget = NULL;
    options.flops = UINT64_C(1) << 62;
    for (int i = 0; i < THREADS; i++) {
        adder *add = &sharers[i].add;
        open_adder(add, which->dtype, FM_TIMING_OFF);
        bench_check(add->ctx, i == 0 ? fm_budget_open(add->ctx, &options, &budget)
                                     : fm_budget_attach(add->ctx, budget));
    }
    for (int run = 0; run < RUNS; run++) samples[run] = share_once(sharers);
    for (int i = 0; i < THREADS; i++) close_adder(&sharers[i].add);
    fm_budget_release(budget);
    bench_print(stdout, which->name, samples, RUNS);
}

int main(int argc, char **argv) {
    static const bench_case cases[] = {
        {"add.f32.8", run_add, FM_FLOAT32, {0}},
        {"add.f64.8", run_add, FM_FLOAT64, {0}},
        {"add.f32.8.untimed", run_untimed, FM_FLOAT32, {0}},
        {"add.f32.8.shared", run_shared, FM_FLOAT32, {0}},
        {"count.timed", run_count_timed, FM_FLOAT32, {0}},
        {"count.untimed", run_count_untimed, FM_FLOAT32, {0}},
        {"extra.time_limit", run_extra_time_limit, FM_FLOAT32, {0}},
        {"extra.op_log", run_extra_op_log, FM_FLOAT32, {0}},
        {"extra.callback", run_extra_callback, FM_FLOAT32, {0}},
    };
    return bench_cases(argc, argv, cases, sizeof cases / sizeof *cases);
}
