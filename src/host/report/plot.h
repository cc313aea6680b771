/* Axes of a figure as SVG: scales, grid, labels. */
#ifndef FM_REPORT_PLOT_H
#define FM_REPORT_PLOT_H

#include "report/writer.h"

/* A frame within the SVG's own coordinates, and the numbers at its edges. */
typedef struct fm_plot {
    double left, top, width, height;
    double x0, x1, y0, y1;
    bool log_x, log_y;
} fm_plot;

double fm_plot_x(const fm_plot *plot, double x);
double fm_plot_y(const fm_plot *plot, double y);

/* Opens <figure><svg>, with its caption and a text for who cannot see it. */
void fm_plot_open(fm_writer *out, const char *id, int width, int height, const char *caption,
                  const char *description);
void fm_plot_close(fm_writer *out);

/* Grid lines, numbers and titles; suffixes follow each number, such as "FLOP/s". */
void fm_plot_axes(fm_writer *out, const fm_plot *plot, const char *title_x, const char *title_y);

/* Widens a range of a logarithmic axis to whole decades. */
void fm_plot_decades(double *low, double *high);

/* "1k", "2.5G", "0.1". */
const char *fm_tick_format(double value, char buffer[FM_TIME_TEXT]);

/* Text with &, <, > and quotes written as entities. */
void fm_html_put(fm_writer *out, const char *text);

#endif
