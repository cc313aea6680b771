/* Building the label form of a contraction, shared by matmul and its kin and by einsum. */
#ifndef FM_OPS_CONTRACT_H
#define FM_OPS_CONTRACT_H

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

/* Infer and cost rules of einsum (einsum.c). */
fm_status fm_run_einsum(struct fm_program *p);
fm_status fm_infer_einsum(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_einsum(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error);

/* Those of einsum_path, and its program (einsum_report.c). */
fm_status fm_infer_einsum_path(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_einsum_path(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error);
fm_status fm_run_einsum_path(struct fm_program *p);

#endif
