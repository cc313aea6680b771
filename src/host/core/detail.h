/* Filling fm_error, and the macros by which every room checks and propagates. */
#ifndef FM_CORE_DETAIL_H
#define FM_CORE_DETAIL_H

#include <flopmeter/status.h>
#include <assert.h>

/* Sets status and message (printf form) and returns status. error may be NULL. Other fields are
   cleared, so set them afterwards. */
fm_status fm_fail(fm_error *error, fm_status status, const char *format, ...) FM_PRINTF(3, 4);

/* As fm_fail, for an argument (from 1; 0: none) of an operation: the message begins
   "op: argument 2: " or "op: ". */
fm_status fm_fail_op(fm_error *error, fm_status status, const char *op, int argument,
                     const char *format, ...) FM_PRINTF(5, 6);

/* Names the class that NumPy raises where the status does not tell it ("AxisError", "IndexError"),
   after a failure was filled in. Returns status. */
fm_status fm_fail_as(fm_error *error, const char *exception, fm_status status);

void fm_error_clear(fm_error *error);

/* "(3, 4)", "(5,)" or "()" into buffer; returns buffer. Long shapes end in "...". */
const char *fm_shape_format(int ndim, const int64_t *shape, char *buffer, size_t size);

#define FM_TRY(call)                                                                               \
    do {                                                                                           \
        fm_status fm_try_status_ = (call);                                                         \
        if (fm_try_status_ != FM_OK) return fm_try_status_;                                        \
    } while (0)

/* The caller's fault, always compiled: FM_CHECK(n > 0, error, FM_ERR_SHAPE, "n is %d", n). */
#define FM_CHECK(condition, error, status, ...)                                                    \
    do {                                                                                           \
        if (!(condition)) return fm_fail((error), (status), __VA_ARGS__);                          \
    } while (0)

/* Our own fault, in debug builds. */
#define FM_ASSERT(condition) assert(condition)

#endif
