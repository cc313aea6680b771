/* The connections in the clear: a listening socket and theirs, watched together by one thread. A
   client is given one turn after another, and waits alone for what it does not read. */
#include "wire/connection.h"
#include "wire/endpoint.h"
#include "wire/transport.h"

#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Until a connection is open, and its reads in one turn: a large array comes in many. Each has a
   buffer, so that their number has a limit. */
enum { HANDSHAKE_S = 30, READS = 4, EVENTS = 64, MOST = 4096 };

typedef struct plain {
    wire_transport_options options;
    int listener, watch;
    bool is_paused; /* the listener is not watched: there is no room for more */
    int64_t number;
    uint64_t transit;
    wire_connection **all;
    size_t count, room;
    wire_connection *first, *last; /* whose turn is to come */
    size_t fresh;                  /* of these, that were found ready since */
    wire_connection *ended;        /* not told yet */
    wire_connection *asking;       /* its message is in work */
} plain;

static bool watch_listener(plain *p, bool on) {
    struct epoll_event event = {.events = EPOLLIN};
    bool done = epoll_ctl(p->watch, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, p->listener, &event) == 0;
    if (done) p->is_paused = !on;
    return done;
}

/* Its memory stays until the end was told, and until its turn is over. */
static void let_go(plain *p, wire_connection *c) {
    c->next = p->ended;
    p->ended = c;
}

static void end(plain *p, wire_connection *c) {
    if (c->file < 0) return;
    p->transit -= c->transit;
    c->transit = 0;
    wire_connection_end(c);
    p->all[c->place] = p->all[--p->count];
    p->all[c->place]->place = c->place;
    if (!c->is_queued) let_go(p, c);
    if (p->is_paused) (void)watch_listener(p, true);
}

static void queue(plain *p, wire_connection *c) {
    if (c->is_queued) return;
    c->is_queued = true;
    c->next = NULL;
    if (p->first)
        p->last->next = c;
    else
        p->first = c;
    p->last = c;
}

static wire_connection *next_turn(plain *p) {
    wire_connection *c = p->first;
    p->first = c->next;
    c->is_queued = false;
    if (p->fresh) p->fresh--;
    if (c->file >= 0) return c;
    let_go(p, c);
    return NULL;
}

/* How much somebody is in the way of others: bytes, twice as many each second that nothing moves.
 */
static double weight(uint64_t bytes, unsigned still) {
    return ldexp((double)bytes, still < 100 ? (int)still : 100);
}

/* Bytes on their way are held to a sum. Past it whoever is most in the way ends, which may be the
   one that asks. */
static bool take_transit(plain *p, wire_connection *c, uint64_t bytes) {
    while (bytes > p->options.transit - p->transit) {
        wire_connection *worst = c;
        double most = weight(c->transit + bytes, c->still);
        for (size_t i = 0; i < p->count; i++) {
            wire_connection *one = p->all[i];
            double its = weight(one->transit, one->still);
            bool as_bad = its == most && (worst == c || one->number < worst->number);
            if (one == c || (its <= most && !as_bad)) continue;
            worst = one;
            most = its;
        }
        if (worst == c) return false;
        end(p, worst);
    }
    p->transit += bytes;
    c->transit += bytes;
    return true;
}

static void drop_transit(plain *p, wire_connection *c) {
    p->transit -= c->transit;
    c->transit = 0;
}

/* What is watched for: room to send what waits, or else what comes. */
static void watch(plain *p, wire_connection *c, bool for_room) {
    struct epoll_event event = {.events = for_room ? EPOLLOUT : EPOLLIN, .data.ptr = c};
    if (c->watched_for_room == for_room) return;
    if (epoll_ctl(p->watch, EPOLL_CTL_MOD, c->file, &event) == 0)
        c->watched_for_room = for_room;
    else
        end(p, c);
}

/* After something was sent, or some of it. */
static void follow(plain *p, wire_connection *c, wire_moved moved) {
    if (moved == WIRE_ENDED) {
        end(p, c);
        return;
    }
    if (moved == WIRE_MOVED) drop_transit(p, c);
    watch(p, c, moved == WIRE_STOPPED);
    if (moved == WIRE_MOVED && c->file >= 0 && zmtp_is_amid(&c->in)) queue(p, c);
}

