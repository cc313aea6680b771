/* Writing JSON: punctuation, escapes, numbers to the last bit, and calls out of order. */
#include "io/io_test.h"

#include <float.h>
#include <locale.h>
#include <math.h>

#include "io/json_in.h"
#include "io/json_out.h"

static void write_report(fm_json_writer *writer) {
    fm_json_open_object(writer);
    fm_json_key(writer, "name");
    fm_json_put_string(writer, "a \"b\"\\\n\t\x01");
    fm_json_key(writer, "rows");
    fm_json_open_list(writer);
    fm_json_put_int(writer, INT64_MIN);
    fm_json_put_uint(writer, UINT64_MAX);
    fm_json_open_object(writer);
    fm_json_close_object(writer);
    fm_json_close_list(writer);
    fm_json_key(writer, "ok");
    fm_json_put_bool(writer, true);
    fm_json_close_object(writer);
}

static void check_text(int indent, const char *expected) {
    fm_io io;
    fm_io_init(&io);
    fm_io_buffer out = {0};
    fm_json_writer writer;
    fm_json_begin(&writer, &io, &out, indent);
    write_report(&writer);
    assert_ok(&io, fm_json_end(&writer));
    assert_string_equal((const char *)out.data, expected);
    fm_json document;
    assert_ok(&io, fm_json_parse(&io, "out", out.data, out.size, &document));
    fm_json_close(&document);
    fm_io_buffer_close(&io, &out);
}

static void test_layout(void **state) {
    (void)state;
    check_text(0, "{\"name\": \"a \\\"b\\\"\\\\\\n\\t\\u0001\", \"rows\": [-9223372036854775808, "
                  "18446744073709551615, {}], \"ok\": true}\n");
    check_text(
        2,
        "{\n  \"name\": \"a \\\"b\\\"\\\\\\n\\t\\u0001\",\n  \"rows\": [\n"
        "    -9223372036854775808,\n    18446744073709551615,\n    {}\n  ],\n  \"ok\": true\n}\n");
}

/* The text of one value without its newline. */
static const char *text_of(void (*put)(fm_json_writer *writer)) {
    static char text[256];
    fm_io io;
    fm_io_init(&io);
    fm_io_buffer out = {0};
    fm_json_writer writer;
    fm_json_begin(&writer, &io, &out, 2);
    put(&writer);
    assert_ok(&io, fm_json_end(&writer));
    snprintf(text, sizeof text, "%.*s", (int)out.size - 1, (const char *)out.data);
    fm_io_buffer_close(&io, &out);
    return text;
}

static void put_u128_max(fm_json_writer *w) {
    fm_json_put_u128(w, FM_U128_MAX);
}
static void put_i128_min(fm_json_writer *w) {
    fm_json_put_i128(w, -((fm_i128)1 << 126) * 2);
}
static void put_i128_one(fm_json_writer *w) {
    fm_json_put_i128(w, 1);
}
static void put_nan(fm_json_writer *w) {
    fm_json_put_double(w, (double)NAN);
}
static void put_inf(fm_json_writer *w) {
    fm_json_put_double(w, (double)-INFINITY);
}
static void put_no_string(fm_json_writer *w) {
    fm_json_put_string(w, NULL);
}
static void put_utf8(fm_json_writer *w) {
    fm_json_put_string(w, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
}
static void put_bad_utf8(fm_json_writer *w) {
    fm_json_put_string(w, "a\xff\xc3"
                          "b\xed\xa0\x80\xc0\x80");
}
static void put_empty_list(fm_json_writer *w) {
    fm_json_open_list(w);
    fm_json_close_list(w);
}

static void test_values(void **state) {
    (void)state;
    assert_string_equal(text_of(put_u128_max), "340282366920938463463374607431768211455");
    assert_string_equal(text_of(put_i128_min), "-170141183460469231731687303715884105728");
    assert_string_equal(text_of(put_i128_one), "1");
    assert_string_equal(text_of(put_nan), "null");
    assert_string_equal(text_of(put_inf), "null");
    assert_string_equal(text_of(put_no_string), "null");
    assert_string_equal(text_of(put_utf8), "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"");
    assert_string_equal(text_of(put_bad_utf8),
                        "\"a\xef\xbf\xbd\xef\xbf\xbd"
                        "b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_string_equal(text_of(put_empty_list), "[]");
}

static void test_doubles(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-0.0, "-0"},
                 {0.1, "0.1"},
                 {1.0 / 3, "0.3333333333333333"},
                 {1e15, "1e+15"},
                 {123456789, "123456789"},
                 {5e-324, "5e-324"},
                 {DBL_MAX, "1.7976931348623157e+308"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {NAN, "nan"},
                 {INFINITY, "inf"},
                 {-INFINITY, "-inf"}};
    char text[FM_JSON_NUMBER];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(fm_json_double_text(cases[i].value, text), cases[i].text);
    }
    uint64_t bits = 1;
    for (int i = 0; i < 20000; i++) {
        bits = bits * 6364136223846793005U + 1442695040888963407U;
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        assert_true(strtod(fm_json_double_text(value, text), NULL) == value);
    }
}

/* A comma as decimal point, where the machine has such a locale. */
static void test_locale(void **state) {
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "nl_NL.UTF-8"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++) {
        found = setlocale(LC_NUMERIC, names[i]) != NULL;
    }
    if (!found) skip();
    char text[FM_JSON_NUMBER];
    assert_string_equal(fm_json_double_text(-1.5e-7, text), "-1.5e-07");
    setlocale(LC_NUMERIC, "C");
}

