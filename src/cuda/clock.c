/* Asking NVML, which comes with the driver, for a device's present clock. */
#include "clock.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

typedef struct nvml_device_s *nvml_device;
enum { NVML_OK = 0, NVML_SM_CLOCK = 1 };

typedef struct nvml {
    int (*init)(void);
    int (*shutdown)(void);
    int (*device)(const char *pci_bus, nvml_device *device);
    int (*clock)(nvml_device device, int type, unsigned *mhz);
} nvml;

static void *open_library(void) {
    const char *chosen = getenv("FLOPMETER_NVML");
    if (chosen && !strcmp(chosen, "none")) return NULL;
    return dlopen(chosen && *chosen ? chosen : "libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
}

static int look_up(void *library, nvml *api) {
#define CALL(member, symbol)                                                                       \
    do {                                                                                           \
        void *found = dlsym(library, symbol);                                                      \
        memcpy(&api->member, &found, sizeof found);                                                \
        if (!found) return 0;                                                                      \
    } while (0)
    CALL(init, "nvmlInit_v2");
    CALL(shutdown, "nvmlShutdown");
    CALL(device, "nvmlDeviceGetHandleByPciBusId_v2");
    CALL(clock, "nvmlDeviceGetClockInfo");
#undef CALL
    return 1;
}

static unsigned ask(const nvml *api, const char *pci_bus) {
    nvml_device device;
    unsigned mhz = 0;
    if (api->init() != NVML_OK) return 0;
    if (api->device(pci_bus, &device) != NVML_OK ||
        api->clock(device, NVML_SM_CLOCK, &mhz) != NVML_OK)
        mhz = 0;
    (void)api->shutdown();
    return mhz;
}

double cu_clock_now(const char *pci_bus) {
    nvml api;
    void *library = open_library();
    if (!library) return 0;
    const unsigned mhz = look_up(library, &api) ? ask(&api, pci_bus) : 0;
    (void)dlclose(library);
    return mhz * 1e6;
}
