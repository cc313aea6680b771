/* Summaries: snapshots of one context's ledger or of the process's record. */
#include "report/summary.h"

#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "meter/hooks.h"
#include "meter/record.h"

enum { FIRST_ENTRIES = 64 };

fm_summary *fm_summary_new(void) {
    fm_summary *summary = fm_alloc(sizeof *summary);
    if (summary) summary->device_name = summary->device_detail = "";
    if (summary) summary->tier.source = summary->tier.reason = "";
    return summary;
}

void fm_summary_release(fm_summary *summary) {
    if (!summary) return;
    for (fm_summary_text *text = summary->texts, *next; text; text = next) {
        next = text->next;
        fm_free_block(text);
    }
    for (size_t i = 0; i < FM_GROUPINGS; ++i) fm_free_block(summary->groups[i].rows);
    fm_free_block(summary->entries);
    fm_free_block(summary->kernels);
    fm_free_block(summary->points);
    fm_free_block(summary->events);
    fm_free_block((void *)summary->event_names);
    fm_free_block(summary->steps);
    fm_free_block(summary->sweep);
    fm_free_block(summary);
}

void fm_free(void *block) {
    fm_free_block(block);
}

const char *fm_summary_keep(fm_summary *summary, const char *text) {
    size_t size = strlen(text) + 1;
    fm_summary_text *copy = fm_alloc(sizeof *copy + size);
    if (!copy) return NULL;
    memcpy(copy->text, text, size);
    copy->next = summary->texts;
    summary->texts = copy;
    return copy->text;
}

void *fm_summary_grow(void *array, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return array;
    size_t more = *capacity ? *capacity * 2 : FIRST_ENTRIES;
    void *grown = fm_realloc(array, *capacity * size, more * size);
    if (grown) *capacity = more;
    return grown;
}

bool fm_summary_add(fm_summary *summary, const char *op, fm_dtype dtype, const char *name_space,
                    const fm_counters *counters) {
    fm_summary_entry *entries =
        fm_summary_grow(summary->entries, summary->count, &summary->capacity, sizeof *entries);
    if (!entries) return false;
    summary->entries = entries;
    fm_summary_entry entry = {fm_summary_keep(summary, op), NULL, dtype, *counters};
    entry.name_space = *name_space ? fm_summary_keep(summary, name_space) : "";
    if (!entry.op || !entry.name_space) return false;
    summary->entries[summary->count++] = entry;
    return true;
}

fm_status fm_summary_finish(fm_summary *summary, fm_times times) {
    fm_summary_totals *t = &summary->totals;
    uint64_t timed = 0;
    for (size_t i = 0; i < summary->count; ++i) {
        t->calls = fm_saturating_add(t->calls, summary->entries[i].counters.calls);
        timed = fm_saturating_add(timed, summary->entries[i].counters.timed);
    }
    t->untimed_calls = t->calls > timed ? t->calls - timed : 0;
    t->wall_ns = times.wall;
    t->backend_ns = times.backend;
    t->overhead_ns = times.overhead;
    t->residual_ns = times.wall - times.backend - times.overhead;
    summary->has_times = t->calls == 0 || times.backend != 0 || times.overhead != 0;
    return fm_summary_make_groups(summary);
}

static const char *timing_text(fm_timing timing) {
    switch (timing) {
    case FM_TIMING_OFF:
        return "off";
    case FM_TIMING_STEP:
        return "per step";
    case FM_TIMING_DEFAULT:
    case FM_TIMING_OP:
        return "per op";
    case FM_TIMING_ACTIVITY:
        return "per kernel";
    case FM_TIMING_COUNTERS:
        return "per kernel, with hardware counters";
    }
    return NULL;
}

