/* Detection of instruction level, caches and cores, by CPUID on x86-64 and by sysconf elsewhere. */
#include "cpu/cpuid.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

enum { MAX_THREADS = 1024 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static fm_cpu_facts facts;

#if defined(__x86_64__)

typedef struct registers {
    unsigned a, b, c, d;
} registers;

static registers cpuid(unsigned leaf, unsigned sub) {
    registers r = {0, 0, 0, 0};
    __cpuid_count(leaf, sub, r.a, r.b, r.c, r.d);
    return r;
}

static bool has(unsigned word, unsigned mask) {
    return (word & mask) == mask;
}

/* XCR0: which register files the kernel saves at a context switch. */
static unsigned saved_state(registers leaf1) {
    if (!has(leaf1.c, bit_OSXSAVE)) return 0;
    unsigned low = 0;
    unsigned high = 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

/* Feature lists: System V ABI, AMD64 supplement, table 3.1. */
static fm_isa level(registers leaf1, registers leaf7, registers extended) {
    const unsigned xmm_ymm = 0x6;
    const unsigned zmm = 0xe6;
    unsigned v2 = bit_SSE3 | bit_SSSE3 | bit_SSE4_1 | bit_SSE4_2 | bit_POPCNT | bit_CMPXCHG16B;
    unsigned v3 = bit_AVX | bit_FMA | bit_F16C | bit_MOVBE | bit_OSXSAVE;
    unsigned v3_leaf7 = bit_AVX2 | bit_BMI | bit_BMI2;
    unsigned v4_leaf7 = bit_AVX512F | bit_AVX512BW | bit_AVX512CD | bit_AVX512DQ | bit_AVX512VL;
    unsigned state = saved_state(leaf1);
    if (!has(leaf1.c, v2) || !has(extended.c, bit_LAHF_LM)) return FM_ISA_GENERIC;
    if (!has(leaf1.c, v3) || !has(leaf7.b, v3_leaf7) || !has(extended.c, bit_ABM)) return FM_ISA_V2;
    if (!has(state, xmm_ymm)) return FM_ISA_V2;
    return has(leaf7.b, v4_leaf7) && has(state, zmm) ? FM_ISA_V4 : FM_ISA_V3;
}

static void read_brand(char out[49]) {
    if (cpuid(0x80000000u, 0).a < 0x80000004u) return;
    for (unsigned i = 0; i < 3; ++i) {
        registers r = cpuid(0x80000002u + i, 0);
        memcpy(out + 16 * i, &r, sizeof r);
    }
    out[48] = '\0';
}

static void detect_isa(fm_cpu_facts *f) {
    const unsigned avx512_bf16_bit = 1u << 5; /* leaf 7, subleaf 1, EAX */
    const unsigned avx512_fp16_bit = 1u << 23;
    const unsigned amx_bf16_bit = 1u << 22;
    const unsigned amx_tile_bit = 1u << 24;
    const unsigned amx_int8_bit = 1u << 25; /* the last four: leaf 7, subleaf 0, EDX */
    unsigned highest = cpuid(0, 0).a;
    registers leaf1 = cpuid(1, 0);
    registers leaf7 = highest >= 7 ? cpuid(7, 0) : (registers){0, 0, 0, 0};
    registers leaf71 = leaf7.a >= 1 ? cpuid(7, 1) : (registers){0, 0, 0, 0};
    registers extended = cpuid(0x80000001u, 0);
    f->isa = level(leaf1, leaf7, extended);
    f->avx512_bf16 = f->isa == FM_ISA_V4 && has(leaf71.a, avx512_bf16_bit);
    f->avx512_fp16 = f->isa == FM_ISA_V4 && has(leaf7.d, avx512_fp16_bit);
    f->amx_tile = has(leaf7.d, amx_tile_bit);
    f->amx_bf16 = has(leaf7.d, amx_bf16_bit);
    f->amx_int8 = has(leaf7.d, amx_int8_bit);
    read_brand(f->brand);
}

/* OpenBLAS 0.3.21 knows CPUs by their model number and takes its oldest kernels (Prescott) for one
 * that it has not met; these names are the kernel sets that each level can run. Cooperlake and
 * SapphireRapids use the same float32 and float64 kernels as SkylakeX and are absent from older
 * builds. */
static const char *openblas_core(fm_isa isa) {
    switch (isa) {
    case FM_ISA_V4:
        return "SkylakeX";
    case FM_ISA_V3:
        return "Haswell";
    case FM_ISA_V2:
        return "Nehalem";
    case FM_ISA_GENERIC:
        break;
    }
    return NULL;
}

#else

static void detect_isa(fm_cpu_facts *f) {
    f->isa = FM_ISA_GENERIC;
}

static const char *openblas_core(fm_isa isa) {
    (void)isa;
    return NULL;
}

#endif

/* Valgrind loads its helper into every process that it runs. */
static bool under_valgrind(void) {
    const char *preload = getenv("LD_PRELOAD");
    return preload && strstr(preload, "vgpreload_");
}

static fm_isa lowered(fm_isa found) {
    static const char *const names[] = {"generic", "v2", "v3", "v4"};
    const char *asked = getenv("FLOPMETER_ISA");
    if (!asked) return found;
    for (fm_isa isa = FM_ISA_GENERIC; isa < found; ++isa) {
        if (strcmp(asked, names[isa]) == 0) return isa;
    }
    return found;
}

static int usable_cpus(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set)
                                                        : (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (n < 1) return 1;
    return n > MAX_THREADS ? MAX_THREADS : n;
}

static int asked_threads(int otherwise) {
    const char *asked = getenv("FLOPMETER_THREADS");
    if (!asked) return otherwise;
    char *end = NULL;
    long n = strtol(asked, &end, 10);
    return end != asked && *end == '\0' && n >= 1 && n <= MAX_THREADS ? (int)n : otherwise;
}

static size_t cache_bytes(int name, size_t fallback) {
    long n = sysconf(name);
    return n > 0 ? (size_t)n : fallback;
}

static void detect(void) {
    detect_isa(&facts);
    facts.isa = lowered(facts.isa);
    facts.valgrind = under_valgrind();
    facts.openblas_core = facts.valgrind ? NULL : openblas_core(facts.isa);
    facts.cpus = usable_cpus();
    facts.cores = asked_threads(facts.cpus);
    facts.l1d = cache_bytes(_SC_LEVEL1_DCACHE_SIZE, (size_t)32 << 10);
    facts.l2 = cache_bytes(_SC_LEVEL2_CACHE_SIZE, (size_t)512 << 10);
    facts.l3 = cache_bytes(_SC_LEVEL3_CACHE_SIZE, facts.l2);
}

const fm_cpu_facts *fm_cpu_detect(void) {
    (void)pthread_once(&once, detect);
    return &facts;
}

const char *fm_isa_name(fm_isa isa) {
    switch (isa) {
    case FM_ISA_V2:
        return "x86-64-v2";
    case FM_ISA_V3:
        return "x86-64-v3";
    case FM_ISA_V4:
        return "x86-64-v4";
    case FM_ISA_GENERIC:
        break;
    }
    return "generic";
}
