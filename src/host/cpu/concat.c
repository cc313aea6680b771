/* The family of joins on the CPU: each input is copied to its part of the output. */
#include "cpu/copy.h"
#include "cpu/scalar_value.h"

typedef struct concat_part {
    fm_copy_job copy;
    int64_t offset; /* bytes from the output's origin */
} concat_part;

typedef struct concat_plan {
    fm_kplan head;
    int nparts;
    concat_part part[];
} concat_plan;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_CONCAT_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static fm_status run_concat(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const concat_plan *plan = (const concat_plan *)head;
    (void)error;
    for (int i = 0; i < plan->nparts; i++)
        fm_copy_run(&plan->part[i].copy, args->in[i], (char *)args->out[0] + plan->part[i].offset);
    return FM_OK;
}

static void free_concat(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

static void plan_part(concat_part *part, const fm_layout *in, const fm_layout *out) {
    fm_copy_axis axes[FM_MAX_NDIM];
    for (int d = 0; d < in->ndim; d++)
        axes[d] = (fm_copy_axis){fm_layout_shape(in)[d], fm_layout_strides(in)[d],
                                 fm_layout_strides(out)[d]};
    fm_copy_plan(&part->copy, in->dtype, out->dtype, in->ndim, axes);
}

static fm_status plan_concat(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                             fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    concat_plan *plan = fm_cpu_alloc(sizeof *plan + (size_t)call->nin * sizeof(concat_part));
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    int axis = call->params->concat.axis;
    int64_t step =
        fm_layout_strides(call->out[0])[axis] * (int64_t)fm_cpu_dtype_size(call->out[0]->dtype);
    int64_t offset = 0;
    plan->head = (fm_kplan){run_concat, free_concat};
    plan->nparts = call->nin;
    for (int i = 0; i < call->nin; i++) {
        plan_part(&plan->part[i], call->in[i], call->out[0]);
        plan->part[i].offset = offset * step;
        offset += fm_layout_shape(call->in[i])[axis];
    }
    *out = &plan->head;
    return FM_OK;
}

const fm_cpu_family fm_cpu_concat = {supports, plan_concat};
