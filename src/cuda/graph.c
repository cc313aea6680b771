/* Graphs: captures of a context's own stream, their launches, and ranges for the profilers. */
#include "device.h"
#include "random_kernel.h"

#include <string.h>

/* Relaxed, so that what this thread asks CUDA meanwhile does not spoil the capture: what would is
 * refused before it is called. */
fm_status cu_capture_begin(fm_dev *dev, void *stream, fm_error *error) {
    int before;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.capture_begin(stream, CU_CAPTURE_MODE_RELAXED);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, NULL, "beginning a capture") : FM_OK;
}

static cu_error finish(cu_stream stream, void **exec) {
    cu_graph graph = NULL;
    cu_graph_exec made = NULL;
    cu_error code = cu_api.capture_end(stream, &graph);
    if (!code) code = cu_api.graph_instantiate(&made, graph);
    cu_error freed = graph ? cu_api.graph_destroy(graph) : CU_SUCCESS;
    if (!code) code = freed;
    if (!code)
        *exec = made;
    else if (made)
        (void)cu_api.graph_exec_destroy(made);
    return code;
}

fm_status cu_capture_end(fm_dev *dev, void *stream, void **exec, fm_error *error) {
    int before;
    *exec = NULL;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = finish(stream, exec);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, NULL, "ending a capture") : FM_OK;
}

void cu_capture_abandon(fm_dev *dev, void *stream) {
    cu_graph graph = NULL;
    int before;
    (void)cu_device_enter(dev, &before);
    (void)cu_api.capture_end(stream, &graph);
    if (graph) (void)cu_api.graph_destroy(graph);
    (void)cu_api.last_error();
    cu_device_leave(dev, before);
}

fm_status cu_graph_launch(fm_dev *dev, void *exec, void *stream, fm_error *error) {
    int before;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.graph_launch(exec, stream);
    cu_recent_add(dev, "graph");
    cu_device_leave(dev, before);
    if (code) return cu_fail(error, code, "graph", "launching");
    return dev->blocking ? cu_stream_synchronize(dev, stream, error) : FM_OK;
}

fm_status cu_graph_origin(fm_dev *dev, void *stream, uint64_t *origin, uint64_t seed,
                          uint64_t position, fm_error *error) {
    int before;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_random_origin(origin, seed, position, stream);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, "graph", "placing its random numbers") : FM_OK;
}

/* What is page-locked for a graph is no part of it. */
static cu_error page_locked(const void *host, size_t bytes, void **kept) {
    int mode = CU_CAPTURE_MODE_RELAXED;
    cu_error code = cu_api.capture_exchange(&mode);
    if (code) return code;
    code = cu_api.host_alloc(kept, bytes);
    (void)cu_api.capture_exchange(&mode);
    if (!code) memcpy(*kept, host, bytes);
    return code;
}

fm_status cu_graph_copy_in(fm_dev *dev, void *stream, void *device, const void *host, size_t bytes,
                           void **kept, fm_error *error) {
    int before;
    *kept = NULL;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = page_locked(host, bytes, kept);
    if (!code) code = cu_api.copy(device, *kept, bytes, CU_COPY_HOST_TO_DEVICE, stream);
    cu_device_leave(dev, before);
    if (!code) return FM_OK;
    if (*kept) cu_memory_park(dev, *kept, 1);
    *kept = NULL;
    return cu_fail(error, code, NULL, "capturing a copy to the device");
}

/* A replay may still read it. */
void cu_graph_let_go(fm_dev *dev, void *stream, void *kept) {
    int before;
    if (cu_stream_capturing(dev, stream)) {
        cu_memory_park(dev, kept, 1);
        return;
    }
    (void)cu_device_enter(dev, &before);
    (void)cu_api.stream_synchronize(stream);
    (void)cu_api.host_free(kept);
    cu_device_leave(dev, before);
}

/* The driver keeps a graph that still runs until it is done. */
void cu_graph_free(fm_dev *dev, void *exec) {
    int before;
    if (!exec) return;
    (void)cu_device_enter(dev, &before);
    (void)cu_api.graph_exec_destroy(exec);
    cu_device_leave(dev, before);
}

void cu_range(const char *name) {
    cu_api.range(name);
}
