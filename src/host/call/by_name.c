/* Any operation by its NumPy name: called into slots, called for a reply, or asked for its cost. */
#include "call/by_name.h"
#include "call/coerce.h"
#include "call/typed.h"
#include "core/alloc.h"

#include <stdio.h>
#include <string.h>

/* The tensors of a reply, in order, into slots. */
static fm_status spread(fm_context *ctx, const fm_row *row, const fm_value *value,
                        fm_tensor **outputs, size_t noutputs) {
    bool many = value->kind == FM_VALUE_TUPLE || value->kind == FM_VALUE_LIST;
    size_t count = many ? value->count : 1;
    for (size_t o = 0; o < noutputs; o++) {
        const fm_value *one = o >= count ? NULL : many ? &value->as.items[o] : value;
        if (!one || one->kind != FM_VALUE_TENSOR)
            return fm_fail_op(&ctx->error, FM_ERR_ARGUMENT, row->name, 0,
                              "output %zu is asked for, but the result there is no tensor; "
                              "fm_call_reply gives results of any kind",
                              o + 1);
    }
    for (size_t o = 0; o < noutputs; o++) {
        const fm_value *one = many ? &value->as.items[o] : value;
        fm_tensor *tensor = (fm_tensor *)(uintptr_t)one->as.tensor;
        if (!outputs[o])
            outputs[o] = fm_tensor_retain(tensor);
        else
            FM_TRY(fm_tensor_assign(ctx, outputs[o], tensor));
    }
    return FM_OK;
}

static fm_status call_for_reply(fm_context *ctx, fm_bound_call *call, fm_tensor **outputs,
                                size_t noutputs) {
    struct fm_reply *reply = fm_reply_new();
    FM_CHECK(reply, &ctx->error, FM_ERR_MEMORY, "no memory for a reply");
    fm_status status = fm_corridor_reply(ctx, call->row, call->values, NULL, reply);
    if (status == FM_OK) status = spread(ctx, call->row, &reply->value, outputs, noutputs);
    fm_reply_release(reply);
    return status;
}

static fm_status call_bound(fm_context *ctx, fm_bound_call *call, fm_tensor **outputs,
                            size_t noutputs) {
    if (call->row->flags & FM_ROW_REPLY) return call_for_reply(ctx, call, outputs, noutputs);
    if (noutputs > call->row->nout)
        return fm_fail_op(&ctx->error, FM_ERR_ARGUMENT, call->row->name, 0,
                          "%zu outputs are asked for, but it has %d", noutputs, call->row->nout);
    if (call->extras.given) return fm_call_extras(ctx, call, outputs, noutputs);
    fm_tensor **slots[FM_MAX_OUT] = {NULL};
    for (size_t o = 0; o < noutputs; o++) slots[o] = &outputs[o];
    return fm_corridor(ctx, call->row, call->values, slots);
}

/* Every error of a row whose q 0.4.3 takes by keyword alone, where it is given by its place, is one
   of types there. */
static fm_status as_recorded(fm_context *ctx, const fm_bound_call *call,
                             const fm_argument *arguments, size_t count, fm_status status) {
    if (status == FM_OK || !call->row || count < 2 || arguments[1].name) return status;
    if (strcmp(call->row->name, "nanquantile") != 0 &&
        strcmp(call->row->name, "nanpercentile") != 0)
        return status;
    return fm_fail_as(&ctx->error, "TypeError", status);
}

fm_status fm_call(fm_context *ctx, const char *op, const fm_argument *arguments, size_t narguments,
                  fm_tensor **outputs, size_t noutputs) {
    fm_bound_call call;
    fm_status status = fm_bind(ctx, op, arguments, narguments, &call, &ctx->error);
    if (status == FM_OK) status = call_bound(ctx, &call, outputs, noutputs);
    status = as_recorded(ctx, &call, arguments, narguments, status);
    fm_bind_release(&call);
    return status;
}

/* A row's outputs as NumPy returns them: one tensor, a tuple of several, None for none; given ones
   are the caller's tensors themselves. The reply's memory is there before anything is charged. */
static fm_status reply_tensors(fm_context *ctx, fm_bound_call *call, struct fm_reply *reply) {
    const fm_row *row = call->row;
    fm_tensor *outs[FM_MAX_OUT] = {NULL};
    fm_value *items = fm_arena_get(&reply->held, (row->nout + 1u) * sizeof *items);
    if (!items || !fm_arena_reserve(&reply->held, row->nout))
        return fm_fail_op(&ctx->error, FM_ERR_MEMORY, row->name, 0, "no memory for a reply");
    FM_TRY(call_bound(ctx, call, outs, row->nout));
    for (int o = 0; o < row->nout; o++) {
        const fm_tensor *given = o < call->extras.nout ? call->extras.out[o] : NULL;
        fm_tensor *one = given ? fm_tensor_retain((fm_tensor *)(uintptr_t)given) : outs[o];
        items[o] = fm_value_tensor(one);
        if (one) (void)fm_arena_keep(&reply->held, one);
    }
    if (row->nout == 1)
        reply->value = items[0];
    else if (row->nout > 1)
        reply->value = (fm_value){.kind = FM_VALUE_TUPLE, .count = row->nout, .as.items = items};
    else
        reply->value = (fm_value){.kind = FM_VALUE_NONE};
    return FM_OK;
}

