/* The server: a ZeroMQ socket, its clients, and the loop between them. */
#ifndef FM_WIRE_SERVER_H
#define FM_WIRE_SERVER_H

#include "wire/wire.h"

#include <signal.h>

typedef struct wire_server_options {
    const char *url;
    bool per_client; /* each connection has a session of its own; else all share one */
    double timeout;  /* seconds after which an idle session ends */
    wire_limits limits;
    fm_context_options context;
    const char *curve_secret; /* a file; NULL: the connection is in the clear */
    void (*log)(void *user, const char *line);
    /* The summary of a session that is open at the end. */
    void (*show)(void *user, const char *text);
    void *user;
    const volatile sig_atomic_t *stop;
} wire_server_options;

/* Serves until *stop is set. False with a line in message: it could not begin. */
bool wire_serve(const wire_server_options *options, char *message, size_t size);

/* Where a running server is asked. */
typedef struct wire_ask_options {
    const char *url;
    const char *server_key; /* its public key in Z85; NULL: the connection is in the clear */
    const char *client_key; /* a file with a secret key in Z85; NULL: a new one */
    int timeout_ms;
} wire_ask_options;

/* Its state as one line. False with what is wrong in the line. */
bool wire_ask_status(const wire_ask_options *options, char *line, size_t size);

#endif
