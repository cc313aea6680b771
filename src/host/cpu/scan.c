/* The family of running reductions on the CPU: lines over the pool, long ones cut into chunks. */
#include "cpu/scan.h"
#include "cpu/block.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"

#include <string.h>

/* Results depend on these and on the shape, never on the number of threads. */
enum {
    CHUNK = 4096,    /* elements of one chain; FM_SCAN_CHAINS of them are an item */
    CUT = 8 * CHUNK, /* length from which a line is cut */
    COLUMNS = 512,   /* neighbouring lines that are walked side by side */
    ITEM = 16384     /* elements for which it pays to wake a thread */
};

typedef struct scan_plan {
    fm_kplan head;
    const fm_scan_kernel *kernel;
    fm_block in, out;
    int64_t outer, n, inner; /* lines of n elements, `inner` elements apart */
    size_t size;             /* bytes of an element */
    int64_t items;           /* of a line that is cut; 0: it is not */
    size_t totals;           /* offset of what they make */
} scan_plan;

typedef struct scan_job {
    const scan_plan *plan;
    const char *in;
    char *out, *totals;
} scan_job;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_SCAN_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static void scan_lines(void *arg, int64_t begin, int64_t end, int lane) {
    const scan_job *job = arg;
    const scan_plan *plan = job->plan;
    size_t line = (size_t)plan->n * plan->size;
    (void)lane;
    for (int64_t i = begin; i < end; i++)
        plan->kernel->along(plan->n, job->in + (size_t)i * line, NULL, job->out + (size_t)i * line);
}

static void scan_columns(void *arg, int64_t begin, int64_t end, int lane) {
    const scan_job *job = arg;
    const scan_plan *plan = job->plan;
    int64_t blocks = (plan->inner + COLUMNS - 1) / COLUMNS;
    (void)lane;
    for (int64_t i = begin; i < end; i++) {
        int64_t column = i % blocks * COLUMNS, rest = plan->inner - column;
        size_t at = (size_t)(i / blocks * plan->n * plan->inner + column) * plan->size;
        plan->kernel->across(plan->n, rest < COLUMNS ? rest : COLUMNS, plan->inner, job->in + at,
                             job->out + at);
    }
}

/* Item i of a cut line: where it begins, and how long its chains are; the last takes the rest. */
static int64_t item_begin(const scan_plan *plan, int64_t i) {
    int64_t lines = i / plan->items, place = i % plan->items;
    return lines * plan->n + place * FM_SCAN_CHAINS * CHUNK;
}

static int64_t item_length(const scan_plan *plan, int64_t i) {
    int64_t left = plan->n - i % plan->items * FM_SCAN_CHAINS * CHUNK;
    return left < FM_SCAN_CHAINS * CHUNK ? left : FM_SCAN_CHAINS * CHUNK;
}

/* What each chunk of an item makes; chunks of an item that is not full are one. */
static void fold_items(void *arg, int64_t begin, int64_t end, int lane) {
    const scan_job *job = arg;
    const scan_plan *plan = job->plan;
    size_t total = plan->kernel->total;
    (void)lane;
    for (int64_t i = begin; i < end; i++) {
        const char *in = job->in + (size_t)item_begin(plan, i) * plan->size;
        char *to = job->totals + (size_t)(i * FM_SCAN_CHAINS) * total;
        int64_t n = item_length(plan, i);
        if (n < FM_SCAN_CHAINS * CHUNK) {
            plan->kernel->fold(n, in, to);
            continue;
        }
        for (int k = 0; k < FM_SCAN_CHAINS; k++)
            plan->kernel->fold(CHUNK, in + (size_t)(k * CHUNK) * plan->size,
                               to + (size_t)k * total);
    }
}

/* Totals of chunks become those of all before each, chunk by chunk. */
static void join_totals(const scan_job *job, int64_t line) {
    const scan_plan *plan = job->plan;
    size_t total = plan->kernel->total;
    _Alignas(16) char sum[FM_SCAN_TOTAL], next[FM_SCAN_TOTAL];
    char *at = job->totals + (size_t)(line * plan->items * FM_SCAN_CHAINS) * total;
    memcpy(sum, at, total);
    int64_t chunks = plan->items * FM_SCAN_CHAINS;
    if (item_length(plan, plan->items - 1) < FM_SCAN_CHAINS * CHUNK) chunks -= FM_SCAN_CHAINS - 1;
    for (int64_t i = 1; i < chunks; i++) {
        memcpy(next, at + (size_t)i * total, total);
        memcpy(at + (size_t)i * total, sum, total);
        plan->kernel->join(sum, next);
    }
}

