/* Letters of einsum's subscripts in UTF-8. */
#ifndef FM_COST_EINSUM_LETTER_H
#define FM_COST_EINSUM_LETTER_H

#include <stdbool.h>
#include <stdint.h>

/* A character and the bytes that it has. Bytes that are no UTF-8 are U+FFFD, one each. */
typedef struct fm_letter {
    uint32_t code;
    int bytes;
} fm_letter;

fm_letter fm_letter_read(const char *text);

/* Writes up to 4 bytes and a zero. */
void fm_letter_write(uint32_t code, char *text);

/* Whether a character beyond ASCII may be a subscript: not where blocks of punctuation, symbols,
   controls and private use are. */
bool fm_letter_is_letter(uint32_t code);

/* 0 to 51 for A to Z and a to z, -1 for anything else. */
static inline int fm_letter_label(uint32_t code) {
    if (code >= 'A' && code <= 'Z') return (int)code - 'A';
    if (code >= 'a' && code <= 'z') return 26 + (int)code - 'a';
    return -1;
}

#endif
