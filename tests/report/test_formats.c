/* Every form of one run: golden files, the same numbers in each, the way back from JSON, runs
   compared. FM_GOLDEN_WRITE=1 in the environment writes the golden files anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/alloc.h"
#include "report/synthetic.h"

static const made_row rows[] = {
    {"matmul", "train", FM_FLOAT32, 100, 13743895347200, 6871947673600, 20132659200, 210000000},
    {"matmul", "evaluate", FM_FLOAT16, 10, 1374389534720, 687194767360, 1006632960, 2500000},
    {"add", "train", FM_FLOAT32, 1000, 1000000, 0, 12000000, 5000000},
    {"odd \"name\", <b>", "", FM_FLOAT64, 3, 300, 0, 4800, 12000},
    {"mine", "", FM_DTYPE_NONE, 1, 77, 0, 0, 0},
};

static void add_series(fm_summary *s) {
    static const char *const names[] = {"", "matmul", "sgemm", "train"};
    s->points = fm_alloc(3 * sizeof *s->points);
    s->events = fm_alloc(2 * sizeof *s->events);
    s->event_names = fm_alloc(4 * sizeof *s->event_names);
    assert_true(s->points && s->events && s->event_names);
    for (uint64_t i = 0; i < 3; ++i)
        s->points[s->point_count++] = (fm_timeline_point){i * 1000, i * 500, 2000, i + 1};
    for (size_t i = 0; i < 4; ++i) s->event_names[i] = fm_summary_keep(s, names[i]);
    s->event_name_count = 4;
    s->timeline_began = 5000;
    s->events[0] = (fm_timeline_event){.start = 5100,
                                       .ns = 40,
                                       .flops = 9,
                                       .used = 9,
                                       .name = 1,
                                       .name_space = 3,
                                       .call = 1,
                                       .kind = FM_TIMELINE_OP,
                                       .dtype = FM_FLOAT32};
    s->events[1] = (fm_timeline_event){
        .start = 5150, .ns = 30, .name = 2, .call = 1, .stream = 7, .kind = FM_TIMELINE_KERNEL};
    s->event_count = 2;
    fm_report_step step = {sizeof step, 1, 500, 500, 0.25, 2.5, (double)NAN};
    assert_int_equal(fm_report_add_step(s, &step), FM_OK);
    fm_sweep_row size = {"mlp", 0.5, 64, 1000, 150, 0.001};
    assert_true(fm_summary_add_size(s, &size));
}

static fm_summary *make_run(void) {
    fm_summary *s = made_summary();
    assert_non_null(s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
        assert_true(made_add(s, &rows[i], rows[i].ns ? rows[i].op : NULL));
    assert_true(made_stray(s, "void at::native::vectorized<4, float>(int)", 1000000));
    assert_true(made_stray(s, "HtoD", 300000));
    fm_summary_sort_kernels(s);
    add_series(s);
    s->totals.limit = 100000000000000;
    s->totals.used = 15118285882297;
    s->totals.remaining = s->totals.limit - s->totals.used;
    s->has_memory = true;
    s->totals.device_memory = (fm_memory_stats){1024, 1 << 20, 4096, 2 << 20, 3};
    fm_times times = {.wall = 300000000, .backend = 218800000, .overhead = 1200000};
    assert_int_equal(fm_summary_finish(s, times), FM_OK);
    return s;
}

static char *render(const fm_summary *s, fm_report_format format, bool macs) {
    fm_report_options options = FM_REPORT_OPTIONS_INIT;
    char *text = NULL;
    options.macs = macs;
    assert_int_equal(fm_report_render(s, format, &options, &text), FM_OK);
    return text;
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail_msg("%s is not there", path);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_golden(fm_report_format format, bool macs, const char *name) {
    char path[512];
    fm_summary *s = make_run();
    char *text = render(s, format, macs);
    snprintf(path, sizeof path, "%s/report/%s", FM_TEST_DATA, name);
    if (getenv("FM_GOLDEN_WRITE")) write_file(path, text);
    char *expected = read_file(path);
    assert_string_equal(text, expected);
    free(expected);
    fm_free(text);
    fm_summary_release(s);
}

static void golden_files(void **state) {
    (void)state;
    assert_golden(FM_REPORT_TEXT, true, "run.txt");
    assert_golden(FM_REPORT_NAMESPACES, false, "run_namespaces.txt");
    assert_golden(FM_REPORT_JSON, false, "run.json");
    assert_golden(FM_REPORT_CSV, false, "run.csv");
    assert_golden(FM_REPORT_LINES, false, "run.jsonl");
    assert_golden(FM_REPORT_PROMETHEUS, false, "run.prom");
    assert_golden(FM_REPORT_TRACE, false, "run.trace.json");
}

static void json_reads_back_to_itself(void **state) {
    (void)state;
    char path[] = "/tmp/flopmeter-run-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    fm_summary *s = make_run(), *again = NULL;
    fm_error error = {0};
    for (int format = 0; format < FM_REPORT_FORMATS; ++format) {
        char *json = render(s, FM_REPORT_JSON, false);
        write_file(path, json);
        if (fm_report_load(path, &again, &error) != FM_OK) fail_msg("%s", error.message);
        char *before = render(s, (fm_report_format)format, true);
        char *after = render(again, (fm_report_format)format, true);
        assert_string_equal(before, after);
        fm_free(json);
        fm_free(before);
        fm_free(after);
        fm_summary_release(again);
    }
    unlink(path);
    fm_summary_release(s);
}

static void assert_refused(const char *text, const char *message) {
    char path[] = "/tmp/flopmeter-run-XXXXXX", expected[256];
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    write_file(path, text);
    fm_summary *s = NULL;
    fm_error error = {0};
    assert_int_equal(fm_report_load(path, &s, &error), FM_ERR_FORMAT);
    assert_null(s);
    snprintf(expected, sizeof expected, "%s: %s", path, message);
    assert_string_equal(error.message, expected);
    unlink(path);
}

static void files_that_are_no_runs(void **state) {
    (void)state;
    fm_summary *s = NULL;
    fm_error error = {0};
    assert_refused("[]", "expected object, found list");
    assert_refused("{\"version\": 1}", "version 1, but this library reads 2");
    assert_refused("{\"version\": -2}", "version: -2 is no count");
    assert_int_equal(fm_report_load("/nowhere/run.json", &s, &error), FM_ERR_NOT_FOUND);
}

/* The exact value of an op's row stands in text that is made of it alone. */
static void numbers_agree(void **state) {
    (void)state;
    fm_summary *s = make_run();
    char *json = render(s, FM_REPORT_JSON, false), *html = render(s, FM_REPORT_HTML, false),
         *csv = render(s, FM_REPORT_CSV, false), *prom = render(s, FM_REPORT_PROMETHEUS, false);
    for (size_t i = 0; i < s->groups[FM_BY_OP_DTYPE].count; ++i) {
        const fm_op_row *row = &s->groups[FM_BY_OP_DTYPE].rows[i];
        char text[64];
        snprintf(text, sizeof text, "\"flops\": %llu", (unsigned long long)row->flops);
        assert_non_null(strstr(json, text));
        snprintf(text, sizeof text, "data-value=\"%llu\"", (unsigned long long)row->flops);
        assert_non_null(strstr(html, text));
        snprintf(text, sizeof text, ",%llu,", (unsigned long long)row->flops);
        assert_non_null(strstr(csv, text));
        snprintf(text, sizeof text, "} %llu\n", (unsigned long long)row->flops);
        assert_non_null(strstr(prom, text));
        if (row->timed == 0) continue;
        snprintf(text, sizeof text, "\"ns_total\": %llu", (unsigned long long)row->ns_total);
        assert_non_null(strstr(json, text));
        snprintf(text, sizeof text, "data-value=\"%llu\"", (unsigned long long)row->ns_total);
        assert_non_null(strstr(html, text));
    }
    fm_free(json);
    fm_free(html);
    fm_free(csv);
    fm_free(prom);
    fm_summary_release(s);
}

