/* Gathers: elements of an array at the places that an index names along one run of its axes. */
#include "cpu/index.h"
#include "cpu/scalar_value.h"

#include <string.h>

typedef struct gather_plan {
    fm_kplan head;
    fm_index_port index, out;
    fm_axes outer, group, inner; /* of the array: before, among and after the indexed axes */
    int64_t count;               /* indices */
    int axis, mode;
    size_t size, run; /* bytes of an element, and of all inner ones */
    fm_gather_fn pick;
    fm_strided_fn row; /* inner elements that are apart */
    const char *name;
} gather_plan;

typedef struct gather_job {
    const gather_plan *plan;
    const void *index;
    const char *in;
    char *out;
} gather_job;

/* One run of inner elements that do not lie together. */
static void copy_inner(const gather_plan *plan, const char *in, char *out) {
    const fm_axes *inner = &plan->inner;
    int last = inner->ndim - 1;
    int64_t n = inner->extent[last];
    for (int64_t i = 0; i < inner->size; i += n)
        plan->row(n, in + fm_axes_offset(inner, i) * (int64_t)plan->size, inner->stride[last],
                  out + i * (int64_t)plan->size);
}

static void gather_block(const gather_job *job, int64_t outer, int64_t n, const int64_t *at,
                         char *out) {
    const gather_plan *plan = job->plan;
    const char *in = job->in + fm_axes_offset(&plan->outer, outer) * (int64_t)plan->size;
    if (plan->inner.size == 1) {
        plan->pick(n, in, at, out);
        return;
    }
    bool dense = fm_axes_dense(&plan->inner);
    for (int64_t i = 0; i < n; i++, out += plan->run) {
        const char *from = in + at[i] * (int64_t)plan->size;
        if (dense)
            memcpy(out, from, plan->run);
        else
            copy_inner(plan, from, out);
    }
}

/* Rows are the indices, once for each outer element. */
static void gather_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const gather_job *job = arg;
    const gather_plan *plan = job->plan;
    int64_t at[FM_MOVE_BLOCK];
    (void)lane;
    for (int64_t row = begin; row < end;) {
        int64_t outer = row / plan->count, first = row - outer * plan->count;
        int64_t few = end - row < FM_MOVE_BLOCK ? end - row : FM_MOVE_BLOCK;
        if (few > plan->count - first) few = plan->count - first;
        fm_index_load(plan->index.dtype, job->index, first, few, at);
        fm_index_places(plan->group.size, plan->mode, few, at);
        fm_index_offsets(&plan->group, few, at);
        gather_block(job, outer, few, at, job->out + (size_t)row * plan->run);
        row += few;
    }
}

static fm_status check_index(const gather_plan *plan, const void *index, fm_error *error) {
    int64_t n = plan->group.size;
    if (plan->outer.size == 0 || plan->count == 0) return FM_OK;
    if (plan->mode != FM_PLACE_RAISE && (n > 0 || plan->run == 0)) return FM_OK;
    int64_t bad = n > 0 ? fm_index_outside(plan->index.dtype, index, plan->count, -n, n) : 0, found;
    if (bad >= plan->count) return FM_OK;
    fm_index_load(plan->index.dtype, index, bad, 1, &found);
    return fm_index_refuse(error, plan->name, found, plan->axis, n);
}

static fm_status run_gather(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const gather_plan *plan = (const gather_plan *)head;
    gather_job job = {.plan = plan, .in = args->in[0]};
    job.index = fm_index_port_bring(&plan->index, args, 1);
    fm_status status = check_index(plan, job.index, error);
    int64_t rows = plan->outer.size * plan->count;
    if (status != FM_OK || rows == 0 || plan->run == 0) return status;
    job.out = fm_index_port_out(&plan->out, args);
    int64_t grain = FM_MOVE_ITEM / (int64_t)(plan->run < FM_MOVE_ITEM ? plan->run : FM_MOVE_ITEM);
    fm_pool_run(fm_pool_shared(), gather_rows, &job, rows, grain);
    fm_index_port_close(&plan->out, args);
    return FM_OK;
}

fm_status fm_plan_gather(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                         fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(gather_plan), run_gather, out, error);
    if (status != FM_OK) return status;
    gather_plan *plan = (gather_plan *)*out;
    const fm_layout *a = call->in[0], *index = call->in[1];
    const fm_index_params *params = &call->params->index;
    const int64_t *shape = fm_layout_shape(a), *strides = fm_layout_strides(a);
    int after = params->axis + params->naxes;
    fm_axes_set(&plan->outer, params->axis, shape, strides);
    fm_axes_set(&plan->group, params->naxes, shape + params->axis, strides + params->axis);
    fm_axes_set(&plan->inner, a->ndim - after, shape + after, strides + after);
    fm_index_port_open(&plan->index, call, 1, call->by_value & 2 ? FM_INT64 : index->dtype, 0, NULL,
                       info);
    fm_index_port_open_out(&plan->out, call, 0, info);
    plan->count = index->size;
    plan->axis = params->axis;
    plan->mode = params->mode;
    plan->size = fm_cpu_dtype_size(a->dtype);
    plan->run = (size_t)plan->inner.size * plan->size;
    plan->pick = fm_move_gather[fm_copy_size_log(plan->size)];
    plan->row = fm_map()->gather[fm_copy_size_log(plan->size)];
    plan->name = call->name;
    return FM_OK;
}
