/* Running programs: inner calls down the corridor, uncounted; results into the caller's slots. */
#include "call/program.h"
#include "call/coerce.h"
#include "call/reply.h"
#include "call/symmetry.h"
#include "core/alloc.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static fm_tensor *mutable(const fm_tensor *tensor) {
    return (fm_tensor *)(uintptr_t)tensor;
}

/* One integer where a list is taken, as calls by name convert it. */
static void widen_integers(const fm_row *row, int n, fm_value *values, int64_t *single) {
    for (int i = 0; i < n; i++) {
        uint32_t takes = row->params[i].takes;
        if (values[i].kind != FM_VALUE_INT || !(takes & FM_TAKES_INTS) ||
            takes & (FM_TAKES_INT | FM_TAKES_FLOAT | FM_TAKES_TENSOR))
            continue;
        single[i] = values[i].as.i;
        values[i] = (fm_value){.kind = FM_VALUE_INTS, .count = 1, .as.ints = &single[i]};
    }
}

static void inner_call(fm_program *p, const fm_row *row, const fm_value *values, int nvalues,
                       fm_tensor **const *slots) {
    fm_value full[FM_MAX_PARAMS];
    int64_t single[FM_MAX_PARAMS];
    FM_ASSERT(row && nvalues <= row->nparams);
    memcpy(full, values, (size_t)nvalues * sizeof *full);
    for (int i = nvalues; i < row->nparams; i++) full[i].kind = FM_VALUE_UNSET;
    widen_integers(row, nvalues, full, single);
    p->status = fm_corridor(p->ctx, row, full, slots);
}

static bool hold(fm_program *p, fm_tensor *tensor) {
    if (fm_arena_keep(&p->held, tensor)) return true;
    fm_program_fail(p, FM_ERR_MEMORY, 0, "no memory for its intermediate results");
    return false;
}

void fm_do_all(fm_program *p, const fm_row *row, const fm_value *values, int nvalues,
               fm_tensor **outs, int nouts) {
    fm_tensor **slots[FM_MAX_OUT] = {NULL};
    for (int o = 0; o < nouts; o++) {
        outs[o] = NULL;
        slots[o] = &outs[o];
    }
    if (p->status != FM_OK) return;
    inner_call(p, row, values, nvalues, slots);
    for (int o = 0; o < nouts; o++)
        if (outs[o] && !hold(p, outs[o])) outs[o] = NULL;
}

fm_tensor *fm_do(fm_program *p, const fm_row *row, const fm_value *values, int nvalues) {
    fm_tensor *out;
    fm_do_all(p, row, values, nvalues, &out, 1);
    return p->status == FM_OK ? out : NULL;
}

/* A second reference to the storage makes the corridor write where the elements are. */
void fm_do_into(fm_program *p, const fm_tensor *target, const fm_row *row, const fm_value *values,
                int nvalues) {
    if (p->status != FM_OK) return;
    fm_tensor *tensor = mutable(target);
    fm_tensor **slots[FM_MAX_OUT] = {&tensor};
    fm_storage *storage = fm_storage_retain(tensor->storage);
    inner_call(p, row, values, nvalues, slots);
    fm_storage_release(storage);
}

const struct fm_cost_model *fm_program_model(const fm_program *p) {
    return p->ctx->model;
}

static fm_tensor *call_function(fm_program *p, const fm_function *function, const fm_value *inputs,
                                int ninputs) {
    const fm_tensor *given[FM_MAX_PARAMS];
    fm_tensor *out = NULL;
    for (int i = 0; i < ninputs; i++) given[i] = fm_program_as_tensor(p, &inputs[i]);
    if (p->status != FM_OK) return NULL;
    p->status = function->call(p->ctx, function->user, given, ninputs, &out);
    if (p->status == FM_OK && !out)
        fm_program_fail(p, FM_ERR_ARGUMENT, 0, "the function gave no tensor");
    if (p->status != FM_OK && p->error->status == FM_OK)
        fm_program_fail(p, p->status, 0, "the function failed with %s", fm_status_name(p->status));
    return out && hold(p, out) ? out : NULL;
}

