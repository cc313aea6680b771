/* Running programs, as the corridor sees it. */
#ifndef FM_CALL_PROGRAM_H
#define FM_CALL_PROGRAM_H

#include "call/corridor.h"
#include "call/passage.h"
#include "ops/program.h"

/* Runs the row's program and moves its results into the slots. On failure nothing of the caller's
   was touched. */
fm_status fm_program_run(const fm_passage *passage, struct fm_reply *reply);

/* Reads what infer and cost have to know of the values. */
fm_status fm_program_probe(fm_context *ctx, const fm_row *row, const fm_value *values,
                           int64_t probed[FM_PROBED]);

#endif
