/* Symmetry on its way out of the corridor: results get what was inferred for them. */
#ifndef FM_CALL_SYMMETRY_H
#define FM_CALL_SYMMETRY_H

#include "call/context.h"
#include "core/arena.h"

/* A tensor of the same elements with that symmetry (NULL: without any): the given one where it has
   it, else another handle, which the arena holds. FM_ERR_MEMORY. */
FM_MUST_CHECK fm_status fm_tensor_tagged(fm_context *ctx, fm_arena *arena, const fm_tensor *tensor,
                                         const fm_symmetry *symmetry, const fm_tensor **out);

/* Gives the tensors of a reply, in it or in its one list or tuple, the symmetries inferred. */
FM_MUST_CHECK fm_status fm_reply_tag(fm_context *ctx, fm_arena *arena, fm_value *value,
                                     const fm_symmetry *const *symmetry, int count);

/* Tells the context's log function that the operands' symmetry does not reach the result. */
void fm_symmetry_warn(fm_context *ctx, const fm_bound *bound);

#endif
