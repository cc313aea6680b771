/* Numbers as JSON writes them, whatever the locale. */
#include "io/json_out.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* printf writes the locale's decimal point, of one or more bytes; JSON knows only '.'. */
static void plain_point(char *text) {
    char *to = text;
    for (const char *from = text; *from;) {
        if (strchr("+-0123456789eE", *from)) {
            *to++ = *from++;
            continue;
        }
        while (*from && !strchr("+-0123456789eE", *from)) from++;
        *to++ = '.';
    }
    *to = 0;
}

const char *fm_json_double_text(double value, char text[FM_JSON_NUMBER]) {
    if (!isfinite(value)) {
        snprintf(text, FM_JSON_NUMBER, "%s", isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
        return text;
    }
    /* 15 digits are always kept, 17 always suffice; subnormal numbers hold fewer than 15. */
    int digits = value == 0 || isnormal(value) ? 15 : 1;
    do {
        snprintf(text, FM_JSON_NUMBER, "%.*g", digits, value);
    } while (strtod(text, NULL) != value && ++digits <= 17);
    plain_point(text);
    return text;
}

const char *fm_json_u128_text(fm_u128 value, char text[FM_JSON_NUMBER]) {
    char reversed[FM_JSON_NUMBER];
    int digits = 0;
    do {
        reversed[digits++] = (char)('0' + (int)(value % 10));
        value /= 10;
    } while (value);
    for (int i = 0; i < digits; i++) text[i] = reversed[digits - 1 - i];
    text[digits] = 0;
    return text;
}
