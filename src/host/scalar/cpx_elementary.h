/* Square root, exponential, logarithm, power and circular functions of complex128, with the branch
   cuts and infinities of C17, annex G. */
#ifndef FM_SCALAR_CPX_ELEMENTARY_H
#define FM_SCALAR_CPX_ELEMENTARY_H

#include "scalar/flt.h"
#include "scalar/types.h"

FM_FN fm_c128 fm_times_i(fm_c128 z) {
    return fm_make_c128(-z.im, z.re);
}
FM_FN fm_c128 fm_times_minus_i(fm_c128 z) {
    return fm_make_c128(z.im, -z.re);
}
FM_FN fm_c128 fm_scaled(fm_c128 z, double by) {
    return fm_make_c128(z.re * by, z.im * by);
}

/* sqrt((|x| + |z|) / 2) for a z whose parts are neither huge nor tiny */
FM_FN double fm_sqrt_of_half(double x, double y) {
    return sqrt((fabs(x) + hypot(x, y)) * 0.5);
}

FM_FN fm_c128 fm_sqrt_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (fm_isinf_f64(y)) return fm_make_c128(HUGE_VAL, y);
    if (fm_isinf_f64(x)) {
        double other = y == y ? 0 : y;
        return x > 0 ? fm_make_c128(x, copysign(other, y)) : fm_make_c128(other, copysign(x, y));
    }
    if (x == 0 && y == 0) return fm_make_c128(0, y);
    /* by powers of 4, so that the sum stays in range and keeps its bits */
    double larger = fmax(fabs(x), fabs(y)), in = 1, out = 1;
    if (larger > 0x1p1020) {
        in = 0x1p-4;
        out = 0x1p2;
    } else if (larger < 0x1p-900) {
        in = 0x1p200;
        out = 0x1p-100;
    }
    x *= in;
    y *= in;
    double root = fm_sqrt_of_half(x, y);
    double rest = fabs(y) / (2 * root);
    if (x >= 0) return fm_make_c128(root * out, copysign(rest * out, y));
    return fm_make_c128(rest * out, copysign(root * out, y));
}

/* e^x (cos y + i sin y), where e^x may overflow although the product does not */
FM_FN fm_c128 fm_exp_polar(double x, double y) {
    double c = cos(y), s = sin(y);
    if (x > 700 && x < 1500) {
        double half = exp(x * 0.5);
        return fm_make_c128(half * c * half, half * s * half);
    }
    double size = exp(x);
    return fm_make_c128(size * c, size * s);
}

FM_FN fm_c128 fm_exp_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (y == 0) return fm_make_c128(exp(x), y);
    if (!fm_isfinite_f64(y)) {
        if (fm_isinf_f64(x)) return x < 0 ? fm_make_c128(0, 0) : fm_make_c128(x, y - y);
        return fm_make_c128(y - y, y - y);
    }
    if (x != x) return fm_make_c128(x, x);
    return fm_exp_polar(x, y);
}

/* e^x cos y - 1 = expm1(x) cos y - 2 sin^2(y / 2) */
FM_FN fm_c128 fm_expm1_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (y == 0) return fm_make_c128(expm1(x), y);
    if (!fm_isfinite_f64(x) || !fm_isfinite_f64(y) || x > 700) {
        fm_c128 whole = fm_exp_c128(z);
        return fm_make_c128(whole.re - 1, whole.im);
    }
    double half = sin(y * 0.5);
    return fm_make_c128(expm1(x) * cos(y) - 2 * half * half, exp(x) * sin(y));
}

/* The product of x and y is *high + the result, exactly where nothing under- or overflows: T. J.
   Dekker, A floating-point technique for extending the available precision, Numerische Mathematik
   18 (1971), 224-242. */
FM_FN double fm_product_rest(double x, double y, double *high) {
    double x_split = 134217729.0 * x, y_split = 134217729.0 * y;
    double x_top = x_split - (x_split - x), y_top = y_split - (y_split - y);
    double x_low = x - x_top, y_low = y - y_top;
    *high = x * y;
    return ((x_top * y_top - *high) + x_top * y_low + x_low * y_top) + x_low * y_low;
}

/* 2^x (cos(y log 2) + i sin(y log 2)): the angle with what its rounding lost, by which the sine and
   cosine are corrected. */
