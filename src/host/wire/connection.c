/* Reading and writing without waiting. */
#include "wire/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

wire_connection *wire_connection_open(int file, int64_t number) {
    wire_connection *c = malloc(sizeof *c);
    if (!c) return NULL;
    memset(c, 0, offsetof(wire_connection, in));
    zmtp_open(&c->in);
    memset((char *)c + offsetof(wire_connection, given), 0,
           sizeof *c - offsetof(wire_connection, given));
    c->file = file;
    c->number = number;
    memcpy(c->given + 1, &number, sizeof number);
    return c;
}

void wire_connection_end(wire_connection *c) {
    if (c->in.given) wire_block_release(c->in.body);
    if (c->block) wire_block_release(c->block);
    c->in.given = false;
    c->block = NULL;
    close(c->file);
    c->file = -1;
}

static bool must_wait(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

wire_moved wire_connection_read(wire_connection *c) {
    size_t room;
    uint8_t *to = zmtp_room(&c->in, &room);
    ssize_t got = recv(c->file, to, room, MSG_DONTWAIT);
    if (got < 0 && must_wait(errno)) return WIRE_STOPPED;
    if (got <= 0) return WIRE_ENDED;
    zmtp_took(&c->in, (size_t)got);
    return WIRE_MOVED;
}

bool wire_connection_is_sending(const wire_connection *c) {
    return c->out_at < c->head_size + c->out_size;
}

wire_moved wire_connection_send(wire_connection *c) {
    while (wire_connection_is_sending(c)) {
        struct iovec parts[2];
        size_t count = 0, past = c->out_at < c->head_size ? 0 : c->out_at - c->head_size;
        if (c->out_at < c->head_size)
            parts[count++] = (struct iovec){c->head + c->out_at, c->head_size - c->out_at};
        if (c->out_size)
            parts[count++] = (struct iovec){(void *)(uintptr_t)(c->out + past), c->out_size - past};
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
        ssize_t sent = sendmsg(c->file, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return must_wait(errno) ? WIRE_STOPPED : WIRE_ENDED;
        c->out_at += (size_t)sent;
        c->still = 0;
    }
    if (c->block) wire_block_release(c->block);
    c->block = NULL;
    c->head_size = c->out_size = c->out_at = 0;
    return WIRE_MOVED;
}

wire_moved wire_connection_say(wire_connection *c, const uint8_t *bytes, size_t size) {
    memcpy(c->head, bytes, size);
    c->head_size = size;
    return wire_connection_send(c);
}

wire_moved wire_connection_reply(wire_connection *c, const void *bytes, size_t size) {
    memcpy(c->head, c->in.envelope, c->in.envelope_size);
    c->head_size = c->in.envelope_size + zmtp_put_head(c->head + c->in.envelope_size, size);
    c->out = bytes;
    c->out_size = size;
    return wire_connection_send(c);
}
