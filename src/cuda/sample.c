/* The family of samplers of distributions. */
#include "sample.h"
#include "family.h"
#include "value.h"

#include "scalar/sample_check.h"

enum { PARAMETERS = 3 };

typedef struct sample_plan {
    fm_kplan head;
    cu_sample_launch launch;
    uint16_t op;
    int nparams;
    uint32_t arrays; /* bit k: parameter k lies in memory */
    int64_t size, count, step;
    fm_sample_params params;
    int plain, narrow, itemsize, by_value;
    fm_index index;
} sample_plan;

static bool is_integer(fm_dtype dtype) {
    return dtype == FM_BOOL || dtype == FM_INT8 || dtype == FM_INT16 || dtype == FM_INT32 ||
           dtype == FM_INT64 || dtype == FM_UINT8 || dtype == FM_UINT16 || dtype == FM_UINT32 ||
           dtype == FM_UINT64;
}

/* Random orders are made by sorting keys. */
static int supports(uint16_t op, fm_dtype compute) {
    switch (op) {
    case FM_SAMPLER_draw:
        return compute == FM_FLOAT64 || compute == FM_FLOAT32 || compute == FM_INT64;
    case FM_SAMPLER_whole:
        return is_integer(compute);
    case FM_SAMPLER_words:
        return compute == FM_UINT8 || compute == FM_UINT32 || compute == FM_UINT64;
    case FM_SAMPLER_order:
        return 0;
    default:
        return op < FM_SAMPLER_COUNT && compute == FM_INT64;
    }
}

static double number(int which, const fm_kernel_args *args, int k) {
    double x = 0.0;
    cu_value_store(args->scalars[k], FM_DTYPE_NONE, FM_FLOAT64, &x);
    return fm_sample_parameter(which, k, x);
}

static cu_sample_args arguments(const sample_plan *p, const fm_kernel_args *args) {
    cu_sample_args m = {.out = args->out[0],
                        .size = p->size,
                        .draw = {args->seed, args->offset, args->origin},
                        .words = p->params.words,
                        .which = p->params.which,
                        .plain = p->plain,
                        .narrow = p->narrow,
                        .legacy = p->params.legacy,
                        .value = {1.0, 1.0, 1.0}};
    for (int k = 0; k < p->nparams; ++k) {
        if (p->arrays >> k & 1)
            m.array[k] = args->in[k];
        else
            m.value[k] = number(p->params.which, args, k);
    }
    return m;
}

static fm_status check_draw(const fm_kplan *head, const fm_kernel_args *args, fm_error *error) {
    const sample_plan *p = (const sample_plan *)head;
    if (p->arrays) return FM_OK;
    const cu_sample_args m = arguments(p, args);
    const int fault = fm_sample_fault(m.which, m.legacy != 0, m.value[0], m.value[1], m.value[2]);
    if (!fault) return FM_OK;
    const int rule = fault / 4, parameter = fault % 4;
    const bool beyond = rule == FM_RULE_FINITE || rule == FM_RULE_COUNTABLE;
    return cu_host->fail(error, beyond ? FM_ERR_OVERFLOW : FM_ERR_ARGUMENT,
                         "%s: argument %d: %g, but %s", head->name, parameter + 1,
                         m.value[parameter], fm_sample_rule_text(rule));
}

static cu_error run_draw(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sample_plan *p = (const sample_plan *)head;
    if (!p->size) return CU_SUCCESS;
    const cu_sample_args m = arguments(p, args);
    return p->launch(&m, &p->index, dev->info.processors, stream);
}

static cu_error run_pick(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sample_plan *p = (const sample_plan *)head;
    const cu_sample_args m = {
        .out = args->out[0], .size = p->size, .draw = {args->seed, args->offset, args->origin}};
    if (!p->size) return CU_SUCCESS;
    return cu_sample_pick(&m, args->in[0], p->count, &p->index, dev->info.processors, stream);
}

static cu_error run_whole(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sample_plan *p = (const sample_plan *)head;
    const cu_whole_args m = {.out = args->out[0],
                             .size = p->size,
                             .draw = {args->seed, args->offset, args->origin},
                             .narrow = p->params.narrow,
                             .itemsize = p->itemsize,
                             .low = p->params.low,
                             .width = p->params.width,
                             .lows = p->nparams == 2 ? args->in[0] : NULL,
                             .widths = p->nparams == 2 ? args->in[1] : NULL};
    if (!p->size) return CU_SUCCESS;
    return (p->op == FM_SAMPLER_whole ? cu_sample_whole : cu_sample_words)(
        &m, &p->index, dev->info.processors, stream);
}

