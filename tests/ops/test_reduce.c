/* Reductions: results of NumPy replayed, long double sums, NaN, threads, errors and exact costs. */
#include "replay.h"
#include "asking.h"

static void calls_of_numpy(void **state) {
    (void)state;
    assert_true(replay_archive("reduce") > 200);
}

/* Elements that cancel: a running float32 sum would lose most of them. */
static void sums_keep_what_running_sums_lose(void **state) {
    (void)state;
    enum { N = 1 << 20 };
    float *x = malloc(N * sizeof *x), got;
    long double exact = 0, size = 0;
    for (int i = 0; i < N; i++) {
        x[i] = (float)(1.0 + 0.1 * (i % 7)) * (i % 3 ? 1.0f : 100.0f);
        exact += (long double)x[i];
        size += fabsl((long double)x[i]);
    }
    int64_t shape[1] = {N};
    fm_tensor *a, *out = NULL;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT32, 1, shape, x, &a), FM_OK);
    ask("sum", &out, 1, tensor(a));
    assert_int_equal(fm_tensor_to_host(ctx, out, &got, sizeof got), FM_OK);
    assert_true(fabsl((long double)got - exact) <= size * 6e-8L);
    fm_tensor_release(a);
    fm_tensor_release(out);
    free(x);
}

/* A chunked reduction and one beside it that is not give the same place and value. */
static void the_first_of_equals_and_of_nans_wins(void **state) {
    (void)state;
    enum { N = 300000 };
    double *x = calloc(N, sizeof *x);
    int64_t shape[1] = {N}, place;
    fm_tensor *a, *out = NULL;
    x[70000] = x[200000] = 5;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, shape, x, &a), FM_OK);
    ask("argmax", &out, 1, tensor(a));
    assert_int_equal(fm_tensor_to_host(ctx, out, &place, sizeof place), FM_OK);
    assert_int_equal(place, 70000);
    x[150000] = x[250000] = NAN;
    assert_int_equal(fm_tensor_set_from_host(ctx, a, x, N * sizeof *x), FM_OK);
    ask("argmin", &out, 1, tensor(a));
    assert_int_equal(fm_tensor_to_host(ctx, out, &place, sizeof place), FM_OK);
    assert_int_equal(place, 150000);
    fm_tensor_release(a);
    fm_tensor_release(out);
    free(x);
}

static void costs_are_exact(void **state) {
    (void)state;
    fm_tensor *a = shaped(FM_FLOAT32, 3, (int64_t[]){4, 5, 6}),
              *none = shaped(FM_FLOAT32, 1, (int64_t[]){0});
    const int64_t last[] = {-1};
    assert_int_equal(cost_of("sum", 1, tensor(a)), 119);
    assert_int_equal(cost_of("sum", 2, tensor(a), ints(1, last)), 100);
    assert_int_equal(cost_of("mean", 1, tensor(a)), 120);
    assert_int_equal(cost_of("argmax", 1, tensor(a)), 119);
    assert_int_equal(cost_of("sum", 1, tensor(none)), 0);
    use_model("flopscope-0.4");
    assert_int_equal(cost_of("sum", 1, tensor(none)), 1);
    assert_int_equal(cost_of("mean", 1, tensor(none)), 0);
    assert_int_equal(cost_of("max", 2, tensor(a), ints(1, last)), 100);
    use_model("torch");
    assert_int_equal(cost_of("sum", 1, tensor(a)), 0);
    use_model("textbook");
    fm_tensor_release(a);
    fm_tensor_release(none);
}

static void errors_name_both_values(void **state) {
    (void)state;
    fm_tensor *a = shaped(FM_FLOAT32, 2, (int64_t[]){2, 3}),
              *none = shaped(FM_FLOAT32, 2, (int64_t[]){3, 0});
    const int64_t far[] = {5}, twice[] = {0, -2};
    refused(FM_ERR_SHAPE, "sum: argument 2: axis 5 is out of range for 2 dimensions", "sum", 2,
            tensor(a), ints(1, far));
    refused(FM_ERR_SHAPE, "sum: argument 2: axis 0 is given twice, the second time as -2", "sum", 2,
            tensor(a), ints(2, twice));
    refused(FM_ERR_ARGUMENT,
            "max: argument 1: axis 1 has extent 0, but the max of no elements is not defined",
            "max", 1, tensor(none));
    refused(FM_ERR_ARGUMENT, "argmax: argument 2: 2 axes, but it takes 1 or None", "argmax", 2,
            tensor(a), ints(2, twice));
    fm_tensor_release(a);
    fm_tensor_release(none);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_of_numpy),
        cmocka_unit_test(sums_keep_what_running_sums_lose),
        cmocka_unit_test(the_first_of_equals_and_of_nans_wins),
        cmocka_unit_test(costs_are_exact),
        cmocka_unit_test(errors_name_both_values),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
