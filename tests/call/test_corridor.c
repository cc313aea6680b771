/* The corridor on a scripted backend: what is charged, launched, given back and left untouched when
   any stage refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "call/corridor.h"
#include "core/alloc.h"
#include "scripted.h"

static fm_context *ctx;

static int open_context(void **state) {
    (void)state;
    memset(&scripted, 0, sizeof scripted);
    fm_error error;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return 0;
}

static int close_context(void **state) {
    (void)state;
    fm_context_close(ctx);
    assert_int_equal(scripted.live_plans, 0);
    assert_int_equal(scripted.allocs, scripted.frees);
    assert_int_equal(fm_layout_count(), 0);
    return 0;
}

static fm_tensor *vector(int64_t n, double first) {
    double data[64];
    for (int64_t i = 0; i < n; i++) data[i] = first + (double)i;
    fm_tensor *tensor;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, data, &tensor), FM_OK);
    return tensor;
}

static fm_status add(const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value values[] = {fm_value_tensor(a), fm_value_tensor(b)};
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, &scripted_row, values, slots);
}

static double first_of(const fm_tensor *tensor) {
    double data[64];
    assert_int_equal(fm_tensor_to_host(ctx, tensor, data, fm_tensor_nbytes(tensor)), FM_OK);
    return data[0];
}

static uint64_t used(void) {
    return fm_budget_used(fm_context_budget(ctx));
}

static void a_call_is_charged_and_runs(void **state) {
    (void)state;
    uint64_t before = used();
    fm_tensor *a = vector(8, 1), *b = vector(8, 10), *out = NULL;
    assert_int_equal(add(a, b, &out), FM_OK);
    assert_int_equal(used() - before, 8);
    assert_true(first_of(out) == 11.0);
    fm_tensor *same = out;
    assert_int_equal(add(a, out, &out), FM_OK); /* exactly in place */
    assert_ptr_equal(out, same);
    assert_true(first_of(out) == 12.0);
    assert_int_equal(scripted.plans, 1);
    fm_tensor_release(a);
    fm_tensor_release(b);
    fm_tensor_release(out);
}

static void a_repeated_call_allocates_nothing(void **state) {
    (void)state;
    fm_tensor *a = vector(8, 1), *b = vector(8, 10), *out = NULL;
    assert_int_equal(add(a, b, &out), FM_OK);
    uint64_t heap = fm_alloc_count();
    int device = scripted.allocs;
    for (int i = 0; i < 1000; i++) assert_int_equal(add(a, b, &out), FM_OK);
    assert_int_equal(fm_alloc_count(), heap);
    assert_int_equal(scripted.allocs, device);
    assert_int_equal(scripted.runs, 1001);
    fm_tensor_release(a);
    fm_tensor_release(b);
    fm_tensor_release(out);
}

static void a_refused_call_leaves_no_trace(void **state) {
    (void)state;
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 20;
    assert_int_equal(fm_budget_open(ctx, &options, &budget), FM_OK);
    fm_tensor *a = vector(8, 1), *out = NULL;
    assert_int_equal(add(a, a, &out), FM_OK);
    assert_int_equal(add(a, a, &out), FM_OK);
    int runs = scripted.runs, allocs = scripted.allocs;
    fm_tensor *fresh = NULL;
    assert_int_equal(add(a, a, &fresh), FM_ERR_BUDGET);
    assert_null(fresh);
    assert_int_equal(scripted.runs, runs);
    assert_int_equal(scripted.allocs, allocs);
    assert_int_equal(fm_budget_used(budget), 16);
    const fm_error *error = fm_context_error(ctx);
    assert_int_equal(error->needed, 8);
    assert_int_equal(error->remaining, 4);
    assert_string_equal(error->op, "test.add");
    fm_tensor_release(a);
    fm_tensor_release(out);
    assert_int_equal(fm_budget_close(ctx), FM_OK);
    fm_budget_release(budget);
}

