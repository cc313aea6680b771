/* Rows of counts over the pool: multinomial and multivariate hypergeometric samples. Where all rows
   have the same categories, a chunk of rows goes from category to category, with what the draws of
   one category share kept for each number that may be left. */
#include "cpu/sample_plan.h"
#include "scalar/sample_rows.h"

enum { ITEM = 64, CHUNK = 128, KEPT = 64 /* numbers left for which it is kept */ };

typedef struct rows_plan {
    fm_sample_head head;
    bool multinomial;
    bool by_value;       /* the number drawn */
    bool shared;         /* the categories of all rows */
    int64_t rows, count; /* count: categories */
    int64_t step;        /* of the categories in memory */
    double total;        /* colors in all */
    fm_index index;      /* rows; operands: categories, number drawn (where in memory) */
} rows_plan;

typedef struct rows_job {
    const rows_plan *plan;
    uint64_t seed, offset;
    double number;
    const double *numbers, *categories;
    int64_t *out;
} rows_job;

static double number_of(const rows_job *job, const int64_t *offset) {
    return job->plan->by_value ? job->number : job->numbers[offset[1]];
}

static void one_row(const rows_job *job, int64_t row) {
    const rows_plan *plan = job->plan;
    int64_t offset[FM_INDEX_OPERANDS];
    fm_index_offsets(&plan->index, row, offset);
    const double *categories = job->categories + offset[0];
    fm_stream stream = fm_stream_at(job->seed, job->offset + (uint64_t)row);
    int64_t *out = job->out + row * plan->count;
    if (plan->multinomial)
        fm_multinomial_row(number_of(job, offset), categories, plan->step, plan->count, &stream,
                           out);
    else
        fm_multivariate_hypergeometric_row(number_of(job, offset), plan->total, categories,
                                           plan->step, plan->count, &stream, out);
}

/* The rows of a chunk on their way: what is left of each, and its stream. */
typedef struct rows_chunk {
    int64_t n;
    double left[CHUNK];
    fm_stream stream[CHUNK];
} rows_chunk;

static void draw_binomials(rows_chunk *c, double chance, int64_t *out, int64_t step) {
    fm_sample_binomial_it kept[KEPT + 1], other;
    bool known[KEPT + 1] = {false};
    for (int64_t i = 0; i < c->n; i++) {
        double drawn = 0;
        if (c->left[i] > 0 && chance > 0) {
            int place = c->left[i] <= KEPT ? (int)c->left[i] : 0;
            fm_sample_binomial_it *it = place ? &kept[place] : &other;
            if (!known[place]) *it = fm_sample_binomial_of(c->left[i], chance < 1 ? chance : 1, 0);
            known[place] = place > 0;
            drawn = (double)fm_sample_binomial_draw(it, &c->stream[i]);
        }
        out[i * step] = (int64_t)drawn;
        c->left[i] -= drawn;
    }
}

static void draw_hypergeometrics(rows_chunk *c, double have, double others, int64_t *out,
                                 int64_t step) {
    fm_sample_hypergeometric_it kept[KEPT + 1], other;
    bool known[KEPT + 1] = {false};
    for (int64_t i = 0; i < c->n; i++) {
        double drawn = 0;
        if (c->left[i] > 0) {
            int place = c->left[i] <= KEPT ? (int)c->left[i] : 0;
            fm_sample_hypergeometric_it *it = place ? &kept[place] : &other;
            if (!known[place]) *it = fm_sample_hypergeometric_of(have, others, c->left[i]);
            known[place] = place > 0;
            drawn = (double)fm_sample_hypergeometric_draw(it, &c->stream[i]);
        }
        out[i * step] = (int64_t)drawn;
        c->left[i] -= drawn;
    }
}

static void chunk_of_rows(const rows_job *job, int64_t begin, int64_t n) {
    const rows_plan *plan = job->plan;
    const double *categories = job->categories;
    int64_t *out = job->out + begin * plan->count;
    double share = 1, rest = plan->total;
    rows_chunk c = {.n = n};
    for (int64_t i = 0; i < n; i++) {
        int64_t offset[FM_INDEX_OPERANDS];
        fm_index_offsets(&plan->index, begin + i, offset);
        c.left[i] = number_of(job, offset);
        c.stream[i] = fm_stream_at(job->seed, job->offset + (uint64_t)(begin + i));
    }
    for (int64_t j = 0; j + 1 < plan->count; j++) {
        double category = categories[j * plan->step];
        if (plan->multinomial)
            draw_binomials(&c, category / share, out + j, plan->count);
        else
            draw_hypergeometrics(&c, category, rest - category, out + j, plan->count);
        share -= category;
        rest -= category;
    }
    for (int64_t i = 0; i < n && plan->count > 0; i++)
        out[i * plan->count + plan->count - 1] = (int64_t)c.left[i];
}

static void rows_span(void *arg, int64_t begin, int64_t end, int lane) {
    const rows_job *job = arg;
    (void)lane;
    for (; job->plan->shared && begin < end; begin += CHUNK)
        chunk_of_rows(job, begin, end - begin < CHUNK ? end - begin : CHUNK);
    for (; begin < end; begin++) one_row(job, begin);
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
    plan->shared = fm_index_is_constant(&plan->index, 0);
    return FM_OK;
}
