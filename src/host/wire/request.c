/* One message: read, told from the others by its op, answered. */
#include "wire/wire.h"

#include <string.h>
#include <time.h>

uint64_t wire_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The reply in place of whatever was written of another. */
static void put_failure(wire_request *r) {
    r->out.size = 0;
    r->out.failed = false;
    wire_put_map(&r->out, 3);
    wire_put_named_text(&r->out, "status", "error");
    wire_put_named_text(&r->out, "error_type", r->failure.type);
    wire_put_named_text(&r->out, "message", r->failure.message);
}

static bool hello(wire_request *r) {
    const wire_node *version = wire_member(r->kwargs, "client_version");
    if (!version || (version->kind != WIRE_TEXT && version->kind != WIRE_BYTES) || !version->count)
        return wire_fail(r, "VersionMismatch",
                         "client did not report a flopscope version; server is " WIRE_VERSION);
    const char *said = wire_text(r, version);
    if (!said || strcmp(said, WIRE_VERSION) != 0)
        return wire_fail(r, "VersionMismatch",
                         "flopscope-client %.60s cannot talk to flopscope-server " WIRE_VERSION
                         ": versions must match. Install matched versions: see "
                         "https://pypi.org/project/flopscope/ for the latest.",
                         said ? said : "?");
    wire_put_map(&r->out, 2);
    wire_put_named_text(&r->out, "status", "ok");
    wire_put_named_text(&r->out, "server_version", WIRE_VERSION);
    return true;
}

static const wire_node *not_nil(const wire_node *node) {
    return node && node->kind != WIRE_NIL ? node : NULL;
}

/* A budget at the top of the request goes before one in kwargs, and then the multiplier is looked
   for at the top alone. */
static bool budget_open(wire_request *r) {
    const wire_node *flops = not_nil(wire_member(r->root, "flop_budget")),
                    *multiplier = not_nil(wire_member(r->root, "flop_multiplier"));
    if (!flops) {
        flops = wire_member(r->kwargs, "flop_budget");
        if (!multiplier) multiplier = not_nil(wire_member(r->kwargs, "flop_multiplier"));
    }
    if (!wire_session_open(r, flops, multiplier)) return false;
    wire_begin_ok(r);
    wire_put_map(&r->out, 2);
    wire_put_named_text(&r->out, "session", "opened");
    wire_put_text(&r->out, "flop_budget");
    wire_put_amount(&r->out, &r->session->amount);
    wire_put_text(&r->out, "budget");
    wire_put_amount(&r->out, &r->session->amount);
    wire_put_named_uint(&r->out, "comms_overhead_ns", 0);
    return true;
}

static bool budget_close(wire_request *r) {
    if (!r->session->budget)
        return wire_fail(r, "NoBudgetContextError", "no active session to close");
    wire_begin_ok(r);
    bool done = wire_put_summaries(r);
    wire_session_end(r->session);
    wire_put_named_uint(&r->out, "budget", 0);
    wire_put_named_uint(&r->out, "comms_overhead_ns", 0);
    return done;
}

static bool budget_status(wire_request *r) {
    wire_begin_ok(r);
    wire_put_budget(&r->out, r->session);
    wire_put_text(&r->out, "budget");
    wire_put_remaining(&r->out, r->session);
    wire_put_named_uint(&r->out, "comms_overhead_ns", 0);
    return true;
}

/* For `flopmeter status`: no session is needed, and none is touched. */
static bool server_status(wire_request *r) {
    wire_put_map(&r->out, 2);
    wire_put_named_text(&r->out, "status", "ok");
    wire_put_text(&r->out, "result");
    r->host->put_status(r->host->user, &r->out);
    return true;
}

static const struct {
    const char *op;
    bool (*answer)(wire_request *r);
} protocol[] = {
    {"fetch", wire_fetch},
    {"fetch_slice", wire_fetch_slice},
    {"free", wire_free},
    {"budget_status", budget_status},
    {"create_from_data", wire_create},
    {"__getitem__", wire_getitem},
    {"astype", wire_astype},
};

