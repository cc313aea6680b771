/* Intervals whose device time is still to come: a ring that doubles. */
#include "meter/inflight.h"

#include <string.h>

#include "core/alloc.h"

static bool grow(fm_inflight *inflight) {
    size_t capacity = inflight->capacity ? inflight->capacity * 2 : FM_INFLIGHT_FIRST;
    if (capacity > FM_INFLIGHT_MOST) return false;
    fm_inflight_entry *ring = fm_alloc(capacity * sizeof *ring);
    if (!ring) return false;
    for (size_t i = 0; i < inflight->count; ++i)
        ring[i] = inflight->ring[(inflight->head + i) & (inflight->capacity - 1)];
    fm_free_block(inflight->ring);
    inflight->ring = ring;
    inflight->capacity = capacity;
    inflight->head = 0;
    return true;
}

bool fm_inflight_push(fm_inflight *inflight, const fm_inflight_entry *entry) {
    if (inflight->count == inflight->capacity && !grow(inflight)) return false;
    inflight->ring[(inflight->head + inflight->count++) & (inflight->capacity - 1)] = *entry;
    return true;
}

void fm_inflight_close(fm_inflight *inflight) {
    fm_free_block(inflight->ring);
    memset(inflight, 0, sizeof *inflight);
}
