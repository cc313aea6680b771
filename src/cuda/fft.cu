/* Kernels beside cuFFT; one thread treats one number or one line at a time. */
#include "fft_kernel.h"
#include "launch.h"

namespace {

template <typename T> FM_KERNEL void scale(T *x, int64_t n, T even, T odd) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) x[i] *= i % 2 ? odd : even;
}

template <typename T> FM_KERNEL void make_real(T *x, int64_t lines, int64_t length, int last) {
    for (int64_t i = fm_thread(); i < lines; i += fm_threads()) {
        x[2 * i * length + 1] = 0;
        if (last) x[2 * (i * length + length - 1) + 1] = 0;
    }
}

} // namespace

cu_error cu_fft_scale(void *x, int single, int64_t n, double even, double odd, int processors,
                      cu_stream stream) {
    if (single)
        return fm_launch(scale<float>, fm_cover(n, 1, processors), stream, static_cast<float *>(x),
                         n, static_cast<float>(even), static_cast<float>(odd));
    return fm_launch(scale<double>, fm_cover(n, 1, processors), stream, static_cast<double *>(x), n,
                     even, odd);
}

cu_error cu_fft_make_real(void *x, int single, int64_t lines, int64_t length, int last,
                          int processors, cu_stream stream) {
    if (single)
        return fm_launch(make_real<float>, fm_cover(lines, 1, processors), stream,
                         static_cast<float *>(x), lines, length, last);
    return fm_launch(make_real<double>, fm_cover(lines, 1, processors), stream,
                     static_cast<double *>(x), lines, length, last);
}
