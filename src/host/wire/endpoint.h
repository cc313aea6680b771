/* Where the server listens: a socket file of its owner's alone, or a TCP port. */
#ifndef FM_WIRE_ENDPOINT_H
#define FM_WIRE_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>

/* Binds. A socket file that nobody listens on any more is replaced; one that somebody does listen
   on, and a file of another kind, are left alone. False with a line in message. */
bool wire_endpoint_bind(void *socket, const char *url, char *message, size_t size);
/* Removes the socket file. */
void wire_endpoint_remove(const char *url);

#endif
