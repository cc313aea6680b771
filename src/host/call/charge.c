/* Charges of the caller's own in unit FLOPs of an operation, weighted by the cost model. */
#include "call/context.h"
#include "core/detail.h"
#include "cost/model.h"

#include <flopmeter/budget.h>

fm_status fm_charge_as(fm_context *ctx, const char *op, uint64_t unit_flops) {
    fm_work work;
    uint64_t flops;
    fm_error *error = &ctx->error;
    FM_CHECK(op && *op, error, FM_ERR_ARGUMENT, "charge: the name of the operation is empty");
    fm_work_begin(&work, ctx->model->faults);
    fm_status status = fm_work_add_units(&work, op, unit_flops);
    if (status == FM_OK)
        status = fm_cost_apply(ctx->model, ctx->weights, fm_meter_multiplier(&ctx->meter), &work,
                               &flops, NULL);
    if (status != FM_OK)
        return fm_fail_op(error, status, op, 0,
                          "%llu FLOPs times weight and multiplier are past 64 bits",
                          (unsigned long long)unit_flops);
    fm_row_cache none = {0};
    fm_ledger_row *row = fm_meter_row(&ctx->meter, &none, op, FM_DTYPE_NONE);
    if (!row) return fm_fail_op(error, FM_ERR_MEMORY, op, 0, "out of memory for its row");
    FM_TRY(fm_meter_charge(&ctx->meter, op, flops, error));
    fm_call_record record = {.flops = flops, .ns = FM_UNTIMED};
    fm_meter_record(&ctx->meter, row, &record);
    return FM_OK;
}
