/* The parts of the HTML page. */
#ifndef FM_REPORT_HTML_H
#define FM_REPORT_HTML_H

#include "report/plot.h"
#include "report/words.h"

/* The style sheet, and the script that sorts tables where scripts run. */
extern const char fm_html_style[];
extern const char fm_html_script[];

/* Figures; each leaves itself out where it has nothing to show. */
void fm_html_roofline(fm_writer *out, const fm_summary *summary);
void fm_html_shares(fm_writer *out, const fm_summary *summary);
void fm_html_budget(fm_writer *out, const fm_summary *summary);
void fm_html_sweep(fm_writer *out, const fm_summary *summary);

/* Tables. */
void fm_html_operations(fm_writer *out, const fm_summary *summary);
void fm_html_namespaces(fm_writer *out, const fm_summary *summary);
void fm_html_kernels(fm_writer *out, const fm_summary *summary);
void fm_html_sizes(fm_writer *out, const fm_summary *summary);
void fm_html_gaps(fm_writer *out, const fm_summary *summary);

#endif
