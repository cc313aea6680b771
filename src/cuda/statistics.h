/* The tables of the kernels of statistics, by the dtype in which elements are read. */
#ifndef FM_CUDA_STATISTICS_H
#define FM_CUDA_STATISTICS_H

#include "reduce.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Of float32, float64, complex64 and complex128, in this order. */
enum { CU_STATISTIC_DTYPES = 4 };
extern const cu_reduce_kernel cu_statistic_sum[CU_STATISTIC_DTYPES];
extern const cu_reduce_kernel cu_statistic_prod[CU_STATISTIC_DTYPES];
extern const cu_reduce_kernel cu_statistic_best[CU_STATISTIC_DTYPES];
extern const cu_reduce_kernel cu_statistic_spread[CU_STATISTIC_DTYPES];
extern const cu_reduce_kernel cu_statistic_count; /* of bool */

#ifdef __cplusplus
}
#endif
#endif
