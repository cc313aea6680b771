/* The plan table: found by key, made on a miss, the least recently used one evicted. */
#include "call/plan.h"
#include "call/symmetry.h"
#include "call/context.h"
#include "core/alloc.h"
#include "core/hash.h"
#include "ops/ids.h"
#include "ops/symmetry.h"

#include <string.h>

/* The plans form a ring in which the hand of a clock finds the next to evict: one that was not used
   since the hand last passed. */
static void link_ring(fm_plan_table *table, fm_plan *plan) {
    if (!table->hand) {
        table->hand = plan->after = plan->before = plan;
        return;
    }
    plan->after = table->hand;
    plan->before = table->hand->before;
    plan->before->after = plan;
    plan->after->before = plan;
}

static void unlink_ring(fm_plan_table *table, fm_plan *plan) {
    plan->before->after = plan->after;
    plan->after->before = plan->before;
    if (table->hand == plan) table->hand = plan->after == plan ? NULL : plan->after;
}

static fm_plan *next_to_evict(fm_plan_table *table) {
    while (table->hand->used || table->hand->pins) {
        table->hand->used = false;
        table->hand = table->hand->after;
    }
    return table->hand;
}

static bool is_key(const fm_plan *plan, const fm_key *key) {
    if (plan->nkey != key->count) return false;
    for (int i = 0; i < key->count; i++)
        if (plan->key[i] != key->word[i]) return false;
    return true;
}

static fm_plan *find_by_hash(const fm_plan_table *table, uint64_t hash, const fm_key *key) {
    if (!table->nbuckets) return NULL;
    fm_plan *plan = table->buckets[hash & (table->nbuckets - 1)];
    while (plan && (plan->hash != hash || !is_key(plan, key))) plan = plan->next;
    return plan;
}

fm_plan *fm_plan_find(fm_plan_table *table, fm_key *key) {
    fm_plan **recent = fm_plan_recent(table, key->word[0]), *plan = *recent;
    if (!plan || !is_key(plan, key)) {
        key->hash = fm_hash_words(key->word, (uint32_t)key->count);
        plan = find_by_hash(table, key->hash, key);
        if (!plan) return NULL;
        *recent = plan;
    }
    plan->used = true;
    return plan;
}

static void plan_free(fm_context *ctx, fm_plan *plan) {
    if (plan->kernel) ctx->api->plan_free(ctx->dev, plan->kernel);
    for (int i = 0; i < plan->nin; i++) fm_layout_release(plan->in[i]);
    for (int i = 0; i < FM_MAX_OUT; i++) fm_layout_release(plan->out[i]);
    for (int i = 0; i < plan->nsymmetries; i++) fm_symmetry_release(plan->symmetry[i]);
    for (int i = 0; i < plan->noperands; i++) fm_layout_release(plan->operands[i]);
    fm_free_block(plan);
}

static void evict(fm_context *ctx, fm_plan *plan) {
    fm_plan_table *table = &ctx->plans;
    fm_plan **link = &table->buckets[plan->hash & (table->nbuckets - 1)];
    while (*link != plan) link = &(*link)->next;
    *link = plan->next;
    fm_plan **recent = fm_plan_recent(table, plan->key[0]);
    if (*recent == plan) *recent = NULL;
    unlink_ring(table, plan);
    table->count--;
    plan_free(ctx, plan);
}

void fm_plan_table_clear(fm_context *ctx) {
    while (ctx->plans.hand) evict(ctx, ctx->plans.hand);
    fm_free_block(ctx->plans.buckets);
    memset(&ctx->plans, 0, sizeof ctx->plans);
}

static bool grow(fm_plan_table *table) {
    size_t wider = table->nbuckets ? 2 * table->nbuckets : 64;
    fm_plan **fresh = fm_alloc(wider * sizeof *fresh);
    if (!fresh) return table->nbuckets > 0;
    fm_plan *plan = table->hand;
    for (size_t i = 0; i < table->count; i++, plan = plan->after) {
        plan->next = fresh[plan->hash & (wider - 1)];
        fresh[plan->hash & (wider - 1)] = plan;
    }
    fm_free_block(table->buckets);
    table->buckets = fresh;
    table->nbuckets = wider;
    return true;
}

static fm_status insert(fm_context *ctx, fm_plan *plan) {
    fm_plan_table *table = &ctx->plans;
    if (table->count >= table->nbuckets && !grow(table))
        return fm_fail_op(&ctx->error, FM_ERR_MEMORY, plan->row->name, 0,
                          "no memory for the plan table");
    if (table->count >= FM_PLAN_LIMIT) evict(ctx, next_to_evict(table));
    fm_plan **bucket = &table->buckets[plan->hash & (table->nbuckets - 1)];
    plan->next = *bucket;
    *bucket = plan;
    *fm_plan_recent(table, plan->key[0]) = plan;
    link_ring(table, plan);
    table->count++;
    return FM_OK;
}

