/* Factorisations on the CPU give their matrices back. */
#include "residuals.h"

static int open_cpu(void **state) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_error error;
    (void)state;
    options.device.kind = FM_CPU;
    if (fm_context_open(&options, &residuals_on, &error) == FM_OK) return 0;
    (void)fprintf(stderr, "%s\n", error.message);
    return -1;
}

static int close_cpu(void **state) {
    (void)state;
    fm_context_close(residuals_on);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {RESIDUAL_TESTS};
    return cmocka_run_group_tests_name("ops.linalg", tests, open_cpu, close_cpu);
}
