/* Parts of the JSON report, each a member or several of an open object. */
#ifndef FM_REPORT_JSON_PARTS_H
#define FM_REPORT_JSON_PARTS_H

#include "io/json_out.h"
#include "report/words.h"

void fm_json_put_text(fm_json_writer *json, const char *key, const char *text);
void fm_json_put_count(fm_json_writer *json, const char *key, uint64_t value);
/* null where value is negative or no number */
void fm_json_put_real(fm_json_writer *json, const char *key, double value);

/* device, peaks, tier, coverage */
void fm_json_put_device(fm_json_writer *json, const fm_summary *summary);
/* kernels */
void fm_json_put_kernels(fm_json_writer *json, const fm_summary *summary);
/* gaps */
void fm_json_put_gaps(fm_json_writer *json, const fm_summary *summary);
/* budget_course, sweep, steps */
void fm_json_put_series(fm_json_writer *json, const fm_summary *summary);
/* trace: the slices, so that a run's file can become a trace; absent where there are none */
void fm_json_put_slices(fm_json_writer *json, const fm_summary *summary);
/* one step, as an object of its own */
void fm_json_put_step(fm_json_writer *json, const fm_report_step *step);
/* what analysis finds of a row */
void fm_json_put_analysis(fm_json_writer *json, const fm_summary *summary, const fm_op_row *row);

#endif
