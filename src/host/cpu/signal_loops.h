/* Loops over signals, compiled for each instruction level. */
#ifndef FM_CPU_SIGNAL_LOOPS_H
#define FM_CPU_SIGNAL_LOOPS_H

#include "cpu/isa.h"

#include <flopmeter/dtype.h>
#include <stdint.h>

/* out[i] for begin <= i < end: the sum over k < m of a[i + first + k] * w[k], without the a that
   are not there. out points to element begin. Complex a and w are their real parts, then their
   imaginary parts. */
typedef void (*fm_correlate_fn)(const void *a, int64_t n, const void *w, int64_t m, int64_t first,
                                int64_t begin, int64_t end, void *out);

/* out[i] = Horner's rule over np coefficients at x[i]. */
typedef void (*fm_polyval_fn)(const void *p, int64_t np, const void *x, int64_t n, void *out);

typedef struct fm_signal_table {
    fm_correlate_fn correlate[FM_DTYPE_COUNT]; /* NULL for halves */
    fm_polyval_fn polyval[FM_DTYPE_COUNT];     /* NULL for halves */
    /* Elements begin to end of a series. */
    void (*series)(int id, double a, double b, int64_t begin, int64_t end, double *out);
    /* n complex numbers apart into real and imaginary parts, these times sign; float or double. */
    void (*part)(int64_t n, int single, const void *x, double sign, void *re, void *im);
    void (*interp)(int64_t n, const double *x, const double *xp, const void *fp, int64_t np,
                   int is_complex, const void *left, const void *right, void *out);
    /* scalar/wrap.h; float or double */
    void (*wrap)(int64_t n, int single, const void *steps, double period, double least, void *out);
} fm_signal_table;

#define FM_SIGNAL_DECLARE(isa) extern const fm_signal_table fm_signal_##isa;
FM_ISA_DECLARE(FM_SIGNAL_DECLARE)
#undef FM_SIGNAL_DECLARE

#endif
