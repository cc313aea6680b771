/* What a capture collected, and its replays. */
#include "meter/captured.h"

#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"

enum { FIRST_ROWS = 32 };

void fm_captured_close(fm_captured *captured) {
    fm_free_block(captured->rows);
    fm_free_block(captured->texts);
    memset(captured, 0, sizeof *captured);
}

fm_status fm_captured_prepare(fm_captured *captured, size_t more, fm_error *error) {
    size_t capacity = captured->capacity ? captured->capacity : FIRST_ROWS;
    if (captured->count + more <= captured->capacity) return FM_OK;
    while (capacity < captured->count + more) capacity *= 2;
    fm_captured_row *rows =
        fm_realloc(captured->rows, captured->capacity * sizeof *rows, capacity * sizeof *rows);
    FM_CHECK(rows, error, FM_ERR_MEMORY, "capture: out of memory for %zu rows", capacity);
    captured->rows = rows;
    captured->capacity = capacity;
    return FM_OK;
}

static fm_captured_row *find(fm_captured *captured, const fm_ledger_row *row) {
    for (size_t i = captured->count; i-- > 0;)
        if (captured->rows[i].row == row) return &captured->rows[i];
    return NULL;
}

void fm_meter_record_captured(fm_meter *meter, fm_ledger_row *row, const fm_call_record *call) {
    fm_captured *captured = meter->capture;
    fm_captured_row *into = find(captured, row);
    if (!into) {
        into = &captured->rows[captured->count++];
        *into = (fm_captured_row){.row = row,
                                  .serial = meter->window->ledger.serial,
                                  .number = row->number,
                                  .op = row->op,
                                  .name_space = row->name_space,
                                  .dtype = row->dtype};
    }
    ++into->calls;
    into->flops = fm_saturating_add(into->flops, call->flops);
    into->macs = fm_saturating_add(into->macs, call->macs);
    into->bytes = fm_saturating_add(into->bytes, call->bytes);
    into->executed = fm_saturating_add(into->executed, call->executed);
    ++captured->calls;
    captured->flops = fm_saturating_add(captured->flops, call->flops);
    fm_live_add(&row->live.captured, 1);
    fm_live_add(&row->live.captured_flops, call->flops);
}

fm_status fm_captured_seal(fm_captured *captured, fm_error *error) {
    size_t size = 1;
    FM_CHECK(captured->flops != UINT64_MAX, error, FM_ERR_OVERFLOW,
             "capture: what it came to is past 64 bits");
    for (size_t i = 0; i < captured->count; ++i)
        size += strlen(captured->rows[i].op) + strlen(captured->rows[i].name_space) + 2;
    char *text = captured->texts = fm_alloc(size);
    FM_CHECK(text, error, FM_ERR_MEMORY, "capture: out of memory for %zu names", captured->count);
    for (size_t i = 0; i < captured->count; ++i) {
        fm_captured_row *row = &captured->rows[i];
        const char **names[] = {&row->op, &row->name_space};
        for (size_t j = 0; j < 2; ++j) {
            size_t length = strlen(*names[j]) + 1;
            memcpy(text, *names[j], length);
            *names[j] = text;
            text += length;
        }
    }
    return FM_OK;
}

fm_status fm_meter_capture(fm_meter *meter, fm_captured *captured, fm_error *error) {
    FM_CHECK(!meter->capture, error, FM_ERR_STATE, "capture: one is open already in this context");
    FM_TRY(fm_charges_check(&meter->charges, NULL, "capture", error));
    memset(captured, 0, sizeof *captured);
    captured->multiplier = fm_meter_multiplier(meter);
    if (meter->activity) captured->first_call = meter->activity->next_call;
    meter->capture = captured;
    meter->capture_depth = meter->window->scopes.depth;
    fm_meter_refresh(meter);
    return FM_OK;
}

fm_status fm_meter_capture_check(const fm_meter *meter, fm_error *error) {
    FM_CHECK(meter->capture, error, FM_ERR_STATE, "capture: none is open in this context");
    FM_TRY(fm_charges_check(&meter->charges, NULL, "capture", error));
    uint32_t depth = meter->window->scopes.depth;
    FM_CHECK(depth == meter->capture_depth, error, FM_ERR_STATE,
             "capture: %u namespaces are open, but %u were when it began", depth,
             meter->capture_depth);
    return FM_OK;
}

