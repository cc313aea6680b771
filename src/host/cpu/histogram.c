/* Elements between edges: how many in each bin, counted by each lane for itself, or the bin of
   each. */
#include "cpu/histogram.h"
#include "cpu/block.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"
#include "ops/ids.h"
#include "scalar/bins.h"
#include "scalar/types.h"

#include <string.h>

enum { ITEM = 4096 /* elements for which it pays to wake a thread */ };

typedef struct histogram_plan {
    fm_kplan head;
    fm_block in, edges, out;
    int64_t n, bins;
    bool uniform;
    int lanes;     /* that count for themselves */
    size_t counts; /* offset of what they count */
} histogram_plan;

typedef struct histogram_job {
    const histogram_plan *plan;
    const double *x, *edges;
    double scale;
    int64_t *out, *counts;
} histogram_job;

/* Four counts by turns, so that equal neighbours do not wait for one another; the last count is of
   what lies outside. */
static void count_span(void *arg, int64_t begin, int64_t end, int lane) {
    enum { FEW = 128, WAYS = 4 };
    const histogram_job *job = arg;
    const int64_t bins = job->plan->bins;
    int64_t *count = job->counts + (int64_t)lane * (bins + 1), i = begin;
    if (bins < FEW) {
        int64_t way[WAYS][FEW];
        memset(way, 0, sizeof way);
        for (; i + WAYS <= end; i += WAYS)
            for (int w = 0; w < WAYS; w++)
                way[w][fm_bin_of(job->x[i + w], bins, job->edges, job->scale)]++;
        for (int w = 0; w < WAYS; w++)
            for (int64_t b = 0; b < bins; b++) count[b] += way[w][b];
    }
    for (; i < end; i++) count[fm_bin_of(job->x[i], bins, job->edges, job->scale)]++;
}

static void find_span(void *arg, int64_t begin, int64_t end, int lane) {
    const histogram_job *job = arg;
    (void)lane;
    for (int64_t i = begin; i < end; i++)
        job->out[i] = fm_bin_of(job->x[i], job->plan->bins, job->edges, job->scale);
}

static histogram_job open_job(const histogram_plan *plan, const fm_kernel_args *args) {
    histogram_job job = {.plan = plan,
                         .x = fm_block_bring(&plan->in, args),
                         .edges = fm_block_bring(&plan->edges, args),
                         .out = fm_block_out(&plan->out, args),
                         .counts = (int64_t *)(void *)((char *)args->workspace + plan->counts)};
    if (plan->uniform) job.scale = fm_bin_scale(plan->bins, job.edges);
    return job;
}

static fm_status run_count(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const histogram_plan *plan = (const histogram_plan *)head;
    histogram_job job = open_job(plan, args);
    const int64_t row = plan->bins + 1;
    (void)error;
    memset(job.counts, 0, (size_t)(plan->lanes * row) * sizeof *job.counts);
    if (plan->lanes > 1)
        fm_pool_run(fm_pool_shared(), count_span, &job, plan->n, ITEM);
    else
        count_span(&job, 0, plan->n, 0);
    for (int64_t b = 0; b < plan->bins; b++) {
        job.out[b] = 0;
        for (int lane = 0; lane < plan->lanes; lane++) job.out[b] += job.counts[lane * row + b];
    }
    fm_block_close(&plan->out, args);
    return FM_OK;
}

static fm_status run_find(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const histogram_plan *plan = (const histogram_plan *)head;
    histogram_job job = open_job(plan, args);
    (void)error;
    fm_pool_run(fm_pool_shared(), find_span, &job, plan->n, ITEM);
    fm_block_close(&plan->out, args);
    return FM_OK;
}

