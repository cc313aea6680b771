/* Factorizations under capture, by kernels of our own on the whole stack at once. cuSOLVER's manual
 * (12.9) does not say of any routine that it may be captured, as those of cuBLAS and cuFFT do, and
 * cusolverDnXsyevd fails there with cudaErrorStreamCaptureUnsupported on CUDA 13.0
 * (github.com/pytorch/pytorch/issues/188355). So none is called. */
#include "linalg.h"

static cu_own_lane lane_of(const cu_linalg_run *r) {
    return (cu_own_lane){r->p->batch, r->parts, r->processors, r->stream};
}

static double *doubles(void *at) {
    return at;
}

/* A stack of matrices with `down` elements a column. */
static cu_matrices matrices(const cu_linalg_run *r, void *at, size_t each, int64_t down) {
    return (cu_matrices){doubles(at), (int64_t)(each / r->p->element), down};
}

static cu_matrices matrices_of(const cu_linalg_run *r, const cu_stack *s, int64_t down) {
    return matrices(r, cu_linalg_at(r, s), s->each, down);
}

cu_error cu_linalg_own_lu(const cu_linalg_run *r, int *info) {
    const cu_linalg *p = r->p;
    const cu_own_lane lane = lane_of(r);
    if (!p->n) return CU_SUCCESS;
    int64_t *pivots = (int64_t *)(void *)cu_linalg_at(r, &p->extra);
    const cu_matrices a = matrices_of(r, &p->in[0], p->n);
    cu_error code = cu_own_lu(&lane, a, p->n, pivots, info);
    if (code || p->second.routine < 0 || !p->k) return code;
    return cu_own_solve(&lane, a, pivots, p->n, matrices_of(r, cu_linalg_sides(p), p->n), p->k);
}

cu_error cu_linalg_own_cholesky(const cu_linalg_run *r) {
    const cu_own_lane lane = lane_of(r);
    return cu_own_cholesky(&lane, doubles(r->args->out[1]), r->p->n, r->p->params.upper,
                           cu_linalg_infos(r, 1));
}

cu_error cu_linalg_own_qr(const cu_linalg_run *r, int second) {
    const cu_linalg *p = r->p;
    const cu_own_lane lane = lane_of(r);
    const cu_matrices a = matrices_of(r, &p->in[0], p->m);
    double *tau = p->params.mode == FM_QR_RAW ? doubles(r->args->out[1])
                                              : doubles(cu_linalg_at(r, &p->extra));
    if (second) return cu_own_q(&lane, a, p->m, p->cols, p->k, tau, p->k);
    return cu_own_qr(&lane, a, p->m, p->n, tau, p->k);
}

static cu_jacobi room_of(const cu_linalg_run *r, int64_t n) {
    const cu_linalg *p = r->p;
    return (cu_jacobi){matrices(r, r->space + p->sweep.v, (size_t)(n * n) * p->element, n),
                       doubles(r->space + p->sweep.norm),
                       (int64_t *)(void *)(r->space + p->sweep.order),
                       (int *)(void *)(r->space + p->sweep.state)};
}

cu_error cu_linalg_own_eigh(const cu_linalg_run *r) {
    const cu_linalg *p = r->p;
    const cu_own_lane lane = lane_of(r);
    const cu_jacobi room = room_of(r, p->n);
    const cu_matrices a = matrices_of(r, &p->in[0], p->n);
    const cu_matrices w = matrices(r, r->space + p->sweep.w, p->in[0].each, p->n);
    return cu_own_eigh(&lane, a, p->n, p->params.upper, doubles(r->args->out[1]),
                       p->params.vectors != FM_VECTORS_NONE, w, &room, cu_linalg_infos(r, 1));
}

/* U and V^H lie as cuSOLVER leaves them; of a wide matrix that is the whole of outputs 3 and 2. */
cu_error cu_linalg_own_svd(const cu_linalg_run *r) {
    const cu_linalg *p = r->p;
    const cu_own_lane lane = lane_of(r);
    const int wide = p->m < p->n, vectors = p->params.vectors != FM_VECTORS_NONE;
    const int64_t m = wide ? p->n : p->m, n = p->k;
    const int64_t columns = p->params.vectors == FM_VECTORS_FULL ? m : n;
    const cu_jacobi room = room_of(r, n);
    cu_matrices u = {NULL, 0, 0}, vh = {NULL, 0, 0};
    if (vectors && wide) {
        u = matrices(r, r->args->out[3], p->each_out[3], m);
        vh = matrices(r, r->args->out[2], p->each_out[2], n);
    } else if (vectors) {
        u = matrices_of(r, &p->out[0], m);
        vh = matrices_of(r, &p->out[1], n);
    }
    return cu_own_svd(&lane, matrices_of(r, &p->in[0], m), m, n, doubles(r->args->out[1]), u,
                      columns, vh, doubles(r->space + p->sweep.tau), &room, cu_linalg_infos(r, 1));
}
