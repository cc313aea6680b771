/* What the host works out for few elements: it agrees with the general way, which other dtypes, a
   tensor in place of a number or more elements take, and makes fewer inner calls. */
#include "call/corridor.h"

#include "asking.h"

enum { N = 24 };

static fm_tensor *held[64];
static int nheld;

static fm_tensor *keep(fm_tensor *made) {
    assert_true(nheld < 64);
    return held[nheld++] = made;
}

static void drop_all(void) {
    while (nheld > 0) fm_tensor_release(held[--nheld]);
}

/* n of the numbers -3 to 4, or with more of them behind. */
static fm_tensor *numbers(fm_dtype dtype, int ndim, const int64_t *shape, unsigned seed) {
    double list[4096];
    int64_t size = 1;
    fm_tensor *wide = NULL, *made = NULL;
    for (int d = 0; d < ndim; d++) size *= shape[d];
    for (int64_t i = 0; i < size; i++) {
        seed = seed * 1664525u + 1013904223u;
        list[i] = (double)(seed >> 29) - 3;
    }
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, ndim, shape, list, &wide), FM_OK);
    ask("astype", &made, 2, tensor(wide), (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = dtype});
    fm_tensor_release(wide);
    return keep(made);
}

static fm_tensor *line(fm_dtype dtype, int64_t n, unsigned seed) {
    return numbers(dtype, 1, &n, seed);
}

/* The answer, and how many plans were made for it. */
static fm_reply *call(const char *op, int count, const fm_value *values, size_t *plans) {
    fm_argument arguments[MOST_ARGUMENTS];
    fm_reply *reply = NULL;
    for (int i = 0; i < count; i++) arguments[i] = (fm_argument){NULL, values[i]};
    fm_plan_table_clear(ctx);
    if (fm_call_reply(ctx, op, arguments, (size_t)count, &reply) != FM_OK)
        fail_msg("%s", fm_context_message(ctx));
    *plans = ctx->plans.count;
    return reply;
}

static void same_elements(const char *op, const fm_tensor *a, const fm_tensor *b) {
    const fm_value type = {.kind = FM_VALUE_DTYPE, .as.dtype = FM_FLOAT64};
    fm_tensor *x = NULL, *y = NULL;
    ask("astype", &x, 2, tensor(a), type);
    ask("astype", &y, 2, tensor(b), type);
    assert_int_equal(fm_tensor_ndim(x), fm_tensor_ndim(y));
    for (int d = 0; d < fm_tensor_ndim(x); d++)
        assert_int_equal(fm_tensor_shape(x)[d], fm_tensor_shape(y)[d]);
    fm_tensor *rows[] = {x, y}, *flat[2] = {NULL};
    for (int i = 0; i < 2; i++) ask("ravel", &flat[i], 1, tensor(rows[i]));
    const double *have = fm_tensor_data(flat[0]), *want = fm_tensor_data(flat[1]);
    for (int64_t i = 0; i < fm_tensor_size(x); i++)
        if (have[i] != want[i] && !(have[i] != have[i] && want[i] != want[i]))
            fail_msg("%s: element %d is %g, but %g in general", op, (int)i, have[i], want[i]);
    for (int i = 0; i < 2; i++) {
        fm_tensor_release(rows[i]);
        fm_tensor_release(flat[i]);
    }
}

static void same_value(const char *op, const fm_value *a, const fm_value *b) {
    assert_int_equal(a->kind, b->kind);
    if (a->kind == FM_VALUE_TENSOR) {
        same_elements(op, a->as.tensor, b->as.tensor);
        return;
    }
    if (a->kind != FM_VALUE_TUPLE && a->kind != FM_VALUE_LIST) {
        assert_int_equal(a->as.i, b->as.i);
        return;
    }
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) same_value(op, &a->as.items[i], &b->as.items[i]);
}

/* Both ways; that for few makes at most so many plans, its own included, and the other more. */
static void agree(const char *op, int count, const fm_value *few, const fm_value *general,
                  size_t most) {
    size_t own, others;
    fm_reply *a = call(op, count, few, &own), *b = call(op, count, general, &others);
    same_value(op, fm_reply_value(a), fm_reply_value(b));
    if (own > most) fail_msg("%s: %d plans for few elements", op, (int)own);
    if (others <= own) fail_msg("%s: %d plans in general, %d for few", op, (int)others, (int)own);
    fm_reply_release(a);
    fm_reply_release(b);
}

