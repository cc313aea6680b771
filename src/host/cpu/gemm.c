/* Division of one product into a grid of cells, one for each lane, and the call for one cell. */
#include "cpu/gemm.h"

#include <limits.h>
#include <math.h>
#include <stddef.h>

#include "cpu/blas.h"
#include "cpu/cpuid.h"
#include "cpu/gemm_plain.h"
#include "cpu/gemm_tail.h"
#include "cpu/gemm_v4.h"

typedef enum kind { F32, F64, C64, C128 } kind;

typedef struct product {
    kind kind;
    fm_trans ta, tb;
    int64_t m, n, k;
    const void *alpha;
    const char *a;
    int64_t lda;
    const char *b;
    int64_t ldb;
    const void *beta;
    char *c;
    int64_t ldc;
    const fm_gemm_tail *tail;
    int64_t grid_m, grid_n; /* cells down and across */
    bool own;               /* by the own kernel; the same for all cells */
    bool lower;             /* what is beyond column i + diagonal of a row i is not needed */
    int64_t diagonal;
} product;

/* Rows and columns of a cell start at multiples of these, the register tiles of common kernels; a
 * cell below the least height is all packing. */
enum { ROW_GRAIN = 8, COLUMN_GRAIN = 16, LEAST_ROWS = 32, LEAST_COLUMNS = 64 };

/* Below this many multiply-adds a product takes less time than waking a thread that sleeps. */
static const double alone_below = 262144.0;

static int64_t bytes_of(kind k) {
    static const int64_t sizes[] = {sizeof(float), sizeof(double), 2 * sizeof(float),
                                    2 * sizeof(double)};
    return sizes[k];
}

static int64_t min64(int64_t a, int64_t b) {
    return a < b ? a : b;
}
static int64_t max64(int64_t a, int64_t b) {
    return a > b ? a : b;
}

static bool is_zero(kind k, const void *x) {
    const float *f = x;
    const double *d = x;
    switch (k) {
    case F32:
        return f[0] == 0;
    case F64:
        return d[0] == 0;
    case C64:
        return f[0] == 0 && f[1] == 0;
    case C128:
        return d[0] == 0 && d[1] == 0;
    }
    return false;
}

static void scale(const product *p, const void *by) {
    switch (p->kind) {
    case F32:
        fm_scale_f32(p->m, p->n, by, (float *)p->c, p->ldc);
        break;
    case F64:
        fm_scale_f64(p->m, p->n, by, (double *)p->c, p->ldc);
        break;
    case C64:
        fm_scale_c64(p->m, p->n, by, (float *)p->c, p->ldc);
        break;
    case C128:
        fm_scale_c128(p->m, p->n, by, (double *)p->c, p->ldc);
        break;
    }
}

static void multiply_plainly(const product *p) {
    const void *a = p->a;
    const void *b = p->b;
    void *c = p->c;
    scale(p, p->beta);
    switch (p->kind) {
    case F32:
        fm_plain_f32(p->ta, p->tb, p->m, p->n, p->k, p->alpha, a, p->lda, b, p->ldb, c, p->ldc);
        break;
    case F64:
        fm_plain_f64(p->ta, p->tb, p->m, p->n, p->k, p->alpha, a, p->lda, b, p->ldb, c, p->ldc);
        break;
    case C64:
        fm_plain_c64(p->ta, p->tb, p->m, p->n, p->k, p->alpha, a, p->lda, b, p->ldb, c, p->ldc);
        break;
    case C128:
        fm_plain_c128(p->ta, p->tb, p->m, p->n, p->k, p->alpha, a, p->lda, b, p->ldb, c, p->ldc);
        break;
    }
}

/* A real matrix has no conjugate; some libraries refuse the word. */
static int cblas_trans(kind k, fm_trans t) {
    if (t == FM_TRANS_NO) return FM_BLAS_NO_TRANS;
    return t == FM_TRANS_CONJ && (k == C64 || k == C128) ? FM_BLAS_CONJ_TRANS : FM_BLAS_TRANS;
}

