/* The meter that a context embeds: charges before a launch, a record after it, times. */
#ifndef FM_METER_METER_H
#define FM_METER_METER_H

#include <flopmeter/summary.h>

#include "meter/activity.h"
#include "meter/charges.h"
#include "meter/inflight.h"
#include "meter/timeline.h"
#include "meter/window.h"

/* Reasons to leave the short way of charge and record. */
enum {
    FM_METER_TIME_LIMIT = 1,
    FM_METER_SUB_BUDGET = 2,
    FM_METER_LOG = 4,
    FM_METER_CALLBACK = 8,
    FM_METER_CAPTURE = 16, /* what is recorded goes into a graph, and nothing is charged */
    FM_METER_TIMELINE = 32
};

/* Asks for the time of an interval: 1 and nanoseconds, 0 while it runs, -1 if it was lost; as
   fm_backend_api.time. */
typedef int (*fm_poll_function)(void *user, uint64_t ticket, uint64_t *nanoseconds);

typedef struct fm_meter {
    fm_window *window;      /* the one that counts */
    fm_window *resting;     /* the default budget's while window is an explicit one's; else NULL */
    const fm_window *aside; /* the innermost that counts aside (meter/aside.h); NULL: none does */
    uint64_t folded;        /* FLOPs of windows and ledgers that were ended or emptied */
    uint64_t launched;      /* launches of the same, and all replays of graphs */
    uint64_t stamp;         /* names (ledger, current namespace); never 0 */
    const fm_name *name_space;     /* NULL outside */
    uint32_t slow;                 /* FM_METER_ bits; 0: the short way */
    uint32_t depth;                /* calls of flopmeter inside each other */
    uint64_t entered;              /* tick of the outermost */
    fm_timing timing;              /* never DEFAULT */
    fm_activity_sum *activity;     /* of the collector that runs; NULL: none does */
    fm_collector_status collected; /* what it got, or why it does not run; size 0: not asked */
    fm_timeline *timeline;         /* NULL: none is kept */
    fm_op_callback on_op;
    void *on_op_user;
    fm_log_function log; /* takes the warnings of FM_BUDGET_WARN */
    void *log_user;
    fm_inflight inflight;
    fm_charges charges; /* the caller's own that are not settled */
    struct fm_captured
        *capture;           /* what a capture collects (meter/captured.h); NULL: none is open */
    uint32_t capture_depth; /* open namespaces when it began */
    const char *name;       /* of the context, the caller's; NULL: none */
} fm_meter;

typedef struct fm_meter_options {
    fm_timing timing;       /* FM_TIMING_DEFAULT counts as OP */
    const char *cost_model; /* static text */
    const char *device;     /* "cpu", "cuda:1"; copied */
    bool asynchronous;      /* kernels run on after their launch returned */
    fm_log_function log;
    void *log_user;
    const char *name; /* of the context, kept by the caller; may be NULL */
} fm_meter_options;

/* Starts counting under the process's default budget. FM_ERR_ARGUMENT: the default budget's
   variable is bad; FM_ERR_MEMORY. */
fm_status fm_meter_init(fm_meter *meter, const fm_meter_options *options, fm_error *error);

/* Folds into the process's record what was counted and frees all. Outstanding times are dropped:
   settle first. */
void fm_meter_close(fm_meter *meter);

/* Counts under that explicit budget (a reference is taken) until the next function. FM_ERR_STATE:
   an explicit one is open. */
fm_status fm_meter_use_budget(fm_meter *meter, fm_budget *budget, fm_error *error);
/* Returns to the default budget. FM_ERR_STATE: none is open, or namespaces are. Outstanding times
   are dropped: settle first. */
fm_status fm_meter_leave_budget(fm_meter *meter, fm_error *error);

fm_status fm_meter_push(fm_meter *meter, const char *name, uint64_t flops, fm_error *error);
fm_status fm_meter_push_limits(fm_meter *meter, const char *name, const fm_scope_limits *limits,
                               fm_error *error);
fm_status fm_meter_pop(fm_meter *meter, fm_error *error);
const char *fm_meter_namespace(const fm_meter *meter); /* "" outside */

