/* Planning of linear algebra on the device: where stacks lie, how they are copied, workspaces. */
#include "linalg.h"
#include "value.h"

#include <limits.h>

/* The stack's index: operand `mine` is the tensor, the other one the block with row stride `down`
 * and column stride `right`, `apart` elements from matrix to matrix. */
static void stack_index(fm_index *index, const fm_layout *layout, int mine, int64_t down,
                        int64_t right, int64_t apart) {
    int64_t block[FM_INDEX_NDIM];
    const int64_t *shape = fm_layout_shape(layout), *strides = fm_layout_strides(layout);
    const int last = layout->ndim - 1;
    block[last] = right;
    block[last - 1] = down;
    for (int d = last - 2; d >= 0; --d) {
        block[d] = apart;
        apart *= shape[d];
    }
    fm_index_begin(index, layout->ndim, shape);
    (void)fm_index_add(index, layout->ndim, shape, mine ? block : strides);
    (void)fm_index_add(index, layout->ndim, shape, mine ? strides : block);
}

/* Packs input i by columns with room for that many of them (ld 0: as rows lie). */
static void open_input(cu_linalg *p, const fm_kernel_call *call, int i, int64_t ld, int64_t columns,
                       fm_plan_info *info) {
    const fm_layout *in = call->in[i];
    cu_stack *s = &p->in[i];
    fm_index index;
    const int64_t width = fm_layout_shape(in)[in->ndim - 1];
    const int64_t height = fm_layout_shape(in)[in->ndim - 2];
    const int64_t elements = ld ? ld * columns : height * width;
    stack_index(&index, in, 0, ld ? 1 : width, ld ? ld : 1, elements);
    cu_copy_plan(&s->copy, in->dtype, call->compute, &index);
    s->used = 1;
    s->each = (size_t)elements * p->element;
    if (!s->in_place) s->offset = cu_room(info, (size_t)p->batch * s->each);
}

/* Output o is copied from columns at that offset, `ld` elements apart. */
static void close_output(cu_linalg *p, const fm_kernel_call *call, int o, size_t offset,
                         size_t each, int64_t ld) {
    const fm_layout *out = o < call->nout ? call->out[o] : NULL;
    cu_stack *s = &p->out[p->nout];
    fm_index index;
    if (!out || out->size == 0) return;
    const int64_t element = (int64_t)cu_dtype_size(out->dtype);
    stack_index(&index, out, 1, 1, ld, (int64_t)each / element);
    cu_copy_plan(&s->copy, out->dtype, out->dtype, &index);
    s->used = 1;
    s->tensor = o;
    s->offset = offset;
    s->each = each;
    p->nout++;
}

static void open_output(cu_linalg *p, const fm_kernel_call *call, int o, int64_t rows,
                        int64_t columns, size_t element, fm_plan_info *info) {
    const size_t each = (size_t)rows * (size_t)columns * element;
    close_output(p, call, o, cu_room(info, (size_t)p->batch * each), each, rows);
}

static void open_extra(cu_linalg *p, size_t each, fm_plan_info *info) {
    p->extra.each = each;
    p->extra.offset = cu_room(info, (size_t)p->batch * each);
}

static cu_error open_solver(fm_dev *dev) {
    cu_error code = CU_SUCCESS;
    (void)pthread_mutex_lock(&dev->lock);
    if (!dev->solver) code = cu_api.solver_create(&dev->solver);
    if (code) dev->solver = NULL;
    (void)pthread_mutex_unlock(&dev->lock);
    return code;
}

/* Finds the workspaces of both calls, which share them. */
static cu_error ask_spaces(fm_dev *dev, cu_linalg *p, fm_plan_info *info) {
    cu_solver_call *calls[2] = {&p->first, &p->second};
    size_t on_device = 0, on_host = 0;
    cu_error code = open_solver(dev);
    for (int i = 0; i < 2 && !code; ++i) {
        if (calls[i]->routine < 0) continue;
        code = cu_api.solver_size(dev->solver, calls[i]);
        if (calls[i]->device_bytes > on_device) on_device = calls[i]->device_bytes;
        if (calls[i]->host_bytes > on_host) on_host = calls[i]->host_bytes;
    }
    p->at_work = cu_room(info, on_device);
    if (code || !on_host) return code;
    p->host_work = cu_alloc(on_host);
    return p->host_work ? CU_SUCCESS : CU_OUT_OF_MEMORY;
}

