/* Measured against expected: rates, bounds, the reason of each gap, coverage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <cmocka.h>

#include "report/synthetic.h"

static fm_summary *summary;

/* cmocka compares floats alone. */
static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance)) fail_msg("%.17g is not %.17g", value, expected);
}

static int set_up(void **state) {
    (void)state;
    summary = made_summary();
    return summary ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    fm_summary_release(summary);
    return 0;
}

static void finish(void) {
    fm_times times = {.wall = 2000000000, .backend = 1000000000, .overhead = 5000000};
    fm_summary_sort_kernels(summary);
    assert_int_equal(fm_summary_finish(summary, times), FM_OK);
}

/* 100 products of 4096: 13.74 TFLOP, which take 205 ms at 66.9 TFLOP/s. */
static const made_row product = {"matmul",      "",          FM_FLOAT32, 100, 13743895347200,
                                 6871947673600, 20132659200, 210000000};

static fm_analysis analysis_of(size_t row) {
    fm_analysis a;
    fm_analyse(summary, &summary->groups[FM_BY_OP_DTYPE].rows[row], &a);
    return a;
}

static void rates_and_shares(void **state) {
    (void)state;
    assert_true(made_add(summary, &product, "sgemm"));
    finish();
    fm_analysis a = analysis_of(0);
    assert_true(a.timed);
    assert_int_equal(a.kind, FM_PEAK_MATRIX_FLOAT32);
    assert_int_equal(a.bound, FM_BOUND_COMPUTE);
    assert_near(a.rate, 13743895347200 / 0.21, 1e3);
    assert_near(a.intensity, 13743895347200.0 / 20132659200.0, 1e-9);
    assert_near(a.peak_share, 13743895347200 / 0.21 / 66.9e12, 1e-12);
    assert_near(a.expected_ns, 13743895347200 / 66.9e12 * 1e9, 1);
    assert_near(a.ratio * a.roof_share, 1, 1e-12);
}

/* The only row's gap and its reason. */
static fm_reason only_reason(void) {
    fm_gap gaps[FM_GAPS];
    finish();
    assert_int_equal(fm_find_gaps(summary, gaps), 1);
    return gaps[0].analysis.reason;
}

static void launches_are_the_reason(void **state) {
    (void)state;
    /* 1,000 additions of 1,000 numbers: 4 us of launch, 2.5 ns of memory. */
    made_row row = {"add", "", FM_FLOAT32, 1000, 1000000, 0, 12000000, 5000000};
    assert_true(made_add(summary, &row, NULL));
    assert_int_equal(only_reason(), FM_REASON_LAUNCH);
    assert_int_equal(analysis_of(0).bound, FM_BOUND_LAUNCH);
}

/* A replay launches all of its work at once: the same additions, nine of ten in graphs. */
static void replays_are_not_launched_one_by_one(void **state) {
    (void)state;
    made_row row = {"add", "", FM_FLOAT32, 1000, 1000000, 0, 12000000, 5000000};
    fm_counters c = made_counters(&row);
    c.replayed = 900;
    assert_true(fm_summary_add(summary, "add", FM_FLOAT32, "", &c));
    assert_int_equal(only_reason(), FM_REASON_RATE);
    assert_near(analysis_of(0).launch_ns, 100 * summary->peaks.launch_ns, 1e-6);
}

/* 30 launches of 4 us are 0.12 ms at the least. */
static void sizes_are_launch_bound(void **state) {
    (void)state;
    fm_sweep_row size = {"mlp", 1, 16, 1000, 30, 0.00024};
    assert_near(fm_launch_share(summary, &size), 0.5, 1e-12);
    assert_string_equal(fm_size_bound(0.5), "launch");
    size.seconds = 0.0024;
    assert_near(fm_launch_share(summary, &size), 0.05, 1e-12);
    assert_string_equal(fm_size_bound(0.05), "device");
    size.launches = 0;
    assert_string_equal(fm_size_bound(fm_launch_share(summary, &size)), "n/a");
    size.launches = 30;
    summary->peaks.launch_ns = 0;
    assert_string_equal(fm_size_bound(fm_launch_share(summary, &size)), "n/a");
}

