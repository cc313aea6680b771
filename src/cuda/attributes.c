/* What a CUDA device's peaks follow from. */
#include "clock.h"
#include "device.h"
#include "timing/limits.h"

#include <stdio.h>
#include <string.h>

/* Whether the driver keeps hardware counters to administrators. */
static uint32_t restricted(void) {
    char line[256];
    unsigned value = 0;
    FILE *file = fopen("/proc/driver/nvidia/params", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "RmProfilingAdminOnly: %u", &value) == 1) break;
    if (file) (void)fclose(file);
    return value != 0;
}

fm_status cu_device_attributes(int index, fm_device_attributes *out, fm_error *error) {
    cu_device_info info;
    cu_error code = cu_api.device_info(index, &info);
    if (code) return cu_fail(error, code, NULL, "reading the device's properties");
    const int capability = info.major * 10 + info.minor;
    const cu_limits *limits = cu_limits_of(capability);
    *out = (fm_device_attributes){.size = sizeof *out,
                                  .units = info.processors,
                                  .capability = capability,
                                  .clock_hz = info.core_clock_khz * 1e3,
                                  .clock_now_hz = cu_clock_now(info.pci_bus),
                                  .memory_clock_hz = info.memory_clock_khz * 1e3,
                                  .memory_bus_bits = info.bus_bits,
                                  .warp = info.warp,
                                  .l2_bytes = (uint64_t)info.l2_bytes,
                                  .restricted = restricted(),
                                  .clock_source = "CUDA attribute 13"};
    if (!limits) return FM_OK;
    out->threads_per_unit = (int32_t)limits->threads;
    out->blocks_per_unit = (int32_t)limits->blocks;
    out->double_ratio = (int32_t)limits->double_ratio;
    return FM_OK;
}
