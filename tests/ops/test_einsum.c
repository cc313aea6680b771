/* einsum of three operands and more: values, paths, products of a matrix with itself, steady state,
   errors. */
#include "asking.h"
#include "core/alloc.h"

#include <flopmeter/ops.h>

enum { MANY = 6 };

/* Whole numbers, so that sums in any order are exact. */
static fm_tensor *filled(fm_dtype dtype, int ndim, const int64_t *shape, int seed) {
    int64_t size = 1;
    for (int d = 0; d < ndim; d++) size *= shape[d];
    double *values = malloc((size_t)size * sizeof *values);
    fm_tensor *wide, *out = NULL;
    for (int64_t i = 0; i < size; i++) values[i] = (double)((i * (31 + seed) + seed) % 7 - 3);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, ndim, shape, values, &wide), FM_OK);
    ask("astype", &out, 2, tensor(wide), (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = dtype});
    fm_tensor_release(wide);
    free(values);
    return out;
}

/* einsum by name with the keywords that are given. */
static fm_status contract(const char *subscripts, fm_value operands, fm_value optimize,
                          fm_value limit, fm_tensor **out) {
    fm_argument arguments[4] = {{NULL, text(subscripts)}, {NULL, operands}};
    size_t count = 2;
    if (optimize.kind != FM_VALUE_UNSET) arguments[count++] = (fm_argument){"optimize", optimize};
    if (limit.kind != FM_VALUE_UNSET) arguments[count++] = (fm_argument){"memory_limit", limit};
    return fm_call(ctx, "einsum", arguments, count, out, 1);
}

static const fm_value unset = {.kind = FM_VALUE_UNSET};

/* The call of three matrices is refused with that message and that class of NumPy's. */
static void expect_refusal(fm_value operands, fm_value optimize, fm_value limit,
                           const char *message) {
    fm_tensor *out = NULL;
    assert_int_equal(contract("ij,jk,kl", operands, optimize, limit, &out), FM_ERR_ARGUMENT);
    assert_string_equal(fm_context_message(ctx), message);
    assert_null(out);
}

static void read_doubles(const fm_tensor *x, double *to) {
    fm_tensor *wide = NULL;
    ask("astype", &wide, 2, tensor(x), (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = FM_FLOAT64});
    assert_int_equal(fm_tensor_to_host(ctx, wide, to, fm_tensor_nbytes(wide)), FM_OK);
    fm_tensor_release(wide);
}

/* ab,bcc,cd,d->da with plain loops. */
static void chains_are_exact(void **state) {
    (void)state;
    enum { A = 3, B = 5, C = 4, D = 6 };
    static const fm_dtype dtypes[] = {FM_FLOAT64, FM_FLOAT32, FM_INT64, FM_INT32, FM_FLOAT16};
    for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++) {
        fm_tensor *x[4] = {filled(dtypes[t], 2, (int64_t[]){A, B}, 1),
                           filled(dtypes[t], 3, (int64_t[]){B, C, C}, 2),
                           filled(dtypes[t], 2, (int64_t[]){C, D}, 3),
                           filled(dtypes[t], 1, (int64_t[]){D}, 4)};
        double a[A * B], b[B * C * C], c[C * D], d[D], got[D * A];
        double *to[4] = {a, b, c, d};
        for (int i = 0; i < 4; i++) read_doubles(x[i], to[i]);
        fm_tensor *out = NULL;
        ask("einsum", &out, 2, text("ab,bcc,cd,d->da"), list(4, (const fm_tensor *const *)x));
        assert_int_equal(fm_tensor_dtype(out), dtypes[t]);
        read_doubles(out, got);
        for (int i = 0; i < D; i++)
            for (int j = 0; j < A; j++) {
                double sum = 0;
                for (int k = 0; k < B; k++)
                    for (int l = 0; l < C; l++)
                        sum += a[j * B + k] * b[(k * C + l) * C + l] * c[l * D + i] * d[i];
                assert_true(got[i * A + j] == sum);
            }
        for (int i = 0; i < 4; i++) fm_tensor_release(x[i]);
        fm_tensor_release(out);
    }
}

/* Where an element of a term lies, by the indices of a, b and c. */
static int64_t offset_of(const char *term, int length, const int64_t *shape, const int64_t *at) {
    int64_t offset = 0;
    for (int d = 0; d < length; d++) offset = offset * shape[term[d] - 'a'] + at[term[d] - 'a'];
    return offset;
}

