/* `out`, `where`, `dtype` and `casting` of calls by name, as NumPy's ufuncs take them. */
#include "call/by_name.h"
#include "call/coerce.h"
#include "call/running.h"

#include <string.h>

fm_status fm_call_uncounted(fm_context *ctx, const char *op, const fm_value *values, int count,
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

/* Rows that write into a tensor of exactly their dtype or not at all. */
static bool is_product(const fm_row *row) {
    return !strcmp(row->name, "linalg.multi_dot");
}

/* Reductions and running sums: what goes into the tensor given is cast to its dtype whatever it is,
   and sums and products are made in that dtype where no other one is asked for. */
static bool reduces(const fm_row *row, bool *accumulates) {
    static const char *const sums[] = {
        "sum",     "prod",      "cumsum",     "cumprod",        "trace",          "nansum",
        "nanprod", "nancumsum", "nancumprod", "cumulative_sum", "cumulative_prod"};
    static const char *const others[] = {"max", "min",     "amax",   "amin",   "all",
                                         "any", "mean",    "nanmax", "nanmin", "std",
                                         "var", "nanmean", "nanstd", "nanvar"};
    *accumulates = true;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (!strcmp(sums[i], row->name)) return true;
    *accumulates = false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(others[i], row->name)) return true;
    return false;
}

static fm_status cast_error(fm_context *ctx, const fm_row *row, const char *what, fm_dtype from,
                            fm_dtype to) {
    fm_fail_op(&ctx->error, FM_ERR_DTYPE, row->name, 0,
               "%s cannot be cast from %s to %s by the casting rule asked for", what,
               fm_dtype_name(from), fm_dtype_name(to));
    bool ufunc = row->flags & FM_ROW_UFUNC || row->family == FM_FAMILY_REDUCE ||
                 row->family == FM_FAMILY_FFT || !strcmp(row->name, "outer");
    if (is_product(row)) return fm_fail_as(&ctx->error, "ValueError", FM_ERR_DTYPE);
    return fm_fail_as(&ctx->error, ufunc ? "UFuncTypeError" : "TypeError", FM_ERR_DTYPE);
}

static fm_casting casting_of(const fm_bound_call *call) {
    bool accumulates;
    if (is_product(call->row)) return FM_CAST_NO;
    return reduces(call->row, &accumulates) ? FM_CAST_UNSAFE : call->extras.casting;
}

/* A sum or product takes the dtype of the tensor given. */
static void take_dtype_of_out(fm_bound_call *call) {
    bool accumulates;
    const fm_tensor *out = call->extras.nout > 0 ? call->extras.out[0] : NULL;
    if (!out || !reduces(call->row, &accumulates) || !accumulates) return;
    for (int p = 0; p < call->row->nparams; p++)
        if (!strcmp(call->row->params[p].name, "dtype") &&
            (call->values[p].kind == FM_VALUE_UNSET || call->values[p].kind == FM_VALUE_NONE))
            call->values[p] = fm_value_dtype(out->layout->dtype);
}

/* What the call gives with these values: shapes and dtypes. */
static fm_status resolve(fm_context *ctx, const fm_row *row, const fm_value *values,
                         fm_resolved *r) {
    fm_work work;
    fm_value filled[FM_MAX_PARAMS];
    fm_bound_fill(row, values, filled);
    fm_bound bound = {row, filled, UINT32_MAX, NULL};
    FM_TRY(fm_resolve(ctx, &bound, r, &work));
    fm_resolved_release(r);
    return FM_OK;
}

/* An operand of a ufunc: a tensor, or a number where one is taken. */
static bool is_operand(const fm_row *row, const fm_value *value, int param) {
    if (value->kind == FM_VALUE_TENSOR) return true;
    return row->params[param].takes & FM_TAKES_TENSOR && value->kind >= FM_VALUE_BOOL &&
           value->kind <= FM_VALUE_COMPLEX;
}

static bool gives(const fm_resolved *r, fm_dtype dtype) {
    for (int o = 0; o < r->nout; o++)
        if (r->out[o].dtype && r->out[o].dtype != dtype) return false;
    return true;
}

