/* Budgets: one number that many threads draw from, its limits and what happens at them. */
#ifndef FM_METER_BUDGET_H
#define FM_METER_BUDGET_H

#include <flopmeter/budget.h>
#include <stdatomic.h>

#include "meter/clock.h"

#define FM_DEFAULT_BUDGET_VARIABLE "FLOPMETER_DEFAULT_BUDGET"
#define FM_DEFAULT_BUDGET_FLOPS    UINT64_C(1000000000000000)

struct fm_budget {
    _Atomic uint64_t used;
    uint64_t limit;
    fm_budget_mode mode;
    bool is_default;
    bool log_ops;
    double multiplier;   /* of each charge; the corridor hands it to the cost model */
    double seconds;      /* wall-time limit, 0: none */
    uint64_t opened;     /* ticks */
    uint64_t time_limit; /* ticks since opened, 0: none */
    _Atomic uint32_t refs;
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

/* Takes flops out of the budget, at once and wholly or not at all: refused exactly when
   used + flops > limit, by the one number that all threads change, so an operation that fits is
   never refused. *used is what was used before. */
static inline fm_verdict fm_budget_reserve(fm_budget *budget, uint64_t flops, uint64_t *used) {
    uint64_t before = atomic_load_explicit(&budget->used, memory_order_relaxed);
    fm_verdict verdict;
    do {
        verdict = FM_GRANTED;
        *used = before;
        if (flops > (before < budget->limit ? budget->limit - before : 0)) {
            if (budget->mode == FM_BUDGET_ENFORCE) return FM_REFUSED;
            if (flops > UINT64_MAX - before) return FM_TOO_LARGE;
            verdict = FM_GRANTED_OVER;
        }
    } while (!atomic_compare_exchange_weak_explicit(&budget->used, &before, before + flops,
                                                    memory_order_relaxed, memory_order_relaxed));
    return verdict;
}

/* Gives back a reservation whose work was never submitted. */
static inline void fm_budget_unreserve(fm_budget *budget, uint64_t flops) {
    atomic_fetch_sub_explicit(&budget->used, flops, memory_order_relaxed);
}

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
