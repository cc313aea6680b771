/* The kernel's side of hardware events, and what is known of CPUs' own ones. */
#include "cpu/perf.h"

#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#if defined __x86_64__
#include <cpuid.h>
#endif

static int open_event(uint32_t type, uint64_t config, pid_t thread, int group) {
    struct perf_event_attr attr;
    memset(&attr, 0, sizeof attr);
    attr.size = sizeof attr;
    attr.type = type;
    attr.config = config;
    attr.exclude_kernel = 1; /* what an unprivileged user may count */
    attr.exclude_hv = 1;
    attr.read_format =
        PERF_FORMAT_GROUP | PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
    return (int)syscall(SYS_perf_event_open, &attr, thread, -1, group, PERF_FLAG_FD_CLOEXEC);
}

static ssize_t read_event(int event, void *reading, size_t bytes) {
    return read(event, reading, bytes);
}

static void close_event(int event) {
    (void)close(event);
}

static int read_number(const char *path, int otherwise) {
    int number = otherwise;
    FILE *file = fopen(path, "r");
    if (!file) return otherwise;
    if (fscanf(file, "%d", &number) != 1) number = otherwise;
    (void)fclose(file);
    return number;
}

static int paranoid(void) {
    return read_number("/proc/sys/kernel/perf_event_paranoid", -1);
}

fm_perf_kernel fm_perf_kernel_calls = {open_event, read_event, close_event, paranoid};

/* FP_ARITH_INST_RETIRED (Intel SDM volume 3, event 0xC7, since Broadwell): a unit mask for each
 * width and type; a fused multiply-add counts twice. Masks of one weight share a counter. */
static const struct {
    uint64_t config;
    unsigned weight;
} intel[FM_PERF_FLOPS] = {{0x03C7, 1}, {0x04C7, 2}, {0x18C7, 4}, {0x60C7, 8}, {0x80C7, 16}};

/* Of family 6: Broadwell and Skylake's heirs have the event; Haswell, which came before with the
 * same AVX2, and Atoms have not. */
static int has_intel_event(int model) {
    static const int without[] = {0x3C, 0x3F, 0x45, 0x46, 0x4C, 0x5A, 0x5C, 0x5F, 0x57,
                                  0x85, 0x7A, 0x86, 0x96, 0x9C, 0xBE, 0xAF, 0xB6};
    for (size_t i = 0; i < sizeof without / sizeof *without; ++i)
        if (model == without[i]) return 0;
    return model >= 0x3D;
}

int fm_perf_find_flops(const char *vendor, int family, int model, fm_perf_flops *flops) {
    memset(flops, 0, sizeof *flops);
    if (strcmp(vendor, "GenuineIntel") || family != 6 || !has_intel_event(model)) return 0;
    /* A CPU with two kinds of cores has a type of events for each. */
    const int performance = read_number("/sys/bus/event_source/devices/cpu_core/type", -1);
    flops->type = performance >= 0 ? (uint32_t)performance : PERF_TYPE_RAW;
    for (int i = 0; i < FM_PERF_FLOPS; ++i) {
        flops->config[i] = intel[i].config;
        flops->weight[i] = intel[i].weight;
    }
    return flops->count = FM_PERF_FLOPS;
}

int fm_perf_this_cpu(fm_perf_flops *flops) {
    memset(flops, 0, sizeof *flops);
#if defined __x86_64__
    unsigned a, b, c, d, most;
    char vendor[13] = "";
    if (!__get_cpuid(0, &most, &b, &c, &d)) return 0;
    memcpy(vendor, &b, 4);
    memcpy(vendor + 4, &d, 4);
    memcpy(vendor + 8, &c, 4);
    if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
    const int family = (int)(a >> 8 & 15), model = (int)((a >> 4 & 15) | (a >> 12 & 0xF0));
    return fm_perf_find_flops(vendor, family, model, flops);
#else
    return 0;
#endif
}
