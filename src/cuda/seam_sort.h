/* Sorts of unsigned keys, with and without places that move with them: CUB's radix sort for one
 * line and its segmented sort for several. On the fake device one thread sorts each line. */
#ifndef FM_CUDA_SEAM_SORT_H
#define FM_CUDA_SEAM_SORT_H

#include "launch.h"
#include "sort.h"

#ifdef FM_EMULATE

#include <algorithm>
#include <utility>
#include <vector>

template <typename K> FM_KERNEL void fm_serial_sort(cu_sort_call call) {
    const K *in = static_cast<const K *>(call.keys_in);
    K *out = static_cast<K *>(call.keys_out);
    for (int64_t line = fm_thread(); line < call.lines; line += fm_threads()) {
        const int64_t at = line * call.n;
        if (call.places_in == nullptr) {
            std::copy(in + at, in + at + call.n, out + at);
            std::sort(out + at, out + at + call.n);
            continue;
        }
        std::vector<std::pair<K, int64_t>> pairs(static_cast<size_t>(call.n));
        for (size_t i = 0; i < pairs.size(); i++)
            pairs[i] = {in[at + static_cast<int64_t>(i)],
                        call.places_in[at + static_cast<int64_t>(i)]};
        std::stable_sort(pairs.begin(), pairs.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
        for (size_t i = 0; i < pairs.size(); i++) {
            out[at + static_cast<int64_t>(i)] = pairs[i].first;
            call.places_out[at + static_cast<int64_t>(i)] = pairs[i].second;
        }
    }
}

template <typename K> inline cu_error fm_sort_measure(int64_t, int64_t, int, size_t *bytes) {
    *bytes = 0;
    return CU_SUCCESS;
}

template <typename K> inline cu_error fm_sort_run(const cu_sort_call *call, cu_stream stream) {
    return fm_launch(fm_serial_sort<K>, fm_cover(call->lines, 1, 1), stream, *call);
}

#else

#include <cub/device/device_radix_sort.cuh>
#include <cub/device/device_segmented_sort.cuh>

#include <cstddef>
#include <iterator>

/* Where each line begins. */
struct fm_line_begin {
    typedef std::random_access_iterator_tag iterator_category;
    typedef int64_t value_type;
    typedef std::ptrdiff_t difference_type;
    typedef const int64_t *pointer;
    typedef int64_t reference;
    int64_t line, n;
    __host__ __device__ int64_t operator*() const { return line * n; }
    __host__ __device__ int64_t operator[](std::ptrdiff_t i) const { return (line + i) * n; }
    __host__ __device__ fm_line_begin operator+(std::ptrdiff_t i) const { return {line + i, n}; }
};

template <typename K>
inline cu_error fm_sort_call(const cu_sort_call *c, size_t *bytes, cudaStream_t stream) {
    const K *keys = static_cast<const K *>(c->keys_in);
    K *sorted = static_cast<K *>(c->keys_out);
    const fm_line_begin begin = {0, c->n}, end = {1, c->n};
    const int64_t all = c->lines * c->n;
    const int bits = static_cast<int>(8 * sizeof(K));
    cudaError_t code;
    if (c->lines == 1 && c->places_out == nullptr)
        code = cub::DeviceRadixSort::SortKeys(c->temp, *bytes, keys, sorted, all, 0, bits, stream);
    else if (c->lines == 1)
        code = cub::DeviceRadixSort::SortPairs(c->temp, *bytes, keys, sorted, c->places_in,
                                               c->places_out, all, 0, bits, stream);
    else if (c->places_out == nullptr)
        code = cub::DeviceSegmentedSort::StableSortKeys(c->temp, *bytes, keys, sorted, all,
                                                        c->lines, begin, end, stream);
    else
        code = cub::DeviceSegmentedSort::StableSortPairs(c->temp, *bytes, keys, sorted,
                                                         c->places_in, c->places_out, all, c->lines,
                                                         begin, end, stream);
    return static_cast<cu_error>(code);
}

template <typename K>
inline cu_error fm_sort_measure(int64_t lines, int64_t n, int with_places, size_t *bytes) {
    /* Without a block nothing is read: the addresses only choose the kind of sort. */
    int64_t any = 0;
    cu_sort_call call = {};
    call.lines = lines;
    call.n = n;
    call.places_out = with_places ? &any : nullptr;
    *bytes = 0;
    return fm_sort_call<K>(&call, bytes, nullptr);
}

template <typename K> inline cu_error fm_sort_run(const cu_sort_call *call, cu_stream stream) {
    size_t bytes = call->temp_bytes;
    return fm_sort_call<K>(call, &bytes, reinterpret_cast<cudaStream_t>(stream));
}

#endif
#endif
