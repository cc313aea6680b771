/* A server that computes nothing: each request is answered with bytes that are ready. What a client
   needs for a round trip to it is the client's own time and the transport's.

       serve_floor [--zeromq] --url URL

   The transport is the server's own, or a REP socket of ZeroMQ as flopscope's server has. */
#include "wire/transport.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

#define ARRAY(id, shape)                                                                           \
    "\x84\xa6status\xa2ok\xa6result\x83\xa2id\xa2" id "\xa5shape" shape "\xa5"                     \
    "dtype\xa7"                                                                                    \
    "float64\xa6"                                                                                  \
    "budget\x83\xab"                                                                               \
    "flop_budget\xce\x3b\x9a\xca\x00\xaa"                                                          \
    "flops_used\x08\xaf"                                                                           \
    "flops_remaining\xce\x3b\x9a\xc9\xf8\xb1"                                                      \
    "comms_overhead_ns\x00"

typedef struct canned {
    const char *op;
    const char *reply;
    size_t size;
} canned;
#define CANNED(op, reply)                                                                          \
    { op, reply, sizeof(reply) - 1 }

static const canned replies[] = {
    CANNED("hello", "\x82\xa6status\xa2ok\xaeserver_version\xa5"
                    "0.4.3"),
    CANNED("budget_open", "\x84\xa6status\xa2ok\xa6result\x82\xa7session\xa6opened\xab"
                          "flop_budget\xce\x3b\x9a\xca\x00\xa6"
                          "budget\xce\x3b\x9a\xca\x00\xb1"
                          "comms_overhead_ns\x00"),
    CANNED("budget_status", "\x84\xa6status\xa2ok\xa6result\x83\xab"
                            "flop_budget\xce\x3b\x9a\xca\x00\xaa"
                            "flops_used\x08\xaf"
                            "flops_remaining\xce\x3b\x9a\xc9\xf8\xa6"
                            "budget\xce\x3b\x9a\xc9\xf8\xb1"
                            "comms_overhead_ns\x00"),
    CANNED("budget_close", "\x84\xa6status\xa2ok\xa6result\x80\xa6"
                           "budget\x00\xb1"
                           "comms_overhead_ns\x00"),
    CANNED("add", ARRAY("a1", "\x91\x08")),
    CANNED("matmul", ARRAY("a1", "\x92\xcd\x01\x00\xcd\x01\x00")),
    CANNED("create_from_data", ARRAY("a1", "\x91\xce\x00\x7a\x12\x00")),
    CANNED("ones", ARRAY("a0", "\x91\x08")),
};

typedef struct answers {
    wire_blocks blocks;
    size_t fetch_size;
} answers;

/* A block whose 64 MB of elements are whatever lies there. */
static void *make_fetch(answers *a) {
    static const char head[] = "\x85\xa6status\xa2ok\xa4"
                               "data\xc6\x03\xd0\x90\x00";
    static const char tail[] = "\xa5shape\x91\xce\x00\x7a\x12\x00\xa5"
                               "dtype\xa7"
                               "float64\xb1"
                               "comms_overhead_ns\x00";
    size_t bytes = 64000000, front = sizeof head - 1, back = sizeof tail - 1;
    a->fetch_size = front + bytes + back;
    char *reply = wire_blocks_get(&a->blocks, a->fetch_size);
    if (!reply) return NULL;
    memcpy(reply, head, front);
    memcpy(reply + front + bytes, tail, back);
    return reply;
}

static bool is_fetch(const char *request, size_t size) {
    return size > 10 && memcmp(request + 4,
                               "\xa5"
                               "fetch",
                               6) == 0;
}

/* The client's requests begin with the map's head and the key "op". */
static const canned *find(const char *request, size_t size) {
    static const canned none = {"", "\x80", 1};
    const char *op = request + 5;
    size_t length = size > 5 ? (size_t)(op[-1] & 0x1f) : 0;
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++)
        if (strlen(replies[i].op) == length && !memcmp(op, replies[i].op, length))
            return &replies[i];
    return &none;
}

static void serve_plainly(answers *a, const wire_transport *t) {
    wire_message message;
    for (;;) {
        if (!wire_receive_near(t, 1000, &message)) continue;
        const char *request = message.frame.data;
        void *fetch = is_fetch(request, message.frame.size) ? make_fetch(a) : NULL;
        const canned *one = find(request, message.frame.size);
        if (fetch)
            t->reply(t->self, &message, fetch, a->fetch_size, true);
        else
            t->reply(t->self, &message, (void *)(uintptr_t)one->reply, one->size, false);
        while (t->gone(t->self) >= 0) continue;
    }
}

static void give_back(void *block, void *blocks) {
    wire_blocks_put(blocks, block);
}

static void answer(answers *a, void *socket, zmq_msg_t *request) {
    const char *bytes = zmq_msg_data(request);
    zmq_msg_t reply;
    void *fetch = is_fetch(bytes, zmq_msg_size(request)) ? make_fetch(a) : NULL;
    const canned *one = find(bytes, zmq_msg_size(request));
    if (!fetch) {
        zmq_send(socket, one->reply, one->size, 0);
        return;
    }
    zmq_msg_init_data(&reply, fetch, a->fetch_size, give_back, &a->blocks);
    zmq_msg_send(&reply, socket, 0);
}

/* As wire_receive_near waits. */
static void serve_by_zeromq(answers *a, void *socket) {
    zmq_msg_t request;
    for (;;) {
        enum { NEAR_NS = 50000 };
        uint64_t end = wire_now() + NEAR_NS;
        zmq_msg_init(&request);
        int size;
        while ((size = zmq_msg_recv(&request, socket, ZMQ_DONTWAIT)) < 0 && wire_now() < end)
            sched_yield();
        if (size < 0 && zmq_msg_recv(&request, socket, 0) < 0) return;
        answer(a, socket, &request);
        zmq_msg_close(&request);
    }
}

int main(int argc, char **argv) {
    char message[400] = "usage: serve_floor [--zeromq] --url URL";
    bool zeromq = argc == 4 && !strcmp(argv[1], "--zeromq");
    answers a = {.fetch_size = 0};
    wire_transport transport;
    wire_transport_options options = {.url = argv[argc - 1],
                                      .message = 1 << 30,
                                      .transit = (uint64_t)1 << 32,
                                      .patience = 60,
                                      .blocks = &a.blocks};
    wire_blocks_open(&a.blocks);
    void *context = zmq_ctx_new(), *socket = zmq_socket(context, ZMQ_REP);
    if (zeromq && zmq_bind(socket, options.url) == 0) serve_by_zeromq(&a, socket);
    if (argc == 3 && wire_plain_open(&transport, &options, message, sizeof message))
        serve_plainly(&a, &transport);
    fprintf(stderr, "serve_floor: %s\n", message);
    return 2;
}
