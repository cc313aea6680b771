/* The process's record: all windows that are open, and what the closed ones counted. */
#ifndef FM_METER_RECORD_H
#define FM_METER_RECORD_H

#include "meter/window.h"

/* Guards what window.h, ledger.h and budget.h say it does. Not recursive. */
void fm_record_lock(void);
void fm_record_unlock(void);

void fm_record_add_budget(fm_budget *budget);
/* Folds in what was used of a budget that is about to be freed. */
void fm_record_drop_budget(fm_budget *budget);

/* Puts a new window in. */
void fm_record_begin(fm_window *window);
/* The window's wall time stops, and runs on. */
void fm_record_rest(fm_window *window);
void fm_record_resume(fm_window *window);
/* Folds what the window counted into the record and frees it. Where memory for that runs out, the
   record keeps the window's ledger as it is and tries again later. */
void fm_record_end(fm_window *window);

/* Sums over the process. Of budgets that several contexts share the limit counts once; times are
   summed over contexts. */
typedef struct fm_record_totals {
    bool explicit_budgets; /* true: the default budget is left out */
    uint64_t limit, used, refused, lost;
    fm_times times;
    const char *cost_model; /* "mixed" where there are several; NULL: none */
    char device[32];        /* likewise; "" */
} fm_record_totals;

/* Takes one row; several may have the same key. The row is valid during the call alone. False:
   stop. */
typedef bool (*fm_record_visit)(void *user, const fm_ledger_row *row, const fm_counters *counters);

/* Fills totals and visits all rows. False: the visitor stopped it. */
bool fm_record_read(fm_record_totals *totals, fm_record_visit visit, void *user);

#endif
