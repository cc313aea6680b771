/* Samples of the device beside those of the CPU, bit by bit: both run the same arithmetic. */
#include "gpu_test.h"

static fm_context *cpu;

static int both_open(void **state) {
    cpu = gpu_context(FM_CPU, NULL, FM_TIMING_OFF);
    return gpu_open(state);
}

static int both_close(void **state) {
    fm_context_close(cpu);
    return gpu_close(state);
}

typedef struct sampled {
    const char *op;
    double p[3];
    int nparams;
} sampled;

static const sampled all[] = {
    {"random.exponential", {2}, 1},
    {"random.gumbel", {0, 2}, 2},
    {"random.laplace", {1, 2}, 2},
    {"random.logistic", {1, 2}, 2},
    {"random.lognormal", {0, 1}, 2},
    {"random.rayleigh", {2}, 1},
    {"random.weibull", {1.5}, 1},
    {"random.pareto", {3}, 1},
    {"random.power", {3}, 1},
    {"random.triangular", {0, 1, 3}, 3},
    {"random.standard_cauchy", {0}, 0},
    {"random.wald", {1, 2}, 2},
    {"random.geometric", {0.3}, 1},
    {"random.logseries", {0.6}, 1},
    {"random.gamma", {2.5, 2}, 2},
    {"random.gamma", {0.5, 2}, 2},
    {"random.beta", {0.5, 0.5}, 2},
    {"random.beta", {2, 3}, 2},
    {"random.beta", {0.5, 3}, 2},
    {"random.chisquare", {3}, 1},
    {"random.f", {4, 5}, 2},
    {"random.standard_t", {5}, 1},
    {"random.vonmises", {0, 2}, 2},
    {"random.noncentral_chisquare", {3, 2}, 2},
    {"random.noncentral_chisquare", {0.5, 2}, 2},
    {"random.noncentral_f", {4, 5, 1}, 3},
    {"random.poisson", {4}, 1},
    {"random.poisson", {50}, 1},
    {"random.binomial", {10, 0.3}, 2},
    {"random.binomial", {100, 0.6}, 2},
    {"random.negative_binomial", {5, 0.4}, 2},
    {"random.hypergeometric", {10, 7, 6}, 3},
    {"random.hypergeometric", {100, 80, 60}, 3},
    {"random.zipf", {2.5}, 1},
};

static fm_tensor *draw(fm_context *ctx, const char *op, const fm_argument *arguments, int count) {
    fm_tensor *out = NULL;
    GPU_OK(ctx, fm_call(ctx, op, arguments, (size_t)count, &out, 1));
    return out;
}

static void same(const char *op, const fm_argument *on_cpu, const fm_argument *on_gpu, int count) {
    for (int k = 0; k < 2; ++k) {
        fm_tensor *a = draw(cpu, op, on_cpu, count), *b = draw(gpu, op, on_gpu, count);
        assert_int_equal(fm_tensor_nbytes(a), fm_tensor_nbytes(b));
        void *x = gpu_read(cpu, a), *y = gpu_read(gpu, b);
        if (memcmp(x, y, fm_tensor_nbytes(a)) != 0) fail_msg("%s differs", op);
        free(x);
        free(y);
        fm_tensor_release(a);
        fm_tensor_release(b);
    }
}

static fm_value number(double x) {
    return (fm_value){.kind = FM_VALUE_FLOAT, .as.f = x};
}

static fm_value integer(int64_t i) {
    return (fm_value){.kind = FM_VALUE_INT, .as.i = i};
}

static fm_value extents(const int64_t *n, uint32_t count) {
    return (fm_value){.kind = FM_VALUE_INTS, .count = count, .as.ints = n};
}

static fm_value operand(const fm_tensor *x) {
    return (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = x};
}

static void distributions(void **state) {
    (void)state;
    const int64_t n = gpu_info.emulated ? 3001 : 100003;
    for (size_t i = 0; i < sizeof all / sizeof *all; ++i) {
        fm_argument arguments[4];
        for (int k = 0; k < all[i].nparams; ++k)
            arguments[k] = (fm_argument){NULL, number(all[i].p[k])};
        arguments[all[i].nparams] = (fm_argument){"size", extents(&n, 1)};
        same(all[i].op, arguments, arguments, all[i].nparams + 1);
    }
}

/* Parameters in memory, one of them as a column. */
static void parameters_in_memory(void **state) {
    (void)state;
    const int64_t shape[2] = {3, 1}, four = 4;
    const double shapes[3] = {0.4, 1.5, 20}, scales[4] = {1, 2, 0, 7};
    fm_tensor *a[2] = {NULL}, *b[2] = {NULL};
    fm_context *const ctx[2] = {cpu, gpu};
    for (int c = 0; c < 2; ++c) {
        GPU_OK(ctx[c], fm_tensor_from_host(ctx[c], FM_FLOAT64, 2, shape, shapes, &a[c]));
        GPU_OK(ctx[c], fm_tensor_from_host(ctx[c], FM_FLOAT64, 1, &four, scales, &b[c]));
    }
    const fm_argument on_cpu[2] = {{NULL, operand(a[0])}, {NULL, operand(b[0])}};
    const fm_argument on_gpu[2] = {{NULL, operand(a[1])}, {NULL, operand(b[1])}};
    same("random.gamma", on_cpu, on_gpu, 2);
    same("random.normal", on_cpu, on_gpu, 2);
    same("random.uniform", on_cpu, on_gpu, 2);
    fm_argument broken[2] = {{NULL, operand(b[1])}, {NULL, operand(a[1])}};
    fm_tensor *out = NULL;
    assert_int_equal(fm_call(gpu, "random.f", broken, 2, &out, 1), FM_ERR_ARGUMENT);
    assert_null(out);
    for (int c = 0; c < 2; ++c) {
        fm_tensor_release(a[c]);
        fm_tensor_release(b[c]);
    }
}

static void integers_and_orders(void **state) {
    (void)state;
    const int64_t n = 5003, few = 40;
    const fm_value flags[2] = {{.kind = FM_VALUE_BOOL, .as.i = 0}, {.kind = FM_VALUE_BOOL}};
    const fm_value small = {.kind = FM_VALUE_DTYPE, .as.dtype = FM_INT8};
    const fm_argument narrow[] = {
        {NULL, integer(-5)}, {NULL, integer(90)}, {"size", extents(&n, 1)}, {"dtype", small}};
    const fm_argument wide[] = {
        {NULL, integer(-3)}, {NULL, integer((int64_t)3 << 61)}, {"size", extents(&n, 1)}};
    const fm_argument range[] = {{NULL, integer(n)}};
    const fm_argument chosen[] = {
        {NULL, integer(n)}, {"size", extents(&few, 1)}, {"replace", flags[0]}};
    same("random.randint", narrow, narrow, 4);
    same("random.randint", wide, wide, 3);
    same("random.bytes", range, range, 1);
    same("random.permutation", range, range, 1);
    same("random.choice", chosen, chosen, 3);
    same("random.choice", chosen, chosen, 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, both_open, both_close)

GPU_MAIN(CASE(distributions), CASE(parameters_in_memory), CASE(integers_and_orders))
