/* What the rows of statistics share: reading axes, shapes of results, and the programs in their
   files. */
#ifndef FM_OPS_STATISTICS_H
#define FM_OPS_STATISTICS_H

#include "ops/args.h"
#include "ops/ids_statistics.h"
#include "ops/param.h"
#include "ops/program.h"

#include <string.h>

/* The first parameters of every row here. */
enum { FM_STATISTICS_A, FM_STATISTICS_AXIS };

/* Whether axis 0 or -1 of an array without axes is asked for: it is the array itself. */
bool fm_statistics_is_point(const fm_bound *bound, const fm_layout *a);

/* Takes a up alone, and sets the output's shape and the kernel's axes; keepdims is the number of
   that parameter. */
fm_status fm_statistics_shape(const fm_bound *bound, fm_resolved *r, int keepdims, fm_dtype compute,
                              fm_dtype out, fm_error *error);

/* FM_ERR_ARGUMENT where an output element would be the extremum of nothing. */
fm_status fm_statistics_need_elements(const fm_bound *bound, const fm_resolved *r, fm_error *error);

/* Refuses a mask (where) that does not broadcast to a. */
fm_status fm_statistics_check_mask(const fm_bound *bound, const fm_layout *a, int where,
                                   fm_error *error);

/* Input elements less output elements. */
fm_status fm_statistics_cost(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error);

/* The dtype of a mean or variance of elements of that dtype, and whether it may be asked for: dtype
   is the number of that parameter. */
fm_status fm_statistics_dtype(const fm_bound *bound, fm_dtype a, int dtype, fm_dtype *compute,
                              fm_error *error);

/* Whether a dtype has NaN: floats and complex ones. */
bool fm_statistics_has_nan(fm_dtype dtype);

static inline bool fm_statistics_same_shape(const fm_layout *a, const fm_layout *b) {
    return a->ndim == b->ndim && memcmp(fm_layout_shape(a), fm_layout_shape(b),
                                        (size_t)a->ndim * sizeof *fm_layout_shape(a)) == 0;
}

/* The mask as bool in a's shape. */
fm_tensor *fm_statistics_mask(fm_program *p, fm_value where, const fm_tensor *a);

/* var, std, nanvar, nanstd (statistics_spread.c) */
fm_status fm_spread_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_spread_run(fm_program *p);

/* nansum, nanprod, nanmean, nanmax, nanmin, nanargmax, nanargmin (statistics_nan.c) */
fm_status fm_nan_sum_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_nan_sum_run(fm_program *p);
fm_status fm_nan_mean_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_nan_mean_run(fm_program *p);
fm_status fm_nan_extremum_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_nan_extremum_run(fm_program *p);
fm_status fm_nan_place_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_nan_place_run(fm_program *p);

/* average (statistics_average.c) */
fm_status fm_average_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_average_run(fm_program *p);

/* cov, corrcoef (statistics_cov.c) */
fm_status fm_cov_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cov_cost(const fm_bound *bound, const fm_resolved *r, fm_work *work, fm_error *error);
fm_status fm_cov_run(fm_program *p);
fm_status fm_corrcoef_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_corrcoef_run(fm_program *p);

#endif
