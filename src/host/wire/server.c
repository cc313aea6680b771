/* The loop: one thread takes the requests of all clients in turn, as ZeroMQ's fair queue gives
   them, and answers each. */
#include "wire/server.h"
#include "wire/clients.h"
#include "wire/curve.h"
#include "wire/endpoint.h"
#include "wire/message.h"
#include "wire/watch.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

/* Messages of one connection that wait at most, either way: a client sends one and waits for its
   reply. What it sends or leaves unread beyond that stays with it, or is lost. */
enum { WAITING = 2 };
/* The most that a reply's buffer keeps for the next one. */
enum { KEPT = 1 << 20 };

typedef struct server {
    const wire_server_options *options;
    void *context, *socket;
    wire_clients clients;
    wire_blocks blocks;
    wire_curve curve;
    wire_watch watch;
    wire_pool pool;
    wire_host host;
    wire_request request;
    wire_session nobody;   /* of clients without a session */
    wire_message *message; /* in work */
    wire_client *client;   /* its client; NULL: it has none */
    uint64_t start_ns, requests;
} server;

static void let_go(server *s) {
    for (int connection; (connection = wire_watch_next(&s->watch)) >= 0;)
        wire_clients_gone(&s->clients, connection);
}

/* Connections that are gone make room first, and their descriptors are the new client's alone. */
static wire_session *admit(void *user, char *why, size_t size) {
    server *s = user;
    zmq_msg_t *name = &s->message->name;
    int connection = zmq_msg_get(s->message->body, ZMQ_SRCFD);
    let_go(s);
    s->client = wire_clients_admit(&s->clients, zmq_msg_data(name), zmq_msg_size(name), connection,
                                   why, size);
    if (!s->client) return NULL;
    wire_clients_begin(&s->clients, s->client);
    return &s->client->session;
}

static void put_status(void *user, wire_out *out) {
    server *s = user;
    char device[32];
    uint64_t open = 0, arrays = 0;
    for (size_t i = 0; i < s->clients.count; i++) {
        open += s->clients.all[i]->session.budget != NULL;
        arrays += s->clients.all[i]->session.arrays.count;
    }
    wire_put_map(out, 8);
    wire_put_named_text(out, "version", fm_version());
    wire_put_named_text(out, "protocol", WIRE_VERSION);
    wire_put_named_text(out, "device",
                        fm_device_format(s->clients.options.device, device, sizeof device));
    wire_put_named_text(out, "sessions", s->clients.per_client ? "per-client" : "shared");
    wire_put_named_uint(out, "open", open);
    wire_put_named_uint(out, "arrays", arrays);
    wire_put_named_uint(out, "requests", s->requests);
    wire_put_named_real(out, "uptime_s", (double)(wire_now() - s->start_ns) * 1e-9);
}

/* A request of more than one part answers nothing of it. */
static void answer(server *s, wire_message *message) {
    wire_request *r = &s->request;
    zmq_msg_t *body = message->body;
    wire_frame frame = {.data = zmq_msg_data(body),
                        .size = message->whole ? zmq_msg_size(body) : 0,
                        .owner = body,
                        .release = wire_message_free_body};
    s->message = message;
    s->requests++;
    s->client =
        wire_clients_find(&s->clients, zmq_msg_data(&message->name), zmq_msg_size(&message->name));
    r->session = s->client ? &s->client->session : &s->nobody;
    if (s->client) wire_clients_begin(&s->clients, s->client);
    wire_answer(r, &frame);
    if (s->client) wire_clients_end(&s->clients, s->client);
    if (frame.taken) message->body = NULL;
    if (r->block)
        wire_message_reply_block(s->socket, message, r->block, r->block_size, &s->blocks);
    else
        wire_message_reply(s->socket, message, r->out.data, r->out.size);
    if (r->out.room > KEPT) {
        wire_out_close(&r->out);
        wire_out_open(&r->out);
    }
}

/* The next request, looked for at once, then for some time while others may run, then asleep: what
   follows on a reply is mostly near, and waking up takes longer than answering. */
static bool receive(server *s, bool wait, wire_message *message) {
    enum { NEAR_NS = 50000 };
    bool got = wire_message_receive(s->socket, false, message);
    if (got || !wait) return got;
    for (uint64_t end = wire_now() + NEAR_NS; wire_now() < end;) {
        sched_yield();
        if (wire_message_receive(s->socket, false, message)) return true;
    }
    return wire_message_receive(s->socket, true, message);
}

/* All that wait, but never so many that nothing else is looked after. wait: for the first one. */
static void answer_waiting(server *s, bool wait) {
    enum { AT_ONCE = 256 };
    wire_message message;
    for (int i = 0; i < AT_ONCE && !*s->options->stop; i++) {
        if (!receive(s, wait && i == 0, &message)) return;
        answer(s, &message);
        wire_message_close(&message);
    }
}

enum { TICK_MS = 1000 };

/* Receiving waits by itself, in fewer system calls than polling takes; two sockets must be polled.
 */
