/* What reading a run back is made of. */
#ifndef FM_REPORT_LOAD_H
#define FM_REPORT_LOAD_H

#include "io/json_in.h"
#include "report/summary.h"

/* budget_course and trace of the document into the summary. */
fm_status fm_load_timeline(fm_io *io, const fm_json_value *root, fm_summary *summary);

#endif
