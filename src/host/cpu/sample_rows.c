/* Rows of counts over the pool: multinomial and multivariate hypergeometric samples. */
#include "cpu/sample_plan.h"
#include "scalar/sample_rows.h"

enum { ITEM = 64 };

typedef struct rows_plan {
    fm_sample_head head;
    bool multinomial;
    bool by_value;       /* the number drawn */
    int64_t rows, count; /* count: categories */
    int64_t step;        /* of the categories in memory */
    double total;        /* colors in all */
    fm_index index;      /* rows; operands: number drawn (where in memory), categories */
} rows_plan;

typedef struct rows_job {
    const rows_plan *plan;
    uint64_t seed, offset;
    double number;
    const double *numbers, *categories;
    int64_t *out;
} rows_job;

static void rows_span(void *arg, int64_t begin, int64_t end, int lane) {
    const rows_job *job = arg;
    const rows_plan *plan = job->plan;
    (void)lane;
    for (int64_t row = begin; row < end; row++) {
        int64_t offset[FM_INDEX_OPERANDS];
        fm_index_offsets(&plan->index, row, offset);
        const double *categories = job->categories + offset[0];
        double number = plan->by_value ? job->number : job->numbers[offset[1]];
        fm_stream stream = fm_stream_at(job->seed, job->offset + (uint64_t)row);
        int64_t *out = job->out + row * plan->count;
        if (plan->multinomial)
            fm_multinomial_row(number, categories, plan->step, plan->count, &stream, out);
        else
            fm_multivariate_hypergeometric_row(number, plan->total, categories, plan->step,
                                               plan->count, &stream, out);
    }
}

static fm_status run_rows(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const rows_plan *plan = (const rows_plan *)head;
    rows_job job = {.plan = plan,
                    .seed = args->seed,
                    .offset = args->offset,
                    .numbers = args->in[0],
                    .categories = args->in[1],
                    .out = fm_sample_target(&plan->head, args)};
    (void)error;
    if (plan->by_value) fm_scalar_store(args->scalars[0], FM_DTYPE_NONE, FM_FLOAT64, &job.number);
    fm_pool_run(fm_pool_shared(), rows_span, &job, plan->rows, ITEM);
    fm_sample_finish(&plan->head, args);
    return FM_OK;
}

fm_status fm_sample_plan_rows(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                              fm_error *error) {
    fm_status status =
        fm_sample_plan(call, sizeof(rows_plan), FM_INT64, run_rows, out, info, error);
    if (status != FM_OK) return status;
    rows_plan *plan = (rows_plan *)*out;
    const fm_layout *to = call->out[0], *number = call->in[0], *categories = call->in[1];
    const int last = categories->ndim - 1;
    plan->multinomial = call->op == FM_SAMPLER_multinomial;
    plan->by_value = call->by_value & 1;
    plan->count = fm_layout_shape(to)[to->ndim - 1];
    plan->step = fm_layout_strides(categories)[last];
    plan->total = (double)call->params->sample.width;
    fm_index_begin(&plan->index, to->ndim - 1, fm_layout_shape(to));
    (void)fm_index_add(&plan->index, last, fm_layout_shape(categories),
                       fm_layout_strides(categories));
    if (!plan->by_value)
        (void)fm_index_add(&plan->index, number->ndim, fm_layout_shape(number),
                           fm_layout_strides(number));
    plan->rows = plan->index.size;
    return FM_OK;
}
