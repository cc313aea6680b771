/* Hardware counters through the tests' libcupti: passes, ranges, sums, overflow, what is refused.
 */
#include "timing_test.h"

#include "cuda/timing/counters.h"

#include <math.h>

static cu_counters *open_counters(uint32_t classes) {
    char why[192] = "";
    cu_counters *made = cu_counters_open(0, 90, classes, why, sizeof why);
    if (!made) fail_msg("%s", why);
    return made;
}

static void take(void *user, const fm_activity *record) {
    timing_take(user, record);
    assert_int_equal(record->kind, FM_ACTIVITY_COUNTERS);
}

/* A step of two calls, whose numbers differ from pass to pass. */
static int step(cu_counters *c, fm_correlation first) {
    int again = -1;
    assert_int_equal(cu_counters_begin(c, 0), PTI_SUCCESS);
    for (int i = 0; i < 2; ++i) {
        cu_counters_push(c, first + (fm_correlation)i);
        cu_counters_pop(c);
    }
    assert_int_equal(cu_counters_end(c, &again), PTI_SUCCESS);
    return again;
}

static void a_step_is_repeated_for_its_passes(void **state) {
    (void)state;
    timing_library("one");
    timing_cupti->passes = 3;
    cu_counters *c = open_counters(CU_COUNT_BASE);
    assert_int_equal(c->metrics.count, 3);
    assert_int_equal(timing_cupti->metrics, 3);
    for (int i = 0; i < 3; ++i) timing_cupti->value[i] = 100.0 * (i + 1);
    for (int measurement = 0; measurement < 2; ++measurement) {
        const fm_correlation base = (fm_correlation)5 << FM_CORRELATION_CALL_BITS;
        timing_count = 0;
        assert_int_equal(step(c, base + 10), 1);
        assert_int_equal(step(c, base + 20), 1);
        assert_int_equal(cu_counters_collect(c, take, &timing_count), PTI_SUCCESS);
        assert_int_equal(timing_count, 0); /* not before the last pass */
        assert_int_equal(step(c, base + 30), 0);
        assert_int_equal(cu_counters_collect(c, take, &timing_count), PTI_SUCCESS);
        assert_int_equal(timing_count, 2);
        assert_true(timing_record[0].correlation == base + 30);
        assert_true(timing_record[1].correlation == base + 31);
        assert_int_equal(timing_record[0].hardware.bytes_read, 100);
        assert_int_equal(timing_record[0].hardware.bytes_written, 200);
        assert_int_equal(timing_record[0].hardware.cycles, 300);
        assert_int_equal(timing_record[0].hardware.known,
                         1 << FM_HW_bytes_read | 1 << FM_HW_bytes_written | 1 << FM_HW_cycles);
        assert_int_equal(timing_record[0].hardware.overflowed, 0);
        assert_int_equal(cu_counters_collect(c, take, &timing_count), PTI_SUCCESS);
        assert_int_equal(timing_count, 2); /* once */
    }
    assert_int_equal(c->dropped, 0);
    int again;
    assert_int_equal(cu_counters_begin(c, CU_COUNT_BF16), PTI_SUCCESS); /* a class more */
    assert_int_equal(cu_counters_end(c, &again), PTI_SUCCESS);
    assert_int_equal(timing_cupti->metrics, 4);
    cu_counters_close(c);
}

static void weights_make_flops_of_instructions(void **state) {
    (void)state;
    cu_metrics metrics;
    double values[CU_METRICS];
    fm_hardware hardware = {0};
    for (int i = 0; i < CU_METRICS; ++i) values[i] = 1.0;
    assert_true(cu_metrics_choose("GH100", CU_COUNT_VECTOR | CU_COUNT_BF16, &metrics));
    assert_int_equal(metrics.count, 10);
    cu_metrics_add(&metrics, values, &hardware);
    /* double and single: add 1, multiply 1, both 2; half, in pairs: 2, 2, 4 */
    assert_int_equal(hardware.vector_flops, 4 + 4 + 8);
    assert_int_equal(hardware.tensor_flops, 1);
    assert_true(cu_metrics_choose("GB100", CU_COUNT_VECTOR, &metrics));
    memset(&hardware, 0, sizeof hardware);
    cu_metrics_add(&metrics, values, &hardware);
    assert_int_equal(hardware.vector_flops, 16 + 8); /* and packed single */
    assert_int_equal(hardware.known, 1 << FM_HW_vector_flops);
    assert_false(cu_metrics_choose("GV100", CU_COUNT_BASE, &metrics));
}

