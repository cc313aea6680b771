/* The whole report as text: the tables of operations, roofline and kernels, coverage, gaps. */
#include <stdio.h>
#include <string.h>

#include "core/detail.h"
#include "meter/flops.h"
#include "report/render.h"
#include "report/words.h"

typedef struct style {
    const char *bold, *alarm, *plain;
} style;

static const style colors = {"\033[1m", "\033[33m", "\033[0m"}, none = {"", "", ""};

enum { OP_TEXT = 160, KERNELS_SHOWN = 50, UNCOVERED_SHOWN = 5 };

static void put_title(fm_writer *out, const style *s, const char *text) {
    fm_text_put(out, "\n%s%s%s\n", s->bold, text, s->plain);
}

static void put_facts(fm_writer *out, const fm_summary *summary) {
    fm_text_put(out, "FMA         a multiply-accumulate is two FLOPs\n");
    if (*summary->device_name)
        fm_text_put(out, "hardware    %s%s%s\n", summary->device_name,
                    *summary->device_detail ? "; " : "", summary->device_detail);
    fm_text_put(out, "clock       ");
    fm_put_clock_words(out, &summary->peaks);
    fm_text_put(out, "\n");
    fm_put_peaks_words(out, &summary->peaks, "peak        ");
    fm_text_put(out, "tier        ");
    fm_put_tier_words(out, summary);
    fm_text_put(out, "\n\n");
}

static const char *op_label(const fm_op_row *row, char buffer[OP_TEXT]) {
    snprintf(buffer, OP_TEXT, "%s%s%s", row->name_space, *row->name_space ? ": " : "", row->op);
    return buffer;
}

static int label_width(const fm_summary_rows *rows) {
    char label[OP_TEXT];
    size_t width = strlen("operation");
    for (size_t i = 0; i < rows->count; ++i) {
        size_t length = strlen(op_label(&rows->rows[i], label));
        if (length > width) width = length;
    }
    return (int)width;
}

static void put_roof_head(fm_writer *out, int width, const fm_report_options *options,
                          bool hardware) {
    fm_text_put(
        out, "%-*s  %-13s  %8s  %12s  %12s  %10s  %12s  %9s  %9s  %-7s  %11s  %11s  %9s  %6s  %6s",
        width, "operation", "compute", "calls", "model FLOP", "executed", "TFLOP/s", "least bytes",
        "GB/s", "FLOP/B", "bound", "time", "expected", "over", "% roof", "% peak");
    if (options->macs) fm_text_put(out, "  %12s", "MAC");
    if (hardware) fm_text_put(out, "  %12s  %8s", "hardware", "hw/exec");
    fm_text_put(out, "\n");
}

static void put_roof_row(fm_writer *out, int width, const fm_summary *summary, const fm_op_row *row,
                         const fm_report_options *options, bool hardware) {
    fm_analysis a;
    char label[OP_TEXT], compute[32], flops[FM_TIME_TEXT], executed[FM_TIME_TEXT],
        rate[FM_TIME_TEXT], bytes[FM_TIME_TEXT], band[FM_TIME_TEXT], intensity[FM_TIME_TEXT],
        time[FM_TIME_TEXT], expected[FM_TIME_TEXT], ratio[FM_TIME_TEXT], roof[FM_TIME_TEXT],
        peak[FM_TIME_TEXT];
    fm_analyse(summary, row, &a);
    fm_text_put(
        out,
        "%-*s  %-13s  %8llu  %12s  %12s  %10s  %12s  %9s  %9s  %-7s  %11s  %11s  %9s  %6s  %6s",
        width, op_label(row, label), fm_compute_text(summary, row, compute, sizeof compute),
        (unsigned long long)row->calls, fm_scaled_format((double)row->flops, flops),
        fm_scaled_format((double)row->executed, executed),
        fm_real_format(a.rate < 0 ? -1 : a.rate * 1e-12, 5, rate),
        fm_bytes_format(row->bytes, bytes),
        fm_real_format(a.bandwidth < 0 ? -1 : a.bandwidth * 1e-9, 3, band),
        fm_real_format(a.intensity, 3, intensity), fm_bound_name(a.bound),
        row->timed ? fm_time_format(row->ns_total, time) : "n/a",
        a.expected_ns < 0 ? "n/a" : fm_time_format((uint64_t)a.expected_ns, expected),
        fm_real_format(a.ratio, 2, ratio), fm_share_format(a.roof_share, roof),
        fm_share_format(a.peak_share, peak));
    if (options->macs) fm_text_put(out, "  %12s", fm_scaled_format((double)row->macs, flops));
    if (hardware)
        fm_text_put(out, "  %12s  %8s", fm_scaled_format(a.hardware_flops, flops),
                    fm_real_format(a.hardware_ratio, 3, rate));
    fm_text_put(out, "\n");
}

