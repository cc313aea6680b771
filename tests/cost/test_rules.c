/* Rules in the textbook model, where it differs from flopscope 0.4.3, and as PyTorch counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cost/einsum.h"
#include "cost/model.h"
#include "cost/rules.h"

typedef fm_status (*on_pair)(fm_work *, const char *, fm_extents, fm_extents);

/* A shape literal; the count is that of its extents. */
#define SHAPE(...)                                                                                 \
    ((fm_extents){(int)(sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t)),                 \
                  (const int64_t[]){__VA_ARGS__}})
#define SCALAR ((fm_extents){0, NULL})

static const char *const models[3] = {"textbook", "flopscope-0.4", "torch"};

static uint64_t charge(const char *name, const fm_work *work) {
    const fm_cost_model *model = NULL;
    uint64_t flops = 0;
    assert_int_equal(fm_cost_model_find(name, &model, NULL), FM_OK);
    assert_int_equal(fm_cost_apply(model, NULL, 1, work, &flops, NULL), FM_OK);
    return flops;
}

/* The rule's charge under the three models. */
static void expect_pair(on_pair rule, fm_extents a, fm_extents b, uint64_t textbook,
                        uint64_t flopscope, uint64_t torch) {
    const uint64_t expected[3] = {textbook, flopscope, torch};
    for (int m = 0; m < 3; m++) {
        fm_work work;
        fm_work_begin(&work, m == 1);
        assert_int_equal(rule(&work, "matmul", a, b), FM_OK);
        assert_int_equal(charge(models[m], &work), expected[m]);
    }
}

static void expect_einsum(const char *text, fm_extents a, fm_extents b, uint64_t textbook,
                          uint64_t flopscope, uint64_t torch) {
    const uint64_t expected[3] = {textbook, flopscope, torch};
    const fm_extents shapes[2] = {a, b};
    for (int m = 0; m < 3; m++) {
        fm_work work;
        fm_work_begin(&work, m == 1);
        assert_int_equal(fm_cost_einsum(&work, "einsum", text, 2, shapes, NULL), FM_OK);
        assert_int_equal(charge(models[m], &work), expected[m]);
    }
}

/* The torch column is what FlopCounterMode of PyTorch 2.15 gives for the same call. */
static void matrix_products(void **state) {
    (void)state;
    expect_pair(fm_cost_matmul, SHAPE(3, 4), SHAPE(4, 5), 120, 105, 120);
    expect_pair(fm_cost_matmul, SHAPE(4), SHAPE(4), 8, 7, 0);
    expect_pair(fm_cost_matmul, SHAPE(3, 4), SHAPE(4), 24, 48, 0);
    expect_pair(fm_cost_matmul, SHAPE(4), SHAPE(4, 5), 40, 80, 40);
    expect_pair(fm_cost_matmul, SHAPE(2, 3, 4), SHAPE(4), 48, 96, 0);
    expect_pair(fm_cost_matmul, SHAPE(2, 3, 4), SHAPE(4, 5), 240, 480, 240);
    expect_pair(fm_cost_matmul, SHAPE(3, 4), SHAPE(2, 4, 5), 240, 480, 240);
    expect_pair(fm_cost_matmul, SHAPE(2, 1, 3, 4), SHAPE(7, 4, 5), 1680, 3360, 1680);
    expect_pair(fm_cost_matmul, SHAPE(3, 0), SHAPE(0, 4), 0, 0, 0);
    expect_pair(fm_cost_dot, SHAPE(2, 3, 4), SHAPE(5, 4, 6), 1440, 2880, 1440);
    expect_pair(fm_cost_dot, SCALAR, SHAPE(3, 4), 12, 12, 0);
    expect_pair(fm_cost_inner, SHAPE(3, 4), SHAPE(5, 4), 120, 105, 120);
    expect_pair(fm_cost_inner, SHAPE(3, 4), SHAPE(4), 24, 12, 24);
    expect_pair(fm_cost_outer, SHAPE(3), SHAPE(2, 2), 12, 12, 0);
    expect_pair(fm_cost_kron, SHAPE(0), SHAPE(3), 0, 1, 0);
}