static void sets_agree(void **state) {
    static const char *const pairs[] = {"union1d", "intersect1d", "setdiff1d", "setxor1d", "isin"};
    static const char *const ones[] = {"unique", "unique_all", "unique_counts", "unique_inverse"};
    const int64_t shape[] = {4, 6};
    (void)state;
    fm_value few[3] = {tensor(numbers(FM_INT64, 2, shape, 1)), tensor(line(FM_INT64, 5, 9))};
    fm_value many[3] = {tensor(numbers(FM_FLOAT64, 2, shape, 1)), tensor(line(FM_FLOAT64, 5, 9))};
    for (int i = 0; i < 5; i++) agree(pairs[i], 2, few, many, 1);
    for (int i = 0; i < 4; i++) agree(ones[i], 1, few, many, 1);
    drop_all();
}

static void sets_of_other_integers_agree(void **state) {
    (void)state;
    fm_value few[2] = {tensor(line(FM_INT16, N, 3)), tensor(line(FM_UINT8, N, 5))};
    fm_value many[2] = {tensor(line(FM_FLOAT64, N, 3)), tensor(line(FM_UINT8, N, 5))};
    fm_tensor *wide = NULL;
    ask("astype", &wide, 2, few[1], (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = FM_FLOAT64});
    many[1] = tensor(keep(wide));
    agree("setxor1d", 2, few, many, 4);
    agree("setdiff1d", 2, few, many, 4);
    size_t plans;
    fm_reply *reply = call("union1d", 2, few, &plans);
    assert_int_equal(fm_tensor_dtype(fm_reply_value(reply)->as.tensor), FM_INT16);
    fm_reply_release(reply);
    drop_all();
}

static void indices_and_promises_agree(void **state) {
    static const char *const ops[] = {"intersect1d", "setdiff1d", "setxor1d", "isin"};
    const bool options[][2] = {{false, true}, {true, false}, {true, true}};
    (void)state;
    const fm_tensor *ints_[2] = {line(FM_INT64, N, 3), line(FM_INT64, N + 3, 4)};
    const fm_tensor *floats[2] = {line(FM_FLOAT64, N, 3), line(FM_FLOAT64, N + 3, 4)};
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 3; k++) {
            const int count = i == 0 || i == 3 ? 4 : 3;
            const bool sure = options[k][0], option = options[k][1];
            fm_value few[] = {tensor(ints_[0]), tensor(ints_[1]), flag(sure), flag(option)};
            fm_value many[] = {tensor(floats[0]), tensor(floats[1]), flag(sure), flag(option)};
            if (i == 0 && sure && option) continue;
            if (count == 3 && option) continue;
            agree(ops[i], count, few, many, 1);
        }
    drop_all();
}

static void lines_agree(void **state) {
    static const char *const medians[] = {"median", "nanmedian"};
    static const char *const quantiles[] = {"quantile", "nanquantile"};
    static const char *const methods[] = {"linear", "lower", "midpoint", "hazen", "nearest"};
    (void)state;
    for (int64_t n = 1; n < 7; n++) {
        const fm_value few[] = {tensor(line(FM_FLOAT64, n, 7))};
        const fm_value many[] = {tensor(line(FM_FLOAT32, n, 7))};
        for (int i = 0; i < 2; i++) agree(medians[i], 1, few, many, 2);
        for (int i = 0; i < 2; i++)
            for (int m = 0; m < 5; m++) {
                const fm_value unset = {.kind = FM_VALUE_UNSET};
                fm_value of[] = {few[0], number(0.25), unset, unset, text(methods[m])};
                fm_value all[] = {many[0], number(0.25), unset, unset, text(methods[m])};
                agree(quantiles[i], 5, of, all, 2);
            }
        drop_all();
    }
}

static void lines_with_nan_agree(void **state) {
    static const char *const ops[] = {"median", "nanmedian", "percentile", "nanpercentile"};
    const double lines[][4] = {{1, NAN, 4, 2}, {NAN, NAN, NAN, NAN}, {3, 5, INFINITY, 2}};
    const int64_t n = 4;
    const fm_value narrow = {.kind = FM_VALUE_DTYPE, .as.dtype = FM_FLOAT32};
    (void)state;
    for (int k = 0; k < 3; k++) {
        fm_tensor *x = NULL, *y = NULL;
        assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, lines[k], &x), FM_OK);
        ask("astype", &y, 2, tensor(x), narrow);
        const fm_value few[] = {tensor(keep(x)), number(50)};
        const fm_value many[] = {tensor(keep(y)), number(50)};
        size_t own, others;
        for (int i = 0; i < 4; i++) {
            fm_reply *a = call(ops[i], i < 2 ? 1 : 2, few, &own);
            fm_reply *b = call(ops[i], i < 2 ? 1 : 2, many, &others);
            same_value(ops[i], fm_reply_value(a), fm_reply_value(b));
            fm_reply_release(a);
            fm_reply_release(b);
        }
        drop_all();
    }
}

