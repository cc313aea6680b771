/* A run's slices as Chrome's trace events, which Perfetto opens: operations on one track, kernels
   and copies on one a stream beneath, FLOPs and budget as counters. */
#include <stdio.h>

#include "io/json_out.h"
#include "report/json_parts.h"
#include "report/render.h"

enum { TRACK_OPS = 1, TRACK_STREAMS = 100 };

static void put_begin(fm_json_writer *json, const char *phase, const char *name) {
    fm_json_open_object(json);
    fm_json_put_text(json, "ph", phase);
    fm_json_put_text(json, "name", name);
    fm_json_key(json, "pid");
    fm_json_put_int(json, 1);
}

/* Microseconds, as the format counts. */
static void put_time(fm_json_writer *json, const char *key, uint64_t ns) {
    fm_json_key(json, key);
    fm_json_put_double(json, (double)ns / 1000);
}

static void put_track_name(fm_json_writer *json, uint64_t track, const char *name) {
    put_begin(json, "M", "thread_name");
    fm_json_put_count(json, "tid", track);
    fm_json_key(json, "args");
    fm_json_open_object(json);
    fm_json_put_text(json, "name", name);
    fm_json_close_object(json);
    fm_json_close_object(json);
}

static const char *name_of(const fm_summary *summary, uint32_t id) {
    return id < summary->event_name_count ? summary->event_names[id] : "";
}

static uint64_t track_of(const fm_timeline_event *event) {
    return event->kind == FM_TIMELINE_OP ? TRACK_OPS : TRACK_STREAMS + (uint64_t)event->stream;
}

static void put_slice(fm_json_writer *json, const fm_summary *summary,
                      const fm_timeline_event *event) {
    static const char *const categories[] = {"op", "kernel", "copy"};
    uint64_t began = summary->timeline_began;
    put_begin(json, "X", name_of(summary, event->name));
    fm_json_put_text(json, "cat", categories[event->kind]);
    fm_json_put_count(json, "tid", track_of(event));
    put_time(json, "ts", event->start > began ? event->start - began : 0);
    put_time(json, "dur", event->ns);
    fm_json_key(json, "args");
    fm_json_open_object(json);
    if (event->kind == FM_TIMELINE_OP) {
        fm_json_put_text(json, "namespace", name_of(summary, event->name_space));
        fm_json_put_text(json, "dtype", fm_dtype_name((fm_dtype)event->dtype));
    }
    fm_json_put_count(json, event->kind == FM_TIMELINE_COPY ? "bytes" : "flops", event->flops);
    if (event->call) fm_json_put_count(json, "call", event->call);
    fm_json_close_object(json);
    fm_json_close_object(json);
}

static void put_value(fm_json_writer *json, const char *name, uint64_t ns, double value) {
    put_begin(json, "C", name);
    put_time(json, "ts", ns);
    fm_json_key(json, "args");
    fm_json_open_object(json);
    fm_json_key(json, "value");
    fm_json_put_double(json, value);
    fm_json_close_object(json);
    fm_json_close_object(json);
}

/* What is left of the budget, and the rate between two of its points. */
static void put_counters(fm_json_writer *json, const fm_summary *summary) {
    for (size_t i = 0; i < summary->point_count; ++i) {
        const fm_timeline_point *p = &summary->points[i];
        put_value(json, "budget used (FLOPs)", p->ns, (double)p->used);
        put_value(json, "budget remaining (FLOPs)", p->ns,
                  p->used < p->limit ? (double)(p->limit - p->used) : 0.0);
        const fm_timeline_point *q = i ? p - 1 : NULL;
        if (q && p->ns > q->ns && p->used >= q->used)
            put_value(json, "GFLOP/s charged", q->ns,
                      (double)(p->used - q->used) / (double)(p->ns - q->ns));
    }
}

static void put_tracks(fm_json_writer *json, const fm_summary *summary) {
    bool seen[1024] = {false};
    put_begin(json, "M", "process_name");
    fm_json_key(json, "args");
    fm_json_open_object(json);
    fm_json_put_text(json, "name", summary->totals.name ? summary->totals.name : "flopmeter");
    fm_json_close_object(json);
    fm_json_close_object(json);
    put_track_name(json, TRACK_OPS, "operations");
    for (size_t i = 0; i < summary->event_count; ++i) {
        const fm_timeline_event *event = &summary->events[i];
        size_t stream = event->stream % 1024;
        char name[48];
        if (event->kind == FM_TIMELINE_OP || seen[stream]) continue;
        seen[stream] = true;
        snprintf(name, sizeof name, "kernels, stream %u", (unsigned)event->stream);
        put_track_name(json, TRACK_STREAMS + (uint64_t)event->stream, name);
    }
}

fm_status fm_render_trace(fm_writer *out, const fm_summary *summary) {
    fm_json_writer json;
    fm_json_begin(&json, &out->io, &out->buffer, 0);
    fm_json_open_object(&json);
    fm_json_put_text(&json, "displayTimeUnit", "ns");
    fm_json_key(&json, "otherData");
    fm_json_open_object(&json);
    fm_json_put_text(&json, "cost_model", summary->totals.cost_model);
    fm_json_put_text(&json, "device", summary->totals.device);
    fm_json_put_text(&json, "tier", fm_tier_text(summary->tier.tier));
    fm_json_put_count(&json, "slices_left_out", summary->events_dropped);
    fm_json_close_object(&json);
    fm_json_key(&json, "traceEvents");
    fm_json_open_list(&json);
    put_tracks(&json, summary);
    for (size_t i = 0; i < summary->event_count; ++i)
        put_slice(&json, summary, &summary->events[i]);
    put_counters(&json, summary);
    fm_json_close_list(&json);
    fm_json_close_object(&json);
    return fm_json_end(&json);
}
