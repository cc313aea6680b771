/* Kernels of signals: correlations, series, polynomials, interpolation. */
#ifndef FM_CUDA_SIGNAL_KERNEL_H
#define FM_CUDA_SIGNAL_KERNEL_H

#include "vendor.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* out[i] = sum over k < m of a[i + first + k] * w[k], for the a that are there; with `reversed`
 * w[m - 1 - k]; conjugated 1: of a, 2: of w. The result runs backwards with `backwards`. */
typedef struct cu_correlate_args {
    const void *a, *w;
    void *out;
    int64_t n, m, count, first;
    int reversed, conjugated, backwards;
} cu_correlate_args;

typedef cu_error (*cu_correlate_launch)(const cu_correlate_args *args, int processors,
                                        cu_stream stream);
/* out[i] = Horner's rule over np coefficients at x[i]. */
typedef cu_error (*cu_polyval_launch)(const void *p, int64_t np, const void *x, int64_t n,
                                      void *out, int processors, cu_stream stream);

/* By fm_dtype; NULL for halves. */
extern const cu_correlate_launch cu_correlate[FM_DTYPE_COUNT];
extern const cu_polyval_launch cu_polyval[FM_DTYPE_COUNT];

cu_error cu_series(int id, double a, double b, int64_t n, double *out, int processors,
                   cu_stream stream);

/* scalar/wrap.h; float or double */
cu_error cu_wrap(const void *steps, int single, int64_t n, double period, double least, void *out,
                 int processors, cu_stream stream);

/* left and right are one element each, or NULL: the values at the ends. */
cu_error cu_interp(const double *x, int64_t n, const double *xp, const void *fp, int64_t np,
                   int is_complex, const void *left, const void *right, void *out, int processors,
                   cu_stream stream);

#ifdef __cplusplus
}
#endif
#endif
