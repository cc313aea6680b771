/* Contractions and reductions counted with symmetry: numbers of flopscope 0.4.3, error texts,
   overflow, the cache, and every allocation failing in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/alloc.h"
#include "core/symmetry.h"

#include <flopmeter/accumulation.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define SHAPE(...)                                                                                 \
    (const int64_t[]) {                                                                            \
        __VA_ARGS__                                                                                \
    }

static const fm_symmetry *full(int degree) {
    static const int axes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    const fm_symmetry *group = NULL;
    assert_int_equal(fm_symmetry_symmetric(degree, axes, &group, NULL), FM_OK);
    return group;
}

static const fm_symmetry *cyclic(int degree) {
    static const int axes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    const fm_symmetry *group = NULL;
    assert_int_equal(fm_symmetry_cyclic(degree, axes, &group, NULL), FM_OK);
    return group;
}

static const fm_accumulation *einsum(const char *subscripts, int count,
                                     const fm_operand *operands) {
    const fm_accumulation *answer = NULL;
    fm_error error;
    fm_status status =
        fm_einsum_accumulation_cost(subscripts, count, operands, -1, &answer, &error);
    if (status != FM_OK) fail_msg("%s: %s", subscripts, error.message);
    return answer;
}

/* The total of an expression; the answer is given back. */
static int64_t total(const char *subscripts, int count, const fm_operand *operands) {
    const fm_accumulation *answer = einsum(subscripts, count, operands);
    int64_t sum = answer->total;
    fm_accumulation_release(answer);
    return sum;
}

static void gram_matrices_cost_half(void **state) {
    (void)state;
    fm_operand x = {2, SHAPE(100, 100), NULL, "x"}, copy = {2, SHAPE(100, 100), NULL, "y"};
    fm_operand twice[2] = {x, x}, apart[2] = {x, copy};
    static const struct {
        const char *model;
        uint64_t twice, apart;
    } cases[] = {{"flopscope-0.4", 1004950, 1990000}, {"textbook", 1010000, 2000000}};
    assert_int_equal(total("ij,ik->jk", 2, twice), 1004950);
    assert_int_equal(total("ij,ik->jk", 2, apart), 1990000);
    for (int i = 0; i < 2; i++) {
        fm_cost_options options = FM_COST_OPTIONS_INIT;
        fm_cost_answer answer;
        options.cost_model = cases[i].model;
        assert_int_equal(fm_einsum_cost(&options, "ij,ik->jk", 2, twice, &answer, NULL), FM_OK);
        assert_int_equal(answer.flops, cases[i].twice);
        assert_int_equal(fm_einsum_cost(&options, "ij,ik->jk", 2, apart, &answer, NULL), FM_OK);
        assert_int_equal(answer.flops, cases[i].apart);
    }
}

