/* The fake's devices and versions. */
#include "calls.h"
#include "state.h"

#include <stdio.h>
#include <string.h>

cu_error fake_driver(int *version) {
    cu_error error = fake_enter();
    if (!error) *version = fake_driver_version;
    return fake_leave(error);
}

cu_error fake_runtime(int *version) {
    cu_error error = fake_enter();
    if (!error) *version = 13000;
    return fake_leave(error);
}

cu_error fake_count(int *count) {
    cu_error error = fake_enter();
    if (!error && fake_driver_version < 13000) error = CU_INSUFFICIENT_DRIVER;
    if (!error && !fake_device_count) error = CU_NO_DEVICE;
    if (!error) *count = fake_device_count;
    return fake_leave(error);
}

cu_error fake_device_set(int device) {
    cu_error error = fake_enter();
    if (!error && (device < 0 || device >= fake_device_count)) error = CU_INVALID_DEVICE;
    if (!error) fake_current = device;
    return fake_leave(error);
}

cu_error fake_device_get(int *device) {
    cu_error error = fake_enter();
    if (!error) *device = fake_current;
    return fake_leave(error);
}

cu_error fake_device_info(int device, cu_device_info *info) {
    cu_error error = fake_enter();
    if (!error && (device < 0 || device >= fake_device_count)) error = CU_INVALID_DEVICE;
    if (error) return fake_leave(error);
    *info = (cu_device_info){.name = "fake CUDA device",
                             .memory_bytes = fake_memory_bytes,
                             .major = 9,
                             .minor = 0,
                             .processors = 2,
                             .warp = 32,
                             .threads_per_block = 1024,
                             .grid_x = INT32_MAX,
                             .core_clock_khz = 1000000,
                             .memory_clock_khz = 1000000,
                             .bus_bits = 64,
                             .l2_bytes = 1 << 20,
                             .pools = 1,
                             .ecc = 1};
    (void)snprintf(info->pci_bus, sizeof info->pci_bus, "0000:%02X:00.0", (unsigned)device & 0xFFu);
    return fake_leave(CU_SUCCESS);
}
