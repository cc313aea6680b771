/* Programs: charged once, their inner calls not at all; what happens to slots, charges and memory
   when any stage fails; values read beforehand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "call/corridor.h"
#include "call/reply.h"
#include "core/alloc.h"
#include "ops/args.h"
#include "ops/param.h"
#include "ops/program.h"

static fm_context *ctx;
static fm_status ends_with; /* what the program's end is to be */

static int open_context(void **state) {
    (void)state;
    fm_error error;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    ends_with = FM_OK;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return 0;
}

static int close_context(void **state) {
    (void)state;
    fm_context_close(ctx);
    assert_int_equal(fm_layout_count(), 0);
    return 0;
}

/* (x + x) * 3 */
static fm_status run_sixfold(fm_program *p) {
    fm_value x = fm_arg(p, 0);
    fm_tensor *twice = FM_DO(p, "add", x, x);
    fm_tensor *six = FM_DO(p, "multiply", V_T(twice), V_F(3));
    fm_program_return(p, 0, six);
    if (ends_with != FM_OK) fm_program_fail(p, ends_with, 1, "told to fail");
    return p->status;
}

static fm_status infer_like(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound, (void)error;
    r->compute = r->in[0]->dtype;
    fm_output_set(r, 0, r->in[0]->dtype, r->in[0]->ndim, fm_layout_shape(r->in[0]));
    return FM_OK;
}

static fm_status cost_size(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    fm_u128 units = (fm_u128)r->in[0]->size;
    if (bound->probed) units = (fm_u128)bound->probed[0];
    return fm_cost_result(bound, fm_work_add_units(work, bound->row->name, units), error);
}

#define SIXFOLD                                                                                    \
    .nparams = 1, .nout = 1, .family = FM_FAMILY_STATISTICS, .params = {FM_P_TENSOR("x")},         \
    .infer = infer_like, .cost = cost_size, .run = run_sixfold

static const fm_row sixfold = {.name = "sixfold", SIXFOLD};

static fm_tensor *vector(int64_t n, double first) {
    double data[64];
    for (int64_t i = 0; i < n; i++) data[i] = first + (double)i;
    fm_tensor *tensor;
    assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, data, &tensor), FM_OK);
    return tensor;
}

static double at(const fm_tensor *tensor, int64_t i) {
    double data[64];
    assert_int_equal(fm_tensor_to_host(ctx, tensor, data, fm_tensor_nbytes(tensor)), FM_OK);
    return data[i];
}

static uint64_t used(void) {
    return fm_budget_used(fm_context_budget(ctx));
}

static fm_status call(const fm_row *row, const fm_tensor *x, fm_tensor **out) {
    fm_value values[] = {fm_value_tensor(x)};
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, row, values, slots);
}

static void it_is_charged_once(void **state) {
    (void)state;
    uint64_t before = used();
    fm_tensor *x = vector(5, 1), *out = NULL;
    for (int i = 0; i < 3; i++) assert_int_equal(call(&sixfold, x, &out), FM_OK);
    assert_true(at(out, 4) == 30);
    assert_int_equal(used() - before, 15);
    fm_tensor_release(x);
    fm_tensor_release(out);
}

static void a_failure_gives_the_charge_back(void **state) {
    (void)state;
    uint64_t before = used();
    fm_tensor *x = vector(5, 1), *out = vector(2, 7), *none = NULL;
    ends_with = FM_ERR_ARGUMENT;
    assert_int_equal(call(&sixfold, x, &none), FM_ERR_ARGUMENT);
    assert_null(none);
    assert_string_equal(fm_context_message(ctx), "sixfold: argument 1: told to fail");
    ends_with = FM_ERR_NUMERIC; /* what only the values could show keeps its charge */
    assert_int_equal(call(&sixfold, x, &out), FM_ERR_NUMERIC);
    assert_true(at(out, 1) == 8);
    assert_int_equal(used() - before, 5);
    fm_tensor_release(x);
    fm_tensor_release(out);
}

