/* Contractions: results of NumPy replayed, long double products, strided outputs, costs, errors. */
#include "asking.h"

static void calls_of_numpy(void **state) {
    (void)state;
    assert_true(replay_archive("contract") > 200);
}

/* A product large enough for BLAS and the pool, against long double sums. */
static void large_products_are_near_exact(void **state) {
    (void)state;
    enum { M = 190, K = 310, N = 170 };
    static float a[M * K], b[K * N], c[M * N];
    for (int i = 0; i < M * K; i++) a[i] = (float)((i * 37 % 101) - 50) / 32.0f;
    for (int i = 0; i < K * N; i++) b[i] = (float)((i * 53 % 97) - 48) / 16.0f;
    fm_tensor *x, *y, *out = NULL;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT32, 2, (int64_t[]){M, K}, a, &x), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT32, 2, (int64_t[]){K, N}, b, &y), FM_OK);
    ask("matmul", &out, 2, tensor(x), tensor(y));
    assert_int_equal(fm_tensor_to_host(ctx, out, c, sizeof c), FM_OK);
    for (int i = 0; i < M; i += 7)
        for (int j = 0; j < N; j += 5) {
            long double exact = 0, size = 0;
            for (int k = 0; k < K; k++) {
                exact += (long double)a[i * K + k] * (long double)b[k * N + j];
                size += fabsl((long double)a[i * K + k] * (long double)b[k * N + j]);
            }
            assert_true(fabsl((long double)c[i * N + j] - exact) <= size * 1e-6L);
        }
    fm_tensor_release(x);
    fm_tensor_release(y);
    fm_tensor_release(out);
}

/* An output whose columns are contiguous, in the caller's memory with a guard around it. */
static void outputs_may_be_strided(void **state) {
    (void)state;
    double a[6] = {1, 2, 3, 4, 5, 6}, b[6] = {1, 0, 2, 1, 0, 3}, c[8];
    for (int i = 0; i < 8; i++) c[i] = -7;
    fm_tensor *x, *y, *out;
    const int64_t square[2] = {2, 2}, turned[2] = {1, 3};
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 2, (int64_t[]){2, 3}, a, &x), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 2, (int64_t[]){3, 2}, b, &y), FM_OK);
    assert_int_equal(fm_tensor_wrap(ctx, FM_FLOAT64, 2, square, turned, c + 1, NULL, NULL, &out),
                     FM_OK);
    ask("matmul", &out, 2, tensor(x), tensor(y));
    const double want[8] = {-7, 5, 14, -7, 11, 23, -7, -7};
    for (int i = 0; i < 8; i++) assert_true(c[i] == want[i]);
    fm_tensor_release(x);
    fm_tensor_release(y);
    fm_tensor_release(out);
}

enum { ROWS = 203, DEPTH = 139 };

/* Whole numbers, so that sums in any order are exact. */
static void fill(int64_t n, int seed, double *x) {
    for (int64_t i = 0; i < n; i++) x[i] = (double)((i * (31 + seed) + seed) % 15 - 7);
}

static fm_tensor *view(int ndim, const int64_t *shape, const int64_t *strides, double *data) {
    fm_tensor *out = NULL;
    assert_int_equal(fm_tensor_wrap(ctx, FM_FLOAT64, ndim, shape, strides, data, NULL, NULL, &out),
                     FM_OK);
    return out;
}

/* y = M x, or x M for the transposed matrix, with M as its rows or its columns lie, elements of x
   and y `gap` apart. */
static void check_vector(bool by_columns, bool from_left, int64_t gap, int64_t gap_out) {
    static double m[ROWS * DEPTH], x[3 * DEPTH], y[3 * ROWS];
    const int64_t shape[2] = {ROWS, DEPTH}, turned[2] = {DEPTH, ROWS};
    int64_t strides[2] = {by_columns ? 1 : DEPTH, by_columns ? ROWS : 1};
    int64_t swapped[2] = {strides[1], strides[0]};
    fill(ROWS * DEPTH, 1, m);
    fill(3 * DEPTH, 4, x);
    for (int i = 0; i < 3 * ROWS; i++) y[i] = -99;
    fm_tensor *a = from_left ? view(2, turned, swapped, m) : view(2, shape, strides, m);
    fm_tensor *v = view(1, &shape[1], &gap, x), *out = view(1, &shape[0], &gap_out, y);
    ask("matmul", &out, 2, tensor(from_left ? v : a), tensor(from_left ? a : v));
    for (int64_t i = 0; i < ROWS; i++) {
        double want = 0;
        for (int64_t p = 0; p < DEPTH; p++) want += m[i * strides[0] + p * strides[1]] * x[p * gap];
        assert_true(y[i * gap_out] == want);
        for (int64_t j = 1; j < gap_out; j++) assert_true(y[i * gap_out + j] == -99);
    }
    fm_tensor_release(a);
    fm_tensor_release(v);
    fm_tensor_release(out);
}

