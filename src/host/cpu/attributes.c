/* What this machine's peaks follow from: clock, register width, multiply-add units. */
#include "cpu/attributes.h"

#include <stdio.h>

#include "cpu/cpuid.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

static int vector_bits(fm_isa isa) {
    switch (isa) {
    case FM_ISA_V4:
        return 512;
    case FM_ISA_V3:
        return 256;
    case FM_ISA_V2:
        return 128;
    case FM_ISA_GENERIC:
        return 0;
    }
    return 0;
}

static double driver_clock(const char *file) {
    FILE *in = fopen(file, "r");
    if (!in) return 0.0;
    double khz = 0.0;
    if (fscanf(in, "%lf", &khz) != 1) khz = 0.0;
    (void)fclose(in);
    return khz * 1e3;
}

#if defined(__x86_64__)

/* Family and model as CPUID's leaf 1 composes them. */
static void family_and_model(unsigned *family, unsigned *model) {
    unsigned a = 0, b = 0, c = 0, d = 0;
    (void)__get_cpuid(1, &a, &b, &c, &d);
    *family = a >> 8 & 15;
    *model = a >> 4 & 15;
    if (*family == 15 || *family == 6) *model |= (a >> 16 & 15) << 4;
    if (*family == 15) *family += a >> 20 & 255;
}

/* Fused multiply-adds of a full register that a core starts in one clock. Intel's optimization
   manual: two of 256 bits from Haswell on, two of 512 on Skylake-SP and later Xeons. AMD's
   optimization guides: two of 256 bits on Zen 2 to 4, where 512 bits take both (family 19h), two of
   512 on Zen 5 (family 1Ah). Other models: not known. */
static int multiply_add_units(int bits) {
    static const unsigned xeons[] = {0x55, 0x6a, 0x6c, 0x8f, 0xcf, 0xad, 0xae};
    unsigned family, model;
    family_and_model(&family, &model);
    if (bits < 256) return 0;
    if (family == 0x1a) return 2;
    if (family == 0x19 || family == 0x17) return bits == 512 ? 1 : 2;
    if (family != 6) return 0;
    if (bits == 256) return 2;
    for (size_t i = 0; i < sizeof xeons / sizeof *xeons; i++)
        if (xeons[i] == model) return 2;
    return 0;
}

/* Megahertz that CPUID's leaf 16h states as the highest; hypervisors often leave it out. */
static double stated_clock(void) {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid(0x16, &a, &b, &c, &d)) return 0.0;
    return (double)(b & 0xffff) * 1e6;
}

#else

static int multiply_add_units(int bits) {
    (void)bits;
    return 0;
}
static double stated_clock(void) {
    return 0.0;
}

#endif

void fm_cpu_attributes(fm_device_attributes *out) {
    const fm_cpu_facts *facts = fm_cpu_detect();
    *out = (fm_device_attributes){.size = sizeof *out, .units = facts->cores};
    out->vector_bits = vector_bits(facts->isa);
    out->fma_units = multiply_add_units(out->vector_bits);
    out->l2_bytes = facts->l2;
    const char *source = "cpufreq";
    out->clock_hz = driver_clock("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");
    out->clock_now_hz = driver_clock("/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq");
    if (out->clock_hz <= 0) {
        out->clock_hz = stated_clock();
        source = "CPUID 16h";
    }
    if (out->clock_hz > 0)
        (void)snprintf(out->clock_source, sizeof out->clock_source, "%s", source);
}

static const char *dtype_text(fm_dtype dtype) {
    static const char *const text[FM_DTYPE_COUNT] = {
        [FM_BOOL] = "bool",       [FM_INT8] = "int8",           [FM_INT16] = "int16",
        [FM_INT32] = "int32",     [FM_INT64] = "int64",         [FM_UINT8] = "uint8",
        [FM_UINT16] = "uint16",   [FM_UINT32] = "uint32",       [FM_UINT64] = "uint64",
        [FM_FLOAT16] = "float16", [FM_BFLOAT16] = "bfloat16",   [FM_FLOAT32] = "float32",
        [FM_FLOAT64] = "float64", [FM_COMPLEX64] = "complex64", [FM_COMPLEX128] = "complex128",
    };
    return dtype < FM_DTYPE_COUNT && text[dtype] ? text[dtype] : "";
}

static const char *product_name(fm_dtype dtype) {
    switch (dtype) {
    case FM_FLOAT32:
        return "sgemm";
    case FM_FLOAT64:
        return "dgemm";
    case FM_COMPLEX64:
        return "cgemm";
    case FM_COMPLEX128:
        return "zgemm";
    default:
        return NULL;
    }
}

void fm_cpu_kernel_name(const fm_kernel_call *call, char name[FM_KERNEL_NAME]) {
    const char *product =
        call->family == FM_FAMILY_CONTRACT && call->nin == 2 ? product_name(call->compute) : NULL;
    if (product) {
        (void)snprintf(name, FM_KERNEL_NAME, "%s", product);
    } else if (call->family == FM_FAMILY_LINALG) {
        (void)snprintf(name, FM_KERNEL_NAME, "lapack %s %s", call->name, dtype_text(call->compute));
    } else {
        (void)snprintf(name, FM_KERNEL_NAME, "%.30s %s %s", call->name, dtype_text(call->compute),
                       fm_isa_name(fm_cpu_detect()->isa));
    }
}
