/* The rate that a row's is held against: a large matrix product on the same device. */
#include "cli/profile_run.h"

enum { RUNS = 20 };
#define ENOUGH 0.5 /* seconds */

/* Long enough to reach the full rate, short enough to be unnoticed; a fake device has no rate. */
static int64_t extent_for(fm_device device) {
    fm_device_info info;
    if (fm_device_describe(device, &info) != FM_OK) return 0;
    return info.emulated ? 64 : device.kind == FM_CUDA ? 4096 : 1024;
}

static fm_status operand(fm_context *ctx, int64_t n, fm_tensor **out) {
    const int64_t shape[2] = {n, n};
    fm_random_uniform_options options = {.size = sizeof options, .dtype = FM_FLOAT32};
    options.shape = (fm_opt_ints)FM_OPT_INTS(2, shape);
    return fm_random_uniform(ctx, &options, out);
}

/* The best of a few products after one that warms up; a slow device is measured by that one. */
static fm_status measure(fm_context *ctx, int64_t n, const fm_tensor *a, fm_tensor **product,
                         double *best) {
    double began = cli_seconds();
    for (int run = 0; run <= RUNS; run++) {
        double start = cli_seconds();
        fm_status status = fm_matmul(ctx, a, a, product);
        if (status == FM_OK) status = fm_synchronize(ctx);
        if (status != FM_OK) return status;
        double rate = 2.0 * (double)n * (double)n * (double)n / (cli_seconds() - start);
        bool slow = cli_seconds() - began > ENOUGH;
        if ((run > 0 || slow) && rate > *best) *best = rate;
        if (slow) break;
    }
    return FM_OK;
}

double profile_peak(fm_context *ctx) {
    fm_context *own;
    fm_budget *budget = NULL;
    fm_tensor *a = NULL, *product = NULL;
    double best = 0;
    int64_t n = extent_for(fm_context_device(ctx));
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_budget_options unlimited = FM_BUDGET_OPTIONS_INIT;
    options.device = fm_context_device(ctx);
    options.weights = -1;
    options.timing = FM_TIMING_OFF;
    unlimited.flops = UINT64_MAX;
    if (n == 0 || fm_context_open(&options, &own, NULL) != FM_OK) return 0;
    fm_status status = fm_budget_open(own, &unlimited, &budget);
    if (status == FM_OK) status = operand(own, n, &a);
    if (status == FM_OK) status = measure(own, n, a, &product, &best);
    fm_tensor_release(a);
    fm_tensor_release(product);
    fm_context_close(own);
    fm_budget_release(budget);
    return status == FM_OK ? best : 0;
}