static fm_reason reason_with(made_row row, fm_counters more) {
    fm_counters c = made_counters(&row);
    c.blocks = more.blocks;
    c.slots = more.slots;
    c.tensor_flops = more.tensor_flops;
    c.counted_flops = more.counted_flops;
    c.bytes_read = more.bytes_read;
    c.counted_bytes = more.counted_bytes;
    assert_true(fm_summary_add(summary, row.op, row.dtype, "", &c));
    return only_reason();
}

static void small_grids_are_the_reason(void **state) {
    (void)state;
    made_row row = product;
    row.ns *= 4;
    assert_int_equal(reason_with(row, (fm_counters){.blocks = 1600, .slots = 26400}),
                     FM_REASON_OCCUPANCY);
}

static void full_grids_are_not(void **state) {
    (void)state;
    made_row row = product;
    row.ns *= 4;
    assert_int_equal(reason_with(row, (fm_counters){.blocks = 102400, .slots = 26400}),
                     FM_REASON_RATE);
}

static void padding_is_the_reason(void **state) {
    (void)state;
    made_row row = product;
    row.ns *= 2;
    assert_int_equal(
        reason_with(row, (fm_counters){.counted_flops = 100, .tensor_flops = 2 * product.flops}),
        FM_REASON_PADDING);
    assert_near(analysis_of(0).hardware_ratio, 2, 1e-12);
}

static void memory_is_the_reason(void **state) {
    (void)state;
    /* 10 sums of 2^28 numbers: 12.9 GB, 2.7 ms each at 4.8 TB/s. */
    made_row row = {"add", "", FM_FLOAT32, 10, 2684354560, 0, 32212254720, 10000000};
    assert_int_equal(reason_with(row, (fm_counters){0}), FM_REASON_TRAFFIC);
    assert_int_equal(analysis_of(0).bound, FM_BOUND_MEMORY);
}

static void more_bytes_than_the_least_are_memory_too(void **state) {
    (void)state;
    made_row row = product;
    row.ns *= 2;
    assert_int_equal(
        reason_with(row, (fm_counters){.counted_bytes = 100, .bytes_read = 2 * product.bytes}),
        FM_REASON_TRAFFIC);
}

static void what_reaches_its_roof_has_no_gap(void **state) {
    (void)state;
    fm_gap gaps[FM_GAPS];
    assert_true(made_add(summary, &product, NULL));
    finish();
    assert_int_equal(fm_find_gaps(summary, gaps), 0);
}

static void five_gaps_most_lost_time_first(void **state) {
    (void)state;
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g"};
    fm_gap gaps[FM_GAPS];
    for (uint64_t i = 0; i < 7; ++i) {
        made_row row = product;
        row.op = names[i];
        row.ns = product.ns * (2 + (i * 3) % 7);
        assert_true(made_add(summary, &row, NULL));
    }
    finish();
    assert_int_equal(fm_find_gaps(summary, gaps), FM_GAPS);
    for (int i = 1; i < FM_GAPS; ++i) assert_true(gaps[i - 1].lost_ns > gaps[i].lost_ns);
    assert_string_equal(gaps[0].row->op, "c");
}

static void without_peaks_nothing_is_claimed(void **state) {
    (void)state;
    memset(&summary->peaks, 0, sizeof summary->peaks);
    made_row row = product;
    row.ns *= 4;
    assert_true(made_add(summary, &row, NULL));
    finish();
    fm_gap gaps[FM_GAPS];
    fm_analysis a = analysis_of(0);
    assert_int_equal(a.bound, FM_BOUND_UNKNOWN);
    assert_true(a.peak_share < 0 && a.roof_share < 0 && a.ratio < 0);
    assert_true(a.rate > 0);
    assert_int_equal(fm_find_gaps(summary, gaps), 0);
}

static void a_call_without_a_time_leaves_its_row_without_rates(void **state) {
    (void)state;
    fm_counters c = made_counters(&product);
    c.timed -= 1;
    assert_true(fm_summary_add(summary, "matmul", FM_FLOAT32, "", &c));
    finish();
    assert_false(analysis_of(0).timed);
    assert_true(analysis_of(0).rate < 0);
}

