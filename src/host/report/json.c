/* Summaries as JSON; the keys are described in docs/report-schema.md. */
#include <string.h>

#include "io/json_out.h"
#include "report/json_parts.h"
#include "report/render.h"

static void put_known(fm_json_writer *json, const char *key, bool known, uint64_t value) {
    fm_json_key(json, key);
    if (known) {
        fm_json_put_uint(json, value);
    } else {
        fm_json_put_null(json);
    }
}

/* Counters of times say nothing in a row without a measured one. */
static bool says_something(const fm_op_row *row, const char *counter) {
    return row->timed != 0 || strncmp(counter, "ns_", 3) != 0;
}

static void put_rate(fm_json_writer *json, const fm_op_row *row) {
    double rate;
    fm_json_key(json, "flops_per_second");
    if (fm_op_row_rate(row, &rate)) {
        fm_json_put_double(json, rate * 1e9);
    } else {
        fm_json_put_null(json);
    }
}

static void put_row(fm_json_writer *json, const fm_summary *summary, const fm_op_row *row,
                    fm_group_by by, uint64_t flops) {
    fm_json_open_object(json);
    if (by != FM_BY_NAMESPACE) fm_json_put_text(json, "op", row->op);
    if (by == FM_BY_ALL || by == FM_BY_OP_DTYPE)
        fm_json_put_text(json, "dtype", fm_dtype_name(row->dtype));
    if (by == FM_BY_ALL || by == FM_BY_NAMESPACE)
        fm_json_put_text(json, "name_space", row->name_space);
#define COUNTER(kind, name, meaning) put_known(json, #name, says_something(row, #name), row->name);
#include "meter/counters.def"
#undef COUNTER
    fm_json_key(json, "share_of_flops");
    fm_json_put_double(json, fm_percent(row->flops, flops) / 100);
    put_rate(json, row);
    if (by == FM_BY_ALL || by == FM_BY_OP_DTYPE) fm_json_put_analysis(json, summary, row);
    fm_json_close_object(json);
}

static void put_rows(fm_json_writer *json, const char *key, const fm_summary *summary,
                     fm_group_by by) {
    const fm_summary_rows *rows = &summary->groups[by];
    uint64_t flops = 0;
    for (size_t i = 0; i < rows->count; ++i) flops = fm_saturating_add(flops, rows->rows[i].flops);
    fm_json_key(json, key);
    fm_json_open_list(json);
    for (size_t i = 0; i < rows->count; ++i) put_row(json, summary, &rows->rows[i], by, flops);
    fm_json_close_list(json);
}

static void put_stats(fm_json_writer *json, const char *key, const fm_memory_stats *stats) {
    fm_json_key(json, key);
    fm_json_open_object(json);
    fm_json_put_count(json, "in_use", stats->in_use);
    fm_json_put_count(json, "in_use_peak", stats->in_use_peak);
    fm_json_put_count(json, "reserved", stats->reserved);
    fm_json_put_count(json, "reserved_peak", stats->reserved_peak);
    fm_json_put_count(json, "system_allocations", stats->system_allocations);
    fm_json_close_object(json);
}

static void put_memory(fm_json_writer *json, const fm_summary *summary) {
    fm_json_key(json, "memory");
    if (!summary->has_memory) {
        fm_json_put_null(json);
        return;
    }
    fm_json_open_object(json);
    put_stats(json, "device", &summary->totals.device_memory);
    put_stats(json, "host", &summary->totals.host_memory);
    fm_json_close_object(json);
}

static void put_totals(fm_json_writer *json, const fm_summary *summary) {
    const fm_summary_totals *t = &summary->totals;
    fm_json_key(json, "budget");
    fm_json_open_object(json);
    fm_json_put_count(json, "limit", t->limit);
    fm_json_put_count(json, "used", t->used);
    fm_json_put_count(json, "remaining", t->remaining);
    fm_json_close_object(json);
    fm_json_put_count(json, "calls", t->calls);
    fm_json_put_count(json, "refused", t->refused);
    fm_json_put_count(json, "untimed_calls", t->untimed_calls);
    fm_json_put_count(json, "lost_times", summary->lost);
    fm_json_key(json, "graphs");
    fm_json_open_object(json);
    fm_json_put_count(json, "captured", t->captured);
    fm_json_put_count(json, "captured_flops", t->captured_flops);
    fm_json_put_count(json, "replayed", t->replayed);
    fm_json_put_count(json, "replayed_flops", t->replayed_flops);
    fm_json_close_object(json);
    fm_json_key(json, "time");
    fm_json_open_object(json);
    fm_json_put_count(json, "wall_ns", t->wall_ns);
    put_known(json, "backend_ns", summary->has_times, t->backend_ns);
    put_known(json, "overhead_ns", summary->has_times, t->overhead_ns);
    put_known(json, "residual_ns", summary->has_times, t->residual_ns);
    fm_json_close_object(json);
    put_memory(json, summary);
}

fm_status fm_render_json(fm_writer *writer, const fm_summary *summary, bool slices) {
    const fm_summary_totals *t = &summary->totals;
    fm_json_writer json;
    fm_json_begin(&json, &writer->io, &writer->buffer, 2);
    fm_json_open_object(&json);
    fm_json_put_count(&json, "version", 2);
    fm_json_put_text(&json, "name", t->name);
    fm_json_put_text(&json, "cost_model", t->cost_model);
    fm_json_put_text(&json, "cost_rule", fm_summary_cost_rule(summary));
    fm_json_put_text(&json, "device", *t->device ? t->device : NULL);
    fm_json_put_text(&json, "timing", summary->timing);
    fm_json_put_device(&json, summary);
    put_totals(&json, summary);
    put_rows(&json, "operations", summary, FM_BY_OP);
    put_rows(&json, "namespaces", summary, FM_BY_NAMESPACE);
    put_rows(&json, "operations_by_dtype", summary, FM_BY_OP_DTYPE);
    put_rows(&json, "rows", summary, FM_BY_ALL);
    fm_json_put_kernels(&json, summary);
    fm_json_put_gaps(&json, summary);
    fm_json_put_series(&json, summary);
    if (slices) fm_json_put_slices(&json, summary);
    fm_json_close_object(&json);
    return fm_json_end(&json);
}
