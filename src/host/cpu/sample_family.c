/* The family of samplers on the CPU: its kernels, and what their plans share. */
#include "cpu/sample_plan.h"

static bool is_integer(fm_dtype dtype) {
    return dtype == FM_BOOL || dtype == FM_INT8 || dtype == FM_INT16 || dtype == FM_INT32 ||
           dtype == FM_INT64 || dtype == FM_UINT8 || dtype == FM_UINT16 || dtype == FM_UINT32 ||
           dtype == FM_UINT64;
}

static int supports(uint16_t op, fm_dtype compute) {
    switch (op) {
    case FM_SAMPLER_draw:
        return compute == FM_FLOAT64 || compute == FM_FLOAT32 || compute == FM_INT64;
    case FM_SAMPLER_whole:
        return is_integer(compute);
    case FM_SAMPLER_words:
        return compute == FM_UINT8 || compute == FM_UINT32 || compute == FM_UINT64;
    default:
        return op < FM_SAMPLER_COUNT && compute == FM_INT64;
    }
}

static void free_plan(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

fm_status fm_sample_plan(const fm_kernel_call *call, size_t bytes, fm_dtype drawn,
                         fm_status (*run)(fm_kplan *, fm_kernel_args *, fm_error *), fm_kplan **out,
                         fm_plan_info *info, fm_error *error) {
    const fm_layout *layout = call->out[0];
    fm_sample_head *head = fm_cpu_alloc(bytes);
    if (head == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    head->plan = (fm_kplan){run, free_plan};
    head->name = call->name;
    head->table = FM_ISA_CHOOSE(&fm_sample);
    head->params = call->params->sample;
    head->size = layout->size;
    head->packed = layout->dtype != drawn || !(layout->flags & FM_LAYOUT_CONTIGUOUS);
    if (head->packed) {
        fm_copy_plan_unpack(&head->copy, drawn, layout);
        info->workspace = (size_t)layout->size * fm_cpu_dtype_size(drawn);
    }
    *out = &head->plan;
    return FM_OK;
}

static fm_status plan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                      fm_error *error) {
    static fm_sample_planner *const planners[FM_SAMPLER_COUNT] = {
        [FM_SAMPLER_draw] = fm_sample_plan_draw,
        [FM_SAMPLER_check] = fm_sample_plan_check,
        [FM_SAMPLER_whole] = fm_sample_plan_whole,
        [FM_SAMPLER_words] = fm_sample_plan_words,
        [FM_SAMPLER_order] = fm_sample_plan_order,
        [FM_SAMPLER_pick] = fm_sample_plan_pick,
        [FM_SAMPLER_multinomial] = fm_sample_plan_rows,
        [FM_SAMPLER_multivariate_hypergeometric] = fm_sample_plan_rows,
    };
    (void)dev;
    return planners[call->op](call, out, info, error);
}

const fm_cpu_family fm_cpu_sample = {supports, plan};
