/* Comparison of elements with what they should be, in units in the last place. */
#ifndef TESTS_OPS_COMPARE_H
#define TESTS_OPS_COMPARE_H

#include <flopmeter/dtype.h>

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* float16 and bfloat16 by their definition, independent of the library's conversion. */
static inline double half_value(uint16_t bits, int fraction_bits, int bias) {
    int exponent_bits = 15 - fraction_bits;
    int fraction = bits & ((1 << fraction_bits) - 1);
    int exponent = (bits >> fraction_bits) & ((1 << exponent_bits) - 1);
    double sign = bits & 0x8000 ? -1.0 : 1.0;
    if (exponent == (1 << exponent_bits) - 1) return fraction ? (double)NAN : sign * HUGE_VAL;
    double significand = fraction + (exponent ? 1 << fraction_bits : 0);
    return sign * ldexp(significand, (exponent ? exponent : 1) - bias - fraction_bits);
}

/* The real and imaginary part of an element as double (integers of 64 bits are compared apart). */
static inline void parts_of(fm_dtype dtype, const void *element, double parts[2]) {
    float f[2];
    uint16_t h;
    parts[1] = 0;
    switch (dtype) {
    case FM_FLOAT16:
    case FM_BFLOAT16:
        memcpy(&h, element, 2);
        parts[0] = dtype == FM_FLOAT16 ? half_value(h, 10, 15) : half_value(h, 7, 127);
        return;
    case FM_FLOAT32:
    case FM_COMPLEX64:
        memcpy(f, element, fm_dtype_size(dtype));
        parts[0] = (double)f[0];
        if (dtype == FM_COMPLEX64) parts[1] = (double)f[1];
        return;
    default:
        memcpy(parts, element, fm_dtype_size(dtype));
    }
}

static inline int significand_bits(fm_dtype dtype) {
    switch (dtype) {
    case FM_FLOAT16:
        return 11;
    case FM_BFLOAT16:
        return 8;
    case FM_FLOAT32:
    case FM_COMPLEX64:
        return 24;
    default:
        return 53;
    }
}

static inline int smallest_exponent(fm_dtype dtype) {
    switch (dtype) {
    case FM_FLOAT16:
        return -24;
    case FM_BFLOAT16:
        return -133;
    case FM_FLOAT32:
    case FM_COMPLEX64:
        return -149;
    default:
        return -1074;
    }
}

/* The distance of neighbours at x. */
static inline double unit_at(fm_dtype dtype, double x) {
    int exponent = smallest_exponent(dtype), e;
    if (x != 0) {
        frexp(x, &e);
        if (e - significand_bits(dtype) > exponent) exponent = e - significand_bits(dtype);
    }
    return ldexp(1.0, exponent);
}

/* The error in units in the last place: 0 for the same class where either is not finite, else
   infinite. A complex number's unit is its larger part's. */
static inline double error_in_ulp(fm_dtype dtype, const void *got, const void *want) {
    char kind = fm_dtype_kind(dtype);
    if (kind != 'f' && kind != 'c') {
        return memcmp(got, want, fm_dtype_size(dtype)) ? HUGE_VAL : 0;
    }
    double g[2], w[2], worst = 0;
    parts_of(dtype, got, g);
    parts_of(dtype, want, w);
    double larger = fabs(w[0]) > fabs(w[1]) ? w[0] : w[1];
    for (int i = 0; i < 2; i++) {
        if (isnan(w[i]) || isnan(g[i])) {
            if (!isnan(w[i]) || !isnan(g[i])) return HUGE_VAL;
            continue;
        }
        if (w[i] == g[i]) continue;
        if (isinf(w[i]) || isinf(g[i])) return HUGE_VAL;
        double unit = unit_at(dtype, isfinite(larger) ? larger : w[i]);
        double error = fabs(g[i] - w[i]) / unit;
        if (error > worst) worst = error;
    }
    return worst;
}

static inline const char *element_text(fm_dtype dtype, const void *element, char text[64]) {
    char kind = fm_dtype_kind(dtype);
    double parts[2];
    if (kind == 'f' || kind == 'c') {
        parts_of(dtype, element, parts);
        snprintf(text, 64, kind == 'c' ? "%.17g%+.17gi" : "%.17g", parts[0], parts[1]);
        return text;
    }
    uint64_t bits = 0;
    memcpy(&bits, element, fm_dtype_size(dtype));
    snprintf(text, 64, "0x%llx", (unsigned long long)bits);
    return text;
}

#endif
