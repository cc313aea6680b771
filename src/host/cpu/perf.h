/* Hardware events of the CPU, where the kernel allows them: the collector of this backend. */
#ifndef FM_CPU_PERF_H
#define FM_CPU_PERF_H

#include "core/backend.h"

#include <sys/types.h>

/* The kernel's calls, so that tests can be a kernel of another mind. A group's reading is
 * {events, nanoseconds enabled, nanoseconds running, value...}. */
typedef struct fm_perf_kernel {
    int (*open)(uint32_t type, uint64_t config, pid_t thread, int group); /* -1 and errno */
    ssize_t (*read)(int event, void *reading, size_t bytes);
    void (*close)(int event);
    int (*paranoid)(void); /* kernel.perf_event_paranoid; -1: unknown */
} fm_perf_kernel;

extern fm_perf_kernel fm_perf_kernel_calls;

/* How this CPU counts floating-point operations: up to five events, each with the operations of one
 * count. 0: not known of it. */
enum { FM_PERF_FLOPS = 5 };

typedef struct fm_perf_flops {
    uint32_t type; /* of the kernel's events: PERF_TYPE_RAW, or that of the performance cores */
    int count;
    uint64_t config[FM_PERF_FLOPS];
    unsigned weight[FM_PERF_FLOPS];
} fm_perf_flops;

int fm_perf_find_flops(const char *vendor, int family, int model, fm_perf_flops *flops);
int fm_perf_this_cpu(fm_perf_flops *flops);

typedef struct fm_perf fm_perf;

/* What the backend gives the core. */
extern const fm_collector_api fm_cpu_collector;

/* The device's own, kept in fm_dev (backend.c); NULL while none runs. */
fm_perf **fm_cpu_perf(struct fm_dev *dev);

#endif