fm_tensor *fm_do_function(fm_program *p, const fm_value *function, const fm_value *inputs,
                          int ninputs) {
    if (p->status != FM_OK) return NULL;
    if (function->kind == FM_VALUE_FUNCTION)
        return call_function(p, function->as.function, inputs, ninputs);
    const fm_row *row = function->kind == FM_VALUE_STRING ? fm_row_find(function->as.string) : NULL;
    if (row && row->nout == 1 && ninputs <= row->nparams) return fm_do(p, row, inputs, ninputs);
    fm_program_fail(p, FM_ERR_NOT_FOUND, 0,
                    "no operation of %d inputs and one output is named '%s'", ninputs,
                    function->kind == FM_VALUE_STRING ? function->as.string : "");
    return NULL;
}

bool fm_program_supports(const fm_program *p, const char *name, fm_dtype compute) {
    const fm_row *row = fm_row_find(name);
    return row && p->ctx->api->supports(row->family, row->op, compute);
}

static const fm_tensor *from_scalar(fm_program *p, fm_scalar value) {
    uint8_t flag = value.value.i != 0;
    const void *data = value.dtype == FM_BOOL ? (const void *)&flag : (const void *)&value.value;
    return fm_program_from(p, value.dtype, 0, NULL, data);
}

static const fm_tensor *from_list(fm_program *p, const fm_value *value) {
    const fm_tensor *tensor;
    p->status = fm_coerce_array(p->ctx, value, &p->held, &tensor, p->error);
    return p->status == FM_OK ? tensor : NULL;
}

const fm_tensor *fm_program_as_tensor(fm_program *p, const fm_value *value) {
    if (p->status != FM_OK) return NULL;
    switch (value->kind) {
    case FM_VALUE_TENSOR:
        if (!(value->as.tensor->layout->flags & FM_LAYOUT_WEAK)) return value->as.tensor;
        return from_scalar(p, value->as.tensor->scalar);
    case FM_VALUE_BOOL:
    case FM_VALUE_INT:
    case FM_VALUE_FLOAT:
    case FM_VALUE_COMPLEX:
        return from_scalar(p, fm_value_number(value));
    case FM_VALUE_INTS:
    case FM_VALUE_LIST:
    case FM_VALUE_TUPLE:
        return from_list(p, value);
    default:
        return NULL;
    }
}

const fm_tensor *fm_program_tensor(fm_program *p, int param) {
    return fm_program_as_tensor(p, &p->values[param]);
}

void fm_program_hold(fm_program *p, fm_tensor *tensor) {
    (void)hold(p, tensor);
}

void fm_program_drop(fm_program *p, const fm_tensor *tensor) {
    if (tensor) fm_arena_drop(&p->held, tensor);
}

fm_tensor *fm_program_new(fm_program *p, fm_dtype dtype, int ndim, const int64_t *shape) {
    fm_tensor *tensor;
    if (p->status != FM_OK) return NULL;
    p->status = fm_tensor_create(p->ctx, dtype, ndim, shape, &tensor);
    return p->status == FM_OK && hold(p, tensor) ? tensor : NULL;
}

fm_tensor *fm_program_from(fm_program *p, fm_dtype dtype, int ndim, const int64_t *shape,
                           const void *data) {
    fm_tensor *tensor;
    if (p->status != FM_OK) return NULL;
    p->status = fm_tensor_from_host(p->ctx, dtype, ndim, shape, data, &tensor);
    return p->status == FM_OK && hold(p, tensor) ? tensor : NULL;
}

bool fm_program_has_graphs(const fm_program *p) {
    return p->ctx->api->graph_watch != NULL;
}

bool fm_program_captured(const fm_program *p) {
    const fm_context *ctx = p->ctx;
    return ctx->api->asynchronous && ctx->api->capturing(ctx->dev, ctx->stream);
}