static fm_status fill_totals(fm_summary *summary, fm_context *ctx, const fm_window *window) {
    fm_summary_totals *t = &summary->totals;
    const fm_meter *meter = fm_context_meter(ctx);
    const fm_budget *budget = window->budget;
    const char *name = budget->name ? budget->name : meter->name;
    if (name && !(t->name = fm_summary_keep(summary, name))) return FM_ERR_MEMORY;
    t->cost_model = atomic_load(&window->cost_model);
    memcpy(t->device, window->device, sizeof t->device);
    t->limit = budget->limit;
    t->used = fm_budget_used(budget);
    t->remaining = t->used < t->limit ? t->limit - t->used : 0;
    fm_context_memory(ctx, &t->device_memory, &t->host_memory);
    summary->has_memory = true;
    summary->timing = timing_text(meter->timing);
    return FM_OK;
}

static fm_status fill_from_window(fm_summary *summary, fm_context *ctx) {
    const fm_window *window = fm_context_meter(ctx)->window;
    FM_TRY(fill_totals(summary, ctx, window));
    fm_window_reading reading;
    fm_window_read(window, &reading);
    fm_window_since(&reading, &window->own_base);
    summary->totals.refused = reading.refused;
    summary->lost = reading.lost;
    const fm_ledger_row *row = fm_ledger_first(&window->ledger);
    for (; row; row = fm_ledger_next(row)) {
        fm_counters counters;
        if (fm_ledger_row_read(row, &counters) &&
            !fm_summary_add(summary, row->op, row->dtype, row->name_space, &counters))
            return FM_ERR_MEMORY;
    }
    FM_TRY(fm_summary_fill_device(summary, fm_context_meter(ctx)));
    return fm_summary_finish(summary, fm_window_times(&reading, window->asynchronous));
}

/* Hands the summary over, or frees it when it could not be filled. */
static fm_status deliver(fm_summary *summary, fm_status status, fm_summary **out, fm_error *error) {
    if (status != FM_OK) {
        fm_summary_release(summary);
        return fm_fail(error, status, "summary: out of memory");
    }
    *out = summary;
    return FM_OK;
}

fm_status fm_summary_of_context(fm_context *ctx, fm_summary **out) {
    fm_error *error = fm_context_error_slot(ctx);
    FM_CHECK(out, error, FM_ERR_ARGUMENT, "summary: the place for it is NULL");
    *out = NULL;
    if (fm_meter_outstanding(fm_context_meter(ctx))) FM_TRY(fm_synchronize(ctx));
    fm_summary *summary = fm_summary_new();
    return deliver(summary, summary ? fill_from_window(summary, ctx) : FM_ERR_MEMORY, out, error);
}

static bool visit(void *user, const fm_ledger_row *row, const fm_counters *counters) {
    return fm_summary_add(user, row->op, row->dtype, row->name_space, counters);
}

static fm_status fill_from_record(fm_summary *summary) {
    fm_record_totals record;
    if (!fm_record_read(&record, visit, summary)) return FM_ERR_MEMORY;
    fm_summary_totals *t = &summary->totals;
    t->cost_model = record.cost_model;
    memcpy(t->device, record.device, sizeof t->device);
    t->limit = record.limit;
    t->used = record.used;
    t->remaining = t->used < t->limit ? t->limit - t->used : 0;
    t->refused = record.refused;
    summary->lost = record.lost;
    return fm_summary_finish(summary, record.times);
}

fm_status fm_summary_of_process(fm_summary **out, fm_error *error) {
    FM_CHECK(out, error, FM_ERR_ARGUMENT, "summary: the place for it is NULL");
    *out = NULL;
    fm_summary *summary = fm_summary_new();
    return deliver(summary, summary ? fill_from_record(summary) : FM_ERR_MEMORY, out, error);
}

const fm_summary_totals *fm_summary_totals_of(const fm_summary *summary) {
    return &summary->totals;
}

size_t fm_summary_row_count(const fm_summary *summary) {
    return summary->groups[FM_BY_ALL].count;
}

const fm_op_row *fm_summary_row(const fm_summary *summary, size_t index) {
    const fm_summary_rows *all = &summary->groups[FM_BY_ALL];
    return index < all->count ? &all->rows[index] : NULL;
}