static void components_have_their_rule(void **state) {
    (void)state;
    const fm_symmetry *s3 = full(3), *s2 = full(2), *c3 = cyclic(3);
    const struct {
        const char *subscripts, *group, *regime, *shape;
        fm_operand operand;
        uint64_t products, sums, outs;
    } cases[] = {
        {"abc->",
         "S3{a,b,c}",
         "functionalProjection",
         "allSummed",
         {3, SHAPE(2, 2, 2), s3, NULL},
         4,
         4,
         1},
        {"abc->abc",
         "S3{a,b,c}",
         "functionalProjection",
         "allVisible",
         {3, SHAPE(2, 2, 2), s3, NULL},
         4,
         4,
         4},
        {"abc->bc", "S3{a,b,c}", "young", "mixed", {3, SHAPE(2, 2, 2), s3, NULL}, 4, 6, 3},
        {"ab->b", "S2{a,b}", "singleton", "mixed", {2, SHAPE(4, 4), s2, NULL}, 10, 16, 4},
        {"abc->bc",
         "C3{a,b,c}",
         "partitionCount",
         "mixed",
         {3, SHAPE(3, 3, 3), c3, NULL},
         11,
         27,
         9},
        {"ab->b", "trivial", "trivial", "trivial", {2, SHAPE(4, 4), NULL, NULL}, 4, 4, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const fm_accumulation *answer = einsum(cases[i].subscripts, 1, &cases[i].operand);
        const fm_accumulation_component *c = &answer->component[0];
        assert_string_equal(c->group, cases[i].group);
        assert_string_equal(c->regime, cases[i].regime);
        assert_string_equal(c->shape, cases[i].shape);
        assert_int_equal(c->products, cases[i].products);
        assert_int_equal(c->sums, cases[i].sums);
        assert_int_equal(c->output_orbits, cases[i].outs);
        fm_accumulation_release(answer);
    }
    fm_einsum_cache_clear();
    fm_symmetry_release(s3);
    fm_symmetry_release(s2);
    fm_symmetry_release(c3);
}

/* Letters of any alphabet, in the order of their code points. */
static void letters_are_spelled_out(void **state) {
    (void)state;
    const fm_symmetry *s2 = full(2);
    fm_operand x = {2, SHAPE(4, 4), s2, NULL};
    const fm_accumulation *answer = einsum("\u03bb\u00e9->\u00e9", 1, &x);
    const fm_accumulation_component *c = &answer->component[0];
    assert_string_equal(c->labels, "\u00e9\u03bb");
    assert_string_equal(c->out_labels, "\u00e9");
    assert_string_equal(c->summed_labels, "\u03bb");
    assert_string_equal(c->group, "S2{\u00e9,\u03bb}");
    fm_accumulation_release(answer);
    fm_symmetry_release(s2);
}

static void steps_name_their_source(void **state) {
    (void)state;
    fm_operand a = {2, SHAPE(5, 5), NULL, "a"}, v[3] = {a, a, a};
    const fm_accumulation *answer = einsum("ia,ib,ic->abc", 3, v);
    assert_int_equal(answer->nsteps, 2);
    assert_int_equal(answer->nterms, 3);
    int64_t sum = 0;
    for (int s = 0; s < answer->nsteps; s++) sum += answer->step[s].total;
    assert_int_equal(answer->total, sum);
    assert_string_equal(answer->component[0].group, "S3{a,b,c}");
    fm_accumulation_release(answer);
}

static void sums_of_one_operand_come_first(void **state) {
    (void)state;
    fm_operand v[2] = {{2, SHAPE(6, 6), NULL, NULL}, {2, SHAPE(2, 2), NULL, NULL}};
    const fm_accumulation *answer = einsum("ii,jj->", 2, v);
    assert_int_equal(answer->total, 39);
    assert_int_equal(answer->nearly, 1);
    assert_int_equal(answer->early[0].count, 2);
    assert_string_equal(answer->early[0].item[0].removed, "i");
    assert_string_equal(answer->early[0].item[0].left, "");
    assert_int_equal(answer->early[0].item[0].cost, 35);
    assert_int_equal(answer->early[0].item[1].cost, 3);
    fm_accumulation_release(answer);
}

static int64_t reduced(const fm_operand *operand, const fm_axes *axes, int64_t factor,
                       int64_t extra) {
    const fm_accumulation *answer = NULL;
    assert_int_equal(
        fm_reduction_accumulation_cost(operand, axes, factor, extra, -1, &answer, NULL), FM_OK);
    int64_t sum = answer->total;
    fm_accumulation_release(answer);
    return sum;
}

static void reductions_count_orbits(void **state) {
    (void)state;
    const fm_symmetry *s2 = full(2), *s3 = full(3);
    fm_operand plain = {3, SHAPE(2, 6, 4), NULL, NULL}, square = {2, SHAPE(4, 4), s2, NULL},
               cube = {3, SHAPE(2, 2, 2), s3, NULL};
    fm_axes one = {1, SHAPE(1)}, first = {1, SHAPE(0)}, last = {1, SHAPE(-1)}, none = {0, NULL};
    int64_t cost;
    assert_int_equal(reduced(&plain, &one, 3, 0), 120);
    assert_int_equal(reduced(&plain, &one, 1, 10), 50);
    assert_int_equal(reduced(&plain, &none, 5, 7), 7);
    assert_int_equal(reduced(&square, NULL, 1, 0), 9);
    assert_int_equal(reduced(&square, &first, 1, 0), 12);
    assert_int_equal(reduced(&cube, &last, 1, 0), 3);
    assert_int_equal(fm_tier2_reduction_cost(&cube, &first, -1, &cost, NULL), FM_OK);
    assert_int_equal(cost, 6);
    assert_int_equal(fm_tier2_reduction_cost(&cube, &first, 7, &cost, NULL), FM_OK);
    assert_int_equal(cost, 21);
    fm_einsum_cache_clear();
    fm_symmetry_release(s2);
    fm_symmetry_release(s3);
}

static void expensive_counts_fall_back(void **state) {
    (void)state;
    const fm_symmetry *c3 = cyclic(3), *s9 = full(9);
    fm_operand cube = {3, SHAPE(3, 3, 3), c3, NULL},
               many = {9, SHAPE(1, 1, 1, 1, 1, 1, 1, 1, 1), s9, NULL};
    const fm_accumulation *answer = NULL;
    assert_int_equal(fm_einsum_accumulation_cost("abc->bc", 1, &cube, 4, &answer, NULL), FM_OK);
    assert_true(answer->fallback);
    assert_int_equal(answer->total, 27);
    assert_int_equal(answer->nunavailable, 1);
    assert_string_equal(answer->component[0].regime, "unavailable");
    assert_string_equal(answer->reason,
                        "a component has more patterns of equal indices than the limit");
    fm_accumulation_release(answer);
    answer = einsum("abcdefghi->", 1, &many);
    assert_true(answer->fallback);
    assert_int_equal(answer->total, 1);
    assert_int_equal(answer->ncomponents, 0);
    assert_string_equal(answer->reason, "the symmetry group has more elements than the limit");
    fm_accumulation_release(answer);
    fm_einsum_cache_clear();
    fm_symmetry_release(c3);
    fm_symmetry_release(s9);
}

/* The limit that is asked with is for contractions; sums before them go by the setting. */
static void early_sums_go_by_the_setting(void **state) {
    (void)state;
    const fm_symmetry *c4 = cyclic(4);
    fm_operand pair[2] = {{4, SHAPE(3, 3, 3, 3), c4, NULL}, {2, SHAPE(3, 3), NULL, NULL}};
    const fm_accumulation *asked = NULL, *dense = NULL, *usual = einsum("abcd,cd->cd", 2, pair);
    assert_int_equal(fm_einsum_accumulation_cost("abcd,cd->cd", 2, pair, 1, &asked, NULL), FM_OK);
    assert_int_equal(usual->nearly, 1);
    assert_int_equal(usual->early[0].count, 1);
    assert_int_equal(asked->early[0].item[0].cost, usual->early[0].item[0].cost);
    assert_int_equal(asked->total, usual->total);
    fm_accumulation_set_partition_limit(1);
    dense = einsum("abcd,cd->cd", 2, pair);
    assert_true(dense->early[0].item[0].cost > usual->early[0].item[0].cost);
    fm_accumulation_set_partition_limit(100000);
    fm_accumulation_release(asked);
    fm_accumulation_release(dense);
    fm_accumulation_release(usual);
    fm_einsum_cache_clear();
    fm_symmetry_release(c4);
}

static void bad_questions_say_where(void **state) {
    (void)state;
    const fm_symmetry *s2 = full(2), *s3 = full(3);
    const struct {
        const char *subscripts;
        int count;
        fm_operand operand[2];
        fm_status status;
        const char *message;
    } cases[] = {
        {"ij,jk->ik",
         2,
         {{2, SHAPE(3, 4), s2, NULL}, {2, SHAPE(4, 5), NULL, NULL}},
         FM_ERR_SHAPE,
         "einsum_accumulation_cost: argument 2: its symmetry joins axis 0, which is 3, and axis 1, "
         "which is 4"},
        {"ij,jk->ik",
         2,
         {{2, SHAPE(4, 4), NULL, NULL}, {2, SHAPE(4, 4), s3, NULL}},
         FM_ERR_SHAPE,
         "einsum_accumulation_cost: argument 3: its symmetry acts on axis 2, but it has 2 axes"},
        {"ij->i",
         1,
         {{2, SHAPE(3, -1), NULL, NULL}},
         FM_ERR_SHAPE,
         "einsum_accumulation_cost: argument 2: axis 1 is -1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const fm_accumulation *answer = NULL;
        fm_error error;
        assert_int_equal(fm_einsum_accumulation_cost(cases[i].subscripts, cases[i].count,
                                                     cases[i].operand, -1, &answer, &error),
                         cases[i].status);
        assert_null(answer);
        assert_string_equal(error.message, cases[i].message);
    }
    fm_symmetry_release(s2);
    fm_symmetry_release(s3);
}

static void large_counts_are_an_error(void **state) {
    (void)state;
    int64_t most = INT64_MAX / 2;
    const fm_symmetry *s2 = full(2);
    fm_operand square = {2, SHAPE(most, most), s2, NULL}, pair[2] = {square, square};
    const fm_accumulation *answer = NULL;
    fm_error error;
    assert_int_equal(fm_einsum_accumulation_cost("ij->", 1, &square, -1, &answer, &error),
                     FM_ERR_OVERFLOW);
    assert_string_equal(error.message, "einsum_accumulation_cost: number past 64 bits");
    assert_int_equal(fm_einsum_accumulation_cost("ij,jk->ik", 2, pair, -1, &answer, &error),
                     FM_ERR_OVERFLOW);
    assert_int_equal(
        fm_reduction_accumulation_cost(&square, NULL, INT64_MAX, 0, -1, &answer, &error),
        FM_ERR_OVERFLOW);
    fm_symmetry_release(s2);
}

static void answers_are_remembered(void **state) {
    (void)state;
    fm_operand pair[2] = {{2, SHAPE(3, 4), NULL, "a"}, {2, SHAPE(4, 5), NULL, "b"}};
    fm_einsum_cache_clear();
    const fm_accumulation *first = einsum("ij,jk->ik", 2, pair),
                          *again = einsum("ij,jk->ik", 2, pair);
    assert_ptr_equal(first, again);
    assert_int_equal(fm_einsum_cache_info().hits, 1);
    assert_int_equal(fm_einsum_cache_info().misses, 1);
    assert_int_equal(fm_einsum_cache_info().size, 1);
    assert_int_equal(fm_einsum_cache_info().limit, 4096);
    fm_einsum_cache_resize(1);
    fm_accumulation_release(einsum("ij,jk->i", 2, pair));
    fm_accumulation_release(einsum("ij,jk->k", 2, pair));
    assert_int_equal(fm_einsum_cache_info().size, 1);
    fm_einsum_cache_resize(4096);
    assert_int_equal(first->total, 3 * 5 * (2 * 4 - 1));
    fm_accumulation_release(first);
    fm_accumulation_release(again);
    assert_int_equal(fm_einsum_cache_info().size, 0);
}

enum { THREADS = 8, ASKED = 500 };

static void *ask_often(void *wrong) {
    static const int64_t extents[][2] = {{2, 3}, {3, 4}, {4, 5}, {5, 6}};
    for (int i = 0; i < ASKED; i++) {
        const int64_t *n = extents[i % 4], shape[] = {n[0], n[0]}, other[] = {n[0], n[1]};
        fm_operand pair[2] = {{2, shape, NULL, "a"}, {2, other, NULL, "b"}};
        const fm_accumulation *answer = NULL;
        if (fm_einsum_accumulation_cost("ij,jk->ik", 2, pair, -1, &answer, NULL) != FM_OK ||
            answer->total != n[0] * n[1] * (2 * n[0] - 1))
            *(bool *)wrong = true;
        fm_accumulation_release(answer);
        if (i % 100 == 0) fm_einsum_cache_resize(i % 200 ? 2 : 4096);
    }
    return NULL;
}

static void threads_share_what_is_remembered(void **state) {
    (void)state;
    pthread_t thread[THREADS];
    bool wrong[THREADS] = {false};
    for (int t = 0; t < THREADS; t++)
        assert_int_equal(pthread_create(&thread[t], NULL, ask_often, &wrong[t]), 0);
    for (int t = 0; t < THREADS; t++) {
        pthread_join(thread[t], NULL);
        assert_false(wrong[t]);
    }
    fm_einsum_cache_resize(4096);
}

/* Equal operands with the same labels may have those that are summed named anew in all of them, and
   each is turned by what its own symmetry becomes by that. The counts are those of flopscope 0.4.3,
   the last with a limit that lets it list all 82,944 arrangements. */
static void equal_operands_are_renamed(void **state) {
    (void)state;
    const fm_symmetry *s2 = full(2), *c3 = cyclic(3), *s4 = full(4);
    fm_operand plain = {2, SHAPE(4, 4), NULL, "p"}, pair = {3, SHAPE(3, 3, 3), s2, "s"},
               ring = {3, SHAPE(3, 3, 3), c3, "c"}, four = {4, SHAPE(3, 3, 3, 3), s4, "f"};
    assert_int_equal(total("ab,ab,ab->", 3, (fm_operand[]){plain, plain, plain}), 35);
    assert_int_equal(total("abc,abc,abc->", 3, (fm_operand[]){pair, pair, pair}), 37);
    assert_int_equal(total("abc,abc,abd->d", 3, (fm_operand[]){ring, ring, ring}), 80);
    assert_int_equal(total("abcd,abcd,abcd->", 3, (fm_operand[]){four, four, four}), 44);
    fm_einsum_cache_clear();
    fm_symmetry_release(s2);
    fm_symmetry_release(c3);
    fm_symmetry_release(s4);
}

/* The nth allocation fails, for every n: the status says so, and nothing is left behind. */
static void every_allocation_may_fail(void **state) {
    (void)state;
    const fm_symmetry *c3 = cyclic(3);
    fm_operand x = {3, SHAPE(3, 3, 3), c3, "x"}, m = {2, SHAPE(3, 3), NULL, "m"},
               three[3] = {x, m, m};
    uint64_t failures = 0;
    fm_einsum_cache_clear();
    for (uint64_t nth = 1;; nth++) {
        const fm_accumulation *answer = NULL;
        fm_error error;
        fm_alloc_fail_at(nth, 0);
        fm_status status =
            fm_einsum_accumulation_cost("ijk,ia,jb->kab", 3, three, -1, &answer, &error);
        fm_alloc_fail_at(0, 0);
        fm_accumulation_release(answer);
        bool remembered = fm_einsum_cache_info().size > 0;
        fm_einsum_cache_clear();
        if (status == FM_OK && remembered) break;
        if (status == FM_OK) continue; /* all that failed was to remember it */
        assert_int_equal(status, FM_ERR_MEMORY);
        assert_null(answer);
        failures++;
    }
    assert_true(failures > 20);
    fm_symmetry_release(c3);
    assert_int_equal(fm_symmetry_count(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gram_matrices_cost_half),
        cmocka_unit_test(components_have_their_rule),
        cmocka_unit_test(letters_are_spelled_out),
        cmocka_unit_test(steps_name_their_source),
        cmocka_unit_test(sums_of_one_operand_come_first),
        cmocka_unit_test(reductions_count_orbits),
        cmocka_unit_test(expensive_counts_fall_back),
        cmocka_unit_test(early_sums_go_by_the_setting),
        cmocka_unit_test(bad_questions_say_where),
        cmocka_unit_test(large_counts_are_an_error),
        cmocka_unit_test(answers_are_remembered),
        cmocka_unit_test(threads_share_what_is_remembered),
        cmocka_unit_test(equal_operands_are_renamed),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("accumulation", tests, NULL, NULL);
}
