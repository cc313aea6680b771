/* Charges of the caller's own that are open: made, and not settled yet. */
#ifndef FM_METER_CHARGES_H
#define FM_METER_CHARGES_H

#include "meter/window.h"

struct fm_captured;

/* An id is (use << 32 | place + 1), so that one that was settled never names a later charge. */
typedef struct fm_open_charge {
    fm_window *window; /* under which it was made; NULL: the place is free */
    fm_ledger_row *row;
    const struct fm_captured *graph; /* a graph's replay; NULL: one call of row */
    uint64_t flops, macs, bytes;
    uint32_t use;
    uint32_t next; /* among the free places, place + 1; 0: the last */
    bool captured; /* made while a capture was open: there is nothing to give back */
} fm_open_charge;

/* Where rows of the caller's names are found again by the name's address. */
typedef struct fm_row_memo {
    const char *op;
    fm_dtype dtype;
    uint64_t stamp;
    fm_ledger_row *row;
} fm_row_memo;

enum { FM_CHARGES_FIRST = 64, FM_CHARGES_MOST = 1 << 16, FM_ROW_MEMOS = 16 };

typedef struct fm_charges {
    fm_open_charge *place;
    uint32_t capacity, open, unused; /* unused: place + 1 of the first free one */
    fm_row_memo memo[FM_ROW_MEMOS];
} fm_charges;

/* FM_ERR_STATE, led by subject, where charges of that window (NULL: any) are open. */
fm_status fm_charges_check(const fm_charges *charges, const fm_window *window, const char *subject,
                           fm_error *error);

/* Records the open charges of a window that is about to go (NULL: all) as run. */
void fm_charges_drop(fm_charges *charges, const fm_window *window);
void fm_charges_close(fm_charges *charges);

#endif
