/* Summaries: totals, rows and groups by hand-computed numbers, of a context and of the process;
   failing allocations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/alloc.h"
#include "report/example.h"
#include "report/summary.h"

static int set_up(void **state) {
    (void)state;
    use_fake_clock();
    fm_process_reset();
    return 0;
}

static fm_summary *summary_of(fm_context *ctx) {
    fm_summary *summary = NULL;
    assert_int_equal(fm_summary_of_context(ctx, &summary), FM_OK);
    return summary;
}

static void test_totals(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(run_example(&ctx, &budget), FM_OK);
    assert_int_equal(fake_op(&ctx, "einsum", FM_FLOAT32, 93768960, 5), FM_ERR_BUDGET);
    fm_summary *summary = summary_of(&ctx);
    const fm_summary_totals *t = fm_summary_totals_of(summary);
    assert_string_equal(t->name, "readme");
    assert_string_equal(t->cost_model, "textbook");
    assert_string_equal(t->device, "cpu");
    assert_int_equal(t->limit, 100000000);
    assert_int_equal(t->used, 6231041);
    assert_int_equal(t->remaining, 93768959);
    assert_int_equal(t->calls, 21);
    assert_int_equal(t->refused, 1);
    assert_int_equal(t->untimed_calls, 0);
    assert_int_equal(t->backend_ns, 26102408);
    assert_int_equal(t->overhead_ns, 21 * 50);
    assert_int_equal(t->residual_ns, 1000000);
    assert_int_equal(t->wall_ns, t->backend_ns + t->overhead_ns + t->residual_ns);
    assert_int_equal(t->host_memory.in_use_peak, 5242880);
    assert_int_equal(fm_summary_row_count(summary), EXAMPLE_OPS);
    assert_null(fm_summary_row(summary, EXAMPLE_OPS));
    for (size_t i = 0; i < EXAMPLE_OPS; ++i) {
        const fm_op_row *row = fm_summary_row(summary, EXAMPLE_OPS - 1 - i);
        assert_string_equal(row->op, example[i].op);
        assert_int_equal(row->flops, example[i].flops * example[i].calls);
        assert_int_equal(row->calls, example[i].calls);
        assert_int_equal(row->ns_min, example[i].ns);
        assert_int_equal(row->ns_max, example[i].ns + example[i].calls - 1);
    }
    fm_summary_release(summary);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void assert_row(const fm_op_row *row, const char *op, fm_dtype dtype, const char *name_space,
                       uint64_t calls, uint64_t flops) {
    assert_string_equal(row->op, op);
    assert_int_equal(row->dtype, dtype);
    assert_string_equal(row->name_space, name_space);
    assert_int_equal(row->calls, calls);
    assert_int_equal(row->flops, flops);
}

static void test_groups(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    const fm_op_row *rows;
    size_t count;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_budget(&ctx, 1000, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(run_nested(&ctx), FM_OK);
    fm_summary *summary = summary_of(&ctx);
    fm_budget_release(budget);
    fake_close(&ctx); /* the summary outlives it */
    assert_int_equal(fm_summary_group(summary, FM_BY_ALL, &rows, &count), FM_OK);
    assert_int_equal(count, 4);
    assert_row(&rows[0], "add", FM_FLOAT64, "train", 1, 40);
    assert_row(&rows[1], "add", FM_FLOAT32, "train", 1, 30);
    assert_row(&rows[2], "mine", FM_DTYPE_NONE, "train.step", 1, 20);
    assert_row(&rows[3], "add", FM_FLOAT32, "", 1, 10);
    assert_int_equal(fm_summary_group(summary, FM_BY_OP, &rows, &count), FM_OK);
    assert_int_equal(count, 2);
    assert_row(&rows[0], "add", FM_DTYPE_NONE, "", 3, 80);
    assert_int_equal(rows[0].macs, 40);
    assert_int_equal(rows[0].bytes, 320);
    assert_int_equal(rows[0].timed, 3);
    assert_int_equal(rows[0].ns_total, 550);
    assert_int_equal(rows[0].ns_min, 50);
    assert_int_equal(rows[0].ns_max, 400);
    assert_row(&rows[1], "mine", FM_DTYPE_NONE, "", 1, 20);
    assert_int_equal(rows[1].timed, 0);
    assert_int_equal(rows[1].ns_min, 0);
    assert_int_equal(fm_summary_group(summary, FM_BY_NAMESPACE, &rows, &count), FM_OK);
    assert_int_equal(count, 3);
    assert_row(&rows[0], "", FM_DTYPE_NONE, "train", 2, 70);
    assert_row(&rows[1], "", FM_DTYPE_NONE, "train.step", 1, 20);
    assert_row(&rows[2], "", FM_DTYPE_NONE, "", 1, 10);
    assert_int_equal(fm_summary_group(summary, FM_BY_OP_DTYPE, &rows, &count), FM_OK);
    assert_int_equal(count, 3);
    assert_row(&rows[0], "add", FM_FLOAT32, "", 2, 40);
    assert_row(&rows[1], "add", FM_FLOAT64, "", 1, 40);
    assert_int_equal(fm_summary_group(summary, (fm_group_by)4, &rows, &count), FM_ERR_ARGUMENT);
    fm_summary_release(summary);
}

