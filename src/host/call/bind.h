/* Matching a call's arguments with the parameters of a row. */
#ifndef FM_CALL_BIND_H
#define FM_CALL_BIND_H

#include "ops/row.h"

typedef struct fm_bound_call {
    const fm_row *row;
    fm_value values[FM_MAX_PARAMS]; /* UNSET where not given */
    int64_t single[FM_MAX_PARAMS];  /* holds integers given where a list is taken */
} fm_bound_call;

/* FM_ERR_NOT_FOUND: no such operation or parameter; FM_ERR_ARGUMENT: too many, given twice, missing
   or of a kind the parameter does not take. The values borrow from arguments and from call. */
fm_status fm_bind(const char *op, const fm_argument *arguments, size_t count, fm_bound_call *call,
                  fm_error *error);

#endif
