/* The family of linear algebra on the device: matrix after matrix by cuSOLVER, or, under capture,
 * all of them by kernels of our own; what is before and after that for all of them at once. */
#include "linalg.h"

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_LINALG_COUNT && op != FM_LINALG_lstsq &&
           (compute == FM_FLOAT64 || compute == FM_COMPLEX128);
}

/* The part of output o that belongs to matrix i; NULL where it is not wanted. */
static void *output(const cu_linalg_run *r, int o, int64_t i) {
    char *out = r->args->out[o];
    return out ? out + (size_t)i * r->p->each_out[o] : NULL;
}

static cu_error solve_one(const cu_linalg_run *r, cu_solver_call *call) {
    call->device_work = r->space + r->p->at_work;
    call->host_work = r->p->host_work;
    return cu_api.solver_run(r->dev->solver, call);
}

static cu_error factor_lu(const cu_linalg_run *r, int *info) {
    cu_linalg *p = r->p;
    const cu_stack *sides = cu_linalg_sides(p);
    int *unused = cu_linalg_infos(r, 0);
    cu_error code = CU_SUCCESS;
    for (int64_t i = 0; i < p->batch && p->n && !code; ++i) {
        p->first.a = p->second.a = cu_linalg_at(r, &p->in[0]) + (size_t)i * p->in[0].each;
        p->first.pivots = p->second.pivots =
            (int64_t *)(void *)(cu_linalg_at(r, &p->extra) + (size_t)i * p->extra.each);
        p->first.info = info + i;
        code = solve_one(r, &p->first);
        if (p->second.routine < 0 || !p->k || code) continue;
        p->second.b = cu_linalg_at(r, sides) + (size_t)i * sides->each;
        p->second.info = unused + i;
        code = solve_one(r, &p->second);
    }
    return code;
}

static cu_error run_lu(const cu_linalg_run *r) {
    cu_linalg *p = r->p;
    const int det = p->op == FM_LINALG_det;
    const cu_stack *sides = cu_linalg_sides(p);
    int *info = cu_linalg_infos(r, !det);
    cu_error code = CU_SUCCESS;
    if (p->op == FM_LINALG_inv && p->n)
        code = cu_linalg_identity((double *)(void *)cu_linalg_at(r, sides), p->n, p->batch,
                                  r->parts, r->processors, r->stream);
    if (!code) code = r->captured ? cu_linalg_own_lu(r, info) : factor_lu(r, info);
    if (code) return code;
    if (det)
        return cu_linalg_det((double *)(void *)cu_linalg_at(r, &p->in[0]),
                             (int64_t *)(void *)cu_linalg_at(r, &p->extra), info, p->n, p->batch,
                             r->parts, r->args->out[0], r->args->out[1], r->processors, r->stream);
    const int64_t each = p->n * p->k * r->parts;
    if (!each) return CU_SUCCESS;
    return cu_linalg_spoil((double *)(void *)cu_linalg_at(r, sides), each, p->batch, info,
                           r->processors, r->stream);
}

static cu_error factor_cholesky(const cu_linalg_run *r) {
    cu_linalg *p = r->p;
    cu_error code = CU_SUCCESS;
    for (int64_t i = 0; i < p->batch && p->n && !code; ++i) {
        p->first.a = output(r, 1, i);
        p->first.info = cu_linalg_infos(r, 1) + i;
        code = solve_one(r, &p->first);
    }
    return code;
}

static cu_error run_cholesky(const cu_linalg_run *r) {
    const cu_linalg *p = r->p;
    const cu_error code = r->captured ? cu_linalg_own_cholesky(r) : factor_cholesky(r);
    if (code || !p->n) return code;
    return cu_linalg_triangle(r->args->out[1], p->n, p->batch, p->params.upper, r->parts,
                              r->processors, r->stream);
}

static cu_error factor_qr(const cu_linalg_run *r, cu_solver_call *call) {
    cu_linalg *p = r->p;
    cu_error code = CU_SUCCESS;
    for (int64_t i = 0; i < p->batch && !code; ++i) {
        call->a = cu_linalg_at(r, &p->in[0]) + (size_t)i * p->in[0].each;
        call->w = p->params.mode == FM_QR_RAW
                      ? output(r, 1, i)
                      : cu_linalg_at(r, &p->extra) + (size_t)i * p->extra.each;
        call->info = cu_linalg_infos(r, 0) + i;
        code = solve_one(r, call);
    }
    return code;
}

