/* ZMTP 3 with the mechanism NULL (ZeroMQ RFC 23 and 37), one side of one connection: bytes in,
   events out. It neither reads nor writes nor allocates, so that any bytes can be tried on it. */
#ifndef FM_WIRE_ZMTP_H
#define FM_WIRE_ZMTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ZMTP_GREETING = 64,
    ZMTP_NAME = 255,     /* bytes of a name at most */
    ZMTP_ENVELOPE = 600, /* of an envelope: parts before the empty one, which the reply repeats */
    ZMTP_BUFFER = 8192,
    ZMTP_FRAME = 9, /* the longest head of a frame */
    ZMTP_WORD = 40, /* the longest thing that is said beside replies */
};

typedef enum zmtp_event {
    ZMTP_NONE,    /* never returned */
    ZMTP_WAIT,    /* more bytes are needed */
    ZMTP_OPENED,  /* its name is known; zmtp_ready is due, and it may send messages */
    ZMTP_PING,    /* the word is to be sent */
    ZMTP_BODY,    /* a body of `size` wants memory of its own: zmtp_give */
    ZMTP_MESSAGE, /* one is there: body, size, whole. zmtp_answered before the next */
    ZMTP_BROKEN,  /* nothing further can be read of this peer */
} zmtp_event;

typedef struct zmtp_reader {
    int stage;
    uint8_t name[ZMTP_NAME]; /* the peer's own choice; length 0: it has none */
    size_t length;
    size_t begin, end; /* of the bytes in the buffer that are not read yet */

    /* The message that arrives. */
    int place;
    uint8_t envelope[ZMTP_ENVELOPE]; /* as it came, so that it can be sent as it is */
    size_t envelope_size;
    size_t skip; /* bytes of a frame that nobody wants, while skipping */
    bool skipping;
    bool last;  /* nothing of the message follows that frame */
    bool whole; /* the body is one part, as it must be; else there is none */
    uint8_t *body;
    size_t size, got;
    bool given; /* the body has memory of its own */

    uint8_t word[ZMTP_WORD];
    size_t word_size;
    uint8_t buffer[ZMTP_BUFFER];
} zmtp_reader;

/* What is said first, and once the peer has said the like. A peer that is left without the second
   keeps its messages, and comes again with them. */
extern const uint8_t zmtp_greeting[ZMTP_GREETING];
extern const uint8_t zmtp_ready[];
extern const size_t zmtp_ready_size;

void zmtp_open(zmtp_reader *r);
/* Where the next bytes go, and for how many there is room: never 0 after ZMTP_WAIT. */
uint8_t *zmtp_room(zmtp_reader *r, size_t *room);
void zmtp_took(zmtp_reader *r, size_t count);
/* Reads on until something has happened. */
zmtp_event zmtp_next(zmtp_reader *r);
/* Memory of r->size bytes, after ZMTP_BODY. It stays the caller's. */
void zmtp_give(zmtp_reader *r, void *memory);
/* The message was dealt with. */
void zmtp_answered(zmtp_reader *r);
/* Whether it may send messages. */
bool zmtp_is_open(const zmtp_reader *r);
/* Whether part of a message is there that is not yet whole. */
bool zmtp_is_amid(const zmtp_reader *r);

/* The head of a reply's only part of content; its size. */
size_t zmtp_put_head(uint8_t head[ZMTP_FRAME], uint64_t size);

#endif
