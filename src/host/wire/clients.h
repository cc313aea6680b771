/* The sessions that there are: one that all share, or one for each connection. */
#ifndef FM_WIRE_CLIENTS_H
#define FM_WIRE_CLIENTS_H

#include "wire/wire.h"

enum { WIRE_NAME = 255, WIRE_MOST_CLIENTS = 1024 };

typedef struct wire_client {
    uint8_t name[WIRE_NAME];
    size_t length;
    uint64_t held; /* bytes of its memory after its last request */
    uint64_t seen_ns;
    int64_t connection; /* no other has the number before it is gone; -1: there is none */
    wire_session session;
} wire_client;

typedef struct wire_clients {
    bool per_client;
    fm_context_options options;
    wire_limits limits;
    uint64_t timeout_ns;
    wire_client *all[WIRE_MOST_CLIENTS];
    size_t count;
    uint64_t held; /* by all of them */
    void (*log)(void *user, const char *line);
    void *log_user;
} wire_clients;

/* The client of a connection; NULL where it has none yet. */
wire_client *wire_clients_find(wire_clients *clients, const void *name, size_t length);
/* A new one. NULL with why: there are too many, or no context could be opened. */
wire_client *wire_clients_admit(wire_clients *clients, const void *name, size_t length,
                                int64_t connection, char *why, size_t size);
/* Ends the session of a connection that is gone, unless its name was the client's own choice: then
   the next connection may have it again. */
void wire_clients_gone(wire_clients *clients, int64_t connection);
/* Before and after a request: what the client may hold, and what it holds. */
void wire_clients_begin(wire_clients *clients, wire_client *client);
void wire_clients_end(wire_clients *clients, wire_client *client);
/* Ends sessions that were idle for too long. */
void wire_clients_reap(wire_clients *clients, uint64_t now);
void wire_clients_close(wire_clients *clients);

#endif
