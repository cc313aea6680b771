/* Scatters: values written to, or added to, the places that an index names along one run of an
   array's axes. Equal places are met in the order of the index whatever the number of threads: each
   thread has places of its own. */
#include "cpu/index.h"
#include "cpu/index_add.h"
#include "cpu/scalar_value.h"

#include <string.h>

typedef struct scatter_plan {
    fm_kplan head;
    fm_index_port index, values;
    fm_axes outer, group, inner; /* of the target: before, among and after the indexed axes */
    int64_t count;               /* indices */
    int64_t step;                /* 0: one value everywhere */
    int axis, mode;
    size_t size;
    fm_scatter_fn put;
    fm_add_fn add; /* NULL: values are written */
    const char *name;
} scatter_plan;

typedef struct scatter_job {
    const scatter_plan *plan;
    const void *index;
    const char *values;
    char *target;
    int64_t parts; /* into which the places are cut */
} scatter_job;

/* n of the values go to their offsets. */
static void move(const scatter_plan *plan, int64_t n, const char *values, const int64_t *from,
                 const int64_t *at, char *target) {
    if (plan->add)
        plan->add(n, values, plan->step, from, at, target);
    else
        plan->put(n, values, plan->step, from, at, target);
}

/* Inner elements of one place, which may lie apart. */
static void put_inner(const scatter_plan *plan, const char *values, char *target) {
    const fm_axes *inner = &plan->inner;
    if (!plan->add && plan->step && fm_axes_dense(inner)) {
        memcpy(target, values, (size_t)inner->size * plan->size);
        return;
    }
    int64_t from[FM_MOVE_BLOCK], at[FM_MOVE_BLOCK];
    for (int64_t first = 0; first < inner->size; first += FM_MOVE_BLOCK) {
        int64_t few = inner->size - first < FM_MOVE_BLOCK ? inner->size - first : FM_MOVE_BLOCK;
        for (int64_t i = 0; i < few; i++) from[i] = i;
        for (int64_t i = 0; i < few; i++) at[i] = fm_axes_offset(inner, first + i);
        move(plan, few, values + first * plan->step * (int64_t)plan->size, from, at, target);
    }
}

/* Keeps the places low <= at[i] < high, and their numbers. Which they are follows no order, so that
   there is no branch to foresee. */
static int64_t keep_between(int64_t n, int64_t low, int64_t high, int64_t *from, int64_t *at) {
    const uint64_t length = (uint64_t)(high - low);
    int64_t kept = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t place = at[i];
        from[kept] = i;
        at[kept] = place;
        kept += (uint64_t)(place - low) < length;
    }
    return kept;
}

static void scatter_block(const scatter_job *job, int64_t outer, int64_t first, int64_t n,
                          int64_t low, int64_t high) {
    const scatter_plan *plan = job->plan;
    int64_t from[FM_MOVE_BLOCK], at[FM_MOVE_BLOCK], size = (int64_t)plan->size;
    int64_t run = plan->inner.size * plan->step * size;
    fm_index_load(plan->index.dtype, job->index, first, n, at);
    fm_index_places(plan->group.size, plan->mode, n, at);
    int64_t kept = keep_between(n, low, high, from, at);
    fm_index_offsets(&plan->group, kept, at);
    const char *values = job->values + (outer * plan->count + first) * run;
    char *target = job->target + fm_axes_offset(&plan->outer, outer) * size;
    if (plan->inner.size == 1) {
        move(plan, kept, values, from, at, target);
        return;
    }
    for (int64_t i = 0; i < kept; i++)
        put_inner(plan, values + from[i] * run, target + at[i] * size);
}

/* Parts are ranges of places, once for each outer element. */
static void scatter_parts(void *arg, int64_t begin, int64_t end, int lane) {
    const scatter_job *job = arg;
    const scatter_plan *plan = job->plan;
    int64_t length = (plan->group.size + job->parts - 1) / job->parts;
    (void)lane;
    for (int64_t part = begin; part < end; part++) {
        int64_t outer = part / job->parts, low = part % job->parts * length;
        for (int64_t first = 0; first < plan->count; first += FM_MOVE_BLOCK) {
            int64_t few = plan->count - first < FM_MOVE_BLOCK ? plan->count - first : FM_MOVE_BLOCK;
            scatter_block(job, outer, first, few, low, low + length);
        }
    }
}

