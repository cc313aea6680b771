/* One element of each elementwise operation over integers and bool, in 128 bits. */
#include "element_parts.h"

__extension__ typedef __int128 wide;

/* In two's complement of the dtype's width. */
static wide wrap(fm_dtype t, wide x) {
    int bits = (int)(8 * fm_dtype_size(t));
    wide span = (wide)1 << bits, low = ((x % span) + span) % span;
    return fm_dtype_kind(t) == 'i' && low >= span / 2 ? low - span : low;
}

/* The low bits of a product are those of the factors' low bits. */
static wide product(fm_dtype t, wide a, wide b) {
    return wrap(t, (wide)((uint64_t)a * (uint64_t)b));
}

static wide floor_divide(wide a, wide b) {
    if (b == 0) return 0;
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static wide power(fm_dtype t, wide a, wide b) {
    if (b < 0) return a == 1 ? 1 : a == -1 ? (b & 1 ? -1 : 1) : 0;
    wide result = 1;
    for (; b > 0; b >>= 1) {
        if (b & 1) result = product(t, result, a);
        a = product(t, a, a);
    }
    return result;
}

static wide magnitude(wide a) {
    return a < 0 ? -a : a;
}

static wide divisor(wide a, wide b) {
    a = magnitude(a);
    b = magnitude(b);
    while (b != 0) {
        wide r = a % b;
        a = b;
        b = r;
    }
    return a;
}

static wide multiple(fm_dtype t, wide a, wide b) {
    wide d = divisor(a, b);
    if (d == 0) return 0;
    return product(t, magnitude(a) / d, magnitude(b));
}

static wide shift(fm_dtype t, wide a, wide b, bool left) {
    int bits = (int)(8 * fm_dtype_size(t));
    if (b < 0 || b >= bits) return left || a >= 0 ? 0 : -1;
    return left ? (wide)((uint64_t)(int64_t)a << (int)b) : a >> (int)b;
}

bool sw_integer_unary(fm_unary_id id, fm_dtype t, long double value, long double *y) {
    wide x = (wide)value, result;
    switch (id) {
#define CASE(name, expression)                                                                     \
    case FM_UNARY_##name:                                                                          \
        result = (expression);                                                                     \
        break;
        CASE(negative, -x)
        CASE(positive, x)
        CASE(absolute, magnitude(x))
        CASE(sign, (x > 0) - (x < 0))
        CASE(square, product(t, x, x))
        CASE(reciprocal, x == 0 ? 0 : 1 / x)
        CASE(floor, x)
        CASE(ceil, x)
        CASE(trunc, x)
        CASE(isnan, 0)
        CASE(isinf, 0)
        CASE(isfinite, 1)
        CASE(logical_not, x == 0)
        CASE(invert, t == FM_BOOL ? !x : ~x)
        CASE(conjugate, x)
#undef CASE
    default:
        return false;
    }
    *y = (long double)(id == FM_UNARY_invert && t == FM_BOOL ? result : wrap(t, result));
    return true;
}

bool sw_integer_binary(fm_binary_id id, fm_dtype t, long double va, long double vb,
                       long double *y) {
    wide a = (wide)va, b = (wide)vb, result;
    bool is_bool = t == FM_BOOL;
    switch (id) {
#define CASE(name, expression)                                                                     \
    case FM_BINARY_##name:                                                                         \
        result = (expression);                                                                     \
        break;
        CASE(add, is_bool ? a | b : a + b)
        CASE(subtract, a - b)
        CASE(multiply, product(t, a, b))
        CASE(floor_divide, floor_divide(a, b))
        CASE(remainder, b == 0 ? 0 : a - b * floor_divide(a, b))
        CASE(fmod, b == 0 ? 0 : a % b)
        CASE(power, power(t, a, b))
        CASE(maximum, a > b ? a : b)
        CASE(minimum, a < b ? a : b)
        CASE(fmax, a > b ? a : b)
        CASE(fmin, a < b ? a : b)
        CASE(greater, a > b)
        CASE(greater_equal, a >= b)
        CASE(less, a < b)
        CASE(less_equal, a <= b)
        CASE(equal, a == b)
        CASE(not_equal, a != b)
        CASE(logical_and, a != 0 && b != 0)
        CASE(logical_or, a != 0 || b != 0)
        CASE(logical_xor, (a != 0) != (b != 0))
        CASE(bitwise_and, a & b)
        CASE(bitwise_or, a | b)
        CASE(bitwise_xor, a ^ b)
        CASE(left_shift, shift(t, a, b, true))
        CASE(right_shift, shift(t, a, b, false))
        CASE(gcd, divisor(a, b))
        CASE(lcm, multiple(t, a, b))
#undef CASE
    default:
        return false;
    }
    *y = (long double)wrap(t, result);
    return true;
}
