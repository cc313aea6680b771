/* Asking a running server for its state. */
#include "wire/curve.h"
#include "wire/server.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

static bool use_curve(void *socket, const wire_ask_options *options, char *line, size_t size) {
    wire_curve own = {{0}, {0}, {{0}}, 0, NULL};
    if (!options->server_key) return true;
    if (options->client_key) {
        if (!wire_curve_read(&own, options->client_key, line, size)) return false;
    } else if (zmq_curve_keypair(own.public, own.secret) != 0) {
        snprintf(line, size, "this libzmq has no CURVE");
        return false;
    }
    bool done = zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, options->server_key,
                               strlen(options->server_key)) == 0 &&
                zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, own.public, WIRE_KEY) == 0 &&
                zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, own.secret, WIRE_KEY) == 0;
    if (!done) snprintf(line, size, "a CURVE key is no 40 characters in Z85");
    return done;
}

static const char *text_of(const wire_node *result, const char *key, char *buffer, size_t size) {
    const wire_node *node = wire_member(result, key);
    *buffer = 0;
    if (node && node->kind == WIRE_TEXT)
        snprintf(buffer, size, "%.*s", (int)node->count, node->as.bytes);
    return buffer;
}

static long long number_of(const wire_node *result, const char *key) {
    const wire_node *node = wire_member(result, key);
    if (node && node->kind == WIRE_FLOAT) return (long long)node->as.f;
    return node && node->kind == WIRE_INT ? (long long)node->as.i : 0;
}

static bool read_reply(const void *bytes, size_t bytes_size, char *line, size_t size) {
    wire_memory memory = {0};
    const char *wrong;
    char version[32], device[32], sessions[32];
    const wire_node *result =
        wire_member(wire_unpack(&memory, bytes, bytes_size, &wrong), "result");
    bool done = result && wire_member(result, "version");
    if (done)
        snprintf(
            line, size,
            "flopmeter %s on %s, sessions %s, %lld open, %lld arrays, %lld requests, up %lld s",
            text_of(result, "version", version, sizeof version),
            text_of(result, "device", device, sizeof device),
            text_of(result, "sessions", sessions, sizeof sessions), number_of(result, "open"),
            number_of(result, "arrays"), number_of(result, "requests"),
            number_of(result, "uptime_s"));
    else
        snprintf(line, size, "what answers there is no flopmeter serve");
    wire_close(&memory);
    return done;
}

static bool ask(void *socket, const wire_ask_options *options, char *line, size_t size) {
    static const char question[] = "\x81\xa2op\xadserver_status";
    int linger = 0;
    zmq_msg_t reply;
    bool ready =
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger) == 0 &&
        zmq_setsockopt(socket, ZMQ_RCVTIMEO, &options->timeout_ms, sizeof options->timeout_ms) == 0;
    if (ready && !use_curve(socket, options, line, size)) return false;
    if (!ready || zmq_connect(socket, options->url) != 0 ||
        zmq_send(socket, question, sizeof question - 1, 0) < 0) {
        snprintf(line, size, "%s: %s", options->url, zmq_strerror(errno));
        return false;
    }
    zmq_msg_init(&reply);
    bool done = zmq_msg_recv(&reply, socket, 0) >= 0;
    if (done)
        done = read_reply(zmq_msg_data(&reply), zmq_msg_size(&reply), line, size);
    else
        snprintf(line, size, "%s: no answer within %d ms", options->url, options->timeout_ms);
    zmq_msg_close(&reply);
    return done;
}

bool wire_ask_status(const wire_ask_options *options, char *line, size_t size) {
    void *context = zmq_ctx_new(), *socket = context ? zmq_socket(context, ZMQ_REQ) : NULL;
    bool done = socket && ask(socket, options, line, size);
    if (!socket) snprintf(line, size, "ZeroMQ: %s", zmq_strerror(errno));
    if (socket) zmq_close(socket);
    if (context) zmq_ctx_term(context);
    return done;
}
