/* The family of creation: one value everywhere, arithmetic progressions, identity matrices, lower
   triangles. */
#include "fill_kernel.h"
#include "map_plan.h"

typedef struct fill_plan {
    fm_kplan head;
    const cu_fill_kernel *kernel;
    int64_t rows, n; /* arange has one row */
    int64_t row_stride, stride;
    int64_t k;
    int below; /* ones below diagonal k too */
    fm_arange progression;
} fill_plan;

static cu_error run_arange(fm_dev *dev, cu_stream stream, fm_kplan *plan, fm_kernel_args *args) {
    const fill_plan *p = (const fill_plan *)plan;
    if (!p->n) return CU_SUCCESS;
    return p->kernel->arange(args->out[0], p->progression, p->n, p->stride, dev->info.processors,
                             stream);
}

static cu_error run_eye(fm_dev *dev, cu_stream stream, fm_kplan *plan, fm_kernel_args *args) {
    const fill_plan *p = (const fill_plan *)plan;
    if (!p->rows || !p->n) return CU_SUCCESS;
    return p->kernel->eye(args->out[0], p->rows, p->n, p->row_stride, p->stride, p->k, p->below,
                          dev->info.processors, stream);
}

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_FILL_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

/* A copy of one number, by value or from memory, or the value that stands in the parameters. */
static fm_status plan_full(const fm_kernel_call *call, fm_kplan **plan, fm_error *error) {
    const fm_dtype t = call->out[0]->dtype;
    const cu_map_spec spec = {.kernel = &cu_cast[t],
                              .nin = 1,
                              .in_dtype = {t},
                              .out_dtype = t,
                              .constant = call->nin ? NULL : &call->params->fill.value};
    return cu_map_plan(call, &spec, plan, error);
}

static fm_status plan_fill(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                           fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    if (call->op == FM_FILL_full) return plan_full(call, plan, error);
    fm_status status = cu_plan_make(call, sizeof(fill_plan),
                                    call->op == FM_FILL_arange ? run_arange : run_eye, plan, error);
    if (status != FM_OK) return status;
    fill_plan *p = (fill_plan *)*plan;
    const fm_layout *out = call->out[0];
    const int64_t *shape = fm_layout_shape(out), *strides = fm_layout_strides(out);
    const int last = out->ndim - 1;
    p->kernel = &cu_fill[out->dtype];
    p->rows = out->ndim == 2 ? shape[0] : 1;
    p->row_stride = out->ndim == 2 ? strides[0] : 0;
    p->n = last >= 0 ? shape[last] : 1;
    p->stride = last >= 0 ? strides[last] : 1;
    p->k = call->params->fill.k;
    p->below = call->op == FM_FILL_tri;
    if (call->op == FM_FILL_arange)
        p->progression =
            fm_arange_of(out->dtype, call->params->fill.value, call->params->fill.step);
    return FM_OK;
}

const cu_family cu_family_fill = {supports, plan_fill};
