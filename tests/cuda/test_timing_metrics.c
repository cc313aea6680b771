/* The metrics' names and passes by CUPTI itself, whose host side needs neither a device nor a
 * driver: every name exists on the chips it is listed for, and the sets need as many passes as they
 * did when they were chosen. Skipped where no libcupti is found. */
#include "fake_test.h"

#include "core/module.h"
#include "cuda/device.h"
#include "cuda/timing/metrics.h"

#include <stdio.h>

enum { SKIPPED = 77 };

static cu_cupti cupti;

static size_t passes(const char *chip, uint32_t classes) {
    cu_metrics metrics;
    cu_schedule schedule;
    assert_true(cu_metrics_choose(chip, classes, &metrics));
    const pti_result result = cu_schedule_open(&cupti, chip, NULL, &metrics, &schedule);
    if (result != PTI_SUCCESS) fail_msg("%s: %s", chip, cu_cupti_text(&cupti, result));
    const size_t found = schedule.passes;
    cu_schedule_close(&cupti, &schedule);
    return found;
}

static void every_name_exists(void **state) {
    (void)state;
    static const char *const chips[] = {"GA100", "GA102", "AD102", "GH100", "GB100", "GB202"};
    for (size_t c = 0; c < sizeof chips / sizeof *chips; ++c) {
        cu_metrics metrics;
        assert_true(cu_metrics_choose(chips[c], CU_COUNT_BASE | CU_COUNT_VECTOR | CU_COUNT_TENSORS,
                                      &metrics));
        for (size_t i = 0; i < metrics.count; ++i) {
            cu_metrics one = {.name = {metrics.name[i]}, .count = 1};
            cu_schedule schedule;
            if (cu_schedule_open(&cupti, chips[c], NULL, &one, &schedule) != PTI_SUCCESS)
                fail_msg("%s has no %s", chips[c], metrics.name[i]);
            assert_true(schedule.passes >= 1);
            cu_schedule_close(&cupti, &schedule);
        }
    }
}

static void wrong_names_are_refused(void **state) {
    (void)state;
    cu_metrics wrong = {.name = {"sm__ops_path_tensor_src_fp16.sum"}, .count = 1};
    cu_schedule schedule;
    assert_int_not_equal(cu_schedule_open(&cupti, "GA100", NULL, &wrong, &schedule), PTI_SUCCESS);
    assert_null(schedule.host);
    assert_null(schedule.image);
    assert_int_not_equal(cu_schedule_open(&cupti, "GX999", NULL, &wrong, &schedule), PTI_SUCCESS);
}

/* Passes of bytes and cycles with the FLOPs of one class: a step is run once or twice. */
static void passes_are_few(void **state) {
    (void)state;
    static const struct {
        const char *chip;
        size_t vector, f64, tf32, bf16, f16, i8;
    } expected[] = {{"GA100", 2, 1, 1, 1, 2, 2},
                    {"AD102", 2, 1, 1, 1, 2, 2},
                    {"GH100", 2, 1, 1, 1, 2, 2},
                    {"GB100", 2, 1, 2, 1, 2, 2}};
    const uint32_t all = CU_COUNT_BASE | CU_COUNT_VECTOR | CU_COUNT_TENSORS | CU_COUNT_INSTRUCTIONS;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; ++i) {
        const char *chip = expected[i].chip;
        assert_int_equal(passes(chip, CU_COUNT_BASE), 1);
        assert_int_equal(passes(chip, CU_COUNT_VECTOR), 1);
        assert_int_equal(passes(chip, CU_COUNT_BASE | CU_COUNT_VECTOR), expected[i].vector);
        assert_int_equal(passes(chip, CU_COUNT_BASE | CU_COUNT_F64), expected[i].f64);
        assert_int_equal(passes(chip, CU_COUNT_BASE | CU_COUNT_TF32), expected[i].tf32);
        assert_int_equal(passes(chip, CU_COUNT_BASE | CU_COUNT_BF16), expected[i].bf16);
        assert_int_equal(passes(chip, CU_COUNT_BASE | CU_COUNT_F16), expected[i].f16);
        assert_int_equal(passes(chip, CU_COUNT_BASE | CU_COUNT_I8), expected[i].i8);
        assert_int_equal(passes(chip, all), 7);
    }
}

/* Some versions do not bear being without a driver: they fail, or die. */
static void try_library(void *data) {
    char why[192];
    cu_metrics metrics;
    cu_schedule schedule;
    (void)data;
    if (!cu_cupti_open(&cupti, why, sizeof why)) return;
    (void)cu_metrics_choose("GH100", CU_COUNT_BASE, &metrics);
    (void)cu_schedule_open(&cupti, "GH100", NULL, &metrics, &schedule);
}

int main(void) {
    char why[192] = "it has no host profiler";
    cu_host = fm_module_host();
    if (dies(try_library, NULL)) {
        printf("skipped: this libcupti dies without a driver\n");
        return SKIPPED;
    }
    if (!cu_cupti_open(&cupti, why, sizeof why) || !(cupti.sets & CU_SET_METRICS)) {
        printf("skipped: %s\n", why);
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_exists),
        cmocka_unit_test(wrong_names_are_refused),
        cmocka_unit_test(passes_are_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
