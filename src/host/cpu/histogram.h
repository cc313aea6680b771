/* Counting between edges on the CPU. */
#ifndef FM_CPU_HISTOGRAM_H
#define FM_CPU_HISTOGRAM_H

#include "cpu/family.h"

/* Plans of _histogram and _bins, and of _counts, which belong to the family of sorting. */
fm_status fm_histogram_plan(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                            fm_error *error);

fm_status fm_counts_plan(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                         fm_error *error);

#endif