static fm_status check_index(const scatter_plan *plan, const void *index, fm_error *error) {
    int64_t n = plan->group.size;
    if (n > 0 && plan->mode != FM_PLACE_RAISE) return FM_OK;
    int64_t bad = n > 0 ? fm_index_outside(plan->index.dtype, index, plan->count, -n, n) : 0, found;
    if (bad >= plan->count) return FM_OK;
    fm_index_load(plan->index.dtype, index, bad, 1, &found);
    return fm_index_refuse(error, plan->name, found, plan->axis, n);
}

/* Every part reads the whole index, so that more than a few do not pay. */
static int64_t parts_of(const scatter_plan *plan) {
    int lanes = fm_pool_lanes(fm_pool_shared());
    int64_t most = plan->inner.size > 16 ? lanes : lanes < 4 ? lanes : 4;
    if (plan->count * plan->inner.size < FM_MOVE_ITEM / 2 || plan->outer.size >= lanes) return 1;
    return most < plan->group.size ? most : plan->group.size;
}

static fm_status run_scatter(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const scatter_plan *plan = (const scatter_plan *)head;
    scatter_job job = {.plan = plan, .target = args->out[0]};
    if (plan->outer.size == 0 || plan->count == 0) return FM_OK;
    job.index = fm_index_port_bring(&plan->index, args, 0);
    fm_status status = check_index(plan, job.index, error);
    if (status != FM_OK || plan->inner.size == 0) return status;
    job.values = fm_index_port_bring(&plan->values, args, 1);
    job.parts = parts_of(plan);
    int64_t each = plan->count * plan->inner.size;
    int64_t grain = job.parts > 1 ? 1 : FM_MOVE_ITEM / (each < FM_MOVE_ITEM ? each : FM_MOVE_ITEM);
    fm_pool_run(fm_pool_shared(), scatter_parts, &job, plan->outer.size * job.parts, grain);
    return FM_OK;
}

/* What gather would give of the target with that index. */
static int values_shape(const fm_layout *target, const fm_layout *index,
                        const fm_index_params *params, int64_t *shape) {
    int n = 0;
    for (int d = 0; d < params->axis; d++) shape[n++] = fm_layout_shape(target)[d];
    for (int d = 0; d < index->ndim; d++) shape[n++] = fm_layout_shape(index)[d];
    for (int d = params->axis + params->naxes; d < target->ndim; d++)
        shape[n++] = fm_layout_shape(target)[d];
    return n;
}

fm_status fm_plan_scatter(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                          fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(scatter_plan), run_scatter, out, error);
    if (status != FM_OK) return status;
    scatter_plan *plan = (scatter_plan *)*out;
    const fm_layout *index = call->in[0], *values = call->in[1], *target = call->out[0];
    const fm_index_params *params = &call->params->index;
    const int64_t *shape = fm_layout_shape(target), *strides = fm_layout_strides(target);
    int64_t full[FM_MAX_NDIM];
    int after = params->axis + params->naxes, ndim = values_shape(target, index, params, full);
    fm_axes_set(&plan->outer, params->axis, shape, strides);
    fm_axes_set(&plan->group, params->naxes, shape + params->axis, strides + params->axis);
    fm_axes_set(&plan->inner, target->ndim - after, shape + after, strides + after);
    fm_index_port_open(&plan->index, call, 0, call->by_value & 1 ? FM_INT64 : index->dtype, 0, NULL,
                       info);
    plan->step = values->size != 1;
    fm_index_port_open(&plan->values, call, 1, target->dtype, plan->step ? ndim : 0,
                       plan->step ? full : NULL, info);
    plan->count = index->size;
    plan->axis = params->axis;
    plan->mode = params->mode;
    plan->size = fm_cpu_dtype_size(target->dtype);
    plan->put = fm_move_scatter[fm_copy_size_log(plan->size)];
    if (call->op == FM_INDEX_scatter_add) plan->add = fm_index_add[target->dtype];
    plan->name = call->name;
    return FM_OK;
}
