/* Factorisations on the device give their matrices back. */
#include "gpu_test.h"

#include "../ops/residuals.h"

static void on_device(void (*test)(void **), void **state) {
    residuals_on = gpu;
    test(state);
}

static void square_matrices(void **state) {
    on_device(residuals_square, state);
}

static void any_matrices(void **state) {
    on_device(residuals_any, state);
}

static void truncated_decompositions(void **state) {
    on_device(residuals_truncated, state);
}

static void failures_keep_their_charge(void **state) {
    on_device(residuals_failures, state);
}

static void in_a_graph(void (*test)(void **), void **state) {
    residuals_captured = 1;
    on_device(test, state);
    residuals_captured = 0;
}

static void captured_square_matrices(void **state) {
    in_a_graph(residuals_square, state);
}

static void captured_matrices(void **state) {
    in_a_graph(residuals_any, state);
}

GPU_MAIN(GPU_CASE(square_matrices), GPU_CASE(any_matrices), GPU_CASE(truncated_decompositions),
         GPU_CASE(failures_keep_their_charge), GPU_CASE(captured_square_matrices),
         GPU_CASE(captured_matrices))