static void check_elementwise(fm_dtype dtype, const char *left, const char *right, const char *out,
                              const int64_t *shape) {
    const char *const term[3] = {left, right, out};
    fm_tensor *x[3] = {NULL};
    double *value[3];
    char subscripts[16];
    for (int t = 0; t < 3; t++) {
        const int length = (int)strlen(term[t]);
        int64_t own[3];
        for (int d = 0; d < length; d++) own[d] = shape[term[t][d] - 'a'];
        if (t < 2) x[t] = filled(dtype, length, own, t + 2);
    }
    snprintf(subscripts, sizeof subscripts, "%s,%s->%s", left, right, out);
    ask("einsum", &x[2], 2, text(subscripts), list(2, (const fm_tensor *const *)x));
    for (int t = 0; t < 3; t++) {
        value[t] = malloc(8 * (size_t)fm_tensor_size(x[t]));
        read_doubles(x[t], value[t]);
    }
    int64_t at[3];
    for (at[0] = 0; at[0] < shape[0]; at[0]++)
        for (at[1] = 0; at[1] < shape[1]; at[1]++)
            for (at[2] = 0; at[2] < shape[2]; at[2]++) {
                double got[3];
                for (int t = 0; t < 3; t++)
                    got[t] = value[t][offset_of(term[t], (int)strlen(term[t]), shape, at)];
                assert_true(got[2] == got[0] * got[1]);
            }
    for (int t = 0; t < 3; t++) {
        fm_tensor_release(x[t]);
        free(value[t]);
    }
}

/* Rows that are short, longer than a block and one for all, operands that stand still along some,
   and outputs in another order. */
static void products_without_sums_are_exact(void **state) {
    (void)state;
    static const int64_t shapes[][3] = {{3, 5, 1100}, {70, 3, 7}, {2, 300, 130}, {129, 64, 5}};
    static const char *const terms[][3] = {
        {"abc", "abc", "abc"}, {"abc", "c", "abc"},   {"a", "abc", "abc"}, {"ab", "c", "abc"},
        {"b", "ac", "abc"},    {"abc", "cb", "abc"},  {"abc", "b", "cba"}, {"c", "ab", "bca"},
        {"bca", "c", "acb"},   {"cab", "cba", "abc"}, {"abc", "", "abc"},  {"", "bca", "abc"}};
    static const fm_dtype dtypes[] = {FM_FLOAT64, FM_FLOAT32, FM_INT64, FM_INT16, FM_FLOAT16};
    for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++)
        for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
            for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
                check_elementwise(dtypes[t], terms[i][0], terms[i][1], terms[i][2], shapes[s]);
}

static void any_path_gives_the_same(void **state) {
    (void)state;
    fm_tensor *x[MANY], *want = NULL;
    for (int i = 0; i < MANY; i++) x[i] = filled(FM_FLOAT64, 2, (int64_t[]){4, 4}, i);
    const fm_value operands = list(MANY, (const fm_tensor *const *)x);
    const char *subscripts = "ab,bc,cd,de,ef,fa->be";
    ask("einsum", &want, 2, text(subscripts), operands);
    const int64_t pair[] = {0, 1}, far[] = {0, 3}, three[] = {2, 0, 1};
    const fm_value pairs[] = {ints(2, pair), ints(2, pair), ints(2, pair), ints(2, pair),
                              ints(2, pair)};
    const fm_value mixed[] = {text("einsum_path"), ints(2, far), ints(3, three), ints(2, pair),
                              ints(2, pair)};
    const fm_value limited[] = {text("greedy"), integer(20)};
    const fm_value wishes[] = {{.kind = FM_VALUE_LIST, .count = 5, .as.items = pairs},
                               {.kind = FM_VALUE_LIST, .count = 5, .as.items = mixed},
                               {.kind = FM_VALUE_TUPLE, .count = 2, .as.items = limited},
                               text("optimal"),
                               text("branch-1"),
                               text("random-greedy"),
                               flag(true),
                               flag(false)};
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        double a[16], b[16];
        fm_tensor *out = NULL;
        assert_int_equal(contract(subscripts, operands, wishes[i], unset, &out), FM_OK);
        read_doubles(want, a);
        read_doubles(out, b);
        assert_memory_equal(a, b, sizeof a);
        fm_tensor_release(out);
    }
    fm_tensor_release(want);
    for (int i = 0; i < MANY; i++) fm_tensor_release(x[i]);
}

