/* A stable sort of numbered keys, which threads of a block do together: CUB's on a device, one
 * thread's on the fake one. */
#ifndef FM_CUDA_SEAM_PAIRS_H
#define FM_CUDA_SEAM_PAIRS_H

#include "launch.h"

#ifdef FM_EMULATE
#include <algorithm>
#else
#include <cub/device/device_radix_sort.cuh>
#endif

/* keys[0], values[0] become keys[1], values[1] by rising keys, of which only the low `bits` are
 * looked at. With room NULL only *bytes is set, to the scratch memory that it takes. */
#ifdef FM_EMULATE
FM_KERNEL void fm_pairs_serial(const uint64_t *keys_in, uint64_t *keys_out,
                               const int64_t *values_in, int64_t *values_out, int64_t n) {
    if (fm_thread() != 0) return;
    for (int64_t i = 0; i < n; ++i) values_out[i] = i;
    std::sort(values_out, values_out + n, [=](int64_t a, int64_t b) {
        return keys_in[a] != keys_in[b] ? keys_in[a] < keys_in[b] : a < b;
    });
    for (int64_t i = 0; i < n; ++i) {
        keys_out[i] = keys_in[values_out[i]];
        values_out[i] = values_in[values_out[i]];
    }
}

inline cu_error fm_sort_pairs(void *room, size_t *bytes, uint64_t *const *keys,
                              int64_t *const *values, int64_t n, int bits, cu_stream stream) {
    const fm_geometry single = {{1, 1, 1}, {1, 1, 1}};
    (void)bits;
    *bytes = 1;
    if (!room) return CU_SUCCESS;
    return fm_launch(fm_pairs_serial, single, stream, keys[0], keys[1], values[0], values[1], n);
}
#else
inline cu_error fm_sort_pairs(void *room, size_t *bytes, uint64_t *const *keys,
                              int64_t *const *values, int64_t n, int bits, cu_stream stream) {
    return static_cast<cu_error>(
        cub::DeviceRadixSort::SortPairs(room, *bytes, keys[0], keys[1], values[0], values[1], n, 0,
                                        bits, reinterpret_cast<cudaStream_t>(stream)));
}
#endif

#endif
