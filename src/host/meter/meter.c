/* The meter of a context: its windows, and what charges and records do off the short way. */
#include "meter/meter.h"

#include <stdio.h>
#include <string.h>

#include "core/detail.h"
#include "meter/captured.h"
#include "meter/flops.h"
#include "meter/record.h"

/* Sets what follows from the window and its scopes. */
void fm_meter_refresh(fm_meter *meter) {
    const fm_window *window = meter->window;
    meter->name_space = fm_scopes_current(&window->scopes);
    meter->stamp = window->ledger.serial << 24 | (meter->name_space ? meter->name_space->id : 0);
    meter->slow = (window->budget->time_limit ? FM_METER_TIME_LIMIT : 0u) |
                  (window->scopes.limited ? FM_METER_SUB_BUDGET : 0u) |
                  (window->budget->log_ops ? FM_METER_LOG : 0u) |
                  (meter->on_op ? FM_METER_CALLBACK : 0u) |
                  (meter->capture ? FM_METER_CAPTURE : 0u) |
                  (meter->timeline && window != meter->aside ? FM_METER_TIMELINE : 0u);
    if (meter->activity && meter->activity->ledger != &window->ledger)
        fm_activity_begin(meter->activity, &meter->window->ledger);
}

fm_status fm_meter_init(fm_meter *meter, const fm_meter_options *options, fm_error *error) {
    memset(meter, 0, sizeof *meter);
    fm_budget *budget = NULL;
    FM_TRY(fm_budget_default(&budget, error));
    FM_TRY(fm_window_new(budget, options->cost_model, options->device, options->asynchronous,
                         &meter->window, error));
    meter->timing = options->timing == FM_TIMING_DEFAULT ? FM_TIMING_OP : options->timing;
    meter->log = options->log;
    meter->log_user = options->log_user;
    meter->name = options->name;
    fm_record_begin(meter->window);
    fm_meter_refresh(meter);
    return FM_OK;
}

static void drop_outstanding(fm_meter *meter) {
    fm_live_add(&meter->window->lost, meter->inflight.count);
    meter->inflight.head = meter->inflight.count = 0;
}

void fm_meter_close(fm_meter *meter) {
    if (!meter->window) return;
    fm_meter_tell_open(meter);
    fm_charges_close(&meter->charges);
    drop_outstanding(meter);
    fm_record_end(meter->window);
    if (meter->resting) fm_record_end(meter->resting);
    fm_inflight_close(&meter->inflight);
    fm_meter_collect_end(meter);
    fm_timeline_free(meter->timeline);
    memset(meter, 0, sizeof *meter);
}

/* The time so far of a call that changes the window belongs to the old one. */
static void split_call(fm_meter *meter) {
    if (meter->depth == 0) return;
    uint64_t now = fm_ticks();
    fm_live_add(&meter->window->inside, fm_ticks_between(meter->entered, now));
    meter->entered = now;
}

void fm_meter_switch(fm_meter *meter, fm_window *window) {
    drop_outstanding(meter);
    split_call(meter);
    meter->window = window;
    fm_meter_refresh(meter);
}

fm_status fm_meter_use_budget(fm_meter *meter, fm_budget *budget, fm_error *error) {
    FM_CHECK(!meter->resting, error, FM_ERR_STATE,
             "budget: one is open already in this context, and budgets do not nest");
    FM_CHECK(!meter->capture, error, FM_ERR_STATE, "budget: a capture is open in this context");
    fm_window *window = NULL;
    const fm_window *old = meter->window;
    fm_status status = fm_window_new(budget, atomic_load(&old->cost_model), old->device,
                                     old->asynchronous, &window, error);
    if (status != FM_OK) return status;
    fm_budget_retain(budget);
    drop_outstanding(meter);
    split_call(meter);
    fm_record_begin(window);
    fm_record_rest(meter->window);
    meter->resting = meter->window;
    meter->window = window;
    fm_meter_refresh(meter);
    return FM_OK;
}

