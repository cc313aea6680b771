/* Opening, closing and setting up contexts. */
#include "call/collect.h"
#include "call/context.h"
#include "call/graph.h"
#include "core/alloc.h"
#include "core/module.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *fm_version(void) {
    return FM_VERSION_STRING;
}

/* The caller's options, whose struct may be of an older and shorter version. */
static fm_status read_options(const fm_context_options *options, fm_context_options *full,
                              fm_error *error) {
    fm_context_options defaults = FM_CONTEXT_OPTIONS_INIT;
    *full = defaults;
    if (!options) return FM_OK;
    FM_CHECK(options->size >= sizeof options->size + sizeof options->device &&
                 options->size <= sizeof *full,
             error, FM_ERR_ARGUMENT, "context options: size is %zu, but this library knows %zu",
             options->size, sizeof *full);
    memcpy(full, options, options->size);
    FM_CHECK((unsigned)full->math_mode <= FM_MATH_FP16, error, FM_ERR_ARGUMENT,
             "context options: math mode %d does not exist", (int)full->math_mode);
    FM_CHECK((unsigned)full->timing <= FM_TIMING_COUNTERS, error, FM_ERR_ARGUMENT,
             "context options: timing %d does not exist", (int)full->timing);
    return FM_OK;
}

static fm_status choose_device(fm_device *device, fm_error *error) {
    const char *text = getenv("FLOPMETER_DEVICE");
    if (device->kind != FM_DEVICE_AUTO || !text || !*text) return FM_OK;
    FM_CHECK(fm_device_parse(text, device), error, FM_ERR_ARGUMENT,
             "FLOPMETER_DEVICE: '%s' is none of auto, cpu, cuda, cuda:N", text);
    return FM_OK;
}

static fm_status choose_timing(fm_timing *timing, bool asynchronous, fm_error *error) {
    if (*timing != FM_TIMING_DEFAULT) return FM_OK;
    const char *text = getenv("FLOPMETER_TIMING");
    if (!text || !*text)
        *timing = asynchronous ? FM_TIMING_STEP : FM_TIMING_OP;
    else if (!strcmp(text, "off"))
        *timing = FM_TIMING_OFF;
    else if (!strcmp(text, "step"))
        *timing = FM_TIMING_STEP;
    else if (!strcmp(text, "op"))
        *timing = FM_TIMING_OP;
    else if (!strcmp(text, "activity"))
        *timing = FM_TIMING_ACTIVITY;
    else if (!strcmp(text, "counters"))
        *timing = FM_TIMING_COUNTERS;
    else
        return fm_fail(error, FM_ERR_ARGUMENT,
                       "FLOPMETER_TIMING: '%s' is none of off, step, op, activity, counters", text);
    return FM_OK;
}

static fm_status choose_model(fm_context *ctx, const char *name, fm_error *error) {
    const char *variable = getenv("FLOPMETER_COST_MODEL");
    if (!name && variable && *variable) name = variable;
    if (name) return fm_cost_model_find(name, &ctx->model, error);
    ctx->model = fm_cost_model_at(0);
    return FM_OK;
}

static fm_status open_device(fm_context *ctx, fm_context_options *options, fm_error *error) {
    int index;
    FM_TRY(choose_device(&options->device, error));
    FM_TRY(fm_module_choose(options->device, &ctx->api, &index, error));
    FM_TRY(fm_memory_open(ctx->api, index, options->stream, &ctx->memory, error));
    ctx->dev = ctx->memory->dev;
    ctx->stream = ctx->memory->stream;
    return FM_OK;
}

static fm_status open_meter(fm_context *ctx, fm_context_options *options, fm_error *error) {
    char device[32];
    FM_TRY(choose_timing(&options->timing, ctx->api->asynchronous, error));
    fm_meter_options meter = {
        .timing = options->timing,
        .cost_model = ctx->model->name,
        .device = fm_device_format(ctx->memory->device, device, sizeof device),
        .asynchronous = ctx->api->asynchronous,
        .log = options->log,
        .log_user = options->log_user,
        .name = ctx->name,
    };
    return fm_meter_init(&ctx->meter, &meter, error);
}

