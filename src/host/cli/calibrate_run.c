/* What a device reaches at most: the best of several large products, sums of long arrays, and the
   mean of many calls on one element. */
#include "cli/calibrate.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SHORT_CALLS = 2000 };
/* Of less time than this smaller products and arrays are made. */
static const double quick_below = 0.3;

/* One device with a context that counts without a limit. */
typedef struct bench {
    fm_context *ctx;
    fm_budget *budget;
    double seconds;
    bool fake;
    bool cuda;
} bench;

static fm_status open_bench(fm_device device, fm_timing timing, double seconds, bench *b,
                            fm_error *error) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_budget_options unlimited = FM_BUDGET_OPTIONS_INIT;
    fm_device_info info;
    *b = (bench){.seconds = seconds};
    options.device = device;
    options.weights = -1;
    options.timing = timing;
    unlimited.flops = UINT64_MAX;
    fm_status status = fm_context_open(&options, &b->ctx, error);
    if (status != FM_OK) return status;
    status = fm_budget_open(b->ctx, &unlimited, &b->budget);
    if (status == FM_OK) status = fm_device_describe(fm_context_device(b->ctx), &info);
    if (status == FM_OK) {
        b->fake = info.emulated;
        b->cuda = info.device.kind == FM_CUDA;
        return FM_OK;
    }
    if (error) *error = *fm_context_error(b->ctx);
    fm_context_close(b->ctx);
    return status;
}

static void close_bench(bench *b) {
    fm_context_close(b->ctx);
    fm_budget_release(b->budget);
}

/* Ones: their products stay finite in every dtype. */
static fm_status ones(bench *b, fm_dtype dtype, int ndim, int64_t n, fm_tensor **out) {
    const int64_t shape[2] = {n, n};
    fm_ones_options options = {.size = sizeof options, .dtype = dtype};
    return fm_ones(b->ctx, ndim, shape, &options, out);
}

/* The shortest of as many runs as fit the time, after one that warms up. */
static fm_status best_of(bench *b, fm_status (*run)(fm_context *, const fm_tensor *, fm_tensor **),
                         const fm_tensor *a, double *best) {
    fm_tensor *out = NULL;
    fm_status status = FM_OK;
    double began = cli_seconds();
    *best = 0;
    for (int i = 0; status == FM_OK && (i < 2 || cli_seconds() - began < b->seconds); i++) {
        double start = cli_seconds();
        status = run(b->ctx, a, &out);
        if (status == FM_OK) status = fm_synchronize(b->ctx);
        double took = cli_seconds() - start;
        if (i > 0 && (*best == 0 || took < *best)) *best = took;
    }
    fm_tensor_release(out);
    return status;
}

static fm_status square(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    return fm_matmul(ctx, a, a, out);
}

static fm_status twice(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    return fm_add(ctx, a, a, out);
}

/* FLOP/s of a product in that dtype; 0 where the device has none. */
static fm_status measure_product(bench *b, fm_dtype dtype, double *rate) {
    bool quick = b->seconds < quick_below;
    int64_t n = b->fake ? 32 : b->cuda ? 8192 : quick ? 768 : 1536;
    bool half = dtype == FM_FLOAT16 || dtype == FM_BFLOAT16;
    fm_tensor *a = NULL;
    double took = 0;
    *rate = 0;
    if (half && !b->cuda) n = quick ? 128 : 512;
    fm_status status = ones(b, dtype, 2, n, &a);
    if (status == FM_OK) status = best_of(b, square, a, &took);
    fm_tensor_release(a);
    if (status == FM_ERR_UNSUPPORTED) return FM_OK;
    if (status == FM_OK && took > 0) *rate = 2.0 * (double)n * (double)n * (double)n / took;
    return status;
}

static fm_status measure_tf32(bench *b, double *rate) {
    *rate = 0;
    if (!b->cuda) return FM_OK;
    fm_status status = fm_context_set_math_mode(b->ctx, FM_MATH_TF32);
    if (status == FM_OK) status = measure_product(b, FM_FLOAT32, rate);
    fm_status back = fm_context_set_math_mode(b->ctx, FM_MATH_FLOAT32);
    return status == FM_OK ? back : status;
}

/* Bytes a second of out = a + b over arrays that no cache holds: two reads and a write, as a triad
   has them. */
