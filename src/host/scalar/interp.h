/* Piecewise linear interpolation at one point, as NumPy's interp. */
#ifndef FM_SCALAR_INTERP_H
#define FM_SCALAR_INTERP_H

#include "scalar/types.h"

/* The last j with xp[j] <= x, for xp[0] <= x and n >= 1; at is where it may be near. */
FM_FN int64_t fm_interp_find(const double *xp, int64_t n, double x, int64_t at) {
    if (at >= 0 && at + 1 < n && xp[at] <= x && x < xp[at + 1]) return at;
    int64_t low = 0, count = n;
    while (count > 1) { /* xp[low] <= x */
        int64_t half = count / 2;
        low += xp[low + half] <= x ? half : 0;
        count -= half;
    }
    return low;
}

/* Between two points; y where the slope times 0 or infinity would be no number. */
FM_FN double fm_interp_between(double x, double x0, double x1, double y0, double y1) {
    double slope = (y1 - y0) / (x1 - x0);
    double y = slope * (x - x0) + y0;
    if (y != y) {
        y = slope * (x - x1) + y1;
        if (y != y && y0 == y1) y = y0;
    }
    return y;
}

FM_FN double fm_interp_f64(double x, const double *xp, const double *fp, int64_t n, double left,
                           double right, int64_t *at) {
    if (n == 1) return x < xp[0] ? left : x > xp[0] ? right : fp[0];
    if (x != x) return x;
    if (x < xp[0]) return left;
    if (x > xp[n - 1]) return right;
    int64_t j = *at = fm_interp_find(xp, n, x, *at);
    if (j == n - 1 || xp[j] == x) return fp[j];
    return fm_interp_between(x, xp[j], xp[j + 1], fp[j], fp[j + 1]);
}

FM_FN fm_c128 fm_interp_c128(double x, const double *xp, const fm_c128 *fp, int64_t n, fm_c128 left,
                             fm_c128 right, int64_t *at) {
    if (n == 1) return x < xp[0] ? left : x > xp[0] ? right : fp[0];
    fm_c128 y = {x, 0};
    if (x != x) return y;
    if (x < xp[0]) return left;
    if (x > xp[n - 1]) return right;
    int64_t j = *at = fm_interp_find(xp, n, x, *at);
    if (j == n - 1 || xp[j] == x) return fp[j];
    y.re = fm_interp_between(x, xp[j], xp[j + 1], fp[j].re, fp[j + 1].re);
    y.im = fm_interp_between(x, xp[j], xp[j + 1], fp[j].im, fp[j + 1].im);
    return y;
}

#endif