static cu_error run_rows(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sample_plan *p = (const sample_plan *)head;
    cu_rows_args m = {.out = args->out[0],
                      .rows = p->size,
                      .count = p->count,
                      .step = p->step,
                      .draw = {args->seed, args->offset, args->origin},
                      .total = (double)p->params.width,
                      .numbers = p->by_value ? NULL : args->in[0],
                      .categories = args->in[1]};
    if (p->by_value) cu_value_store(args->scalars[0], FM_DTYPE_NONE, FM_FLOAT64, &m.number);
    if (!p->size) return CU_SUCCESS;
    return (p->op == FM_SAMPLER_multinomial ? cu_sample_multinomial
                                            : cu_sample_multivariate_hypergeometric)(
        &m, &p->index, dev->info.processors, stream);
}

#define FM_SAMPLE(id, ...) [FM_SAMPLE_##id] = cu_sample_##id,
static const cu_sample_launch launches[FM_SAMPLE_COUNT] = {
#include "ops/sample.def"
};
#undef FM_SAMPLE

static void add_layout(fm_index *index, const fm_layout *layout, int ndim) {
    (void)fm_index_add(index, ndim, fm_layout_shape(layout), fm_layout_strides(layout));
}

static void add_arrays(sample_plan *p, const fm_kernel_call *call) {
    for (int k = 0; k < call->nin; ++k) {
        if (call->by_value >> k & 1) continue;
        p->arrays |= 1u << k;
        add_layout(&p->index, call->in[k], call->in[k]->ndim);
    }
}

static void plan_rows(sample_plan *p, const fm_kernel_call *call) {
    const fm_layout *out = call->out[0], *categories = call->in[1];
    const int last = categories->ndim - 1;
    p->by_value = (int)(call->by_value & 1);
    p->count = fm_layout_shape(out)[out->ndim - 1];
    p->step = fm_layout_strides(categories)[last];
    fm_index_begin(&p->index, out->ndim - 1, fm_layout_shape(out));
    add_layout(&p->index, categories, last);
    if (!p->by_value) add_layout(&p->index, call->in[0], call->in[0]->ndim);
    p->size = p->index.size;
}

/* The geometry; a check has the parameters' shape and no output of its own in it. */
static void plan_geometry(sample_plan *p, const fm_kernel_call *call) {
    const fm_layout *out = call->out[0];
    if (call->op == FM_SAMPLER_check) {
        fm_index_begin(&p->index, call->params->sample.ndim, call->params->sample.shape);
        add_arrays(p, call);
        p->size = p->index.size;
        return;
    }
    fm_index_begin(&p->index, out->ndim, fm_layout_shape(out));
    add_layout(&p->index, out, out->ndim);
    if (call->op == FM_SAMPLER_pick)
        p->count = call->in[0]->size;
    else
        add_arrays(p, call);
    p->size = out->size;
    p->plain = !p->arrays && fm_index_is_linear(&p->index, 0);
}

/* Check runs as a draw does: its launcher clears the answer first. */
static fm_status plan_sample(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                             fm_plan_info *info, fm_error *error) {
    static cu_error (*const runs[FM_SAMPLER_COUNT])(fm_dev *, cu_stream, fm_kplan *,
                                                    fm_kernel_args *) = {
        [FM_SAMPLER_draw] = run_draw,
        [FM_SAMPLER_check] = run_draw,
        [FM_SAMPLER_whole] = run_whole,
        [FM_SAMPLER_words] = run_whole,
        [FM_SAMPLER_pick] = run_pick,
        [FM_SAMPLER_multinomial] = run_rows,
        [FM_SAMPLER_multivariate_hypergeometric] = run_rows,
    };
    (void)dev;
    fm_status status = cu_plan_make(call, sizeof(sample_plan), runs[call->op], plan, error);
    if (status != FM_OK) return status;
    sample_plan *p = (sample_plan *)*plan;
    info->capturable = 0; /* but where its place in the stream lies in memory */
    p->op = call->op;
    p->nparams = call->nin;
    p->params = call->params->sample;
    p->narrow = call->compute == FM_FLOAT32;
    p->itemsize = (int)cu_dtype_size(call->compute);
    p->launch = call->op == FM_SAMPLER_check ? cu_sample_check : launches[p->params.which];
    if (call->op == FM_SAMPLER_draw) p->head.check = check_draw;
    if (runs[call->op] == run_rows)
        plan_rows(p, call);
    else
        plan_geometry(p, call);
    return FM_OK;
}

const cu_family cu_family_sample = {supports, plan_sample};
