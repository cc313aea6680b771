/* Filling fm_error: one line that names the operation, the argument and both values. */
#include "core/detail.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* The last column: the class NumPy raises, or flopscope, or Python. */
static const struct {
    const char *name, *text, *exception;
} statuses[FM_STATUS_COUNT] = {
    [FM_OK] = {"FM_OK", "no error", NULL},
    [FM_ERR_ARGUMENT] = {"FM_ERR_ARGUMENT", "invalid argument", "ValueError"},
    [FM_ERR_SHAPE] = {"FM_ERR_SHAPE", "shapes do not fit", "ValueError"},
    [FM_ERR_DTYPE] = {"FM_ERR_DTYPE", "element type not accepted", "TypeError"},
    [FM_ERR_BUDGET] = {"FM_ERR_BUDGET", "FLOP budget exhausted", "BudgetExhaustedError"},
    [FM_ERR_TIME] = {"FM_ERR_TIME", "time limit exceeded", "TimeExhaustedError"},
    [FM_ERR_OVERFLOW] = {"FM_ERR_OVERFLOW", "number past 64 bits", "OverflowError"},
    [FM_ERR_MEMORY] = {"FM_ERR_MEMORY", "out of memory", "MemoryError"},
    [FM_ERR_DEVICE] = {"FM_ERR_DEVICE", "device error", "RuntimeError"},
    [FM_ERR_UNSUPPORTED] = {"FM_ERR_UNSUPPORTED", "not available on this device", "TypeError"},
    [FM_ERR_STATE] = {"FM_ERR_STATE", "call out of order", "RuntimeError"},
    [FM_ERR_IO] = {"FM_ERR_IO", "input or output failed", "OSError"},
    [FM_ERR_FORMAT] = {"FM_ERR_FORMAT", "malformed data", "ValueError"},
    [FM_ERR_NOT_FOUND] = {"FM_ERR_NOT_FOUND", "unknown name", "UnsupportedFunctionError"},
    [FM_ERR_NUMERIC] = {"FM_ERR_NUMERIC", "numerical failure", "LinAlgError"},
    [FM_ERR_INTERRUPTED] = {"FM_ERR_INTERRUPTED", "interrupted", "KeyboardInterrupt"},
};

const char *fm_status_name(fm_status status) {
    return (unsigned)status < FM_STATUS_COUNT ? statuses[status].name : "FM_ERR_UNKNOWN";
}

const char *fm_status_text(fm_status status) {
    return (unsigned)status < FM_STATUS_COUNT ? statuses[status].text : "unknown status";
}

/* Of the texts the first byte alone, as this is done before every program. */
void fm_error_clear(fm_error *error) {
    if (!error) return;
    memset(error, 0, offsetof(fm_error, op));
    error->op[0] = error->message[0] = 0;
}

/* A message is one line, whatever names from files and callers hold. */
static void keep_to_one_line(char *message) {
    for (char *c = message; *c; c++)
        if ((unsigned char)*c < ' ') *c = '?';
}

fm_status fm_fail(fm_error *error, fm_status status, const char *format, ...) {
    if (!error) return status;
    fm_error_clear(error);
    error->status = status;
    error->exception = (unsigned)status < FM_STATUS_COUNT ? statuses[status].exception : NULL;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    keep_to_one_line(error->message);
    return status;
}

fm_status fm_fail_as(fm_error *error, const char *exception, fm_status status) {
    if (error) error->exception = exception;
    return status;
}

fm_status fm_fail_op(fm_error *error, fm_status status, const char *op, int argument,
                     const char *format, ...) {
    if (!error) return status;
    fm_error_clear(error);
    error->status = status;
    error->exception = (unsigned)status < FM_STATUS_COUNT ? statuses[status].exception : NULL;
    error->argument = argument;
    snprintf(error->op, sizeof error->op, "%s", op);
    int used = argument ? snprintf(error->message, sizeof error->message, "%s: argument %d: ", op,
                                   argument)
                        : snprintf(error->message, sizeof error->message, "%s: ", op);
    if (used < 0 || (size_t)used >= sizeof error->message) return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message + used, sizeof error->message - (size_t)used, format, arguments);
    va_end(arguments);
    keep_to_one_line(error->message);
    return status;
}

const char *fm_shape_format(int ndim, const int64_t *shape, char *buffer, size_t size) {
    size_t used = (size_t)snprintf(buffer, size, "(");
    for (int d = 0; d < ndim && used < size; d++) {
        if (size - used < 28) {
            snprintf(buffer + used, size - used, "...)");
            return buffer;
        }
        used += (size_t)snprintf(buffer + used, size - used, "%s%lld", d ? ", " : "",
                                 (long long)shape[d]);
    }
    if (used < size) snprintf(buffer + used, size - used, ndim == 1 ? ",)" : ")");
    return buffer;
}
