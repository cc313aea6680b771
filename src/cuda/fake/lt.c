/* The fake's cuBLASLt: descriptors, layouts and preferences with the attributes that vendor.h
 * names, a heuristic with one algorithm, and the product with its epilogues. */
#include "calls.h"
#include "matrix.h"
#include "state.h"

#include <stdlib.h>
#include <string.h>

struct cu_lt_s {
    int device;
};

struct cu_lt_desc_s {
    int32_t compute, scale_type, pointers, op_a, op_b, epilogue, bias_type;
    void *bias, *aux;
    int64_t bias_stride, aux_ld, aux_stride;
};

struct cu_lt_layout_s {
    int32_t type, order, batch;
    uint64_t rows, cols;
    int64_t ld, stride;
};

struct cu_lt_pref_s {
    uint64_t workspace_bytes;
    uint32_t reductions;
    uint32_t align[4]; /* of A, B, C and D */
};

/* The workspace that the fake's only algorithm asks for, so that a caller's handling is seen. */
enum { FAKE_LT_WORKSPACE = 4096 };
static const uint64_t algo_mark = 0x464d414b45;

static cu_error set_value(void *field, size_t size, const void *value, size_t bytes) {
    if (!value || bytes != size) return CU_BLAS_INVALID_VALUE;
    memcpy(field, value, size);
    return CU_SUCCESS;
}

#define SET(field) set_value(&(field), sizeof(field), value, bytes)

static cu_error made(void *handle, cu_error error) {
    if (!handle && !error) error = CU_BLAS_ALLOC_FAILED;
    if (!error) ++fake_census.handles;
    return fake_leave(error);
}

static cu_error destroyed(void *handle) {
    if (handle) --fake_census.handles;
    free(handle);
    return fake_leave(handle ? CU_SUCCESS : CU_BLAS_INVALID_VALUE);
}

cu_error fake_lt_create(cu_lt *lt) {
    cu_error error = fake_enter();
    if (!error) error = fake_unsafe();
    cu_lt handle = error ? NULL : calloc(1, sizeof *handle);
    if (handle) handle->device = fake_current;
    *lt = handle;
    return made(handle, error);
}

cu_error fake_lt_destroy(cu_lt lt) {
    fake_enter_release();
    return destroyed(lt);
}

cu_error fake_lt_desc_create(cu_lt_desc *desc, int compute, int scale_type) {
    cu_error error = fake_enter();
    cu_lt_desc handle = error ? NULL : calloc(1, sizeof *handle);
    if (handle) {
        handle->compute = compute;
        handle->scale_type = scale_type;
        handle->epilogue = CU_EPILOGUE_DEFAULT;
        handle->bias_type = -1; /* as D */
    }
    *desc = handle;
    return made(handle, error);
}

cu_error fake_lt_desc_destroy(cu_lt_desc desc) {
    fake_enter_release();
    return destroyed(desc);
}

static cu_error desc_set(cu_lt_desc desc, int attribute, const void *value, size_t bytes) {
    switch (attribute) {
    case CU_LT_COMPUTE_TYPE:
        return SET(desc->compute);
    case CU_LT_SCALE_TYPE:
        return SET(desc->scale_type);
    case CU_LT_POINTER_MODE:
        return SET(desc->pointers);
    case CU_LT_TRANSA:
        return SET(desc->op_a);
    case CU_LT_TRANSB:
        return SET(desc->op_b);
    case CU_LT_EPILOGUE:
        return SET(desc->epilogue);
    case CU_LT_BIAS_POINTER:
        return SET(desc->bias);
    case CU_LT_BIAS_STRIDE:
        return SET(desc->bias_stride);
    case CU_LT_BIAS_TYPE:
        return SET(desc->bias_type);
    case CU_LT_AUX_POINTER:
        return SET(desc->aux);
    case CU_LT_AUX_LD:
        return SET(desc->aux_ld);
    case CU_LT_AUX_STRIDE:
        return SET(desc->aux_stride);
    default:
        return CU_BLAS_INVALID_VALUE;
    }
}

