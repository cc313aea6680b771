/* What budget_close answers: the summary as text, the same as numbers, the traffic. */
#include "meter/flops.h"
#include "wire/wire.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text that grows in the request's memory. */
typedef struct text {
    wire_request *r;
    char *at;
    size_t size, room;
} text;

static void add(text *t, const char *format, ...) FM_PRINTF(2, 3);
static void add(text *t, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int wrote = vsnprintf(t->at + t->size, t->room - t->size, format, arguments);
    va_end(arguments);
    size_t left = t->room - t->size;
    t->size += (size_t)wrote < left ? (size_t)wrote : left - 1;
}

/* "1,000,000", or for a budget that came as a float, "1,000,000.0". */
static const char *amount_text(const wire_amount *amount, double value, uint64_t whole,
                               char buffer[64]) {
    char digits[FM_FLOPS_TEXT];
    if (!amount->real) return fm_flops_format(whole, buffer);
    if (!(value >= 0 && value < 1e15)) {
        snprintf(buffer, 64, "%.17g", value);
        return buffer;
    }
    snprintf(buffer, 64, "%s.%.0f", fm_flops_format((uint64_t)value, digits),
             (value - (double)(uint64_t)value) * 10);
    return buffer;
}

static double share(double part, double whole) {
    return whole > 0 ? 100 * part / whole : 0;
}

static double seconds(uint64_t nanoseconds) {
    return (double)nanoseconds * 1e-9;
}

static const char *calls_of(uint64_t calls) {
    return calls == 1 ? "" : "s";
}

/* The most that lines of the summary take: a fixed part, and two a row. */
static bool open_text(wire_request *r, size_t rows, text *t) {
    *t = (text){.r = r, .room = 1024 + rows * 256};
    t->at = wire_get(&r->memory, t->room);
    return t->at || wire_no_memory(r);
}

static void add_times(text *t, const fm_summary_totals *totals, const fm_op_row *rows,
                      size_t count) {
    double wall = seconds(totals->wall_ns);
    add(t, "\n  Total Wall Time:     %.3fs\n", wall);
    add(t, "  Flopscope Backend:   %.3fs  (%.1f%%)\n", seconds(totals->backend_ns),
        share(seconds(totals->backend_ns), wall));
    add(t, "  Flopscope Overhead:  %.3fs  (%.1f%%)\n", seconds(totals->overhead_ns),
        share(seconds(totals->overhead_ns), wall));
    add(t, "  Residual Wall Time:  %.3fs  (%.1f%%)\n", seconds(totals->residual_ns),
        share(seconds(totals->residual_ns), wall));
    add(t, "\n  By operation (time):\n");
    for (size_t i = 0; i < count; i++)
        if (rows[i].timed)
            add(t, "    %-20s %.3fs  (%5.1f%%)  [%llu call%s]\n", rows[i].op,
                seconds(rows[i].ns_total),
                share((double)rows[i].ns_total, (double)totals->backend_ns),
                (unsigned long long)rows[i].calls, calls_of(rows[i].calls));
}

static bool put_text(wire_request *r, const fm_summary_totals *totals, const fm_op_row *rows,
                     size_t count) {
    const wire_session *session = r->session;
    char number[64];
    text t;
    wire_put_text(&r->out, "budget_summary");
    if (count == 0) {
        wire_put_text(&r->out, "No budget data recorded yet.");
        return true;
    }
    if (!open_text(r, count, &t)) return false;
    double used = (double)totals->used, limit = session->amount.value;
    add(&t, "flopscope FLOP Budget Summary\n=============================\n");
    add(&t, "  Total budget:  %22s\n", amount_text(&session->amount, limit, totals->limit, number));
    add(&t, "  Used:          %22s  (%.1f%%)\n", fm_flops_format(totals->used, number),
        share(used, limit));
    add(&t, "  Remaining:     %22s  (%.1f%%)\n\n  By operation:\n",
        amount_text(&session->amount, limit - used, totals->remaining, number),
        share(limit - used, limit));
    for (size_t i = 0; i < count; i++)
        add(&t, "    %-20s %12s  (%5.1f%%)  [%llu call%s]\n", rows[i].op,
            fm_flops_format(rows[i].flops, number), share((double)rows[i].flops, used),
            (unsigned long long)rows[i].calls, calls_of(rows[i].calls));
    add_times(&t, totals, rows, count);
    if (t.size && t.at[t.size - 1] == '\n') t.at[--t.size] = 0;
    wire_put_text(&r->out, t.at);
    return true;
}

