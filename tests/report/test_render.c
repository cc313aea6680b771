/* Renderings: both texts against golden ones, JSON read back, numbers as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cjson/cJSON.h>
#include <stdio.h>

#include "meter/captured.h"
#include "report/example.h"
#include "report/render.h"

/* Renders what the context counted and compares it with the text in a file beside this one. */
static void assert_golden(fm_context *ctx, fm_summary_format format, const char *file) {
    fm_summary *summary = NULL;
    char *text = NULL, path[512], expected[8192] = "";
    assert_int_equal(fm_summary_of_context(ctx, &summary), FM_OK);
    assert_int_equal(fm_summary_render(summary, format, &text), FM_OK);
    snprintf(path, sizeof path, "%s/report/%s", FM_TEST_DATA, file);
    FILE *golden = fopen(path, "r");
    assert_non_null(golden);
    assert_true(fread(expected, 1, sizeof expected - 1, golden) > 0);
    fclose(golden);
    assert_string_equal(text, expected);
    fm_free(text);
    fm_summary_release(summary);
}

static int set_up(void **state) {
    (void)state;
    use_fake_clock();
    fm_process_reset();
    return 0;
}

static void test_readme_text(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(run_example(&ctx, &budget), FM_OK);
    assert_golden(&ctx, FM_SUMMARY_TEXT, "readme.txt");
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_namespace_text(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_budget(&ctx, 1000, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(run_nested(&ctx), FM_OK);
    assert_int_equal(fm_charge(&ctx, "mine", 901, NULL), FM_ERR_BUDGET);
    assert_golden(&ctx, FM_SUMMARY_NAMESPACES, "namespaces.txt");
    fm_budget_release(budget);
    fake_close(&ctx);
}

/* Nothing timed: no time is printed as 0. Past the limit: more than 100 %. */
static void test_untimed_text(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OFF, true), FM_OK);
    assert_int_equal(fake_budget(&ctx, 10, FM_BUDGET_OBSERVE, &budget), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 25, FM_UNTIMED), FM_OK);
    fake_now += 1000000005;
    assert_golden(&ctx, FM_SUMMARY_TEXT, "untimed.txt");
    fm_budget_release(budget);
    fake_close(&ctx);
}

/* Captured calls stand beside the used FLOPs, not among them; replayed ones are part of both. */
static void test_graphs_text(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_captured captured;
    fm_summary *summary;
    char *text;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OFF, true), FM_OK);
    assert_int_equal(fake_budget(&ctx, 10000, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(fm_meter_capture(&ctx.meter, &captured, &ctx.error), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 1000, FM_UNTIMED), FM_OK);
    assert_int_equal(fake_op(&ctx, "mul", FM_FLOAT32, 500, FM_UNTIMED), FM_OK);
    fm_meter_capture_leave(&ctx.meter);
    assert_int_equal(fm_captured_seal(&captured, &ctx.error), FM_OK);
    for (int i = 0; i < 2; ++i) {
        assert_int_equal(fm_meter_replay(&ctx.meter, &captured, "graph", &ctx.error), FM_OK);
        fm_meter_replayed(&ctx.meter, &captured, 0);
    }
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 7, FM_UNTIMED), FM_OK);
    assert_int_equal(fm_summary_of_context(&ctx, &summary), FM_OK);
    assert_int_equal(fm_summary_totals_of(summary)->calls, 5);
    assert_int_equal(fm_summary_totals_of(summary)->used, 3007);
    assert_int_equal(fm_summary_render(summary, FM_SUMMARY_TEXT, &text), FM_OK);
    assert_non_null(strstr(text, "captured                        1,500  in 2 calls, not used\n"
                                 "replayed                        3,000  in 4 calls\n"));
    fm_free(text);
    assert_int_equal(fm_summary_render(summary, FM_SUMMARY_JSON, &text), FM_OK);
    assert_non_null(strstr(text, "\"captured\": 2,\n    \"captured_flops\": 1500,\n"
                                 "    \"replayed\": 4,\n    \"replayed_flops\": 3000\n"));
    fm_free(text);
    fm_summary_release(summary);
    fm_captured_close(&captured);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_empty_text(void **state) {
    (void)state;
    fm_summary *summary = NULL;
    char *text = NULL;
    assert_int_equal(fm_summary_of_process(&summary, NULL), FM_OK);
    assert_int_equal(fm_summary_render(summary, FM_SUMMARY_TEXT, &text), FM_OK);
    assert_non_null(strstr(text, "no operation was counted\n"));
    assert_null(strstr(text, "nan"));
    fm_free(text);
    text = NULL;
    assert_int_equal(fm_summary_render(summary, (fm_summary_format)9, &text), FM_ERR_ARGUMENT);
    assert_null(text);
    fm_summary_release(summary);
}

