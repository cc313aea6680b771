/* Streams: own and the caller's, waiting for them, and whether they are being captured. */
#include "device.h"

fm_status cu_stream_create(fm_dev *dev, void **stream, fm_error *error) {
    int before;
    cu_stream made = NULL;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.stream_create(&made);
    cu_device_leave(dev, before);
    if (code) return cu_fail(error, code, NULL, "making a stream");
    *stream = made;
    return FM_OK;
}

void cu_stream_destroy(fm_dev *dev, void *stream) {
    int before;
    if (!stream) return;
    (void)cu_device_enter(dev, &before);
    (void)cu_api.stream_destroy(stream);
    cu_device_leave(dev, before);
}

int cu_stream_capturing(fm_dev *dev, void *stream) {
    int state = CU_CAPTURE_NONE, before;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.capture_state(stream, &state);
    cu_device_leave(dev, before);
    return !code && state != CU_CAPTURE_NONE;
}

fm_status cu_stream_synchronize(fm_dev *dev, void *stream, fm_error *error) {
    if (cu_stream_capturing(dev, stream))
        return cu_host->fail(error, FM_ERR_STATE, "synchronize: the stream is being captured");
    int before;
    cu_memory_unpark(dev, stream);
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.stream_synchronize(stream);
    cu_device_leave(dev, before);
    if (code) return cu_fail_late(dev, error, code, "synchronize");
    dev->recent_count = 0;
    return cu_fault_read(dev, error);
}
