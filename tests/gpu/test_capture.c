/* Operations captured into the caller's graph: warm ones are replayed on new data, cold ones and
 * those that would wait are refused without spoiling the capture. */
#include "gpu_test.h"

enum { SIDE = 48 };

typedef struct rig {
    void *stream, *given;
    fm_context *ctx;
    fm_tensor *x, *y, *z, *sum;
} rig;

static void put(const rig *r, float value) {
    for (int i = 0; i < SIDE * SIDE; ++i) ((float *)r->given)[i] = value;
    GPU_CUDA(gpu_cuda.copy(fm_tensor_data(r->x), r->given, SIDE * SIDE * sizeof(float),
                           CU_COPY_HOST_TO_DEVICE, r->stream));
}

/* sum of (x x + 1)^2 */
static void step(rig *r) {
    GPU_OK(r->ctx, fm_matmul(r->ctx, r->x, r->x, &r->y));
    GPU_OK(r->ctx, fm_add_scalar(r->ctx, r->y, fm_float(1), &r->z));
    GPU_OK(r->ctx, fm_multiply(r->ctx, r->z, r->z, &r->z));
    GPU_OK(r->ctx, fm_sum(r->ctx, r->z, NULL, &r->sum));
}

static void expect_sum(rig *r, float x) {
    fm_scalar sum;
    const double each = SIDE * (double)x * (double)x + 1;
    GPU_OK(r->ctx, fm_tensor_item(r->ctx, r->sum, &sum));
    assert_true(fabs(sum.value.f / (SIDE * SIDE * each * each) - 1) < 1e-6);
}

static void rig_open(rig *r) {
    const int64_t shape[2] = {SIDE, SIDE};
    memset(r, 0, sizeof *r);
    r->stream = gpu_stream();
    r->ctx = gpu_context(FM_CUDA, r->stream, FM_TIMING_OP);
    GPU_CUDA(gpu_cuda.host_alloc(&r->given, SIDE * SIDE * sizeof(float)));
    GPU_OK(r->ctx, fm_tensor_create(r->ctx, FM_FLOAT32, 2, shape, &r->x));
    put(r, 1.0f);
}

static void rig_close(rig *r) {
    fm_tensor_release(r->x);
    fm_tensor_release(r->y);
    fm_tensor_release(r->z);
    fm_tensor_release(r->sum);
    fm_context_close(r->ctx);
    GPU_CUDA(gpu_cuda.host_free(r->given));
    GPU_CUDA(gpu_cuda.stream_destroy(r->stream));
}

static void a_step_is_replayed(void **state) {
    (void)state;
    rig r;
    void *graph = NULL, *exec = NULL;
    rig_open(&r);
    for (int i = 0; i < 2; ++i) step(&r);
    expect_sum(&r, 1.0f);
    GPU_CUDA(gpu_cuda.capture_begin(r.stream, CU_CAPTURE_MODE_GLOBAL));
    step(&r);
    GPU_CUDA(gpu_cuda.capture_end(r.stream, &graph));
    GPU_CUDA(gpu_cuda.graph_instantiate(&exec, graph, 0));
    for (int i = 2; i < 6; ++i) {
        put(&r, 0.5f * (float)i);
        GPU_CUDA(gpu_cuda.graph_launch(exec, r.stream));
        GPU_CUDA(gpu_cuda.stream_synchronize(r.stream));
        expect_sum(&r, 0.5f * (float)i);
    }
    GPU_CUDA(gpu_cuda.exec_destroy(exec));
    GPU_CUDA(gpu_cuda.graph_destroy(graph));
    step(&r); /* uncaptured again */
    expect_sum(&r, 2.5f);
    rig_close(&r);
}

#define REFUSED(r, call)                                                                           \
    do {                                                                                           \
        assert_string_equal(fm_status_name(call), "FM_ERR_STATE");                                 \
        assert_non_null(strstr(fm_context_message((r)->ctx), "captur"));                           \
    } while (0)

static void a_capture_is_not_spoilt(void **state) {
    (void)state;
    rig r;
    fm_tensor *cold = NULL;
    float host[SIDE * SIDE];
    void *graph = NULL, *exec = NULL;
    rig_open(&r);
    for (int i = 0; i < 2; ++i) step(&r);
    GPU_CUDA(gpu_cuda.capture_begin(r.stream, CU_CAPTURE_MODE_GLOBAL));
    REFUSED(&r, fm_exp(r.ctx, r.x, &cold)); /* its result needs memory */
    assert_null(cold);
    REFUSED(&r, fm_tensor_to_host(r.ctx, r.x, host, sizeof host));
    REFUSED(&r, fm_synchronize(r.ctx));
    REFUSED(&r, fm_random_standard_normal(r.ctx, NULL, &r.sum)); /* would repeat its numbers */
    step(&r);
    GPU_CUDA(gpu_cuda.capture_end(r.stream, &graph));
    GPU_CUDA(gpu_cuda.graph_instantiate(&exec, graph, 0));
    put(&r, 2.0f);
    GPU_CUDA(gpu_cuda.graph_launch(exec, r.stream));
    GPU_CUDA(gpu_cuda.stream_synchronize(r.stream));
    expect_sum(&r, 2.0f);
    GPU_CUDA(gpu_cuda.exec_destroy(exec));
    GPU_CUDA(gpu_cuda.graph_destroy(graph));
    rig_close(&r);
}

/* The first product of the process asks the vendor's libraries for handles of their own. */
static void a_cold_step_is_refused(void **state) {
    (void)state;
    rig r;
    void *graph = NULL;
    rig_open(&r);
    GPU_CUDA(gpu_cuda.stream_synchronize(r.stream));
    GPU_CUDA(gpu_cuda.capture_begin(r.stream, CU_CAPTURE_MODE_GLOBAL));
    REFUSED(&r, fm_matmul(r.ctx, r.x, r.x, &r.y));
    REFUSED(&r, fm_sum(r.ctx, r.x, NULL, &r.sum));
    GPU_CUDA(gpu_cuda.capture_end(r.stream, &graph));
    GPU_CUDA(gpu_cuda.graph_destroy(graph));
    step(&r);
    expect_sum(&r, 1.0f);
    rig_close(&r);
}

GPU_MAIN(GPU_CASE(a_cold_step_is_refused), GPU_CASE(a_step_is_replayed),
         GPU_CASE(a_capture_is_not_spoilt))