void fm_bound_fill(const fm_row *row, const fm_value *values, fm_value *filled) {
    for (int p = 0; p < row->nparams; p++)
        filled[p] = values[p].kind == FM_VALUE_UNSET ? row->params[p].otherwise : values[p];
}

/* Every tensor operand in parameter order, numbers included, before infer has its say. */
static fm_status gather_operands(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_row *row = bound->row;
    for (int p = 0; p < row->nparams; p++) {
        const fm_value *value = &bound->values[p];
        bool list = value->kind == FM_VALUE_TENSORS;
        if (!list && !(row->params[p].takes & FM_TAKES_TENSOR)) continue;
        uint32_t count = list ? value->count : 1;
        if (list && row->run && count > FM_MAX_IN) continue;
        if (r->nin + (int)count > FM_MAX_IN)
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1,
                              "%u tensors, but at most %d are taken", count, FM_MAX_IN);
        for (uint32_t i = 0; i < count; i++) {
            int n = r->nin++;
            r->in_source[n] = (fm_in_source){(uint8_t)p, (uint8_t)i};
            r->in[n] = list ? value->as.tensors[i]->layout : fm_value_layout(value);
            if (r->in[n] && r->in[n]->flags & FM_LAYOUT_WEAK) r->by_value |= (uint64_t)1 << n;
        }
    }
    return FM_OK;
}

fm_status fm_resolve(fm_context *ctx, const fm_bound *bound, fm_resolved *r, fm_work *work) {
    memset(r, 0, sizeof *r);
    FM_TRY(gather_operands(bound, r, &ctx->error));
    r->program = bound->row->run && !bound->row->has_kernel;
    FM_TRY(bound->row->infer(bound, r, &ctx->error));
    if (fm_symmetry_infer(bound, r, ctx->model->faults) != FM_OK) {
        fm_resolved_release(r);
        return fm_fail_op(&ctx->error, FM_ERR_MEMORY, bound->row->name, 0,
                          "no memory for the symmetry of its result");
    }
    fm_work_begin(work, ctx->model->faults);
    fm_status status = bound->row->cost(bound, r, work, &ctx->error);
    if (status != FM_OK) fm_resolved_release(r);
    return status;
}

void fm_resolved_release(fm_resolved *r) {
    for (int i = 0; i < r->nsymmetries; i++) fm_symmetry_release(r->symmetry[i]);
    r->nsymmetries = 0;
}

/* What the method itself computes: the work counted by the textbook with every weight 1. Where a
   model puts its own faults into the work, they are in here too. */
static uint64_t executed_of(const fm_work *work) {
    fm_cost_model plain = *fm_cost_model_at(0);
    uint64_t flops = 0;
    plain.weighted = false;
    return fm_cost_apply(&plain, NULL, 1.0, work, &flops, NULL) == FM_OK ? flops : UINT64_MAX;
}

static fm_status cost_of(fm_context *ctx, fm_plan *plan, const fm_work *work) {
    if (fm_cost_apply(ctx->model, ctx->weights, ctx->multiplier, work, &plan->flops, NULL) != FM_OK)
        return fm_fail_op(&ctx->error, FM_ERR_OVERFLOW, plan->row->name, 0,
                          "the cost exceeds 2^64 - 1 FLOPs");
    fm_u128 macs = 0;
    for (int i = 0; i < work->nparts; i++) macs += work->part[i].torch_mac;
    plan->macs = macs > UINT64_MAX ? UINT64_MAX : (uint64_t)macs;
    plan->executed = executed_of(work);
    plan->bytes = work->bytes > UINT64_MAX ? UINT64_MAX : (uint64_t)work->bytes;
    return FM_OK;
}

/* Canonical row-major outputs, the tensors' own layouts in place, or the layouts forced. */
static fm_status set_outputs(fm_context *ctx, fm_plan *plan, const fm_bound *bound,
                             const fm_resolved *r, const fm_layout *const *forced) {
    const fm_row *row = bound->row;
    memset(plan->out_param, -1, sizeof plan->out_param);
    for (int p = 0; p < row->nparams; p++)
        if (row->params[p].flags & FM_PARAM_IN_PLACE && bound->values[p].kind == FM_VALUE_TENSOR)
            plan->out_param[row->params[p].out_index] = (int8_t)p;
    plan->nout = r->nout;
    for (int i = 0; i < r->nout; i++) {
        const fm_out_shape *shape = &r->out[i];
        if (shape->dtype == FM_DTYPE_NONE || r->program) continue;
        if (plan->out_param[i] >= 0)
            plan->out[i] = fm_layout_retain(bound->values[plan->out_param[i]].as.tensor->layout);
        else if (forced && forced[i])
            plan->out[i] = fm_layout_retain(forced[i]);
        else if (row->family == FM_FAMILY_VIEW && !r->view_copies)
            FM_TRY(fm_layout_get(&ctx->error, shape->dtype, shape->ndim, shape->shape,
                                 r->view_strides, r->in[0]->flags & FM_LAYOUT_ABSTRACT,
                                 &plan->out[i]));
        else
            FM_TRY(fm_layout_get(&ctx->error, shape->dtype, shape->ndim, shape->shape, NULL, 0,
                                 &plan->out[i]));
    }
    return FM_OK;
}

