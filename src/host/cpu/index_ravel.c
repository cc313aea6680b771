/* Indices of several axes made flat places, and back; the number of the run that an element is in.
 */
#include "cpu/index.h"
#include "cpu/scalar_value.h"

#include <string.h>

/* An index among those of ravel: its strides along the output's merged axes. */
typedef struct ravel_part {
    fm_index_port port;
    int64_t extent, factor;
    int mode, input;
    int64_t stride[FM_MAX_NDIM];
} ravel_part;

typedef struct ravel_plan {
    fm_kplan head;
    fm_index_port out;
    int ndim, parts;
    int64_t size, row;
    int64_t extent[FM_MAX_NDIM];
    size_t pointers; /* offset into the workspace: where each index lies */
    ravel_part part[];
} ravel_plan;

typedef struct ravel_job {
    const ravel_plan *plan;
    const void **index;
    int64_t *out;
} ravel_job;

/* n elements of an index from the offset on, `stride` apart, as int64. */
static void load_strided(fm_dtype dtype, const void *index, int64_t from, int64_t stride, int64_t n,
                         int64_t *out) {
    if (stride == 1) {
        fm_index_load(dtype, index, from, n, out);
        return;
    }
    fm_index_load(dtype, index, from, 1, out);
    for (int64_t i = 1; i < n; i++) {
        if (stride == 0)
            out[i] = out[0];
        else
            fm_index_load(dtype, index, from + i * stride, 1, &out[i]);
    }
}

static void add_part(const ravel_part *part, int64_t n, const int64_t *index, int64_t *out) {
    int64_t extent = part->extent;
    for (int64_t i = 0; i < n; i++) {
        bool fine = part->mode == FM_PLACE_RAISE ? fm_place_inside(index[i], extent) : extent > 0;
        if (fine && out[i] >= 0)
            out[i] += fm_place(index[i], extent, part->mode) * part->factor;
        else
            out[i] = INT64_MIN;
    }
}

/* Pieces of rows, of a block each. */
static void ravel_pieces(void *arg, int64_t begin, int64_t end, int lane) {
    const ravel_job *job = arg;
    const ravel_plan *plan = job->plan;
    int64_t pieces = (plan->row + FM_MOVE_BLOCK - 1) / FM_MOVE_BLOCK, index[FM_MOVE_BLOCK];
    int last = plan->ndim - 1;
    (void)lane;
    for (int64_t piece = begin; piece < end; piece++) {
        int64_t row = piece / pieces, skip = (piece - row * pieces) * FM_MOVE_BLOCK;
        int64_t n = plan->row - skip < FM_MOVE_BLOCK ? plan->row - skip : FM_MOVE_BLOCK;
        int64_t *out = job->out + row * plan->row + skip;
        memset(out, 0, (size_t)n * sizeof *out);
        for (int k = 0; k < plan->parts; k++) {
            const ravel_part *part = &plan->part[k];
            int64_t from = skip * part->stride[last], rest = row;
            for (int d = last - 1; d >= 0; d--) {
                from += rest % plan->extent[d] * part->stride[d];
                rest /= plan->extent[d];
            }
            load_strided(part->port.dtype, job->index[k], from, part->stride[last], n, index);
            add_part(part, n, index, out);
        }
    }
}

static fm_status run_ravel(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const ravel_plan *plan = (const ravel_plan *)head;
    ravel_job job = {.plan = plan};
    (void)error;
    if (plan->size == 0) return FM_OK;
    job.index = (const void **)(void *)((char *)args->workspace + plan->pointers);
    for (int k = 0; k < plan->parts; k++)
        job.index[k] = fm_index_port_bring(&plan->part[k].port, args, k);
    job.out = fm_index_port_out(&plan->out, args);
    int64_t pieces = (plan->row + FM_MOVE_BLOCK - 1) / FM_MOVE_BLOCK;
    int64_t each = plan->row < FM_MOVE_BLOCK ? plan->row : FM_MOVE_BLOCK;
    fm_pool_run(fm_pool_shared(), ravel_pieces, &job, plan->size / plan->row * pieces,
                (FM_MOVE_ITEM / 8 + each - 1) / each);
    fm_index_port_close(&plan->out, args);
    return FM_OK;
}

