/* The ledger: one row of counters for each (op, dtype, namespace), written by one thread, readable
   from any. */
#ifndef FM_METER_LEDGER_H
#define FM_METER_LEDGER_H

#include <flopmeter/dtype.h>

#include "meter/counters.h"
#include "meter/namespace.h"

/* A call whose time is not known (yet). */
#define FM_UNTIMED UINT64_MAX

/* Rows stay where they are until the ledger closes, so callers keep pointers to them. */
typedef struct fm_ledger_row {
    fm_live_counters live; /* since the context's ledger was emptied */
    fm_counters kept;      /* of before that, for the process's record; under the record's lock */
    fm_counters base;      /* what of live the process's record has forgotten; under its lock */
    _Atomic(struct fm_ledger_row *) after; /* made next */
    struct fm_ledger_row *next;            /* in its bucket */
    uint64_t hash;
    const char *name_space; /* "" outside */
    fm_dtype dtype;
    uint32_t name_space_id;
    uint32_t number; /* of the rows, in the order they were made */
    char op[];
} fm_ledger_row;

typedef struct fm_ledger {
    fm_names names;
    _Atomic(fm_ledger_row *) first;
    fm_ledger_row *last;
    fm_ledger_row **buckets;
    size_t bucket_count; /* a power of two */
    size_t count;
    fm_ledger_row **rows; /* by number */
    size_t row_capacity;
    uint64_t serial; /* of this ledger in the process, from 1; below 2^40 */
    /* Rows by (kernel, dtype, name of the op) of what the device was seen to run; NULL: nothing. */
    _Atomic(struct fm_ledger *) kernels;
} fm_ledger;

fm_status fm_ledger_init(fm_ledger *ledger, fm_error *error);
void fm_ledger_close(fm_ledger *ledger);

/* The row of that key, made if it is new; op is copied. name NULL: outside all namespaces.
   NULL when memory ran out. Only on the ledger's own thread. */
fm_ledger_row *fm_ledger_row_of(fm_ledger *ledger, const char *op, fm_dtype dtype,
                                const fm_name *name);

/* The row of that number; NULL: there is none. */
static inline fm_ledger_row *fm_ledger_row_at(const fm_ledger *ledger, size_t number) {
    return number < ledger->count ? ledger->rows[number] : NULL;
}

/* The rows of kernels, made at the first call; NULL when memory ran out. Only on the ledger's own
   thread; any may read what fm_ledger_seen_kernels gives. */
fm_ledger *fm_ledger_kernels(fm_ledger *ledger);
static inline const fm_ledger *fm_ledger_seen_kernels(const fm_ledger *ledger) {
    return atomic_load_explicit(&ledger->kernels, memory_order_acquire);
}

/* One more measured time of a call that was added before. */
static inline void fm_ledger_add_time(fm_ledger_row *row, uint64_t ns) {
    fm_live_add(&row->live.timed, 1);
    fm_live_add(&row->live.ns_total, ns);
    if (ns < fm_live_get(&row->live.ns_min))
        atomic_store_explicit(&row->live.ns_min, ns, memory_order_relaxed);
    if (ns > fm_live_get(&row->live.ns_max))
        atomic_store_explicit(&row->live.ns_max, ns, memory_order_relaxed);
}

/* One call. ns is FM_UNTIMED where the time is not known. */
static inline void fm_ledger_add(fm_ledger_row *row, uint64_t flops, uint64_t macs, uint64_t bytes,
                                 uint64_t ns) {
    fm_live_add(&row->live.calls, 1);
    fm_live_add(&row->live.flops, flops);
    fm_live_add(&row->live.macs, macs);
    fm_live_add(&row->live.bytes, bytes);
    if (ns != FM_UNTIMED) fm_ledger_add_time(row, ns);
}

/* Iterates over the rows from any thread while the ledger is open. */
static inline fm_ledger_row *fm_ledger_first(const fm_ledger *ledger) {
    return atomic_load_explicit(&ledger->first, memory_order_acquire);
}
static inline fm_ledger_row *fm_ledger_next(const fm_ledger_row *row) {
    return atomic_load_explicit(&row->after, memory_order_acquire);
}

/* The context's view of a row, and the process's (under the record's lock). False: nothing was
   counted. */
bool fm_ledger_row_read(const fm_ledger_row *row, fm_counters *out);
bool fm_ledger_row_read_process(const fm_ledger_row *row, fm_counters *out);

/* Empties the context's view; the process's stays. Own thread, under the record's lock. */
void fm_ledger_reset(fm_ledger *ledger);
/* Empties the process's view; the context's stays. Any thread, under the record's lock. */
void fm_ledger_forget(fm_ledger *ledger);

/* Adds what the process's view of from holds to into and takes it off from, row by row. False:
   memory ran out, the rows that did not fit are still in from. */
bool fm_ledger_fold(fm_ledger *into, fm_ledger *from);

#endif
