/* What collecting a device's own records costs: the host, an operation; the device, a training
   step. Rounds with and without alternate, so that a clock that drifts slows both. */
#include "call/context.h"
#include "mlp.h"

enum { ROUNDS = 15, STEPS = 50, ADDS = 2000, BATCH = 128 };

/* Without records of the device there is nothing to compare. */
static void set_timing(fm_context *ctx, fm_timing timing) {
    bench_check(ctx, fm_context_set_timing(ctx, timing));
    if (ctx->meter.timing == timing) return;
    fprintf(stderr, "skipped: %s\n", ctx->meter.collected.reason);
    exit(BENCH_SKIPPED);
}

/* Seconds a step, the device's work included. */
static double time_steps(mlp *n) {
    for (int i = 0; i < 3; i++) mlp_step(n);
    bench_check(n->ctx, fm_synchronize(n->ctx));
    double start = bench_now();
    for (int i = 0; i < STEPS; i++) mlp_step(n);
    bench_check(n->ctx, fm_synchronize(n->ctx));
    return (bench_now() - start) / STEPS;
}

/* Seconds of the host a small add, which the device is faster with. */
static double time_adds(fm_context *ctx, const fm_tensor *x, fm_tensor **y) {
    for (int i = 0; i < 10; i++) bench_check(ctx, fm_add(ctx, x, x, y));
    bench_check(ctx, fm_synchronize(ctx));
    double start = bench_now();
    for (int i = 0; i < ADDS; i++) bench_check(ctx, fm_add(ctx, x, x, y));
    double seconds = (bench_now() - start) / ADDS;
    bench_check(ctx, fm_synchronize(ctx));
    return seconds;
}

static void print(int argc, char **argv, const char *name, double *samples) {
    if (!bench_wanted(argc, argv, name)) return;
    bench_line line = bench_sorted(samples, ROUNDS);
    bench_print_line(stdout, name, &line);
}

int main(int argc, char **argv) {
    static double steps[2][ROUNDS], adds[2][ROUNDS], more[ROUNDS];
    const int64_t eight = 8;
    mlp n;
    setenv("FLOPMETER_BACKEND_DIR", BENCH_BACKEND_DIR, 0);
    fm_context *ctx = bench_open(FM_CUDA, FM_TIMING_OFF);
    fm_tensor *x = bench_tensor(ctx, FM_FLOAT32, 1, &eight, 1.0), *y = NULL;
    mlp_open(&n, ctx, BATCH);
    for (int r = 0; r < ROUNDS; r++) {
        for (int collected = 0; collected < 2; collected++) {
            set_timing(ctx, collected ? FM_TIMING_ACTIVITY : FM_TIMING_OFF);
            steps[collected][r] = time_steps(&n);
            adds[collected][r] = time_adds(ctx, x, &y);
        }
        more[r] = adds[1][r] - adds[0][r];
    }
    print(argc, argv, "collect.op", more);
    print(argc, argv, "collect.step", steps[1]);
    print(argc, argv, "collect.step.untimed", steps[0]);
    fm_tensor_release(x);
    fm_tensor_release(y);
    mlp_close(&n);
    return 0;
}