static void test_reset(void **state) {
    (void)state;
    fm_context ctx;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(run_nested(&ctx), FM_OK);
    uint64_t used = fm_budget_used(fm_context_budget(&ctx));
    fm_context_reset_ledger(&ctx);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 1, 9), FM_OK);
    fm_summary *summary = summary_of(&ctx);
    const fm_summary_totals *t = fm_summary_totals_of(summary);
    assert_string_equal(t->name, "test");
    assert_int_equal(t->calls, 1);
    assert_int_equal(t->used, used + 1);
    assert_int_equal(fm_summary_row(summary, 0)->ns_max, 9);
    fm_summary_release(summary);
    fake_close(&ctx);
}

/* A summary waits for what the device still owes. */
static void test_waits(void **state) {
    (void)state;
    fm_context ctx;
    fm_row_cache cache = {0};
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, true), FM_OK);
    fm_ledger_row *row = fm_meter_row(&ctx.meter, &cache, "matmul", FM_FLOAT32);
    fm_meter_record(&ctx.meter, row, &(fm_call_record){.flops = 8, .ns = FM_UNTIMED, .ticket = 3});
    ctx.device_ns = 4;
    fm_summary *summary = summary_of(&ctx);
    assert_int_equal(ctx.synchronizations, 1);
    assert_int_equal(fm_summary_row(summary, 0)->ns_total, 12);
    assert_int_equal(fm_summary_totals_of(summary)->untimed_calls, 0);
    fm_summary_release(summary);
    summary = summary_of(&ctx);
    assert_int_equal(ctx.synchronizations, 1);
    fm_summary_release(summary);
    fake_close(&ctx);
}

static void test_process(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_summary *summary = NULL;
    fm_error error;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_op(&ctx, "hidden", FM_FLOAT32, 5, 1), FM_OK);
    for (int i = 0; i < 2; ++i) {
        assert_int_equal(fake_budget(&ctx, 1000, FM_BUDGET_ENFORCE, &budget), FM_OK);
        assert_int_equal(run_nested(&ctx), FM_OK);
        if (i == 0) assert_int_equal(fm_budget_close(&ctx), FM_OK);
        if (i == 0) fm_budget_release(budget);
    }
    assert_int_equal(fm_summary_of_process(&summary, &error), FM_OK);
    assert_int_equal(fm_summary_row_count(summary), 4); /* closed and open ones are merged */
    assert_row(fm_summary_row(summary, 0), "add", FM_FLOAT64, "train", 2, 80);
    const fm_summary_totals *t = fm_summary_totals_of(summary);
    assert_int_equal(t->limit, 2000);
    assert_int_equal(t->used, 200);
    assert_int_equal(t->remaining, 1800);
    assert_int_equal(t->calls, 8);
    assert_int_equal(t->wall_ns, 4000);
    assert_int_equal(t->wall_ns, t->backend_ns + t->overhead_ns + t->residual_ns);
    fm_summary_release(summary);
    assert_int_equal(fm_summary_of_process(NULL, &error), FM_ERR_ARGUMENT);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static fm_status summarize(fm_context *ctx, fm_summary_format format) {
    fm_summary *summary = NULL;
    char *text = NULL;
    fm_status status =
        ctx ? fm_summary_of_context(ctx, &summary) : fm_summary_of_process(&summary, NULL);
    if (status == FM_OK) status = fm_summary_render(summary, format, &text);
    assert_true((text != NULL) == (status == FM_OK));
    fm_free(text);
    fm_summary_release(summary);
    return status;
}

static void test_no_memory(void **state) {
    (void)state;
    fm_context ctx;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(run_nested(&ctx), FM_OK);
    for (int process = 0; process < 2; ++process) {
        for (int format = FM_SUMMARY_TEXT; format <= FM_SUMMARY_JSON; ++format) {
            fm_status status = FM_ERR_MEMORY;
            uint64_t nth = 0;
            while (status != FM_OK) {
                fm_alloc_fail_at(++nth, 0);
                status = summarize(process ? NULL : &ctx, (fm_summary_format)format);
                fm_alloc_fail_at(0, 0);
                assert_true(status == FM_OK || status == FM_ERR_MEMORY);
            }
            assert_true(nth > 5);
        }
    }
    fake_close(&ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_totals, set_up),
        cmocka_unit_test_setup(test_groups, set_up),
        cmocka_unit_test_setup(test_reset, set_up),
        cmocka_unit_test_setup(test_waits, set_up),
        cmocka_unit_test_setup(test_process, set_up),
        cmocka_unit_test_setup(test_no_memory, set_up),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fm_process_reset();
    return failed;
}
