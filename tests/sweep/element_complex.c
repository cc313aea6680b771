/* One element of each elementwise operation over complex numbers of moderate size. */
#include "element_parts.h"

#include <complex.h>
#include <math.h>
#include <string.h>

typedef long double complex number;

/* By its parts, which C lays out as an array of two: not every compiler has CMPLXL. */
static number of(sw_value x) {
    number z;
    memcpy(&z, (long double[2]){x.re, x.im}, sizeof z);
    return z;
}

/* Parts whose products neither overflow nor vanish: on others no two libraries agree. */
static bool is_moderate(sw_value x) {
    long double size = fmaxl(fabsl(x.re), fabsl(x.im));
    return isfinite(x.re) && isfinite(x.im) && size < 64 && (x.re == 0 || fabsl(x.re) > 1e-3L) &&
           (x.im == 0 || fabsl(x.im) > 1e-3L);
}

static number sign_of(number z) {
    return z == 0 ? 0 : z / cabsl(z);
}

static bool test(fm_unary_id id, sw_value x, sw_value *y) {
    switch (id) {
    case FM_UNARY_isnan:
        y->re = isnan(x.re) || isnan(x.im);
        return true;
    case FM_UNARY_isinf:
        y->re = isinf(x.re) || isinf(x.im);
        return true;
    case FM_UNARY_isfinite:
        y->re = isfinite(x.re) && isfinite(x.im);
        return true;
    case FM_UNARY_logical_not:
        y->re = x.re == 0 && x.im == 0;
        return true;
    case FM_UNARY_positive:
        *y = x;
        return true;
    case FM_UNARY_negative:
        *y = (sw_value){-x.re, -x.im};
        return true;
    case FM_UNARY_conjugate:
        *y = (sw_value){x.re, -x.im};
        return true;
    default:
        return false;
    }
}

bool sw_complex_unary(fm_unary_id id, sw_value x, sw_value *y) {
    if (test(id, x, y)) return true;
    if (!is_moderate(x)) return false;
    number z = of(x), w;
    switch (id) {
#define CASE(name, expression)                                                                     \
    case FM_UNARY_##name:                                                                          \
        w = (expression);                                                                          \
        break;
        CASE(absolute, cabsl(z))
        CASE(sign, sign_of(z))
        CASE(square, z * z)
        CASE(sqrt, csqrtl(z))
        CASE(reciprocal, 1 / z)
        CASE(exp, cexpl(z))
        CASE(log, clogl(z))
        CASE(sin, csinl(z))
        CASE(cos, ccosl(z))
        CASE(tan, ctanl(z))
        CASE(sinh, csinhl(z))
        CASE(cosh, ccoshl(z))
        CASE(tanh, ctanhl(z))
        CASE(rint, of((sw_value){rintl(x.re), rintl(x.im)}))
        CASE(angle, cargl(z))
#undef CASE
    default:
        return false; /* the rest: inverse functions near their cuts, bases other than e */
    }
    *y = (sw_value){creall(w), cimagl(w)};
    return isfinite(y->re) && isfinite(y->im);
}

/* By real part, then imaginary part. */
static int order(sw_value a, sw_value b) {
    if (a.re != b.re) return a.re < b.re ? -1 : 1;
    return a.im < b.im ? -1 : a.im > b.im;
}

bool sw_complex_binary(fm_binary_id id, sw_value a, sw_value b, sw_value *y) {
    if (!is_moderate(a) || !is_moderate(b)) return false;
    number x = of(a), z = of(b), w;
    int by = order(a, b);
    switch (id) {
#define CASE(name, expression)                                                                     \
    case FM_BINARY_##name:                                                                         \
        w = (expression);                                                                          \
        break;
        CASE(add, x + z)
        CASE(subtract, x - z)
        CASE(multiply, x * z)
        CASE(divide, x / z)
        CASE(maximum, by < 0 ? z : x)
        CASE(minimum, by > 0 ? z : x)
        CASE(fmax, by < 0 ? z : x)
        CASE(fmin, by > 0 ? z : x)
        CASE(greater, by > 0)
        CASE(greater_equal, by >= 0)
        CASE(less, by < 0)
        CASE(less_equal, by <= 0)
        CASE(equal, by == 0)
        CASE(not_equal, by != 0)
        CASE(logical_and, x != 0 && z != 0)
        CASE(logical_or, x != 0 || z != 0)
        CASE(logical_xor, (x != 0) != (z != 0))
#undef CASE
    default:
        return false;
    }
    *y = (sw_value){creall(w), cimagl(w)};
    return isfinite(y->re) && isfinite(y->im);
}
