/* What a meter watches beside counting: a collector's records, and a timeline. */
#include "core/alloc.h"
#include "meter/meter.h"

bool fm_meter_collect(fm_meter *meter, int units) {
    if (!meter->activity) meter->activity = fm_alloc(sizeof *meter->activity);
    if (!meter->activity) return false;
    meter->activity->units = units;
    fm_activity_begin(meter->activity, &meter->window->ledger);
    return true;
}

void fm_meter_collect_end(fm_meter *meter) {
    fm_free_block(meter->activity);
    meter->activity = NULL;
}

void fm_meter_keep_timeline(fm_meter *meter, fm_timeline *timeline) {
    fm_timeline_free(meter->timeline);
    meter->timeline = timeline;
    fm_meter_refresh(meter);
}

static void show_activity(fm_timeline *timeline, const fm_activity *record) {
    bool copy = record->kind == FM_ACTIVITY_MEMCPY;
    fm_timeline_event event = {.start = record->start,
                               .ns = record->end - record->start,
                               .flops = record->bytes,
                               .call = (uint32_t)record->correlation,
                               .stream = (uint16_t)record->stream,
                               .kind = copy ? FM_TIMELINE_COPY : FM_TIMELINE_KERNEL};
    fm_timeline_add(timeline, &event, record->name ? record->name : "(unnamed)", NULL);
}

void fm_meter_take_activity(void *user, const fm_activity *record) {
    fm_meter *meter = user;
    if (!meter->activity) return;
    fm_activity_add(meter->activity, record);
    if (meter->slow & FM_METER_TIMELINE && record->kind < FM_ACTIVITY_COUNTERS &&
        record->end >= record->start)
        show_activity(meter->timeline, record);
}

void fm_meter_collected(fm_meter *meter, bool all) {
    if (!meter->activity) return;
    if (all) fm_activity_flush(meter->activity);
    fm_live_add(&meter->window->backend_ns, fm_activity_take_busy(meter->activity));
}

void fm_meter_timeline_call(fm_meter *meter, const fm_ledger_row *row, const fm_call_record *call) {
    uint64_t now = fm_ticks(), start = call->start ? call->start : now;
    const fm_budget *budget = meter->window->budget;
    uint64_t used = fm_budget_used(budget);
    fm_timeline_event event = {
        .start = fm_timeline_time(meter->timeline, start),
        .ns = call->ns != FM_UNTIMED ? call->ns : fm_ticks_to_ns(fm_ticks_between(start, now)),
        .flops = call->flops,
        .used = used,
        .call = (uint32_t)call->correlation,
        .kind = FM_TIMELINE_OP,
        .dtype = (uint8_t)row->dtype,
    };
    fm_timeline_add(meter->timeline, &event, row->op, row->name_space);
    if (call->kernel && call->ns != FM_UNTIMED) {
        event.kind = FM_TIMELINE_KERNEL;
        fm_timeline_add(meter->timeline, &event, call->kernel->op, NULL);
    }
    fm_timeline_budget(meter->timeline, now, used, budget->limit);
}

void fm_meter_timeline_replay(fm_meter *meter, uint64_t flops, uint64_t start) {
    uint64_t now = fm_ticks(), used = fm_budget_used(meter->window->budget);
    if (start == 0) start = now;
    fm_timeline_event event = {.start = fm_timeline_time(meter->timeline, start),
                               .ns = fm_ticks_to_ns(fm_ticks_between(start, now)),
                               .flops = flops,
                               .used = used,
                               .kind = FM_TIMELINE_OP,
                               .dtype = FM_DTYPE_NONE};
    fm_timeline_add(meter->timeline, &event, "graph", fm_meter_namespace(meter));
    fm_timeline_budget(meter->timeline, now, used, meter->window->budget->limit);
}
