/* The collector of this backend: the contract of core/activity.h on CUPTI. */
#ifndef FM_CUDA_TIMING_COLLECTOR_H
#define FM_CUDA_TIMING_COLLECTOR_H

#include "core/activity.h"

struct cu_counters;

/* What a device keeps of its collector. */
typedef struct cu_collector {
    uint32_t tier;           /* fm_tier; 0: none runs */
    int slot;                /* in the process's session */
    int launched;            /* calls were pushed since the last collect of everything */
    uint64_t dropped_before; /* the session's count at the start */
    struct cu_counters *counters;
    struct cu_joined *ready; /* memory for deliveries */
    size_t ready_room;
    fm_collector_status status;
} cu_collector;

extern const fm_collector_api cu_collector_api;

#endif
