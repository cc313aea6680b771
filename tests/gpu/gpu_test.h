/* What the tests of a CUDA device share: a context on it, and the caller's own streams, events and
 * graphs, of the CUDA runtime or of the fake device. A program without a device is skipped. */
#ifndef FM_TESTS_GPU_GPU_TEST_H
#define FM_TESTS_GPU_GPU_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/flopmeter.h>

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cuda/fake/fake.h"

enum { GPU_SKIPPED = 77 };

static fm_device_info gpu_info;
static fm_context *gpu;

#define GPU_OK(ctx, call)                                                                          \
    do {                                                                                           \
        if ((call) != FM_OK) fail_msg("%s", fm_context_message(ctx));                              \
    } while (0)

static inline fm_context *gpu_context(fm_device_kind kind, void *stream, fm_timing timing) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *ctx = NULL;
    fm_error error;
    options.device.kind = kind;
    options.stream = stream;
    options.timing = timing;
    options.seed = 7;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return ctx;
}

/* For cmocka's setup and teardown of a test. */
static inline int gpu_open(void **state) {
    (void)state;
    gpu = gpu_context(FM_CUDA, NULL, FM_TIMING_OFF);
    return 0;
}

static inline int gpu_close(void **state) {
    (void)state;
    fm_context_close(gpu);
    gpu = NULL;
    return 0;
}

/* Elements for a test that should keep a GPU busy; the fake takes one after another. */
static inline int64_t gpu_many(void) {
    return gpu_info.emulated ? 5001 : (int64_t)(1 << 22) + 1;
}

static inline fm_tensor *gpu_floats(fm_context *ctx, int64_t n, float first, float step) {
    float *data = malloc((size_t)n * sizeof *data);
    fm_tensor *t = NULL;
    assert_non_null(data);
    for (int64_t i = 0; i < n; ++i) data[i] = first + step * (float)(i % 1000);
    GPU_OK(ctx, fm_tensor_from_host(ctx, FM_FLOAT32, 1, &n, data, &t));
    free(data);
    return t;
}

/* The elements of a tensor, in memory that the caller frees. */
static inline void *gpu_read(fm_context *ctx, const fm_tensor *t) {
    const size_t bytes = fm_tensor_nbytes(t);
    void *data = malloc(bytes ? bytes : 1);
    assert_non_null(data);
    GPU_OK(ctx, fm_tensor_to_host(ctx, t, data, bytes));
    return data;
}

/* The calls a program makes beside flopmeter's, of the runtime that the backend has loaded. */
typedef struct gpu_runtime {
    int (*stream_create)(void **stream, unsigned flags);
    int (*stream_destroy)(void *stream);
    int (*stream_synchronize)(void *stream);
    int (*stream_wait)(void *stream, void *event, unsigned flags);
    int (*event_create)(void **event, unsigned flags);
    int (*event_destroy)(void *event);
    int (*event_record)(void *event, void *stream);
    int (*host_alloc)(void **pointer, size_t bytes);
    int (*host_free)(void *pointer);
    int (*copy)(void *to, const void *from, size_t bytes, int kind, void *stream);
    int (*capture_begin)(void *stream, int mode);
    int (*capture_end)(void *stream, void **graph);
    int (*graph_destroy)(void *graph);
    int (*graph_instantiate)(void **exec, void *graph, unsigned long long flags);
    int (*graph_launch)(void *exec, void *stream);
    int (*exec_destroy)(void *exec);
} gpu_runtime;

static gpu_runtime gpu_cuda;
static const cu_vendor *gpu_fake;
static const fm_fake_control *gpu_control; /* of the fake device; NULL on a GPU */

#define GPU_CUDA(call) assert_int_equal(call, CU_SUCCESS)

/* The fake's calls where they differ from CUDA's in arguments. */
static inline int gpu_fake_stream(void **stream, unsigned flags) {
    (void)flags;
    return gpu_fake->stream_create((cu_stream *)stream);
}

static inline int gpu_fake_wait(void *stream, void *event, unsigned flags) {
    (void)flags;
    return gpu_fake->stream_wait(stream, event);
}

static inline int gpu_fake_event(void **event, unsigned flags) {
    (void)flags;
    return gpu_fake->event_create((cu_event *)event, 0);
}

static inline int gpu_fake_instantiate(void **exec, void *graph, unsigned long long flags) {
    (void)flags;
    return gpu_fake->graph_instantiate((cu_graph_exec *)exec, graph);
}

static inline void *gpu_symbol(void *library, const char *name) {
    void *symbol = dlsym(library, name);
    if (!symbol) fprintf(stderr, "%s\n", dlerror());
    return symbol;
}

