/* Transforms of one long line over all cores: in two steps of short ones (Bailey 1990), or, where
   the length has no such factors, as a convolution (Bluestein 1970). */
#ifndef FM_CPU_FFT_LARGE_H
#define FM_CPU_FFT_LARGE_H

#include "cpu/fft_leaf.h"

/* Powers of the root of order n: fine[u] = w^u for u < 2^shift, coarse[t] = w^(t 2^shift). */
typedef struct fm_fft_roots {
    int64_t n;
    int shift;
    void *fine, *coarse;
} fm_fft_roots;

fm_status fm_fft_roots_plan(fm_fft_roots *roots, int64_t n, int sign, bool single);
void fm_fft_roots_free(fm_fft_roots *roots);

typedef struct fm_fft_large {
    int64_t n;
    int sign;
    bool single;
    const fm_fft_loops *loops;
    int64_t n1, n2; /* the two steps */
    fm_fft_leaf first, second;
    fm_fft_roots roots;
    struct fm_fft_large *inner; /* the convolution's transform, of n2 points; n1 is 0 */
    void *chirp, *kernel;
    size_t work;    /* bytes of scratch for all, aligned to 64 */
    size_t scratch; /* bytes of scratch a lane */
} fm_fft_large;

enum { FM_FFT_LARGE = 16384 /* points above which a line is cut */ };

/* A complex transform of n points. */
fm_status fm_fft_large_plan(fm_fft_large *large, int64_t n, int sign, bool single);
void fm_fft_large_free(fm_fft_large *large);

/* One line of `count` points, then zeros, from a place into a place of which out_count points are
   written, times scale. The places do not overlap. scratch: of all lanes. */
void fm_fft_large_run(const fm_fft_large *large, const fm_fft_place *from, int64_t count,
                      double scale, const fm_fft_place *to, int64_t out_count, void *work,
                      void *scratch);

#endif
