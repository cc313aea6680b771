/* The corridor. In the steady state it finds its plan, charges, runs and records: no allocation, no
   formatting, no waiting. */
#include "call/corridor.h"
#include "call/graph.h"
#include "call/passage.h"
#include "call/program.h"

#include <string.h>

static fm_status check_operand(const fm_passage *p, int i, const fm_tensor *tensor) {
    const char *op = p->plan->row->name;
    int argument = p->plan->in_source[i].param + 1;
    fm_context *ctx = p->ctx;
    if (tensor->layout->flags & FM_LAYOUT_ABSTRACT)
        return fm_fail_op(&ctx->error, FM_ERR_STATE, op, argument,
                          "an abstract tensor has no data to compute with");
    fm_device there = tensor->memory->device, here = ctx->memory->device;
    if (there.kind != here.kind || there.index != here.index) {
        char a[32], b[32];
        return fm_fail_op(&ctx->error, FM_ERR_DEVICE, op, argument,
                          "the tensor is on %s, but the context is on %s",
                          fm_device_format(there, a, sizeof a),
                          fm_device_format(here, b, sizeof b));
    }
    return FM_OK;
}

static fm_status load_other(fm_passage *p, int i) {
    const fm_tensor *tensor = fm_passage_operand(p, i);
    p->in[i] = NULL;
    p->source[i] = NULL;
    if (p->plan->by_value >> i & 1) {
        p->scalars[i] = tensor ? tensor->scalar
                               : fm_value_number(fm_passage_value(p, p->plan->in_source[i].param));
        return FM_OK;
    }
    if (!tensor) return FM_OK;
    p->source[i] = tensor;
    p->in[i] = tensor->data;
    return tensor->memory == p->ctx->memory && tensor->storage ? FM_OK
                                                               : check_operand(p, i, tensor);
}

/* Addresses of the operands and the numbers that go by value. */
static fm_status load_operands(fm_passage *p) {
    const fm_plan *plan = p->plan;
    for (int i = 0; i < plan->nin; i++) {
        if (!(plan->plain >> i & 1)) {
            FM_TRY(load_other(p, i));
            continue;
        }
        const fm_tensor *tensor = p->values[plan->in_source[i].param].as.tensor;
        p->source[i] = tensor;
        p->in[i] = tensor->data;
        if (tensor->memory != p->ctx->memory) FM_TRY(check_operand(p, i, tensor));
    }
    for (int j = 0; j < plan->nscalars; j++)
        p->scalars[plan->nin + j] = fm_value_number(fm_passage_value(p, plan->scalar_param[j]));
    return FM_OK;
}

static fm_status run_kernel(fm_passage *p, bool recorded, fm_call_record *record) {
    fm_context *ctx = p->ctx;
    const fm_plan *plan = p->plan;
    bool per_op = ctx->meter.timing == FM_TIMING_OP;
    bool timed = recorded && ctx->meter.timing != FM_TIMING_OFF && !ctx->api->asynchronous;
    bool traced = recorded && ctx->meter.slow & FM_METER_TIMELINE;
    fm_kernel_args args = {
        .size = sizeof args,
        .want_time = recorded && per_op && ctx->api->asynchronous,
        .in = p->in,
        .out = p->out,
        .workspace = ctx->workspace ? ctx->workspace->data : NULL,
        .scalars = p->scalars,
        .seed = ctx->seed,
        .offset = ctx->offset,
    };
    if (plan->random_words && ctx->api->graph_origin) FM_TRY(fm_graph_draw(p, &args));
    record->start = timed || traced ? fm_ticks() : 0;
    fm_status status = ctx->api->run(ctx->dev, ctx->stream, plan->kernel, &args, &ctx->error);
    if (timed) record->ns = fm_ticks_to_ns(fm_ticks_between(record->start, fm_ticks()));
    record->ticket = args.ticket;
    return status;
}

/* The context's scratch memory serves one call after the other and only grows. It is kept apart
   from the pool, where an output could take its place, and the next step would have to ask again.
 */
