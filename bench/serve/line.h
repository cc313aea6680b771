/* A client's line to a server: through ZeroMQ, or as its frames on a Unix socket, written and read
   here. The latter has no thread of a library beside it: what it measures is the server. */
#ifndef FM_BENCH_SERVE_LINE_H
#define FM_BENCH_SERVE_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

enum { LINE_ROOM = 1 << 13 };

typedef struct line {
    void *context, *socket; /* of ZeroMQ; NULL: frames */
    int file;
    size_t at, held; /* of what was read and is not taken yet */
    uint8_t bytes[LINE_ROOM];
} line;

static inline bool line_write(line *l, const void *bytes, size_t size) {
    const uint8_t *at = bytes;
    while (size) {
        ssize_t done = write(l->file, at, size);
        if (done <= 0) return false;
        at += done;
        size -= (size_t)done;
    }
    return true;
}

/* The next bytes, once all of them are there; NULL: the server is gone. */
static inline const uint8_t *line_read(line *l, size_t size) {
    if (size > LINE_ROOM) return NULL;
    if (l->at + size > LINE_ROOM) {
        memmove(l->bytes, l->bytes + l->at, l->held -= l->at);
        l->at = 0;
    }
    while (l->held - l->at < size) {
        ssize_t done = read(l->file, l->bytes + l->held, LINE_ROOM - l->held);
        if (done <= 0) return NULL;
        l->held += (size_t)done;
    }
    const uint8_t *start = l->bytes + l->at;
    l->at += size;
    if (l->at == l->held) l->at = l->held = 0;
    return start;
}

/* ZMTP 3.0 (RFC 23): the greeting with the mechanism NULL, then READY as a REQ socket. */
static inline bool line_greet(line *l) {
    static const uint8_t ready[] = "\x04\x19\x05READY\x0bSocket-Type\0\0\0\x03REQ";
    uint8_t greeting[64] = {0xff, [9] = 0x7f, [10] = 3, [12] = 'N', 'U', 'L', 'L'};
    const uint8_t *head;
    return line_write(l, greeting, sizeof greeting) && line_read(l, sizeof greeting) &&
           line_write(l, ready, sizeof ready - 1) && (head = line_read(l, 2)) != NULL &&
           line_read(l, head[1]) != NULL;
}

static inline bool line_open(line *l, const char *url, bool frames) {
    static const char scheme[] = "ipc://";
    *l = (line){.file = -1};
    if (frames) {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        if (strncmp(url, scheme, sizeof scheme - 1) != 0) return false;
        strncpy(address.sun_path, url + sizeof scheme - 1, sizeof address.sun_path - 1);
        l->file = socket(AF_UNIX, SOCK_STREAM, 0);
        return connect(l->file, (struct sockaddr *)&address, sizeof address) == 0 && line_greet(l);
    }
    int timeout = 10000;
    l->context = zmq_ctx_new();
    l->socket = zmq_socket(l->context, ZMQ_REQ);
    zmq_setsockopt(l->socket, ZMQ_RCVTIMEO, &timeout, sizeof timeout);
    return zmq_connect(l->socket, url) == 0;
}

static inline void line_close(line *l) {
    if (l->file >= 0) close(l->file);
    if (l->socket) zmq_close(l->socket);
    if (l->context) zmq_ctx_term(l->context);
}

/* One frame's body. Its length has one byte, or eight. */
static inline const uint8_t *line_frame(line *l, size_t *size) {
    const uint8_t *head = line_read(l, 1);
    if (!head) return NULL;
    int width = *head & 2 ? 8 : 1;
    const uint8_t *length = line_read(l, (size_t)width);
    if (!length) return NULL;
    *size = 0;
    for (int i = 0; i < width; i++) *size = *size << 8 | length[i];
    return line_read(l, *size);
}

/* Sends a request, takes its reply. The reply's size; -1: there was none. */
static inline int line_ask(line *l, const void *bytes, size_t size, char *reply, size_t room) {
    if (l->socket)
        return zmq_send(l->socket, bytes, size, 0) < 0 ? -1 : zmq_recv(l->socket, reply, room, 0);
    uint8_t message[LINE_ROOM] = {1, 0, 2}; /* the empty part that a REQ sends first */
    size_t head = 3, got;
    if (size > sizeof message - 11) return -1;
    for (int i = 7; i >= 0; i--) message[head++] = (uint8_t)((uint64_t)size >> 8 * i);
    memcpy(message + head, bytes, size);
    if (!line_write(l, message, head + size) || !line_frame(l, &got)) return -1;
    const uint8_t *body = line_frame(l, &got);
    if (!body || got > room) return -1;
    memcpy(reply, body, got);
    return (int)got;
}

#endif
