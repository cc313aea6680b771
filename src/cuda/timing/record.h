/* Activity records: CUPTI's layouts as far as this room reads them, and one form for what ran. */
#ifndef FM_CUDA_TIMING_RECORD_H
#define FM_CUDA_TIMING_RECORD_H

#include "cupti.h"

/* CUpti_ActivityKernel10 up to its graph; later versions only append. */
typedef struct pti_kernel {
    int kind;
    uint8_t cache;
    uint8_t shared_config;
    uint16_t registers; /* a thread */
    int cache_requested, cache_executed;
    uint64_t start, end, completed;
    uint32_t device, context, stream;
    int32_t grid[3], block[3];
    int32_t static_shared, dynamic_shared;
    uint32_t local, local_total;
    uint32_t correlation;
    int64_t grid_id;
    const char *name;
    void *reserved;
    uint64_t queued, submitted;
    uint8_t launch[4];
    uint32_t shared_executed;
    uint64_t node;
    int shared_limit;
    uint32_t graph;
} pti_kernel;

/* CUpti_ActivityMemcpy6 */
typedef struct pti_memcpy {
    int kind;
    uint8_t copy, from, to, flags;
    uint64_t bytes, start, end;
    uint32_t device, context, stream, correlation, runtime_correlation, pad;
    void *reserved;
    uint64_t node;
    uint32_t graph;
} pti_memcpy;

/* CUpti_ActivityMemset4 */
typedef struct pti_memset {
    int kind;
    uint32_t value;
    uint64_t bytes, start, end;
    uint32_t device, context, stream, correlation;
    uint16_t flags, memory;
    uint32_t pad;
    void *reserved;
    uint64_t node;
    uint32_t graph;
} pti_memset;

/* CUpti_ActivityExternalCorrelation */
typedef struct pti_external {
    int kind;
    int external_kind;
    uint64_t id;
    uint32_t correlation, reserved;
} pti_external;

/* Something that the device ran: fm_activity_kind in kind. */
typedef struct cu_work {
    uint64_t start, end; /* by CUPTI's clock; either 0: not known */
    uint64_t bytes, blocks, node;
    const char *name; /* a kernel's as the compiler mangled it, else a direction of copying */
    uint32_t device, stream, correlation, graph;
    uint32_t threads, registers,
        shared; /* a block's threads, a thread's registers, bytes a block */
    uint32_t kind;
} cu_work;

/* Reads a record. 1: it is work; 0: something else. */
int cu_record_work(const void *record, cu_work *work);

/* 1: an id of ours that was pushed around the call of that correlation. */
int cu_record_id(const void *record, uint32_t *correlation, uint64_t *id);

#endif