static void slots_are_written_by_the_rules_of_slots(void **state) {
    (void)state;
    fm_tensor *x = vector(3, 1), *own = vector(9, 0), *shared = vector(3, 0);
    fm_tensor *small = vector(2, 5);
    fm_tensor *other = fm_tensor_retain(shared), *view = NULL, *narrow = NULL;
    assert_int_equal(call(&sixfold, x, &own), FM_OK);
    assert_int_equal(fm_tensor_size(own), 3);
    fm_argument arguments[] = {{NULL, fm_value_tensor(shared)}};
    assert_int_equal(fm_call(ctx, "transpose", arguments, 1, &view, 1), FM_OK);
    assert_int_equal(call(&sixfold, x, &shared), FM_OK);
    assert_true(at(view, 2) == 18); /* the elements that the view sees too */
    arguments[0].value = fm_value_tensor(small);
    assert_int_equal(fm_call(ctx, "transpose", arguments, 1, &narrow, 1), FM_OK);
    uint64_t before = used();
    assert_int_equal(call(&sixfold, x, &small), FM_ERR_SHAPE);
    assert_int_equal(used(), before);
    assert_true(at(small, 0) == 5);
    fm_tensor *all[] = {x, own, shared, small, other, view, narrow};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) fm_tensor_release(all[i]);
}

static void a_slot_may_be_the_operand(void **state) {
    (void)state;
    fm_tensor *x = vector(3, 1);
    assert_int_equal(call(&sixfold, x, &x), FM_OK);
    assert_true(at(x, 2) == 18);
    fm_tensor_release(x);
}

/* A result that is the operand itself becomes a handle of its own. */
static fm_status run_same(fm_program *p) {
    fm_program_return(p, 0, fm_program_tensor(p, 0));
    return p->status;
}

static void the_operand_may_be_the_result(void **state) {
    (void)state;
    fm_row same = sixfold;
    same.name = "same";
    same.run = run_same;
    fm_tensor *x = vector(3, 1), *out = NULL;
    assert_int_equal(call(&same, x, &out), FM_OK);
    assert_ptr_not_equal(x, out);
    assert_ptr_equal(fm_tensor_data(x), fm_tensor_data(out));
    fm_tensor_release(x);
    assert_true(at(out, 2) == 3);
    fm_tensor_release(out);
    fm_context_trim(ctx);
}

/* The cost is the number of elements above 2. */
static fm_status probe_large(fm_program *p, int64_t probed[FM_PROBED]) {
    fm_tensor *large = FM_DO(p, "greater", fm_arg(p, 0), V_F(2));
    probed[0] = fm_program_int(p, FM_DO(p, "sum", V_T(large)));
    return p->status;
}

static void a_probe_decides_the_cost(void **state) {
    (void)state;
    const fm_row probing = {.name = "probing", SIXFOLD, .probe = probe_large};
    fm_tensor *x = vector(5, 1), *y = vector(5, -9), *out = NULL;
    uint64_t before = used();
    assert_int_equal(call(&probing, x, &out), FM_OK);
    assert_int_equal(used() - before, 3);
    assert_int_equal(call(&probing, y, &out), FM_OK);
    assert_int_equal(used() - before, 3);
    fm_tensor_release(x);
    fm_tensor_release(y);
    fm_tensor_release(out);
}

static void a_refused_program_runs_nothing(void **state) {
    (void)state;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    fm_budget *budget = NULL;
    options.flops = 4;
    assert_int_equal(fm_budget_open(ctx, &options, &budget), FM_OK);
    fm_tensor *x = vector(5, 1), *out = NULL;
    assert_int_equal(call(&sixfold, x, &out), FM_ERR_BUDGET);
    assert_null(out);
    assert_string_equal(fm_context_error(ctx)->exception, "BudgetExhaustedError");
    fm_tensor_release(x);
    assert_int_equal(fm_budget_close(ctx), FM_OK);
}

/* Every allocation in turn fails, until none does: nothing is lost, charged or left half done. */
static void every_allocation_may_fail(void **state) {
    (void)state;
    fm_tensor *x = vector(5, 1), *out = NULL;
    uint64_t before = used();
    fm_status status = FM_ERR_MEMORY;
    int n = 0;
    while (status == FM_ERR_MEMORY && n < 500) {
        fm_context_trim(ctx);
        fm_alloc_fail_at((uint64_t)++n, 0);
        status = call(&sixfold, x, &out);
        fm_alloc_fail_at(0, 0);
        if (status == FM_ERR_MEMORY) {
            assert_null(out);
            assert_int_equal(used(), before);
        }
    }
    assert_int_equal(status, FM_OK);
    assert_true(n > 5);
    assert_true(at(out, 0) == 6);
    fm_tensor_release(x);
    fm_tensor_release(out);
}

static fm_status run_reply(fm_program *p) {
    fm_value halves[2] = {fm_arg(p, 0), V_S("text")};
    fm_value items[3] = {V_I(7), V_TUPLE(halves, 2), V_NONE};
    fm_program_reply(p, V_TUPLE(items, 3));
    return p->status;
}

