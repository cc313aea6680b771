/* The family of linear algebra on the CPU: stacks of matrices are packed as LAPACK wants them,
 * worked on one by one or side by side, and unpacked. */
#include "cpu/linalg.h"
#include "cpu/blas.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"

#include <limits.h>

enum {
    ALIGNMENT = 64,
    WIDE = 64 /* extent from which the library's threads pay, in a stack of few */
};

static int supports(uint16_t op, fm_dtype compute) {
    if (op == FM_LINALG_lstsq && !fm_dense_calls()->lapack) return 0;
    return op < FM_LINALG_COUNT && (compute == FM_FLOAT64 || compute == FM_COMPLEX128);
}

static size_t room(fm_plan_info *info, size_t bytes) {
    const size_t offset = (info->workspace + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    info->workspace = offset + bytes;
    return offset;
}

void *fm_linalg_out(const fm_linalg_run *run, int o, int64_t i) {
    char *out = run->args->out[o];
    return out ? out + (size_t)i * run->plan->each_out[o] : NULL;
}

void *fm_linalg_at(const fm_linalg_run *run, const fm_linalg_block *block, int64_t i) {
    char *base = block->in_place ? (char *)run->args->out[block->tensor]
                                 : (char *)run->args->workspace + block->offset;
    return base + (size_t)i * block->each;
}

/* Axes of a stack of (rows, columns) matrices with those strides beside a block with row stride
 * `down` and column stride `right`, `apart` elements from matrix to matrix. */
static int stack_axes(const fm_layout *layout, int64_t down, int64_t right, int64_t apart,
                      fm_copy_axis *axes) {
    const int64_t *shape = fm_layout_shape(layout), *strides = fm_layout_strides(layout);
    const int last = layout->ndim - 1;
    axes[last] = (fm_copy_axis){shape[last], strides[last], right};
    axes[last - 1] = (fm_copy_axis){shape[last - 1], strides[last - 1], down};
    for (int d = last - 2; d >= 0; d--) {
        axes[d] = (fm_copy_axis){shape[d], strides[d], apart};
        apart *= shape[d];
    }
    return layout->ndim;
}

/* Packs input i: column by column with leading dimension ld and room for that many columns, or row
 * by row (ld 0). */
static void open_block(fm_linalg_plan *p, fm_linalg_block *block, const fm_kernel_call *call, int i,
                       int64_t ld, int64_t columns) {
    const fm_layout *in = call->in[i];
    const int64_t width = fm_layout_shape(in)[in->ndim - 1];
    const int64_t height = fm_layout_shape(in)[in->ndim - 2];
    const int64_t elements = ld ? ld * columns : height * width;
    fm_copy_axis axes[FM_MAX_NDIM];
    const int naxes = stack_axes(in, ld ? 1 : width, ld ? ld : 1, elements, axes);
    fm_copy_plan(&block->copy, in->dtype, call->compute, naxes, axes);
    block->copied = in->size > 0;
    block->each = (size_t)elements * p->element;
}

/* The same in the workspace. */
static void open_input(fm_linalg_plan *p, const fm_kernel_call *call, int i, int64_t ld,
                       int64_t columns, fm_plan_info *info) {
    open_block(p, &p->in[i], call, i, ld, columns);
    p->in[i].offset = room(info, (size_t)p->batch * p->in[i].each);
}

/* The same straight in output o. */
static void open_in_place(fm_linalg_plan *p, const fm_kernel_call *call, int o, int64_t ld) {
    open_block(p, &p->in[0], call, 0, ld, p->n);
    p->in[0].in_place = true;
    p->in[0].tensor = o;
}

/* Output o is copied from columns at that offset, `ld` elements apart. */
static void close_output(fm_linalg_plan *p, const fm_kernel_call *call, int o, size_t offset,
                         size_t each, int64_t ld) {
    const fm_layout *out = o < call->nout ? call->out[o] : NULL;
    fm_linalg_block *block = &p->out[p->nout];
    fm_copy_axis axes[FM_MAX_NDIM];
    if (!out || out->size == 0) return;
    const int64_t element = (int64_t)fm_cpu_dtype_size(out->dtype);
    const int naxes = stack_axes(out, 1, ld, (int64_t)each / element, axes);
    for (int d = 0; d < naxes; d++) {
        const int64_t in = axes[d].out;
        axes[d].out = axes[d].in;
        axes[d].in = in;
    }
    fm_copy_plan(&block->copy, out->dtype, out->dtype, naxes, axes);
    block->copied = true;
    block->tensor = o;
    block->offset = offset;
    block->each = each;
    p->nout++;
}

/* The same from room of its own for (rows, columns) matrices of that many bytes an element. */
static void open_output(fm_linalg_plan *p, const fm_kernel_call *call, int o, int64_t rows,
                        int64_t columns, size_t element, fm_plan_info *info) {
    const size_t each = (size_t)rows * (size_t)columns * element;
    close_output(p, call, o, room(info, (size_t)p->batch * each), each, rows);
}

static void ask_space(const fm_linalg_plan *p, fm_dense_routine routine, int m, int n, int k,
                      fm_dense_space *space) {
    const int kind = p->params.vectors;
    const char job = kind == FM_VECTORS_NONE ? 'N' : kind == FM_VECTORS_FULL ? 'A' : 'S';
    const bool svd = routine == FM_DENSE_SVD;
    const fm_dense_shape shape = {routine, p->z, m, n, k, svd || job == 'N' ? job : 'V'};
    p->dense->space(&shape, space);
}

static void plan_qr(fm_linalg_plan *p, const fm_kernel_call *call, fm_plan_info *info) {
    const int mode = p->params.mode;
    p->cols = mode == FM_QR_COMPLETE && p->m > p->n ? p->m : p->k;
    if (mode == FM_QR_RAW)
        open_in_place(p, call, 0, p->m);
    else
        open_input(p, call, 0, p->m, p->cols > p->n ? p->cols : p->n, info);
    ask_space(p, FM_DENSE_QR, p->m, p->n, 0, &p->space);
    ask_space(p, FM_DENSE_Q, p->m, p->cols, p->k, &p->second);
    const size_t most = p->space.bytes > p->second.bytes ? p->space.bytes : p->second.bytes;
    p->scratch_each = (size_t)p->k * 16 + most;
    if (mode <= FM_QR_COMPLETE) close_output(p, call, 0, p->in[0].offset, p->in[0].each, p->m);
}

static void plan_lstsq(fm_linalg_plan *p, const fm_kernel_call *call, fm_plan_info *info) {
    const int rows = p->m > p->n ? p->m : p->n;
    open_input(p, call, 0, p->m, p->n, info);
    open_input(p, call, 1, rows, p->k, info);
    ask_space(p, FM_DENSE_LSTSQ, p->m, p->n, p->k, &p->space);
    p->scratch_each = p->space.bytes;
    close_output(p, call, 1, p->in[1].offset, p->in[1].each, rows);
}

static void plan_eigen(fm_linalg_plan *p, const fm_kernel_call *call, fm_plan_info *info) {
    const bool vectors = p->params.vectors != FM_VECTORS_NONE;
    open_input(p, call, 0, p->n, p->n, info);
    ask_space(p, call->op == FM_LINALG_eigh ? FM_DENSE_EIGH : FM_DENSE_EIG, p->n, p->n, 0,
              &p->space);
    p->scratch_each = p->space.bytes;
    if (!vectors) return;
    if (call->op == FM_LINALG_eigh) {
        close_output(p, call, 2, p->in[0].offset, p->in[0].each, p->n);
        return;
    }
    open_output(p, call, 2, p->n, p->n, 16, info);
}

static void plan_svd(fm_linalg_plan *p, const fm_kernel_call *call, fm_plan_info *info) {
    const bool full = p->params.vectors == FM_VECTORS_FULL;
    open_input(p, call, 0, p->m, p->n, info);
    ask_space(p, FM_DENSE_SVD, p->m, p->n, 0, &p->space);
    p->scratch_each = p->space.bytes;
    if (p->params.vectors == FM_VECTORS_NONE || p->k == 0) return;
    open_output(p, call, 2, p->m, full ? p->m : p->k, p->element, info);
    open_output(p, call, 3, full ? p->n : p->k, p->n, p->element, info);
}

static void plan_op(fm_linalg_plan *p, const fm_kernel_call *call, fm_plan_info *info) {
    switch (call->op) {
    case FM_LINALG_det:
    case FM_LINALG_inv:
    case FM_LINALG_solve:
        open_input(p, call, 0, p->n, p->n, info);
        p->scratch_each = (size_t)p->n * 16;
        break;
    case FM_LINALG_cholesky:
        open_in_place(p, call, 1, 0);
        break;
    case FM_LINALG_qr:
        plan_qr(p, call, info);
        break;
    case FM_LINALG_svd:
        plan_svd(p, call, info);
        break;
    case FM_LINALG_lstsq:
        plan_lstsq(p, call, info);
        break;
    default:
        plan_eigen(p, call, info);
    }
    if (call->op == FM_LINALG_inv) {
        ask_space(p, FM_DENSE_INVERSE, p->n, p->n, 0, &p->space);
        p->scratch_each += p->space.bytes;
        close_output(p, call, 1, p->in[0].offset, p->in[0].each, p->n);
    }
    if (call->op == FM_LINALG_solve) {
        open_input(p, call, 1, p->n, p->k, info);
        close_output(p, call, 1, p->in[1].offset, p->in[1].each, p->n);
    }
}

static fm_status set_extents(fm_linalg_plan *p, const fm_kernel_call *call, fm_error *error) {
    const bool sides = call->op == FM_LINALG_solve || call->op == FM_LINALG_lstsq;
    const fm_layout *a = call->in[0], *b = sides ? call->in[1] : a;
    const int64_t m = fm_layout_shape(a)[a->ndim - 2], n = fm_layout_shape(a)[a->ndim - 1];
    const int64_t last = fm_layout_shape(b)[b->ndim - 1];
    if (m > INT_MAX || n > INT_MAX || last > INT_MAX)
        return fm_cpu_host->fail(error, FM_ERR_UNSUPPORTED,
                                 "%s: a matrix has an extent above 2^31 - 1", call->name);
    p->m = (int)m;
    p->n = (int)n;
    p->k = sides ? (int)last : (int)(m < n ? m : n);
    p->batch = 1;
    for (int d = 0; d < a->ndim - 2; d++) p->batch *= fm_layout_shape(a)[d];
    return FM_OK;
}

/* Bytes of one matrix's part of each output. */
static void set_outputs(fm_linalg_plan *p, const fm_kernel_call *call) {
    for (int o = 0; o < call->nout; o++)
        if (call->out[o] && p->batch > 0)
            p->each_out[o] =
                (size_t)(call->out[o]->size / p->batch) * fm_cpu_dtype_size(call->out[o]->dtype);
}

static void run_items(void *arg, int64_t begin, int64_t end, int lane) {
    const fm_linalg_run *run = arg;
    const fm_linalg_plan *p = run->plan;
    char *scratch = (char *)run->args->workspace + p->scratch_at + (size_t)lane * p->scratch_each;
    for (int64_t i = begin; i < end; i++) p->item(run, i, scratch);
}

static fm_status run_linalg(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const fm_linalg_plan *p = (const fm_linalg_plan *)head;
    fm_linalg_run run = {p, args};
    (void)error;
    for (int i = 0; i < p->nin; i++)
        if (p->in[i].copied)
            fm_copy_run(&p->in[i].copy, args->in[i], fm_linalg_at(&run, &p->in[i], 0));
    if (p->wide) {
        fm_blas_wide_begin();
        run_items(&run, 0, p->batch, 0);
        fm_blas_wide_end();
    } else {
        fm_pool_run(fm_pool_shared(), run_items, &run, p->batch, 1);
    }
    for (int o = 0; o < p->nout; o++)
        fm_copy_run(&p->out[o].copy, fm_linalg_at(&run, &p->out[o], 0),
                    args->out[p->out[o].tensor]);
    return FM_OK;
}

static void free_linalg(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

static fm_status plan_linalg(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                             fm_plan_info *info, fm_error *error) {
    (void)dev;
    fm_linalg_plan *p = fm_cpu_alloc(sizeof *p);
    if (!p) return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    *out = &p->head;
    p->head = (fm_kplan){run_linalg, free_linalg};
    p->dense = fm_dense_calls();
    p->params = call->params->linalg;
    p->z = call->compute == FM_COMPLEX128;
    p->element = p->z ? 16 : 8;
    p->nin = call->nin;
    p->item = fm_linalg_items[call->op];
    const fm_status status = set_extents(p, call, error);
    if (status != FM_OK) {
        *out = NULL;
        fm_cpu_host->free(p);
        return status;
    }
    plan_op(p, call, info);
    set_outputs(p, call);
    const int lanes = fm_pool_lanes(fm_pool_shared());
    p->wide = p->dense->lapack && p->batch < lanes && p->m >= WIDE && p->n >= WIDE;
    p->scratch_each = (p->scratch_each + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    const int64_t used = p->wide ? 1 : p->batch < lanes ? p->batch : lanes;
    p->scratch_at = room(info, (size_t)used * p->scratch_each);
    return FM_OK;
}

const fm_cpu_family fm_cpu_linalg = {supports, plan_linalg};
