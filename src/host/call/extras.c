/* `out`, `where`, `dtype` and `casting` of calls by name, as NumPy's ufuncs take them. */
#include "call/by_name.h"

#include <string.h>

/* A call on the caller's behalf that is part of another one. */
static fm_status uncounted(fm_context *ctx, const char *op, const fm_value *values, int count,
                           fm_tensor **out) {
    fm_value full[FM_MAX_PARAMS];
    fm_tensor **slots[FM_MAX_OUT] = {out};
    bool before = ctx->uncounted;
    memset(full, 0, sizeof full);
    memcpy(full, values, (size_t)count * sizeof *full);
    ctx->uncounted = true;
    fm_status status = fm_corridor(ctx, fm_row_find(op), full, slots);
    ctx->uncounted = before;
    return status;
}

static fm_status cast_error(fm_context *ctx, const fm_row *row, const char *what, fm_dtype from,
                            fm_dtype to) {
    fm_fail_op(&ctx->error, FM_ERR_DTYPE, row->name, 0,
               "%s cannot be cast from %s to %s by the casting rule asked for", what,
               fm_dtype_name(from), fm_dtype_name(to));
    return fm_fail_as(&ctx->error, "UFuncTypeError", FM_ERR_DTYPE);
}

/* The operands in the dtype asked for. */
static fm_status cast_operands(fm_context *ctx, fm_bound_call *call) {
    for (int p = 0; p < call->row->nparams; p++) {
        fm_value *value = &call->values[p];
        if (value->kind != FM_VALUE_TENSOR || value->as.tensor->layout->flags & FM_LAYOUT_WEAK)
            continue;
        fm_dtype from = value->as.tensor->layout->dtype, to = call->extras.dtype;
        if (from == to) continue;
        if (!fm_can_cast(from, to, call->extras.casting))
            return cast_error(ctx, call->row, "an input", from, to);
        fm_tensor *cast = NULL;
        FM_TRY(uncounted(ctx, "astype", (fm_value[]){*value, fm_value_dtype(to)}, 2, &cast));
        *value = fm_value_tensor(cast);
        FM_CHECK(fm_arena_keep(&call->arena, cast), &ctx->error, FM_ERR_MEMORY,
                 "no memory for a call");
    }
    return FM_OK;
}

/* Whether shape b broadcasts to exactly shape a. */
static bool broadcasts_to(int na, const int64_t *a, int nb, const int64_t *b) {
    for (int d = 0; d < nb; d++)
        if (d >= na || (b[nb - 1 - d] != 1 && b[nb - 1 - d] != a[na - 1 - d])) return false;
    return true;
}

/* Refuses before anything is charged what the given tensors cannot take. */
static fm_status check_given(fm_context *ctx, const fm_bound_call *call) {
    fm_resolved r;
    fm_work work;
    char a[160], b[160];
    fm_value filled[FM_MAX_PARAMS];
    if (call->row->probe) return FM_OK;
    fm_bound_fill(call->row, call->values, filled);
    fm_bound bound = {call->row, filled, UINT32_MAX, NULL};
    FM_TRY(fm_resolve(ctx, &bound, &r, &work));
    for (int o = 0; o < call->extras.nout && o < r.nout; o++) {
        const fm_tensor *out = call->extras.out[o];
        if (!out || r.out[o].ndim < 0) continue;
        if (!broadcasts_to(out->layout->ndim, fm_layout_shape(out->layout), r.out[o].ndim,
                           r.out[o].shape))
            return fm_fail_op(
                &ctx->error, FM_ERR_SHAPE, call->row->name, 0,
                "out %d has shape %s, but the result has %s", o + 1,
                fm_shape_format(out->layout->ndim, fm_layout_shape(out->layout), a, sizeof a),
                fm_shape_format(r.out[o].ndim, r.out[o].shape, b, sizeof b));
        if (r.out[o].dtype &&
            !fm_can_cast(r.out[o].dtype, out->layout->dtype, call->extras.casting))
            return cast_error(ctx, call->row, "the result", r.out[o].dtype, out->layout->dtype);
    }
    return FM_OK;
}

/* result into the given tensor, where the mask (NULL: everywhere) is true. */
static fm_status deliver(fm_context *ctx, const fm_tensor *result, const fm_tensor *mask,
                         const fm_tensor *given) {
    fm_tensor *target = (fm_tensor *)(uintptr_t)given, *chosen = NULL, *wide = NULL;
    fm_value cast[2] = {fm_value_tensor(result), fm_value_dtype(given->layout->dtype)};
    fm_status status = uncounted(ctx, "astype", cast, 2, &chosen);
    if (status == FM_OK && mask) {
        fm_value pick[3] = {fm_value_tensor(mask), fm_value_tensor(chosen), fm_value_tensor(given)};
        status = uncounted(ctx, "where", pick, 3, &wide);
    } else if (status == FM_OK) {
        fm_value shape[2] = {fm_value_tensor(chosen),
                             fm_value_ints(fm_layout_shape(given->layout), given->layout->ndim)};
        status = uncounted(ctx, "broadcast_to", shape, 2, &wide);
    }
    fm_storage *held = fm_storage_retain(target->storage);
    if (status == FM_OK)
        status = uncounted(ctx, "copy", (fm_value[]){fm_value_tensor(wide)}, 1, &target);
    fm_storage_release(held);
    fm_tensor_release(wide);
    fm_tensor_release(chosen);
    return status;
}

/* Where there is a mask and no tensor to keep, the elements left out are 0. */
static fm_status mask_fresh(fm_context *ctx, const fm_tensor *mask, fm_tensor **result) {
    fm_tensor *masked = NULL;
    fm_value pick[3] = {fm_value_tensor(mask), fm_value_tensor(*result), fm_value_bool(false)};
    FM_TRY(uncounted(ctx, "where", pick, 3, &masked));
    fm_tensor_release(*result);
    *result = masked;
    return FM_OK;
}

fm_status fm_call_extras(fm_context *ctx, fm_bound_call *call, fm_tensor **outputs,
                         size_t noutputs) {
    const fm_row *row = call->row;
    const fm_extras *extras = &call->extras;
    const fm_tensor *mask = extras->where.kind == FM_VALUE_TENSOR ? extras->where.as.tensor : NULL;
    fm_tensor *result[FM_MAX_OUT] = {NULL}, **slots[FM_MAX_OUT] = {NULL};
    if (extras->dtype) FM_TRY(cast_operands(ctx, call));
    FM_TRY(check_given(ctx, call));
    for (int o = 0; o < row->nout; o++) slots[o] = &result[o];
    fm_status status = fm_corridor(ctx, row, call->values, slots);
    for (int o = 0; o < row->nout && status == FM_OK; o++) {
        const fm_tensor *given = o < extras->nout ? extras->out[o] : NULL;
        if (given) {
            status = deliver(ctx, result[o], mask, given);
            continue;
        }
        if (mask) status = mask_fresh(ctx, mask, &result[o]);
        if (status != FM_OK || (size_t)o >= noutputs) continue;
        if (outputs[o]) {
            status = fm_tensor_assign(ctx, outputs[o], result[o]);
        } else {
            outputs[o] = result[o];
            result[o] = NULL;
        }
    }
    for (int o = 0; o < row->nout; o++) fm_tensor_release(result[o]);
    return status;
}
