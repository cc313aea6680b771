/* The loop form, the renderings and the records from JSON. */
#include "common.h"

#include <cJSON.h>

static fm_profile *open_profile(int count) {
    static const double multipliers[] = {0.5, 1, 2};
    static const int batch[] = {0};
    fm_profile *profile;
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    options.name = "loop";
    options.var_name = "x";
    options.size_multipliers = multipliers;
    options.nmultipliers = count;
    options.scale_dims = batch;
    options.nscale_dims = 1;
    assert_ok(fm_profile_open(ctx, &options, &profile));
    return profile;
}

/* Runs the loop; the row of fail is recorded with that status. */
static fm_profile *looped(const fm_tensor *x, int fail, fm_status failure) {
    fm_profile *profile = open_profile(3);
    const fm_profile_row *row;
    assert_ok(fm_profile_begin(profile));
    for (int i = 0; fm_profile_next(profile, &row); i++) {
        assert_int_equal(fm_tensor_shape(x)[0], row->shape[0]);
        assert_ok(fm_charge(ctx, "work", 1000000 * (uint64_t)fm_tensor_size(x), NULL));
        assert_ok(fm_profile_record(profile, i == fail ? failure : FM_OK));
    }
    assert_ok(fm_profile_end(profile));
    assert_int_equal(fm_tensor_shape(x)[0], 8);
    return profile;
}

static void the_loop_counts_each_row(void **state) {
    (void)state;
    fm_tensor *x = ramp("x", 8, 2);
    fm_profile *profile = looped(x, -1, FM_OK);
    assert_int_equal(fm_profile_row_count(profile), 3);
    for (int i = 0; i < 3; i++) {
        const fm_profile_row *row = fm_profile_row_at(profile, i);
        assert_int_equal(row->flops, 8000000 << i);
        assert_int_equal(row->runs, 1);
        assert_true(row->seconds > 0);
    }
    fm_profile_close(profile);
    profile = looped(x, 1, FM_ERR_SHAPE);
    assert_int_equal(fm_profile_row_at(profile, 1)->status, FM_ERR_SHAPE);
    assert_int_equal(fm_profile_row_at(profile, 2)->status, FM_OK);
    fm_profile_close(profile);
    profile = looped(x, 1, FM_ERR_INTERRUPTED);
    assert_int_equal(fm_profile_row_count(profile), 1);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static void calls_out_of_order_are_refused(void **state) {
    (void)state;
    fm_tensor *x = ramp("x", 8, 2);
    fm_profile *profile = open_profile(2);
    const fm_profile_row *row;
    assert_false(fm_profile_next(profile, &row));
    assert_int_equal(fm_profile_record(profile, FM_OK), FM_ERR_STATE);
    assert_int_equal(fm_profile_end(profile), FM_ERR_STATE);
    assert_ok(fm_profile_begin(profile));
    assert_int_equal(fm_profile_begin(profile), FM_ERR_STATE);
    assert_message("profile: 'loop' is begun already");
    assert_int_equal(fm_profile_record(profile, FM_OK), FM_ERR_STATE);
    assert_true(fm_profile_next(profile, &row));
    assert_true(fm_profile_next(profile, &row)); /* the first was never recorded */
    assert_ok(fm_profile_record(profile, FM_OK));
    assert_false(fm_profile_next(profile, &row));
    assert_int_equal(fm_profile_row_at(profile, 0)->status, FM_ERR_STATE);
    assert_string_equal(fm_profile_row_at(profile, 0)->message,
                        "profile: the row was not recorded");
    assert_int_equal(fm_tensor_shape(x)[0], 8);
    fm_profile_close(profile); /* restores, as the sweep is open */
    assert_int_equal(fm_tensor_shape(x)[0], 8);
    profile = open_profile(1);
    assert_ok(fm_profile_begin(profile));
    assert_true(fm_profile_next(profile, &row));
    assert_int_equal(fm_tensor_shape(x)[0], 4);
    fm_profile_close(profile);
    assert_int_equal(fm_tensor_shape(x)[0], 8);
    fm_tensor_release(x);
}

static void the_table_shows_each_row(void **state) {
    (void)state;
    fm_tensor *x = ramp("x", 8, 2);
    fm_profile *profile = looped(x, 1, FM_ERR_SHAPE);
    char *text;
    fm_profile_set_peak(profile, 1e12);
    fm_profile_set_sample_axis(profile, 0);
    assert_ok(fm_profile_render(profile, FM_PROFILE_TABLE, &text));
    assert_non_null(strstr(text, "Profile of loop over variable x\n"));
    assert_non_null(strstr(text, "cost model  textbook\n"));
    assert_non_null(strstr(text, "      0.50   (4, 2)   8,000,000  "));
    assert_non_null(strstr(text, "      1.00   (8, 2)  FM_ERR_SHAPE: "));
    assert_non_null(strstr(text, "      2.00  (16, 2)  32,000,000  "));
    assert_non_null(strstr(text, "     2,000,000  ")); /* a sample */
    fm_free(text);
    assert_ok(fm_profile_render(profile, FM_PROFILE_CSV, &text));
    assert_memory_equal(text, "multiplier,shape,flops,seconds,", 31);
    assert_non_null(strstr(text, "\n0.5,\"(4, 2)\",8000000,"));
    assert_non_null(strstr(text, "\n1,\"(8, 2)\",16000000,,,2000000,,,,0,FM_ERR_SHAPE,"));
    fm_free(text);
    assert_int_equal(fm_profile_render(profile, (fm_profile_format)7, &text), FM_ERR_ARGUMENT);
    assert_null(text);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static const cJSON *get(const cJSON *object, const char *key) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!value) fail_msg("no member %s", key);
    return value;
}

