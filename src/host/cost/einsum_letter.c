/* Letters of einsum's subscripts: UTF-8, and what counts as a letter. */
#include "cost/einsum_letter.h"

#include <stddef.h>

enum { REPLACEMENT = 0xfffd };

/* Bytes of a character by its first one; 0: none begins so. */
static int length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

fm_letter fm_letter_read(const char *text) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)text;
    const int bytes = length_of(*p);
    uint32_t code = bytes <= 1 ? *p : *p & (0x7fu >> bytes);
    for (int i = 1; i < bytes; i++) {
        if ((p[i] & 0xc0) != 0x80) return (fm_letter){REPLACEMENT, 1};
        code = code << 6 | (p[i] & 0x3f);
    }
    const bool surrogate = code >= 0xd800 && code < 0xe000;
    if (bytes == 0 || code < least[bytes] || code > 0x10ffff || surrogate)
        return (fm_letter){REPLACEMENT, 1};
    return (fm_letter){code, bytes};
}

void fm_letter_write(uint32_t code, char *text) {
    int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char head[] = {0, 0xc0, 0xe0, 0xf0};
    *text++ = (char)(head[more] | code >> 6 * more);
    while (more-- > 0) *text++ = (char)(0x80 | (code >> 6 * more & 0x3f));
    *text = '\0';
}

bool fm_letter_is_letter(uint32_t code) {
    /* First and last of what holds no letters, in rising order. */
    static const uint32_t others[][2] = {
        {0x80, 0xa9},        {0xab, 0xb4},     {0xb6, 0xb9},     {0xbb, 0xbf},
        {0xd7, 0xd7},        {0xf7, 0xf7},     {0x2c2, 0x2c5},   {0x2d2, 0x2df},
        {0x300, 0x36f},      {0x2000, 0x2070}, {0x2072, 0x207e}, {0x2080, 0x208f},
        {0x20a0, 0x2101},    {0x2190, 0x2bff}, {0x2e00, 0x3004}, {0x3008, 0x3030},
        {0xd800, 0xf8ff},    {0xfe00, 0xfe6f}, {0xfff0, 0xffff}, {0x1f000, 0x1faff},
        {0xe0000, 0x10ffff},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (code >= others[i][0] && code <= others[i][1]) return false;
    return true;
}