static void vectors_meet_matrices_of_any_strides(void **state) {
    (void)state;
    for (int i = 0; i < 16; i++) check_vector(i & 1, i & 2, i & 4 ? 3 : 1, i & 8 ? 3 : 1);
}

/* Rows of a and b, also every other one, and b's one row for all. */
static void rows_meet_rows(void **state) {
    (void)state;
    static double a[ROWS * 2 * DEPTH], b[ROWS * 2 * DEPTH], y[ROWS];
    fill(ROWS * 2 * DEPTH, 2, a);
    fill(ROWS * 2 * DEPTH, 5, b);
    const int64_t depths[] = {1, 3, 16, 32, 47, DEPTH};
    for (int i = 0; i < 18; i++) {
        int64_t shape[2] = {ROWS, depths[i / 3]};
        int64_t of_a[2] = {(1 + i % 2) * shape[1], 1}, of_b[2] = {i % 3 * shape[1], 1};
        fm_tensor *x = view(2, shape, of_a, a), *out = NULL;
        fm_tensor *z = i % 3 ? view(2, shape, of_b, b) : view(1, shape + 1, of_b + 1, b);
        ask("vecdot", &out, 2, tensor(x), tensor(z));
        assert_int_equal(fm_tensor_to_host(ctx, out, y, sizeof y), FM_OK);
        for (int64_t r = 0; r < ROWS; r++) {
            double want = 0;
            for (int64_t p = 0; p < shape[1]; p++) want += a[r * of_a[0] + p] * b[r * of_b[0] + p];
            assert_true(y[r] == want);
        }
        fm_tensor_release(x);
        fm_tensor_release(z);
        fm_tensor_release(out);
    }
}

static void costs_are_exact(void **state) {
    (void)state;
    fm_tensor *a = shaped(FM_FLOAT32, 2, (int64_t[]){4, 3});
    fm_tensor *b = shaped(FM_FLOAT32, 2, (int64_t[]){3, 5});
    fm_tensor *v = shaped(FM_FLOAT32, 1, (int64_t[]){3});
    fm_tensor *w = shaped(FM_FLOAT32, 1, (int64_t[]){3});
    fm_tensor *batch = shaped(FM_FLOAT32, 3, (int64_t[]){2, 4, 3});
    fm_tensor *few = shaped(FM_FLOAT32, 2, (int64_t[]){2, 0});
    fm_tensor *many = shaped(FM_FLOAT32, 2, (int64_t[]){0, 3});
    const fm_tensor *const ab[] = {a, b}, *const aa[] = {a, a}, *const one[] = {a};
    assert_int_equal(cost_of("matmul", 2, tensor(a), tensor(b)), 120);
    assert_int_equal(cost_of("matmul", 2, tensor(batch), tensor(b)), 240);
    assert_int_equal(cost_of("dot", 2, tensor(v), tensor(v)), 6);
    assert_int_equal(cost_of("outer", 2, tensor(v), tensor(w)), 9);
    assert_int_equal(cost_of("outer", 2, tensor(v), tensor(v)), 6);
    assert_int_equal(cost_of("vecdot", 2, tensor(a), tensor(v)), 24);
    assert_int_equal(cost_of("einsum", 2, text("ij,jk->ik"), list(2, ab)), 120);
    assert_int_equal(cost_of("einsum", 2, text("ij,ij->ij"), list(2, aa)), 12);
    assert_int_equal(cost_of("einsum", 2, text("ij->i"), list(1, one)), 8);
    assert_int_equal(cost_of("einsum", 2, text("ij->ji"), list(1, one)), 0);
    assert_int_equal(cost_of("matmul", 2, tensor(few), tensor(many)), 0);
    use_model("flopscope-0.4");
    assert_int_equal(cost_of("matmul", 2, tensor(a), tensor(b)), 100);
    assert_int_equal(cost_of("matmul", 2, tensor(batch), tensor(b)), 360);
    assert_int_equal(cost_of("einsum", 2, text("ij,jk->ik"), list(2, ab)), 100);
    assert_int_equal(cost_of("matmul", 2, tensor(few), tensor(many)), 0);
    use_model("torch");
    assert_int_equal(cost_of("matmul", 2, tensor(a), tensor(b)), 120);
    assert_int_equal(cost_of("outer", 2, tensor(v), tensor(v)), 0);
    use_model("textbook");
    fm_tensor *all[] = {a, b, v, w, batch, few, many};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) fm_tensor_release(all[i]);
}

