/* The family of reductions on the CPU: from a call to a planned job. */
#include "cpu/reduce.h"
#include "cpu/scalar_value.h"
#include "scalar/types.h"
#include "scalar/weak.h"

typedef struct reduce_plan {
    fm_kplan head;
    bool by_value; /* the input is a number */
    fm_dtype half; /* which it is rounded to first */
    fm_reduce_job job;
} reduce_plan;

static fm_status run_reduce(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const reduce_plan *plan = (const reduce_plan *)head;
    (void)error;
    fm_c128 number;
    const void *in = args->in[0];
    if (plan->by_value) {
        fm_scalar_store(args->scalars[0], plan->half, plan->job.in, &number);
        in = &number;
    }
    fm_reduce_job_run(&plan->job, in, args->out[0], args->workspace);
    return FM_OK;
}

static void free_reduce(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

/* Sorts the input's axes into kept and reduced ones with their strides. */
static void split_axes(const fm_kernel_call *call, int *nkept, fm_reduce_axis *kept, int *nred,
                       fm_reduce_axis *red) {
    const fm_layout *in = call->in[0], *out = call->out[0];
    const fm_reduce_params *params = &call->params->reduce;
    *nkept = *nred = 0;
    for (int d = 0, o = 0; d < in->ndim; d++) {
        fm_reduce_axis axis = {fm_layout_shape(in)[d], fm_layout_strides(in)[d], 0};
        if (params->axes >> d & 1) {
            red[(*nred)++] = axis;
            o += params->keepdims != 0;
        } else {
            axis.out = fm_layout_strides(out)[o++];
            kept[(*nkept)++] = axis;
        }
    }
}

fm_status fm_reduce_plan_call(const fm_kernel_call *call, const fm_reduce_kernel *kernel,
                              bool numbered, fm_dtype stage, fm_kplan **out, fm_reduce_job **job,
                              fm_plan_info *info, fm_error *error) {
    fm_reduce_axis kept[FM_MAX_NDIM], red[FM_MAX_NDIM];
    int nkept, nred;
    reduce_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    plan->head = (fm_kplan){run_reduce, free_reduce};
    plan->by_value = call->by_value & 1;
    plan->half = fm_half_of_call(call);
    split_axes(call, &nkept, kept, &nred, red);
    fm_dtype in = call->in[0]->dtype, to = call->out[0]->dtype;
    if (kernel != NULL)
        fm_reduce_job_plan_kernel(&plan->job, kernel, numbered, in, call->compute, stage, to, nkept,
                                  kept, nred, red);
    else
        fm_reduce_job_plan(&plan->job, call->op, in, call->compute, to, nkept, kept, nred, red);
    info->workspace = plan->job.workspace;
    *out = &plan->head;
    *job = &plan->job;
    return FM_OK;
}

static fm_status plan_reduce(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                             fm_plan_info *info, fm_error *error) {
    fm_reduce_job *job;
    (void)dev;
    return fm_reduce_plan_call(call, NULL, false, FM_DTYPE_NONE, out, &job, info, error);
}

const fm_cpu_family fm_cpu_reduce = {fm_reduce_supports, plan_reduce};