static void names_are_escaped(void **state) {
    (void)state;
    fm_summary *s = make_run();
    char *html = render(s, FM_REPORT_HTML, false), *csv = render(s, FM_REPORT_CSV, false);
    assert_null(strstr(html, "<b>\""));
    assert_non_null(strstr(html, "odd &quot;name&quot;, &lt;b&gt;"));
    assert_non_null(strstr(csv, "\"odd \"\"name\"\", <b>\",float64"));
    fm_free(html);
    fm_free(csv);
    fm_summary_release(s);
}

static void colors_are_for_terminals(void **state) {
    (void)state;
    fm_summary *s = make_run();
    fm_report_options options = FM_REPORT_OPTIONS_INIT;
    char *text = render(s, FM_REPORT_TEXT, false);
    assert_null(strchr(text, '\033'));
    fm_free(text);
    options.color = true;
    assert_int_equal(fm_report_render(s, FM_REPORT_TEXT, &options, &text), FM_OK);
    assert_non_null(strstr(text, "\033[33mcoverage"));
    fm_free(text);
    fm_summary_release(s);
}

static void formats_by_their_names(void **state) {
    (void)state;
    fm_report_format format;
    assert_true(fm_report_format_of("a/run.trace.json", &format));
    assert_int_equal(format, FM_REPORT_TRACE);
    assert_true(fm_report_format_of("run.json", &format));
    assert_int_equal(format, FM_REPORT_JSON);
    assert_false(fm_report_format_of(".html", &format));
    assert_false(fm_report_format_of("run.pdf", &format));
}