static void wait_and_answer(server *s) {
    zmq_pollitem_t items[2] = {{.socket = s->socket, .events = ZMQ_POLLIN},
                               {.socket = s->curve.zap, .events = ZMQ_POLLIN}};
    if (!s->curve.zap) {
        answer_waiting(s, true);
        return;
    }
    if (zmq_poll(items, 2, TICK_MS) <= 0) return;
    if (items[1].revents) wire_curve_answer(&s->curve);
    if (items[0].revents) answer_waiting(s, false);
}

static void serve(server *s) {
    uint64_t next = 0;
    while (!*s->options->stop) {
        wait_and_answer(s);
        let_go(s);
        uint64_t now = wire_now();
        if (now < next) continue;
        next = now + (uint64_t)TICK_MS * 1000000u;
        wire_clients_reap(&s->clients, now);
    }
}

static bool set_int(void *socket, int option, int value) {
    return zmq_setsockopt(socket, option, &value, sizeof value) == 0;
}

/* Larger messages than an array and its request end their connection. A little more is let in, so
   that the first array past the limit is told so. */
static bool set_limits(server *s) {
    int64_t most = (int64_t)(2 * s->options->limits.array_bytes + (16 << 20));
    return zmq_setsockopt(s->socket, ZMQ_MAXMSGSIZE, &most, sizeof most) == 0 &&
           set_int(s->socket, ZMQ_RCVHWM, WAITING) && set_int(s->socket, ZMQ_SNDHWM, WAITING) &&
           set_int(s->socket, ZMQ_ROUTER_MANDATORY, 1) &&
           set_int(s->socket, ZMQ_RCVTIMEO, TICK_MS) && set_int(s->socket, ZMQ_TCP_KEEPALIVE, 1) &&
           set_int(s->socket, ZMQ_LINGER, 0);
}

static bool open_socket(server *s, char *message, size_t size) {
    const wire_server_options *options = s->options;
    s->context = zmq_ctx_new();
    s->socket = s->context ? zmq_socket(s->context, ZMQ_ROUTER) : NULL;
    if (!s->socket || !set_limits(s)) {
        snprintf(message, size, "ZeroMQ: %s", zmq_strerror(errno));
        return false;
    }
    if (options->curve_secret &&
        (!wire_curve_read(&s->curve, options->curve_secret, message, size) ||
         !wire_curve_guard(&s->curve, s->context, s->socket, message, size)))
        return false;
    if (options->per_client && !wire_watch_open(&s->watch, s->context, s->socket)) {
        snprintf(message, size, "ZeroMQ: %s", zmq_strerror(errno));
        return false;
    }
    return wire_endpoint_bind(s->socket, options->url, message, size);
}

static void close_socket(server *s) {
    wire_curve_close(&s->curve);
    wire_watch_close(&s->watch, s->socket);
    if (s->socket) zmq_close(s->socket);
    if (s->context) zmq_ctx_term(s->context);
}

static void show_open(server *s) {
    for (size_t i = 0; i < s->clients.count; i++) {
        fm_summary *summary;
        char *text;
        wire_session *session = &s->clients.all[i]->session;
        if (!session->budget || fm_summary_of_context(session->ctx, &summary) != FM_OK) continue;
        if (fm_summary_render(summary, FM_SUMMARY_TEXT, &text) == FM_OK) {
            s->options->show(s->options->user, text);
            fm_free(text);
        }
        fm_summary_release(summary);
    }
}

/* A device is opened before the first client comes, so that what is wrong with it is said now. */
static bool open_clients(server *s, char *message, size_t size) {
    const wire_server_options *options = s->options;
    s->clients.per_client = options->per_client;
    s->clients.options = options->context;
    s->clients.limits = options->limits;
    s->clients.timeout_ns = (uint64_t)(options->timeout * 1e9);
    s->clients.log = options->log;
    s->clients.log_user = options->user;
    wire_client *first = wire_clients_admit(&s->clients, "", 0, -1, message, size);
    if (!first) return false;
    s->clients.options.device = fm_context_device(first->session.ctx);
    first->seen_ns = wire_now();
    return true;
}

bool wire_serve(const wire_server_options *options, char *message, size_t size) {
    server s = {.options = options, .start_ns = wire_now()};
    char line[600];
    wire_blocks_open(&s.blocks);
    wire_out_open(&s.request.out);
    s.pool = (wire_pool){wire_blocks_get, wire_blocks_put, &s.blocks};
    s.host = (wire_host){admit, put_status, &s};
    s.request.pool = &s.pool;
    s.request.host = &s.host;
    s.nobody.limits = &options->limits;
    bool done = open_clients(&s, message, size) && open_socket(&s, message, size);
    if (done) {
        snprintf(line, sizeof line, "listening on %s%s%s", options->url,
                 *s.curve.public ? ", CURVE public key " : "", s.curve.public);
        options->log(options->user, line);
        serve(&s);
        show_open(&s);
    }
    wire_clients_close(&s.clients);
    close_socket(&s);
    if (done) wire_endpoint_remove(options->url);
    wire_out_close(&s.request.out);
    wire_close(&s.request.memory);
    wire_blocks_close(&s.blocks);
    return done;
}
