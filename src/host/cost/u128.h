/* Checked 128-bit integers for exact costs: every operation says whether it overflowed. */
#ifndef FM_COST_U128_H
#define FM_COST_U128_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 fm_u128;
__extension__ typedef __int128 fm_i128;

#define FM_U128_MAX (~(fm_u128)0)

/* *out = a + b; false, *out untouched, where the sum does not fit. */
static inline bool fm_u128_add(fm_u128 a, fm_u128 b, fm_u128 *out) {
    if (b > FM_U128_MAX - a) return false;
    *out = a + b;
    return true;
}

/* *out = a - b; false, *out untouched, where a < b. */
static inline bool fm_u128_sub(fm_u128 a, fm_u128 b, fm_u128 *out) {
    if (a < b) return false;
    *out = a - b;
    return true;
}

/* *out = a * b; false, *out untouched, where the product does not fit. */
static inline bool fm_u128_mul(fm_u128 a, fm_u128 b, fm_u128 *out) {
    if (a != 0 && b > FM_U128_MAX / a) return false;
    *out = a * b;
    return true;
}

/* *out = a * b + c; false, *out untouched, where it does not fit. */
static inline bool fm_u128_mul_add(fm_u128 a, fm_u128 b, fm_u128 c, fm_u128 *out) {
    fm_u128 product;
    return fm_u128_mul(a, b, &product) && fm_u128_add(product, c, out);
}

/* a - b, and 0 where b is the larger. */
static inline fm_u128 fm_u128_minus_or_zero(fm_u128 a, fm_u128 b) {
    return a > b ? a - b : 0;
}

/* *out = a; false, *out untouched, where a needs more than 64 bits. */
static inline bool fm_u128_narrow(fm_u128 a, uint64_t *out) {
    if (a > UINT64_MAX) return false;
    *out = (uint64_t)a;
    return true;
}

/* The product of ndim extents, 1 for ndim 0; false, *out untouched, where an extent is negative or
   the product of the others does not fit. A zero extent makes 0 whatever the rest is. */
bool fm_u128_extents(int ndim, const int64_t *dims, fm_u128 *out);

/* The smallest k with 2^k >= n; 0 for n of 0 and 1. */
unsigned fm_u128_ceil_log2(fm_u128 n);

/* a as decimal digits in text, which holds at least 40 bytes; returns text. */
char *fm_u128_text(fm_u128 a, char *text);

#endif
