/* Reductions with `where` and `initial`: what reduce.c and reduce_masked.c share. */
#ifndef FM_OPS_REDUCE_H
#define FM_OPS_REDUCE_H

#include "ops/args.h"
#include "ops/program.h"

/* The value of a row's parameter of that name; one that is absent where it has none. */
const fm_value *fm_reduce_value(const fm_row *row, const fm_value *values, const char *name);

/* Whether axis 0 or -1 of an array without axes is asked for: it is the array itself, but to a mean
   of all its elements.
 */
bool fm_reduce_is_point(const fm_bound *bound, const fm_layout *a);

/* Checks `where` and `initial` and, where either is given, leaves the work to the program. The
   output's shape is set. */
fm_status fm_reduce_check(const fm_bound *bound, fm_resolved *r, fm_error *error);

fm_status fm_run_masked_reduction(fm_program *p);

#endif
