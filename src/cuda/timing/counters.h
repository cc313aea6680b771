/* Hardware counters of a device, by CUPTI's range profiler: one range a call, over a step that is
 * run as often as the counters need passes. */
#ifndef FM_CUDA_TIMING_COUNTERS_H
#define FM_CUDA_TIMING_COUNTERS_H

#include "metrics.h"

/* Calls of a step; those beyond are not counted. */
enum { CU_RANGES = 4096, CU_RANGE_NAME = 24 };

typedef struct cu_counters {
    cu_cupti cupti;
    cu_metrics metrics;
    cu_schedule schedule;
    pti_range range;
    uint32_t classes;
    uint8_t *data;
    size_t data_size;
    char chip[16];
    int passes;   /* of this measurement so far */
    int running;  /* between begin and end of a pass */
    int inside;   /* a range is open */
    int finished; /* data holds a whole measurement */
    uint64_t dropped;
    size_t calls; /* in this pass */
    fm_correlation call[CU_RANGES];
    char name[CU_RANGES][CU_RANGE_NAME];
} cu_counters;

/* Opens the profiler for the thread's current device. NULL with the reason in why: no privileges,
 * no such library, a chip that nothing is known of. */
cu_counters *cu_counters_open(int device, int capability, uint32_t classes, char *why, size_t size);
void cu_counters_close(cu_counters *counters);

/* One pass over the step; the device is idle at both. A new measurement counts the classes given
 * and those of before. *again: a further pass is needed. */
pti_result cu_counters_begin(cu_counters *counters, uint32_t classes);
pti_result cu_counters_end(cu_counters *counters, int *again);

/* Around a call's launches. */
void cu_counters_push(cu_counters *counters, fm_correlation call);
void cu_counters_pop(cu_counters *counters);

/* Delivers a finished measurement, once. */
pti_result cu_counters_collect(cu_counters *counters, fm_activity_sink sink, void *user);

#endif
