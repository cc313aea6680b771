/* Where the methods of quantiles look: the two elements of a sorted line, and the way between. */
#include "ops/quantile.h"
#include "scalar/half.h"

#include <math.h>
#include <string.h>

fm_quantile_method fm_quantile_method_of(const char *name) {
    static const char *const names[FM_METHOD_COUNT] = {
        [FM_METHOD_inverted_cdf] = "inverted_cdf",
        [FM_METHOD_averaged_inverted_cdf] = "averaged_inverted_cdf",
        [FM_METHOD_closest_observation] = "closest_observation",
        [FM_METHOD_interpolated_inverted_cdf] = "interpolated_inverted_cdf",
        [FM_METHOD_hazen] = "hazen",
        [FM_METHOD_weibull] = "weibull",
        [FM_METHOD_linear] = "linear",
        [FM_METHOD_median_unbiased] = "median_unbiased",
        [FM_METHOD_normal_unbiased] = "normal_unbiased",
        [FM_METHOD_lower] = "lower",
        [FM_METHOD_higher] = "higher",
        [FM_METHOD_midpoint] = "midpoint",
        [FM_METHOD_nearest] = "nearest"};
    int method = 0;
    while (method < FM_METHOD_COUNT && strcmp(name, names[method]) != 0) method++;
    return (fm_quantile_method)method;
}

bool fm_quantile_takes(fm_quantile_method method, bool whole) {
    return method == FM_METHOD_inverted_cdf || method == FM_METHOD_closest_observation ||
           method == FM_METHOD_lower || method == FM_METHOD_higher || method == FM_METHOD_nearest ||
           (method == FM_METHOD_linear && whole);
}

/* A number rounded to a floating dtype. */
static double fit(fm_dtype dtype, double x) {
    if (dtype == FM_FLOAT16) return (double)fm_f16_to_f32(fm_f64_to_f16(x));
    if (dtype == FM_BFLOAT16) return (double)fm_bf16_to_f32(fm_f64_to_bf16(x));
    return dtype == FM_FLOAT32 ? (double)(float)x : x;
}

/* n q + (alpha + q (1 - alpha - beta)) - 1, with alpha = beta. */
static double place_by(double alpha, double n, double q, fm_dtype dtype) {
    const double shift =
        fit(dtype, fit(dtype, alpha) + fit(dtype, q * fit(dtype, 1 - alpha - alpha)));
    return fit(dtype, fit(dtype, fit(dtype, n * q) + shift) - 1);
}

/* The place of the quantile among 0 to n - 1, before it is brought inside. */
static double place_of(fm_quantile_method method, double n, double q, fm_dtype dtype) {
    const double along = fit(dtype, (n - 1) * q);
    switch (method) {
    case FM_METHOD_inverted_cdf:
    case FM_METHOD_averaged_inverted_cdf:
        return fit(dtype, fit(dtype, n * q) - 1);
    case FM_METHOD_closest_observation:
        return fit(dtype, fit(dtype, fit(dtype, n * q) - 1) - 0.5);
    case FM_METHOD_interpolated_inverted_cdf:
        return fit(dtype, fit(dtype, n * q) - 1);
    case FM_METHOD_hazen:
        return place_by(0.5, n, q, dtype);
    case FM_METHOD_weibull:
        return place_by(0, n, q, dtype);
    case FM_METHOD_median_unbiased:
        return place_by(1 / 3.0, n, q, dtype);
    case FM_METHOD_normal_unbiased:
        return place_by(3 / 8.0, n, q, dtype);
    case FM_METHOD_lower:
        return floor(along);
    case FM_METHOD_higher:
        return ceil(along);
    case FM_METHOD_midpoint:
        return 0.5 * (floor(along) + ceil(along));
    case FM_METHOD_nearest:
        return rint(along);
    default:
        return along;
    }
}

static int64_t inside(double place, int64_t n) {
    if (!(place > 0)) return 0;
    return place < (double)(n - 1) ? (int64_t)place : n - 1;
}

/* The element of the methods that take one: the next unless the place is one, or an odd one. */
static double element_at(fm_quantile_method method, double place) {
    const double before = floor(place);
    if (method == FM_METHOD_inverted_cdf) return place == before ? before : before + 1;
    if (method == FM_METHOD_closest_observation)
        return place == before && fmod(before, 2) != 0 ? before : before + 1;
    return place;
}

fm_between fm_quantile_between(fm_quantile_method method, int64_t n, double q, fm_dtype dtype,
                               bool whole) {
    const double place = place_of(method, (double)n, q, dtype);
    fm_between b = {0, 0, 0};
    if (fm_quantile_takes(method, whole)) {
        b.first = b.second = inside(element_at(method, place), n);
        return b;
    }
    const double before = floor(place);
    /* Beyond the ends NumPy measures from the index that it puts there: -1 above, 0 below. */
    double from = before;
    if (place >= (double)(n - 1)) {
        b.first = b.second = n - 1;
        from = -1;
    } else if (place < 0) {
        from = 0;
    } else {
        b.first = (int64_t)before;
        b.second = b.first + 1;
    }
    b.gamma = fit(dtype, place - from);
    if (method == FM_METHOD_averaged_inverted_cdf) b.gamma = b.gamma == 0 ? 0.5 : 1;
    if (method == FM_METHOD_midpoint) b.gamma = place == before ? 0 : 0.5;
    if (whole && method == FM_METHOD_averaged_inverted_cdf) b.gamma = floor(b.gamma);
    return b;
}
