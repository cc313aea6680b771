/* Mathematics of the samplers: exponentials, logarithms, tangents and factorials made of + - * /
   and sqrt alone, so that without fused contraction every backend and every vector width gives the
   same bits. Errors are a few units in the last place. No branches where a selection does, so that
   loops over them vectorise. */
#ifndef FM_SCALAR_SAMPLE_MATH_H
#define FM_SCALAR_SAMPLE_MATH_H

#include "scalar/random.h"

/* 1 + x/a1 (1 + x/a2 (...)): the Taylor series of exp from its second term on, over |r| < 0.347,
   where the term left out is below 2^-57 of the sum. */
FM_FN double fm_sample_exp_tail(double r) {
    double s = 1.0 / 6227020800.0;
    s = s * r + 1.0 / 479001600.0;
    s = s * r + 1.0 / 39916800.0;
    s = s * r + 1.0 / 3628800.0;
    s = s * r + 1.0 / 362880.0;
    s = s * r + 1.0 / 40320.0;
    s = s * r + 1.0 / 5040.0;
    s = s * r + 1.0 / 720.0;
    s = s * r + 1.0 / 120.0;
    s = s * r + 1.0 / 24.0;
    s = s * r + 1.0 / 6.0;
    return s * r + 0.5;
}

/* e^x: x = k log 2 + r, the integer k taken from the low bits of a sum with 1.5 * 2^52. 2^k is the
   product of two powers, so that results below the smallest normal and beyond the largest number
   come out right. */
FM_FN double fm_sample_exp(double x) {
    const double shift = 0x1.8p52, log2_high = 0x1.62e42fee00000p-1,
                 log2_low = 0x1.a39ef35793c76p-33;
    x = x > 710 ? 710 : x;
    x = x < -746 ? -746 : x;
    double rounded = x * 1.4426950408889634 + shift;
    uint64_t k = fm_bits_of_f64(rounded) - 0x4338000000000000u + 4096;
    double whole = rounded - shift;
    double r = (x - whole * log2_high) - whole * log2_low;
    double power = 1 + (r + r * r * fm_sample_exp_tail(r));
    uint64_t half = k >> 1, rest = k - half;
    return power * fm_f64_of_bits((half - 2048 + 1023) << 52) *
           fm_f64_of_bits((rest - 2048 + 1023) << 52);
}

/* e^x - 1 without cancellation near 0. */
FM_FN double fm_sample_expm1(double x) {
    double near = x + x * x * fm_sample_exp_tail(x), far = fm_sample_exp(x) - 1;
    return fabs(x) < 0.34 ? near : far;
}

/* log(1 + x) for 1 + x normal: the rounding of 1 + x is divided out. */
FM_FN double fm_sample_log1p(double x) {
    double u = 1 + x, step = u - 1;
    double far = fm_random_log(u) * (x / step);
    return step == 0 ? x : far;
}

/* tan(pi t) for |t| < 0.5: sine and cosine of pi times the distance to the nearest of 0 and 0.5. */
FM_FN double fm_sample_tanpi(double t) {
    double a = fabs(t), b = 0.5 - a;
    bool steep = a > 0.25;
    double z = (steep ? b : a) * 3.141592653589793, q = z * z;
    double s = 1.0 / 355687428096000.0;
    s = s * -q + 1.0 / 1307674368000.0;
    s = s * -q + 1.0 / 6227020800.0;
    s = s * -q + 1.0 / 39916800.0;
    s = s * -q + 1.0 / 362880.0;
    s = s * -q + 1.0 / 5040.0;
    s = s * -q + 1.0 / 120.0;
    s = s * -q + 1.0 / 6.0;
    double sine = z - z * q * s;
    double c = 1.0 / 20922789888000.0;
    c = c * -q + 1.0 / 87178291200.0;
    c = c * -q + 1.0 / 479001600.0;
    c = c * -q + 1.0 / 3628800.0;
    c = c * -q + 1.0 / 40320.0;
    c = c * -q + 1.0 / 720.0;
    c = c * -q + 1.0 / 24.0;
    double cosine = 1 - q * (0.5 - q * c);
    double tangent = steep ? cosine / sine : sine / cosine;
    return t < 0 ? -tangent : tangent;
}

/* atan(x) for any x: reduced to |y| <= tan(pi/8) by the tangents of sums. */
FM_FN double fm_sample_atan(double x) {
    double a = fabs(x);
    bool large = a > 1;
    double z = large ? 1 / a : a;
    bool middle = z > 0.4142135623730950;
    double y = middle ? (z - 1) / (z + 1) : z, q = y * y, s = 1.0 / 43;
    for (int k = 41; k >= 23; k -= 2) s = 1.0 / k - q * s;
    for (int k = 21; k >= 3; k -= 2) s = 1.0 / k - q * s;
    double angle = y - y * q * s + (middle ? 0.7853981633974483 : 0.0);
    angle = large ? 1.5707963267948966 - angle : angle;
    return x < 0 ? -angle : angle;
}

/* Stirling's correction of log x!: 1/(12 x) - 1/(360 x^3) + 1/(1260 x^5) - 1/(1680 x^7), which is
   exact to double from x = 16 on. */
FM_FN double fm_sample_stirling(double x) {
    double r = 1 / x, q = r * r;
    return r * (1.0 / 12 - q * (1.0 / 360 - q * (1.0 / 1260 - q * (1.0 / 1680))));
}

/* log k! for a whole k >= 0. */
FM_FN double fm_sample_log_factorial(double k) {
    const double small[16] = {0.0,
                              0.0,
                              0.6931471805599453,
                              1.791759469228055,
                              3.1780538303479458,
                              4.787491742782046,
                              6.579251212010101,
                              8.525161361065415,
                              10.60460290274525,
                              12.801827480081469,
                              15.104412573075516,
                              17.502307845873887,
                              19.987214495661885,
                              22.552163853123425,
                              25.19122118273868,
                              27.89927138384089};
    if (k < 16) return small[k > 0 ? (int)k : 0];
    return (k + 0.5) * fm_random_log(k) - k + 0.9189385332046728 + fm_sample_stirling(k);
}

/* log(x! / y!) for whole numbers, without the cancellation of two large logarithms. */
FM_FN_LARGE double fm_sample_log_factorials(double x, double y) {
    if (x < 16 || y < 16) return fm_sample_log_factorial(x) - fm_sample_log_factorial(y);
    double d = x - y;
    return (y + 0.5) * fm_sample_log1p(d / y) + d * fm_random_log(x) - d +
           (fm_sample_stirling(x) - fm_sample_stirling(y));
}

#endif
