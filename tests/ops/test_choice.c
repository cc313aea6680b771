/* Integers, permutations, choices, rows of samples, and the stream's state. */
#include "asking.h"
#include "ops/row.h"

#include <flopmeter/random.h>

static void *take(fm_tensor *out) {
    void *data = malloc(fm_tensor_nbytes(out) + 1);
    assert_int_equal(fm_tensor_to_host(ctx, out, data, fm_tensor_nbytes(out)), FM_OK);
    fm_tensor_release(out);
    return data;
}

static fm_value dtype(fm_dtype type) {
    return (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = type};
}

static void *call(const char *op, const fm_argument *arguments, size_t count) {
    fm_tensor *out = NULL;
    if (fm_call(ctx, op, arguments, count, &out, 1) != FM_OK)
        fail_msg("%s", fm_context_message(ctx));
    return take(out);
}

/* Pearson's statistic of equal shares stays near its degrees of freedom. */
static void check_equal(const int64_t *count, int bins, double n) {
    double statistic = 0, expected = n / bins;
    for (int b = 0; b < bins; b++)
        statistic += ((double)count[b] - expected) * ((double)count[b] - expected) / expected;
    assert_true(statistic < bins - 1 + 6 * sqrt(2.0 * bins) + 25);
}

static void integers_cover_their_range(void **state) {
    static const struct {
        fm_dtype dtype;
        int64_t low, high;
        bool endpoint;
    } cases[] = {
        {FM_INT64, 0, 10, false},
        {FM_INT64, -7, 5, true},
        {FM_UINT8, 0, 256, false},
        {FM_INT8, -128, 127, true},
        {FM_BOOL, 0, 2, false},
        {FM_INT16, -30, 33, false},
        {FM_UINT32, 4294967290, 4294967295, true},
        {FM_INT64, INT64_MAX - 6, INT64_MAX, true},
    };
    enum { N = 40000 };
    const int64_t n = N;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const fm_argument arguments[] = {{NULL, integer(cases[i].low)},
                                         {NULL, integer(cases[i].high)},
                                         {"size", ints(1, &n)},
                                         {"dtype", dtype(cases[i].dtype)},
                                         {"endpoint", flag(cases[i].endpoint)}};
        int bins = (int)(cases[i].high - cases[i].low) + cases[i].endpoint;
        int64_t count[256] = {0};
        size_t width = fm_dtype_size(cases[i].dtype);
        fm_seed(ctx, 50 + i);
        char *data = call("random.Generator.integers", arguments, 5);
        for (int j = 0; j < N; j++) {
            uint64_t x = 0;
            memcpy(&x, data + (size_t)j * width, width);
            x -= (uint64_t)cases[i].low;
            if (width < 8) x &= ((uint64_t)1 << 8 * width) - 1;
            assert_true(x < (uint64_t)bins);
            count[x]++;
        }
        check_equal(count, bins, N);
        free(data);
    }
}

/* A width of 3 * 2^61 rejects a quarter of all words: thirds of it are equal all the same. */
static void wide_ranges_are_even(void **state) {
    enum { N = 30000 };
    const int64_t n = N, third = (int64_t)1 << 61;
    int64_t count[3] = {0};
    const fm_argument arguments[] = {
        {NULL, integer(-third)}, {NULL, integer(2 * third - 1)}, {"size", ints(1, &n)}};
    (void)state;
    fm_seed(ctx, 5);
    int64_t *x = call("random.randint", arguments, 3);
    for (int i = 0; i < N; i++) {
        assert_true(x[i] >= -third && x[i] < 2 * third - 1);
        count[(x[i] + third) / third]++;
    }
    check_equal(count, 3, N);
    free(x);
}