cu_error fake_lt_desc_set(cu_lt_desc desc, int attribute, const void *value, size_t bytes) {
    cu_error error = fake_enter();
    return fake_leave(error ? error : desc_set(desc, attribute, value, bytes));
}

cu_error fake_lt_layout_create(cu_lt_layout *layout, int type, uint64_t rows, uint64_t cols,
                               int64_t ld) {
    cu_error error = fake_enter();
    cu_lt_layout handle = error ? NULL : calloc(1, sizeof *handle);
    if (handle) *handle = (struct cu_lt_layout_s){type, CU_ORDER_COL, 1, rows, cols, ld, 0};
    *layout = handle;
    return made(handle, error);
}

cu_error fake_lt_layout_destroy(cu_lt_layout layout) {
    fake_enter_release();
    return destroyed(layout);
}

static cu_error layout_set(cu_lt_layout layout, int attribute, const void *value, size_t bytes) {
    switch (attribute) {
    case CU_LAYOUT_TYPE:
        return SET(layout->type);
    case CU_LAYOUT_ORDER:
        return SET(layout->order);
    case CU_LAYOUT_ROWS:
        return SET(layout->rows);
    case CU_LAYOUT_COLS:
        return SET(layout->cols);
    case CU_LAYOUT_LD:
        return SET(layout->ld);
    case CU_LAYOUT_BATCH_COUNT:
        return SET(layout->batch);
    case CU_LAYOUT_BATCH_STRIDE:
        return SET(layout->stride);
    default:
        return CU_BLAS_INVALID_VALUE;
    }
}

cu_error fake_lt_layout_set(cu_lt_layout layout, int attribute, const void *value, size_t bytes) {
    cu_error error = fake_enter();
    return fake_leave(error ? error : layout_set(layout, attribute, value, bytes));
}

cu_error fake_lt_pref_create(cu_lt_pref *pref) {
    cu_error error = fake_enter();
    cu_lt_pref handle = error ? NULL : calloc(1, sizeof *handle);
    if (handle) *handle = (struct cu_lt_pref_s){0, 7, {256, 256, 256, 256}};
    *pref = handle;
    return made(handle, error);
}

cu_error fake_lt_pref_destroy(cu_lt_pref pref) {
    fake_enter_release();
    return destroyed(pref);
}

static cu_error pref_set(cu_lt_pref pref, int attribute, const void *value, size_t bytes) {
    switch (attribute) {
    case CU_PREF_WORKSPACE_BYTES:
        return SET(pref->workspace_bytes);
    case CU_PREF_REDUCTION_MASK:
        return SET(pref->reductions);
    case CU_PREF_ALIGN_A:
    case CU_PREF_ALIGN_B:
    case CU_PREF_ALIGN_C:
    case CU_PREF_ALIGN_D:
        return SET(pref->align[attribute - CU_PREF_ALIGN_A]);
    default:
        return CU_BLAS_INVALID_VALUE;
    }
}

cu_error fake_lt_pref_set(cu_lt_pref pref, int attribute, const void *value, size_t bytes) {
    cu_error error = fake_enter();
    return fake_leave(error ? error : pref_set(pref, attribute, value, bytes));
}

static int rows_of(cu_lt_layout l, int op, uint64_t *cols) {
    *cols = op == CU_OP_N ? l->cols : l->rows;
    return (int)(op == CU_OP_N ? l->rows : l->cols);
}

static int layout_fits(cu_lt_layout l) {
    const int64_t extent = (int64_t)(l->order == CU_ORDER_COL ? l->rows : l->cols);
    return l->ld >= extent && l->batch >= 1 &&
           (l->order == CU_ORDER_COL || l->order == CU_ORDER_ROW);
}

static int epilogue_known(int e) {
    switch (e) {
    case CU_EPILOGUE_DEFAULT:
    case CU_EPILOGUE_RELU:
    case CU_EPILOGUE_BIAS:
    case CU_EPILOGUE_RELU_BIAS:
    case CU_EPILOGUE_RELU_AUX:
    case CU_EPILOGUE_RELU_AUX_BIAS:
    case CU_EPILOGUE_DRELU:
    case CU_EPILOGUE_DRELU_BGRAD:
    case CU_EPILOGUE_BGRADA:
    case CU_EPILOGUE_BGRADB:
        return 1;
    default:
        return 0;
    }
}

