/* The family of Fourier transforms on the CPU: a pass for each axis. */
#include "cpu/copy.h"
#include "cpu/fft_pass.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"

#include "core/detail.h"
#include "ops/ids_fft.h"

#include <string.h>

typedef enum fft_memory { IN_INPUT, IN_WORK, IN_OUTPUT } fft_memory;

typedef struct fft_plan {
    fm_kplan head;
    bool empty, packs, unpacks; /* input and output of another dtype go through the workspace */
    fm_copy_job pack, unpack;
    size_t packed, unpacked, between, work, scratch; /* offsets into the workspace */
    int npasses;
    fft_memory source[FM_MAX_NDIM], target[FM_MAX_NDIM];
    fm_fft_pass pass[];
} fft_plan;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_FFT_COUNT && (compute == FM_COMPLEX64 || compute == FM_COMPLEX128);
}

static fm_status run_fft(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const fft_plan *plan = (const fft_plan *)head;
    char *workspace = args->workspace;
    (void)error;
    if (plan->empty) return FM_OK;
    void *memory[3] = {args->in[0], workspace + plan->between, args->out[0]};
    if (plan->packs) {
        memory[IN_INPUT] = workspace + plan->packed;
        fm_copy_run(&plan->pack, args->in[0], memory[IN_INPUT]);
    }
    if (plan->unpacks) memory[IN_OUTPUT] = workspace + plan->unpacked;
    for (int i = 0; i < plan->npasses; i++)
        fm_fft_pass_run(&plan->pass[i], memory[plan->source[i]], memory[plan->target[i]],
                        workspace + plan->work, workspace + plan->scratch);
    if (plan->unpacks) fm_copy_run(&plan->unpack, memory[IN_OUTPUT], args->out[0]);
    return FM_OK;
}

static void free_fft(fm_kplan *head) {
    fft_plan *plan = (fft_plan *)head;
    for (int i = 0; i < plan->npasses; i++) fm_fft_pass_free(&plan->pass[i]);
    fm_cpu_host->free(plan);
}

static size_t room(fm_plan_info *info, size_t bytes) {
    size_t offset = (info->workspace + 63) & ~(size_t)63;
    info->workspace = offset + bytes;
    return offset;
}

static fm_dtype real_of(fm_dtype compute) {
    return compute == FM_COMPLEX64 ? FM_FLOAT32 : FM_FLOAT64;
}

static void dense_strides(fm_fft_side *side) {
    int64_t stride = 1;
    for (int d = side->ndim - 1; d >= 0; d--) {
        side->strides[d] = stride;
        stride *= side->shape[d];
    }
}

static void side_of(fm_fft_side *side, const fm_layout *layout, bool dense) {
    side->ndim = layout->ndim;
    side->real = layout->dtype != FM_COMPLEX64 && layout->dtype != FM_COMPLEX128;
    if (layout->ndim == 0) return;
    memcpy(side->shape, fm_layout_shape(layout), (size_t)layout->ndim * sizeof *side->shape);
    memcpy(side->strides, fm_layout_strides(layout), (size_t)layout->ndim * sizeof *side->shape);
    if (dense) dense_strides(side);
}

/* The input as the passes read it: of the compute dtype or its real one, cropped. */
static void open_input(fft_plan *plan, const fm_kernel_call *call, fm_fft_side *side,
                       fm_plan_info *info) {
    const fm_layout *in = call->in[0];
    const fm_fft_params *p = &call->params->fft;
    plan->packs = in->dtype != call->compute && in->dtype != real_of(call->compute);
    side_of(side, in, plan->packs);
    if (plan->packs) {
        fm_copy_plan_pack(&plan->pack, in, real_of(call->compute));
        plan->packed = room(info, (size_t)in->size * fm_cpu_dtype_size(real_of(call->compute)));
    }
    for (int i = 0; i < p->naxes; i++) {
        int64_t reads = p->kind == FM_FFT_C2R && i == p->naxes - 1 ? p->n[i] / 2 + 1 : p->n[i];
        if (side->shape[p->axis[i]] > reads) side->shape[p->axis[i]] = reads;
    }
}

static void open_output(fft_plan *plan, const fm_kernel_call *call, fm_fft_side *side,
                        fm_plan_info *info) {
    const fm_layout *out = call->out[0];
    fm_dtype want = call->params->fft.kind == FM_FFT_C2R ? real_of(call->compute) : call->compute;
    plan->unpacks = out->dtype != want;
    side_of(side, out, plan->unpacks);
    side->real = want != call->compute;
    if (!plan->unpacks) return;
    fm_copy_plan_unpack(&plan->unpack, want, out);
    plan->unpacked = room(info, (size_t)out->size * fm_cpu_dtype_size(want));
}

