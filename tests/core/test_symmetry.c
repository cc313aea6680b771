/* Symmetry groups: families, equality, derived groups, refusals, and the failing nth allocation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/alloc.h"
#include "core/layout.h"
#include "core/symmetry.h"

#include <string.h>

static const int first_axes[FM_MAX_NDIM] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

typedef fm_status family(int, const int *, const fm_symmetry **, fm_error *);

static const fm_symmetry *get(family *make, int degree, const int *axes) {
    const fm_symmetry *group = NULL;
    fm_error error;
    if (make(degree, axes, &group, &error) != FM_OK) fail_msg("%s", error.message);
    return group;
}

static const fm_symmetry *generated(int degree, const int *axes, int count, const int *generators) {
    const fm_symmetry *group = NULL;
    fm_error error;
    if (fm_symmetry_from_generators(degree, axes, count, generators, &group, &error) != FM_OK)
        fail_msg("%s", error.message);
    return group;
}

static void families_have_their_orders(void **state) {
    (void)state;
    const struct {
        family *make;
        int degree;
        uint64_t order;
    } table[] = {{fm_symmetry_symmetric, 1, 1},   {fm_symmetry_symmetric, 2, 2},
                 {fm_symmetry_symmetric, 5, 120}, {fm_symmetry_cyclic, 1, 1},
                 {fm_symmetry_cyclic, 6, 6},      {fm_symmetry_dihedral, 2, 2},
                 {fm_symmetry_dihedral, 5, 10},   {fm_symmetry_symmetric, 8, 40320}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const fm_symmetry *group = get(table[i].make, table[i].degree, first_axes);
        assert_int_equal(fm_symmetry_order(group), table[i].order);
        assert_int_equal(fm_symmetry_elements(group), table[i].order);
        const uint8_t *identity = fm_symmetry_element(group, 0);
        for (int d = 0; d < table[i].degree; d++) assert_int_equal(identity[d], d);
        for (uint32_t e = 1; e < fm_symmetry_elements(group); e++)
            assert_true(memcmp(fm_symmetry_element(group, e - 1), fm_symmetry_element(group, e),
                               (size_t)table[i].degree) < 0);
        fm_symmetry_release(group);
    }
    assert_int_equal(fm_symmetry_count(), 0);
}

static void large_groups_are_not_enumerated(void **state) {
    (void)state;
    const fm_symmetry *nine = get(fm_symmetry_symmetric, 9, first_axes), *eight = NULL;
    assert_int_equal(fm_symmetry_order(nine), 362880);
    assert_int_equal(fm_symmetry_elements(nine), 0);
    assert_true(fm_symmetry_is_large(nine));
    assert_int_equal(fm_symmetry_reduce(nine, 9, 1, false, &eight), FM_OK);
    assert_int_equal(fm_symmetry_elements(eight), 40320);
    int swap_and_turn[] = {1, 0, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0};
    const fm_symmetry *unknown = generated(9, first_axes, 2, swap_and_turn);
    assert_int_equal(fm_symmetry_order(unknown), 0);
    assert_false(fm_symmetry_equal(unknown, nine));
    fm_symmetry_set_limit(5);
    const fm_symmetry *three = get(fm_symmetry_symmetric, 3, first_axes);
    assert_int_equal(fm_symmetry_order(three), 6);
    assert_int_equal(fm_symmetry_elements(three), 0);
    fm_symmetry_set_limit(50000);
    fm_symmetry_release(three);
    fm_symmetry_release(unknown);
    fm_symmetry_release(eight);
    fm_symmetry_release(nine);
    assert_int_equal(fm_symmetry_count(), 0);
}

static void equality_is_by_action(void **state) {
    (void)state;
    int turned[] = {2, 0, 1}, two[] = {1, 0, 2, 0, 2, 1}, three[] = {1, 2, 0};
    const fm_symmetry *a = get(fm_symmetry_symmetric, 3, first_axes);
    const fm_symmetry *b = get(fm_symmetry_symmetric, 3, turned);
    const fm_symmetry *c = generated(3, first_axes, 2, two);
    const fm_symmetry *d = generated(3, first_axes, 1, three);
    const fm_symmetry *again = get(fm_symmetry_symmetric, 3, first_axes);
    assert_ptr_equal(a, again);
    assert_ptr_not_equal(a, b);
    assert_true(fm_symmetry_equal(a, b));
    assert_true(fm_symmetry_equal(b, c));
    assert_false(fm_symmetry_equal(a, d));
    assert_false(fm_symmetry_equal(a, NULL));
    assert_true(fm_symmetry_equal(NULL, NULL));
    const fm_symmetry *all[] = {a, b, c, d, again};
    for (size_t i = 0; i < 5; i++) fm_symmetry_release(all[i]);
    assert_int_equal(fm_symmetry_count(), 0);
}

/* What a group is made of stays as it was given, whoever asked for the same group before. */
static void generators_stay_as_given(void **state) {
    (void)state;
    int swaps[] = {1, 0, 2, 0, 2, 1}, cycle[] = {1, 2, 0, 0, 2, 1};
    const fm_symmetry *a = generated(3, first_axes, 2, swaps);
    const fm_symmetry *b = generated(3, first_axes, 2, cycle);
    assert_true(fm_symmetry_equal(a, b));
    for (int i = 0; i < 6; i++) {
        assert_int_equal(a->generator[i], swaps[i]);
        assert_int_equal(b->generator[i], cycle[i]);
    }
    fm_symmetry_release(a);
    fm_symmetry_release(b);
    assert_int_equal(fm_symmetry_count(), 0);
}