static bool has_name(const plain *p, const wire_connection *c) {
    for (size_t i = 0; c->in.length && i < p->count; i++) {
        const wire_connection *one = p->all[i];
        if (one != c && one->in.length == c->in.length &&
            memcmp(one->in.name, c->in.name, c->in.length) == 0)
            return true;
    }
    return false;
}

static bool give_room(plain *p, wire_connection *c) {
    size_t size = c->in.size;
    if (size > p->options.message) return false;
    void *block = wire_blocks_get(p->options.blocks, size);
    if (!block) return false;
    if (!take_transit(p, c, wire_block_room(block))) {
        wire_block_release(block);
        return false;
    }
    zmtp_give(&c->in, block);
    return true;
}

static void show(wire_connection *c, wire_message *message) {
    zmtp_reader *in = &c->in;
    *message = (wire_message){
        .name = in->length ? in->name : c->given,
        .length = in->length ? in->length : sizeof c->given,
        .connection = c->number,
        .frame = {.data = in->body, .size = in->whole ? in->size : 0},
    };
    if (!in->given) return;
    message->frame.owner = in->body;
    message->frame.release = wire_block_release;
    message->frame.held = wire_block_room(in->body);
}

/* One event of a connection that something was heard of. False: it is done with for this turn. */
static bool heed(plain *p, wire_connection *c, zmtp_event event) {
    switch (event) {
    case ZMTP_PING:
        follow(p, c, wire_connection_say(c, c->in.word, c->in.word_size));
        break;
    case ZMTP_OPENED:
        c->still = 0;
        if (has_name(p, c)) /* it comes again until the other is gone */
            end(p, c);
        else
            follow(p, c, wire_connection_say(c, zmtp_ready, zmtp_ready_size));
        break;
    case ZMTP_BODY:
        if (!give_room(p, c)) end(p, c);
        break;
    default:
        end(p, c);
    }
    return c->file >= 0 && !wire_connection_is_sending(c);
}

/* A turn ends with a message, or when nothing is left to read, or after some reads. */
static bool take_turn(plain *p, wire_connection *c, wire_message *message) {
    for (int reads = 0;;) {
        zmtp_event event = zmtp_next(&c->in);
        if (event == ZMTP_MESSAGE) {
            drop_transit(p, c);
            p->asking = c;
            show(c, message);
            return true;
        }
        if (event != ZMTP_WAIT) {
            if (!heed(p, c, event)) return false;
            continue;
        }
        if (reads++ == READS) return false;
        wire_moved moved = wire_connection_read(c);
        if (moved == WIRE_ENDED) end(p, c);
        if (moved != WIRE_MOVED) return false;
        if (zmtp_is_open(&c->in)) c->still = 0;
    }
}

static bool add(plain *p, int file) {
    if (p->count == p->room) {
        size_t room = p->room ? 2 * p->room : 16;
        wire_connection **grown = realloc(p->all, room * sizeof *grown);
        if (!grown) return false;
        p->all = grown;
        p->room = room;
    }
    wire_connection *c = wire_connection_open(file, p->number++);
    if (!c) return false;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    if (epoll_ctl(p->watch, EPOLL_CTL_ADD, file, &event) != 0) {
        free(c);
        return false;
    }
    c->place = p->count;
    p->all[p->count++] = c;
    follow(p, c, wire_connection_say(c, zmtp_greeting, sizeof zmtp_greeting));
    return true;
}

static bool is_full(const plain *p, int error) {
    return p->count == MOST || error == EMFILE || error == ENFILE || error == ENOBUFS ||
           error == ENOMEM;
}

