/* What a device says of itself that its peaks follow from. */
#ifndef FM_CORE_ATTRIBUTES_H
#define FM_CORE_ATTRIBUTES_H

#include <stdint.h>

/* Zero: not known. Clocks are the highest that the device may run at, unless they say "now". */
typedef struct fm_device_attributes {
    uint32_t size;
    int32_t units;          /* cores used, multiprocessors */
    int32_t capability;     /* CUDA compute capability times 10 */
    int32_t double_ratio;   /* float32 rate over float64 rate (CUDA attribute 87) */
    double clock_hz;        /* of the units */
    double clock_now_hz;    /* when asked */
    double memory_clock_hz; /* of the memory; two transfers a clock */
    int32_t memory_bus_bits;
    int32_t warp; /* threads that issue together */
    int32_t threads_per_unit, blocks_per_unit;
    uint64_t l2_bytes;
    int32_t vector_bits;   /* of a CPU's widest registers in use */
    int32_t fma_units;     /* of a CPU's core, for such registers */
    uint32_t restricted;   /* 1: counters are for administrators alone (RmProfilingAdminOnly) */
    char clock_source[64]; /* "CUDA attribute 13", "cpufreq", "CPUID 0x16"; "" */
} fm_device_attributes;

#endif