/* Values cannot be read while the stream only notes what it is to do. */
static bool may_read(fm_program *p) {
    if (p->status != FM_OK) return false;
    if (!fm_program_captured(p)) return true;
    fm_program_fail(p, FM_ERR_STATE, 0,
                    "its result depends on values, which cannot be read during stream capture");
    return false;
}

bool fm_program_watch_range(fm_program *p, const fm_tensor *tensor, int64_t low, int64_t high,
                            fm_status status, const char *exception, int argument,
                            const char *text) {
    fm_context *ctx = p->ctx;
    if (p->status != FM_OK) return true;
    if (!fm_program_has_graphs(p) || !fm_program_captured(p)) return false;
    const char *name = p->row->name;
    const fm_watch found = {low,       high, status, argument,
                            exception, name, text,   ctx->calling ? ctx->calling : name};
    if (!fm_tensor_is_contiguous(tensor)) tensor = FM_DO(p, "copy", V_T(tensor));
    if (p->status == FM_OK && tensor->layout->size > 0)
        p->status =
            ctx->api->graph_watch(ctx->dev, ctx->stream, tensor->data, tensor->layout->dtype,
                                  tensor->layout->size, &found, p->error);
    return true;
}

bool fm_program_watch(fm_program *p, const fm_tensor *wrong, fm_status status,
                      const char *exception, int argument, const char *text) {
    return fm_program_watch_range(p, wrong, 0, 0, status, exception, argument, text);
}

void fm_program_read(fm_program *p, const fm_tensor *tensor, void *data) {
    if (!may_read(p)) return;
    p->status = fm_tensor_to_host(p->ctx, tensor, data, fm_tensor_nbytes(tensor));
}

bool fm_program_is_host(const fm_program *p) {
    return !p->ctx->api->asynchronous;
}

static fm_scalar item(fm_program *p, const fm_tensor *tensor) {
    fm_scalar value = {FM_INT64, {0}};
    if (may_read(p)) p->status = fm_tensor_item(p->ctx, tensor, &value);
    return value;
}

int64_t fm_program_int(fm_program *p, const fm_tensor *tensor) {
    fm_scalar value = item(p, tensor);
    char kind = fm_dtype_kind(value.dtype);
    return kind == 'f' || kind == 'c' ? (int64_t)value.value.f : value.value.i;
}

double fm_program_float(fm_program *p, const fm_tensor *tensor) {
    fm_scalar value = item(p, tensor);
    char kind = fm_dtype_kind(value.dtype);
    if (kind == 'u') return (double)(uint64_t)value.value.i;
    return kind == 'f' || kind == 'c' ? value.value.f : (double)value.value.i;
}

const int64_t *fm_program_ints(fm_program *p, const fm_tensor *tensor) {
    if (p->status != FM_OK) return NULL;
    if (tensor->layout->dtype != FM_INT64) tensor = FM_DO(p, "astype", V_T(tensor), V_D(FM_INT64));
    int64_t *ints = tensor ? fm_program_memory(p, fm_tensor_nbytes(tensor)) : NULL;
    if (ints) fm_program_read(p, tensor, ints);
    return p->status == FM_OK ? ints : NULL;
}

void *fm_program_memory(fm_program *p, size_t size) {
    if (p->status != FM_OK) return NULL;
    void *block = fm_arena_get(&p->held, size ? size : 1);
    if (!block) fm_program_fail(p, FM_ERR_MEMORY, 0, "no memory for %zu bytes", size);
    return block;
}

void fm_program_return(fm_program *p, int o, const fm_tensor *tensor) {
    if (p->status == FM_OK) p->result[o] = tensor;
}

void fm_program_reply(fm_program *p, fm_value value) {
    if (p->status != FM_OK || !p->reply) return;
    p->status = fm_reply_set(p->reply, &value, p->error);
    if (p->status == FM_OK)
        p->status =
            fm_reply_tag(p->ctx, &p->reply->held, &p->reply->value, p->symmetry, p->nsymmetries);
}

