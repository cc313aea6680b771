/* A context of a meter and an error alone, with a device that tests drive, in place of the call
   room's. */
#ifndef FM_TEST_FAKE_CONTEXT_H
#define FM_TEST_FAKE_CONTEXT_H

#include <string.h>

#include "meter/hooks.h"

struct fm_context {
    fm_meter meter;
    fm_error error;
    fm_memory_stats device, host;
    int synchronizations;
    int ranges;         /* open */
    uint64_t device_ns; /* the time of each interval; FM_UNTIMED: it is lost */
};

fm_meter *fm_context_meter(const fm_context *ctx) {
    return &((fm_context *)(uintptr_t)ctx)->meter;
}

fm_error *fm_context_error_slot(fm_context *ctx) {
    return &ctx->error;
}

void fm_context_range(fm_context *ctx, const char *name) {
    ctx->ranges += name ? 1 : -1;
}

static int fake_poll(void *user, uint64_t ticket, uint64_t *nanoseconds) {
    const fm_context *ctx = user;
    if (ctx->device_ns == FM_UNTIMED) return -1;
    *nanoseconds = ctx->device_ns * ticket;
    return 1;
}

fm_status fm_synchronize(fm_context *ctx) {
    ++ctx->synchronizations;
    fm_meter_settle(&ctx->meter, fake_poll, ctx);
    return FM_OK;
}

void fm_context_memory(const fm_context *ctx, fm_memory_stats *device, fm_memory_stats *host) {
    *device = ctx->device;
    *host = ctx->host;
}

static uint64_t fake_now;
static uint64_t read_fake_now(void) {
    return fake_now;
}

static inline void use_fake_clock(void) {
    fake_now = 1000;
    fm_clock_inject(read_fake_now);
}

static inline fm_status fake_open(fm_context *ctx, fm_timing timing, bool asynchronous) {
    memset(ctx, 0, sizeof *ctx);
    fm_meter_options options = {.timing = timing,
                                .cost_model = "textbook",
                                .device = asynchronous ? "cuda:0" : "cpu",
                                .asynchronous = asynchronous,
                                .name = "test"};
    return fm_meter_init(&ctx->meter, &options, &ctx->error);
}

static inline void fake_close(fm_context *ctx) {
    fm_meter_close(&ctx->meter);
}

static inline fm_status fake_budget(fm_context *ctx, uint64_t flops, fm_budget_mode mode,
                                    fm_budget **out) {
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = flops;
    options.mode = mode;
    return fm_budget_open(ctx, &options, out);
}

/* One operation as the corridor takes it. ns is FM_UNTIMED or what its kernel took. */
static inline fm_status fake_op(fm_context *ctx, const char *op, fm_dtype dtype, uint64_t flops,
                                uint64_t ns) {
    fm_row_cache cache = {0};
    fm_meter *meter = &ctx->meter;
    fm_ledger_row *row = fm_meter_row(meter, &cache, op, dtype);
    if (!row) return FM_ERR_MEMORY;
    fm_status status = fm_meter_charge(meter, op, flops, &ctx->error);
    if (status != FM_OK) return status;
    fm_call_record call = {.flops = flops,
                           .macs = flops / 2,
                           .bytes = flops * 4,
                           .executed = flops + 1,
                           .ns = ns,
                           .start = fm_ticks()};
    fm_meter_record(meter, row, &call);
    return FM_OK;
}

#endif
