/* Seeds made of other seeds: for lists of numbers, for children of a generator, for states of other
   generators. */
#ifndef FM_SCALAR_SEED_H
#define FM_SCALAR_SEED_H

#include "scalar/fn.h"

/* A one-to-one mixture of 64 bits: the finaliser of G. L. Steele, D. Lea, C. H. Flood, Fast
   splittable pseudorandom number generators (OOPSLA 2014), variant 13 of D. Stafford. */
FM_FN uint64_t fm_seed_mix(uint64_t x) {
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* A seed and one more word. */
FM_FN uint64_t fm_seed_join(uint64_t seed, uint64_t word) {
    return fm_seed_mix(fm_seed_mix(seed + 0x9e3779b97f4a7c15u) ^ (word + 0xd1b54a32d192ed03u));
}

/* The seed of child number `child` of a generator. */
FM_FN uint64_t fm_seed_child(uint64_t seed, uint64_t child) {
    return fm_seed_join(seed ^ 0x5851f42d4c957f2du, child);
}

#endif
