/* Device memory in stream order from the device's pool, and copies between it and the host. */
#include "device.h"

fm_status cu_memory_alloc(fm_dev *dev, void *stream, size_t bytes, void **block, fm_error *error) {
    *block = NULL;
    if (cu_stream_capturing(dev, stream))
        return cu_host->fail(
            error, FM_ERR_STATE,
            "allocating %zu bytes: the stream is being captured; run the step once "
            "before capturing it",
            bytes);
    int before;
    cu_memory_unpark(dev, stream);
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.pool_alloc(block, bytes ? bytes : 1, dev->pool, stream);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, NULL, "allocating device memory") : FM_OK;
}

void cu_memory_park(fm_dev *dev, void *block, int host) {
    (void)pthread_mutex_lock(&dev->lock);
    if (dev->parked_count == dev->parked_room) {
        const size_t room = dev->parked_room ? 2 * dev->parked_room : 64;
        struct cu_parked *grown = cu_alloc(room * sizeof *grown);
        if (grown) {
            for (size_t i = 0; i < dev->parked_count; ++i) grown[i] = dev->parked[i];
            cu_host->free(dev->parked);
            dev->parked = grown;
            dev->parked_room = room;
        }
    }
    if (dev->parked_count < dev->parked_room)
        dev->parked[dev->parked_count++] = (struct cu_parked){block, host};
    (void)pthread_mutex_unlock(&dev->lock);
}

void cu_memory_unpark(fm_dev *dev, cu_stream stream) {
    if (!dev->parked_count) return;
    (void)pthread_mutex_lock(&dev->lock);
    for (size_t i = 0; i < dev->parked_count; ++i) {
        const struct cu_parked parked = dev->parked[i];
        (void)(parked.host ? cu_api.host_free(parked.block)
                           : cu_api.pool_free(parked.block, stream));
    }
    dev->parked_count = 0;
    (void)pthread_mutex_unlock(&dev->lock);
}

void cu_memory_free(fm_dev *dev, void *stream, void *block) {
    if (!block) return;
    if (cu_stream_capturing(dev, stream)) {
        cu_memory_park(dev, block, 0);
        return;
    }
    int before;
    (void)cu_device_enter(dev, &before);
    (void)cu_api.pool_free(block, stream);
    cu_device_leave(dev, before);
}

static fm_status copy(fm_dev *dev, void *stream, void *to, const void *from, size_t bytes, int kind,
                      const char *doing, fm_error *error) {
    if (!bytes) return FM_OK;
    if (cu_stream_capturing(dev, stream))
        return cu_host->fail(error, FM_ERR_STATE, "%s: the stream is being captured", doing);
    int before;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.copy(to, from, bytes, kind, stream);
    if (!code) code = cu_api.stream_synchronize(stream);
    cu_device_leave(dev, before);
    if (code) return cu_fail_late(dev, error, code, doing);
    dev->recent_count = 0;
    return cu_fault_read(dev, error);
}

fm_status cu_memory_copy_in(fm_dev *dev, void *stream, void *device, const void *host, size_t bytes,
                            fm_error *error) {
    return copy(dev, stream, device, host, bytes, CU_COPY_HOST_TO_DEVICE, "copying to the device",
                error);
}

fm_status cu_memory_copy_out(fm_dev *dev, void *stream, void *host, const void *device,
                             size_t bytes, fm_error *error) {
    return copy(dev, stream, host, device, bytes, CU_COPY_DEVICE_TO_HOST, "copying from the device",
                error);
}
