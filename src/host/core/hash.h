/* A hash of words, for keys that are compared whole after it. */
#ifndef FM_CORE_HASH_H
#define FM_CORE_HASH_H

#include <stdint.h>

/* Each word times an odd number of its place, so that the products do not wait for each other; the
   upper half then reaches the lower bits, which choose the bucket. */
static inline uint64_t fm_hash_words(const uint64_t *word, uint32_t count) {
    uint64_t sum = 0, factor = 0x9e3779b97f4a7c15u;
    for (uint32_t i = 0; i < count; i++) {
        sum += word[i] * factor;
        factor += 0x3c6ef372fe94f82au;
    }
    return sum ^ sum >> 32;
}

#endif