static bool dispatch(wire_request *r) {
    for (size_t i = 0; i < sizeof protocol / sizeof *protocol; i++)
        if (!strcmp(protocol[i].op, r->op)) return protocol[i].answer(r);
    if (!strncmp(r->op, "Generator.", 10)) return wire_generator_method(r, r->op + 10);
    if (!strncmp(r->op, "random.Generator.", 17)) return wire_generator_any(r, r->op + 17);
    if (!strncmp(r->op, "random.RandomState.", 19)) return wire_legacy_method(r, r->op + 19);
    return wire_operation(r);
}

/* Whether dispatch knows it. */
static bool is_known(const char *op) {
    for (size_t i = 0; i < sizeof protocol / sizeof *protocol; i++)
        if (!strcmp(protocol[i].op, op)) return true;
    return !strncmp(op, "Generator.", 10) || wire_is_operation(op);
}

/* A dispatched request counts as activity and as traffic, also where it fails. */
static bool count(wire_request *r, bool done, uint64_t start, uint64_t read) {
    wire_session *session = r->session;
    uint64_t end = wire_now();
    if (done && r->out.failed) done = wire_no_memory(r);
    if (!done) put_failure(r);
    if (!session->budget) return true;
    wire_traffic *traffic = &session->traffic;
    traffic->requests++;
    traffic->fetches += !strcmp(r->op, "fetch") || !strcmp(r->op, "fetch_slice");
    traffic->received += strcmp(r->op, "budget_open") ? r->frame->size : 0;
    traffic->sent += r->block ? r->block_size : r->out.size;
    traffic->comms_ns += read - start;
    traffic->compute_ns += end - read;
    session->active_ns = end;
    return true;
}

/* false: the reply is the failure. */
static bool answer(wire_request *r, uint64_t start) {
    const char *wrong;
    r->root = wire_unpack(&r->memory, r->frame->data, r->frame->size, &wrong);
    if (!r->root) return wire_fail(r, "InvalidRequestError", "malformed request: %s", wrong);
    if (r->root->kind != WIRE_MAP)
        return wire_fail(r, "InvalidRequestError",
                         "malformed request: top-level value must be a dict");
    const wire_node *op = wire_member(r->root, "op");
    if (!op) return wire_fail(r, "InvalidRequestError", "malformed request: missing 'op' field");
    r->args = not_nil(wire_member(r->root, "args"));
    r->kwargs = not_nil(wire_member(r->root, "kwargs"));
    bool text = op->kind == WIRE_TEXT || op->kind == WIRE_BYTES;
    r->op = text ? wire_text(r, op) : NULL;
    uint64_t read = wire_now();
    if (r->op && !strcmp(r->op, "hello")) return hello(r);
    if (r->op && !strcmp(r->op, "server_status")) return server_status(r);
    if (r->op && !strcmp(r->op, "budget_close")) return budget_close(r);
    if (r->op && !strcmp(r->op, "budget_open")) {
        if (!budget_open(r)) return false;
        return count(r, true, start, read);
    }
    if (!r->session->budget)
        return wire_fail(r, "NoBudgetContextError", "no active session -- send budget_open first");
    if (!r->op) return wire_fail(r, "InvalidRequestError", "malformed request: 'op' is no text");
    if (!is_known(r->op)) return wire_fail(r, "InvalidRequestError", "unknown op: '%.100s'", r->op);
    return count(r, dispatch(r), start, read);
}

void wire_answer(wire_request *r, wire_frame *frame) {
    uint64_t start = wire_now();
    r->frame = frame;
    r->out.size = 0;
    r->out.failed = false;
    r->block = NULL;
    bool done = answer(r, start);
    if (done && r->out.failed) done = wire_no_memory(r);
    if (!done) put_failure(r);
    wire_reset(&r->memory);
}