/* Row-major operands become column-major ones of the transposed problem only where all agree; the
 * fake takes mixed orders for A and B by flipping their transposition, and D and C column-major. */
static cu_error describe(cu_lt_desc desc, cu_lt_layout a, cu_lt_layout b, cu_lt_layout c,
                         cu_lt_layout d, fake_product *p) {
    uint64_t k, n, k_again;
    if (!layout_fits(a) || !layout_fits(b) || !layout_fits(c) || !layout_fits(d))
        return CU_BLAS_INVALID_VALUE;
    if (c->order != CU_ORDER_COL || d->order != CU_ORDER_COL || c->type != d->type)
        return CU_BLAS_NOT_SUPPORTED;
    const uint64_t m = (uint64_t)rows_of(a, desc->op_a, &k);
    k_again = (uint64_t)rows_of(b, desc->op_b, &n);
    if (k != k_again || d->rows != m || d->cols != n || c->rows != m || c->cols != n)
        return CU_BLAS_INVALID_VALUE;
    if (a->batch != d->batch || b->batch != d->batch || c->batch != d->batch)
        return CU_BLAS_INVALID_VALUE;
    memset(p, 0, sizeof *p);
    const int flip_a = a->order == CU_ORDER_ROW, flip_b = b->order == CU_ORDER_ROW;
    if ((flip_a && desc->op_a == CU_OP_C) || (flip_b && desc->op_b == CU_OP_C))
        return CU_BLAS_NOT_SUPPORTED;
    p->g = (cu_gemm){.op_a = flip_a ? !desc->op_a : desc->op_a,
                     .op_b = flip_b ? !desc->op_b : desc->op_b,
                     .m = (int64_t)m,
                     .n = (int64_t)n,
                     .k = (int64_t)k,
                     .type_a = a->type,
                     .lda = a->ld,
                     .stride_a = a->stride,
                     .type_b = b->type,
                     .ldb = b->ld,
                     .stride_b = b->stride,
                     .type_c = d->type,
                     .ldc = c->ld,
                     .stride_c = c->stride,
                     .batch = d->batch,
                     .compute = desc->compute};
    p->ldd = d->ld;
    p->stride_d = d->stride;
    p->epilogue = (fake_epilogue){
        desc->epilogue,    desc->bias, desc->bias_type < 0 ? d->type : desc->bias_type,
        desc->bias_stride, desc->aux,  desc->aux_ld,
        desc->aux_stride};
    if (!fake_product_supported(&p->g) || !epilogue_known(desc->epilogue))
        return CU_BLAS_NOT_SUPPORTED;
    return CU_SUCCESS;
}

static cu_error epilogue_valid(const fake_product *p) {
    const fake_epilogue *e = &p->epilogue;
    const int bias = (e->kind & CU_EPILOGUE_BIAS) || e->kind >= CU_EPILOGUE_BGRADA ||
                     e->kind == CU_EPILOGUE_DRELU_BGRAD;
    if (bias && !e->bias) return CU_BLAS_INVALID_VALUE;
    if (!(e->kind & 128)) return CU_SUCCESS;
    return e->aux && e->aux_ld % 128 == 0 && e->aux_ld >= p->g.m ? CU_SUCCESS
                                                                 : CU_BLAS_INVALID_VALUE;
}

cu_error fake_lt_heuristic(cu_lt lt, cu_lt_desc desc, cu_lt_layout a, cu_lt_layout b,
                           cu_lt_layout c, cu_lt_layout d, cu_lt_pref pref, int wanted,
                           cu_lt_algo *algos, int *found) {
    cu_error error = fake_enter();
    fake_product p;
    *found = 0;
    if (!error && (!lt || wanted < 1)) error = CU_BLAS_INVALID_VALUE;
    if (!error) error = describe(desc, a, b, c, d, &p);
    if (error) return fake_leave(error);
    memset(&algos[0], 0, sizeof algos[0]);
    algos[0].algo[0] = algo_mark;
    for (int i = 0; i < 4; ++i) algos[0].algo[1 + i] = pref->align[i];
    algos[0].workspace_bytes = pref->workspace_bytes >= FAKE_LT_WORKSPACE ? FAKE_LT_WORKSPACE : 0;
    algos[0].waves = 1.0f;
    *found = 1;
    return fake_leave(CU_SUCCESS);
}

