/* Requests as trees: msgpack read under limits, texts and bytes left where they lie. */
#ifndef FM_WIRE_UNPACK_H
#define FM_WIRE_UNPACK_H

#include "wire/memory.h"

typedef enum wire_kind {
    WIRE_NIL,
    WIRE_BOOL,
    WIRE_INT,
    WIRE_UINT, /* past the largest int64 */
    WIRE_FLOAT,
    WIRE_TEXT, /* msgpack's str, valid UTF-8 */
    WIRE_BYTES,
    WIRE_LIST,
    WIRE_MAP, /* keys are TEXT, also where they came as bytes */
    WIRE_EXTENSION
} wire_kind;

typedef struct wire_node {
    wire_kind kind;
    uint32_t count; /* bytes of TEXT, BYTES and EXTENSION; elements of LIST; pairs of MAP */
    union {
        int64_t i; /* BOOL too */
        uint64_t u;
        double f;
        const char *bytes;
        const struct wire_node *items; /* MAP: key, value, key, ... */
    } as;
} wire_node;

/* NumPy's arrays have 64 axes; a few levels more hold them. A node is 16 bytes of the server's for
   one of the sender's, so their number is limited too. */
enum { WIRE_DEEPEST = 80, WIRE_MOST_NODES = 1 << 20 };

/* Reads one whole message. NULL with what is wrong: cut short, more follows, a limit, a key that is
   no text, UTF-8 that is none, no memory. */
const wire_node *wire_unpack(wire_memory *memory, const void *data, size_t size,
                             const char **wrong);

/* The value of a key in a map; NULL where there is none. Of equal keys the last counts, as in a
   Python dict. */
const wire_node *wire_member(const wire_node *map, const char *key);

/* Whether a node is this text, as str or as bytes. */
bool wire_is(const wire_node *node, const char *text);

#endif
