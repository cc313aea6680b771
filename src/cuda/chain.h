/* Contractions of three inputs and more, pair by pair. */
#ifndef FM_CUDA_CHAIN_H
#define FM_CUDA_CHAIN_H

#include "family.h"

/* How one pair is planned: as a family's plan. */
typedef fm_status (*cu_plan_pair)(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                                  fm_plan_info *info, fm_error *error);

/* Plans the call; on failure *out holds what was made, as a family's plan may. */
fm_status cu_chain_plan(fm_dev *dev, const fm_kernel_call *call, cu_plan_pair pair, fm_kplan **out,
                        fm_plan_info *info, fm_error *error);

#endif