static fm_status fit_workspace(fm_context *ctx, size_t bytes) {
    if (bytes == 0 || (ctx->workspace && bytes <= ctx->workspace->capacity)) return FM_OK;
    fm_storage *larger;
    FM_TRY(fm_storage_get(ctx->memory, bytes, &larger, &ctx->error));
    fm_storage_release(ctx->workspace);
    ctx->workspace = larger;
    return FM_OK;
}

/* Uses up the ticket of an interval that nobody will ask for. */
static void drop_interval(fm_context *ctx, uint64_t ticket) {
    uint64_t ns;
    if (ctx->api->time_end(ctx->dev, ctx->stream, ticket, NULL) != FM_OK) return;
    if (ctx->api->synchronize(ctx->dev, ctx->stream, NULL) != FM_OK) return;
    (void)ctx->api->time(ctx->dev, ticket, &ns);
}

static fm_status run_around(const fm_passage *p) {
    fm_context *ctx = p->ctx;
    fm_plan *plan = (fm_plan *)(uintptr_t)p->plan;
    bool uncounted = ctx->uncounted;
    uint64_t offset = ctx->offset;
    plan->pins++;
    ctx->uncounted = true;
    fm_status status = p->around->run(ctx, p->around->user);
    ctx->uncounted = uncounted;
    plan->pins--;
    if (status != FM_OK) ctx->offset = offset;
    return status;
}

/* A program's time is that of all its calls, and of the host between them. */
static fm_status run_program(fm_passage *p, bool recorded, fm_call_record *record) {
    fm_context *ctx = p->ctx;
    bool timed = recorded && ctx->meter.timing != FM_TIMING_OFF && !ctx->api->asynchronous;
    bool by_event = recorded && ctx->meter.timing == FM_TIMING_OP && ctx->api->asynchronous;
    uint64_t ticket = 0;
    if (by_event) FM_TRY(ctx->api->time_begin(ctx->dev, ctx->stream, &ticket, &ctx->error));
    record->start = timed ? fm_ticks() : 0;
    fm_status status = p->around ? run_around(p) : fm_program_run(p, p->reply);
    if (timed) record->ns = fm_ticks_to_ns(fm_ticks_between(record->start, fm_ticks()));
    if (!ticket) return status;
    if (status == FM_OK) {
        record->ticket = ticket;
        return ctx->api->time_end(ctx->dev, ctx->stream, ticket, &ctx->error);
    }
    drop_interval(ctx, ticket);
    return status;
}

/* Whether a contraction's two inputs are one, so that its kernel may do half of the work. */
static bool same_elements(const fm_passage *p) {
    return p->plan->executed_same && p->plan->nin == 2 && p->in[0] == p->in[1];
}

/* Allocate, launch and record a call that was charged. */
static fm_status launch(fm_passage *p, fm_ledger_row *ledger_row, fm_correlation correlation) {
    fm_context *ctx = p->ctx;
    const fm_plan *plan = p->plan;
    fm_call_record record = {.flops = plan->flops,
                             .macs = plan->macs,
                             .bytes = plan->bytes,
                             .executed = same_elements(p) ? plan->executed_same : plan->executed,
                             .ns = FM_UNTIMED};
    if (ledger_row && plan->kernel_row.stamp == ctx->meter.window->ledger.serial)
        record.kernel = plan->kernel_row.row;
    if (plan->program || p->around) {
        FM_TRY(run_program(p, ledger_row != NULL, &record));
    } else if (plan->row->family == FM_FAMILY_VIEW && !plan->view_copies) {
        FM_TRY(fm_slots_view(p));
    } else {
        fm_status status = fm_slots_prepare(p);
        if (status == FM_OK) status = fit_workspace(ctx, plan->workspace);
        if (status == FM_OK && ctx->capture) status = fm_graph_keep(ctx->capture, p);
        if (status == FM_OK) status = run_kernel(p, ledger_row != NULL, &record);
        if (status != FM_OK) {
            fm_slots_abandon(p);
            return status;
        }
        fm_slots_commit(p);
    }
    if (!p->around) ctx->offset += plan->random_words;
    record.correlation = correlation;
    if (ledger_row) fm_meter_record(&ctx->meter, ledger_row, &record);
    return record.ticket || correlation ? fm_context_settle_some(ctx) : FM_OK;
}

