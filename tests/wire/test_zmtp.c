/* The reader of ZMTP: what it says of streams that come in pieces of any size, and of bytes that
   are none of the protocol. */
#include "wire/zmtp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct bytes {
    uint8_t *data;
    size_t size;
} bytes;

static void put(bytes *b, const void *data, size_t size) {
    b->data = realloc(b->data, b->size + size + 1);
    assert_non_null(b->data);
    if (size) memcpy(b->data + b->size, data, size);
    b->size += size;
}

#define PUT(b, text) put(b, text, sizeof(text) - 1)

/* A frame; long: with a length of eight bytes, however short it is. */
static void put_frame(bytes *b, int flags, const void *data, size_t size) {
    uint8_t head[9] = {(uint8_t)flags, (uint8_t)size};
    if (size > 255) head[0] |= 2;
    if (head[0] & 2)
        for (int i = 0; i < 8; i++) head[1 + i] = (uint8_t)((uint64_t)size >> (56 - 8 * i));
    put(b, head, head[0] & 2 ? 9 : 2);
    put(b, data, size);
}

static void put_ready(bytes *b, const char *kind, const char *name) {
    char body[400];
    size_t kind_size = strlen(kind), name_size = strlen(name);
    int size = snprintf(body, sizeof body, "%cREADY%cSocket-Type%c%c%c%c%s", 5, 11, 1, 1, 1,
                        (int)kind_size, kind);
    memset(body + 18, 0, 3);
    size += snprintf(body + size, sizeof body - (size_t)size, "%cidentity%c%c%c%c%s", 8, 1, 1, 1,
                     (int)name_size, name);
    memset(body + (size_t)size - name_size - 4, 0, 3);
    put_frame(b, 4, body, (size_t)size);
}

static bytes greet(void) {
    bytes b = {NULL, 0};
    uint8_t greeting[64] = {0xff, [9] = 0x7f, [10] = 3, [11] = 1, [12] = 'N', 'U', 'L', 'L'};
    put(&b, greeting, sizeof greeting);
    return b;
}

static bytes begin(const char *kind, const char *name) {
    bytes b = greet();
    put_ready(&b, kind, name);
    return b;
}

/* What the reader says of a stream that comes in pieces, one character an event. */
typedef struct story {
    char text[4000];
    size_t at, most_given;
    void *given;
} story;

static void tell(story *s, const char *text) {
    s->at += (size_t)snprintf(s->text + s->at, sizeof s->text - s->at, "%s", text);
}

static void tell_message(story *s, const zmtp_reader *r) {
    char line[200];
    snprintf(line, sizeof line, "[%zu|", r->envelope_size);
    tell(s, line);
    if (!r->whole)
        tell(s, "parts");
    else if (r->size > 60)
        tell(s, r->body[0] == r->body[r->size - 1] ? "long" : "torn");
    else {
        snprintf(line, sizeof line, "%.*s", (int)r->size, (const char *)r->body);
        tell(s, line);
    }
    tell(s, "]");
}

/* False: the stream is broken. */
static bool read_on(story *s, zmtp_reader *r) {
    for (;;) {
        switch (zmtp_next(r)) {
        case ZMTP_WAIT:
            return true;
        case ZMTP_OPENED:
            tell(s, "o");
            s->at += (size_t)snprintf(s->text + s->at, sizeof s->text - s->at, "(%.*s)",
                                      (int)r->length, (const char *)r->name);
            break;
        case ZMTP_PING:
            assert_memory_equal(r->word + 1, (uint8_t[]){(uint8_t)(r->word_size - 2)}, 1);
            tell(s, "p");
            break;
        case ZMTP_BODY:
            if (r->size > s->most_given) {
                tell(s, "L");
                return false;
            }
            s->given = malloc(r->size);
            assert_non_null(s->given);
            zmtp_give(r, s->given);
            break;
        case ZMTP_MESSAGE:
            tell_message(s, r);
            zmtp_answered(r);
            free(s->given);
            s->given = NULL;
            break;
        default:
            tell(s, "X");
            return false;
        }
    }
}

