/* The command as a server of its own, and clients of it. */
#ifndef FM_TESTS_WIRE_PROCESS_H
#define FM_TESTS_WIRE_PROCESS_H

#include "talk.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#include <cmocka.h>

/* Two requests that all clients make, and their replies. */
#define OPEN "{\"op\": \"budget_open\", \"kwargs\": {\"flop_budget\": 1000}}"
static const char opened[] =
    "{\"status\": \"ok\", \"result\": {\"session\": \"opened\", \"flop_budget\": 1000}, "
    "\"budget\": 1000, \"comms_overhead_ns\": 0}";
static const char hello[] = "{\"op\": \"hello\", \"kwargs\": {\"client_version\": \"0.4.3\"}}";
static const char greeted[] = "{\"status\": \"ok\", \"server_version\": \"0.4.3\"}";

typedef struct server {
    pid_t process;
    char folder[64], path[96], url[112], key[80];
} server;

/* With FLOPMETER_TEST_CURVE servers and clients speak through CURVE. */
static char public_key[41];

static inline bool wants_curve(void) {
    return getenv("FLOPMETER_TEST_CURVE") != NULL;
}

static inline void make_key(server *s) {
    char secret[41];
    assert_int_equal(zmq_curve_keypair(public_key, secret), 0);
    snprintf(s->key, sizeof s->key, "%s/key", s->folder);
    int file = open(s->key, O_CREAT | O_WRONLY, 0600);
    assert_int_equal(write(file, secret, 40), 40);
    close(file);
}

static inline void use_key(void *socket) {
    char client_public[41], secret[41];
    assert_int_equal(zmq_curve_keypair(client_public, secret), 0);
    zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, public_key, sizeof public_key);
    zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, client_public, sizeof client_public);
    zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret, sizeof secret);
}

/* Where the server's arrays live: FLOPMETER_TEST_DEVICE, else the CPU. */
static inline const char *device_name(void) {
    const char *asked = getenv("FLOPMETER_TEST_DEVICE");
    return asked ? asked : "cpu";
}

/* Starts the command; words are options after --url, ended by NULL. */
static inline void launch(server *s, const char *const *words) {
    const char *all[32] = {FM_COMMAND, "serve", "--url", s->url, "--device", device_name()};
    int count = 6;
    for (int i = 0; words && words[i]; i++) all[count++] = words[i];
    if (*s->key) {
        all[count++] = "--curve-secret";
        all[count++] = s->key;
    }
    s->process = fork();
    assert_true(s->process >= 0);
    if (s->process) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that is cut off leaves no server behind */
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execv(FM_COMMAND, (char *const *)(uintptr_t)all);
    _exit(127);
}

static inline bool is_up(const server *s) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", s->path);
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    bool up = connect(file, (struct sockaddr *)&address, sizeof address) == 0;
    close(file);
    return up;
}

/* Until it listens, or has ended. */
static inline void await(const server *s) {
    for (int i = 0; i < 3000 && !is_up(s); i++) usleep(10000);
    assert_true(is_up(s));
}

static inline void start(server *s, const char *const *words) {
    *s = (server){0};
    snprintf(s->folder, sizeof s->folder, "/tmp/flopmeter-wire-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    snprintf(s->path, sizeof s->path, "%s/socket", s->folder);
    snprintf(s->url, sizeof s->url, "ipc://%s", s->path);
    if (wants_curve()) make_key(s);
    launch(s, words);
    await(s);
}

static inline int end(server *s, int number) {
    int status = -1;
    kill(s->process, number);
    assert_true(waitpid(s->process, &status, 0) == s->process);
    return status;
}

/* Ended by SIGTERM: status 0, and no socket file is left. */
static inline void stop(server *s) {
    int status = end(s, SIGTERM);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(access(s->path, F_OK), -1);
    if (*s->key) unlink(s->key);
    assert_int_equal(rmdir(s->folder), 0);
}

typedef struct client {
    void *context, *socket;
    char reply[1 << 14];
} client;

static inline void join(client *c, const char *url, int kind) {
    int wait = 20000, linger = 0;
    c->context = zmq_ctx_new();
    c->socket = zmq_socket(c->context, kind);
    zmq_setsockopt(c->socket, ZMQ_RCVTIMEO, &wait, sizeof wait);
    zmq_setsockopt(c->socket, ZMQ_LINGER, &linger, sizeof linger);
    if (wants_curve()) use_key(c->socket);
    assert_int_equal(zmq_connect(c->socket, url), 0);
}

static inline void leave(client *c) {
    zmq_close(c->socket);
    zmq_ctx_term(c->context);
}

/* With an option that must be set before the socket connects. */
static inline void join_with(client *c, const char *url, int option, const void *value,
                             size_t size) {
    join(c, url, ZMQ_REQ);
    assert_int_equal(zmq_disconnect(c->socket, url), 0);
    assert_int_equal(zmq_setsockopt(c->socket, option, value, size), 0);
    assert_int_equal(zmq_connect(c->socket, url), 0);
}

static inline const char *hear(client *c) {
    char *bytes = malloc(1 << 14);
    msgpack_unpacked read;
    talk_text text = {c->reply, 0, sizeof c->reply};
    size_t at = 0;
    assert_non_null(bytes);
    int size = zmq_recv(c->socket, bytes, 1 << 14, 0);
    snprintf(c->reply, sizeof c->reply, "nothing");
    msgpack_unpacked_init(&read);
    if (size > 0 && msgpack_unpack_next(&read, bytes, (size_t)size, &at) == MSGPACK_UNPACK_SUCCESS)
        talk_print(&text, &read.data);
    msgpack_unpacked_destroy(&read);
    free(bytes);
    return c->reply;
}

static inline const char *say(client *c, const char *json) {
    wire_out out;
    cJSON *tree = cJSON_Parse(json);
    assert_non_null(tree);
    wire_out_open(&out);
    talk_pack(&out, tree);
    cJSON_Delete(tree);
    assert_true(zmq_send(c->socket, out.data, out.size, 0) >= 0);
    wire_out_close(&out);
    return hear(c);
}

#endif
