/* The collector of a context's device: starting and ending it, and taking what it recorded. */
#ifndef FM_CALL_COLLECT_H
#define FM_CALL_COLLECT_H

#include "call/context.h"

/* Starts the collector for FM_TIMING_ACTIVITY and COUNTERS, ends it for any other; *timing becomes
   what was got: FM_TIMING_OP where the device has no such records. ctx->meter.collected says why.
 */
fm_status fm_collect_set(fm_context *ctx, fm_timing *timing);

void fm_collect_end(fm_context *ctx);

/* Takes what has arrived; all: the device was synchronised just now. */
fm_status fm_collect_take(fm_context *ctx, bool all);

/* A step begins or ends. Waits for the device where its counters go by steps. */
fm_status fm_collect_step(fm_context *ctx, bool begin);

#endif