/* The library checks leading dimensions even of matrices of one row. */
static int leading(int64_t ld, int64_t columns) {
    return (int)max64(max64(ld, columns), 1);
}

static void multiply_by_library(const product *p, const fm_cblas *call) {
    int ta = cblas_trans(p->kind, p->ta);
    int tb = cblas_trans(p->kind, p->tb);
    int m = (int)p->m;
    int n = (int)p->n;
    int k = (int)p->k;
    int lda = leading(p->lda, p->ta == FM_TRANS_NO ? p->k : p->m);
    int ldb = leading(p->ldb, p->tb == FM_TRANS_NO ? p->n : p->k);
    int ldc = leading(p->ldc, p->n);
    const void *a = p->a;
    const void *b = p->b;
    void *c = p->c;
    const int order = FM_BLAS_ROW_MAJOR;
    switch (p->kind) {
    case F32:
        call->sgemm(order, ta, tb, m, n, k, *(const float *)p->alpha, a, lda, b, ldb,
                    *(const float *)p->beta, c, ldc);
        break;
    case F64:
        call->dgemm(order, ta, tb, m, n, k, *(const double *)p->alpha, a, lda, b, ldb,
                    *(const double *)p->beta, c, ldc);
        break;
    case C64:
        call->cgemm(order, ta, tb, m, n, k, p->alpha, a, lda, b, ldb, p->beta, c, ldc);
        break;
    case C128:
        call->zgemm(order, ta, tb, m, n, k, p->alpha, a, lda, b, ldb, p->beta, c, ldc);
        break;
    }
}

/* y = alpha M x + beta y with M (rows, columns) as stored. */
typedef struct vector_product {
    int trans;
    int64_t rows, columns, ld;
    const void *matrix;
    const void *x;
    int64_t incx;
    int64_t incy;
} vector_product;

static void multiply_vector(const product *p, const fm_cblas *call, const vector_product *v) {
    int rows = (int)v->rows;
    int columns = (int)v->columns;
    int ld = leading(v->ld, v->columns);
    int incx = leading(v->incx, 1);
    int incy = leading(v->incy, 1);
    void *y = p->c;
    const int order = FM_BLAS_ROW_MAJOR;
    if (is_zero(p->kind, p->beta)) scale(p, p->beta);
    switch (p->kind) {
    case F32:
        call->sgemv(order, v->trans, rows, columns, *(const float *)p->alpha, v->matrix, ld, v->x,
                    incx, *(const float *)p->beta, y, incy);
        break;
    case F64:
        call->dgemv(order, v->trans, rows, columns, *(const double *)p->alpha, v->matrix, ld, v->x,
                    incx, *(const double *)p->beta, y, incy);
        break;
    case C64:
        call->cgemv(order, v->trans, rows, columns, p->alpha, v->matrix, ld, v->x, incx, p->beta, y,
                    incy);
        break;
    case C128:
        call->zgemv(order, v->trans, rows, columns, p->alpha, v->matrix, ld, v->x, incx, p->beta, y,
                    incy);
        break;
    }
}

/* One column or one row of C is a matrix times a vector, unless the vector is to be conjugated or
 * the row would need the conjugate of a matrix that is not transposed. */
