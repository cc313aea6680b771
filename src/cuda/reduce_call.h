/* The plan of a whole call that reduces axes, for the families that do. */
#ifndef FM_CUDA_REDUCE_CALL_H
#define FM_CUDA_REDUCE_CALL_H

#include "family.h"
#include "reduce.h"

/* The call's parameters begin with those of reductions. Where kernel is NULL the call's own is
 * chosen, else the kernel reads elements of dtype read; place: the elements' numbers play a part.
 * *job is the plan's. */
fm_status cu_reduce_plan_call(fm_dev *dev, const fm_kernel_call *call,
                              const cu_reduce_kernel *kernel, fm_dtype read, int place,
                              fm_kplan **out, cu_reduce_job **job, fm_plan_info *info,
                              fm_error *error);

#endif
