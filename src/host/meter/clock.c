/* The clock of the meter: the choice of the counter and its rate. */
#include "meter/clock.h"

#include <pthread.h>
#include <time.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#define NANOSECONDS_ONLY (UINT64_C(1) << 32) /* the scale of one nanosecond a tick */

fm_clock_state fm_clock = {0, NANOSECONDS_ONLY};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint64_t (*injected)(void);

static uint64_t monotonic(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

#if defined(__x86_64__)

enum { CALIBRATION_NS = 2000000, BRACKETS = 16 };

static bool counter_is_invariant(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(0x80000007u, &a, &b, &c, &d)) return false;
    return (d >> 8 & 1) != 0;
}

/* One moment on both clocks: the narrowest of several brackets, so that an interruption between
   the two readings does not count. */
static void read_both(uint64_t *ticks, uint64_t *ns) {
    uint64_t narrowest = UINT64_MAX;
    for (int i = 0; i < BRACKETS; ++i) {
        uint64_t before = __rdtsc();
        uint64_t now = monotonic();
        uint64_t width = __rdtsc() - before;
        if (width >= narrowest) continue;
        narrowest = width;
        *ticks = before + width / 2;
        *ns = now;
    }
}

static uint64_t scale = NANOSECONDS_ONLY;

/* Two milliseconds between brackets of some 50 ns give the rate to a few parts in 10^5. */
static bool calibrate(void) {
    if (!counter_is_invariant()) return false;
    uint64_t ticks0 = 0, ns0 = 0, ticks1 = 0, ns1 = 0;
    read_both(&ticks0, &ns0);
    while (monotonic() - ns0 < CALIBRATION_NS) {
    }
    read_both(&ticks1, &ns1);
    if (ticks1 <= ticks0 || ns1 <= ns0) return false;
    fm_wide_ticks rate = ((fm_wide_ticks)(ns1 - ns0) << 32) / (ticks1 - ticks0);
    if (rate == 0 || rate > UINT64_MAX) return false;
    scale = (uint64_t)rate;
    return true;
}

static bool usable;

static void start(void) {
    usable = calibrate();
}

/* True once ticks come from the counter. */
static bool use_counter(void) {
    pthread_once(&once, start);
    if (!usable || injected) return false;
    atomic_store_explicit(&fm_clock.scale, scale, memory_order_relaxed);
    atomic_store_explicit(&fm_clock.counter, 1, memory_order_relaxed);
    return true;
}

#else

static bool use_counter(void) {
    return false;
}

#endif

uint64_t fm_ticks_slow(void) {
    if (injected) return injected();
#if defined(__x86_64__)
    if (use_counter()) return __rdtsc();
#endif
    return monotonic();
}

uint64_t fm_ns_to_ticks(uint64_t ns) {
    uint64_t rate = atomic_load_explicit(&fm_clock.scale, memory_order_relaxed);
    fm_wide_ticks ticks = ((fm_wide_ticks)ns << 32) / rate;
    if (ticks > UINT64_MAX) return UINT64_MAX;
    return ticks == 0 ? 1 : (uint64_t)ticks;
}

void fm_clock_inject(uint64_t (*now)(void)) {
    injected = now;
    atomic_store_explicit(&fm_clock.counter, 0, memory_order_relaxed);
    atomic_store_explicit(&fm_clock.scale, NANOSECONDS_ONLY, memory_order_relaxed);
}