void fm_meter_capture_leave(fm_meter *meter) {
    fm_captured *captured = meter->capture;
    if (captured && meter->activity)
        captured->calls_numbered = (meter->activity->next_call - captured->first_call) &
                                   ((1u << FM_CORRELATION_CALL_BITS) - 1);
    meter->capture = NULL;
    fm_meter_refresh(meter);
}

/* The name of a full text, segment by segment, in the window's own table. */
static fm_status intern(fm_names *names, const char *text, const fm_name **out, fm_error *error) {
    const fm_name *name = NULL;
    char segment[256];
    while (*text) {
        size_t length = strcspn(text, ".");
        FM_CHECK(length < sizeof segment, error, FM_ERR_ARGUMENT,
                 "replay: a namespace of %zu characters is longer than %zu", length,
                 sizeof segment - 1);
        memcpy(segment, text, length);
        segment[length] = '\0';
        FM_TRY(fm_names_get(names, name, segment, &name, error));
        text += length + (text[length] == '.');
    }
    *out = name;
    return FM_OK;
}

/* Where the rows count under the present window; another one has rows of its own. */
static fm_status find_rows(fm_meter *meter, fm_captured *captured, fm_error *error) {
    fm_ledger *ledger = &meter->window->ledger;
    for (size_t i = 0; i < captured->count; ++i) {
        fm_captured_row *row = &captured->rows[i];
        const fm_name *name;
        if (row->serial == ledger->serial) continue;
        FM_TRY(intern(&ledger->names, row->name_space, &name, error));
        row->row = fm_ledger_row_of(ledger, row->op, row->dtype, name);
        FM_CHECK(row->row, error, FM_ERR_MEMORY, "replay: out of memory for its rows");
        row->serial = ledger->serial;
    }
    return FM_OK;
}

fm_status fm_meter_replay(fm_meter *meter, fm_captured *captured, const char *op, fm_error *error) {
    double multiplier = fm_meter_multiplier(meter);
    FM_CHECK(!meter->capture, error, FM_ERR_STATE, "%s: a capture is open in this context", op);
    FM_CHECK(multiplier == captured->multiplier, error, FM_ERR_STATE,
             "%s: it was captured under a budget with multiplier %g, but the present one has %g",
             op, captured->multiplier, multiplier);
    FM_TRY(find_rows(meter, captured, error));
    if (meter->activity) fm_activity_replays(meter->activity, captured);
    return fm_meter_charge(meter, op, captured->flops, error);
}

void fm_meter_replayed(fm_meter *meter, const fm_captured *captured, uint64_t start) {
    for (size_t i = 0; i < captured->count; ++i) {
        const fm_captured_row *from = &captured->rows[i];
        fm_live_counters *live = &from->row->live;
        fm_live_add(&live->calls, from->calls);
        fm_live_add(&live->flops, from->flops);
        fm_live_add(&live->macs, from->macs);
        fm_live_add(&live->bytes, from->bytes);
        fm_live_add(&live->executed, from->executed);
        fm_live_add(&live->replayed, from->calls);
        fm_live_add(&live->replayed_flops, from->flops);
        fm_call_record record = {.flops = from->flops, .ns = FM_UNTIMED};
        if (meter->slow & (FM_METER_LOG | FM_METER_CALLBACK))
            fm_meter_tell(meter, from->row, &record);
    }
    ++meter->launched;
    if (meter->slow & FM_METER_TIMELINE) fm_meter_timeline_replay(meter, captured->flops, start);
}

fm_ledger_row *fm_captured_row_in(const fm_meter *meter, const fm_captured *captured,
                                  const char *module) {
    for (size_t i = 0; i < captured->count; ++i) {
        const fm_captured_row *row = &captured->rows[i];
        if (row->serial == meter->window->ledger.serial &&
            !strncmp(row->op, module, strlen(module)))
            return row->row;
    }
    return NULL;
}
