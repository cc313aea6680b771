/* The CUDA backend's table on the fake device: devices, memory, copies, capture, timers, the texts
 * of errors, and every call failing in turn. */
#include "fake_test.h"

#include "core/module.h"
#include "cuda/device.h"

extern const fm_backend_api *fm_backend_entry(const fm_host_api *host);

static const fm_backend_api *api;
static fm_dev *dev;
static void *stream;
static fm_error error;

#define GOOD(call) assert_string_equal(fm_status_name(call), "FM_OK")
#define BAD(call, status, text)                                                                    \
    do {                                                                                           \
        assert_string_equal(fm_status_name(call), status);                                         \
        assert_string_equal(error.message, text);                                                  \
    } while (0)

static void other_versions_are_refused(void **state) {
    (void)state;
    fm_host_api other = *fm_module_host();
    other.abi = FM_BACKEND_ABI + 1;
    assert_null(fm_backend_entry(&other));
    other = *fm_module_host();
    other.sizeof_layout += 8;
    assert_null(fm_backend_entry(&other));
    assert_null(fm_backend_entry(NULL));
    assert_non_null(fm_backend_entry(fm_module_host()));
}

static void absent_devices_have_reasons(void **state) {
    (void)state;
    char why[128] = "?";
    fm_fake_entry()->devices(3);
    assert_int_equal(api->device_count(why, sizeof why), 3);
    assert_string_equal(why, "");
    fm_fake_entry()->devices(0);
    assert_int_equal(api->device_count(why, sizeof why), 0);
    assert_string_equal(why, "cudaErrorNoDevice (no CUDA-capable device is detected)");
    fm_fake_entry()->driver(12040);
    assert_int_equal(api->device_count(why, sizeof why), 0);
    assert_string_equal(why, "the CUDA driver is too old: it supports CUDA 12.4, needed is 13.0");
    assert_int_equal(api->device_count(NULL, 0), 0);
    assert_int_equal(cu_api.last_error(), CU_SUCCESS); /* nothing is left for somebody else */
    fm_fake_entry()->devices(1);
}

static void devices_are_described(void **state) {
    (void)state;
    fm_device_info info;
    GOOD(api->describe(0, &info, &error));
    assert_string_equal(info.name, "fake CUDA device");
    assert_string_equal(info.detail,
                        "compute capability 9.0, CUDA 13.0, driver for 13.0, PCI 0000:00:00.0");
    assert_true(info.emulated);
    assert_int_equal(info.capability, 90);
    assert_int_equal(info.device.kind, FM_CUDA);
    BAD(api->describe(7, &info, &error), "FM_ERR_DEVICE",
        "reading the device's properties: cudaErrorInvalidDevice (invalid device ordinal)");
    assert_int_equal(error.device_code, CU_INVALID_DEVICE);
}

static void bytes_go_there_and_back(void **state) {
    (void)state;
    void *block = NULL;
    char out[4] = "";
    GOOD(api->alloc(dev, stream, 4, &block, &error));
    assert_int_equal((uintptr_t)block % 256, 0);
    GOOD(api->copy_in(dev, stream, block, "abc", 4, &error));
    GOOD(api->copy_out(dev, stream, out, block, 4, &error));
    assert_string_equal(out, "abc");
    GOOD(api->copy_out(dev, stream, NULL, NULL, 0, &error));
    api->free(dev, stream, block);
    api->free(dev, stream, NULL);
    GOOD(api->alloc(dev, stream, 0, &block, &error));
    assert_non_null(block);
    api->free(dev, stream, block);
}

static void the_callers_device_stays(void **state) {
    (void)state;
    int device = -1;
    void *block = NULL;
    char byte = 1;
    fm_fake_entry()->devices(2);
    OK(cu_api.device_set(1));
    GOOD(api->alloc(dev, stream, 1, &block, &error));
    GOOD(api->copy_in(dev, stream, block, &byte, 1, &error));
    GOOD(api->synchronize(dev, stream, &error));
    api->free(dev, stream, block);
    OK(cu_api.device_get(&device));
    assert_int_equal(device, 1);
    OK(cu_api.device_set(0));
}

static void memory_runs_out(void **state) {
    (void)state;
    void *block = NULL;
    fm_fake_entry()->memory(1000);
    BAD(api->alloc(dev, stream, 1001, &block, &error), "FM_ERR_MEMORY",
        "allocating device memory: cudaErrorMemoryAllocation (out of memory)");
    assert_null(block);
    assert_int_equal(cu_api.last_error(), CU_SUCCESS);
}