static void vectors_and_powers_agree(void **state) {
    const int64_t shape[] = {5, 3};
    (void)state;
    fm_value few[] = {tensor(numbers(FM_FLOAT64, 2, shape, 1)),
                      tensor(numbers(FM_FLOAT64, 2, shape, 2))};
    fm_value many[] = {tensor(numbers(FM_FLOAT32, 2, shape, 1)),
                       tensor(numbers(FM_FLOAT32, 2, shape, 2))};
    agree("cross", 2, few, many, 1);
    agree("linalg.cross", 2, few, many, 1);
    const int64_t square[] = {3, 3};
    for (int axis = 0; axis < 8; axis++) {
        const fm_value a = integer(axis & 1), b = integer(axis >> 1 & 1), c = integer(axis >> 2);
        const fm_value x[] = {tensor(numbers(FM_FLOAT64, 2, square, 3)),
                              tensor(numbers(FM_FLOAT64, 2, square, 4)), a, b, c};
        const fm_value y[] = {tensor(numbers(FM_FLOAT32, 2, square, 3)),
                              tensor(numbers(FM_FLOAT32, 2, square, 4)), a, b, c};
        size_t own, others;
        fm_reply *have = call("cross", 5, x, &own), *want = call("cross", 5, y, &others);
        same_value("cross", fm_reply_value(have), fm_reply_value(want));
        fm_reply_release(have);
        fm_reply_release(want);
    }
    for (int rises = 0; rises < 2; rises++) {
        fm_value of[] = {tensor(line(FM_FLOAT64, 6, 1)), integer(4), flag(rises)};
        fm_value all[] = {tensor(line(FM_INT64, 6, 1)), integer(4), flag(rises)};
        agree("vander", 3, of, all, 1);
    }
    drop_all();
}

/* Modes other than 'raise' take the general way. */
static void choices_agree(void **state) {
    const int64_t which[] = {1, 0, 2, 2, 1, 0}, n = 6;
    fm_tensor *index = NULL;
    (void)state;
    assert_int_equal(fm_tensor_from_host(ctx, FM_INT64, 1, &n, which, &index), FM_OK);
    fm_value items[3];
    for (unsigned i = 0; i < 3; i++) items[i] = tensor(line(FM_FLOAT64, n, i + 1));
    const fm_value choices = {.kind = FM_VALUE_LIST, .count = 3, .as.items = items};
    const fm_value few[] = {tensor(keep(index)), choices, text("raise")};
    const fm_value many[] = {few[0], choices, text("clip")};
    agree("choose", 3, few, many, 2);
    drop_all();
}

/* Masks given one by one, and as one array. */
static void pieces_agree(void **state) {
    const fm_value bool_ = {.kind = FM_VALUE_DTYPE, .as.dtype = FM_BOOL};
    const int64_t shape[] = {2, 3}, stacked[] = {2, 2, 3};
    (void)state;
    const fm_tensor *x = numbers(FM_FLOAT64, 2, shape, 1);
    fm_tensor *all = NULL, *mask[2] = {NULL};
    ask("astype", &all, 2, tensor(numbers(FM_INT64, 3, stacked, 77)), bool_);
    for (int i = 0; i < 2; i++) {
        ask("take", &mask[i], 3, tensor(all), integer(i), integer(0));
        keep(mask[i]);
    }
    const fm_value masks[] = {tensor(mask[0]), tensor(mask[1])};
    const fm_value values[] = {number(1), number(2), number(3)};
    const fm_value list_ = {.kind = FM_VALUE_LIST, .count = 2, .as.items = masks};
    for (uint32_t n = 2; n < 4; n++) {
        const fm_value chosen = {.kind = FM_VALUE_LIST, .count = n, .as.items = values};
        const fm_value few[] = {tensor(x), list_, chosen};
        const fm_value many[] = {tensor(x), tensor(all), chosen};
        agree("piecewise", 3, few, many, n == 2 ? 3 : 5);
    }
    keep(all);
    drop_all();
}

