/* Sweeps with callbacks: what is counted, what is shown of failures, and what is left behind. */
#include "common.h"

/* What the step of a test does, and what it saw. */
typedef struct program {
    fm_tensor *x;
    int steps, setups, fail_at;
    fm_status failure;
    bool untidy, own_budget, slow;
    int64_t seen[16];
    int nseen, told, told_done;
    uint64_t events;
} program;

static void on_op(void *user, const fm_op_event *event) {
    ((program *)user)->events += event->flops;
}

/* Ten FLOPs an element of the variable as it is scaled. */
static fm_status step(void *user, fm_context *c, const fm_profile_row *row) {
    program *p = user;
    p->steps++;
    int64_t rows = fm_tensor_shape(p->x)[0];
    assert_int_equal(rows, row->shape[0]);
    if (p->nseen < 16) p->seen[p->nseen++] = rows;
    if (p->untidy) {
        assert_int_equal(fm_namespace_push(c, "left", 0), FM_OK);
        assert_int_equal(fm_namespace_push(c, "open", 0), FM_OK);
    }
    fm_budget *own = NULL;
    if (p->own_budget) {
        fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
        options.flops = 1000000;
        assert_int_equal(fm_budget_open(c, &options, &own), FM_OK);
        fm_budget_release(own);
    }
    if (p->fail_at == p->steps) return p->failure;
    if (p->slow) {
        double from = fm_budget_elapsed(fm_context_budget(c));
        while (fm_budget_elapsed(fm_context_budget(c)) - from < 0.02) continue;
    }
    return fm_charge(c, "work", (uint64_t)(10 * fm_tensor_size(p->x)), NULL);
}

static fm_status setup(void *user, fm_context *c, const fm_profile_row *row) {
    program *p = user;
    (void)row;
    p->setups++;
    return fm_charge(c, "setup", 1000000, NULL);
}

static void progress(void *user, int done, int total, const fm_profile_row *row) {
    program *p = user;
    assert_int_equal(total, 2);
    assert_true(row->multiplier > 0);
    p->told++;
    p->told_done += done;
}

static fm_profile *open_profile(const double *multipliers, int count) {
    static const int batch[] = {0};
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    fm_profile *profile;
    options.name = "test";
    options.var_name = "x";
    options.size_multipliers = multipliers;
    options.nmultipliers = count;
    options.scale_dims = batch;
    options.nscale_dims = 1;
    assert_ok(fm_profile_open(ctx, &options, &profile));
    return profile;
}

static void assert_original(const fm_tensor *x, int64_t rows, int64_t columns, const void *data) {
    float first;
    assert_int_equal(fm_tensor_shape(x)[0], rows);
    assert_int_equal(fm_tensor_shape(x)[1], columns);
    assert_ptr_equal(fm_tensor_data(x), data);
    memcpy(&first, fm_tensor_data(x), sizeof first);
    assert_true(first == 0.0F);
}

