/* Running reductions along lines that lie side by side: CUB's scan for one line, by line number for
 * several. On the fake device one thread walks each line. */
#ifndef FM_CUDA_SEAM_SCAN_H
#define FM_CUDA_SEAM_SCAN_H

#include "launch.h"
#include "scan.h"

/* OP is a function object over OP::A, to which elements of T convert; OP::T is stored. */
template <typename OP> FM_KERNEL void fm_scan_walk(cu_scan_args s) {
    const typename OP::T *in = static_cast<const typename OP::T *>(s.in);
    typename OP::T *out = static_cast<typename OP::T *>(s.out);
    for (int64_t line = fm_thread(); line < s.lines * s.inner; line += fm_threads()) {
        int64_t at = line / s.inner * s.n * s.inner + line % s.inner;
        typename OP::A sum = OP::wide(in[at]);
        out[at] = OP::narrow(sum);
        for (int64_t i = 1; i < s.n; i++) {
            at += s.inner;
            sum = OP()(sum, OP::wide(in[at]));
            out[at] = OP::narrow(sum);
        }
    }
}

template <typename OP>
inline cu_error fm_scan_by_walk(const cu_scan_args *args, int processors, cu_stream stream) {
    if (!args->lines || !args->inner || !args->n) return CU_SUCCESS;
    return fm_launch(fm_scan_walk<OP>, fm_cover(args->lines * args->inner, 1, processors), stream,
                     *args);
}

#ifdef FM_EMULATE

template <typename OP> inline cu_error fm_scan_measure(int64_t, int64_t, size_t *bytes) {
    *bytes = 0;
    return CU_SUCCESS;
}

template <typename OP>
inline cu_error fm_scan_run(const cu_scan_args *args, int processors, cu_stream stream) {
    return fm_scan_by_walk<OP>(args, processors, stream);
}

#else

#include <cub/device/device_scan.cuh>

#include <cstddef>
#include <iterator>

/* The number of the line of each element. */
struct fm_line_number {
    typedef std::random_access_iterator_tag iterator_category;
    typedef int64_t value_type;
    typedef std::ptrdiff_t difference_type;
    typedef const int64_t *pointer;
    typedef int64_t reference;
    int64_t at, n;
    __host__ __device__ int64_t operator*() const { return at / n; }
    __host__ __device__ int64_t operator[](std::ptrdiff_t i) const { return (at + i) / n; }
    __host__ __device__ fm_line_number operator+(std::ptrdiff_t i) const { return {at + i, n}; }
};

template <typename OP>
inline cu_error fm_scan_call(const cu_scan_args *s, size_t *bytes, cudaStream_t stream) {
    const typename OP::T *in = static_cast<const typename OP::T *>(s->in);
    typename OP::T *out = static_cast<typename OP::T *>(s->out);
    const int64_t all = s->lines * s->n;
    cudaError_t code;
    if (s->lines == 1)
        code = cub::DeviceScan::InclusiveScan(s->temp, *bytes, in, out, OP(), all, stream);
    else
        code =
            cub::DeviceScan::InclusiveScanByKey(s->temp, *bytes, fm_line_number{0, s->n}, in, out,
                                                OP(), all, ::cuda::std::equal_to<>(), stream);
    return static_cast<cu_error>(code);
}

template <typename OP> inline cu_error fm_scan_measure(int64_t lines, int64_t n, size_t *bytes) {
    cu_scan_args args = {};
    args.lines = lines;
    args.n = n;
    *bytes = 0;
    return fm_scan_call<OP>(&args, bytes, nullptr);
}

template <typename OP>
inline cu_error fm_scan_run(const cu_scan_args *args, int processors, cu_stream stream) {
    size_t bytes = args->temp_bytes;
    (void)processors;
    return fm_scan_call<OP>(args, &bytes, reinterpret_cast<cudaStream_t>(stream));
}

#endif
#endif
