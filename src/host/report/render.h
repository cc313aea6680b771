/* The renderings of a summary. */
#ifndef FM_REPORT_RENDER_H
#define FM_REPORT_RENDER_H

#include "report/summary.h"
#include "report/writer.h"

/* The parts of both. */
void fm_put_heading(fm_writer *writer, const fm_summary *summary);
void fm_put_operations(fm_writer *writer, const fm_summary *summary);
void fm_put_namespaces(fm_writer *writer, const fm_summary *summary);
void fm_put_totals(fm_writer *writer, const fm_summary *summary);
void fm_render_operations(fm_writer *writer, const fm_summary *summary);
void fm_render_namespaces(fm_writer *writer, const fm_summary *summary);

/* The object that docs/report-schema.md describes, with or without the slices of its trace. */
fm_status fm_render_json(fm_writer *writer, const fm_summary *summary, bool slices);

/* Every table, for people. */
void fm_render_report(fm_writer *writer, const fm_summary *summary,
                      const fm_report_options *options, bool namespaces);
void fm_render_csv(fm_writer *writer, const fm_summary *summary);
fm_status fm_render_lines(fm_writer *writer, const fm_summary *summary);
void fm_render_prometheus(fm_writer *writer, const fm_summary *summary);
fm_status fm_render_trace(fm_writer *writer, const fm_summary *summary);
void fm_render_html(fm_writer *writer, const fm_summary *summary);

/* The rule of the summary's cost model in one line; NULL: no such model, or several. */
const char *fm_summary_cost_rule(const fm_summary *summary);

#endif
