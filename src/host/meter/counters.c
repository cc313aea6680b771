/* The operations on a set of counters, each expanded from their one list. */
#include "meter/counters.h"

#define ADD_SUM(a, b)      fm_saturating_add((a), (b))
#define ADD_MIN(a, b)      ((b) < (a) ? (b) : (a))
#define ADD_MAX(a, b)      ((b) > (a) ? (b) : (a))
#define SUBTRACT_SUM(a, b) ((a) - (b))
#define SUBTRACT_MIN(a, b) (a)
#define SUBTRACT_MAX(a, b) (a)

void fm_counters_reset(fm_counters *counters) {
#define COUNTER(kind, name, meaning) counters->name = FM_COUNTER_ZERO_##kind;
#include "meter/counters.def"
#undef COUNTER
}

void fm_live_counters_reset(fm_live_counters *counters) {
#define COUNTER(kind, name, meaning)                                                               \
    atomic_store_explicit(&counters->name, FM_COUNTER_ZERO_##kind, memory_order_relaxed);
#include "meter/counters.def"
#undef COUNTER
}

void fm_counters_read(const fm_live_counters *live, fm_counters *out) {
#define COUNTER(kind, name, meaning) out->name = fm_live_get(&live->name);
#include "meter/counters.def"
#undef COUNTER
}

void fm_counters_merge(fm_counters *into, const fm_counters *from) {
#define COUNTER(kind, name, meaning) into->name = ADD_##kind(into->name, from->name);
#include "meter/counters.def"
#undef COUNTER
}

void fm_counters_subtract(fm_counters *into, const fm_counters *base) {
#define COUNTER(kind, name, meaning) into->name = SUBTRACT_##kind(into->name, base->name);
#include "meter/counters.def"
#undef COUNTER
}
