/* Weights: the packaged table, aliases, and the errors of a user's file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cost/weights.h"

static char path[] = "/tmp/flopmeter-weights-XXXXXX";

static int make_file(void **state) {
    (void)state;
    int file = mkstemp(path);
    return file < 0 || close(file) != 0;
}

static int remove_file(void **state) {
    (void)state;
    return unlink(path);
}

static void write_file(const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static char *read_golden(void) {
    FILE *file = fopen(FM_TEST_DATA "/golden/weights-0.4.3.json", "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static void the_table_is_the_recorded_one(void **state) {
    (void)state;
    char *text = read_golden();
    cJSON *golden = cJSON_Parse(text);
    assert_non_null(golden);
    assert_int_equal(cJSON_GetArraySize(golden), fm_weights_packaged_count);
    const cJSON *item;
    cJSON_ArrayForEach(item, golden) {
        assert_true(fm_weights_of(NULL, false, item->string) == item->valuedouble);
    }
    for (size_t i = 1; i < fm_weights_packaged_count; i++)
        assert_true(strcmp(fm_weights_packaged[i - 1].op, fm_weights_packaged[i].op) < 0);
    cJSON_Delete(golden);
    free(text);
}

static void aliases_weigh_their_op_in_the_textbook_only(void **state) {
    (void)state;
    static const char *const heavy[] = {"asin",  "acos",  "atan", "asinh", "acosh",
                                        "atanh", "atan2", "pow",  "divmod"};
    for (size_t i = 0; i < sizeof heavy / sizeof heavy[0]; i++) {
        assert_true(fm_weights_of(NULL, true, heavy[i]) == 16);
        assert_true(fm_weights_of(NULL, false, heavy[i]) == 1);
    }
    assert_true(fm_weights_of(NULL, true, "not_an_op") == 1);
}

static void methods_weigh_their_legacy_function(void **state) {
    (void)state;
    assert_true(fm_weights_of(NULL, false, "random.Generator.normal") == 16);
    assert_true(fm_weights_of(NULL, false, "random.RandomState.randn") == 16);
    assert_true(fm_weights_of(NULL, false, "random.Generator.integers") == 1);
    assert_true(fm_weights_of(NULL, false, "random.Generator.random") == 1);
    assert_true(fm_weights_of(NULL, false, "random.Generator.permuted") == 1);
}

static void overrides_come_before_the_table(void **state) {
    (void)state;
    fm_weights *weights = NULL;
    write_file("{\"weights\": {\"exp\": 2.5, \"random.normal\": 3, \"arcsin\": 5}}");
    assert_int_equal(fm_weights_load(path, &weights, NULL), FM_OK);
    assert_true(fm_weights_of(weights, false, "exp") == 2.5);
    assert_true(fm_weights_of(weights, false, "random.Generator.normal") == 3);
    assert_true(fm_weights_of(weights, true, "asin") == 5);
    assert_true(fm_weights_of(weights, false, "log") == 16);
    fm_weights_free(weights);
    write_file("{\"exp\": 0}");
    assert_int_equal(fm_weights_load(path, &weights, NULL), FM_OK);
    assert_true(fm_weights_of(weights, false, "exp") == 0);
    fm_weights_free(weights);
}

static void a_wrong_file_is_named(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"{\"exp\": -1}", "key 'exp': -1 is not a finite number of at least 0"},
        {"{\"exp\": \"16\"}", "key 'exp': \"16\" is not a finite number of at least 0"},
        {"{\"exp\": true}", "key 'exp': true is not a finite number of at least 0"},
        {"{\"exp\": 1e999}", "key 'exp': null is not a finite number of at least 0"},
        {"{\"exp\": 1, \"exp\": 2}", "key 'exp': given twice"},
        {"{\"exp\": 1,\n \"log\": }", "not JSON at line 2"},
        {"", "not JSON at line 1"},
        {"[1, 2]", "not an object of op names and numbers"},
        {"{\"weights\": 3}", "not an object of op names and numbers"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char expected[256];
        fm_weights *weights = NULL;
        fm_error error;
        write_file(wrong[i].text);
        assert_int_equal(fm_weights_load(path, &weights, &error), FM_ERR_FORMAT);
        snprintf(expected, sizeof expected, "weights file '%s': %s", path, wrong[i].message);
        assert_string_equal(error.message, expected);
        assert_null(weights);
    }
}

static void a_missing_file_is_named(void **state) {
    (void)state;
    fm_weights *weights = NULL;
    fm_error error;
    assert_int_equal(fm_weights_load("/nowhere/w.json", &weights, &error), FM_ERR_IO);
    assert_string_equal(error.message, "weights file '/nowhere/w.json': No such file or directory");
    assert_int_equal(fm_weights_load("/tmp", &weights, &error), FM_ERR_IO);
}

static void options_and_environment_decide(void **state) {
    (void)state;
    fm_weights *weights = NULL;
    fm_error error;
    unsetenv("FLOPMETER_WEIGHTS_FILE");
    setenv("FLOPMETER_DISABLE_WEIGHTS", "1", 1);
    assert_int_equal(fm_weights_resolve(0, NULL, &weights, &error), FM_OK);
    assert_true(fm_weights_of(weights, true, "exp") == 1);
    fm_weights_free(weights);
    assert_int_equal(fm_weights_resolve(1, NULL, &weights, &error), FM_OK);
    assert_null(weights);
    setenv("FLOPMETER_DISABLE_WEIGHTS", "perhaps", 1);
    assert_int_equal(fm_weights_resolve(0, NULL, &weights, &error), FM_ERR_ARGUMENT);
    assert_string_equal(error.message, "FLOPMETER_DISABLE_WEIGHTS is 'perhaps': neither 1, true, "
                                       "yes, on nor 0, false, no, off");
    unsetenv("FLOPMETER_DISABLE_WEIGHTS");
    write_file("{\"exp\": 4}");
    setenv("FLOPMETER_WEIGHTS_FILE", path, 1);
    assert_int_equal(fm_weights_resolve(0, NULL, &weights, &error), FM_OK);
    assert_true(fm_weights_of(weights, true, "exp") == 4);
    fm_weights_free(weights);
    assert_int_equal(fm_weights_resolve(-1, NULL, &weights, &error), FM_OK);
    assert_true(fm_weights_of(weights, true, "exp") == 1);
    fm_weights_free(weights);
    unsetenv("FLOPMETER_WEIGHTS_FILE");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_the_recorded_one),
        cmocka_unit_test(aliases_weigh_their_op_in_the_textbook_only),
        cmocka_unit_test(methods_weigh_their_legacy_function),
        cmocka_unit_test(overrides_come_before_the_table),
        cmocka_unit_test(a_wrong_file_is_named),
        cmocka_unit_test(a_missing_file_is_named),
        cmocka_unit_test(options_and_environment_decide),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
