/* The corridor. In the steady state it finds its plan, charges, runs and records: no allocation, no
   formatting, no waiting. */
#include "call/corridor.h"

#include <string.h>

/* One call on its way. */
typedef struct fm_passage {
    fm_context *ctx;
    const fm_plan *plan;
    const fm_value *values;
    fm_tensor **const *slots;
    fm_tensor *target[FM_MAX_OUT]; /* the tensor that output i is written into */
    fm_storage *fresh[FM_MAX_OUT]; /* new storage for output i, not yet the target's */
    uint32_t made;                 /* bit i: target[i] is a new handle */
    void *out[FM_MAX_OUT];
    void *in[FM_MAX_IN];
    fm_scalar scalars[FM_MAX_IN + 8];
} fm_passage;

static const fm_value *given(const fm_passage *p, int param) {
    const fm_value *value = &p->values[param];
    return value->kind == FM_VALUE_UNSET ? &p->plan->row->params[param].otherwise : value;
}

static const fm_tensor *operand(const fm_passage *p, int i) {
    fm_in_source source = p->plan->in_source[i];
    const fm_value *value = given(p, source.param);
    if (value->kind == FM_VALUE_TENSORS) return value->as.tensors[source.element];
    return value->kind == FM_VALUE_TENSOR ? value->as.tensor : NULL;
}

static fm_scalar number(const fm_value *value) {
    fm_scalar scalar = {FM_INT64, {0}};
    scalar.value.i = value->as.i;
    if (value->kind == FM_VALUE_BOOL) scalar.dtype = FM_BOOL;
    if (value->kind == FM_VALUE_FLOAT) scalar = fm_float(value->as.f);
    if (value->kind == FM_VALUE_COMPLEX) scalar = fm_complex(value->as.c[0], value->as.c[1]);
    return scalar;
}

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

/* Addresses of the operands and the numbers that go by value. */
static fm_status load_operands(fm_passage *p) {
    const fm_plan *plan = p->plan;
    for (int i = 0; i < plan->nin; i++) {
        p->in[i] = NULL;
        const fm_tensor *tensor = operand(p, i);
        if (plan->by_value >> i & 1) {
            p->scalars[i] = tensor ? tensor->scalar : number(given(p, plan->in_source[i].param));
            continue;
        }
        if (!tensor) continue;
        if (tensor->memory != p->ctx->memory || !tensor->storage)
            FM_TRY(check_operand(p, i, tensor));
        p->in[i] = tensor->data;
    }
    for (int j = 0; j < plan->nscalars; j++)
        p->scalars[plan->nin + j] = number(given(p, plan->scalar_param[j]));
    return FM_OK;
}

/* Whether output o may be written where target lies although some operand lies there too. */
static fm_status check_overlap(const fm_passage *p, int o, const fm_tensor *target) {
    const fm_plan *plan = p->plan;
    size_t width = fm_dtype_size(target->layout->dtype);
    const char *low = (const char *)target->data + target->layout->low * (int64_t)width;
    const char *high = (const char *)target->data + (target->layout->high + 1) * (int64_t)width;
    for (int i = 0; i < plan->nin; i++) {
        const fm_tensor *tensor = plan->by_value >> i & 1 ? NULL : operand(p, i);
        if (!tensor || tensor->storage != target->storage || tensor->layout->size == 0) continue;
        if (plan->out_param[o] == plan->in_source[i].param) continue;
        size_t step = fm_dtype_size(tensor->layout->dtype);
        const char *from = (const char *)tensor->data + tensor->layout->low * (int64_t)step;
        const char *to = (const char *)tensor->data + (tensor->layout->high + 1) * (int64_t)step;
        if (to <= low || from >= high) continue;
        bool same = tensor->data == target->data && tensor->layout == target->layout;
        if (same && plan->row->flags & FM_ROW_ELEMENTWISE) continue;
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, plan->row->name,
                          plan->in_source[i].param + 1,
                          "its memory overlaps that of output %d, which is only allowed for an "
                          "elementwise operation on exactly the same elements",
                          o + 1);
    }
    return FM_OK;
}

