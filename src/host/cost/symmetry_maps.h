/* Lists of maps of a few positions, such as the elements of a permutation group: closed under
   composition, restricted, and their orbits on index tuples counted. */
#ifndef FM_COST_SYMMETRY_MAPS_H
#define FM_COST_SYMMETRY_MAPS_H

#include "core/arena.h"
#include "cost/u128.h"

/* Distinct maps of positions 0 .. width - 1, in the order in which they were added, and a hash
   table of their numbers from 1. All memory is an arena's. It begins as zeros but for arena and
   width. */
typedef struct fm_maps {
    fm_arena *arena;
    uint32_t width, count, room, nslots;
    uint8_t *item; /* [count][width] */
    uint32_t *slot;
} fm_maps;

static inline const uint8_t *fm_maps_at(const fm_maps *maps, uint32_t i) {
    return maps->item + (size_t)i * maps->width;
}

/* Adds the map unless it is there; *fresh (may be NULL) tells which. False when memory ran out. */
bool fm_maps_add(fm_maps *maps, const uint8_t *map, bool *fresh);

/* The number of the map from 1; 0 where it is not there. */
uint32_t fm_maps_find(const fm_maps *maps, const uint8_t *map);

/* The identity and everything that the generators compose to, in the order of Dimino's method
   (Butler, Fundamental Algorithms for Permutation Groups, 1991): generator after generator, each
   with what it adds, products on the right before those on the left. *large, with an unfinished
   list: more than limit. FM_ERR_MEMORY. */
FM_MUST_CHECK fm_status fm_maps_close(const fm_maps *generators, uint64_t limit, fm_maps *out,
                                      bool *large);

/* The actions on count positions, in their order, of the maps that keep that set; each once. */
FM_MUST_CHECK fm_status fm_maps_restrict(const fm_maps *maps, int count, const uint8_t *positions,
                                         fm_maps *out);

/* Whether every map keeps the set of positions. */
bool fm_maps_keep(const fm_maps *maps, int count, const uint8_t *positions);

/* Orbits of index tuples, sizes[i] indices at position i, by Burnside's lemma; maps is a group.
   FM_ERR_SHAPE where a cycle joins unequal sizes, FM_ERR_OVERFLOW past 128 bits. */
FM_MUST_CHECK fm_status fm_maps_orbits(const fm_maps *maps, const int64_t *sizes, fm_u128 *orbits);

#endif
