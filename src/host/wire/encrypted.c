/* Connections that CURVE keeps from others: a ROUTER socket of ZeroMQ, whose messages are taken
   apart and put together here. */
#include "wire/curve.h"
#include "wire/endpoint.h"
#include "wire/transport.h"
#include "wire/watch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

/* Messages of one connection that wait at most, either way: a client sends one and waits for its
   reply. What it sends or leaves unread beyond that stays with it, or is lost. */
enum { WAITING = 2 };

typedef struct encrypted {
    void *context, *socket;
    wire_curve curve;
    wire_watch watch;
    wire_blocks *blocks;
    /* The message in work. */
    zmq_msg_t name;
    zmq_msg_t *body; /* of its own allocation, so that an array can keep it */
    bool delimited;  /* a REQ socket puts an empty part before the body, a DEALER may not */
    bool whole;      /* the body is one part */
} encrypted;

static bool more(encrypted *e) {
    int value = 0;
    size_t width = sizeof value;
    return zmq_getsockopt(e->socket, ZMQ_RCVMORE, &value, &width) == 0 && value;
}

/* What of a message nobody wants. */
static void drop_rest(encrypted *e) {
    zmq_msg_t part;
    while (more(e)) {
        zmq_msg_init(&part);
        (void)zmq_msg_recv(&part, e->socket, 0);
        zmq_msg_close(&part);
    }
}

static void free_body(void *body) {
    zmq_msg_close(body);
    free(body);
}

static void drop_message(encrypted *e) {
    zmq_msg_close(&e->name);
    if (e->body) free_body(e->body);
    e->body = NULL;
}

/* The parts of a message that has begun are all there. */
static bool receive_body(encrypted *e) {
    e->body = malloc(sizeof *e->body);
    if (!e->body) return false;
    zmq_msg_init(e->body);
    e->delimited = false;
    if (!more(e) || zmq_msg_recv(e->body, e->socket, 0) < 0) return false;
    if (zmq_msg_size(e->body) == 0 && more(e)) {
        e->delimited = true;
        if (zmq_msg_recv(e->body, e->socket, 0) < 0) return false;
    }
    e->whole = !more(e);
    return true;
}

static bool receive_now(encrypted *e) {
    zmq_msg_init(&e->name);
    if (zmq_msg_recv(&e->name, e->socket, ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(&e->name);
        return false;
    }
    bool received = receive_body(e);
    if (!received || !e->whole) drop_rest(e);
    if (!received) drop_message(e);
    return received;
}

/* Clients that ask to be let in are heard between messages. */
static bool receive(void *self, int wait_ms, wire_message *message) {
    encrypted *e = self;
    zmq_pollitem_t items[2] = {{.socket = e->socket, .events = ZMQ_POLLIN},
                               {.socket = e->curve.zap, .events = ZMQ_POLLIN}};
    if (e->curve.zap) wire_curve_answer(&e->curve);
    if (!receive_now(e)) {
        if (!wait_ms || zmq_poll(items, e->curve.zap ? 2 : 1, wait_ms) <= 0) return false;
        if (items[1].revents) wire_curve_answer(&e->curve);
        if (!items[0].revents || !receive_now(e)) return false;
    }
    *message = (wire_message){
        .name = zmq_msg_data(&e->name),
        .length = zmq_msg_size(&e->name),
        .connection = zmq_msg_get(e->body, ZMQ_SRCFD),
        .frame = {.data = zmq_msg_data(e->body),
                  .size = e->whole ? zmq_msg_size(e->body) : 0,
                  .held = zmq_msg_size(e->body),
                  .owner = e->body,
                  .release = free_body},
    };
    return true;
}

/* The name decides where the rest goes, and whether it goes at all. The library learns only now and
   then what a client has read, and would take its few places for full: asking for events makes it
   look. */
static bool send_name(encrypted *e) {
    int events;
    size_t width = sizeof events;
    if (zmq_msg_send(&e->name, e->socket, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0) return true;
    if (errno != EAGAIN) return false;
    (void)zmq_getsockopt(e->socket, ZMQ_EVENTS, &events, &width);
    return zmq_msg_send(&e->name, e->socket, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0;
}

static bool send_head(encrypted *e) {
    if (!send_name(e)) return false;
    return !e->delimited || zmq_send(e->socket, "", 0, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0;
}

static void give_back(void *block, void *blocks) {
    wire_blocks_put(blocks, block);
}

static void send_block(encrypted *e, void *block, size_t size) {
    zmq_msg_t body;
    wire_blocks_lend(block);
    if (!send_head(e) || zmq_msg_init_data(&body, block, size, give_back, e->blocks) != 0) {
        wire_blocks_put(e->blocks, block);
        return;
    }
    if (zmq_msg_send(&body, e->socket, ZMQ_DONTWAIT) < 0) zmq_msg_close(&body);
}

static void reply(void *self, wire_message *message, void *bytes, size_t size, bool is_block) {
    encrypted *e = self;
    if (is_block)
        send_block(e, bytes, size);
    else if (send_head(e))
        (void)zmq_send(e->socket, bytes, size, ZMQ_DONTWAIT);
    if (message->frame.taken) e->body = NULL;
    drop_message(e);
}

static int64_t gone(void *self) {
    encrypted *e = self;
    return wire_watch_next(&e->watch);
}

static void look_after(void *self) {
    (void)self;
}

static void close_all(void *self) {
    encrypted *e = self;
    wire_curve_close(&e->curve);
    wire_watch_close(&e->watch, e->socket);
    if (e->socket) zmq_close(e->socket);
    if (e->context) zmq_ctx_term(e->context);
    free(e);
}

static bool set_int(void *socket, int option, int value) {
    return zmq_setsockopt(socket, option, &value, sizeof value) == 0;
}

static bool set_limits(encrypted *e, uint64_t message) {
    int64_t most = (int64_t)message;
    return zmq_setsockopt(e->socket, ZMQ_MAXMSGSIZE, &most, sizeof most) == 0 &&
           set_int(e->socket, ZMQ_RCVHWM, WAITING) && set_int(e->socket, ZMQ_SNDHWM, WAITING) &&
           set_int(e->socket, ZMQ_ROUTER_MANDATORY, 1) &&
           set_int(e->socket, ZMQ_TCP_KEEPALIVE, 1) && set_int(e->socket, ZMQ_LINGER, 0);
}

bool wire_encrypted_open(wire_transport *transport, wire_transport_options *options, char *message,
                         size_t size) {
    encrypted *e = calloc(1, sizeof *e);
    snprintf(message, size, "there is no memory");
    if (!e) return false;
    *transport = (wire_transport){e, receive, reply, gone, look_after, close_all};
    e->blocks = options->blocks;
    e->context = zmq_ctx_new();
    e->socket = e->context ? zmq_socket(e->context, ZMQ_ROUTER) : NULL;
    if (!e->socket || !set_limits(e, options->message) ||
        !wire_watch_open(&e->watch, e->context, e->socket)) {
        snprintf(message, size, "ZeroMQ: %s", zmq_strerror(errno));
        return false;
    }
    bool done = wire_curve_read(&e->curve, options->curve_secret, message, size) &&
                wire_curve_guard(&e->curve, e->context, e->socket, message, size) &&
                wire_endpoint_bind(e->socket, options->url, options->place, sizeof options->place,
                                   message, size);
    snprintf(options->public_key, sizeof options->public_key, "%s", e->curve.public);
    return done;
}
