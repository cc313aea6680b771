/* What calls by name may give in more than one spelling: lists as arrays, arrays as lists. */
#ifndef FM_CALL_COERCE_H
#define FM_CALL_COERCE_H

#include "core/arena.h"
#include "ops/row.h"

struct fm_context;

/* Turns *value into a kind that the parameter takes, with memory and tensors of the arena: nested
   lists of numbers become tensors as numpy.array makes them, lists of integers INTS, lists of
   arrays TENSORS, integer tensors INTS or INT, texts dtypes. *taken: whether it is one now. ctx
   NULL: no tensors can be made or read. FM_ERR_SHAPE: a ragged list; FM_ERR_MEMORY. */
fm_status fm_coerce(struct fm_context *ctx, const fm_param *param, fm_value *value, fm_arena *arena,
                    bool *taken, fm_error *error);

/* The tensor that numpy.array makes of a number, a nested list, or a tensor (itself). NULL where
   the value is none of these. */
fm_status fm_coerce_array(struct fm_context *ctx, const fm_value *value, fm_arena *arena,
                          const fm_tensor **out, fm_error *error);

#endif
