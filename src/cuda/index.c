/* The family of gathers, scatters and selections: from a call to a plan. */
#include "index.h"
#include "copy.h"
#include "family.h"
#include "index_plan.h"
#include "value.h"

static cu_error run_gather(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const cu_gather_plan *plan = (const cu_gather_plan *)head;
    cu_gather_args g = plan->args;
    void *index;
    if (!g.outer.size || !g.count || !g.inner.size || !g.group.size) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->index, dev, stream, args, &index);
    g.in = args->in[0];
    g.index = index;
    g.out = cu_port_out(&plan->out, args);
    if (!code) code = cu_gather(&g, dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

void cu_gather_shape(cu_gather_args *g, const fm_layout *a, const fm_layout *index,
                     const fm_index_params *params) {
    const int64_t *shape = fm_layout_shape(a), *strides = fm_layout_strides(a);
    const int after = params->axis + params->naxes;
    fm_axes_set(&g->outer, params->axis, shape, strides);
    fm_axes_set(&g->group, params->naxes, shape + params->axis, strides + params->axis);
    fm_axes_set(&g->inner, a->ndim - after, shape + after, strides + after);
    g->count = index->size;
    g->step = 1;
    g->mode = params->mode;
    g->bytes = (int32_t)cu_dtype_size(a->dtype);
}

static fm_status plan_gather(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                             fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(cu_gather_plan), run_gather, out, error);
    if (status != FM_OK) return status;
    cu_gather_plan *plan = (cu_gather_plan *)*out;
    cu_gather_shape(&plan->args, call->in[0], call->in[1], &call->params->index);
    cu_port_open(&plan->index, call, 1, FM_INT64, 1, info);
    cu_port_open_out(&plan->out, call, 0, call->out[0]->dtype, info);
    return FM_OK;
}

typedef struct along_plan {
    fm_kplan head;
    cu_port index, out;
    fm_along along;
    int bytes; /* 0: places are wanted */
} along_plan;

static cu_error run_along(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const along_plan *plan = (const along_plan *)head;
    void *index;
    if (!plan->along.size || !plan->along.places) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->index, dev, stream, args, &index);
    if (!code)
        code = cu_gather_along(&plan->along, plan->bytes, plan->bytes ? args->in[0] : NULL, index,
                               cu_port_out(&plan->out, args), dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

static fm_status plan_along(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                            fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(along_plan), run_along, out, error);
    if (status != FM_OK) return status;
    along_plan *plan = (along_plan *)*out;
    const int which = call->op == FM_INDEX_gather_along;
    const fm_layout *index = call->in[which], *to = call->out[0];
    const int64_t *shape = call->params->index.extent, *strides;
    int64_t dense[FM_MAX_NDIM], step = 1;
    for (int d = index->ndim - 1; d >= 0; --d) {
        dense[d] = step;
        step *= shape[d];
    }
    strides = dense;
    if (which) {
        shape = fm_layout_shape(call->in[0]);
        strides = fm_layout_strides(call->in[0]);
    }
    cu_port_open(&plan->index, call, which, FM_INT64, 1, info);
    cu_port_open_out(&plan->out, call, 0, to->dtype, info);
    fm_along_set(&plan->along, to->ndim, call->params->index.axis, fm_layout_shape(to), shape,
                 strides, fm_layout_shape(index));
    plan->along.mode = call->params->index.mode;
    plan->bytes = which ? (int)cu_dtype_size(to->dtype) : 0;
    return FM_OK;
}

typedef struct outside_plan {
    fm_kplan head;
    cu_port index;
    int64_t count, low, n;
} outside_plan;

/* Bytes of 0x7f are a number that no index has. */
static cu_error run_outside(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const outside_plan *plan = (const outside_plan *)head;
    void *index;
    cu_error code = cu_api.fill(args->out[0], 0x7f, sizeof(int64_t), stream);
    if (code || !plan->count) return code;
    code = cu_port_bring(&plan->index, dev, stream, args, &index);
    if (code) return code;
    return cu_outside(index, plan->count, plan->low, plan->n, args->out[0], dev->info.processors,
                      stream);
}

static fm_status plan_outside(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                              fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(outside_plan), run_outside, out, error);
    if (status != FM_OK) return status;
    outside_plan *plan = (outside_plan *)*out;
    cu_port_open(&plan->index, call, 0, FM_INT64, 1, info);
    plan->count = call->in[0]->size;
    plan->n = call->params->index.extent[0];
    plan->low = call->params->index.mode == FM_PLACE_RAISE ? -plan->n : 0;
    return FM_OK;
}

typedef fm_status planner(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                          fm_error *error);

static planner *const planners[FM_INDEX_COUNT] = {
    [FM_INDEX_gather] = plan_gather,       [FM_INDEX_gather_along] = plan_along,
    [FM_INDEX_along] = plan_along,         [FM_INDEX_outside] = plan_outside,
    [FM_INDEX_scatter] = cu_plan_scatter,  [FM_INDEX_scatter_add] = cu_plan_scatter,
    [FM_INDEX_count] = cu_plan_count,      [FM_INDEX_compact] = cu_plan_select,
    [FM_INDEX_positions] = cu_plan_select, [FM_INDEX_ravel] = cu_plan_ravel,
    [FM_INDEX_unravel] = cu_plan_unravel,  [FM_INDEX_runs] = cu_plan_runs,
    [FM_INDEX_repeat] = cu_plan_repeat,    [FM_INDEX_pack] = cu_plan_bits,
    [FM_INDEX_unpack] = cu_plan_bits,
};

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_INDEX_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static fm_status plan_index(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                            fm_plan_info *info, fm_error *error) {
    (void)dev;
    return planners[call->op](call, plan, info, error);
}

const cu_family cu_family_index = {supports, plan_index};
