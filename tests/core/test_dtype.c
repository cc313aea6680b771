/* Promotion and casting against NumPy's own tables, and the names of dtypes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/dtype.h>

static const struct {
    const char *from, *to, *promoted;
    int safe, same_kind;
} cases[] = {
#include "promotion.inc"
};

static void promotion_is_numpys(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fm_dtype from = fm_dtype_parse(cases[i].from), to = fm_dtype_parse(cases[i].to);
        assert_string_equal(fm_dtype_name(fm_promote_types(from, to)), cases[i].promoted);
    }
}

static void casting_is_numpys(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fm_dtype from = fm_dtype_parse(cases[i].from), to = fm_dtype_parse(cases[i].to);
        if (cases[i].safe < 0) continue;
        if (fm_can_cast(from, to, FM_CAST_SAFE) != cases[i].safe ||
            fm_can_cast(from, to, FM_CAST_SAME_KIND) != cases[i].same_kind)
            fail_msg("%s to %s", cases[i].from, cases[i].to);
        assert_true(fm_can_cast(from, to, FM_CAST_UNSAFE));
        assert_int_equal(fm_can_cast(from, to, FM_CAST_NO), from == to);
    }
}

static void names_are_read_back(void **state) {
    (void)state;
    for (int d = FM_BOOL; d < FM_DTYPE_COUNT; d++)
        assert_int_equal(fm_dtype_parse(fm_dtype_name((fm_dtype)d)), d);
    assert_int_equal(fm_dtype_parse("f8"), FM_FLOAT64);
    assert_int_equal(fm_dtype_parse("float128"), FM_DTYPE_NONE);
    assert_int_equal(fm_dtype_parse(NULL), FM_DTYPE_NONE);
    assert_int_equal(fm_dtype_size(FM_COMPLEX128), 16);
    assert_int_equal(fm_dtype_size((fm_dtype)99), 0);
    assert_int_equal(fm_promote_types(FM_DTYPE_NONE, FM_INT8), FM_DTYPE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(promotion_is_numpys),
        cmocka_unit_test(casting_is_numpys),
        cmocka_unit_test(names_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
