/* Operations by name, by the corridor that `flopmeter call` takes. */
#include "wire/wire.h"

#include <stdio.h>
#include <string.h>

/* Calls it and writes its result. */
static bool call(wire_request *r, const char *op, call_arguments given) {
    fm_reply *reply;
    fm_op_info info;
    fm_context *ctx = r->session->ctx;
    if (fm_call_reply(ctx, op, given.at, given.count, &reply) != FM_OK)
        return wire_fail_context(r);
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

bool wire_operation(wire_request *r) {
    call_arguments given;
    return wire_arguments(r, 0, &given) && call(r, r->op, given);
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

/* flopscope's server runs these and no others. */
static bool is_method(const char *method) {
    static const char *const methods[] = {
        "uniform",     "standard_normal", "normal",   "integers", "random",
        "standard_exponential", "exponential", "poisson", "binomial", "beta",
        "gamma",       "choice",          "permutation",
    };
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (!strcmp(methods[i], method)) return true;
    return false;
}

/* The generator that the first argument names; it draws, and goes on from there. */
static bool draw(wire_request *r, const char *method) {
    fm_value first = {0};
    fm_reply *reply;
    fm_op_info info;
    call_arguments given;
    char name[64];
    if (!r->args || r->args->kind != WIRE_LIST || r->args->count == 0)
        return wire_fail(r, "FlopscopeServerError",
                         "internal server error: IndexError: list index out of range");
    if (!wire_value(r, &r->args->as.items[0], &first)) return false;
    if (first.kind != FM_VALUE_GENERATOR)
        return wire_fail(r, "FlopscopeServerError",
                         "internal server error: AttributeError: the first argument of "
                         "Generator.%s is no generator",
                         method);
    if (!wire_arguments(r, 1, &given)) return false;
    fm_generator *generator = (fm_generator *)(uintptr_t)first.as.generator;
    if (fm_generator_call(r->session->ctx, generator, method, given.at, given.count, &reply) !=
        FM_OK)
        return wire_fail_context(r);
    snprintf(name, sizeof name, "random.Generator.%.40s", method);
    const fm_value *value = fm_reply_value(reply);
    enum call_form form = CALL_ARRAY;
    if (!call_is_given(given, value) && fm_op_info_find(name, &info) == FM_OK)
        form = call_form_of(&info, given);
    bool done = wire_put_result(r, value, form);
    fm_reply_release(reply);
    return done;
}

bool wire_generator_method(wire_request *r, const char *method) {
    if (!is_method(method))
        return wire_fail(r, "UnsupportedFunctionError",
                         "Generator.%.60s is not supported by the flopscope server", method);
    return draw(r, method);
}