void fm_meter_on_op(fm_meter *meter, fm_op_callback function, void *user);
/* name is static text; once calls were recorded under another model reports say "mixed". */
void fm_meter_set_cost_model(fm_meter *meter, const char *name);

/* Warns of charges that nobody settled, before they are kept as run. */
void fm_meter_tell_open(const fm_meter *meter);

/* Empties the ledger and the op log; the budget and the process's record stay. Outstanding times
   are dropped: settle first. */
void fm_meter_reset(fm_meter *meter);

/* Puts window in the place of the present one; outstanding times are dropped: settle first. */
void fm_meter_switch(fm_meter *meter, fm_window *window);

/* Sets what follows from the window, its scopes, a capture and what is watched, after one of them
   changed. */
void fm_meter_refresh(fm_meter *meter);

/* Adds the present ledger to what fm_meter_flops and fm_meter_launches keep of ledgers that are no
   more. */
void fm_meter_fold_flops(fm_meter *meter);

/* Sums up what a collector delivers, from now on; units as in fm_activity_sum. False: memory ran
   out. */
bool fm_meter_collect(fm_meter *meter, int units);
/* Ends that. */
void fm_meter_collect_end(fm_meter *meter);
/* Takes one record; an fm_activity_sink, user being the meter. */
void fm_meter_take_activity(void *user, const fm_activity *record);
/* What was delivered now counts; all: everything that ran was. */
void fm_meter_collected(fm_meter *meter, bool all);

/* Keeps a timeline from now on, in place of one that was kept; NULL ends it. */
void fm_meter_keep_timeline(fm_meter *meter, fm_timeline *timeline);

/* Whether device times are still on their way: settle before the window changes. */
static inline bool fm_meter_outstanding(const fm_meter *meter) {
    return meter->inflight.count != 0 || meter->activity;
}

/* By what each charge is to be multiplied; the cost model rounds. */
static inline double fm_meter_multiplier(const fm_meter *meter) {
    return meter->window->budget->multiplier;
}

/* The long way of a charge; and what follows when a reservation did not go through smoothly. */
fm_status fm_meter_charge_slow(fm_meter *meter, const char *op, uint64_t flops, fm_error *error);
fm_status fm_meter_charged(fm_meter *meter, const char *op, uint64_t flops, uint64_t used,
                           fm_verdict verdict, fm_error *error);

/* Charges before the launch. FM_ERR_BUDGET (needed, remaining), FM_ERR_TIME (elapsed, limit),
   FM_ERR_OVERFLOW, FM_ERR_MEMORY (op log): nothing was charged. */
static inline fm_status fm_meter_charge(fm_meter *meter, const char *op, uint64_t flops,
                                        fm_error *error) {
    if (meter->slow & (FM_METER_TIME_LIMIT | FM_METER_SUB_BUDGET | FM_METER_LOG | FM_METER_CAPTURE))
        return fm_meter_charge_slow(meter, op, flops, error);
    uint64_t used;
    fm_window *window = meter->window;
    fm_verdict verdict = fm_budget_reserve(window->budget, &window->lease, flops, &used);
    if (verdict == FM_GRANTED) return FM_OK;
    return fm_meter_charged(meter, op, flops, used, verdict, error);
}

/* Gives a charge back whose work was never submitted. */
static inline void fm_meter_refund(fm_meter *meter, uint64_t flops) {
    if (meter->slow & FM_METER_CAPTURE) return;
    fm_budget_unreserve(meter->window->budget, flops);
    if (meter->slow & FM_METER_SUB_BUDGET) fm_scopes_refund(&meter->window->scopes, flops);
}

/* FM_ERR_TIME once the budget's wall time is up and the mode is enforce. For after the return; a
   charge checks by itself. */
fm_status fm_meter_check_time(fm_meter *meter, const char *op, fm_error *error);

/* Where a plan remembers its row; zero at first. */
typedef struct fm_row_cache {
    uint64_t stamp;
    fm_ledger_row *row;
} fm_row_cache;

