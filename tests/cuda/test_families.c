/* The CUDA backend has the kernels that the CPU backend has, operation by operation and dtype by
 * dtype. */
#include "both.h"

static void check_family(uint16_t family, int operations) {
    for (int op = 0; op <= operations; ++op)
        for (int dtype = FM_DTYPE_NONE; dtype <= FM_DTYPE_COUNT; ++dtype) {
            const int there = cpu_side.api->supports(family, (uint16_t)op, (fm_dtype)dtype) != 0;
            const int here = cuda_side.api->supports(family, (uint16_t)op, (fm_dtype)dtype) != 0;
            if (here != there)
                fail_msg("family %d, operation %d, dtype %d: %d on the CPU, %d on CUDA", family, op,
                         dtype, there, here);
        }
}

static void elementwise(void **state) {
    (void)state;
    check_family(FM_FAMILY_UNARY, FM_UNARY_COUNT);
    check_family(FM_FAMILY_BINARY, FM_BINARY_COUNT);
    check_family(FM_FAMILY_TERNARY, FM_TERNARY_COUNT);
    check_family(FM_FAMILY_CAST, FM_CAST_COUNT);
}

static void creation(void **state) {
    (void)state;
    check_family(FM_FAMILY_FILL, FM_FILL_COUNT);
    check_family(FM_FAMILY_RANDOM, FM_RANDOM_COUNT);
}

static void sums_and_products(void **state) {
    (void)state;
    check_family(FM_FAMILY_REDUCE, FM_REDUCE_COUNT);
    check_family(FM_FAMILY_CONTRACT, FM_CONTRACT_COUNT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, both_open, both_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(elementwise),
        CASE(creation),
        CASE(sums_and_products),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
