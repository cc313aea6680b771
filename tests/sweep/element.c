/* One element of each elementwise operation: over reals, and the choice among the number systems.
 */
#include "element.h"
#include "element_parts.h"

#include <math.h>

static const long double pi = 3.14159265358979323846264338327950288L;

static long double sign_of(long double x) {
    return isnan(x) ? x : (long double)((x > 0) - (x < 0));
}

static bool real_unary(fm_unary_id id, long double x, long double *y) {
    switch (id) {
#define CASE(name, expression)                                                                     \
    case FM_UNARY_##name:                                                                          \
        *y = (long double)(expression);                                                            \
        return true;
        CASE(negative, -x)
        CASE(positive, x)
        CASE(absolute, fabsl(x))
        CASE(fabs, fabsl(x))
        CASE(sign, sign_of(x))
        CASE(square, x * x)
        CASE(sqrt, sqrtl(x))
        CASE(cbrt, cbrtl(x))
        CASE(reciprocal, 1 / x)
        CASE(exp, expl(x))
        CASE(exp2, exp2l(x))
        CASE(expm1, expm1l(x))
        CASE(log, logl(x))
        CASE(log2, log2l(x))
        CASE(log10, log10l(x))
        CASE(log1p, log1pl(x))
        CASE(sin, sinl(x))
        CASE(cos, cosl(x))
        CASE(tan, tanl(x))
        CASE(arcsin, asinl(x))
        CASE(arccos, acosl(x))
        CASE(arctan, atanl(x))
        CASE(sinh, sinhl(x))
        CASE(cosh, coshl(x))
        CASE(tanh, tanhl(x))
        CASE(arcsinh, asinhl(x))
        CASE(arccosh, acoshl(x))
        CASE(arctanh, atanhl(x))
        CASE(floor, floorl(x))
        CASE(ceil, ceill(x))
        CASE(trunc, truncl(x))
        CASE(rint, rintl(x))
        CASE(isnan, isnan(x))
        CASE(isinf, isinf(x) != 0)
        CASE(isfinite, isfinite(x))
        CASE(signbit, signbit(x) != 0)
        CASE(logical_not, x == 0)
        CASE(conjugate, x)
        CASE(deg2rad, x * (pi / 180))
        CASE(rad2deg, x * (180 / pi))
        CASE(angle, isnan(x) ? x : signbit(x) ? pi : 0)
#undef CASE
    case FM_UNARY_invert:
    case FM_UNARY_COUNT:
        break;
    }
    return false;
}

/* log(b^x + b^y) by the larger of both. */
static long double log_sum(long double x, long double y, long double (*power)(long double),
                           long double per) {
    if (x == y) return x + log1pl(1) * per;
    long double larger = fmaxl(x, y), gap = -fabsl(x - y);
    return isnan(x) || isnan(y) ? x + y : larger + log1pl(power(gap)) * per;
}

/* By Python's rule. The sum is rounded once, as it is in the dtype. */
static long double modulo(long double a, long double b) {
    long double r = fmodl(a, b);
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

static long double extremum(long double a, long double b, bool larger) {
    if (isnan(a) || isnan(b)) return (long double)NAN;
    return (a < b) == larger ? b : a;
}

/* Quotients that are not finite, or beyond the digits of a long double, are left to the dtype. */
static bool quotient_known(long double a, long double b) {
    return isfinite(a) && isfinite(b) && b != 0 && fabsl(a / b) < 0x1p20L &&
           (a == 0 || fabsl(a / b) > 0x1p-60L);
}

static bool next_known(fm_dtype t, long double a, long double b, long double *y) {
    if (t == FM_FLOAT32) *y = (long double)nextafterf((float)a, (float)b);
    if (t == FM_FLOAT64) *y = (long double)nextafter((double)a, (double)b);
    return t == FM_FLOAT32 || t == FM_FLOAT64;
}

static bool real_binary(fm_binary_id id, fm_dtype t, long double a, long double b, long double *y) {
    switch (id) {
#define CASE(name, expression)                                                                     \
    case FM_BINARY_##name:                                                                         \
        *y = (long double)(expression);                                                            \
        return true;
        CASE(add, a + b)
        CASE(subtract, a - b)
        CASE(multiply, a * b)
        CASE(divide, a / b)
        CASE(fmod, fmodl(a, b))
        CASE(power, powl(a, b))
        CASE(float_power, powl(a, b))
        CASE(arctan2, atan2l(a, b))
        CASE(hypot, hypotl(a, b))
        CASE(logaddexp, log_sum(a, b, expl, 1))
        CASE(logaddexp2, log_sum(a, b, exp2l, 1 / logl(2)))
        CASE(copysign, copysignl(a, b))
        CASE(heaviside, isnan(a) ? a : a < 0 ? 0 : a > 0 ? 1 : b)
        CASE(maximum, extremum(a, b, true))
        CASE(minimum, extremum(a, b, false))
        CASE(fmax, isnan(a) ? b : isnan(b) ? a : extremum(a, b, true))
        CASE(fmin, isnan(a) ? b : isnan(b) ? a : extremum(a, b, false))
        CASE(greater, a > b)
        CASE(greater_equal, a >= b)
        CASE(less, a < b)
        CASE(less_equal, a <= b)
        CASE(equal, a == b)
        CASE(not_equal, a != b)
        CASE(logical_and, a != 0 && b != 0)
        CASE(logical_or, a != 0 || b != 0)
        CASE(logical_xor, (a != 0) != (b != 0))
#undef CASE
    case FM_BINARY_floor_divide:
        *y = floorl(a / b);
        return quotient_known(a, b);
    case FM_BINARY_remainder:
        *y = modulo(a, b);
        return quotient_known(a, b);
    case FM_BINARY_nextafter:
        return next_known(t, a, b, y);
    default:
        return false;
    }
}

bool sw_unary(fm_unary_id id, fm_dtype t, sw_value x, sw_value *y) {
    *y = (sw_value){0, 0};
    if (fm_dtype_kind(t) == 'c') return sw_complex_unary(id, x, y);
    if (fm_dtype_kind(t) == 'f') return real_unary(id, x.re, &y->re);
    return sw_integer_unary(id, t, x.re, &y->re);
}

bool sw_binary(fm_binary_id id, fm_dtype t, sw_value a, sw_value b, sw_value *y) {
    *y = (sw_value){0, 0};
    if (fm_dtype_kind(t) == 'c') return sw_complex_binary(id, a, b, y);
    if (fm_dtype_kind(t) == 'f') return real_binary(id, t, a.re, b.re, &y->re);
    return sw_integer_binary(id, t, a.re, b.re, &y->re);
}
