/* Costs of contractions whose operands have a symmetry or are the same tensor. */
#ifndef FM_OPS_CONTRACT_SYMMETRY_H
#define FM_OPS_CONTRACT_SYMMETRY_H

#include "cost/accumulation.h"
#include "ops/row.h"

/* What symmetry reads of a call's operands. */
typedef struct fm_contract_operands {
    bool any; /* an operand has a symmetry or stands twice */
    const fm_symmetry *symmetry[FM_EINSUM_OPERANDS];
    int same[FM_EINSUM_OPERANDS]; /* the first operand that is the same tensor */
} fm_contract_operands;
void fm_contract_operands_of(const fm_bound *bound, const fm_resolved *r,
                             fm_contract_operands *operands);

/* The cost of the einsum that a call of two operands stands for. flat: both as vectors of all their
   elements. */
fm_status fm_contract_cost_as(const fm_bound *bound, const fm_resolved *r, const char *subscripts,
                              bool flat, fm_work *work, fm_error *error);

/* tensordot over pairs of axes, from 0. 0.4.3 counts a sum over all axes in their order as einsum
   does, and scales any other by the distinct elements of its output. */
fm_status fm_contract_cost_tensordot(const fm_bound *bound, const fm_resolved *r, int naxes,
                                     const int64_t *a_axes, const int64_t *b_axes, fm_work *work,
                                     fm_error *error);

/* 0.4.3 flattens symmetric operands of other than one axis by a call of `ravel`, which weighs 0 and
   is logged before the product. */
fm_status fm_contract_cost_ravels(const fm_resolved *r, fm_work *work);

#endif
