/* The family of statistics on the CPU: reductions with kernels of their own. */
#include "cpu/reduce.h"

/* The dtype whose kernel does the work: halves in float32. */
static fm_dtype stage_of(fm_dtype compute) {
    return compute == FM_FLOAT16 || compute == FM_BFLOAT16 ? FM_FLOAT32 : compute;
}

static const fm_reduce_kernel *kernel_of(uint16_t op, fm_dtype compute) {
    return &FM_ISA_CHOOSE(&fm_statistics)->kernel[op][stage_of(compute)];
}

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_STATISTIC_COUNT && compute < FM_DTYPE_COUNT &&
           kernel_of(op, compute)->run != NULL;
}

static fm_status plan_statistics(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                                 fm_plan_info *info, fm_error *error) {
    fm_reduce_job *job;
    uint16_t op = call->op;
    bool numbered = op == FM_STATISTIC_nanargmax || op == FM_STATISTIC_nanargmin;
    double ddof = call->params->statistics.ddof;
    (void)dev;
    fm_status status = fm_reduce_plan_call(call, kernel_of(op, call->compute), numbered,
                                           stage_of(call->compute), out, &job, info, error);
    if (status != FM_OK) return status;
    if (op == FM_STATISTIC_var || op == FM_STATISTIC_std)
        job->divisor = job->divisor > ddof ? job->divisor - ddof : 0;
    if (op == FM_STATISTIC_nanvar || op == FM_STATISTIC_nanstd) job->divisor = ddof;
    return FM_OK;
}

const fm_cpu_family fm_cpu_statistics = {supports, plan_statistics};
