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

/* What the work of a call with extras knows. */
typedef struct extra_call {
    fm_bound_call *call;
    fm_tensor **outputs;
    size_t noutputs;
    const fm_tensor *mask;           /* NULL: everywhere */
    fm_tensor *result[FM_MAX_OUT];   /* of the operation */
    fm_tensor *ready[FM_MAX_OUT];    /* what goes into the given tensor */
    fm_tensor *replaced[FM_MAX_OUT]; /* what was in it */
} extra_call;

static const fm_tensor *given_for(const extra_call *e, int o) {
    return o < e->call->extras.nout ? e->call->extras.out[o] : NULL;
}

/* The elements that a given tensor is to have: the result's, where the mask is true. Without a
   tensor to keep, the elements left out are 0. */
static fm_status make_ready(fm_context *ctx, extra_call *e, int o) {
    const fm_tensor *given = given_for(e, o), *from = e->result[o];
    fm_tensor *cast = NULL;
    fm_status status = FM_OK;
    if (given && given->layout->dtype != from->layout->dtype) {
        fm_value values[2] = {fm_value_tensor(from), fm_value_dtype(given->layout->dtype)};
        status = uncounted(ctx, "astype", values, 2, &cast);
        from = cast;
    }
    if (status == FM_OK && e->mask) {
        fm_value rest = given ? fm_value_tensor(given) : fm_value_bool(false);
        fm_value values[3] = {fm_value_tensor(e->mask), fm_value_tensor(from), rest};
        status = uncounted(ctx, "where", values, 3, &e->ready[o]);
    } else if (status == FM_OK) {
        fm_value values[2] = {fm_value_tensor(from),
                              fm_value_ints(fm_layout_shape(given->layout), given->layout->ndim)};
        status = uncounted(ctx, "broadcast_to", values, 2, &e->ready[o]);
    }
    fm_tensor_release(cast);
    return status;
}

static fm_status write_into(fm_context *ctx, const fm_tensor *given, const fm_tensor *from) {
    fm_tensor *target = (fm_tensor *)(uintptr_t)given;
    fm_value values[1] = {fm_value_tensor(from)};
    fm_storage *held = fm_storage_retain(target->storage);
    fm_status status = uncounted(ctx, "copy", values, 1, &target);
    fm_storage_release(held);
    return status;
}

/* Writes the given tensors; where a later one fails the earlier ones get back what they had. */
static fm_status write_given(fm_context *ctx, extra_call *e) {
    int nout = e->call->row->nout;
    fm_status status = FM_OK;
    for (int o = 0; o + 1 < nout && status == FM_OK; o++) {
        fm_value values[1] = {fm_value_tensor(given_for(e, o))};
        if (given_for(e, o)) status = uncounted(ctx, "copy", values, 1, &e->replaced[o]);
    }
    int done = 0;
    for (; done < nout && status == FM_OK; done++)
        if (given_for(e, done)) status = write_into(ctx, given_for(e, done), e->ready[done]);
    if (status == FM_OK) return FM_OK;
    fm_error error = ctx->error;
    for (int o = 0; o + 1 < done; o++)
        if (e->replaced[o]) (void)!write_into(ctx, given_for(e, o), e->replaced[o]);
    ctx->error = error;
    return status;
}

/* The slots of outputs that are not given. */
static fm_status fill_slots(fm_context *ctx, extra_call *e) {
    for (int o = 0; o < e->call->row->nout && (size_t)o < e->noutputs; o++) {
        if (given_for(e, o)) continue;
        fm_tensor **from = e->ready[o] ? &e->ready[o] : &e->result[o];
        if (e->outputs[o]) {
            FM_TRY(fm_tensor_assign(ctx, e->outputs[o], *from));
        } else {
            e->outputs[o] = *from;
            *from = NULL;
        }
    }
    return FM_OK;
}

static fm_status run_extras(fm_context *ctx, void *user) {
    extra_call *e = user;
    const fm_row *row = e->call->row;
    fm_tensor **slots[FM_MAX_OUT] = {NULL};
    for (int o = 0; o < row->nout; o++) slots[o] = &e->result[o];
    FM_TRY(fm_corridor(ctx, row, e->call->values, slots));
    for (int o = 0; o < row->nout; o++)
        if (given_for(e, o) || e->mask) FM_TRY(make_ready(ctx, e, o));
    FM_TRY(write_given(ctx, e));
    return fill_slots(ctx, e);
}

fm_status fm_call_extras(fm_context *ctx, fm_bound_call *call, fm_tensor **outputs,
                         size_t noutputs) {
    const fm_extras *extras = &call->extras;
    const fm_row *row = call->row;
    extra_call e = {.call = call, .outputs = outputs, .noutputs = noutputs};
    fm_around around = {run_extras, &e};
    fm_tensor **slots[FM_MAX_OUT] = {NULL}, *none[FM_MAX_OUT] = {NULL};
    if (extras->where.kind == FM_VALUE_TENSOR) e.mask = extras->where.as.tensor;
    if (extras->dtype) FM_TRY(cast_operands(ctx, call));
    FM_TRY(check_given(ctx, call));
    for (int o = 0; o < row->nout; o++) slots[o] = &none[o];
    fm_status status = fm_corridor_around(ctx, row, call->values, slots, &around);
    for (int o = 0; o < row->nout; o++) {
        fm_tensor_release(e.result[o]);
        fm_tensor_release(e.ready[o]);
        fm_tensor_release(e.replaced[o]);
    }
    return status;
}
