/* The status every cost function returns, and the one-line text that goes with a refusal. */
#ifndef FM_COST_STATUS_H
#define FM_COST_STATUS_H

#if __has_include(<flopmeter/status.h>)
#include <flopmeter/status.h>
#else
typedef enum fm_status {
    FM_OK = 0,
    FM_ERR_ARGUMENT,
    FM_ERR_SHAPE,
    FM_ERR_DTYPE,
    FM_ERR_BUDGET,
    FM_ERR_TIME,
    FM_ERR_OVERFLOW,
    FM_ERR_MEMORY,
    FM_ERR_DEVICE,
    FM_ERR_UNSUPPORTED,
    FM_ERR_STATE,
    FM_ERR_IO,
    FM_ERR_FORMAT,
    FM_ERR_NOT_FOUND
} fm_status;
#endif

/* What was wrong, in one line without a newline; empty after success. */
typedef struct fm_cost_error {
    char text[512];
} fm_cost_error;

/* Writes a formatted line into error, cut to fit; does nothing where error is NULL. */
__attribute__((format(printf, 2, 3))) void fm_cost_say(fm_cost_error *error, const char *format,
                                                       ...);

#endif
