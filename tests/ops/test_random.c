/* Samplers: the documented words at their positions, moments, spans that begin anywhere, errors. */
#include "asking.h"
#include "ops/row.h"
#include "scalar/random.h"

enum { N = 5003 };

static void draw(const char *op, int64_t n, fm_dtype dtype, void *data) {
    fm_tensor *out = NULL;
    const fm_argument arguments[] = {{NULL, ints(1, &n)},
                                     {"dtype", {.kind = FM_VALUE_DTYPE, .as.dtype = dtype}}};
    if (fm_call(ctx, op, arguments, 2, &out, 1) != FM_OK) fail_msg("%s", fm_context_message(ctx));
    assert_int_equal(fm_tensor_to_host(ctx, out, data, fm_tensor_nbytes(out)), FM_OK);
    fm_tensor_release(out);
}

/* Every call goes on in the stream where the one before ended, within a block too. */
static void elements_are_the_words_at_their_positions(void **state) {
    (void)state;
    static float narrow[N];
    static double wide[N];
    const uint64_t seed = 0x123456789abcdefu;
    uint64_t at = 0;
    fm_seed(ctx, seed);
    draw("random.random", 3, FM_FLOAT32, narrow);
    for (int i = 0; i < 3; i++)
        assert_true(narrow[i] == fm_uniform_f32(fm_random_word(seed, at++)));
    draw("random.random_sample", N, FM_FLOAT64, wide);
    for (int i = 0; i < N; i++, at += 2)
        assert_true(wide[i] == fm_uniform_f64(fm_random_word64(seed, at)));
    draw("random.randn", N, FM_FLOAT64, wide);
    for (int i = 0; i < N; i++, at += 2)
        assert_true(wide[i] == fm_normal_f64(fm_random_word64(seed, at)));
    draw("random.standard_normal", N, FM_FLOAT32, narrow);
    for (int i = 0; i < N; i++) assert_true(narrow[i] == fm_normal_f32(fm_random_word(seed, at++)));
}

/* From one word to more than a short run of blocks has, beginning anywhere in a block. */
static void few_elements_are_the_same_words(void **state) {
    (void)state;
    float narrow[80];
    double wide[80];
    uint64_t at = 0;
    fm_seed(ctx, 77);
    for (int n = 1; n <= 80; n++) {
        draw("random.random", n, FM_FLOAT32, narrow);
        for (int i = 0; i < n; i++)
            assert_true(narrow[i] == fm_uniform_f32(fm_random_word(77, at++)));
        draw("random.randn", n, FM_FLOAT64, wide);
        for (int i = 0; i < n; i++, at += 2)
            assert_true(wide[i] == fm_normal_f64(fm_random_word64(77, at)));
    }
}

static void parameters_scale_and_move(void **state) {
    (void)state;
    static double x[N];
    const int64_t n = N;
    fm_tensor *out = NULL;
    fm_seed(ctx, 9);
    ask("random.uniform", &out, 3, number(-2), number(3), ints(1, &n));
    assert_int_equal(fm_tensor_to_host(ctx, out, x, sizeof x), FM_OK);
    for (int i = 0; i < N; i++)
        assert_true(x[i] == fm_uniform_between_f64(fm_random_word64(9, 2 * (uint64_t)i), -2, 3));
    ask("random.normal", &out, 3, number(10), number(0.5), ints(1, &n));
    assert_int_equal(fm_tensor_to_host(ctx, out, x, sizeof x), FM_OK);
    double mean = 0, square = 0;
    for (int i = 0; i < N; i++) mean += x[i] / N;
    for (int i = 0; i < N; i++) square += (x[i] - mean) * (x[i] - mean) / N;
    assert_true(fabs(mean - 10) < 0.05 && fabs(sqrt(square) - 0.5) < 0.03);
    fm_tensor_release(out);
}

static void costs_are_exact(void **state) {
    (void)state;
    const int64_t shape[] = {3, 4}, none[] = {0};
    assert_int_equal(cost_of("random.randn", 1, ints(2, shape)), 192);
    assert_int_equal(cost_of("random.random", 1, ints(2, shape)), 12);
    assert_int_equal(cost_of("random.normal", 0), 16);
    assert_int_equal(cost_of("random.randn", 1, ints(1, none)), 0);
    use_model("flopscope-0.4");
    assert_int_equal(cost_of("random.randn", 1, ints(1, none)), 16);
    use_model("textbook");
}

static void errors_name_the_value(void **state) {
    (void)state;
    const int64_t negative[] = {-1}, one[] = {1};
    fm_value dtype = {.kind = FM_VALUE_DTYPE, .as.dtype = FM_INT32};
    refused(FM_ERR_SHAPE, "random.rand: argument 1: extent 0 is -1, but extents are at least 0",
            "random.rand", 1, ints(1, negative));
    refused(FM_ERR_ARGUMENT, "random.normal: argument 2: scale -1, but it is at least 0",
            "random.normal", 3, number(0), number(-1), ints(1, one));
    refused(FM_ERR_DTYPE,
            "random.ranf: argument 2: dtype int32, but samples are float64 or float32",
            "random.ranf", 2, ints(1, one), dtype);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_the_words_at_their_positions),
        cmocka_unit_test(few_elements_are_the_same_words),
        cmocka_unit_test(parameters_scale_and_move),
        cmocka_unit_test(costs_are_exact),
        cmocka_unit_test(errors_name_the_value),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
