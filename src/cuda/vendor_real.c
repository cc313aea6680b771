/* The real vendor table: the CUDA runtime behind the types of vendor.h. */
#include "vendor_real.h"

#include <cuda_runtime_api.h>
#include <nvtx3/nvToolsExt.h>

#define SAME(ours, theirs) _Static_assert((int)(ours) == (int)(theirs), #ours)
SAME(CU_SUCCESS, cudaSuccess);
SAME(CU_INVALID_VALUE, cudaErrorInvalidValue);
SAME(CU_OUT_OF_MEMORY, cudaErrorMemoryAllocation);
SAME(CU_INITIALIZATION, cudaErrorInitializationError);
SAME(CU_INVALID_CONFIGURATION, cudaErrorInvalidConfiguration);
SAME(CU_INSUFFICIENT_DRIVER, cudaErrorInsufficientDriver);
SAME(CU_NO_DEVICE, cudaErrorNoDevice);
SAME(CU_INVALID_DEVICE, cudaErrorInvalidDevice);
SAME(CU_INVALID_HANDLE, cudaErrorInvalidResourceHandle);
SAME(CU_NOT_READY, cudaErrorNotReady);
SAME(CU_ILLEGAL_ADDRESS, cudaErrorIllegalAddress);
SAME(CU_LAUNCH_OUT_OF_RESOURCES, cudaErrorLaunchOutOfResources);
SAME(CU_ASSERT, cudaErrorAssert);
SAME(CU_LAUNCH_FAILURE, cudaErrorLaunchFailure);
SAME(CU_NOT_SUPPORTED, cudaErrorNotSupported);
SAME(CU_CAPTURE_UNSUPPORTED, cudaErrorStreamCaptureUnsupported);
SAME(CU_CAPTURE_INVALIDATED, cudaErrorStreamCaptureInvalidated);
SAME(CU_CAPTURE_MERGE, cudaErrorStreamCaptureMerge);
SAME(CU_CAPTURE_UNMATCHED, cudaErrorStreamCaptureUnmatched);
SAME(CU_CAPTURE_UNJOINED, cudaErrorStreamCaptureUnjoined);
SAME(CU_CAPTURE_ISOLATION, cudaErrorStreamCaptureIsolation);
SAME(CU_CAPTURE_IMPLICIT, cudaErrorStreamCaptureImplicit);
SAME(CU_CAPTURED_EVENT, cudaErrorCapturedEvent);
SAME(CU_CAPTURE_WRONG_THREAD, cudaErrorStreamCaptureWrongThread);
SAME(CU_MEMORY_UNREGISTERED, cudaMemoryTypeUnregistered);
SAME(CU_MEMORY_HOST, cudaMemoryTypeHost);
SAME(CU_MEMORY_DEVICE, cudaMemoryTypeDevice);
SAME(CU_MEMORY_MANAGED, cudaMemoryTypeManaged);
SAME(CU_COPY_HOST_TO_HOST, cudaMemcpyHostToHost);
SAME(CU_COPY_HOST_TO_DEVICE, cudaMemcpyHostToDevice);
SAME(CU_COPY_DEVICE_TO_HOST, cudaMemcpyDeviceToHost);
SAME(CU_COPY_DEVICE_TO_DEVICE, cudaMemcpyDeviceToDevice);
SAME(CU_COPY_DEFAULT, cudaMemcpyDefault);
SAME(CU_CAPTURE_NONE, cudaStreamCaptureStatusNone);
SAME(CU_CAPTURE_ACTIVE, cudaStreamCaptureStatusActive);
SAME(CU_CAPTURE_DEAD, cudaStreamCaptureStatusInvalidated);
SAME(CU_CAPTURE_MODE_GLOBAL, cudaStreamCaptureModeGlobal);
SAME(CU_CAPTURE_MODE_THREAD, cudaStreamCaptureModeThreadLocal);
SAME(CU_CAPTURE_MODE_RELAXED, cudaStreamCaptureModeRelaxed);
_Static_assert(CUDART_VERSION >= 13000, "CUDA 13.0 or newer");

/* Handles keep their bits; only the name of the pointed-to type differs. */
#define STREAM(s) ((cudaStream_t)(void *)(s))
#define EVENT(e)  ((cudaEvent_t)(void *)(e))
#define POOL(p)   ((cudaMemPool_t)(void *)(p))
#define GRAPH(g)  ((cudaGraph_t)(void *)(g))
#define EXEC(g)   ((cudaGraphExec_t)(void *)(g))

static cu_error driver_version(int *version) {
    return (cu_error)cudaDriverGetVersion(version);
}
static cu_error runtime_version(int *version) {
    return (cu_error)cudaRuntimeGetVersion(version);
}
static cu_error device_count(int *count) {
    return (cu_error)cudaGetDeviceCount(count);
}
static cu_error device_set(int device) {
    return (cu_error)cudaSetDevice(device);
}
static cu_error device_get(int *device) {
    return (cu_error)cudaGetDevice(device);
}
static cu_error device_synchronize(void) {
    return (cu_error)cudaDeviceSynchronize();
}

