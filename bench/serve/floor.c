/* A server that computes nothing: each request is answered with bytes that are ready. What a client
   needs for a round trip to it is the client's own time and the transport's.

       serve_floor --url URL */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
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

static void keep(void *data, void *hint) {
    (void)data;
    (void)hint;
}

/* 64 MB of elements between the head and the tail of a reply. */
static char *make_fetch(size_t *size) {
    static const char head[] = "\x85\xa6status\xa2ok\xa4"
                               "data\xc6\x03\xd0\x90\x00";
    static const char tail[] = "\xa5shape\x91\xce\x00\x7a\x12\x00\xa5"
                               "dtype\xa7"
                               "float64\xb1"
                               "comms_overhead_ns\x00";
    size_t bytes = 64000000, front = sizeof head - 1, back = sizeof tail - 1;
    char *reply = calloc(1, front + bytes + back);
    if (!reply) return NULL;
    memcpy(reply, head, front);
    memset(reply + front, 1, bytes);
    memcpy(reply + front + bytes, tail, back);
    *size = front + bytes + back;
    return reply;
}

static void answer(void *socket, zmq_msg_t *request, char *fetch, size_t fetch_size) {
    /* The client's requests begin with the map's head and the key "op". */
    const char *op = (const char *)zmq_msg_data(request) + 5;
    size_t length = zmq_msg_size(request) > 5 ? (size_t)(op[-1] & 0x1f) : 0;
    zmq_msg_t reply;
    if (length == 5 && !memcmp(op, "fetch", 5)) {
        zmq_msg_init_data(&reply, fetch, fetch_size, keep, NULL);
        zmq_msg_send(&reply, socket, 0);
        return;
    }
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++)
        if (strlen(replies[i].op) == length && !memcmp(op, replies[i].op, length)) {
            zmq_send(socket, replies[i].reply, replies[i].size, 0);
            return;
        }
    zmq_send(socket, "\x80", 1, 0);
}

/* As the server under test waits: awake for a moment, while others may run, then asleep. */
static int receive(void *socket, zmq_msg_t *request) {
    enum { NEAR_NS = 50000 };
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        int size = zmq_msg_recv(request, socket, ZMQ_DONTWAIT);
        if (size >= 0) return size;
        sched_yield();
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((now.tv_sec - start.tv_sec) * 1000000000 + now.tv_nsec - start.tv_nsec < NEAR_NS);
    return zmq_msg_recv(request, socket, 0);
}

int main(int argc, char **argv) {
    size_t fetch_size = 0;
    char *fetch = make_fetch(&fetch_size);
    void *context = zmq_ctx_new(), *socket = zmq_socket(context, ZMQ_REP);
    if (argc != 3 || !fetch || zmq_bind(socket, argv[2]) != 0) {
        fprintf(stderr, "usage: serve_floor --url URL\n");
        return 2;
    }
    for (;;) {
        zmq_msg_t request;
        zmq_msg_init(&request);
        if (receive(socket, &request) < 0) break;
        answer(socket, &request, fetch, fetch_size);
        zmq_msg_close(&request);
    }
    free(fetch);
    return 0;
}
