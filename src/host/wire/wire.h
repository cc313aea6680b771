/* What the files of the server share: sessions, requests, and how a request fails. */
#ifndef FM_WIRE_WIRE_H
#define FM_WIRE_WIRE_H

#include "wire/form.h"
#include "wire/handles.h"
#include "wire/pack.h"
#include "wire/unpack.h"

/* The version of flopscope whose protocol this is; clients say theirs at hello. */
#define WIRE_VERSION "0.4.3"

/* What the server was told; the same for all sessions. */
typedef struct wire_limits {
    uint64_t array_bytes; /* of one array sent or made */
    uint64_t arrays;      /* kept by one session at once */
    uint64_t total_bytes; /* of all arrays of one session */
} wire_limits;

/* A number of a budget as it was given: flopscope answers with a float where one was sent. */
typedef struct wire_amount {
    bool real;
    uint64_t whole;
    double value;
} wire_amount;

/* What a session's traffic came to. */
typedef struct wire_traffic {
    uint64_t requests, fetches, sent, received, comms_ns, compute_ns;
} wire_traffic;

/* One client's arrays, generators and budget; or those that all clients share. A client that never
   opened a budget has one without a context. */
typedef struct wire_session {
    fm_context *ctx;   /* outlives the budget: its random stream goes on */
    fm_budget *budget; /* NULL: the session is closed */
    wire_amount amount;
    wire_handles arrays, generators; /* fm_tensor, fm_generator */
    wire_traffic traffic;
    uint64_t adopted_bytes; /* of the memory that arrays lie in */
    uint64_t active_ns;     /* of the last request that counts as activity */
    const wire_limits *limits;
} wire_session;

/* Where blocks for large replies come from and go back to. */
typedef struct wire_pool {
    void *(*get)(void *user, size_t size);
    void (*put)(void *user, void *block);
    void *user;
} wire_pool;

/* What a request asks of the server beyond its session. */
typedef struct wire_host {
    /* A session for a client that has none. NULL with why. */
    wire_session *(*admit)(void *user, char *why, size_t size);
    /* The result of server_status. */
    void (*put_status)(void *user, wire_out *out);
    void *user;
} wire_host;

/* Memory that a request came in. Whoever takes it gives it back by release(owner), and is the only
   one to write into it from then on. */
typedef struct wire_frame {
    void *data;
    size_t size;
    size_t held; /* bytes of memory that its owner keeps */
    void *owner; /* NULL: it cannot be taken */
    void (*release)(void *owner);
    bool taken;
} wire_frame;

/* A failure, by the names that the client maps to exceptions. */
typedef struct wire_failure {
    const char *type;
    char message[640];
} wire_failure;

/* One request on its way. */
typedef struct wire_request {
    wire_session *session;
    wire_memory memory;
    wire_out out;
    wire_failure failure;
    const wire_node *root, *args, *kwargs; /* args and kwargs NULL where they are nil or missing */
    const char *op;
    wire_frame *frame;
    /* A reply of its own for a large array, of the pool's; pool NULL: there are none. */
    void *block;
    size_t block_size;
    const wire_pool *pool;
    const wire_host *host;
} wire_request;

/* Always false. */
bool wire_fail(wire_request *r, const char *type, const char *format, ...) FM_PRINTF(3, 4);
/* The context's last failure, as the client is told of it. */
bool wire_fail_context(wire_request *r);
bool wire_no_memory(wire_request *r);
/* A text in the request's memory, ended by a zero. NULL with a failure where it holds one. */
const char *wire_text(wire_request *r, const wire_node *node);

/* session: budgets opened and closed, and what is said at the end. */
bool wire_session_open(wire_request *r, const wire_node *flops, const wire_node *multiplier);
/* Ends the budget and lets go of all arrays and generators. */
void wire_session_end(wire_session *session);
/* The context goes too. */
void wire_session_free(wire_session *session);
/* The result of budget_close, before the session is ended. */
bool wire_put_summaries(wire_request *r);
void wire_put_budget(wire_out *out, const wire_session *session);
void wire_put_amount(wire_out *out, const wire_amount *amount);
void wire_put_remaining(wire_out *out, const wire_session *session);

/* arrays: kept under handles. */
bool wire_keep_array(wire_request *r, fm_tensor *tensor, uint64_t *number);
fm_tensor *wire_find_array(wire_request *r, const wire_node *handle);
fm_generator *wire_find_generator(wire_request *r, const wire_node *handle);

/* arguments: nodes as the values that calls by name take. */
bool wire_value(wire_request *r, const wire_node *node, fm_value *out);
bool wire_index_key(wire_request *r, const wire_node *node, fm_value *out);
/* The call's arguments; the first `skipped` positional ones are left out. */
bool wire_arguments(wire_request *r, uint32_t skipped, call_arguments *out);
/* {"axes", "generators"}: the group that an operand or a parameter carries. */
bool wire_symmetry(wire_request *r, const wire_node *payload, fm_value *out);

/* results. */
bool wire_put_result(wire_request *r, const fm_value *value, enum call_form form);
/* Begins {"status": "ok", "result": ...}; wire_end adds what follows it. */
void wire_begin_ok(wire_request *r);
void wire_end_ok(wire_request *r);

/* Whether so many bytes may be written out: a view can be far larger than what lies behind it. */
bool wire_may_send(wire_request *r, size_t size);
/* Elements of a tensor on the host, in the request's memory. */
bool wire_read(wire_request *r, const fm_tensor *tensor, void **data);

/* The requests by what they do. Each writes its whole reply, or fails. */
bool wire_create(wire_request *r);
bool wire_fetch(wire_request *r);
bool wire_fetch_slice(wire_request *r);
bool wire_free(wire_request *r);
bool wire_getitem(wire_request *r);
bool wire_astype(wire_request *r);
bool wire_generator_method(wire_request *r, const char *method); /* Generator.method */
bool wire_generator_any(wire_request *r, const char *method);    /* random.Generator.method */
bool wire_legacy_method(wire_request *r, const char *method);    /* random.RandomState.method */
bool wire_operation(wire_request *r);
/* Until the call is done on its device, so that what only the device can find is told to whoever
   asked, not to whoever waits next. False: it failed, and the reply is released. */
bool wire_settle(wire_request *r, fm_reply *reply);

/* Whether flopscope's registry has the name. */
bool wire_is_operation(const char *op);

/* Answers one message: the reply is r->out, or r->block. */
void wire_answer(wire_request *r, wire_frame *frame);

uint64_t wire_now(void);

#endif
