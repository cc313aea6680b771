/* Failures by the names that the client maps to exceptions. */
#include "meter/flops.h"
#include "wire/wire.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool wire_fail(wire_request *r, const char *type, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(r->failure.message, sizeof r->failure.message, format, arguments);
    va_end(arguments);
    r->failure.type = type;
    return false;
}

bool wire_no_memory(wire_request *r) {
    return wire_fail(r, "FlopscopeServerError",
                     "internal server error: MemoryError: there is no memory for the request");
}

/* Whether flopscope's server passes the class on under its own name: its own errors, KeyError, and
   ValueError and TypeError with those that derive from them. */
static bool passes(const char *exception) {
    static const char *const names[] = {
        "BudgetExhaustedError",
        "NoBudgetContextError",
        "SymmetryError",
        "UnsupportedFunctionError",
        "UnsupportedReturnType",
        "TimeExhaustedError",
        "ValueError",
        "TypeError",
        "KeyError",
        "LinAlgError",
        "AxisError",
        "UFuncTypeError",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], exception)) return true;
    return false;
}

bool wire_fail_context(wire_request *r) {
    const fm_error *error = fm_context_error(r->session->ctx);
    const char *exception = error->exception ? error->exception : "RuntimeError";
    if (error->status == FM_ERR_BUDGET) {
        char needed[FM_FLOPS_TEXT], remaining[FM_FLOPS_TEXT];
        fm_flops_format(error->needed, needed);
        fm_flops_format(error->remaining, remaining);
        return wire_fail(r, exception,
                         "%s would cost %s FLOPs but only %s remain. See: "
                         "https://aicrowd.github.io/flopscope/docs/guides/budget-planning",
                         error->op, needed, remaining);
    }
    if (passes(exception)) return wire_fail(r, exception, "%s", error->message);
    return wire_fail(r, "FlopscopeServerError", "internal server error: %s: %s", exception,
                     error->message);
}