static cu_error device_info(int device, cu_device_info *info) {
    struct cudaDeviceProp p;
    int core = 0, memory = 0;
    cudaError_t error = cudaGetDeviceProperties(&p, device);
    if (!error) error = cudaDeviceGetAttribute(&core, cudaDevAttrClockRate, device);
    if (!error) error = cudaDeviceGetAttribute(&memory, cudaDevAttrMemoryClockRate, device);
    if (error) return (cu_error)error;
    *info = (cu_device_info){.memory_bytes = p.totalGlobalMem,
                             .major = p.major,
                             .minor = p.minor,
                             .processors = p.multiProcessorCount,
                             .warp = p.warpSize,
                             .threads_per_block = p.maxThreadsPerBlock,
                             .grid_x = p.maxGridSize[0],
                             .core_clock_khz = core,
                             .memory_clock_khz = memory,
                             .bus_bits = p.memoryBusWidth,
                             .l2_bytes = p.l2CacheSize,
                             .pools = p.memoryPoolsSupported,
                             .ecc = p.ECCEnabled};
    for (size_t i = 0; i + 1 < sizeof info->name && p.name[i]; ++i) info->name[i] = p.name[i];
    return (cu_error)cudaDeviceGetPCIBusId(info->pci_bus, (int)sizeof info->pci_bus, device);
}

static cu_error memory_info(size_t *free_bytes, size_t *total_bytes) {
    return (cu_error)cudaMemGetInfo(free_bytes, total_bytes);
}

static cu_error last_error(void) {
    return (cu_error)cudaGetLastError();
}
static cu_error peek_error(void) {
    return (cu_error)cudaPeekAtLastError();
}

static const char *error_name(cu_error error) {
    if (error >= CU_SOLVER_ERROR) return real_solver_error_name(error);
    if (error >= CU_FFT_ERROR) return real_fft_error_name(error);
    if (error >= CU_BLAS_ERROR) return real_blas_error_name(error);
    return cudaGetErrorName((cudaError_t)error);
}

static const char *error_text(cu_error error) {
    if (error >= CU_SOLVER_ERROR) return real_solver_error_text(error);
    if (error >= CU_FFT_ERROR) return "a Fourier transform failed";
    if (error >= CU_BLAS_ERROR) return real_blas_error_text(error);
    return cudaGetErrorString((cudaError_t)error);
}

static cu_error device_alloc(void **pointer, size_t bytes) {
    return (cu_error)cudaMalloc(pointer, bytes);
}
static cu_error device_free(void *pointer) {
    return (cu_error)cudaFree(pointer);
}
static cu_error host_alloc(void **pointer, size_t bytes) {
    return (cu_error)cudaMallocHost(pointer, bytes);
}
static cu_error host_free(void *pointer) {
    return (cu_error)cudaFreeHost(pointer);
}

static cu_error pointer_info(const void *pointer, cu_pointer_info *info) {
    struct cudaPointerAttributes p;
    cudaError_t error = cudaPointerGetAttributes(&p, pointer);
    if (!error) *info = (cu_pointer_info){(int)p.type, p.device};
    return (cu_error)error;
}

static cu_error pool_create(cu_pool *pool, int device) {
    struct cudaMemPoolProps props = {.allocType = cudaMemAllocationTypePinned,
                                     .handleTypes = cudaMemHandleTypeNone,
                                     .location = {cudaMemLocationTypeDevice, device}};
    cudaMemPool_t made = NULL;
    cudaError_t error = cudaMemPoolCreate(&made, &props);
    if (!error) *pool = (cu_pool)(void *)made;
    return (cu_error)error;
}

static cu_error pool_destroy(cu_pool pool) {
    return (cu_error)cudaMemPoolDestroy(POOL(pool));
}

static cu_error pool_keep(cu_pool pool, uint64_t release_threshold) {
    return (cu_error)cudaMemPoolSetAttribute(POOL(pool), cudaMemPoolAttrReleaseThreshold,
                                             &release_threshold);
}

static cu_error pool_trim(cu_pool pool, size_t keep_bytes) {
    return (cu_error)cudaMemPoolTrimTo(POOL(pool), keep_bytes);
}