static fm_summary *one_op(uint64_t ns) {
    fm_summary *s = made_summary();
    made_row row = rows[0];
    row.ns = ns;
    assert_non_null(s);
    assert_true(made_add(s, &row, "sgemm"));
    s->totals.used = row.flops;
    fm_times times = {.wall = 2 * ns, .backend = ns, .overhead = 100};
    assert_int_equal(fm_summary_finish(s, times), FM_OK);
    return s;
}

static int regressions(uint64_t before_ns, uint64_t after_ns, double limit) {
    fm_summary *before = one_op(before_ns), *after = one_op(after_ns);
    char *text = NULL;
    int count = -1;
    assert_int_equal(fm_report_compare(before, after, limit, NULL, &text, &count), FM_OK);
    assert_int_equal(count > 0, strstr(text, "  slower\n") != NULL);
    fm_free(text);
    fm_summary_release(before);
    fm_summary_release(after);
    return count;
}

static void slower_ops_are_regressions(void **state) {
    (void)state;
    assert_int_equal(regressions(1000000, 1100000, 9), 2); /* the op, and the whole run */
    assert_int_equal(regressions(1000000, 1100000, 10.1), 0);
    assert_int_equal(regressions(1000000, 900000, 0), 0);
    assert_int_equal(regressions(1000000, 9000000, INFINITY), 0);
}

/* Whatever allocation fails, the rendering says so and nothing is lost. */
static void every_allocation_may_fail(void **state) {
    (void)state;
    fm_summary *s = make_run();
    for (int format = 0; format < FM_REPORT_FORMATS; ++format) {
        fm_status status = FM_ERR_MEMORY;
        for (uint64_t nth = 1; status == FM_ERR_MEMORY && nth < 200; ++nth) {
            char *text = NULL;
            fm_alloc_fail_at(nth, 0);
            status = fm_report_render(s, (fm_report_format)format, NULL, &text);
            fm_alloc_fail_at(0, 0);
            assert_true((status == FM_OK) == (text != NULL));
            fm_free(text);
        }
        assert_int_equal(status, FM_OK);
    }
    fm_summary_release(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_files),
        cmocka_unit_test(json_reads_back_to_itself),
        cmocka_unit_test(files_that_are_no_runs),
        cmocka_unit_test(numbers_agree),
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(colors_are_for_terminals),
        cmocka_unit_test(formats_by_their_names),
        cmocka_unit_test(slower_ops_are_regressions),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
