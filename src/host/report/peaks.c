/* Theoretical peaks: datasheets by name, else multiply-adds a clock of the architecture. */
#include "report/peaks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *key;
} kinds[FM_PEAK_KINDS] = {
    [FM_PEAK_FLOAT64] = {"float64", "float64"},
    [FM_PEAK_FLOAT32] = {"float32", "float32"},
    [FM_PEAK_MATRIX_FLOAT64] = {"matrix float64", "matrix_float64"},
    [FM_PEAK_MATRIX_FLOAT32] = {"matrix float32", "matrix_float32"},
    [FM_PEAK_MATRIX_TF32] = {"matrix tf32", "matrix_tf32"},
    [FM_PEAK_MATRIX_HALF] = {"matrix float16", "matrix_float16"},
};

const char *fm_peak_name(fm_peak_kind kind) {
    return kind < FM_PEAK_KINDS ? kinds[kind].name : "none";
}

const char *fm_peak_key(fm_peak_kind kind) {
    return kind < FM_PEAK_KINDS ? kinds[kind].key : "none";
}

/* Dense TFLOP/s and TB/s of NVIDIA's datasheets (H200, H100 SXM5, A100 80 GB SXM, L40S, GeForce RTX
   4090 in the Ada whitepaper). They are at the boost clock, which is below the highest clock that
   the driver reports: 989 of an H200 is 132 x 4096 x 1.83 GHz. */
typedef struct datasheet {
    const char *in_name, *also; /* both are in the device's name */
    const char *title;
    double float64, float32, matrix_float64, tf32, half, terabytes;
} datasheet;

static const datasheet sheets[] = {
    {"H200", "", "H200 SXM", 33.5, 66.9, 66.9, 494.7, 989.4, 4.8},
    {"H100", "80GB HBM3", "H100 SXM", 33.5, 66.9, 66.9, 494.7, 989.4, 3.35},
    {"A100", "SXM4-80GB", "A100 SXM 80GB", 9.7, 19.5, 19.5, 156, 312, 2.039},
    {"L40S", "", "L40S", 1.4, 91.6, 0, 183, 362, 0.864},
    {"RTX 4090", "", "RTX 4090", 1.3, 82.6, 0, 82.6, 165.2, 1.008},
};

/* Dense multiply-adds a clock and multiprocessor, tensor ones with float32 accumulation. CUDA's
   programming guide (throughput of native instructions) for float64 and float32; the architecture
   whitepapers for the rest. GeForce boards of 8.6, 8.9 and 12.0 accumulate float32 at half the rate
   of professional ones. 0: not known, or not there. */
typedef struct architecture {
    int capability;
    int float64, float32, matrix_float64;
    int tf32[2], half[2]; /* professional, GeForce */
} architecture;

static const architecture architectures[] = {
    {70, 32, 64, 0, {0, 0}, {512, 512}},
    {75, 2, 64, 0, {0, 0}, {512, 256}},
    {80, 32, 64, 64, {512, 512}, {1024, 1024}},
    {86, 2, 128, 0, {256, 128}, {512, 256}},
    {89, 2, 128, 0, {256, 128}, {512, 256}},
    {90, 64, 128, 128, {1024, 1024}, {2048, 2048}},
    {100, 64, 128, 64, {2048, 2048}, {4096, 4096}},
    {103, 2, 128, 0, {2048, 2048}, {4096, 4096}},
    {120, 2, 128, 0, {0, 128}, {512, 256}},
};

/* Boards whose tensor units are cut below their capability's. */
static bool is_cut(const char *name) {
    const char *at = strstr(name, "H20");
    return (at && at[3] != '0') || strstr(name, "H800") || strstr(name, "A800");
}

/* A number of the table times units, clock and two FLOPs. */
static double rate_of(int per_clock, const fm_device_attributes *a) {
    return 2.0 * per_clock * (double)a->units * a->clock_hz;
}

/* Whole, as the datasheet means it. */
static double at_tera(double number) {
    return round(number * 1e12);
}

static void from_sheet(const datasheet *sheet, fm_peaks *out) {
    out->theory[FM_PEAK_FLOAT64] = at_tera(sheet->float64);
    out->theory[FM_PEAK_FLOAT32] = at_tera(sheet->float32);
    out->theory[FM_PEAK_MATRIX_FLOAT64] =
        at_tera(sheet->matrix_float64 > 0 ? sheet->matrix_float64 : sheet->float64);
    out->theory[FM_PEAK_MATRIX_FLOAT32] = at_tera(sheet->float32);
    out->theory[FM_PEAK_MATRIX_TF32] = at_tera(sheet->tf32);
    out->theory[FM_PEAK_MATRIX_HALF] = at_tera(sheet->half);
    out->bandwidth = at_tera(sheet->terabytes);
    snprintf(out->theory_source, sizeof out->theory_source, "datasheet of the %s, dense",
             sheet->title);
}