static void products_join_disjoint_axes(void **state) {
    (void)state;
    int sizes[] = {2, 3}, axes[] = {4, 1, 0, 2, 6};
    const fm_symmetry *young = NULL, *wreath = NULL, *twice = NULL;
    fm_error error;
    assert_int_equal(fm_symmetry_young(2, sizes, axes, &young, &error), FM_OK);
    assert_int_equal(fm_symmetry_order(young), 12);
    assert_int_equal(fm_symmetry_axis(young, 4), 6);
    const fm_symmetry *pair = get(fm_symmetry_symmetric, 2, axes);
    assert_int_equal(fm_symmetry_wreath(pair, 3, first_axes, &wreath, &error), FM_OK);
    assert_int_equal(fm_symmetry_order(wreath), 48);
    const fm_symmetry *both[] = {pair, pair};
    assert_int_equal(fm_symmetry_product(2, both, &twice, &error), FM_ERR_ARGUMENT);
    assert_string_equal(error.message, "axes must be unique, but 4 is given twice");
    fm_symmetry_release(pair);
    fm_symmetry_release(young);
    fm_symmetry_release(wreath);
    assert_int_equal(fm_symmetry_count(), 0);
}

static void bad_groups_are_refused(void **state) {
    (void)state;
    const fm_symmetry *group = NULL;
    fm_error error;
    int same[] = {1, 1}, negative[] = {0, -1}, twice[] = {0, 0}, past[] = {0, 2};
    assert_int_equal(fm_symmetry_symmetric(2, same, &group, &error), FM_ERR_ARGUMENT);
    assert_string_equal(error.message, "axes must be unique, but 1 is given twice");
    assert_int_equal(fm_symmetry_symmetric(0, same, &group, &error), FM_ERR_ARGUMENT);
    assert_string_equal(error.message, "axes must be non-empty");
    assert_int_equal(fm_symmetry_cyclic(2, negative, &group, &error), FM_ERR_ARGUMENT);
    assert_string_equal(error.message, "axis -1 of a symmetry group is not within 0 to 63");
    assert_int_equal(fm_symmetry_from_generators(2, first_axes, 1, twice, &group, &error),
                     FM_ERR_ARGUMENT);
    assert_string_equal(error.message, "generator 0 is no permutation of 0 to 1: position 1 holds "
                                       "0 a second time");
    assert_int_equal(fm_symmetry_from_generators(2, first_axes, 1, past, &group, &error),
                     FM_ERR_ARGUMENT);
    assert_string_equal(error.message,
                        "generator 0 is no permutation of 0 to 1: position 1 holds 2");
    assert_int_equal(fm_symmetry_from_generators(2, first_axes, 0, past, &group, &error),
                     FM_ERR_ARGUMENT);
    assert_null(group);
    assert_int_equal(fm_symmetry_count(), 0);
}

