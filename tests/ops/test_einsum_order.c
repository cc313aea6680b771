/* The order of the labels of results between contractions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ops/einsum.h"

enum { I, J, K, R };

/* ijk, jr and kr to ir by those two steps: the first one's result gets its labels in that order. */
static void expect_order(const uint8_t pair[2][2], fm_chain_node result, const uint8_t *want) {
    static const int64_t shapes[3][3] = {{128, 128, 128}, {128, 32}, {128, 32}};
    fm_chain_params chain = {
        .ninputs = 3,
        .pair = {{pair[0][0], pair[0][1]}, {pair[1][0], pair[1][1]}},
        .extent = {128, 128, 128, 32},
        .node = {{3, {I, J, K}}, {2, {J, R}}, {2, {K, R}}, result, {2, {I, R}}}};
    const fm_layout *layouts[3];
    fm_error error;
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            fm_layout_get(&error, FM_FLOAT64, chain.node[i].ndim, shapes[i], NULL, 0, &layouts[i]),
            FM_OK);
    fm_einsum_order(&chain, 0, 1, layouts);
    assert_int_equal(chain.node[3].ndim, 3);
    assert_memory_equal(chain.node[3].label, want, 3);
    for (int i = 0; i < 3; i++) fm_layout_release(layouts[i]);
}

/* ijk,kr->ijr: r is innermost, and the sums over j run along it. */
static void results_are_summed_side_by_side(void **state) {
    (void)state;
    expect_order((const uint8_t[2][2]){{0, 2}, {3, 1}}, (fm_chain_node){3, {R, I, J}},
                 (const uint8_t[]){I, J, R});
}

/* jr,kr->jkr: with r innermost neither operand is gathered. */
static void products_without_a_sum_gather_nothing(void **state) {
    (void)state;
    expect_order((const uint8_t[2][2]){{1, 2}, {0, 3}}, (fm_chain_node){3, {R, J, K}},
                 (const uint8_t[]){J, K, R});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_summed_side_by_side),
        cmocka_unit_test(products_without_a_sum_gather_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
