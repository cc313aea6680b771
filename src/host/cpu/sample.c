/* Samples of distributions: chunks of elements over the pool, parameters by value or in memory. */
#include "cpu/sample_plan.h"
#include "scalar/sample_check.h"

#include <string.h>

enum { PARAMETERS = 3, CHUNK = FM_SAMPLE_CHUNK, ITEM = 4096 /* elements worth waking a thread */ };

typedef struct draw_plan {
    fm_sample_head head;
    int nparams;
    uint32_t arrays; /* bit k: parameter k lies in memory */
    bool narrow_out; /* samples are rounded to float32 */
    bool linear;     /* every array is read in order or is one element */
    size_t itemsize;
    uint64_t words; /* positions of the stream an element takes */
    fm_index index;
} draw_plan;

typedef struct draw_job {
    const draw_plan *plan;
    uint64_t seed, offset;
    double value[PARAMETERS];
    const double *array[PARAMETERS];
    char *out;
} draw_job;

/* From the element at those coordinates to the next, with its offset in each operand. */
static void step(const fm_index *ix, int64_t *at, int64_t *offset) {
    for (int d = ix->ndim - 1; d >= 0; d--) {
        bool ends = ++at[d] == ix->extent[d];
        int64_t moves = ends ? 1 - ix->extent[d] : 1;
        for (int k = 0; k < ix->noperands; k++) offset[k] += moves * ix->stride[k][d];
        if (!ends) return;
        at[d] = 0;
    }
}

static void gather(const draw_job *job, int64_t begin, int64_t n,
                   double buffer[PARAMETERS][CHUNK]) {
    const draw_plan *plan = job->plan;
    const fm_index *ix = &plan->index;
    int64_t offset[FM_INDEX_OPERANDS], at[FM_INDEX_NDIM];
    for (int k = 0, a = 0; k < PARAMETERS; k++) {
        bool array = plan->arrays >> k & 1;
        bool moves = array && !fm_index_is_constant(ix, a);
        if (array && moves && plan->linear)
            memcpy(buffer[k], job->array[k] + begin, (size_t)n * sizeof(double));
        else if (!array || !moves)
            for (int64_t i = 0; i < n; i++) buffer[k][i] = array ? *job->array[k] : job->value[k];
        a += array;
    }
    if (plan->linear) return;
    fm_index_offsets(ix, begin, offset);
    for (int d = ix->ndim - 1; d >= 0; begin /= ix->extent[d--]) at[d] = begin % ix->extent[d];
    for (int64_t i = 0; i < n; i++, step(ix, at, offset))
        for (int k = 0, a = 0; k < PARAMETERS; k++)
            if (plan->arrays >> k & 1) buffer[k][i] = job->array[k][offset[a++]];
}

static void draw_chunk(const draw_job *job, int64_t begin, int64_t n, void *out) {
    double buffer[PARAMETERS][CHUNK];
    const double *const each[PARAMETERS] = {buffer[0], buffer[1], buffer[2]};
    fm_sample_chunk chunk = {.seed = job->seed,
                             .at = job->offset + (uint64_t)begin * job->plan->words,
                             .n = n,
                             .one = job->value};
    if (job->plan->arrays) {
        gather(job, begin, n, buffer);
        chunk.each = each;
    }
    job->plan->head.table->draw[job->plan->head.params.which](&chunk, out);
}

static void draw_span(void *arg, int64_t begin, int64_t end, int lane) {
    const draw_job *job = arg;
    (void)lane;
    for (; begin < end; begin += CHUNK) {
        int64_t n = end - begin < CHUNK ? end - begin : CHUNK;
        char *out = job->out + (size_t)begin * job->plan->itemsize;
        if (!job->plan->narrow_out) {
            draw_chunk(job, begin, n, out);
            continue;
        }
        double wide[CHUNK];
        float narrow[CHUNK];
        draw_chunk(job, begin, n, wide);
        for (int64_t i = 0; i < n; i++) narrow[i] = (float)wide[i];
        memcpy(out, narrow, (size_t)n * sizeof(float));
    }
}

/* Numbers by value are checked here; those in memory were, by the program that asks for them. */
static fm_status check_values(const draw_plan *plan, const draw_job *job, fm_error *error) {
    const double *v = job->value;
    int fault =
        fm_sample_fault(plan->head.params.which, plan->head.params.legacy, v[0], v[1], v[2]);
    if (fault == 0) return FM_OK;
    int rule = fault / 4, parameter = fault % 4;
    bool beyond = rule == FM_RULE_FINITE || rule == FM_RULE_COUNTABLE;
    return fm_cpu_host->fail(error, beyond ? FM_ERR_OVERFLOW : FM_ERR_ARGUMENT,
                             "%s: argument %d: %g, but %s", plan->head.name, parameter + 1,
                             v[parameter], fm_sample_rule_text(rule));
}