static cu_error pool_stats(cu_pool pool, cu_pool_stats *stats) {
    const struct {
        enum cudaMemPoolAttr attribute;
        uint64_t *value;
    } wanted[] = {{cudaMemPoolAttrReservedMemCurrent, &stats->reserved},
                  {cudaMemPoolAttrReservedMemHigh, &stats->reserved_peak},
                  {cudaMemPoolAttrUsedMemCurrent, &stats->used},
                  {cudaMemPoolAttrUsedMemHigh, &stats->used_peak}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; ++i) {
        cudaError_t error =
            cudaMemPoolGetAttribute(POOL(pool), wanted[i].attribute, wanted[i].value);
        if (error) return (cu_error)error;
    }
    return CU_SUCCESS;
}

static cu_error pool_alloc(void **pointer, size_t bytes, cu_pool pool, cu_stream stream) {
    return (cu_error)cudaMallocFromPoolAsync(pointer, bytes, POOL(pool), STREAM(stream));
}

static cu_error pool_free(void *pointer, cu_stream stream) {
    return (cu_error)cudaFreeAsync(pointer, STREAM(stream));
}

static cu_error copy(void *to, const void *from, size_t bytes, int kind, cu_stream stream) {
    return (cu_error)cudaMemcpyAsync(to, from, bytes, (enum cudaMemcpyKind)kind, STREAM(stream));
}

static cu_error copy_2d(void *to, size_t to_pitch, const void *from, size_t from_pitch,
                        size_t width, size_t height, int kind, cu_stream stream) {
    return (cu_error)cudaMemcpy2DAsync(to, to_pitch, from, from_pitch, width, height,
                                       (enum cudaMemcpyKind)kind, STREAM(stream));
}

static cu_error copy_peer(void *to, int to_device, const void *from, int from_device, size_t bytes,
                          cu_stream stream) {
    return (cu_error)cudaMemcpyPeerAsync(to, to_device, from, from_device, bytes, STREAM(stream));
}

static cu_error fill(void *to, int byte, size_t bytes, cu_stream stream) {
    return (cu_error)cudaMemsetAsync(to, byte, bytes, STREAM(stream));
}

static cu_error stream_create(cu_stream *stream) {
    cudaStream_t made = NULL;
    cudaError_t error = cudaStreamCreateWithFlags(&made, cudaStreamNonBlocking);
    if (!error) *stream = (cu_stream)(void *)made;
    return (cu_error)error;
}

static cu_error stream_destroy(cu_stream stream) {
    return (cu_error)cudaStreamDestroy(STREAM(stream));
}
static cu_error stream_synchronize(cu_stream stream) {
    return (cu_error)cudaStreamSynchronize(STREAM(stream));
}
static cu_error stream_query(cu_stream stream) {
    return (cu_error)cudaStreamQuery(STREAM(stream));
}
static cu_error stream_wait(cu_stream stream, cu_event event) {
    return (cu_error)cudaStreamWaitEvent(STREAM(stream), EVENT(event), cudaEventWaitDefault);
}
static cu_error stream_device(cu_stream stream, int *device) {
    return (cu_error)cudaStreamGetDevice(STREAM(stream), device);
}

static cu_error event_create(cu_event *event, int timing) {
    cudaEvent_t made = NULL;
    cudaError_t error =
        cudaEventCreateWithFlags(&made, timing ? cudaEventDefault : cudaEventDisableTiming);
    if (!error) *event = (cu_event)(void *)made;
    return (cu_error)error;
}

static cu_error event_destroy(cu_event event) {
    return (cu_error)cudaEventDestroy(EVENT(event));
}
static cu_error event_record(cu_event event, cu_stream stream) {
    return (cu_error)cudaEventRecord(EVENT(event), STREAM(stream));
}
static cu_error event_query(cu_event event) {
    return (cu_error)cudaEventQuery(EVENT(event));
}
static cu_error event_synchronize(cu_event event) {
    return (cu_error)cudaEventSynchronize(EVENT(event));
}
static cu_error event_elapsed(float *milliseconds, cu_event from, cu_event to) {
    return (cu_error)cudaEventElapsedTime(milliseconds, EVENT(from), EVENT(to));
}

static cu_error capture_begin(cu_stream stream, int mode) {
    return (cu_error)cudaStreamBeginCapture(STREAM(stream), (enum cudaStreamCaptureMode)mode);
}

static cu_error capture_end(cu_stream stream, cu_graph *graph) {
    cudaGraph_t made = NULL;
    cudaError_t error = cudaStreamEndCapture(STREAM(stream), &made);
    if (!error) *graph = (cu_graph)(void *)made;
    return (cu_error)error;
}

static cu_error capture_state(cu_stream stream, int *state) {
    enum cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;
    cudaError_t error = cudaStreamIsCapturing(STREAM(stream), &status);
    if (!error) *state = (int)status;
    return (cu_error)error;
}

static cu_error capture_exchange(int *mode) {
    enum cudaStreamCaptureMode wanted = (enum cudaStreamCaptureMode) * mode;
    cudaError_t error = cudaThreadExchangeStreamCaptureMode(&wanted);
    *mode = (int)wanted;
    return (cu_error)error;
}

