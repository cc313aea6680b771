/* Connections that the server reads and writes itself: who waits for whom, what is held while a
   message is on its way, and what ZeroMQ's own sockets expect of their peer. */
#include "process.h"

#include <poll.h>
#include <sys/resource.h>
#include <time.h>

/* Bytes to the server as they are. */
static void push(int file, const void *bytes, size_t size) {
    for (const char *at = bytes; size;) {
        ssize_t sent = send(file, at, size, MSG_NOSIGNAL);
        assert_true(sent > 0);
        at += sent;
        size -= (size_t)sent;
    }
}

static void pull(int file, void *bytes, size_t size) {
    for (char *at = bytes; size;) {
        ssize_t got = recv(file, at, size, 0);
        assert_true(got > 0);
        at += got;
        size -= (size_t)got;
    }
}

static int dial(const server *s) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", s->path);
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(file >= 0);
    assert_int_equal(connect(file, (struct sockaddr *)&address, sizeof address), 0);
    return file;
}

/* A connection that may send messages. */
static int greet(const server *s) {
    static const char ready[] = "\4\x19\5READY\x0bSocket-Type\0\0\0\3REQ";
    uint8_t greeting[64] = {0xff, [9] = 0x7f, [10] = 3, [12] = 'N', 'U', 'L', 'L'}, answer[94];
    int file = dial(s);
    push(file, greeting, sizeof greeting);
    push(file, ready, sizeof ready - 1);
    pull(file, answer, sizeof answer);
    assert_memory_equal(answer + 64, "\4\x1c\5READY\x0bSocket-Type\0\0\0\6ROUTER", 30);
    return file;
}

/* Whether the server ends the connection within some seconds. */
static bool is_ended(int file, int seconds) {
    struct pollfd watched = {.fd = file, .events = POLLIN};
    char byte;
    return poll(&watched, 1, seconds * 1000) == 1 && recv(file, &byte, 1, MSG_DONTWAIT) <= 0;
}

/* What the server holds, in MB. */
static double memory_of(const server *s) {
    char path[64];
    long pages = 0, held = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", (int)s->process);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld", &pages, &held), 2);
    fclose(file);
    return (double)held * (double)sysconf(_SC_PAGESIZE) * 1e-6;
}

static void is_well(const server *s) {
    client c;
    join(&c, s->url, ZMQ_REQ);
    assert_string_equal(say(&c, hello), greeted);
    leave(&c);
}

/* A message that never ends takes no memory, and ends with an answer if it does. */
static void test_endless(void **state) {
    (void)state;
    enum { PART = 1 << 20, PARTS = 256 };
    server s;
    char *part = malloc(PART), answer[2];
    assert_non_null(part);
    memset(part, 'x', PART);
    start(&s, NULL);
    is_well(&s);
    double before = memory_of(&s);
    int file = greet(&s);
    for (int i = 0; i < PARTS; i++) {
        push(file, "\3\0\0\0\0\0\x10\0\0", 9);
        push(file, part, PART);
    }
    assert_true(memory_of(&s) < before + 50);
    is_well(&s);
    push(file, "\0\1x", 3);
    pull(file, answer, sizeof answer);
    assert_int_equal(answer[0], 0);
    close(file);
    free(part);
    stop(&s);
}