static void the_json_reads_back(void **state) {
    (void)state;
    fm_tensor *x = ramp("x", 8, 2);
    fm_profile *profile = looped(x, 1, FM_ERR_SHAPE);
    char *text;
    assert_ok(fm_profile_render(profile, FM_PROFILE_JSON, &text));
    cJSON *root = cJSON_Parse(text);
    assert_non_null(root);
    assert_int_equal(get(root, "version")->valueint, 1);
    assert_string_equal(get(root, "name")->valuestring, "loop");
    assert_string_equal(get(root, "variable")->valuestring, "x");
    assert_string_equal(get(root, "cost_model")->valuestring, "textbook");
    assert_string_equal(get(root, "device")->valuestring, "cpu");
    assert_true(cJSON_IsTrue(get(root, "complete")));
    assert_true(cJSON_IsNull(get(root, "peak_flops_per_second")));
    const cJSON *rows = get(root, "rows"), *row = cJSON_GetArrayItem(rows, 2);
    assert_int_equal(cJSON_GetArraySize(rows), 3);
    assert_true(get(row, "multiplier")->valuedouble == 2.0);
    assert_int_equal(cJSON_GetArrayItem(get(row, "shape"), 0)->valueint, 16);
    assert_true(get(row, "flops")->valuedouble == 32e6);
    assert_true(get(row, "seconds")->valuedouble > 0);
    assert_true(get(row, "flops_per_second")->valuedouble > 0);
    assert_string_equal(get(row, "status")->valuestring, "ok");
    row = cJSON_GetArrayItem(rows, 1);
    assert_string_equal(get(row, "status")->valuestring, "FM_ERR_SHAPE");
    assert_true(cJSON_IsNull(get(row, "seconds")));
    assert_true(cJSON_IsString(get(row, "message")));
    cJSON_Delete(root);
    fm_free(text);
    fm_profile_close(profile);
    fm_tensor_release(x);
}

static fm_status load(const char *json, fm_profile_config **out) {
    static const char path[] = "test_profile_config.json";
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(json, file);
    fclose(file);
    fm_status status = fm_profile_config_load(ctx, path, out);
    remove(path);
    return status;
}

