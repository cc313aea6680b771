/* The clock of the meter: ticks of a few nanoseconds' cost, converted when something is reported.
 */
#ifndef FM_METER_CLOCK_H
#define FM_METER_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

/* A tick is one of the time stamp counter where that counter runs at a constant rate (CPUID
   0x80000007, EDX bit 8), and a nanosecond of CLOCK_MONOTONIC elsewhere. */
typedef struct fm_clock_state {
    _Atomic int counter;    /* 1: ticks are read from the time stamp counter */
    _Atomic uint64_t scale; /* nanoseconds a tick, times 2^32 */
} fm_clock_state;

extern fm_clock_state fm_clock;

/* Calibrates at the first call, for about two milliseconds, then reads the monotonic clock or the
   injected one. */
uint64_t fm_ticks_slow(void);

static inline uint64_t fm_ticks(void) {
#if defined(__x86_64__)
    if (atomic_load_explicit(&fm_clock.counter, memory_order_relaxed)) return __rdtsc();
#endif
    return fm_ticks_slow();
}

__extension__ typedef unsigned __int128 fm_wide_ticks;

/* A difference of ticks in nanoseconds; saturates at UINT64_MAX. */
static inline uint64_t fm_ticks_to_ns(uint64_t ticks) {
    uint64_t scale = atomic_load_explicit(&fm_clock.scale, memory_order_relaxed);
    fm_wide_ticks ns = ((fm_wide_ticks)ticks * scale) >> 32;
    return ns > UINT64_MAX ? UINT64_MAX : (uint64_t)ns;
}

/* Nanoseconds in ticks, at least 1; saturates at UINT64_MAX. */
uint64_t fm_ns_to_ticks(uint64_t ns);

/* now - then, and 0 where the counters of two cores disagree by a few ticks. */
static inline uint64_t fm_ticks_between(uint64_t then, uint64_t now) {
    return now > then ? now - then : 0;
}

/* For tests: ticks are what now answers, one a nanosecond; NULL returns to the machine's clock.
   Only while nothing else reads the clock. */
void fm_clock_inject(uint64_t (*now)(void));

#endif