static void an_unknown_kernel_lowers_coverage_by_its_share(void **state) {
    (void)state;
    double share;
    fm_error error = {0};
    assert_true(made_add(summary, &product, "sgemm"));
    finish();
    assert_true(fm_report_coverage(summary, &share));
    assert_true(share == 1.0);
    assert_int_equal(fm_report_strict(summary, &error), FM_OK);
    /* 70 of 280 ms. */
    assert_true(made_stray(summary, "triton_fused", 40000000));
    assert_true(made_stray(summary, "flash_fwd", 30000000));
    fm_summary_sort_kernels(summary);
    assert_true(fm_report_coverage(summary, &share));
    assert_true(share == 0.75);
    assert_int_equal(fm_report_strict(summary, &error), FM_ERR_NUMERIC);
    assert_string_equal(error.message, "report: 25.000% of the device's time has no formula, most "
                                       "of it in triton_fused");
    /* Copies compute nothing. */
    assert_true(made_stray(summary, "HtoD", 1000000000));
    assert_true(fm_report_coverage(summary, &share));
    assert_true(share == 0.75);
}

static double theory(const char *name, int capability, int units, double clock, fm_peak_kind kind) {
    fm_device_info info = {.device = {FM_CUDA, 0}, .capability = capability, .units = units};
    fm_device_attributes a = {.size = sizeof a, .units = units, .clock_hz = clock};
    fm_peaks peaks = {0};
    snprintf(info.name, sizeof info.name, "%s", name);
    fm_peaks_theory(&info, &a, &peaks);
    return peaks.theory[kind];
}

static void peaks_by_datasheet_and_by_architecture(void **state) {
    (void)state;
    assert_true(theory("NVIDIA H200", 90, 132, 1.98e9, FM_PEAK_MATRIX_HALF) == 989.4e12);
    assert_true(theory("NVIDIA H100 80GB HBM3", 90, 132, 1.98e9, FM_PEAK_MATRIX_TF32) == 494.7e12);
    /* GeForce accumulates half as fast as a professional board. */
    assert_near(theory("NVIDIA GeForce RTX 3080", 86, 68, 1.71e9, FM_PEAK_FLOAT32),
                2.0 * 128 * 68 * 1.71e9, 1);
    assert_near(theory("NVIDIA GeForce RTX 3080", 86, 68, 1.71e9, FM_PEAK_MATRIX_HALF),
                2.0 * 256 * 68 * 1.71e9, 1);
    assert_near(theory("NVIDIA RTX A6000", 86, 84, 1.80e9, FM_PEAK_MATRIX_HALF),
                2.0 * 512 * 84 * 1.80e9, 1);
    /* Cut tensor units, and a capability that the table does not have: nothing is claimed. */
    assert_true(theory("NVIDIA H20", 90, 78, 1.98e9, FM_PEAK_MATRIX_HALF) == 0);
    assert_true(theory("NVIDIA H20", 90, 78, 1.98e9, FM_PEAK_FLOAT32) > 0);
    assert_true(theory("NVIDIA Something", 130, 100, 2e9, FM_PEAK_FLOAT32) == 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(rates_and_shares),
        CASE(launches_are_the_reason),
        CASE(replays_are_not_launched_one_by_one),
        CASE(sizes_are_launch_bound),
        CASE(small_grids_are_the_reason),
        CASE(full_grids_are_not),
        CASE(padding_is_the_reason),
        CASE(memory_is_the_reason),
        CASE(more_bytes_than_the_least_are_memory_too),
        CASE(what_reaches_its_roof_has_no_gap),
        CASE(five_gaps_most_lost_time_first),
        CASE(without_peaks_nothing_is_claimed),
        CASE(a_call_without_a_time_leaves_its_row_without_rates),
        CASE(an_unknown_kernel_lowers_coverage_by_its_share),
        CASE(peaks_by_datasheet_and_by_architecture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
