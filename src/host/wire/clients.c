/* Sessions by connection. */
#include "wire/clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All connections are one where a session is shared. */
static size_t length_of(const wire_clients *clients, size_t length) {
    return clients->per_client && length <= WIRE_NAME ? length : 0;
}

wire_client *wire_clients_find(wire_clients *clients, const void *name, size_t length) {
    length = length_of(clients, length);
    for (size_t i = 0; i < clients->count; i++) {
        wire_client *client = clients->all[i];
        if (client->length == length && memcmp(client->name, name, length) == 0) return client;
    }
    return NULL;
}

wire_client *wire_clients_admit(wire_clients *clients, const void *name, size_t length,
                                int64_t connection, char *why, size_t size) {
    fm_error error;
    snprintf(why, size, "%d sessions are open, which is the most", WIRE_MOST_CLIENTS);
    if (clients->count == WIRE_MOST_CLIENTS) return NULL;
    snprintf(why, size, "there is no memory for one");
    wire_client *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    fm_context_options options = clients->options;
    if (fm_context_open(&options, &client->session.ctx, &error) != FM_OK) {
        snprintf(why, size, "%s", error.message);
        free(client);
        return NULL;
    }
    client->session.limits = &clients->limits;
    client->length = length_of(clients, length);
    client->connection = connection;
    memcpy(client->name, name, client->length);
    clients->all[clients->count++] = client;
    return client;
}

static uint64_t held_by(const wire_client *client) {
    fm_memory_stats device, host;
    fm_context_memory(client->session.ctx, &device, &host);
    return device.reserved + host.reserved + client->session.adopted_bytes;
}

void wire_clients_begin(wire_clients *clients, wire_client *client) {
    uint64_t most = clients->limits.total_bytes, others = clients->held - client->held;
    others += client->session.adopted_bytes;
    if (most) fm_context_set_memory_limit(client->session.ctx, most > others ? most - others : 1);
}

void wire_clients_end(wire_clients *clients, wire_client *client) {
    uint64_t held = held_by(client);
    clients->held = clients->held - client->held + held;
    client->held = held;
    client->seen_ns = wire_now();
}

static void remove_client(wire_clients *clients, size_t at) {
    wire_client *client = clients->all[at];
    wire_session_free(&client->session);
    clients->held -= client->held;
    free(client);
    clients->all[at] = clients->all[--clients->count];
}

/* Names that a transport gives begin with a zero byte, which a client's may not. */
void wire_clients_gone(wire_clients *clients, int64_t connection) {
    for (size_t i = clients->count; i-- > 0;) {
        wire_client *client = clients->all[i];
        if (client->connection == connection && client->length && client->name[0] == 0)
            remove_client(clients, i);
    }
}

void wire_clients_reap(wire_clients *clients, uint64_t now) {
    for (size_t i = clients->count; i-- > 0;) {
        wire_client *client = clients->all[i];
        wire_session *session = &client->session;
        if (session->budget && now - session->active_ns > clients->timeout_ns) {
            clients->log(clients->log_user, "session timed out -- reaping");
            wire_session_end(session);
            uint64_t held = held_by(client);
            clients->held = clients->held - client->held + held;
            client->held = held;
        }
        bool idle = !session->budget && now - client->seen_ns > clients->timeout_ns;
        if (clients->per_client && idle) remove_client(clients, i);
    }
}

void wire_clients_close(wire_clients *clients) {
    while (clients->count) remove_client(clients, clients->count - 1);
}
