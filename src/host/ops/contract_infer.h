/* The label form of a contraction, which einsum builds too, and the infer rules of products of two
   operands. */
#ifndef FM_OPS_CONTRACT_INFER_H
#define FM_OPS_CONTRACT_INFER_H

#include "ops/row.h"

/* Adds a label of that extent with its strides in the operands; in_c: it is an output axis, which
   must come before every summed label. Absent operands and operands of extent 1 that are broadcast
   along the label give in_a or in_b false. FM_ERR_UNSUPPORTED past FM_MAX_NDIM labels. */
typedef struct fm_label_use {
    int64_t extent;
    bool in_a, in_b, in_c;
    int64_t a, b;
} fm_label_use;
fm_status fm_contract_label_add(const fm_bound *bound, fm_resolved *r, const fm_label_use *use,
                                fm_error *error);

/* Sets compute dtype and output 0: dtype promoted from the operands, one axis for each label of the
   output, and the labels' strides in a row-major output. */
fm_status fm_contract_close(const fm_bound *bound, fm_resolved *r, fm_error *error);

/* Sets the compute dtype alone. */
fm_status fm_contract_dtype(const fm_bound *bound, fm_resolved *r, fm_error *error);

fm_status fm_infer_matmul(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_dot(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_inner(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_outer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_vecdot(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_matvec(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_vecmat(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_tensordot(const fm_bound *bound, fm_resolved *r, fm_error *error);

/* The pairs of axes that tensordot sums, as given. */
typedef struct fm_tensordot_axes {
    int count;
    int64_t a[FM_MAX_NDIM], b[FM_MAX_NDIM];
} fm_tensordot_axes;

/* Reads a number, a pair of axes or lists of axes, or the axes of a followed by as many of b. */
fm_status fm_tensordot_axes_read(const fm_bound *bound, const fm_resolved *r,
                                 fm_tensordot_axes *axes, fm_error *error);

/* The axes that are summed, of both operands; false where they are none. */
bool fm_tensordot_axes_summed(const fm_bound *bound, const fm_resolved *r, fm_axis_set summed[2]);

#endif
