/* Selections by a mask in order, which threads of a block do together: CUB's on a device, one
 * thread after the other on the fake one. */
#ifndef FM_CUDA_SEAM_SELECT_H
#define FM_CUDA_SEAM_SELECT_H

#include "launch.h"

#ifndef FM_EMULATE
#include <cub/device/device_select.cuh>
#include <thrust/iterator/counting_iterator.h>
#endif

/* With room NULL only *bytes is set, to the scratch memory that it takes. */
#ifdef FM_EMULATE
template <typename T>
FM_KERNEL void fm_select_serial(const T *in, const uint8_t *mask, int64_t n, T *out,
                                int64_t *count) {
    if (fm_thread() != 0) return;
    int64_t kept = 0;
    for (int64_t i = 0; i < n; ++i) {
        if (!mask[i]) continue;
        out[kept++] = in ? in[i] : T();
    }
    *count = kept;
}

FM_KERNEL void fm_places_serial(const uint8_t *mask, int64_t n, int64_t *out, int64_t *count) {
    if (fm_thread() != 0) return;
    int64_t kept = 0;
    for (int64_t i = 0; i < n; ++i)
        if (mask[i]) out[kept++] = i;
    *count = kept;
}

static const fm_geometry fm_single = {{1, 1, 1}, {1, 1, 1}};

template <typename T>
inline cu_error fm_select(void *room, size_t *bytes, const T *in, const uint8_t *mask, int64_t n,
                          T *out, int64_t *count, cu_stream stream) {
    *bytes = 1;
    if (!room) return CU_SUCCESS;
    return fm_launch(fm_select_serial<T>, fm_single, stream, in, mask, n, out, count);
}

inline cu_error fm_select_places(void *room, size_t *bytes, const uint8_t *mask, int64_t n,
                                 int64_t *out, int64_t *count, cu_stream stream) {
    *bytes = 1;
    if (!room) return CU_SUCCESS;
    return fm_launch(fm_places_serial, fm_single, stream, mask, n, out, count);
}
#else
template <typename T>
inline cu_error fm_select(void *room, size_t *bytes, const T *in, const uint8_t *mask, int64_t n,
                          T *out, int64_t *count, cu_stream stream) {
    return static_cast<cu_error>(cub::DeviceSelect::Flagged(
        room, *bytes, in, mask, out, count, n, reinterpret_cast<cudaStream_t>(stream)));
}

inline cu_error fm_select_places(void *room, size_t *bytes, const uint8_t *mask, int64_t n,
                                 int64_t *out, int64_t *count, cu_stream stream) {
    return static_cast<cu_error>(
        cub::DeviceSelect::Flagged(room, *bytes, thrust::counting_iterator<int64_t>(0), mask, out,
                                   count, n, reinterpret_cast<cudaStream_t>(stream)));
}
#endif

#endif
