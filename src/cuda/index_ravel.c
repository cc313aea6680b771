/* Plans of flat places, runs, repetitions and bits. */
#include "index_plan.h"
#include "value.h"

typedef struct ravel_plan {
    fm_kplan head;
    cu_port out;
    int parts;
    struct ravel_part {
        cu_port port;
        cu_ravel_args args;
    } part[];
} ravel_plan;

static cu_error run_ravel(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const ravel_plan *plan = (const ravel_plan *)head;
    cu_error code = CU_SUCCESS;
    for (int k = 0; k < plan->parts && !code; ++k) {
        cu_ravel_args r = plan->part[k].args;
        void *index;
        if (!r.shape.size) return CU_SUCCESS;
        code = cu_port_bring(&plan->part[k].port, dev, stream, args, &index);
        r.index = index;
        r.out = cu_port_out(&plan->out, args);
        if (!code) code = cu_ravel(&r, dev->info.processors, stream);
    }
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

/* The output's axes with the strides of an index that is contiguous and may be repeated. */
static void spread_axes(fm_axes *axes, const fm_layout *index, const fm_layout *out) {
    int64_t strides[FM_MAX_NDIM], step = 1;
    for (int d = out->ndim - 1; d >= 0; --d) {
        const int own = d - (out->ndim - index->ndim);
        const int64_t extent = own < 0 ? 1 : fm_layout_shape(index)[own];
        strides[d] = extent == 1 ? 0 : step;
        step *= extent;
    }
    fm_axes_set(axes, out->ndim, fm_layout_shape(out), strides);
}

fm_status cu_plan_ravel(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                        fm_error *error) {
    const size_t bytes = sizeof(ravel_plan) + (size_t)call->nin * sizeof(struct ravel_part);
    fm_status status = cu_plan_make(call, bytes, run_ravel, out, error);
    if (status != FM_OK) return status;
    ravel_plan *plan = (ravel_plan *)*out;
    const fm_index_params *params = &call->params->index;
    int64_t factor = 1;
    plan->parts = call->nin;
    cu_port_open_out(&plan->out, call, 0, FM_INT64, info);
    for (int i = 0; i < call->nin; ++i) {
        const int k = params->backwards ? i : call->nin - 1 - i;
        cu_ravel_args *args = &plan->part[k].args;
        cu_port_open(&plan->part[k].port, call, k, FM_INT64, 1, info);
        spread_axes(&args->shape, call->in[k], call->out[0]);
        args->extent = params->extent[k];
        args->factor = factor;
        args->mode = params->modes[k];
        args->first = k == 0;
        factor *= args->extent;
    }
    return FM_OK;
}

typedef struct unravel_plan {
    fm_kplan head;
    cu_port index, out;
    cu_unravel_args args;
} unravel_plan;

static cu_error run_unravel(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const unravel_plan *plan = (const unravel_plan *)head;
    cu_unravel_args u = plan->args;
    void *index;
    if (!u.count || !u.axes) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->index, dev, stream, args, &index);
    u.index = index;
    u.out = cu_port_out(&plan->out, args);
    if (!code) code = cu_unravel(&u, dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

fm_status cu_plan_unravel(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                          fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(unravel_plan), run_unravel, out, error);
    if (status != FM_OK) return status;
    unravel_plan *plan = (unravel_plan *)*out;
    const fm_index_params *params = &call->params->index;
    cu_port_open(&plan->index, call, 0, FM_INT64, 1, info);
    cu_port_open_out(&plan->out, call, 0, FM_INT64, info);
    plan->args.count = call->in[0]->size;
    plan->args.axes = params->naxes;
    plan->args.backwards = params->backwards;
    for (int d = 0; d < params->naxes; ++d) plan->args.extent[d] = params->extent[d];
    return FM_OK;
}

typedef struct runs_plan {
    fm_kplan head;
    cu_port ends, out;
    int64_t count, size;
} runs_plan;

static cu_error run_runs(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const runs_plan *plan = (const runs_plan *)head;
    void *ends;
    if (!plan->size) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->ends, dev, stream, args, &ends);
    if (!code)
        code = cu_runs(ends, plan->count, cu_port_out(&plan->out, args), plan->size,
                       dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

fm_status cu_plan_runs(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                       fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(runs_plan), run_runs, out, error);
    if (status != FM_OK) return status;
    runs_plan *plan = (runs_plan *)*out;
    cu_port_open(&plan->ends, call, 0, FM_INT64, 1, info);
    cu_port_open_out(&plan->out, call, 0, FM_INT64, info);
    plan->count = call->in[0]->size;
    plan->size = call->out[0]->size;
    return FM_OK;
}

typedef struct repeat_plan {
    fm_kplan head;
    cu_port in, out;
    int bytes;
    int64_t rows, times, inner;
} repeat_plan;

static cu_error run_repeat(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const repeat_plan *plan = (const repeat_plan *)head;
    void *in;
    if (!plan->rows || !plan->times || !plan->inner) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &in);
    if (!code)
        code = cu_repeat(plan->bytes, in, cu_port_out(&plan->out, args), plan->rows, plan->times,
                         plan->inner, dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

fm_status cu_plan_repeat(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                         fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(repeat_plan), run_repeat, out, error);
    if (status != FM_OK) return status;
    repeat_plan *plan = (repeat_plan *)*out;
    const fm_layout *in = call->in[0];
    cu_port_open(&plan->in, call, 0, in->dtype, 1, info);
    cu_port_open_out(&plan->out, call, 0, in->dtype, info);
    plan->bytes = (int)cu_dtype_size(in->dtype);
    plan->rows = plan->inner = 1;
    for (int d = 0; d < in->ndim; ++d)
        *(d <= call->params->index.axis ? &plan->rows : &plan->inner) *= fm_layout_shape(in)[d];
    plan->times = call->params->index.extent[0];
    return FM_OK;
}

typedef struct bits_plan {
    fm_kplan head;
    cu_port in, out;
    cu_bits_args args;
    int pack;
} bits_plan;

static cu_error run_bits(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const bits_plan *plan = (const bits_plan *)head;
    cu_bits_args b = plan->args;
    void *in;
    if (!b.outer || !b.elements || !b.inner) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &in);
    b.in = in;
    b.out = cu_port_out(&plan->out, args);
    if (!code) code = (plan->pack ? cu_packbits : cu_unpackbits)(&b, dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

fm_status cu_plan_bits(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                       fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(bits_plan), run_bits, out, error);
    if (status != FM_OK) return status;
    bits_plan *plan = (bits_plan *)*out;
    const fm_layout *in = call->in[0];
    const int axis = call->params->index.axis;
    plan->pack = call->op == FM_INDEX_pack;
    cu_port_open(&plan->in, call, 0, plan->pack ? FM_BOOL : FM_UINT8, 1, info);
    cu_port_open_out(&plan->out, call, 0, FM_UINT8, info);
    plan->args.outer = plan->args.inner = 1;
    for (int d = 0; d < in->ndim; ++d) {
        if (d < axis) plan->args.outer *= fm_layout_shape(in)[d];
        if (d > axis) plan->args.inner *= fm_layout_shape(in)[d];
    }
    const int64_t from = fm_layout_shape(in)[axis], to = fm_layout_shape(call->out[0])[axis];
    plan->args.elements = plan->pack ? from : to;
    plan->args.bytes = plan->pack ? to : from;
    plan->args.little = call->params->index.little;
    return FM_OK;
}