/* Adds one pass along axis i of the list, from `now` into `next`, whose strides are set; next's
   extent along the axis is what the pass writes. */
static fm_status add_pass(fft_plan *plan, const fm_kernel_call *call, int i, fm_fft_kind kind,
                          bool last, fft_memory source, fft_memory target, fm_fft_side *now,
                          fm_fft_side *next) {
    const fm_fft_params *p = &call->params->fft;
    fm_fft_pass *pass = &plan->pass[plan->npasses];
    int axis = p->axis[i];
    plan->source[plan->npasses] = source;
    plan->target[plan->npasses++] = target;
    *pass = (fm_fft_pass){.kind = kind,
                          .sign = p->sign,
                          .single = call->compute == FM_COMPLEX64,
                          .in_place = source == target,
                          .scale = last ? p->scale : 1,
                          .n = p->n[i]};
    for (int d = 0; d < now->ndim; d++) next->shape[d] = now->shape[d];
    next->shape[axis] = kind == FM_FFT_R2C ? p->n[i] / 2 + 1 : p->n[i];
    FM_TRY(fm_fft_pass_plan(pass, axis, now, next));
    *now = *next;
    return FM_OK;
}

/* c2c and r2c: the last axis of the list into the output, the others there. */
static fm_status plan_forward(fft_plan *plan, const fm_kernel_call *call, fm_fft_side *in,
                              fm_fft_side *out) {
    const fm_fft_params *p = &call->params->fft;
    for (int i = p->naxes - 1; i >= 0; i--) {
        bool first = i == p->naxes - 1;
        fm_fft_kind kind = first && p->kind == FM_FFT_R2C ? FM_FFT_R2C : FM_FFT_C2C;
        FM_TRY(add_pass(plan, call, i, kind, i == 0, first ? IN_INPUT : IN_OUTPUT, IN_OUTPUT, in,
                        out));
    }
    return FM_OK;
}

/* c2r: all axes but the last into a complex block between, then the last into the output. */
static fm_status plan_backward(fft_plan *plan, const fm_kernel_call *call, fm_fft_side *in,
                               fm_fft_side *out, fm_plan_info *info) {
    const fm_fft_params *p = &call->params->fft;
    fm_fft_side between = *in;
    between.real = false;
    for (int i = 0; i < p->naxes - 1; i++) between.shape[p->axis[i]] = p->n[i];
    dense_strides(&between);
    size_t size = fm_cpu_dtype_size(call->compute);
    for (int d = 0; d < between.ndim; d++) size *= (size_t)between.shape[d];
    if (p->naxes > 1) plan->between = room(info, size);
    for (int i = 0; i < p->naxes - 1; i++)
        FM_TRY(add_pass(plan, call, i, FM_FFT_C2C, false, i ? IN_WORK : IN_INPUT, IN_WORK, in,
                        &between));
    return add_pass(plan, call, p->naxes - 1, FM_FFT_C2R, true, p->naxes > 1 ? IN_WORK : IN_INPUT,
                    IN_OUTPUT, in, out);
}

static fm_status plan_passes(fft_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    fm_fft_side in = {0}, out = {0};
    size_t work = 0, scratch = 0;
    open_input(plan, call, &in, info);
    open_output(plan, call, &out, info);
    if (call->params->fft.kind == FM_FFT_C2R)
        FM_TRY(plan_backward(plan, call, &in, &out, info));
    else
        FM_TRY(plan_forward(plan, call, &in, &out));
    for (int i = 0; i < plan->npasses; i++) {
        if (plan->pass[i].work > work) work = plan->pass[i].work;
        if (plan->pass[i].scratch > scratch) scratch = plan->pass[i].scratch;
    }
    plan->work = room(info, work);
    plan->scratch = room(info, scratch * (size_t)fm_pool_lanes(fm_pool_shared()));
    return FM_OK;
}

static fm_status plan_fft(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                          fm_plan_info *info, fm_error *error) {
    (void)dev;
    size_t passes = (size_t)call->params->fft.naxes;
    fft_plan *plan = fm_cpu_alloc(sizeof *plan + passes * sizeof(fm_fft_pass));
    if (!plan)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    plan->head = (fm_kplan){run_fft, free_fft};
    plan->empty = call->out[0]->size == 0;
    fm_status status = plan->empty ? FM_OK : plan_passes(plan, call, info);
    if (status != FM_OK) {
        free_fft(&plan->head);
        return fm_cpu_host->fail(error, status, "%s: no memory for a plan", call->name);
    }
    *out = &plan->head;
    return FM_OK;
}

const fm_cpu_family fm_cpu_fft = {supports, plan_fft};
