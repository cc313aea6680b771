/* What medians and quantiles share: the reduced axes as one line, and where the methods look. */
#ifndef FM_OPS_QUANTILE_H
#define FM_OPS_QUANTILE_H

#include "ops/sort.h"

/* A tensor seen as lines: its kept axes, then the reduced ones as one. */
typedef struct fm_lines {
    const fm_tensor *lines;
    int64_t n, count;             /* elements of a line, lines */
    int nkept;                    /* axes before the last */
    int ndim;                     /* of the result with keepdims */
    int64_t kept[FM_MAX_NDIM];    /* extents of those axes */
    int64_t extents[FM_MAX_NDIM]; /* of the result with keepdims */
} fm_lines;

/* axes: of the tensor, as a set. NULL lines where the program has failed. */
void fm_lines_open(fm_program *p, const fm_tensor *x, fm_axis_set axes, fm_lines *l);

/* Several axes of no lines are refused, as NumPy cannot join them. */
void fm_lines_check(fm_program *p, const fm_lines *l, const fm_value *axis);

/* A result of shape (kept axes, more axes) with those more axes first, and with keepdims 1 for the
   reduced ones. */
fm_tensor *fm_lines_close(fm_program *p, const fm_lines *l, fm_tensor *result, int more,
                          bool keepdims);

/* Of each line the number of elements that are not NaN: int64. */
fm_tensor *fm_lines_valid(fm_program *p, const fm_lines *l);

/* Of each line what would stand at two places that are one, or neighbours, were it in order: of
   shape (kept axes, 1). NaN is larger than all; skip: the second is none. False: the places are
   further apart, or the elements complex, and nothing was done (quantile_pair.c). */
bool fm_lines_pair(fm_program *p, const fm_lines *l, int64_t first, int64_t second, bool skip,
                   fm_tensor *pair[2]);
/* Whether a line can hold NaN; of complex elements it is not asked. */
static inline bool fm_lines_may_have_nan(const fm_lines *l) {
    return fm_dtype_kind(l->lines->layout->dtype) == 'f';
}
/* The largest element of each line: NaN where it has one. */
fm_tensor *fm_lines_max(fm_program *p, const fm_lines *l);

/* One line of at most FM_FEW float64 on the host, which is put in order there, NaN last
   (quantile_few.c). */
typedef struct fm_few {
    double x[FM_FEW];
    int64_t n, valid; /* valid: are not NaN */
} fm_few;
bool fm_lines_few(fm_program *p, const fm_lines *l, fm_few *few);
/* A result of such a line. */
fm_tensor *fm_few_result(fm_program *p, const fm_lines *l, double value);

/* The parameters of medians and quantiles that name axes: AxisError becomes IndexError where
   0.4.3 looks at the shape first. */
fm_status fm_quantile_axes(const fm_bound *bound, int param, int ndim, bool index_error,
                           fm_axis_set *axes, fm_error *error);

/* Methods: Hyndman and Fan, Sample quantiles in statistical packages (1996), and NumPy's own. */
typedef enum fm_quantile_method {
    FM_METHOD_inverted_cdf,
    FM_METHOD_averaged_inverted_cdf,
    FM_METHOD_closest_observation,
    FM_METHOD_interpolated_inverted_cdf,
    FM_METHOD_hazen,
    FM_METHOD_weibull,
    FM_METHOD_linear,
    FM_METHOD_median_unbiased,
    FM_METHOD_normal_unbiased,
    FM_METHOD_lower,
    FM_METHOD_higher,
    FM_METHOD_midpoint,
    FM_METHOD_nearest,
    FM_METHOD_COUNT
} fm_quantile_method;

/* FM_METHOD_COUNT: there is no method of that name. */
fm_quantile_method fm_quantile_method_of(const char *name);

/* Between which elements of a sorted line of n >= 1 a quantile lies, and how far from the first. */
typedef struct fm_between {
    int64_t first, second;
    double gamma;
} fm_between;

/* q is of dtype, in which NumPy computes where the quantile lies; whole: q is an integer. */
fm_between fm_quantile_between(fm_quantile_method method, int64_t n, double q, fm_dtype dtype,
                               bool whole);

/* Whether the method takes an element as it is; `whole` as above. */
bool fm_quantile_takes(fm_quantile_method method, bool whole);

/* The quantiles of a call, as numbers. */
typedef struct fm_quantiles {
    int ndim;
    int64_t shape[2], count;
    double *q;
    fm_dtype dtype; /* in which they are computed with */
    bool whole;     /* they are integers */
    bool weak;      /* one Python number: it does not widen the elements' dtype */
    fm_quantile_method method;
} fm_quantiles;

/* With weights, lines like l's, the first element whose sum reaches the quantile; skip: NaN has
   none (quantile_weights.c). NULL where the program failed: argument is the weights' number. */
fm_tensor *fm_quantiles_by_weight(fm_program *p, const fm_lines *l, const fm_quantiles *q,
                                  fm_tensor *weights, int argument, bool skip);

#endif
