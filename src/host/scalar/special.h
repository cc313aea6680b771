/* Densities, distribution functions and their inverses, of float64, for one element each.

   pdf and cdf take (x, shape parameters, loc, scale), ppf the same with a probability. A scale or a
   shape parameter outside its range gives NaN, as a probability outside [0, 1] does. Tails keep
   their relative precision: nothing is taken from 1. Where x is NaN, uniform.pdf, expon.pdf,
   expon.cdf, lognorm.pdf, lognorm.cdf and truncnorm.pdf give 0 and logistic.pdf gives NaN at -inf;
   where loc is NaN, laplace, logistic and cauchy.ppf are infinite at 0 and 1, expon.ppf at 1. So
   flopscope 0.4.3 has it. */
#ifndef FM_SCALAR_SPECIAL_H
#define FM_SCALAR_SPECIAL_H

#include "scalar/special_normal.h"

#define FM_PI     3.14159265358979323846
#define FM_INV_PI 0.31830988618379067154

FM_FN double fm_standard(double x, double loc, double scale) {
    return (x - loc) / scale;
}

/* value where the scale is one, else NaN. */
FM_FN double fm_if_scale(double value, double scale) {
    return scale > 0 ? value : (double)NAN;
}

FM_FN double fm_if_chance(double value, double q, double scale) {
    return ((q >= 0) & (q <= 1) & (scale > 0)) ? value : (double)NAN;
}

/* A quantile on the whole axis: at 0 and 1 infinite, wherever the centre is. */
FM_FN double fm_on_axis(double value, double q, double scale) {
    double end = q == 0 ? -(double)INFINITY : (double)INFINITY;
    return fm_if_chance(((q == 0) | (q == 1)) ? end : value, q, scale);
}

FM_FN double fm_if_scales(double value, double shape, double scale) {
    return ((shape > 0) & (scale > 0)) ? value : (double)NAN;
}

/* norm */

FM_FN double fm_norm_pdf(double x, double loc, double scale) {
    return fm_if_scale(fm_normal_density(fm_standard(x, loc, scale)) / scale, scale);
}
FM_FN double fm_norm_cdf(double x, double loc, double scale) {
    return fm_if_scale(fm_normal_below(fm_standard(x, loc, scale)), scale);
}
FM_FN double fm_norm_ppf(double q, double loc, double scale) {
    return fm_if_scale(loc + scale * fm_normal_quantile(q), scale);
}

/* uniform on [loc, loc + scale] */

FM_FN double fm_uniform_pdf(double x, double loc, double scale) {
    return fm_if_scale(((x >= loc) & (x <= loc + scale)) ? 1 / scale : 0.0, scale);
}
FM_FN double fm_uniform_cdf(double x, double loc, double scale) {
    double z = fm_standard(x, loc, scale);
    z = z < 0 ? 0.0 : z;
    return fm_if_scale(z > 1 ? 1.0 : z, scale);
}
FM_FN double fm_uniform_ppf(double q, double loc, double scale) {
    return fm_if_chance(loc + q * scale, q, scale);
}

/* expon: from loc on */

FM_FN double fm_expon_pdf(double x, double loc, double scale) {
    double density = exp(-fm_standard(x, loc, scale)) / scale;
    return fm_if_scale(x >= loc ? density : 0.0, scale);
}
FM_FN double fm_expon_cdf(double x, double loc, double scale) {
    double below = -expm1(-fm_standard(x, loc, scale));
    return fm_if_scale(x >= loc ? below : 0.0, scale);
}
FM_FN double fm_expon_ppf(double q, double loc, double scale) {
    double away = loc - scale * log1p(-q);
    return fm_if_chance(q == 1 ? (double)INFINITY : away, q, scale);
}

/* laplace */

FM_FN double fm_laplace_pdf(double x, double loc, double scale) {
    return fm_if_scale(exp(-fabs(fm_standard(x, loc, scale))) / (2 * scale), scale);
}
FM_FN double fm_laplace_cdf(double x, double loc, double scale) {
    double z = fm_standard(x, loc, scale);
    double tail = 0.5 * exp(-fabs(z));
    return fm_if_scale(z <= 0 ? tail : 1 - tail, scale);
}
FM_FN double fm_laplace_ppf(double q, double loc, double scale) {
    double lower = q <= 0.5 ? q : 1 - q;
    double away = scale * log(2 * lower);
    return fm_on_axis(q <= 0.5 ? loc + away : loc - away, q, scale);
}

/* logistic */