static fm_status check_written(const fm_passage *p, int o, const fm_tensor *target) {
    const char *op = p->plan->row->name;
    if (target->layout->flags & (FM_LAYOUT_WEAK | FM_LAYOUT_ABSTRACT))
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, op, 0,
                          "output %d is a weak scalar or an abstract tensor, which has no memory",
                          o + 1);
    if (target->layout->flags & FM_LAYOUT_OVERLAPS)
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, op, 0,
                          "output %d has elements that share memory, as broadcast_to makes them",
                          o + 1);
    return check_overlap(p, o, target);
}

/* The slot's tensor as it is: its storage is read by nobody but an exact alias. */
static bool is_ready(const fm_passage *p, int o) {
    const fm_tensor *tensor = p->target[o];
    const fm_plan *plan = p->plan;
    if (tensor->layout != plan->out[o] || !tensor->storage) return false;
    for (int i = 0; i < plan->nin; i++) {
        const fm_tensor *in = plan->by_value >> i & 1 ? NULL : operand(p, i);
        if (in && in->storage == tensor->storage) return false;
    }
    return !(tensor->layout->flags & FM_LAYOUT_OVERLAPS) && tensor->memory == p->ctx->memory;
}

static bool owns_storage(const fm_tensor *tensor) {
    return tensor->storage && !(tensor->storage->flags & FM_STORAGE_FOREIGN) &&
           atomic_load_explicit(&tensor->storage->refs, memory_order_acquire) == 1;
}

/* Output o into the slot's tensor, whose layout is not the plan's: allowed where it alone owns its
   storage, which then is reused where it is large enough. */
static fm_status prepare_refill(fm_passage *p, int o) {
    fm_tensor *tensor = p->target[o];
    const fm_layout *layout = p->plan->out[o];
    size_t bytes = (size_t)layout->size * fm_dtype_size(layout->dtype);
    if (!owns_storage(tensor)) {
        char a[200], b[200];
        const fm_layout *have = tensor->layout;
        return fm_fail_op(&p->ctx->error, FM_ERR_SHAPE, p->plan->row->name, 0,
                          "output %d is %s %s in memory that is shared or the caller's, but the "
                          "result is %s %s",
                          o + 1, fm_dtype_name(have->dtype),
                          fm_shape_format(have->ndim, fm_layout_shape(have), a, sizeof a),
                          fm_dtype_name(layout->dtype),
                          fm_shape_format(layout->ndim, fm_layout_shape(layout), b, sizeof b));
    }
    fm_tensor probe = *tensor;
    probe.layout = layout;
    probe.data = tensor->storage->data;
    if (bytes <= tensor->storage->capacity) {
        FM_TRY(check_written(p, o, &probe));
        p->out[o] = tensor->storage->data;
        return FM_OK;
    }
    FM_TRY(fm_storage_get(p->ctx->memory, bytes, &p->fresh[o], &p->ctx->error));
    p->out[o] = p->fresh[o]->data;
    return FM_OK;
}

static fm_status prepare_new(fm_passage *p, int o) {
    const fm_layout *layout = p->plan->out[o];
    size_t bytes = (size_t)layout->size * fm_dtype_size(layout->dtype);
    FM_TRY(fm_handle_get(p->ctx->memory, &p->target[o], &p->ctx->error));
    p->made |= 1u << o;
    FM_TRY(fm_storage_get(p->ctx->memory, bytes, &p->fresh[o], &p->ctx->error));
    p->out[o] = p->fresh[o]->data;
    return FM_OK;
}

/* Finds or allocates where each wanted output goes; changes no slot and no tensor. */
static fm_status prepare_outputs(fm_passage *p) {
    const fm_plan *plan = p->plan;
    for (int o = 0; o < plan->nout; o++) {
        p->out[o] = NULL;
        if (!plan->out[o]) continue;
        int param = plan->out_param[o];
        if (param >= 0) {
            p->target[o] = (fm_tensor *)(uintptr_t)given(p, param)->as.tensor;
            FM_TRY(check_written(p, o, p->target[o]));
            p->out[o] = p->target[o]->data;
            continue;
        }
        if (!p->slots[o])
            return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, plan->row->name, 0,
                              "output %d has no slot", o + 1);
        p->target[o] = *p->slots[o];
        if (!p->target[o]) {
            FM_TRY(prepare_new(p, o));
        } else if (is_ready(p, o)) {
            p->out[o] = p->target[o]->data;
        } else if (p->target[o]->layout == plan->out[o] && p->target[o]->storage) {
            FM_TRY(check_written(p, o, p->target[o]));
            p->out[o] = p->target[o]->data;
        } else {
            FM_TRY(prepare_refill(p, o));
        }
    }
    return FM_OK;
}

