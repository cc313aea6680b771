/* Samples made of a fixed number of words: inverses of distribution functions.

   fm_sample_<id> takes the parameters in NumPy's order and two words of 64 bits, of which wald and
   logseries alone use the second. Loops with constant parameters hoist what depends on them. */
#ifndef FM_SCALAR_SAMPLE_FIXED_H
#define FM_SCALAR_SAMPLE_FIXED_H

#include "scalar/sample_math.h"

/* Uniform in the open interval (0, 1): the middles of 2^52 equal parts. */
FM_FN double fm_sample_open(uint64_t word) {
    return ((double)(word >> 12) + 0.5) * 0x1p-52;
}

/* A whole number as int64; those beyond it are the largest. */
FM_FN int64_t fm_sample_whole(double x) {
    int64_t k = (int64_t)(x < 0x1p63 ? x : 0x1.fffffffffffffp62);
    return x < 0x1p63 ? k : INT64_MAX;
}

typedef struct fm_fixed_draw {
    double a, b, c;
    uint64_t first, second;
} fm_fixed_draw;

FM_FN double fm_sample_uniform(fm_fixed_draw d) {
    return fm_uniform_between_f64(d.first, d.a, d.b);
}

FM_FN double fm_sample_normal(fm_fixed_draw d) {
    return fm_normal_scaled_f64(d.first, d.a, d.b);
}

FM_FN double fm_sample_exponential(fm_fixed_draw d) {
    return d.a * -fm_random_log(fm_sample_open(d.first));
}

FM_FN double fm_sample_gumbel(fm_fixed_draw d) {
    return d.a - d.b * fm_random_log(-fm_random_log(fm_sample_open(d.first)));
}

/* The tail that is nearer: log(2u) below the middle, -log(2 - 2u) above. */
FM_FN double fm_sample_laplace(fm_fixed_draw d) {
    double u = fm_sample_open(d.first);
    double depth = fm_random_log(2 * (u < 0.5 ? u : 1 - u));
    return d.a + d.b * (u < 0.5 ? depth : -depth);
}

FM_FN double fm_sample_logistic(fm_fixed_draw d) {
    double u = fm_sample_open(d.first);
    return d.a + d.b * fm_random_log(u / (1 - u));
}

FM_FN double fm_sample_lognormal(fm_fixed_draw d) {
    return fm_sample_exp(fm_normal_scaled_f64(d.first, d.a, d.b));
}

FM_FN double fm_sample_rayleigh(fm_fixed_draw d) {
    return d.a * sqrt(-2 * fm_random_log(fm_sample_open(d.first)));
}

/* E^(1/a) of a standard exponential E. */
FM_FN double fm_sample_weibull(fm_fixed_draw d) {
    double e = -fm_random_log(fm_sample_open(d.first));
    double x = fm_sample_exp(fm_random_log(e) / d.a);
    return d.a == 0 ? 0.0 : x;
}

FM_FN double fm_sample_pareto(fm_fixed_draw d) {
    return fm_sample_expm1(-fm_random_log(fm_sample_open(d.first)) / d.a);
}

FM_FN double fm_sample_power(fm_fixed_draw d) {
    return fm_sample_exp(fm_random_log(fm_sample_open(d.first)) / d.a);
}

/* left, mode, right */
FM_FN double fm_sample_triangular(fm_fixed_draw d) {
    double u = fm_sample_open(d.first), base = d.c - d.a, rise = d.b - d.a, fall = d.c - d.b;
    double low = d.a + sqrt(u * (rise * base)), high = d.c - sqrt((1 - u) * (fall * base));
    return u <= rise / base ? low : high;
}

FM_FN double fm_sample_standard_cauchy(fm_fixed_draw d) {
    return fm_sample_tanpi(fm_sample_open(d.first) - 0.5);
}

/* The inverse Gaussian of Michael, Schucany and Haas, The American Statistician 30 (1976): the
   smaller root by a form without cancellation, or mean^2 over it. */
FM_FN double fm_sample_wald(fm_fixed_draw d) {
    double z = fm_normal_f64(d.first), y = d.a * z * z;
    double s = sqrt(4 * d.b * y + y * y) + y;
    double small = s == 0 ? d.a : d.a * (4 * d.b * y / s) / s;
    return fm_sample_open(d.second) * (d.a + small) <= d.a ? small : d.a * (d.a / small);
}

/* A chance of 1 is taken for the number before it, which gives 1 too. */
FM_FN int64_t fm_sample_geometric(fm_fixed_draw d) {
    const double most = 1 - 0x1p-53;
    double depth = fm_sample_log1p(d.a < most ? -d.a : -most);
    return fm_sample_whole(ceil(fm_random_log(fm_sample_open(d.first)) / depth));
}

/* Algorithm LK of Kemp, Applied Statistics 30 (1981). */
FM_FN int64_t fm_sample_logseries(fm_fixed_draw d) {
    double v = fm_sample_open(d.first), u = fm_sample_open(d.second);
    double q = -fm_sample_expm1(fm_sample_log1p(-d.a) * u);
    double many = floor(1 + fm_random_log(v) / fm_random_log(q));
    double few = v >= q ? 1.0 : 2.0;
    double x = v <= q * q ? many : few;
    x = v < d.a ? x : 1.0;
    return fm_sample_whole(x > 1 ? x : 1.0);
}

#endif
