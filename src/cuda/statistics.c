/* The family of statistics: reductions with kernels of their own. */
#include "reduce_call.h"
#include "statistics.h"

#include "ops/ids_statistics.h"

/* The dtype in which elements are read: halves as float32. */
static fm_dtype read_as(fm_dtype compute) {
    return compute == FM_FLOAT16 || compute == FM_BFLOAT16 ? FM_FLOAT32 : compute;
}

static int number_of(fm_dtype read) {
    switch (read) {
    case FM_FLOAT32:
        return 0;
    case FM_FLOAT64:
        return 1;
    case FM_COMPLEX64:
        return 2;
    case FM_COMPLEX128:
        return 3;
    default:
        return -1;
    }
}

static const cu_reduce_kernel *kernel_of(uint16_t op, fm_dtype read) {
    const int number = number_of(read);
    if (op == FM_STATISTIC_count_nonzero) return read == FM_BOOL ? &cu_statistic_count : NULL;
    if (op >= FM_STATISTIC_COUNT || number < 0) return NULL;
    switch ((fm_statistic_id)op) {
    case FM_STATISTIC_nansum:
    case FM_STATISTIC_nanmean:
        return &cu_statistic_sum[number];
    case FM_STATISTIC_nanprod:
        return &cu_statistic_prod[number];
    case FM_STATISTIC_var:
    case FM_STATISTIC_std:
    case FM_STATISTIC_nanvar:
    case FM_STATISTIC_nanstd:
        return &cu_statistic_spread[number];
    default:
        return &cu_statistic_best[number];
    }
}

static int supports(uint16_t op, fm_dtype compute) {
    return kernel_of(op, read_as(compute)) != NULL;
}

static fm_status plan_statistics(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                                 fm_plan_info *info, fm_error *error) {
    const uint16_t op = call->op;
    const fm_dtype read = read_as(call->compute);
    const int place = op == FM_STATISTIC_nanargmax || op == FM_STATISTIC_nanargmin;
    cu_reduce_job *job;
    fm_status status =
        cu_reduce_plan_call(dev, call, kernel_of(op, read), read, place, out, &job, info, error);
    if (status != FM_OK) return status;
    job->args.mean = op == FM_STATISTIC_nanmean;
    job->args.least = op == FM_STATISTIC_nanmin || op == FM_STATISTIC_nanargmin;
    job->args.root = op == FM_STATISTIC_std || op == FM_STATISTIC_nanstd;
    job->args.skips = op == FM_STATISTIC_nanvar || op == FM_STATISTIC_nanstd;
    job->args.ddof = call->params->statistics.ddof;
    return FM_OK;
}

const cu_family cu_family_statistics = {supports, plan_statistics};