/* Reflectors of every matrix, then R, then Q over the reflectors. */
static cu_error run_qr(const cu_linalg_run *r) {
    cu_linalg *p = r->p;
    const int mode = p->params.mode;
    cu_error code = CU_SUCCESS;
    for (int pass = 0; pass < 2 && !code; ++pass) {
        cu_solver_call *call = pass ? &p->second : &p->first;
        if (pass && mode != FM_QR_RAW && p->cols && p->n)
            code = cu_linalg_upper((double *)(void *)cu_linalg_at(r, &p->in[0]),
                                   (int64_t)(p->in[0].each / sizeof(double)), p->m, p->n, p->cols,
                                   p->batch, r->parts, r->args->out[mode == FM_QR_R ? 0 : 1],
                                   r->processors, r->stream);
        if (call->routine < 0 || !p->m || !p->n) continue;
        if (!code) code = r->captured ? cu_linalg_own_qr(r, pass) : factor_qr(r, call);
    }
    /* Without columns Q is the identity. */
    if (!code && mode == FM_QR_COMPLETE && !p->n && p->m)
        code = cu_linalg_identity((double *)(void *)cu_linalg_at(r, &p->in[0]), p->m, p->batch,
                                  r->parts, r->processors, r->stream);
    return code;
}

static cu_error factor_eigh(const cu_linalg_run *r) {
    cu_linalg *p = r->p;
    cu_error code = CU_SUCCESS;
    for (int64_t i = 0; i < p->batch && p->n && !code; ++i) {
        p->first.a = cu_linalg_at(r, &p->in[0]) + (size_t)i * p->in[0].each;
        p->first.w = output(r, 1, i);
        p->first.info = cu_linalg_infos(r, 1) + i;
        code = solve_one(r, &p->first);
    }
    return code;
}

static cu_error run_eigh(const cu_linalg_run *r) {
    const cu_linalg *p = r->p;
    if (!p->n) return CU_SUCCESS;
    const cu_error code = r->captured ? cu_linalg_own_eigh(r) : factor_eigh(r);
    if (code) return code;
    return cu_linalg_find_nan(r->args->out[1], p->n, p->batch, cu_linalg_infos(r, 1), r->processors,
                              r->stream);
}

static cu_error run_eig(const cu_linalg_run *r) {
    cu_linalg *p = r->p;
    const int vectors = p->params.vectors != FM_VECTORS_NONE;
    cu_error code = CU_SUCCESS;
    for (int64_t i = 0; i < p->batch && p->n && !code; ++i) {
        p->first.a = cu_linalg_at(r, &p->in[0]) + (size_t)i * p->in[0].each;
        p->first.b = vectors ? cu_linalg_at(r, &p->out[0]) + (size_t)i * p->out[0].each : NULL;
        p->first.w = p->z ? output(r, 1, i)
                          : (void *)(cu_linalg_at(r, &p->extra) + (size_t)i * p->extra.each);
        p->first.info = cu_linalg_infos(r, 1) + i;
        code = solve_one(r, &p->first);
    }
    if (code || !p->n || p->z) return code;
    return cu_linalg_spread((double *)(void *)cu_linalg_at(r, &p->extra),
                            vectors ? (double *)(void *)cu_linalg_at(r, &p->out[0]) : NULL, p->n,
                            p->batch, r->args->out[1], r->args->out[2], cu_linalg_infos(r, 1),
                            r->processors, r->stream);
}

/* Without singular values the full vectors are any: those of the identity. */
static cu_error svd_of_nothing(const cu_linalg_run *r) {
    cu_linalg *p = r->p;
    cu_error code = CU_SUCCESS;
    if (p->params.vectors != FM_VECTORS_FULL) return CU_SUCCESS;
    if (p->m)
        code =
            cu_linalg_identity(r->args->out[2], p->m, p->batch, r->parts, r->processors, r->stream);
    if (p->n && !code)
        code =
            cu_linalg_identity(r->args->out[3], p->n, p->batch, r->parts, r->processors, r->stream);
    return code;
}