static void permutations_are_even(void **state) {
    enum { TIMES = 24000, LARGE = 70001 };
    int64_t count[24] = {0}, n = LARGE;
    static char seen[LARGE];
    (void)state;
    fm_seed(ctx, 8);
    for (int t = 0; t < TIMES; t++) {
        int64_t *x = call("random.permutation", &(fm_argument){NULL, integer(4)}, 1);
        int place = 0;
        for (int i = 0; i < 4; i++) {
            int smaller = 0;
            for (int j = i + 1; j < 4; j++) smaller += x[j] < x[i];
            place = place * (4 - i) + smaller;
        }
        count[place]++;
        free(x);
    }
    check_equal(count, 24, TIMES);
    int64_t *x = call("random.Generator.permutation", &(fm_argument){NULL, integer(n)}, 1);
    int64_t fixed = 0;
    for (int i = 0; i < LARGE; i++) {
        assert_true(x[i] >= 0 && x[i] < LARGE && !seen[x[i]]);
        seen[x[i]] = 1;
        fixed += x[i] == i;
    }
    assert_true(fixed < 15); /* Poisson of mean 1 */
    free(x);
}

/* A permutation is the order of the stream's words of 64 bits. */
static void permutations_are_an_order(void **state) {
    static const int64_t sizes[] = {1, 2, 9, 300, 8192, 8193, 200000};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const int64_t bytes = 8 * sizes[i];
        fm_tensor *words = NULL, *order = NULL;
        fm_seed(ctx, 80 + i);
        int64_t *x = call("random.permutation", &(fm_argument){NULL, integer(sizes[i])}, 1);
        fm_seed(ctx, 80 + i);
        uint8_t *raw = call("random.bytes", &(fm_argument){NULL, integer(bytes)}, 1);
        assert_int_equal(fm_tensor_from_host(ctx, FM_UINT64, 1, &sizes[i], raw, &words), FM_OK);
        ask("argsort", &order, 3, tensor(words), integer(0), text("stable"));
        assert_memory_equal(x, fm_tensor_data(order), (size_t)sizes[i] * sizeof *x);
        fm_tensor_release(words);
        fm_tensor_release(order);
        free(raw);
        free(x);
    }
}

static void shuffles_keep_the_elements(void **state) {
    const int64_t shape[2] = {50, 3};
    int32_t data[150], got[150];
    bool moved = false;
    fm_tensor *x = NULL;
    (void)state;
    for (int i = 0; i < 150; i++) data[i] = i;
    assert_int_equal(fm_tensor_from_host(ctx, FM_INT32, 2, shape, data, &x), FM_OK);
    const fm_argument arguments[] = {{NULL, tensor(x)}};
    assert_int_equal(fm_call(ctx, "random.shuffle", arguments, 1, NULL, 0), FM_OK);
    assert_int_equal(fm_tensor_to_host(ctx, x, got, sizeof got), FM_OK);
    int64_t sum = 0;
    for (int i = 0; i < 50; i++) {
        assert_int_equal(got[3 * i] % 3, 0);
        assert_int_equal(got[3 * i + 1], got[3 * i] + 1);
        assert_int_equal(got[3 * i + 2], got[3 * i] + 2);
        moved |= got[3 * i] != 3 * i;
        sum += got[3 * i] / 3;
    }
    assert_true(moved && sum == 49 * 50 / 2);
    const fm_argument permuted[] = {{NULL, tensor(x)}, {"axis", integer(1)}};
    int32_t *y = call("random.Generator.permuted", permuted, 2);
    for (int i = 0; i < 50; i++)
        assert_int_equal(y[3 * i] + y[3 * i + 1] + y[3 * i + 2], 3 * got[3 * i] + 3);
    free(y);
    fm_tensor_release(x);
}