static void put_roofline(fm_writer *out, const fm_summary *summary, fm_group_by by,
                         const fm_report_options *options, const style *s) {
    const fm_summary_rows *rows = &summary->groups[by];
    int width = label_width(rows);
    if (rows->count == 0) return;
    put_title(out, s, "Against the roofline");
    bool hardware = summary->tier.tier == FM_TIER_COUNTERS;
    put_roof_head(out, width, options, hardware);
    for (size_t i = 0; i < rows->count; ++i)
        put_roof_row(out, width, summary, &rows->rows[i], options, hardware);
}

/* What was captured and what replays ran, where there were graphs. */
static void put_graphs(fm_writer *out, const fm_summary *summary, fm_group_by by, const style *s) {
    const fm_summary_rows *rows = &summary->groups[by];
    int width = label_width(rows);
    if (summary->totals.captured == 0 && summary->totals.replayed == 0) return;
    put_title(out, s, "Graphs");
    fm_text_put(out, "%-*s  %-13s  %9s  %12s  %9s  %12s  %9s\n", width, "operation", "compute",
                "captured", "FLOP", "replayed", "FLOP", "of calls");
    for (size_t i = 0; i < rows->count; ++i) {
        const fm_op_row *row = &rows->rows[i];
        char label[OP_TEXT], compute[32], captured[FM_TIME_TEXT], replayed[FM_TIME_TEXT];
        if (row->captured == 0 && row->replayed == 0) continue;
        fm_text_put(out, "%-*s  %-13s  %9llu  %12s  %9llu  %12s  %9llu\n", width,
                    op_label(row, label), fm_compute_text(summary, row, compute, sizeof compute),
                    (unsigned long long)row->captured,
                    fm_scaled_format((double)row->captured_flops, captured),
                    (unsigned long long)row->replayed,
                    fm_scaled_format((double)row->replayed_flops, replayed),
                    (unsigned long long)row->calls);
    }
}

/* A profile's sizes, and which of them wait for launches. */
static void put_sizes(fm_writer *out, const fm_summary *summary, const style *s) {
    if (summary->sweep_count == 0) return;
    put_title(out, s, "Sizes");
    fm_text_put(out, "%-16s  %10s  %10s  %12s  %11s  %10s  %8s  %9s  %s\n", "profile", "multiplier",
                "size", "model FLOP", "time", "TFLOP/s", "launches", "launching", "bound");
    for (size_t i = 0; i < summary->sweep_count; ++i) {
        const fm_sweep_row *row = &summary->sweep[i];
        double share = fm_launch_share(summary, row);
        bool timed = row->seconds > 0;
        char flops[FM_TIME_TEXT], time[FM_TIME_TEXT], rate[FM_TIME_TEXT], launching[FM_TIME_TEXT];
        fm_text_put(out, "%-16s  %10.2f  %10lld  %12s  %11s  %10s  %8llu  %9s  %s\n", row->profile,
                    row->multiplier, (long long)row->size,
                    fm_scaled_format((double)row->flops, flops),
                    timed ? fm_time_format((uint64_t)(row->seconds * 1e9), time) : "n/a",
                    fm_real_format(timed ? (double)row->flops / row->seconds * 1e-12 : -1, 5, rate),
                    (unsigned long long)row->launches, fm_share_format(share, launching),
                    fm_size_bound(share));
    }
}

static void put_uncovered(fm_writer *out, const fm_summary *summary) {
    char text[FM_TIME_TEXT];
    int shown = 0;
    for (size_t i = 0; i < summary->kernel_count && shown < UNCOVERED_SHOWN; ++i) {
        const fm_kernel_entry *kernel = &summary->kernels[i];
        if (*kernel->op || fm_kernel_is_copy(kernel)) continue;
        fm_text_put(out, "  no formula   %11s  %s\n",
                    fm_time_format(kernel->counters.ns_total, text), kernel->name);
        ++shown;
    }
}

