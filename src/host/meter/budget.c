/* Budgets: making, counting references, the process's default one, and the public readings. */
#include "meter/budget.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "meter/flops.h"
#include "meter/record.h"

/* Copies the fields that the caller's version of the struct has; the others stay as they are. */
static fm_status copy_options(const fm_budget_options *options, fm_budget_options *full,
                              fm_error *error) {
    FM_CHECK(options, error, FM_ERR_ARGUMENT, "budget: the options are NULL");
    size_t least = offsetof(fm_budget_options, flops) + sizeof options->flops;
    FM_CHECK(options->size >= least, error, FM_ERR_ARGUMENT,
             "budget: options size is %zu, at least %zu is needed", options->size, least);
    memcpy(full, options, options->size < sizeof *full ? options->size : sizeof *full);
    return FM_OK;
}

static fm_status check_options(const fm_budget_options *options, fm_error *error) {
    FM_CHECK(options->flops != 0, error, FM_ERR_ARGUMENT,
             "budget: flops is 0, at least 1 is needed");
    FM_CHECK(options->seconds >= 0 && isfinite(options->seconds), error, FM_ERR_ARGUMENT,
             "budget: seconds is %g, a finite number from 0 on is needed", options->seconds);
    FM_CHECK(options->multiplier >= 0 && isfinite(options->multiplier), error, FM_ERR_ARGUMENT,
             "budget: multiplier is %g, a finite number from 0 on is needed", options->multiplier);
    FM_CHECK((unsigned)options->mode <= FM_BUDGET_OBSERVE, error, FM_ERR_ARGUMENT,
             "budget: mode is %d, not one of enforce, warn and observe", (int)options->mode);
    FM_CHECK(options->soft_flops == 0 || options->on_soft, error, FM_ERR_ARGUMENT,
             "budget: soft_flops is %llu, but on_soft is NULL",
             (unsigned long long)options->soft_flops);
    return FM_OK;
}

static uint64_t ticks_of_seconds(double seconds) {
    if (seconds == 0) return 0;
    double ns = seconds * 1e9;
    return fm_ns_to_ticks(ns >= 0x1p63 ? UINT64_C(1) << 63 : (uint64_t)ns);
}

fm_status fm_budget_new(const fm_budget_options *options, fm_budget **out, fm_error *error) {
    fm_budget_options full = {0};
    FM_TRY(copy_options(options, &full, error));
    FM_TRY(check_options(&full, error));
    fm_budget *budget = fm_alloc(sizeof *budget);
    FM_CHECK(budget, error, FM_ERR_MEMORY, "budget: out of memory");
    if (full.name && !(budget->name = fm_strdup(full.name))) {
        fm_free_block(budget);
        return fm_fail(error, FM_ERR_MEMORY, "budget: out of memory for its name");
    }
    budget->opened = fm_ticks();
    budget->limit = full.flops;
    budget->mode = full.mode;
    budget->multiplier = full.multiplier == 0 ? 1.0 : full.multiplier;
    budget->seconds = full.seconds;
    budget->time_limit = ticks_of_seconds(full.seconds);
    budget->log_ops = full.log_ops;
    budget->soft = full.soft_flops;
    budget->on_soft = full.on_soft;
    budget->soft_user = full.soft_user;
    atomic_init(&budget->refs, 1);
    fm_budget_prepare(budget);
    fm_record_add_budget(budget);
    *out = budget;
    return FM_OK;
}

fm_budget *fm_budget_retain(fm_budget *budget) {
    if (!budget->is_default) atomic_fetch_add_explicit(&budget->refs, 1, memory_order_relaxed);
    return budget;
}

void fm_budget_release(fm_budget *budget) {
    if (!budget || budget->is_default) return;
    if (atomic_fetch_sub_explicit(&budget->refs, 1, memory_order_acq_rel) != 1) return;
    fm_record_drop_budget(budget);
    pthread_mutex_destroy(&budget->lock);
    fm_free_block(budget->name);
    fm_free_block(budget);
}

static fm_status default_limit(uint64_t *flops, fm_error *error) {
    const char *text = getenv(FM_DEFAULT_BUDGET_VARIABLE);
    *flops = FM_DEFAULT_BUDGET_FLOPS;
    FM_CHECK(!text || fm_flops_parse(text, flops), error, FM_ERR_ARGUMENT,
             FM_DEFAULT_BUDGET_VARIABLE
             " is \"%s\", a whole number of FLOPs from 1 to 18446744073709551615 is needed",
             text);
    return FM_OK;
}

fm_status fm_budget_default(fm_budget **out, fm_error *error) {
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static fm_budget budget = {.is_default = true, .multiplier = 1.0, .refs = 1};
    fm_status status = FM_OK;
    pthread_mutex_lock(&mutex);
    if (budget.limit == 0) {
        uint64_t limit = 0;
        status = default_limit(&limit, error);
        if (status == FM_OK) {
            budget.limit = limit;
            budget.opened = fm_ticks();
            fm_budget_prepare(&budget);
            fm_record_add_budget(&budget);
        }
    }
    pthread_mutex_unlock(&mutex);
    if (status == FM_OK) *out = &budget;
    return status;
}

uint64_t fm_budget_limit(const fm_budget *budget) {
    return budget->limit;
}

uint64_t fm_budget_remaining(const fm_budget *budget) {
    uint64_t used = fm_budget_used(budget);
    return used < budget->limit ? budget->limit - used : 0;
}

double fm_budget_elapsed(const fm_budget *budget) {
    return (double)fm_ticks_to_ns(fm_ticks_between(budget->opened, fm_ticks())) / 1e9;
}

bool fm_budget_is_default(const fm_budget *budget) {
    return budget->is_default;
}