static void a_launch_that_fails_gives_its_charge_back(void **state) {
    (void)state;
    fm_tensor *a = vector(8, 1), *out = NULL;
    uint64_t before = used();
    scripted.run_fails = FM_ERR_DEVICE;
    assert_int_equal(add(a, a, &out), FM_ERR_DEVICE);
    assert_null(out);
    assert_int_equal(used(), before);
    scripted.run_fails = FM_ERR_NUMERIC; /* the computation itself failed: the charge stays */
    assert_int_equal(add(a, a, &out), FM_ERR_NUMERIC);
    assert_int_equal(used(), before + 8);
    scripted.run_fails = FM_OK;
    scripted.plan_fails = FM_ERR_UNSUPPORTED;
    fm_tensor *b = vector(9, 1);
    assert_int_equal(add(b, b, &out), FM_ERR_UNSUPPORTED);
    assert_int_equal(used(), before + 8);
    fm_tensor_release(a);
    fm_tensor_release(b);
}

static void slots_are_refilled_where_they_own_their_memory(void **state) {
    (void)state;
    fm_tensor *a = vector(4, 1), *b = vector(40, 1), *out = NULL;
    assert_int_equal(add(a, a, &out), FM_OK);
    fm_tensor *handle = out;
    assert_int_equal(add(b, b, &out), FM_OK); /* grows */
    assert_ptr_equal(out, handle);
    assert_int_equal(fm_tensor_size(out), 40);
    assert_int_equal(add(a, a, &out), FM_OK); /* shrinks in place */
    assert_int_equal(fm_tensor_size(out), 4);
    assert_true(first_of(out) == 2.0);
    double foreign[4] = {0};
    int64_t four = 4;
    fm_tensor *wrapped;
    assert_int_equal(fm_tensor_wrap(ctx, FM_FLOAT64, 1, &four, NULL, foreign, NULL, NULL, &wrapped),
                     FM_OK);
    assert_int_equal(add(a, a, &wrapped), FM_OK);
    assert_true(foreign[3] == 8.0);
    assert_int_equal(add(b, b, &wrapped), FM_ERR_SHAPE);
    assert_non_null(strstr(fm_context_message(ctx), "(4,)"));
    assert_non_null(strstr(fm_context_message(ctx), "(40,)"));
    fm_tensor_release(wrapped);
    fm_tensor_release(a);
    fm_tensor_release(b);
    fm_tensor_release(out);
}

static void overlapping_memory_is_refused(void **state) {
    (void)state;
    double memory[16] = {0};
    int64_t eight = 8;
    fm_tensor *a, *b, *out;
    /* Two views of one storage, as the caller may make them by wrapping once and shifting. */
    assert_int_equal(fm_tensor_wrap(ctx, FM_FLOAT64, 1, &eight, NULL, memory, NULL, NULL, &a),
                     FM_OK);
    assert_int_equal(fm_tensor_wrap(ctx, FM_FLOAT64, 1, &eight, NULL, memory, NULL, NULL, &b),
                     FM_OK);
    assert_int_equal(fm_tensor_assign(ctx, b, a), FM_OK);
    out = b;
    out->data = memory + 1; /* shifted by one element on the same storage */
    uint64_t before = used();
    assert_int_equal(add(a, a, &out), FM_ERR_ARGUMENT);
    assert_non_null(strstr(fm_context_message(ctx), "overlaps"));
    assert_int_equal(used(), before);
    fm_tensor_release(a);
    fm_tensor_release(b);
}

static void numbers_do_not_make_new_plans(void **state) {
    (void)state;
    fm_tensor *a = vector(8, 1), *out = NULL;
    for (int i = 0; i < 10; i++) {
        fm_value values[] = {fm_value_tensor(a), fm_value_float(0.5 * i)};
        fm_tensor **const slots[] = {&out};
        assert_int_equal(fm_corridor(ctx, &scripted_row, values, slots), FM_OK);
        assert_true(first_of(out) == 1.0 + 0.5 * i);
    }
    assert_int_equal(scripted.plans, 1);
    fm_tensor_release(a);
    fm_tensor_release(out);
}