static char job_of(const cu_linalg *p) {
    const int kind = p->params.vectors;
    return kind == FM_VECTORS_NONE ? 'N' : kind == FM_VECTORS_FULL ? 'A' : 'S';
}

static cu_solver_call call_of(const cu_linalg *p, int routine, int64_t m, int64_t n, int64_t k) {
    return (cu_solver_call){.routine = routine,
                            .type = p->z ? CU_C_64F : CU_R_64F,
                            .m = m,
                            .n = n,
                            .k = k,
                            .upper = p->params.upper,
                            .vectors = routine == CU_GESVD || job_of(p) == 'N' ? job_of(p) : 'V'};
}

static void plan_lu(cu_linalg *p, const fm_kernel_call *call, fm_plan_info *info) {
    open_input(p, call, 0, p->n, p->n, info);
    open_extra(p, (size_t)p->n * sizeof(int64_t), info);
    p->first = call_of(p, CU_GETRF, p->n, p->n, 0);
    if (call->op == FM_LINALG_det) return;
    p->second = call_of(p, CU_GETRS, p->n, p->n, p->k);
    if (call->op == FM_LINALG_solve) {
        open_input(p, call, 1, p->n, p->k, info);
        close_output(p, call, 1, p->in[1].offset, p->in[1].each, p->n);
        return;
    }
    open_output(p, call, 1, p->n, p->n, p->element, info);
}

/* Row by row, the matrix is its transpose to cuSOLVER, with the other triangle. */
static void plan_cholesky(cu_linalg *p, const fm_kernel_call *call, fm_plan_info *info) {
    p->in[0].in_place = 1;
    p->in[0].tensor = 1;
    open_input(p, call, 0, 0, 0, info);
    p->first = call_of(p, CU_POTRF, p->n, p->n, 0);
    p->first.upper = !p->params.upper;
}

static void plan_qr(cu_linalg *p, const fm_kernel_call *call, fm_plan_info *info) {
    const int mode = p->params.mode;
    p->cols = mode == FM_QR_COMPLETE && p->m > p->n ? p->m : p->k;
    p->in[0].in_place = mode == FM_QR_RAW;
    open_input(p, call, 0, p->m, p->cols > p->n && mode != FM_QR_RAW ? p->cols : p->n, info);
    open_extra(p, (size_t)p->k * p->element, info);
    p->first = call_of(p, CU_GEQRF, p->m, p->n, 0);
    if (mode > FM_QR_COMPLETE) return;
    p->second = call_of(p, CU_ORGQR, p->m, p->cols, p->k);
    close_output(p, call, 0, p->in[0].offset, p->in[0].each, p->m);
}

/* What the sweeps of a captured run need for matrices of n columns. */
static void open_sweeps(cu_linalg *p, int64_t n, int vectors, fm_plan_info *info) {
    const size_t stack = (size_t)p->batch * (size_t)n, element = p->element;
    p->sweep.v = cu_room(info, vectors ? stack * (size_t)n * element : 0);
    p->sweep.norm = cu_room(info, stack * sizeof(double));
    p->sweep.order = cu_room(info, stack * sizeof(int64_t));
    p->sweep.state = cu_room(info, (size_t)p->batch * CU_JACOBI_STATE * sizeof(int));
    p->sweep.tau = cu_room(info, stack * element);
}

static void plan_eigen(cu_linalg *p, const fm_kernel_call *call, fm_plan_info *info) {
    const int vectors = p->params.vectors != FM_VECTORS_NONE;
    open_input(p, call, 0, p->n, p->n, info);
    p->first = call_of(p, call->op == FM_LINALG_eigh ? CU_SYEVD : CU_GEEV, p->n, p->n, 0);
    if (call->op == FM_LINALG_eigh) {
        open_sweeps(p, p->n, 1, info);
        p->sweep.w = cu_room(info, (size_t)p->batch * p->in[0].each);
        if (vectors) close_output(p, call, 2, p->in[0].offset, p->in[0].each, p->n);
        return;
    }
    if (!p->z) open_extra(p, (size_t)p->n * 16, info);
    if (!vectors) return;
    if (p->z) {
        open_output(p, call, 2, p->n, p->n, p->element, info);
        return;
    }
    p->out[0].each = (size_t)p->n * (size_t)p->n * p->element;
    p->out[0].offset = cu_room(info, (size_t)p->batch * p->out[0].each);
}