/* Whether the row has a loop from operands of one dtype to outputs of another. */
static fm_status check_loop(fm_context *ctx, const fm_bound_call *call, fm_dtype operands,
                            fm_dtype dtype) {
    fm_resolved r;
    fm_value values[FM_MAX_PARAMS];
    memcpy(values, call->values, sizeof values);
    fm_tensor *stand_in = NULL;
    FM_TRY(fm_tensor_abstract(ctx, operands, 0, NULL, &stand_in));
    for (int p = 0; p < call->row->nparams; p++)
        if (is_operand(call->row, &values[p], p)) values[p] = fm_value_tensor(stand_in);
    fm_status status = resolve(ctx, call->row, values, &r);
    fm_tensor_release(stand_in);
    if (status == FM_OK && gives(&r, dtype)) return FM_OK;
    const char *exception = status == FM_ERR_DTYPE ? ctx->error.exception : "TypeError";
    fm_fail_op(&ctx->error, FM_ERR_DTYPE, call->row->name, 0, "no loop gives %s",
               fm_dtype_name(dtype));
    return fm_fail_as(&ctx->error, exception, FM_ERR_DTYPE);
}

/* A tensor of that dtype and of the shape of another, with elements or, as a question, without. */
static fm_status in_dtype(fm_context *ctx, const fm_tensor *tensor, fm_dtype to, bool question,
                          fm_tensor **out) {
    const fm_layout *layout = tensor->layout;
    if (question) return fm_tensor_abstract(ctx, to, layout->ndim, fm_layout_shape(layout), out);
    fm_value values[2] = {fm_value_tensor(tensor), fm_value_dtype(to)};
    return fm_call_uncounted(ctx, "astype", values, 2, out);
}

/* One operand in the dtype asked for. */
static fm_status cast_operand(fm_context *ctx, fm_bound_call *call, fm_value *value, fm_dtype to,
                              bool question) {
    const fm_tensor *tensor;
    FM_TRY(fm_coerce_array(ctx, value, &call->arena, &tensor, &ctx->error));
    fm_dtype from = tensor->layout->dtype;
    bool weak = value->kind != FM_VALUE_TENSOR || tensor->layout->flags & FM_LAYOUT_WEAK;
    if (from == to && !weak) return FM_OK;
    if (!weak && !fm_can_cast(from, to, call->extras.casting))
        return cast_error(ctx, call->row, "an input", from, to);
    fm_tensor *cast = NULL;
    FM_TRY(in_dtype(ctx, tensor, to, question, &cast));
    *value = fm_value_tensor(cast);
    FM_CHECK(fm_arena_keep(&call->arena, cast), &ctx->error, FM_ERR_MEMORY, "no memory for a call");
    return FM_OK;
}

static bool has_complex(const fm_bound_call *call) {
    for (int p = 0; p < call->row->nparams; p++) {
        const fm_value *value = &call->values[p];
        if (value->kind == FM_VALUE_TENSOR && fm_dtype_kind(value->as.tensor->layout->dtype) == 'c')
            return true;
    }
    return false;
}

/* The dtype of the operands whose loop gives `dtype`: the same, or the complex one that holds it
   where an operand is complex and the loop gives a real number of it. */
static fm_status choose_loop(fm_context *ctx, const fm_bound_call *call, fm_dtype dtype,
                             fm_dtype *chosen) {
    fm_dtype wide = fm_promote_types(dtype, FM_COMPLEX64);
    *chosen = wide;
    if (fm_dtype_kind(dtype) == 'f' && has_complex(call) &&
        check_loop(ctx, call, wide, dtype) == FM_OK)
        return FM_OK;
    *chosen = dtype;
    return check_loop(ctx, call, dtype, dtype);
}

/* The operands as `dtype` asks: it names the outputs' dtype, and where their own dtypes do not lead
   there, all are cast to the dtype of a loop that does. */
static fm_status cast_operands(fm_context *ctx, fm_bound_call *call, bool question) {
    fm_resolved r;
    fm_dtype dtype = call->extras.dtype, operands;
    if (resolve(ctx, call->row, call->values, &r) == FM_OK && gives(&r, dtype)) return FM_OK;
    FM_TRY(choose_loop(ctx, call, dtype, &operands));
    for (int p = 0; p < call->row->nparams; p++)
        if (is_operand(call->row, &call->values[p], p))
            FM_TRY(cast_operand(ctx, call, &call->values[p], operands, question));
    return FM_OK;
}

/* Whether the operands may become what the loop computes in, by `casting`. */
static fm_status check_inputs(fm_context *ctx, const fm_bound_call *call, const fm_resolved *r) {
    for (int i = 0; i < r->nin; i++) {
        if (!r->in[i] || r->in[i]->flags & FM_LAYOUT_WEAK) continue;
        fm_dtype from = r->in[i]->dtype;
        bool half = fm_dtype_size(from) == 2 && fm_dtype_kind(from) == 'f';
        if (!half && !fm_can_cast(from, r->compute, call->extras.casting))
            return cast_error(ctx, call->row, "an input", from, r->compute);
    }
    return FM_OK;
}

