/* Running a made call: guarded tensors, the charge, and what must stay as it was. */
#include "run.h"

#include <stdio.h>
#include <string.h>

static void resolve(const sw_call *call, sw_bound *bound) {
    for (int i = 0; i < call->ninputs; i++) bound->list[i] = bound->block.part[i].tensor;
    for (int i = 0; i < call->nargs; i++) {
        fm_value value = call->arg[i];
        if (value.kind == FM_VALUE_TENSOR) value.as.tensor = bound->list[value.as.i];
        if (value.kind == FM_VALUE_TENSORS) value.as.tensors = &bound->list[value.as.i];
        if (value.kind == FM_VALUE_INTS) value.as.ints = call->ints[i];
        bound->argument[i] = (fm_argument){NULL, value};
    }
}

fm_status sw_bind(fm_context *ctx, const sw_call *call, bool into, sw_bound *bound) {
    sw_layout layout = sw_variants[call->variant].layout;
    memset(bound, 0, sizeof *bound);
    for (int i = 0; i < call->ninputs; i++) sw_block_add(&bound->block, &call->input[i], layout);
    for (int r = 0; r < call->nresults; r++) {
        bound->into[r] = call->result[r].input;
        if (!into || bound->into[r] >= 0) continue;
        bound->into[r] = bound->block.nparts;
        sw_block_add(&bound->block, &call->result[r].like, layout);
    }
    if (bound->block.nparts) FM_TRY(sw_block_upload(ctx, &bound->block));
    for (int r = 0; r < call->nresults; r++)
        if (bound->into[r] >= 0 && call->result[r].input < 0)
            bound->out[call->result[r].out] =
                fm_tensor_retain(bound->block.part[bound->into[r]].tensor);
    resolve(call, bound);
    return FM_OK;
}

void sw_bound_release(sw_bound *bound) {
    for (int o = 0; o < FM_MAX_OUT; o++) fm_tensor_release(bound->out[o]);
    sw_block_release(&bound->block);
    memset(bound, 0, sizeof *bound);
}

static bool has_shape(const fm_tensor *tensor, const sw_array *like) {
    return fm_tensor_dtype(tensor) == like->dtype && fm_tensor_ndim(tensor) == like->ndim &&
           !memcmp(fm_tensor_shape(tensor), like->shape, (size_t)like->ndim * sizeof(int64_t));
}

static void blame(sw_run *run, const char *what, int number) {
    if (!run->fault[0]) (void)snprintf(run->fault, sizeof run->fault, "%s %d", what, number);
}

/* Takes result r from where the call wrote it. */
static void take_result(fm_context *ctx, const sw_call *call, sw_bound *bound, int r, sw_run *run) {
    const sw_result *result = &call->result[r];
    int part = bound->into[r];
    const fm_tensor *tensor = part >= 0 ? bound->block.part[part].tensor : bound->out[result->out];
    char shape[128];
    if (!tensor) {
        blame(run, "no tensor in the slot of output", result->out + 1);
        return;
    }
    if (!has_shape(tensor, &result->like)) {
        (void)snprintf(
            run->fault, sizeof run->fault, "output %d is %s %s", result->out + 1,
            fm_dtype_name(fm_tensor_dtype(tensor)),
            fm_shape_format(fm_tensor_ndim(tensor), fm_tensor_shape(tensor), shape, sizeof shape));
        return;
    }
    sw_array *got = &run->got[r];
    *got = sw_array_new(result->like.dtype, result->like.ndim, result->like.shape);
    if (part >= 0)
        sw_block_take(&bound->block, part, got);
    else if (fm_tensor_to_host(ctx, tensor, got->data, fm_tensor_nbytes(tensor)) != FM_OK)
        blame(run, "no download of output", r + 1);
}

void sw_take_results(fm_context *ctx, const sw_call *call, sw_bound *bound, sw_run *run) {
    int part;
    if (bound->block.nparts && sw_block_download(ctx, &bound->block) != FM_OK) {
        blame(run, "no download, with inputs:", call->ninputs);
        return;
    }
    for (int r = 0; run->status == FM_OK && r < call->nresults; r++)
        take_result(ctx, call, bound, r, run);
    if (bound->block.nparts && !sw_block_untouched(&bound->block, &part))
        blame(run,
              part < call->ninputs ? "changed memory of input" : "written beside output of part",
              part + 1);
}

static bool make_call(fm_context *ctx, const sw_call *call, sw_manner manner, sw_bound *bound,
                      fm_status *status) {
    if (manner == SW_TYPED) {
        fm_value values[FM_MAX_PARAMS] = {{0}};
        for (int i = 0; i < call->nargs; i++) values[i] = bound->argument[i].value;
        return sw_typed(ctx, call, values, bound->out, status);
    }
    *status = fm_call(ctx, call->row->name, bound->argument, (size_t)call->nargs, bound->out,
                      (size_t)call->nslots);
    return true;
}

bool sw_run_call(fm_context *ctx, const sw_call *call, sw_manner manner, sw_run *run) {
    sw_bound bound;
    memset(run, 0, sizeof *run);
    run->status = sw_bind(ctx, call, manner == SW_INTO, &bound);
    if (run->status != FM_OK) {
        (void)snprintf(run->message, sizeof run->message, "%s", fm_context_message(ctx));
        blame(run, "inputs could not be placed, status", (int)run->status);
        sw_bound_release(&bound);
        return true;
    }
    const fm_budget *budget = fm_context_budget(ctx);
    uint64_t before = fm_budget_used(budget);
    fm_seed(ctx, 12345);
    bool done = make_call(ctx, call, manner, &bound, &run->status);
    if (done && run->status != FM_OK)
        (void)snprintf(run->message, sizeof run->message, "%s", fm_context_message(ctx));
    run->charged = fm_budget_used(budget) - before;
    if (done) sw_take_results(ctx, call, &bound, run);
    if (run->status != FM_OK && run->charged)
        blame(run, "FLOPs charged for a failure:", (int)run->charged);
    sw_bound_release(&bound);
    return done;
}

void sw_run_free(sw_run *run) {
    for (int r = 0; r < SW_RESULTS; r++) sw_array_free(&run->got[r]);
}