static void vector_products(void **state) {
    (void)state;
    expect_pair(fm_cost_vdot, SHAPE(2, 3), SHAPE(2, 3), 12, 11, 0);
    expect_pair(fm_cost_vecdot, SHAPE(3, 4), SHAPE(3, 4), 24, 12, 0);
    expect_pair(fm_cost_vecdot, SHAPE(0), SHAPE(0), 0, 0, 0);
    expect_pair(fm_cost_matvec, SHAPE(3, 4), SHAPE(7, 4), 168, 12, 0);
    expect_pair(fm_cost_vecmat, SHAPE(7, 4), SHAPE(4, 3), 168, 12, 0);
    expect_pair(fm_cost_cross, SHAPE(3), SHAPE(10, 3), 150, 15, 0);
}

static void tensordot(void **state) {
    (void)state;
    static const int64_t zero_one[2] = {0, 1}, last[1] = {1}, minus[1] = {-1}, first[1] = {0};
    const struct {
        fm_extents a, b;
        int naxes;
        const int64_t *a_axes, *b_axes;
        uint64_t textbook, flopscope, torch;
    } cases[] = {
        {SHAPE(3, 4), SHAPE(4, 5), 1, last, first, 120, 60, 120},
        {SHAPE(3, 4), SHAPE(4, 5), 1, minus, first, 120, 240, 120},
        {SHAPE(3, 4), SHAPE(3, 4), 2, zero_one, zero_one, 24, 23, 0},
        {SHAPE(3), SHAPE(4), 0, NULL, NULL, 12, 12, 24},
        {SHAPE(3, 0), SHAPE(0, 4), 1, last, first, 0, 1, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const uint64_t expected[3] = {cases[i].textbook, cases[i].flopscope, cases[i].torch};
        for (int m = 0; m < 3; m++) {
            fm_work work;
            fm_work_begin(&work, m == 1);
            assert_int_equal(fm_cost_tensordot(&work, "tensordot", cases[i].a, cases[i].b,
                                               cases[i].naxes, cases[i].a_axes, cases[i].b_axes),
                             FM_OK);
            assert_int_equal(charge(models[m], &work), expected[m]);
        }
    }
}

static void einsum_of_two(void **state) {
    (void)state;
    expect_einsum("ij,jk->ik", SHAPE(256, 256), SHAPE(256, 256), 33554432, 33488896, 33554432);
    expect_einsum("ij,jk->ik", SHAPE(3, 1), SHAPE(1, 5), 30, 15, 0);
    expect_einsum("i,j->ij", SHAPE(4), SHAPE(5), 20, 20, 0);
    expect_einsum("ij,ij->ij", SHAPE(4, 5), SHAPE(4, 5), 20, 20, 0);
    expect_einsum("bi,bi->b", SHAPE(2, 3), SHAPE(2, 3), 12, 10, 12);
    expect_einsum("ij,jk->i", SHAPE(3, 4), SHAPE(4, 5), 40, 37, 24);
    expect_einsum("ij,kl->", SHAPE(2, 3), SHAPE(4, 5), 25, 25, 0);
    expect_einsum("...ij,...jk->...ik", SHAPE(2, 3, 4), SHAPE(2, 4, 3), 144, 126, 144);
    expect_einsum("ij,jk", SHAPE(3, 4), SHAPE(4, 5), 120, 105, 120);
    expect_einsum("ij,jk->ik", SHAPE(3, 0), SHAPE(0, 5), 0, 0, 0);
}

static void einsum_of_one(void **state) {
    (void)state;
    const struct {
        const char *text;
        fm_extents a;
        uint64_t textbook, flopscope;
    } cases[] = {
        {"ij->ji", SHAPE(3, 4), 0, 0},
        {"ii->i", SHAPE(4, 4), 0, 0},
        {"ii->", SHAPE(4, 4), 3, 3},
        {"ij->i", SHAPE(3, 4), 9, 9},
        {"ij->", SHAPE(256, 256), 65535, 65535},
        {"ij->i", SHAPE(3, 0), 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int m = 0; m < 2; m++) {
            fm_work work;
            fm_work_begin(&work, m == 1);
            assert_int_equal(fm_cost_einsum(&work, "einsum", cases[i].text, 1, &cases[i].a, NULL),
                             FM_OK);
            assert_int_equal(charge(models[m], &work),
                             m == 0 ? cases[i].textbook : cases[i].flopscope);
        }
    }
}

/* A chain of 17 goes by the greedy order; the figures are those of flopscope 0.4.3's steps. */
static void einsum_of_many(void **state) {
    (void)state;
    static const int64_t dims[18] = {2, 3, 4, 5, 2, 3, 4, 5, 2, 3, 4, 5, 2, 3, 4, 5, 2, 3};
    static const uint64_t expected[2] = {704, 608};
    fm_extents shapes[17];
    for (int i = 0; i < 17; i++) shapes[i] = (fm_extents){2, dims + i};
    for (int m = 0; m < 2; m++) {
        fm_work work;
        fm_work_begin(&work, m == 1);
        assert_int_equal(fm_cost_einsum(&work, "einsum",
                                        "ab,bc,cd,de,ef,fg,gh,hi,ij,jk,kl,lm,mn,no,op,pq,qr->ar",
                                        17, shapes, NULL),
                         FM_OK);
        assert_int_equal(charge(models[m], &work), expected[m]);
    }
}

static void einsum_errors_name_the_argument(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
        fm_status status;
    } wrong[] = {
        {"ij,jk->ik",
         "einsum: argument 3: axis 0 is 4, but subscript 'j' at position 3 is 3 before",
         FM_ERR_SHAPE},
        {"ijk,jk->i", "einsum: argument 2: 2 axes, but its term at position 0 has 3 subscripts",
         FM_ERR_SHAPE},
        {"ij->ij", "einsum: argument 1: 1 terms, but 2 operands", FM_ERR_ARGUMENT},
        {"ij,kl,m->i", "einsum: argument 1: 3 terms, but 2 operands", FM_ERR_ARGUMENT},
        {"ij,kl->x", "einsum: argument 1: output subscript 'x' at position 7 is in no input",
         FM_ERR_ARGUMENT},
        {"ij,kl->ii", "einsum: argument 1: output subscript 'i' at position 8 appears twice",
         FM_ERR_ARGUMENT},
        {"i1,kl->i", "einsum: argument 1: '1' at position 1 is not a subscript", FM_ERR_ARGUMENT},
        {"ij,kl-i", "einsum: argument 1: '-' without '>' at position 5", FM_ERR_ARGUMENT},
        {"......,kl", "einsum: argument 1: a term has '...' twice, the second at position 3",
         FM_ERR_ARGUMENT},
        {"ij,\xce\xb2\xc3\x97->i",
         "einsum: argument 1: '\xc3\x97' at position 4 is not a subscript", FM_ERR_ARGUMENT},
        {"ij,\xce\xb2l->i\xce\xb2\xce\xb2",
         "einsum: argument 1: output subscript '\xce\xb2' at position 9 appears twice",
         FM_ERR_ARGUMENT},
        {"ij,\xce\xb2l->\xce\xb3",
         "einsum: argument 1: output subscript '\xce\xb3' at position 7 is in no input",
         FM_ERR_ARGUMENT},
        {"ij,...j->i",
         "einsum: argument 3: axis 1 is 2, but subscript 'j' at position 6 is 3 before",
         FM_ERR_SHAPE},
        {"ij,kl->i,j", "einsum: argument 1: ',' at position 8 after the output", FM_ERR_ARGUMENT},
    };
    const fm_extents shapes[2] = {SHAPE(2, 3), SHAPE(4, 2)};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        fm_work work;
        fm_error error;
        fm_work_begin(&work, false);
        assert_int_equal(fm_cost_einsum(&work, "einsum", wrong[i].text, 2, shapes, &error),
                         wrong[i].status);
        assert_string_equal(error.message, wrong[i].message);
        assert_int_equal(work.nparts, 0);
    }
}

