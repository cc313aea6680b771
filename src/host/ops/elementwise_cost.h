/* Cost rules of the elementwise rows, and what rules of other rows share with them. */
#ifndef FM_OPS_ELEMENTWISE_COST_H
#define FM_OPS_ELEMENTWISE_COST_H

#include "ops/row.h"

/* One unit an output element that its symmetry leaves distinct. */
fm_status fm_cost_pointwise(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error);

/* Adds to work->bytes what operands in memory and outputs hold. */
fm_status fm_cost_bytes(const fm_resolved *r, fm_work *work);

#endif
