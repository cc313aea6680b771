/* Figures beside the roofline: time against FLOPs by op, the budget's course, rates over sizes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "meter/flops.h"
#include "report/html.h"

/* Names of more characters than LABEL are set closer, to stay within the LEFT of the bars. */
enum { WIDTH = 560, HEIGHT = 320, BARS = 12, LABEL = 28, LEFT = 206 };

static void put_bar(fm_writer *out, const char *class_name, double y, double share) {
    fm_text_put(out,
                "<rect class=\"%s\" x=\"222\" y=\"%.1f\" width=\"%.1f\" height=\"9\" rx=\"2\"/>"
                "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\">%.1f%%</text>\n",
                class_name, y, 280 * share, 227 + 280 * share, y + 9, 100 * share);
}

void fm_html_shares(fm_writer *out, const fm_summary *summary) {
    const fm_summary_rows *rows = &summary->groups[FM_BY_OP];
    double flops = 0, ns = 0;
    size_t shown = rows->count < BARS ? rows->count : BARS;
    for (size_t i = 0; i < rows->count; ++i) {
        flops += (double)rows->rows[i].flops;
        ns += (double)rows->rows[i].ns_total;
    }
    if (shown == 0) return;
    fm_plot_open(out, "shares", WIDTH, (int)shown * 30 + 34, "Time against FLOPs by operation",
                 "For each operation its share of the FLOPs and of the time, as two bars");
    fm_text_put(out, "<rect class=\"flops\" x=\"222\" y=\"6\" width=\"10\" height=\"10\"/>"
                     "<text class=\"note\" x=\"237\" y=\"15\">FLOPs</text>"
                     "<rect class=\"time\" x=\"297\" y=\"6\" width=\"10\" height=\"10\"/>"
                     "<text class=\"note\" x=\"312\" y=\"15\">time</text>\n");
    for (size_t i = 0; i < shown; ++i) {
        const fm_op_row *row = &rows->rows[i];
        double y = 30 + 30 * (double)i;
        char name[34];
        snprintf(name, sizeof name, "%s", row->op);
        fm_text_put(out, "<text x=\"214\" y=\"%.1f\" text-anchor=\"end\"", y + 13);
        if (strlen(name) > LABEL)
            fm_text_put(out, " textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"", LEFT);
        fm_text_put(out, ">");
        fm_html_put(out, name);
        fm_text_put(out, "</text>\n");
        put_bar(out, "flops", y, flops > 0 ? (double)row->flops / flops : 0);
        if (ns > 0) put_bar(out, "time", y + 11, (double)row->ns_total / ns);
    }
    fm_plot_close(out);
}

static double left_of(const fm_timeline_point *point) {
    return point->used < point->limit ? (double)(point->limit - point->used) : 0;
}

/* A unit in which the whole run is a number of people's size. */
static const char *unit_of(double ns, double *divisor) {
    if (ns >= 2e9) return *divisor = 1e9, "seconds";
    if (ns >= 2e6) return *divisor = 1e6, "milliseconds";
    return *divisor = 1e3, "microseconds";
}

/* From the limit down; where little of it was used the frame shows that little alone, and says so.
 */
void fm_html_budget(fm_writer *out, const fm_summary *summary) {
    size_t count = summary->point_count;
    if (count < 2) return;
    const fm_timeline_point *points = summary->points, *last = &points[count - 1];
    double divisor, high = left_of(&points[0]), low = left_of(last);
    const char *unit = unit_of((double)last->ns, &divisor);
    bool zoomed = low > 0.8 * high;
    char title[80], limit[FM_FLOPS_TEXT], caption[160];
    fm_plot p = {.left = 70,
                 .top = 14,
                 .width = WIDTH - 90,
                 .height = HEIGHT - 64,
                 .x1 = (double)last->ns / divisor};
    p.y1 = zoomed ? high - low : high;
    snprintf(title, sizeof title, "%s since the start", unit);
    snprintf(caption, sizeof caption, "%s of %s FLOPs", zoomed ? "Budget used" : "Budget burn-down",
             fm_flops_format(last->limit, limit));
    fm_plot_open(out, "budget", WIDTH, HEIGHT, caption,
                 zoomed ? "FLOPs used of the budget over time"
                        : "FLOPs that remain of the budget over time");
    fm_plot_axes(out, &p, title, zoomed ? "FLOPs used" : "FLOPs remaining");
    fm_text_put(out, "<path class=\"line\" d=\"");
    for (size_t i = 0; i < count; ++i) {
        double value = zoomed ? high - left_of(&points[i]) : left_of(&points[i]);
        fm_text_put(out, "%s%.1f %.1f", i ? "L" : "M",
                    fm_plot_x(&p, (double)points[i].ns / divisor), fm_plot_y(&p, value));
    }
    fm_text_put(out, "\"/>\n");
    fm_plot_close(out);
}

static bool sweep_ranges(const fm_summary *summary, fm_plot *p) {
    bool any = false;
    p->x0 = INFINITY;
    for (size_t i = 0; i < summary->sweep_count; ++i) {
        const fm_sweep_row *row = &summary->sweep[i];
        if (row->seconds <= 0 || row->size <= 0) continue;
        any = true;
        p->x0 = fmin(p->x0, (double)row->size);
        p->x1 = fmax(p->x1, (double)row->size);
        p->y1 = fmax(p->y1, (double)row->flops / row->seconds);
    }
    fm_plot_decades(&p->x0, &p->x1);
    p->y1 *= 1.1;
    return any;
}

void fm_html_sweep(fm_writer *out, const fm_summary *summary) {
    fm_plot p = {.left = 70, .top = 14, .width = WIDTH - 90, .height = HEIGHT - 64, .log_x = true};
    if (summary->sweep_count == 0 || !sweep_ranges(summary, &p)) return;
    fm_plot_open(out, "sweep", WIDTH, HEIGHT, "Throughput over size",
                 "The profiler's achieved rate for each size of the scaled axis");
    fm_plot_axes(out, &p, "size of the scaled tensor's first axis", "FLOP/s");
    fm_text_put(out, "<path class=\"line\" d=\"");
    const char *profile = NULL;
    for (size_t i = 0; i < summary->sweep_count; ++i) {
        const fm_sweep_row *row = &summary->sweep[i];
        if (row->seconds <= 0 || row->size <= 0) continue;
        bool same = profile && strcmp(profile, row->profile) == 0;
        fm_text_put(out, "%s%.1f %.1f", same ? "L" : "M", fm_plot_x(&p, (double)row->size),
                    fm_plot_y(&p, (double)row->flops / row->seconds));
        profile = row->profile;
    }
    fm_text_put(out, "\"/>\n");
    for (size_t i = 0; i < summary->sweep_count; ++i) {
        const fm_sweep_row *row = &summary->sweep[i];
        char rate[FM_TIME_TEXT];
        if (row->seconds <= 0 || row->size <= 0) continue;
        double value = (double)row->flops / row->seconds;
        fm_text_put(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>",
                    fm_plot_x(&p, (double)row->size), fm_plot_y(&p, value));
        fm_html_put(out, row->profile);
        fm_text_put(out, ", size %lld: %s</title></circle>\n", (long long)row->size,
                    fm_rate_format(value, "FLOP/s", rate));
    }
    fm_plot_close(out);
}