/* The same, with the device's records of its launches told which call they are of. */
static fm_status launch_collected(fm_passage *p, fm_ledger_row *ledger_row) {
    fm_context *ctx = p->ctx;
    fm_correlation correlation = fm_activity_call(ctx->meter.activity, ledger_row);
    ctx->api->collector->push(ctx->dev, correlation);
    fm_status status = launch(p, ledger_row, correlation);
    ctx->api->collector->pop(ctx->dev);
    return status;
}

/* The row of what does a synchronous device's work, once a plan and ledger. False: no memory. */
static bool find_kernel(fm_context *ctx, fm_plan *plan, bool around, const fm_ledger_row *row) {
    fm_ledger *ledger = &ctx->meter.window->ledger;
    if (plan->kernel_row.stamp == ledger->serial || ctx->api->asynchronous ||
        ctx->meter.timing == FM_TIMING_OFF)
        return true;
    const char *name = around || plan->program ? "(program)" : plan->kernel_name;
    plan->kernel_row.row = fm_kernel_row(ledger, *name ? name : row->op, row->op, row->dtype);
    plan->kernel_row.stamp = plan->kernel_row.row ? ledger->serial : 0;
    return plan->kernel_row.row != NULL;
}

/* What 0.4.3 logs of operands that it flattens. */
static fm_status log_flattened(fm_context *ctx, const fm_plan *plan) {
    for (int i = 0; i < plan->flattened; i++) {
        fm_row_cache place = {0};
        fm_call_record record = {.ns = FM_UNTIMED};
        fm_ledger_row *row = fm_meter_row(&ctx->meter, &place, "ravel", plan->dtype);
        if (!row)
            return fm_fail_op(&ctx->error, FM_ERR_MEMORY, "ravel", 0, "no memory to record it");
        FM_TRY(fm_meter_charge(&ctx->meter, "ravel", 0, &ctx->error));
        fm_meter_record(&ctx->meter, row, &record);
    }
    return FM_OK;
}

/* A failure that only the values could show keeps its charge; any other gives it back. */
static fm_status charge_and_launch(fm_passage *p) {
    fm_context *ctx = p->ctx;
    fm_plan *plan = (fm_plan *)(uintptr_t)p->plan;
    const char *op = plan->row->log_name ? plan->row->log_name : plan->row->name;
    bool silent = (plan->silent || plan->row->flags & FM_ROW_SILENT) && plan->flops == 0;
    if (silent || ctx->uncounted) return launch(p, NULL, 0);
    fm_ledger_row *ledger_row = fm_meter_row(&ctx->meter, &plan->ledger_row, op, plan->dtype);
    if (!ledger_row || !find_kernel(ctx, plan, p->around != NULL, ledger_row))
        return fm_fail_op(&ctx->error, FM_ERR_MEMORY, op, 0, "no memory to record it");
    if (plan->flattened) FM_TRY(log_flattened(ctx, plan));
    FM_TRY(fm_meter_charge(&ctx->meter, op, plan->flops, &ctx->error));
    fm_status status = ctx->meter.activity && ctx->api->collector ? launch_collected(p, ledger_row)
                                                                  : launch(p, ledger_row, 0);
    if (status == FM_OK && !(ctx->meter.slow & FM_METER_TIME_LIMIT)) return FM_OK;
    if (status == FM_OK) return fm_meter_check_time(&ctx->meter, op, &ctx->error);
    if (status == FM_ERR_NUMERIC) {
        fm_call_record record = {.flops = plan->flops, .macs = plan->macs, .ns = FM_UNTIMED};
        fm_meter_record(&ctx->meter, ledger_row, &record);
    } else {
        fm_meter_refund(&ctx->meter, plan->flops);
    }
    return status;
}

static void follow_multiplier(fm_context *ctx) {
    double multiplier = fm_meter_multiplier(&ctx->meter);
    if (multiplier == ctx->multiplier) return;
    ctx->multiplier = multiplier;
    ctx->generation++;
}

