/* Charging work of the caller's own: a charge and its settling, alone and by eight threads on one
   budget, as CPU time there; and what a helper takes to cost a product. */
#include <pthread.h>

#include "setup.h"

enum { THREADS = 8, CHARGES = 400000 };

static void charge_calls(void *user, long calls) {
    fm_context *ctx = user;
    fm_charge_id id;
    for (long i = 0; i < calls; ++i) {
        bench_check(ctx, fm_charge(ctx, "attention", 1000, &id));
        bench_check(ctx, fm_settle(ctx, id, FM_RAN));
    }
}

static void cost_calls(void *user, long calls) {
    fm_context *ctx = user;
    fm_job job;
    for (long i = 0; i < calls; ++i)
        bench_check(ctx, fm_job_matmul(ctx, FM_FLOAT32, 1, 64 + (i & 7), 64, 64, &job));
}

typedef struct worker {
    fm_context *ctx;
    double seconds; /* of CPU time, a charge */
} worker;

static double cpu_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void *share(void *user) {
    worker *w = user;
    double begin = cpu_now();
    charge_calls(w->ctx, CHARGES);
    w->seconds = (cpu_now() - begin) / CHARGES;
    return NULL;
}

static bool run_shared(const char *name) {
    worker workers[THREADS];
    pthread_t threads[THREADS];
    fm_budget *budget = NULL;
    double samples[5];
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = UINT64_C(1) << 62;
    for (int i = 0; i < THREADS; ++i) {
        fm_context *ctx = workers[i].ctx = bench_open(FM_CPU, FM_TIMING_OFF);
        bench_check(ctx, i == 0 ? fm_budget_open(ctx, &options, &budget)
                                : fm_budget_attach(ctx, budget));
    }
    for (int run = 0; run < 5; ++run) {
        int made = 0;
        samples[run] = 0;
        while (made < THREADS && !pthread_create(&threads[made], NULL, share, &workers[made]))
            ++made;
        for (int i = 0; i < made; ++i) pthread_join(threads[i], NULL);
        if (made < THREADS) return false;
        for (int i = 0; i < THREADS; ++i) samples[run] += workers[i].seconds / THREADS;
    }
    for (int i = 0; i < THREADS; ++i) fm_context_close(workers[i].ctx);
    fm_budget_release(budget);
    bench_print(stdout, name, samples, 5);
    return true;
}

int main(int argc, char **argv) {
    bool all = true;
    fm_context *ctx = bench_open(FM_CPU, FM_TIMING_OFF);
    if (bench_wanted(argc, argv, "charge.alone")) bench_run("charge.alone", charge_calls, ctx, 0.3);
    if (bench_wanted(argc, argv, "charge.matmul_job"))
        bench_run("charge.matmul_job", cost_calls, ctx, 0.2);
    fm_context_close(ctx);
    if (bench_wanted(argc, argv, "charge.shared")) all = run_shared("charge.shared");
    return all ? 0 : 1;
}
