/* Sessions: budgets opened and closed, and the numbers that replies carry. */
#include "wire/wire.h"

#include <math.h>
#include <stdlib.h>

/* A budget as flopscope takes it: any number above 0. */
static bool read_amount(wire_request *r, const wire_node *node, wire_amount *out) {
    *out = (wire_amount){.whole = 1000000, .value = 1e6};
    if (!node) return true;
    switch (node->kind) {
    case WIRE_BOOL:
    case WIRE_INT:
        if (node->as.i <= 0)
            return wire_fail(r, "ValueError", "flop_budget must be > 0, got %lld",
                             (long long)node->as.i);
        *out = (wire_amount){.whole = node->as.u, .value = (double)node->as.u};
        return true;
    case WIRE_UINT:
        *out = (wire_amount){.whole = node->as.u, .value = (double)node->as.u};
        return true;
    case WIRE_FLOAT:
        if (!(node->as.f >= 1))
            return wire_fail(r, "ValueError", "flop_budget must be > 0 and hold one FLOP, got %g",
                             node->as.f);
        *out = (wire_amount){.real = true, .value = node->as.f};
        out->whole = node->as.f >= 0x1p64 ? UINT64_MAX : (uint64_t)node->as.f;
        return true;
    default:
        return wire_fail(r, "TypeError", "flop_budget is no number");
    }
}

static bool read_multiplier(wire_request *r, const wire_node *node, double *out) {
    *out = 1;
    if (!node) return true;
    if (node->kind == WIRE_FLOAT)
        *out = node->as.f;
    else if (node->kind == WIRE_INT || node->kind == WIRE_BOOL)
        *out = (double)node->as.i;
    else if (node->kind == WIRE_UINT)
        *out = (double)node->as.u;
    else
        return wire_fail(r, "TypeError", "flop_multiplier is no number");
    if (!(*out >= 0) || isinf(*out))
        return wire_fail(r, "ValueError", "flop_multiplier is a number from 0 on, got %g", *out);
    return true;
}

bool wire_session_open(wire_request *r, const wire_node *flops, const wire_node *multiplier) {
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    wire_amount amount;
    char why[256];
    if (r->session->budget)
        return wire_fail(r, "RuntimeError", "session already open -- send budget_close first");
    if (!read_amount(r, flops, &amount)) return false;
    if (!read_multiplier(r, multiplier, &options.multiplier)) return false;
    if (!r->session->ctx) {
        wire_session *admitted = r->host->admit(r->host->user, why, sizeof why);
        if (!admitted) return wire_fail(r, "RuntimeError", "no session: %s", why);
        r->session = admitted;
    }
    wire_session *session = r->session;
    options.flops = amount.whole;
    /* The options' 0 stands for 1; this leaves nothing of any count. */
    if (options.multiplier == 0) options.multiplier = 1e-300;
    if (fm_budget_open(session->ctx, &options, &session->budget) != FM_OK)
        return wire_fail_context(r);
    session->amount = amount;
    session->traffic = (wire_traffic){0};
    session->active_ns = wire_now();
    return true;
}

static void release_tensor(void *kept) {
    fm_tensor_release(kept);
}

void wire_session_end(wire_session *session) {
    wire_handles_clear(&session->arrays, release_tensor);
    wire_handles_clear(&session->generators, free);
    if (!session->budget) return;
    fm_status status = fm_budget_close(session->ctx);
    (void)status; /* its namespaces are never open */
    fm_budget_release(session->budget);
    session->budget = NULL;
    fm_context_trim(session->ctx);
}

void wire_session_free(wire_session *session) {
    wire_session_end(session);
    fm_context_close(session->ctx);
    session->ctx = NULL;
}

void wire_put_amount(wire_out *out, const wire_amount *amount) {
    if (amount->real)
        wire_put_real(out, amount->value);
    else
        wire_put_uint(out, amount->whole);
}

void wire_put_remaining(wire_out *out, const wire_session *session) {
    uint64_t used = fm_budget_used(session->budget);
    if (session->amount.real)
        wire_put_real(out, session->amount.value - (double)used);
    else
        wire_put_uint(out, fm_budget_remaining(session->budget));
}

void wire_put_budget(wire_out *out, const wire_session *session) {
    wire_put_map(out, 3);
    wire_put_text(out, "flop_budget");
    wire_put_amount(out, &session->amount);
    wire_put_named_uint(out, "flops_used", fm_budget_used(session->budget));
    wire_put_text(out, "flops_remaining");
    wire_put_remaining(out, session);
}
