/* A set of counters as plain numbers and as the numbers one thread writes and any thread reads. */
#ifndef FM_METER_COUNTERS_H
#define FM_METER_COUNTERS_H

#include <stdatomic.h>
#include <stdint.h>

typedef struct fm_counters {
#define COUNTER(kind, name, meaning) uint64_t name;
#include "meter/counters.def"
#undef COUNTER
} fm_counters;

typedef struct fm_live_counters {
#define COUNTER(kind, name, meaning) _Atomic uint64_t name;
#include "meter/counters.def"
#undef COUNTER
} fm_live_counters;

/* What a counter holds before anything was counted. */
#define FM_COUNTER_ZERO_SUM 0
#define FM_COUNTER_ZERO_MIN UINT64_MAX
#define FM_COUNTER_ZERO_MAX 0

/* Adds; UINT64_MAX where the sum does not fit. */
static inline uint64_t fm_saturating_add(uint64_t a, uint64_t b) {
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* Adds to a counter of which the calling thread is the only writer. */
static inline void fm_live_add(_Atomic uint64_t *counter, uint64_t amount) {
    uint64_t before = atomic_load_explicit(counter, memory_order_relaxed);
    atomic_store_explicit(counter, before + amount, memory_order_relaxed);
}

static inline uint64_t fm_live_get(const _Atomic uint64_t *counter) {
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void fm_counters_reset(fm_counters *counters);
void fm_live_counters_reset(fm_live_counters *counters);
void fm_counters_read(const fm_live_counters *live, fm_counters *out);

/* into += from, saturating; minima and maxima are joined. */
void fm_counters_merge(fm_counters *into, const fm_counters *from);

/* into -= base, an earlier reading of the same counters. A minimum or maximum cannot be told apart
   in time: it stays that of the whole. */
void fm_counters_subtract(fm_counters *into, const fm_counters *base);

#endif