/* Backends are opened by the library; here they are only found again. */
static inline int gpu_find_fake(void) {
    char path[4096];
    const char *folder = getenv("FLOPMETER_BACKEND_DIR");
    const fm_fake_control *(*entry)(void);
    (void)snprintf(path, sizeof path, "%s/libflopmeter_cuda_fake.so", folder ? folder : ".");
    void *module = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    void *symbol = module ? gpu_symbol(module, FM_FAKE_ENTRY) : NULL;
    if (!symbol) return -1;
    memcpy(&entry, &symbol, sizeof entry);
    gpu_control = entry();
    gpu_fake = gpu_control->vendor;
    gpu_cuda.stream_create = gpu_fake_stream;
    gpu_cuda.stream_wait = gpu_fake_wait;
    gpu_cuda.event_create = gpu_fake_event;
    gpu_cuda.graph_instantiate = gpu_fake_instantiate;
#define SAME(member, call) memcpy(&gpu_cuda.member, &gpu_fake->call, sizeof gpu_cuda.member)
    SAME(stream_destroy, stream_destroy);
    SAME(stream_synchronize, stream_synchronize);
    SAME(event_destroy, event_destroy);
    SAME(event_record, event_record);
    SAME(host_alloc, host_alloc);
    SAME(host_free, host_free);
    SAME(copy, copy);
    SAME(capture_begin, capture_begin);
    SAME(capture_end, capture_end);
    SAME(graph_destroy, graph_destroy);
    SAME(graph_launch, graph_launch);
    SAME(exec_destroy, graph_exec_destroy);
#undef SAME
    return 0;
}

static inline int gpu_find_real(void) {
    void *library = NULL;
    char name[32];
    for (int major = 13; major < 20 && !library; ++major) {
        (void)snprintf(name, sizeof name, "libcudart.so.%d", major);
        library = dlopen(name, RTLD_NOW | RTLD_NOLOAD);
    }
    if (!library) return -1;
    int missing = 0;
#define FIND(member, call)                                                                         \
    do {                                                                                           \
        void *symbol = gpu_symbol(library, call);                                                  \
        memcpy(&gpu_cuda.member, &symbol, sizeof gpu_cuda.member);                                 \
        missing += !symbol;                                                                        \
    } while (0)
    FIND(stream_create, "cudaStreamCreateWithFlags");
    FIND(stream_destroy, "cudaStreamDestroy");
    FIND(stream_synchronize, "cudaStreamSynchronize");
    FIND(stream_wait, "cudaStreamWaitEvent");
    FIND(event_create, "cudaEventCreateWithFlags");
    FIND(event_destroy, "cudaEventDestroy");
    FIND(event_record, "cudaEventRecord");
    FIND(host_alloc, "cudaMallocHost");
    FIND(host_free, "cudaFreeHost");
    FIND(copy, "cudaMemcpyAsync");
    FIND(capture_begin, "cudaStreamBeginCapture");
    FIND(capture_end, "cudaStreamEndCapture");
    FIND(graph_destroy, "cudaGraphDestroy");
    FIND(graph_instantiate, "cudaGraphInstantiate");
    FIND(graph_launch, "cudaGraphLaunch");
    FIND(exec_destroy, "cudaGraphExecDestroy");
#undef FIND
    return missing;
}

enum { GPU_NON_BLOCKING = 1, GPU_NO_TIMING = 2 };

static inline void *gpu_stream(void) {
    void *stream = NULL;
    GPU_CUDA(gpu_cuda.stream_create(&stream, GPU_NON_BLOCKING));
    return stream;
}

/* The first thing in main: 0, or the program's exit status. */
static inline int gpu_begin(void) {
    char why[256] = "";
    if (fm_device_count(FM_CUDA, why, sizeof why) < 1) {
        printf("skipped: %s\n", why);
        return GPU_SKIPPED;
    }
    if (fm_device_describe((fm_device){FM_CUDA, 0}, &gpu_info) != FM_OK) return 1;
    printf("%s, %s\n", gpu_info.name, gpu_info.detail);
    return gpu_info.emulated ? gpu_find_fake() : gpu_find_real();
}

#define GPU_CASE(name) cmocka_unit_test_setup_teardown(name, gpu_open, gpu_close)

/* main of a file of cases. */
#define GPU_MAIN(...)                                                                              \
    int main(void) {                                                                               \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                           \
        const int status = gpu_begin();                                                            \
        return status ? status : cmocka_run_group_tests(tests, NULL, NULL);                        \
    }

#endif