static uint64_t number_at(const cJSON *object, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    assert_true(cJSON_IsNumber(item));
    return (uint64_t)item->valuedouble;
}

static bool null_at(const cJSON *object, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    assert_non_null(item);
    return cJSON_IsNull(item);
}

static const char *text_at(const cJSON *object, const char *key) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static void check_totals(const cJSON *json) {
    assert_int_equal(number_at(json, "version"), 2);
    assert_string_equal(text_at(json, "name"), "test");
    assert_string_equal(text_at(json, "cost_model"), "textbook");
    assert_non_null(text_at(json, "cost_rule"));
    assert_string_equal(text_at(json, "device"), "cpu");
    assert_string_equal(text_at(json, "timing"), "per op");
    assert_int_equal(number_at(cJSON_GetObjectItem(json, "budget"), "used"), 100);
    assert_int_equal(number_at(json, "calls"), 4);
    assert_int_equal(number_at(json, "untimed_calls"), 1);
    assert_int_equal(number_at(json, "refused"), 0);
    const cJSON *time = cJSON_GetObjectItem(json, "time");
    assert_int_equal(number_at(time, "wall_ns"), 2000);
    assert_int_equal(number_at(time, "backend_ns"), 550);
    assert_int_equal(number_at(time, "residual_ns"), 1450);
    const cJSON *memory = cJSON_GetObjectItem(json, "memory");
    assert_int_equal(number_at(cJSON_GetObjectItem(memory, "host"), "reserved_peak"), 77);
    assert_int_equal(number_at(cJSON_GetObjectItem(memory, "device"), "in_use"), 0);
}

static void check_rows(const cJSON *json, fm_summary *summary) {
    const fm_op_row *rows;
    size_t count;
    const cJSON *ops = cJSON_GetObjectItem(json, "operations");
    assert_int_equal(fm_summary_group(summary, FM_BY_OP, &rows, &count), FM_OK);
    assert_int_equal(cJSON_GetArraySize(ops), 2);
    const cJSON *add = cJSON_GetArrayItem(ops, 0), *mine = cJSON_GetArrayItem(ops, 1);
    assert_string_equal(text_at(add, "op"), "add");
#define COUNTER(kind, name, meaning) assert_int_equal(number_at(add, #name), rows[0].name);
#include "meter/counters.def"
#undef COUNTER
    assert_true(cJSON_GetObjectItem(add, "share_of_flops")->valuedouble == 0.8);
    double rate = cJSON_GetObjectItem(add, "flops_per_second")->valuedouble;
    assert_true(rate > 145454545.4 && rate < 145454545.5); /* 80 in 550 ns */
    assert_true(null_at(mine, "flops_per_second"));
    assert_true(null_at(mine, "ns_total") && null_at(mine, "ns_min") && null_at(mine, "ns_max"));
    assert_int_equal(number_at(mine, "timed"), 0);
    const cJSON *spaces = cJSON_GetObjectItem(json, "namespaces");
    assert_string_equal(text_at(cJSON_GetArrayItem(spaces, 0), "name_space"), "train");
    const cJSON *all = cJSON_GetObjectItem(json, "rows");
    assert_int_equal(cJSON_GetArraySize(all), 4);
    assert_string_equal(text_at(cJSON_GetArrayItem(all, 0), "dtype"), "float64");
}

