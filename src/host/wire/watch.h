/* Which connections are gone, as ZeroMQ tells it on a socket of its own. */
#ifndef FM_WIRE_WATCH_H
#define FM_WIRE_WATCH_H

#include <stdbool.h>

typedef struct wire_watch {
    void *events; /* NULL: nothing is told */
} wire_watch;

/* Begins before the server's socket is bound; both are of the context. */
bool wire_watch_open(wire_watch *watch, void *zmq_context, void *socket);
/* The next descriptor that a connection no longer has: closed, or taken by a new one. -1: there is
   none at present. Never waits. */
int wire_watch_next(wire_watch *watch);
/* Before the server's socket is closed. */
void wire_watch_close(wire_watch *watch, void *socket);

#endif
