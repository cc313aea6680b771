/* Budgets: one number that many threads draw from, its limits and what happens at them. */
#ifndef FM_METER_BUDGET_H
#define FM_METER_BUDGET_H

#include <flopmeter/budget.h>
#include <pthread.h>
#include <stdatomic.h>

#include "meter/clock.h"

#define FM_DEFAULT_BUDGET_VARIABLE "FLOPMETER_DEFAULT_BUDGET"
#define FM_DEFAULT_BUDGET_FLOPS    UINT64_C(1000000000000000)

/* Credit that one context took out of a budget in advance, so that threads that share it need not
   meet at every charge. The context draws on it, and whoever needs an exact answer sweeps it back.
 */
typedef struct fm_lease {
    _Atomic uint64_t credit;
    uint64_t seen; /* used of the budget after this context's latest charge to it */
    uint32_t wait; /* charges until credit is asked for again */
    struct fm_lease *previous, *next; /* of the budget, under its lock */
} fm_lease;

struct fm_budget {
    _Atomic uint64_t used; /* with the credit of all leases */
    _Atomic uint64_t gate; /* a charge up to here is granted at sight: the limit, or the last
                              number below a soft limit that was not reached yet */
    uint64_t limit;
    fm_budget_mode mode;
    bool is_default;
    bool log_ops;
    double multiplier;   /* of each charge; the corridor hands it to the cost model */
    double seconds;      /* wall-time limit, 0: none */
    uint64_t opened;     /* ticks */
    uint64_t time_limit; /* ticks since opened, 0: none */
    _Atomic uint32_t refs;
    uint64_t soft; /* 0: none */
    fm_soft_function on_soft;
    void *soft_user;
    /* Leases are taken and swept under the lock. */
    pthread_mutex_t lock;
    fm_lease *leases;
    uint32_t lessees;
    _Atomic bool leased; /* some lease was taken once */
    bool past;           /* the limit was passed (warn, observe): no more leases */
    bool told;           /* the soft limit was reached */
    /* For the process's record, under its lock. */
    uint64_t hidden;  /* used when the record was last emptied */
    uint32_t windows; /* contexts that count under it */
    bool forgotten;   /* the record was emptied while there was none */
    struct fm_budget *previous, *next;
    char *name; /* NULL: none */
};

/* How a charge ended. */
typedef enum fm_verdict {
    FM_GRANTED = 0,
    FM_GRANTED_OVER, /* charged, but past a limit: the mode is warn or observe */
    FM_REFUSED,
    FM_TOO_LARGE /* used would pass 2^64 - 1: refused in every mode */
} fm_verdict;

/* The long way of a reservation: every lease is swept back first, so that the answer is exact, and
   a soft limit that is reached is told. *used is what was used before. */
fm_verdict fm_budget_reserve_exact(fm_budget *budget, uint64_t flops, uint64_t *used);

/* Asks for credit after a charge that found others at the budget; does nothing where there is too
   little to share. */
void fm_budget_lease(fm_budget *budget, fm_lease *lease, uint64_t flops);

/* Takes flops out of the budget, at once and wholly or not at all: refused exactly when
   used + flops > limit, so an operation that fits is never refused. *used is set where the verdict
   is not FM_GRANTED: what was used before. */
static inline fm_verdict fm_budget_reserve(fm_budget *budget, fm_lease *lease, uint64_t flops,
                                           uint64_t *used) {
    uint64_t credit = atomic_load_explicit(&lease->credit, memory_order_relaxed);
    while (flops <= credit && credit != 0)
        if (atomic_compare_exchange_weak_explicit(&lease->credit, &credit, credit - flops,
                                                  memory_order_relaxed, memory_order_relaxed))
            return FM_GRANTED;
    uint64_t gate = atomic_load_explicit(&budget->gate, memory_order_relaxed);
    uint64_t before = atomic_load_explicit(&budget->used, memory_order_relaxed);
    do {
        if (flops > (before < gate ? gate - before : 0))
            return fm_budget_reserve_exact(budget, flops, used);
    } while (!atomic_compare_exchange_weak_explicit(&budget->used, &before, before + flops,
                                                    memory_order_relaxed, memory_order_relaxed));
    bool others = before != lease->seen;
    lease->seen = before + flops;
    if (others) fm_budget_lease(budget, lease, flops);
    return FM_GRANTED;
}

/* Gives back a reservation whose work was never submitted. */
static inline void fm_budget_unreserve(fm_budget *budget, uint64_t flops) {
    atomic_fetch_sub_explicit(&budget->used, flops, memory_order_relaxed);
}

/* Before a context's first charge, and after its last. */
void fm_budget_join(fm_budget *budget, fm_lease *lease);
void fm_budget_part(fm_budget *budget, fm_lease *lease);

/* Makes lock and gate of a budget whose other fields are filled. */
void fm_budget_prepare(fm_budget *budget);

/* Whether the wall-time limit has passed; reads no clock where there is none. */
static inline bool fm_budget_out_of_time(const fm_budget *budget) {
    return budget->time_limit != 0 &&
           fm_ticks_between(budget->opened, fm_ticks()) > budget->time_limit;
}

/* A budget with one reference, by the options of fm_budget_open. FM_ERR_ARGUMENT names the field;
   FM_ERR_MEMORY. */
fm_status fm_budget_new(const fm_budget_options *options, fm_budget **out, fm_error *error);

/* The process's default budget, made at the first call; it is never freed, so it needs no
   reference. FM_ERR_ARGUMENT names the variable and its value where that is no FLOP count. */
fm_status fm_budget_default(fm_budget **out, fm_error *error);

fm_budget *fm_budget_retain(fm_budget *budget);

#endif
