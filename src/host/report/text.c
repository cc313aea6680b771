/* Summaries as text: the table of operations, the budget, where the time went, memory. */
#include <stdio.h>
#include <string.h>

#include "cost/model.h"
#include "meter/flops.h"
#include "report/render.h"

/* Widths of the columns that depend on what is in them. */
typedef struct widths {
    int name, flops, calls;
} widths;

static int larger(int a, int b) {
    return a > b ? a : b;
}

static const char *calls_text(uint64_t calls, char buffer[FM_TIME_TEXT]) {
    snprintf(buffer, FM_TIME_TEXT, "[%llu call%s]", (unsigned long long)calls,
             calls == 1 ? "" : "s");
    return buffer;
}

static void widen(widths *w, const char *name, int indent, const fm_op_row *row) {
    char flops[FM_FLOPS_TEXT], calls[FM_TIME_TEXT];
    w->name = larger(w->name, (int)strlen(name) + indent);
    w->flops = larger(w->flops, (int)strlen(fm_flops_format(row->flops, flops)));
    w->calls = larger(w->calls, (int)strlen(calls_text(row->calls, calls)));
}

static void put_head(fm_writer *out, const widths *w, const char *first) {
    fm_text_put(out, "%-*s  %*s  %9s  %-*s  %11s  %8s  %11s  %11s  %11s  %9s\n", w->name, first,
                w->flops, "FLOPs", "% FLOPs", w->calls, "calls", "time", "% time", "average",
                "minimum", "maximum", "GFLOP/s");
}

static const char *time_or_none(bool known, uint64_t ns, char buffer[FM_TIME_TEXT]) {
    return known ? fm_time_format(ns, buffer) : "n/a";
}

static void put_row(fm_writer *out, const widths *w, int indent, const char *name,
                    const fm_op_row *row, const fm_op_row *sum) {
    char flops[FM_FLOPS_TEXT], calls[FM_TIME_TEXT], total[FM_TIME_TEXT], average[FM_TIME_TEXT],
        least[FM_TIME_TEXT], most[FM_TIME_TEXT], share[16] = "n/a", speed[32] = "n/a";
    bool timed = row->timed != 0;
    double rate;
    if (timed && sum->ns_total != 0)
        snprintf(share, sizeof share, "(%5.1f%%)", fm_percent(row->ns_total, sum->ns_total));
    if (fm_op_row_rate(row, &rate)) snprintf(speed, sizeof speed, "%.3f", rate);
    fm_text_put(out, "%*s%-*s  %*s  (%6.1f%%)  %-*s  %11s  %8s  %11s  %11s  %11s  %9s\n", indent,
                "", w->name - indent, name, w->flops, fm_flops_format(row->flops, flops),
                fm_percent(row->flops, sum->flops), w->calls, calls_text(row->calls, calls),
                time_or_none(timed, row->ns_total, total), share,
                time_or_none(timed, timed ? row->ns_total / row->timed : 0, average),
                time_or_none(timed, row->ns_min, least), time_or_none(timed, row->ns_max, most),
                speed);
}

/* All rows together, as what shares are shares of. */
static fm_op_row sum_of(const fm_summary_rows *rows) {
    fm_op_row sum = {0};
    for (size_t i = 0; i < rows->count; ++i) {
        sum.flops = fm_saturating_add(sum.flops, rows->rows[i].flops);
        sum.ns_total = fm_saturating_add(sum.ns_total, rows->rows[i].ns_total);
    }
    return sum;
}

const char *fm_summary_cost_rule(const fm_summary *summary) {
    const fm_cost_model *model;
    const char *name = summary->totals.cost_model;
    if (!name || fm_cost_model_find(name, &model, NULL) != FM_OK) return NULL;
    return model->rule;
}

void fm_put_heading(fm_writer *out, const fm_summary *summary) {
    const fm_summary_totals *t = &summary->totals;
    const char *rule = fm_summary_cost_rule(summary);
    fm_text_put(out, "FLOPs counted by flopmeter%s%s\n", t->name ? ": " : "",
                t->name ? t->name : "");
    fm_text_put(out, "cost model  %s%s%s\n", t->cost_model ? t->cost_model : "n/a",
                rule ? ", " : "", rule ? rule : "");
    fm_text_put(out, "device      %s\n", *t->device ? t->device : "n/a");
    fm_text_put(out, "timing      %s\n\n", summary->timing ? summary->timing : "as each context's");
}

static void put_budget(fm_writer *out, const fm_summary_totals *t) {
    char text[FM_FLOPS_TEXT];
    fm_text_put(out, "\nbudget     %26s\n", fm_flops_format(t->limit, text));
    fm_text_put(out, "used       %26s  (%.1f%%)\n", fm_flops_format(t->used, text),
                fm_percent(t->used, t->limit));
    fm_text_put(out, "remaining  %26s  (%.1f%%)\n", fm_flops_format(t->remaining, text),
                fm_percent(t->remaining, t->limit));
    if (t->refused != 0)
        fm_text_put(out, "refused    %26s  calls\n", fm_flops_format(t->refused, text));
    if (t->captured == 0 && t->replayed == 0) return;
    fm_text_put(out, "captured   %26s  in %llu calls, not used\n",
                fm_flops_format(t->captured_flops, text), (unsigned long long)t->captured);
    fm_text_put(out, "replayed   %26s  in %llu calls\n", fm_flops_format(t->replayed_flops, text),
                (unsigned long long)t->replayed);
}

static void put_span(fm_writer *out, const char *name, bool known, uint64_t ns, uint64_t wall) {
    char text[FM_TIME_TEXT];
    if (known) {
        fm_text_put(out, "%-13s%24s  (%.1f%%)\n", name, fm_seconds_format(ns, text),
                    fm_percent(ns, wall));
    } else {
        fm_text_put(out, "%-13s%24s\n", name, "n/a");
    }
}

