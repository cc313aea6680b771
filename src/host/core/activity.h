/* The records that a collector delivers of what a device really did, and the collector's contract.
   A module fills these structs; the meter sums them up (meter/activity.h). */
#ifndef FM_CORE_ACTIVITY_H
#define FM_CORE_ACTIVITY_H

#include <flopmeter/status.h>

/* How times came about, from the least to the most. */
typedef enum fm_tier {
    FM_TIER_ANALYTICAL = 0, /* T0: none were taken */
    FM_TIER_CLOCK,          /* the host's monotonic clock around a synchronous kernel */
    FM_TIER_EVENTS,         /* T1b: pairs of events, stream intervals that include gaps */
    FM_TIER_ACTIVITY,       /* T1: the device's own records, one a kernel */
    FM_TIER_COUNTERS        /* T2: T1 and hardware counters, from runs of their own */
} fm_tier;

/* A call's number, pushed around its launches and carried by every record of what it launched: bits
   0 to 27 count the calls, bits 28 to 47 are the ledger row's number plus 1. The collector may use
   bits 48 to 63 for its own purposes (to tell devices apart) and clears them before it delivers.
   0: the work belongs to no call. */
typedef uint64_t fm_correlation;

enum { FM_CORRELATION_CALL_BITS = 28, FM_CORRELATION_ROW_BITS = 20, FM_CORRELATION_BITS = 48 };

typedef enum fm_activity_kind {
    FM_ACTIVITY_KERNEL = 0,
    FM_ACTIVITY_MEMCPY,
    FM_ACTIVITY_MEMSET,
    FM_ACTIVITY_COUNTERS, /* hardware alone; start and end count for no time */
    FM_ACTIVITY_KINDS
} fm_activity_kind;

/* Hardware counters of one call: HARDWARE(name, meaning). A collector sets the bit of each that it
   measured in known, and in overflowed where the value is a lower bound. */
typedef enum fm_hardware_counter {
#define HARDWARE(name, meaning) FM_HW_##name,
#include "core/hardware.def"
#undef HARDWARE
    FM_HW_COUNT
} fm_hardware_counter;

typedef struct fm_hardware {
    uint32_t known, overflowed; /* bit per fm_hardware_counter */
#define HARDWARE(name, meaning) uint64_t name;
#include "core/hardware.def"
#undef HARDWARE
} fm_hardware;

/* One record. Text lives during the delivery alone. Records may come in any order. */
typedef struct fm_activity {
    uint32_t size;
    uint32_t kind;       /* fm_activity_kind */
    const char *name;    /* of the kernel, as the device's tools demangle it; of a copy "HtoD",
                            "DtoH", "DtoD", "HtoH", "PtoP"; NULL: "(unnamed)" */
    uint64_t start, end; /* nanoseconds of CLOCK_MONOTONIC on this machine */
    fm_correlation correlation; /* of a graph's node: of the call that captured it */
    uint64_t launch;      /* the device's own number of the launch, so that the replays of a graph
                             are told apart; 0: unknown */
    uint64_t stream;      /* the device's number of it */
    uint64_t graph, node; /* of the graph and its node; 0: a plain launch */
    uint64_t bytes;       /* copied or set */
    uint64_t blocks;      /* of the grid; 0: unknown */
    uint32_t threads;     /* a block */
    uint32_t resident;    /* blocks that fit on one unit at a time, by registers and shared memory;
                             0: unknown */
    fm_hardware hardware;
} fm_activity;

/* Takes one record; only on the thread that called collect. */
typedef void (*fm_activity_sink)(void *user, const fm_activity *record);

/* What a collector got. */
typedef struct fm_collector_status {
    uint32_t size;
    uint32_t tier;     /* fm_tier */
    char source[64];   /* "CUPTI 13.3, several subscribers", "perf events"; "" */
    char reason[192];  /* why it is not the tier asked for: "CUPTI is held by Nsight Systems"; "" */
    uint64_t dropped;  /* records lost since start, by the device's own count */
    uint64_t capacity; /* bytes of buffers allocated at start */
} fm_collector_status;

typedef struct fm_collector_options {
    uint32_t size;
    uint32_t tier; /* FM_TIER_ACTIVITY or FM_TIER_COUNTERS */
} fm_collector_options;

struct fm_dev;

/* The collector of a backend; all calls from the context's own thread. While it runs, the core
   leaves want_time of kernel arguments at 0. */
typedef struct fm_collector_api {
    uint32_t size;
    /* Buffers are allocated here, not later. FM_OK also where less than the tier asked for was got:
       the status says which and why. Below FM_TIER_ACTIVITY nothing runs and nothing is to be
       stopped. */
    fm_status (*start)(struct fm_dev *dev, const fm_collector_options *options,
                       fm_collector_status *got, fm_error *error);
    void (*stop)(struct fm_dev *dev);
    /* Around each counted call's launches; nested pushes do not happen. No locks, no allocation. */
    void (*push)(struct fm_dev *dev, fm_correlation correlation);
    void (*pop)(struct fm_dev *dev);
    /* Delivers what has arrived. all: the device was synchronised just now, and every record of
       work that is done is to be delivered. */
    fm_status (*collect)(struct fm_dev *dev, fm_activity_sink sink, void *user, int all,
                         fm_error *error);
    /* As start filled it, with the present count of dropped records. */
    void (*status)(struct fm_dev *dev, fm_collector_status *out);
    /* Around a step, for counters that one run cannot take together: the same step is run again
       while *again says so, and counts of its calls come with the collect after the last run. The
       device is idle at both. NULL: counters need no step. */
    fm_status (*step_begin)(struct fm_dev *dev, fm_error *error);
    fm_status (*step_end)(struct fm_dev *dev, int *again, fm_error *error);
} fm_collector_api;

#endif