/* Without room the listener is left alone until there is some. */
static void accept_some(plain *p) {
    int on = 1, error = 0;
    for (int i = 0; i < EVENTS && !is_full(p, error); i++) {
        int file = accept4(p->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        error = file < 0 ? errno : 0;
        if (error == EAGAIN) return;
        if (error) continue;
        /* These fail on sockets of files, which have no delay. */
        (void)setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        (void)setsockopt(file, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
        if (!add(p, file)) close(file);
    }
    if (is_full(p, error)) (void)watch_listener(p, false);
}

static void look(plain *p, int wait_ms) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(p->watch, events, EVENTS, wait_ms);
    bool more = false;
    for (int i = 0; i < count; i++) {
        wire_connection *c = events[i].data.ptr;
        if (!c) {
            more = true;
        } else if (c->watched_for_room) {
            follow(p, c, wire_connection_send(c));
        } else if (!c->is_queued) {
            queue(p, c);
            p->fresh++;
        }
    }
    if (more) accept_some(p);
}

static bool receive(void *self, int wait_ms, wire_message *message) {
    plain *p = self;
    /* Those that have more to say come after those that are found now. */
    if (!p->fresh) look(p, p->first ? 0 : wait_ms);
    while (p->first) {
        wire_connection *c = next_turn(p);
        if (c && !wire_connection_is_sending(c) && take_turn(p, c, message)) return true;
    }
    return false;
}

/* What the client does not take at once waits in a block: the bytes are the server's again. */
static bool keep_rest(plain *p, wire_connection *c, void *bytes, size_t size, bool is_block) {
    void *block = is_block ? bytes : wire_blocks_get(p->options.blocks, size);
    if (!block) return false;
    if (!is_block) memcpy(block, bytes, size);
    c->out = c->block = block;
    return take_transit(p, c, wire_block_room(block));
}

static void reply(void *self, wire_message *message, void *bytes, size_t size, bool is_block) {
    plain *p = self;
    wire_connection *c = p->asking;
    p->asking = NULL;
    wire_moved moved = wire_connection_reply(c, bytes, size);
    if (c->in.given && !message->frame.taken) wire_block_release(c->in.body);
    zmtp_answered(&c->in);
    if (moved == WIRE_STOPPED) {
        if (!keep_rest(p, c, bytes, size, is_block)) moved = WIRE_ENDED;
    } else if (is_block) {
        wire_block_release(bytes);
    }
    follow(p, c, moved);
}

static int64_t gone(void *self) {
    plain *p = self;
    wire_connection *c = p->ended;
    if (!c) return -1;
    int64_t number = c->number;
    p->ended = c->next;
    free(c);
    return number;
}

static void look_after(void *self) {
    plain *p = self;
    for (size_t i = p->count; i-- > 0;) {
        wire_connection *c = p->all[i];
        bool amid = zmtp_is_amid(&c->in) || wire_connection_is_sending(c);
        c->still++;
        if (zmtp_is_open(&c->in) ? amid && c->still > p->options.patience : c->still > HANDSHAKE_S)
            end(p, c);
    }
    if (p->is_paused) (void)watch_listener(p, true);
}

static void close_all(void *self) {
    plain *p = self;
    while (p->count) end(p, p->all[p->count - 1]);
    while (p->first) (void)next_turn(p);
    while (gone(p) >= 0) continue;
    if (p->watch >= 0) close(p->watch);
    if (p->listener >= 0) close(p->listener);
    free(p->all);
    free(p);
}

/* A connection is a descriptor, and the others of the process are few. */
static void raise_limit(void) {
    enum { OTHERS = 256 };
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= MOST + OTHERS) return;
    limit.rlim_cur = limit.rlim_max < MOST + OTHERS ? limit.rlim_max : MOST + OTHERS;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

bool wire_plain_open(wire_transport *transport, wire_transport_options *options, char *message,
                     size_t size) {
    plain *p = calloc(1, sizeof *p);
    snprintf(message, size, "there is no memory");
    if (!p) return false;
    *transport = (wire_transport){p, receive, reply, gone, look_after, close_all};
    raise_limit();
    p->listener =
        wire_endpoint_listen(options->url, options->place, sizeof options->place, message, size);
    p->watch = epoll_create1(EPOLL_CLOEXEC);
    p->options = *options;
    if (p->listener < 0 || watch_listener(p, true)) return p->listener >= 0;
    snprintf(message, size, "epoll: %s", strerror(errno));
    return false;
}
