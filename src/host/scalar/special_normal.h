/* The standard normal distribution, whole and cut to an interval: density, probability below a
   point, quantile. */
#ifndef FM_SCALAR_SPECIAL_NORMAL_H
#define FM_SCALAR_SPECIAL_NORMAL_H

#include "scalar/fn.h"

#define FM_SQRT_HALF   0.70710678118654752440
#define FM_INV_SQRT2PI 0.39894228040143267794

FM_FN double fm_normal_density(double z) {
    return FM_INV_SQRT2PI * exp(-0.5 * z * z);
}

FM_FN double fm_normal_below(double z) {
    return 0.5 * erfc(-z * FM_SQRT_HALF);
}

FM_FN double fm_normal_above(double z) {
    return 0.5 * erfc(z * FM_SQRT_HALF);
}

/* M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988): three quotients of polynomials of
   degree 7, relative error about 1e-16. */
#define FM_QUOTIENT(r, a7, a6, a5, a4, a3, a2, a1, a0, b7, b6, b5, b4, b3, b2, b1)                 \
    ((((((((a7 * r + a6) * r + a5) * r + a4) * r + a3) * r + a2) * r + a1) * r + a0) /             \
     (((((((b7 * r + b6) * r + b5) * r + b4) * r + b3) * r + b2) * r + b1) * r + 1.0))

/* Of 1/2 + q, |q| <= 0.425. */
FM_FN double fm_quantile_middle(double q) {
    double r = 0.180625 - q * q;
    return q * FM_QUOTIENT(
                   r, 2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4,
                   4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3,
                   1.3314166789178437745e+2, 3.3871328727963666080e+0, 5.2264952788528545610e+3,
                   2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
                   5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1);
}

/* How far from 0 the point lies beyond which there is `tail`, for tail < 0.075. */
FM_FN double fm_quantile_tail(double tail) {
    double r = sqrt(-log(tail));
    if (r <= 5) {
        r -= 1.6;
        return FM_QUOTIENT(
            r, 7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
            1.27045825245236838258e+0, 3.64784832476320460504e+0, 5.76949722146069140550e+0,
            4.63033784615654529590e+0, 1.42343711074968357734e+0, 1.05075007164441684324e-9,
            5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
            6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0);
    }
    r -= 5;
    return FM_QUOTIENT(
        r, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
        2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e+0,
        5.46378491116411436990e+0, 6.65790464350110377720e+0, 2.04426310338993978564e-15,
        1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1);
}

FM_FN double fm_normal_quantile(double p) {
    if (!((p >= 0) & (p <= 1))) return (double)NAN;
    if ((p >= 0.075) & (p <= 0.925)) return fm_quantile_middle(p - 0.5);
    if (p == 0) return -(double)INFINITY;
    if (p == 1) return (double)INFINITY;
    return p < 0.5 ? -fm_quantile_tail(p) : fm_quantile_tail(1 - p);
}

/* Cut to [a, b]. What lies right of 0 is counted from above, what lies left of it from below, so
   that nothing is taken from 1. Beyond FM_FAR, where erfc is about to vanish, everything is
   relative to the density at the nearer end, by Mills' ratio; left of 0 it is mirrored there. */

#define FM_FAR 35.0

/* Mills' ratio above(z) / density(z) for z >= FM_FAR, from its continued fraction; what is cut off
   is below 1e-18 of it. */
FM_FN double fm_mills(double z) {
    return 1 / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 5 / z)))));
}

/* above(z) / density(a), 0 for an infinite z. */
FM_FN double fm_far_above(double z, double a) {
    return z > 1e300 ? 0.0 : fm_mills(z) * exp(0.5 * (a - z) * (a + z));
}

/* What the interval alone decides. far: 1 beyond FM_FAR, -1 the mirrored interval is; then a and b
   are those beyond, mills is Mills' ratio at a and rest what lies above b of what lies above a. */
typedef struct fm_cut {
    double a, b;
    int far;
    double between;          /* the probability of the interval; far: over the density at a */
    double below_a, above_a; /* probabilities */
    double from_middle;      /* below_a - 1/2 */
    double above_b;
    double mills, rest;
} fm_cut;

FM_FN fm_cut fm_far_cut(double a, double b, int side) {
    double mills = fm_mills(a), above = fm_far_above(b, a);
    fm_cut cut = {a, b, side, mills - above, 0, 0, 0, 0, mills, above / mills};
    return cut;
}

FM_FN fm_cut fm_cut_of(double a, double b) {
    if (a > FM_FAR) return fm_far_cut(a, b, 1);
    if (b < -FM_FAR) return fm_far_cut(-b, -a, -1);
    fm_cut cut = {a, b, 0, 0, fm_normal_below(a), fm_normal_above(a), 0, fm_normal_above(b), 0, 0};
    cut.from_middle = 0.5 * erf(a * FM_SQRT_HALF);
    cut.between = a > 0   ? cut.above_a - cut.above_b
                  : b < 0 ? fm_normal_below(b) - cut.below_a
                          : 0.5 * erf(b * FM_SQRT_HALF) - cut.from_middle;
    return cut;
}

/* At a <= z <= b. */
FM_FN double fm_cut_density(const fm_cut *cut, double z) {
    if (cut->far == 0) return fm_normal_density(z) / cut->between;
    double a = cut->a, y = z * cut->far;
    return exp(0.5 * (a - y) * (a + y)) / cut->between;
}

FM_FN double fm_cut_below(const fm_cut *cut, double z) {
    if (cut->far > 0) return (cut->mills - fm_far_above(z, cut->a)) / cut->between;
    if (cut->far < 0) return (fm_far_above(-z, cut->a) - cut->mills * cut->rest) / cut->between;
    double part = cut->a > 0 ? cut->above_a - fm_normal_above(z)
                  : z < 0    ? fm_normal_below(z) - cut->below_a
                             : 0.5 * erf(z * FM_SQRT_HALF) - cut->from_middle;
    return part / cut->between;
}

/* The point above which there is exp(wanted) of what lies above a > FM_FAR: Newton's method on the
   logarithm of the probability, which is nearly a parabola. */
FM_FN double fm_far_quantile(const fm_cut *cut, double wanted) {
    double a = cut->a, z = sqrt(a * a - 2 * wanted);
    for (int i = 0; i < 4; i++) {
        double here = fm_mills(z);
        z += here * (0.5 * (a - z) * (a + z) + log(here / cut->mills) - wanted);
    }
    return z;
}

FM_FN double fm_cut_quantile(const fm_cut *cut, double q) {
    if (cut->far > 0) return fm_far_quantile(cut, log1p(-q * (1 - cut->rest)));
    if (cut->far < 0) return -fm_far_quantile(cut, log(cut->rest + q * (1 - cut->rest)));
    double part = q * cut->between, from_middle = cut->from_middle + part;
    if (fabs(from_middle) <= 0.425) return fm_quantile_middle(from_middle);
    if (from_middle < 0) return fm_normal_quantile(cut->below_a + part);
    return -fm_normal_quantile(cut->above_b + (1 - q) * cut->between);
}

#endif
