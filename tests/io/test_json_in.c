/* Reading JSON: places of mistakes, typed getters and what their messages say. */
#include "io/io_test.h"

#include <unistd.h>

#include "io/json_in.h"

static fm_json parse(fm_io *io, const char *text) {
    fm_json document;
    assert_ok(io, fm_json_parse(io, "c.json", text, strlen(text), &document));
    return document;
}

static const char *const config =
    "{\"name\": \"batch\", \"size_multipliers\": [0.1, 1, 10],\n"
    " \"scale_dims\": [0, 2], \"runs\": [{\"epochs\": 3}, {\"epochs\": 2.5}],\n"
    " \"verbose\": true, \"seed\": null, \"tags\": [\"a\", \"b\"]}";

static fm_json_value member(fm_io *io, const fm_json *document, const char *key) {
    fm_json_value root = fm_json_root(document), out;
    assert_ok(io, fm_json_member(io, &root, key, true, &out));
    return out;
}

static void test_getters(void **state) {
    (void)state;
    counting count;
    fm_io io = counting_io(&count);
    fm_json document = parse(&io, config);
    const char *text;
    bool verbose = false;
    size_t size;
    double *numbers;
    int64_t *integers;
    const char **strings;
    fm_json_value value = member(&io, &document, "name");
    assert_ok(&io, fm_json_get_string(&io, &value, &text));
    assert_string_equal(text, "batch");
    value = member(&io, &document, "verbose");
    assert_ok(&io, fm_json_get_bool(&io, &value, &verbose));
    assert_true(verbose);
    value = member(&io, &document, "size_multipliers");
    assert_ok(&io, fm_json_get_numbers(&io, &value, &numbers, &size));
    assert_int_equal(size, 3);
    assert_true(numbers[0] == 0.1 && numbers[1] == 1 && numbers[2] == 10);
    fm_io_free(&io, numbers);
    value = member(&io, &document, "scale_dims");
    assert_ok(&io, fm_json_get_integers(&io, &value, 0, 63, &integers, &size));
    assert_true(size == 2 && integers[0] == 0 && integers[1] == 2);
    fm_io_free(&io, integers);
    value = member(&io, &document, "tags");
    assert_ok(&io, fm_json_get_strings(&io, &value, &strings, &size));
    assert_string_equal(strings[1], "b");
    fm_io_free(&io, strings);
    value = member(&io, &document, "seed");
    assert_true(fm_json_is_null(&value));
    fm_json_close(&document);
    assert_int_equal(count.live, 0);
}

static void test_messages(void **state) {
    (void)state;
    counting count;
    fm_io io = counting_io(&count);
    fm_json document = parse(&io, config);
    double *numbers;
    int64_t *integers, integer;
    size_t size;
    bool flag;
    fm_json_value value = member(&io, &document, "name"), root = fm_json_root(&document),
                  child = {0};
    assert_fails(&io, fm_json_get_numbers(&io, &value, &numbers, &size), FM_ERR_FORMAT,
                 "c.json: name: expected list of numbers, found string");
    assert_fails(&io, fm_json_get_bool(&io, &value, &flag), FM_ERR_FORMAT,
                 "true or false, found string");
    assert_fails(&io, fm_json_get_integer(&io, &root, 0, 9, &integer), FM_ERR_FORMAT,
                 "c.json: expected integer, found object");
    value = member(&io, &document, "scale_dims");
    assert_fails(&io, fm_json_get_integers(&io, &value, 0, 1, &integers, &size), FM_ERR_FORMAT,
                 "c.json: scale_dims[1]: expected integer from 0 to 1, found 2");
    assert_null(integers);
    value = member(&io, &document, "tags");
    assert_fails(&io, fm_json_get_numbers(&io, &value, &numbers, &size), FM_ERR_FORMAT,
                 "c.json: tags[0]: expected number, found string");
    value = member(&io, &document, "runs");
    assert_true(fm_json_next(&value, &child) && fm_json_next(&value, &child));
    fm_json_value run = child;
    assert_ok(&io, fm_json_member(&io, &run, "epochs", true, &child));
    assert_fails(&io, fm_json_get_integer(&io, &child, 1, 9, &integer), FM_ERR_FORMAT,
                 "c.json: runs[1].epochs: expected integer up to 2^53, found 2.5");
    assert_fails(&io, fm_json_member(&io, &run, "batch", true, &child), FM_ERR_FORMAT,
                 "c.json: runs[1]: key 'batch' is missing");
    assert_ok(&io, fm_json_member(&io, &run, "batch", false, &child));
    assert_null(child.node);
    assert_fails(&io, fm_json_get_integer(&io, &child, 1, 9, &integer), FM_ERR_FORMAT,
                 "runs[1].batch: expected integer, found nothing");
    fm_json_close(&document);
    assert_int_equal(count.live, 0);
}

