/* Counting alone: a charge and a record as the corridor makes them, one clock reading, and eight
   threads on one budget. */
#include <pthread.h>

#include "meter/meter.h"
#include "timing.h"

enum { THREADS = 8, CHARGES = 200000 };

typedef struct bench {
    fm_meter meter;
    fm_row_cache cache;
    bool timed;
    fm_ledger_row *kernel; /* of a synchronous device's kernel, as the corridor has it */
} bench;

static bool count_one(bench *b) {
    fm_meter *meter = &b->meter;
    fm_ledger_row *row = fm_meter_row(meter, &b->cache, "add", FM_FLOAT32);
    if (!row || fm_meter_charge(meter, "add", 8, NULL) != FM_OK) return false;
    fm_call_record call = {.flops = 8, .bytes = 96, .executed = 8, .ns = FM_UNTIMED};
    call.kernel = b->kernel;
    if (b->timed) {
        uint64_t start = fm_ticks();
        call.ns = fm_ticks_to_ns(fm_ticks_between(start, fm_ticks()));
    }
    fm_meter_record(meter, row, &call);
    return true;
}

static void count_calls(void *user, long calls) {
    bench *b = user;
    for (long i = 0; i < calls; ++i) {
        fm_meter_enter(&b->meter);
        if (!count_one(b)) abort();
        fm_meter_leave(&b->meter);
    }
}

static void read_clock(void *user, long calls) {
    volatile uint64_t *last = user;
    for (long i = 0; i < calls; ++i) *last = fm_ticks();
}

static bool start(bench *b, fm_timing timing) {
    fm_meter_options options = {.timing = timing, .cost_model = "textbook", .device = "cpu"};
    b->timed = timing != FM_TIMING_OFF;
    if (fm_meter_init(&b->meter, &options, NULL) != FM_OK) return false;
    if (b->timed) b->kernel = fm_kernel_row(&b->meter.window->ledger, "add v4", "add", FM_FLOAT32);
    return true;
}

/* Wall time of one charge among THREADS that share the default budget. */
static void *share(void *user) {
    count_calls(user, CHARGES);
    return NULL;
}

static bool run_shared(const char *name) {
    static bench benches[THREADS];
    pthread_t threads[THREADS];
    double samples[5];
    for (int i = 0; i < THREADS; ++i)
        if (!start(&benches[i], FM_TIMING_OFF)) return false;
    for (int run = 0; run < 5; ++run) {
        double begin = bench_now();
        int made = 0;
        while (made < THREADS && !pthread_create(&threads[made], NULL, share, &benches[made]))
            ++made;
        for (int i = 0; i < made; ++i) pthread_join(threads[i], NULL);
        if (made < THREADS) return false;
        samples[run] = (bench_now() - begin) / ((double)THREADS * CHARGES);
    }
    for (int i = 0; i < THREADS; ++i) fm_meter_close(&benches[i].meter);
    bench_print(stdout, name, samples, 5);
    return true;
}

static bool run_alone(const char *name, fm_timing timing, const fm_budget_options *options) {
    bench b = {0};
    fm_budget *budget = NULL;
    if (!start(&b, timing)) return false;
    bool ready = !options || (fm_budget_new(options, &budget, NULL) == FM_OK &&
                              fm_meter_use_budget(&b.meter, budget, NULL) == FM_OK);
    if (ready) bench_run(name, count_calls, &b, 0.3);
    fm_budget_release(budget);
    fm_meter_close(&b.meter);
    return ready;
}

int main(int argc, char **argv) {
    const fm_budget_options limited = {
        .size = sizeof limited, .flops = UINT64_C(1) << 62, .seconds = 1e6};
    uint64_t last = 0;
    bool all = true;
    if (bench_wanted(argc, argv, "meter.ticks")) bench_run("meter.ticks", read_clock, &last, 0.2);
    if (bench_wanted(argc, argv, "meter.untimed"))
        all = run_alone("meter.untimed", FM_TIMING_OFF, NULL) && all;
    if (bench_wanted(argc, argv, "meter.timed"))
        all = run_alone("meter.timed", FM_TIMING_OP, NULL) && all;
    if (bench_wanted(argc, argv, "meter.time_limit"))
        all = run_alone("meter.time_limit", FM_TIMING_OFF, &limited) && all;
    if (bench_wanted(argc, argv, "meter.shared")) all = run_shared("meter.shared") && all;
    return all ? 0 : 1;
}