/* Numbers as tensors take the general way. */
static void spaces_agree(void **state) {
    static const char *const ops[] = {"linspace", "logspace", "geomspace"};
    const double ends[][2] = {{1, 3.5}, {2, 2}, {4, 0.25}};
    (void)state;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            for (int endpoint = 0; endpoint < 2; endpoint++) {
                fm_tensor *at[2] = {NULL};
                for (int e = 0; e < 2; e++)
                    assert_int_equal(
                        fm_tensor_from_host(ctx, FM_FLOAT64, 0, NULL, &ends[k][e], &at[e]), FM_OK);
                const fm_value tail = flag(endpoint), nine = integer(9);
                fm_value few[] = {number(ends[k][0]), number(ends[k][1]), nine, tail};
                fm_value many[] = {tensor(keep(at[0])), tensor(keep(at[1])), nine, tail};
                agree(ops[i], 4, few, many, i == 0 ? 1 : i == 1 ? 2 : 5);
                drop_all();
            }
}

/* Rows and columns below or above a diagonal, at sizes on both sides of the limit. */
static void triangles_are_whole(void **state) {
    (void)state;
    for (int64_t n = 9; n < 14; n++)
        for (int64_t k = -2; k < 3; k++)
            for (int upper = 0; upper < 2; upper++) {
                const fm_value values[] = {integer(n), integer(k), integer(n + 1)};
                size_t plans;
                fm_reply *reply = call(upper ? "triu_indices" : "tril_indices", 3, values, &plans);
                const fm_value *pair = fm_reply_value(reply)->as.items;
                const int64_t *row = fm_tensor_data(pair[0].as.tensor);
                const int64_t *column = fm_tensor_data(pair[1].as.tensor);
                int64_t at = 0;
                for (int64_t i = 0; i < n; i++)
                    for (int64_t j = 0; j <= n; j++) {
                        if (upper ? j - i < k : j - i > k) continue;
                        assert_int_equal(row[at], i);
                        assert_int_equal(column[at++], j);
                    }
                assert_int_equal(fm_tensor_size(pair[0].as.tensor), at);
                if (n < 11) assert_true(plans <= 1);
                fm_reply_release(reply);
            }
}

static void grids_are_whole(void **state) {
    (void)state;
    for (int64_t n = 3; n < 9; n++) {
        const int64_t dims[] = {n, 2, n};
        const fm_value values[] = {ints(3, dims)};
        size_t plans;
        fm_reply *reply = call("indices", 1, values, &plans);
        const int64_t *all = fm_tensor_data(fm_reply_value(reply)->as.tensor), points = 2 * n * n;
        for (int64_t i = 0; i < points; i++) {
            assert_int_equal(all[i], i / (2 * n));
            assert_int_equal(all[points + i], i / n % 2);
            assert_int_equal(all[2 * points + i], i % n);
        }
        if (n < 5) assert_int_equal(plans, 1);
        fm_reply_release(reply);
    }
}

/* Zeros around a block, in arrays on both sides of the limit. */
static void zeros_are_trimmed(void **state) {
    (void)state;
    for (int64_t n = 6; n < 12; n++) {
        double list[200] = {0};
        const int64_t shape[] = {n, n};
        fm_tensor *x = NULL, *places = NULL;
        for (int64_t i = 2; i < n - 1; i++) list[i * n + 1] = list[i * n + 4] = (double)i;
        assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 2, shape, list, &x), FM_OK);
        const fm_value values[] = {tensor(keep(x))};
        size_t plans;
        fm_reply *reply = call("trim_zeros", 1, values, &plans);
        const fm_tensor *rest = fm_reply_value(reply)->as.tensor;
        assert_int_equal(fm_tensor_shape(rest)[0], n - 3);
        assert_int_equal(fm_tensor_shape(rest)[1], 4);
        if (n < 9) assert_true(plans <= 3);
        fm_reply_release(reply);
        ask("flatnonzero", &places, 1, values[0]);
        const int64_t *at = fm_tensor_data(keep(places));
        assert_int_equal(fm_tensor_size(places), 2 * (n - 3));
        for (int64_t i = 2; i < n - 1; i++) {
            assert_int_equal(at[2 * (i - 2)], i * n + 1);
            assert_int_equal(at[2 * (i - 2) + 1], i * n + 4);
        }
        drop_all();
    }
}