static void a_reply_owns_what_it_holds(void **state) {
    (void)state;
    const fm_row row = {.name = "telling", SIXFOLD, .flags = FM_ROW_REPLY};
    fm_row telling = row;
    telling.run = run_reply;
    struct fm_reply *reply = fm_reply_new();
    fm_tensor *x = vector(2, 4);
    fm_value values[] = {fm_value_tensor(x)};
    assert_int_equal(fm_corridor_reply(ctx, &telling, values, NULL, reply), FM_OK);
    fm_tensor_release(x);
    const fm_value *value = fm_reply_value(reply);
    assert_int_equal(value->kind, FM_VALUE_TUPLE);
    assert_int_equal(value->as.items[0].as.i, 7);
    const fm_value *pair = value->as.items[1].as.items;
    assert_true(at(pair[0].as.tensor, 1) == 5);
    assert_string_equal(pair[1].as.string, "text");
    fm_reply_release(reply);
}

static fm_status by_name(const char *op, const fm_argument *arguments, size_t count,
                         double *first) {
    fm_reply *reply;
    FM_TRY(fm_call_reply(ctx, op, arguments, count, &reply));
    fm_scalar item;
    fm_status status = fm_tensor_item(ctx, fm_reply_value(reply)->as.tensor, &item);
    *first = item.dtype == FM_FLOAT64 ? item.value.f : (double)item.value.i;
    fm_reply_release(reply);
    return status;
}

static void nested_lists_are_arrays(void **state) {
    (void)state;
    fm_value row0[] = {V_I(1), V_F(2.5)}, row1[] = {V_B(true), V_I(-4)};
    fm_value both[] = {V_TUPLE(row0, 2), V_TUPLE(row1, 2)}, one[] = {V_TUPLE(row0, 2), V_I(1)};
    fm_argument arguments[] = {{NULL, V_TUPLE(both, 2)}, {"axis", V_NONE}};
    double total = 0;
    arguments[0].value.kind = FM_VALUE_LIST;
    assert_int_equal(by_name("sum", arguments, 2, &total), FM_OK);
    assert_true(total == 0.5);
    arguments[0].value.as.items = one;
    assert_int_equal(by_name("sum", arguments, 2, &total), FM_ERR_SHAPE);
    assert_non_null(strstr(fm_context_message(ctx), "sum: argument 1: a list at depth 1"));
}

static void out_where_and_dtype_are_taken_by_name(void **state) {
    (void)state;
    fm_tensor *x = vector(3, 1), *out = vector(3, 50), *wrong = vector(2, 0);
    fm_value flags[] = {V_B(true), V_B(false), V_B(true)};
    fm_argument arguments[] = {{NULL, fm_value_tensor(x)},
                               {NULL, V_I(1)},
                               {"out", fm_value_tensor(out)},
                               {"where", V_TUPLE(flags, 3)}};
    fm_reply *reply;
    uint64_t before = used();
    assert_int_equal(fm_call_reply(ctx, "add", arguments, 4, &reply), FM_OK);
    assert_ptr_equal(fm_reply_value(reply)->as.tensor, out);
    assert_true(at(out, 0) == 2 && at(out, 1) == 51 && at(out, 2) == 4);
    assert_int_equal(used() - before, 3);
    fm_reply_release(reply);
    arguments[2].value = fm_value_tensor(wrong);
    assert_int_equal(fm_call_reply(ctx, "add", arguments, 4, &reply), FM_ERR_SHAPE);
    arguments[2] = (fm_argument){"dtype", V_D(FM_INT64)};
    assert_int_equal(fm_call_reply(ctx, "add", arguments, 3, &reply), FM_ERR_DTYPE);
    assert_string_equal(fm_context_error(ctx)->exception, "UFuncTypeError");
    assert_int_equal(used() - before, 3);
    fm_tensor_release(x);
    fm_tensor_release(out);
    fm_tensor_release(wrong);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_context, close_context)
    const struct CMUnitTest tests[] = {
        TEST(it_is_charged_once),
        TEST(a_failure_gives_the_charge_back),
        TEST(slots_are_written_by_the_rules_of_slots),
        TEST(a_slot_may_be_the_operand),
        TEST(the_operand_may_be_the_result),
        TEST(a_probe_decides_the_cost),
        TEST(a_refused_program_runs_nothing),
        TEST(every_allocation_may_fail),
        TEST(a_reply_owns_what_it_holds),
        TEST(nested_lists_are_arrays),
        TEST(out_where_and_dtype_are_taken_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