/* The time around the kernels is known of all calls together; each has the same share of it. */
static void put_operations(wire_out *out, const fm_summary_totals *totals, const fm_op_row *rows,
                           size_t count) {
    wire_put_text(out, "operations");
    wire_put_map(out, count);
    for (size_t i = 0; i < count; i++) {
        double part = (double)rows[i].calls / (double)(totals->calls ? totals->calls : 1);
        wire_put_text(out, rows[i].op);
        wire_put_map(out, 4);
        wire_put_named_uint(out, "flop_cost", rows[i].flops);
        wire_put_named_uint(out, "calls", rows[i].calls);
        wire_put_named_real(out, "flopscope_backend_time_s", seconds(rows[i].ns_total));
        wire_put_named_real(out, "flopscope_overhead_time_s", seconds(totals->overhead_ns) * part);
    }
}

static void put_breakdown(wire_request *r, const fm_summary_totals *totals, const fm_op_row *rows,
                          size_t count) {
    wire_out *out = &r->out;
    wire_put_text(out, "budget_breakdown");
    wire_put_map(out, 9);
    wire_put_text(out, "flop_budget");
    wire_put_amount(out, &r->session->amount);
    wire_put_named_uint(out, "flops_used", totals->used);
    wire_put_text(out, "flops_remaining");
    wire_put_remaining(out, r->session);
    put_operations(out, totals, rows, count);
    wire_put_named_real(out, "wall_time_s", seconds(totals->wall_ns));
    wire_put_named_real(out, "flopscope_backend_time_s", seconds(totals->backend_ns));
    wire_put_named_real(out, "flopscope_overhead_time_s", seconds(totals->overhead_ns));
    wire_put_named_real(out, "residual_wall_time_s", seconds(totals->residual_ns));
    wire_put_text(out, "by_namespace");
    wire_put_map(out, count ? 1 : 0);
    if (!count) return;
    wire_put_nil(out); /* the one namespace: that of no name */
    wire_put_map(out, 5);
    wire_put_named_uint(out, "flops_used", totals->used);
    wire_put_named_uint(out, "calls", totals->calls);
    wire_put_named_real(out, "flopscope_backend_time_s", seconds(totals->backend_ns));
    wire_put_named_real(out, "flopscope_overhead_time_s", seconds(totals->overhead_ns));
    put_operations(out, totals, rows, count);
}

static void put_traffic(wire_out *out, const wire_traffic *traffic) {
    double comms = (double)traffic->comms_ns, compute = (double)traffic->compute_ns;
    wire_put_text(out, "comms_summary");
    wire_put_map(out, 7);
    wire_put_named_uint(out, "request_count", traffic->requests);
    wire_put_named_uint(out, "fetch_count", traffic->fetches);
    wire_put_named_uint(out, "total_bytes_sent", traffic->sent);
    wire_put_named_uint(out, "total_bytes_received", traffic->received);
    wire_put_named_uint(out, "total_comms_overhead_ns", traffic->comms_ns);
    wire_put_named_uint(out, "total_compute_time_ns", traffic->compute_ns);
    wire_put_named_real(out, "overhead_ratio", comms + compute > 0 ? comms / (comms + compute) : 0);
}

bool wire_put_summaries(wire_request *r) {
    fm_summary *summary;
    const fm_op_row *rows;
    size_t count;
    if (fm_summary_of_context(r->session->ctx, &summary) != FM_OK) return wire_fail_context(r);
    bool done = fm_summary_group(summary, FM_BY_OP, &rows, &count) == FM_OK || wire_no_memory(r);
    if (done) {
        const fm_summary_totals *totals = fm_summary_totals_of(summary);
        wire_put_map(&r->out, 3);
        done = put_text(r, totals, rows, count);
        put_breakdown(r, totals, rows, count);
        put_traffic(&r->out, &r->session->traffic);
    }
    fm_summary_release(summary);
    return done;
}