static fm_status measure_bytes(bench *b, double *rate) {
    bool quick = b->seconds < quick_below;
    int64_t n = b->fake ? 1024 : (int64_t)1 << (b->cuda ? 27 : quick ? 23 : 24);
    fm_tensor *a = NULL, *other = NULL, *out = NULL;
    double began = cli_seconds(), best = 0;
    fm_status status = ones(b, FM_FLOAT64, 1, n, &a);
    if (status == FM_OK) status = ones(b, FM_FLOAT64, 1, n, &other);
    for (int i = 0; status == FM_OK && (i < 3 || cli_seconds() - began < b->seconds); i++) {
        double start = cli_seconds();
        status = fm_add(b->ctx, a, other, &out);
        if (status == FM_OK) status = fm_synchronize(b->ctx);
        double took = cli_seconds() - start;
        if (i > 0 && (best == 0 || took < best)) best = took;
    }
    fm_tensor_release(a);
    fm_tensor_release(other);
    fm_tensor_release(out);
    *rate = best > 0 ? 3.0 * (double)sizeof(double) * (double)n / best : 0;
    return status;
}

/* The kernel's mean time as the ledger has it, where each call is timed by itself; on a device that
   runs on by itself what a call takes of the wall. */
static double time_of_call(bench *b, double wall) {
    fm_summary *summary;
    double mean = wall * 1e9 / SHORT_CALLS;
    if (b->cuda || fm_summary_of_context(b->ctx, &summary) != FM_OK) return mean;
    for (size_t i = 0; i < fm_summary_row_count(summary); i++) {
        const fm_op_row *row = fm_summary_row(summary, i);
        if (strcmp(row->op, "add") == 0 && row->timed)
            mean = (double)row->ns_total / (double)row->timed;
    }
    fm_summary_release(summary);
    return mean;
}

static fm_status measure_launch(fm_device device, double *ns, fm_error *error) {
    bench b;
    fm_tensor *one = NULL, *out = NULL;
    fm_status status = open_bench(device, FM_TIMING_DEFAULT, 0, &b, error);
    if (status != FM_OK) return status;
    status = ones(&b, FM_FLOAT32, 1, 1, &one);
    for (int i = 0; status == FM_OK && i < SHORT_CALLS; i++) status = twice(b.ctx, one, &out);
    if (status == FM_OK) status = fm_synchronize(b.ctx);
    fm_context_reset_ledger(b.ctx);
    double start = cli_seconds();
    for (int i = 0; status == FM_OK && i < SHORT_CALLS; i++) status = twice(b.ctx, one, &out);
    if (status == FM_OK) status = fm_synchronize(b.ctx);
    *ns = time_of_call(&b, cli_seconds() - start);
    if (status != FM_OK && error) *error = *fm_context_error(b.ctx);
    fm_tensor_release(one);
    fm_tensor_release(out);
    close_bench(&b);
    return status;
}

static void put_names(fm_device device, fm_calibration *out) {
    fm_device_info info;
    time_t now = time(NULL);
    struct tm day;
    if (fm_device_describe(device, &info) == FM_OK)
        memcpy(out->device, info.name, sizeof out->device);
    if (gmtime_r(&now, &day)) strftime(out->date, sizeof out->date, "%Y-%m-%d", &day);
}

fm_status calibrate_measure(fm_device device, double seconds, fm_calibration *out,
                            fm_error *error) {
    bench b;
    *out = (fm_calibration){.size = sizeof *out};
    fm_status status = open_bench(device, FM_TIMING_OFF, seconds, &b, error);
    if (status != FM_OK) return status;
    fm_device there = fm_context_device(b.ctx);
    put_names(there, out);
    status = measure_product(&b, FM_FLOAT32, &out->float32);
    if (status == FM_OK) status = measure_product(&b, FM_FLOAT64, &out->float64);
    if (status == FM_OK) status = measure_product(&b, FM_FLOAT16, &out->float16);
    if (status == FM_OK) status = measure_product(&b, FM_BFLOAT16, &out->bfloat16);
    if (status == FM_OK) status = measure_tf32(&b, &out->tf32);
    if (status == FM_OK) status = measure_bytes(&b, &out->triad);
    if (status != FM_OK && error) *error = *fm_context_error(b.ctx);
    close_bench(&b);
    return status == FM_OK ? measure_launch(there, &out->launch_ns, error) : status;
}