static void test_keys(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    static const char *const keys[] = {"a", "b", NULL};
    fm_json document = parse(&io, "{\"a\": 1, \"b\": 2}");
    fm_json_value root = fm_json_root(&document), child = {0};
    assert_ok(&io, fm_json_check_keys(&io, &root, keys));
    assert_int_equal(fm_json_count(&root), 2);
    assert_true(fm_json_next(&root, &child));
    assert_string_equal(fm_json_key_of(&child), "a");
    assert_true(fm_json_next(&root, &child));
    assert_string_equal(child.path, "b");
    assert_false(fm_json_next(&root, &child));
    fm_json_close(&document);
    document = parse(&io, "{\"a\": 1, \"c\": 2}");
    root = fm_json_root(&document);
    assert_fails(&io, fm_json_check_keys(&io, &root, keys), FM_ERR_FORMAT,
                 "c.json: unknown key 'c', expected one of a, b");
    fm_json_close(&document);
    document = parse(&io, "{\"a\": 1, \"a\": 2}");
    root = fm_json_root(&document);
    assert_fails(&io, fm_json_check_keys(&io, &root, keys), FM_ERR_FORMAT,
                 "key 'a' is there twice");
    fm_json_close(&document);
}

static void test_integers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        fm_status status;
        int64_t value;
    } cases[] = {{"0", FM_OK, 0},
                 {"-7", FM_OK, -7},
                 {"1e15", FM_OK, 1000000000000000},
                 {"9007199254740992", FM_OK, 9007199254740992},
                 {"9007199254740994", FM_ERR_FORMAT, 0},
                 {"1e300", FM_ERR_FORMAT, 0},
                 {"1e999", FM_ERR_FORMAT, 0},
                 {"0.5", FM_ERR_FORMAT, 0},
                 {"true", FM_ERR_FORMAT, 0}};
    fm_io io;
    fm_io_init(&io);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fm_json document = parse(&io, cases[i].text);
        fm_json_value root = fm_json_root(&document);
        int64_t value = 0;
        assert_int_equal(fm_json_get_integer(&io, &root, INT64_MIN, INT64_MAX, &value),
                         cases[i].status);
        assert_int_equal(value, cases[i].value);
        fm_json_close(&document);
    }
}

static void test_places(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t size;
        const char *message;
    } cases[] = {{"", 0, "c.json:1:1: not JSON: unexpected the end"},
                 {"{\n \"a\": nul}", 12, "c.json:2:7: not JSON: unexpected 'n'"},
                 {"[1,\n2,\n x]", 10, "c.json:3:2: not JSON: unexpected 'x'"},
                 {"[1] 2", 5, "c.json:1:5: not JSON: unexpected '2'"},
                 {"[1,\0 2]", 7, "c.json:1:4: not JSON"},
                 {"{\"a\": 1", 7, "c.json:1:8: not JSON: unexpected the end"},
                 {"\"abc", 4, "c.json:1:"}};
    fm_io io;
    fm_io_init(&io);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fm_json document;
        void *copy = exact_copy(cases[i].text, cases[i].size);
        assert_fails(&io, fm_json_parse(&io, "c.json", copy, cases[i].size, &document),
                     FM_ERR_FORMAT, cases[i].message);
        assert_null(document.root);
        free(copy);
    }
}

static void test_cut_at_every_byte(void **state) {
    (void)state;
    counting count;
    fm_io io = counting_io(&count);
    for (size_t size = 0; size < strlen(config); size++) {
        void *cut = exact_copy(config, size);
        fm_json document;
        assert_fails(&io, fm_json_parse(&io, "cut", cut, size, &document), FM_ERR_FORMAT, "cut:");
        free(cut);
    }
    assert_int_equal(count.live, 0);
}

static void test_depth(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    static char text[100000];
    memset(text, '[', sizeof text);
    fm_json document;
    assert_fails(&io, fm_json_parse(&io, "deep", text, sizeof text, &document), FM_ERR_FORMAT,
                 "deep:1:");
}

static void test_load(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    const char *folder = new_folder(), *path = in_folder(folder, "c.json");
    assert_ok(&io, fm_io_write_file(&io, path, config, strlen(config)));
    fm_json document;
    assert_ok(&io, fm_json_load(&io, path, 1000, &document));
    fm_json_close(&document);
    assert_fails(&io, fm_json_load(&io, path, 100, &document), FM_ERR_FORMAT,
                 "expected at most 100");
    assert_int_equal(unlink(path), 0);
    assert_fails(&io, fm_json_load(&io, path, 100, &document), FM_ERR_NOT_FOUND,
                 "c.json: cannot open");
    assert_int_equal(rmdir(folder), 0);
}

static fm_status read_config(fm_io *io) {
    fm_json document;
    fm_status status = fm_json_parse(io, "c.json", config, strlen(config), &document);
    if (status != FM_OK) return status;
    fm_json_value root = fm_json_root(&document), list;
    double *numbers;
    size_t size;
    status = fm_json_member(io, &root, "size_multipliers", true, &list);
    if (status == FM_OK) status = fm_json_get_numbers(io, &list, &numbers, &size);
    if (status == FM_OK) fm_io_free(io, numbers);
    fm_json_close(&document);
    return status;
}

static void test_refused_memory(void **state) {
    (void)state;
    fail_every_allocation(read_config);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_getters),        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_keys),           cmocka_unit_test(test_integers),
        cmocka_unit_test(test_places),         cmocka_unit_test(test_cut_at_every_byte),
        cmocka_unit_test(test_depth),          cmocka_unit_test(test_load),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