fm_status fm_meter_leave_budget(fm_meter *meter, fm_error *error) {
    FM_CHECK(meter->resting && meter->window != meter->aside, error, FM_ERR_STATE,
             "budget: none is open in this context");
    FM_CHECK(meter->window->scopes.depth == 0, error, FM_ERR_STATE,
             "budget: namespace \"%s\" is still open", meter->name_space->text);
    FM_CHECK(!meter->capture, error, FM_ERR_STATE, "budget: a capture is open in this context");
    FM_TRY(fm_charges_check(&meter->charges, meter->window, "budget", error));
    fm_meter_fold_flops(meter);
    drop_outstanding(meter);
    split_call(meter);
    fm_record_end(meter->window);
    meter->window = meter->resting;
    meter->resting = NULL;
    fm_record_resume(meter->window);
    fm_meter_refresh(meter);
    return FM_OK;
}

fm_status fm_meter_push(fm_meter *meter, const char *name, uint64_t flops, fm_error *error) {
    fm_window *window = meter->window;
    FM_TRY(fm_scopes_push(&window->scopes, &window->ledger.names, name, flops, error));
    fm_meter_refresh(meter);
    return FM_OK;
}

fm_status fm_meter_push_limits(fm_meter *meter, const char *name, const fm_scope_limits *limits,
                               fm_error *error) {
    fm_window *window = meter->window;
    FM_TRY(fm_scopes_push_limits(&window->scopes, &window->ledger.names, name, limits, error));
    fm_meter_refresh(meter);
    return FM_OK;
}

fm_status fm_meter_pop(fm_meter *meter, fm_error *error) {
    FM_TRY(fm_scopes_pop(&meter->window->scopes, error));
    fm_meter_refresh(meter);
    return FM_OK;
}

const char *fm_meter_namespace(const fm_meter *meter) {
    return meter->name_space ? meter->name_space->text : "";
}

void fm_meter_on_op(fm_meter *meter, fm_op_callback function, void *user) {
    meter->on_op = function;
    meter->on_op_user = user;
    fm_meter_refresh(meter);
}

static bool has_calls(const fm_window *window) {
    fm_counters counters;
    for (fm_ledger_row *row = fm_ledger_first(&window->ledger); row; row = fm_ledger_next(row))
        if (fm_ledger_row_read(row, &counters)) return true;
    return false;
}

static void set_model(fm_window *window, const char *name) {
    const char *before = atomic_load(&window->cost_model);
    bool mixed = before && strcmp(before, name) != 0 && has_calls(window);
    atomic_store(&window->cost_model, mixed ? "mixed" : name);
}

void fm_meter_set_cost_model(fm_meter *meter, const char *name) {
    set_model(meter->window, name);
    if (meter->resting) set_model(meter->resting, name);
}

void fm_meter_reset(fm_meter *meter) {
    fm_meter_fold_flops(meter);
    drop_outstanding(meter);
    split_call(meter);
    fm_record_lock();
    fm_ledger_reset(&meter->window->ledger);
    fm_window_read(meter->window, &meter->window->own_base);
    fm_record_unlock();
    fm_op_log_clear(&meter->window->log);
    if (meter->activity) fm_activity_begin(meter->activity, &meter->window->ledger);
}

fm_ledger_row *fm_meter_find_row(fm_meter *meter, fm_row_cache *cache, const char *op,
                                 fm_dtype dtype) {
    fm_ledger_row *row = fm_ledger_row_of(&meter->window->ledger, op, dtype, meter->name_space);
    if (!row) return NULL;
    cache->row = row;
    cache->stamp = meter->stamp;
    return row;
}

/* A limit and what is left of it: the budget's, or a namespace's. */
typedef struct limit_text {
    const char *kind, *name;
    uint64_t limit, used;
} limit_text;

static uint64_t remaining(const limit_text *limit) {
    return limit->used < limit->limit ? limit->limit - limit->used : 0;
}

