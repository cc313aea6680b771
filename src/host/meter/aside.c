/* Runs that count aside: a window that is in no record takes the place of the meter's own. */
#include "meter/aside.h"

#include <string.h>

#include "meter/record.h"

/* The profiler's budget is marked as a default one, which nobody holds references to. */
static void fill_budget(fm_budget *budget, const fm_budget *left) {
    memset(budget, 0, sizeof *budget);
    budget->limit = UINT64_MAX;
    budget->mode = FM_BUDGET_ENFORCE;
    budget->is_default = true;
    budget->multiplier = left->multiplier;
    budget->opened = left->opened;
    if (left->mode == FM_BUDGET_ENFORCE) {
        budget->seconds = left->seconds;
        budget->time_limit = left->time_limit;
    }
    fm_budget_prepare(budget);
}

fm_status fm_meter_set_aside(fm_meter *meter, fm_aside *aside, fm_error *error) {
    fm_window *back = meter->window;
    fill_budget(&aside->budget, back->budget);
    fm_status status = fm_window_new(&aside->budget, atomic_load(&back->cost_model), back->device,
                                     back->asynchronous, &aside->window, error);
    if (status != FM_OK) {
        pthread_mutex_destroy(&aside->budget.lock);
        return status;
    }
    aside->back = back;
    aside->outer = meter->aside;
    aside->on_op = meter->on_op;
    aside->on_op_user = meter->on_op_user;
    if (meter->activity) aside->activity = meter->activity->totals;
    fm_record_rest(back);
    fm_meter_switch(meter, aside->window);
    meter->aside = aside->window;
    fm_meter_on_op(meter, NULL, NULL);
    return FM_OK;
}

void fm_meter_resume(fm_meter *meter, fm_aside *aside) {
    fm_meter_unwind(meter, (fm_meter_place){aside->window, 0});
    fm_meter_switch(meter, aside->back);
    if (meter->activity) fm_activity_resume(meter->activity, &aside->activity);
    meter->aside = aside->outer;
    fm_record_resume(aside->back);
    /* A callback that was set aside stays: the program set it for what follows too. */
    if (meter->on_op == NULL) fm_meter_on_op(meter, aside->on_op, aside->on_op_user);
    fm_charges_drop(&meter->charges, aside->window);
    fm_window_free(aside->window);
    pthread_mutex_destroy(&aside->budget.lock);
}

fm_meter_place fm_meter_where(const fm_meter *meter) {
    return (fm_meter_place){meter->window, meter->window->scopes.depth};
}

static void pop_to(fm_meter *meter, uint32_t depth) {
    while (meter->window->scopes.depth > depth)
        if (fm_meter_pop(meter, NULL) != FM_OK) return;
}

void fm_meter_unwind(fm_meter *meter, fm_meter_place place) {
    if (meter->window != place.window && meter->resting == place.window) {
        pop_to(meter, 0);
        if (fm_meter_leave_budget(meter, NULL) != FM_OK) return;
    }
    if (meter->window == place.window) pop_to(meter, place.depth);
}

static uint64_t flops_of(const fm_window *window) {
    uint64_t flops = 0;
    if (!window) return 0;
    for (fm_ledger_row *row = fm_ledger_first(&window->ledger); row; row = fm_ledger_next(row))
        flops += fm_live_get(&row->live.flops);
    return flops;
}

static uint64_t launches_of(const fm_window *window) {
    uint64_t launches = 0;
    if (!window) return 0;
    for (fm_ledger_row *row = fm_ledger_first(&window->ledger); row; row = fm_ledger_next(row)) {
        uint64_t calls = fm_live_get(&row->live.calls), seen = fm_live_get(&row->live.launches);
        uint64_t alone = calls - fm_live_get(&row->live.replayed);
        launches += seen ? seen / calls * alone + seen % calls * alone / calls : alone;
    }
    return launches;
}

void fm_meter_fold_flops(fm_meter *meter) {
    meter->folded += flops_of(meter->window);
    meter->launched += launches_of(meter->window);
}

uint64_t fm_meter_launches(const fm_meter *meter) {
    return meter->launched + launches_of(meter->window) + launches_of(meter->resting);
}

uint64_t fm_meter_flops(const fm_meter *meter) {
    return meter->folded + flops_of(meter->window) + flops_of(meter->resting);
}
