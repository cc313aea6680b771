/* The library of Fourier transforms, opened at run time by FFTW's interface, which others offer
   too. */
#ifndef FM_CPU_FFT_LIBRARY_H
#define FM_CPU_FFT_LIBRARY_H

#include <stdbool.h>

/* FFTW's own numbers. */
enum { FM_FFTW_DESTROY_INPUT = 1, FM_FFTW_ESTIMATE = 64 };

/* The functions of one precision; element pointers are untyped. */
typedef struct fm_fftw {
    bool found;
    void *(*many_c2c)(int rank, const int *n, int howmany, void *in, const int *in_embed,
                      int in_stride, int in_dist, void *out, const int *out_embed, int out_stride,
                      int out_dist, int sign, unsigned flags);
    void *(*many_r2c)(int rank, const int *n, int howmany, void *in, const int *in_embed,
                      int in_stride, int in_dist, void *out, const int *out_embed, int out_stride,
                      int out_dist, unsigned flags);
    void *(*many_c2r)(int rank, const int *n, int howmany, void *in, const int *in_embed,
                      int in_stride, int in_dist, void *out, const int *out_embed, int out_stride,
                      int out_dist, unsigned flags);
    void (*run_c2c)(void *plan, void *in, void *out);
    void (*run_r2c)(void *plan, void *in, void *out);
    void (*run_c2r)(void *plan, void *in, void *out);
    void (*destroy)(void *plan);
} fm_fftw;

/* The functions for float32 (single) or float64. Opened at the first call: FLOPMETER_FFT_LIBRARY if
   set ("none": no library), else libfftw3.so.3 and libfftw3f.so.3. Never NULL, thread safe, stays
   open; found is false where there is no library. */
const fm_fftw *fm_fftw_open(bool single);

/* The planner is not thread safe: plans are made and destroyed between these. */
void fm_fftw_lock(void);
void fm_fftw_unlock(void);

#endif
