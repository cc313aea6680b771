/* Methods of generators, which live in the server as {"__gen__": "g0"}. */
#include "wire/wire.h"

#include <stdio.h>
#include <string.h>

/* flopscope's server runs these and no others. */
static bool is_method(const char *method) {
    static const char *const methods[] = {
        "uniform",     "standard_normal", "normal",   "integers", "random", "standard_exponential",
        "exponential", "poisson",         "binomial", "beta",     "gamma",  "choice",
        "permutation",
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
    if (!wire_settle(r, reply)) return false;
    snprintf(name, sizeof name, "random.Generator.%.40s", method);
    const fm_value *value = fm_reply_value(reply);
    enum call_form form = CALL_ARRAY;
    if (!call_is_given(given, value) && fm_op_info_find(name, &info) == FM_OK)
        form = call_form_of(&info, given);
    bool done = wire_put_result(r, value, form);
    fm_reply_release(reply);
    return done;
}

bool wire_generator_any(wire_request *r, const char *method) {
    if (!r->args || r->args->kind != WIRE_LIST || r->args->count == 0)
        return wire_fail(r, "TypeError", "random.Generator.%.60s: 'self' is missing", method);
    if (!strcmp(method, "bit_generator"))
        return wire_fail(r, "TypeError", "random.Generator.bit_generator is no function");
    return draw(r, method);
}

/* There is no RandomState on the wire, so the first argument is never one. */
bool wire_legacy_method(wire_request *r, const char *method) {
    if (!r->args || r->args->kind != WIRE_LIST || r->args->count == 0)
        return wire_fail(r, "TypeError", "random.RandomState.%.60s: 'self' is missing", method);
    return wire_fail(r, "FlopscopeServerError",
                     "internal server error: AttributeError: the first argument of "
                     "random.RandomState.%.60s is no RandomState",
                     method);
}

bool wire_generator_method(wire_request *r, const char *method) {
    if (!is_method(method))
        return wire_fail(r, "UnsupportedFunctionError",
                         "Generator.%.60s is not supported by the flopscope server", method);
    return draw(r, method);
}
