/* Products of a matrix with its own transpose by cuBLAS's syrk, matrix by matrix of a batch, and
 * the mirror of all of them at once. */
#include "gram.h"
#include "value.h"

/* From where half of the products takes less time than all of them. A library's blocks compute some
 * 128 x 128 elements each: where those of a triangle do not fill the device, the blocks of the
 * whole result would have run beside them. The mirror moves every element about once, which each of
 * its products saved has to pay for. Both are reckoned, not measured. */
enum { BLOCK = 128, LEAST_DEPTH = 256 };

static int fills(int64_t n, int processors) {
    const int64_t side = (n + BLOCK - 1) / BLOCK;
    return side * (side + 1) / 2 >= processors;
}

/* The types of syrk, where nothing but full precision is asked for: modes that lower it are faster
 * than half of the work is. */
static int has_syrk(const cu_product_spec *s) {
    if (s->in != s->out || s->in < FM_FLOAT32) return 0;
    return s->in == FM_FLOAT64 || s->in == FM_COMPLEX128 || s->math == FM_MATH_DEFAULT ||
           s->math == FM_MATH_FLOAT32;
}

int cu_gram_fits(const cu_product_spec *s, int processors) {
    if (!has_syrk(s) || s->conjugate_a || s->conjugate_b || s->bias || s->relu) return 0;
    if (s->m != s->n || s->a.row != s->b.col || s->a.col != s->b.row || s->a.batch != s->b.batch)
        return 0;
    return s->k >= LEAST_DEPTH && fills(s->m, processors);
}

static int type_of(fm_dtype dtype) {
    if (dtype == FM_FLOAT32) return CU_R_32F;
    if (dtype == FM_FLOAT64) return CU_R_64F;
    return dtype == FM_COMPLEX64 ? CU_C_32F : CU_C_64F;
}

/* Column-major above the diagonal is row-major below it. The result is its own transpose, so it
 * does not matter which of its strides is 1. */
fm_status cu_gram_plan(cu_gram *gram, fm_dev *dev, const cu_product_spec *s, const char *name,
                       fm_error *error) {
    const int by_columns = s->a.row == 1;
    const int64_t ld = s->c.col == 1 ? s->c.row : s->c.col;
    *gram = (cu_gram){.syrk = {.type = type_of(s->in),
                               .fill = CU_FILL_UPPER,
                               .op = by_columns ? CU_OP_N : CU_OP_T,
                               .n = s->m,
                               .k = s->k,
                               .lda = by_columns ? s->a.col : s->a.row,
                               .ldc = ld},
                      .dtype = s->in,
                      .batch = s->batch,
                      .stride = s->a.batch,
                      .mirror = {.n = s->m, .ld = ld, .batch = s->batch, .stride = s->c.batch}};
    const cu_error code = cu_blas_open(dev);
    return code ? cu_fail(error, code, name, "opening cuBLAS") : FM_OK;
}

static cu_error run_syrk(const cu_gram *gram, fm_dev *dev, cu_stream stream, const char *a, char *c,
                         void *workspace) {
    static const float one[2] = {1, 0}, zero[2] = {0, 0};
    static const double wide_one[2] = {1, 0}, wide_zero[2] = {0, 0};
    const int wide = gram->dtype == FM_FLOAT64 || gram->dtype == FM_COMPLEX128;
    const int64_t size = (int64_t)cu_dtype_size(gram->dtype);
    cu_syrk syrk = gram->syrk;
    syrk.alpha = wide ? (const void *)wide_one : one;
    syrk.beta = wide ? (const void *)wide_zero : zero;
    cu_error code = cu_blas_lend(dev, stream, workspace);
    for (int64_t i = 0; i < gram->batch && !code; ++i) {
        syrk.a = a + i * gram->stride * size;
        syrk.c = c + i * gram->mirror.stride * size;
        code = cu_api.syrk(dev->blas, &syrk);
    }
    cu_blas_return(dev);
    return code;
}

cu_error cu_gram_run(const cu_gram *gram, fm_dev *dev, cu_stream stream, const void *a, void *c,
                     void *workspace) {
    cu_mirror_args mirror = gram->mirror;
    cu_error code = run_syrk(gram, dev, stream, a, c, workspace);
    if (code) return code;
    mirror.c = c;
    return cu_mirror[gram->dtype](&mirror, dev->info.processors, stream);
}

uint64_t cu_gram_elements(const cu_gram *gram) {
    const uint64_t n = (uint64_t)gram->syrk.n;
    return (uint64_t)gram->batch * n * (n + 1) / 2;
}
