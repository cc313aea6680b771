/* einsum's other form of call, an array and the list of its labels in turns and maybe the output's
   labels last: rewritten as subscripts and arrays. */
#ifndef FM_CALL_INTERLEAVE_H
#define FM_CALL_INTERLEAVE_H

#include "core/arena.h"
#include "ops/row.h"

/* Leaves arguments alone that begin with a text or are none. The new ones are memory of the
   arena's. Labels are numbers from 0 and at most one ellipsis; ValueError for others. */
fm_status fm_interleave(const fm_row *row, const fm_argument **arguments, size_t *count,
                        fm_arena *arena, fm_error *error);

#endif