static bool multiply_as_vector(const product *p, const fm_cblas *call) {
    bool complex_kind = p->kind == C64 || p->kind == C128;
    bool flip_b = p->tb != FM_TRANS_NO;
    bool flip_a = p->ta != FM_TRANS_NO;
    if (p->n == 1 && !(complex_kind && p->tb == FM_TRANS_CONJ)) {
        vector_product v = {.trans = cblas_trans(p->kind, p->ta),
                            .rows = flip_a ? p->k : p->m,
                            .columns = flip_a ? p->m : p->k,
                            .ld = p->lda,
                            .matrix = p->a,
                            .x = p->b,
                            .incx = flip_b ? 1 : p->ldb,
                            .incy = p->ldc};
        multiply_vector(p, call, &v);
        return true;
    }
    if (p->m == 1 && !(complex_kind && (p->ta == FM_TRANS_CONJ || p->tb == FM_TRANS_CONJ))) {
        vector_product v = {.trans = flip_b ? FM_BLAS_NO_TRANS : FM_BLAS_TRANS,
                            .rows = flip_b ? p->n : p->k,
                            .columns = flip_b ? p->k : p->n,
                            .ld = p->ldb,
                            .matrix = p->b,
                            .x = p->a,
                            .incx = flip_a ? p->lda : 1,
                            .incy = 1};
        multiply_vector(p, call, &v);
        return true;
    }
    return false;
}

/* Vectors are left to the library, which reads the matrix once, and so are small products in
 * float64, where its kernels are faster. */
static bool suits_own_kernel(const product *p) {
#if FM_HAVE_V4
    const double library_to = 64.0 * 64 * 64;
    if (fm_cpu_detect()->isa < FM_ISA_V4 || p->m == 1 || p->n == 1) return false;
    double work = (double)p->m * (double)p->n * (double)p->k;
    return p->kind == F32 || (p->kind == F64 && (work > library_to || !fm_blas_open()->found));
#else
    (void)p;
    return false;
#endif
}

#if FM_HAVE_V4
static bool multiply_f32(const product *p) {
    fm_sview a = {(const float *)(const void *)p->a, p->lda, 1};
    fm_sview b = {(const float *)(const void *)p->b, p->ldb, 1};
    if (p->ta != FM_TRANS_NO) a = (fm_sview){a.at, 1, p->lda};
    if (p->tb != FM_TRANS_NO) b = (fm_sview){b.at, 1, p->ldb};
    return fm_sgemm_v4(p->m, p->n, p->k, *(const float *)p->alpha, a, b, *(const float *)p->beta,
                       (float *)(void *)p->c, p->ldc, p->lower ? p->diagonal : p->n);
}

static bool multiply_f64(const product *p) {
    fm_dview a = {(const double *)(const void *)p->a, p->lda, 1};
    fm_dview b = {(const double *)(const void *)p->b, p->ldb, 1};
    if (p->ta != FM_TRANS_NO) a = (fm_dview){a.at, 1, p->lda};
    if (p->tb != FM_TRANS_NO) b = (fm_dview){b.at, 1, p->ldb};
    return fm_dgemm_v4(p->m, p->n, p->k, *(const double *)p->alpha, a, b, *(const double *)p->beta,
                       (double *)(void *)p->c, p->ldc, p->lower ? p->diagonal : p->n);
}
#endif

/* False where the own kernel cannot take it. */
static bool multiply_by_own_kernel(const product *p) {
#if FM_HAVE_V4
    if (!p->own) return false;
    return p->kind == F32 ? multiply_f32(p) : multiply_f64(p);
#else
    (void)p;
    return false;
#endif
}

static bool fits_library(const product *p) {
    return p->m <= INT_MAX && p->n <= INT_MAX && p->k <= INT_MAX && p->lda <= INT_MAX &&
           p->ldb <= INT_MAX && p->ldc <= INT_MAX;
}

static void apply_tail(const product *p) {
    FM_ISA_CHOOSE(fm_apply_tail)(p->m, p->n, (float *)(void *)p->c, p->ldc, p->tail);
}

static void multiply(const product *p) {
    if (p->k == 0 || is_zero(p->kind, p->alpha)) {
        scale(p, p->beta);
    } else if (!multiply_by_own_kernel(p)) {
        const fm_blas *blas = fm_blas_open();
        if (!blas->found || !fits_library(p)) {
            multiply_plainly(p);
        } else if (!multiply_as_vector(p, &blas->call)) {
            multiply_by_library(p, &blas->call);
        }
    }
    if (p->tail) apply_tail(p);
}

