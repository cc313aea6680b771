/* Axes of a figure as SVG. */
#include "report/plot.h"

#include <math.h>
#include <stdio.h>

static double place(double value, double low, double high, bool logarithmic) {
    if (logarithmic) {
        value = log10(value > 0 ? value : low);
        low = log10(low);
        high = log10(high);
    }
    return high > low ? (value - low) / (high - low) : 0.5;
}

double fm_plot_x(const fm_plot *p, double x) {
    return p->left + p->width * place(x, p->x0, p->x1, p->log_x);
}

double fm_plot_y(const fm_plot *p, double y) {
    return p->top + p->height * (1 - place(y, p->y0, p->y1, p->log_y));
}

void fm_html_put(fm_writer *out, const char *text) {
    for (const char *c = text; *c; ++c) {
        if (*c == '&')
            fm_text_put(out, "&amp;");
        else if (*c == '<')
            fm_text_put(out, "&lt;");
        else if (*c == '>')
            fm_text_put(out, "&gt;");
        else if (*c == '"')
            fm_text_put(out, "&quot;");
        else
            fm_text_put(out, "%c", *c);
    }
}

void fm_plot_open(fm_writer *out, const char *id, int width, int height, const char *caption,
                  const char *description) {
    fm_text_put(out, "<figure id=\"%s\">\n<figcaption>", id);
    fm_html_put(out, caption);
    fm_text_put(out, "</figcaption>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", width,
                height);
    fm_html_put(out, description);
    fm_text_put(out, "\">\n");
}

void fm_plot_close(fm_writer *out) {
    fm_text_put(out, "</svg>\n</figure>\n");
}

void fm_plot_decades(double *low, double *high) {
    *low = pow(10, floor(log10(*low) + 1e-9));
    *high = pow(10, ceil(log10(*high) - 1e-9));
    if (*high <= *low) *high = *low * 10;
}

const char *fm_tick_format(double value, char buffer[FM_TIME_TEXT]) {
    static const struct {
        double from;
        const char *unit;
    } units[] = {{1e15, "P"}, {1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}};
    for (size_t i = 0; i < sizeof units / sizeof *units; ++i) {
        if (value < units[i].from * 0.999) continue;
        snprintf(buffer, FM_TIME_TEXT, "%.4g%s", value / units[i].from, units[i].unit);
        return buffer;
    }
    snprintf(buffer, FM_TIME_TEXT, "%.4g", value);
    return buffer;
}

/* The next number after value at which a grid line stands; step is that of a linear axis. */
static double next_tick(double value, double step, bool logarithmic) {
    return logarithmic ? value * step : value + step;
}

/* A step of 1, 2 or 5 times a power of ten that makes five lines or so; of a logarithmic axis a
   power of ten that makes at most eight. */
static double tick_step(double low, double high, bool logarithmic) {
    if (logarithmic) {
        double step = 10;
        while (log10(high / low) / log10(step) > 8.5) step *= 10;
        return step;
    }
    double raw = (high - low) / 5, power = pow(10, floor(log10(raw > 0 ? raw : 1)));
    double times = raw / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

static void put_ticks(fm_writer *out, const fm_plot *p, bool vertical) {
    double low = vertical ? p->y0 : p->x0, high = vertical ? p->y1 : p->x1;
    bool logarithmic = vertical ? p->log_y : p->log_x;
    double step = tick_step(low, high, logarithmic);
    double first = logarithmic ? low : ceil(low / step - 1e-9) * step + 0.0;
    char text[FM_TIME_TEXT];
    int lines = 0;
    for (double at = first; at <= high * (1 + 1e-9) && lines < 24;
         at = next_tick(at, step, logarithmic), ++lines) {
        double x = vertical ? p->left : fm_plot_x(p, at), y = vertical ? fm_plot_y(p, at) : p->top;
        fm_text_put(out, "<path class=\"grid\" d=\"M%.1f %.1f%s%.1f\"/>", x, y,
                    vertical ? "h" : "v", vertical ? p->width : p->height);
        if (vertical)
            fm_text_put(
                out, "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                x - 7, y + 4, fm_tick_format(at, text));
        else
            fm_text_put(
                out,
                "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", x,
                p->top + p->height + 17, fm_tick_format(at, text));
    }
}

void fm_plot_axes(fm_writer *out, const fm_plot *p, const char *title_x, const char *title_y) {
    put_ticks(out, p, true);
    put_ticks(out, p, false);
    fm_text_put(out, "<path class=\"axis\" d=\"M%.1f %.1fv%.1fh%.1f\"/>\n", p->left, p->top,
                p->height, p->width);
    fm_text_put(out, "<text class=\"title\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">",
                p->left + p->width / 2, p->top + p->height + 38);
    fm_html_put(out, title_x);
    fm_text_put(out,
                "</text>\n<text class=\"title\" transform=\"translate(16 %.1f) rotate(-90)\" "
                "text-anchor=\"middle\">",
                p->top + p->height / 2);
    fm_html_put(out, title_y);
    fm_text_put(out, "</text>\n");
}