/* Every output layout with the symmetry that was inferred for it, or without any. */
static fm_status tag_outputs(fm_context *ctx, fm_plan *plan) {
    for (int o = 0; o < plan->nout; o++) {
        const fm_layout *tagged, *out = plan->out[o];
        const fm_symmetry *symmetry = fm_symmetry_at(plan->symmetry, plan->nsymmetries, o);
        if (!out || out->symmetry == symmetry) continue;
        FM_TRY(fm_layout_with(&ctx->error, out, symmetry, &tagged));
        fm_layout_release(out);
        plan->out[o] = tagged;
    }
    return FM_OK;
}

static uint64_t in_place_inputs(const fm_plan *plan) {
    uint64_t bits = 0;
    for (int o = 0; o < plan->nout; o++)
        for (int i = 0; i < plan->nin; i++)
            if (plan->out_param[o] == plan->in_source[i].param) bits |= (uint64_t)1 << i;
    return bits;
}

/* A reshape that finds no view copies into the canonical layout of its result; a number fills its
   view. */
static fm_status plan_kernel(fm_context *ctx, fm_plan *plan, const fm_resolved *r) {
    if (plan->row->family == FM_FAMILY_VIEW && !r->view_copies) return FM_OK;
    const fm_layout *copied = NULL;
    const fm_layout *const *out = plan->out;
    fm_kernel_call call = {
        .size = sizeof call,
        .family = plan->row->family,
        .op = plan->row->op,
        .compute = r->compute,
        .nin = plan->nin,
        .nout = plan->nout,
        .in = plan->in,
        .out = out,
        .by_value = plan->by_value,
        .aliased = in_place_inputs(plan),
        .math_mode = ctx->math_mode,
        .params = &r->params,
        .name = plan->row->name,
    };
    if (r->view_copies) {
        const fm_layout *in = plan->in[0];
        if (!(plan->by_value & 1))
            FM_TRY(fm_layout_get(&ctx->error, in->dtype, in->ndim, fm_layout_shape(in), NULL, 0,
                                 &copied));
        call.family = FM_FAMILY_CAST;
        call.op = FM_CAST_copy;
        call.compute = in->dtype;
        call.nin = 1;
        if (copied) call.out = &copied;
    }
    fm_plan_info info = {0};
    fm_status status = FM_OK;
    if (!ctx->api->supports(call.family, call.op, call.compute))
        status = fm_fail_op(&ctx->error, FM_ERR_UNSUPPORTED, plan->row->name, 0,
                            "no kernel for %s on the %s backend", fm_dtype_name(call.compute),
                            ctx->api->name);
    if (status == FM_OK)
        status = ctx->api->plan(ctx->dev, &call, &plan->kernel, &info, &ctx->error);
    fm_layout_release(copied);
    plan->workspace = info.workspace;
    if (info.executed) {
        plan->executed = info.executed;
        plan->executed_same = info.executed_same;
    }
    plan->capturable = info.capturable != 0;
    memcpy(plan->kernel_name, info.kernel, sizeof plan->kernel_name);
    return status;
}

/* Every word of a key may stand for one operand, so its count bounds theirs. */
static fm_plan *plan_alloc(const fm_key *key, int nin) {
    size_t key_bytes = (size_t)key->count * sizeof key->word[0];
    size_t in_bytes = (size_t)nin * sizeof(fm_layout *);
    size_t operand_bytes = (size_t)key->count * sizeof(fm_layout *);
    fm_plan *plan = fm_alloc(sizeof *plan + key_bytes + in_bytes + operand_bytes +
                             (size_t)nin * sizeof(fm_in_source));
    if (!plan) return NULL;
    plan->hash = key->hash;
    plan->nkey = key->count;
    memcpy(plan->key, key->word, key_bytes);
    char *rest = (char *)plan->key + key_bytes;
    plan->in = (const fm_layout **)(void *)rest;
    plan->operands = (const fm_layout **)(void *)(rest + in_bytes);
    plan->in_source = (fm_in_source *)(void *)(rest + in_bytes + operand_bytes);
    return plan;
}

