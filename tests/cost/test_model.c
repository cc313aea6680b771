/* Work vectors and what each cost model makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "cost/einsum.h"
#include "cost/model.h"
#include "cost/rules.h"

static const fm_cost_model *model(const char *name) {
    const fm_cost_model *found = NULL;
    assert_int_equal(fm_cost_model_find(name, &found, NULL), FM_OK);
    return found;
}

static uint64_t charge(const char *name, double multiplier, const fm_work *work) {
    uint64_t flops = 0;
    assert_int_equal(fm_cost_apply(model(name), NULL, multiplier, work, &flops, NULL), FM_OK);
    return flops;
}

static fm_work work_of(fm_work_part part) {
    fm_work work;
    fm_work_begin(&work, false);
    assert_int_equal(fm_work_add_part(&work, &part), FM_OK);
    return work;
}

static void the_default_is_textbook(void **state) {
    (void)state;
    assert_string_equal(fm_cost_model_at(0)->name, "textbook");
    assert_null(fm_cost_model_at(-1));
    assert_null(fm_cost_model_at(3));
}

static void an_unknown_model_lists_the_known(void **state) {
    (void)state;
    const fm_cost_model *found = NULL;
    fm_error error;
    assert_int_equal(fm_cost_model_find("palaver", &found, &error), FM_ERR_NOT_FOUND);
    assert_null(found);
    assert_string_equal(
        error.message, "cost model 'palaver' is unknown; known are textbook, flopscope-0.4, torch");
    assert_int_equal(fm_cost_model_find(NULL, &found, &error), FM_ERR_ARGUMENT);
}

static void models_take_their_own_counts(void **state) {
    (void)state;
    fm_work product = work_of(
        (fm_work_part){.op = "matmul", .products = 60, .adds = 60, .outs = 12, .torch_mac = 60});
    assert_int_equal(charge("textbook", 1, &product), 120);
    assert_int_equal(charge("flopscope-0.4", 1, &product), 108);
    assert_int_equal(charge("torch", 1, &product), 120);
    fm_work exp = work_of((fm_work_part){.op = "exp", .units = 10});
    assert_int_equal(charge("textbook", 1, &exp), 160);
    assert_int_equal(charge("flopscope-0.4", 1, &exp), 160);
    assert_int_equal(charge("torch", 1, &exp), 0);
}

static void negative_counts_are_zero(void **state) {
    (void)state;
    fm_work empty = work_of((fm_work_part){.op = "matmul", .outs = 12});
    assert_int_equal(charge("flopscope-0.4", 1, &empty), 0);
    assert_int_equal(charge("textbook", 1, &empty), 0);
}

static void each_part_is_cut_to_an_integer(void **state) {
    (void)state;
    fm_work work;
    fm_work_begin(&work, false);
    assert_int_equal(fm_work_add_units(&work, "exp", 3), FM_OK);
    assert_int_equal(fm_work_add_units(&work, "add", 7), FM_OK);
    fm_work_report report;
    uint64_t flops;
    assert_int_equal(fm_cost_apply(model("flopscope-0.4"), NULL, 0.3, &work, &flops, &report),
                     FM_OK);
    assert_int_equal(report.nparts, 2);
    assert_int_equal(report.part[0].flops, 14);
    assert_int_equal(report.part[1].flops, 2);
    assert_int_equal(flops, 16);
    assert_true(report.part[0].weight == 16);
    assert_int_equal(charge("textbook", 0.3, &work), 16);
}

/* 2^53 + 1 has no double: the textbook keeps it, 0.4.3's arithmetic does not. */
static void the_textbook_stays_exact(void **state) {
    (void)state;
    const uint64_t odd = ((uint64_t)1 << 53) + 1;
    fm_work work = work_of((fm_work_part){.op = "add", .units = odd});
    assert_true(charge("textbook", 1, &work) == odd);
    assert_true(charge("flopscope-0.4", 1, &work) == odd - 1);
    assert_true(charge("textbook", 3, &work) == 3 * odd);
}

static void a_charge_past_64_bits_is_refused(void **state) {
    (void)state;
    uint64_t flops = 7;
    fm_work work = work_of((fm_work_part){.op = "exp", .units = (fm_u128)1 << 60});
    assert_int_equal(fm_cost_apply(model("textbook"), NULL, 1, &work, &flops, NULL),
                     FM_ERR_OVERFLOW);
    assert_int_equal(fm_cost_apply(model("flopscope-0.4"), NULL, 1, &work, &flops, NULL),
                     FM_ERR_OVERFLOW);
    work = work_of((fm_work_part){.op = "add", .units = UINT64_MAX});
    assert_true(charge("textbook", 1, &work) == UINT64_MAX);
    assert_int_equal(fm_work_add_units(&work, "subtract", 1), FM_OK);
    assert_int_equal(fm_cost_apply(model("textbook"), NULL, 1, &work, &flops, NULL),
                     FM_ERR_OVERFLOW);
    assert_true(flops == 7);
}