/* Gives back what was allocated for a call that did not run. */
static void abandon_outputs(fm_passage *p) {
    for (int o = 0; o < p->plan->nout; o++) {
        fm_storage_release(p->fresh[o]);
        if (p->made >> o & 1) fm_tensor_release(p->target[o]);
    }
}

/* Makes the results visible: new storage and layouts into their tensors, new tensors into slots. */
static void commit_outputs(fm_passage *p) {
    for (int o = 0; o < p->plan->nout; o++) {
        fm_tensor *tensor = p->target[o];
        if (!p->plan->out[o]) continue;
        if (p->fresh[o]) {
            fm_storage_release(tensor->storage);
            tensor->storage = p->fresh[o];
        }
        if (tensor->layout != p->plan->out[o]) {
            fm_layout_release(tensor->layout);
            tensor->layout = fm_layout_retain(p->plan->out[o]);
        }
        tensor->data = p->out[o];
        fm_storage_written(tensor->storage);
        if (p->made >> o & 1) *p->slots[o] = tensor;
    }
}

/* A view's tensor shares its operand's storage, or owns the copy that was made for it. */
static fm_status make_view(fm_passage *p) {
    const fm_tensor *source = operand(p, 0);
    const fm_plan *plan = p->plan;
    if (!source || !source->storage)
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, plan->row->name, 1,
                          "a number has no storage to view");
    if (!p->slots[0])
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, plan->row->name, 0,
                          "output 1 has no slot");
    fm_tensor *tensor = *p->slots[0];
    if (!tensor) FM_TRY(fm_handle_get(p->ctx->memory, &tensor, &p->ctx->error));
    fm_storage *storage = fm_storage_retain(source->storage);
    const fm_layout *layout = fm_layout_retain(plan->out[0]);
    void *data =
        (char *)source->data + plan->view_offset * (int64_t)fm_dtype_size(source->layout->dtype);
    fm_storage_release(tensor->storage);
    fm_layout_release(tensor->layout);
    tensor->storage = storage;
    tensor->layout = layout;
    tensor->data = data;
    *p->slots[0] = tensor;
    return FM_OK;
}

static fm_status run_kernel(fm_passage *p, fm_storage *workspace, uint64_t *ns, uint64_t *ticket) {
    fm_context *ctx = p->ctx;
    const fm_plan *plan = p->plan;
    bool per_op = ctx->meter.timing == FM_TIMING_OP;
    bool timed = ctx->meter.timing != FM_TIMING_OFF && !ctx->api->asynchronous;
    fm_kernel_args args = {
        .size = sizeof args,
        .want_time = per_op && ctx->api->asynchronous,
        .in = p->in,
        .out = p->out,
        .workspace = workspace ? workspace->data : NULL,
        .scalars = p->scalars,
        .seed = ctx->seed,
        .offset = ctx->offset,
    };
    uint64_t start = timed ? fm_ticks() : 0;
    fm_status status = ctx->api->run(ctx->dev, ctx->stream, plan->kernel, &args, &ctx->error);
    *ns = timed ? fm_ticks_to_ns(fm_ticks_between(start, fm_ticks())) : FM_UNTIMED;
    *ticket = args.ticket;
    return status;
}

/* Allocate, launch and record a call that was charged. */
static fm_status launch(fm_passage *p, fm_ledger_row *ledger_row) {
    fm_context *ctx = p->ctx;
    const fm_plan *plan = p->plan;
    fm_storage *workspace = NULL;
    fm_call_record record = {
        .flops = plan->flops, .macs = plan->macs, .bytes = plan->bytes, .ns = FM_UNTIMED};
    if (plan->row->family == FM_FAMILY_VIEW && !plan->view_copies) {
        FM_TRY(make_view(p));
    } else {
        fm_status status = prepare_outputs(p);
        if (status == FM_OK && plan->workspace)
            status = fm_storage_get(ctx->memory, plan->workspace, &workspace, &ctx->error);
        if (status == FM_OK) status = run_kernel(p, workspace, &record.ns, &record.ticket);
        fm_storage_release(workspace);
        if (status != FM_OK) {
            abandon_outputs(p);
            return status;
        }
        commit_outputs(p);
    }
    ctx->offset += plan->random_words;
    if (ledger_row) fm_meter_record(&ctx->meter, ledger_row, &record);
    return FM_OK;
}

