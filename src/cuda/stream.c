/* Streams and memory of the caller's: whose they are, what waits for what, and whether a stream is
 * being captured. */
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

/* Asked for while somebody's capture may run, so this thread is relaxed meanwhile. */
static cu_error ask_device(void *stream, int *device) {
    int mode = CU_CAPTURE_MODE_RELAXED;
    cu_error code = cu_api.capture_exchange(&mode);
    if (code) return code;
    code = cu_api.stream_device(stream, device);
    (void)cu_api.capture_exchange(&mode);
    return code;
}

fm_status cu_stream_check(fm_dev *dev, void *stream, fm_error *error) {
    int before, device = dev->index;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = ask_device(stream, &device);
    cu_device_leave(dev, before);
    if (code) return cu_fail(error, code, NULL, "asking a stream for its device");
    if (device == dev->index) return FM_OK;
    return cu_host->fail(error, FM_ERR_DEVICE,
                         "the stream is of cuda:%d, but the context is on cuda:%d", device,
                         dev->index);
}

static cu_error wait_for(cu_stream stream, cu_stream other) {
    cu_event event = NULL;
    cu_error code = cu_api.event_create(&event, 0);
    if (code) return code;
    code = cu_api.event_record(event, other);
    if (!code) code = cu_api.stream_wait(stream, event);
    cu_error freed = cu_api.event_destroy(event);
    return code ? code : freed;
}

/* An event between a captured stream and one that is not would spoil the capture. */
static int is_captured(fm_dev *dev, void *stream) {
    return stream && cu_stream_capturing(dev, stream);
}

fm_status cu_stream_wait(fm_dev *dev, void *stream, void *other, fm_error *error) {
    int before;
    if (is_captured(dev, stream) || is_captured(dev, other))
        return cu_host->fail(error, FM_ERR_STATE,
                             "ordering two streams: one of them is being captured");
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = wait_for(stream, other);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, NULL, "ordering two streams") : FM_OK;
}

fm_status cu_memory_check(fm_dev *dev, const void *data, fm_error *error) {
    cu_pointer_info info = {CU_MEMORY_UNREGISTERED, -1};
    int before;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.pointer_info(data, &info);
    cu_device_leave(dev, before);
    if (code) return cu_fail(error, code, NULL, "asking for the device of an address");
    if (info.kind == CU_MEMORY_MANAGED) return FM_OK;
    if (info.kind != CU_MEMORY_DEVICE)
        return cu_host->fail(error, FM_ERR_DEVICE,
                             "address %p is memory of the host, but the context is on cuda:%d",
                             data, dev->index);
    if (info.device == dev->index) return FM_OK;
    return cu_host->fail(error, FM_ERR_DEVICE,
                         "address %p is on cuda:%d, but the context is on cuda:%d", data,
                         info.device, dev->index);
}