static void test_json(void **state) {
    (void)state;
    fm_context ctx;
    fm_budget *budget = NULL;
    fm_summary *summary = NULL;
    char *text = NULL;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OP, false), FM_OK);
    assert_int_equal(fake_budget(&ctx, UINT64_MAX, FM_BUDGET_ENFORCE, &budget), FM_OK);
    assert_int_equal(run_nested(&ctx), FM_OK);
    ctx.host.reserved_peak = 77;
    assert_int_equal(fm_summary_of_context(&ctx, &summary), FM_OK);
    assert_int_equal(fm_summary_render(summary, FM_SUMMARY_JSON, &text), FM_OK);
    assert_non_null(strstr(text, "\"limit\": 18446744073709551615,")); /* past a double's 53 bits */
    assert_non_null(strstr(text, "\"remaining\": 18446744073709551515"));
    assert_int_equal(text[strlen(text) - 1], '\n');
    cJSON *json = cJSON_Parse(text);
    assert_non_null(json);
    check_totals(json);
    check_rows(json, summary);
    cJSON_Delete(json);
    fm_free(text);
    fm_summary_release(summary);
    fm_budget_release(budget);
    fake_close(&ctx);
}

static void test_json_of_the_unknown(void **state) {
    (void)state;
    fm_context ctx;
    fm_summary *summary = NULL;
    char *text = NULL;
    assert_int_equal(fake_open(&ctx, FM_TIMING_OFF, false), FM_OK);
    assert_int_equal(fake_op(&ctx, "add", FM_FLOAT32, 25, FM_UNTIMED), FM_OK);
    assert_int_equal(fm_summary_of_process(&summary, NULL), FM_OK);
    assert_int_equal(fm_summary_render(summary, FM_SUMMARY_JSON, &text), FM_OK);
    cJSON *json = cJSON_Parse(text);
    assert_non_null(json);
    assert_true(null_at(json, "memory") && null_at(json, "name") && null_at(json, "timing"));
    const cJSON *time = cJSON_GetObjectItem(json, "time");
    assert_true(null_at(time, "backend_ns") && null_at(time, "overhead_ns"));
    assert_true(null_at(time, "residual_ns"));
    cJSON_Delete(json);
    fm_free(text);
    fm_summary_release(summary);
    fake_close(&ctx);
}

static void test_numbers(void **state) {
    (void)state;
    char text[FM_TIME_TEXT];
    assert_string_equal(fm_time_format(0, text), "0 ns");
    assert_string_equal(fm_time_format(999, text), "999 ns");
    assert_string_equal(fm_time_format(1000, text), "1.000 us");
    assert_string_equal(fm_time_format(1234567, text), "1.235 ms");
    assert_string_equal(fm_time_format(61000000000, text), "61.000 s");
    assert_string_equal(fm_seconds_format(61000000007, text), "61.000000007 s");
    assert_string_equal(fm_bytes_format(1023, text), "1023 B");
    assert_string_equal(fm_bytes_format(1536, text), "1.5 KiB");
    assert_string_equal(fm_bytes_format(UINT64_C(5) << 30, text), "5.0 GiB");
    assert_string_equal(fm_bytes_format(UINT64_MAX, text), "16.0 EiB");
    assert_true(fm_percent(1, 0) == 0);
    assert_true(fm_percent(1, 4) == 25);
}

static void test_rate(void **state) {
    (void)state;
    double rate = -1;
    fm_op_row row = {.calls = 2, .timed = 1, .flops = 8, .ns_total = 2};
    assert_false(fm_op_row_rate(&row, &rate)); /* the FLOPs of the timed call are not known */
    row.timed = 2;
    row.ns_total = 0;
    assert_false(fm_op_row_rate(&row, &rate));
    assert_true(rate == -1);
    row.ns_total = 2;
    assert_true(fm_op_row_rate(&row, &rate));
    assert_true(rate == 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_readme_text, set_up),
        cmocka_unit_test_setup(test_namespace_text, set_up),
        cmocka_unit_test_setup(test_untimed_text, set_up),
        cmocka_unit_test_setup(test_graphs_text, set_up),
        cmocka_unit_test_setup(test_empty_text, set_up),
        cmocka_unit_test_setup(test_json, set_up),
        cmocka_unit_test_setup(test_json_of_the_unknown, set_up),
        cmocka_unit_test_setup(test_numbers, set_up),
        cmocka_unit_test_setup(test_rate, set_up),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fm_process_reset();
    return failed;
}
