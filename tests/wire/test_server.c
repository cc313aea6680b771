/* The server as a process: its socket file, its clients and who keeps out of whose way, bytes that
   are no requests, its end. */
#include "process.h"

#define ONES "{\"op\": \"ones\", \"args\": [3]}"

static void test_socket_file(void **state) {
    (void)state;
    server s, second;
    struct stat about;
    start(&s, NULL);
    assert_int_equal(stat(s.path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    /* Another server does not take the place of one that lives. */
    second = s;
    launch(&second, NULL);
    int status;
    assert_true(waitpid(second.process, &status, 0) == second.process);
    assert_int_equal(WEXITSTATUS(status), 1);
    /* One that was killed leaves its file, and its successor takes the place. */
    status = end(&s, SIGKILL);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(access(s.path, F_OK), 0);
    launch(&s, NULL);
    await(&s);
    client c;
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, hello), greeted);
    assert_string_equal(say(&c, OPEN), opened);
    leave(&c);
    stop(&s);
}

static void test_other_file(void **state) {
    (void)state;
    server s = {0};
    int status;
    snprintf(s.folder, sizeof s.folder, "/tmp/flopmeter-wire-XXXXXX");
    assert_non_null(mkdtemp(s.folder));
    snprintf(s.path, sizeof s.path, "%s/data", s.folder);
    snprintf(s.url, sizeof s.url, "ipc://%s", s.path);
    int file = open(s.path, O_CREAT | O_WRONLY, 0600);
    close(file);
    launch(&s, NULL);
    assert_true(waitpid(s.process, &status, 0) == s.process);
    assert_int_equal(WEXITSTATUS(status), 1);
    assert_int_equal(unlink(s.path), 0);
    rmdir(s.folder);
}

static void test_shared(void **state) {
    (void)state;
    server s;
    client a, b;
    start(&s, NULL);
    join(&a, s.url, ZMQ_REQ);
    join(&b, s.url, ZMQ_REQ);
    assert_string_equal(say(&a, OPEN), opened);
    assert_non_null(strstr(say(&a, ONES), "\"id\": \"a0\""));
    assert_non_null(strstr(say(&b, OPEN), "session already open"));
    assert_non_null(strstr(say(&b, "{\"op\": \"exp\", \"args\": [\"a0\"]}"), "\"id\": \"a1\""));
    leave(&a);
    leave(&b);
    stop(&s);
}

/* Each connection has its own arrays, budget and generators. */
static void test_per_client(void **state) {
    (void)state;
    static const char *const words[] = {"--sessions", "per-client", NULL};
    server s;
    client a, b;
    start(&s, words);
    join(&a, s.url, ZMQ_REQ);
    join(&b, s.url, ZMQ_REQ);
    assert_string_equal(say(&a, OPEN), opened);
    assert_non_null(strstr(say(&a, ONES), "\"id\": \"a0\""));
    assert_non_null(
        strstr(say(&a, "{\"op\": \"exp\", \"args\": [\"a0\"]}"), "\"flops_used\": 48,"));
    assert_non_null(strstr(say(&b, ONES), "NoBudgetContextError"));
    assert_string_equal(say(&b, OPEN), opened);
    assert_non_null(strstr(say(&b, "{\"op\": \"exp\", \"args\": [\"a0\"]}"),
                           "Array handle 'a0' not found in store"));
    assert_non_null(strstr(say(&b, "{\"op\": \"budget_status\"}"), "\"flops_used\": 0,"));
    assert_non_null(strstr(say(&b, "{\"op\": \"budget_close\"}"), "\"status\": \"ok\""));
    assert_non_null(strstr(say(&a, "{\"op\": \"budget_status\"}"), "\"flops_used\": 48,"));
    leave(&a);
    leave(&b);
    stop(&s);
}

static void join_as(client *c, const char *url, const char *name) {
    join_with(c, url, ZMQ_ROUTING_ID, name, strlen(name));
}

static const char *status_of(const server *s, char *text) {
    client c;
    join(&c, s->url, ZMQ_REQ);
    snprintf(text, 400, "%.399s", say(&c, "{\"op\": \"server_status\"}"));
    leave(&c);
    return text;
}

