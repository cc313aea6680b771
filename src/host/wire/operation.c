/* Operations by name, by the corridor that `flopmeter call` takes. */
#include "wire/wire.h"

#include <stdio.h>
#include <string.h>

/* Names that flopscope's registry lists and its package does not have. */
static bool check_provided(wire_request *r) {
    if (fm_context_error(r->session->ctx)->status != FM_ERR_NOT_FOUND) return true;
    static const char *const provided[] = {"base_repr",  "binary_repr", "fromfile", "fromregex",
                                           "fromstring", "geterr",      "isnat",    "seterr"};
    fm_op_info info;
    fm_blocked_info blocked;
    if (fm_op_info_find(r->op, &info) == FM_OK) return true;
    for (size_t i = 0; i < sizeof provided / sizeof *provided; i++)
        if (!strcmp(provided[i], r->op)) return true;
    for (int i = 0; fm_blocked_info_at(i, &blocked) == FM_OK; i++)
        if (!strcmp(blocked.name, r->op))
            return wire_fail(r, "FlopscopeServerError",
                             "internal server error: AttributeError: flopscope does not provide "
                             "'%s'",
                             r->op);
    return true;
}

bool wire_settle(wire_request *r, fm_reply *reply) {
    if (fm_synchronize(r->session->ctx) == FM_OK) return true;
    fm_reply_release(reply);
    return wire_fail_context(r);
}

/* Calls it and writes its result. */
static bool call(wire_request *r, const char *op, call_arguments given) {
    fm_reply *reply;
    fm_op_info info;
    fm_context *ctx = r->session->ctx;
    if (fm_call_reply(ctx, op, given.at, given.count, &reply) != FM_OK)
        return check_provided(r) && wire_fail_context(r);
    if (!wire_settle(r, reply)) return false;
    const fm_value *value = fm_reply_value(reply);
    enum call_form form = CALL_ARRAY;
    bool array = value->kind == FM_VALUE_TENSOR && fm_tensor_ndim(value->as.tensor) > 0 &&
                 strcmp(op, "random.bytes") != 0;
    if (!array && !call_is_given(given, value) && fm_op_info_find(op, &info) == FM_OK)
        form = call_form_of(&info, given);
    bool done = wire_put_result(r, value, form);
    fm_reply_release(reply);
    return done;
}

/* Axes that NumPy takes as a tuple and never as a list. The client's tuples arrive as lists. */
static bool takes_no_list(const char *op) {
    static const char *const names[] = {
        "all",     "amax",          "amin",
        "any",     "count_nonzero", "cumprod",
        "cumsum",  "linalg.norm",   "linalg.vector_norm",
        "max",     "mean",          "min",
        "nanmax",  "nanmean",       "nanmin",
        "nanprod", "nanstd",        "nansum",
        "nanvar",  "prod",          "ptp",
        "squeeze", "std",           "sum",
        "var",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], op)) return true;
    return false;
}

static bool check_axis(wire_request *r, call_arguments given) {
    fm_op_info info;
    bool list = false;
    for (size_t i = 1; i < given.count; i++) list |= given.at[i].value.kind == FM_VALUE_LIST;
    if (!list || !takes_no_list(r->op) || fm_op_info_find(r->op, &info) != FM_OK) return true;
    for (int p = 0; p < info.nparams; p++) {
        if (strcmp(info.param[p], "axis") != 0) continue;
        int at = call_argument_of(&info, given, p);
        if (at >= 0 && given.at[at].value.kind == FM_VALUE_LIST)
            return wire_fail(r, "TypeError", "'list' object cannot be interpreted as an integer");
    }
    return true;
}

bool wire_operation(wire_request *r) {
    call_arguments given;
    return wire_arguments(r, 0, &given) && check_axis(r, given) && call(r, r->op, given);
}

/* A method of arrays: always a copy, never charged, and without a dtype to float64. */
bool wire_astype(wire_request *r) {
    fm_argument given[2] = {{0}};
    const wire_node *dtype = wire_member(r->kwargs, "dtype");
    if (!r->args || r->args->kind != WIRE_LIST || r->args->count == 0)
        return wire_fail(r, "FlopscopeServerError",
                         "internal server error: IndexError: list index out of range");
    if (r->args->count > 1) dtype = &r->args->as.items[1];
    if (!wire_value(r, &r->args->as.items[0], &given[0].value)) return false;
    if (given[0].value.kind != FM_VALUE_TENSOR)
        return wire_fail(r, "FlopscopeServerError",
                         "internal server error: AttributeError: the first argument of astype is "
                         "no array");
    given[1].value = (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = FM_FLOAT64};
    if (dtype && dtype->kind != WIRE_NIL) {
        if (dtype->kind != WIRE_TEXT && dtype->kind != WIRE_BYTES)
            return wire_fail(r, "TypeError", "a dtype is a text");
        const char *name = wire_text(r, dtype);
        if (!name) return false;
        fm_dtype to = fm_dtype_parse(name);
        if (to == FM_DTYPE_NONE || to == FM_BFLOAT16)
            return wire_fail(r, "TypeError", "data type '%.60s' not understood", name);
        given[1].value.as.dtype = to;
    }
    return call(r, "astype", (call_arguments){given, 2, 2});
}
