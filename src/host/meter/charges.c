/* Charges of the caller's own: made before the work, settled after it. */
#include "meter/charges.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "cost/u128.h"
#include "meter/captured.h"
#include "meter/flops.h"
#include "meter/hooks.h"
#include "meter/own.h"

static bool grow(fm_charges *charges) {
    uint32_t before = charges->capacity;
    uint32_t capacity = before ? 2 * before : FM_CHARGES_FIRST;
    if (capacity > FM_CHARGES_MOST) return false;
    fm_open_charge *place =
        fm_realloc(charges->place, before * sizeof *place, capacity * sizeof *place);
    if (!place) return false;
    for (uint32_t i = capacity; i-- > before;) {
        place[i] = (fm_open_charge){.next = charges->unused};
        charges->unused = i + 1;
    }
    charges->place = place;
    charges->capacity = capacity;
    return true;
}

static fm_status take_place(fm_charges *charges, const char *op, uint32_t *place, fm_error *error) {
    if (!charges->unused && !grow(charges)) {
        if (charges->capacity == FM_CHARGES_MOST)
            return fm_fail_op(error, FM_ERR_STATE, op, 0, "%u charges are open and not settled",
                              charges->open);
        return fm_fail_op(error, FM_ERR_MEMORY, op, 0, "out of memory for an open charge");
    }
    *place = charges->unused - 1;
    return FM_OK;
}

static fm_charge_id open_place(fm_charges *charges, uint32_t place, const fm_open_charge *charge) {
    fm_open_charge *at = &charges->place[place];
    uint32_t use = at->use + 1;
    charges->unused = at->next;
    ++charges->open;
    *at = *charge;
    at->use = use;
    return (uint64_t)use << 32 | (place + 1);
}

static void free_place(fm_charges *charges, fm_open_charge *at) {
    at->window = NULL;
    at->next = charges->unused;
    charges->unused = (uint32_t)(at - charges->place) + 1;
    --charges->open;
}

static fm_open_charge *find(fm_charges *charges, fm_charge_id id) {
    uint64_t place = (id & UINT32_MAX) - 1;
    if (place >= charges->capacity) return NULL;
    fm_open_charge *at = &charges->place[place];
    return at->window && at->use == id >> 32 ? at : NULL;
}

/* The caller's names are mostly literals: their rows are found by address, and compared all the
   same, for another text may have come to lie there. */
static fm_ledger_row *row_of(fm_meter *meter, const char *op, fm_dtype dtype) {
    uint64_t mixed = (uint64_t)(uintptr_t)op * UINT64_C(0x9E3779B97F4A7C15);
    fm_row_memo *memo = &meter->charges.memo[mixed >> 60];
    if (memo->op == op && memo->dtype == dtype && memo->stamp == meter->stamp &&
        strcmp(memo->row->op, op) == 0)
        return memo->row;
    fm_row_cache none = {0};
    fm_ledger_row *row = fm_meter_find_row(meter, &none, op, dtype);
    if (row) *memo = (fm_row_memo){op, dtype, meter->stamp, row};
    return row;
}

/* The integer part of flops * multiplier, by the rule of the cost models: exact where the
   multiplier is whole, in doubles elsewhere. */
static bool multiply(uint64_t flops, double multiplier, uint64_t *out) {
    *out = flops;
    if (multiplier == 1.0) return true;
    if (multiplier < 0x1p53 && multiplier == floor(multiplier))
        return fm_u128_narrow((fm_u128)flops * (fm_u128)multiplier, out);
    double product = (double)flops * multiplier;
    if (!(product < 0x1p64)) return false;
    *out = (uint64_t)product;
    return true;
}

static fm_status charge(fm_meter *meter, const fm_own_work *work, uint64_t flops, fm_charge_id *id,
                        fm_error *error) {
    const char *op = work->op;
    uint32_t place = 0;
    fm_ledger_row *row = row_of(meter, op, work->dtype);
    if (!row) return fm_fail_op(error, FM_ERR_MEMORY, op, 0, "out of memory for its row");
    if (id) FM_TRY(take_place(&meter->charges, op, &place, error));
    FM_TRY(fm_meter_charge(meter, op, flops, error));
    if (id) {
        fm_open_charge charge = {.window = meter->window,
                                 .row = row,
                                 .flops = flops,
                                 .macs = work->macs,
                                 .bytes = work->bytes,
                                 .captured = meter->capture != NULL};
        *id = open_place(&meter->charges, place, &charge);
        return FM_OK;
    }
    fm_call_record record = {
        .flops = flops, .macs = work->macs, .bytes = work->bytes, .ns = FM_UNTIMED};
    fm_meter_record(meter, row, &record);
    return FM_OK;
}

