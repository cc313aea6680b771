/* What a scaled tensor holds, for every dtype; and which variables and options are refused. */
#include "common.h"

#include "core/alloc.h"
#include "profile/range.h"

#include <float.h>
#include <math.h>

typedef struct seen {
    const fm_tensor *x;
    unsigned char data[4096];
    size_t bytes;
    fm_dtype dtype;
    int64_t size;
} seen;

static fm_status look(void *user, fm_context *c, const fm_profile_row *row) {
    seen *s = user;
    (void)row;
    s->bytes = fm_tensor_nbytes(s->x);
    s->dtype = fm_tensor_dtype(s->x);
    s->size = fm_tensor_size(s->x);
    return fm_tensor_to_host(c, s->x, s->data, s->bytes);
}

/* Fills *out with what the step saw of 1-d data scaled by m. */
static void scaled(fm_dtype dtype, const void *data, int64_t n, double m, seen *out) {
    fm_tensor *x;
    fm_profile *profile;
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    assert_ok(fm_tensor_from_host(ctx, dtype, 1, &n, data, &x));
    assert_ok(fm_tensor_register(ctx, "x", x));
    options.var_name = "x";
    options.size_multipliers = &m;
    options.nmultipliers = 1;
    assert_ok(fm_profile_open(ctx, &options, &profile));
    memset(out, 0, sizeof *out);
    out->x = x;
    assert_ok(fm_profile_run(profile, look, NULL, NULL, out));
    assert_int_equal(out->dtype, dtype);
    assert_int_equal(fm_tensor_size(x), n);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static void integers_reach_both_ends(void **state) {
    (void)state;
    seen s;
    const int8_t i8[] = {-3, 2, 0};
    scaled(FM_INT8, i8, 3, 100, &s);
    assert_int_equal(s.size, 300);
    int hits[256] = {0};
    for (int i = 0; i < 300; i++) {
        int8_t x = (int8_t)s.data[i];
        assert_in_range(x + 3, 0, 5);
        hits[x + 3]++;
    }
    for (int i = 0; i < 6; i++) assert_true(hits[i] > 20);
    const uint8_t truth[] = {0, 1};
    scaled(FM_BOOL, truth, 2, 50, &s);
    int ones = 0;
    for (int i = 0; i < 100; i++) {
        assert_in_range(s.data[i], 0, 1);
        ones += s.data[i];
    }
    assert_in_range(ones, 25, 75);
    const uint64_t whole[] = {0, UINT64_MAX};
    scaled(FM_UINT64, whole, 2, 50, &s);
    uint64_t u64, low = UINT64_MAX, high = 0;
    for (size_t i = 0; i < 100; i++) {
        memcpy(&u64, s.data + 8 * i, 8);
        low = u64 < low ? u64 : low;
        high = u64 > high ? u64 : high;
    }
    assert_true(low < UINT64_MAX / 10 && high > UINT64_MAX / 10 * 9);
    const int64_t least[] = {INT64_MIN, INT64_MIN + 1};
    scaled(FM_INT64, least, 2, 4, &s);
    for (size_t i = 0; i < 8; i++) {
        int64_t x;
        memcpy(&x, s.data + 8 * i, 8);
        assert_true(x == INT64_MIN || x == INT64_MIN + 1);
    }
}

static void floats_lie_between_the_ends(void **state) {
    (void)state;
    seen s;
    const double wide[] = {-DBL_MAX, DBL_MAX};
    scaled(FM_FLOAT64, wide, 2, 100, &s);
    int negative = 0;
    for (size_t i = 0; i < 200; i++) {
        double x;
        memcpy(&x, s.data + 8 * i, 8);
        assert_true(isfinite(x));
        negative += x < 0;
    }
    assert_in_range(negative, 60, 140);
    const uint16_t half[] = {0x3c00, 0x4000}; /* 1, 2 */
    scaled(FM_FLOAT16, half, 2, 50, &s);
    for (size_t i = 0; i < 100; i++) {
        uint16_t x;
        memcpy(&x, s.data + 2 * i, 2);
        assert_in_range(x, 0x3c00, 0x4000);
    }
    const float two[][2] = {{1, -5}, {2, -4}};
    scaled(FM_COMPLEX64, two, 2, 50, &s);
    assert_int_equal(s.size, 100);
    for (size_t i = 0; i < 100; i++) {
        float x[2];
        memcpy(x, s.data + 8 * i, 8);
        assert_true(x[0] >= 1 && x[0] <= 2 && x[1] >= -5 && x[1] <= -4);
    }
}

static void one_value_stays_that_value(void **state) {
    (void)state;
    seen s;
    const float third[] = {1.0F / 3, 1.0F / 3, 1.0F / 3};
    scaled(FM_FLOAT32, third, 3, 7, &s);
    for (size_t i = 0; i < 21; i++) assert_memory_equal(s.data + 4 * i, third, 4);
    const int32_t seven = 7;
    scaled(FM_INT32, &seven, 1, 0.001, &s);
    assert_int_equal(s.size, 1);
    assert_memory_equal(s.data, &seven, 4);
}

static void values_repeat_with_the_seed(void **state) {
    (void)state;
    seen a, b;
    const float ends[] = {0, 1};
    scaled(FM_FLOAT32, ends, 2, 50, &a);
    scaled(FM_FLOAT32, ends, 2, 50, &b);
    assert_memory_equal(a.data, b.data, a.bytes);
    assert_memory_not_equal(a.data, a.data + 4, 4);
}

static fm_status try_options(const fm_profile_options *options) {
    fm_profile *profile;
    fm_status status = fm_profile_open(ctx, options, &profile);
    if (status != FM_OK) assert_null(profile);
    fm_profile_close(profile);
    return status;
}

static void bad_variables_are_refused(void **state) {
    (void)state;
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    options.var_name = "x";
    assert_int_equal(try_options(&options), FM_ERR_NOT_FOUND);
    assert_message("no tensor is registered as 'x'; known: none");
    fm_tensor *a = ramp("a", 2, 2), *b = ramp("b", 2, 2);
    assert_int_equal(try_options(&options), FM_ERR_NOT_FOUND);
    assert_message("no tensor is registered as 'x'; known: a, b");
    const float bad[] = {0, NAN, INFINITY};
    const int64_t two = 2, one = 1, none = 0;
    fm_tensor *x;
    assert_ok(fm_tensor_from_host(ctx, FM_FLOAT32, 1, &two, bad, &x));
    assert_ok(fm_tensor_register(ctx, "x", x));
    fm_tensor_release(x);
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    assert_message("profile: 'x': element 1 is NaN");
    assert_ok(fm_tensor_from_host(ctx, FM_FLOAT32, 1, &one, bad + 2, &x));
    assert_ok(fm_tensor_register(ctx, "x", x));
    fm_tensor_release(x);
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    assert_message("profile: 'x': element 0 is infinite");
    assert_ok(fm_tensor_create(ctx, FM_FLOAT32, 1, &none, &x));
    assert_ok(fm_tensor_register(ctx, "x", x));
    fm_tensor_release(x);
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    assert_message("profile: 'x' is empty, so it has no minimum and maximum");
    assert_ok(fm_tensor_abstract(ctx, FM_FLOAT32, 1, &two, &x));
    assert_ok(fm_tensor_register(ctx, "x", x));
    fm_tensor_release(x);
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    assert_message("profile: 'x' has no data, so it has no minimum and maximum");
    fm_tensor_release(a);
    fm_tensor_release(b);
}

static void bad_options_are_refused(void **state) {
    (void)state;
    fm_tensor *x = ramp("x", 4, 3);
    const double bad[] = {NAN, -1, 0, INFINITY};
    static const char *const names[] = {"nan", "-1", "0", "inf"};
    const int axes[] = {0, 2, -3, -2};
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    options.var_name = "x";
    options.nmultipliers = 1;
    for (int i = 0; i < 4; i++) {
        char expected[128];
        options.size_multipliers = &bad[i];
        assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
        snprintf(expected, sizeof expected,
                 "profile: size_multipliers[0] is %s, a finite number above 0 is needed", names[i]);
        assert_message(expected);
    }
    options.nmultipliers = 0;
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    assert_message("profile: nmultipliers is 0, at least 1 is needed");
    options.size_multipliers = NULL;
    options.scale_dims = axes;
    options.nscale_dims = 2;
    assert_int_equal(try_options(&options), FM_ERR_SHAPE);
    assert_message("profile: scale_dims[1] is 2, but 'x' has 2 dimensions");
    options.scale_dims = axes + 2;
    assert_int_equal(try_options(&options), FM_ERR_SHAPE);
    assert_message("profile: scale_dims[0] is -3, but 'x' has 2 dimensions");
    const int twice[] = {0, -2};
    options.scale_dims = twice;
    assert_int_equal(try_options(&options), FM_ERR_SHAPE);
    assert_message("profile: scale_dims[1] is -2, an axis that is there already");
    options.nscale_dims = 0;
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    options.scale_dims = NULL;
    options.repeats = -1;
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    options.repeats = 0;
    options.warmup = -2;
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    options.warmup = 0;
    options.size = 3;
    assert_int_equal(try_options(&options), FM_ERR_ARGUMENT);
    fm_tensor_release(x);
}

static void a_shape_past_64_bits_is_its_rows_error(void **state) {
    (void)state;
    const double huge[] = {1e300, 1e17, 1};
    fm_tensor *x = ramp("x", 4, 3);
    seen s = {.x = x};
    fm_profile *profile;
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    options.var_name = "x";
    options.size_multipliers = huge;
    options.nmultipliers = 3;
    assert_ok(fm_profile_open(ctx, &options, &profile));
    assert_int_equal(fm_profile_run(profile, look, NULL, NULL, &s), FM_ERR_OVERFLOW);
    assert_int_equal(fm_profile_row_at(profile, 0)->status, FM_ERR_OVERFLOW);
    assert_string_equal(fm_profile_row_at(profile, 0)->message,
                        "profile: axis 0 of 'x' is 4, which times 1e+300 is past 64 bits");
    assert_int_equal(fm_profile_row_at(profile, 1)->status, FM_ERR_OVERFLOW);
    assert_int_equal(fm_profile_row_at(profile, 2)->status, FM_OK);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

/* Every allocation fails once: the status says so, and the variable is what it was. */
static void failing_allocations_leave_the_variable(void **state) {
    (void)state;
    const double one[] = {2};
    fm_tensor *x = ramp("x", 4, 3);
    void *data = fm_tensor_data(x);
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    options.var_name = "x";
    options.size_multipliers = one;
    options.nmultipliers = 1;
    int failures = 0;
    for (uint64_t nth = 1;; nth++) {
        fm_profile *profile;
        seen s = {.x = x};
        fm_context_trim(ctx);
        fm_alloc_fail_at(nth, 0);
        fm_status status = fm_profile_open(ctx, &options, &profile);
        if (status == FM_OK) status = fm_profile_run(profile, look, NULL, NULL, &s);
        fm_alloc_fail_at(0, 0);
        fm_profile_close(profile);
        assert_ptr_equal(fm_tensor_data(x), data);
        assert_int_equal(fm_tensor_shape(x)[0], 4);
        if (status == FM_OK) break;
        assert_int_equal(status, FM_ERR_MEMORY);
        failures++;
    }
    assert_true(failures > 10);
    fm_tensor_release(x);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_context, close_context)
    const struct CMUnitTest tests[] = {
        TEST(integers_reach_both_ends),
        TEST(floats_lie_between_the_ends),
        TEST(one_value_stays_that_value),
        TEST(values_repeat_with_the_seed),
        TEST(bad_variables_are_refused),
        TEST(bad_options_are_refused),
        TEST(a_shape_past_64_bits_is_its_rows_error),
        TEST(failing_allocations_leave_the_variable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
