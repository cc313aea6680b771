/* A context's time under one budget: making, freeing and reading it. */
#include "meter/window.h"

#include <stdio.h>

#include "core/alloc.h"
#include "core/detail.h"

fm_status fm_window_new(fm_budget *budget, const char *cost_model, const char *device,
                        bool asynchronous, fm_window **out, fm_error *error) {
    fm_window *window = fm_alloc(sizeof *window);
    FM_CHECK(window, error, FM_ERR_MEMORY, "budget: out of memory for a ledger");
    fm_status status = fm_ledger_init(&window->ledger, error);
    if (status != FM_OK) {
        fm_free_block(window);
        return status;
    }
    window->budget = budget;
    fm_budget_join(budget, &window->lease);
    window->is_default = budget->is_default;
    atomic_store_explicit(&window->cost_model, cost_model, memory_order_relaxed);
    snprintf(window->device, sizeof window->device, "%s", device);
    window->asynchronous = asynchronous;
    window->since = fm_ticks();
    *out = window;
    return FM_OK;
}

void fm_window_free(fm_window *window) {
    fm_op_log_close(&window->log);
    fm_scopes_close(&window->scopes);
    fm_ledger_close(&window->ledger);
    if (window->budget) fm_budget_part(window->budget, &window->lease);
    fm_budget_release(window->budget);
    fm_free_block(window);
}

void fm_window_read(const fm_window *window, fm_window_reading *out) {
#define COUNTER(kind, name, meaning) out->name = fm_live_get(&window->name);
#include "meter/window.def"
#undef COUNTER
    out->elapsed = window->elapsed;
    if (!window->resting) out->elapsed += fm_ticks_between(window->since, fm_ticks());
}

void fm_window_since(fm_window_reading *reading, const fm_window_reading *base) {
#define COUNTER(kind, name, meaning) reading->name -= base->name;
#include "meter/window.def"
#undef COUNTER
    reading->elapsed = fm_ticks_between(base->elapsed, reading->elapsed);
}

static uint64_t smaller(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

fm_times fm_window_times(const fm_window_reading *reading, bool asynchronous) {
    fm_times times = {.wall = fm_ticks_to_ns(reading->elapsed)};
    times.backend = smaller(reading->backend_ns, times.wall);
    uint64_t inside = fm_ticks_to_ns(reading->inside);
    uint64_t not_ours = asynchronous ? fm_ticks_to_ns(reading->waited) : reading->backend_ns;
    uint64_t overhead = inside > not_ours ? inside - not_ours : 0;
    times.overhead = smaller(overhead, times.wall - times.backend);
    return times;
}
