/* The family of sorting on the CPU: lines over the pool, or one line over all of it. */
#include "cpu/block.h"
#include "cpu/histogram.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"
#include "cpu/sort_line.h"
#include "ops/ids.h"

#include <string.h>

enum { ITEM = 4096 /* elements for which it pays to wake a thread */ };

typedef struct sort_plan {
    fm_kplan head;
    uint16_t op;
    const fm_sort_kernel *kernel;
    fm_block in, out, needles;
    size_t size; /* bytes of an element */
    int64_t lines, n;
    bool wide;      /* each line over the whole pool */
    bool by_places; /* complex elements are taken from their places in order */
    fm_sort_params params;
    int64_t counts;               /* of a lane, where keys are counted */
    size_t counts_at, scratch_at; /* into the workspace */
    size_t order_at, places_at;
} sort_plan;

typedef struct sort_job {
    const sort_plan *plan;
    const char *in;
    char *out, *workspace;
} sort_job;

static int supports(uint16_t op, fm_dtype compute) {
    if (op == FM_SORT_counts)
        return compute == FM_INT64 || compute == FM_FLOAT64 || compute == FM_COMPLEX128;
    return op < FM_SORT_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

/* A line of real elements, by their keys. */
static void sort_keys_line(const sort_job *job, int64_t line, int lane) {
    const sort_plan *plan = job->plan;
    size_t at = (size_t)(line * plan->n) * plan->size;
    fm_key_room room = {job->workspace + plan->scratch_at + at, NULL};
    if (plan->counts > 0)
        room.counts =
            (int64_t *)(void *)(job->workspace + plan->counts_at) + (int64_t)lane * plan->counts;
    char *keys = job->out + at;
    fm_keys_convert(plan->kernel->to_keys, plan->size, plan->n, job->in + at, keys, plan->wide);
    if (plan->op == FM_SORT_partition && plan->params.nkth >= 0)
        fm_keys_select(plan->size, plan->n, keys, plan->params.nkth, plan->params.kth, &room,
                       plan->wide);
    else
        fm_keys_sort(plan->size, plan->n, keys, &room, plan->wide);
    fm_keys_convert(plan->kernel->from_keys, plan->size, plan->n, keys, keys, plan->wide);
}

static void take_elements(size_t size, int64_t n, const char *in, const int64_t *places,
                          char *out) {
    for (int64_t i = 0; i < n; i++)
        memcpy(out + (size_t)i * size, in + (size_t)places[i] * size, size);
}

/* A line whose places in order are found. */
static void order_line(const sort_job *job, int64_t line) {
    const sort_plan *plan = job->plan;
    int64_t at = line * plan->n, all = plan->lines * plan->n;
    uint64_t *words = (uint64_t *)(void *)(job->workspace + plan->order_at) + at;
    fm_order_room room = {words,           words + all,     words + 2 * all, words + 3 * all,
                          words + 4 * all, words + 5 * all, words + 6 * all};
    const char *in = job->in + (size_t)at * plan->size;
    int64_t *places = plan->by_places ? (int64_t *)(void *)(job->workspace + plan->places_at) + at
                                      : (int64_t *)(void *)job->out + at;
    if (plan->op == FM_SORT_argpartition && plan->params.nkth >= 0 && plan->n >= FM_SPLIT_LEAST &&
        plan->kernel->ranks_low == NULL)
        fm_line_part(plan->kernel, plan->size, plan->n, in, &room, plan->params.nkth,
                     plan->params.kth, places, plan->wide);
    else
        fm_line_order(plan->kernel, plan->size, plan->n, in, &room, places, plan->wide);
    if (plan->by_places)
        take_elements(plan->size, plan->n, in, places, job->out + (size_t)at * plan->size);
}

static void sort_lines(void *arg, int64_t begin, int64_t end, int lane) {
    const sort_job *job = arg;
    bool order = job->plan->by_places || job->plan->op == FM_SORT_argsort ||
                 job->plan->op == FM_SORT_argpartition;
    for (int64_t line = begin; line < end; line++) {
        if (order)
            order_line(job, line);
        else
            sort_keys_line(job, line, lane);
    }
}

static fm_status run_sort(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const sort_plan *plan = (const sort_plan *)head;
    sort_job job = {plan, fm_block_bring(&plan->in, args), fm_block_out(&plan->out, args),
                    args->workspace};
    (void)error;
    if (plan->n > 0 && plan->wide)
        sort_lines(&job, 0, plan->lines, 0);
    else if (plan->n > 0)
        fm_pool_run(fm_pool_shared(), sort_lines, &job, plan->lines,
                    plan->n < ITEM ? ITEM / plan->n : 1);
    fm_block_close(&plan->out, args);
    return FM_OK;
}

typedef struct search_job {
    const sort_plan *plan;
    const void *a;
    const char *needles;
    int64_t *out;
} search_job;

static void search_span(void *arg, int64_t begin, int64_t end, int lane) {
    const search_job *job = arg;
    const sort_plan *plan = job->plan;
    (void)lane;
    plan->kernel->search(plan->n, job->a, end - begin, job->needles + (size_t)begin * plan->size,
                         plan->params.right != 0, job->out + begin);
}

static fm_status run_search(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const sort_plan *plan = (const sort_plan *)head;
    search_job job = {plan, fm_block_bring(&plan->in, args), fm_block_bring(&plan->needles, args),
                      fm_block_out(&plan->out, args)};
    (void)error;
    fm_pool_run(fm_pool_shared(), search_span, &job, plan->lines, 256);
    fm_block_close(&plan->out, args);
    return FM_OK;
}

static void heads_span(void *arg, int64_t begin, int64_t end, int lane) {
    const sort_job *job = arg;
    (void)lane;
    job->plan->kernel->heads(begin, end, job->in, job->plan->params.right != 0,
                             (uint8_t *)job->out);
}

static fm_status run_heads(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const sort_plan *plan = (const sort_plan *)head;
    sort_job job = {plan, fm_block_bring(&plan->in, args), fm_block_out(&plan->out, args), NULL};
    (void)error;
    fm_pool_run(fm_pool_shared(), heads_span, &job, plan->n, ITEM);
    fm_block_close(&plan->out, args);
    return FM_OK;
}

static void free_sort(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

/* The lines of the call, and whether each is worth the whole pool. */
static void set_lines(sort_plan *plan, const fm_layout *in) {
    int lanes = fm_pool_lanes(fm_pool_shared());
    plan->n =
        plan->params.flat || in->ndim == 0 ? in->size : fm_layout_shape(in)[plan->params.axis];
    plan->lines = plan->n > 0 ? in->size / plan->n : 0;
    plan->wide = lanes > 1 && plan->n >= FM_SORT_WIDE && plan->lines < 2 * (int64_t)lanes;
}

static void plan_lines(sort_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    const fm_layout *in = call->in[0];
    int axis = plan->params.flat || in->ndim == 0 ? -1 : plan->params.axis;
    bool order = call->op == FM_SORT_argsort || call->op == FM_SORT_argpartition;
    size_t words = sizeof(uint64_t) * (size_t)in->size;
    plan->by_places = !order && plan->kernel->to_keys == NULL;
    set_lines(plan, in);
    fm_block_open(&plan->in, call, 0, call->compute, axis, info);
    fm_block_open_out(&plan->out, call, 0, order ? FM_INT64 : call->compute, axis, info);
    if (plan->by_places) plan->places_at = fm_room(info, words);
    if (plan->by_places || order) {
        plan->order_at = fm_room(info, words * (plan->kernel->ranks_low != NULL ? 7 : 4));
        return;
    }
    plan->counts = fm_key_counts(plan->size, plan->n);
    if (plan->counts > 0)
        plan->counts_at = fm_room(info, sizeof(int64_t) * (size_t)plan->counts *
                                            (size_t)fm_pool_lanes(fm_pool_shared()));
    else
        plan->scratch_at = fm_room(info, plan->size * (size_t)in->size);
}

static void plan_search(sort_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    plan->head.run = run_search;
    plan->n = call->in[0]->size;
    plan->lines = call->in[1]->size;
    fm_block_open(&plan->in, call, 0, call->compute, -1, info);
    fm_block_open(&plan->needles, call, 1, call->compute, -1, info);
    fm_block_open_out(&plan->out, call, 0, FM_INT64, -1, info);
}

static void plan_heads(sort_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    plan->head.run = run_heads;
    plan->n = call->in[0]->size;
    fm_block_open(&plan->in, call, 0, call->compute, -1, info);
    fm_block_open_out(&plan->out, call, 0, FM_BOOL, -1, info);
}

static fm_status plan_sort(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                           fm_plan_info *info, fm_error *error) {
    (void)dev;
    if (call->op == FM_SORT_histogram || call->op == FM_SORT_bins)
        return fm_histogram_plan(call, out, info, error);
    if (call->op == FM_SORT_counts) return fm_counts_plan(call, out, info, error);
    sort_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    plan->head = (fm_kplan){run_sort, free_sort};
    plan->op = call->op;
    plan->params = call->params->sort;
    plan->kernel = &FM_ISA_CHOOSE(fm_sort)[call->compute];
    plan->size = fm_cpu_dtype_size(call->compute);
    if (call->op == FM_SORT_searchsorted)
        plan_search(plan, call, info);
    else if (call->op == FM_SORT_heads)
        plan_heads(plan, call, info);
    else
        plan_lines(plan, call, info);
    *out = &plan->head;
    return FM_OK;
}

const fm_cpu_family fm_cpu_sort = {supports, plan_sort};
