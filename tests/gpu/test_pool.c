/* The device's pool: what a steady loop takes, what comes back, and what does not fit. */
#include "gpu_test.h"

static fm_memory_stats now(void) {
    fm_memory_stats stats;
    fm_context_memory(gpu, &stats, NULL);
    return stats;
}

static void a_steady_loop_asks_for_nothing(void **state) {
    (void)state;
    const int64_t n = gpu_many();
    fm_tensor *x = gpu_floats(gpu, n, 1.0f, 0.001f), *slot = NULL;
    uint64_t asked = 0;
    for (int i = 0; i < 50; ++i) {
        fm_tensor *fresh = NULL, *sum = NULL;
        GPU_OK(gpu, fm_exp(gpu, x, &slot));
        GPU_OK(gpu, fm_add(gpu, x, slot, &fresh));
        GPU_OK(gpu, fm_sum(gpu, fresh, NULL, &sum));
        fm_tensor_release(fresh);
        fm_tensor_release(sum);
        if (i == 2) asked = now().system_allocations;
    }
    assert_int_equal(now().system_allocations, asked);
    fm_tensor_release(x);
    fm_tensor_release(slot);
}

static void what_is_released_comes_back(void **state) {
    (void)state;
    const int64_t n = gpu_many();
    const uint64_t before = now().in_use;
    fm_tensor *kept[8];
    for (int i = 0; i < 8; ++i) GPU_OK(gpu, fm_tensor_create(gpu, FM_FLOAT64, 1, &n, &kept[i]));
    assert_true(now().in_use >= before + 8 * (uint64_t)n * sizeof(double));
    for (int i = 0; i < 8; ++i) fm_tensor_release(kept[i]);
    GPU_OK(gpu, fm_synchronize(gpu));
    assert_int_equal(now().in_use, before);
    assert_true(now().in_use_peak >= before + 8 * (uint64_t)n * sizeof(double));
    const uint64_t held = now().reserved;
    fm_context_trim(gpu);
    assert_true(now().reserved <= held);
}

/* More than the device has is an error, after which all goes on. */
static void too_much_is_refused(void **state) {
    (void)state;
    const int64_t n = (int64_t)(gpu_info.memory_bytes / 4) * 3, few = 1000;
    fm_tensor *huge = NULL, *x = NULL;
    assert_int_equal(fm_tensor_create(gpu, FM_FLOAT64, 1, &n, &huge), FM_ERR_MEMORY);
    assert_null(huge);
    assert_true(strlen(fm_context_message(gpu)) > 0);
    GPU_OK(gpu, fm_tensor_create(gpu, FM_FLOAT32, 1, &few, &x));
    GPU_OK(gpu, fm_multiply_scalar(gpu, x, fm_float(0), &x));
    GPU_OK(gpu, fm_synchronize(gpu));
    fm_tensor_release(x);
}

/* Bytes there and back, at lengths around what copies are cut into. */
static void bytes_go_there_and_back(void **state) {
    (void)state;
    static const int64_t lengths[] = {0, 1, 15, 16, 17, 255, 4097, 1000003};
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; ++k) {
        const int64_t n = lengths[k];
        uint8_t *data = malloc((size_t)n + 1);
        fm_tensor *t = NULL;
        assert_non_null(data);
        for (int64_t i = 0; i < n; ++i) data[i] = (uint8_t)(i * 31 + 7);
        GPU_OK(gpu, fm_tensor_from_host(gpu, FM_UINT8, 1, &n, data, &t));
        uint8_t *back = gpu_read(gpu, t);
        assert_memory_equal(back, data, (size_t)n);
        free(back);
        free(data);
        fm_tensor_release(t);
    }
}

GPU_MAIN(GPU_CASE(a_steady_loop_asks_for_nothing), GPU_CASE(what_is_released_comes_back),
         GPU_CASE(too_much_is_refused), GPU_CASE(bytes_go_there_and_back))
