/* Messages of several parts, taken apart and put together. */
#include "wire/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool more(void *socket) {
    int value = 0;
    size_t width = sizeof value;
    return zmq_getsockopt(socket, ZMQ_RCVMORE, &value, &width) == 0 && value;
}

/* What of a message nobody wants. */
static void drop_rest(void *socket) {
    zmq_msg_t part;
    while (more(socket)) {
        zmq_msg_init(&part);
        (void)zmq_msg_recv(&part, socket, 0);
        zmq_msg_close(&part);
    }
}

void wire_message_free_body(void *body) {
    zmq_msg_close(body);
    free(body);
}

/* The parts of a message that has begun are all there. */
static bool receive_body(void *socket, wire_message *message) {
    zmq_msg_t *body = malloc(sizeof *body);
    if (!body) return false;
    zmq_msg_init(body);
    message->body = body;
    if (!more(socket) || zmq_msg_recv(body, socket, 0) < 0) return false;
    if (zmq_msg_size(body) == 0 && more(socket)) {
        message->delimited = true;
        if (zmq_msg_recv(body, socket, 0) < 0) return false;
    }
    message->whole = !more(socket);
    return true;
}

bool wire_message_receive(void *socket, bool wait, wire_message *message) {
    *message = (wire_message){0};
    zmq_msg_init(&message->name);
    if (zmq_msg_recv(&message->name, socket, wait ? 0 : ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(&message->name);
        return false;
    }
    bool received = receive_body(socket, message);
    if (!received || !message->whole) drop_rest(socket);
    if (!received) wire_message_close(message);
    return received;
}

void wire_message_close(wire_message *message) {
    zmq_msg_close(&message->name);
    if (message->body) wire_message_free_body(message->body);
    message->body = NULL;
}

/* The name decides where the rest goes, and whether it goes at all. The library learns only now and
   then what a client has read, and would take its few places for full: asking for events makes it
   look. */
static bool send_name(void *socket, zmq_msg_t *name) {
    int events;
    size_t width = sizeof events;
    if (zmq_msg_send(name, socket, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0) return true;
    if (errno != EAGAIN) return false;
    (void)zmq_getsockopt(socket, ZMQ_EVENTS, &events, &width);
    return zmq_msg_send(name, socket, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0;
}

static bool send_head(void *socket, wire_message *message) {
    if (!send_name(socket, &message->name)) return false;
    return !message->delimited || zmq_send(socket, "", 0, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0;
}

void wire_message_reply(void *socket, wire_message *message, const void *bytes, size_t size) {
    if (send_head(socket, message)) (void)zmq_send(socket, bytes, size, ZMQ_DONTWAIT);
}

static void give_back(void *block, void *blocks) {
    wire_blocks_put(blocks, block);
}

void wire_message_reply_block(void *socket, wire_message *message, void *block, size_t size,
                              wire_blocks *blocks) {
    zmq_msg_t body;
    wire_blocks_lend(block);
    if (!send_head(socket, message) ||
        zmq_msg_init_data(&body, block, size, give_back, blocks) != 0) {
        wire_blocks_put(blocks, block);
        return;
    }
    if (zmq_msg_send(&body, socket, ZMQ_DONTWAIT) < 0) zmq_msg_close(&body);
}