static void empty_work_costs_nothing(void **state) {
    (void)state;
    fm_work work;
    fm_work_begin(&work, false);
    assert_int_equal(fm_cost_elementwise(&work, "add", SHAPE(0, 3)), FM_OK);
    assert_int_equal(fm_cost_reduce(&work, "sum", SHAPE(0, 3), NULL, 1), FM_OK);
    assert_int_equal(fm_cost_mean(&work, "mean", SHAPE(0, 3), NULL, 1), FM_OK);
    assert_int_equal(fm_cost_sort(&work, "sort", 0, 5), FM_OK);
    assert_int_equal(fm_cost_create(&work, "full", SHAPE(9), false), FM_OK);
    assert_int_equal(charge("textbook", &work), 0);
    fm_work_begin(&work, true);
    assert_int_equal(fm_cost_elementwise(&work, "add", SHAPE(0, 3)), FM_OK);
    assert_int_equal(fm_cost_reduce(&work, "sum", SHAPE(0, 3), NULL, 1), FM_OK);
    assert_int_equal(fm_cost_create(&work, "full", SHAPE(9), false), FM_OK);
    assert_int_equal(charge("flopscope-0.4", &work), 11);
}

static void counts_by_element(void **state) {
    (void)state;
    fm_work work;
    fm_work_begin(&work, false);
    assert_int_equal(fm_cost_where(&work, "where", SHAPE(3, 1), SHAPE(3, 5)), FM_OK);
    assert_int_equal(charge("textbook", &work), 60);
    fm_work_begin(&work, true);
    assert_int_equal(fm_cost_where(&work, "where", SHAPE(3, 1), SHAPE(3, 5)), FM_OK);
    assert_int_equal(charge("flopscope-0.4", &work), 12);
    fm_work_begin(&work, false);
    assert_int_equal(fm_cost_clip(&work, "clip", SHAPE(5), SHAPE(3, 5)), FM_OK);
    assert_int_equal(fm_cost_shuffle(&work, "random.shuffle", 8), FM_OK);
    assert_int_equal(charge("textbook", &work), 15 + 24);
    fm_work_begin(&work, true);
    assert_int_equal(fm_cost_clip(&work, "clip", SHAPE(5), SHAPE(3, 5)), FM_OK);
    assert_int_equal(fm_cost_shuffle(&work, "random.shuffle", 8), FM_OK);
    assert_int_equal(charge("flopscope-0.4", &work), 5 + 8);
}

