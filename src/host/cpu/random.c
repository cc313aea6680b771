/* The family of samplers on the CPU: spans of the stream over the pool. */
#include "cpu/random.h"
#include "cpu/copy.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"
#include "scalar/sample_check.h"

enum { ITEM = 4096 /* elements for which it pays to wake a thread */ };

typedef struct random_plan {
    fm_kplan head;
    const char *name;
    uint16_t op;
    bool legacy;
    bool standard, packed; /* packed: drawn into the workspace, then copied to a strided output */
    fm_draw_fn draw;
    int64_t size;
    size_t itemsize;
    fm_copy_job copy;
} random_plan;

typedef struct random_job {
    const random_plan *plan;
    fm_draw draw;
    char *out;
} random_job;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_RANDOM_COUNT && (compute == FM_FLOAT32 || compute == FM_FLOAT64);
}

static void draw_span(void *arg, int64_t begin, int64_t end, int lane) {
    const random_job *job = arg;
    (void)lane;
    job->plan->draw(&job->draw, begin, end, job->out + (size_t)begin * job->plan->itemsize);
}

static fm_status read_numbers(const random_plan *plan, const fm_kernel_args *args, fm_draw *draw,
                              fm_error *error) {
    fm_scalar_store(args->scalars[0], FM_DTYPE_NONE, FM_FLOAT64, &draw->a);
    fm_scalar_store(args->scalars[1], FM_DTYPE_NONE, FM_FLOAT64, &draw->b);
    int which = plan->op == FM_RANDOM_normal ? FM_SAMPLE_normal : FM_SAMPLE_uniform;
    int fault = fm_sample_fault(which, plan->legacy, draw->a, draw->b, 1);
    if (fault != 0)
        return fm_cpu_host->fail(error,
                                 fault / 4 == FM_RULE_FINITE ? FM_ERR_OVERFLOW : FM_ERR_ARGUMENT,
                                 "%s: argument 2: scale %g, but %s", plan->name, draw->b,
                                 fm_sample_rule_text(fault / 4));
    return FM_OK;
}

static fm_status run_random(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const random_plan *plan = (const random_plan *)head;
    random_job job = {.plan = plan, .out = plan->packed ? args->workspace : args->out[0]};
    job.draw = (fm_draw){.seed = args->seed, .offset = args->offset, .standard = plan->standard};
    if (!plan->standard) {
        fm_status status = read_numbers(plan, args, &job.draw, error);
        if (status != FM_OK) return status;
    }
    fm_pool_run(fm_pool_shared(), draw_span, &job, plan->size, ITEM);
    if (plan->packed) fm_copy_run(&plan->copy, job.out, args->out[0]);
    return FM_OK;
}

static void free_random(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

static fm_status plan_random(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                             fm_plan_info *info, fm_error *error) {
    (void)dev;
    const fm_layout *layout = call->out[0];
    random_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    plan->head = (fm_kplan){run_random, free_random};
    plan->name = call->name;
    plan->op = call->op;
    plan->standard = call->params->random.standard != 0;
    plan->legacy = call->params->random.legacy != 0;
    plan->draw = FM_ISA_CHOOSE(&fm_draw)->draw[call->op][call->compute == FM_FLOAT64];
    plan->size = layout->size;
    plan->itemsize = fm_cpu_dtype_size(call->compute);
    plan->packed = layout->dtype != call->compute || !(layout->flags & FM_LAYOUT_CONTIGUOUS);
    if (plan->packed) {
        fm_copy_plan_unpack(&plan->copy, call->compute, layout);
        info->workspace = (size_t)plan->size * plan->itemsize;
    }
    *out = &plan->head;
    return FM_OK;
}

const fm_cpu_family fm_cpu_random = {supports, plan_random};
