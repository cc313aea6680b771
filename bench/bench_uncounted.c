/* The training step without charges, ledger rows and timing: the same kernels through the same
   plans, as what counting is held against. It reaches below the public functions. */
#include "call/context.h"
#include "mlp.h"

static void run_step(const bench_case *which, fm_device_kind kind) {
    mlp n;
    mlp_open(&n, bench_open(kind, FM_TIMING_OFF), which->size[0]);
    n.ctx->uncounted = true;
    bench_run(which->name, mlp_train, &n, 1.0);
    mlp_close(&n);
}

/* size: the batch. */
static void run_on_cpu(const bench_case *which) {
    run_step(which, FM_CPU);
}
static void run_on_gpu(const bench_case *which) {
    run_step(which, FM_CUDA);
}

int main(int argc, char **argv) {
    static const bench_case cases[] = {
        {"mlp.step.128", run_on_cpu, FM_FLOAT32, {128}},
        {"gpu.mlp.step.128", run_on_gpu, FM_FLOAT32, {128}},
        {"gpu.mlp.step.4096", run_on_gpu, FM_FLOAT32, {4096}},
    };
    setenv("FLOPMETER_BACKEND_DIR", BENCH_BACKEND_DIR, 0);
    return bench_cases(argc, argv, cases, sizeof cases / sizeof *cases);
}
