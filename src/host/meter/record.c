/* The process's record: the list of open windows and two sums of closed ones, of the default budget
   and of explicit ones. */
#include "meter/record.h"

#include <flopmeter/summary.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* What closed windows and budgets of one kind came to. */
typedef struct side {
    fm_ledger ledger;
    bool has_ledger;
    uint64_t budgets;
    fm_record_totals totals;
} side;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static fm_window *open_windows;
static fm_window *ended_windows; /* whose rows found no memory in their side's ledger */
static fm_budget *budgets;
static side sides[2]; /* explicit, default */

void fm_record_lock(void) {
    pthread_mutex_lock(&mutex);
}

void fm_record_unlock(void) {
    pthread_mutex_unlock(&mutex);
}

/* Doubly linked lists of windows and of budgets. */
#define LIST_INSERT(list, item)                                                                    \
    do {                                                                                           \
        (item)->previous = NULL;                                                                   \
        (item)->next = (list);                                                                     \
        if (list) (list)->previous = (item);                                                       \
        (list) = (item);                                                                           \
    } while (0)
#define LIST_REMOVE(list, item)                                                                    \
    do {                                                                                           \
        if ((item)->next) (item)->next->previous = (item)->previous;                               \
        if ((item)->previous) (item)->previous->next = (item)->next;                               \
        if (!(item)->previous) (list) = (item)->next;                                              \
    } while (0)

static uint64_t less(uint64_t a, uint64_t b) {
    return a > b ? a - b : 0;
}

static uint64_t used_of(const fm_budget *budget) {
    return less(fm_budget_used(budget), budget->hidden);
}

static void join_text(char *into, size_t size, const char *text) {
    if (!*into) {
        snprintf(into, size, "%s", text);
    } else if (*text && strcmp(into, text) != 0) {
        snprintf(into, size, "mixed");
    }
}

static const char *join_models(const char *a, const char *b) {
    if (!a || !b) return a ? a : b;
    return strcmp(a, b) == 0 ? a : "mixed";
}

static void add_times(fm_times *into, fm_times times) {
    into->wall = fm_saturating_add(into->wall, times.wall);
    into->backend = fm_saturating_add(into->backend, times.backend);
    into->overhead = fm_saturating_add(into->overhead, times.overhead);
}

/* Adds what a window counted beside its rows. */
static void add_window(fm_record_totals *totals, const fm_window *window) {
    fm_window_reading reading;
    fm_window_read(window, &reading);
    fm_window_since(&reading, &window->record_base);
    add_times(&totals->times, fm_window_times(&reading, window->asynchronous));
    totals->refused = fm_saturating_add(totals->refused, reading.refused);
    totals->lost = fm_saturating_add(totals->lost, reading.lost);
    totals->cost_model = join_models(totals->cost_model, atomic_load(&window->cost_model));
    join_text(totals->device, sizeof totals->device, window->device);
}

static void add_budget(fm_record_totals *totals, const fm_budget *budget) {
    totals->limit = fm_saturating_add(totals->limit, budget->limit);
    totals->used = fm_saturating_add(totals->used, used_of(budget));
}

void fm_record_add_budget(fm_budget *budget) {
    fm_record_lock();
    LIST_INSERT(budgets, budget);
    fm_record_unlock();
}

void fm_record_drop_budget(fm_budget *budget) {
    fm_record_lock();
    LIST_REMOVE(budgets, budget);
    if (!budget->forgotten) {
        side *s = &sides[budget->is_default];
        ++s->budgets;
        add_budget(&s->totals, budget);
    }
    fm_record_unlock();
}

void fm_record_begin(fm_window *window) {
    fm_record_lock();
    LIST_INSERT(open_windows, window);
    ++window->budget->windows;
    window->budget->forgotten = false;
    fm_record_unlock();
}

void fm_record_rest(fm_window *window) {
    fm_record_lock();
    window->elapsed += fm_ticks_between(window->since, fm_ticks());
    window->resting = true;
    fm_record_unlock();
}

void fm_record_resume(fm_window *window) {
    fm_record_lock();
    window->since = fm_ticks();
    window->resting = false;
    fm_record_unlock();
}

static bool fold_rows(fm_window *window) {
    side *s = &sides[window->is_default];
    if (!s->has_ledger) s->has_ledger = fm_ledger_init(&s->ledger, NULL) == FM_OK;
    return s->has_ledger && fm_ledger_fold(&s->ledger, &window->ledger);
}

/* Frees the ended windows whose rows find memory now. */
static void fold_ended(void) {
    for (fm_window *window = ended_windows, *next; window; window = next) {
        next = window->next;
        if (!fold_rows(window)) continue;
        LIST_REMOVE(ended_windows, window);
        fm_window_free(window);
    }
}

void fm_record_end(fm_window *window) {
    fm_record_lock();
    LIST_REMOVE(open_windows, window);
    fm_budget *budget = window->budget;
    --budget->windows;
    fm_budget_part(budget, &window->lease);
    add_window(&sides[window->is_default].totals, window);
    window->budget = NULL;
    fm_op_log_close(&window->log);
    LIST_INSERT(ended_windows, window);
    fold_ended();
    fm_record_unlock();
    fm_budget_release(budget);
}

static bool visit_ledger(const fm_ledger *ledger, fm_record_visit visit, void *user) {
    for (fm_ledger_row *row = fm_ledger_first(ledger); row; row = fm_ledger_next(row)) {
        fm_counters counters;
        if (fm_ledger_row_read_process(row, &counters) && !visit(user, row, &counters))
            return false;
    }
    return true;
}

static bool has_explicit(void) {
    bool any = sides[0].budgets != 0;
    for (fm_budget *budget = budgets; budget; budget = budget->next)
        any = any || (!budget->is_default && !budget->forgotten);
    return any;
}

static void read_totals(bool is_default, fm_record_totals *totals) {
    *totals = sides[is_default].totals;
    totals->explicit_budgets = !is_default;
    for (const fm_window *window = open_windows; window; window = window->next)
        if (window->is_default == is_default) add_window(totals, window);
    for (const fm_budget *budget = budgets; budget; budget = budget->next)
        if (budget->is_default == is_default && !budget->forgotten) add_budget(totals, budget);
}

bool fm_record_read(fm_record_totals *totals, fm_record_visit visit, void *user) {
    fm_record_lock();
    bool is_default = !has_explicit();
    read_totals(is_default, totals);
    const side *s = &sides[is_default];
    bool all = !s->has_ledger || visit_ledger(&s->ledger, visit, user);
    const fm_window *lists[] = {open_windows, ended_windows};
    for (size_t i = 0; i < 2; ++i)
        for (const fm_window *window = lists[i]; window && all; window = window->next)
            if (window->is_default == is_default) all = visit_ledger(&window->ledger, visit, user);
    fm_record_unlock();
    return all;
}

void fm_process_reset(void) {
    fm_record_lock();
    for (size_t i = 0; i < 2; ++i) {
        if (sides[i].has_ledger) fm_ledger_close(&sides[i].ledger);
        memset(&sides[i], 0, sizeof sides[i]);
    }
    for (fm_window *window = ended_windows, *next; window; window = next) {
        next = window->next;
        fm_window_free(window);
    }
    ended_windows = NULL;
    for (fm_window *window = open_windows; window; window = window->next) {
        fm_ledger_forget(&window->ledger);
        fm_window_read(window, &window->record_base);
    }
    for (fm_budget *budget = budgets; budget; budget = budget->next) {
        budget->hidden = fm_budget_used(budget);
        budget->forgotten = budget->windows == 0 && !budget->is_default;
    }
    fm_record_unlock();
}
