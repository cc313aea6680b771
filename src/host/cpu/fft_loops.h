/* Loops of Fourier transforms over the elements of one precision, compiled for each instruction
   level. R is float or double, C a pair of them. */
#ifndef FM_CPU_FFT_LOOPS_H
#define FM_CPU_FFT_LOOPS_H

#include "cpu/isa.h"

#include <stdbool.h>
#include <stdint.h>

struct fm_dft;

/* What a gather reads and a scatter writes. */
typedef enum fm_fft_form {
    FM_FFT_COMPLEX, /* C */
    FM_FFT_REAL,    /* R: the real part, the imaginary one is 0 */
    FM_FFT_PAIRS    /* two R: real and imaginary part */
} fm_fft_form;

/* n points of each of several lines in memory: point i of line b lies at point * i + line * b, in
   units of C, or of R for the other two forms; the parts of a pair lie `part` apart. */
typedef struct fm_fft_place {
    void *data;
    int64_t point, line, part;
    fm_fft_form form;
    bool past; /* a scatter stores past the caches */
} fm_fft_place;

typedef struct fm_fft_loops {
    /* Packed lines of C, `pitch` apart, from a place; the imaginary parts times `turn` (1 or -1).
     */
    void (*gather)(const fm_fft_place *from, int64_t n, int64_t lines, double turn, void *packed,
                   int64_t pitch);
    /* The reverse, times scale. */
    void (*scatter)(const void *packed, int64_t pitch, int64_t n, int64_t lines, double scale,
                    double turn, const fm_fft_place *to);
    /* The same for lines of R. */
    void (*gather_real)(const fm_fft_place *from, int64_t n, int64_t lines, void *packed,
                        int64_t pitch);
    void (*scatter_real)(const void *packed, int64_t pitch, int64_t n, int64_t lines, double scale,
                         const fm_fft_place *to);
    /* n numbers R times scale. */
    void (*scale)(int64_t n, double scale, void *x);
    /* x[k] *= w^(k * j), w the root of order n of the two tables: fine[u] = w^u for u < 2^shift,
       coarse[t] = w^(t * 2^shift). */
    void (*twiddle)(int64_t count, int64_t j, int64_t n, const void *fine, const void *coarse,
                    int shift, void *x);
    /* Points [begin, end) of the real transform of 2h numbers out of z, h points of the transform
       of their pairs, or back (c2r): into out[0 .. end - begin). The tables are those of order 2h.
     */
    void (*untangle)(int64_t begin, int64_t end, int64_t h, const void *z, const void *fine,
                     const void *coarse, int shift, void *out);
    void (*tangle)(int64_t begin, int64_t end, int64_t h, const void *x, const void *fine,
                   const void *coarse, int shift, void *out);
    /* out[i] = x[i] * y[i] and out[i] = conj(x[i] * y[i]). */
    void (*multiply)(int64_t n, const void *x, const void *y, int conjugate, void *out);
    /* scalar/dft.h */
    void (*dft_fill)(const struct fm_dft *d, void *table, void *work);
    void (*dft_run)(const struct fm_dft *d, const void *table, void *x, void *work);
} fm_fft_loops;

/* [0] double, [1] float */
#define FM_FFT_DECLARE(isa) extern const fm_fft_loops fm_fft_table_##isa[2];
FM_ISA_DECLARE(FM_FFT_DECLARE)
#undef FM_FFT_DECLARE

#endif