typedef struct lt_work {
    fake_product product;
    int device_scalars;
    void *workspace;
    size_t workspace_bytes;
} lt_work;

/* The workspace is overwritten, as a real algorithm would. */
static cu_error run_matmul(void *data) {
    lt_work *w = data;
    if (w->workspace_bytes) memset(w->workspace, 0x5A, w->workspace_bytes);
    if (w->device_scalars) {
        fake_scalar_read(w->product.alpha, w->product.g.alpha, &w->product.g);
        fake_scalar_read(w->product.beta, w->product.g.beta, &w->product.g);
    }
    ++fake_executed;
    return fake_product_run(&w->product);
}

/* An algorithm counts on the alignment for which it was chosen; matrices that nothing is read from
 * have any. */
static int aligned(const lt_work *w, const cu_lt_algo *algo) {
    const cu_gemm *g = &w->product.g;
    const void *address[] = {g->a, g->b, g->c, w->product.d};
    for (int i = 0; i < 4; ++i)
        if (algo->algo[1 + i] && (uintptr_t)address[i] % algo->algo[1 + i] != 0) return 0;
    return 1;
}

static cu_error prepare(lt_work *w, cu_lt_desc desc, const cu_lt_algo *algo, cu_lt lt) {
    if (!lt || lt->device != fake_current) return CU_BLAS_NOT_INITIALIZED;
    if (algo && (algo->algo[0] != algo_mark || !aligned(w, algo))) return CU_BLAS_INVALID_VALUE;
    const size_t needed = algo ? algo->workspace_bytes : 0;
    if (needed > w->workspace_bytes || (needed && (uintptr_t)w->workspace % 256 != 0))
        return CU_BLAS_INVALID_VALUE;
    w->workspace_bytes = needed;
    w->device_scalars = desc->pointers == CU_POINTER_DEVICE;
    if (!w->device_scalars) {
        fake_scalar_read(w->product.alpha, w->product.g.alpha, &w->product.g);
        fake_scalar_read(w->product.beta, w->product.g.beta, &w->product.g);
    }
    return epilogue_valid(&w->product);
}

cu_error fake_lt_matmul(cu_lt lt, cu_lt_desc desc, const void *alpha, const void *a,
                        cu_lt_layout layout_a, const void *b, cu_lt_layout layout_b,
                        const void *beta, const void *c, cu_lt_layout layout_c, void *d,
                        cu_lt_layout layout_d, const cu_lt_algo *algo, void *workspace,
                        size_t workspace_bytes, cu_stream stream) {
    cu_error error = fake_enter_work();
    lt_work w;
    stream = fake_stream(stream);
    memset(&w, 0, sizeof w);
    if (!error) error = fake_check_stream(stream);
    if (!error) error = describe(desc, layout_a, layout_b, layout_c, layout_d, &w.product);
    if (!error) {
        w.product.g.alpha = alpha;
        w.product.g.a = a;
        w.product.g.b = b;
        w.product.g.beta = beta;
        w.product.g.c = (void *)(uintptr_t)c;
        w.product.d = d;
        w.workspace = workspace;
        w.workspace_bytes = workspace_bytes;
        error = prepare(&w, desc, algo, lt);
    }
    if (error) return fake_leave(error < CU_BLAS_ERROR ? CU_BLAS_EXECUTION_FAILED : error);
    const double flops =
        2.0 * (double)w.product.g.m * (double)w.product.g.n * (double)w.product.g.k;
    return fake_leave(fake_submit_seen(stream, NULL, run_matmul, 5000 + (uint64_t)(flops * 1e-4),
                                       &w, sizeof w, NULL));
}
