/* Calls by name with what they may give beside the row's parameters. */
#ifndef FM_CALL_BY_NAME_H
#define FM_CALL_BY_NAME_H

#include "call/bind.h"
#include "call/program.h"

/* A bound call with `out`, `where`, `dtype` or `casting`: computed into memory of its own, then
   cast into the given tensors where the mask allows. All is checked before the charge. outputs[o]
   is a slot as for fm_call; outputs given as `out` leave theirs alone. */
fm_status fm_call_extras(fm_context *ctx, fm_bound_call *call, fm_tensor **outputs,
                         size_t noutputs);

/* A call on the caller's behalf that is part of another one. */
fm_status fm_call_uncounted(fm_context *ctx, const char *op, const fm_value *values, int count,
                            fm_tensor **out);

/* The same checks for a question about the cost: operands of another dtype become abstract. */
fm_status fm_extras_ask(fm_context *ctx, fm_bound_call *call);

#endif