/* Whether shape b broadcasts to exactly shape a. */
static bool broadcasts_to(int na, const int64_t *a, int nb, const int64_t *b) {
    for (int d = 0; d < nb; d++)
        if (d >= na || (b[nb - 1 - d] != 1 && b[nb - 1 - d] != a[na - 1 - d])) return false;
    return true;
}

static bool same_shape(const fm_layout *layout, const fm_out_shape *out) {
    const int64_t *shape = fm_layout_shape(layout);
    return layout->ndim == out->ndim &&
           memcmp(shape, out->shape, (size_t)out->ndim * sizeof *shape) == 0;
}

static fm_status bad_shape(fm_context *ctx, const fm_row *row, const char *what, int number,
                           const fm_layout *layout, const fm_out_shape *out) {
    char a[160], b[160];
    return fm_fail_op(&ctx->error, FM_ERR_SHAPE, row->name, 0,
                      "%s %d has shape %s, but the result has %s", what, number,
                      fm_shape_format(layout->ndim, fm_layout_shape(layout), a, sizeof a),
                      fm_shape_format(out->ndim, out->shape, b, sizeof b));
}

static bool is_running(const fm_row *row) {
    return row->family == FM_FAMILY_SCAN;
}

/* Whether the result may be broadcast into the tensor given; others must have its shape. */
static bool may_spread(const fm_row *row, const fm_resolved *r) {
    return row->flags & FM_ROW_UFUNC || !strcmp(row->name, "outer") ||
           (!strcmp(row->name, "einsum") && r->nin == 1);
}

static fm_status check_out(fm_context *ctx, const fm_bound_call *call, const fm_resolved *r,
                           int o) {
    const fm_tensor *out = call->extras.out[o];
    const fm_row *row = call->row;
    if (!out || r->out[o].ndim < 0) return FM_OK;
    const bool spreads = may_spread(row, r);
    const bool runs = is_running(row) && fm_running_fits(call, r, out->layout);
    if (!spreads && !runs && !same_shape(out->layout, &r->out[o]))
        return bad_shape(ctx, row, "out", o + 1, out->layout, &r->out[o]);
    if (r->out[o].dtype && !fm_can_cast(r->out[o].dtype, out->layout->dtype, casting_of(call)))
        return cast_error(ctx, row, "the result", r->out[o].dtype, out->layout->dtype);
    bool fits = !spreads || broadcasts_to(out->layout->ndim, fm_layout_shape(out->layout),
                                          r->out[o].ndim, r->out[o].shape);
    return fits ? FM_OK : bad_shape(ctx, row, "out", o + 1, out->layout, &r->out[o]);
}

/* The mask's shape and the result's must go together, and stay within the tensor given. */
static fm_status check_mask(fm_context *ctx, const fm_bound_call *call, const fm_resolved *r,
                            int o) {
    const fm_value *where = &call->extras.where;
    if (where->kind != FM_VALUE_TENSOR || r->out[o].ndim < 0) return FM_OK;
    const fm_tensor *out = o < call->extras.nout ? call->extras.out[o] : NULL;
    const fm_layout *mask = where->as.tensor->layout;
    const int64_t *shape = fm_layout_shape(mask);
    for (int d = 1; d <= mask->ndim && d <= r->out[o].ndim; d++) {
        int64_t a = shape[mask->ndim - d], b = r->out[o].shape[r->out[o].ndim - d];
        if (a != b && a != 1 && b != 1)
            return bad_shape(ctx, call->row, "where", o + 1, mask, &r->out[o]);
    }
    if (out && !broadcasts_to(out->layout->ndim, fm_layout_shape(out->layout), mask->ndim, shape))
        return bad_shape(ctx, call->row, "where", o + 1, mask, &r->out[o]);
    return FM_OK;
}

/* Arrays are joined into a tensor given or in a dtype, not both; stack looks at their shapes first.
 */
static fm_status check_join(fm_context *ctx, const fm_bound_call *call, bool late) {
    static const char *const joins[] = {"concatenate", "concat", "stack"};
    const size_t first = late ? 2 : 0, end = late ? 3 : 2;
    for (size_t i = first; i < end; i++)
        if (!strcmp(joins[i], call->row->name) && call->values[2].kind == FM_VALUE_DTYPE)
            return fm_fail_as(&ctx->error, "TypeError",
                              fm_fail_op(&ctx->error, FM_ERR_ARGUMENT, call->row->name, 3,
                                         "a dtype is given beside out"));
    return FM_OK;
}