static fm_status fail_with(fm_program *p, fm_status status, const char *exception, int argument,
                           const char *format, va_list arguments) {
    char text[400];
    vsnprintf(text, sizeof text, format, arguments);
    p->status = fm_fail_op(p->error, status, p->row->name, argument, "%s", text);
    if (exception) p->error->exception = exception;
    return status;
}

fm_status fm_program_fail(fm_program *p, fm_status status, int argument, const char *format, ...) {
    if (p->status != FM_OK) return p->status;
    va_list arguments;
    va_start(arguments, format);
    fail_with(p, status, NULL, argument, format, arguments);
    va_end(arguments);
    return status;
}

fm_status fm_program_raise(fm_program *p, fm_status status, const char *exception, int argument,
                           const char *format, ...) {
    if (p->status != FM_OK) return p->status;
    va_list arguments;
    va_start(arguments, format);
    fail_with(p, status, exception, argument, format, arguments);
    va_end(arguments);
    return status;
}

/* A slot's tensor in memory that is shared or the caller's takes only what fits it exactly. */
static fm_status check_fit(fm_program *p, int o, const fm_tensor *slot) {
    const fm_layout *have = slot->layout, *want = p->result[o]->layout;
    fm_device there = slot->memory->device, here = p->ctx->memory->device;
    char a[160], b[160];
    if (there.kind != here.kind || there.index != here.index)
        return fm_program_fail(p, FM_ERR_DEVICE, 0, "output %d is on %s, but the context is on %s",
                               o + 1, fm_device_format(there, a, sizeof a),
                               fm_device_format(here, b, sizeof b));
    if (fm_owns_storage(slot)) return FM_OK;
    if (slot->storage && slot->storage->flags & FM_STORAGE_READ_ONLY)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 0,
                               "output %d is in memory that its owner lends for reading only",
                               o + 1);
    if (have->flags & FM_LAYOUT_OVERLAPS)
        return fm_program_fail(
            p, FM_ERR_ARGUMENT, 0,
            "output %d has elements that share memory, as broadcast_to makes them", o + 1);
    if (slot->storage && have->dtype == want->dtype && have->ndim == want->ndim &&
        !memcmp(have->dims, want->dims, (size_t)want->ndim * sizeof *want->dims))
        return FM_OK;
    return fm_program_fail(p, FM_ERR_SHAPE, 0,
                           "output %d is %s %s in memory that is shared or the caller's, but the "
                           "result is %s %s",
                           o + 1, fm_dtype_name(have->dtype),
                           fm_shape_format(have->ndim, fm_layout_shape(have), a, sizeof a),
                           fm_dtype_name(want->dtype),
                           fm_shape_format(want->ndim, fm_layout_shape(want), b, sizeof b));
}

/* A handle of the caller's own: the program's, where nobody else has it, else another one. */
static void give(fm_program *p, fm_tensor **slot, const fm_tensor *result) {
    bool held = false;
    for (uint32_t i = 0; i < p->held.ntensors && !held; i++) held = p->held.tensors[i] == result;
    if (held && atomic_load(&result->refs) == 1) {
        *slot = fm_tensor_retain(mutable(result));
        return;
    }
    fm_tensor *handle;
    p->status = fm_handle_get(p->ctx->memory, &handle, p->error);
    if (p->status != FM_OK) return;
    fm_tensor_point(handle, fm_storage_retain(result->storage), fm_layout_retain(result->layout),
                    result->data);
    *slot = handle;
}