FM_FN fm_c128 fm_exp2_c128(fm_c128 z) {
    const double log2 = 0.69314718055994530942, log2_rest = 2.3190468138462995584e-17;
    double x = z.re, y = z.im;
    if (y == 0) return fm_make_c128(exp2(x), y);
    if (!fm_isfinite_f64(x) || !(fabs(y) < 1e300) || fabs(x) > 1000) {
        return fm_exp_c128(fm_make_c128(x * log2, y * log2));
    }
    double angle, lost = fm_product_rest(y, log2, &angle) + y * log2_rest;
    double size = exp2(x), c = cos(angle), s = sin(angle);
    return fm_make_c128(size * (c - lost * s), size * (s + lost * c));
}

/* log |z|; near the unit circle from |z|^2 - 1, whose terms cancel and are kept exactly. */
FM_FN double fm_log_modulus(double x, double y) {
    if (x != x || y != y) return log(hypot(x, y));
    double large = fmax(fabs(x), fabs(y)), small = fmin(fabs(x), fabs(y));
    if (large > 0x1p1020) return log(hypot(x * 0x1p-4, y * 0x1p-4)) + 4 * 0.69314718055994530942;
    if (large < 0x1p-900 && large > 0) {
        return log(hypot(x * 0x1p200, y * 0x1p200)) - 200 * 0.69314718055994530942;
    }
    if (large >= 0.5 && large <= 1.5 && small <= 1.5) {
        double squares[2];
        double rests =
            fm_product_rest(large, large, &squares[0]) + fm_product_rest(small, small, &squares[1]);
        double excess = ((squares[0] - 1) + squares[1]) + rests;
        if (fabs(excess) < 0.75) return 0.5 * log1p(excess);
    }
    return log(hypot(x, y));
}

FM_FN fm_c128 fm_log_c128(fm_c128 z) {
    return fm_make_c128(fm_log_modulus(z.re, z.im), atan2(z.im, z.re));
}

FM_FN fm_c128 fm_log2_c128(fm_c128 z) {
    return fm_scaled(fm_log_c128(z), 1.44269504088896340736);
}

FM_FN fm_c128 fm_log10_c128(fm_c128 z) {
    return fm_scaled(fm_log_c128(z), 0.43429448190325182765);
}

FM_FN fm_c128 fm_log1p_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (fabs(x) < 0.5 && fabs(y) < 0.5) {
        return fm_make_c128(0.5 * log1p(x * (2 + x) + y * y), atan2(y, 1 + x));
    }
    return fm_log_c128(fm_make_c128(1 + x, y));
}

/* z^n for a small n, by squaring */
FM_FN fm_c128 fm_power_whole(fm_c128 z, int n) {
    int magnitude = n < 0 ? -n : n;
    fm_c128 result = fm_make_c128(1, 0);
    for (; magnitude != 0; magnitude >>= 1) {
        if (magnitude & 1) result = fm_multiply_c128(result, z);
        z = fm_multiply_c128(z, z);
    }
    return n < 0 ? fm_divide_c128(fm_make_c128(1, 0), result) : result;
}

FM_FN double fm_unit_or_zero(double x) {
    return copysign(fm_isinf_f64(x) ? 1.0 : 0.0, x);
}
FM_FN double fm_zero_if_nan(double x) {
    return x != x ? copysign(0.0, x) : x;
}

/* The product as C17, annex G, has it: an infinity by what is not 0 is one, whatever its other part
   is. */
FM_FN fm_c128 fm_product_c128(fm_c128 a, fm_c128 b) {
    const fm_c128 plain = fm_multiply_c128(a, b);
    const bool left = fm_isinf_f64(a.re) || fm_isinf_f64(a.im);
    const bool right = fm_isinf_f64(b.re) || fm_isinf_f64(b.im);
    if (plain.re == plain.re || plain.im == plain.im || !(left || right)) return plain;
    if (left) a = fm_make_c128(fm_unit_or_zero(a.re), fm_unit_or_zero(a.im));
    if (left) b = fm_make_c128(fm_zero_if_nan(b.re), fm_zero_if_nan(b.im));
    if (right) b = fm_make_c128(fm_unit_or_zero(b.re), fm_unit_or_zero(b.im));
    if (right) a = fm_make_c128(fm_zero_if_nan(a.re), fm_zero_if_nan(a.im));
    return fm_scaled(fm_multiply_c128(a, b), (double)INFINITY);
}

