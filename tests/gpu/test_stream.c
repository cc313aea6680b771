/* Streams of the context and of the caller: order within one, events between two, threads. */
#include "gpu_test.h"

#include <pthread.h>

static void expect_all(const float *data, int64_t n, float want) {
    for (int64_t i = 0; i < n; ++i)
        if (data[i] != want)
            fail_msg("element %lld is %g, not %g", (long long)i, (double)data[i], (double)want);
}

static void a_chain_keeps_its_order(void **state) {
    (void)state;
    const int64_t n = gpu_many();
    fm_tensor *x = gpu_floats(gpu, n, 1.0f, 0.0f), *y = NULL;
    GPU_OK(gpu, fm_add_scalar(gpu, x, fm_float(0), &y));
    for (int i = 0; i < 200; ++i) GPU_OK(gpu, fm_add(gpu, y, x, &y));
    float *data = gpu_read(gpu, y);
    expect_all(data, n, 201.0f);
    free(data);
    fm_tensor_release(x);
    fm_tensor_release(y);
}

/* Between the caller's copies on the stream nobody waits for anything. */
static void the_callers_stream_orders_work(void **state) {
    (void)state;
    const int64_t n = gpu_many();
    const size_t bytes = (size_t)n * sizeof(float);
    void *stream = gpu_stream(), *given = NULL, *result = NULL;
    GPU_CUDA(gpu_cuda.host_alloc(&given, bytes));
    GPU_CUDA(gpu_cuda.host_alloc(&result, bytes));
    fm_context *ctx = gpu_context(FM_CUDA, stream, FM_TIMING_OFF);
    fm_tensor *x = gpu_floats(ctx, n, 0.0f, 0.0f), *y = NULL;
    for (int round = 1; round < 4; ++round) {
        for (int64_t i = 0; i < n; ++i) ((float *)given)[i] = 3.0f * (float)round;
        GPU_CUDA(gpu_cuda.copy(fm_tensor_data(x), given, bytes, CU_COPY_HOST_TO_DEVICE, stream));
        GPU_OK(ctx, fm_add_scalar(ctx, x, fm_float(1), &y));
        GPU_OK(ctx, fm_multiply(ctx, y, y, &y));
        GPU_CUDA(gpu_cuda.copy(result, fm_tensor_data(y), bytes, CU_COPY_DEVICE_TO_HOST, stream));
        GPU_CUDA(gpu_cuda.stream_synchronize(stream));
        const float root = 3.0f * (float)round + 1.0f;
        expect_all(result, n, root * root);
    }
    fm_tensor_release(x);
    fm_tensor_release(y);
    fm_context_close(ctx);
    GPU_CUDA(gpu_cuda.host_free(given));
    GPU_CUDA(gpu_cuda.host_free(result));
    GPU_CUDA(gpu_cuda.stream_destroy(stream));
}

/* What one context makes another one reads, once an event has passed. */
static void an_event_orders_two_contexts(void **state) {
    (void)state;
    const int64_t n = gpu_many();
    void *first = gpu_stream(), *second = gpu_stream(), *made = NULL;
    GPU_CUDA(gpu_cuda.event_create(&made, GPU_NO_TIMING));
    fm_context *maker = gpu_context(FM_CUDA, first, FM_TIMING_OFF);
    fm_context *reader = gpu_context(FM_CUDA, second, FM_TIMING_OFF);
    fm_tensor *x = gpu_floats(maker, n, 1.0f, 0.0f), *y = NULL, *seen = NULL, *z = NULL;
    GPU_OK(maker, fm_add_scalar(maker, x, fm_float(0), &y));
    GPU_OK(reader,
           fm_tensor_wrap(reader, FM_FLOAT32, 1, &n, NULL, fm_tensor_data(y), NULL, NULL, &seen));
    for (int i = 0; i < 100; ++i) GPU_OK(maker, fm_add(maker, y, x, &y));
    GPU_CUDA(gpu_cuda.event_record(made, first));
    GPU_CUDA(gpu_cuda.stream_wait(second, made, 0));
    GPU_OK(reader, fm_add_scalar(reader, seen, fm_float(0.5), &z));
    float *data = gpu_read(reader, z);
    expect_all(data, n, 101.5f);
    free(data);
    fm_tensor_release(seen);
    fm_tensor_release(z);
    fm_tensor_release(x);
    fm_tensor_release(y);
    fm_context_close(reader);
    fm_context_close(maker);
    GPU_CUDA(gpu_cuda.event_destroy(made));
    GPU_CUDA(gpu_cuda.stream_destroy(first));
    GPU_CUDA(gpu_cuda.stream_destroy(second));
}