/* A failure that only the values could show keeps its charge; any other gives it back. */
static fm_status charge_and_launch(fm_passage *p) {
    fm_context *ctx = p->ctx;
    fm_plan *plan = (fm_plan *)(uintptr_t)p->plan;
    const char *op = plan->row->name;
    bool silent = plan->row->flags & FM_ROW_SILENT && plan->flops == 0;
    if (silent || ctx->uncounted) return launch(p, NULL);
    fm_ledger_row *ledger_row = fm_meter_row(&ctx->meter, &plan->ledger_row, op, plan->dtype);
    if (!ledger_row) return fm_fail_op(&ctx->error, FM_ERR_MEMORY, op, 0, "no memory to record it");
    FM_TRY(fm_meter_charge(&ctx->meter, op, plan->flops, &ctx->error));
    fm_status status = launch(p, ledger_row);
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

static fm_status find_or_make(fm_context *ctx, const fm_bound *bound,
                              const fm_layout *const *forced, fm_plan **plan) {
    fm_key key;
    uint64_t generation = ctx->generation << 3 | (uint64_t)ctx->math_mode;
    FM_TRY(fm_key_make(bound->row, bound->values, bound->wanted, forced, generation, &key,
                       &ctx->error));
    *plan = fm_plan_find(&ctx->plans, &key);
    if (*plan) return FM_OK;
    fm_value filled[FM_MAX_PARAMS];
    fm_bound full = *bound;
    fm_bound_fill(bound->row, bound->values, filled);
    full.values = filled;
    return fm_plan_make(ctx, &full, forced, &key, plan);
}

/* A slot in memory that is shared or the caller's, with the right shape and dtype but another
   layout, is written where it lies: the plan then is for that layout. */
static fm_status follow_slots(fm_context *ctx, const fm_bound *bound, fm_tensor **const *slots,
                              fm_plan **plan) {
    const fm_layout *forced[FM_MAX_OUT] = {NULL};
    bool other = false;
    if (bound->row->family == FM_FAMILY_VIEW) return FM_OK;
    for (int o = 0; o < (*plan)->nout; o++) {
        const fm_layout *want = (*plan)->out[o];
        if (!want || (*plan)->out_param[o] >= 0 || !slots[o] || !*slots[o]) continue;
        const fm_tensor *tensor = *slots[o];
        const fm_layout *have = tensor->layout;
        if (have == want || owns_storage(tensor)) continue;
        if (have->dtype != want->dtype || have->ndim != want->ndim || !tensor->storage ||
            memcmp(have->dims, want->dims, (size_t)want->ndim * sizeof want->dims[0]))
            continue;
        forced[o] = have;
        other = true;
    }
    return other ? find_or_make(ctx, bound, forced, plan) : FM_OK;
}

static uint32_t wanted_outputs(const fm_row *row, const fm_value *values,
                               fm_tensor **const *slots) {
    uint32_t wanted = 0;
    for (int o = 0; o < row->nout; o++) wanted |= slots && slots[o] ? 1u << o : 0;
    for (int p = 0; p < row->nparams; p++)
        if (row->params[p].flags & FM_PARAM_IN_PLACE && values[p].kind == FM_VALUE_TENSOR)
            wanted |= 1u << row->params[p].out_index;
    return wanted;
}

static fm_status pass(fm_context *ctx, const fm_row *row, const fm_value *values,
                      fm_tensor **const *slots) {
    fm_plan *plan;
    fm_bound bound = {row, values, wanted_outputs(row, values, slots)};
    follow_multiplier(ctx);
    FM_TRY(find_or_make(ctx, &bound, NULL, &plan));
    FM_TRY(follow_slots(ctx, &bound, slots, &plan));
    fm_passage passage;
    passage.ctx = ctx;
    passage.plan = plan;
    passage.values = values;
    passage.slots = slots;
    passage.made = 0;
    for (int o = 0; o < plan->nout; o++) passage.fresh[o] = NULL;
    FM_TRY(load_operands(&passage));
    return charge_and_launch(&passage);
}

fm_status fm_corridor(fm_context *ctx, const fm_row *row, const fm_value *values,
                      fm_tensor **const *slots) {
    fm_meter_enter(&ctx->meter);
    fm_status status = pass(ctx, row, values, slots);
    fm_meter_leave(&ctx->meter);
    return status;
}