/* A session whose connection is gone gives its place back, long before its time is out; that of a
   client with a name of its own waits for it. */
static void test_gone(void **state) {
    (void)state;
    enum { MORE_THAN_PLACES = 1100 };
    static const char *const words[] = {"--sessions", "per-client", NULL};
    server s;
    client named, again, other;
    char text[400];
    start(&s, words);
    join_as(&named, s.url, "alice");
    assert_string_equal(say(&named, OPEN), opened);
    leave(&named);
    for (int i = 0; i < MORE_THAN_PLACES; i++) {
        join(&other, s.url, ZMQ_REQ);
        assert_string_equal(say(&other, OPEN), opened);
        leave(&other);
    }
    for (int i = 0; i < 200 && !strstr(status_of(&s, text), "\"open\": 1,"); i++) usleep(50000);
    assert_non_null(strstr(text, "\"open\": 1,"));
    join_as(&again, s.url, "alice");
    assert_non_null(strstr(say(&again, OPEN), "session already open"));
    leave(&again);
    stop(&s);
}

/* Elements in and out, products, views, draws and sums: on whichever device. */
static void test_values(void **state) {
    (void)state;
#define ONE        "000000000000f03f"
#define TWO        "0000000000000040"
#define THREE      "0000000000000840"
#define FOUR       "0000000000001040"
#define SIX        "0000000000001840"
#define EIGHT      "0000000000002040"
#define FETCH(id)  "{\"op\": \"fetch\", \"kwargs\": {\"handle_id\": \"" id "\"}}"
#define HANDLE(id) "{\"__handle__\": \"" id "\"}"
    server s;
    client c;
    start(&s, NULL);
    join(&c, s.url, ZMQ_REQ);
    (void)say(&c, "{\"op\": \"budget_open\", \"kwargs\": {\"flop_budget\": 100000}}");
    (void)say(&c, "{\"op\": \"create_from_data\", \"args\": [{\"$bytes\": \"" ONE TWO THREE FOUR
                  "\"}, [2, 2], \"float64\"]}");
    assert_non_null(strstr(say(&c, "{\"op\": \"add\", \"args\": [" HANDLE("a0") ", " HANDLE(
                                       "a0") "], \"kwargs\": {}}"),
                           "\"id\": \"a1\", \"shape\": [2, 2], \"dtype\": \"float64\""));
    assert_non_null(strstr(say(&c, FETCH("a1")), TWO FOUR SIX EIGHT));
    (void)say(&c, "{\"op\": \"dot\", \"args\": [" HANDLE("a0") ", " HANDLE("a0") "]}");
    assert_non_null(strstr(say(&c, FETCH("a2")), /* 7, 10, 15, 22 */
                           "0000000000001c40"
                           "0000000000002440"
                           "0000000000002e40"
                           "0000000000003640"));
    (void)say(&c, "{\"op\": \"__getitem__\", \"args\": [" HANDLE("a1") ", 1]}");
    assert_non_null(strstr(say(&c, FETCH("a3")), "\"" SIX EIGHT "\""));
    (void)say(&c, "{\"op\": \"sum\", \"args\": [" HANDLE("a1") "]}");
    assert_non_null(strstr(say(&c, FETCH("a4")), "0000000000003440")); /* 20 */
    assert_non_null(strstr(
        say(&c, "{\"op\": \"linalg.solve\", \"args\": [" HANDLE("a0") ", " HANDLE("a0") "]}"),
        "\"shape\": [2, 2]"));
    (void)say(&c, "{\"op\": \"random.default_rng\", \"args\": [7]}");
    assert_non_null(strstr(say(&c, "{\"op\": \"random.Generator.standard_normal\", \"args\": "
                                   "[{\"__gen__\": \"g0\"}, 5]}"),
                           "\"shape\": [5]"));
    /* A matrix without an inverse is told at once, and the server goes on. */
    assert_non_null(strstr(say(&c, "{\"op\": \"zeros\", \"args\": [[2, 2]]}"), "\"id\": \"a7\""));
    assert_non_null(
        strstr(say(&c, "{\"op\": \"linalg.inv\", \"args\": [" HANDLE("a7") "]}"), "LinAlgError"));
    assert_string_equal(say(&c, hello), greeted);
    leave(&c);
    stop(&s);
}