static uint64_t generation_of(const fm_context *ctx) {
    return ctx->generation << 3 | (uint64_t)ctx->math_mode;
}

static fm_status find_or_make(fm_context *ctx, fm_bound *bound, const fm_layout *const *forced,
                              fm_plan **plan) {
    fm_key key;
    FM_TRY(fm_key_make(bound, forced, generation_of(ctx), &key, &ctx->error));
    *plan = fm_plan_find(&ctx->plans, &key);
    return *plan ? FM_OK : fm_plan_make(ctx, bound, forced, &key, plan);
}

/* A slot in memory that is shared or the caller's, with the right shape and dtype but another
   layout, is written where it lies: the plan then is for that layout. */
static fm_status follow_slots(fm_context *ctx, fm_bound *bound, fm_tensor **const *slots,
                              fm_plan **plan) {
    const fm_layout *forced[FM_MAX_OUT] = {NULL};
    bool other = false;
    if (bound->row->family == FM_FAMILY_VIEW || (*plan)->program) return FM_OK;
    for (int o = 0; o < (*plan)->nout; o++) {
        const fm_layout *want = (*plan)->out[o];
        if (!want || (*plan)->out_param[o] >= 0 || !slots[o] || !*slots[o]) continue;
        const fm_tensor *tensor = *slots[o];
        const fm_layout *have = tensor->layout;
        if (have == want || fm_owns_storage(tensor)) continue;
        if (have->dtype != want->dtype || have->ndim != want->ndim || !tensor->storage ||
            memcmp(have->dims, want->dims, (size_t)want->ndim * sizeof want->dims[0]))
            continue;
        forced[o] = have;
        other = true;
    }
    return other ? find_or_make(ctx, bound, forced, plan) : FM_OK;
}

static uint32_t wanted_slots(const fm_row *row, fm_tensor **const *slots) {
    uint32_t wanted = 0;
    for (int o = 0; slots && o < row->nout; o++) wanted |= slots[o] ? 1u << o : 0;
    return wanted;
}

static fm_status pass(fm_context *ctx, const fm_row *row, const fm_value *values,
                      fm_tensor **const *slots, const fm_stand_in *around, struct fm_reply *reply) {
    fm_plan *plan;
    int64_t probed[FM_PROBED];
    fm_bound bound = {row, values, wanted_slots(row, slots), NULL};
    follow_multiplier(ctx);
    if (row->probe) {
        FM_TRY(fm_program_probe(ctx, row, values, probed));
        bound.probed = probed;
    }
    plan = fm_plan_again(&ctx->plans, &bound, generation_of(ctx));
    if (!plan) FM_TRY(find_or_make(ctx, &bound, NULL, &plan));
    FM_TRY(follow_slots(ctx, &bound, slots, &plan));
    fm_passage passage;
    passage.ctx = ctx;
    passage.plan = plan;
    passage.values = values;
    passage.slots = slots;
    passage.probed = bound.probed;
    passage.around = around;
    passage.reply = reply;
    passage.made = 0;
    passage.renewed = 0;
    FM_TRY(load_operands(&passage));
    return charge_and_launch(&passage);
}

static inline fm_status walk(fm_context *ctx, const fm_row *row, const fm_value *values,
                             fm_tensor **const *slots, const fm_stand_in *around,
                             struct fm_reply *reply) {
    fm_meter_enter(&ctx->meter);
    fm_status status = pass(ctx, row, values, slots, around, reply);
    fm_meter_leave(&ctx->meter);
    return status;
}

fm_status fm_corridor(fm_context *ctx, const fm_row *row, const fm_value *values,
                      fm_tensor **const *slots) {
    return walk(ctx, row, values, slots, NULL, NULL);
}

fm_status fm_corridor_around(fm_context *ctx, const fm_row *row, const fm_value *values,
                             fm_tensor **const *slots, const fm_stand_in *around) {
    return walk(ctx, row, values, slots, around, NULL);
}

fm_status fm_corridor_reply(fm_context *ctx, const fm_row *row, const fm_value *values,
                            fm_tensor **const *slots, struct fm_reply *reply) {
    return walk(ctx, row, values, slots, NULL, reply);
}
