/* Matrix products: row-major operands as cuBLAS's column-major ones, algorithms chosen when a plan
 * is made, and their launch. */
#include "product.h"
#include "value.h"

#include <limits.h>
#include <string.h>

/* What NVIDIA recommends for the newest devices; an algorithm asks for what it needs of it. */
enum { MOST_WORKSPACE = 32 << 20, WIDE = 16 };

/* An operand of cuBLAS: op(stored matrix), column-major. */
typedef struct stored {
    int op;
    int64_t rows, cols, ld, batch;
} stored;

/* Whether a matrix whose `minor` axis lies together can be stored so; its leading dimension. */
static int lies(int64_t minor, int64_t minor_stride, int64_t major, int64_t major_stride,
                int64_t *ld) {
    if (minor > 1 && minor_stride != 1) return 0;
    *ld = major > 1 ? major_stride : minor;
    return *ld >= minor;
}

/* op(X) of shape (rows, cols) in cuBLAS's eyes. Conjugating is part of transposing only. */
static int store(int64_t rows, int64_t cols, int64_t row, int64_t col, int64_t batch, int conjugate,
                 stored *x) {
    x->batch = batch;
    if (!conjugate && lies(rows, row, cols, col, &x->ld)) {
        x->op = CU_OP_N;
        x->rows = rows;
        x->cols = cols;
        return 1;
    }
    x->op = conjugate ? CU_OP_C : CU_OP_T;
    x->rows = cols;
    x->cols = rows;
    return lies(cols, col, rows, row, &x->ld);
}

/* D (p, q) = X (p, k) Y (k, q): column-major, X being B transposed and Y A transposed where C is
 * row-major, and A and B themselves where C is column-major (turned). */
typedef struct columns {
    int64_t p, q;
    stored x, y, d;
    int turned;
} columns;

static int arrange(const cu_product_spec *s, columns *c) {
    if (s->batch > INT_MAX || s->a.batch < 0 || s->b.batch < 0) return 0;
    c->turned = 1;
    c->p = s->n;
    c->q = s->m;
    if (store(s->n, s->m, s->c.col, s->c.row, s->c.batch, 0, &c->d) && c->d.op == CU_OP_N &&
        store(s->n, s->k, s->b.col, s->b.row, s->b.batch, s->conjugate_b, &c->x) &&
        store(s->k, s->m, s->a.col, s->a.row, s->a.batch, s->conjugate_a, &c->y))
        return 1;
    if (s->bias) return 0; /* it would run along the wrong axis */
    c->turned = 0;
    c->p = s->m;
    c->q = s->n;
    return store(s->m, s->n, s->c.row, s->c.col, s->c.batch, 0, &c->d) && c->d.op == CU_OP_N &&
           store(s->m, s->k, s->a.row, s->a.col, s->a.batch, s->conjugate_a, &c->x) &&
           store(s->k, s->n, s->b.row, s->b.col, s->b.batch, s->conjugate_b, &c->y);
}

int cu_product_fits(const cu_product_spec *spec) {
    columns c;
    return arrange(spec, &c);
}

static int type_of(fm_dtype dtype) {
    switch (dtype) {
    case FM_FLOAT16:
        return CU_R_16F;
    case FM_BFLOAT16:
        return CU_R_16BF;
    case FM_FLOAT32:
        return CU_R_32F;
    case FM_FLOAT64:
        return CU_R_64F;
    case FM_COMPLEX64:
        return CU_C_32F;
    default:
        return CU_C_64F;
    }
}

/* Full float32 unless the mode says otherwise: no library default may lower it. */
static int compute_of(const cu_product_spec *s) {
    if (s->in == FM_FLOAT64 || s->in == FM_COMPLEX128) return CU_COMPUTE_64F;
    if (s->in != FM_FLOAT32 && s->in != FM_COMPLEX64) return CU_COMPUTE_32F;
    switch (s->math) {
    case FM_MATH_TF32:
        return CU_COMPUTE_32F_FAST_TF32;
    case FM_MATH_BF16:
        return CU_COMPUTE_32F_FAST_16BF;
    case FM_MATH_FP16:
        return CU_COMPUTE_32F_FAST_16F;
    default:
        return CU_COMPUTE_32F;
    }
}

static fm_dtype scale_of(fm_dtype in) {
    return in == FM_FLOAT64 || in == FM_COMPLEX64 || in == FM_COMPLEX128 ? in : FM_FLOAT32;
}

