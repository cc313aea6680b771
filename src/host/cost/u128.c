/* Products, logarithms and decimal text of 128-bit counts. */
#include "cost/u128.h"

#include <stddef.h>

bool fm_u128_extents(int ndim, const int64_t *dims, fm_u128 *out) {
    fm_u128 product = 1;
    bool zero = false, fits = true;
    for (int i = 0; i < ndim; i++) {
        if (dims[i] < 0) return false;
        if (dims[i] == 0) zero = true;
        if (dims[i] > 0 && fits) fits = fm_u128_mul(product, (fm_u128)dims[i], &product);
    }
    if (!zero && !fits) return false;
    *out = zero ? 0 : product;
    return true;
}

unsigned fm_u128_ceil_log2(fm_u128 n) {
    unsigned bits = 0;
    for (fm_u128 rest = n > 0 ? n - 1 : 0; rest != 0; rest >>= 1) bits++;
    return bits;
}

char *fm_u128_text(fm_u128 a, char *text) {
    char digits[40];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + (int)(a % 10));
        a /= 10;
    } while (a != 0);
    for (size_t i = 0; i < count; i++) text[i] = digits[count - 1 - i];
    text[count] = '\0';
    return text;
}
