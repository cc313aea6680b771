/* How requests come and replies go: connections in the clear are read here (plain), encrypted ones
   by ZeroMQ (encrypted). One message is in work at a time. */
#ifndef FM_WIRE_TRANSPORT_H
#define FM_WIRE_TRANSPORT_H

#include "wire/block.h"
#include "wire/wire.h"

/* A request as it came. Its memory lasts until it is answered. */
typedef struct wire_message {
    /* Of its connection: the client's own choice, or one that begins with a zero byte. */
    const uint8_t *name;
    size_t length;
    /* No other has the number while this connection's end was not told. */
    int64_t connection;
    wire_frame frame; /* of size 0 where a message had more parts than it may */
} wire_message;

typedef struct wire_transport {
    void *self;
    /* Receives one; waits up to so many milliseconds for it. */
    bool (*receive)(void *self, int wait_ms, wire_message *message);
    /* Answers it, by a copy of the bytes or, where they are a block of the pool's, by the block
       itself, which is the transport's from then on. A client that is gone loses it. */
    void (*reply)(void *self, wire_message *message, void *bytes, size_t size, bool is_block);
    /* The next connection that is gone; -1: there is none at present. */
    int64_t (*gone)(void *self);
    /* Once a second. */
    void (*look_after)(void *self);
    void (*close)(void *self);
} wire_transport;

/* The next request, looked for at once, then for some time while others may run, then asleep: what
   follows on a reply is mostly near, and waking up takes longer than answering. */
bool wire_receive_near(const wire_transport *t, int wait_ms, wire_message *message);

/* What a transport is told of its server. */
typedef struct wire_transport_options {
    const char *url;
    uint64_t message;  /* bytes of one at most: a longer one ends its connection */
    uint64_t transit;  /* bytes of all that are on their way, at most */
    unsigned patience; /* seconds for which one may stand still in the middle of a message */
    wire_blocks *blocks;
    const char *curve_secret; /* a file */
    /* Filled: what clients connect to, and the public key. */
    char place[280], public_key[48];
} wire_transport_options;

/* False with a line in message. */
bool wire_plain_open(wire_transport *transport, wire_transport_options *options, char *message,
                     size_t size);
bool wire_encrypted_open(wire_transport *transport, wire_transport_options *options, char *message,
                         size_t size);

#endif
