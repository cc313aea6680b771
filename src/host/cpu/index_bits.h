/* Eight elements to the bits of a byte and back, for AVX-512. */
#ifndef FM_CPU_INDEX_BITS_H
#define FM_CPU_INDEX_BITS_H

#include <stdbool.h>
#include <stdint.h>

/* The first bytes of `bytes`, and the elements that are theirs; returns how many. An element is 0
   or 1, the first one the lowest bit with little. */
int64_t fm_bits_pack_v4(int64_t bytes, const uint8_t *in, uint8_t *out, bool little);
int64_t fm_bits_unpack_v4(int64_t bytes, const uint8_t *in, uint8_t *out, bool little);

#endif
