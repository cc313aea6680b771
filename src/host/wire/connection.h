/* One connection: what was read of it, and what is still to be sent. */
#ifndef FM_WIRE_CONNECTION_H
#define FM_WIRE_CONNECTION_H

#include "wire/block.h"
#include "wire/zmtp.h"

enum { WIRE_GIVEN_NAME = 9 };

typedef struct wire_connection {
    int file; /* -1: it has ended */
    int64_t number;
    zmtp_reader in;
    uint8_t given[WIRE_GIVEN_NAME]; /* its name where the client chose none: zero, the number */
    /* What goes out: the head, then the bytes, which lie in a block of its own while they wait. */
    uint8_t head[ZMTP_ENVELOPE + ZMTP_FRAME];
    size_t head_size, out_size, out_at;
    const uint8_t *out;
    void *block;
    uint64_t transit; /* bytes of the blocks it has, either way */
    unsigned still;   /* seconds since something moved */
    bool watched_for_room, is_queued;
    size_t place; /* among all */
    struct wire_connection *next;
} wire_connection;

typedef enum wire_moved { WIRE_MOVED, WIRE_STOPPED, WIRE_ENDED } wire_moved;

/* Takes the descriptor, which does not block. NULL: there is no memory. */
wire_connection *wire_connection_open(int file, int64_t number);
void wire_connection_end(wire_connection *c);
/* What may be read now, up to what is wanted next. */
wire_moved wire_connection_read(wire_connection *c);
/* Nothing is read of a client while something waits for it. */
bool wire_connection_is_sending(const wire_connection *c);
/* Sends on. WIRE_STOPPED: what is left must wait for room. */
wire_moved wire_connection_send(wire_connection *c);
/* A few bytes of the protocol. */
wire_moved wire_connection_say(wire_connection *c, const uint8_t *bytes, size_t size);
/* A reply to the message that was read, behind its envelope. The bytes are not kept. */
wire_moved wire_connection_reply(wire_connection *c, const void *bytes, size_t size);

#endif
