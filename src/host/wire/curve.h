/* CURVE keys of the server, and which clients may connect. */
#ifndef FM_WIRE_CURVE_H
#define FM_WIRE_CURVE_H

#include <stdbool.h>
#include <stddef.h>

enum { WIRE_KEY = 41 }; /* Z85, with its end */
enum { WIRE_MOST_KEYS = 256 };

/* A file of keys in Z85, one a line, "# " begins a comment: the server's secret key, then the
   public keys of the clients that may connect. With none of these any client may that knows the
   server's public key. */
typedef struct wire_curve {
    char secret[WIRE_KEY], public[WIRE_KEY];
    char allowed[WIRE_MOST_KEYS][WIRE_KEY];
    size_t nallowed;
    void *zap; /* answers who may connect; NULL: nobody asks */
} wire_curve;

/* Reads the file, or makes one that only its owner can read where there is none. False with a line
   in message. */
bool wire_curve_read(wire_curve *curve, const char *path, char *message, size_t size);
/* Sets a server's socket up, before it is bound; both are of the context. */
bool wire_curve_guard(wire_curve *curve, void *zmq_context, void *socket, char *message,
                      size_t size);
/* Answers one question of the library's, where one waits. */
void wire_curve_answer(wire_curve *curve);
void wire_curve_close(wire_curve *curve);

#endif
