/* A run as Prometheus's text exposition format, for a node exporter's textfile collector. */
#include <string.h>

#include "report/render.h"
#include "report/words.h"

/* A label's value: backslash, quote and line feed are escaped. */
static void put_label(fm_writer *out, const char *name, const char *text, bool first) {
    fm_text_put(out, "%s%s=\"", first ? "{" : ",", name);
    for (const char *c = text; *c; ++c) {
        if (*c == '\n')
            fm_text_put(out, "\\n");
        else
            fm_text_put(out, *c == '\\' || *c == '"' ? "\\%c" : "%c", *c);
    }
    fm_text_put(out, "\"");
}

static void put_head(fm_writer *out, const char *name, const char *type, const char *help) {
    fm_text_put(out, "# HELP flopmeter_%s %s\n# TYPE flopmeter_%s %s\n", name, help, name, type);
}

static void put_labels(fm_writer *out, const fm_op_row *row) {
    put_label(out, "op", row->op, true);
    put_label(out, "dtype", fm_dtype_name(row->dtype), false);
    put_label(out, "namespace", row->name_space, false);
    fm_text_put(out, "}");
}

static void put_counter(fm_writer *out, const fm_summary *summary, const char *name,
                        const char *help, size_t offset) {
    const fm_summary_rows *rows = &summary->groups[FM_BY_ALL];
    put_head(out, name, "counter", help);
    for (size_t i = 0; i < rows->count; ++i) {
        uint64_t value;
        fm_text_put(out, "flopmeter_%s", name);
        put_labels(out, &rows->rows[i]);
        memcpy(&value, (const char *)&rows->rows[i] + offset, sizeof value);
        fm_text_put(out, " %llu\n", (unsigned long long)value);
    }
}

static void put_seconds(fm_writer *out, const fm_summary *summary) {
    const fm_summary_rows *rows = &summary->groups[FM_BY_ALL];
    put_head(out, "op_seconds_total", "counter", "Measured time of the operation's calls.");
    for (size_t i = 0; i < rows->count; ++i) {
        if (rows->rows[i].timed == 0) continue;
        fm_text_put(out, "flopmeter_op_seconds_total");
        put_labels(out, &rows->rows[i]);
        fm_text_put(out, " %.9f\n", (double)rows->rows[i].ns_total * 1e-9);
    }
}

static void put_gauge(fm_writer *out, const char *name, const char *help, double value) {
    put_head(out, name, "gauge", help);
    fm_text_put(out, "flopmeter_%s %.17g\n", name, value);
}

static void put_info(fm_writer *out, const fm_summary *summary) {
    put_head(out, "run_info", "gauge", "What was run, as labels.");
    fm_text_put(out, "flopmeter_run_info");
    put_label(out, "name", summary->totals.name ? summary->totals.name : "", true);
    put_label(out, "cost_model", summary->totals.cost_model ? summary->totals.cost_model : "",
              false);
    put_label(out, "device", summary->totals.device, false);
    put_label(out, "device_name", summary->device_name, false);
    put_label(out, "tier", fm_tier_key(summary->tier.tier), false);
    fm_text_put(out, "} 1\n");
}

void fm_render_prometheus(fm_writer *out, const fm_summary *summary) {
    const fm_summary_totals *t = &summary->totals;
    double share;
    put_info(out, summary);
    put_counter(out, summary, "op_calls_total", "Calls of the operation.",
                offsetof(fm_op_row, calls));
    put_counter(out, summary, "op_flops_total", "FLOPs charged to the operation.",
                offsetof(fm_op_row, flops));
    put_counter(out, summary, "op_executed_flops_total", "FLOPs of the operation's method.",
                offsetof(fm_op_row, executed));
    put_counter(out, summary, "op_bytes_total", "Least bytes that the operation moves.",
                offsetof(fm_op_row, bytes));
    put_seconds(out, summary);
    put_gauge(out, "budget_flops_limit", "The budget's limit.", (double)t->limit);
    put_gauge(out, "budget_flops_used", "FLOPs used of the budget.", (double)t->used);
    put_gauge(out, "refused_calls", "Calls that the budget refused.", (double)t->refused);
    put_gauge(out, "wall_seconds", "Wall time under the budget.", (double)t->wall_ns * 1e-9);
    if (summary->has_times)
        put_gauge(out, "backend_seconds", "Time in kernels.", (double)t->backend_ns * 1e-9);
    if (fm_report_coverage(summary, &share))
        put_gauge(out, "coverage_ratio", "Share of kernel time that has a formula.", share);
    put_gauge(out, "dropped_records", "Records that the device lost.",
              (double)summary->tier.dropped);
    if (!summary->has_memory) return;
    put_gauge(out, "device_memory_peak_bytes", "Device memory in use at most.",
              (double)t->device_memory.in_use_peak);
    put_gauge(out, "host_memory_peak_bytes", "Host memory in use at most.",
              (double)t->host_memory.in_use_peak);
}