static cu_error make_layout(cu_lt_layout *layout, int type, const stored *x, int64_t batch) {
    cu_error code =
        cu_api.lt_layout_create(layout, type, (uint64_t)x->rows, (uint64_t)x->cols, x->ld);
    if (code || batch == 1) return code;
    const int32_t count = (int32_t)batch;
    code = cu_api.lt_layout_set(*layout, CU_LAYOUT_BATCH_COUNT, &count, sizeof count);
    if (code) return code;
    return cu_api.lt_layout_set(*layout, CU_LAYOUT_BATCH_STRIDE, &x->batch, sizeof x->batch);
}

static cu_error make_desc(cu_product *p, const cu_product_spec *s, const columns *c) {
    const int32_t epilogue = s->bias   ? s->relu ? CU_EPILOGUE_RELU_BIAS : CU_EPILOGUE_BIAS
                             : s->relu ? CU_EPILOGUE_RELU
                                       : CU_EPILOGUE_DEFAULT;
    const int32_t op_x = c->x.op, op_y = c->y.op;
    cu_error code = cu_api.lt_desc_create(&p->desc, compute_of(s), type_of(p->scale));
    if (!code) code = cu_api.lt_desc_set(p->desc, CU_LT_TRANSA, &op_x, sizeof op_x);
    if (!code) code = cu_api.lt_desc_set(p->desc, CU_LT_TRANSB, &op_y, sizeof op_y);
    if (!code) code = cu_api.lt_desc_set(p->desc, CU_LT_EPILOGUE, &epilogue, sizeof epilogue);
    if (!code) code = make_layout(&p->a, type_of(s->in), &c->x, s->batch);
    if (!code) code = make_layout(&p->b, type_of(s->in), &c->y, s->batch);
    if (!code) code = make_layout(&p->c, type_of(s->out), &c->d, s->batch);
    return code;
}

/* The bias has some address of that alignment too until the real one is known. */
static cu_error set_alignment(const cu_product *p, cu_lt_pref pref, uint32_t align) {
    const uintptr_t bias = 256 + align;
    cu_error code = CU_SUCCESS;
    if (p->bias) code = cu_api.lt_desc_set(p->desc, CU_LT_BIAS_POINTER, &bias, sizeof bias);
    for (int attribute = CU_PREF_ALIGN_A; attribute <= CU_PREF_ALIGN_D && !code; ++attribute)
        code = cu_api.lt_pref_set(pref, attribute, &align, sizeof align);
    return code;
}

/* One algorithm for addresses of that alignment; *found tells whether there is one. */
static cu_error ask(cu_product *p, cu_lt_pref pref, uint32_t align, cu_lt_algo *algo, int *found) {
    cu_error code = set_alignment(p, pref, align);
    if (!code)
        code = cu_api.lt_heuristic(p->lt, p->desc, p->a, p->b, p->c, p->c, pref, 1, algo, found);
    if (code == CU_BLAS_NOT_SUPPORTED) {
        *found = 0;
        return CU_SUCCESS;
    }
    if (!code && *found && algo->state) *found = 0;
    if (!code && *found && algo->workspace_bytes > p->workspace)
        p->workspace = algo->workspace_bytes;
    return code;
}

static cu_error choose(cu_product *p, size_t element, int *found) {
    const uint64_t most = MOST_WORKSPACE;
    const uint32_t reductions = CU_REDUCTION_COMPUTE_TYPE;
    cu_lt_pref pref = NULL;
    cu_error code = cu_api.lt_pref_create(&pref);
    if (code) return code;
    code = cu_api.lt_pref_set(pref, CU_PREF_WORKSPACE_BYTES, &most, sizeof most);
    if (!code)
        code = cu_api.lt_pref_set(pref, CU_PREF_REDUCTION_MASK, &reductions, sizeof reductions);
    if (!code) code = ask(p, pref, WIDE, &p->algo[0], found);
    if (!code && *found) code = ask(p, pref, (uint32_t)element, &p->algo[1], found);
    (void)cu_api.lt_pref_destroy(pref);
    return code;
}

static cu_error open_lt(fm_dev *dev, cu_lt *lt) {
    cu_error code = CU_SUCCESS;
    (void)pthread_mutex_lock(&dev->lock);
    if (!dev->lt) code = cu_api.lt_create(&dev->lt);
    if (code) dev->lt = NULL;
    *lt = dev->lt;
    (void)pthread_mutex_unlock(&dev->lock);
    return code;
}

cu_error cu_blas_open(fm_dev *dev) {
    cu_error code = CU_SUCCESS;
    (void)pthread_mutex_lock(&dev->lock);
    if (!dev->blas) {
        code = cu_api.blas_create(&dev->blas);
        if (code)
            dev->blas = NULL;
        else
            code = cu_api.blas_math(dev->blas, CU_MATH_NO_REDUCED_SUMS);
    }
    (void)pthread_mutex_unlock(&dev->lock);
    return code;
}

