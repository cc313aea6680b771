/* What a collector's records add up to, in memory that does not grow with their number: the times
   of calls and hardware counters go into the ledger's rows, launches into a row a kernel and op. */
#ifndef FM_METER_ACTIVITY_H
#define FM_METER_ACTIVITY_H

#include "core/activity.h"
#include "meter/ledger.h"

/* Calls whose records are still coming in, and intervals of the device's time that are not merged
   yet: records may be out of order by so much and still count exactly. */
enum { FM_ACTIVITY_PENDING = 4096, FM_ACTIVITY_INTERVALS = 64 };

/* Rows of kernels in a ledger; past it one row "(others)" takes what is new. */
enum { FM_KERNEL_ROWS = 8192 };

/* Sums beside the rows. */
typedef struct fm_activity_totals {
#define COUNTER(kind, name, meaning) uint64_t name;
#include "meter/activity.def"
#undef COUNTER
} fm_activity_totals;

typedef struct fm_pending_call {
    fm_correlation correlation; /* 0: free */
    fm_ledger_row *row;         /* that its time counts in */
    uint64_t launch;            /* of a graph; 0 elsewhere */
    uint64_t ns;
} fm_pending_call;

typedef struct fm_busy_interval {
    uint64_t start, end;
} fm_busy_interval;

typedef struct fm_activity_sum {
    fm_ledger *ledger;   /* that the records' rows are in */
    uint32_t next_call;  /* number of the next call, modulo 2^28 */
    uint32_t first_call; /* of the ones that belong to this ledger */
    int32_t units;       /* multiprocessors of the device; 0: unknown */
    uint64_t last_start; /* of the records so far */
    uint64_t busy_taken; /* of totals.busy_ns, by fm_activity_take_busy */
    fm_activity_totals totals;
    struct fm_captured *graphs; /* replayed since the sum began (meter/captured.h) */
    size_t intervals;
    fm_busy_interval interval[FM_ACTIVITY_INTERVALS];
    fm_pending_call pending[FM_ACTIVITY_PENDING];
} fm_activity_sum;

/* Begins with an empty sum for the ledger's rows; records of calls before it will be late ones. */
void fm_activity_begin(fm_activity_sum *sum, fm_ledger *ledger);

/* Goes on from what it had come to before it was begun anew for another ledger. */
void fm_activity_resume(fm_activity_sum *sum, const fm_activity_totals *before);

/* Records of that graph's replays are found in the rows that it has now, whichever sum and ledger
   it was captured under; until it is forgotten or the sum begins anew. */
void fm_activity_replays(fm_activity_sum *sum, struct fm_captured *graph);
void fm_activity_forget(fm_activity_sum *sum, const struct fm_captured *graph);

/* The number of the next call of that row; 0 when the row has a number past 20 bits. */
fm_correlation fm_activity_call(fm_activity_sum *sum, const fm_ledger_row *row);

/* Adds one record. */
void fm_activity_add(fm_activity_sum *sum, const fm_activity *record);

/* Ends what is pending: every call whose records have come has its time, and the device's busy time
   is complete. For after a synchronisation. */
void fm_activity_flush(fm_activity_sum *sum);

/* Busy time that was found since the last call of this. */
uint64_t fm_activity_take_busy(fm_activity_sum *sum);

/* The row of a kernel within an op's calls; op "": the work belongs to no call. NULL when memory
   ran out. */
fm_ledger_row *fm_kernel_row(fm_ledger *ledger, const char *kernel, const char *op, fm_dtype dtype);

#endif
