/* What a multiprocessor holds, by the occupancy that CUDA's calculator gives; a device's
 * attributes. */
#include "timing_test.h"

#include "cuda/clock.h"
#include "cuda/timing/limits.h"

static void blocks_that_fit(void **state) {
    (void)state;
    static const struct {
        int capability;
        uint32_t threads, registers, shared, blocks;
    } known[] = {
        {90, 256, 32, 0, 8},        /* all 2,048 threads */
        {90, 32, 16, 0, 32},        /* the most blocks */
        {90, 128, 168, 0, 3},       /* registers: 12 warps */
        {90, 384, 168, 220000, 1},  /* shared memory */
        {90, 128, 40, 48 << 10, 4}, /* 49 KiB with the system's own */
        {80, 256, 64, 0, 4},        /* 32 warps by registers */
        {86, 256, 32, 0, 6},        /* 1,536 threads */
        {75, 256, 32, 32 << 10, 2}, /* nothing for the system before 8.0 */
        {90, 1024, 255, 0, 0},      /* fits nowhere, so it never ran */
        {70, 256, 32, 0, 0},        /* not in the tables */
        {90, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i)
        assert_int_equal(cu_limits_resident(known[i].capability, known[i].threads,
                                            known[i].registers, known[i].shared),
                         known[i].blocks);
}

static void attributes_are_the_devices(void **state) {
    (void)state;
    fm_device_attributes found;
    cu_device_info info;
    TIMING_OK(timing_api->attributes(0, &found, &timing_error));
    OK(cu_api.device_info(0, &info));
    assert_int_equal(found.size, sizeof found);
    assert_int_equal(found.units, info.processors);
    assert_int_equal(found.capability, 90);
    assert_int_equal(found.double_ratio, 2);
    assert_int_equal(found.warp, 32);
    assert_int_equal(found.threads_per_unit, 2048);
    assert_int_equal(found.blocks_per_unit, 32);
    assert_int_equal(found.memory_bus_bits, info.bus_bits);
    assert_true(found.clock_hz == info.core_clock_khz * 1e3);
    assert_true(found.memory_clock_hz == info.memory_clock_khz * 1e3);
    assert_string_equal(found.clock_source, "CUDA attribute 13");
    assert_int_equal(timing_api->attributes(7, &found, &timing_error), FM_ERR_DEVICE);
    assert_string_equal(timing_error.message, "reading the device's properties: "
                                              "cudaErrorInvalidDevice (invalid device ordinal)");
}

static double clock_now(const char *library) {
    fm_device_attributes found;
    if (library)
        assert_int_equal(setenv("FLOPMETER_NVML", library, 1), 0);
    else
        assert_int_equal(unsetenv("FLOPMETER_NVML"), 0);
    TIMING_OK(timing_api->attributes(0, &found, &timing_error));
    return found.clock_now_hz;
}

static void the_present_clock_is_nvmls(void **state) {
    (void)state;
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/libfake_nvml.so", getenv("FLOPMETER_BACKEND_DIR"));
    for (int i = 0; i < 2; ++i) assert_true(clock_now(path) == 1410e6);
    assert_true(clock_now("none") == 0);
    assert_true(clock_now("/nowhere/libnvidia-ml.so") == 0);
    assert_true(clock_now("libm.so.6") == 0); /* a library without its calls */
    assert_true(clock_now(NULL) == 0);        /* knows no such device, where there is one */
    (void)setenv("FLOPMETER_NVML", path, 1);
    assert_true(cu_clock_now("0000:01:00.0") == 0);
    (void)unsetenv("FLOPMETER_NVML");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, timing_open, timing_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_that_fit),
        CASE(attributes_are_the_devices),
        CASE(the_present_clock_is_nvmls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