static double by_value(int which, const fm_kernel_args *args, int k) {
    double x;
    fm_scalar_store(args->scalars[k], FM_DTYPE_NONE, FM_FLOAT64, &x);
    return fm_sample_parameter(which, k, x);
}

static fm_status run_draw(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const draw_plan *plan = (const draw_plan *)head;
    draw_job job = {.plan = plan,
                    .seed = args->seed,
                    .offset = args->offset,
                    .value = {1, 1, 1},
                    .out = fm_sample_target(&plan->head, args)};
    for (int k = 0; k < plan->nparams; k++) {
        if (plan->arrays >> k & 1)
            job.array[k] = args->in[k];
        else
            job.value[k] = by_value(plan->head.params.which, args, k);
    }
    if (!plan->arrays) {
        fm_status status = check_values(plan, &job, error);
        if (status != FM_OK) return status;
    }
    fm_pool_run(fm_pool_shared(), draw_span, &job, plan->head.size, ITEM);
    fm_sample_finish(&plan->head, args);
    return FM_OK;
}

/* The parameters in memory, broadcast to the output. */
static void plan_index(draw_plan *plan, const fm_kernel_call *call) {
    const fm_layout *out = call->out[0];
    fm_index_begin(&plan->index, out->ndim, fm_layout_shape(out));
    plan->linear = true;
    for (int k = 0; k < call->nin; k++) {
        if (call->by_value >> k & 1) continue;
        plan->arrays |= 1u << k;
        int a = fm_index_add(&plan->index, call->in[k]->ndim, fm_layout_shape(call->in[k]),
                             fm_layout_strides(call->in[k]));
        plan->linear &=
            fm_index_is_linear(&plan->index, a) || fm_index_is_constant(&plan->index, a);
    }
}

fm_status fm_sample_plan_draw(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                              fm_error *error) {
    fm_status status =
        fm_sample_plan(call, sizeof(draw_plan), call->compute, run_draw, out, info, error);
    if (status != FM_OK) return status;
    draw_plan *plan = (draw_plan *)*out;
    plan->nparams = call->nin;
    plan->narrow_out = call->compute == FM_FLOAT32;
    plan->itemsize = fm_cpu_dtype_size(call->compute);
    plan->words = (uint64_t)call->params->sample.words;
    plan_index(plan, call);
    return FM_OK;
}

/* Check: whether parameters in memory keep the rules. */

typedef struct check_plan {
    fm_sample_head head;
    int nparams;
    uint32_t arrays;
    fm_index index;
} check_plan;

static fm_status run_check(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const check_plan *plan = (const check_plan *)head;
    double v[PARAMETERS] = {1, 1, 1};
    int64_t offset[FM_INDEX_OPERANDS], fault = 0;
    (void)error;
    for (int k = 0; k < plan->nparams; k++)
        if (!(plan->arrays >> k & 1)) v[k] = by_value(plan->head.params.which, args, k);
    for (int64_t i = 0; i < plan->index.size && fault == 0; i++) {
        fm_index_offsets(&plan->index, i, offset);
        for (int k = 0, a = 0; k < plan->nparams; k++)
            if (plan->arrays >> k & 1) v[k] = ((const double *)args->in[k])[offset[a++]];
        fault =
            fm_sample_fault(plan->head.params.which, plan->head.params.legacy, v[0], v[1], v[2]);
    }
    *(int64_t *)args->out[0] = fault;
    return FM_OK;
}

fm_status fm_sample_plan_check(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                               fm_error *error) {
    fm_status status =
        fm_sample_plan(call, sizeof(check_plan), FM_INT64, run_check, out, info, error);
    if (status != FM_OK) return status;
    check_plan *plan = (check_plan *)*out;
    plan->nparams = call->nin;
    fm_index_begin(&plan->index, call->params->sample.ndim, call->params->sample.shape);
    for (int k = 0; k < call->nin; k++) {
        if (call->by_value >> k & 1) continue;
        plan->arrays |= 1u << k;
        (void)fm_index_add(&plan->index, call->in[k]->ndim, fm_layout_shape(call->in[k]),
                           fm_layout_strides(call->in[k]));
    }
    return FM_OK;
}
