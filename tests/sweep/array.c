/* Elements of every dtype as long double, their rounding and their contents. */
#include "array.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct format {
    int bits, emin, emax; /* of the significand; of the smallest normal and the largest number */
} format;

static format format_of(fm_dtype dtype) {
    switch (dtype) {
    case FM_FLOAT16:
        return (format){11, -14, 15};
    case FM_BFLOAT16:
        return (format){8, -126, 127};
    case FM_FLOAT32:
    case FM_COMPLEX64:
        return (format){24, -126, 127};
    default:
        return (format){53, -1022, 1023};
    }
}

long double sw_ulp(fm_dtype dtype, long double x) {
    format f = format_of(dtype);
    int exponent = f.emin + 1;
    if (x != 0 && isfinite(x)) (void)frexpl(x, &exponent);
    exponent -= 1;
    if (isinf(x) || exponent > f.emax) exponent = f.emax;
    if (exponent < f.emin) exponent = f.emin;
    return ldexpl(1, exponent - f.bits + 1);
}

long double sw_round(fm_dtype dtype, long double x) {
    if (!isfinite(x) || x == 0) return x;
    long double ulp = sw_ulp(dtype, x), near = rintl(x / ulp) * ulp;
    if (fabsl(near) >= ldexpl(1, format_of(dtype).emax + 1)) return copysignl(INFINITY, x);
    return near != 0 ? near : copysignl(0, x);
}

/* Infinity, and all that would round to it, counts as the number that would follow the largest. */
static long double bounded(fm_dtype dtype, long double x) {
    long double end = ldexpl(1, format_of(dtype).emax + 1);
    return fabsl(x) > end ? copysignl(end, x) : x;
}

long double sw_error(fm_dtype dtype, long double got, long double want, long double scale) {
    if (isnan(got) || isnan(want)) return isnan(got) && isnan(want) ? 0 : INFINITY;
    if (got == want) return 0;
    if (isinf(got) && isinf(want)) return INFINITY;
    long double distance = fabsl(bounded(dtype, got) - bounded(dtype, want));
    return distance / sw_ulp(dtype, scale != 0 ? scale : want);
}

/* float16 and bfloat16 by their fields: significand of `bits` with the leading one, bias. */
static long double half_value(uint16_t word, int bits, int bias) {
    int stored = bits - 1, width = 15 - stored;
    int exponent = word >> stored & ((1 << width) - 1), fraction = word & ((1 << stored) - 1);
    long double sign = word >> 15 ? -1 : 1;
    if (exponent == (1 << width) - 1) return fraction ? (long double)NAN : sign * INFINITY;
    if (exponent == 0) return sign * ldexpl(fraction, 1 - bias - stored);
    return sign * ldexpl((1 << stored) + fraction, exponent - bias - stored);
}

static uint16_t half_word(fm_dtype dtype, long double x) {
    format f = format_of(dtype);
    int stored = f.bits - 1;
    uint16_t sign = signbit(x) ? 0x8000 : 0;
    uint16_t infinity = (uint16_t)(0x7fff >> stored << stored);
    if (isnan(x)) return (uint16_t)(infinity | 1u << (stored - 1));
    x = fabsl(sw_round(dtype, x));
    if (isinf(x)) return sign | infinity;
    int exponent = 0;
    if (x != 0) (void)frexpl(x, &exponent);
    exponent -= 1;
    if (x == 0 || exponent < f.emin) return sign | (uint16_t)ldexpl(x, stored - f.emin);
    int fraction = (int)ldexpl(x, stored - exponent) - (1 << stored);
    return (uint16_t)(sign | (exponent + f.emax) << stored | fraction);
}

#define LOAD(dtype_, type)                                                                         \
    case dtype_: {                                                                                 \
        type x;                                                                                    \
        memcpy(&x, element, sizeof x);                                                             \
        return (sw_value){(long double)x, 0};                                                      \
    }
#define LOAD_COMPLEX(dtype_, type)                                                                 \
    case dtype_: {                                                                                 \
        type x[2];                                                                                 \
        memcpy(x, element, sizeof x);                                                              \
        return (sw_value){(long double)x[0], (long double)x[1]};                                   \
    }

sw_value sw_load(fm_dtype dtype, const void *element) {
    uint16_t word = 0;
    switch (dtype) {
        LOAD(FM_BOOL, uint8_t)
        LOAD(FM_INT8, int8_t)
        LOAD(FM_INT16, int16_t)
        LOAD(FM_INT32, int32_t)
        LOAD(FM_INT64, int64_t)
        LOAD(FM_UINT8, uint8_t)
        LOAD(FM_UINT16, uint16_t)
        LOAD(FM_UINT32, uint32_t)
        LOAD(FM_UINT64, uint64_t)
        LOAD(FM_FLOAT32, float)
        LOAD(FM_FLOAT64, double)
        LOAD_COMPLEX(FM_COMPLEX64, float)
        LOAD_COMPLEX(FM_COMPLEX128, double)
    default:
        memcpy(&word, element, sizeof word);
        return (sw_value){dtype == FM_FLOAT16 ? half_value(word, 11, 15) : half_value(word, 8, 127),
                          0};
    }
}

/* The low 64 bits of an integer of any sign. */
static uint64_t low_bits(long double x) {
    return x < 0 ? (uint64_t)(int64_t)x : (uint64_t)x;
}