fm_status fm_meter_charge_own(fm_meter *meter, const fm_own_work *work, fm_charge_id *id,
                              fm_error *error) {
    uint64_t flops;
    double multiplier = fm_meter_multiplier(meter);
    if (id) *id = 0;
    FM_CHECK(work->op && *work->op, error, FM_ERR_ARGUMENT,
             "charge: the name of the operation is empty");
    if (!multiply(work->flops, multiplier, &flops))
        return fm_fail_op(error, FM_ERR_OVERFLOW, work->op, 0,
                          "%llu FLOPs times the multiplier %g are past 64 bits",
                          (unsigned long long)work->flops, multiplier);
    return charge(meter, work, flops, id, error);
}

fm_status fm_meter_charge_graph(fm_meter *meter, struct fm_captured *graph, const char *op,
                                fm_charge_id *id, fm_error *error) {
    uint32_t place = 0;
    if (id) *id = 0;
    if (id) FM_TRY(take_place(&meter->charges, op, &place, error));
    FM_TRY(fm_meter_replay(meter, graph, op, error));
    if (id) {
        fm_open_charge charge = {.window = meter->window, .graph = graph, .flops = graph->flops};
        *id = open_place(&meter->charges, place, &charge);
    } else {
        fm_meter_replayed(meter, graph, 0);
    }
    return FM_OK;
}

/* A charge that was made under another window than the present one counts there, and is not seen
   by log and callback, which are the present one's. */
static void record(fm_meter *meter, const fm_open_charge *at, uint64_t flops) {
    fm_call_record record = {
        .flops = flops, .macs = at->macs, .bytes = at->bytes, .ns = FM_UNTIMED};
    if (at->captured) {
        if (meter->capture) fm_meter_record(meter, at->row, &record);
    } else if (at->graph) {
        fm_meter_replayed(meter, at->graph, 0);
    } else if (at->window == meter->window) {
        fm_meter_record(meter, at->row, &record);
    } else {
        fm_ledger_add(at->row, flops, at->macs, at->bytes, FM_UNTIMED);
    }
}

static void give_back(fm_meter *meter, const fm_open_charge *at, uint64_t flops) {
    if (at->captured || flops == 0) return;
    fm_budget_unreserve(at->window->budget, flops);
    if (at->window == meter->window && meter->slow & FM_METER_SUB_BUDGET)
        fm_scopes_refund(&meter->window->scopes, flops);
}

static fm_status settle(fm_context *ctx, fm_charge_id id, fm_open_charge **at) {
    *at = find(&fm_context_meter(ctx)->charges, id);
    FM_CHECK(*at, fm_context_error_slot(ctx), FM_ERR_STATE,
             "settle: charge %llu is not open in this context: it was settled before, or never "
             "made",
             (unsigned long long)id);
    return FM_OK;
}

fm_status fm_charge(fm_context *ctx, const char *op, uint64_t flops, fm_charge_id *id) {
    const fm_own_work work = {.op = op, .flops = flops};
    return fm_meter_charge_own(fm_context_meter(ctx), &work, id, fm_context_error_slot(ctx));
}

fm_status fm_settle(fm_context *ctx, fm_charge_id id, fm_outcome outcome) {
    fm_meter *meter = fm_context_meter(ctx);
    fm_open_charge *at;
    FM_CHECK((unsigned)outcome <= FM_NOT_RUN, fm_context_error_slot(ctx), FM_ERR_ARGUMENT,
             "settle: outcome %d is none of run and not run", (int)outcome);
    FM_TRY(settle(ctx, id, &at));
    if (outcome == FM_RAN)
        record(meter, at, at->flops);
    else
        give_back(meter, at, at->flops);
    free_place(&meter->charges, at);
    return FM_OK;
}

