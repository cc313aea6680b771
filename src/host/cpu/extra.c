/* The family of further elementwise operations on the CPU. */
#include "cpu/extra.h"
#include "cpu/map_run.h"

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_EXTRA_COUNT && compute < FM_DTYPE_COUNT &&
           FM_ISA_CHOOSE(fm_extra)[op][compute] != NULL;
}

static fm_status plan_extra(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                            fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    fm_extra_form form = fm_extra_form_of(call->op, call->compute);
    fm_map_spec spec = {.kernel = FM_ISA_CHOOSE(fm_extra)[call->op][call->compute],
                        .nin = form.nin,
                        .out_dtype = form.out};
    for (int i = 0; i < form.nin; i++) {
        spec.input[i] = i;
        spec.in_dtype[i] = form.in[i];
    }
    return fm_map_plan(call, &spec, plan, error);
}

const fm_cpu_family fm_cpu_extra = {supports, plan_extra};
