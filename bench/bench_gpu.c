/* Products, long adds, sums and training steps on the first CUDA device; without one it is skipped.
 */
#include "mlp.h"

typedef struct operands {
    fm_context *ctx;
    fm_tensor *a, *b, *out;
    int axis; /* of a sum; -1: all of them */
} operands;

static void multiply(void *user, long calls) {
    operands *o = user;
    for (long i = 0; i < calls; i++) bench_check(o->ctx, fm_matmul(o->ctx, o->a, o->b, &o->out));
    bench_check(o->ctx, fm_synchronize(o->ctx));
}

static void add(void *user, long calls) {
    operands *o = user;
    for (long i = 0; i < calls; i++) bench_check(o->ctx, fm_add(o->ctx, o->a, o->b, &o->out));
    bench_check(o->ctx, fm_synchronize(o->ctx));
}

static void sum(void *user, long calls) {
    operands *o = user;
    const int64_t axis = o->axis;
    fm_sum_options options = {.size = sizeof options};
    if (axis >= 0) options.axis = (fm_opt_ints)FM_OPT_INTS(1, &axis);
    for (long i = 0; i < calls; i++) bench_check(o->ctx, fm_sum(o->ctx, o->a, &options, &o->out));
    bench_check(o->ctx, fm_synchronize(o->ctx));
}

/* size: rows, columns, and the axis that is summed, from 0; -1: both. */
static void run_sum(const bench_case *which) {
    operands o = {.ctx = bench_open(FM_CUDA, FM_TIMING_DEFAULT), .axis = (int)which->size[2]};
    o.a = bench_tensor(o.ctx, which->dtype, 2, which->size, 1.0);
    bench_run(which->name, sum, &o, 0.5);
    fm_tensor_release(o.a);
    fm_tensor_release(o.out);
    fm_context_close(o.ctx);
}

static void run_operands(const bench_case *which, bench_body body, int ndim, fm_math_mode mode) {
    const int64_t shape[] = {which->size[0], which->size[0]};
    operands o = {.ctx = bench_open(FM_CUDA, FM_TIMING_DEFAULT)};
    bench_check(o.ctx, fm_context_set_math_mode(o.ctx, mode));
    o.a = bench_tensor(o.ctx, which->dtype, ndim, shape, 1.0);
    o.b = bench_tensor(o.ctx, which->dtype, ndim, shape, 1.0);
    bench_run(which->name, body, &o, 0.5);
    fm_tensor_release(o.a);
    fm_tensor_release(o.b);
    fm_tensor_release(o.out);
    fm_context_close(o.ctx);
}

/* size: rows and columns of square matrices. */
static void run_product(const bench_case *which) {
    run_operands(which, multiply, 2, FM_MATH_DEFAULT);
}
static void run_product_tf32(const bench_case *which) {
    run_operands(which, multiply, 2, FM_MATH_TF32);
}
/* size: elements of a vector. */
static void run_add(const bench_case *which) {
    run_operands(which, add, 1, FM_MATH_DEFAULT);
}

static void gram(void *user, long calls) {
    operands *o = user;
    const fm_tensor *both[2] = {o->a, o->b};
    for (long i = 0; i < calls; i++)
        bench_check(o->ctx, fm_einsum(o->ctx, "ij,kj->ik", both, 2, NULL, &o->out));
    bench_check(o->ctx, fm_synchronize(o->ctx));
}

/* size: rows and columns of a matrix, and whether its own transpose is that of a copy. */
static void run_gram(const bench_case *which) {
    const int64_t shape[] = {which->size[0], which->size[0]};
    operands o = {.ctx = bench_open(FM_CUDA, FM_TIMING_DEFAULT)};
    o.a = o.b = bench_tensor(o.ctx, which->dtype, 2, shape, 1.0);
    if (which->size[1]) o.b = bench_tensor(o.ctx, which->dtype, 2, shape, 1.0);
    bench_run(which->name, gram, &o, 0.5);
    if (which->size[1]) fm_tensor_release(o.b);
    fm_tensor_release(o.a);
    fm_tensor_release(o.out);
    fm_context_close(o.ctx);
}

static void run_step(const bench_case *which, fm_timing timing) {
    mlp n;
    mlp_open(&n, bench_open(FM_CUDA, timing), which->size[0]);
    n.steps = timing == FM_TIMING_STEP;
    bench_run(which->name, mlp_train, &n, 0.5);
    mlp_close(&n);
}

/* size: the batch. */
static void run_step_timed(const bench_case *which) {
    run_step(which, FM_TIMING_STEP);
}
static void run_step_by_op(const bench_case *which) {
    run_step(which, FM_TIMING_OP);
}
static void run_step_untimed(const bench_case *which) {
    run_step(which, FM_TIMING_OFF);
}

int main(int argc, char **argv) {
    static const bench_case cases[] = {
        {"gpu.matmul.f32.4096", run_product, FM_FLOAT32, {4096}},
        {"gpu.matmul.tf32.4096", run_product_tf32, FM_FLOAT32, {4096}},
        {"gpu.matmul.bf16.8192", run_product, FM_BFLOAT16, {8192}},
        {"gpu.gram.f32.4096", run_gram, FM_FLOAT32, {4096, 0}},
        {"gpu.gram.f32.4096.copy", run_gram, FM_FLOAT32, {4096, 1}},
        {"gpu.add.f32.64m", run_add, FM_FLOAT32, {1 << 26}},
        {"gpu.sum.f32.64m", run_sum, FM_FLOAT32, {8192, 8192, -1}},
        {"gpu.sum.f32.64m.rows", run_sum, FM_FLOAT32, {8192, 8192, 1}},
        {"gpu.sum.f32.64m.columns", run_sum, FM_FLOAT32, {8192, 8192, 0}},
        {"gpu.add.f32.8", run_add, FM_FLOAT32, {8}},
        {"gpu.mlp.step.128", run_step_timed, FM_FLOAT32, {128}},
        {"gpu.mlp.step.128.by_op", run_step_by_op, FM_FLOAT32, {128}},
        {"gpu.mlp.step.128.untimed", run_step_untimed, FM_FLOAT32, {128}},
        {"gpu.mlp.step.4096", run_step_timed, FM_FLOAT32, {4096}},
    };
    return bench_cases(argc, argv, cases, sizeof cases / sizeof *cases);
}
