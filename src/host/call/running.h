/* Running reductions into a tensor of another shape, as NumPy's accumulate lets them: by its first
   axes, at the first place of all others, and over any extent where the operand has 1. */
#ifndef FM_CALL_RUNNING_H
#define FM_CALL_RUNNING_H

#include "call/by_name.h"

/* Whether the result goes into a tensor of that layout so. */
bool fm_running_fits(const fm_bound_call *call, const fm_resolved *r, const fm_layout *out);

/* Finds the part of `given` where the result goes, as a view, and cuts the result to that; *rest:
   the whole of it as it is to be before, NULL where it stays. All three are the caller's to
   release. */
fm_status fm_running_place(fm_context *ctx, const fm_bound_call *call, const fm_tensor *given,
                           fm_tensor **running, fm_tensor **place, fm_tensor **rest);

#endif