/* What is left of it in the context's error is the caller's. */
static fm_status open_collector(fm_context *ctx, fm_error *error) {
    fm_status status = fm_collect_set(ctx, &ctx->meter.timing);
    if (status != FM_OK && error) *error = ctx->error;
    return status;
}

/* Gives back what an open that failed half-way, or a whole context, holds. */
static void free_context(fm_context *ctx, bool metered) {
    fm_collect_end(ctx);
    for (size_t i = 0; i < ctx->nnames; i++) {
        fm_tensor_release(ctx->names[i].tensor);
        fm_free_block(ctx->names[i].name);
    }
    fm_free_block(ctx->names);
    if (metered) fm_graphs_orphan(ctx);
    fm_plan_table_clear(ctx);
    fm_storage_release(ctx->workspace);
    fm_storage_release(ctx->origin);
    if (metered) fm_meter_close(&ctx->meter);
    fm_weights_free(ctx->weights);
    fm_memory_release(ctx->memory);
    fm_free_block(ctx->name);
    fm_free_block(ctx);
}

static fm_status fill(fm_context *ctx, fm_context_options *options, fm_error *error) {
    ctx->log = options->log;
    ctx->log_user = options->log_user;
    ctx->math_mode = options->math_mode ? options->math_mode : FM_MATH_FLOAT32;
    ctx->seed = options->seed;
    ctx->multiplier = 1.0;
    ctx->name = fm_strdup(options->name ? options->name : "default");
    FM_CHECK(ctx->name, error, FM_ERR_MEMORY, "no memory for a context");
    FM_TRY(choose_model(ctx, options->cost_model, error));
    FM_TRY(fm_weights_resolve(options->weights, options->weights_file, &ctx->weights, error));
    FM_TRY(open_device(ctx, options, error));
    return open_meter(ctx, options, error);
}

fm_status fm_context_open(const fm_context_options *options, fm_context **out, fm_error *error) {
    fm_context_options full;
    fm_error_clear(error);
    *out = NULL;
    FM_TRY(read_options(options, &full, error));
    fm_context *ctx = fm_alloc(sizeof *ctx);
    FM_CHECK(ctx, error, FM_ERR_MEMORY, "no memory for a context");
    fm_status status = fill(ctx, &full, error);
    if (status == FM_OK) {
        status = open_collector(ctx, error);
        if (status != FM_OK) fm_meter_close(&ctx->meter);
    }
    if (status != FM_OK) {
        free_context(ctx, false);
        return status;
    }
    *out = ctx;
    return FM_OK;
}

/* What is open of the profilers' ranges, under an explicit budget and under the default one. */
static void close_ranges(fm_context *ctx) {
    const fm_window *windows[] = {ctx->meter.window, ctx->meter.resting};
    for (int w = 0; w < 2; w++)
        for (uint32_t i = windows[w] ? windows[w]->scopes.depth : 0; i > 0; i--)
            fm_context_range(ctx, NULL);
}

void fm_context_close(fm_context *ctx) {
    if (!ctx) return;
    fm_capture_abandon(ctx);
    /* What went wrong in flight has nobody left to tell: the times are settled all the same. */
    if (fm_synchronize(ctx) != FM_OK) fm_context_log(ctx, FM_LOG_WARNING, "%s", ctx->error.message);
    close_ranges(ctx);
    free_context(ctx, true);
}

void fm_context_log(const fm_context *ctx, fm_severity severity, const char *format, ...) {
    if (!ctx->log) return;
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    ctx->log(ctx->log_user, severity, line);
}

const fm_error *fm_context_error(const fm_context *ctx) {
    return &ctx->error;
}
const char *fm_context_message(const fm_context *ctx) {
    return ctx->error.message;
}
fm_device fm_context_device(const fm_context *ctx) {
    return ctx->memory->device;
}
const char *fm_context_cost_model(const fm_context *ctx) {
    return ctx->model->name;
}

fm_status fm_context_set_cost_model(fm_context *ctx, const char *name) {
    FM_TRY(fm_cost_model_find(name, &ctx->model, &ctx->error));
    ctx->generation++;
    fm_meter_set_cost_model(&ctx->meter, ctx->model->name);
    return FM_OK;
}

