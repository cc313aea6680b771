/* Plans of scatters: values brought to one block, and room to settle equal places. */
#include "index_plan.h"
#include "value.h"

typedef struct scatter_plan {
    fm_kplan head;
    cu_port index, one; /* one: a value that serves all places */
    int spread;         /* values are repeated or converted into the workspace */
    cu_copy copy;
    size_t values;
    cu_gather_args args;
    fm_dtype add; /* FM_DTYPE_NONE: values are written */
    size_t last, keys[2], order[2], partial, sort, sort_bytes, last_bytes;
} scatter_plan;

static cu_error bring_values(const scatter_plan *plan, fm_dev *dev, cu_stream stream,
                             fm_kernel_args *args, const void **values) {
    void *address;
    if (!plan->spread) {
        cu_error code = cu_port_bring(&plan->one, dev, stream, args, &address);
        *values = address;
        return code;
    }
    address = (char *)args->workspace + plan->values;
    *values = address;
    return cu_copy_run(&plan->copy, dev, stream, args->in[1], address);
}

static cu_error run_scatter(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const scatter_plan *plan = (const scatter_plan *)head;
    cu_gather_args g = plan->args;
    char *room = args->workspace;
    void *index;
    if (!g.outer.size || !g.count || !g.inner.size || !g.group.size) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->index, dev, stream, args, &index);
    if (!code) code = bring_values(plan, dev, stream, args, &g.in);
    if (code) return code;
    g.index = index;
    g.out = args->out[0];
    if (plan->add) {
        const cu_add_room add = {
            .keys = {(uint64_t *)(void *)(room + plan->keys[0]),
                     (uint64_t *)(void *)(room + plan->keys[1])},
            .order = {(int64_t *)(void *)(room + plan->order[0]),
                      (int64_t *)(void *)(room + plan->order[1])},
            .partial = room + plan->partial,
            .sort = room + plan->sort,
            .sort_bytes = plan->sort_bytes,
        };
        return cu_scatter_add(plan->add, &g, &add, dev->info.processors, stream);
    }
    if (plan->last_bytes) {
        g.last = (unsigned long long *)(void *)(room + plan->last);
        code = cu_api.fill(g.last, 0, plan->last_bytes, stream);
    }
    return code ? code : cu_scatter(&g, dev->info.processors, stream);
}

/* What a gather of the target with that index would give. */
static int values_shape(const fm_layout *target, const fm_layout *index,
                        const fm_index_params *params, int64_t *shape) {
    int n = 0;
    for (int d = 0; d < params->axis; ++d) shape[n++] = fm_layout_shape(target)[d];
    for (int d = 0; d < index->ndim; ++d) shape[n++] = fm_layout_shape(index)[d];
    for (int d = params->axis + params->naxes; d < target->ndim; ++d)
        shape[n++] = fm_layout_shape(target)[d];
    return n;
}

/* Values that are not one block of the target's dtype with one for each place are made it. */
static void plan_values(scatter_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    const fm_layout *values = call->in[1], *target = call->out[0];
    int64_t shape[FM_MAX_NDIM], dense[FM_MAX_NDIM], size = 1;
    const int ndim = values_shape(target, call->in[0], &call->params->index, shape);
    for (int d = ndim - 1; d >= 0; --d) {
        dense[d] = size;
        size *= shape[d];
    }
    plan->args.step = values->size != 1;
    if (values->size == 1) {
        cu_port_open(&plan->one, call, 1, target->dtype, 1, info);
        return;
    }
    if (values->size == size && values->dtype == target->dtype &&
        values->flags & FM_LAYOUT_CONTIGUOUS) {
        cu_port_open(&plan->one, call, 1, target->dtype, 1, info);
        return;
    }
    fm_index spread;
    plan->spread = 1;
    plan->values = cu_room(info, (size_t)size * cu_dtype_size(target->dtype));
    fm_index_begin(&spread, ndim, shape);
    (void)fm_index_add(&spread, values->ndim, fm_layout_shape(values), fm_layout_strides(values));
    (void)fm_index_add(&spread, ndim, shape, dense);
    cu_copy_plan(&plan->copy, values->dtype, target->dtype, &spread);
}

static cu_error plan_add(scatter_plan *plan, fm_plan_info *info) {
    const cu_gather_args *g = &plan->args;
    const size_t count = (size_t)g->count;
    const size_t all = (size_t)(g->outer.size * g->count * g->inner.size);
    if (cu_add_is_atomic(plan->add)) return CU_SUCCESS;
    cu_error code = cu_sort_room(g->count, g->group.size, &plan->sort_bytes);
    for (int i = 0; i < 2; ++i) {
        plan->keys[i] = cu_room(info, count * sizeof(uint64_t));
        plan->order[i] = cu_room(info, count * sizeof(int64_t));
    }
    plan->partial = cu_room(info, all * (size_t)g->bytes);
    plan->sort = cu_room(info, plan->sort_bytes);
    return code;
}

fm_status cu_plan_scatter(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                          fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(scatter_plan), run_scatter, out, error);
    if (status != FM_OK) return status;
    scatter_plan *plan = (scatter_plan *)*out;
    const fm_index_params *params = &call->params->index;
    cu_gather_shape(&plan->args, call->out[0], call->in[0], params);
    cu_port_open(&plan->index, call, 0, FM_INT64, 1, info);
    plan_values(plan, call, info);
    if (call->op == FM_INDEX_scatter_add) {
        plan->add = call->out[0]->dtype;
        cu_error code = plan_add(plan, info);
        return code ? cu_fail(error, code, call->name, "planning a sort") : FM_OK;
    }
    if (params->distinct || plan->args.count < 2) return FM_OK;
    plan->last_bytes = (size_t)plan->args.group.size * sizeof(unsigned long long);
    plan->last = cu_room(info, plan->last_bytes);
    return FM_OK;
}
