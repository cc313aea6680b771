/* Kernels of creation; one thread makes one element at a time. */
#include "fill_kernel.h"
#include "launch.h"

namespace {

#define DEFINE(suffix, dtype, type)                                                                \
    FM_KERNEL void arange_##suffix(type *out, fm_arange a, int64_t n, int64_t stride) {            \
        for (int64_t i = fm_thread(); i < n; i += fm_threads())                                    \
            out[i * stride] = fm_arange_##suffix(a, i);                                            \
    }                                                                                              \
    FM_KERNEL void eye_##suffix(type *out, int64_t size, int64_t columns, int64_t row_stride,      \
                                int64_t stride, int64_t k, int below) {                            \
        for (int64_t i = fm_thread(); i < size; i += fm_threads()) {                               \
            const int64_t row = i / columns, column = i % columns, away = column - row;            \
            out[row * row_stride + column * stride] =                                              \
                fm_b8_to_##suffix(static_cast<uint8_t>(below ? away <= k : away == k));            \
        }                                                                                          \
    }                                                                                              \
    cu_error launch_arange_##suffix(void *out, fm_arange a, int64_t n, int64_t stride,             \
                                    int processors, cu_stream stream) {                            \
        return fm_launch(arange_##suffix, fm_cover(n, 1, processors), stream,                      \
                         static_cast<type *>(out), a, n, stride);                                  \
    }                                                                                              \
    cu_error launch_eye_##suffix(void *out, int64_t rows, int64_t columns, int64_t row_stride,     \
                                 int64_t stride, int64_t k, int below, int processors,             \
                                 cu_stream stream) {                                               \
        return fm_launch(eye_##suffix, fm_cover(rows * columns, 1, processors), stream,            \
                         static_cast<type *>(out), rows * columns, columns, row_stride, stride, k, \
                         below);                                                                   \
    }
FM_EACH_DTYPE(DEFINE)

} // namespace

#define ENTRY(suffix, dtype, type) {launch_arange_##suffix, launch_eye_##suffix},
const cu_fill_kernel cu_fill[FM_DTYPE_COUNT] = {{nullptr, nullptr}, FM_EACH_DTYPE(ENTRY)};