static void feed(story *s, const bytes *b, size_t piece) {
    zmtp_reader *r = malloc(sizeof *r);
    size_t room;
    assert_non_null(r);
    *s = (story){.most_given = 1 << 20};
    zmtp_open(r);
    for (size_t at = 0; read_on(s, r) && at < b->size;) {
        uint8_t *to = zmtp_room(r, &room);
        size_t size = b->size - at < piece ? b->size - at : piece;
        assert_true(room > 0);
        if (size > room) size = room;
        memcpy(to, b->data + at, size);
        zmtp_took(r, size);
        at += size;
    }
    free(s->given);
    free(r);
}

/* The same story, however the stream is cut. Takes the bytes. */
static void expect(bytes b, const char *wanted) {
    static const size_t pieces[] = {1, 2, 3, 7, 64, 1000, 8191, 1 << 24};
    static story s;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        feed(&s, &b, pieces[i]);
        assert_string_equal(s.text, wanted);
    }
    free(b.data);
}

static void test_requests(void **state) {
    (void)state;
    bytes b = begin("REQ", "");
    put_frame(&b, 1, "", 0);
    put_frame(&b, 0, "one", 3);
    put_frame(&b, 3, "", 0);
    put_frame(&b, 2, "two", 3); /* lengths of eight bytes */
    put_frame(&b, 1, "", 0);
    put_frame(&b, 0, "", 0);
    expect(b, "o()[2|one][9|two][2|]");
    b = begin("DEALER", "alice");
    put_frame(&b, 0, "bare", 4);
    put_frame(&b, 1, "", 0);
    put_frame(&b, 0, "behind", 6);
    expect(b, "o(alice)[0|bare][2|behind]");
}

/* What stands before the empty part goes back with the reply; without one, parts are no envelope.
 */
static void test_envelopes(void **state) {
    (void)state;
    char name[255];
    memset(name, 'n', sizeof name);
    bytes b = begin("ROUTER", "");
    put_frame(&b, 1, "id", 2);
    put_frame(&b, 1, name, 255);
    put_frame(&b, 1, "", 0);
    put_frame(&b, 0, "body", 4);
    put_frame(&b, 1, "a", 1);
    put_frame(&b, 0, "b", 1);
    put_frame(&b, 1, "", 0);
    put_frame(&b, 1, "a", 1);
    put_frame(&b, 1, "b", 1);
    put_frame(&b, 0, "c", 1);
    for (int i = 0; i < 4; i++) put_frame(&b, 1, name, 255);
    put_frame(&b, 0, "", 0);
    put_frame(&b, 0, "next", 4);
    expect(b, "o()[263|body][0|parts][2|parts][0|parts][0|next]");
}

/* Past the buffer a body has memory of its own, within what the caller allows; what nobody wants is
   passed over however long it is. */
static void test_long(void **state) {
    (void)state;
    static const size_t sizes[] = {8182, 8183, 8184, 8192, 8193, 20000, 1 << 20};
    uint8_t *data = calloc(1, (1 << 20) + 1);
    assert_non_null(data);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bytes b = begin("REQ", "");
        memset(data, 0, 1 << 20);
        data[0] = data[sizes[i] - 1] = 'e';
        for (int times = 0; times < 2; times++) {
            put_frame(&b, 1, "", 0);
            put_frame(&b, 0, data, sizes[i]);
        }
        put_frame(&b, 1, data, sizes[i]);
        put_frame(&b, 1, data, sizes[i]);
        put_frame(&b, 0, data, sizes[i]);
        put_frame(&b, 0, "end", 3);
        expect(b, "o()[2|long][2|long][0|parts][0|end]");
    }
    bytes b = begin("REQ", "");
    put_frame(&b, 0, data, (1 << 20) + 1);
    expect(b, "o()L");
    b = begin("REQ", "");
    PUT(&b, "\2\x7f\xff\xff\xff\xff\xff\xff\xff");
    expect(b, "o()L");
    b = begin("REQ", ""); /* an envelope that claims the whole address space is passed over */
    PUT(&b, "\3\xff\xff\xff\xff\xff\xff\xff\xff");
    put(&b, data, 10000);
    expect(b, "o()");
    free(data);
}

