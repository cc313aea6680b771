/* What a capture collected: rows as a ledger has them, charged and counted at each replay. */
#ifndef FM_METER_CAPTURED_H
#define FM_METER_CAPTURED_H

#include "meter/meter.h"

/* All captured calls of one op, dtype and namespace. */
typedef struct fm_captured_row {
    fm_ledger_row *row; /* where it counts; of the ledger of that serial */
    uint64_t serial;
    uint64_t number;             /* of the row that it was captured under */
    const char *op, *name_space; /* the ledger's until it is sealed, then its own */
    fm_dtype dtype;
    uint64_t calls, flops, macs, bytes, executed;
} fm_captured_row;

typedef struct fm_captured {
    fm_captured_row *rows;
    size_t count, capacity;
    uint64_t flops, calls;
    double multiplier;                   /* of the budget, as the FLOPs have it */
    char *texts;                         /* NULL: not sealed */
    uint32_t first_call, calls_numbered; /* in the collector's records */
    struct fm_captured *next;            /* of the graphs that a collector's sum knows */
} fm_captured;

void fm_captured_close(fm_captured *captured);

/* Room for so many rows more: one for the call that is charged, and one for each charge that is
   open, which may be of a row of its own. */
fm_status fm_captured_prepare(fm_captured *captured, size_t more, fm_error *error);

/* Makes it independent of the ledger that it was captured under. FM_ERR_OVERFLOW: its sums are past
   64 bits; FM_ERR_MEMORY. */
fm_status fm_captured_seal(fm_captured *captured, fm_error *error);

/* From now on what is recorded goes into captured; and the end of that, with or without checks.
   FM_ERR_STATE: one is open already; charges are not settled; namespaces do not match. */
fm_status fm_meter_capture(fm_meter *meter, fm_captured *captured, fm_error *error);
fm_status fm_meter_capture_check(const fm_meter *meter, fm_error *error);
void fm_meter_capture_leave(fm_meter *meter);

/* Charges a replay under the name op; records one that was charged, launched at that tick (0: now).
   FM_ERR_STATE: the budget's multiplier is another; FM_ERR_MEMORY. */
fm_status fm_meter_replay(fm_meter *meter, fm_captured *captured, const char *op, fm_error *error);
void fm_meter_replayed(fm_meter *meter, const fm_captured *captured, uint64_t start);

/* The row of the first operation of a module ("random.") that was captured, where it counts under
   the present window; NULL: none. */
fm_ledger_row *fm_captured_row_in(const fm_meter *meter, const fm_captured *captured,
                                  const char *module);

#endif