/* Every third element from the second on is left out, from lines on both sides of the limit. */
static void slices_are_deleted(void **state) {
    (void)state;
    for (int64_t n = 120; n < 136; n += 5)
        for (int64_t step = -3; step < 4; step += 6) {
            fm_tensor *x = NULL, *rest = NULL;
            ask("arange", &x, 1, integer(n));
            const fm_value none = {.kind = FM_VALUE_NONE};
            const fm_value slice[] = {step > 0 ? integer(1) : none, none, integer(step)};
            const fm_value cut = {.kind = FM_VALUE_SLICE, .count = 3, .as.items = slice};
            ask("delete", &rest, 2, tensor(keep(x)), cut);
            const int64_t *have = fm_tensor_data(keep(rest));
            int64_t at = 0;
            for (int64_t i = 0; i < n; i++)
                if ((step > 0 ? i - 1 : n - 1 - i) % 3)
                    assert_int_equal(have[at++], i);
                else if (i == 0 && step > 0)
                    assert_int_equal(have[at++], i);
            assert_int_equal(fm_tensor_size(rest), at);
            drop_all();
        }
}

/* Zeros around a block, in arrays on both sides of the limit; one number of another kind around it
   takes the general way. */
static void frames_agree(void **state) {
    (void)state;
    for (int64_t n = 61; n < 65; n++) {
        const int64_t shape[] = {n, n}, widths[] = {1, 1};
        const fm_tensor *x = numbers(FM_FLOAT64, 2, shape, 1);
        const fm_value few[] = {tensor(x), ints(2, widths)};
        const fm_value many[] = {
            few[0], few[1], text("constant"), {.kind = FM_VALUE_UNSET}, number(0)};
        size_t own, others;
        fm_reply *a = call("pad", 2, few, &own), *b = call("pad", 5, many, &others);
        same_value("pad", fm_reply_value(a), fm_reply_value(b));
        assert_true(n < 63 ? own < others : own == others);
        fm_reply_release(a);
        fm_reply_release(b);
        drop_all();
    }
}

static void fits_and_covariances_agree(void **state) {
    const double steps[] = {0, 1, 2, 3, 4, 5}, cubes[] = {1, 2, 9, 28, 65, 126};
    const int64_t n = 6, shape[] = {2, 3};
    const double want[] = {1, 0, 0, 1};
    fm_tensor *x = NULL, *y = NULL, *fit = NULL, *both = NULL, *c = NULL;
    (void)state;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, steps, &x), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, cubes, &y), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 2, shape, cubes, &both), FM_OK);
    ask("polyfit", &fit, 3, tensor(keep(x)), tensor(keep(y)), integer(3));
    const double *have = fm_tensor_data(keep(fit));
    for (int i = 0; i < 4; i++) assert_true(fabs(have[i] - want[i]) < 1e-10);
    ask("cov", &c, 1, tensor(keep(both)));
    have = fm_tensor_data(keep(c));
    const double rows[2][3] = {{-3, -2, 5}, {28 - 73, 65 - 73, 126 - 73}};
    for (int i = 0; i < 4; i++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) sum += rows[i / 2][k] * rows[i % 2][k];
        assert_true(fabs(have[i] - sum / 2) < 1e-9 * fabs(sum));
    }
    drop_all();
}

/* Axes that turn alone, together with others, and not at all. */
static void rolls_are_turned(void **state) {
    const int64_t shape[] = {3, 4}, axes[] = {0, 1};
    (void)state;
    const fm_tensor *x = numbers(FM_FLOAT64, 2, shape, 5);
    const double *f = fm_tensor_data((fm_tensor *)(uintptr_t)x);
    for (int64_t down = -4; down < 5; down++)
        for (int64_t along = -1; along < 3; along++) {
            fm_tensor *turned = NULL;
            const int64_t shifts[] = {down, along};
            ask("roll", &turned, 3, tensor(x), ints(2, shifts), ints(2, axes));
            const double *have = fm_tensor_data(turned);
            for (int64_t i = 0; i < 12; i++) {
                const int64_t row = (i / 4 + down + 6) % 3, column = (i % 4 + along + 4) % 4;
                assert_true(have[4 * row + column] == f[i]);
            }
            fm_tensor_release(turned);
        }
    drop_all();
}