static void choices_follow_their_chances(void **state) {
    enum { N = 40000 };
    const double chances[4] = {0.1, 0.2, 0.3, 0.4};
    const int64_t four = 4, n = N;
    int64_t count[4] = {0}, first[4] = {0};
    fm_tensor *p = NULL;
    (void)state;
    fm_seed(ctx, 21);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &four, chances, &p), FM_OK);
    const fm_argument with[] = {{NULL, integer(4)}, {"size", ints(1, &n)}, {"p", tensor(p)}};
    int64_t *x = call("random.choice", with, 3);
    for (int i = 0; i < N; i++) count[x[i]]++;
    free(x);
    for (int t = 0; t < 4000; t++) {
        const int64_t two = 2;
        const fm_argument without[] = {{NULL, integer(4)},
                                       {"size", ints(1, &two)},
                                       {"replace", flag(false)},
                                       {"p", tensor(p)}};
        x = call("random.choice", without, 4);
        assert_true(x[0] != x[1]);
        first[x[0]]++;
        free(x);
    }
    for (int b = 0; b < 4; b++) {
        assert_true(fabs((double)count[b] / N - chances[b]) < 6 * 0.5 / sqrt(N));
        assert_true(fabs((double)first[b] / 4000 - chances[b]) < 6 * 0.5 / sqrt(4000));
    }
    fm_tensor_release(p);
}

/* A few of many, and most of all: all different, and every place as likely. */
static void choices_without_replacement(void **state) {
    static const int64_t cases[][2] = {
        {1000000, 50}, {2000, 40}, {2000, 1999}, {5, 5}, {1000, 300}};
    (void)state;
    fm_seed(ctx, 31);
    for (int c = 0; c < 5; c++) {
        const int64_t n = cases[c][0], size = cases[c][1];
        double mean = 0;
        int64_t total = 0;
        char *seen = calloc((size_t)n, 1);
        for (int t = 0; t < 200; t++) {
            const fm_argument arguments[] = {
                {NULL, integer(n)}, {"size", ints(1, &size)}, {"replace", flag(false)}};
            int64_t *x = call("random.choice", arguments, 3);
            for (int64_t i = 0; i < size; i++) {
                assert_true(x[i] >= 0 && x[i] < n && !seen[x[i]]);
                seen[x[i]] = 1;
            }
            for (int64_t i = 0; i < size; i++) seen[x[i]] = 0;
            mean += (double)x[0] / (double)n;
            total++;
            free(x);
        }
        free(seen);
        assert_true(fabs(mean / (double)total - 0.5 + 0.5 / (double)n) < 6 * 0.29 / sqrt(200));
    }
}

static void rows_add_up(void **state) {
    enum { ROWS = 4000 };
    const double chances[3] = {0.2, 0.3, 0.5}, alpha[3] = {0.5, 2, 3.5},
                 small[3] = {0.01, 0.02, 0.05};
    const int64_t three = 3, rows = ROWS, colors[3] = {5, 7, 30};
    double mean[4][3] = {{0}};
    fm_tensor *p = NULL, *a = NULL, *s = NULL, *c = NULL;
    (void)state;
    fm_seed(ctx, 41);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &three, chances, &p), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &three, alpha, &a), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &three, small, &s), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_INT64, 1, &three, colors, &c), FM_OK);
    fm_value size = ints(1, &rows);
    int64_t *x = call("random.multinomial",
                      (fm_argument[]){{NULL, integer(100)}, {NULL, tensor(p)}, {"size", size}}, 3);
    int64_t *y = call("random.Generator.multivariate_hypergeometric",
                      (fm_argument[]){{NULL, tensor(c)}, {NULL, integer(20)}, {"size", size}}, 3);
    double *z = call("random.dirichlet", (fm_argument[]){{NULL, tensor(a)}, {"size", size}}, 2);
    double *w = call("random.dirichlet", (fm_argument[]){{NULL, tensor(s)}, {"size", size}}, 2);
    for (int i = 0; i < ROWS; i++) {
        assert_int_equal(x[3 * i] + x[3 * i + 1] + x[3 * i + 2], 100);
        assert_int_equal(y[3 * i] + y[3 * i + 1] + y[3 * i + 2], 20);
        assert_true(fabs(z[3 * i] + z[3 * i + 1] + z[3 * i + 2] - 1) < 1e-14);
        assert_true(fabs(w[3 * i] + w[3 * i + 1] + w[3 * i + 2] - 1) < 1e-14);
        for (int j = 0; j < 3; j++) {
            assert_true(y[3 * i + j] >= 0 && y[3 * i + j] <= colors[j]);
            mean[0][j] += (double)x[3 * i + j] / ROWS;
            mean[1][j] += (double)y[3 * i + j] / ROWS;
            mean[2][j] += z[3 * i + j] / ROWS;
            mean[3][j] += w[3 * i + j] / ROWS;
        }
    }
    for (int j = 0; j < 3; j++) {
        assert_true(fabs(mean[0][j] - 100 * chances[j]) < 6 * 5 / sqrt(ROWS));
        assert_true(fabs(mean[1][j] - 20.0 * (double)colors[j] / 42) < 6 * 2 / sqrt(ROWS));
        assert_true(fabs(mean[2][j] - alpha[j] / 6) < 6 * 0.25 / sqrt(ROWS));
        assert_true(fabs(mean[3][j] - small[j] / 0.08) < 6 * 0.5 / sqrt(ROWS));
    }
    free(x);
    free(y);
    free(z);
    free(w);
    fm_tensor_release(p);
    fm_tensor_release(a);
    fm_tensor_release(s);
    fm_tensor_release(c);
}

