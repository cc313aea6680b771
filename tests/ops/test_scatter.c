/* Writes to places that an index names, over all threads: of equal places the last value stays, for
   elements of every size. Few places are looked at by the host, to the same end. */
#include "asking.h"
#include "ops/index.h"

enum { N = 100000, PLACES = 3001 };

static int64_t target_of(int i) {
    int64_t place = (int64_t)((uint32_t)i * 2654435761u % PLACES);
    return i % 3 == 0 ? place - PLACES : place;
}

static fm_tensor *index_of_all(void) {
    static int64_t index[N];
    const int64_t n = N;
    fm_tensor *made = NULL;
    for (int i = 0; i < N; i++) index[i] = target_of(i);
    assert_int_equal(fm_tensor_from_host(ctx, FM_INT64, 1, &n, index, &made), FM_OK);
    return made;
}

/* The number of the value that stays at each place, from 1 on. */
static const int64_t *last_values(void) {
    static int64_t last[PLACES];
    memset(last, 0, sizeof last);
    for (int i = 0; i < N; i++) {
        int64_t place = target_of(i);
        last[place < 0 ? place + PLACES : place] = i + 1;
    }
    return last;
}

static void check(fm_dtype dtype, int axes) {
    const int64_t n = N, shape[] = {PLACES};
    fm_tensor *index = index_of_all(), *numbers = NULL, *values = NULL, *back = NULL;
    fm_tensor *target = shaped(dtype, 1, shape);
    const fm_value type = {.kind = FM_VALUE_DTYPE, .as.dtype = dtype};
    const fm_value wide = {.kind = FM_VALUE_DTYPE, .as.dtype = FM_INT64};
    ask("arange", &numbers, 2, integer(1), integer(n + 1));
    ask("astype", &values, 2, tensor(numbers), type);
    const fm_argument arguments[] = {
        {NULL, tensor(target)}, {NULL, tensor(index)}, {NULL, tensor(values)}, {NULL, integer(0)}};
    const char *op = axes ? "put_along_axis" : "put";
    if (fm_call(ctx, op, arguments, axes ? 4 : 3, NULL, 0) != FM_OK)
        fail_msg("%s", fm_context_message(ctx));
    ask("astype", &back, 2, tensor(target), wide);
    const int64_t *have = fm_tensor_data(back), *last = last_values();
    int64_t bits = 8 * (int64_t)fm_dtype_size(dtype);
    uint64_t mask = dtype == FM_FLOAT64 || bits >= 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
    for (int i = 0; i < PLACES; i++)
        assert_int_equal((uint64_t)have[i] & mask, (uint64_t)last[i] & mask);
    fm_tensor *held[] = {index, numbers, values, back, target};
    for (int i = 0; i < 5; i++) fm_tensor_release(held[i]);
}

static void the_last_value_stays(void **state) {
    static const fm_dtype dtypes[] = {FM_UINT8, FM_INT16,   FM_UINT32,
                                      FM_INT64, FM_FLOAT64, FM_COMPLEX128};
    (void)state;
    for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++)
        for (int axes = 0; axes < 2; axes++) check(dtypes[i], axes);
}

/* Sums of integers by bins: every one counts once. */
static void sums_take_every_value(void **state) {
    static double weights[N];
    static int64_t bins[N];
    double want[PLACES] = {0};
    const int64_t n = N;
    (void)state;
    fm_tensor *index = NULL, *of = NULL, *sums = NULL;
    for (int i = 0; i < N; i++) {
        bins[i] = (target_of(i) + PLACES) % PLACES;
        weights[i] = i % 17;
        want[bins[i]] += weights[i];
    }
    assert_int_equal(fm_tensor_from_host(ctx, FM_INT64, 1, &n, bins, &index), FM_OK);
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, weights, &of), FM_OK);
    ask("bincount", &sums, 2, tensor(index), tensor(of));
    const double *have = fm_tensor_data(sums);
    for (int i = 0; i < PLACES; i++) assert_true(have[i] == want[i]);
    fm_tensor *held[] = {index, of, sums};
    for (int i = 0; i < 3; i++) fm_tensor_release(held[i]);
}

static fm_tensor *numbers_of(int64_t n, int64_t last) {
    int64_t data[FM_FEW + 1];
    fm_tensor *made = NULL;
    for (int64_t i = 0; i < n; i++) data[i] = i;
    data[n - 1] = last;
    assert_int_equal(fm_tensor_from_host(ctx, FM_INT64, 1, &n, data, &made), FM_OK);
    return made;
}