static cu_error factor_svd(const cu_linalg_run *r) {
    cu_linalg *p = r->p;
    const int wide = p->m < p->n, vectors = p->params.vectors != FM_VECTORS_NONE;
    cu_error code = CU_SUCCESS;
    for (int64_t i = 0; i < p->batch && !code; ++i) {
        p->first.a = cu_linalg_at(r, &p->in[0]) + (size_t)i * p->in[0].each;
        p->first.w = output(r, 1, i);
        p->first.b = p->first.c = NULL;
        if (vectors && wide) {
            p->first.b = output(r, 3, i);
            p->first.c = output(r, 2, i);
        } else if (vectors) {
            p->first.b = cu_linalg_at(r, &p->out[0]) + (size_t)i * p->out[0].each;
            p->first.c = cu_linalg_at(r, &p->out[1]) + (size_t)i * p->out[1].each;
        }
        p->first.info = cu_linalg_infos(r, 1) + i;
        code = solve_one(r, &p->first);
    }
    return code;
}

static cu_error run_svd(const cu_linalg_run *r) {
    const cu_linalg *p = r->p;
    if (!p->k) return svd_of_nothing(r);
    cu_error code = r->captured ? cu_linalg_own_svd(r) : factor_svd(r);
    if (!code)
        code = cu_linalg_find_nan(r->args->out[1], p->k, p->batch, cu_linalg_infos(r, 1),
                                  r->processors, r->stream);
    if (code) return code;
    return cu_linalg_spoil(r->args->out[1], p->k, p->batch, cu_linalg_infos(r, 1), r->processors,
                           r->stream);
}

static cu_error run_op(const cu_linalg_run *r) {
    switch (r->p->op) {
    case FM_LINALG_det:
    case FM_LINALG_inv:
    case FM_LINALG_solve:
        return run_lu(r);
    case FM_LINALG_cholesky:
        return run_cholesky(r);
    case FM_LINALG_qr:
        return run_qr(r);
    case FM_LINALG_eigh:
        return run_eigh(r);
    case FM_LINALG_eig:
        return run_eig(r);
    default:
        return run_svd(r);
    }
}

/* The handle is one for all streams: it is lent for the one call. */
static cu_error run_by_solver(const cu_linalg_run *r) {
    cu_error code = CU_SUCCESS;
    (void)pthread_mutex_lock(&r->dev->lock);
    if (r->dev->solver) code = cu_api.solver_stream(r->dev->solver, r->stream);
    if (!code) code = run_op(r);
    (void)pthread_mutex_unlock(&r->dev->lock);
    return code;
}

/* All infos are 0 unless a factorization says otherwise. */
static cu_error run_plan(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    cu_linalg *p = (cu_linalg *)head;
    const cu_linalg_run r = {p,
                             dev,
                             stream,
                             args,
                             args->workspace,
                             dev->info.processors,
                             p->z ? 2 : 1,
                             cu_stream_capturing(dev, stream)};
    cu_error code = CU_SUCCESS;
    if (!p->batch) return CU_SUCCESS;
    const int reports = p->op != FM_LINALG_det && p->op != FM_LINALG_qr;
    code = cu_api.fill(cu_linalg_infos(&r, reports), 0, (size_t)p->batch * sizeof(int), stream);
    for (int i = 0; i < p->nin && !code; ++i)
        code = cu_copy_run(&p->in[i].copy, dev, stream, args->in[i], cu_linalg_at(&r, &p->in[i]));
    if (code) return code;
    code = r.captured ? run_op(&r) : run_by_solver(&r);
    for (int o = 0; o < p->nout && !code; ++o)
        code = cu_copy_run(&p->out[o].copy, dev, stream, cu_linalg_at(&r, &p->out[o]),
                           args->out[p->out[o].tensor]);
    return code;
}

static fm_status plan_linalg(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                             fm_plan_info *info, fm_error *error) {
    return cu_linalg_plan(dev, call, out, info, run_plan, error);
}

const cu_family cu_family_linalg = {supports, plan_linalg};