/* An idle session ends, and its place is free. */
static void test_timeout(void **state) {
    (void)state;
    static const char *const words[] = {"--session-timeout", "0.1", NULL};
    server s;
    client c;
    start(&s, words);
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, OPEN), opened);
    const char *reply = say(&c, OPEN);
    for (int i = 0; i < 200 && strcmp(reply, opened) != 0; i++) {
        usleep(100000);
        reply = say(&c, OPEN);
    }
    assert_string_equal(reply, opened);
    leave(&c);
    stop(&s);
}

static void test_parts(void **state) {
    (void)state;
    server s;
    client c, d;
    start(&s, NULL);
    join(&c, s.url, ZMQ_REQ);
    /* Two parts, and none of content. */
    assert_int_equal(zmq_send(c.socket, "\x80", 1, ZMQ_SNDMORE), 1);
    assert_int_equal(zmq_send(c.socket, "\x80", 1, 0), 1);
    assert_non_null(strstr(hear(&c), "InvalidRequestError"));
    assert_int_equal(zmq_send(c.socket, "", 0, 0), 0);
    assert_non_null(strstr(hear(&c), "malformed request: empty bytes"));
    assert_string_equal(say(&c, hello), greeted);
    /* A DEALER may leave the empty part out. */
    join(&d, s.url, ZMQ_DEALER);
    assert_string_equal(say(&d, hello), greeted);
    leave(&c);
    leave(&d);
    stop(&s);
}

/* Bytes that are no ZeroMQ at all, and clients that go in the middle of it. */
static void test_noise(void **state) {
    (void)state;
    server s;
    client c;
    uint32_t x = 1;
    start(&s, NULL);
    for (int i = 0; i < 200; i++) {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        uint8_t noise[256];
        snprintf(address.sun_path, sizeof address.sun_path, "%s", s.path);
        int file = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_int_equal(connect(file, (struct sockaddr *)&address, sizeof address), 0);
        for (size_t j = 0; j < sizeof noise; j++)
            noise[j] = (uint8_t)((x = 1664525u * x + 1013904223u) >> 24);
        if (i % 2) memcpy(noise, "\xff\0\0\0\0\0\0\0\x01\x7f\x03", 11); /* as ZMTP begins */
        ssize_t sent = send(file, noise, x % sizeof noise, MSG_NOSIGNAL);
        (void)sent;
        close(file);
    }
    for (int i = 0; i < 50; i++) {
        join(&c, s.url, ZMQ_REQ);
        assert_true(zmq_send(c.socket, "\x81\xa2op\xa5hello", 10, 0) > 0);
        leave(&c);
    }
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, hello), greeted);
    leave(&c);
    stop(&s);
}

/* A client that sends and never reads holds nobody up. */
static void test_deaf(void **state) {
    (void)state;
    server s;
    client deaf, c;
    int none = 0;
    start(&s, NULL);
    join(&deaf, s.url, ZMQ_DEALER);
    zmq_setsockopt(deaf.socket, ZMQ_SNDTIMEO, &none, sizeof none);
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, OPEN), opened);
    for (int i = 0; i < 5000; i++)
        if (zmq_send(deaf.socket, "\x81\xa2op\xadserver_status", 18, 0) < 0) usleep(100);
    for (int i = 0; i < 100; i++)
        assert_non_null(strstr(say(&c, "{\"op\": \"budget_status\"}"), "\"status\": \"ok\""));
    leave(&deaf);
    leave(&c);
    stop(&s);
}

