/* Matrix products in plain C, for machines without a BLAS library and sizes beyond its integers. */
#ifndef FM_CPU_GEMM_PLAIN_H
#define FM_CPU_GEMM_PLAIN_H

#include <stdint.h>

#include "cpu/gemm.h"

/* C *= beta on an (m, n) block; beta 0 writes zeros without reading. */
void fm_scale_f32(int64_t m, int64_t n, const float *beta, float *c, int64_t ldc);
void fm_scale_f64(int64_t m, int64_t n, const double *beta, double *c, int64_t ldc);
void fm_scale_c64(int64_t m, int64_t n, const float *beta, float *c, int64_t ldc);
void fm_scale_c128(int64_t m, int64_t n, const double *beta, double *c, int64_t ldc);

/* C += alpha op(A) op(B), in the calling thread. */
void fm_plain_f32(fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k, const float *alpha,
                  const float *a, int64_t lda, const float *b, int64_t ldb, float *c, int64_t ldc);
void fm_plain_f64(fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k, const double *alpha,
                  const double *a, int64_t lda, const double *b, int64_t ldb, double *c,
                  int64_t ldc);
void fm_plain_c64(fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k, const float *alpha,
                  const float *a, int64_t lda, const float *b, int64_t ldb, float *c, int64_t ldc);
void fm_plain_c128(fm_trans ta, fm_trans tb, int64_t m, int64_t n, int64_t k, const double *alpha,
                   const double *a, int64_t lda, const double *b, int64_t ldb, double *c,
                   int64_t ldc);

#endif