static void at_clock(const architecture *arch, const fm_device_attributes *a, int geforce, bool cut,
                     double rates[FM_PEAK_KINDS]) {
    int matrix64 = arch->matrix_float64 ? arch->matrix_float64 : arch->float64;
    rates[FM_PEAK_FLOAT64] = rate_of(arch->float64, a);
    rates[FM_PEAK_FLOAT32] = rates[FM_PEAK_MATRIX_FLOAT32] = rate_of(arch->float32, a);
    rates[FM_PEAK_MATRIX_FLOAT64] = cut ? 0 : rate_of(matrix64, a);
    rates[FM_PEAK_MATRIX_TF32] = cut ? 0 : rate_of(arch->tf32[geforce], a);
    rates[FM_PEAK_MATRIX_HALF] = cut ? 0 : rate_of(arch->half[geforce], a);
}

static void from_architecture(const fm_device_info *info, const fm_device_attributes *a,
                              fm_peaks *out) {
    bool sheet = *out->theory_source != '\0', cut = is_cut(info->name);
    int geforce = strstr(info->name, "GeForce") != NULL;
    for (size_t i = 0; i < sizeof architectures / sizeof *architectures; i++) {
        const architecture *arch = &architectures[i];
        if (arch->capability != info->capability || a->units <= 0 || a->clock_hz <= 0) continue;
        fm_device_attributes present = *a;
        present.clock_hz = a->clock_now_hz;
        at_clock(arch, &present, geforce, cut, out->now);
        if (sheet) return;
        at_clock(arch, a, geforce, cut, out->theory);
        snprintf(out->theory_source, sizeof out->theory_source,
                 "compute capability %d.%d, %d multiprocessors at %.0f MHz, dense",
                 info->capability / 10, info->capability % 10, a->units, a->clock_hz / 1e6);
    }
}

/* A core's registers hold bits / width numbers; each unit multiplies and adds them every clock. */
static void from_cpu(const fm_device_attributes *a, fm_peaks *out) {
    if (a->vector_bits <= 0 || a->fma_units <= 0 || a->units <= 0 || a->clock_hz <= 0) return;
    double clock[2] = {a->clock_hz, a->clock_now_hz};
    for (int i = 0; i < 2; i++) {
        double *rates = i ? out->now : out->theory;
        double wide = 2.0 * a->fma_units * a->vector_bits / 64 * a->units * clock[i];
        rates[FM_PEAK_FLOAT64] = rates[FM_PEAK_MATRIX_FLOAT64] = wide;
        rates[FM_PEAK_FLOAT32] = rates[FM_PEAK_MATRIX_FLOAT32] = 2 * wide;
    }
    snprintf(out->theory_source, sizeof out->theory_source,
             "%d cores, %d multiply-adds of %d bits a clock, %.0f MHz by %.32s", a->units,
             a->fma_units, a->vector_bits, a->clock_hz / 1e6, a->clock_source);
}

/* What a kernel's launch takes at least: 4 to 6 microseconds are reported for CUDA 13. */
static const double cuda_launch_ns = 4000;

void fm_peaks_theory(const fm_device_info *info, const fm_device_attributes *a, fm_peaks *out) {
    out->clock_hz = a->clock_hz > 0 ? a->clock_hz : info->clock_hz;
    out->clock_now_hz = a->clock_now_hz;
    if (info->emulated) return;
    if (info->device.kind != FM_CUDA) {
        from_cpu(a, out);
        return;
    }
    out->launch_ns = cuda_launch_ns;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        if (strstr(info->name, sheets[i].in_name) && strstr(info->name, sheets[i].also))
            from_sheet(&sheets[i], out);
    from_architecture(info, a, out);
    if (out->bandwidth <= 0) out->bandwidth = 2.0 * a->memory_bus_bits / 8 * a->memory_clock_hz;
}

fm_peak_kind fm_peak_of(fm_dtype dtype, bool matrix, fm_math_mode mode) {
    switch (dtype) {
    case FM_FLOAT64:
    case FM_COMPLEX128:
        return matrix ? FM_PEAK_MATRIX_FLOAT64 : FM_PEAK_FLOAT64;
    case FM_FLOAT32:
    case FM_COMPLEX64:
        if (!matrix) return FM_PEAK_FLOAT32;
        if (mode == FM_MATH_TF32) return FM_PEAK_MATRIX_TF32;
        return mode > FM_MATH_TF32 ? FM_PEAK_MATRIX_HALF : FM_PEAK_MATRIX_FLOAT32;
    case FM_FLOAT16:
    case FM_BFLOAT16:
        return matrix ? FM_PEAK_MATRIX_HALF : FM_PEAK_FLOAT32;
    default:
        return FM_PEAK_NONE;
    }
}

static double first_known(double a, double b) {
    return a > 0 ? a : b;
}

double fm_peaks_peak(const fm_peaks *peaks, fm_peak_kind kind) {
    return kind < FM_PEAK_KINDS ? first_known(peaks->theory[kind], peaks->achieved[kind]) : 0;
}

double fm_peaks_roof(const fm_peaks *peaks, fm_peak_kind kind) {
    return kind < FM_PEAK_KINDS ? first_known(peaks->achieved[kind], peaks->theory[kind]) : 0;
}

double fm_peaks_bandwidth(const fm_peaks *peaks) {
    return first_known(peaks->triad, peaks->bandwidth);
}