static void a_bad_multiplier_is_refused(void **state) {
    (void)state;
    const double bad[] = {-1, -0.5, INFINITY, NAN};
    fm_work work = work_of((fm_work_part){.op = "add", .units = 1});
    uint64_t flops;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(fm_cost_apply(model("textbook"), NULL, bad[i], &work, &flops, NULL),
                         FM_ERR_ARGUMENT);
}

static void parts_of_one_op_are_one(void **state) {
    (void)state;
    fm_work work, more;
    fm_work_begin(&work, false);
    fm_work_begin(&more, false);
    assert_int_equal(fm_work_add_units(&work, "add", 3), FM_OK);
    assert_int_equal(fm_work_add_units(&more, "add", 4), FM_OK);
    assert_int_equal(fm_work_add_units(&more, "exp", 1), FM_OK);
    work.bytes = 8;
    more.bytes = 4;
    assert_int_equal(fm_work_add(&work, &more), FM_OK);
    assert_int_equal(work.nparts, 2);
    assert_true(work.part[0].units == 7 && work.part[1].units == 1 && work.bytes == 12);
    assert_int_equal(fm_work_times(&work, 10), FM_OK);
    assert_true(work.part[0].units == 70 && work.bytes == 120);
    assert_int_equal(fm_work_times(&work, FM_U128_MAX), FM_ERR_OVERFLOW);
}

static void too_many_parts_are_refused(void **state) {
    (void)state;
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g",
                                        "h", "i", "j", "k", "l", "m"};
    fm_work work;
    fm_work_begin(&work, false);
    for (int i = 0; i < FM_WORK_PARTS; i++)
        assert_int_equal(fm_work_add_units(&work, names[i], 1), FM_OK);
    assert_int_equal(fm_work_add_units(&work, names[0], 1), FM_OK);
    assert_int_equal(fm_work_add_units(&work, names[FM_WORK_PARTS], 1), FM_ERR_OVERFLOW);
}

/* The program in flopscope's README, op by op. */
static void the_readme_program_costs_what_it_says(void **state) {
    (void)state;
    const int64_t square[2] = {256, 256}, row[1] = {256};
    const fm_extents matrix = {2, square}, vector = {1, row};
    const fm_extents operands[2] = {matrix, vector};
    const struct {
        const char *model;
        uint64_t used, einsum;
    } expected[] = {{"textbook", 6231041, 655360}, {"flopscope-0.4", 6229761, 654080}};
    for (size_t m = 0; m < 2; m++) {
        fm_work work;
        fm_work_report report;
        uint64_t flops;
        fm_work_begin(&work, model(expected[m].model)->faults);
        for (int layer = 0; layer < 5; layer++) {
            assert_int_equal(fm_cost_elementwise(&work, "random.randn", matrix), FM_OK);
            assert_int_equal(fm_cost_elementwise(&work, "multiply", matrix), FM_OK);
            assert_int_equal(fm_cost_einsum(&work, "einsum", "ij,j->i", 2, operands, NULL), FM_OK);
            if (layer < 4) assert_int_equal(fm_cost_elementwise(&work, "maximum", vector), FM_OK);
        }
        assert_int_equal(fm_cost_elementwise(&work, "random.randn", vector), FM_OK);
        assert_int_equal(fm_cost_elementwise(&work, "sqrt", (fm_extents){0, NULL}), FM_OK);
        assert_int_equal(fm_cost_apply(model(expected[m].model), NULL, 1, &work, &flops, &report),
                         FM_OK);
        assert_int_equal(flops, expected[m].used);
        for (int i = 0; i < report.nparts; i++)
            if (strcmp(report.part[i].op, "einsum") == 0)
                assert_int_equal(report.part[i].flops, expected[m].einsum);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_is_textbook),
        cmocka_unit_test(an_unknown_model_lists_the_known),
        cmocka_unit_test(models_take_their_own_counts),
        cmocka_unit_test(negative_counts_are_zero),
        cmocka_unit_test(each_part_is_cut_to_an_integer),
        cmocka_unit_test(the_textbook_stays_exact),
        cmocka_unit_test(a_charge_past_64_bits_is_refused),
        cmocka_unit_test(a_bad_multiplier_is_refused),
        cmocka_unit_test(parts_of_one_op_are_one),
        cmocka_unit_test(too_many_parts_are_refused),
        cmocka_unit_test(the_readme_program_costs_what_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