static void sizes_past_128_bits_overflow(void **state) {
    (void)state;
    const fm_extents huge = SHAPE(INT64_MAX, INT64_MAX);
    fm_work work;
    fm_work_begin(&work, false);
    assert_int_equal(fm_cost_elementwise(&work, "add", huge), FM_OK);
    assert_int_equal(fm_cost_outer(&work, "outer", huge, huge), FM_ERR_OVERFLOW);
    assert_int_equal(fm_cost_matmul(&work, "matmul", huge, huge), FM_ERR_OVERFLOW);
    assert_int_equal(fm_cost_tensordot(&work, "tensordot", huge, huge, 0, NULL, NULL),
                     FM_ERR_OVERFLOW);
    assert_int_equal(
        fm_cost_einsum(&work, "einsum", "ij,kl->ijkl", 2, (const fm_extents[]){huge, huge}, NULL),
        FM_ERR_OVERFLOW);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matrix_products),
        cmocka_unit_test(vector_products),
        cmocka_unit_test(tensordot),
        cmocka_unit_test(einsum_of_two),
        cmocka_unit_test(einsum_of_one),
        cmocka_unit_test(einsum_of_many),
        cmocka_unit_test(einsum_errors_name_the_argument),
        cmocka_unit_test(empty_work_costs_nothing),
        cmocka_unit_test(counts_by_element),
        cmocka_unit_test(sizes_past_128_bits_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
