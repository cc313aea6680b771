/* Snapshots of what a context counted, and loops of runs, epochs and steps over them. */
#include "call/context.h"
#include "core/alloc.h"

#include <flopmeter/loop.h>
#include <math.h>
#include <string.h>

void fm_snapshot_take(fm_context *ctx, fm_snapshot *out) {
    const fm_window *window = ctx->meter.window;
    memset(out, 0, sizeof *out);
    for (fm_ledger_row *row = fm_ledger_first(&window->ledger); row; row = fm_ledger_next(row)) {
        out->flops += fm_live_get(&row->live.flops);
        out->macs += fm_live_get(&row->live.macs);
        out->bytes += fm_live_get(&row->live.bytes);
        out->calls += fm_live_get(&row->live.calls);
        out->captured_flops += fm_live_get(&row->live.captured_flops);
        out->replayed_flops += fm_live_get(&row->live.replayed_flops);
    }
    out->refused = fm_live_get(&window->refused) - window->own_base.refused;
    out->backend_ns = fm_live_get(&window->backend_ns) - window->own_base.backend_ns;
    out->seconds = (double)fm_ticks_to_ns(fm_ticks()) / 1e9;
}

static uint64_t less(uint64_t now, uint64_t then) {
    return now > then ? now - then : 0;
}

fm_snapshot fm_snapshot_since(const fm_snapshot *now, const fm_snapshot *then) {
    return (fm_snapshot){
        .flops = less(now->flops, then->flops),
        .macs = less(now->macs, then->macs),
        .bytes = less(now->bytes, then->bytes),
        .calls = less(now->calls, then->calls),
        .refused = less(now->refused, then->refused),
        .captured_flops = less(now->captured_flops, then->captured_flops),
        .replayed_flops = less(now->replayed_flops, then->replayed_flops),
        .backend_ns = less(now->backend_ns, then->backend_ns),
        .seconds = now->seconds > then->seconds ? now->seconds - then->seconds : 0.0,
    };
}

double fm_snapshot_utilization(const fm_snapshot *difference, double peak) {
    if (!(peak > 0) || !(difference->seconds > 0)) return NAN;
    return (double)difference->flops / difference->seconds / peak;
}

/* The scopes of a loop, from the outermost. */
enum { RUN, EPOCH, STEP, LEVELS };

struct fm_loop {
    fm_context *ctx;
    fm_loop_options options;
    fm_snapshot begun[LEVELS], last[LEVELS]; /* when it began; its difference once it ended */
    uint32_t depth[LEVELS];                  /* of its namespace; 0: it is not open */
    uint64_t count[LEVELS];                  /* ended */
    uint64_t step_cost;                      /* of the latest step that cost anything */
    bool timed;                              /* the open step is one of the context's timing too */
};

static const char *const level_name[LEVELS] = {"run", "epoch", "step"};

static uint64_t limit_of(const fm_loop *loop, int level) {
    const uint64_t limits[LEVELS] = {loop->options.run_flops, loop->options.epoch_flops,
                                     loop->options.step_flops};
    return limits[level];
}

static fm_status begin(fm_loop *loop, int level) {
    uint64_t flops = limit_of(loop, level);
    const fm_loop_options *options = &loop->options;
    fm_scope_limits limits = {.size = sizeof limits, .flops = flops};
    if (options->on_soft && options->soft > 0 && flops) {
        limits.soft_flops = (uint64_t)ceil((double)flops * options->soft);
        limits.on_soft = options->on_soft;
        limits.user = options->user;
    }
    const char *name = level == RUN && options->name ? options->name : level_name[level];
    FM_TRY(fm_scope_push(loop->ctx, name, &limits));
    loop->depth[level] = loop->ctx->meter.window->scopes.depth;
    fm_snapshot_take(loop->ctx, &loop->begun[level]);
    return FM_OK;
}

static fm_snapshot since(const fm_loop *loop, int level) {
    fm_snapshot now;
    fm_snapshot_take(loop->ctx, &now);
    return fm_snapshot_since(&now, &loop->begun[level]);
}

static fm_status check_innermost(const fm_loop *loop, int level) {
    fm_error *error = &loop->ctx->error;
    uint32_t depth = loop->ctx->meter.window->scopes.depth;
    FM_CHECK(loop->depth[level], error, FM_ERR_STATE, "loop: no %s is open", level_name[level]);
    FM_CHECK(depth == loop->depth[level], error, FM_ERR_STATE,
             "loop: namespace \"%s\" is still open at the end of the %s",
             fm_namespace_current(loop->ctx), level_name[level]);
    return FM_OK;
}

static fm_status end(fm_loop *loop, int level) {
    FM_TRY(check_innermost(loop, level));
    loop->last[level] = since(loop, level);
    if (level == STEP && loop->last[STEP].flops) loop->step_cost = loop->last[STEP].flops;
    loop->depth[level] = 0;
    loop->count[level]++;
    return fm_namespace_pop(loop->ctx);
}

