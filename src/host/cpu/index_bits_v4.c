/* Packed bits for AVX-512, where a register's bytes are compared to a mask of 64 bits at once. */
#include "cpu/index_bits.h"

#include <immintrin.h>
#include <string.h>

/* The bits of each byte the other way round. */
static uint64_t turn_bytes(uint64_t x) {
    const uint64_t ones = 0x5555555555555555u, twos = 0x3333333333333333u,
                   fours = 0x0f0f0f0f0f0f0f0fu;
    x = (x >> 1 & ones) | (x & ones) << 1;
    x = (x >> 2 & twos) | (x & twos) << 2;
    return (x >> 4 & fours) | (x & fours) << 4;
}

int64_t fm_bits_pack_v4(int64_t bytes, const uint8_t *in, uint8_t *out, bool little) {
    int64_t i = 0;
    for (; i + 8 <= bytes; i += 8) {
        __m512i elements = _mm512_loadu_si512(in + 8 * i);
        uint64_t word = _mm512_test_epi8_mask(elements, elements);
        if (!little) word = turn_bytes(word);
        memcpy(out + i, &word, sizeof word);
    }
    return i;
}

int64_t fm_bits_unpack_v4(int64_t bytes, const uint8_t *in, uint8_t *out, bool little) {
    int64_t i = 0;
    for (; i + 8 <= bytes; i += 8) {
        uint64_t word;
        memcpy(&word, in + i, sizeof word);
        if (!little) word = turn_bytes(word);
        _mm512_storeu_si512(out + 8 * i, _mm512_maskz_set1_epi8(word, 1));
    }
    return i;
}
