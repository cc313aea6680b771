/* The page's tables; every number carries its exact value for sorting and for whoever reads it by
   program. */
#include <stdio.h>

#include "core/detail.h"
#include "io/json_out.h"
#include "report/html.h"

static void put_open(fm_writer *out, const char *id, const char *title, const char *const *heads,
                     int texts) {
    fm_text_put(out, "<h2>%s</h2>\n<div class=\"scroll\"><table id=\"%s\"><thead><tr>", title, id);
    for (int i = 0; heads[i]; ++i)
        fm_text_put(out, "<th scope=\"col\"%s>%s</th>", i < texts ? " class=\"text\"" : "",
                    heads[i]);
    fm_text_put(out, "</tr></thead><tbody>\n");
}

static void put_close(fm_writer *out) {
    fm_text_put(out, "</tbody></table></div>\n");
}

static void put_name(fm_writer *out, const char *text) {
    fm_text_put(out, "<td class=\"text name\" title=\"");
    fm_html_put(out, text);
    fm_text_put(out, "\">");
    fm_html_put(out, text);
    fm_text_put(out, "</td>");
}

static void put_count(fm_writer *out, uint64_t value, const char *shown) {
    fm_text_put(out, "<td data-value=\"%llu\">%s</td>", (unsigned long long)value, shown);
}

static void put_plain(fm_writer *out, uint64_t value) {
    fm_text_put(out, "<td data-value=\"%llu\">%llu</td>", (unsigned long long)value,
                (unsigned long long)value);
}

static void put_real(fm_writer *out, double value, const char *shown) {
    char text[FM_JSON_NUMBER];
    fm_text_put(out, "<td data-value=\"%s\">%s</td>",
                value >= 0 ? fm_json_double_text(value, text) : "", shown);
}

static void put_scaled(fm_writer *out, uint64_t value) {
    char text[FM_TIME_TEXT];
    put_count(out, value, fm_scaled_format((double)value, text));
}

static void put_time(fm_writer *out, bool known, uint64_t ns) {
    char text[FM_TIME_TEXT];
    if (known)
        put_count(out, ns, fm_time_format(ns, text));
    else
        fm_text_put(out, "<td data-value=\"\">n/a</td>");
}

static void put_share(fm_writer *out, double share) {
    char text[FM_TIME_TEXT];
    put_real(out, share, fm_share_format(share, text));
}

typedef struct sums {
    uint64_t flops, ns;
} sums;

static sums sums_of(const fm_summary_rows *rows) {
    sums s = {0, 0};
    for (size_t i = 0; i < rows->count; ++i) {
        s.flops = fm_saturating_add(s.flops, rows->rows[i].flops);
        s.ns = fm_saturating_add(s.ns, rows->rows[i].ns_total);
    }
    return s;
}

static double share_of(uint64_t part, uint64_t whole) {
    return whole ? (double)part / (double)whole : -1;
}

/* Calls, FLOPs and times, as operations and namespaces both have them. */
static void put_usual(fm_writer *out, const fm_op_row *row, const sums *s) {
    bool timed = row->timed != 0;
    put_plain(out, row->calls);
    put_scaled(out, row->flops);
    put_scaled(out, row->executed);
    put_scaled(out, row->macs);
    put_share(out, share_of(row->flops, s->flops));
    put_time(out, timed, row->ns_total);
    put_share(out, timed ? share_of(row->ns_total, s->ns) : -1);
    put_time(out, timed, timed ? row->ns_total / row->timed : 0);
    put_time(out, timed, row->ns_min);
    put_time(out, timed, row->ns_max);
}

static void put_analysis(fm_writer *out, const fm_summary *summary, const fm_op_row *row) {
    fm_analysis a;
    char text[FM_TIME_TEXT];
    fm_analyse(summary, row, &a);
    put_real(out, a.rate, fm_real_format(a.rate < 0 ? -1 : a.rate * 1e-12, 5, text));
    put_count(out, row->bytes, fm_bytes_format(row->bytes, text));
    put_real(out, a.bandwidth, fm_real_format(a.bandwidth < 0 ? -1 : a.bandwidth * 1e-9, 3, text));
    put_real(out, a.intensity, fm_real_format(a.intensity, 3, text));
    fm_text_put(out, "<td class=\"text\"><span class=\"tag t-%s\">%s</span></td>",
                a.bound ? fm_bound_name(a.bound) : "none", fm_bound_name(a.bound));
    put_real(out, a.expected_ns,
             a.expected_ns < 0 ? "n/a" : fm_time_format((uint64_t)a.expected_ns, text));
    put_real(out, a.ratio, fm_real_format(a.ratio, 2, text));
    put_share(out, a.roof_share);
    put_share(out, a.peak_share);
    put_real(out, a.hardware_flops, fm_scaled_format(a.hardware_flops, text));
    put_real(out, a.hardware_ratio, fm_real_format(a.hardware_ratio, 3, text));
}

void fm_html_operations(fm_writer *out, const fm_summary *summary) {
    static const char *const heads[] = {"operation",
                                        "compute",
                                        "calls",
                                        "model FLOP",
                                        "executed",
                                        "MAC",
                                        "% FLOP",
                                        "time",
                                        "% time",
                                        "average",
                                        "minimum",
                                        "maximum",
                                        "TFLOP/s",
                                        "least bytes",
                                        "GB/s",
                                        "FLOP/B",
                                        "bound",
                                        "expected",
                                        "measured / expected",
                                        "% roof",
                                        "% peak",
                                        "hardware FLOP",
                                        "hw / executed",
                                        NULL};
    const fm_summary_rows *rows = &summary->groups[FM_BY_OP_DTYPE];
    sums s = sums_of(rows);
    put_open(out, "operations", "Operations", heads, 2);
    for (size_t i = 0; i < rows->count; ++i) {
        const fm_op_row *row = &rows->rows[i];
        char compute[32];
        fm_text_put(out, "<tr>");
        put_name(out, row->op);
        fm_text_put(out, "<td class=\"text\">%s</td>",
                    fm_compute_text(summary, row, compute, sizeof compute));
        put_usual(out, row, &s);
        put_analysis(out, summary, row);
        fm_text_put(out, "</tr>\n");
    }
    put_close(out);
}

