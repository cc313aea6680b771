/* What this machine offers the CPU backend: instruction level, caches, usable cores. */
#ifndef FM_CPU_CPUID_H
#define FM_CPU_CPUID_H

#include <stdbool.h>
#include <stddef.h>

/* The x86-64 levels of the System V ABI; FM_ISA_GENERIC is the plain build of any architecture. */
typedef enum fm_isa { FM_ISA_GENERIC, FM_ISA_V2, FM_ISA_V3, FM_ISA_V4 } fm_isa;

typedef struct fm_cpu_facts {
    fm_isa isa;       /* the highest level that CPU and kernel both support */
    bool avx512_bf16; /* informational: no kernel of ours needs the last five */
    bool avx512_fp16;
    bool amx_tile;
    bool amx_bf16;
    bool amx_int8;
    bool valgrind;             /* running under valgrind, which hides AVX-512 */
    int cpus;                  /* CPUs that this process may run on, at least 1 */
    int cores;                 /* threads to use: cpus, or what FLOPMETER_THREADS says */
    size_t l1d;                /* bytes of the first-level data cache of one core */
    size_t l2;                 /* bytes of the second-level cache of one core */
    size_t l3;                 /* bytes of the last-level cache, as reported (whole, shared) */
    const char *openblas_core; /* OPENBLAS_CORETYPE to ask for; NULL: leave it to OpenBLAS */
    char brand[49];            /* the CPU's own name, "" where it gives none */
} fm_cpu_facts;

/* The facts, found at the first call and the same for the life of the process. FLOPMETER_THREADS
 * (1 to 1024) replaces the number of cores, FLOPMETER_ISA (generic, v2, v3, v4) lowers the level;
 * other values of either are ignored. Thread safe. */
const fm_cpu_facts *fm_cpu_detect(void);

/* "generic", "x86-64-v2", "x86-64-v3" or "x86-64-v4". */
const char *fm_isa_name(fm_isa isa);

#endif
