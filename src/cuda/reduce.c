/* The family of reductions: from a call to a planned job. */
#include "reduce_call.h"
#include "copy.h"

typedef struct reduce_plan {
    fm_kplan head;
    cu_port in;
    size_t partial; /* offset of the states of several chunks */
    cu_reduce_job job;
} reduce_plan;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_REDUCE_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static cu_error run(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const reduce_plan *plan = (const reduce_plan *)head;
    void *in;
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &in);
    if (code) return code;
    return cu_reduce_run(&plan->job, stream, in, args->out[0],
                         (char *)args->workspace + plan->partial);
}

static void add_axis(fm_index *index, int64_t extent, int64_t in, int64_t out) {
    const int d = index->ndim++;
    index->extent[d] = extent;
    index->stride[0][d] = in;
    index->stride[1][d] = out;
    index->size *= extent;
}

/* The input's axes, kept and reduced ones with their strides. */
static void split_axes(const fm_kernel_call *call, fm_index *kept, fm_index *red) {
    const fm_layout *in = call->in[0], *out = call->out[0];
    const fm_reduce_params *params = &call->params->reduce;
    fm_index_begin(kept, 0, NULL);
    fm_index_begin(red, 0, NULL);
    kept->noperands = 2;
    red->noperands = 1;
    for (int d = 0, o = 0; d < in->ndim; ++d) {
        const int64_t extent = fm_layout_shape(in)[d], stride = fm_layout_strides(in)[d];
        if (params->axes >> d & 1) {
            add_axis(red, extent, stride, 0);
            o += params->keepdims != 0;
        } else {
            add_axis(kept, extent, stride, fm_layout_strides(out)[o++]);
        }
    }
}

fm_status cu_reduce_plan_call(fm_dev *dev, const fm_kernel_call *call,
                              const cu_reduce_kernel *kernel, fm_dtype read, int place,
                              fm_kplan **out, cu_reduce_job **job, fm_plan_info *info,
                              fm_error *error) {
    fm_index kept, red;
    fm_status status = cu_plan_make(call, sizeof(reduce_plan), run, out, error);
    if (status != FM_OK) return status;
    reduce_plan *plan = (reduce_plan *)*out;
    cu_port_open(&plan->in, call, 0, call->in[0]->dtype, 0, info);
    split_axes(call, &kept, &red);
    const fm_dtype in = call->in[0]->dtype, to = call->out[0]->dtype;
    const int processors = dev->info.processors;
    if (kernel)
        cu_reduce_plan_kernel(&plan->job, kernel, in, read, to, place, &kept, &red, processors);
    else
        cu_reduce_plan(&plan->job, call->op, in, call->compute, to, &kept, &red, processors);
    plan->partial = cu_room(info, plan->job.workspace);
    *job = &plan->job;
    return FM_OK;
}

static fm_status plan_reduce(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                             fm_plan_info *info, fm_error *error) {
    cu_reduce_job *job;
    return cu_reduce_plan_call(dev, call, NULL, FM_DTYPE_NONE, 0, out, &job, info, error);
}

const cu_family cu_family_reduce = {supports, plan_reduce};
