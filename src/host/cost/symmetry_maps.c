/* Lists of maps: the hash table, closure, restriction, Burnside's lemma. */
#include "cost/symmetry_maps.h"

#include <string.h>

static uint32_t hash_of(const fm_maps *maps, const uint8_t *map) {
    uint64_t hash = maps->width;
    for (uint32_t i = 0; i < maps->width; i++) hash = (hash ^ map[i]) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t *slot_of(const fm_maps *maps, const uint8_t *map) {
    uint32_t at = hash_of(maps, map) & (maps->nslots - 1);
    while (maps->slot[at] && memcmp(fm_maps_at(maps, maps->slot[at] - 1), map, maps->width) != 0)
        at = (at + 1) & (maps->nslots - 1);
    return &maps->slot[at];
}

/* Twice the room; the old lists stay the arena's. */
static bool widen(fm_maps *maps) {
    uint32_t room = maps->room ? 2 * maps->room : 4;
    uint8_t *item = fm_arena_get(maps->arena, (size_t)room * maps->width + 1);
    uint32_t *slot = fm_arena_get(maps->arena, 4 * (size_t)room * sizeof *slot);
    if (!item || !slot) return false;
    if (maps->count) memcpy(item, maps->item, (size_t)maps->count * maps->width);
    maps->item = item;
    maps->slot = slot;
    maps->room = room;
    maps->nslots = 4 * room;
    for (uint32_t i = 0; i < maps->count; i++) *slot_of(maps, fm_maps_at(maps, i)) = i + 1;
    return true;
}

bool fm_maps_add(fm_maps *maps, const uint8_t *map, bool *fresh) {
    if (maps->count == maps->room && !widen(maps)) return false;
    uint32_t *slot = slot_of(maps, map);
    if (fresh) *fresh = *slot == 0;
    if (*slot) return true;
    memcpy(maps->item + (size_t)maps->count * maps->width, map, maps->width);
    *slot = ++maps->count;
    return true;
}

uint32_t fm_maps_find(const fm_maps *maps, const uint8_t *map) {
    return maps->count ? *slot_of(maps, map) : 0;
}

static void compose(uint32_t width, const uint8_t *a, const uint8_t *b, uint8_t *out) {
    for (uint32_t i = 0; i < width; i++) out[i] = a[b[i]];
}

/* Both products of an element with every generator. */
static bool multiply(const fm_maps *generators, uint32_t element, uint64_t limit, fm_maps *out,
                     bool *large) {
    uint8_t product[256];
    for (uint32_t g = 0; g < generators->count; g++) {
        const uint8_t *generator = fm_maps_at(generators, g);
        for (int side = 0; side < 2; side++) {
            const uint8_t *own = fm_maps_at(out, element);
            compose(out->width, side ? generator : own, side ? own : generator, product);
            bool fresh;
            if (!fm_maps_add(out, product, &fresh)) return false;
            *large = fresh && out->count > limit;
            if (*large) return true;
        }
    }
    return true;
}

fm_status fm_maps_close(const fm_maps *generators, uint64_t limit, fm_maps *out, bool *large) {
    uint8_t identity[256];
    *out = (fm_maps){.arena = generators->arena, .width = generators->width};
    *large = false;
    for (uint32_t i = 0; i < out->width; i++) identity[i] = (uint8_t)i;
    if (!fm_maps_add(out, identity, NULL)) return FM_ERR_MEMORY;
    for (uint32_t g = 0; g < generators->count; g++) {
        uint32_t next = out->count;
        if (!fm_maps_add(out, fm_maps_at(generators, g), NULL)) return FM_ERR_MEMORY;
        for (; next < out->count; next++) {
            if (!multiply(generators, next, limit, out, large)) return FM_ERR_MEMORY;
            if (*large) return FM_OK;
        }
    }
    return FM_OK;
}

/* The action on the positions; false where the map leads out of them. */
static bool restricted(const uint8_t *map, int count, const uint8_t *positions, uint8_t *out) {
    for (int i = 0; i < count; i++) {
        int at = 0;
        while (at < count && positions[at] != map[positions[i]]) at++;
        if (at == count) return false;
        out[i] = (uint8_t)at;
    }
    return true;
}

fm_status fm_maps_restrict(const fm_maps *maps, int count, const uint8_t *positions, fm_maps *out) {
    uint8_t local[256];
    *out = (fm_maps){.arena = maps->arena, .width = (uint32_t)count};
    for (uint32_t m = 0; m < maps->count; m++)
        if (restricted(fm_maps_at(maps, m), count, positions, local) &&
            !fm_maps_add(out, local, NULL))
            return FM_ERR_MEMORY;
    return FM_OK;
}

bool fm_maps_keep(const fm_maps *maps, int count, const uint8_t *positions) {
    uint8_t local[256];
    for (uint32_t m = 0; m < maps->count; m++)
        if (!restricted(fm_maps_at(maps, m), count, positions, local)) return false;
    return true;
}

/* Index tuples that the map leaves as they are: the product over its cycles. */
static fm_status fixed(const fm_maps *maps, const uint8_t *map, const int64_t *sizes,
                       fm_u128 *count) {
    bool seen[256];
    memset(seen, 0, maps->width * sizeof *seen);
    *count = 1;
    for (uint32_t start = 0; start < maps->width; start++) {
        if (seen[start]) continue;
        for (uint32_t at = start; !seen[at]; at = map[at]) {
            if (sizes[at] != sizes[start]) return FM_ERR_SHAPE;
            seen[at] = true;
        }
        if (!fm_u128_mul(*count, (fm_u128)sizes[start], count)) return FM_ERR_OVERFLOW;
    }
    return FM_OK;
}

fm_status fm_maps_orbits(const fm_maps *maps, const int64_t *sizes, fm_u128 *orbits) {
    fm_u128 sum = 0, count;
    for (uint32_t m = 0; m < maps->count; m++) {
        fm_status status = fixed(maps, fm_maps_at(maps, m), sizes, &count);
        if (status != FM_OK) return status;
        if (!fm_u128_add(sum, count, &sum)) return FM_ERR_OVERFLOW;
    }
    *orbits = sum / maps->count;
    return FM_OK;
}
