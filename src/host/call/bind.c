/* Calls by name: arguments are matched with the row's parameters, checked, and sent down the
   corridor, or only as far as their cost. */
#include "call/corridor.h"
#include "call/bind.h"

#include <stdio.h>
#include <string.h>

static const char *const kind_names[] = {
    [FM_VALUE_UNSET] = "nothing",   [FM_VALUE_NONE] = "None",
    [FM_VALUE_TENSOR] = "a tensor", [FM_VALUE_TENSORS] = "a list of tensors",
    [FM_VALUE_BOOL] = "a bool",     [FM_VALUE_INT] = "an integer",
    [FM_VALUE_FLOAT] = "a float",   [FM_VALUE_COMPLEX] = "a complex number",
    [FM_VALUE_DTYPE] = "a dtype",   [FM_VALUE_INTS] = "a list of integers",
    [FM_VALUE_STRING] = "a string",
};

static void list_parameters(const fm_row *row, char *text, size_t size) {
    size_t used = 0;
    text[0] = 0;
    for (int p = 0; p < row->nparams && used < size; p++)
        used +=
            (size_t)snprintf(text + used, size - used, "%s%s", p ? ", " : "", row->params[p].name);
}

static fm_status find_parameter(const fm_row *row, const char *name, int *param, fm_error *error) {
    for (*param = 0; *param < row->nparams; (*param)++)
        if (!strcmp(row->params[*param].name, name)) return FM_OK;
    char known[256];
    list_parameters(row, known, sizeof known);
    return fm_fail_op(error, FM_ERR_NOT_FOUND, row->name, 0,
                      "no parameter is named '%s'; there are: %s", name, known);
}

/* Converts what a parameter takes in more than one spelling. False: it is not taken. */
static bool accept(const fm_param *param, fm_value *value) {
    unsigned takes = param->takes;
    if (takes >> value->kind & 1) return true;
    bool is_number = value->kind >= FM_VALUE_BOOL && value->kind <= FM_VALUE_COMPLEX;
    if (is_number && takes & FM_TAKES_TENSOR) return true;
    switch (value->kind) {
    case FM_VALUE_UNSET:
        return !(param->flags & FM_PARAM_REQUIRED);
    case FM_VALUE_BOOL:
    case FM_VALUE_INT:
        if (takes & FM_TAKES_FLOAT) {
            *value = fm_value_float((double)value->as.i);
            return true;
        }
        if (takes & FM_TAKES_INT) {
            value->kind = FM_VALUE_INT;
            return true;
        }
        if (takes & FM_TAKES_BOOL && (value->as.i == 0 || value->as.i == 1)) {
            value->kind = FM_VALUE_BOOL;
            return true;
        }
        return takes & FM_TAKES_INTS;
    case FM_VALUE_STRING:
        if (!(takes & FM_TAKES_DTYPE) || !fm_dtype_parse(value->as.string)) return false;
        *value = fm_value_dtype(fm_dtype_parse(value->as.string));
        return true;
    default:
        return false;
    }
}

static void describe(const fm_value *value, char *text, size_t size) {
    if (value->kind == FM_VALUE_STRING)
        snprintf(text, size, "'%.60s'", value->as.string);
    else if (value->kind == FM_VALUE_INT)
        snprintf(text, size, "%lld", (long long)value->as.i);
    else if (value->kind == FM_VALUE_FLOAT)
        snprintf(text, size, "%g", value->as.f);
    else
        snprintf(text, size, "%s", kind_names[value->kind]);
}

static void describe_taken(const fm_param *param, char *text, size_t size) {
    size_t used = 0;
    text[0] = 0;
    for (int kind = FM_VALUE_NONE; kind <= FM_VALUE_STRING && used < size; kind++)
        if (param->takes >> kind & 1)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? " or " : "",
                                     kind_names[kind]);
}

