/* Counted training steps of a multilayer perceptron on the CPU. */
#include "mlp.h"

/* size: the batch. */
static void run_step(const bench_case *which) {
    mlp n;
    mlp_open(&n, bench_open(FM_CPU, FM_TIMING_DEFAULT), which->size[0]);
    bench_run(which->name, mlp_train, &n, 1.0);
    mlp_close(&n);
}

int main(int argc, char **argv) {
    static const bench_case cases[] = {
        {"mlp.step.128", run_step, FM_FLOAT32, {128}},
        {"mlp.step.1280", run_step, FM_FLOAT32, {1280}},
    };
    return bench_cases(argc, argv, cases, sizeof cases / sizeof *cases);
}
