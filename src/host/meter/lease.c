/* Leases: credit of single contexts out of a shared budget, and the exact answer without it.
 *
 * Credit is taken out of `used` under the budget's lock and drawn on without it. What was really
 * used is `used` less all credit; under the lock, once every lease was swept back, it is `used`. */
#include "meter/budget.h"

#include "meter/counters.h"

/* Charges that one lease is to serve, and the fewest that it is taken for. */
enum { LEASE_CHARGES = 1024, LEASE_LEAST = 16 };

/* Of what is left, each context may hold a share of so many parts, so that leases run dry before
   the budget does. */
enum { LEASE_SHARES = 4 };

/* Charges until a context that got no credit asks again. */
enum { LEASE_PAUSE = 64 };

static uint64_t left_of(uint64_t limit, uint64_t used) {
    return used < limit ? limit - used : 0;
}

static uint64_t soft_gate(const fm_budget *budget) {
    if (budget->soft == 0 || budget->told || budget->soft > budget->limit) return budget->limit;
    return budget->soft - 1;
}

void fm_budget_prepare(fm_budget *budget) {
    pthread_mutex_init(&budget->lock, NULL);
    atomic_store_explicit(&budget->gate, soft_gate(budget), memory_order_relaxed);
}

/* Under the lock: all credit goes back. */
static void sweep(fm_budget *budget) {
    uint64_t credit = 0;
    for (fm_lease *lease = budget->leases; lease; lease = lease->next)
        credit += atomic_exchange_explicit(&lease->credit, 0, memory_order_relaxed);
    if (credit) atomic_fetch_sub_explicit(&budget->used, credit, memory_order_relaxed);
}

void fm_budget_join(fm_budget *budget, fm_lease *lease) {
    pthread_mutex_lock(&budget->lock);
    lease->previous = NULL;
    lease->next = budget->leases;
    if (budget->leases) budget->leases->previous = lease;
    budget->leases = lease;
    ++budget->lessees;
    pthread_mutex_unlock(&budget->lock);
}

void fm_budget_part(fm_budget *budget, fm_lease *lease) {
    pthread_mutex_lock(&budget->lock);
    uint64_t credit = atomic_exchange_explicit(&lease->credit, 0, memory_order_relaxed);
    if (credit) atomic_fetch_sub_explicit(&budget->used, credit, memory_order_relaxed);
    if (lease->next) lease->next->previous = lease->previous;
    if (lease->previous) lease->previous->next = lease->next;
    if (budget->leases == lease) budget->leases = lease->next;
    --budget->lessees;
    pthread_mutex_unlock(&budget->lock);
}

/* Under the lock. `used` may grow meanwhile, but never past the gate by this. */
static void take(fm_budget *budget, fm_lease *lease, uint64_t flops) {
    uint64_t gate = atomic_load_explicit(&budget->gate, memory_order_relaxed);
    uint64_t before = atomic_load_explicit(&budget->used, memory_order_relaxed);
    uint64_t chunk;
    if (flops == 0 || flops > UINT64_MAX / LEASE_CHARGES) return;
    atomic_store_explicit(&budget->leased, true, memory_order_release);
    do {
        uint64_t most = left_of(gate, before) / ((uint64_t)LEASE_SHARES * budget->lessees);
        chunk = flops * LEASE_CHARGES < most ? flops * LEASE_CHARGES : most;
        if (chunk < flops * LEASE_LEAST) return;
    } while (!atomic_compare_exchange_weak_explicit(&budget->used, &before, before + chunk,
                                                    memory_order_release, memory_order_relaxed));
    atomic_fetch_add_explicit(&lease->credit, chunk, memory_order_relaxed);
    lease->wait = 0;
}

void fm_budget_lease(fm_budget *budget, fm_lease *lease, uint64_t flops) {
    if (lease->wait != 0) {
        --lease->wait;
        return;
    }
    lease->wait = LEASE_PAUSE;
    if (pthread_mutex_trylock(&budget->lock) != 0) return;
    if (budget->lessees > 1 && !budget->past) take(budget, lease, flops);
    pthread_mutex_unlock(&budget->lock);
}

/* Whether the soft limit was reached by the charge that made used what it is. Under the lock. */
static bool reaches_soft(fm_budget *budget, uint64_t used) {
    if (budget->soft == 0 || budget->told || used < budget->soft) return false;
    budget->told = true;
    atomic_store_explicit(&budget->gate, budget->limit, memory_order_relaxed);
    return true;
}

fm_verdict fm_budget_reserve_exact(fm_budget *budget, uint64_t flops, uint64_t *used) {
    pthread_mutex_lock(&budget->lock);
    sweep(budget);
    uint64_t before = atomic_load_explicit(&budget->used, memory_order_relaxed);
    fm_verdict verdict;
    do {
        verdict = FM_GRANTED;
        *used = before;
        if (flops <= left_of(budget->limit, before)) continue;
        verdict = budget->mode == FM_BUDGET_ENFORCE ? FM_REFUSED : FM_GRANTED_OVER;
        if (verdict == FM_GRANTED_OVER && flops > UINT64_MAX - before) verdict = FM_TOO_LARGE;
        if (verdict != FM_GRANTED_OVER) break;
    } while (!atomic_compare_exchange_weak_explicit(&budget->used, &before, before + flops,
                                                    memory_order_relaxed, memory_order_relaxed));
    bool granted = verdict == FM_GRANTED || verdict == FM_GRANTED_OVER;
    bool soft = granted && reaches_soft(budget, before + flops);
    budget->past = budget->past || verdict == FM_GRANTED_OVER;
    pthread_mutex_unlock(&budget->lock);
    if (soft) {
        fm_soft_event event = {NULL, budget->soft, before + flops, budget->limit};
        budget->on_soft(budget->soft_user, &event);
    }
    return verdict;
}

/* Draws that happen between the readings count as made: the sum is what was used at some moment
   from the call to its return. */
uint64_t fm_budget_used(const fm_budget *shared) {
    fm_budget *budget = (fm_budget *)(uintptr_t)shared;
    uint64_t used = atomic_load_explicit(&budget->used, memory_order_acquire);
    if (!atomic_load_explicit(&budget->leased, memory_order_acquire)) return used;
    pthread_mutex_lock(&budget->lock);
    used = atomic_load_explicit(&budget->used, memory_order_relaxed);
    for (const fm_lease *lease = budget->leases; lease; lease = lease->next)
        used -= atomic_load_explicit(&lease->credit, memory_order_relaxed);
    pthread_mutex_unlock(&budget->lock);
    return used;
}
