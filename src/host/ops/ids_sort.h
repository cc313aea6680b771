/* Numbers of the kernels of running reductions and of sorting. */
#ifndef FM_OPS_IDS_SORT_H
#define FM_OPS_IDS_SORT_H

typedef enum fm_scan_id {
    FM_SCAN_cumsum,
    FM_SCAN_cumprod,
    FM_SCAN_cummax, /* NaN stays */
    FM_SCAN_cummin,
    FM_SCAN_COUNT
} fm_scan_id;

typedef enum fm_sort_id {
    FM_SORT_sort,
    FM_SORT_argsort, /* stable */
    FM_SORT_partition,
    FM_SORT_argpartition,
    FM_SORT_searchsorted,
    FM_SORT_heads,
    FM_SORT_histogram,
    FM_SORT_bins,
    FM_SORT_counts,
    FM_SORT_COUNT
} fm_sort_id;

#endif