/* A wide matrix is taken as it lies, row by row, which to cuSOLVER is its transpose V^T* S U^T; the
 * results are then V^H and U as they are wanted. */
static void plan_svd(cu_linalg *p, const fm_kernel_call *call, fm_plan_info *info) {
    const int wide = p->m < p->n, full = p->params.vectors == FM_VECTORS_FULL;
    open_input(p, call, 0, wide ? 0 : p->m, p->n, info);
    p->first = call_of(p, CU_GESVD, wide ? p->n : p->m, wide ? p->m : p->n, 0);
    open_sweeps(p, p->k, p->params.vectors != FM_VECTORS_NONE, info);
    if (wide || p->params.vectors == FM_VECTORS_NONE) return;
    open_output(p, call, 2, p->m, full ? p->m : p->k, p->element, info);
    open_output(p, call, 3, p->n, p->n, p->element, info);
}

static void plan_op(cu_linalg *p, const fm_kernel_call *call, fm_plan_info *info) {
    switch (call->op) {
    case FM_LINALG_det:
    case FM_LINALG_inv:
    case FM_LINALG_solve:
        plan_lu(p, call, info);
        break;
    case FM_LINALG_cholesky:
        plan_cholesky(p, call, info);
        break;
    case FM_LINALG_qr:
        plan_qr(p, call, info);
        break;
    case FM_LINALG_svd:
        plan_svd(p, call, info);
        break;
    default:
        plan_eigen(p, call, info);
    }
}

static fm_status set_extents(cu_linalg *p, const fm_kernel_call *call, fm_error *error) {
    const int solve = call->op == FM_LINALG_solve;
    const fm_layout *a = call->in[0], *b = solve ? call->in[1] : a;
    p->m = fm_layout_shape(a)[a->ndim - 2];
    p->n = fm_layout_shape(a)[a->ndim - 1];
    p->k = solve ? fm_layout_shape(b)[b->ndim - 1] : p->m < p->n ? p->m : p->n;
    if (call->op == FM_LINALG_inv) p->k = p->n;
    if (p->m > INT_MAX || p->n > INT_MAX || p->k > INT_MAX)
        return cu_host->fail(error, FM_ERR_UNSUPPORTED, "%s: a matrix has an extent above 2^31 - 1",
                             call->name);
    p->batch = 1;
    for (int d = 0; d < a->ndim - 2; ++d) p->batch *= fm_layout_shape(a)[d];
    for (int o = 0; o < call->nout; ++o)
        if (call->out[o] && p->batch)
            p->each_out[o] =
                (size_t)(call->out[o]->size / p->batch) * cu_dtype_size(call->out[o]->dtype);
    return FM_OK;
}

static void release(fm_dev *dev, fm_kplan *plan) {
    (void)dev;
    cu_host->free(((cu_linalg *)plan)->host_work);
}

fm_status cu_linalg_plan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                         fm_plan_info *info,
                         cu_error (*run)(fm_dev *, cu_stream, fm_kplan *, fm_kernel_args *),
                         fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(cu_linalg), run, out, error);
    if (status != FM_OK) return status;
    cu_linalg *p = (cu_linalg *)*out;
    p->head.release = release;
    p->op = call->op;
    p->params = call->params->linalg;
    p->z = call->compute == FM_COMPLEX128;
    p->element = p->z ? 16 : 8;
    p->nin = call->nin;
    p->first.routine = p->second.routine = -1;
    status = set_extents(p, call, error);
    if (status != FM_OK) return status;
    plan_op(p, call, info);
    p->at_info = cu_room(info, (size_t)p->batch * sizeof(int));
    info->capturable = p->op != FM_LINALG_eig; /* the one that linalg_own.c does not have */
    const cu_error code = p->n && p->m ? ask_spaces(dev, p, info) : CU_SUCCESS;
    return code ? cu_fail(error, code, call->name, "finding the workspace") : FM_OK;
}