static int64_t cut(int64_t n, int64_t parts, int64_t grain, int64_t i) {
    int64_t units = (n + grain - 1) / grain;
    return min64(n, (units / parts * i + min64(i, units % parts)) * grain);
}

/* The product of one cell: the rows of op(A) and the columns of op(B) that it needs. */
static void multiply_cell(const product *whole, int64_t cell) {
    int64_t size = bytes_of(whole->kind);
    int64_t i = cell / whole->grid_n;
    int64_t j = cell % whole->grid_n;
    int64_t top = cut(whole->m, whole->grid_m, ROW_GRAIN, i);
    int64_t left = cut(whole->n, whole->grid_n, COLUMN_GRAIN, j);
    product p = *whole;
    fm_gemm_tail tail;
    p.m = cut(whole->m, whole->grid_m, ROW_GRAIN, i + 1) - top;
    p.n = cut(whole->n, whole->grid_n, COLUMN_GRAIN, j + 1) - left;
    if (p.m == 0 || p.n == 0) return;
    p.a += size * top * (p.ta == FM_TRANS_NO ? p.lda : 1);
    p.b += size * left * (p.tb == FM_TRANS_NO ? 1 : p.ldb);
    p.c += size * (top * p.ldc + left);
    if (p.tail) {
        tail = *p.tail;
        if (tail.bias) tail.bias += left;
        if (tail.mask) tail.mask += top * tail.ld_mask + left;
        p.tail = &tail;
    }
    multiply(&p);
}

static void multiply_cells(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    for (int64_t i = begin; i < end; ++i) multiply_cell(arg, i);
}

/* Rows first: a row-major C then falls into blocks of whole rows, which measured faster than
 * columns with OpenBLAS at every shape of a training step; the own kernel packs B and gains when
 * each lane packs a part of a wide one. The other direction takes the lanes that the first cannot
 * feed. */
static void choose_grid(product *p, int64_t lanes) {
    int64_t down = max64(1, p->m / LEAST_ROWS);
    int64_t across = max64(1, p->n / LEAST_COLUMNS);
    bool columns_first = p->own && p->n > 2 * p->m;
    p->grid_m = 1;
    p->grid_n = 1;
    for (int64_t first = min64(lanes, columns_first ? across : down); first >= 1; --first) {
        int64_t second = min64(lanes / first, columns_first ? down : across);
        if (first * second <= p->grid_m * p->grid_n) continue;
        p->grid_m = columns_first ? second : first;
        p->grid_n = columns_first ? first : second;
    }
}

static void run(fm_pool *pool, product *p) {
    if (p->m <= 0 || p->n <= 0) return;
    double work = (double)p->m * (double)p->n * (double)p->k;
    p->own = suits_own_kernel(p);
    if (!pool || work < alone_below) {
        multiply(p);
        return;
    }
    choose_grid(p, fm_pool_lanes(pool));
    fm_pool_run(pool, multiply_cells, p, p->grid_m * p->grid_n, 1);
}

void fm_gemm_tail_f32(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                      float alpha, const float *a, int64_t lda, const float *b, int64_t ldb,
                      float beta, float *c, int64_t ldc, const fm_gemm_tail *tail) {
    product p = {
        F32, ta,    tb,        m,   n,    k, &alpha, (const char *)a, lda,   (const char *)b,
        ldb, &beta, (char *)c, ldc, tail, 1, 1,      false,           false, 0};
    run(pool, &p);
}

void fm_gemm_f32(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                 float alpha, const float *a, int64_t lda, const float *b, int64_t ldb, float beta,
                 float *c, int64_t ldc) {
    fm_gemm_tail_f32(pool, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, NULL);
}

