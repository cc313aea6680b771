/* Requests and replies on a ROUTER socket: a name, what follows it, one body. */
#ifndef FM_WIRE_MESSAGE_H
#define FM_WIRE_MESSAGE_H

#include "wire/block.h"
#include "wire/wire.h"

#include <zmq.h>

/* A request as it came. A REQ socket puts an empty part before the body, a DEALER may not. */
typedef struct wire_message {
    zmq_msg_t name;
    zmq_msg_t *body; /* of its own allocation, so that an array can keep it; NULL: there is none */
    bool delimited;
    bool whole; /* the body is one part, as it must be */
} wire_message;

/* Receives one; wait: for as long as the socket's time allows. False: none came, or there is no
   memory. */
bool wire_message_receive(void *socket, bool wait, wire_message *message);
/* What is left of it after the answer. */
void wire_message_close(wire_message *message);
void wire_message_free_body(void *body);

/* Sends the reply, a copy of bytes or the block itself. A client that is gone or that does not read
   loses it. */
void wire_message_reply(void *socket, wire_message *message, const void *bytes, size_t size);
void wire_message_reply_block(void *socket, wire_message *message, void *block, size_t size,
                              wire_blocks *blocks);

#endif
