/* The renderings of a summary. */
#ifndef FM_REPORT_RENDER_H
#define FM_REPORT_RENDER_H

#include "report/summary.h"
#include "report/writer.h"

void fm_render_operations(fm_writer *writer, const fm_summary *summary);
void fm_render_namespaces(fm_writer *writer, const fm_summary *summary);

/*
 * An object of
 *   version       1
 *   name, cost_model, cost_rule, device, timing   texts or null; timing "per op", "per step", "off"
 *   budget        limit, used, remaining: FLOPs
 *   calls, refused, untimed_calls, lost_times
 *   graphs        captured, captured_flops: calls put into graphs, which are not among the calls;
 *                 replayed, replayed_flops: those of the calls that replays of graphs ran
 *   time          wall_ns, backend_ns, overhead_ns, residual_ns; the last three null when nothing
 *                 was timed
 *   memory        null, or device and host: in_use, in_use_peak, reserved, reserved_peak in bytes,
 *                 system_allocations
 *   operations    by op; namespaces: by name_space; rows: by op, dtype and name_space. Each with
 *                 the counters of counters.def, times null where no call was timed,
 *                 share_of_flops, and flops_per_second, null unless every call was timed
 */
fm_status fm_render_json(fm_writer *writer, const fm_summary *summary);

/* The rule of the summary's cost model in one line; NULL: no such model, or several. */
const char *fm_summary_cost_rule(const fm_summary *summary);

#endif
