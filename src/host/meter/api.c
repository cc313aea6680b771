/* The public functions by which a program sets a context's budget and namespaces and reads the op
   log. */
#include "core/detail.h"
#include "meter/hooks.h"

/* Device times still on their way belong to the budget under which their work was launched. */
static fm_status settle(fm_context *ctx) {
    return fm_meter_outstanding(fm_context_meter(ctx)) ? fm_synchronize(ctx) : FM_OK;
}

fm_status fm_budget_attach(fm_context *ctx, fm_budget *budget) {
    fm_error *error = fm_context_error_slot(ctx);
    FM_CHECK(budget, error, FM_ERR_ARGUMENT, "budget: the budget to attach is NULL");
    FM_CHECK(!budget->is_default, error, FM_ERR_ARGUMENT,
             "budget: the default budget counts by itself and cannot be attached");
    FM_TRY(settle(ctx));
    return fm_meter_use_budget(fm_context_meter(ctx), budget, error);
}

fm_status fm_budget_open(fm_context *ctx, const fm_budget_options *options, fm_budget **out) {
    fm_error *error = fm_context_error_slot(ctx);
    FM_CHECK(out, error, FM_ERR_ARGUMENT, "budget: the place for the new budget is NULL");
    fm_budget *budget = NULL;
    *out = NULL;
    FM_CHECK(!fm_context_meter(ctx)->resting, error, FM_ERR_STATE,
             "budget: one is open already in this context, and budgets do not nest");
    FM_TRY(fm_budget_new(options, &budget, error));
    fm_status status = fm_budget_attach(ctx, budget);
    if (status != FM_OK) {
        fm_budget_release(budget);
        return status;
    }
    *out = budget;
    return FM_OK;
}

fm_status fm_budget_close(fm_context *ctx) {
    FM_TRY(settle(ctx));
    return fm_meter_leave_budget(fm_context_meter(ctx), fm_context_error_slot(ctx));
}

fm_budget *fm_context_budget(const fm_context *ctx) {
    return fm_context_meter(ctx)->window->budget;
}

fm_status fm_namespace_push(fm_context *ctx, const char *name, uint64_t flops) {
    FM_TRY(fm_meter_push(fm_context_meter(ctx), name, flops, fm_context_error_slot(ctx)));
    fm_context_range(ctx, name);
    return FM_OK;
}

fm_status fm_scope_push(fm_context *ctx, const char *name, const fm_scope_limits *limits) {
    FM_TRY(fm_meter_push_limits(fm_context_meter(ctx), name, limits, fm_context_error_slot(ctx)));
    fm_context_range(ctx, name);
    return FM_OK;
}

fm_status fm_namespace_pop(fm_context *ctx) {
    FM_TRY(fm_meter_pop(fm_context_meter(ctx), fm_context_error_slot(ctx)));
    fm_context_range(ctx, NULL);
    return FM_OK;
}

const char *fm_namespace_current(const fm_context *ctx) {
    return fm_meter_namespace(fm_context_meter(ctx));
}

void fm_context_on_op(fm_context *ctx, fm_op_callback function, void *user) {
    fm_meter_on_op(fm_context_meter(ctx), function, user);
}

size_t fm_op_log_count(const fm_context *ctx) {
    return fm_context_meter(ctx)->window->log.count;
}

const fm_op_log_entry *fm_op_log_get(const fm_context *ctx, size_t index) {
    return fm_op_log_at(&fm_context_meter(ctx)->window->log, index);
}

void fm_context_reset_ledger(fm_context *ctx) {
    fm_error kept = *fm_context_error_slot(ctx);
    if (settle(ctx) != FM_OK) *fm_context_error_slot(ctx) = kept;
    fm_meter_reset(fm_context_meter(ctx));
}
