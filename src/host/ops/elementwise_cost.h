/* Cost rules of the elementwise rows, and what rules of other rows share with them. */
#ifndef FM_OPS_ELEMENTWISE_COST_H
#define FM_OPS_ELEMENTWISE_COST_H

#include "cost/rules.h"
#include "ops/row.h"

/* One unit an output element. */
fm_status fm_cost_pointwise(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error);

/* Adds to work->bytes what operands in memory and outputs hold. */
fm_status fm_cost_bytes(const fm_resolved *r, fm_work *work);

/* The status, with a text where it is an overflow. */
fm_status fm_cost_checked(fm_status status, const char *op, fm_error *error);

/* The name whose weight applies to a row. */
static inline const char *fm_cost_name(const fm_row *row) {
    return row->cost_name ? row->cost_name : row->name;
}

static inline fm_extents fm_cost_shape(const fm_out_shape *out) {
    return (fm_extents){out->ndim, out->shape};
}

#endif