fm_status fm_call_reply(fm_context *ctx, const char *op, const fm_argument *arguments,
                        size_t narguments, fm_reply **out) {
    fm_bound_call call;
    *out = NULL;
    fm_status status = fm_bind(ctx, op, arguments, narguments, &call, &ctx->error);
    struct fm_reply *reply = status == FM_OK ? fm_reply_new() : NULL;
    if (status == FM_OK && !reply)
        status = fm_fail_op(&ctx->error, FM_ERR_MEMORY, op, 0, "no memory for a reply");
    if (status == FM_OK && call.row->flags & FM_ROW_REPLY)
        status = fm_corridor_reply(ctx, call.row, call.values, NULL, reply);
    else if (status == FM_OK)
        status = reply_tensors(ctx, &call, reply);
    status = as_recorded(ctx, &call, arguments, narguments, status);
    fm_bind_release(&call);
    if (status == FM_OK)
        *out = reply;
    else
        fm_reply_release(reply);
    return status;
}

fm_status fm_typed_reply(fm_context *ctx, const fm_row *row, const fm_value *values,
                         fm_reply **out) {
    *out = NULL;
    struct fm_reply *reply = fm_reply_new();
    if (!reply)
        return fm_fail_op(&ctx->error, FM_ERR_MEMORY, row->name, 0, "no memory for a reply");
    fm_status status = fm_corridor_reply(ctx, row, values, NULL, reply);
    if (status == FM_OK)
        *out = reply;
    else
        fm_reply_release(reply);
    return status;
}

static fm_status answer_parts(fm_context *ctx, const fm_row *row, const fm_work *work,
                              fm_cost_answer *answer) {
    fm_work_report report;
    if (fm_cost_apply(ctx->model, ctx->weights, 1.0, work, &answer->flops, &report) != FM_OK ||
        fm_cost_apply(ctx->model, fm_weights_off(), 1.0, work, &answer->unit_flops, NULL) != FM_OK)
        return fm_fail_op(&ctx->error, FM_ERR_OVERFLOW, row->name, 0,
                          "the cost exceeds 2^64 - 1 FLOPs");
    fm_u128 macs = 0;
    for (int i = 0; i < work->nparts; i++) macs += work->part[i].torch_mac;
    answer->macs = macs > UINT64_MAX ? UINT64_MAX : (uint64_t)macs;
    answer->bytes = work->bytes > UINT64_MAX ? UINT64_MAX : (uint64_t)work->bytes;
    answer->nparts = report.nparts;
    for (int i = 0; i < report.nparts; i++) {
        fm_cost_part *part = &answer->part[i];
        snprintf(part->op, sizeof part->op, "%s", report.part[i].op);
        part->weight = report.part[i].weight;
        part->flops = report.part[i].flops;
    }
    return FM_OK;
}

static fm_status cost_of_bound(fm_context *ctx, const fm_bound_call *call, fm_cost_answer *answer) {
    fm_resolved r;
    fm_work work;
    fm_value filled[FM_MAX_PARAMS];
    int64_t probed[FM_PROBED];
    if (call->row->probe) FM_TRY(fm_program_probe(ctx, call->row, call->values, probed));
    fm_bound_fill(call->row, call->values, filled);
    fm_bound bound = {call->row, filled, UINT32_MAX, call->row->probe ? probed : NULL};
    FM_TRY(fm_resolve(ctx, &bound, &r, &work));
    fm_resolved_release(&r);
    FM_TRY(answer_parts(ctx, call->row, &work, answer));
    for (int o = 0; o < r.nout; o++) {
        if (r.out[o].dtype == FM_DTYPE_NONE && r.out[o].ndim >= 0) continue;
        int at = answer->noutputs++;
        answer->output[at].dtype = r.out[o].dtype;
        answer->output[at].ndim = r.out[o].ndim;
        memcpy(answer->output[at].shape, r.out[o].shape, sizeof r.out[o].shape);
    }
    return FM_OK;
}

fm_status fm_call_cost(fm_context *ctx, const char *op, const fm_argument *arguments,
                       size_t narguments, fm_cost_answer *answer) {
    fm_bound_call call;
    memset(answer, 0, sizeof *answer);
    fm_status status = fm_bind(ctx, op, arguments, narguments, &call, &ctx->error);
    if (status == FM_OK) status = fm_extras_ask(ctx, &call);
    if (status == FM_OK) status = cost_of_bound(ctx, &call, answer);
    status = as_recorded(ctx, &call, arguments, narguments, status);
    fm_bind_release(&call);
    return status;
}