static void free_histogram(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

/* Numbers counted, or their weights added up: in spans of the elements that do not depend on the
   number of threads, so that sums do not either. */
typedef struct counts_plan {
    fm_kplan head;
    fm_block x, weights, out;
    int64_t n, count, spans;
    fm_dtype dtype;
    size_t size, tables; /* bytes of a sum; offset of a table for each span */
} counts_plan;

typedef struct counts_job {
    const counts_plan *plan;
    const int64_t *x;
    const void *weights;
    char *tables;
} counts_job;

static void add_integers(int64_t n, const int64_t *x, const int64_t *weight, int64_t *sum) {
    if (weight == NULL)
        for (int64_t i = 0; i < n; i++) sum[x[i]]++;
    else
        for (int64_t i = 0; i < n; i++)
            sum[x[i]] = (int64_t)((uint64_t)sum[x[i]] + (uint64_t)weight[i]);
}

static void add_floats(int64_t n, const int64_t *x, const double *weight, double *sum) {
    for (int64_t i = 0; i < n; i++) sum[x[i]] += weight[i];
}

static void add_complex(int64_t n, const int64_t *x, const fm_c128 *weight, fm_c128 *sum) {
    for (int64_t i = 0; i < n; i++) {
        sum[x[i]].re += weight[i].re;
        sum[x[i]].im += weight[i].im;
    }
}

static void add_spans(void *arg, int64_t begin, int64_t end, int lane) {
    const counts_job *job = arg;
    const counts_plan *plan = job->plan;
    (void)lane;
    for (int64_t s = begin; s < end; s++) {
        int64_t from = plan->n / plan->spans * s;
        int64_t n = (s + 1 < plan->spans ? plan->n / plan->spans * (s + 1) : plan->n) - from;
        void *table = job->tables + (size_t)(s * (plan->count + 1)) * plan->size;
        const int64_t *x = job->x + from;
        memset(table, 0, (size_t)(plan->count + 1) * plan->size);
        if (plan->dtype == FM_FLOAT64)
            add_floats(n, x, (const double *)job->weights + from, table);
        else if (plan->dtype == FM_COMPLEX128)
            add_complex(n, x, (const fm_c128 *)job->weights + from, table);
        else
            add_integers(n, x, job->weights ? (const int64_t *)job->weights + from : NULL, table);
    }
}

/* The tables of all spans added up, words of doubles or of integers. */
static void join_spans(const counts_plan *plan, const char *tables, void *out) {
    size_t words = (size_t)plan->count * plan->size / 8;
    size_t row = (size_t)(plan->count + 1) * plan->size / 8;
    memcpy(out, tables, words * 8);
    for (int64_t s = 1; s < plan->spans; s++) {
        const void *table = tables + (size_t)s * row * 8;
        if (plan->dtype == FM_INT64)
            for (size_t i = 0; i < words; i++) ((uint64_t *)out)[i] += ((const uint64_t *)table)[i];
        else
            for (size_t i = 0; i < words; i++) ((double *)out)[i] += ((const double *)table)[i];
    }
}

static fm_status run_counts(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const counts_plan *plan = (const counts_plan *)head;
    counts_job job = {plan, fm_block_bring(&plan->x, args), fm_block_bring(&plan->weights, args),
                      (char *)args->workspace + plan->tables};
    (void)error;
    fm_pool_run(fm_pool_shared(), add_spans, &job, plan->spans, 1);
    join_spans(plan, job.tables, fm_block_out(&plan->out, args));
    fm_block_close(&plan->out, args);
    return FM_OK;
}

fm_status fm_counts_plan(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                         fm_error *error) {
    enum { SPANS = 8, LEAST = 32768 };
    counts_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    plan->head = (fm_kplan){run_counts, free_histogram};
    plan->dtype = call->compute;
    plan->size = fm_cpu_dtype_size(call->compute);
    plan->n = call->in[0]->size;
    plan->count = call->params->sort.count;
    plan->spans = plan->n >= LEAST && plan->count <= plan->n / SPANS ? SPANS : 1;
    fm_block_open(&plan->x, call, 0, FM_INT64, -1, info);
    fm_block_open(&plan->weights, call, 1, call->compute, -1, info);
    fm_block_open_out(&plan->out, call, 0, call->compute, -1, info);
    plan->tables = fm_room(info, (size_t)(plan->spans * (plan->count + 1)) * plan->size);
    *out = &plan->head;
    return FM_OK;
}

fm_status fm_histogram_plan(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                            fm_error *error) {
    histogram_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    bool count = call->op == FM_SORT_histogram;
    plan->head = (fm_kplan){count ? run_count : run_find, free_histogram};
    plan->n = call->in[0]->size;
    plan->bins = call->in[1]->size - 1;
    plan->uniform = call->params->sort.right != 0;
    fm_block_open(&plan->in, call, 0, FM_FLOAT64, -1, info);
    fm_block_open(&plan->edges, call, 1, FM_FLOAT64, -1, info);
    fm_block_open_out(&plan->out, call, 0, FM_INT64, -1, info);
    /* Counts of many bins are worth a lane's own only where there are more elements. */
    plan->lanes = fm_pool_lanes(fm_pool_shared());
    if (plan->n < plan->bins * 4 || plan->n < 2 * ITEM) plan->lanes = 1;
    plan->counts =
        fm_room(info, count ? (size_t)plan->lanes * (size_t)(plan->bins + 1) * sizeof(int64_t) : 0);
    *out = &plan->head;
    return FM_OK;
}