void sw_store(fm_dtype dtype, void *element, sw_value value) {
    size_t size = fm_dtype_size(dtype);
    char kind = fm_dtype_kind(dtype);
    if (kind == 'c') {
        if (dtype == FM_COMPLEX64)
            memcpy(element, (float[2]){(float)value.re, (float)value.im}, size);
        else
            memcpy(element, (double[2]){(double)value.re, (double)value.im}, size);
    } else if (dtype == FM_FLOAT32) {
        memcpy(element, &(float){(float)value.re}, size);
    } else if (dtype == FM_FLOAT64) {
        memcpy(element, &(double){(double)value.re}, size);
    } else if (kind == 'f') {
        memcpy(element, &(uint16_t){half_word(dtype, value.re)}, size);
    } else if (kind == 'b') {
        *(uint8_t *)element = value.re != 0;
    } else {
        uint64_t bits = low_bits(value.re);
        memcpy(element, &bits, size); /* little-endian, as every machine that is supported */
    }
}

sw_array sw_array_new(fm_dtype dtype, int ndim, const int64_t *shape) {
    sw_array a = {.dtype = dtype, .ndim = ndim, .size = 1};
    for (int d = 0; d < ndim; d++) {
        a.shape[d] = shape[d];
        a.size *= shape[d];
    }
    size_t bytes = (size_t)a.size * fm_dtype_size(dtype);
    a.data = calloc(1, bytes ? bytes : 1);
    if (!a.data) {
        fprintf(stderr, "no memory for %zu bytes\n", bytes);
        exit(EXIT_FAILURE);
    }
    return a;
}

void sw_array_free(sw_array *array) {
    free(array->data);
    *array = (sw_array){0};
}

void sw_coordinates(const sw_array *a, int64_t i, int64_t *at) {
    for (int d = a->ndim - 1; d >= 0; d--) {
        at[d] = i % a->shape[d];
        i /= a->shape[d];
    }
}

int64_t sw_element(const sw_array *a, const int64_t *at) {
    int64_t i = 0;
    for (int d = 0; d < a->ndim; d++) i = i * a->shape[d] + at[d];
    return i;
}

uint64_t sw_random(uint64_t seed, uint64_t i) {
    uint64_t x = (seed + 1) * 0x9e3779b97f4a7c15u + i * 0xd1b54a32d192ed03u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static long double unit(uint64_t seed, uint64_t i) {
    return ldexpl((long double)(sw_random(seed, i) >> 11), -53);
}

static long double any_float(fm_dtype dtype, uint64_t seed, uint64_t i) {
    format f = format_of(dtype);
    long double tiny = ldexpl(1, f.emin), huge = ldexpl(2 - ldexpl(1, 1 - f.bits), f.emax);
    long double least = ldexpl(tiny, 1 - f.bits);
    const long double special[] = {0,    -0.0L, 1,          -1,    INFINITY, -INFINITY,
                                   NAN,  least, -least * 3, tiny,  huge,     -huge,
                                   0.5L, -0.5L, 2,          -3.75L};
    enum { SPECIALS = sizeof special / sizeof special[0] };
    uint64_t which = (i + seed * 5) % 37; /* another order for each seed */
    if (which < SPECIALS) return special[which];
    long double x = 2 * unit(seed, i) - 1;
    if (i % 2) return x;
    return ldexpl(x, (int)(sw_random(seed, i + 1000) % 14) - 5);
}

static long double any_integer(fm_dtype dtype, uint64_t seed, uint64_t i) {
    int bits = (int)(8 * fm_dtype_size(dtype));
    bool is_signed = fm_dtype_kind(dtype) == 'i';
    long double highest = ldexpl(1, bits - is_signed) - 1, lowest = is_signed ? -highest - 1 : 0;
    const long double special[] = {0, 1, 2, 3, 7, 33, 65, highest, lowest, highest - 1, lowest + 1};
    enum { SPECIALS = sizeof special / sizeof special[0] };
    uint64_t which = (i + seed * 3) % 23;
    if (which < SPECIALS) return special[which];
    if (which < SPECIALS + 4) return is_signed ? -(long double)which : (long double)which;
    return lowest + floorl(unit(seed, i) * (highest - lowest));
}

static long double element_of(fm_dtype dtype, sw_content content, uint64_t seed, uint64_t i) {
    bool real = sw_is_float(dtype), is_signed = fm_dtype_kind(dtype) != 'u';
    if (content == SW_SMALL) return (long double)(sw_random(seed, i) % 5);
    if (content == SW_MOVED) return (long double)(i % 113 + seed % 7);
    if (dtype == FM_BOOL) return (long double)(sw_random(seed, i) % 3 != 0);
    if (content == SW_ANY) return real ? any_float(dtype, seed, i) : any_integer(dtype, seed, i);
    long double sign = is_signed && sw_random(seed, i + 7) % 2 ? -1 : 1;
    if (!real) return sign * (long double)(1 + sw_random(seed, i) % 5);
    return sw_round(dtype, sign * (0.5L + unit(seed, i)));
}

void sw_fill(sw_array *array, sw_content content, uint64_t seed) {
    for (int64_t i = 0; i < array->size; i++) {
        uint64_t n = (uint64_t)i;
        sw_value value = {element_of(array->dtype, content, seed, n), 0};
        if (fm_dtype_kind(array->dtype) == 'c')
            value.im = element_of(array->dtype, content, seed + 11, n + 3);
        sw_set(array, i, value);
    }
}