static void subgroups_keep_and_fix(void **state) {
    (void)state;
    const fm_symmetry *s4 = get(fm_symmetry_symmetric, 4, first_axes), *out = NULL;
    assert_int_equal(fm_symmetry_fixing(s4, 1, &out), FM_OK);
    assert_int_equal(fm_symmetry_order(out), 6);
    assert_int_equal(fm_symmetry_degree(out), 4);
    fm_symmetry_release(out);
    assert_int_equal(fm_symmetry_keeping(s4, 3, &out), FM_OK);
    assert_int_equal(fm_symmetry_order(out), 4);
    fm_symmetry_release(out);
    int axes[] = {3, 1};
    assert_int_equal(fm_symmetry_on_axes(s4, 2, axes, &out), FM_OK);
    assert_int_equal(fm_symmetry_order(out), 2);
    assert_int_equal(fm_symmetry_axis(out, 0), 3);
    fm_symmetry_release(out);
    const fm_symmetry *c4 = get(fm_symmetry_cyclic, 4, first_axes);
    assert_int_equal(fm_symmetry_fixing(c4, 1, &out), FM_OK);
    assert_null(out);
    assert_int_equal(fm_symmetry_intersect(s4, c4, 4, &out), FM_OK);
    assert_true(fm_symmetry_equal(out, c4));
    fm_symmetry_release(out);
    int odd[] = {0, 2};
    const fm_symmetry *swap = get(fm_symmetry_symmetric, 2, odd);
    assert_int_equal(fm_symmetry_intersect(s4, swap, 4, &out), FM_OK);
    assert_int_equal(fm_symmetry_order(out), 2);
    assert_int_equal(fm_symmetry_degree(out), 4); /* axes differ: all axes of the tensor */
    fm_symmetry_release(out);
    fm_symmetry_release(swap);
    fm_symmetry_release(c4);
    fm_symmetry_release(s4);
    assert_int_equal(fm_symmetry_count(), 0);
}

static void reductions_and_broadcasts(void **state) {
    (void)state;
    const fm_symmetry *s3 = get(fm_symmetry_symmetric, 3, first_axes), *out = NULL;
    assert_int_equal(fm_symmetry_reduce(s3, 3, 2, false, &out), FM_OK);
    assert_int_equal(fm_symmetry_order(out), 2);
    assert_int_equal(fm_symmetry_axis(out, 1), 1);
    fm_symmetry_release(out);
    assert_int_equal(fm_symmetry_reduce(s3, 3, 2, true, &out), FM_OK);
    assert_int_equal(fm_symmetry_axis(out, 1), 2);
    fm_symmetry_release(out);
    const fm_symmetry *c4 = get(fm_symmetry_cyclic, 4, first_axes);
    assert_int_equal(fm_symmetry_reduce(c4, 4, 5, false, &out), FM_OK);
    assert_int_equal(fm_symmetry_order(out), 2); /* turning twice keeps axes 0 and 2 */
    fm_symmetry_release(out);
    fm_symmetry_release(c4);
    int64_t shape[] = {4, 4, 4}, wide[] = {5, 5, 4, 4, 4}, thin[] = {1, 1, 1}, same[] = {7, 7, 7};
    assert_int_equal(fm_symmetry_broadcast(s3, 3, shape, 5, wide, &out), FM_OK);
    assert_int_equal(fm_symmetry_order(out), 12);
    fm_symmetry_release(out);
    assert_int_equal(fm_symmetry_broadcast(s3, 3, thin, 3, same, &out), FM_OK);
    assert_null(out); /* stretched axes leave the group */
    int first, second;
    assert_true(fm_symmetry_fits(s3, shape, &first, &second));
    assert_false(fm_symmetry_fits(s3, wide, &first, &second));
    assert_int_equal(first, 0);
    assert_int_equal(second, 2);
    fm_symmetry_release(s3);
    assert_int_equal(fm_symmetry_count(), 0);
}