static void retain_operands(fm_plan *plan, const fm_value *values, int nvalues) {
    for (int p = 0; p < nvalues; p++) {
        const fm_value *value = &values[p];
        bool sequence = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
        if (value->kind == FM_VALUE_TENSOR && value->as.tensor)
            plan->operands[plan->noperands++] = fm_layout_retain(value->as.tensor->layout);
        for (uint32_t i = 0; value->kind == FM_VALUE_TENSORS && i < value->count; i++)
            plan->operands[plan->noperands++] = fm_layout_retain(value->as.tensors[i]->layout);
        if (sequence) retain_operands(plan, value->as.items, (int)value->count);
        if (value->kind == FM_VALUE_DICT)
            retain_operands(plan, value->as.items, 2 * (int)value->count);
    }
}

/* The key tells a tensor from every other value, so what is plain here is so in each later call. */
static uint64_t plain_inputs(const fm_plan *plan, const fm_value *values) {
    uint64_t bits = 0;
    for (int i = 0; i < plan->nin; i++)
        if (values[plan->in_source[i].param].kind == FM_VALUE_TENSOR && plan->in[i] &&
            !(plan->in[i]->flags & (FM_LAYOUT_WEAK | FM_LAYOUT_ABSTRACT)))
            bits |= (uint64_t)1 << i;
    return bits & ~plan->by_value;
}

/* A contraction's key tells too which tensors stand twice. */
static bool is_of_tensors(const fm_plan *plan, const fm_bound *bound) {
    const fm_row *row = bound->row;
    if (plan->nkey != 2 + row->nparams || row->probe || row->family == FM_FAMILY_CONTRACT)
        return false;
    for (int p = 0; p < row->nparams; p++)
        if (bound->values[p].kind != FM_VALUE_TENSOR || row->params[p].flags & FM_PARAM_IN_PLACE)
            return false;
    return true;
}

static void copy_resolved(fm_plan *plan, const fm_bound *bound, const fm_resolved *r) {
    plan->row = bound->row;
    plan->wanted = bound->wanted;
    plan->dtype = r->compute;
    plan->nin = r->nin;
    retain_operands(plan, bound->values, bound->row->nparams);
    plan->by_value = r->by_value;
    plan->nscalars = r->nscalars;
    plan->random_words = r->random_words;
    plan->view_offset = r->view_offset;
    plan->view_copies = r->view_copies;
    plan->program = r->program;
    plan->silent = r->silent;
    plan->nsymmetries = r->nsymmetries; /* the references go with it */
    memcpy(plan->symmetry, r->symmetry, sizeof plan->symmetry);
    memcpy(plan->scalar_param, r->scalar_param, sizeof plan->scalar_param);
    memcpy(plan->in_source, r->in_source, (size_t)r->nin * sizeof r->in_source[0]);
    for (int i = 0; i < r->nin; i++) plan->in[i] = fm_layout_retain(r->in[i]);
    plan->plain = plain_inputs(plan, bound->values);
    plan->of_tensors = is_of_tensors(plan, bound);
}

fm_status fm_plan_make(fm_context *ctx, const fm_bound *given, const fm_layout *const *forced_out,
                       const fm_key *key, fm_plan **out) {
    fm_resolved r;
    fm_work work;
    fm_value values[FM_MAX_PARAMS];
    fm_bound filled = *given, *bound = &filled;
    fm_bound_fill(given->row, given->values, values);
    filled.values = values;
    FM_TRY(fm_resolve(ctx, bound, &r, &work));
    fm_plan *plan = plan_alloc(key, r.nin);
    if (!plan) {
        fm_resolved_release(&r);
        return fm_fail_op(&ctx->error, FM_ERR_MEMORY, bound->row->name, 0, "no memory for a plan");
    }
    copy_resolved(plan, bound, &r);
    plan->flattened = work.flattened;
    fm_status status = cost_of(ctx, plan, &work);
    if (status == FM_OK) status = set_outputs(ctx, plan, bound, &r, forced_out);
    if (status == FM_OK) status = tag_outputs(ctx, plan);
    if (status == FM_OK && !r.program) status = plan_kernel(ctx, plan, &r);
    if (status == FM_OK) status = insert(ctx, plan);
    if (status == FM_OK && r.symmetry_lost && !ctx->uncounted) fm_symmetry_warn(ctx, bound);
    if (status == FM_OK && work.fell_back && !ctx->uncounted)
        fm_context_log(ctx, FM_LOG_WARNING,
                       "%s: its symmetry is too large to be counted: it is charged as without it",
                       bound->row->name);
    if (status != FM_OK)
        plan_free(ctx, plan);
    else
        *out = plan;
    return status;
}
