/* Shapes and dtypes of elementwise calls: broadcasting, NumPy's choice of loop, weak scalars. */
#ifndef FM_OPS_ELEMENTWISE_INFER_H
#define FM_OPS_ELEMENTWISE_INFER_H

#include "ops/loops.h"
#include "ops/row.h"

/* r->out[0]'s shape: that of r->in[0..nin-1] broadcast against each other (NULL: left out).
   FM_ERR_SHAPE names the operation, the argument that does not fit, and both shapes. */
fm_status fm_infer_broadcast(const char *op, fm_resolved *r, fm_error *error);

/* r->compute and r->out[0].dtype from the dtype to which the operands promote. FM_ERR_DTYPE where
   the operation has no loop for it. */
fm_status fm_infer_loop(const char *op, fm_loops loops, fm_dtype common, fm_resolved *r,
                        fm_error *error);

/* Whether every weak integer fits the dtype that the call computes in: FM_ERR_OVERFLOW, as Python's
   OverflowError, where one is out of bounds. Plans are kept for integers of one width and sign. */
fm_status fm_infer_check_weak(const fm_bound *bound, const fm_resolved *r, fm_error *error);

/* The value behind a weak operand; false where the value is none. */
bool fm_infer_weak_value(const fm_bound *bound, const fm_resolved *r, int input, fm_scalar *scalar);

/* Whether a number fits an integer dtype; any other kind of number or dtype passes. */
bool fm_infer_fits(fm_scalar scalar, fm_dtype dtype);

#endif