/* "budget" or "namespace \"train\"". */
static const char *describe(const limit_text *limit, char *buffer, size_t size) {
    if (limit->name) {
        snprintf(buffer, size, "%s \"%s\"", limit->kind, limit->name);
    } else {
        snprintf(buffer, size, "%s", limit->kind);
    }
    return buffer;
}

static fm_status refuse(fm_meter *meter, const char *op, uint64_t flops, const limit_text *limit,
                        fm_error *error) {
    fm_live_add(&meter->window->refused, 1);
    char need[FM_FLOPS_TEXT], left[FM_FLOPS_TEXT], all[FM_FLOPS_TEXT], where[160];
    fm_fail_op(error, FM_ERR_BUDGET, op, 0, "needs %s FLOPs, but %s of %s remain in the %s",
               fm_flops_format(flops, need), fm_flops_format(remaining(limit), left),
               fm_flops_format(limit->limit, all), describe(limit, where, sizeof where));
    if (error) {
        error->needed = flops;
        error->remaining = remaining(limit);
    }
    return FM_ERR_BUDGET;
}

static void warn(const fm_meter *meter, const char *line) {
    if (meter->log) meter->log(meter->log_user, FM_LOG_WARNING, line);
}

static void warn_over(const fm_meter *meter, const char *op, uint64_t flops,
                      const limit_text *limit) {
    if (!meter->log || meter->window->budget->mode != FM_BUDGET_WARN) return;
    char need[FM_FLOPS_TEXT], left[FM_FLOPS_TEXT], all[FM_FLOPS_TEXT], where[160], line[400];
    snprintf(line, sizeof line, "%s: %s FLOPs, but %s of %s remained in the %s", op,
             fm_flops_format(flops, need), fm_flops_format(remaining(limit), left),
             fm_flops_format(limit->limit, all), describe(limit, where, sizeof where));
    warn(meter, line);
}

static limit_text limit_of_budget(const fm_budget *budget, uint64_t used) {
    return (limit_text){budget->is_default ? "default budget" : "budget", budget->name,
                        budget->limit, used};
}

fm_status fm_meter_charged(fm_meter *meter, const char *op, uint64_t flops, uint64_t used,
                           fm_verdict verdict, fm_error *error) {
    limit_text limit = limit_of_budget(meter->window->budget, used);
    switch (verdict) {
    case FM_GRANTED:
        break;
    case FM_GRANTED_OVER:
        warn_over(meter, op, flops, &limit);
        break;
    case FM_REFUSED:
        return refuse(meter, op, flops, &limit, error);
    case FM_TOO_LARGE:
        fm_live_add(&meter->window->refused, 1);
        return fm_fail_op(error, FM_ERR_OVERFLOW, op, 0,
                          "%llu FLOPs on top of %llu used are past 64 bits",
                          (unsigned long long)flops, (unsigned long long)used);
    }
    return FM_OK;
}

fm_status fm_meter_check_time(fm_meter *meter, const char *op, fm_error *error) {
    const fm_budget *budget = meter->window->budget;
    if (budget->mode == FM_BUDGET_OBSERVE || !fm_budget_out_of_time(budget)) return FM_OK;
    double elapsed = fm_budget_elapsed(budget);
    if (budget->mode == FM_BUDGET_WARN) {
        char line[160];
        snprintf(line, sizeof line, "%s: %.3f s have passed of a time limit of %.3f s", op, elapsed,
                 budget->seconds);
        warn(meter, line);
        return FM_OK;
    }
    fm_fail_op(error, FM_ERR_TIME, op, 0, "%.3f s have passed of a time limit of %.3f s", elapsed,
               budget->seconds);
    if (error) {
        error->elapsed = elapsed;
        error->limit = budget->seconds;
    }
    return FM_ERR_TIME;
}

/* The sub-budgets belong to this thread, so they are only looked at until the shared budget has
   granted: nothing is ever half taken, and no other thread sees a charge that is refused. */
