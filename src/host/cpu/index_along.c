/* Gathers with an index for every element: take_along_axis, and the flat places that it reads. */
#include "cpu/index.h"
#include "cpu/scalar_value.h"
#include "scalar/along.h"

#include <string.h>

typedef struct along_plan {
    fm_kplan head;
    fm_index_port index, out;
    fm_along shape;
    int axis;
    int64_t rows, row; /* the last axis is a row */
    int64_t count;     /* indices */
    size_t size;
    fm_gather_fn pick; /* NULL: places are wanted, not elements */
    const char *name;
} along_plan;

typedef struct along_job {
    const along_plan *plan;
    const char *in;
    const void *index;
    char *out;
} along_job;

/* Offsets in the array of n elements of a row, `skip` into it, less the row's own. */
static void place_row(const along_job *job, int64_t from, int64_t skip, int64_t n, int64_t *at) {
    const along_plan *plan = job->plan;
    int last = plan->shape.ndim - 1;
    int64_t step = plan->shape.at[last], walk = plan->shape.in[last];
    if (step != 0) {
        fm_index_load(plan->index.dtype, job->index, from + skip, n, at);
    } else {
        fm_index_load(plan->index.dtype, job->index, from, 1, at);
        for (int64_t i = 1; i < n; i++) at[i] = at[0];
    }
    for (int64_t i = 0; i < n; i++)
        at[i] = fm_place(at[i], plan->shape.places, plan->shape.mode) * plan->shape.step +
                (skip + i) * walk;
}

/* Pieces of rows, of a block each. */
static void along_pieces(void *arg, int64_t begin, int64_t end, int lane) {
    const along_job *job = arg;
    const along_plan *plan = job->plan;
    int64_t pieces = (plan->row + FM_MOVE_BLOCK - 1) / FM_MOVE_BLOCK, at[FM_MOVE_BLOCK];
    (void)lane;
    for (int64_t piece = begin; piece < end; piece++) {
        int64_t row = piece / pieces, skip = (piece - row * pieces) * FM_MOVE_BLOCK;
        int64_t n = plan->row - skip < FM_MOVE_BLOCK ? plan->row - skip : FM_MOVE_BLOCK;
        int64_t in = 0, from = 0, rest = row;
        for (int d = plan->shape.ndim - 2; d >= 0; d--) {
            int64_t i = rest % plan->shape.extent[d];
            rest /= plan->shape.extent[d];
            in += i * plan->shape.in[d];
            from += i * plan->shape.at[d];
        }
        place_row(job, from, skip, n, at);
        char *out = job->out + (size_t)(row * plan->row + skip) * plan->size;
        if (plan->pick) {
            plan->pick(n, job->in + in * (int64_t)plan->size, at, out);
        } else {
            for (int64_t i = 0; i < n; i++) at[i] += in;
            memcpy(out, at, (size_t)n * sizeof *at);
        }
    }
}

static fm_status check_index(const along_plan *plan, const void *index, fm_error *error) {
    if (plan->shape.mode != FM_PLACE_RAISE) return FM_OK;
    int64_t bad = fm_index_outside(plan->index.dtype, index, plan->count, -plan->shape.places,
                                   plan->shape.places),
            found;
    if (bad >= plan->count) return FM_OK;
    fm_index_load(plan->index.dtype, index, bad, 1, &found);
    return fm_index_refuse(error, plan->name, found, plan->axis, plan->shape.places);
}

static fm_status run_along(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const along_plan *plan = (const along_plan *)head;
    int which = plan->pick ? 1 : 0;
    along_job job = {.plan = plan, .in = args->in[0]};
    if (plan->rows == 0 || plan->row == 0) return FM_OK;
    job.index = fm_index_port_bring(&plan->index, args, which);
    fm_status status = check_index(plan, job.index, error);
    if (status != FM_OK) return status;
    job.out = fm_index_port_out(&plan->out, args);
    int64_t pieces = (plan->row + FM_MOVE_BLOCK - 1) / FM_MOVE_BLOCK;
    int64_t each = plan->row < FM_MOVE_BLOCK ? plan->row : FM_MOVE_BLOCK;
    fm_pool_run(fm_pool_shared(), along_pieces, &job, plan->rows * pieces,
                (FM_MOVE_ITEM / 8 + each - 1) / each);
    fm_index_port_close(&plan->out, args);
    return FM_OK;
}

/* The array's shape and strides; the index is contiguous where the kernel reads it. */
static void set_axes(along_plan *plan, const fm_kernel_call *call, const fm_layout *index,
                     const int64_t *shape, const int64_t *strides) {
    fm_along *along = &plan->shape;
    plan->axis = call->params->index.axis;
    fm_along_set(along, call->out[0]->ndim, plan->axis, fm_layout_shape(call->out[0]), shape,
                 strides, fm_layout_shape(index));
    plan->row = along->extent[along->ndim - 1];
    plan->rows = 1;
    for (int d = 0; d < along->ndim - 1; d++) plan->rows *= along->extent[d];
}

static fm_status plan_along(const fm_kernel_call *call, int which, fm_kplan **out,
                            fm_plan_info *info, fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(along_plan), run_along, out, error);
    if (status != FM_OK) return status;
    along_plan *plan = (along_plan *)*out;
    const fm_layout *index = call->in[which];
    fm_index_port_open(&plan->index, call, which, index->dtype, 0, NULL, info);
    fm_index_port_open_out(&plan->out, call, 0, info);
    plan->count = index->size;
    plan->shape.mode = call->params->index.mode;
    plan->size = fm_cpu_dtype_size(call->out[0]->dtype);
    plan->name = call->name;
    if (which == 1) {
        plan->pick = fm_move_gather[fm_copy_size_log(plan->size)];
        set_axes(plan, call, index, fm_layout_shape(call->in[0]), fm_layout_strides(call->in[0]));
        return FM_OK;
    }
    int64_t strides[FM_MAX_NDIM], step = 1;
    for (int d = index->ndim - 1; d >= 0; d--) {
        strides[d] = step;
        step *= call->params->index.extent[d];
    }
    set_axes(plan, call, index, call->params->index.extent, strides);
    return FM_OK;
}

fm_status fm_plan_gather_along(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                               fm_error *error) {
    return plan_along(call, 1, plan, info, error);
}

fm_status fm_plan_along(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                        fm_error *error) {
    return plan_along(call, 0, plan, info, error);
}
