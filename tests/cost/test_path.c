/* Contraction orders: never more FLOPs than opt_einsum's `auto` found, limits, explicit steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cost/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Reads "ab,bc->ac" with extents "a=2,b=3". */
static void read_expression(const char *text, const char *extents, fm_einsum *e) {
    static int64_t dims[FM_EINSUM_OPERANDS][FM_EINSUM_NDIM];
    fm_extents shapes[FM_EINSUM_OPERANDS];
    int n = 0;
    for (const char *p = text;; p++) {
        shapes[n] = (fm_extents){0, dims[n]};
        for (; *p != '\0' && *p != ',' && *p != '-'; p++) {
            const char *at = extents;
            while (at[0] != *p || at[1] != '=') at++;
            dims[n][shapes[n].ndim++] = strtoll(at + 2, NULL, 10);
        }
        n++;
        if (*p != ',') break;
    }
    assert_int_equal(fm_einsum_parse("einsum", text, n, shapes, e, NULL), FM_OK);
}

/* Every id is used once, by a later pair. */
static void expect_complete(const fm_einsum *e, const fm_einsum_pair *path) {
    bool used[2 * FM_EINSUM_OPERANDS] = {false};
    for (int step = 0; step < e->nterms - 1; step++) {
        const int ids[2] = {path[step].left, path[step].right};
        for (int i = 0; i < 2; i++) {
            assert_in_range(ids[i], 0, e->nterms + step - 1);
            assert_false(used[ids[i]]);
            used[ids[i]] = true;
        }
    }
}

static double find(const fm_einsum *e, fm_path_options options, fm_einsum_pair *path, bool *fits) {
    assert_int_equal(fm_path_find(e, &options, path, fits), FM_OK);
    expect_complete(e, path);
    return fm_path_count(e, path).flops;
}

/* Each recorded expression by every search; `auto` and `optimal` must not be worse than recorded.
 */
static void never_worse_than_recorded(void **state) {
    (void)state;
    static const fm_path_kind kinds[] = {FM_PATH_AUTO,     FM_PATH_OPTIMAL, FM_PATH_BRANCH_2,
                                         FM_PATH_BRANCH_1, FM_PATH_GREEDY,  FM_PATH_RANDOM};
    gzFile file = gzopen(FM_TEST_DATA "/cost/data/paths.txt.gz", "rb");
    char line[2048], text[512], extents[1024];
    int count = 0;
    assert_non_null(file);
    while (gzgets(file, line, sizeof line)) {
        fm_einsum e;
        fm_einsum_pair path[FM_EINSUM_OPERANDS];
        double recorded;
        bool fits;
        assert_int_equal(sscanf(line, "%511s %1023s %lf", text, extents, &recorded), 3);
        read_expression(text, extents, &e);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            double flops = find(&e, (fm_path_options){.kind = kinds[i]}, path, &fits);
            assert_true(fits);
            if (kinds[i] <= FM_PATH_OPTIMAL && flops > recorded)
                fail_msg("%s: %.0f, recorded %.0f", text, flops, recorded);
        }
        count++;
    }
    gzclose(file);
    assert_true(count > 540);
}

static void the_same_seed_finds_the_same(void **state) {
    (void)state;
    fm_einsum e;
    fm_einsum_pair first[FM_EINSUM_OPERANDS], second[FM_EINSUM_OPERANDS];
    bool fits;
    read_expression("ab,bcd,de,efg,ghc,hi,ijf,ja->", "a=3,b=4,c=5,d=6,e=3,f=4,g=5,h=6,i=3,j=4", &e);
    fm_path_options options = {.kind = FM_PATH_RANDOM, .seed = 7, .repeats = 16};
    double once = find(&e, options, first, &fits), again = find(&e, options, second, &fits);
    assert_true(once == again);
    assert_memory_equal(first, second, 7 * sizeof *first);
}

/* Of ab,bc,cd the cheaper order makes a result of 1,000 elements, the other one of 100. */
static void limits_hold_where_they_can(void **state) {
    (void)state;
    fm_einsum e;
    fm_einsum_pair path[FM_EINSUM_OPERANDS];
    bool fits;
    read_expression("ab,bc,cd->ad", "a=100,b=2,c=10,d=50", &e);
    assert_true(find(&e, (fm_path_options){.kind = FM_PATH_AUTO}, path, &fits) == 22000);
    assert_true(find(&e, (fm_path_options){.kind = FM_PATH_AUTO, .memory_limit = 100}, path,
                     &fits) == 22000);
    assert_true(fits);
    read_expression("ab,bc,cd->ad", "a=100,b=20,c=10,d=500", &e);
    double free = find(&e, (fm_path_options){.kind = FM_PATH_AUTO}, path, &fits);
    assert_true(free == 1040000 && fm_path_count(&e, path).largest == 50000);
    (void)find(&e, (fm_path_options){.kind = FM_PATH_GREEDY, .memory_limit = 1000}, path, &fits);
    assert_true(fits);
    (void)find(&e, (fm_path_options){.kind = FM_PATH_AUTO, .memory_limit = 10}, path, &fits);
    assert_false(fits);
}

static void steps_and_pairs_are_each_other(void **state) {
    (void)state;
    fm_einsum e;
    fm_einsum_pair path[4], back[4];
    fm_path_step steps[4];
    bool fits;
    read_expression("ab,bc,cd,de,ea->", "a=3,b=4,c=5,d=6,e=7", &e);
    (void)find(&e, (fm_path_options){.kind = FM_PATH_AUTO}, path, &fits);
    fm_path_positions(5, path, steps);
    assert_int_equal(fm_path_pairs(&e, 4, steps, back), FM_OK);
    assert_memory_equal(path, back, sizeof path);
    const fm_path_step wide[] = {{1, {0}}, {3, {0, 2, 4}}, {3, {2, 1, 0}}};
    assert_int_equal(fm_path_pairs(&e, 3, wide, back), FM_OK);
    expect_complete(&e, back);
}

static void names_are_those_of_opt_einsum(void **state) {
    (void)state;
    static const char *const known[] = {
        "auto",     "auto-hq",       "optimal",          "dp",
        "greedy",   "Eager",         "branch-2",         "BRANCH-ALL",
        "branch-1", "random-greedy", "random-greedy-128"};
    fm_path_options options = {.kind = FM_PATH_AUTO};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(fm_path_named(known[i], &options));
    assert_int_equal(options.repeats, 128);
    assert_false(fm_path_named("branch", &options));
    assert_false(fm_path_named("auto ", &options));
    assert_false(fm_path_named("", &options));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(never_worse_than_recorded),
        cmocka_unit_test(the_same_seed_finds_the_same),
        cmocka_unit_test(limits_hold_where_they_can),
        cmocka_unit_test(steps_and_pairs_are_each_other),
        cmocka_unit_test(names_are_those_of_opt_einsum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
