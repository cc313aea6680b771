/* The rows of sorting: what their files offer to the table in sort.c. */
#ifndef FM_OPS_SORT_H
#define FM_OPS_SORT_H

#include "ops/args.h"
#include "ops/program.h"
#include "scalar/axes.h"

#define FM_SORT_INFER(name_)                                                                       \
    fm_status fm_infer_##name_(const fm_bound *bound, fm_resolved *r, fm_error *error)
#define FM_SORT_COST(name_)                                                                        \
    fm_status fm_cost_of_##name_(const fm_bound *bound, const fm_resolved *r, fm_work *work,       \
                                 fm_error *error)
#define FM_SORT_RUN(name_) fm_status fm_run_##name_(fm_program *p)

/* sort, argsort, partition, argpartition, searchsorted (sort_kernel.c); _heads: where a sorted line
   has another element than before; _histogram, _bins: elements between edges */
FM_SORT_INFER(sort);
FM_SORT_INFER(argsort);
FM_SORT_INFER(partition);
FM_SORT_INFER(argpartition);
FM_SORT_INFER(searchsorted);
FM_SORT_INFER(heads);
FM_SORT_INFER(histogram_kernel);
FM_SORT_INFER(bins);
FM_SORT_INFER(counts);
FM_SORT_COST(sort);
FM_SORT_COST(partition);
FM_SORT_COST(searchsorted);
FM_SORT_RUN(searchsorted);

/* sort_complex, lexsort, digitize (sort_program.c) */
FM_SORT_INFER(sort_complex);
FM_SORT_COST(sort_complex);
FM_SORT_RUN(sort_complex);
FM_SORT_INFER(lexsort);
FM_SORT_COST(lexsort);
FM_SORT_RUN(lexsort);
FM_SORT_INFER(digitize);
FM_SORT_COST(digitize);
FM_SORT_RUN(digitize);

/* unique and its kin (sets.c); the row's op is an fm_unique_id */
typedef enum fm_unique_id {
    FM_UNIQUE_unique,
    FM_UNIQUE_all,
    FM_UNIQUE_counts,
    FM_UNIQUE_inverse,
    FM_UNIQUE_values,
    FM_UNIQUE_sorted, /* _unique(x, equal_nan): values alone */
    FM_UNIQUE_places  /* _unique_places(x): values and the places where they are first */
} fm_unique_id;
FM_SORT_INFER(unique);
FM_SORT_COST(unique);
FM_SORT_RUN(unique);
/* Of a tensor of one axis the distinct elements in NumPy's order where it does not sort them
   (sets_hash.c); integers and complex numbers. */
fm_tensor *fm_unique_unsorted(fm_program *p, const fm_tensor *x, bool equal_nan);

/* Two sets (sets_pair.c); the row's op is an fm_pair_id */
typedef enum fm_pair_id {
    FM_PAIR_union,
    FM_PAIR_intersect,
    FM_PAIR_setdiff,
    FM_PAIR_setxor,
    FM_PAIR_isin,
    FM_PAIR_in1d
} fm_pair_id;
FM_SORT_INFER(pair);
FM_SORT_COST(pair);
FM_SORT_RUN(pair);

/* The same for integers of at most FM_FEW elements altogether (sets_few.c). How many results are in
   parts, and whether the program is answered: 0 and false where it is not of this kind. option:
   return_indices, or invert. */
int fm_unique_of_few(fm_program *p, const fm_tensor *x, bool index, bool inverse, bool counts,
                     const fm_tensor **parts);
bool fm_pair_of_few(fm_program *p, const fm_tensor *a, const fm_tensor *b, bool assume_unique,
                    bool option);

/* bincount, histogram, histogram_bin_edges (histogram.c), by rules (histogram_rule.c), of several
   variables (histogram_nd.c) */
FM_SORT_INFER(bincount);
FM_SORT_COST(bincount);
FM_SORT_RUN(bincount);
/* The first probed number is that of the bins, where one is given. */
fm_status fm_probe_bins(fm_program *p, int64_t probed[FM_PROBED]);
FM_SORT_INFER(histogram);
FM_SORT_COST(histogram);
FM_SORT_RUN(histogram);
FM_SORT_INFER(histogram_bin_edges);
FM_SORT_COST(histogram_bin_edges);
FM_SORT_RUN(histogram_bin_edges);
FM_SORT_INFER(histogram2d);
FM_SORT_COST(histogram2d);
FM_SORT_RUN(histogram2d);
FM_SORT_INFER(histogramdd);
FM_SORT_COST(histogramdd);
FM_SORT_RUN(histogramdd);

/* median, nanmedian (median.c); quantile, percentile and those that skip NaN (quantile.c) */
FM_SORT_INFER(median);
FM_SORT_COST(median);
FM_SORT_RUN(median);
FM_SORT_INFER(nanmedian);
FM_SORT_COST(nanmedian);
FM_SORT_RUN(nanmedian);
typedef enum fm_quantile_id {
    FM_QUANTILE_quantile,
    FM_QUANTILE_percentile,
    FM_QUANTILE_nanquantile,
    FM_QUANTILE_nanpercentile
} fm_quantile_id;
FM_SORT_INFER(quantile);
FM_SORT_COST(quantile);
FM_SORT_RUN(quantile);

/* Elements along an axis by indices that are known to be places. */
static inline fm_tensor *fm_sort_take(fm_program *p, const fm_tensor *x, const fm_tensor *index,
                                      int axis) {
    return FM_DO(p, "_gather", V_T(x), V_T(index), V_I(axis), V_I(1), V_I(FM_PLACE_SURE));
}
static inline fm_tensor *fm_sort_take_along(fm_program *p, const fm_tensor *x,
                                            const fm_tensor *index, int axis) {
    return FM_DO(p, "_take_along", V_T(x), V_T(index), V_I(axis), V_I(FM_PLACE_SURE));
}

/* How often each number from 0 to count - 1 is in an integer tensor, which may hold count too; or
   the sums of weights of dtype int64, float64 or complex128. */
fm_tensor *fm_sort_counts(fm_program *p, const fm_tensor *number, int64_t count,
                          const fm_tensor *weights);

/* A part of an axis, as a view. */
static inline fm_tensor *fm_sort_slice(fm_program *p, const fm_tensor *x, int axis, int64_t start,
                                       int64_t count) {
    return FM_DO(p, "_slice", V_T(x), V_I(axis), V_I(start), V_I(count), V_I(1));
}

/* All elements in row-major order as a tensor of one axis, which may be x itself. */
static inline fm_tensor *fm_sort_flat(fm_program *p, const fm_tensor *x) {
    if (p->status != FM_OK) return NULL;
    if (x->layout->ndim == 1) return (fm_tensor *)(uintptr_t)x;
    int64_t size = x->layout->size;
    return FM_DO(p, "reshape", V_T(x), V_INTS(&size, 1));
}

#endif