static void late_errors_name_their_operation(void **state) {
    (void)state;
    void *block = NULL;
    char byte = 0;
    GOOD(api->alloc(dev, stream, 1, &block, &error));
    cu_recent_add(dev, "matmul");
    fm_fake_entry()->fail_at(4, CU_LAUNCH_OUT_OF_RESOURCES, FM_FAKE_LATER);
    BAD(api->copy_in(dev, stream, block, &byte, 1, &error), "FM_ERR_DEVICE",
        "matmul: cudaErrorLaunchOutOfResources (too many resources requested for launch), found at "
        "copying to the device");
    assert_string_equal(error.op, "matmul");
    assert_int_equal(error.device_code, CU_LAUNCH_OUT_OF_RESOURCES);
    for (int i = 0; i < 2; ++i) {
        cu_recent_add(dev, i ? "relu" : "matmul");
        OK(cu_api.fill(block, 0, 1, stream));
    }
    fm_fake_entry()->fail_at(1, CU_LAUNCH_OUT_OF_RESOURCES, FM_FAKE_LATER);
    OK(cu_api.fill(block, 0, 1, stream));
    BAD(api->synchronize(dev, stream, &error), "FM_ERR_DEVICE",
        "one of matmul, relu: cudaErrorLaunchOutOfResources (too many resources requested for "
        "launch), found at synchronize");
    GOOD(api->synchronize(dev, stream, &error));
    for (int i = 0; i < 40; ++i) cu_recent_add(dev, i < 39 ? "add" : "exp");
    fm_fake_entry()->fail_at(1, CU_LAUNCH_OUT_OF_RESOURCES, FM_FAKE_LATER);
    OK(cu_api.fill(block, 0, 1, stream));
    BAD(api->synchronize(dev, stream, &error), "FM_ERR_DEVICE",
        "one of 40 operations, the last of them add, add, add, add, add, add, add, exp: "
        "cudaErrorLaunchOutOfResources (too many resources requested for launch), found at "
        "synchronize");
    api->free(dev, stream, block);
}

/* What capture forbids is refused before CUDA sees it, so the capture lives on. */
static void captures_are_not_spoilt(void **state) {
    (void)state;
    void *block = NULL, *more = NULL;
    char byte = 0;
    uint64_t ticket = 7, ns = 0;
    cu_graph graph = NULL;
    GOOD(api->alloc(dev, stream, 1, &block, &error));
    GOOD(api->time_begin(dev, stream, &ticket, &error));
    GOOD(api->time_end(dev, stream, ticket, &error));
    assert_false(api->capturing(dev, stream));
    OK(cu_api.capture_begin(stream, CU_CAPTURE_MODE_GLOBAL));
    assert_true(api->capturing(dev, stream));
    BAD(api->alloc(dev, stream, 1, &more, &error), "FM_ERR_STATE",
        "allocating 1 bytes: the stream is being captured; run the step once before capturing it");
    BAD(api->copy_in(dev, stream, block, &byte, 1, &error), "FM_ERR_STATE",
        "copying to the device: the stream is being captured");
    BAD(api->synchronize(dev, stream, &error), "FM_ERR_STATE",
        "synchronize: the stream is being captured");
    while (!api->time(dev, ticket, &ns)) {
    }
    GOOD(api->time_begin(dev, stream, &ticket, &error));
    assert_int_equal(ticket, 0);
    api->free(dev, stream, block);
    OK(cu_api.capture_end(stream, &graph));
    OK(cu_api.graph_destroy(graph));
    cu_pool_stats stats;
    OK(cu_api.pool_stats(dev->pool, &stats));
    assert_int_equal(stats.used, 1); /* the block waited for the capture's end */
    GOOD(api->synchronize(dev, stream, &error));
    OK(cu_api.pool_stats(dev->pool, &stats));
    assert_int_equal(stats.used, 0);
}

