/* Kernels beside cuFFT: scaling, and the imaginary parts that count as 0. */
#ifndef FM_CUDA_FFT_KERNEL_H
#define FM_CUDA_FFT_KERNEL_H

#include "vendor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* n numbers at x, float or double: those with even places times even, the others times odd. */
cu_error cu_fft_scale(void *x, int single, int64_t n, double even, double odd, int processors,
                      cu_stream stream);

/* Lines of `length` complex numbers: the imaginary part of the first is made 0, with `last` that of
 * the last too. */
cu_error cu_fft_make_real(void *x, int single, int64_t lines, int64_t length, int last,
                          int processors, cu_stream stream);

#ifdef __cplusplus
}
#endif
#endif