static cu_error graph_nodes(cu_graph graph, size_t *count) {
    return (cu_error)cudaGraphGetNodes(GRAPH(graph), NULL, count);
}

static cu_error graph_destroy(cu_graph graph) {
    return (cu_error)cudaGraphDestroy(GRAPH(graph));
}

static cu_error graph_instantiate(cu_graph_exec *exec, cu_graph graph) {
    cudaGraphExec_t made = NULL;
    cudaError_t error = cudaGraphInstantiate(&made, GRAPH(graph), 0);
    if (!error) *exec = (cu_graph_exec)(void *)made;
    return (cu_error)error;
}

static cu_error graph_launch(cu_graph_exec exec, cu_stream stream) {
    return (cu_error)cudaGraphLaunch(EXEC(exec), STREAM(stream));
}

static cu_error graph_exec_destroy(cu_graph_exec exec) {
    return (cu_error)cudaGraphExecDestroy(EXEC(exec));
}

static cu_error launch(const cu_launch *l, cu_stream stream) {
    const dim3 grid = {l->grid.x, l->grid.y, l->grid.z};
    const dim3 block = {l->block.x, l->block.y, l->block.z};
    return (cu_error)cudaLaunchKernel(l->entry, grid, block, l->args, l->shared_bytes,
                                      STREAM(stream));
}

/* Header only: the tool that listens is found when the first range opens. */
static void range(const char *name) {
    if (name)
        (void)nvtxRangePushA(name);
    else
        (void)nvtxRangePop();
}

const cu_vendor cu_api = {
    .driver_version = driver_version,
    .runtime_version = runtime_version,
    .device_count = device_count,
    .device_set = device_set,
    .device_get = device_get,
    .device_info = device_info,
    .device_synchronize = device_synchronize,
    .memory_info = memory_info,
    .last_error = last_error,
    .peek_error = peek_error,
    .error_name = error_name,
    .error_text = error_text,
    .device_alloc = device_alloc,
    .device_free = device_free,
    .host_alloc = host_alloc,
    .host_free = host_free,
    .pointer_info = pointer_info,
    .pool_create = pool_create,
    .pool_destroy = pool_destroy,
    .pool_keep = pool_keep,
    .pool_trim = pool_trim,
    .pool_stats = pool_stats,
    .pool_alloc = pool_alloc,
    .pool_free = pool_free,
    .copy = copy,
    .copy_2d = copy_2d,
    .copy_peer = copy_peer,
    .fill = fill,
    .stream_create = stream_create,
    .stream_destroy = stream_destroy,
    .stream_synchronize = stream_synchronize,
    .stream_query = stream_query,
    .stream_wait = stream_wait,
    .stream_device = stream_device,
    .event_create = event_create,
    .event_destroy = event_destroy,
    .event_record = event_record,
    .event_query = event_query,
    .event_synchronize = event_synchronize,
    .event_elapsed = event_elapsed,
    .capture_begin = capture_begin,
    .capture_end = capture_end,
    .capture_state = capture_state,
    .capture_exchange = capture_exchange,
    .graph_nodes = graph_nodes,
    .graph_destroy = graph_destroy,
    .graph_instantiate = graph_instantiate,
    .graph_launch = graph_launch,
    .graph_exec_destroy = graph_exec_destroy,
    .launch = launch,
    .range = range,
    .blas_create = real_blas_create,
    .blas_destroy = real_blas_destroy,
    .blas_version = real_blas_version,
    .blas_stream = real_blas_stream,
    .blas_workspace = real_blas_workspace,
    .blas_math = real_blas_math,
    .blas_pointer_mode = real_blas_pointer_mode,
    .gemm = real_gemm,
    .syrk = real_syrk,
    .dot = real_dot,
    .lt_create = real_lt_create,
    .lt_destroy = real_lt_destroy,
    .lt_desc_create = real_lt_desc_create,
    .lt_desc_destroy = real_lt_desc_destroy,
    .lt_desc_set = real_lt_desc_set,
    .lt_layout_create = real_lt_layout_create,
    .lt_layout_destroy = real_lt_layout_destroy,
    .lt_layout_set = real_lt_layout_set,
    .lt_pref_create = real_lt_pref_create,
    .lt_pref_destroy = real_lt_pref_destroy,
    .lt_pref_set = real_lt_pref_set,
    .lt_heuristic = real_lt_heuristic,
    .lt_matmul = real_lt_matmul,
    .solver_create = real_solver_create,
    .solver_destroy = real_solver_destroy,
    .solver_stream = real_solver_stream,
    .solver_size = real_solver_size,
    .solver_run = real_solver_run,
    .fft = {real_fft_create, real_fft_destroy, real_fft_plan, real_fft_area, real_fft_stream,
            real_fft_run},
};