static void layouts_carry_a_symmetry(void **state) {
    (void)state;
    int64_t shape[] = {3, 3};
    const fm_layout *plain = NULL, *tagged = NULL, *again = NULL, *back = NULL;
    const fm_symmetry *s2 = get(fm_symmetry_symmetric, 2, first_axes);
    fm_error error;
    assert_int_equal(fm_layout_get(&error, FM_FLOAT64, 2, shape, NULL, 0, &plain), FM_OK);
    assert_int_equal(fm_layout_with(&error, plain, s2, &tagged), FM_OK);
    assert_int_equal(fm_layout_with(&error, plain, s2, &again), FM_OK);
    assert_int_equal(fm_layout_with(&error, tagged, NULL, &back), FM_OK);
    fm_symmetry_release(s2);
    assert_ptr_equal(tagged, again);
    assert_ptr_equal(back, plain);
    assert_ptr_not_equal(plain, tagged);
    assert_ptr_equal(tagged->symmetry, s2);
    assert_true(tagged->flags & FM_LAYOUT_CONTIGUOUS);
    assert_int_equal(fm_symmetry_count(), 1);
    const fm_layout *all[] = {plain, tagged, again, back};
    for (size_t i = 0; i < 4; i++) fm_layout_release(all[i]);
    assert_int_equal(fm_layout_count(), 0);
    assert_int_equal(fm_symmetry_count(), 0);
}

/* One call of each, and nothing is left whichever allocation fails. */
static fm_status derive_all(void) {
    const fm_symmetry *s4 = NULL, *s3 = NULL, *out = NULL;
    fm_status status = fm_symmetry_symmetric(4, first_axes, &s4, NULL);
    if (status == FM_OK) status = fm_symmetry_reduce(s4, 4, 1, true, &s3);
    if (status == FM_OK) status = fm_symmetry_keeping(s4, 3, &out);
    fm_symmetry_release(out);
    out = NULL;
    if (status == FM_OK) status = fm_symmetry_intersect(s4, s3, 4, &out);
    fm_symmetry_release(out);
    out = NULL;
    int64_t shape[] = {4, 4, 4, 4}, wide[] = {5, 5, 4, 4, 4, 4};
    if (status == FM_OK) status = fm_symmetry_broadcast(s4, 4, shape, 6, wide, &out);
    fm_symmetry_release(out);
    fm_symmetry_release(s3);
    fm_symmetry_release(s4);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    fm_status status = FM_ERR_MEMORY;
    int failures = 0;
    for (uint64_t nth = 1; status != FM_OK; nth++) {
        fm_alloc_fail_at(nth, 0);
        status = derive_all();
        fm_alloc_fail_at(0, 0);
        failures += status != FM_OK;
        assert_true(status == FM_OK || status == FM_ERR_MEMORY);
        assert_int_equal(fm_symmetry_count(), 0);
    }
    assert_true(failures > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families_have_their_orders),
        cmocka_unit_test(large_groups_are_not_enumerated),
        cmocka_unit_test(equality_is_by_action),
        cmocka_unit_test(generators_stay_as_given),
        cmocka_unit_test(products_join_disjoint_axes),
        cmocka_unit_test(bad_groups_are_refused),
        cmocka_unit_test(subgroups_keep_and_fix),
        cmocka_unit_test(reductions_and_broadcasts),
        cmocka_unit_test(layouts_carry_a_symmetry),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
