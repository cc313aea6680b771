/* The geometry of contractions: labels sorted into the axes of a product, strides joined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scalar/fold.h"

/* One label: extent, then strides in a, b and c; -1: not in that operand. */
static void add(fm_contract_params *p, int64_t extent, int64_t a, int64_t b, int64_t c) {
    p->label[p->nlabels++] = (fm_contract_label){
        extent, a < 0 ? 0 : a, b < 0 ? 0 : b, c < 0 ? 0 : c, a >= 0, b >= 0, c >= 0};
}

static void check(const fm_fold *fold, fm_fold_axis axis, fm_fold_operand operand, int64_t want) {
    int64_t stride = -99;
    assert_true(fm_fold_joins(fold, axis, operand, &stride));
    assert_int_equal(stride, want);
}

/* (2,3,4,5) with (2,3,5,6): two batch axes are one, rows and columns have their strides. */
static void batched_matrices_fold(void **state) {
    (void)state;
    fm_contract_params p = {0};
    fm_fold fold;
    add(&p, 2, 60, 90, 72);
    add(&p, 3, 20, 30, 24);
    add(&p, 4, 5, -1, 6);
    add(&p, 6, -1, 1, 1);
    add(&p, 5, 1, 6, -1);
    fm_fold_sort(&p, &fold);
    assert_int_equal(fold.extent[FM_FOLD_BATCH], 6);
    assert_int_equal(fold.extent[FM_FOLD_M], 4);
    assert_int_equal(fold.extent[FM_FOLD_N], 6);
    assert_int_equal(fold.extent[FM_FOLD_K], 5);
    assert_int_equal(fold.extent[FM_FOLD_SUM_A], 1);
    check(&fold, FM_FOLD_BATCH, FM_FOLD_A, 20);
    check(&fold, FM_FOLD_BATCH, FM_FOLD_B, 30);
    check(&fold, FM_FOLD_BATCH, FM_FOLD_C, 24);
    check(&fold, FM_FOLD_M, FM_FOLD_A, 5);
    check(&fold, FM_FOLD_N, FM_FOLD_B, 1);
    check(&fold, FM_FOLD_K, FM_FOLD_B, 6);
    check(&fold, FM_FOLD_SUM_B, FM_FOLD_B, 0);
}

/* Labels of extent 1 vanish; those of one operand alone, and of the output alone, are told apart.
 */
static void labels_find_their_axes(void **state) {
    (void)state;
    fm_contract_params p = {0};
    fm_fold fold;
    add(&p, 7, -1, -1, 1);
    add(&p, 1, 5, 5, 5);
    add(&p, 2, 3, -1, -1);
    add(&p, 3, -1, 2, -1);
    fm_fold_sort(&p, &fold);
    assert_int_equal(fold.first[FM_FOLD_AXES], 3);
    assert_int_equal(fold.extent[FM_FOLD_REPEAT], 7);
    assert_int_equal(fold.extent[FM_FOLD_SUM_A], 2);
    assert_int_equal(fold.extent[FM_FOLD_SUM_B], 3);
    assert_int_equal(fold.extent[FM_FOLD_BATCH], 1);
}

/* Rows in another order than memory's: the output's order rules, and a does not fold until packed.
 */
static void packing_makes_one_stride(void **state) {
    (void)state;
    static const fm_fold_axis axes[] = {FM_FOLD_M, FM_FOLD_K};
    fm_contract_params p = {0};
    fm_fold fold;
    int64_t stride;
    add(&p, 2, 1, -1, 21);
    add(&p, 3, 10, -1, 7);
    add(&p, 7, -1, 1, 1);
    add(&p, 5, 2, 7, -1);
    fm_fold_sort(&p, &fold);
    assert_false(fm_fold_joins(&fold, FM_FOLD_M, FM_FOLD_A, &stride));
    check(&fold, FM_FOLD_M, FM_FOLD_C, 7);
    assert_int_equal(fm_fold_pack(&fold, FM_FOLD_A, 2, axes), 30);
    check(&fold, FM_FOLD_M, FM_FOLD_A, 5);
    check(&fold, FM_FOLD_K, FM_FOLD_A, 1);
    check(&fold, FM_FOLD_K, FM_FOLD_B, 7);
}

/* (2,3) with (4,3,5): b's own leading axis does not join its columns, but is a batch for which a
   stays. */
