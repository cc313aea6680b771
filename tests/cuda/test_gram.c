/* Products of a matrix with its own transpose on the fake device: half of them computed where both
 * operands are one, the results those of a copy and of the CPU backend. */
#include "both.h"

enum { N = 150, K = 256, BATCH = 2 };

/* Eighths, so that sums of products are exact in every dtype that is tested. */
static void fill(tensor *t) {
    for (int64_t i = 0; i < t->size; ++i)
        tensor_set(t, i, (double)((i * 37 + i / 11) % 19 - 9) * 0.125,
                   is_complex_dtype(t->dtype) ? (double)((i * 29 + i / 7) % 17 - 8) * 0.125 : 0);
}

typedef struct gram {
    tensor a, copy, c;
    both_call call;
} gram;

/* C[b, i, k] = sum over j of A[b, i, j] A[b, k, j]; operand 1 is a copy unless `same`. */
static void gram_open(gram *g, fm_dtype dtype, int64_t batch, int64_t n, int64_t k, arrangement in,
                      arrangement out, int same) {
    const int64_t shape[] = {batch, n, k}, square[] = {batch, n, n};
    g->a = tensor_make(dtype, 3, shape, in);
    g->copy = tensor_make(dtype, 3, shape, in);
    g->c = tensor_make(dtype, 3, square, out);
    fill(&g->a);
    fill(&g->copy);
    g->call = (both_call){.family = FM_FAMILY_CONTRACT,
                          .op = FM_CONTRACT_contract,
                          .compute = dtype,
                          .nin = 2,
                          .nout = 1,
                          .in = {&g->a, same ? &g->a : &g->copy},
                          .out = {&g->c}};
    const int64_t *s = g->a.strides;
    const fm_contract_label labels[] = {{batch, s[0], s[0], n * n, 1, 1, 1},
                                        {n, s[1], 0, n, 1, 0, 1},
                                        {n, 0, s[1], 1, 0, 1, 1},
                                        {k, s[2], s[2], 0, 1, 1, 0}};
    g->call.params.contract.nlabels = 4;
    memcpy(g->call.params.contract.label, labels, sizeof labels);
}

static void gram_close(gram *g) {
    tensor_free(&g->a);
    tensor_free(&g->copy);
    tensor_free(&g->c);
}

static fm_plan_info info_of(const gram *g) {
    fm_plan_info info;
    fm_kplan *plan;
    BOTH_OK(side_plan(&cuda_side, &g->call, &plan, &info));
    cuda_side.api->plan_free(cuda_side.dev, plan);
    return info;
}

/* Kernels that one run of the call launches. */
static int64_t kernels_of(const gram *g) {
    int64_t runs[2];
    for (int i = 0; i < 2; ++i) {
        const int64_t before = fm_fake_entry()->executed();
        BOTH_OK(side_call(&cuda_side, &g->call, i + 1, 0));
        runs[i] = fm_fake_entry()->executed() - before;
    }
    return runs[1] - runs[0];
}

static void check(fm_dtype dtype, int64_t batch, arrangement in, arrangement out) {
    gram same, other;
    gram_open(&same, dtype, batch, N, K, in, out, 1);
    gram_open(&other, dtype, batch, N, K, in, out, 0);
    const fm_plan_info info = info_of(&same);
    assert_int_equal(info.executed, 2 * batch * N * N * K);
    assert_int_equal(info.executed_same, batch * N * (N + 1) * K);
    /* A triangle for each matrix and one mirror, beside one product for all. */
    assert_int_equal(kernels_of(&same) - kernels_of(&other), batch);
    cuda_run(&same.call);
    cuda_run(&other.call);
    for (int64_t i = 0; i < same.c.size; ++i) {
        const number x = tensor_get(&same.c, i), y = tensor_get(&other.c, i);
        assert_true(x.re == y.re && x.im == y.im);
    }
    cpu_agrees(&same.call, NULL, 1, 40);
    gram_close(&same);
    gram_close(&other);
}

static void half_is_computed_and_mirrored(void **state) {
    (void)state;
    for (int dtype = FM_FLOAT32; dtype <= FM_COMPLEX128; ++dtype) {
        check((fm_dtype)dtype, 1, DENSE, DENSE);
        check((fm_dtype)dtype, BATCH, DENSE, DENSE);
        check((fm_dtype)dtype, 1, TURNED, DENSE);
        check((fm_dtype)dtype, 1, DENSE, TURNED);
        check((fm_dtype)dtype, BATCH, DENSE, GAPPED);
    }
}

/* What syrk does not do, or what would not gain by it. */
static void others_are_computed_in_full(void **state) {
    (void)state;
    static const struct {
        fm_dtype dtype;
        fm_math_mode mode;
        int64_t n, k;
        arrangement in;
    } cases[] = {{FM_FLOAT16, FM_MATH_DEFAULT, N, K, DENSE},
                 {FM_BFLOAT16, FM_MATH_DEFAULT, N, K, DENSE},
                 {FM_FLOAT32, FM_MATH_TF32, N, K, DENSE},
                 {FM_COMPLEX64, FM_MATH_TF32, N, K, DENSE},
                 {FM_FLOAT32, FM_MATH_DEFAULT, 128, K, DENSE},
                 {FM_FLOAT32, FM_MATH_DEFAULT, N, K - 1, DENSE},
                 {FM_FLOAT32, FM_MATH_DEFAULT, N, K, GAPPED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        gram g;
        gram_open(&g, cases[i].dtype, 1, cases[i].n, cases[i].k, cases[i].in, DENSE, 1);
        g.call.math_mode = cases[i].mode;
        const fm_plan_info info = info_of(&g);
        assert_int_equal(info.executed_same, 2 * cases[i].n * cases[i].n * cases[i].k);
        gram_close(&g);
    }
}

/* A conjugated operand, and one that lies otherwise, are not each other's transpose. */
static void other_operands_are_computed_in_full(void **state) {
    (void)state;
    gram g;
    gram_open(&g, FM_COMPLEX64, 1, N, K, DENSE, DENSE, 1);
    g.call.params.contract.conj_a = 1;
    assert_int_equal(info_of(&g).executed_same, 2 * N * N * K);
    gram_close(&g);
    gram_open(&g, FM_FLOAT32, BATCH, N, K, DENSE, DENSE, 1);
    g.call.params.contract.label[0].b = 0; /* the first matrix in each product */
    assert_int_equal(info_of(&g).executed_same, 2 * BATCH * N * N * K);
    gram_close(&g);
}

static void every_call_fails_in_turn(void **state) {
    (void)state;
    gram g;
    gram_open(&g, FM_FLOAT32, BATCH, 129, K, DENSE, DENSE, 1);
    assert_in_range(cuda_sweep(&g.call, CU_OUT_OF_MEMORY, FM_FAKE_AT_ONCE), 20, 200);
    assert_in_range(cuda_sweep(&g.call, CU_LAUNCH_FAILURE, FM_FAKE_LATER), 20, 200);
    cuda_run(&g.call);
    cuda_captured(&g.call);
    gram_close(&g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BOTH_CASE(half_is_computed_and_mirrored),
        BOTH_CASE(others_are_computed_in_full),
        BOTH_CASE(other_operands_are_computed_in_full),
        BOTH_CASE(every_call_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