static void errors_name_both_values(void **state) {
    (void)state;
    fm_tensor *a = shaped(FM_FLOAT32, 2, (int64_t[]){4, 3});
    fm_tensor *b = shaped(FM_FLOAT32, 2, (int64_t[]){5, 3});
    fm_tensor *point = shaped(FM_FLOAT32, 0, NULL);
    const fm_tensor *const three[] = {a, a, a}, *const two[] = {a, b};
    refused(FM_ERR_SHAPE, "matmul: argument 2: axis 0 is 5, but argument 1 axis 1 is 3", "matmul",
            2, tensor(a), tensor(b));
    refused(FM_ERR_SHAPE, "matmul: argument 1: 0 dimensions, but at least 1 is needed", "matmul", 2,
            tensor(point), tensor(b));
    refused(FM_ERR_SHAPE,
            "tensordot: argument 3: 3 axes to sum, but argument 1 has 2 and argument 2 has 2",
            "tensordot", 3, tensor(a), tensor(b), integer(3));
    refused(FM_ERR_SHAPE,
            "einsum: argument 3: axis 0 is 4, but subscript 'j' at position 3 is 3 before",
            "einsum", 2, text("ij,jk,kl"), list(3, three));
    refused(FM_ERR_SHAPE,
            "einsum: argument 3: axis 0 is 5, but subscript 'i' at position 3 is 4 before",
            "einsum", 2, text("ij,ij"), list(2, two));
    refused(FM_ERR_SHAPE,
            "einsum: argument 2: axis 1 is 3, but subscript 'i' at position 1 is 4 before",
            "einsum", 2, text("ii"), list(1, two));
    fm_tensor_release(a);
    fm_tensor_release(b);
    fm_tensor_release(point);
}

/* What a call charges, made with a plan of its own or one that is there. */
static uint64_t charged(const char *op, uint32_t count, const fm_tensor *const *operands,
                        const char *subscripts) {
    uint64_t before = fm_budget_used(fm_context_budget(ctx));
    fm_tensor *out = NULL;
    if (subscripts)
        ask(op, &out, 2, text(subscripts), list(count, operands));
    else
        ask(op, &out, 2, tensor(operands[0]), tensor(operands[1]));
    fm_tensor_release(out);
    return fm_budget_used(fm_context_budget(ctx)) - before;
}

/* The same tensor twice costs less than a copy, whichever came first. */
static void repeated_tensors_cost_less(void **state) {
    (void)state;
    fm_tensor *x = shaped(FM_FLOAT64, 2, (int64_t[]){100, 100});
    fm_tensor *y = shaped(FM_FLOAT64, 2, (int64_t[]){100, 100});
    const fm_tensor *const twice[] = {x, x}, *const copy[] = {x, y};
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    fm_budget *budget = NULL;
    options.flops = UINT64_MAX / 2;
    assert_int_equal(fm_budget_open(ctx, &options, &budget), FM_OK);
    for (int again = 0; again < 2; again++) {
        use_model("textbook");
        assert_int_equal(charged("einsum", 2, twice, "ij,ik->jk"), 1010000);
        assert_int_equal(charged("einsum", 2, copy, "ij,ik->jk"), 2000000);
        assert_int_equal(charged("einsum", 2, twice, "ij,ik->jk"), 1010000);
        use_model("flopscope-0.4");
        assert_int_equal(charged("einsum", 2, twice, "ij,ik->jk"), 1004950);
        assert_int_equal(charged("einsum", 2, copy, "ij,ik->jk"), 1990000);
    }
    use_model("textbook");
    assert_int_equal(charged("matmul", 2, copy, NULL), 2000000);
    assert_int_equal(fm_budget_close(ctx), FM_OK);
    fm_budget_release(budget);
    fm_tensor_release(x);
    fm_tensor_release(y);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_of_numpy),
        cmocka_unit_test(large_products_are_near_exact),
        cmocka_unit_test(outputs_may_be_strided),
        cmocka_unit_test(costs_are_exact),
        cmocka_unit_test(repeated_tensors_cost_less),
        cmocka_unit_test(errors_name_both_values),
        cmocka_unit_test(vectors_meet_matrices_of_any_strides),
        cmocka_unit_test(rows_meet_rows),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
