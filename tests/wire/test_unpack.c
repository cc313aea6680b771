/* Messages read under limits: what is cut short, too deep, too many, no text. */
#include "wire/unpack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct sample {
    const char *bytes;
    size_t size;
    const char *wrong; /* NULL: it is read */
} sample;
#define SAMPLE(text, wrong)                                                                        \
    { text, sizeof(text) - 1, wrong }

static const sample samples[] = {
    SAMPLE("", "empty bytes"),
    SAMPLE("\x80", NULL),
    SAMPLE("\xc0", NULL),
    SAMPLE("\x80\xc0", "more follows the message"),
    SAMPLE("\x81", "the message is cut short"),
    SAMPLE("\x81\xa2op", "the message is cut short"),
    SAMPLE("\xdf\xff\xff\xff\xff", "the message is cut short"),
    SAMPLE("\xdd\xff\xff\xff\xff\x00", "the message is cut short"),
    SAMPLE("\xc6\xff\xff\xff\xff\x00", "the message is cut short"),
    SAMPLE("\xdb\x80\x00\x00\x00", "the message is cut short"),
    SAMPLE("\xc9\xff\xff\xff\xff\x01", "the message is cut short"),
    SAMPLE("\xcf\x00", "the message is cut short"),
    SAMPLE("\xc1", "the byte 0xc1 begins no value"),
    SAMPLE("\x81\x01\x02", "a map key is no string"),
    SAMPLE("\x81\xc4\x01\xff\x02", "a map key is not UTF-8"),
    SAMPLE("\x81\xc4\x01z\x02", NULL),
    SAMPLE("\xa1\xff", "a string is not UTF-8"),
    SAMPLE("\xa2\xc0\x80", "a string is not UTF-8"),
    SAMPLE("\xa3\xed\xa0\x80", "a string is not UTF-8"),
    SAMPLE("\xa4\xf4\x90\x80\x80", "a string is not UTF-8"),
    SAMPLE("\xa4\xf0\x9f\x98\x80", NULL),
    SAMPLE("\xa3\xe2\x82", "the message is cut short"),
    SAMPLE("\xd4\x01\x02", NULL),
    SAMPLE("\xd8\x01\x02", "the message is cut short"),
};

static void test_samples(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        wire_memory memory = {0};
        const char *wrong;
        /* A copy of its exact size: reading past it is seen. */
        char *copy = malloc(samples[i].size ? samples[i].size : 1);
        assert_non_null(copy);
        memcpy(copy, samples[i].bytes, samples[i].size);
        const wire_node *root = wire_unpack(&memory, copy, samples[i].size, &wrong);
        assert_true((root != NULL) == (samples[i].wrong == NULL));
        if (samples[i].wrong) assert_string_equal(wrong, samples[i].wrong);
        wire_close(&memory);
        free(copy);
    }
}

static const wire_node *read_one(wire_memory *memory, const void *bytes, size_t size) {
    const char *wrong;
    const wire_node *root = wire_unpack(memory, bytes, size, &wrong);
    assert_non_null(root);
    return root;
}

static void test_numbers(void **state) {
    (void)state;
    wire_memory memory = {0};
    assert_int_equal(read_one(&memory, "\xe0", 1)->as.i, -32);
    assert_int_equal(read_one(&memory, "\xd0\x80", 2)->as.i, -128);
    assert_int_equal(read_one(&memory, "\xd1\xff\xfe", 3)->as.i, -2);
    assert_true(read_one(&memory, "\xd3\x80\0\0\0\0\0\0\0", 9)->as.i == INT64_MIN);
    const wire_node *large = read_one(&memory, "\xcf\xff\xff\xff\xff\xff\xff\xff\xff", 9);
    assert_int_equal(large->kind, WIRE_UINT);
    assert_true(large->as.u == UINT64_MAX);
    assert_true(read_one(&memory, "\xcf\0\0\0\0\0\0\0\x07", 9)->kind == WIRE_INT);
    assert_true(read_one(&memory, "\xca\x3f\x80\0\0", 5)->as.f == 1.0);
    assert_true(read_one(&memory, "\xcb\xc0\0\0\0\0\0\0\0", 9)->as.f == -2.0);
    wire_close(&memory);
}

static void test_members(void **state) {
    (void)state;
    wire_memory memory = {0};
    /* The key "a" twice, the second time as bytes. */
    const wire_node *map = read_one(&memory,
                                    "\x82\xa1"
                                    "a"
                                    "\x01\xc4\x01"
                                    "a"
                                    "\x02",
                                    8);
    assert_int_equal(wire_member(map, "a")->as.i, 2);
    assert_null(wire_member(map, "b"));
    assert_null(wire_member(wire_member(map, "a"), "a"));
    wire_close(&memory);
}

/* Depth and number are limited whatever the length of the message. */
static void test_limits(void **state) {
    (void)state;
    wire_memory memory = {0};
    const char *wrong;
    size_t size = WIRE_MOST_NODES + 64;
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 0x91, size);
    assert_null(wire_unpack(&memory, bytes, size, &wrong));
    assert_string_equal(wrong, "it is nested too deep");
    bytes[WIRE_DEEPEST] = 0xc0;
    assert_non_null(wire_unpack(&memory, bytes, WIRE_DEEPEST + 1, &wrong));
    memset(bytes, 0, size);
    uint32_t count = WIRE_MOST_NODES + 1;
    uint8_t head[5] = {0xdd, (uint8_t)(count >> 24), (uint8_t)(count >> 16), (uint8_t)(count >> 8),
                       (uint8_t)count};
    memcpy(bytes, head, 5);
    assert_null(wire_unpack(&memory, bytes, 5 + (size_t)count, &wrong));
    assert_string_equal(wrong, "it has too many values");
    bytes[4]--;
    assert_non_null(wire_unpack(&memory, bytes, 4 + (size_t)count, &wrong));
    free(bytes);
    wire_close(&memory);
}

/* A request in the steady state takes no memory of the system's. */
static void test_memory(void **state) {
    (void)state;
    wire_memory memory = {0};
    void *first = wire_get(&memory, 100);
    assert_non_null(first);
    for (int i = 0; i < 1000; i++) assert_non_null(wire_get(&memory, 1000));
    assert_non_null(wire_get(&memory, 1 << 20));
    wire_reset(&memory);
    assert_ptr_equal(wire_get(&memory, 100), first);
    assert_null(wire_get(&memory, SIZE_MAX - 8));
    wire_close(&memory);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_members), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