static void normals_have_their_covariance(void **state) {
    static const char *const methods[] = {"svd", "eigh", "cholesky"};
    enum { ROWS = 20000 };
    const double means[2] = {1, -2}, cov[4] = {2, 0.8, 0.8, 1};
    const int64_t two = 2, square[2] = {2, 2}, rows = ROWS;
    fm_tensor *m = NULL, *c = NULL;
    (void)state;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &two, means, &m), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 2, square, cov, &c), FM_OK);
    for (int k = 0; k < 4; k++) {
        const fm_argument arguments[] = {{NULL, tensor(m)},
                                         {NULL, tensor(c)},
                                         {"size", ints(1, &rows)},
                                         {"method", text(methods[k % 3])}};
        fm_seed(ctx, 60 + (uint64_t)k);
        double *x = k < 3 ? call("random.Generator.multivariate_normal", arguments, 4)
                          : call("random.multivariate_normal", arguments, 3);
        double sums[5] = {0};
        for (int i = 0; i < ROWS; i++) {
            double u = x[2 * i] - 1, v = x[2 * i + 1] + 2;
            const double terms[5] = {u, v, u * u, u * v, v * v};
            for (int j = 0; j < 5; j++) sums[j] += terms[j] / ROWS;
        }
        assert_true(fabs(sums[0]) < 0.06 && fabs(sums[1]) < 0.045);
        assert_true(fabs(sums[2] - 2) < 0.12 && fabs(sums[3] - 0.8) < 0.07);
        assert_true(fabs(sums[4] - 1) < 0.06);
        free(x);
    }
    fm_tensor_release(m);
    fm_tensor_release(c);
}

static void reply_of(const char *op, const fm_value *value, fm_reply **reply) {
    const fm_argument argument = {NULL, value ? *value : integer(0)};
    if (fm_call_reply(ctx, op, &argument, value ? 1 : 0, reply) != FM_OK)
        fail_msg("%s", fm_context_message(ctx));
}

static void states_come_back(void **state) {
    const int64_t n = 100;
    const fm_argument arguments[] = {{"size", ints(1, &n)}};
    fm_reply *saved = NULL, *done = NULL;
    const fm_value yes = flag(true), no = flag(false), seed = integer(12);
    (void)state;
    reply_of("random.seed", &seed, &done);
    fm_reply_release(done);
    free(call("random.standard_normal", arguments, 1));
    for (int form = 0; form < 2; form++) {
        reply_of("random.get_state", form ? &no : &yes, &saved);
        double *x =
            call("random.standard_gamma", (fm_argument[]){{NULL, number(0.7)}, arguments[0]}, 2);
        reply_of("random.set_state", fm_reply_value(saved), &done);
        fm_reply_release(done);
        double *y =
            call("random.standard_gamma", (fm_argument[]){{NULL, number(0.7)}, arguments[0]}, 2);
        assert_memory_equal(x, y, 100 * sizeof *x);
        free(x);
        free(y);
        fm_reply_release(saved);
    }
}