fm_ledger_row *fm_meter_find_row(fm_meter *meter, fm_row_cache *cache, const char *op,
                                 fm_dtype dtype);

/* The row for the current namespace; ask for it before the charge, as it can be NULL when memory
   ran out. */
static inline fm_ledger_row *fm_meter_row(fm_meter *meter, fm_row_cache *cache, const char *op,
                                          fm_dtype dtype) {
    if (cache->stamp == meter->stamp) return cache->row;
    return fm_meter_find_row(meter, cache, op, dtype);
}

/* One executed call. */
typedef struct fm_call_record {
    uint64_t flops, macs, bytes;
    uint64_t executed;          /* FLOPs of the method itself, unweighted */
    uint64_t start;             /* tick of the launch, for the op log; 0: now */
    uint64_t ns;                /* in the kernel; FM_UNTIMED: unknown, or to come under ticket */
    uint64_t ticket;            /* of the device's interval; 0: none */
    fm_correlation correlation; /* of the device's records; 0: none */
    fm_ledger_row *kernel;      /* of what did the work, timed as the call is; NULL: not known */
} fm_call_record;

/* One more slice of the timeline, and perhaps a point of the budget's course. */
void fm_meter_timeline_call(fm_meter *meter, const fm_ledger_row *row, const fm_call_record *call);
/* The same of one replay of a graph, launched at that tick (0: now). */
void fm_meter_timeline_replay(fm_meter *meter, uint64_t flops, uint64_t start);

/* The op log, the callback and the time to come, and with the timeline. */
void fm_meter_tell(fm_meter *meter, fm_ledger_row *row, const fm_call_record *call);
void fm_meter_record_slow(fm_meter *meter, fm_ledger_row *row, const fm_call_record *call);
void fm_meter_record_captured(fm_meter *meter, fm_ledger_row *row, const fm_call_record *call);

/* Records a call that was charged. Time known here also counts for the backend. */
static inline void fm_meter_record(fm_meter *meter, fm_ledger_row *row,
                                   const fm_call_record *call) {
    if (meter->slow & FM_METER_CAPTURE) {
        fm_meter_record_captured(meter, row, call);
        return;
    }
    fm_ledger_add(row, call->flops, call->macs, call->bytes, call->ns);
    fm_live_add(&row->live.executed, call->executed);
    if (call->ns != FM_UNTIMED) {
        fm_live_add(&meter->window->backend_ns, call->ns);
        if (call->kernel) {
            fm_ledger_add(call->kernel, call->flops, call->macs, call->bytes, call->ns);
            fm_live_add(&call->kernel->live.executed, call->executed);
        }
    }
    if ((meter->slow & (FM_METER_LOG | FM_METER_CALLBACK | FM_METER_TIMELINE)) != 0 ||
        call->ticket != 0)
        fm_meter_record_slow(meter, row, call);
}

/* Backend time that belongs to no row; and a step whose time comes under ticket. */
static inline void fm_meter_add_backend(fm_meter *meter, uint64_t ns) {
    fm_live_add(&meter->window->backend_ns, ns);
}
void fm_meter_add_step(fm_meter *meter, uint64_t ticket);

/* Takes the times that have arrived, oldest first, and stops at the first that has not. Returns
   how many are still outstanding. */
size_t fm_meter_settle(fm_meter *meter, fm_poll_function poll, void *user);

/* Around each public call that works: what lies between counts as flopmeter's. Calls may nest.
   Nothing is read while timing is off. */
static inline void fm_meter_enter(fm_meter *meter) {
    if (meter->timing != FM_TIMING_OFF && meter->depth++ == 0) meter->entered = fm_ticks();
}
static inline void fm_meter_leave(fm_meter *meter) {
    if (meter->depth != 0 && --meter->depth == 0)
        fm_live_add(&meter->window->inside, fm_ticks_between(meter->entered, fm_ticks()));
}
/* Ticks inside the present call in which the host only waited for an asynchronous device. A
   synchronous one needs none: its kernels' time is taken off by itself. */
static inline void fm_meter_waited(fm_meter *meter, uint64_t ticks) {
    fm_live_add(&meter->window->waited, ticks);
}

#endif