static void overflow_is_a_lower_bound(void **state) {
    (void)state;
    cu_metrics metrics;
    double values[CU_METRICS] = {0};
    assert_true(cu_metrics_choose("GH100", CU_COUNT_VECTOR, &metrics));
    static const double bad[] = {NAN, INFINITY, -1.0, 9.3e18};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
        fm_hardware hardware = {0};
        values[0] = 7.0;
        values[1] = bad[i];
        cu_metrics_add(&metrics, values, &hardware);
        assert_int_equal(hardware.vector_flops, 7);
        assert_int_equal(hardware.overflowed, 1 << FM_HW_vector_flops);
    }
    fm_hardware hardware = {0};
    values[0] = values[1] = 9.2e18; /* each fits, both do not */
    cu_metrics_add(&metrics, values, &hardware);
    assert_int_equal(hardware.overflowed, 1 << FM_HW_vector_flops);
    assert_true(hardware.vector_flops == 9200000000000000000u);
}

static void classes_follow_the_compute_type(void **state) {
    (void)state;
    assert_int_equal(cu_metrics_class(FM_FLOAT32, FM_MATH_FLOAT32, 1), CU_COUNT_VECTOR);
    assert_int_equal(cu_metrics_class(FM_FLOAT32, FM_MATH_TF32, 1), CU_COUNT_TF32);
    assert_int_equal(cu_metrics_class(FM_FLOAT32, FM_MATH_TF32, 0), CU_COUNT_VECTOR);
    assert_int_equal(cu_metrics_class(FM_COMPLEX64, FM_MATH_BF16, 1), CU_COUNT_BF16);
    assert_int_equal(cu_metrics_class(FM_FLOAT32, FM_MATH_FP16, 1), CU_COUNT_F16);
    assert_int_equal(cu_metrics_class(FM_FLOAT64, FM_MATH_FLOAT32, 1), CU_COUNT_F64);
    assert_int_equal(cu_metrics_class(FM_FLOAT16, FM_MATH_FLOAT32, 1), CU_COUNT_F16);
    assert_int_equal(cu_metrics_class(FM_BFLOAT16, FM_MATH_FLOAT32, 1), CU_COUNT_BF16);
    assert_int_equal(cu_metrics_class(FM_INT8, FM_MATH_FLOAT32, 1), CU_COUNT_I8);
    assert_int_equal(cu_metrics_class(FM_INT64, FM_MATH_FLOAT32, 1), CU_COUNT_VECTOR);
}

static void dropped_ranges_and_unlike_steps_are_counted(void **state) {
    (void)state;
    timing_library("one");
    timing_cupti->passes = 1;
    timing_cupti->ranges_dropped = 3;
    cu_counters *c = open_counters(CU_COUNT_BASE);
    assert_int_equal(step(c, 1), 0);
    strcpy(timing_cupti->range[1], "1.99"); /* another row's call was in its place */
    assert_int_equal(cu_counters_collect(c, take, &timing_count), PTI_SUCCESS);
    assert_int_equal(timing_count, 1);
    assert_int_equal(c->dropped, 4);
    cu_counters_push(c, 5); /* outside a pass: nothing */
    cu_counters_pop(c);
    assert_int_equal(timing_cupti->ranges, 2);
    assert_int_equal(cu_counters_begin(c, 0), PTI_SUCCESS);
    cu_counters_close(c); /* ends the pass that is open */
}

/* The whole collector: counters where they are allowed, activity records where not. */
static void counters_are_a_tier(void **state) {
    (void)state;
    timing_library("one");
    timing_cupti->passes = 7;
    fm_collector_status got = timing_start(FM_TIER_COUNTERS);
    assert_int_equal(got.tier, FM_TIER_COUNTERS);
    assert_string_equal(got.source, "CUPTI 13.0, GH100, 7 passes a step");
    assert_string_equal(got.reason, "");
    assert_int_equal(timing_cupti->subscribers, 0);
    timing->stop(timing_dev);
    timing_cupti->range_refuses = PTI_NO_PRIVILEGES;
    got = timing_start(FM_TIER_COUNTERS);
    assert_int_equal(got.tier, FM_TIER_ACTIVITY);
    assert_string_equal(got.source, "CUPTI 13.0, the only subscriber");
    assert_string_equal(
        got.reason, "hardware counters are for administrators here (ERR_NVGPUCTRPERM): CAP_PERFMON "
                    "or NVreg_RestrictProfilingToAdminUsers=0 opens them");
    timing->stop(timing_dev);
    timing_cupti->range_refuses = PTI_UNKNOWN;
    got = timing_start(FM_TIER_COUNTERS);
    assert_string_equal(got.reason,
                        "hardware counters: enabling the profiler: CUPTI_ERROR_UNKNOWN");
    timing->stop(timing_dev);
    assert_int_equal(timing_cupti->subscribers, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, timing_open, timing_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_step_is_repeated_for_its_passes),
        CASE(weights_make_flops_of_instructions),
        CASE(overflow_is_a_lower_bound),
        CASE(classes_follow_the_compute_type),
        CASE(dropped_ranges_and_unlike_steps_are_counted),
        CASE(counters_are_a_tier),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
