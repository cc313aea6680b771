/* The family of counter-based samplers. */
#include "family.h"
#include "random_kernel.h"
#include "value.h"

#include "ops/ids.h"
#include "scalar/sample_check.h"

typedef struct random_plan {
    fm_kplan head;
    cu_random_launch launch;
    int64_t size;
    uint16_t op;
    int standard, linear, legacy;
    double a, b; /* where there are no parameters */
    fm_index index;
} random_plan;

static double number(fm_scalar scalar) {
    double x = 0.0;
    cu_value_store(scalar, FM_DTYPE_NONE, FM_FLOAT64, &x);
    return x;
}

static cu_error run_random(fm_dev *dev, cu_stream stream, fm_kplan *plan, fm_kernel_args *args) {
    const random_plan *p = (const random_plan *)plan;
    if (!p->size) return CU_SUCCESS;
    const cu_random_args m = {.out = args->out[0],
                              .size = p->size,
                              .draw = {args->seed, args->offset, args->origin},
                              .a = p->standard ? p->a : number(args->scalars[0]),
                              .b = p->standard ? p->b : number(args->scalars[1])};
    return p->launch(&m, p->linear ? NULL : &p->index, dev->info.processors, stream);
}

static fm_status check_random(const fm_kplan *head, const fm_kernel_args *args, fm_error *error) {
    const random_plan *p = (const random_plan *)head;
    if (p->standard) return FM_OK;
    const double a = number(args->scalars[0]), b = number(args->scalars[1]);
    const int which = p->op == FM_RANDOM_normal ? FM_SAMPLE_normal : FM_SAMPLE_uniform;
    const int fault = fm_sample_fault(which, p->legacy != 0, a, b, 1);
    if (!fault) return FM_OK;
    return cu_host->fail(error, fault / 4 == FM_RULE_FINITE ? FM_ERR_OVERFLOW : FM_ERR_ARGUMENT,
                         "%s: argument 2: scale %g, but %s", head->name, b,
                         fm_sample_rule_text(fault / 4));
}

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_RANDOM_COUNT && (compute == FM_FLOAT32 || compute == FM_FLOAT64);
}

static cu_random_launch launch_of(uint16_t op, fm_dtype dtype) {
    if (op == FM_RANDOM_uniform)
        return dtype == FM_FLOAT32 ? cu_random_uniform_f32 : cu_random_uniform_f64;
    return dtype == FM_FLOAT32 ? cu_random_normal_f32 : cu_random_normal_f64;
}

/* The elements keep their row-major numbers, so the axes are not reordered. A captured sampler
 * would draw the same numbers at every replay, unless it finds its place in the stream in memory.
 */
static fm_status plan_random(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                             fm_plan_info *info, fm_error *error) {
    (void)dev;
    const fm_layout *out = call->out[0];
    if (out->dtype != call->compute)
        return cu_host->fail(error, FM_ERR_UNSUPPORTED,
                             "%s: the samples' dtype is not the output's", call->name);
    fm_status status = cu_plan_make(call, sizeof(random_plan), run_random, plan, error);
    if (status != FM_OK) return status;
    random_plan *p = (random_plan *)*plan;
    info->capturable = 0;
    p->launch = launch_of(call->op, call->compute);
    p->size = out->size;
    p->standard = call->params->random.standard;
    p->legacy = call->params->random.legacy;
    p->op = call->op;
    p->head.check = check_random;
    p->b = 1.0; /* high 1 or scale 1, low 0 or loc 0 */
    fm_index_begin(&p->index, out->ndim, fm_layout_shape(out));
    (void)fm_index_add(&p->index, out->ndim, fm_layout_shape(out), fm_layout_strides(out));
    p->linear = fm_index_is_linear(&p->index, 0);
    return FM_OK;
}

const cu_family cu_family_random = {supports, plan_random};