/* Every index is contiguous where the kernel reads it. */
static void set_strides(ravel_part *part, const fm_layout *index, int ndim) {
    int64_t step = 1;
    for (int d = ndim - 1; d >= 0; d--) {
        int own = d - (ndim - index->ndim);
        int64_t extent = own < 0 ? 1 : fm_layout_shape(index)[own];
        part->stride[d] = extent == 1 ? 0 : step;
        step *= extent;
    }
}

static bool joins(const ravel_plan *plan, int d, int64_t extent) {
    for (int k = 0; k < plan->parts; k++)
        if (plan->part[k].stride[plan->ndim - 1] != plan->part[k].stride[d] * extent) return false;
    return true;
}

/* Drops axes of extent 1 and merges neighbours that are one for every index. */
static void merge_axes(ravel_plan *plan, int ndim, const int64_t *shape) {
    for (int d = 0; d < ndim; d++) {
        if (shape[d] == 1) continue;
        bool join = plan->ndim > 0 && joins(plan, d, shape[d]);
        if (join)
            plan->extent[plan->ndim - 1] *= shape[d];
        else
            plan->extent[plan->ndim++] = shape[d];
        for (int k = 0; k < plan->parts; k++)
            plan->part[k].stride[plan->ndim - 1] = plan->part[k].stride[d];
    }
    if (plan->ndim == 0) {
        plan->extent[plan->ndim++] = 1;
        for (int k = 0; k < plan->parts; k++) plan->part[k].stride[0] = 0;
    }
    plan->row = plan->extent[plan->ndim - 1];
}

fm_status fm_plan_ravel(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                        fm_error *error) {
    size_t bytes = sizeof(ravel_plan) + (size_t)call->nin * sizeof(ravel_part);
    fm_status status = fm_index_plan_make(call, bytes, run_ravel, out, error);
    if (status != FM_OK) return status;
    ravel_plan *plan = (ravel_plan *)*out;
    const fm_index_params *params = &call->params->index;
    const fm_layout *to = call->out[0];
    plan->parts = call->nin;
    plan->size = to->size;
    plan->pointers = fm_index_room(info, (size_t)call->nin * sizeof(void *));
    fm_index_port_open_out(&plan->out, call, 0, info);
    int64_t factor = 1;
    for (int i = 0; i < call->nin; i++) {
        int k = params->backwards ? i : call->nin - 1 - i;
        ravel_part *part = &plan->part[k];
        fm_dtype dtype = call->by_value >> k & 1 ? FM_INT64 : call->in[k]->dtype;
        fm_index_port_open(&part->port, call, k, dtype, 0, NULL, info);
        part->extent = params->extent[k];
        part->factor = factor;
        part->mode = params->modes[k];
        set_strides(part, call->in[k], to->ndim);
        factor *= part->extent;
    }
    merge_axes(plan, to->ndim, fm_layout_shape(to));
    return FM_OK;
}

typedef struct unravel_plan {
    fm_kplan head;
    fm_index_port index, out;
    int axes;
    int backwards;
    int64_t count, size; /* places; product of the extents */
    int64_t extent[FM_MAX_NDIM];
} unravel_plan;

typedef struct unravel_job {
    const unravel_plan *plan;
    const void *index;
    int64_t *out;
} unravel_job;

/* Leaves what is left of each place in rest. Divisions are of 32 bits where the sizes allow. */
static void split_off(int64_t extent, bool narrow, int64_t n, int64_t *rest, int64_t *out) {
    if (narrow) {
        uint32_t by = (uint32_t)extent;
        for (int64_t i = 0; i < n; i++) {
            uint32_t x = (uint32_t)rest[i], next = x / by;
            out[i] = (int64_t)(x - next * by);
            rest[i] = (int64_t)next;
        }
        return;
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t next = rest[i] / extent;
        out[i] = rest[i] - next * extent;
        rest[i] = next;
    }
}

