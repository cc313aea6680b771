/* Matrix products, row-major, split over the thread pool. */
#ifndef FM_CPU_GEMM_H
#define FM_CPU_GEMM_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/pool.h"

typedef enum fm_trans { FM_TRANS_NO, FM_TRANS_YES, FM_TRANS_CONJ } fm_trans;

/* C = alpha op(A) op(B) + beta C with op(A) of shape (m, k), op(B) (k, n), C (m, n). The leading
 * dimension of a matrix is the distance of its rows as stored, in elements, at least its number of
 * columns. With beta 0, C is not read. C overlaps neither A nor B. Sizes of 0 are allowed. With a
 * pool of NULL, or a small product, the calling thread works alone. Each sum runs over k in an
 * order that does not depend on timing. Complex elements and factors are pairs, real part first. */
void fm_gemm_f32(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                 float alpha, const float *a, int64_t lda, const float *b, int64_t ldb, float beta,
                 float *c, int64_t ldc);
void fm_gemm_f64(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                 double alpha, const double *a, int64_t lda, const double *b, int64_t ldb,
                 double beta, double *c, int64_t ldc);
void fm_gemm_c64(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                 const float alpha[2], const void *a, int64_t lda, const void *b, int64_t ldb,
                 const float beta[2], void *c, int64_t ldc);
void fm_gemm_c128(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                  const double alpha[2], const void *a, int64_t lda, const void *b, int64_t ldb,
                  const double beta[2], void *c, int64_t ldc);

/* Elements (i, j), j <= i, of C = op(A) op(B) of shape (n, n), by tiles; those above the diagonal
 * may be written too. False, with nothing done, where no own kernel takes it: has_lower says so
 * before. */
bool fm_gemm_lower(fm_pool *pool, bool is_double, fm_trans ta, fm_trans tb, int64_t n, int64_t k,
                   const void *a, int64_t lda, const void *b, int64_t ldb, void *c, int64_t ldc);
bool fm_gemm_has_lower(bool is_double, int64_t n, int64_t k);

/* What is done to each element of C right after its product, while it is in the cache, in this
 * order. Zero-initialised: nothing. */
typedef struct fm_gemm_tail {
    const float *bias; /* n values, added to each row; NULL: none */
    bool relu;         /* negative values become 0; NaN stays */
    const float *mask; /* (m, n), rows ld_mask apart: 0 wherever mask <= 0; NULL: none */
    int64_t ld_mask;
} fm_gemm_tail;

/* fm_gemm_f32, then the tail: a linear layer with bias and relu forward, or with the mask the
 * gradient through the relu before it. A weight's gradient with its SGD update folded in is
 * fm_gemm_f32(ta = YES, alpha = -rate, A = inputs, B = output gradients, beta = 1, C = weights). */
void fm_gemm_tail_f32(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                      float alpha, const float *a, int64_t lda, const float *b, int64_t ldb,
                      float beta, float *c, int64_t ldc, const fm_gemm_tail *tail);

/* C = op(A) op(B) + bias, with relu if asked. */
void fm_gemm_bias_f32(fm_pool *pool, fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k,
                      const float *a, int64_t lda, const float *b, int64_t ldb, const float *bias,
                      bool relu, float *c, int64_t ldc);

#endif
