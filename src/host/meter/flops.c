/* FLOP counts as text: exact decimal numbers in, thousands commas out. */
#include "meter/flops.h"

#include <string.h>

/* Significant digits of a number, the decimal point after all of them moved by exponent. */
typedef struct decimal {
    uint64_t digits;
    int exponent;
} decimal;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool times_ten_plus(uint64_t *value, unsigned digit) {
    if (*value > (UINT64_MAX - digit) / 10) return false;
    *value = *value * 10 + digit;
    return true;
}

/* Digits with at most one point; zeros at the end of the fraction are let go, so that "1.50e1"
   stays whole. */
static const char *read_mantissa(const char *p, decimal *d) {
    bool any = false, point = false;
    int zeros = 0;
    for (;; ++p) {
        if (*p == '.' && !point) {
            point = true;
            continue;
        }
        if (!is_digit(*p)) break;
        any = true;
        if (point && *p == '0') {
            if (zeros < 64) ++zeros;
            continue;
        }
        for (; zeros > 0; --zeros, --d->exponent)
            if (!times_ten_plus(&d->digits, 0)) return NULL;
        if (!times_ten_plus(&d->digits, (unsigned)(*p - '0'))) return NULL;
        if (point) --d->exponent;
    }
    return any ? p : NULL;
}

static const char *read_exponent(const char *p, int *exponent) {
    bool negative = *p == '-';
    if (*p == '+' || *p == '-') ++p;
    if (!is_digit(*p)) return NULL;
    int value = 0;
    for (; is_digit(*p); ++p)
        if (value < 1000) value = value * 10 + (*p - '0');
    *exponent += negative ? -value : value;
    return p;
}

bool fm_flops_parse(const char *text, uint64_t *flops) {
    decimal d = {0, 0};
    const char *p = text ? read_mantissa(text, &d) : NULL;
    if (p && (*p == 'e' || *p == 'E')) p = read_exponent(p + 1, &d.exponent);
    if (!p || *p != '\0' || d.digits == 0) return false;
    for (; d.exponent < 0; ++d.exponent) {
        if (d.digits % 10 != 0) return false;
        d.digits /= 10;
    }
    for (; d.exponent > 0; --d.exponent)
        if (!times_ten_plus(&d.digits, 0)) return false;
    *flops = d.digits;
    return true;
}

const char *fm_flops_format(uint64_t flops, char buffer[FM_FLOPS_TEXT]) {
    char reversed[FM_FLOPS_TEXT];
    size_t length = 0;
    for (int digits = 0; digits == 0 || flops != 0; flops /= 10, ++digits) {
        if (digits > 0 && digits % 3 == 0) reversed[length++] = ',';
        reversed[length++] = (char)('0' + flops % 10);
    }
    for (size_t i = 0; i < length; ++i) buffer[i] = reversed[length - 1 - i];
    buffer[length] = '\0';
    return buffer;
}