static void generators_draw_from_their_own(void **state) {
    const int64_t n = 50;
    const fm_argument arguments[] = {{"size", ints(1, &n)}};
    const uint64_t words[3] = {1, 2, 3};
    fm_generator a = fm_default_rng(5), copy = a, children[3], b = fm_default_rng_of(words, 3);
    double x[4][50];
    (void)state;
    fm_seed(ctx, 5);
    fm_generator before = fm_context_generator(ctx);
    fm_generator *const drawn[] = {&a, &copy, &b};
    for (int i = 0; i < 3; i++) {
        fm_reply *reply = NULL;
        assert_int_equal(fm_generator_call(ctx, drawn[i], "normal", arguments, 1, &reply), FM_OK);
        assert_int_equal(
            fm_tensor_to_host(ctx, fm_reply_value(reply)->as.tensor, x[i], sizeof x[i]), FM_OK);
        fm_reply_release(reply);
    }
    fm_generator after = fm_context_generator(ctx);
    assert_memory_equal(&before, &after, sizeof before);
    assert_memory_equal(x[0], x[1], sizeof x[0]);
    assert_true(x[0][0] != x[2][0]);
    assert_int_equal(a.position, 100);
    fm_tensor *out = NULL;
    ask("random.Generator.normal", &out, 3, number(0), number(1), ints(1, &n));
    assert_int_equal(fm_tensor_to_host(ctx, out, x[3], sizeof x[3]), FM_OK);
    fm_tensor_release(out);
    assert_memory_equal(x[0], x[3], sizeof x[0]);
    fm_generator_spawn(&a, 2, children);
    fm_generator_spawn(&a, 1, children + 2);
    assert_int_equal(a.spawned, 3);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < i; j++) assert_true(children[i].seed != children[j].seed);
    fm_reply *reply = NULL;
    assert_int_equal(fm_generator_call(ctx, &a, "bogus", NULL, 0, &reply), FM_ERR_NOT_FOUND);
    assert_null(reply);
}

static void rules_of_the_parameters(void **state) {
    const double scales[2] = {1, -2}, good[2] = {1, 2};
    const int64_t two = 2, three = 3;
    fm_tensor *x = NULL, *y = NULL;
    (void)state;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &two, good, &y), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &two, scales, &x), FM_OK);
    refused(FM_ERR_ARGUMENT, "random.gamma: argument 1: -1, but it is at least 0", "random.gamma",
            1, number(-1));
    refused(
        FM_ERR_ARGUMENT,
        "random.exponential: argument 1: an element of 'scale' is out of bounds: it is at least 0",
        "random.exponential", 1, tensor(x));
    refused(
        FM_ERR_SHAPE,
        "random.exponential: argument 2: size (3,), to which the parameters' shape (2,) does not "
        "broadcast",
        "random.exponential", 2, tensor(y), ints(1, &three));
    refused(FM_ERR_ARGUMENT, "random.randint: argument 2: high, 5, is not above low, 5",
            "random.randint", 2, integer(5), integer(5));
    refused(FM_ERR_ARGUMENT,
            "random.choice: argument 2: 3 samples without replacement, but there are 2",
            "random.choice", 3, integer(2), ints(1, &three), flag(false));
    fm_tensor_release(x);
    fm_tensor_release(y);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_cover_their_range),
        cmocka_unit_test(wide_ranges_are_even),
        cmocka_unit_test(permutations_are_even),
        cmocka_unit_test(permutations_are_an_order),
        cmocka_unit_test(shuffles_keep_the_elements),
        cmocka_unit_test(choices_follow_their_chances),
        cmocka_unit_test(choices_without_replacement),
        cmocka_unit_test(rows_add_up),
        cmocka_unit_test(normals_have_their_covariance),
        cmocka_unit_test(states_come_back),
        cmocka_unit_test(generators_draw_from_their_own),
        cmocka_unit_test(rules_of_the_parameters),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