static void records_come_from_json(void **state) {
    (void)state;
    fm_profile_config *config;
    assert_ok(load("[{\"name\": \"a\", \"var_name\": \"x\", \"size_multipliers\": [0.5, 2],"
                   " \"scale_dims\": [0, -1]}, {\"var_name\": \"y\", \"scale_dims\": null}]",
                   &config));
    assert_int_equal(fm_profile_config_count(config), 2);
    const fm_profile_options *o = fm_profile_config_at(config, 0);
    assert_string_equal(o->name, "a");
    assert_string_equal(o->var_name, "x");
    assert_int_equal(o->nmultipliers, 2);
    assert_true(o->size_multipliers[1] == 2.0);
    assert_int_equal(o->nscale_dims, 2);
    assert_int_equal(o->scale_dims[1], -1);
    o = fm_profile_config_at(config, 1);
    assert_null(o->name);
    assert_null(o->size_multipliers);
    assert_null(o->scale_dims);
    assert_null(fm_profile_config_at(config, 2));
    fm_profile_config_release(config);
    assert_ok(load("{\"var_name\": \"x\"}", &config));
    assert_int_equal(fm_profile_config_count(config), 1);
    fm_profile_config_release(config);
}

static void bad_records_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *json;
        fm_status status;
        const char *message; /* after the file's name; NULL: any */
    } bad[] = {
        {"[]", FM_ERR_ARGUMENT, "the list has 0 records, from 1 to 1000000 needed"},
        {"{\"var_name\": 3}", FM_ERR_FORMAT, "var_name: expected string, found number"},
        {"{\"name\": \"a\"}", FM_ERR_FORMAT, NULL},
        {"{\"var_name\": \"\"}", FM_ERR_ARGUMENT, "var_name: the text is empty"},
        {"{\"var_name\": \"x\", \"size_multipliers\": [1, \"2\"]}", FM_ERR_FORMAT,
         "size_multipliers[1]: expected number, found string"},
        {"{\"var_name\": \"x\", \"size_multipliers\": 2}", FM_ERR_FORMAT, NULL},
        {"{\"var_name\": \"x\", \"size_multipliers\": []}", FM_ERR_ARGUMENT,
         "size_multipliers: the list has 0 elements, from 1 to 1000000 needed"},
        {"{\"var_name\": \"x\", \"size_multipliers\": [1, -2]}", FM_ERR_ARGUMENT,
         "size_multipliers[1] is -2, a number above 0 is needed"},
        {"{\"var_name\": \"x\", \"scale_dims\": [0.5]}", FM_ERR_FORMAT, NULL},
        {"{\"var_name\": \"x\", \"scale_dims\": []}", FM_ERR_ARGUMENT, NULL},
        {"{\"var_name\": \"x\", \"scale_dim\": [0]}", FM_ERR_FORMAT, NULL},
        {"{\"var_name\": \"x\"", FM_ERR_FORMAT, NULL},
        {"", FM_ERR_FORMAT, NULL},
    };
    fm_profile_config *config;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        fm_status status = load(bad[i].json, &config);
        if (status != bad[i].status)
            fail_msg("%s: %s, %s", bad[i].json, fm_status_name(status), fm_context_message(ctx));
        assert_null(config);
        char expected[256];
        snprintf(expected, sizeof expected, "test_profile_config.json: %s",
                 bad[i].message ? bad[i].message : "");
        if (bad[i].message)
            assert_message(expected);
        else
            assert_memory_equal(fm_context_message(ctx), expected, strlen(expected) - 1);
    }
    assert_int_equal(fm_profile_config_load(ctx, "no/such.json", &config), FM_ERR_NOT_FOUND);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_context, close_context)
    const struct CMUnitTest tests[] = {
        TEST(the_loop_counts_each_row), TEST(calls_out_of_order_are_refused),
        TEST(the_table_shows_each_row), TEST(the_json_reads_back),
        TEST(records_come_from_json),   TEST(bad_records_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
