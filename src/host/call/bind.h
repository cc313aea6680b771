/* Matching a call's arguments with the parameters of a row. */
#ifndef FM_CALL_BIND_H
#define FM_CALL_BIND_H

#include "core/arena.h"
#include "ops/row.h"

struct fm_context;

/* What a call by name may give beside the row's parameters: `out` anywhere, and for ufuncs `where`,
   `dtype` and `casting`. */
typedef struct fm_extras {
    bool given;
    int nout;
    const fm_tensor *out[FM_MAX_OUT]; /* NULL: None */
    fm_value where;
    fm_dtype dtype;
    fm_casting casting;
} fm_extras;

typedef struct fm_bound_call {
    const fm_row *row;
    fm_value values[FM_MAX_PARAMS]; /* UNSET where not given */
    int64_t single[FM_MAX_PARAMS];  /* holds integers given where a list is taken */
    fm_extras extras;
    fm_arena arena; /* what conversions made */
} fm_bound_call;

/* FM_ERR_NOT_FOUND: no such operation or parameter; FM_ERR_ARGUMENT: too many, given twice, missing
   or of a kind the parameter does not take. The values borrow from arguments and from call, which
   is to be released in any case. */
fm_status fm_bind(struct fm_context *ctx, const char *op, const fm_argument *arguments,
                  size_t count, fm_bound_call *call, fm_error *error);
void fm_bind_release(fm_bound_call *call);

#endif