static void rows_are_what_was_counted(void **state) {
    (void)state;
    static const int64_t batches[] = {12, 38, 64, 115, 128, 140, 256, 384, 1280};
    fm_tensor *x = ramp("x", 128, 4);
    void *data = fm_tensor_data(x);
    program p = {.x = x};
    fm_profile *profile = open_profile(NULL, 0);
    uint64_t before = used(), sum = 0;
    assert_ok(fm_profile_run(profile, step, setup, NULL, &p));
    assert_int_equal(fm_profile_row_count(profile), 9);
    for (int i = 0; i < 9; i++) {
        const fm_profile_row *row = fm_profile_row_at(profile, i);
        assert_int_equal(row->shape[0], batches[i]);
        assert_int_equal(row->shape[1], 4);
        assert_int_equal(row->flops, 40 * batches[i]);
        assert_int_equal(row->status, FM_OK);
        assert_int_equal(row->runs, 3);
        assert_int_equal(row->launches, 1);
        assert_true(row->seconds > 0 && row->seconds_min <= row->seconds &&
                    row->seconds <= row->seconds_max);
        sum += row->flops;
    }
    assert_int_equal(used() - before, sum); /* one counted run a row, no setup */
    assert_int_equal(p.steps, 9 * 4);
    assert_int_equal(p.setups, 9 * 4);
    assert_original(x, 128, 4, data);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static void a_failed_step_shows_and_the_rest_go_on(void **state) {
    (void)state;
    static const double two[] = {1, 2};
    fm_tensor *x = ramp("x", 8, 2);
    void *data = fm_tensor_data(x);
    program p = {.x = x, .fail_at = 1, .failure = FM_ERR_NUMERIC, .untidy = true};
    fm_profile *profile = open_profile(two, 2);
    assert_int_equal(fm_profile_run(profile, step, NULL, progress, &p), FM_ERR_NUMERIC);
    assert_string_equal(fm_namespace_current(ctx), "");
    const fm_profile_row *row = fm_profile_row_at(profile, 0);
    assert_int_equal(row->status, FM_ERR_NUMERIC);
    assert_string_equal(row->message, fm_status_text(FM_ERR_NUMERIC));
    assert_message(fm_status_text(FM_ERR_NUMERIC));
    assert_true(row->seconds == 0 && row->flops == 0);
    assert_int_equal(fm_profile_row_at(profile, 1)->status, FM_OK);
    assert_int_equal(fm_profile_row_at(profile, 1)->flops, 320);
    assert_int_equal(p.told, 4);
    assert_int_equal(p.told_done, 0 + 1 + 1 + 2);
    assert_original(x, 8, 2, data);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static void only_counted_runs_meet_the_budget(void **state) {
    (void)state;
    static const double three[] = {1, 10, 1};
    fm_tensor *x = ramp("x", 10, 1);
    program p = {.x = x};
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 999; /* 100 + 1000 + 100 */
    assert_ok(fm_budget_open(ctx, &options, &budget));
    fm_profile *profile = open_profile(three, 3);
    assert_int_equal(fm_profile_run(profile, step, setup, NULL, &p), FM_ERR_BUDGET);
    assert_int_equal(fm_context_error(ctx)->needed, 1000);
    assert_int_equal(fm_context_error(ctx)->remaining, 899);
    assert_int_equal(fm_profile_row_at(profile, 0)->status, FM_OK);
    const fm_profile_row *row = fm_profile_row_at(profile, 1);
    assert_int_equal(row->status, FM_ERR_BUDGET);
    assert_string_equal(row->message,
                        "work: needs 1,000 FLOPs, but 899 of 999 remain in the budget");
    assert_int_equal(fm_profile_row_at(profile, 2)->status, FM_OK);
    assert_int_equal(fm_budget_used(budget), 200);
    assert_ptr_equal(fm_context_budget(ctx), budget);
    fm_profile_close(profile);
    assert_ok(fm_budget_close(ctx));
    fm_budget_release(budget);
    fm_tensor_release(x);
}

static void the_time_limit_holds_for_every_run(void **state) {
    (void)state;
    static const double two[] = {1, 1};
    fm_tensor *x = ramp("x", 10, 1);
    program p = {.x = x, .slow = true};
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 1000000;
    options.seconds = 0.05;
    assert_ok(fm_budget_open(ctx, &options, &budget));
    fm_profile *profile = open_profile(two, 2);
    assert_int_equal(fm_profile_run(profile, step, NULL, NULL, &p), FM_ERR_TIME);
    assert_int_equal(fm_profile_row_at(profile, 0)->status, FM_ERR_TIME);
    assert_int_equal(fm_profile_row_at(profile, 1)->status, FM_ERR_TIME);
    assert_true(p.steps < 8);
    fm_profile_close(profile);
    assert_ok(fm_budget_close(ctx));
    fm_budget_release(budget);
    fm_tensor_release(x);
}

static void what_a_step_opens_is_counted_and_closed(void **state) {
    (void)state;
    static const double one[] = {1};
    fm_tensor *x = ramp("x", 10, 1);
    program p = {.x = x, .own_budget = true, .untidy = true};
    fm_profile *profile = open_profile(one, 1);
    uint64_t before = used();
    assert_ok(fm_profile_run(profile, step, NULL, NULL, &p));
    assert_int_equal(fm_profile_row_at(profile, 0)->flops, 100);
    assert_true(fm_budget_is_default(fm_context_budget(ctx)));
    assert_int_equal(fm_budget_limit(fm_context_budget(ctx)), 1000000000000000);
    assert_int_equal(used(), before);
    assert_string_equal(fm_namespace_current(ctx), "");
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static void the_callback_hears_of_counted_runs(void **state) {
    (void)state;
    static const double two[] = {1, 2};
    fm_tensor *x = ramp("x", 10, 1);
    program p = {.x = x};
    fm_context_on_op(ctx, on_op, &p);
    fm_profile *profile = open_profile(two, 2);
    assert_ok(fm_profile_run(profile, step, setup, NULL, &p));
    assert_int_equal(p.events, 300);
    assert_ok(fm_charge(ctx, "after", 7, NULL));
    assert_int_equal(p.events, 307);
    fm_context_on_op(ctx, NULL, NULL);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static void an_interrupt_keeps_the_rows_so_far(void **state) {
    (void)state;
    static const double three[] = {1, 2, 3};
    fm_tensor *x = ramp("x", 10, 3);
    void *data = fm_tensor_data(x);
    program p = {.x = x, .fail_at = 6, .failure = FM_ERR_INTERRUPTED};
    fm_profile *profile = open_profile(three, 3);
    assert_int_equal(fm_profile_run(profile, step, NULL, NULL, &p), FM_ERR_INTERRUPTED);
    assert_int_equal(fm_profile_row_count(profile), 1);
    assert_null(fm_profile_row_at(profile, 1));
    assert_original(x, 10, 3, data);
    assert_ok(fm_profile_run(profile, step, NULL, NULL, &p)); /* anew */
    assert_int_equal(fm_profile_row_count(profile), 3);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static void runs_are_as_many_as_asked_for(void **state) {
    (void)state;
    static const double one[] = {1};
    static const int asked[][4] = {/* repeats, warmup, runs, timed */
                                   {0, 0, 4, 3},
                                   {1, -1, 1, 1},
                                   {2, 3, 5, 2},
                                   {5, 0, 6, 5}};
    fm_tensor *x = ramp("x", 10, 1);
    for (size_t i = 0; i < 4; i++) {
        fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
        fm_profile *profile;
        program p = {.x = x};
        options.var_name = "x";
        options.size_multipliers = one;
        options.nmultipliers = 1;
        options.repeats = asked[i][0];
        options.warmup = asked[i][1];
        uint64_t before = used();
        assert_ok(fm_profile_open(ctx, &options, &profile));
        assert_ok(fm_profile_run(profile, step, NULL, NULL, &p));
        assert_int_equal(p.steps, asked[i][2]);
        assert_int_equal(fm_profile_row_at(profile, 0)->runs, asked[i][3]);
        assert_int_equal(used() - before, 100);
        fm_profile_close(profile);
    }
    fm_tensor_release(x);
}

/* A step that profiles by itself: the inner sweep counts where the outer does. */
static fm_status nested(void *user, fm_context *c, const fm_profile_row *row) {
    static const double two[] = {1, 2};
    program inner = {.x = fm_tensor_find(c, "y")};
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    fm_profile *profile;
    (void)user;
    (void)row;
    options.var_name = "y";
    options.size_multipliers = two;
    options.nmultipliers = 2;
    fm_status status = fm_profile_open(c, &options, &profile);
    if (status == FM_OK) status = fm_profile_run(profile, step, setup, NULL, &inner);
    fm_profile_close(profile);
    return status;
}

static void a_profile_within_a_profile_counts_once(void **state) {
    (void)state;
    static const double one[] = {3};
    fm_tensor *x = ramp("x", 10, 1), *y = ramp("y", 5, 1);
    fm_profile *profile = open_profile(one, 1);
    uint64_t before = used();
    assert_ok(fm_profile_run(profile, nested, NULL, NULL, NULL));
    assert_int_equal(fm_profile_row_at(profile, 0)->flops, 250);
    assert_int_equal(used() - before, 250);
    fm_profile_close(profile);
    fm_tensor_release(x);
    fm_tensor_release(y);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_context, close_context)
    const struct CMUnitTest tests[] = {
        TEST(rows_are_what_was_counted),
        TEST(a_failed_step_shows_and_the_rest_go_on),
        TEST(only_counted_runs_meet_the_budget),
        TEST(the_time_limit_holds_for_every_run),
        TEST(what_a_step_opens_is_counted_and_closed),
        TEST(the_callback_hears_of_counted_runs),
        TEST(an_interrupt_keeps_the_rows_so_far),
        TEST(runs_are_as_many_as_asked_for),
        TEST(a_profile_within_a_profile_counts_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