static void abstract_tensors_have_nothing_to_compute(void **state) {
    (void)state;
    int64_t eight = 8;
    fm_tensor *a, *out = NULL;
    assert_int_equal(fm_tensor_abstract(ctx, FM_FLOAT64, 1, &eight, &a), FM_OK);
    assert_int_equal(add(a, a, &out), FM_ERR_STATE);
    assert_null(out);
    fm_tensor_release(a);
}

static void many_plans_stay_bounded(void **state) {
    (void)state;
    fm_tensor *out = NULL;
    for (int64_t n = 1; n <= FM_PLAN_LIMIT + 100; n++) {
        fm_tensor *a;
        assert_int_equal(fm_tensor_create(ctx, FM_FLOAT64, 1, &n, &a), FM_OK);
        memset(fm_tensor_data(a), 0, fm_tensor_nbytes(a));
        assert_int_equal(add(a, a, &out), FM_OK);
        fm_tensor_release(a);
    }
    assert_int_equal(scripted.live_plans, FM_PLAN_LIMIT);
    fm_tensor_release(out);
}

static fm_plan *known(fm_value a, fm_value b) {
    const fm_value values[] = {a, b};
    const fm_bound bound = {&scripted_row, values, 1, NULL};
    return fm_plan_again(&ctx->plans, &bound, ctx->generation << 3 | (uint64_t)ctx->math_mode);
}

static void the_same_call_is_known_again(void **state) {
    (void)state;
    fm_tensor *a = vector(8, 1), *b = vector(8, 10), *few = vector(3, 5), *out = NULL;
    assert_null(known(fm_value_tensor(a), fm_value_tensor(b)));
    assert_int_equal(add(a, b, &out), FM_OK);
    fm_plan *plan = known(fm_value_tensor(b), fm_value_tensor(a));
    assert_non_null(plan);
    assert_null(known(fm_value_tensor(few), fm_value_tensor(few)));
    assert_null(known(fm_value_tensor(a), fm_value_float(1)));
    assert_null(known(fm_value_tensor(a), (fm_value){.kind = FM_VALUE_TENSOR}));
    assert_int_equal(add(few, few, &out), FM_OK);
    assert_true(first_of(out) == 10.0);
    assert_null(known(fm_value_tensor(a), fm_value_tensor(b)));
    assert_int_equal(add(a, b, &out), FM_OK); /* found by its key, and the recent one from here */
    assert_ptr_equal(known(fm_value_tensor(a), fm_value_tensor(b)), plan);
    assert_int_equal(scripted.plans, 2);
    ctx->generation++;
    assert_null(known(fm_value_tensor(a), fm_value_tensor(b)));
    fm_tensor *held[] = {a, b, few, out};
    for (int i = 0; i < 4; i++) fm_tensor_release(held[i]);
}

static void an_evicted_plan_is_not_known(void **state) {
    (void)state;
    static fm_row other;
    fm_tensor *a = vector(8, 1), *out = NULL;
    other = scripted_row;
    assert_int_equal(add(a, a, &out), FM_OK);
    for (int64_t n = 1; n <= FM_PLAN_LIMIT; n++) {
        fm_tensor *x;
        assert_int_equal(fm_tensor_create(ctx, FM_FLOAT64, 1, &n, &x), FM_OK);
        memset(fm_tensor_data(x), 0, fm_tensor_nbytes(x));
        const fm_value values[] = {fm_value_tensor(x), fm_value_tensor(x)};
        fm_tensor **const slots[] = {&out};
        assert_int_equal(fm_corridor(ctx, &other, values, slots), FM_OK);
        fm_tensor_release(x);
    }
    assert_null(known(fm_value_tensor(a), fm_value_tensor(a)));
    fm_tensor_release(a);
    fm_tensor_release(out);
}