/* A reply that is not read waits, whole, and holds up nobody but its client. */
static void test_slow(void **state) {
    (void)state;
    enum { COUNT = 1 << 20, HEAD = 2 + 9 };
    static const char fetch[] = "\1\0\0\x1f\x82\xa2op\xa5"
                                "fetch\xa6kwargs\x81\xa9handle_id\xa2"
                                "a0";
    server s;
    client c;
    char *reply = malloc(COUNT * 8 + 200);
    assert_non_null(reply);
    start(&s, NULL);
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, OPEN), opened);
    assert_non_null(strstr(say(&c, "{\"op\": \"ones\", \"args\": [1048576]}"), "\"id\": \"a0\""));
    int file = greet(&s);
    assert_int_equal(sizeof fetch - 1, 4 + 0x1f);
    push(file, fetch, sizeof fetch - 1);
    push(file, fetch, sizeof fetch - 1); /* asked again before the first was read */
    for (int i = 0; i < 100; i++)
        assert_non_null(strstr(say(&c, "{\"op\": \"budget_status\"}"), "\"status\": \"ok\""));
    assert_non_null(strstr(say(&c, "{\"op\": \"free\", \"ids\": [\"a7\"]}"), "\"ok\""));
    for (int twice = 0; twice < 2; twice++) {
        pull(file, reply, HEAD);
        assert_memory_equal(reply, "\1\0\2\0\0\0\0\0\x80", 9);
        size_t size = 0;
        for (int i = 3; i < HEAD; i++) size = size << 8 | (uint8_t)reply[i];
        pull(file, reply, size);
        for (size_t i = 0; i < COUNT; i++)
            assert_memory_equal(reply + 21 + 8 * i, "\0\0\0\0\0\0\xf0\x3f", 8);
    }
    close(file);
    free(reply);
    leave(&c);
    stop(&s);
}

/* Who stops in the middle of something is waited for as long as a session is, and no longer; who is
   just silent is left alone. */
static void test_stopped(void **state) {
    (void)state;
    static const char *const words[] = {"--session-timeout", "1", NULL};
    server s;
    start(&s, words);
    int silent = greet(&s), amid = greet(&s), within = greet(&s);
    push(amid, "\1\0\0\x1f\x82", 5);
    push(within, "\1\0\2\0\0\0\0\0\1\0\0\x82", 12);
    assert_true(is_ended(amid, 20));
    assert_true(is_ended(within, 20));
    push(silent, "\0\1\x80", 3);
    assert_false(is_ended(silent, 1));
    close(silent);
    close(amid);
    close(within);
    stop(&s);
}

/* What is declared and on its way is held to the server's total: whoever has most of it gives way,
   the first come before others, and who has little is not troubled. */
static void test_transit(void **state) {
    (void)state;
    enum { CLIENTS = 8, COUNT = 1 << 19 };
    static const char *const words[] = {"--max-array-bytes", "8000000", "--max-total-bytes",
                                        "100000000", NULL};
    server s;
    client c;
    int file[CLIENTS], ended = 0;
    start(&s, words);
    int little = greet(&s);
    push(little, "\1\0\2\0\0\0\0\0\x10\0\0\x82", 12); /* 1 MB is to come */
    for (int i = 0; i < CLIENTS; i++) {
        file[i] = greet(&s);
        push(file[i], "\1\0\2\0\0\0\0\1\xe0\0\0\x82", 12); /* 30 MB are to come */
    }
    for (int i = 0; i < CLIENTS; i++) ended += is_ended(file[i], i < 5 ? 20 : 0);
    assert_int_equal(ended, 5); /* three have room */
    assert_false(is_ended(little, 0));
    close(little);
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, OPEN), opened);
    wire_out out;
    wire_out_open(&out);
    wire_put_map(&out, 2);
    wire_put_named_text(&out, "op", "create_from_data");
    wire_put_text(&out, "args");
    wire_put_list(&out, 3);
    double *data = calloc(COUNT, sizeof *data);
    assert_non_null(data);
    wire_put_bytes(&out, data, COUNT * sizeof *data);
    wire_put_int(&out, COUNT);
    wire_put_text(&out, "float64");
    for (int i = 0; i < 5; i++) {
        assert_true(zmq_send(c.socket, out.data, out.size, 0) > 0);
        assert_non_null(strstr(hear(&c), "\"id\""));
    }
    wire_out_close(&out);
    free(data);
    /* A frame that is longer than any message may be ends its connection at once. */
    int huge = greet(&s);
    push(huge, "\1\0\2\0\0\0\0\x80\0\0\0\x82", 12);
    assert_true(is_ended(huge, 20));
    close(huge);
    for (int i = 0; i < CLIENTS; i++) close(file[i]);
    leave(&c);
    stop(&s);
}

