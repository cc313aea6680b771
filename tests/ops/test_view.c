/* Views and joins: results of NumPy replayed, shared storage, free costs, errors; and the lookup of
   rows. */
#include "asking.h"
#include "ops/row.h"

static void calls_of_numpy(void **state) {
    (void)state;
    assert_true(replay_archive("view") > 40);
}

static void views_share_their_storage(void **state) {
    (void)state;
    fm_tensor *a = shaped(FM_FLOAT64, 2, (int64_t[]){3, 4}), *turned = NULL, *flat = NULL,
              *copy = NULL;
    const int64_t all[] = {-1};
    ask("transpose", &turned, 1, tensor(a));
    assert_ptr_equal(fm_tensor_data(turned), fm_tensor_data(a));
    ask("reshape", &flat, 2, tensor(a), ints(1, all));
    assert_ptr_equal(fm_tensor_data(flat), fm_tensor_data(a));
    ask("reshape", &copy, 2, tensor(turned), ints(1, all)); /* no strides walk that order */
    assert_ptr_not_equal(fm_tensor_data(copy), fm_tensor_data(a));
    fm_tensor *held[] = {a, turned, flat, copy};
    for (int i = 0; i < 4; i++) fm_tensor_release(held[i]);
}

static void views_are_free_and_copies_count(void **state) {
    (void)state;
    fm_tensor *a = shaped(FM_FLOAT64, 2, (int64_t[]){3, 4});
    const fm_tensor *const two[] = {a, a};
    assert_int_equal(cost_of("transpose", 1, tensor(a)), 0);
    assert_int_equal(cost_of("diagonal", 1, tensor(a)), 0);
    assert_int_equal(cost_of("concatenate", 1, list(2, two)), 24);
    use_model("flopscope-0.4");
    assert_int_equal(cost_of("ravel", 1, tensor(a)), 0);
    assert_int_equal(cost_of("diagonal", 1, tensor(a)), 3);
    use_model("textbook");
    fm_tensor_release(a);
}

static void errors_name_both_values(void **state) {
    (void)state;
    fm_tensor *a = shaped(FM_FLOAT64, 2, (int64_t[]){3, 4}),
              *b = shaped(FM_FLOAT64, 1, (int64_t[]){4});
    const int64_t five[] = {5}, wide[] = {3, 5}, unknown[] = {-1, -1}, none[] = {0};
    const fm_tensor *const both[] = {a, b};
    refused(FM_ERR_SHAPE,
            "reshape: argument 2: shape (5,) does not hold the 12 elements of argument 1",
            "reshape", 2, tensor(a), ints(1, five));
    refused(FM_ERR_SHAPE, "reshape: argument 2: 2 extents are -1, but only 1 can be inferred",
            "reshape", 2, tensor(a), ints(2, unknown));
    refused(FM_ERR_SHAPE,
            "broadcast_to: argument 2: shape (3, 5), to which argument 1 of shape (4,) does not "
            "broadcast",
            "broadcast_to", 2, tensor(b), ints(2, wide));
    refused(FM_ERR_SHAPE,
            "squeeze: argument 2: axis 0 of argument 1 has extent 3, but only extent 1 is dropped",
            "squeeze", 2, tensor(a), ints(1, none));
    refused(FM_ERR_SHAPE, "swapaxes: argument 3: axis2 2 is out of range for 2 dimensions",
            "swapaxes", 3, tensor(a), integer(0), integer(2));
    refused(FM_ERR_SHAPE, "concatenate: argument 1: array 1 has 1 dimensions, but array 0 has 2",
            "concatenate", 1, list(2, both));
    fm_tensor_release(a);
    fm_tensor_release(b);
}

/* Every row is found under its name, has both rules, and its parameters are in order. */
static void every_row_is_found(void **state) {
    (void)state;
    int count = 0;
    for (int family = 0; family < FM_FAMILY_COUNT; family++) {
        const fm_row_table *table = fm_row_tables(family);
        for (int i = 0; i < table->count; i++) {
            const fm_row *row = &table->rows[i];
            if (fm_row_find(row->name) != row) fail_msg("%s", row->name);
            if ((row->family != family && !row->run) || !row->infer || !row->cost)
                fail_msg("%s", row->name);
            if (row->nparams > FM_MAX_PARAMS || row->nout > FM_MAX_OUT) fail_msg("%s", row->name);
            if (!row->meaning || !row->formula || !row->dtypes) fail_msg("%s", row->name);
            for (int p = 0; p < row->nparams; p++)
                if (!row->params[p].name || !row->params[p].takes) fail_msg("%s", row->name);
            count++;
        }
    }
    assert_true(count > 100);
    assert_null(fm_row_find("no such op"));
    assert_null(fm_row_find(NULL));
    assert_int_equal(fm_row_tables(FM_FAMILY_COUNT)->count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_of_numpy),
        cmocka_unit_test(views_share_their_storage),
        cmocka_unit_test(views_are_free_and_copies_count),
        cmocka_unit_test(errors_name_both_values),
        cmocka_unit_test(every_row_is_found),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
