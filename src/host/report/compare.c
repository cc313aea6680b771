/* Two runs held against each other, op by op. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/detail.h"
#include "meter/flops.h"
#include "report/render.h"
#include "report/words.h"

typedef struct pair {
    const fm_op_row *before, *after; /* NULL: not in that run */
} pair;

typedef struct comparison {
    fm_writer out;
    double fail_over;
    int regressions;
    int width;
    const char *alarm, *plain;
} comparison;

static const fm_op_row *find(const fm_summary_rows *rows, const fm_op_row *like) {
    for (size_t i = 0; i < rows->count; ++i)
        if (rows->rows[i].dtype == like->dtype && strcmp(rows->rows[i].op, like->op) == 0)
            return &rows->rows[i];
    return NULL;
}

static const char *name_of(const fm_op_row *row, char *buffer, size_t size) {
    bool typed = row->dtype != FM_DTYPE_NONE;
    snprintf(buffer, size, "%s%s%s", row->op, typed ? " " : "",
             typed ? fm_dtype_name(row->dtype) : "");
    return buffer;
}

/* Measured nanoseconds a call; negative: not measured. */
static double per_call(const fm_op_row *row) {
    return row && row->timed ? (double)row->ns_total / (double)row->timed : -1;
}

static const char *change_text(double before, double after, char buffer[FM_TIME_TEXT]) {
    if (!(before > 0) || after < 0) return "n/a";
    snprintf(buffer, FM_TIME_TEXT, "%+.1f%%", 100 * (after / before - 1));
    return buffer;
}

static const char *time_text(double ns, char buffer[FM_TIME_TEXT]) {
    return ns < 0 ? "n/a" : fm_time_format((uint64_t)(ns + 0.5), buffer);
}

static const char *rate_text(const fm_op_row *row, char buffer[FM_TIME_TEXT]) {
    if (!row || row->timed != row->calls || row->ns_total == 0) return "n/a";
    return fm_real_format((double)row->executed / (double)row->ns_total, 3, buffer);
}

static bool is_regression(const comparison *c, double before, double after) {
    return before > 0 && after >= 0 && 100 * (after / before - 1) > c->fail_over;
}

static void put_pair(comparison *c, const pair *p) {
    char name[160], t[8][FM_TIME_TEXT], flops[2][FM_FLOPS_TEXT];
    double before = per_call(p->before), after = per_call(p->after);
    bool worse = is_regression(c, before, after);
    c->regressions += worse;
    fm_text_put(&c->out, "%s%-*s  %9llu  %9llu  %18s  %18s  %11s  %11s  %8s  %9s  %9s%s%s\n",
                worse ? c->alarm : "", c->width,
                name_of(p->before ? p->before : p->after, name, sizeof name),
                p->before ? (unsigned long long)p->before->calls : 0,
                p->after ? (unsigned long long)p->after->calls : 0,
                p->before ? fm_flops_format(p->before->flops, flops[0]) : "-",
                p->after ? fm_flops_format(p->after->flops, flops[1]) : "-",
                time_text(before, t[0]), time_text(after, t[1]), change_text(before, after, t[2]),
                rate_text(p->before, t[3]), rate_text(p->after, t[4]), worse ? "  slower" : "",
                worse ? c->plain : "");
}

static void widen(comparison *c, const fm_summary_rows *rows) {
    char name[160];
    for (size_t i = 0; i < rows->count; ++i) {
        int length = (int)strlen(name_of(&rows->rows[i], name, sizeof name));
        if (length > c->width) c->width = length;
    }
}

static void put_rows(comparison *c, const fm_summary *before, const fm_summary *after) {
    const fm_summary_rows *old = &before->groups[FM_BY_OP_DTYPE];
    const fm_summary_rows *now = &after->groups[FM_BY_OP_DTYPE];
    widen(c, old);
    widen(c, now);
    fm_text_put(&c->out, "%-*s  %9s  %9s  %18s  %18s  %11s  %11s  %8s  %9s  %9s\n", c->width,
                "operation", "calls A", "calls B", "FLOPs A", "FLOPs B", "a call A", "a call B",
                "change", "GFLOP/s A", "GFLOP/s B");
    for (size_t i = 0; i < now->count; ++i)
        put_pair(c, &(pair){find(old, &now->rows[i]), &now->rows[i]});
    for (size_t i = 0; i < old->count; ++i)
        if (!find(now, &old->rows[i])) put_pair(c, &(pair){&old->rows[i], NULL});
}

/* All measured time, where both runs called the same operations as often. */
static void put_whole(comparison *c, const fm_summary *before, const fm_summary *after) {
    char t[3][FM_TIME_TEXT], flops[2][FM_FLOPS_TEXT];
    double old = before->has_times ? (double)before->totals.backend_ns : -1;
    double now = after->has_times ? (double)after->totals.backend_ns : -1;
    bool same =
        before->totals.calls == after->totals.calls && before->totals.used == after->totals.used;
    bool worse = same && is_regression(c, old, now);
    c->regressions += worse;
    fm_text_put(&c->out, "\nFLOPs used   %s against %s\n",
                fm_flops_format(before->totals.used, flops[0]),
                fm_flops_format(after->totals.used, flops[1]));
    fm_text_put(&c->out, "%sdevice busy  %s against %s, %s%s%s\n", worse ? c->alarm : "",
                time_text(old, t[0]), time_text(now, t[1]), change_text(old, now, t[2]),
                worse ? "  slower" : "", worse ? c->plain : "");
    fm_text_put(&c->out, "wall time    %s against %s\n",
                fm_time_format(before->totals.wall_ns, t[0]),
                fm_time_format(after->totals.wall_ns, t[1]));
}

static void put_differences(comparison *c, const fm_summary *before, const fm_summary *after) {
    const char *a = before->totals.cost_model, *b = after->totals.cost_model;
    if (a && b && strcmp(a, b) != 0)
        fm_text_put(&c->out, "cost models differ: %s against %s, so FLOPs cannot be compared\n", a,
                    b);
    if (strcmp(before->device_name, after->device_name) != 0)
        fm_text_put(&c->out, "devices differ: %s against %s\n", before->device_name,
                    after->device_name);
    if (before->tier.tier != after->tier.tier)
        fm_text_put(&c->out, "timing differs: %s against %s\n", fm_tier_text(before->tier.tier),
                    fm_tier_text(after->tier.tier));
}

fm_status fm_report_compare(const fm_summary *before, const fm_summary *after, double fail_over,
                            const fm_report_options *options, char **text, int *regressions) {
    comparison c = {.fail_over = fail_over, .width = 9, .alarm = "", .plain = ""};
    if (!(fail_over >= 0) || (options && options->size != sizeof *options)) return FM_ERR_ARGUMENT;
    if (options && options->color) {
        c.alarm = "\033[33m";
        c.plain = "\033[0m";
    }
    fm_writer_init(&c.out);
    put_differences(&c, before, after);
    put_rows(&c, before, after);
    put_whole(&c, before, after);
    if (isfinite(fail_over))
        fm_text_put(&c.out, "\n%d slower by more than %g%%\n", c.regressions, fail_over);
    *regressions = c.regressions;
    return fm_writer_take(&c.out, text);
}
