/* The fake's cuBLAS: handles with a stream, a workspace and modes; products and dots as queued
 * work. */
#include "calls.h"
#include "matrix.h"
#include "state.h"

#include <stdlib.h>
#include <string.h>

struct cu_blas_s {
    int device;
    cu_stream stream;
    int math, pointers;
};

cu_error fake_blas_create(cu_blas *blas) {
    cu_error error = fake_enter();
    if (!error) error = fake_unsafe(); /* creating a handle allocates */
    if (error) return fake_leave(error < CU_BLAS_ERROR ? CU_BLAS_NOT_INITIALIZED : error);
    cu_blas made = calloc(1, sizeof *made);
    if (!made) return fake_leave(CU_BLAS_ALLOC_FAILED);
    made->device = fake_current;
    ++fake_census.handles;
    *blas = made;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_blas_destroy(cu_blas blas) {
    fake_enter_release();
    if (!blas) return fake_leave(CU_BLAS_NOT_INITIALIZED);
    --fake_census.handles;
    free(blas);
    return fake_leave(CU_SUCCESS);
}

cu_error fake_blas_version(cu_blas blas, int *version) {
    cu_error error = fake_enter();
    if (!error && !blas) error = CU_BLAS_NOT_INITIALIZED;
    if (!error) *version = 130000;
    return fake_leave(error);
}

cu_error fake_blas_stream(cu_blas blas, cu_stream stream) {
    cu_error error = fake_enter();
    if (!error) blas->stream = stream;
    return fake_leave(error);
}

cu_error fake_blas_workspace(cu_blas blas, void *workspace, size_t bytes) {
    cu_error error = fake_enter();
    if (!error &&
        (!blas || (bytes && !fake_block_find(workspace, bytes)) || (uintptr_t)workspace % 256 != 0))
        error = CU_BLAS_INVALID_VALUE;
    return fake_leave(error);
}

cu_error fake_blas_math(cu_blas blas, int mode) {
    cu_error error = fake_enter();
    if (!error) blas->math = mode;
    return fake_leave(error);
}

cu_error fake_blas_pointer_mode(cu_blas blas, int mode) {
    cu_error error = fake_enter();
    if (!error && mode != CU_POINTER_HOST && mode != CU_POINTER_DEVICE)
        error = CU_BLAS_INVALID_VALUE;
    if (!error) blas->pointers = mode;
    return fake_leave(error);
}

typedef struct gemm_work {
    fake_product product;
    int device_scalars;
} gemm_work;

static cu_error run_gemm(void *data) {
    gemm_work *w = data;
    if (w->device_scalars) {
        fake_scalar_read(w->product.alpha, w->product.g.alpha, &w->product.g);
        fake_scalar_read(w->product.beta, w->product.g.beta, &w->product.g);
    }
    ++fake_executed;
    return fake_product_run(&w->product);
}

static int gemm_valid(const cu_gemm *g) {
    if (g->m < 0 || g->n < 0 || g->k < 0 || g->batch < 0 || !g->alpha || !g->beta) return 0;
    const int64_t rows_a = g->op_a == CU_OP_N ? g->m : g->k;
    const int64_t rows_b = g->op_b == CU_OP_N ? g->k : g->n;
    return g->lda >= (rows_a > 1 ? rows_a : 1) && g->ldb >= (rows_b > 1 ? rows_b : 1) &&
           g->ldc >= (g->m > 1 ? g->m : 1);
}

/* Queues a product that was found valid; its flops tell how long it takes by the fake clock. */
static cu_error submit(cu_blas blas, cu_stream stream, const cu_gemm *g, fake_part part,
                       double flops) {
    gemm_work w;
    memset(&w, 0, sizeof w);
    w.product.g = *g;
    w.product.part = part;
    w.product.d = g->c;
    w.product.ldd = g->ldc;
    w.product.stride_d = g->stride_c;
    w.product.epilogue.kind = CU_EPILOGUE_DEFAULT;
    w.device_scalars = blas->pointers == CU_POINTER_DEVICE;
    if (g->compute == CU_COMPUTE_32F && g->type_a == CU_R_32F && (blas->math & 15) == CU_MATH_TF32)
        w.product.g.compute = CU_COMPUTE_32F_FAST_TF32;
    if (!w.device_scalars) {
        fake_scalar_read(w.product.alpha, g->alpha, g);
        fake_scalar_read(w.product.beta, g->beta, g);
    }
    return fake_submit_seen(stream, NULL, run_gemm, 5000 + (uint64_t)(flops * 1e-4), &w, sizeof w,
                            NULL);
}

cu_error fake_gemm(cu_blas blas, const cu_gemm *g) {
    cu_error error = fake_enter_work();
    cu_stream stream = blas ? fake_stream(blas->stream) : NULL;
    if (!error && !blas) error = CU_BLAS_NOT_INITIALIZED;
    if (!error) error = fake_check_stream(stream);
    if (!error && !gemm_valid(g)) error = CU_BLAS_INVALID_VALUE;
    if (!error && !fake_product_supported(g)) error = CU_BLAS_NOT_SUPPORTED;
    if (error) return fake_leave(error < CU_BLAS_ERROR ? CU_BLAS_EXECUTION_FAILED : error);
    const double flops = 2.0 * (double)g->m * (double)g->n * (double)g->k * (double)g->batch;
    return fake_leave(submit(blas, stream, g, FAKE_WHOLE, flops));
}

static int syrk_valid(const cu_syrk *s) {
    if (s->fill != CU_FILL_LOWER && s->fill != CU_FILL_UPPER) return 0;
    if (s->op != CU_OP_N && s->op != CU_OP_T) return 0;
    return s->type == CU_R_32F || s->type == CU_R_64F || s->type == CU_C_32F || s->type == CU_C_64F;
}

cu_error fake_syrk(cu_blas blas, const cu_syrk *s) {
    cu_error error = fake_enter_work();
    cu_stream stream = blas ? fake_stream(blas->stream) : NULL;
    const int wide = s->type == CU_R_64F || s->type == CU_C_64F;
    const cu_gemm g = {.op_a = s->op,
                       .op_b = s->op == CU_OP_N ? CU_OP_T : CU_OP_N,
                       .m = s->n,
                       .n = s->n,
                       .k = s->k,
                       .alpha = s->alpha,
                       .a = s->a,
                       .type_a = s->type,
                       .lda = s->lda,
                       .b = s->a,
                       .type_b = s->type,
                       .ldb = s->lda,
                       .beta = s->beta,
                       .c = s->c,
                       .type_c = s->type,
                       .ldc = s->ldc,
                       .batch = 1,
                       .compute = wide ? CU_COMPUTE_64F : CU_COMPUTE_32F};
    if (!error && !blas) error = CU_BLAS_NOT_INITIALIZED;
    if (!error) error = fake_check_stream(stream);
    if (!error && (!syrk_valid(s) || !gemm_valid(&g))) error = CU_BLAS_INVALID_VALUE;
    if (error) return fake_leave(error < CU_BLAS_ERROR ? CU_BLAS_EXECUTION_FAILED : error);
    const double flops = (double)s->n * (double)(s->n + 1) * (double)s->k;
    return fake_leave(
        submit(blas, stream, &g, s->fill == CU_FILL_LOWER ? FAKE_LOWER : FAKE_UPPER, flops));
}

typedef struct dot_work {
    int64_t n, incx, incy;
    const void *x, *y;
    void *result;
    int type;
} dot_work;

static cu_error run_dot(void *data) {
    const dot_work *w = data;
    double sum[2] = {0.0, 0.0};
    const int64_t x0 = w->incx < 0 ? (1 - w->n) * w->incx : 0;
    const int64_t y0 = w->incy < 0 ? (1 - w->n) * w->incy : 0;
    for (int64_t i = 0; i < w->n; ++i) {
        const int64_t ix = x0 + i * w->incx, iy = y0 + i * w->incy;
        const double xr = fake_element(w->x, w->type, ix, 0),
                     xi = fake_element(w->x, w->type, ix, 1);
        const double yr = fake_element(w->y, w->type, iy, 0),
                     yi = fake_element(w->y, w->type, iy, 1);
        sum[0] += xr * yr - xi * yi;
        sum[1] += xr * yi + xi * yr;
    }
    fake_element_set(w->result, w->type, 0, sum);
    ++fake_executed;
    return CU_SUCCESS;
}

cu_error fake_dot(cu_blas blas, int64_t n, const void *x, int64_t incx, const void *y, int64_t incy,
                  void *result, int type, int execution_type) {
    cu_error error = fake_enter_work();
    cu_stream stream = blas ? fake_stream(blas->stream) : NULL;
    const int half = type == CU_R_16F || type == CU_R_16BF;
    if (!error && !blas) error = CU_BLAS_NOT_INITIALIZED;
    if (!error) error = fake_check_stream(stream);
    if (!error &&
        (type == CU_R_8I || type == CU_R_32I || execution_type != (half ? CU_R_32F : type)))
        error = CU_BLAS_NOT_SUPPORTED;
    if (error) return fake_leave(error < CU_BLAS_ERROR ? CU_BLAS_EXECUTION_FAILED : error);
    const dot_work w = {n, incx, incy, x, y, result, type};
    const int waits = blas->pointers == CU_POINTER_HOST;
    if (waits) error = fake_unsafe(); /* a result on the host needs a synchronisation */
    if (!error) error = fake_submit_seen(stream, NULL, run_dot, 5000, &w, sizeof w, NULL);
    if (error || !waits) return fake_leave(error);
    fake_run_stream(stream);
    return fake_leave(fake_collect(stream->device));
}
