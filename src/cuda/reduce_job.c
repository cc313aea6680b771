/* Planning and running a reduction: which kernel, how many threads fold an output, and into how
 * many chunks its elements are cut. */
#include "reduce.h"

#include <stddef.h>

/* Elements that a thread folds at least before work is cut further, and threads that fill a
 * processor. */
enum { EACH = 8, THREADS = 2048, WIDEST = 256, MOST_CHUNKS = 4096 };

static int64_t min64(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int is_integer(fm_dtype dtype) {
    return dtype >= FM_BOOL && dtype <= FM_UINT64;
}

/* Sums and products of bool are any and all. Integers wrap, so that they are read as they lie. */
static void choose(cu_reduce_job *job, uint16_t op, fm_dtype in, fm_dtype compute) {
    const int sum = op == FM_REDUCE_sum, prod = op == FM_REDUCE_prod;
    cu_reduce_args *r = &job->args;
    const int logical =
        op == FM_REDUCE_any || op == FM_REDUCE_all || ((sum || prod) && compute == FM_BOOL);
    const int as_it_lies = logical || ((sum || prod) && is_integer(in) && is_integer(compute));
    const fm_dtype read = as_it_lies ? in : compute;
    const cu_reduce_kernel *table = sum || op == FM_REDUCE_mean ? cu_reduce_sum
                                    : prod                      ? cu_reduce_prod
                                                                : cu_reduce_max;
    job->kernel = logical ? &cu_reduce_any[read] : &table[read];
    r->convert = read != in;
    r->mean = op == FM_REDUCE_mean;
    r->least = op == FM_REDUCE_min || op == FM_REDUCE_argmin;
    r->place = op == FM_REDUCE_argmax || op == FM_REDUCE_argmin;
    r->all = op == FM_REDUCE_all || (logical && prod);
}

/* A numbered reduction keeps the order of its axes: its elements' numbers lead. */
static void set_axes(cu_reduce_args *r, const fm_index *kept, const fm_index *red) {
    r->kept = *kept;
    r->red = *red;
    r->outputs = kept->size;
    r->count = red->size;
    fm_index_coalesce(&r->kept, 0);
    if (r->place) {
        int64_t number = 1;
        for (int d = red->ndim - 1; d >= 0; --d) {
            r->red.stride[1][d] = number;
            number *= red->extent[d];
        }
        r->red.noperands = 2;
    }
    fm_index_coalesce(&r->red, r->place);
    r->red.noperands = 1;
}

/* The smallest power of two that is at least n, at most WIDEST. */
static int32_t width_for(int64_t n) {
    int32_t width = 1;
    while (width < WIDEST && width < n) width *= 2;
    return width;
}

/* Neighbouring threads take neighbouring elements: of one output where those lie closer together,
 * else of neighbouring outputs. */
static void cut(cu_reduce_job *job, int processors) {
    cu_reduce_args *r = &job->args;
    const int64_t inner = fm_index_distance(r->red.stride[0][r->red.ndim - 1]);
    const int64_t outer = fm_index_distance(r->kept.stride[0][r->kept.ndim - 1]);
    const int across = r->kept.extent[r->kept.ndim - 1] >= 32 && outer < inner;
    const int64_t wanted = (int64_t)THREADS * (processors > 0 ? processors : 1);
    r->width = across ? 1 : width_for(r->count / EACH);
    const int64_t most = min64(MOST_CHUNKS, r->count / ((int64_t)r->width * EACH));
    int64_t chunks = r->outputs > 0 ? wanted / r->outputs / r->width : 1;
    chunks = min64(chunks, most);
    if (chunks < 2) chunks = 1;
    r->chunk = r->count / chunks + (r->count % chunks != 0);
    r->chunks = r->chunk ? (r->count + r->chunk - 1) / r->chunk : 1;
    job->join_width = width_for(r->chunks / EACH);
    job->workspace = r->chunks > 1 ? (size_t)(r->chunks * r->outputs) * job->kernel->state : 0;
}

void cu_reduce_plan(cu_reduce_job *job, uint16_t op, fm_dtype in, fm_dtype compute, fm_dtype out,
                    const fm_index *kept, const fm_index *red, int processors) {
    *job = (cu_reduce_job){.kernel = NULL};
    choose(job, op, in, compute);
    job->args.from = (uint8_t)in;
    job->args.to = (uint8_t)out;
    set_axes(&job->args, kept, red);
    cut(job, processors);
}

void cu_reduce_plan_kernel(cu_reduce_job *job, const cu_reduce_kernel *kernel, fm_dtype in,
                           fm_dtype read, fm_dtype out, int place, const fm_index *kept,
                           const fm_index *red, int processors) {
    *job = (cu_reduce_job){.kernel = kernel};
    job->args.from = (uint8_t)in;
    job->args.to = (uint8_t)out;
    job->args.convert = read != in;
    job->args.place = place != 0;
    set_axes(&job->args, kept, red);
    cut(job, processors);
}

cu_error cu_reduce_run(const cu_reduce_job *job, cu_stream stream, const void *in, void *out,
                       void *workspace) {
    cu_reduce_args args = job->args;
    if (!args.outputs) return CU_SUCCESS;
    args.in = in;
    args.out = out;
    args.partial = workspace;
    cu_error code = job->kernel->fold(&args, stream);
    if (code || args.chunks == 1) return code;
    args.width = job->join_width;
    return job->kernel->join(&args, stream);
}
