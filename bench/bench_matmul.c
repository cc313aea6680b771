/* Matrix products (m, k) x (k, n) into an existing output, on all cores. */
#include "setup.h"

typedef struct product {
    fm_context *ctx;
    fm_tensor *a, *b, *out;
} product;

static void multiply(void *user, long calls) {
    product *p = user;
    for (long i = 0; i < calls; i++) bench_check(p->ctx, fm_matmul(p->ctx, p->a, p->b, &p->out));
}

/* size: m, k, n. */
static void run_product(const bench_case *which) {
    const int64_t a[] = {which->size[0], which->size[1]}, b[] = {which->size[1], which->size[2]};
    product p = {.ctx = bench_open(FM_CPU, FM_TIMING_DEFAULT)};
    p.a = bench_tensor(p.ctx, which->dtype, 2, a, 1.0);
    p.b = bench_tensor(p.ctx, which->dtype, 2, b, 1.0);
    bench_run(which->name, multiply, &p, 1.0);
    fm_tensor_release(p.a);
    fm_tensor_release(p.b);
    fm_tensor_release(p.out);
    fm_context_close(p.ctx);
}

int main(int argc, char **argv) {
    static const bench_case cases[] = {
        {"matmul.f32.1024", run_product, FM_FLOAT32, {1024, 1024, 1024}},
        {"matmul.f64.1024", run_product, FM_FLOAT64, {1024, 1024, 1024}},
        {"matmul.f32.256", run_product, FM_FLOAT32, {256, 256, 256}},
        {"matmul.f64.256", run_product, FM_FLOAT64, {256, 256, 256}},
        {"matmul.f32.128x784x512", run_product, FM_FLOAT32, {128, 784, 512}},
    };
    return bench_cases(argc, argv, cases, sizeof cases / sizeof *cases);
}
