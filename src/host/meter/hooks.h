/* What the public functions of budgets and summaries ask of a context; the call room answers. */
#ifndef FM_METER_HOOKS_H
#define FM_METER_HOOKS_H

#include "meter/meter.h"

fm_meter *fm_context_meter(const fm_context *ctx);
fm_error *fm_context_error_slot(fm_context *ctx);

/* Takes the device times that have arrived; with wait, waits until the device is done first. */
fm_status fm_context_settle(fm_context *ctx, bool wait);

/* A named range for the device's profilers opens; NULL: the innermost closes. */
void fm_context_range(fm_context *ctx, const char *name);

#endif