static void unravel_span(void *arg, int64_t begin, int64_t end, int lane) {
    const unravel_job *job = arg;
    const unravel_plan *plan = job->plan;
    int64_t rest[FM_MOVE_BLOCK];
    (void)lane;
    for (int64_t first = begin; first < end; first += FM_MOVE_BLOCK) {
        int64_t few = end - first < FM_MOVE_BLOCK ? end - first : FM_MOVE_BLOCK;
        fm_index_load(plan->index.dtype, job->index, first, few, rest);
        for (int i = 1; i < plan->axes; i++) {
            int d = plan->backwards ? i - 1 : plan->axes - i;
            split_off(plan->extent[d], plan->size <= UINT32_MAX, few, rest,
                      job->out + d * plan->count + first);
        }
        int left = plan->backwards ? plan->axes - 1 : 0;
        memcpy(job->out + left * plan->count + first, rest, (size_t)few * sizeof *rest);
    }
}

static fm_status run_unravel(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const unravel_plan *plan = (const unravel_plan *)head;
    unravel_job job = {.plan = plan};
    (void)error;
    if (plan->count == 0 || plan->axes == 0) return FM_OK;
    job.index = fm_index_port_bring(&plan->index, args, 0);
    job.out = fm_index_port_out(&plan->out, args);
    fm_pool_run(fm_pool_shared(), unravel_span, &job, plan->count, FM_MOVE_ITEM / 4);
    fm_index_port_close(&plan->out, args);
    return FM_OK;
}

fm_status fm_plan_unravel(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                          fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(unravel_plan), run_unravel, out, error);
    if (status != FM_OK) return status;
    unravel_plan *plan = (unravel_plan *)*out;
    const fm_index_params *params = &call->params->index;
    fm_index_port_open(&plan->index, call, 0, call->by_value & 1 ? FM_INT64 : call->in[0]->dtype, 0,
                       NULL, info);
    fm_index_port_open_out(&plan->out, call, 0, info);
    plan->axes = params->naxes;
    plan->backwards = params->backwards;
    plan->count = call->in[0]->size;
    plan->size = 1;
    for (int d = 0; d < plan->axes; d++) {
        plan->extent[d] = params->extent[d];
        plan->size *= params->extent[d];
    }
    return FM_OK;
}

typedef struct runs_plan {
    fm_kplan head;
    fm_index_port ends, out;
    int64_t count, size;
} runs_plan;

typedef struct runs_job {
    const int64_t *ends;
    int64_t count;
    int64_t *out;
} runs_job;

/* The run that element `begin` is in is found by halving; the others follow. */
static void runs_span(void *arg, int64_t begin, int64_t end, int lane) {
    const runs_job *job = arg;
    int64_t low = 0, high = job->count;
    (void)lane;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (job->ends[middle] > begin)
            high = middle;
        else
            low = middle + 1;
    }
    for (int64_t i = begin; i < end; low++) {
        int64_t stop = low >= job->count || job->ends[low] > end ? end : job->ends[low];
        for (; i < stop; i++) job->out[i] = low;
    }
}

static fm_status run_runs(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const runs_plan *plan = (const runs_plan *)head;
    runs_job job = {.count = plan->count};
    (void)error;
    if (plan->size == 0) return FM_OK;
    job.ends = fm_index_port_bring(&plan->ends, args, 0);
    job.out = fm_index_port_out(&plan->out, args);
    fm_pool_run(fm_pool_shared(), runs_span, &job, plan->size, FM_MOVE_ITEM);
    fm_index_port_close(&plan->out, args);
    return FM_OK;
}

fm_status fm_plan_runs(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                       fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(runs_plan), run_runs, out, error);
    if (status != FM_OK) return status;
    runs_plan *plan = (runs_plan *)*out;
    fm_index_port_open(&plan->ends, call, 0, FM_INT64, 0, NULL, info);
    fm_index_port_open_out(&plan->out, call, 0, info);
    plan->count = call->in[0]->size;
    plan->size = call->out[0]->size;
    return FM_OK;
}