static void intervals_are_timed_once(void **state) {
    (void)state;
    uint64_t ticket[100], ns = 0;
    void *block = NULL;
    GOOD(api->alloc(dev, stream, 1, &block, &error));
    for (int i = 0; i < 100; ++i) {
        GOOD(api->time_begin(dev, stream, &ticket[i], &error));
        assert_int_equal(api->time(dev, ticket[i], &ns), 0); /* not ended */
        OK(cu_api.fill(block, 0, 1, stream));
        GOOD(api->time_end(dev, stream, ticket[i], &error));
    }
    GOOD(api->synchronize(dev, stream, &error));
    for (int i = 0; i < 100; ++i) {
        ns = 0;
        assert_int_equal(api->time(dev, ticket[i], &ns), 1);
        assert_in_range(ns, 500, 5000);
        assert_int_equal(api->time(dev, ticket[i], &ns), -1);
    }
    uint64_t again = 0;
    GOOD(api->time_begin(dev, stream, &again, &error));
    assert_int_equal(api->time(dev, ticket[99], &ns), -1); /* reused, but not by that name */
    assert_int_equal(api->time(dev, 0, &ns), -1);
    assert_int_equal(api->time(dev, UINT64_MAX, &ns), -1);
    api->free(dev, stream, block);
}

static void unknown_kernels_are_named(void **state) {
    (void)state;
    fm_kplan *plan = (fm_kplan *)&dev;
    fm_plan_info info;
    const fm_kernel_call call = {.size = sizeof call, .family = FM_FAMILY_COUNT, .name = "frob"};
    assert_false(api->supports(FM_FAMILY_VIEW, 0, FM_FLOAT32));
    BAD(api->plan(dev, &call, &plan, &info, &error), "FM_ERR_UNSUPPORTED",
        "frob: the CUDA backend has no kernel for this dtype");
    assert_null(plan);
}

/* A whole life of a device; every step's failure must leave nothing behind. */
static fm_status life(void) {
    fm_dev *d = NULL;
    void *s = NULL, *block = NULL;
    uint64_t ticket = 0;
    char bytes[8] = "";
    fm_status status = api->open(0, &d, &error);
    if (status != FM_OK) return status;
    status = api->stream_create(d, &s, &error);
    if (status == FM_OK) status = api->alloc(d, s, sizeof bytes, &block, &error);
    if (status == FM_OK) status = api->time_begin(d, s, &ticket, &error);
    if (status == FM_OK) status = api->copy_in(d, s, block, bytes, sizeof bytes, &error);
    if (status == FM_OK) status = api->time_end(d, s, ticket, &error);
    if (status == FM_OK) status = api->copy_out(d, s, bytes, block, sizeof bytes, &error);
    if (status == FM_OK) status = api->synchronize(d, s, &error);
    api->free(d, s, block);
    api->stream_destroy(d, s);
    api->close(d);
    return status;
}

static int64_t sweep(cu_error code, int when) {
    int64_t n = 1;
    for (; n < 1000; ++n) {
        fm_fake_census before, after;
        fm_fake_entry()->census(&before);
        memset(&error, 0, sizeof error);
        fm_fake_entry()->fail_at(n, code, when);
        const fm_status status = life();
        const int struck = fm_fake_entry()->struck();
        fm_fake_entry()->fail_at(0, 0, FM_FAKE_AT_ONCE);
        fm_fake_entry()->forget_errors();
        fm_fake_entry()->census(&after);
        assert_memory_equal(&before, &after, sizeof before);
        if (!struck) {
            assert_int_equal(status, FM_OK);
            break;
        }
        if (status != FM_OK) assert_string_not_equal(error.message, "");
    }
    return n;
}

static void every_call_fails_in_turn(void **state) {
    (void)state;
    assert_in_range(sweep(CU_OUT_OF_MEMORY, FM_FAKE_AT_ONCE), 20, 200);
    assert_in_range(sweep(CU_LAUNCH_FAILURE, FM_FAKE_LATER), 20, 200);
}

static int setup(void **state) {
    api = fm_backend_entry(fm_module_host());
    memset(&error, 0, sizeof error);
    return fresh(state) || api->open(0, &dev, &error) || api->stream_create(dev, &stream, &error);
}

static int teardown(void **state) {
    api->stream_destroy(dev, stream);
    api->close(dev);
    return clean(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(other_versions_are_refused),
        CASE(absent_devices_have_reasons),
        CASE(devices_are_described),
        CASE(bytes_go_there_and_back),
        CASE(the_callers_device_stays),
        CASE(memory_runs_out),
        CASE(late_errors_name_their_operation),
        CASE(captures_are_not_spoilt),
        CASE(intervals_are_timed_once),
        CASE(unknown_kernels_are_named),
        CASE(every_call_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
