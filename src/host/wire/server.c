/* The loop: one thread takes the requests of all clients in turn and answers each. */
#include "wire/server.h"
#include "wire/clients.h"
#include "wire/endpoint.h"
#include "wire/transport.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The most that a reply's buffer keeps for the next one. */
enum { KEPT = 1 << 20 };

typedef struct server {
    const wire_server_options *options;
    wire_transport transport;
    wire_clients clients;
    wire_blocks blocks;
    wire_pool pool;
    wire_host host;
    wire_request request;
    wire_session nobody;   /* of clients without a session */
    wire_message *message; /* in work */
    wire_client *client;   /* its client; NULL: it has none */
    uint64_t start_ns, requests;
} server;

static void let_go(server *s) {
    for (int64_t connection; (connection = s->transport.gone(s->transport.self)) >= 0;)
        wire_clients_gone(&s->clients, connection);
}

/* Connections that are gone make room first, and their numbers are the new client's alone. */
static wire_session *admit(void *user, char *why, size_t size) {
    server *s = user;
    const wire_message *message = s->message;
    let_go(s);
    s->client = wire_clients_admit(&s->clients, message->name, message->length, message->connection,
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

static void answer(server *s, wire_message *message) {
    wire_request *r = &s->request;
    s->message = message;
    s->requests++;
    s->client = wire_clients_find(&s->clients, message->name, message->length);
    r->session = s->client ? &s->client->session : &s->nobody;
    if (s->client) wire_clients_begin(&s->clients, s->client);
    wire_answer(r, &message->frame);
    if (s->client) wire_clients_end(&s->clients, s->client);
    if (r->block)
        s->transport.reply(s->transport.self, message, r->block, r->block_size, true);
    else
        s->transport.reply(s->transport.self, message, r->out.data, r->out.size, false);
    if (r->out.room > KEPT) {
        wire_out_close(&r->out);
        wire_out_open(&r->out);
    }
}

enum { TICK_MS = 1000 };

/* The first one is waited for, then all that wait are answered, but never so many that nothing else
   is looked after. */
static void answer_waiting(server *s) {
    enum { AT_ONCE = 256 };
    const wire_transport *t = &s->transport;
    wire_message message;
    bool got = wire_receive_near(t, TICK_MS, &message);
    for (int i = 1; got; i++) { /* what was received is answered */
        answer(s, &message);
        got = i < AT_ONCE && !*s->options->stop && t->receive(t->self, 0, &message);
    }
}

static void serve(server *s) {
    uint64_t next = 0;
    while (!*s->options->stop) {
        answer_waiting(s);
        let_go(s);
        uint64_t now = wire_now();
        if (now < next) continue;
        next = now + (uint64_t)TICK_MS * 1000000u;
        s->transport.look_after(s->transport.self);
        wire_clients_reap(&s->clients, now);
    }
}

/* Seconds; more than a lifetime is as good as that. */
static double timeout_of(const wire_server_options *options) {
    return fmin(options->timeout, 4e9);
}

/* Larger messages than an array and its request end their connection. A little more is let in, so
   that the first array past the limit is told so. */
static bool open_transport(server *s, wire_transport_options *transport, char *message,
                           size_t size) {
    const wire_server_options *options = s->options;
    uint64_t most = 2 * options->limits.array_bytes + (16 << 20);
    uint64_t total = options->limits.total_bytes ? options->limits.total_bytes : UINT64_MAX;
    *transport = (wire_transport_options){
        .url = options->url,
        .message = most,
        .transit = total > most ? total : most,
        .patience = (unsigned)fmax(timeout_of(options), 1),
        .blocks = &s->blocks,
        .curve_secret = options->curve_secret,
    };
    return options->curve_secret ? wire_encrypted_open(&s->transport, transport, message, size)
                                 : wire_plain_open(&s->transport, transport, message, size);
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
    s->clients.timeout_ns = (uint64_t)(timeout_of(options) * 1e9);
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
    wire_transport_options transport;
    char line[600];
    wire_blocks_open(&s.blocks);
    wire_out_open(&s.request.out);
    s.pool = (wire_pool){wire_blocks_get, wire_blocks_put, &s.blocks};
    s.host = (wire_host){admit, put_status, &s};
    s.request.pool = &s.pool;
    s.request.host = &s.host;
    s.nobody.limits = &options->limits;
    bool done = open_clients(&s, message, size) && open_transport(&s, &transport, message, size);
    if (done) {
        snprintf(line, sizeof line, "listening on %s%s%s", transport.place,
                 *transport.public_key ? ", CURVE public key " : "", transport.public_key);
        options->log(options->user, line);
        serve(&s);
        show_open(&s);
    }
    wire_clients_close(&s.clients);
    if (s.transport.self) s.transport.close(s.transport.self);
    if (done) wire_endpoint_remove(options->url);
    wire_out_close(&s.request.out);
    wire_close(&s.request.memory);
    wire_blocks_close(&s.blocks);
    return done;
}
