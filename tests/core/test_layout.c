/* Layouts: interning, strides, extents, flags, refusals, and the failing nth allocation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/alloc.h"
#include "core/layout.h"

static const fm_layout *get(fm_dtype dtype, int ndim, const int64_t *shape,
                            const int64_t *strides) {
    const fm_layout *layout = NULL;
    fm_error error;
    if (fm_layout_get(&error, dtype, ndim, shape, strides, 0, &layout) != FM_OK)
        fail_msg("%s", error.message);
    return layout;
}

static void equal_layouts_are_one(void **state) {
    (void)state;
    int64_t shape[] = {3, 4}, dense[] = {4, 1}, turned[] = {1, 3};
    const fm_layout *a = get(FM_FLOAT32, 2, shape, NULL), *b = get(FM_FLOAT32, 2, shape, dense);
    const fm_layout *c = get(FM_FLOAT32, 2, shape, turned), *d = get(FM_FLOAT64, 2, shape, NULL);
    assert_ptr_equal(a, b);
    assert_ptr_not_equal(a, c);
    assert_ptr_not_equal(a, d);
    assert_int_equal(fm_layout_count(), 3);
    assert_true(a->flags & FM_LAYOUT_CONTIGUOUS);
    assert_false(c->flags & FM_LAYOUT_CONTIGUOUS);
    assert_int_equal(c->high, 11);
    fm_layout_release(a);
    fm_layout_release(b);
    fm_layout_release(c);
    fm_layout_release(d);
    assert_int_equal(fm_layout_count(), 0);
}

static void many_layouts_are_found_again(void **state) {
    (void)state;
    const fm_layout *layouts[1000];
    for (int64_t i = 0; i < 1000; i++) layouts[i] = get(FM_INT32, 1, &i, NULL);
    for (int64_t i = 0; i < 1000; i++) {
        const fm_layout *again = get(FM_INT32, 1, &i, NULL);
        assert_ptr_equal(again, layouts[i]);
        fm_layout_release(again);
    }
    for (int64_t i = 0; i < 1000; i++) fm_layout_release(layouts[i]);
    assert_int_equal(fm_layout_count(), 0);
}

static void extents_and_overlaps_are_found(void **state) {
    (void)state;
    int64_t shape[] = {2, 3}, reversed[] = {3, -1}, repeated[] = {0, 1}, windows[] = {1, 1};
    const fm_layout *a = get(FM_FLOAT64, 2, shape, reversed);
    assert_int_equal(a->low, -2);
    assert_int_equal(a->high, 3);
    assert_false(a->flags & FM_LAYOUT_OVERLAPS);
    const fm_layout *b = get(FM_FLOAT64, 2, shape, repeated);
    assert_true(b->flags & FM_LAYOUT_OVERLAPS);
    const fm_layout *c = get(FM_FLOAT64, 2, shape, windows);
    assert_true(c->flags & FM_LAYOUT_OVERLAPS);
    int64_t empty[] = {3, 0, 4};
    const fm_layout *d = get(FM_FLOAT64, 3, empty, NULL);
    assert_int_equal(d->size, 0);
    assert_true(d->flags & FM_LAYOUT_CONTIGUOUS);
    const fm_layout *e = get(FM_BOOL, 0, NULL, NULL);
    assert_int_equal(e->size, 1);
    fm_layout_release(a);
    fm_layout_release(b);
    fm_layout_release(c);
    fm_layout_release(d);
    fm_layout_release(e);
}

static void bad_shapes_are_refused(void **state) {
    (void)state;
    const fm_layout *layout = NULL;
    fm_error error;
    int64_t negative[] = {3, -1}, huge[] = {INT64_MAX / 2, 8}, far[] = {INT64_MAX / 4};
    int64_t two[] = {8};
    assert_int_equal(fm_layout_get(&error, FM_INT8, 2, negative, NULL, 0, &layout), FM_ERR_SHAPE);
    assert_string_equal(error.message, "axis 1 has negative extent -1");
    assert_int_equal(fm_layout_get(&error, FM_INT8, 2, huge, NULL, 0, &layout), FM_ERR_OVERFLOW);
    assert_int_equal(fm_layout_get(&error, FM_FLOAT64, 1, two, far, 0, &layout), FM_ERR_OVERFLOW);
    assert_int_equal(fm_layout_get(&error, (fm_dtype)77, 0, NULL, NULL, 0, &layout), FM_ERR_DTYPE);
    assert_int_equal(fm_layout_get(&error, FM_INT8, 65, huge, NULL, 0, &layout), FM_ERR_SHAPE);
    assert_null(layout);
    assert_int_equal(fm_layout_count(), 0);
}

static void a_failed_allocation_is_a_status(void **state) {
    (void)state;
    int64_t shape[] = {5};
    const fm_layout *layout = NULL;
    fm_status status = FM_ERR_MEMORY;
    for (uint64_t nth = 1; status != FM_OK; nth++) {
        fm_alloc_fail_at(nth, 0);
        status = fm_layout_get(NULL, FM_INT8, 1, shape, NULL, 0, &layout);
        fm_alloc_fail_at(0, 0);
        if (status != FM_OK) assert_int_equal(status, FM_ERR_MEMORY);
        assert_true(nth < 10);
    }
    fm_layout_release(layout);
    assert_int_equal(fm_layout_count(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_layouts_are_one),
        cmocka_unit_test(many_layouts_are_found_again),
        cmocka_unit_test(extents_and_overlaps_are_found),
        cmocka_unit_test(bad_shapes_are_refused),
        cmocka_unit_test(a_failed_allocation_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