static void set_gemm(cu_product *p, const cu_product_spec *s, const columns *c) {
    p->gemm = (cu_gemm){.op_a = c->x.op,
                        .op_b = c->y.op,
                        .m = c->p,
                        .n = c->q,
                        .k = s->k,
                        .type_a = type_of(s->in),
                        .lda = c->x.ld,
                        .stride_a = c->x.batch,
                        .type_b = type_of(s->in),
                        .ldb = c->y.ld,
                        .stride_b = c->y.batch,
                        .type_c = type_of(s->out),
                        .ldc = c->d.ld,
                        .stride_c = c->d.batch,
                        .batch = s->batch,
                        .compute = compute_of(s)};
}

fm_status cu_product_plan(cu_product *product, fm_dev *dev, const cu_product_spec *spec,
                          const char *name, int *made, fm_error *error) {
    columns c;
    *product = (cu_product){.scale = scale_of(spec->in), .bias = spec->bias};
    *made = 0;
    if (!arrange(spec, &c)) return FM_OK;
    product->turned = c.turned;
    cu_error code = open_lt(dev, &product->lt);
    if (!code) code = make_desc(product, spec, &c);
    if (!code) code = choose(product, cu_dtype_size(spec->in), made);
    if (!code && *made) return FM_OK;
    cu_product_release(product);
    if (!code && (spec->bias || spec->relu)) return FM_OK;
    product->workspace = CU_BLAS_WORKSPACE;
    set_gemm(product, spec, &c);
    if (!code) code = cu_blas_open(dev);
    *made = !code;
    return code ? cu_fail(error, code, name, "choosing an algorithm") : FM_OK;
}

/* A scalar in the form that the library reads: one or two floats or doubles. */
typedef union factor {
    float f[2];
    double d[2];
} factor;

static factor factor_of(double x, fm_dtype scale) {
    factor y;
    memset(&y, 0, sizeof y);
    if (scale == FM_FLOAT64 || scale == FM_COMPLEX128)
        y.d[0] = x;
    else
        y.f[0] = (float)x;
    return y;
}

/* Setting the handle's stream takes its workspace away, so that is set anew. */
cu_error cu_blas_lend(fm_dev *dev, cu_stream stream, void *workspace) {
    (void)pthread_mutex_lock(&dev->lock);
    const cu_error code = cu_api.blas_stream(dev->blas, stream);
    return code ? code : cu_api.blas_workspace(dev->blas, workspace, CU_BLAS_WORKSPACE);
}

void cu_blas_return(fm_dev *dev) {
    (void)pthread_mutex_unlock(&dev->lock);
}

static cu_error run_gemm(const cu_product *p, fm_dev *dev, cu_stream stream, void *workspace) {
    cu_error code = cu_blas_lend(dev, stream, workspace);
    if (!code) code = cu_api.gemm(dev->blas, &p->gemm);
    cu_blas_return(dev);
    return code;
}

static int all_wide(const void *x, const void *y, const void *c, const void *bias) {
    return ((uintptr_t)x | (uintptr_t)y | (uintptr_t)c | (uintptr_t)bias) % WIDE == 0;
}

cu_error cu_product_run(cu_product *p, fm_dev *dev, cu_stream stream, double alpha, const void *a,
                        const void *b, double beta, void *c, const void *bias, void *workspace) {
    const factor by = factor_of(alpha, p->scale), keep = factor_of(beta, p->scale);
    const void *x = p->turned ? b : a, *y = p->turned ? a : b;
    if (!p->lt) {
        p->gemm.alpha = &by;
        p->gemm.a = x;
        p->gemm.b = y;
        p->gemm.beta = &keep;
        p->gemm.c = c;
        return run_gemm(p, dev, stream, workspace);
    }
    cu_error code = CU_SUCCESS;
    if (p->bias) code = cu_api.lt_desc_set(p->desc, CU_LT_BIAS_POINTER, &bias, sizeof bias);
    if (code) return code;
    const cu_lt_algo *algo = &p->algo[!all_wide(x, y, c, bias)];
    return cu_api.lt_matmul(p->lt, p->desc, &by, x, p->a, y, p->b, &keep, c, p->c, c, p->c, algo,
                            workspace, algo->workspace_bytes, stream);
}

void cu_product_release(cu_product *product) {
    if (product->a) (void)cu_api.lt_layout_destroy(product->a);
    if (product->b) (void)cu_api.lt_layout_destroy(product->b);
    if (product->c) (void)cu_api.lt_layout_destroy(product->c);
    if (product->desc) (void)cu_api.lt_desc_destroy(product->desc);
    product->a = product->b = product->c = NULL;
    product->desc = NULL;
    product->lt = NULL;
}
