/* CUDA devices: finding, describing and opening them. */
#include "device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CU_OLDEST_DRIVER = 13000 };

const fm_host_api *cu_host;

void *cu_alloc(size_t bytes) {
    void *block = cu_host->alloc(bytes);
    return block ? memset(block, 0, bytes) : NULL;
}

int cu_device_count(char *why, size_t why_size) {
    char unused[1];
    if (!why || !why_size) {
        why = unused;
        why_size = sizeof unused;
    }
    why[0] = '\0';
    int driver = 0, count = 0;
    cu_error code = cu_api.driver_version(&driver);
    if (!code && driver < CU_OLDEST_DRIVER) {
        (void)snprintf(why, why_size,
                       "the CUDA driver is too old: it supports CUDA %d.%d, needed is %d.%d",
                       driver / 1000, driver % 1000 / 10, CU_OLDEST_DRIVER / 1000,
                       CU_OLDEST_DRIVER % 1000 / 10);
        return 0;
    }
    if (!code) code = cu_api.device_count(&count);
    if (code) {
        (void)snprintf(why, why_size, "%s (%s)", cu_api.error_name(code), cu_api.error_text(code));
        (void)cu_api.last_error(); /* not to be found by somebody else's check */
        return 0;
    }
    return count;
}

static fm_status read_info(int index, cu_device_info *info, fm_error *error) {
    cu_error code = cu_api.device_info(index, info);
    return code ? cu_fail(error, code, NULL, "reading the device's properties") : FM_OK;
}

fm_status cu_device_describe(int index, fm_device_info *info, fm_error *error) {
    cu_device_info found;
    int driver = 0, runtime = 0;
    memset(info, 0, sizeof *info);
    fm_status status = read_info(index, &found, error);
    if (status != FM_OK) return status;
    cu_error code = cu_api.driver_version(&driver);
    if (!code) code = cu_api.runtime_version(&runtime);
    if (code) return cu_fail(error, code, NULL, "reading CUDA's versions");
    info->device = (fm_device){FM_CUDA, index};
    info->memory_bytes = found.memory_bytes;
    info->units = found.processors;
    info->capability = found.major * 10 + found.minor;
    info->clock_hz = found.core_clock_khz * 1e3;
    info->emulated = cu_api.limits != NULL;
    (void)snprintf(info->name, sizeof info->name, "%.*s", (int)sizeof info->name - 1, found.name);
    (void)snprintf(info->detail, sizeof info->detail,
                   "compute capability %d.%d, CUDA %d.%d, driver for %d.%d, PCI %s", found.major,
                   found.minor, runtime / 1000, runtime % 1000 / 10, driver / 1000,
                   driver % 1000 / 10, found.pci_bus);
    return FM_OK;
}

cu_error cu_device_enter(const fm_dev *dev, int *before) {
    *before = dev->index;
    cu_error code = cu_api.device_get(before);
    return code || *before == dev->index ? code : cu_api.device_set(dev->index);
}

void cu_device_leave(const fm_dev *dev, int before) {
    if (before != dev->index) (void)cu_api.device_set(before);
}

static fm_status check_usable(const fm_dev *dev, fm_error *error) {
    const int capability = dev->info.major * 10 + dev->info.minor;
    if (capability < FM_CUDA_OLDEST)
        return cu_host->fail(
            error, FM_ERR_UNSUPPORTED,
            "cuda:%d has compute capability %d.%d, this build is for %d.%d and newer", dev->index,
            dev->info.major, dev->info.minor, FM_CUDA_OLDEST / 10, FM_CUDA_OLDEST % 10);
    if (!dev->info.pools)
        return cu_host->fail(error, FM_ERR_UNSUPPORTED,
                             "cuda:%d has no stream-ordered memory pools", dev->index);
    return FM_OK;
}

/* Freed memory stays in the pool, so that a steady program asks the driver for nothing. */
static cu_error make_pool(fm_dev *dev) {
    cu_error code = cu_api.pool_create(&dev->pool, dev->index);
    return code ? code : cu_api.pool_keep(dev->pool, UINT64_MAX);
}

static fm_status open_parts(fm_dev *dev, fm_error *error) {
    fm_status status = read_info(dev->index, &dev->info, error);
    if (status == FM_OK) status = check_usable(dev, error);
    if (status != FM_OK) return status;
    int before;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = make_pool(dev);
    if (!code) code = cu_api.stream_create(&dev->side);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, NULL, "opening the device") : FM_OK;
}

fm_status cu_device_open(int index, fm_dev **out, fm_error *error) {
    fm_dev *dev = cu_alloc(sizeof *dev);
    if (!dev) return cu_host->fail(error, FM_ERR_MEMORY, "no memory for the CUDA device");
    const char *blocking = getenv("FLOPMETER_CUDA_BLOCKING");
    dev->index = index;
    dev->blocking = blocking && *blocking && strcmp(blocking, "0") != 0;
    (void)pthread_mutex_init(&dev->lock, NULL);
    fm_status status = open_parts(dev, error);
    if (status != FM_OK) {
        cu_device_close(dev);
        return status;
    }
    *out = dev;
    return FM_OK;
}

/* Nothing is left to report an error to: what fails here stays with the driver. */
void cu_device_close(fm_dev *dev) {
    int before;
    (void)cu_device_enter(dev, &before);
    cu_collector_close(dev);
    if (dev->side) cu_memory_unpark(dev, dev->side);
    cu_timer_close(dev);
    if (dev->lt) (void)cu_api.lt_destroy(dev->lt);
    if (dev->blas) (void)cu_api.blas_destroy(dev->blas);
    if (dev->solver) (void)cu_api.solver_destroy(dev->solver);
    if (dev->side) {
        (void)cu_api.stream_synchronize(dev->side);
        (void)cu_api.stream_destroy(dev->side);
    }
    cu_fault_close(dev);
    for (size_t i = 0; i < dev->parked_count; ++i)
        if (dev->parked[i].host) (void)cu_api.host_free(dev->parked[i].block);
    if (dev->pool) (void)cu_api.pool_destroy(dev->pool);
    cu_device_leave(dev, before);
    cu_host->free(dev->parked);
    (void)pthread_mutex_destroy(&dev->lock);
    cu_host->free(dev);
}
