/* Namespaces: joined names, identity, sub-budgets, bad names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/alloc.h"
#include "meter/namespace.h"

static void test_nesting(void **state) {
    (void)state;
    fm_names names;
    fm_scopes scopes = {0};
    assert_int_equal(fm_names_init(&names, NULL), FM_OK);
    assert_null(fm_scopes_current(&scopes));
    assert_int_equal(fm_scopes_push(&scopes, &names, "train", 0, NULL), FM_OK);
    const fm_name *train = fm_scopes_current(&scopes);
    assert_string_equal(train->text, "train");
    assert_int_equal(fm_scopes_push(&scopes, &names, "forward", 0, NULL), FM_OK);
    const fm_name *forward = fm_scopes_current(&scopes);
    assert_string_equal(forward->text, "train.forward");
    assert_string_equal(forward->segment, "forward");
    assert_int_equal(fm_scopes_pop(&scopes, NULL), FM_OK);
    assert_ptr_equal(fm_scopes_current(&scopes), train);
    assert_int_equal(fm_scopes_push(&scopes, &names, "forward", 0, NULL), FM_OK);
    assert_ptr_equal(fm_scopes_current(&scopes), forward);
    assert_int_equal(fm_scopes_pop(&scopes, NULL), FM_OK);
    assert_int_equal(fm_scopes_pop(&scopes, NULL), FM_OK);
    assert_int_equal(fm_scopes_push(&scopes, &names, "forward", 0, NULL), FM_OK);
    assert_string_equal(fm_scopes_current(&scopes)->text, "forward");
    assert_ptr_not_equal(fm_scopes_current(&scopes), forward);
    fm_scopes_close(&scopes);
    fm_names_close(&names);
}

static void test_errors(void **state) {
    (void)state;
    fm_names names;
    fm_scopes scopes = {0};
    fm_error error = {0};
    assert_int_equal(fm_names_init(&names, NULL), FM_OK);
    assert_int_equal(fm_scopes_push(&scopes, &names, NULL, 0, &error), FM_ERR_ARGUMENT);
    assert_int_equal(fm_scopes_push(&scopes, &names, "", 0, &error), FM_ERR_ARGUMENT);
    assert_string_equal(error.message, "namespace: the name is empty");
    assert_int_equal(fm_scopes_push(&scopes, &names, "a.b", 0, &error), FM_ERR_ARGUMENT);
    assert_string_equal(error.message,
                        "namespace: \"a.b\" has a '.', which separates nested names");
    assert_int_equal(fm_scopes_pop(&scopes, &error), FM_ERR_STATE);
    assert_string_equal(error.message, "namespace: none is open");
    assert_int_equal(scopes.depth, 0);
    fm_scopes_close(&scopes);
    fm_names_close(&names);
}

static void test_many(void **state) {
    (void)state;
    enum { MANY = 3000, DEEP = 40 };
    fm_names names;
    fm_scopes scopes = {0};
    static const fm_name *seen[MANY];
    char text[16];
    assert_int_equal(fm_names_init(&names, NULL), FM_OK);
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < MANY; ++i) {
            snprintf(text, sizeof text, "n%d", i);
            assert_int_equal(fm_scopes_push(&scopes, &names, text, 0, NULL), FM_OK);
            if (round == 0) seen[i] = fm_scopes_current(&scopes);
            assert_ptr_equal(fm_scopes_current(&scopes), seen[i]);
            assert_int_equal(seen[i]->id, i + 1);
            assert_int_equal(fm_scopes_pop(&scopes, NULL), FM_OK);
        }
    }
    for (int i = 0; i < DEEP; ++i)
        assert_int_equal(fm_scopes_push(&scopes, &names, "d", 0, NULL), FM_OK);
    assert_int_equal(names.count, MANY + DEEP);
    uint64_t before = fm_alloc_count();
    for (int i = 0; i < DEEP; ++i) assert_int_equal(fm_scopes_pop(&scopes, NULL), FM_OK);
    for (int i = 0; i < DEEP; ++i)
        assert_int_equal(fm_scopes_push(&scopes, &names, "d", 0, NULL), FM_OK);
    assert_int_equal(fm_alloc_count(), before);
    fm_scopes_close(&scopes);
    fm_names_close(&names);
}

static void test_sub_budgets(void **state) {
    (void)state;
    fm_names names;
    fm_scopes scopes = {0};
    assert_int_equal(fm_names_init(&names, NULL), FM_OK);
    assert_int_equal(fm_scopes_push(&scopes, &names, "outer", 100, NULL), FM_OK);
    assert_int_equal(fm_scopes_push(&scopes, &names, "free", 0, NULL), FM_OK);
    assert_int_equal(fm_scopes_push(&scopes, &names, "inner", 30, NULL), FM_OK);
    assert_int_equal(scopes.limited, 2);
    assert_null(fm_scopes_exceeded(&scopes, 30));
    assert_string_equal(fm_scopes_exceeded(&scopes, 31)->name->text, "outer.free.inner");
    fm_scopes_charge(&scopes, 30);
    assert_int_equal(fm_scopes_exceeded(&scopes, 1)->limit, 30);
    assert_null(fm_scopes_exceeded(&scopes, 0));
    fm_scopes_refund(&scopes, 10);
    assert_null(fm_scopes_exceeded(&scopes, 10));
    assert_int_equal(fm_scopes_pop(&scopes, NULL), FM_OK);
    assert_int_equal(scopes.limited, 1);
    assert_null(fm_scopes_exceeded(&scopes, 80));
    assert_string_equal(fm_scopes_exceeded(&scopes, 81)->name->text, "outer");
    /* Opened again it starts anew, within what the outer one has left. */
    assert_int_equal(fm_scopes_push(&scopes, &names, "inner", 1000, NULL), FM_OK);
    assert_string_equal(fm_scopes_exceeded(&scopes, 81)->name->text, "outer");
    fm_scopes_charge(&scopes, UINT64_MAX);
    assert_non_null(fm_scopes_exceeded(&scopes, 1));
    fm_scopes_close(&scopes);
    fm_names_close(&names);
}

static void test_no_memory(void **state) {
    (void)state;
    for (uint64_t nth = 1;; ++nth) {
        fm_names names;
        fm_scopes scopes = {0};
        fm_alloc_fail_at(nth, 0);
        fm_status status = fm_names_init(&names, NULL);
        bool made = status == FM_OK;
        if (made) status = fm_scopes_push(&scopes, &names, "a", 0, NULL);
        if (status == FM_OK) status = fm_scopes_push(&scopes, &names, "b", 0, NULL);
        fm_alloc_fail_at(0, 0);
        assert_true(status == FM_OK || status == FM_ERR_MEMORY);
        if (status != FM_OK && made) assert_true(scopes.depth < 2);
        fm_scopes_close(&scopes);
        if (made) fm_names_close(&names);
        if (status == FM_OK) {
            assert_true(nth > 3);
            break;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nesting),   cmocka_unit_test(test_errors),
        cmocka_unit_test(test_many),      cmocka_unit_test(test_sub_budgets),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