void fm_html_namespaces(fm_writer *out, const fm_summary *summary) {
    static const char *const heads[] = {"namespace", "calls",   "model FLOP", "executed",
                                        "MAC",       "% FLOP",  "time",       "% time",
                                        "average",   "minimum", "maximum",    NULL};
    const fm_summary_rows *rows = &summary->groups[FM_BY_NAMESPACE];
    sums s = sums_of(rows);
    if (rows->count < 2) return;
    put_open(out, "namespaces", "Namespaces", heads, 1);
    for (size_t i = 0; i < rows->count; ++i) {
        const fm_op_row *row = &rows->rows[i];
        fm_text_put(out, "<tr>");
        put_name(out, *row->name_space ? row->name_space : "(none)");
        put_usual(out, row, &s);
        fm_text_put(out, "</tr>\n");
    }
    put_close(out);
}

void fm_html_kernels(fm_writer *out, const fm_summary *summary) {
    static const char *const heads[] = {"kernel", "operation", "dtype",   "% time",  "total",
                                        "calls",  "average",   "minimum", "maximum", NULL};
    uint64_t all = 0;
    if (summary->kernel_count == 0) return;
    for (size_t i = 0; i < summary->kernel_count; ++i)
        all = fm_saturating_add(all, summary->kernels[i].counters.ns_total);
    put_open(out, "kernels", "Kernels", heads, 3);
    for (size_t i = 0; i < summary->kernel_count; ++i) {
        const fm_kernel_entry *kernel = &summary->kernels[i];
        const fm_counters *c = &kernel->counters;
        bool timed = c->timed != 0;
        const char *none = fm_kernel_is_copy(kernel) ? "(copy)" : "(no formula)";
        fm_text_put(out, "<tr>");
        put_name(out, kernel->name);
        put_name(out, *kernel->op ? kernel->op : none);
        fm_text_put(out, "<td class=\"text\">%s</td>",
                    kernel->dtype ? fm_dtype_name(kernel->dtype) : "");
        put_share(out, timed ? share_of(c->ns_total, all) : -1);
        put_time(out, timed, c->ns_total);
        put_plain(out, c->calls);
        put_time(out, timed, timed ? c->ns_total / c->timed : 0);
        put_time(out, timed, c->ns_min);
        put_time(out, timed, c->ns_max);
        fm_text_put(out, "</tr>\n");
    }
    put_close(out);
}

void fm_html_gaps(fm_writer *out, const fm_summary *summary) {
    static const char *const heads[] = {"operation", "likely reason",       "measured",
                                        "expected",  "measured / expected", NULL};
    fm_gap gaps[FM_GAPS];
    size_t count = fm_find_gaps(summary, gaps);
    if (count == 0) return;
    put_open(out, "gaps", "Largest gaps between measured and expected time", heads, 2);
    for (size_t i = 0; i < count; ++i) {
        char text[FM_TIME_TEXT], compute[32], name[200];
        snprintf(name, sizeof name, "%.150s %s", gaps[i].row->op,
                 fm_compute_text(summary, gaps[i].row, compute, sizeof compute));
        fm_text_put(out, "<tr>");
        put_name(out, name);
        fm_text_put(out, "<td class=\"text\">");
        fm_html_put(out, fm_reason_text(gaps[i].analysis.reason));
        fm_text_put(out, "</td>");
        put_time(out, true, gaps[i].row->ns_total);
        put_time(out, true, (uint64_t)gaps[i].analysis.expected_ns);
        put_real(out, gaps[i].analysis.ratio, fm_real_format(gaps[i].analysis.ratio, 2, text));
        fm_text_put(out, "</tr>\n");
    }
    put_close(out);
}

void fm_html_sizes(fm_writer *out, const fm_summary *summary) {
    static const char *const heads[] = {"profile",    "bound", "multiplier", "size",
                                        "model FLOP", "time",  "TFLOP/s",    "launches",
                                        "launching",  NULL};
    if (summary->sweep_count == 0) return;
    put_open(out, "sizes", "Sizes", heads, 2);
    for (size_t i = 0; i < summary->sweep_count; ++i) {
        const fm_sweep_row *row = &summary->sweep[i];
        double share = fm_launch_share(summary, row);
        double rate = row->seconds > 0 ? (double)row->flops / row->seconds * 1e-12 : -1;
        char text[FM_TIME_TEXT];
        fm_text_put(out, "<tr>");
        put_name(out, row->profile);
        fm_text_put(out, "<td class=\"text\">%s</td>", fm_size_bound(share));
        put_real(out, row->multiplier, fm_real_format(row->multiplier, 2, text));
        put_plain(out, (uint64_t)row->size);
        put_scaled(out, row->flops);
        put_time(out, row->seconds > 0, (uint64_t)(row->seconds * 1e9));
        put_real(out, rate, fm_real_format(rate, 5, text));
        put_plain(out, row->launches);
        put_share(out, share);
        fm_text_put(out, "</tr>\n");
    }
    put_close(out);
}