fm_status fm_settle_part(fm_context *ctx, fm_charge_id id, uint64_t flops) {
    fm_meter *meter = fm_context_meter(ctx);
    fm_error *error = fm_context_error_slot(ctx);
    fm_open_charge *at;
    uint64_t spent;
    FM_TRY(settle(ctx, id, &at));
    FM_CHECK(!at->graph, error, FM_ERR_ARGUMENT,
             "settle: a graph's charge cannot be settled in part");
    bool fits = multiply(flops, at->window->budget->multiplier, &spent) && spent <= at->flops;
    FM_CHECK(fits, error, FM_ERR_ARGUMENT,
             "settle: %llu FLOPs are more than the %llu that were charged",
             (unsigned long long)flops, (unsigned long long)at->flops);
    give_back(meter, at, at->flops - spent);
    record(meter, at, spent);
    free_place(&meter->charges, at);
    return FM_OK;
}

fm_status fm_settle_all(fm_context *ctx, fm_outcome outcome) {
    fm_meter *meter = fm_context_meter(ctx);
    FM_CHECK((unsigned)outcome <= FM_NOT_RUN, fm_context_error_slot(ctx), FM_ERR_ARGUMENT,
             "settle: outcome %d is none of run and not run", (int)outcome);
    for (uint32_t i = 0; i < meter->charges.capacity; ++i) {
        const fm_open_charge *at = &meter->charges.place[i];
        if (at->window) FM_TRY(fm_settle(ctx, (uint64_t)at->use << 32 | (i + 1), outcome));
    }
    return FM_OK;
}

size_t fm_open_charges(const fm_context *ctx) {
    return fm_context_meter(ctx)->charges.open;
}

fm_status fm_settle_failed(fm_context *ctx, fm_charge_id id, const char *call, int code) {
    FM_TRY(fm_settle(ctx, id, FM_NOT_RUN));
    fm_error *error = fm_context_error_slot(ctx);
    fm_fail(error, FM_ERR_DEVICE, "%s: %d", call ? call : "the call", code);
    error->device_code = code;
    return FM_ERR_DEVICE;
}

static const char *name_of(const fm_open_charge *at) {
    return at->graph ? "graph" : at->row->op;
}

/* How many are open, and the first of them. */
static uint32_t count_open(const fm_charges *charges, const fm_window *window,
                           const fm_open_charge **first) {
    uint32_t count = 0;
    if (charges->open == 0) return 0;
    for (uint32_t i = 0; i < charges->capacity; ++i) {
        const fm_open_charge *at = &charges->place[i];
        if (!at->window || (window && at->window != window)) continue;
        if (count++ == 0) *first = at;
    }
    return count;
}

fm_status fm_charges_check(const fm_charges *charges, const fm_window *window, const char *subject,
                           fm_error *error) {
    const fm_open_charge *first = NULL;
    char flops[FM_FLOPS_TEXT];
    uint32_t count = count_open(charges, window, &first);
    if (count == 0) return FM_OK;
    return fm_fail(error, FM_ERR_STATE,
                   "%s: %u charge%s not settled, the first of \"%s\" with %s FLOPs", subject, count,
                   count == 1 ? " is" : "s are", name_of(first),
                   fm_flops_format(first->flops, flops));
}

void fm_meter_tell_open(const fm_meter *meter) {
    fm_error error = {0};
    if (meter->log && fm_charges_check(&meter->charges, NULL, "context", &error) != FM_OK)
        meter->log(meter->log_user, FM_LOG_WARNING, error.message);
}

static void keep(fm_charges *charges, fm_open_charge *at) {
    if (at->row && !at->captured)
        fm_ledger_add(at->row, at->flops, at->macs, at->bytes, FM_UNTIMED);
    free_place(charges, at);
}

void fm_charges_drop(fm_charges *charges, const fm_window *window) {
    for (uint32_t i = 0; i < charges->capacity && charges->open != 0; ++i)
        if (charges->place[i].window && (!window || charges->place[i].window == window))
            keep(charges, &charges->place[i]);
}

void fm_meter_drop_graph(fm_meter *meter, const struct fm_captured *graph) {
    fm_charges *charges = &meter->charges;
    if (meter->activity) fm_activity_forget(meter->activity, graph);
    for (uint32_t i = 0; i < charges->capacity && charges->open != 0; ++i) {
        fm_open_charge *at = &charges->place[i];
        if (!at->window || at->graph != graph) continue;
        record(meter, at, at->flops);
        free_place(charges, at);
    }
}

void fm_charges_close(fm_charges *charges) {
    fm_charges_drop(charges, NULL);
    fm_free_block(charges->place);
    memset(charges, 0, sizeof *charges);
}
