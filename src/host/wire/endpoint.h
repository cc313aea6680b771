/* Where the server listens: a socket file of its owner's alone, or a TCP port. */
#ifndef FM_WIRE_ENDPOINT_H
#define FM_WIRE_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>

/* Listens at ipc://PATH, ipc://@NAME, which has no file, or tcp://HOST:PORT, where HOST is a name,
   an address, [an IPv6 address], an interface or *, and PORT a number or * for a free one. A socket
   file that nobody listens on any more is replaced; one that somebody does listen on, and a file of
   another kind, are left alone. place: what clients connect to. A descriptor that does not block;
   -1 with a line in message. */
int wire_endpoint_listen(const char *url, char *place, size_t place_size, char *message,
                         size_t size);
/* The same for a socket of ZeroMQ. */
bool wire_endpoint_bind(void *socket, const char *url, char *place, size_t place_size,
                        char *message, size_t size);
/* Removes the socket file. */
void wire_endpoint_remove(const char *url);

#endif
