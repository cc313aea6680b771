/* Plans of the family of gathers, scatters and selections. */
#ifndef FM_CUDA_INDEX_PLAN_H
#define FM_CUDA_INDEX_PLAN_H

#include "copy.h"
#include "family.h"
#include "index.h"

typedef struct cu_gather_plan {
    fm_kplan head;
    cu_port index, out;
    cu_gather_args args; /* all but addresses */
} cu_gather_plan;

/* The axes of an array of which an index names places. */
void cu_gather_shape(cu_gather_args *g, const fm_layout *a, const fm_layout *index,
                     const fm_index_params *params);

fm_status cu_plan_scatter(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                          fm_error *error);
fm_status cu_plan_count(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                        fm_error *error);
fm_status cu_plan_select(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                         fm_error *error);
fm_status cu_plan_ravel(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                        fm_error *error);
fm_status cu_plan_unravel(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                          fm_error *error);
fm_status cu_plan_runs(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                       fm_error *error);
fm_status cu_plan_repeat(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                         fm_error *error);
fm_status cu_plan_bits(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                       fm_error *error);

#endif