static fm_status check_value(const fm_row *row, int p, fm_bound_call *call, fm_error *error) {
    fm_value *value = &call->values[p];
    const fm_param *param = &row->params[p];
    if (value->kind == FM_VALUE_UNSET && param->flags & FM_PARAM_REQUIRED)
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1, "'%s' is missing", param->name);
    if (!accept(param, value)) {
        char given[80], taken[160];
        describe(value, given, sizeof given);
        describe_taken(param, taken, sizeof taken);
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1,
                          "'%s' takes %s, but %s was given", param->name, taken, given);
    }
    /* One integer where a list is taken: its storage is the call's. */
    if (value->kind == FM_VALUE_INT && param->takes & FM_TAKES_INTS &&
        !(param->takes & (FM_TAKES_INT | FM_TAKES_FLOAT | FM_TAKES_TENSOR))) {
        call->single[p] = value->as.i;
        *value = fm_value_ints(&call->single[p], 1);
    }
    return FM_OK;
}

fm_status fm_bind(const char *op, const fm_argument *arguments, size_t count, fm_bound_call *call,
                  fm_error *error) {
    memset(call, 0, sizeof *call);
    FM_CHECK(op, error, FM_ERR_NOT_FOUND, "an operation's name is missing");
    const fm_row *row = call->row = fm_row_find(op);
    FM_CHECK(row, error, FM_ERR_NOT_FOUND, "no operation is named '%.40s'", op);
    for (size_t i = 0; i < count; i++) {
        int p = (int)i;
        if (arguments[i].name)
            FM_TRY(find_parameter(row, arguments[i].name, &p, error));
        else if (i >= row->nparams)
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0,
                              "%zu arguments were given, but it takes %d", count, row->nparams);
        if (call->values[p].kind != FM_VALUE_UNSET)
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1, "'%s' was given twice",
                              row->params[p].name);
        call->values[p] = arguments[i].value;
    }
    for (int p = 0; p < row->nparams; p++) FM_TRY(check_value(row, p, call, error));
    return FM_OK;
}

fm_status fm_call(fm_context *ctx, const char *op, const fm_argument *arguments, size_t narguments,
                  fm_tensor **outputs, size_t noutputs) {
    fm_bound_call call;
    FM_TRY(fm_bind(op, arguments, narguments, &call, &ctx->error));
    if (noutputs > call.row->nout)
        return fm_fail_op(&ctx->error, FM_ERR_ARGUMENT, call.row->name, 0,
                          "%zu outputs are asked for, but it has %d", noutputs, call.row->nout);
    fm_tensor **slots[FM_MAX_OUT] = {NULL};
    for (size_t o = 0; o < noutputs; o++) slots[o] = &outputs[o];
    return fm_corridor(ctx, call.row, call.values, slots);
}

static fm_status answer_parts(fm_context *ctx, const fm_row *row, const fm_work *work,
                              fm_cost_answer *answer) {
    fm_work_report report;
    if (fm_cost_apply(ctx->model, ctx->weights, 1.0, work, &answer->flops, &report) != FM_OK)
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

fm_status fm_call_cost(fm_context *ctx, const char *op, const fm_argument *arguments,
                       size_t narguments, fm_cost_answer *answer) {
    fm_bound_call call;
    fm_resolved r;
    fm_work work;
    fm_value filled[FM_MAX_PARAMS];
    memset(answer, 0, sizeof *answer);
    FM_TRY(fm_bind(op, arguments, narguments, &call, &ctx->error));
    fm_bound_fill(call.row, call.values, filled);
    fm_bound bound = {call.row, filled, UINT32_MAX};
    FM_TRY(fm_resolve(ctx, &bound, &r, &work));
    FM_TRY(answer_parts(ctx, call.row, &work, answer));
    for (int o = 0; o < r.nout; o++) {
        if (r.out[o].dtype == FM_DTYPE_NONE) continue;
        int at = answer->noutputs++;
        answer->output[at].dtype = r.out[o].dtype;
        answer->output[at].ndim = r.out[o].ndim;
        memcpy(answer->output[at].shape, r.out[o].shape, sizeof r.out[o].shape);
    }
    return FM_OK;
}