static void put_coverage(fm_writer *out, const fm_summary *summary, const style *s) {
    double share;
    if (!fm_report_coverage(summary, &share)) {
        fm_text_put(out, "\ncoverage     n/a: no kernel was timed\n");
        return;
    }
    fm_text_put(out, "\n%scoverage     %.3f%% of the device's kernel time has a formula%s\n",
                share < 1 ? s->alarm : "", 100 * share, share < 1 ? s->plain : "");
    put_uncovered(out, summary);
}

static const char *kernel_op(const fm_kernel_entry *kernel, char buffer[OP_TEXT]) {
    bool typed = kernel->dtype != FM_DTYPE_NONE;
    if (!*kernel->op) return fm_kernel_is_copy(kernel) ? "(copy)" : "(no formula)";
    snprintf(buffer, OP_TEXT, "%s%s%s", kernel->op, typed ? " " : "",
             typed ? fm_dtype_name(kernel->dtype) : "");
    return buffer;
}

static void put_kernels(fm_writer *out, const fm_summary *summary, const style *s) {
    uint64_t all = 0;
    if (summary->kernel_count == 0) return;
    for (size_t i = 0; i < summary->kernel_count; ++i)
        all = fm_saturating_add(all, summary->kernels[i].counters.ns_total);
    put_title(out, s, "Kernels");
    fm_text_put(out, "%7s  %11s  %9s  %11s  %11s  %11s  %-36s  %s\n", "time", "total", "calls",
                "average", "minimum", "maximum", "name", "operation");
    for (size_t i = 0; i < summary->kernel_count && i < KERNELS_SHOWN; ++i) {
        const fm_kernel_entry *kernel = &summary->kernels[i];
        const fm_counters *c = &kernel->counters;
        char op[OP_TEXT], t[4][FM_TIME_TEXT];
        if (c->timed == 0) continue;
        fm_text_put(out, "%6.2f%%  %11s  %9llu  %11s  %11s  %11s  %-36s  %s\n",
                    fm_percent(c->ns_total, all), fm_time_format(c->ns_total, t[0]),
                    (unsigned long long)c->calls, fm_time_format(c->ns_total / c->timed, t[1]),
                    fm_time_format(c->ns_min, t[2]), fm_time_format(c->ns_max, t[3]), kernel->name,
                    kernel_op(kernel, op));
    }
    if (summary->kernel_count > KERNELS_SHOWN)
        fm_text_put(out, "and %zu more\n", summary->kernel_count - KERNELS_SHOWN);
}

static void put_gaps(fm_writer *out, const fm_summary *summary, const style *s) {
    fm_gap gaps[FM_GAPS];
    size_t count = fm_find_gaps(summary, gaps);
    if (count == 0) return;
    put_title(out, s, "Largest gaps between measured and expected time");
    for (size_t i = 0; i < count; ++i) {
        char measured[FM_TIME_TEXT], expected[FM_TIME_TEXT], compute[32];
        const fm_gap *gap = &gaps[i];
        fm_text_put(out, "%zu. %s %s: %s measured, %s expected, %.1f times as long; %s\n", i + 1,
                    gap->row->op, fm_compute_text(summary, gap->row, compute, sizeof compute),
                    fm_time_format(gap->row->ns_total, measured),
                    fm_time_format((uint64_t)gap->analysis.expected_ns, expected),
                    gap->analysis.ratio, fm_reason_text(gap->analysis.reason));
    }
}

void fm_render_report(fm_writer *out, const fm_summary *summary, const fm_report_options *options,
                      bool namespaces) {
    const style *s = options->color ? &colors : &none;
    fm_group_by by = namespaces ? FM_BY_ALL : FM_BY_OP_DTYPE;
    fm_put_heading(out, summary);
    put_facts(out, summary);
    if (namespaces)
        fm_put_namespaces(out, summary);
    else
        fm_put_operations(out, summary);
    put_roofline(out, summary, by, options, s);
    put_graphs(out, summary, by, s);
    put_sizes(out, summary, s);
    fm_put_totals(out, summary);
    put_coverage(out, summary, s);
    put_kernels(out, summary, s);
    put_gaps(out, summary, s);
}
