/* The roofline as SVG: rates over arithmetic intensity, both logarithmic, points sized by time. */
#include <math.h>
#include <stdio.h>

#include "report/html.h"

enum { WIDTH = 640, HEIGHT = 430, LABELS = 14 };

/* Every point and the ridges lie within. */
static bool find_ranges(const fm_summary *summary, fm_plot *p) {
    const fm_summary_rows *rows = &summary->groups[FM_BY_OP_DTYPE];
    double bandwidth = fm_peaks_bandwidth(&summary->peaks);
    bool any = false;
    p->x0 = p->y0 = INFINITY;
    p->x1 = p->y1 = 0;
    for (size_t i = 0; i < rows->count; ++i) {
        fm_analysis a;
        fm_analyse(summary, &rows->rows[i], &a);
        if (a.rate <= 0 || a.intensity <= 0) continue;
        double roof = fm_peaks_roof(&summary->peaks, a.kind);
        any = true;
        p->x0 = fmin(p->x0, a.intensity);
        p->x1 = fmax(p->x1, a.intensity);
        p->y0 = fmin(p->y0, a.rate);
        p->y1 = fmax(p->y1, fmax(a.rate, roof));
        if (roof > 0 && bandwidth > 0) p->x1 = fmax(p->x1, 3 * roof / bandwidth);
    }
    if (!any) return false;
    fm_plot_decades(&p->x0, &p->x1);
    fm_plot_decades(&p->y0, &p->y1);
    return true;
}

/* The slope of the memory up to the flat of one peak, cut to the frame. */
static void put_roof(fm_writer *out, const fm_summary *summary, const fm_plot *p, fm_peak_kind kind,
                     bool slope) {
    double roof = fm_peaks_roof(&summary->peaks, kind);
    double bandwidth = fm_peaks_bandwidth(&summary->peaks);
    char text[FM_TIME_TEXT];
    if (roof <= 0) return;
    double ridge = bandwidth > 0 ? fmax(roof / bandwidth, p->x0) : p->x0;
    fm_text_put(out, "<path class=\"roof\" d=\"M%.1f %.1fH%.1f\"/>\n", fm_plot_x(p, ridge),
                fm_plot_y(p, roof), p->left + p->width);
    fm_text_put(out,
                "<text class=\"note\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s, %s</text>\n",
                p->left + p->width - 4, fm_plot_y(p, roof) - 5, fm_peak_name(kind),
                fm_rate_format(roof, "FLOP/s", text));
    if (!slope || bandwidth <= 0 || ridge <= p->x0) return;
    double from = fmax(p->x0, p->y0 / bandwidth);
    fm_text_put(out, "<path class=\"roof\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", fm_plot_x(p, from),
                fm_plot_y(p, from * bandwidth), fm_plot_x(p, ridge), fm_plot_y(p, roof));
    double middle = sqrt(from * ridge);
    double dx = fm_plot_x(p, ridge) - fm_plot_x(p, from);
    double dy = fm_plot_y(p, roof) - fm_plot_y(p, from * bandwidth);
    fm_text_put(out,
                "<text class=\"note\" transform=\"translate(%.1f %.1f) rotate(%.1f)\" "
                "text-anchor=\"middle\">memory, %s</text>\n",
                fm_plot_x(p, middle), fm_plot_y(p, middle * bandwidth) - 7,
                atan2(dy, dx) * 180 / acos(-1.0), fm_rate_format(bandwidth, "B/s", text));
}

/* The peaks that rows of the run are held against; the slope goes to the highest. */
static void put_roofs(fm_writer *out, const fm_summary *summary, const fm_plot *p) {
    const fm_summary_rows *rows = &summary->groups[FM_BY_OP_DTYPE];
    bool used[FM_PEAK_KINDS + 2] = {false};
    int highest = FM_PEAK_NONE;
    for (size_t i = 0; i < rows->count; ++i) {
        fm_analysis a;
        fm_analyse(summary, &rows->rows[i], &a);
        if (a.rate > 0 && a.intensity > 0) used[a.kind] = true;
    }
    for (int k = 0; k < FM_PEAK_KINDS; ++k) {
        double roof = fm_peaks_roof(&summary->peaks, (fm_peak_kind)k);
        if (used[k] && (highest == FM_PEAK_NONE ||
                        roof > fm_peaks_roof(&summary->peaks, (fm_peak_kind)highest)))
            highest = k;
    }
    for (int k = 0; k < FM_PEAK_KINDS; ++k) {
        bool same = false;
        for (int other = k + 1; other < FM_PEAK_KINDS && used[k]; ++other)
            same = same || (used[other] && fm_peaks_roof(&summary->peaks, (fm_peak_kind)k) ==
                                               fm_peaks_roof(&summary->peaks, (fm_peak_kind)other));
        if (used[k] && (!same || k == highest))
            put_roof(out, summary, p, (fm_peak_kind)k, k == highest);
    }
}