/* NumPy's cases: the power 0 is 1; 0 to a power of positive real part is 0, else NaN; whole powers
   below 100 are products; the rest is exp(b log a). */
FM_FN fm_c128 fm_power_c128(fm_c128 a, fm_c128 b) {
    if (b.re == 0 && b.im == 0) return fm_make_c128(1, 0);
    if (a.re == 0 && a.im == 0) {
        double undefined = (a.re / b.re) / a.re;
        return b.re > 0 ? fm_make_c128(0, 0) : fm_make_c128(undefined, undefined);
    }
    if (b.im == 0 && fabs(b.re) < 100 && b.re == rint(b.re)) return fm_power_whole(a, (int)b.re);
    return fm_exp_c128(fm_product_c128(b, fm_log_c128(a)));
}

FM_FN fm_c128 fm_float_power_c128(fm_c128 a, fm_c128 b) {
    return fm_power_c128(a, b);
}

/* Hyperbolic functions; past 700 both are e^|x| / 2 to the last bit */

FM_FN fm_c128 fm_cosh_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (y == 0) return fm_make_c128(cosh(x), copysign(0.0, x) * y);
    if (x == 0) return fm_make_c128(cos(y), copysign(0.0, x) * sin(y));
    if (fm_isfinite_f64(x) && fabs(x) > 700) {
        fm_c128 half = fm_exp_polar(fabs(x) - 1, y);
        half = fm_scaled(half, 0.5 * 2.71828182845904523536);
        return fm_make_c128(half.re, copysign(1.0, x) * half.im);
    }
    if (fm_isinf_f64(x) && !fm_isfinite_f64(y)) return fm_make_c128(x * x, x * (y - y));
    return fm_make_c128(cosh(x) * cos(y), sinh(x) * sin(y));
}

FM_FN fm_c128 fm_sinh_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (y == 0) return fm_make_c128(sinh(x), y);
    if (x == 0) return fm_make_c128(copysign(0.0, x) * cos(y), sin(y));
    if (fm_isfinite_f64(x) && fabs(x) > 700) {
        fm_c128 half = fm_exp_polar(fabs(x) - 1, y);
        half = fm_scaled(half, 0.5 * 2.71828182845904523536);
        return fm_make_c128(copysign(1.0, x) * half.re, half.im);
    }
    if (fm_isinf_f64(x) && !fm_isfinite_f64(y)) return fm_make_c128(x, x * (y - y));
    return fm_make_c128(sinh(x) * cos(y), cosh(x) * sin(y));
}

/* W. Kahan, Branch cuts for complex elementary functions, in: The state of the art in numerical
   analysis (1987), 165-211. */
FM_FN fm_c128 fm_tanh_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (fm_isinf_f64(x)) {
        double side = fm_isfinite_f64(y) ? sin(2 * y) : y;
        return fm_make_c128(copysign(1.0, x), copysign(0.0, side));
    }
    if (y == 0) return fm_make_c128(tanh(x), y);
    if (!fm_isfinite_f64(y)) return fm_make_c128(x == 0 ? x : y - y, y - y);
    if (fabs(x) > 22) {
        double fade = exp(-fabs(x));
        return fm_make_c128(copysign(1.0, x), 4 * sin(y) * cos(y) * fade * fade);
    }
    double t = tan(y), s = sinh(x);
    double beta = 1 + t * t, rho = sqrt(1 + s * s);
    double below = 1 + beta * s * s;
    return fm_make_c128(beta * rho * s / below, t / below);
}

/* Circular functions: of i z */

FM_FN fm_c128 fm_sin_c128(fm_c128 z) {
    return fm_times_minus_i(fm_sinh_c128(fm_times_i(z)));
}
FM_FN fm_c128 fm_cos_c128(fm_c128 z) {
    return fm_cosh_c128(fm_times_i(z));
}
FM_FN fm_c128 fm_tan_c128(fm_c128 z) {
    return fm_times_minus_i(fm_tanh_c128(fm_times_i(z)));
}

#endif