/* Long lines are turned in two copies. */
static void long_lines_are_turned(void **state) {
    static const char *const ops[] = {"roll", "fft.fftshift", "fft.ifftshift"};
    (void)state;
    for (int64_t n = 32767; n < 32771; n++) {
        fm_tensor *x = NULL;
        ask("arange", &x, 1, integer(n));
        keep(x);
        for (int i = 0; i < 3; i++) {
            fm_tensor *out = NULL;
            const int64_t turn = i == 0 ? 5 : i == 1 ? n / 2 : n - n / 2;
            ask(ops[i], &out, i == 0 ? 2 : 1, tensor(x), integer(turn));
            const int64_t *have = fm_tensor_data(keep(out));
            for (int64_t k = 0; k < n; k++) assert_int_equal(have[k], (k + n - turn) % n);
        }
        drop_all();
    }
}

/* The ends of a gradient are differences of neighbours, whatever lies between them. */
static void gradients_have_ends(void **state) {
    (void)state;
    for (int64_t n = 2; n < 6; n++) {
        const fm_tensor *x = line(FM_FLOAT64, n, 11);
        const fm_value values[] = {tensor(x), number(0.5)};
        const double *f = fm_tensor_data((fm_tensor *)(uintptr_t)x);
        size_t plans;
        fm_reply *reply = call("gradient", 2, values, &plans);
        const double *slope = fm_tensor_data(fm_reply_value(reply)->as.tensor);
        assert_true(slope[0] == (f[1] - f[0]) / 0.5);
        assert_true(slope[n - 1] == (f[n - 1] - f[n - 2]) / 0.5);
        for (int64_t i = 1; i < n - 1; i++) assert_true(slope[i] == f[i + 1] - f[i - 1]);
        if (n > 2) assert_true(plans <= 13);
        fm_reply_release(reply);
        drop_all();
    }
}

static void closeness_agrees(void **state) {
    (void)state;
    const double one[] = {1, NAN, 3}, other[] = {1 + 1e-7, NAN, 3};
    const int64_t n = 3;
    fm_tensor *a = NULL, *b = NULL, *wide = NULL;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, one, &a), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, other, &b), FM_OK);
    ask("astype", &wide, 2, tensor(b),
        (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = FM_COMPLEX128});
    const fm_tensor *all[] = {keep(a), keep(b), keep(wide)};
    for (int nan = 0; nan < 2; nan++) {
        fm_value few[] = {tensor(all[0]), tensor(all[1]), number(1e-5), number(1e-8), flag(nan)};
        fm_value many[] = {tensor(all[0]), tensor(all[2]), number(1e-5), number(1e-8), flag(nan)};
        agree("allclose", 5, few, many, 3);
    }
    drop_all();
}

/* The range of few elements is that of their least and largest; NaN has none. */
static void ranges_agree(void **state) {
    double list[100];
    (void)state;
    for (int64_t n = 60; n < 70; n += 4) {
        fm_tensor *x = NULL, *edges = NULL;
        for (int64_t i = 0; i < n; i++) list[i] = (double)(i * 7 % n) - 20;
        assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, list, &x), FM_OK);
        ask("histogram_bin_edges", &edges, 2, tensor(keep(x)), integer(4));
        const double *have = fm_tensor_data(keep(edges));
        for (int i = 0; i < 5; i++) assert_true(have[i] == -20 + i * ((double)(n - 1) / 4));
        drop_all();
    }
    const int64_t two = 2;
    fm_tensor *x = NULL;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &two, (const double[]){NAN, 1}, &x),
                     FM_OK);
    refused(FM_ERR_ARGUMENT, "histogram_bin_edges: argument 1: its range (nan, nan) is not finite",
            "histogram_bin_edges", 2, tensor(keep(x)), integer(4));
    drop_all();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_agree),
        cmocka_unit_test(sets_of_other_integers_agree),
        cmocka_unit_test(indices_and_promises_agree),
        cmocka_unit_test(lines_agree),
        cmocka_unit_test(lines_with_nan_agree),
        cmocka_unit_test(vectors_and_powers_agree),
        cmocka_unit_test(choices_agree),
        cmocka_unit_test(pieces_agree),
        cmocka_unit_test(spaces_agree),
        cmocka_unit_test(triangles_are_whole),
        cmocka_unit_test(grids_are_whole),
        cmocka_unit_test(zeros_are_trimmed),
        cmocka_unit_test(slices_are_deleted),
        cmocka_unit_test(frames_agree),
        cmocka_unit_test(fits_and_covariances_agree),
        cmocka_unit_test(rolls_are_turned),
        cmocka_unit_test(long_lines_are_turned),
        cmocka_unit_test(gradients_have_ends),
        cmocka_unit_test(closeness_agrees),
        cmocka_unit_test(ranges_agree),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