fm_status fm_context_set_math_mode(fm_context *ctx, fm_math_mode mode) {
    FM_CHECK((unsigned)mode <= FM_MATH_FP16, &ctx->error, FM_ERR_ARGUMENT,
             "math mode %d does not exist", (int)mode);
    ctx->math_mode = mode ? mode : FM_MATH_FLOAT32;
    return FM_OK;
}

fm_status fm_context_set_timing(fm_context *ctx, fm_timing timing) {
    FM_CHECK((unsigned)timing <= FM_TIMING_COUNTERS, &ctx->error, FM_ERR_ARGUMENT,
             "timing %d does not exist", (int)timing);
    FM_TRY(choose_timing(&timing, ctx->api->asynchronous, &ctx->error));
    FM_TRY(fm_collect_set(ctx, &timing));
    ctx->meter.timing = timing;
    return FM_OK;
}

void fm_seed(fm_context *ctx, uint64_t seed) {
    ctx->seed = seed;
    ctx->offset = 0;
    ctx->spawned = 0;
}

static int poll_time(void *user, uint64_t ticket, uint64_t *nanoseconds) {
    fm_context *ctx = user;
    return ctx->api->time(ctx->dev, ticket, nanoseconds);
}

fm_status fm_synchronize(fm_context *ctx) {
    fm_meter_enter(&ctx->meter);
    fm_status status = fm_context_settle(ctx, true);
    fm_meter_leave(&ctx->meter);
    return status;
}

fm_status fm_context_settle(fm_context *ctx, bool wait) {
    fm_status status = FM_OK;
    if (wait) {
        uint64_t start = fm_ticks();
        status = ctx->api->synchronize(ctx->dev, ctx->stream, &ctx->error);
        if (ctx->api->asynchronous)
            fm_meter_waited(&ctx->meter, fm_ticks_between(start, fm_ticks()));
    }
    fm_meter_settle(&ctx->meter, poll_time, ctx);
    if (!ctx->meter.activity) return status;
    fm_status taken = fm_collect_take(ctx, wait);
    return status == FM_OK ? taken : status;
}

fm_status fm_step_begin(fm_context *ctx) {
    FM_CHECK(!ctx->in_step, &ctx->error, FM_ERR_STATE, "a step is open already");
    ctx->step_ticket = 0;
    FM_TRY(fm_collect_step(ctx, true));
    if (ctx->meter.timing == FM_TIMING_STEP && ctx->api->asynchronous)
        FM_TRY(ctx->api->time_begin(ctx->dev, ctx->stream, &ctx->step_ticket, &ctx->error));
    ctx->in_step = true;
    return FM_OK;
}

fm_status fm_step_end(fm_context *ctx) {
    FM_CHECK(ctx->in_step, &ctx->error, FM_ERR_STATE, "no step is open");
    ctx->in_step = false;
    FM_TRY(fm_collect_step(ctx, false));
    if (!ctx->step_ticket) return FM_OK;
    FM_TRY(ctx->api->time_end(ctx->dev, ctx->stream, ctx->step_ticket, &ctx->error));
    fm_meter_add_step(&ctx->meter, ctx->step_ticket);
    return fm_context_settle_some(ctx);
}

void fm_context_memory(const fm_context *ctx, fm_memory_stats *device, fm_memory_stats *host) {
    static const fm_memory_stats none;
    bool on_host = ctx->memory->device.kind == FM_CPU;
    fm_memory_stats stats;
    fm_memory_read_stats(ctx->memory, &stats);
    if (device) *device = on_host ? none : stats;
    if (host) *host = on_host ? stats : none;
}

void fm_context_trim(fm_context *ctx) {
    fm_storage_release(ctx->workspace);
    ctx->workspace = NULL;
    fm_memory_trim(ctx->memory);
}

void fm_context_set_memory_limit(fm_context *ctx, uint64_t bytes) {
    fm_memory_set_limit(ctx->memory, bytes);
}

fm_meter *fm_context_meter(const fm_context *ctx) {
    return &((fm_context *)(uintptr_t)ctx)->meter;
}

fm_error *fm_context_error_slot(fm_context *ctx) {
    return &ctx->error;
}

void fm_context_range(fm_context *ctx, const char *name) {
    if (ctx->api->range) ctx->api->range(name);
}
