/* The fake's cuSOLVER: the CPU backend's dense factorisations as queued work. */
#include "calls.h"
#include "state.h"

#include "cpu/dense.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct cu_solver_s {
    int device;
    cu_stream stream;
};

cu_error fake_solver_create(cu_solver *solver) {
    cu_error error = fake_enter();
    if (!error) error = fake_unsafe(); /* creating a handle allocates */
    if (error) return fake_leave(error < CU_BLAS_ERROR ? CU_SOLVER_NOT_INITIALIZED : error);
    cu_solver made = calloc(1, sizeof *made);
    if (!made) return fake_leave(CU_SOLVER_ALLOC_FAILED);
    made->device = fake_current;
    ++fake_census.handles;
    *solver = made;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_solver_destroy(cu_solver solver) {
    fake_enter_release();
    if (!solver) return fake_leave(CU_SOLVER_NOT_INITIALIZED);
    --fake_census.handles;
    free(solver);
    return fake_leave(CU_SUCCESS);
}

cu_error fake_solver_stream(cu_solver solver, cu_stream stream) {
    cu_error error = fake_enter();
    if (!error) solver->stream = stream;
    return fake_leave(error);
}

static fm_dense_shape shape_of(const cu_solver_call *c) {
    static const fm_dense_routine routines[] = {
        [CU_GETRF] = FM_DENSE_LU,  [CU_GETRS] = FM_DENSE_LU, [CU_POTRF] = FM_DENSE_CHOLESKY,
        [CU_GEQRF] = FM_DENSE_QR,  [CU_ORGQR] = FM_DENSE_Q,  [CU_SYEVD] = FM_DENSE_EIGH,
        [CU_GESVD] = FM_DENSE_SVD, [CU_GEEV] = FM_DENSE_EIG};
    const int square = c->routine == CU_SYEVD || c->routine == CU_GEEV;
    return (fm_dense_shape){routines[c->routine],
                            c->type == CU_C_64F,
                            (int)(square ? c->n : c->m),
                            (int)c->n,
                            (int)c->k,
                            c->vectors};
}

/* gesvd takes no wide matrices, and extents that LAPACK can count. */
static int valid(const cu_solver_call *c) {
    if (c->m < 0 || c->n < 0 || c->k < 0 || c->m > INT_MAX || c->n > INT_MAX || c->k > INT_MAX)
        return 0;
    return (c->routine != CU_GESVD || c->m >= c->n) && (c->routine != CU_ORGQR || c->m >= c->n);
}

cu_error fake_solver_size(cu_solver solver, cu_solver_call *call) {
    cu_error error = fake_enter();
    if (!error && (!solver || !valid(call))) error = CU_SOLVER_INVALID_VALUE;
    if (error) return fake_leave(error);
    fm_dense_space space;
    const fm_dense_shape shape = shape_of(call);
    fm_dense_calls()->space(&shape, &space);
    call->device_bytes = space.bytes;
    call->host_bytes = 0;
    return fake_leave(CU_SUCCESS);
}

/* LAPACK's pivots are ints. */
static int factor(const fm_dense *dense, const cu_solver_call *c, int z) {
    const int n = (int)c->n;
    int *pivots = malloc((size_t)(n + 1) * sizeof *pivots), info = 0;
    if (!pivots) return INT_MIN;
    if (c->routine == CU_GETRF) {
        info = dense->lu(z, n, c->a, pivots);
        for (int i = 0; i < n; ++i) c->pivots[i] = pivots[i];
    } else {
        for (int i = 0; i < n; ++i) pivots[i] = (int)c->pivots[i];
        info = dense->lu_solve(z, n, (int)c->k, c->a, pivots, c->b);
    }
    free(pivots);
    return info;
}

/* Complex eigenvalues and vectors of a real matrix as LAPACK and cuSOLVER pack them. */
static void pack(int n, const double *w, const double *v, double *reals, double *vectors) {
    for (int j = 0; j < n; ++j) {
        reals[j] = w[2 * j];
        reals[n + j] = w[2 * j + 1];
    }
    for (int j = 0; vectors && j < n; ++j) {
        const int pair = reals[n + j] != 0;
        for (int i = 0; i < n; ++i) {
            const double *x = v + 2 * ((size_t)j * (size_t)n + (size_t)i);
            vectors[(size_t)j * (size_t)n + (size_t)i] = x[0];
            if (pair) vectors[((size_t)j + 1) * (size_t)n + (size_t)i] = x[1];
        }
        j += pair;
    }
}

static int eigen(const fm_dense *dense, const cu_solver_call *c, int z,
                 const fm_dense_space *space) {
    const int n = (int)c->n;
    const size_t count = (size_t)n * (size_t)n;
    double *v = NULL;
    if (z)
        return dense->eig(1, n, c->a, c->w, c->vectors == 'V' ? c->b : NULL, space, c->device_work);
    double *w = malloc((count + (size_t)n + 1) * 2 * sizeof *w);
    if (!w) return INT_MIN;
    if (c->vectors == 'V') v = w + 2 * n;
    const int info = dense->eig(0, n, c->a, w, v, space, c->device_work);
    if (info == 0) pack(n, w, v, c->w, v ? c->b : NULL);
    free(w);
    return info;
}

static cu_error run_solver(void *data) {
    const cu_solver_call *c = data;
    const fm_dense *dense = fm_dense_calls();
    const int z = c->type == CU_C_64F, m = (int)c->m, n = (int)c->n, k = (int)c->k;
    const fm_dense_shape shape = shape_of(c);
    fm_dense_space space;
    int info = 0;
    dense->space(&shape, &space);
    if (c->routine == CU_GETRF || c->routine == CU_GETRS)
        info = factor(dense, c, z);
    else if (c->routine == CU_POTRF)
        info = dense->cholesky(z, c->upper, n, c->a);
    else if (c->routine == CU_GEQRF)
        info = dense->qr(z, m, n, c->a, c->w, &space, c->device_work);
    else if (c->routine == CU_ORGQR)
        info = dense->q(z, m, n, k, c->a, c->w, &space, c->device_work);
    else if (c->routine == CU_SYEVD)
        info = dense->eigh(z, c->vectors == 'V', c->upper, n, c->a, c->w, &space, c->device_work);
    else if (c->routine == CU_GESVD)
        info = dense->svd(z, c->vectors, m, n, c->a, c->w, c->b, c->c, &space, c->device_work);
    else
        info = eigen(dense, c, z, &space);
    ++fake_executed;
    if (info == INT_MIN) return CU_OUT_OF_MEMORY;
    *c->info = info;
    return CU_SUCCESS;
}

cu_error fake_solver_run(cu_solver solver, const cu_solver_call *call) {
    cu_error error = fake_enter_work();
    cu_stream stream = solver ? fake_stream(solver->stream) : NULL;
    if (!error && !solver) error = CU_SOLVER_NOT_INITIALIZED;
    if (!error) error = fake_check_stream(stream);
    if (!error && !valid(call)) error = CU_SOLVER_INVALID_VALUE;
    if (!error && call->device_bytes && !fake_block_find(call->device_work, call->device_bytes))
        error = CU_SOLVER_INVALID_VALUE;
    if (!error && call->routine != CU_GETRS && call->routine != CU_GETRF &&
        call->routine != CU_POTRF)
        error = fake_unsafe(); /* these go to and fro between host and device */
    if (error) return fake_leave(error < CU_BLAS_ERROR ? CU_SOLVER_EXECUTION_FAILED : error);
    const double work = (double)call->n * (double)call->n * (double)(call->n + call->m);
    return fake_leave(fake_submit_seen(stream, NULL, run_solver, 20000 + (uint64_t)(work * 1e-3),
                                       call, sizeof *call, NULL));
}
