/* The family of further elementwise operations on the CPU. */
#include "cpu/extra.h"
#include "cpu/map_run.h"
#include "scalar/index.h"

#include <string.h>

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_EXTRA_COUNT && compute < FM_DTYPE_COUNT &&
           FM_ISA_CHOOSE(fm_extra)[op][compute] != NULL;
}

/* One answer for all elements, whatever they are. */
typedef struct alike_plan {
    fm_kplan head;
    size_t size;
    int answer;
} alike_plan;

static fm_status run_alike(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const alike_plan *plan = (const alike_plan *)head;
    (void)error;
    if (plan->size > 0) memset(args->out[0], plan->answer, plan->size);
    return FM_OK;
}

static void free_alike(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

static bool is_dense(const fm_layout *layout) {
    fm_index ix;
    fm_index_begin(&ix, layout->ndim, fm_layout_shape(layout));
    int out = fm_index_add(&ix, layout->ndim, fm_layout_shape(layout), fm_layout_strides(layout));
    fm_index_coalesce(&ix, out);
    return fm_index_is_linear(&ix, out);
}

static fm_status plan_alike(const fm_kernel_call *call, fm_kplan **out, fm_error *error) {
    alike_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (!plan)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    plan->head = (fm_kplan){run_alike, free_alike};
    plan->size = (size_t)call->out[0]->size;
    plan->answer = call->op == FM_EXTRA_isreal;
    *out = &plan->head;
    return FM_OK;
}

static fm_status plan_extra(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                            fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    if (call->compute == FM_BOOL && call->out[0]->dtype == FM_BOOL && is_dense(call->out[0]))
        return plan_alike(call, plan, error);
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
