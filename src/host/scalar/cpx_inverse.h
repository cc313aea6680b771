/* Inverse circular and hyperbolic functions of complex128, by the formulas of W. Kahan, Branch cuts
   for complex elementary functions, in: The state of the art in numerical analysis (1987), 165-211.
 */
#ifndef FM_SCALAR_CPX_INVERSE_H
#define FM_SCALAR_CPX_INVERSE_H

#include "scalar/cpx_elementary.h"

/* Past this modulus 1 is nothing beside z^2, whose square root is in range. */
#define FM_CPX_HUGE 1e100

FM_FN int fm_is_huge(fm_c128 z) {
    return !(fmax(fabs(z.re), fabs(z.im)) <= FM_CPX_HUGE);
}

/* sqrt(1 + z) and sqrt(1 - z) */
FM_FN fm_c128 fm_root_above(fm_c128 z) {
    return fm_sqrt_c128(fm_make_c128(1 + z.re, z.im));
}
FM_FN fm_c128 fm_root_below(fm_c128 z) {
    return fm_sqrt_c128(fm_make_c128(1 - z.re, -z.im));
}

/* log |2 z| */
FM_FN double fm_log_twice(fm_c128 z) {
    return fm_log_modulus(z.re, z.im) + 0.69314718055994530942;
}

FM_FN fm_c128 fm_arcsin_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (fm_has_nan_c128(z)) {
        if (x == 0) return fm_make_c128(x, y);
        if (fm_isinf_f64(y)) return fm_make_c128(x, y);
        if (fm_isinf_f64(x)) return fm_make_c128(y, x);
        return fm_make_c128(x + y, x + y);
    }
    if (fm_is_huge(z)) {
        return fm_make_c128(atan2(x, fabs(y)), copysign(fm_log_twice(z), y));
    }
    fm_c128 above = fm_root_above(z), below = fm_root_below(z);
    double re = atan2(x, above.re * below.re - above.im * below.im);
    return fm_make_c128(re, asinh(below.re * above.im - below.im * above.re));
}

FM_FN fm_c128 fm_arccos_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (fm_has_nan_c128(z)) {
        if (x == 0) return fm_make_c128(1.57079632679489661923, y);
        if (fm_isinf_f64(y)) return fm_make_c128(x, -y);
        if (fm_isinf_f64(x)) return fm_make_c128(y, x);
        return fm_make_c128(x + y, x + y);
    }
    if (fm_is_huge(z)) {
        return fm_make_c128(atan2(fabs(y), x), -copysign(fm_log_twice(z), y));
    }
    fm_c128 above = fm_root_above(z), below = fm_root_below(z);
    double re = 2 * atan2(below.re, above.re);
    return fm_make_c128(re, asinh(above.re * below.im - above.im * below.re));
}

FM_FN fm_c128 fm_arccosh_c128(fm_c128 z) {
    double x = z.re, y = z.im;
    if (fm_has_nan_c128(z)) {
        if (fm_isinf_f64(x) || fm_isinf_f64(y)) return fm_make_c128(HUGE_VAL, x != x ? x : y);
        return fm_make_c128(x + y, x == 0 ? 1.57079632679489661923 : x + y);
    }
    if (fm_is_huge(z)) return fm_make_c128(fm_log_twice(z), atan2(y, x));
    fm_c128 above = fm_root_above(z), before = fm_sqrt_c128(fm_make_c128(x - 1, y));
    double re = asinh(before.re * above.re + before.im * above.im);
    return fm_make_c128(re, 2 * atan2(before.im, above.re));
}

FM_FN fm_c128 fm_arcsinh_c128(fm_c128 z) {
    return fm_times_minus_i(fm_arcsin_c128(fm_times_i(z)));
}

/* Reflected into the right half plane, where it is computed from |y| and the sign is put back. */
FM_FN fm_c128 fm_arctanh_c128(fm_c128 z) {
    const double half_pi = 1.57079632679489661923;
    const double large = 0x1p510, small = 0x1p-510;
    double side = copysign(1.0, z.re);
    double x = fabs(z.re), y = fabs(z.im);
    if (fm_has_nan_c128(z)) {
        if (z.re == 0) return z;
        if (fm_isinf_f64(x)) return fm_make_c128(copysign(0.0, z.re), y);
        if (fm_isinf_f64(y)) return fm_make_c128(copysign(0.0, x), copysign(half_pi, z.im));
        return fm_make_c128(x + y, x + y);
    }
    double re, im;
    if (x > large || y > large) {
        re = fm_isinf_f64(x) || fm_isinf_f64(y) ? 0 : fm_reciprocal_c128(fm_make_c128(x, y)).re;
        im = half_pi;
    } else if (x == 1) {
        double distance = y + small;
        re = log(sqrt(sqrt(4 + y * y)) / sqrt(distance));
        im = 0.5 * (half_pi + atan(distance * 0.5));
    } else {
        double away = (y + small) * (y + small);
        re = 0.25 * log1p(4 * x / ((1 - x) * (1 - x) + away));
        im = 0.5 * atan2(2 * y, (1 - x) * (1 + x) - away);
    }
    if (x == 1 && y == 0) {
        re = HUGE_VAL;
        im = 0;
    }
    return fm_make_c128(side * re, copysign(im, z.im));
}

FM_FN fm_c128 fm_arctan_c128(fm_c128 z) {
    return fm_times_minus_i(fm_arctanh_c128(fm_times_i(z)));
}

#endif
