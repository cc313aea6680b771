/* Runs that count aside: on a ledger and a budget of their own, for a profiler's repetitions. */
#ifndef FM_METER_ASIDE_H
#define FM_METER_ASIDE_H

#include "meter/meter.h"

/* What a meter counted aside, and what it returns to. */
typedef struct fm_aside {
    fm_budget budget; /* no FLOP limit; the wall-time limit and multiplier of the one left */
    fm_window *window, *back;
    const fm_window *outer; /* an aside around this one */
    fm_op_callback on_op;
    void *on_op_user;
    fm_activity_totals activity; /* of the collector's records until then */
} fm_aside;

/* Counts aside until fm_meter_resume: nothing of it reaches the meter's budget, its ledger, the
   callback or the process's record. *aside stays where it is until then. Outstanding times are
   dropped by both: settle first. FM_ERR_MEMORY: nothing changed. */
fm_status fm_meter_set_aside(fm_meter *meter, fm_aside *aside, fm_error *error);
void fm_meter_resume(fm_meter *meter, fm_aside *aside);

/* Where a meter stands: its window and how many namespaces are open. */
typedef struct fm_meter_place {
    const fm_window *window;
    uint32_t depth;
} fm_meter_place;

fm_meter_place fm_meter_where(const fm_meter *meter);

/* Closes the namespaces, and the budget, that were opened since. */
void fm_meter_unwind(fm_meter *meter, fm_meter_place place);

/* All FLOPs that the ledgers of this meter have counted, under whatever budgets; only grows. What
   was counted aside is in it until the meter resumes. */
uint64_t fm_meter_flops(const fm_meter *meter);

/* All launches likewise: of calls that were launched by themselves the device's records where it
   has any, else one a call; and one a replay of a graph. */
uint64_t fm_meter_launches(const fm_meter *meter);

#endif