FM_FN double fm_logistic_pdf(double x, double loc, double scale) {
    double z = fm_standard(x, loc, scale);
    double tail = exp(-fabs(z)), sum = 1 + tail;
    double density = tail / (scale * (sum * sum));
    return fm_if_scale(z == -(double)INFINITY ? (double)NAN : density, scale);
}
FM_FN double fm_logistic_cdf(double x, double loc, double scale) {
    double z = fm_standard(x, loc, scale);
    double tail = exp(-fabs(z));
    return fm_if_scale((z < 0 ? tail : 1.0) / (1 + tail), scale);
}
/* In the middle log(q / (1 - q)) is 2 artanh(2q - 1), of which 2q - 1 is exact. */
FM_FN double fm_logistic_ppf(double q, double loc, double scale) {
    double twice = 2 * q - 1;
    double middle = log1p(twice) - log1p(-twice);
    double outer = log(q) - log1p(-q);
    double z = ((q > 0.25) & (q < 0.75)) ? middle : outer;
    return fm_on_axis(loc + scale * z, q, scale);
}

/* cauchy */

FM_FN double fm_cauchy_pdf(double x, double loc, double scale) {
    double z = fm_standard(x, loc, scale);
    return fm_if_scale(1 / (FM_PI * scale * (1 + z * z)), scale);
}
FM_FN double fm_cauchy_cdf(double x, double loc, double scale) {
    return fm_if_scale(atan2(1.0, -fm_standard(x, loc, scale)) * FM_INV_PI, scale);
}
/* The tangent runs over [-pi/4, pi/4], where its argument is precise; at 0 and 1 it is infinite. */
FM_FN double fm_cauchy_ppf(double q, double loc, double scale) {
    double left = q < 0.25 ? q : 1 - q;
    bool middle = (q >= 0.25) & (q <= 0.75);
    double slope = tan(FM_PI * (middle ? q - 0.5 : left));
    double z = middle ? slope : (q < 0.25 ? -1 / slope : 1 / slope);
    return fm_on_axis(loc + scale * z, q, scale);
}

/* lognorm: s is the standard deviation of the logarithm. Left of loc the logarithm is taken all the
   same, of the distance, for vectors' sake. */

FM_FN double fm_lognorm_pdf(double x, double s, double loc, double scale) {
    double y = fm_standard(x, loc, scale);
    double away = fabs(y);
    double density = fm_normal_density(log(away) / s) / (s * away * scale);
    return fm_if_scales(y > 0 ? density : 0.0, s, scale);
}
FM_FN double fm_lognorm_cdf(double x, double s, double loc, double scale) {
    double y = fm_standard(x, loc, scale);
    double below = fm_normal_below(log(fabs(y)) / s);
    return fm_if_scales(y > 0 ? below : 0.0, s, scale);
}
FM_FN double fm_lognorm_ppf(double q, double s, double loc, double scale) {
    double x = loc + scale * exp(s * fm_normal_quantile(q));
    return fm_if_scales(x, s, scale);
}

/* truncnorm: the normal distribution between a and b, in units of scale from loc. What a and b
   alone decide is found once for a run of elements that share them. */

FM_FN double fm_if_cut(double value, const fm_cut *cut, double scale) {
    return ((cut->a < cut->b) & (scale > 0)) ? value : (double)NAN;
}
FM_FN double fm_truncnorm_pdf_of(const fm_cut *cut, double x, double a, double b, double loc,
                                 double scale) {
    double z = fm_standard(x, loc, scale);
    bool inside = (z >= a) & (z <= b);
    return fm_if_cut(inside ? fm_cut_density(cut, z) / scale : 0.0, cut, scale);
}
FM_FN double fm_truncnorm_cdf_of(const fm_cut *cut, double x, double a, double b, double loc,
                                 double scale) {
    double z = fm_standard(x, loc, scale);
    double below = z <= a ? 0.0 : z >= b ? 1.0 : fm_cut_below(cut, z);
    return fm_if_cut(below, cut, scale);
}
FM_FN double fm_truncnorm_ppf_of(const fm_cut *cut, double q, double a, double b, double loc,
                                 double scale) {
    double z = q == 0 ? a : q == 1 ? b : fm_cut_quantile(cut, q);
    return fm_if_cut(fm_if_chance(loc + scale * z, q, scale), cut, scale);
}

#define FM_TRUNCNORM(function)                                                                     \
    FM_FN double fm_truncnorm_##function(double x, double a, double b, double loc, double scale) { \
        const fm_cut cut = fm_cut_of(a, b);                                                        \
        return fm_truncnorm_##function##_of(&cut, x, a, b, loc, scale);                            \
    }
FM_TRUNCNORM(pdf)
FM_TRUNCNORM(cdf)
FM_TRUNCNORM(ppf)
#undef FM_TRUNCNORM

#endif
