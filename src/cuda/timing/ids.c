/* Numbers by numbers: open addressing, at most two thirds full, removal by shifting back. */
#include "ids.h"

#include "../device.h"

#include <string.h>

static size_t place_of(const cu_ids *ids, uint64_t key) {
    key *= 0x9E3779B97F4A7C15u;
    return (size_t)(key >> 32) & (ids->room - 1);
}

/* The place of the key, or the free one where it would be. */
static cu_ids_entry *find(const cu_ids *ids, uint64_t key) {
    size_t at = place_of(ids, key);
    while (ids->entry[at].full && ids->entry[at].key != key) at = (at + 1) & (ids->room - 1);
    return &ids->entry[at];
}

static int resize(cu_ids *ids, size_t room) {
    cu_ids_entry *entry = cu_alloc(room * sizeof *entry);
    if (!entry) return 0;
    const cu_ids old = *ids;
    ids->entry = entry;
    ids->room = room;
    for (size_t i = 0; i < old.room; ++i)
        if (old.entry[i].full) *find(ids, old.entry[i].key) = old.entry[i];
    cu_host->free(old.entry);
    return 1;
}

int cu_ids_reserve(cu_ids *ids, size_t count) {
    size_t room = ids->room ? ids->room : 64;
    while (count > room / 3 * 2) room *= 2;
    return room == ids->room || resize(ids, room);
}

int cu_ids_put(cu_ids *ids, uint64_t key, uint64_t value) {
    if (!cu_ids_reserve(ids, ids->count + 1)) return 0;
    cu_ids_entry *at = find(ids, key);
    ids->count += !at->full;
    *at = (cu_ids_entry){key, value, ids->age, 1};
    return 1;
}

int cu_ids_get(const cu_ids *ids, uint64_t key, uint64_t *value) {
    if (!ids->room) return 0;
    const cu_ids_entry *at = find(ids, key);
    if (at->full) *value = at->value;
    return at->full != 0;
}

/* What lies behind a freed place moves there unless that is before its own. */
void cu_ids_remove(cu_ids *ids, uint64_t key) {
    if (!ids->room) return;
    cu_ids_entry *found = find(ids, key);
    if (!found->full) return;
    const size_t mask = ids->room - 1;
    size_t hole = (size_t)(found - ids->entry);
    for (size_t at = (hole + 1) & mask; ids->entry[at].full; at = (at + 1) & mask) {
        const size_t own = place_of(ids, ids->entry[at].key);
        if (((at - own) & mask) < ((at - hole) & mask)) continue;
        ids->entry[hole] = ids->entry[at];
        hole = at;
    }
    memset(&ids->entry[hole], 0, sizeof ids->entry[hole]);
    --ids->count;
}

/* A place is looked at again after a removal, which may have filled it from behind. */
void cu_ids_age(cu_ids *ids, int (*which)(void *user, uint64_t value), void *user) {
    for (size_t i = 0; i < ids->room;) {
        const cu_ids_entry *e = &ids->entry[i];
        if (e->full && e->age != ids->age && (!which || which(user, e->value)))
            cu_ids_remove(ids, e->key);
        else
            ++i;
    }
    ++ids->age;
}

void cu_ids_close(cu_ids *ids) {
    cu_host->free(ids->entry);
    memset(ids, 0, sizeof *ids);
}