fm_status fm_meter_charge_slow(fm_meter *meter, const char *op, uint64_t flops, fm_error *error) {
    fm_window *window = meter->window;
    if (meter->capture) return fm_captured_prepare(meter->capture, 1 + meter->charges.open, error);
    fm_status status = fm_meter_check_time(meter, op, error);
    if (status != FM_OK) {
        fm_live_add(&window->refused, 1);
        return status;
    }
    if (meter->slow & FM_METER_LOG) FM_TRY(fm_op_log_prepare(&window->log, error));
    const fm_scope *scope = fm_scopes_exceeded(&window->scopes, flops);
    limit_text limit = {0};
    if (scope) {
        limit = (limit_text){"namespace", scope->name->text, scope->limit, scope->used};
        if (window->budget->mode == FM_BUDGET_ENFORCE)
            return refuse(meter, op, flops, &limit, error);
    }
    uint64_t used;
    fm_verdict verdict = fm_budget_reserve(window->budget, &window->lease, flops, &used);
    FM_TRY(fm_meter_charged(meter, op, flops, used, verdict, error));
    fm_scopes_charge(&window->scopes, flops);
    fm_scopes_tell(&window->scopes);
    if (scope) warn_over(meter, op, flops, &limit);
    return FM_OK;
}

static uint64_t known(uint64_t ns) {
    return ns == FM_UNTIMED ? 0 : ns;
}

static size_t log_call(fm_meter *meter, const fm_ledger_row *row, const fm_call_record *call) {
    if (!(meter->slow & FM_METER_LOG)) return FM_NOT_LOGGED;
    uint64_t start = call->start ? call->start : fm_ticks();
    fm_op_log_entry entry = {row->op,
                             row->name_space,
                             row->dtype,
                             call->flops,
                             fm_ticks_to_ns(fm_ticks_between(meter->window->budget->opened, start)),
                             known(call->ns)};
    return fm_op_log_append(&meter->window->log, &entry);
}

static void expect_time(fm_meter *meter, const fm_inflight_entry *entry) {
    if (!fm_inflight_push(&meter->inflight, entry)) fm_live_add(&meter->window->lost, 1);
}

void fm_meter_tell(fm_meter *meter, fm_ledger_row *row, const fm_call_record *call) {
    size_t index = log_call(meter, row, call);
    if (call->ticket) expect_time(meter, &(fm_inflight_entry){call->ticket, row, index});
    if (!meter->on_op) return;
    fm_op_event event = {row->op,
                         row->name_space,
                         row->dtype,
                         call->flops,
                         fm_budget_used(meter->window->budget),
                         known(call->ns)};
    meter->on_op(meter->on_op_user, &event);
}

void fm_meter_record_slow(fm_meter *meter, fm_ledger_row *row, const fm_call_record *call) {
    if (meter->slow & FM_METER_TIMELINE) fm_meter_timeline_call(meter, row, call);
    fm_meter_tell(meter, row, call);
}

void fm_meter_add_step(fm_meter *meter, uint64_t ticket) {
    expect_time(meter, &(fm_inflight_entry){ticket, NULL, FM_NOT_LOGGED});
}

static void settle_one(fm_meter *meter, const fm_inflight_entry *entry, uint64_t ns) {
    fm_live_add(&meter->window->backend_ns, ns);
    if (entry->row) fm_ledger_add_time(entry->row, ns);
    fm_op_log_entry *logged = fm_op_log_at(&meter->window->log, entry->log_index);
    if (logged) logged->nanoseconds = ns;
}

size_t fm_meter_settle(fm_meter *meter, fm_poll_function poll, void *user) {
    fm_inflight_entry *entry;
    while ((entry = fm_inflight_oldest(&meter->inflight))) {
        uint64_t ns = 0;
        int answer = poll(user, entry->ticket, &ns);
        if (answer == 0) break;
        if (answer > 0) {
            settle_one(meter, entry, ns);
        } else {
            fm_live_add(&meter->window->lost, 1);
        }
        fm_inflight_pop(&meter->inflight);
    }
    return meter->inflight.count;
}