/* A matrix with itself, by rows and by columns, against the same with a copy of it. */
static void same_operands_equal_copies(void **state) {
    (void)state;
    static const char *const expressions[] = {"ij,ik->jk", "ij,kj->ik", "ij,ik->kj"};
    static const fm_dtype dtypes[] = {FM_FLOAT32, FM_FLOAT64, FM_COMPLEX64, FM_COMPLEX128};
    static const int64_t sizes[][2] = {{300, 270}, {139, 530}, {410, 128}};
    for (size_t t = 0; t < 4; t++)
        for (size_t s = 0; s < 9; s++) {
            const size_t i = s % 3;
            const int64_t n = sizes[s / 3][0], k = sizes[s / 3][1];
            fm_tensor *x = filled(dtypes[t], 2, i == 1 ? (int64_t[]){n, k} : (int64_t[]){k, n}, 3);
            fm_tensor *y = NULL, *same = NULL, *other = NULL;
            fm_tensor *equal = NULL;
            bool all;
            ask("copy", &y, 1, tensor(x));
            const fm_tensor *const twice[] = {x, x}, *const both[] = {x, y};
            ask("einsum", &same, 2, text(expressions[i]), list(2, twice));
            ask("einsum", &other, 2, text(expressions[i]), list(2, both));
            ask("equal", &equal, 2, tensor(same), tensor(other));
            fm_tensor *result = NULL;
            ask("all", &result, 1, tensor(equal));
            assert_int_equal(fm_tensor_to_host(ctx, result, &all, sizeof all), FM_OK);
            assert_true(all);
            fm_tensor *made[] = {x, y, same, other, equal, result};
            for (int m = 0; m < 6; m++) fm_tensor_release(made[m]);
        }
}

static void repeated_calls_allocate_nothing(void **state) {
    (void)state;
    fm_tensor *x[3], *out = NULL;
    for (int i = 0; i < 3; i++) x[i] = filled(FM_FLOAT32, 2, (int64_t[]){40, 40}, i);
    const fm_tensor *const *operands = (const fm_tensor *const *)x;
    for (int i = 0; i < 2; i++)
        assert_int_equal(fm_einsum(ctx, "ab,bc,cd->da", operands, 3, NULL, &out), FM_OK);
    uint64_t before = fm_alloc_count();
    for (int i = 0; i < 10; i++)
        assert_int_equal(fm_einsum(ctx, "ab,bc,cd->da", operands, 3, NULL, &out), FM_OK);
    assert_int_equal(fm_alloc_count(), before);
    for (int i = 0; i < 3; i++) fm_tensor_release(x[i]);
    fm_tensor_release(out);
}

static void bad_paths_are_refused(void **state) {
    (void)state;
    fm_tensor *a = shaped(FM_FLOAT32, 2, (int64_t[]){3, 3});
    const fm_tensor *const three[] = {a, a, a};
    const fm_value operands = list(3, three);
    const int64_t pair[] = {0, 1}, out_of_range[] = {0, 5}, twice[] = {1, 1};
    const fm_value one[] = {ints(2, pair)}, far[] = {ints(2, out_of_range), ints(2, pair)};
    const fm_value again[] = {ints(2, twice), ints(2, pair)};
    expect_refusal(operands, text("best"), unset,
                   "einsum: argument 3: no search is named 'best'; there are: auto, optimal, dp, "
                   "branch-all, branch-2, branch-1, greedy, random-greedy");
    expect_refusal(operands, (fm_value){.kind = FM_VALUE_LIST, .count = 1, .as.items = one}, unset,
                   "einsum: argument 3: the path of 1 steps leaves 2 of 3 operands");
    expect_refusal(operands, (fm_value){.kind = FM_VALUE_LIST, .count = 2, .as.items = far}, unset,
                   "einsum: argument 3: step 0 takes operand 5, but 3 are left");
    expect_refusal(operands, (fm_value){.kind = FM_VALUE_LIST, .count = 2, .as.items = again},
                   unset, "einsum: argument 3: step 0 takes operand 1 twice");
    expect_refusal(operands, integer(3), unset,
                   "einsum: argument 3: 'optimize' is a flag, the name of a search, a name and a "
                   "memory limit, or a list of steps");
    expect_refusal(operands, unset, text("all"),
                   "einsum: argument 4: 'memory_limit' is a number of elements, -1 or 'max_input'");
    fm_tensor_release(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_are_exact),
        cmocka_unit_test(products_without_sums_are_exact),
        cmocka_unit_test(any_path_gives_the_same),
        cmocka_unit_test(same_operands_equal_copies),
        cmocka_unit_test(repeated_calls_allocate_nothing),
        cmocka_unit_test(bad_paths_are_refused),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