/* With no descriptor left others wait until there is one. */
static void test_descriptors(void **state) {
    (void)state;
    enum { LIMIT = 40 };
    struct rlimit few = {LIMIT, LIMIT};
    server s;
    int file[2 * LIMIT];
    start(&s, NULL);
    is_well(&s);
    assert_int_equal(prlimit(s.process, RLIMIT_NOFILE, &few, NULL), 0);
    for (int i = 0; i < 2 * LIMIT; i++) file[i] = dial(&s);
    client c;
    join(&c, s.url, ZMQ_REQ);
    assert_true(zmq_send(c.socket,
                         "\x82\xa2op\xa5hello\xa6kwargs\x81\xae"
                         "client_version\xa5"
                         "0.4.3",
                         39, 0) > 0);
    usleep(100000);
    for (int i = 0; i < 2 * LIMIT; i++) close(file[i]);
    assert_string_equal(hear(&c), greeted);
    leave(&c);
    stop(&s);
}

/* A proxy puts the names of its own clients before the empty part. */
static void test_proxy(void **state) {
    (void)state;
    server s;
    client c, front, back;
    char url[160];
    start(&s, NULL);
    snprintf(url, sizeof url, "ipc://%s/proxy", s.folder);
    front.context = back.context = zmq_ctx_new();
    front.socket = zmq_socket(front.context, ZMQ_ROUTER);
    back.socket = zmq_socket(front.context, ZMQ_DEALER);
    assert_int_equal(zmq_bind(front.socket, url), 0);
    assert_int_equal(zmq_connect(back.socket, s.url), 0);
    join(&c, url, ZMQ_REQ);
    for (int i = 0; i < 3; i++) {
        assert_true(zmq_send(c.socket, "\x81\xa2op\xa5hello", 10, 0) > 0);
        for (int way = 0; way < 2; way++) {
            void *from = way ? back.socket : front.socket, *to = way ? front.socket : back.socket;
            for (int more = 1; more;) {
                zmq_msg_t part;
                zmq_msg_init(&part);
                assert_true(zmq_msg_recv(&part, from, 0) >= 0);
                more = zmq_msg_more(&part);
                assert_true(zmq_msg_send(&part, to, more ? ZMQ_SNDMORE : 0) >= 0);
            }
        }
        assert_non_null(strstr(hear(&c), "VersionMismatch"));
    }
    leave(&c);
    zmq_close(front.socket);
    zmq_close(back.socket);
    zmq_ctx_term(front.context);
    unlink(url + 6);
    stop(&s);
}

/* A client that asks whether the server lives is told so: it would come again, without a session.
 */
static void test_heartbeat(void **state) {
    (void)state;
    static const char *const words[] = {"--sessions", "per-client", NULL};
    int every = 50;
    server s;
    client c;
    start(&s, words);
    join_with(&c, s.url, ZMQ_HEARTBEAT_IVL, &every, sizeof every);
    assert_string_equal(say(&c, OPEN), opened);
    for (int i = 0; i < 3; i++) {
        usleep(400000);
        assert_non_null(strstr(say(&c, "{\"op\": \"budget_status\"}"), "\"status\": \"ok\""));
    }
    leave(&c);
    stop(&s);
}

/* A name is one client's at a time; the next has to wait for it. */
static void test_same_name(void **state) {
    (void)state;
    static const char *const words[] = {"--sessions", "per-client", NULL};
    server s;
    client first, second;
    start(&s, words);
    join_with(&first, s.url, ZMQ_ROUTING_ID, "alice", 5);
    assert_string_equal(say(&first, OPEN), opened);
    join_with(&second, s.url, ZMQ_ROUTING_ID, "alice", 5);
    assert_true(zmq_send(second.socket,
                         "\x81\xa2op\xad"
                         "budget_status",
                         18, 0) > 0);
    usleep(300000);
    assert_non_null(strstr(say(&first, "{\"op\": \"budget_status\"}"), "\"status\": \"ok\""));
    leave(&first);
    assert_non_null(strstr(hear(&second), "\"flop_budget\": 1000"));
    leave(&second);
    stop(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_endless),     cmocka_unit_test(test_slow),
        cmocka_unit_test(test_stopped),     cmocka_unit_test(test_transit),
        cmocka_unit_test(test_descriptors), cmocka_unit_test(test_proxy),
        cmocka_unit_test(test_heartbeat),   cmocka_unit_test(test_same_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