static void put_times(fm_writer *out, const fm_summary *summary) {
    const fm_summary_totals *t = &summary->totals;
    char text[FM_TIME_TEXT];
    fm_text_put(out, "\n%-13s%24s\n", "wall time", fm_seconds_format(t->wall_ns, text));
    put_span(out, "backend", summary->has_times, t->backend_ns, t->wall_ns);
    put_span(out, "overhead", summary->has_times, t->overhead_ns, t->wall_ns);
    put_span(out, "residual", summary->has_times, t->residual_ns, t->wall_ns);
    if (t->untimed_calls != 0)
        fm_text_put(out, "%-13s%24llu  of %llu calls\n", "untimed",
                    (unsigned long long)t->untimed_calls, (unsigned long long)t->calls);
    if (summary->lost != 0)
        fm_text_put(out, "%-13s%24llu  measured times\n", "lost",
                    (unsigned long long)summary->lost);
}

static void put_memory_line(fm_writer *out, const char *name, const fm_memory_stats *stats) {
    char now[FM_TIME_TEXT], peak[FM_TIME_TEXT], held[FM_TIME_TEXT], most[FM_TIME_TEXT];
    fm_text_put(out, "%-14s  %10s in use, %10s at most; %10s held, %10s at most\n", name,
                fm_bytes_format(stats->in_use, now), fm_bytes_format(stats->in_use_peak, peak),
                fm_bytes_format(stats->reserved, held),
                fm_bytes_format(stats->reserved_peak, most));
}

void fm_put_totals(fm_writer *out, const fm_summary *summary) {
    put_budget(out, &summary->totals);
    put_times(out, summary);
    if (!summary->has_memory) return;
    fm_text_put(out, "\n");
    put_memory_line(out, "device memory", &summary->totals.device_memory);
    put_memory_line(out, "host memory", &summary->totals.host_memory);
}

void fm_put_operations(fm_writer *out, const fm_summary *summary) {
    const fm_summary_rows *ops = &summary->groups[FM_BY_OP];
    if (ops->count == 0) {
        fm_text_put(out, "no operation was counted\n");
    } else {
        widths w = {9, 5, 5};
        fm_op_row sum = sum_of(ops);
        for (size_t i = 0; i < ops->count; ++i) widen(&w, ops->rows[i].op, 0, &ops->rows[i]);
        put_head(out, &w, "operation");
        for (size_t i = 0; i < ops->count; ++i)
            put_row(out, &w, 0, ops->rows[i].op, &ops->rows[i], &sum);
    }
}

void fm_render_operations(fm_writer *out, const fm_summary *summary) {
    fm_put_heading(out, summary);
    fm_put_operations(out, summary);
    fm_put_totals(out, summary);
}

static const char *namespace_text(const fm_op_row *row) {
    return *row->name_space ? row->name_space : "(none)";
}

/* "matmul float32"; the dtype is left out where there is none. */
static const char *op_text(const fm_op_row *row, char *buffer, size_t size) {
    bool typed = row->dtype != FM_DTYPE_NONE;
    snprintf(buffer, size, "%s%s%s", row->op, typed ? " " : "",
             typed ? fm_dtype_name(row->dtype) : "");
    return buffer;
}

enum { INDENT = 2, OP_TEXT = 160 };

static void put_inside(fm_writer *out, const widths *w, const fm_summary_rows *all,
                       const char *name_space, const fm_op_row *sum) {
    char op[OP_TEXT];
    for (size_t i = 0; i < all->count; ++i) {
        const fm_op_row *row = &all->rows[i];
        if (strcmp(row->name_space, name_space) == 0)
            put_row(out, w, INDENT, op_text(row, op, sizeof op), row, sum);
    }
}

void fm_put_namespaces(fm_writer *out, const fm_summary *summary) {
    const fm_summary_rows *spaces = &summary->groups[FM_BY_NAMESPACE];
    const fm_summary_rows *all = &summary->groups[FM_BY_ALL];
    if (spaces->count == 0) {
        fm_text_put(out, "no operation was counted\n");
    } else {
        widths w = {9, 5, 5};
        char op[OP_TEXT];
        fm_op_row sum = sum_of(spaces);
        for (size_t i = 0; i < spaces->count; ++i)
            widen(&w, namespace_text(&spaces->rows[i]), 0, &spaces->rows[i]);
        for (size_t i = 0; i < all->count; ++i)
            widen(&w, op_text(&all->rows[i], op, sizeof op), INDENT, &all->rows[i]);
        put_head(out, &w, "namespace");
        for (size_t i = 0; i < spaces->count; ++i) {
            put_row(out, &w, 0, namespace_text(&spaces->rows[i]), &spaces->rows[i], &sum);
            put_inside(out, &w, all, spaces->rows[i].name_space, &sum);
        }
    }
}

void fm_render_namespaces(fm_writer *out, const fm_summary *summary) {
    fm_put_heading(out, summary);
    fm_put_namespaces(out, summary);
    fm_put_totals(out, summary);
}

fm_status fm_summary_render(const fm_summary *summary, fm_summary_format format, char **text) {
    fm_writer writer;
    fm_writer_init(&writer);
    switch (format) {
    case FM_SUMMARY_TEXT:
        fm_render_operations(&writer, summary);
        break;
    case FM_SUMMARY_NAMESPACES:
        fm_render_namespaces(&writer, summary);
        break;
    case FM_SUMMARY_JSON:
        writer.status = fm_render_json(&writer, summary, true);
        break;
    default:
        writer.status = FM_ERR_ARGUMENT;
    }
    return fm_writer_take(&writer, text);
}