/* Blocks that one context gives back are handed out to another one on another stream. */
static void contexts_share_a_pool(void **state) {
    (void)state;
    const int64_t n = gpu_many();
    fm_context *ctx[2] = {gpu_context(FM_CUDA, NULL, FM_TIMING_OFF),
                          gpu_context(FM_CUDA, NULL, FM_TIMING_OFF)};
    for (int round = 0; round < 20; ++round) {
        fm_tensor *y[2] = {NULL, NULL};
        for (int k = 0; k < 2; ++k) {
            fm_tensor *x = gpu_floats(ctx[k], n, (float)(10 * round + k), 0.0f);
            GPU_OK(ctx[k], fm_add_scalar(ctx[k], x, fm_float(1), &y[k]));
            fm_tensor_release(x); /* while the sum may still be at work */
            for (int i = 0; i < 5; ++i) {
                fm_tensor *lost = NULL;
                GPU_OK(ctx[k], fm_add(ctx[k], y[k], y[k], &lost));
                fm_tensor_release(lost);
            }
        }
        for (int k = 0; k < 2; ++k) {
            float *data = gpu_read(ctx[k], y[k]);
            expect_all(data, n, (float)(10 * round + k + 1));
            free(data);
            fm_tensor_release(y[k]);
        }
    }
    fm_context_close(ctx[0]);
    fm_context_close(ctx[1]);
}

/* Threads may not use cmocka's assertions: they count what went wrong. */
static void *work_alone(void *data) {
    int *wrong = data;
    const int64_t n = 1000;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *ctx = NULL;
    float values[1000];
    options.device.kind = FM_CUDA;
    *wrong = 1;
    for (int i = 0; i < n; ++i) values[i] = (float)i;
    if (fm_context_open(&options, &ctx, NULL) != FM_OK) return NULL;
    fm_tensor *x = NULL, *y = NULL;
    *wrong = fm_tensor_from_host(ctx, FM_FLOAT32, 1, &n, values, &x) != FM_OK;
    for (int i = 0; i < 50 && !*wrong; ++i) *wrong += fm_add(ctx, x, y ? y : x, &y) != FM_OK;
    if (!*wrong) *wrong += fm_tensor_to_host(ctx, y, values, sizeof values) != FM_OK;
    for (int i = 0; i < n; ++i) *wrong += values[i] != 51.0f * (float)i;
    fm_tensor_release(x);
    fm_tensor_release(y);
    fm_context_close(ctx);
    return NULL;
}

static void threads_have_contexts_of_their_own(void **state) {
    (void)state;
    enum { THREADS = 4 };
    pthread_t thread[THREADS];
    int wrong[THREADS];
    for (int i = 0; i < THREADS; ++i)
        assert_int_equal(pthread_create(&thread[i], NULL, work_alone, &wrong[i]), 0);
    for (int i = 0; i < THREADS; ++i) assert_int_equal(pthread_join(thread[i], NULL), 0);
    for (int i = 0; i < THREADS; ++i) assert_int_equal(wrong[i], 0);
}

GPU_MAIN(GPU_CASE(a_chain_keeps_its_order), GPU_CASE(the_callers_stream_orders_work),
         GPU_CASE(an_event_orders_two_contexts), GPU_CASE(contexts_share_a_pool),
         GPU_CASE(threads_have_contexts_of_their_own))
