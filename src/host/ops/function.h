/* The row of piecewise: what its file offers to the table in function.c. */
#ifndef FM_OPS_FUNCTION_H
#define FM_OPS_FUNCTION_H

#include "ops/row.h"

struct fm_program;

fm_status fm_infer_piecewise(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_piecewise(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error);
fm_status fm_run_piecewise(struct fm_program *p);

#endif
