/* The own float32 and float64 products for CPUs with AVX-512. */
#ifndef FM_CPU_GEMM_V4_H
#define FM_CPU_GEMM_V4_H

#include <stdbool.h>
#include <stdint.h>

/* A matrix seen through two strides, in elements; one of them is 1. */
typedef struct fm_sview {
    const float *at;
    int64_t row, column;
} fm_sview;

typedef struct fm_dview {
    const double *at;
    int64_t row, column;
} fm_dview;

/* C = alpha A B + beta C in the calling thread, A (m, k), B (k, n), C (m, n) with rows ldc apart;
 * m, n, k at least 1; with beta 0, C is not read. Elements beyond column i + diagonal of a row i
 * are not needed (diagonal n: all are): their tiles are left out. False, with nothing done, when
 * the thread's packing buffer cannot be had. Only where fm_cpu_detect() says FM_ISA_V4. Each
 * element's sum depends on k alone, not on m and n. */
bool fm_sgemm_v4(int64_t m, int64_t n, int64_t k, float alpha, fm_sview a, fm_sview b, float beta,
                 float *c, int64_t ldc, int64_t diagonal);
bool fm_dgemm_v4(int64_t m, int64_t n, int64_t k, double alpha, fm_dview a, fm_dview b, double beta,
                 double *c, int64_t ldc, int64_t diagonal);

#endif