static void no_value(fm_json_writer *w) {
    (void)w;
}
static void two_values(fm_json_writer *w) {
    fm_json_put_null(w);
    fm_json_put_null(w);
}
static void value_without_key(fm_json_writer *w) {
    fm_json_open_object(w);
    fm_json_put_null(w);
}
static void key_in_list(fm_json_writer *w) {
    fm_json_open_list(w);
    fm_json_key(w, "a");
}
static void two_keys(fm_json_writer *w) {
    fm_json_open_object(w);
    fm_json_key(w, "a");
    fm_json_key(w, "b");
}
static void key_without_value(fm_json_writer *w) {
    fm_json_open_object(w);
    fm_json_key(w, "a");
    fm_json_close_object(w);
}
static void wrong_close(fm_json_writer *w) {
    fm_json_open_object(w);
    fm_json_close_list(w);
}
static void still_open(fm_json_writer *w) {
    fm_json_open_list(w);
}
static void too_deep(fm_json_writer *w) {
    for (int i = 0; i <= FM_JSON_DEPTH; i++) fm_json_open_list(w);
}

static void test_out_of_order(void **state) {
    (void)state;
    static const struct {
        void (*put)(fm_json_writer *writer);
        const char *text;
    } cases[] = {{no_value, "no value"},
                 {two_values, "a second value"},
                 {value_without_key, "without a key"},
                 {key_in_list, "out of place"},
                 {two_keys, "out of place"},
                 {key_without_value, "no object to close"},
                 {wrong_close, "no list to close"},
                 {still_open, "still open at depth 1"},
                 {too_deep, "too many levels at depth 64"}};
    fm_io io;
    fm_io_init(&io);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fm_io_buffer out = {0};
        fm_json_writer writer;
        fm_json_begin(&writer, &io, &out, 0);
        cases[i].put(&writer);
        assert_fails(&io, fm_json_end(&writer), FM_ERR_STATE, cases[i].text);
        fm_io_buffer_close(&io, &out);
    }
}

typedef struct sink {
    size_t bytes, calls, fail_at;
} sink;

static fm_status take(void *user, const void *bytes, size_t size) {
    (void)bytes;
    sink *to = user;
    if (to->calls++ == to->fail_at) return FM_ERR_IO;
    to->bytes += size;
    return FM_OK;
}

static fm_status write_many(fm_io *io, fm_io_buffer *out, sink *to) {
    fm_json_writer writer;
    fm_json_begin_callback(&writer, io, out, 0, to ? take : NULL, to);
    fm_json_open_list(&writer);
    for (int i = 0; i < 50000; i++) fm_json_put_int(&writer, 1000 + i % 1000);
    fm_json_close_list(&writer);
    return fm_json_end(&writer);
}

static void test_callback(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_buffer out = {0};
    sink to = {.fail_at = 100};
    assert_ok(&io, write_many(&io, &out, &to));
    assert_int_equal(to.bytes, 50000 * 6 - 2 + 3);
    assert_true(to.calls > 3 && out.capacity < 200000);
    to = (sink){.fail_at = 2};
    out.size = 0;
    assert_int_equal(write_many(&io, &out, &to), FM_ERR_IO);
    assert_int_equal(to.calls, 3);
    fm_io_buffer_close(&io, &out);
}

static fm_status write_buffer(fm_io *io) {
    fm_io_buffer out = {0};
    fm_status status = write_many(io, &out, NULL);
    fm_io_buffer_close(io, &out);
    return status;
}

static void test_refused_memory(void **state) {
    (void)state;
    fail_every_allocation(write_buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),         cmocka_unit_test(test_values),
        cmocka_unit_test(test_doubles),        cmocka_unit_test(test_locale),
        cmocka_unit_test(test_out_of_order),   cmocka_unit_test(test_callback),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
