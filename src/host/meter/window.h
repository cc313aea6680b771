/* The time during which a context counts under one budget: its ledger, scopes, log and times. */
#ifndef FM_METER_WINDOW_H
#define FM_METER_WINDOW_H

#include "meter/budget.h"
#include "meter/ledger.h"
#include "meter/oplog.h"

/* A reading: the counters of window.def and the ticks that the window was open. */
typedef struct fm_window_reading {
#define COUNTER(kind, name, meaning) uint64_t name;
#include "meter/window.def"
#undef COUNTER
    uint64_t elapsed;
} fm_window_reading;

typedef struct fm_window {
    fm_budget *budget; /* holds a reference; NULL once ended */
    fm_lease lease;    /* credit out of it */
    fm_ledger ledger;
    fm_scopes scopes;
    fm_op_log log;
    /* Counted by the context's thread, read by any; they only grow. */
#define COUNTER(kind, name, meaning) _Atomic uint64_t name;
#include "meter/window.def"
#undef COUNTER
    _Atomic(const char *) cost_model;
    char device[32];
    bool asynchronous;
    bool is_default;
    fm_window_reading own_base; /* when the context's ledger was last emptied */
    /* Under the record's lock. */
    fm_window_reading record_base; /* when the process's record was last emptied */
    uint64_t since;                /* tick at which it opened or resumed */
    uint64_t elapsed;              /* ticks until then */
    bool resting;
    struct fm_window *previous, *next;
} fm_window;

/* Where wall nanoseconds went; wall - backend - overhead is the caller's own. */
typedef struct fm_times {
    uint64_t wall, backend, overhead;
} fm_times;

/* A window that takes over the caller's reference to budget. cost_model is static text; device is
   copied. Not in the record yet. */
fm_status fm_window_new(fm_budget *budget, const char *cost_model, const char *device,
                        bool asynchronous, fm_window **out, fm_error *error);
void fm_window_free(fm_window *window);

/* All that was counted since it opened. Under the record's lock, or on the context's own thread,
   which alone moves since. */
void fm_window_read(const fm_window *window, fm_window_reading *out);

/* Takes a base off a reading. */
void fm_window_since(fm_window_reading *reading, const fm_window_reading *base);

/* The three times of a reading, fitted into each other so that they add up: backend is cut to
   wall, overhead to what backend leaves of it. A synchronous device's kernels ran inside
   flopmeter's calls and are taken off the overhead; for an asynchronous one the waits are. */
fm_times fm_window_times(const fm_window_reading *reading, bool asynchronous);

#endif