static fm_status read_options(const fm_loop_options *options, fm_loop_options *full,
                              fm_error *error) {
    const fm_loop_options defaults = FM_LOOP_OPTIONS_INIT;
    *full = defaults;
    if (!options) return FM_OK;
    FM_CHECK(options->size >= sizeof options->size, error, FM_ERR_ARGUMENT,
             "loop: options size is %zu, at least %zu is needed", options->size,
             sizeof options->size);
    memcpy(full, options, options->size < sizeof *full ? options->size : sizeof *full);
    FM_CHECK(full->soft >= 0 && full->soft <= 1, error, FM_ERR_ARGUMENT,
             "loop: soft is %g, a fraction from 0 to 1 is needed", full->soft);
    FM_CHECK(full->soft == 0 || full->on_soft, error, FM_ERR_ARGUMENT,
             "loop: soft is %g, but on_soft is NULL", full->soft);
    FM_CHECK(full->peak >= 0 && isfinite(full->peak), error, FM_ERR_ARGUMENT,
             "loop: peak is %g, a finite number from 0 on is needed", full->peak);
    return FM_OK;
}

fm_status fm_loop_open(fm_context *ctx, const fm_loop_options *options, fm_loop **out) {
    fm_loop_options full;
    *out = NULL;
    FM_TRY(read_options(options, &full, &ctx->error));
    fm_loop *loop = fm_alloc(sizeof *loop);
    FM_CHECK(loop, &ctx->error, FM_ERR_MEMORY, "loop: out of memory");
    loop->ctx = ctx;
    loop->options = full;
    fm_status status = begin(loop, RUN);
    loop->options.name = NULL; /* borrowed for the call */
    if (status != FM_OK)
        fm_free_block(loop);
    else
        *out = loop;
    return status;
}

/* What the narrowest of budget, run and epoch has left. A step's own limit begins anew with each.
 */
static uint64_t remaining(const fm_loop *loop) {
    uint64_t left = fm_budget_remaining(loop->ctx->meter.window->budget);
    const fm_scopes *scopes = &loop->ctx->meter.window->scopes;
    for (uint32_t i = 0; i < scopes->depth; i++) {
        const fm_scope *scope = &scopes->scope[i];
        if (scope->limit == 0 || i + 1 == loop->depth[STEP]) continue;
        uint64_t here = less(scope->limit, scope->used);
        if (here < left) left = here;
    }
    return left;
}

void fm_loop_read(const fm_loop *loop, fm_loop_report *report) {
    fm_snapshot *levels[LEVELS] = {&report->run, &report->epoch, &report->step};
    memset(report, 0, sizeof *report);
    for (int level = 0; level < LEVELS; level++)
        *levels[level] = loop->depth[level] ? since(loop, level) : loop->last[level];
    report->steps = loop->count[STEP];
    report->epochs = loop->count[EPOCH];
    report->remaining = remaining(loop);
    uint64_t one = loop->step_cost ? loop->step_cost : report->step.flops;
    report->steps_left = one ? report->remaining / one : UINT64_MAX;
    report->utilization = fm_snapshot_utilization(&report->step, loop->options.peak);
    report->run_utilization = fm_snapshot_utilization(&report->run, loop->options.peak);
}

static fm_status done(const fm_loop *loop, fm_status status, fm_loop_report *report) {
    if (status == FM_OK && report) fm_loop_read(loop, report);
    return status;
}

fm_status fm_loop_epoch_begin(fm_loop *loop) {
    FM_CHECK(!loop->depth[EPOCH] && !loop->depth[STEP], &loop->ctx->error, FM_ERR_STATE,
             "loop: %s is open already", loop->depth[EPOCH] ? "an epoch" : "a step");
    return begin(loop, EPOCH);
}

fm_status fm_loop_epoch_end(fm_loop *loop, fm_loop_report *report) {
    FM_CHECK(!loop->depth[STEP], &loop->ctx->error, FM_ERR_STATE,
             "loop: a step is open at the end of the epoch");
    return done(loop, end(loop, EPOCH), report);
}

fm_status fm_loop_step_begin(fm_loop *loop) {
    fm_context *ctx = loop->ctx;
    FM_CHECK(!loop->depth[STEP], &ctx->error, FM_ERR_STATE, "loop: a step is open already");
    FM_TRY(begin(loop, STEP));
    loop->timed = !ctx->in_step;
    fm_status status = loop->timed ? fm_step_begin(ctx) : FM_OK;
    if (status == FM_OK) return FM_OK;
    loop->depth[STEP] = 0;
    return fm_namespace_pop(ctx) == FM_OK ? status : FM_ERR_STATE;
}

fm_status fm_loop_step_end(fm_loop *loop, fm_loop_report *report) {
    FM_TRY(check_innermost(loop, STEP));
    fm_status timing = loop->timed && loop->ctx->in_step ? fm_step_end(loop->ctx) : FM_OK;
    fm_status status = end(loop, STEP);
    return done(loop, status == FM_OK ? timing : status, report);
}

void fm_loop_close(fm_loop *loop) {
    if (!loop) return;
    fm_context *ctx = loop->ctx;
    if (loop->depth[STEP] && loop->timed && ctx->in_step && fm_step_end(ctx) != FM_OK)
        fm_context_log(ctx, FM_LOG_WARNING, "%s", ctx->error.message);
    while (ctx->meter.window->scopes.depth >= loop->depth[RUN])
        if (fm_namespace_pop(ctx) != FM_OK) break;
    fm_free_block(loop);
}
