/* Two small runs whose summaries are known to the last digit; the clock is the fake one. */
#ifndef FM_TEST_EXAMPLE_H
#define FM_TEST_EXAMPLE_H

#include "meter/fake_context.h"

/* The counts of the published three-layer example: 6,231,041 FLOPs in 21 calls. Call k of an op
   takes ns + k in its kernel and 50 around it. */
static const struct {
    const char *op;
    uint64_t flops, calls, ns;
} example[] = {{"sqrt", 1, 1, 120},
               {"maximum", 256, 4, 900},
               {"multiply", 65536, 5, 21000},
               {"einsum", 131072, 5, 12345},
               {"random.randn", 874496, 6, 4321987}};

enum { EXAMPLE_OPS = (int)(sizeof example / sizeof *example) };

static inline fm_status run_example(fm_context *ctx, fm_budget **budget) {
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 100000000;
    options.name = "readme";
    fm_status status = fm_budget_open(ctx, &options, budget);
    for (int i = 0; i < EXAMPLE_OPS && status == FM_OK; ++i) {
        for (uint64_t call = 0; call < example[i].calls && status == FM_OK; ++call) {
            fm_meter_enter(&ctx->meter);
            fake_now += example[i].ns + call + 50;
            status =
                fake_op(ctx, example[i].op, FM_FLOAT32, example[i].flops, example[i].ns + call);
            fm_meter_leave(&ctx->meter);
        }
    }
    fake_now += 1000000;
    ctx->host = (fm_memory_stats){1536, 5242880, 4096, 6291456, 12};
    return status;
}

/* Two namespaces, two dtypes, one op without a time: 100 FLOPs in 4 calls. */
static inline fm_status run_nested(fm_context *ctx) {
    fm_status status = fake_op(ctx, "add", FM_FLOAT32, 10, 100);
    if (status == FM_OK) status = fm_namespace_push(ctx, "train", 0);
    if (status == FM_OK) status = fake_op(ctx, "add", FM_FLOAT32, 30, 50);
    if (status == FM_OK) status = fake_op(ctx, "add", FM_FLOAT64, 40, 400);
    if (status == FM_OK) status = fm_namespace_push(ctx, "step", 0);
    if (status == FM_OK) status = fm_charge(ctx, "mine", 20, NULL);
    if (status == FM_OK) status = fm_namespace_pop(ctx);
    if (status == FM_OK) status = fm_namespace_pop(ctx);
    fake_now += 2000;
    return status;
}

#endif