/* Sent, kept where it arrived, changed in place, fetched: 4 MB each way. */
static void test_large(void **state) {
    (void)state;
    enum { COUNT = 1 << 19 };
    server s;
    client c;
    size_t size = COUNT * sizeof(double);
    double *data = malloc(size);
    char *reply = malloc(size + 1024);
    assert_true(data && reply);
    for (int i = 0; i < COUNT; i++) data[i] = i * 0.5;
    start(&s, NULL);
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, OPEN), opened);
    /* Text before the data moves it over every alignment. */
    for (int shift = 0; shift < 9; shift++) {
        char id[64];
        wire_out out;
        wire_out_open(&out);
        wire_put_map(&out, 3);
        wire_put_text(&out, "x");
        wire_put_text(&out, &"xxxxxxxxx"[shift]);
        wire_put_named_text(&out, "op", "create_from_data");
        wire_put_text(&out, "args");
        wire_put_list(&out, 3);
        wire_put_bytes(&out, data, size);
        wire_put_list(&out, 1);
        wire_put_int(&out, COUNT);
        wire_put_text(&out, "float64");
        assert_true(zmq_send(c.socket, out.data, out.size, 0) > 0);
        wire_out_close(&out);
        snprintf(id, sizeof id, "\"id\": \"a%d\"", shift);
        assert_non_null(strstr(hear(&c), id));
        snprintf(id, sizeof id, "{\"op\": \"fetch\", \"id\": \"a%d\"}", shift);
        cJSON *tree = cJSON_Parse(id);
        wire_out_open(&out);
        talk_pack(&out, tree);
        cJSON_Delete(tree);
        assert_true(zmq_send(c.socket, out.data, out.size, 0) > 0);
        wire_out_close(&out);
        int got = zmq_recv(c.socket, reply, size + 1024, 0);
        assert_true(got > (int)size && got < (int)size + 100);
        /* status "ok" and "data" with the head of a bin of 32 bits: 21 bytes. */
        assert_memory_equal(reply + 21, data, size);
    }
    assert_non_null(strstr(say(&c, "{\"op\": \"free\", \"ids\": [\"a0\", \"a1\", \"a2\"]}"),
                           "\"status\": \"ok\""));
    assert_non_null(strstr(say(&c, "{\"op\": \"budget_close\"}"), "\"status\": \"ok\""));
    free(data);
    free(reply);
    leave(&c);
    stop(&s);
}

/* Past the limit by a little there is an answer, past it by far the connection ends. */
static void test_too_large(void **state) {
    (void)state;
    static const char *const words[] = {"--max-array-bytes", "1000", NULL};
    server s;
    client c;
    char *bytes = calloc(1, 40 << 20);
    int wait = 200;
    assert_non_null(bytes);
    start(&s, words);
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, OPEN), opened);
    wire_out out;
    wire_out_open(&out);
    wire_put_map(&out, 2);
    wire_put_named_text(&out, "op", "create_from_data");
    wire_put_text(&out, "args");
    wire_put_list(&out, 3);
    wire_put_bytes(&out, bytes, 1008);
    wire_put_int(&out, 126);
    wire_put_text(&out, "float64");
    assert_true(zmq_send(c.socket, out.data, out.size, 0) > 0);
    wire_out_close(&out);
    assert_non_null(strstr(hear(&c), "array too large: 1008 bytes exceeds 1000 byte limit"));
    zmq_setsockopt(c.socket, ZMQ_RCVTIMEO, &wait, sizeof wait);
    assert_true(zmq_send(c.socket, bytes, 40 << 20, 0) > 0);
    assert_string_equal(hear(&c), "nothing");
    leave(&c);
    join(&c, s.url, ZMQ_REQ);
    assert_string_equal(say(&c, hello), greeted);
    leave(&c);
    free(bytes);
    stop(&s);
}

static bool has_device(void) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *ctx;
    fm_error error;
    if (!fm_device_parse(device_name(), &options.device)) return false;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) return false;
    fm_context_close(ctx);
    return true;
}

int main(void) {
    if (!has_device()) return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_socket_file), cmocka_unit_test(test_other_file),
        cmocka_unit_test(test_shared),      cmocka_unit_test(test_per_client),
        cmocka_unit_test(test_gone),        cmocka_unit_test(test_values),
        cmocka_unit_test(test_timeout),     cmocka_unit_test(test_parts),
        cmocka_unit_test(test_noise),       cmocka_unit_test(test_deaf),
        cmocka_unit_test(test_large),       cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