/* A handle goes back to the pool it is from, and so does a storage. */
static void tensors_go_back_where_they_are_from(void **state) {
    (void)state;
    fm_context *second;
    fm_memory_stats here, there;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    assert_int_equal(fm_context_open(&options, &second, NULL), FM_OK);
    int64_t n = 8;
    fm_tensor *a = vector(8, 1), *b;
    assert_int_equal(fm_tensor_create(second, FM_FLOAT64, 1, &n, &b), FM_OK);
    assert_int_equal(fm_tensor_assign(second, b, a), FM_OK);
    fm_tensor_release(a);
    fm_memory_read_stats(ctx->memory, &here);
    fm_memory_read_stats(second->memory, &there);
    assert_int_equal(here.in_use, 64);
    assert_int_equal(there.in_use, 0);
    assert_true(first_of(b) == 1.0);
    fm_tensor_release(b);
    fm_memory_read_stats(ctx->memory, &here);
    assert_int_equal(here.in_use, 0);
    fm_context_close(second);
}

/* Everything between opening a context and closing it, with the nth allocation failing. */
static fm_status whole_life(void) {
    fm_context *own;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    fm_status status = fm_context_open(&options, &own, NULL);
    if (status != FM_OK) return status;
    int64_t n = 8;
    double data[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    fm_tensor *a = NULL, *out = NULL;
    status = fm_tensor_from_host(own, FM_FLOAT64, 1, &n, data, &a);
    uint64_t before = fm_budget_used(fm_context_budget(own));
    if (status == FM_OK) {
        fm_value values[] = {fm_value_tensor(a), fm_value_tensor(a)};
        fm_tensor **const slots[] = {&out};
        status = fm_corridor(own, &scripted_row, values, slots);
        uint64_t charged = fm_budget_used(fm_context_budget(own)) - before;
        assert_int_equal(charged, status == FM_OK ? 8 : 0);
        if (status != FM_OK) assert_null(out);
    }
    fm_tensor_release(a);
    fm_tensor_release(out);
    fm_context_close(own);
    return status;
}

static void every_failed_allocation_is_survived(void **state) {
    (void)state;
    fm_status status = FM_ERR_MEMORY;
    uint64_t nth = 0;
    while (status != FM_OK) {
        fm_alloc_fail_at(++nth, 0);
        status = whole_life();
        fm_alloc_fail_at(0, 0);
        if (status != FM_OK) assert_int_equal(status, FM_ERR_MEMORY);
        assert_int_equal(scripted.live_plans, 0);
        assert_int_equal(scripted.allocs, scripted.frees);
        assert_true(nth < 200);
    }
    assert_true(nth > 5);
}

#define WITH_CONTEXT(test) cmocka_unit_test_setup_teardown(test, open_context, close_context)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_CONTEXT(a_call_is_charged_and_runs),
        WITH_CONTEXT(a_repeated_call_allocates_nothing),
        WITH_CONTEXT(a_refused_call_leaves_no_trace),
        WITH_CONTEXT(a_launch_that_fails_gives_its_charge_back),
        WITH_CONTEXT(slots_are_refilled_where_they_own_their_memory),
        WITH_CONTEXT(overlapping_memory_is_refused),
        WITH_CONTEXT(numbers_do_not_make_new_plans),
        WITH_CONTEXT(abstract_tensors_have_nothing_to_compute),
        WITH_CONTEXT(many_plans_stay_bounded),
        WITH_CONTEXT(the_same_call_is_known_again),
        WITH_CONTEXT(an_evicted_plan_is_not_known),
        WITH_CONTEXT(tensors_go_back_where_they_are_from),
        cmocka_unit_test(every_failed_allocation_is_survived),
    };
    if (fm_module_register(FM_CPU, scripted_entry) != FM_OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