static void a_label_becomes_a_batch(void **state) {
    (void)state;
    static const fm_fold_axis axes[] = {FM_FOLD_BATCH, FM_FOLD_M, FM_FOLD_K};
    fm_contract_params p = {0};
    fm_fold fold;
    int64_t stride;
    add(&p, 4, -1, 15, 10);
    add(&p, 2, 3, -1, 5);
    add(&p, 5, -1, 1, 1);
    add(&p, 3, 1, 5, -1);
    fm_fold_sort(&p, &fold);
    assert_false(fm_fold_joins(&fold, FM_FOLD_N, FM_FOLD_B, &stride));
    fm_fold_to_batch(&fold, fold.first[FM_FOLD_N], fold.first[FM_FOLD_N] + 1);
    assert_int_equal(fold.extent[FM_FOLD_BATCH], 4);
    assert_int_equal(fold.extent[FM_FOLD_N], 5);
    check(&fold, FM_FOLD_BATCH, FM_FOLD_A, 0);
    check(&fold, FM_FOLD_BATCH, FM_FOLD_B, 15);
    check(&fold, FM_FOLD_N, FM_FOLD_C, 1);
    assert_int_equal(fm_fold_pack(&fold, FM_FOLD_A, 3, axes), 6);
    check(&fold, FM_FOLD_BATCH, FM_FOLD_A, 0);
    fm_fold_to_batch(&fold, fold.first[FM_FOLD_N], fold.first[FM_FOLD_N + 1]);
    assert_int_equal(fold.extent[FM_FOLD_BATCH], 20);
    assert_int_equal(fold.extent[FM_FOLD_N], 1);
    assert_int_equal(fold.first[FM_FOLD_N], fold.first[FM_FOLD_N + 1]);
}

/* (3,2) with b of memory order (2,3): a's summed labels lie with a gap, so b's order rules. */
static void summed_labels_go_by_the_operand_that_joins(void **state) {
    (void)state;
    static const fm_fold_axis axes[] = {FM_FOLD_M, FM_FOLD_K};
    fm_contract_params p = {0};
    fm_fold fold;
    fm_index index;
    int64_t stride;
    add(&p, 5, 100, -1, 1);
    add(&p, 3, 10, 1, -1);
    add(&p, 2, 1, 3, -1);
    fm_fold_sort(&p, &fold);
    assert_false(fm_fold_joins(&fold, FM_FOLD_K, FM_FOLD_A, &stride));
    check(&fold, FM_FOLD_K, FM_FOLD_B, 1);
    const fm_fold before = fold;
    assert_int_equal(fm_fold_pack(&fold, FM_FOLD_A, 2, axes), 30);
    check(&fold, FM_FOLD_K, FM_FOLD_A, 1);
    fm_fold_index(&index, &before, &fold, FM_FOLD_A, 2, axes);
    static const int64_t extent[] = {5, 2, 3}, from[] = {100, 1, 10}, to[] = {6, 3, 1};
    assert_int_equal(index.ndim, 3);
    assert_int_equal(index.size, 30);
    assert_memory_equal(index.extent, extent, sizeof extent);
    assert_memory_equal(index.stride[0], from, sizeof from);
    assert_memory_equal(index.stride[1], to, sizeof to);
}

/* A Tucker tensor's last step, ij of 64 x 64 with b's 16: of two runs the one that lies side by
   side in the output stays, so that nothing is copied to its place; a short one gives way. */
static void the_run_side_by_side_stays(void **state) {
    (void)state;
    static const int64_t inner[] = {64, 32, 16, 8}, kept[] = {64, 32, 16, 64};
    for (int i = 0; i < 4; i++) {
        fm_contract_params p = {0};
        fm_fold fold;
        add(&p, 64, 16, -1, inner[i]);
        add(&p, 64, -1, inner[i], 64 * inner[i]);
        add(&p, inner[i], -1, 1, 1);
        add(&p, 16, 1, 64 * inner[i], -1);
        fm_fold_sort(&p, &fold);
        fm_fold_keep_run(&fold, FM_FOLD_M);
        fm_fold_keep_run(&fold, FM_FOLD_N);
        assert_int_equal(fold.extent[FM_FOLD_M], 64);
        assert_int_equal(fold.extent[FM_FOLD_N], kept[i]);
        assert_int_equal(fold.extent[FM_FOLD_BATCH], 64 * inner[i] / kept[i]);
        check(&fold, FM_FOLD_N, FM_FOLD_C, i < 3 ? 1 : 64 * inner[i]);
    }
}

/* ijr,jr->ir: r lies side by side in all three, and matrices with a stride between their elements
   would have to be packed. */
static void sums_run_across(void **state) {
    (void)state;
    static const struct {
        int64_t r, a, b, c, n;
        bool across;
    } cases[] = {{16, 1, 1, 1, 1, true},
                 {7, 1, 1, 1, 1, false},   /* too few */
                 {16, 1, 1, 3, 1, false},  /* an output with gaps */
                 {16, 30, 1, 1, 1, false}, /* an operand with j innermost */
                 {16, 1, 1, 1, 4, false}}; /* a product of two matrices */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fm_contract_params p = {0};
        fm_fold fold;
        add(&p, 5, 480, -1, 64);
        add(&p, cases[i].n, -1, 480, 640);
        add(&p, cases[i].r, cases[i].a, cases[i].b, cases[i].c);
        add(&p, 30, 16, 16, -1);
        fm_fold_sort(&p, &fold);
        assert_int_equal(fm_fold_runs_across(&fold), cases[i].across);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batched_matrices_fold),
        cmocka_unit_test(labels_find_their_axes),
        cmocka_unit_test(packing_makes_one_stride),
        cmocka_unit_test(a_label_becomes_a_batch),
        cmocka_unit_test(summed_labels_go_by_the_operand_that_joins),
        cmocka_unit_test(the_run_side_by_side_stays),
        cmocka_unit_test(sums_run_across),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