/* Refuses before anything is charged what the given tensors cannot take. */
static fm_status check_given(fm_context *ctx, const fm_bound_call *call) {
    fm_resolved r;
    if (call->row->probe) return FM_OK;
    if (call->extras.nout > 0) FM_TRY(check_join(ctx, call, false));
    FM_TRY(resolve(ctx, call->row, call->values, &r));
    if (call->extras.nout > 0) FM_TRY(check_join(ctx, call, true));
    if (call->row->flags & FM_ROW_UFUNC) FM_TRY(check_inputs(ctx, call, &r));
    for (int o = 0; o < r.nout; o++) {
        if (o < call->extras.nout) FM_TRY(check_out(ctx, call, &r, o));
        FM_TRY(check_mask(ctx, call, &r, o));
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
    fm_tensor *place;                /* the part of it where a running reduction goes */
    fm_tensor *rest;                 /* all of it, once through the dtype of the reduction */
} extra_call;

static const fm_tensor *given_for(const extra_call *e, int o) {
    return o < e->call->extras.nout ? e->call->extras.out[o] : NULL;
}

/* What is written: the tensor given, or a part of it. */
static const fm_tensor *target_for(const extra_call *e, int o) {
    return e->place ? e->place : given_for(e, o);
}

/* The elements that a given tensor is to have: the result's, where the mask is true. Without a
   tensor to keep, the elements left out are 0. */
static fm_status make_ready(fm_context *ctx, extra_call *e, int o) {
    const fm_tensor *given = target_for(e, o), *from = e->result[o];
    fm_tensor *cast = NULL;
    fm_status status = FM_OK;
    if (given && given->layout->dtype != from->layout->dtype) {
        fm_value values[2] = {fm_value_tensor(from), fm_value_dtype(given->layout->dtype)};
        status = fm_call_uncounted(ctx, "astype", values, 2, &cast);
        from = cast;
    }
    if (status == FM_OK && e->mask) {
        fm_value rest = given ? fm_value_tensor(given) : fm_value_bool(false);
        fm_value values[3] = {fm_value_tensor(e->mask), fm_value_tensor(from), rest};
        status = fm_call_uncounted(ctx, "where", values, 3, &e->ready[o]);
    } else if (status == FM_OK) {
        fm_value values[2] = {fm_value_tensor(from),
                              fm_value_ints(fm_layout_shape(given->layout), given->layout->ndim)};
        status = fm_call_uncounted(ctx, "broadcast_to", values, 2, &e->ready[o]);
    }
    fm_tensor_release(cast);
    return status;
}

static fm_status write_into(fm_context *ctx, const fm_tensor *given, const fm_tensor *from) {
    fm_tensor *target = (fm_tensor *)(uintptr_t)given;
    fm_value values[1] = {fm_value_tensor(from)};
    fm_storage *held = fm_storage_retain(target->storage);
    bool tagged = target->layout->symmetry;
    fm_status status = fm_call_uncounted(ctx, "copy", values, 1, &target);
    if (!tagged && target->layout->symmetry) /* as NumPy's `out`, it stays what it was */
        fm_tensor_point(target, fm_storage_retain(target->storage),
                        fm_layout_retain(target->layout->plain), target->data);
    fm_storage_release(held);
    return status;
}

/* Writes the given tensors; where a later one fails the earlier ones get back what they had. */
static fm_status write_given(fm_context *ctx, extra_call *e) {
    int nout = e->call->row->nout;
    fm_status status = FM_OK;
    for (int o = 0; o + 1 < nout && status == FM_OK; o++) {
        fm_value values[1] = {fm_value_tensor(given_for(e, o))};
        if (given_for(e, o)) status = fm_call_uncounted(ctx, "copy", values, 1, &e->replaced[o]);
    }
    if (e->rest && status == FM_OK) status = write_into(ctx, given_for(e, 0), e->rest);
    int done = 0;
    for (; done < nout && status == FM_OK; done++)
        if (given_for(e, done)) status = write_into(ctx, target_for(e, done), e->ready[done]);
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

static bool is_alike(const fm_tensor *a, const fm_tensor *b) {
    const fm_layout *x = a->layout, *y = b->layout;
    return x->ndim == y->ndim &&
           !memcmp(fm_layout_shape(x), fm_layout_shape(y), (size_t)x->ndim * sizeof(int64_t));
}

/* Integer powers that the mask leaves out are not looked at: they may be negative. */
static fm_status spare_powers(fm_context *ctx, extra_call *e) {
    fm_bound_call *call = e->call;
    if (!e->mask || (strcmp(call->row->name, "power") != 0 && strcmp(call->row->name, "pow") != 0))
        return FM_OK;
    const fm_value power = call->values[1];
    if (power.kind != FM_VALUE_TENSOR || fm_dtype_kind(power.as.tensor->layout->dtype) != 'i')
        return FM_OK;
    fm_tensor *spared = NULL;
    fm_value values[] = {fm_value_tensor(e->mask), power, fm_value_bool(false)};
    FM_TRY(fm_call_uncounted(ctx, "where", values, 3, &spared));
    call->values[1] = fm_value_tensor(spared);
    FM_CHECK(fm_arena_keep(&call->arena, spared), &ctx->error, FM_ERR_MEMORY,
             "no memory for a call");
    return FM_OK;
}

/* A mean in integers is divided in the tensor given: where that is floating nothing is cut. */
static fm_status keep_fraction(fm_context *ctx, extra_call *e) {
    enum { MEAN_A, MEAN_DTYPE = 2 };
    fm_bound_call *call = e->call;
    const fm_tensor *given = given_for(e, 0);
    const fm_value a = call->values[MEAN_A], dtype = call->values[MEAN_DTYPE];
    if (!given || strcmp(call->row->name, "mean") != 0 || dtype.kind != FM_VALUE_DTYPE ||
        a.kind != FM_VALUE_TENSOR)
        return FM_OK;
    const char into = fm_dtype_kind(given->layout->dtype), in = fm_dtype_kind(dtype.as.dtype);
    if ((into != 'f' && into != 'c') || (in != 'i' && in != 'u')) return FM_OK;
    fm_tensor *whole = NULL;
    FM_TRY(fm_call_uncounted(ctx, "astype", (fm_value[]){a, dtype}, 2, &whole));
    call->values[MEAN_A] = fm_value_tensor(whole);
    call->values[MEAN_DTYPE] = (fm_value){.kind = FM_VALUE_NONE};
    FM_CHECK(fm_arena_keep(&call->arena, whole), &ctx->error, FM_ERR_MEMORY,
             "no memory for a call");
    return FM_OK;
}

static fm_status run_extras(fm_context *ctx, void *user) {
    extra_call *e = user;
    const fm_row *row = e->call->row;
    fm_tensor **slots[FM_MAX_OUT] = {NULL};
    for (int o = 0; o < row->nout; o++) slots[o] = &e->result[o];
    FM_TRY(spare_powers(ctx, e));
    FM_TRY(keep_fraction(ctx, e));
    FM_TRY(fm_corridor(ctx, row, e->call->values, slots));
    if (is_running(row) && given_for(e, 0) && !is_alike(given_for(e, 0), e->result[0]))
        FM_TRY(fm_running_place(ctx, e->call, given_for(e, 0), &e->result[0], &e->place, &e->rest));
    for (int o = 0; o < row->nout; o++)
        if (given_for(e, o) || e->mask) FM_TRY(make_ready(ctx, e, o));
    FM_TRY(write_given(ctx, e));
    return fill_slots(ctx, e);
}

fm_status fm_extras_ask(fm_context *ctx, fm_bound_call *call) {
    if (!call->extras.given) return FM_OK;
    take_dtype_of_out(call);
    if (call->extras.dtype) FM_TRY(cast_operands(ctx, call, true));
    return check_given(ctx, call);
}

fm_status fm_call_extras(fm_context *ctx, fm_bound_call *call, fm_tensor **outputs,
                         size_t noutputs) {
    const fm_extras *extras = &call->extras;
    const fm_row *row = call->row;
    extra_call e = {.call = call, .outputs = outputs, .noutputs = noutputs};
    fm_stand_in around = {run_extras, &e};
    fm_tensor **slots[FM_MAX_OUT] = {NULL}, *none[FM_MAX_OUT] = {NULL};
    if (extras->where.kind == FM_VALUE_TENSOR) e.mask = extras->where.as.tensor;
    take_dtype_of_out(call);
    if (extras->dtype) FM_TRY(cast_operands(ctx, call, false));
    FM_TRY(check_given(ctx, call));
    for (int o = 0; o < row->nout; o++) slots[o] = &none[o];
    fm_status status = fm_corridor_around(ctx, row, call->values, slots, &around);
    fm_tensor_release(e.place);
    fm_tensor_release(e.rest);
    for (int o = 0; o < row->nout; o++) {
        fm_tensor_release(e.result[o]);
        fm_tensor_release(e.ready[o]);
        fm_tensor_release(e.replaced[o]);
    }
    return status;
}
