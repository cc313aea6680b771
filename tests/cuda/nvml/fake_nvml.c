/* An NVML of one device, the fake's, whose multiprocessors run at 1,410 MHz; the other clocks are
 * higher. It refuses what comes before its start, and a second start. */
#include <string.h>

#define SHOWN __attribute__((visibility("default")))

static int running;

SHOWN int nvmlInit_v2(void);
SHOWN int nvmlShutdown(void);
SHOWN int nvmlDeviceGetHandleByPciBusId_v2(const char *pci_bus, void **device);
SHOWN int nvmlDeviceGetClockInfo(void *device, int type, unsigned *mhz);

enum { DONE = 0, UNINITIALIZED = 1, INVALID = 2, ALREADY = 5, NOT_FOUND = 6 };

int nvmlInit_v2(void) {
    if (running) return ALREADY;
    running = 1;
    return DONE;
}

int nvmlShutdown(void) {
    if (!running) return UNINITIALIZED;
    running = 0;
    return DONE;
}

int nvmlDeviceGetHandleByPciBusId_v2(const char *pci_bus, void **device) {
    if (!running) return UNINITIALIZED;
    if (strcmp(pci_bus, "0000:00:00.0")) return NOT_FOUND;
    *device = &running;
    return DONE;
}

int nvmlDeviceGetClockInfo(void *device, int type, unsigned *mhz) {
    static const unsigned clocks[] = {1500, 1410, 2600, 1600};
    if (!running) return UNINITIALIZED;
    if (device != &running || type < 0 || type > 3) return INVALID;
    *mhz = clocks[type];
    return DONE;
}
