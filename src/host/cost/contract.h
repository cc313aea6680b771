/* Counts that the contraction rules share. */
#ifndef FM_COST_CONTRACT_H
#define FM_COST_CONTRACT_H

#include "cost/rules.h"

/* outs outputs, each a sum over k products; matrices: PyTorch counts it as a matrix product. */
FM_MUST_CHECK fm_status fm_contract_summed(fm_work *work, const char *op, fm_u128 outs, fm_u128 k,
                                           bool matrices);

/* Products of which none is summed. */
FM_MUST_CHECK fm_status fm_contract_products(fm_work *work, const char *op, fm_u128 products,
                                             fm_u128 torch_mac);

/* Size of two shapes broadcast against each other; false where it does not fit. */
bool fm_contract_broadcast(fm_extents a, fm_extents b, fm_u128 *size);

#endif