/* An index whose last place is none, and counts of a number below 0. */
static void few_are_refused_as_many_are(void **state) {
    (void)state;
    for (int64_t n = FM_FEW; n <= FM_FEW + 1; n++) {
        fm_tensor *a = numbers_of(n, 5), *over = numbers_of(n, n), *under = numbers_of(n, -1 - n);
        char line[160];
        snprintf(line, sizeof line,
                 "put: argument 2: index %d is out of bounds for axis 0 of size %d", (int)n,
                 (int)n);
        const fm_argument put[] = {{NULL, tensor(a)}, {NULL, tensor(over)}, {NULL, integer(1)}};
        assert_int_equal(fm_call(ctx, "put", put, 3, NULL, 0), FM_ERR_ARGUMENT);
        assert_string_equal(fm_context_message(ctx), line);
        assert_int_equal(((const int64_t *)fm_tensor_data(a))[0], 0);
        refused(FM_ERR_ARGUMENT,
                n == FM_FEW ? "bincount: argument 1: an element is -65, but numbers "
                              "below 0 are not counted"
                            : "bincount: argument 1: an element is -66, but numbers "
                              "below 0 are not counted",
                "bincount", 1, tensor(under));
        fm_tensor *held[] = {a, over, under};
        for (int i = 0; i < 3; i++) fm_tensor_release(held[i]);
    }
}

static void few_are_found_as_many_are(void **state) {
    (void)state;
    for (int64_t n = FM_FEW; n <= FM_FEW + 1; n++) {
        fm_tensor *a = numbers_of(n, 7), *mask = NULL, *at = NULL, *picked = NULL, *counts = NULL;
        ask("greater", &mask, 2, tensor(a), integer(5));
        ask("flatnonzero", &at, 1, tensor(mask));
        ask("getitem", &picked, 2, tensor(a), tensor(at));
        ask("bincount", &counts, 1, tensor(a));
        const int64_t *place = fm_tensor_data(at), *value = fm_tensor_data(picked);
        assert_int_equal(fm_tensor_size(at), n - 6);
        for (int64_t i = 0; i < n - 6; i++) {
            assert_int_equal(place[i], i + 6);
            assert_int_equal(value[i], i < n - 7 ? i + 6 : 7);
        }
        const int64_t *count = fm_tensor_data(counts);
        assert_int_equal(fm_tensor_size(counts), n - 1);
        for (int64_t i = 0; i < n - 1; i++) assert_int_equal(count[i], i == 7 ? 2 : 1);
        fm_tensor *held[] = {a, mask, at, picked, counts};
        for (int i = 0; i < 5; i++) fm_tensor_release(held[i]);
    }
}

/* Masks that are set everywhere, nowhere and here and there, of lengths around eight bytes, around
   what eight bytes count and over several threads. */
static void masks_are_counted_at_every_length(void **state) {
    (void)state;
    static const int64_t lengths[] = {65, 71, 72, 2039, 2040, 2041, 2048, 4081, 16384, 50001};
    static uint8_t set[50001];
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
        for (int kind = 0; kind < 3; kind++) {
            const int64_t n = lengths[l];
            fm_tensor *mask = NULL, *at = NULL;
            for (int64_t i = 0; i < n; i++)
                set[i] = kind == 0 || (kind == 2 && (uint32_t)i * 2654435761u >> 31);
            assert_int_equal(fm_tensor_from_host(ctx, FM_BOOL, 1, &n, set, &mask), FM_OK);
            ask("flatnonzero", &at, 1, tensor(mask));
            const int64_t *place = fm_tensor_data(at);
            int64_t found = 0;
            for (int64_t i = 0; i < n; i++) {
                if (!set[i]) continue;
                assert_true(found < fm_tensor_size(at));
                assert_int_equal(place[found++], i);
            }
            assert_int_equal(fm_tensor_size(at), found);
            fm_tensor_release(mask);
            fm_tensor_release(at);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_value_stays),
        cmocka_unit_test(sums_take_every_value),
        cmocka_unit_test(few_are_refused_as_many_are),
        cmocka_unit_test(few_are_found_as_many_are),
        cmocka_unit_test(masks_are_counted_at_every_length),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