typedef struct label_place {
    double x, y;
} label_place;

/* Whether a label there would cover an earlier one. */
static bool is_free(const label_place *taken, int count, double x, double y) {
    for (int i = 0; i < count; ++i)
        if (fabs(taken[i].y - y) < 13 && fabs(taken[i].x - x) < 110) return false;
    return true;
}

static void put_point(fm_writer *out, const fm_summary *summary, const fm_plot *p,
                      const fm_op_row *row, uint64_t all, label_place *taken, int *labels) {
    static const char *const classes[] = {"other", "launch", "memory", "compute"};
    fm_analysis a;
    char rate[FM_TIME_TEXT], intensity[FM_TIME_TEXT], compute[32], roof[FM_TIME_TEXT];
    fm_analyse(summary, row, &a);
    if (a.rate <= 0 || a.intensity <= 0) return;
    double x = fm_plot_x(p, a.intensity), y = fm_plot_y(p, a.rate);
    double radius = 4 + 18 * sqrt((double)row->ns_total / (double)(all ? all : 1));
    fm_text_put(out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>",
                classes[a.bound], x, y, radius);
    fm_html_put(out, row->op);
    fm_text_put(out, " %s: %s at %s FLOP/B, %.1f%% of the time, %s of the roof</title></circle>\n",
                fm_compute_text(summary, row, compute, sizeof compute),
                fm_rate_format(a.rate, "FLOP/s", rate), fm_real_format(a.intensity, 3, intensity),
                fm_percent(row->ns_total, all), fm_share_format(a.roof_share, roof));
    bool right = x + radius + 120 < p->left + p->width;
    double at = right ? x + radius + 4 : x - radius - 4;
    if (*labels >= LABELS || !is_free(taken, *labels, at, y)) return;
    taken[(*labels)++] = (label_place){at, y};
    fm_text_put(out, "<text x=\"%.1f\" y=\"%.1f\"%s>", at, y + 4,
                right ? "" : " text-anchor=\"end\"");
    fm_html_put(out, row->op);
    fm_text_put(out, "</text>\n");
}

static void put_legend(fm_writer *out, const fm_plot *p) {
    static const char *const names[] = {"compute", "memory", "launch", "other"};
    static const char *const texts[] = {"compute-bound", "memory-bound", "launch-bound",
                                        "bound unknown"};
    for (int i = 0; i < 4; ++i) {
        double x = p->left + 10 + 120 * i;
        fm_text_put(out,
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"14\" r=\"5\"/><text class=\"note\" "
                    "x=\"%.1f\" y=\"18\">%s</text>\n",
                    names[i], x, x + 10, texts[i]);
    }
}

void fm_html_roofline(fm_writer *out, const fm_summary *summary) {
    const fm_summary_rows *rows = &summary->groups[FM_BY_OP_DTYPE];
    fm_plot p = {.left = 70,
                 .top = 30,
                 .width = WIDTH - 90,
                 .height = HEIGHT - 80,
                 .log_x = true,
                 .log_y = true};
    label_place taken[LABELS];
    int labels = 0;
    uint64_t all = 0;
    if (!find_ranges(summary, &p)) return;
    for (size_t i = 0; i < rows->count; ++i) all += rows->rows[i].ns_total;
    fm_plot_open(out, "roofline", WIDTH, HEIGHT, "Roofline",
                 "Achieved rates over arithmetic intensity beneath the device's peaks; the size of "
                 "a point is its share of the time");
    fm_plot_axes(out, &p, "executed FLOPs a byte", "FLOP/s");
    put_roofs(out, summary, &p);
    put_legend(out, &p);
    for (size_t i = 0; i < rows->count; ++i)
        put_point(out, summary, &p, &rows->rows[i], all, taken, &labels);
    if (fm_peaks_bandwidth(&summary->peaks) <= 0)
        fm_text_put(out,
                    "<text class=\"note\" x=\"%.1f\" y=\"%.1f\">no roof: the device's peaks are "
                    "not known</text>\n",
                    p.left + 10, p.top + 18);
    fm_plot_close(out);
}