static void test_commands(void **state) {
    (void)state;
    bytes b = begin("REQ", "");
    put_frame(&b, 4, "\4PING\0\0", 7);
    put_frame(&b, 4, "\4PING\0\0context", 14);
    put_frame(&b, 1, "", 0);
    put_frame(&b, 4, "\4PING\0\0", 7); /* between parts */
    put_frame(&b, 0, "one", 3);
    put_frame(&b, 4, "\4PONG", 5);
    put_frame(&b, 6, "\7unheard", 8);
    put_frame(&b, 0, "two", 3);
    put_frame(&b, 4, "\5ERROR\1x", 8);
    expect(b, "o()ppp[2|one][0|two]X");
    b = begin("REQ", "");
    put_frame(&b, 4, "\4PING\0\0seventeen letters", 24);
    expect(b, "o()X");
    b = begin("REQ", "");
    put_frame(&b, 5, "\4PING\0\0", 7); /* a command has no parts */
    expect(b, "o()X");
    b = begin("REQ", "");
    PUT(&b, "\6\0\0\0\0\0\1\0\0"); /* nor is it that long */
    expect(b, "o()X");
    b = begin("REQ", "");
    put_frame(&b, 8, "x", 1);
    expect(b, "o()X");
}

static void test_handshakes(void **state) {
    (void)state;
    static const char *const kinds[] = {"REP", "PUB", "SUB", "PULL", "", "REQ2"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) expect(begin(kinds[i], ""), "X");
    bytes b = greet();
    put_frame(&b, 0, "early", 5);
    expect(b, "X");
    b = greet();
    put_frame(&b, 4, "\5READY\x0bSocket-Type\0\0\0\x09REQ", 25); /* longer than it is */
    expect(b, "X");
    b = greet();
    put_frame(&b, 4, "\5READY", 6);
    expect(b, "X");
    b = greet(); /* names that begin with a zero are the server's */
    put_frame(&b, 4, "\5READY\x0bSocket-Type\0\0\0\3REQ\x8Identity\0\0\0\2\0n", 40);
    expect(b, "X");
    b = greet();
    put_frame(&b, 4, "\5READY\x0bSocket-Type\0\0\0\3REQ\x8Identity\0\0\0\2yn", 40);
    expect(b, "o(yn)");
}

/* Each byte of the greeting that may not be otherwise ends it where it stands. */
static void test_greetings(void **state) {
    (void)state;
    bytes b = {NULL, 0};
    PUT(&b, "GET / HTTP/1.1\r\n\r\n");
    expect(b, "X");
    static const struct {
        int at, value;
    } wrong[] = {{0, 0xfe}, {9, 0x7e}, {10, 2}, {10, 0}, {12, 'C'}, {16, 'X'}, {31, 'X'}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        b = begin("REQ", "");
        b.data[wrong[i].at] = (uint8_t)wrong[i].value;
        expect(b, "X");
    }
    static const int free_bytes[] = {1, 5, 8, 11, 32, 33, 63};
    for (size_t i = 0; i < sizeof free_bytes / sizeof *free_bytes; i++) {
        b = begin("REQ", "");
        b.data[free_bytes[i]] ^= 1;
        expect(b, "o()");
    }
}

static void test_heads(void **state) {
    (void)state;
    uint8_t head[ZMTP_FRAME];
    assert_int_equal(zmtp_put_head(head, 255), 2);
    assert_memory_equal(head, "\0\xff", 2);
    assert_int_equal(zmtp_put_head(head, 256), 9);
    assert_memory_equal(head, "\2\0\0\0\0\0\0\1\0", 9);
    assert_int_equal(zmtp_put_head(head, 0), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_requests),   cmocka_unit_test(test_envelopes),
        cmocka_unit_test(test_long),       cmocka_unit_test(test_commands),
        cmocka_unit_test(test_handshakes), cmocka_unit_test(test_greetings),
        cmocka_unit_test(test_heads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