static void scan_items(void *arg, int64_t begin, int64_t end, int lane) {
    const scan_job *job = arg;
    const scan_plan *plan = job->plan;
    size_t total = plan->kernel->total;
    (void)lane;
    for (int64_t i = begin; i < end; i++) {
        size_t at = (size_t)item_begin(plan, i) * plan->size;
        const char *before = job->totals + (size_t)(i * FM_SCAN_CHAINS) * total;
        bool first = i % plan->items == 0, full = item_length(plan, i) == FM_SCAN_CHAINS * CHUNK;
        if (full && !first) {
            plan->kernel->chains(CHUNK, job->in + at, before, job->out + at);
            continue;
        }
        int64_t n = full ? CHUNK : item_length(plan, i);
        for (int k = 0; k < (full ? FM_SCAN_CHAINS : 1); k++) {
            size_t step = (size_t)(k * CHUNK) * plan->size;
            plan->kernel->along(n, job->in + at + step,
                                first && k == 0 ? NULL : before + (size_t)k * total,
                                job->out + at + step);
        }
    }
}

static fm_status run_scan(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const scan_plan *plan = (const scan_plan *)head;
    fm_pool *pool = fm_pool_shared();
    scan_job job = {plan, fm_block_bring(&plan->in, args), fm_block_out(&plan->out, args),
                    (char *)args->workspace + plan->totals};
    (void)error;
    if (plan->items > 0) {
        int64_t all = plan->outer * plan->items;
        fm_pool_run(pool, fold_items, &job, all, 1);
        for (int64_t line = 0; line < plan->outer; line++) join_totals(&job, line);
        fm_pool_run(pool, scan_items, &job, all, 1);
    } else if (plan->inner == 1) {
        int64_t grain = plan->n > 0 ? ITEM / plan->n : 1;
        fm_pool_run(pool, scan_lines, &job, plan->outer, grain > 1 ? grain : 1);
    } else {
        int64_t columns = plan->inner < COLUMNS ? plan->inner : COLUMNS, each = plan->n * columns;
        int64_t blocks = (plan->inner + COLUMNS - 1) / COLUMNS;
        fm_pool_run(pool, scan_columns, &job, plan->outer * blocks,
                    each > 0 && each < ITEM ? ITEM / each : 1);
    }
    fm_block_close(&plan->out, args);
    return FM_OK;
}

static void free_scan(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

/* The lines of the call: their number before and behind the axis. */
static void set_lines(scan_plan *plan, const fm_kernel_call *call) {
    const fm_layout *in = call->in[0];
    const fm_scan_params *params = &call->params->scan;
    plan->outer = plan->inner = 1;
    plan->n = in->size;
    if (params->flat || in->ndim == 0) return;
    plan->n = fm_layout_shape(in)[params->axis];
    for (int d = 0; d < params->axis; d++) plan->outer *= fm_layout_shape(in)[d];
    for (int d = params->axis + 1; d < in->ndim; d++) plan->inner *= fm_layout_shape(in)[d];
}

static fm_status plan_scan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                           fm_plan_info *info, fm_error *error) {
    (void)dev;
    scan_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    plan->head = (fm_kplan){run_scan, free_scan};
    plan->kernel = &FM_ISA_CHOOSE(&fm_scan)->kernel[call->op][call->compute];
    plan->size = fm_cpu_dtype_size(call->compute);
    fm_block_open(&plan->in, call, 0, call->compute, -1, info);
    fm_block_open_out(&plan->out, call, 0, call->compute, -1, info);
    set_lines(plan, call);
    if (plan->inner == 1 && plan->n >= CUT && plan->kernel->total > 0) {
        plan->items = (plan->n + FM_SCAN_CHAINS * CHUNK - 1) / (FM_SCAN_CHAINS * CHUNK);
        plan->totals = fm_room(info, (size_t)(plan->outer * plan->items * FM_SCAN_CHAINS) *
                                         plan->kernel->total);
    }
    *out = &plan->head;
    return FM_OK;
}

const fm_cpu_family fm_cpu_scan = {supports, plan_scan};
