/* The collector of a context's device. */
#include "call/collect.h"

#include <stdio.h>

static fm_status start(fm_context *ctx, fm_tier tier, fm_collector_status *got) {
    const fm_collector_api *collector = ctx->api->collector;
    fm_collector_options options = {sizeof options, tier};
    fm_device_info info = {0};
    if (!collector) {
        snprintf(got->reason, sizeof got->reason, "the %s backend has no collector",
                 ctx->api->name);
        return FM_OK;
    }
    FM_TRY(ctx->api->describe(ctx->memory->device.index, &info, &ctx->error));
    FM_TRY(collector->start(ctx->dev, &options, got, &ctx->error));
    if (got->tier < FM_TIER_ACTIVITY) return FM_OK;
    if (fm_meter_collect(&ctx->meter, info.units)) return FM_OK;
    collector->stop(ctx->dev);
    return fm_fail(&ctx->error, FM_ERR_MEMORY, "no memory for the records of a device");
}

void fm_collect_end(fm_context *ctx) {
    if (!ctx->meter.activity) return;
    ctx->api->collector->stop(ctx->dev);
    fm_meter_collect_end(&ctx->meter);
}

fm_status fm_collect_set(fm_context *ctx, fm_timing *timing) {
    fm_collector_status got = {.size = sizeof got};
    if (ctx->meter.activity) {
        FM_TRY(fm_context_settle(ctx, true));
        fm_collect_end(ctx);
    }
    if (*timing < FM_TIMING_ACTIVITY) {
        ctx->meter.collected = (fm_collector_status){0};
        return FM_OK;
    }
    fm_tier tier = *timing == FM_TIMING_COUNTERS ? FM_TIER_COUNTERS : FM_TIER_ACTIVITY;
    FM_TRY(start(ctx, tier, &got));
    ctx->meter.collected = got;
    if (got.tier < FM_TIER_ACTIVITY) *timing = FM_TIMING_OP;
    if (got.tier == FM_TIER_ACTIVITY) *timing = FM_TIMING_ACTIVITY;
    return FM_OK;
}

fm_status fm_collect_take(fm_context *ctx, bool all) {
    const fm_collector_api *collector = ctx->api->collector;
    fm_status status =
        collector->collect(ctx->dev, fm_meter_take_activity, &ctx->meter, all, &ctx->error);
    fm_meter_collected(&ctx->meter, all);
    collector->status(ctx->dev, &ctx->meter.collected);
    return status;
}

fm_status fm_collect_step(fm_context *ctx, bool begin) {
    const fm_collector_api *collector = ctx->api->collector;
    int again;
    if (ctx->meter.timing != FM_TIMING_COUNTERS || !collector->step_begin) return FM_OK;
    FM_TRY(fm_context_settle(ctx, true));
    if (begin) return collector->step_begin(ctx->dev, &ctx->error);
    FM_TRY(collector->step_end(ctx->dev, &again, &ctx->error));
    return again ? FM_OK : fm_collect_take(ctx, true);
}