static void commit(fm_program *p, fm_tensor **const *slots) {
    fm_tensor *fresh[FM_MAX_OUT] = {NULL};
    for (int o = 0; o < p->row->nout; o++) {
        if (!slots || !slots[o] || !p->result[o] || p->status != FM_OK) continue;
        p->status = fm_tensor_tagged(p->ctx, &p->held, p->result[o],
                                     fm_symmetry_at(p->symmetry, p->nsymmetries, o), &p->result[o]);
        if (p->status != FM_OK) continue;
        if (*slots[o])
            check_fit(p, o, *slots[o]);
        else
            give(p, &fresh[o], p->result[o]);
    }
    for (int o = 0; o < p->row->nout; o++) {
        if (p->status != FM_OK) fm_tensor_release(fresh[o]);
        if (p->status != FM_OK || !slots || !slots[o] || !p->result[o]) continue;
        if (fresh[o])
            *slots[o] = fresh[o];
        else if (fm_owns_storage(*slots[o]))
            fm_tensor_take(*slots[o], p->result[o]);
        else if (*slots[o] != p->result[o])
            FM_DO_INTO(p, *slots[o], "copy", V_T(p->result[o]));
    }
}

/* A failure inside is told as the operation's that was called. */
static void name_failure(fm_program *p) {
    fm_error *error = p->error;
    if (!strncmp(error->op, p->row->name, sizeof error->op)) return;
    char text[sizeof error->message];
    snprintf(text, sizeof text, "%s", error->message);
    snprintf(error->message, sizeof error->message, "%s: in %.400s", p->row->name, text);
    snprintf(error->op, sizeof error->op, "%s", p->row->name);
    error->argument = 0;
}

static void begin(fm_program *p, fm_context *ctx, const fm_row *row, const fm_value *values) {
    p->ctx = ctx;
    p->row = row;
    p->values = values;
    p->status = FM_OK;
    p->error = &ctx->error;
    memset(&p->held, 0, offsetof(fm_arena, few));
    memset(p->result, 0, sizeof p->result);
    p->reply = NULL;
    p->probed = NULL;
    p->wanted = 0;
    p->symmetry = NULL;
    p->nsymmetries = 0;
}

fm_status fm_program_run(const fm_passage *passage, struct fm_reply *reply) {
    fm_context *ctx = passage->ctx;
    fm_plan *plan = (fm_plan *)(uintptr_t)passage->plan;
    const fm_row *row = plan->row;
    fm_value filled[FM_MAX_PARAMS];
    fm_program p;
    bool uncounted = ctx->uncounted;
    uint64_t offset = ctx->offset;
    fm_bound_fill(row, passage->values, filled);
    begin(&p, ctx, row, filled);
    p.probed = passage->probed;
    p.wanted = plan->wanted;
    p.symmetry = plan->symmetry;
    p.nsymmetries = plan->nsymmetries;
    p.reply = reply;
    const char *calling = ctx->calling;
    plan->pins++;
    ctx->uncounted = true;
    if (!calling) ctx->calling = row->name;
    fm_error_clear(p.error);
    fm_status status = row->run(&p);
    if (p.status == FM_OK) p.status = status;
    if (p.status == FM_OK) commit(&p, passage->slots);
    ctx->uncounted = uncounted;
    ctx->calling = calling;
    plan->pins--;
    if (p.status != FM_OK) {
        name_failure(&p);
        ctx->offset = offset;
    }
    fm_arena_clear(&p.held);
    return p.status;
}

fm_status fm_program_probe(fm_context *ctx, const fm_row *row, const fm_value *values,
                           int64_t probed[FM_PROBED]) {
    fm_value filled[FM_MAX_PARAMS];
    fm_program p;
    bool uncounted = ctx->uncounted;
    memset(probed, 0, FM_PROBED * sizeof *probed);
    fm_bound_fill(row, values, filled);
    begin(&p, ctx, row, filled);
    ctx->uncounted = true;
    fm_error_clear(p.error);
    fm_status status = row->probe(&p, probed);
    if (p.status == FM_OK) p.status = status;
    ctx->uncounted = uncounted;
    if (p.status != FM_OK) name_failure(&p);
    fm_arena_clear(&p.held);
    return p.status;
}
