/* The hash of the meter's tables: FNV-1a over a text and a number, then mixed for a mask. */
#ifndef FM_METER_HASH_H
#define FM_METER_HASH_H

#include <stdint.h>

static inline uint64_t fm_hash_text(const char *text, uint64_t number) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ (number * UINT64_C(0x9e3779b97f4a7c15));
    for (const unsigned char *p = (const unsigned char *)text; *p; ++p)
        hash = (hash ^ *p) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 29;
}

#endif