void fm_gemm_bias_f32(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                      const float *a, int64_t lda, const float *b, int64_t ldb, const float *bias,
                      bool relu, float *c, int64_t ldc) {
    fm_gemm_tail tail = {.bias = bias, .relu = relu};
    fm_gemm_tail_f32(pool, ta, tb, m, n, k, 1, a, lda, b, ldb, 0, c, ldc, &tail);
}

void fm_gemm_f64(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                 double alpha, const double *a, int64_t lda, const double *b, int64_t ldb,
                 double beta, double *c, int64_t ldc) {
    product p = {
        F64, ta,    tb,        m,   n,    k, &alpha, (const char *)a, lda,   (const char *)b,
        ldb, &beta, (char *)c, ldc, NULL, 1, 1,      false,           false, 0};
    run(pool, &p);
}

void fm_gemm_c64(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                 const float alpha[2], const void *a, int64_t lda, const void *b, int64_t ldb,
                 const float beta[2], void *c, int64_t ldc) {
    product p = {C64, ta,   tb, m,   n,    k, alpha, a,     lda,   b,
                 ldb, beta, c,  ldc, NULL, 1, 1,     false, false, 0};
    run(pool, &p);
}

void fm_gemm_c128(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                  const double alpha[2], const void *a, int64_t lda, const void *b, int64_t ldb,
                  const double beta[2], void *c, int64_t ldc) {
    product p = {C128, ta,   tb, m,   n,    k, alpha, a,     lda,   b,
                 ldb,  beta, c,  ldc, NULL, 1, 1,     false, false, 0};
    run(pool, &p);
}

/* The first row of a part of the lower triangle: parts have nearly the same area. */
static int64_t lower_cut(int64_t n, int64_t parts, int64_t i) {
    int64_t row = (int64_t)((double)n * sqrt((double)i / (double)parts));
    return i == parts ? n : row / ROW_GRAIN * ROW_GRAIN;
}

static void multiply_lower(void *arg, int64_t begin, int64_t end, int lane) {
    const product *whole = arg;
    (void)lane;
    for (int64_t i = begin; i < end; ++i) {
        product p = *whole;
        int64_t top = lower_cut(p.n, whole->grid_m, i), size = bytes_of(p.kind);
        p.n = lower_cut(p.n, whole->grid_m, i + 1);
        p.m = p.n - top;
        p.diagonal = top;
        p.a += size * top * (p.ta == FM_TRANS_NO ? p.lda : 1);
        p.c += size * top * p.ldc;
        multiply(&p);
    }
}

bool fm_gemm_lower(fm_pool *pool, bool is_double, fm_trans ta, fm_trans tb, int64_t n, int64_t k,
                   const void *a, int64_t lda, const void *b, int64_t ldb, void *c, int64_t ldc) {
    static const float one = 1, zero = 0;
    static const double one2 = 1, zero2 = 0;
    product p = {.kind = is_double ? F64 : F32,
                 .ta = ta,
                 .tb = tb,
                 .m = n,
                 .n = n,
                 .k = k,
                 .alpha = is_double ? (const void *)&one2 : (const void *)&one,
                 .a = a,
                 .lda = lda,
                 .b = b,
                 .ldb = ldb,
                 .beta = is_double ? (const void *)&zero2 : (const void *)&zero,
                 .c = c,
                 .ldc = ldc,
                 .grid_m = 1,
                 .lower = true};
    p.own = suits_own_kernel(&p);
    if (!p.own) return false;
    if (pool) p.grid_m = max64(1, min64(fm_pool_lanes(pool), n / (2 * LEAST_ROWS)));
    if (p.grid_m > 1)
        fm_pool_run(pool, multiply_lower, &p, p.grid_m, 1);
    else
        multiply_lower(&p, 0, 1, 0);
    return true;
}

bool fm_gemm_has_lower(bool is_double, int64_t n, int64_t k) {
    product p = {.kind = is_double ? F64 : F32, .m = n, .n = n, .k = k};
    return suits_own_kernel(&p);
}
