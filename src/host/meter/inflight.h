/* Intervals whose device time is still to come, oldest first. */
#ifndef FM_METER_INFLIGHT_H
#define FM_METER_INFLIGHT_H

#include "meter/oplog.h"

struct fm_ledger_row;

typedef struct fm_inflight_entry {
    uint64_t ticket;
    struct fm_ledger_row *row; /* NULL: a step, which counts for the backend's time alone */
    size_t log_index;          /* FM_NOT_LOGGED: none */
} fm_inflight_entry;

typedef struct fm_inflight {
    fm_inflight_entry *ring;
    size_t capacity; /* a power of two, or 0 */
    size_t head, count;
} fm_inflight;

enum { FM_INFLIGHT_FIRST = 1024, FM_INFLIGHT_MOST = 1 << 20 };

/* Appends; doubles the ring when it is full. False: memory ran out or the ring is at its most, and
   the time of that interval will not be known. */
bool fm_inflight_push(fm_inflight *inflight, const fm_inflight_entry *entry);

static inline fm_inflight_entry *fm_inflight_oldest(const fm_inflight *inflight) {
    return inflight->count == 0 ? NULL : &inflight->ring[inflight->head];
}
static inline void fm_inflight_pop(fm_inflight *inflight) {
    inflight->head = (inflight->head + 1) & (inflight->capacity - 1);
    --inflight->count;
}

void fm_inflight_close(fm_inflight *inflight);

#endif
