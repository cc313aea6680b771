/* The family of distributions: elementwise kernels of three to five operands. */
#include "special.h"
#include "map_plan.h"

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_SPECIAL_COUNT && compute == FM_FLOAT64;
}

static fm_status plan_special(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                              fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    cu_map_spec spec = {.kernel = &cu_special[call->op], .nin = call->nin, .out_dtype = FM_FLOAT64};
    for (int i = 0; i < call->nin; ++i) {
        spec.input[i] = i;
        spec.in_dtype[i] = FM_FLOAT64;
    }
    return cu_map_plan(call, &spec, plan, error);
}

const cu_family cu_family_special = {supports, plan_special};
