/* Numbers of the kernels that reduce axes beside those of FM_FAMILY_REDUCE. */
#ifndef FM_OPS_IDS_STATISTICS_H
#define FM_OPS_IDS_STATISTICS_H

typedef enum fm_statistic_id {
    FM_STATISTIC_count_nonzero, /* of elements brought to bool */
    FM_STATISTIC_nansum,
    FM_STATISTIC_nanmean,
    FM_STATISTIC_nanprod,
    FM_STATISTIC_nanmax,
    FM_STATISTIC_nanmin,
    FM_STATISTIC_nanargmax, /* NaN counts as -inf, in argmin as inf */
    FM_STATISTIC_nanargmin,
    FM_STATISTIC_var,
    FM_STATISTIC_std,
    FM_STATISTIC_nanvar,
    FM_STATISTIC_nanstd,
    FM_STATISTIC_COUNT
} fm_statistic_id;

#endif
