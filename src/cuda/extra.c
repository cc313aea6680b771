/* The family of further elementwise operations. */
#include "extra.h"
#include "map_plan.h"

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_EXTRA_COUNT && cu_extra_kernel(op, compute) != NULL;
}

static fm_status plan_extra(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                            fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    const fm_extra_form form = fm_extra_form_of(call->op, call->compute);
    cu_map_spec spec = {
        .kernel = cu_extra_kernel(call->op, call->compute), .nin = form.nin, .out_dtype = form.out};
    for (int i = 0; i < form.nin; ++i) {
        spec.input[i] = i;
        spec.in_dtype[i] = form.in[i];
    }
    return cu_map_plan(call, &spec, plan, error);
}

const cu_family cu_family_extra = {supports, plan_extra};
