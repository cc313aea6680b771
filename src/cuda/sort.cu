/* Keys of elements, their places, and searches among sorted elements: a thread for each element. */
#include "launch.h"
#include "sort.h"

#include "scalar/bins.h"
#include "scalar/order.h"

namespace {

template <typename A, typename B, B F(A)> FM_KERNEL void convert(int64_t n, const A *in, B *out) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) out[i] = F(in[i]);
}

template <typename A, typename B, B F(A)>
cu_error launch_convert(int64_t n, const void *in, void *out, int processors, cu_stream stream) {
    return fm_launch(convert<A, B, F>, fm_cover(n, 4, processors), stream, n,
                     static_cast<const A *>(in), static_cast<B *>(out));
}

/* Ranks of complex128 are two words, which are sorted one after the other. */
FM_FN uint64_t high_of_c128(fm_c128 z) {
    return fm_rank_c128(z).high;
}
FM_FN uint64_t low_of_c128(fm_c128 z) {
    return fm_rank_c128(z).low;
}

FM_FN bool before(uint64_t a, uint64_t b) {
    return a < b;
}
FM_FN bool before(fm_rank128 a, fm_rank128 b) {
    return fm_before_128(a, b);
}

/* Halves the places left, n of them at first, until the needle's own is found. */
template <typename T, typename R, R RANK(T)>
__device__ inline int64_t find(const cu_search_args &s, R needle) {
    const T *a = static_cast<const T *>(s.a);
    int64_t first = 0;
    for (int64_t left = s.n; left > 0;) {
        const int64_t half = left / 2, at = first + half;
        const R middle = RANK(a[at]);
        const bool beyond = s.right ? !before(needle, middle) : before(middle, needle);
        first = beyond ? at + 1 : first;
        left = beyond ? left - half - 1 : half;
    }
    return first;
}

template <typename T, typename R, R RANK(T)> FM_KERNEL void search(cu_search_args s) {
    const T *needles = static_cast<const T *>(s.needles);
    for (int64_t i = fm_thread(); i < s.needles_count; i += fm_threads())
        s.out[i] = find<T, R, RANK>(s, RANK(needles[i]));
}

template <typename T, typename R, R RANK(T)>
cu_error launch_search(const cu_search_args *args, int processors, cu_stream stream) {
    return fm_launch(search<T, R, RANK>, fm_cover(args->needles_count, 1, processors), stream,
                     *args);
}

/* NaN has one rank, behind all numbers but for complex ones with half of it. */
template <typename T> __device__ inline bool is_nan(T x) {
    return x != x;
}
template <> __device__ inline bool is_nan<fm_c64>(fm_c64 z) {
    return z.re != z.re || z.im != z.im;
}
template <> __device__ inline bool is_nan<fm_c128>(fm_c128 z) {
    return z.re != z.re || z.im != z.im;
}

template <typename T, typename R, R RANK(T), unsigned NAN_FROM>
FM_KERNEL void heads(int64_t n, const T *x, int equal_nan, uint8_t *out) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) {
        bool differs = i == 0;
        if (i > 0) {
            const R a = RANK(x[i - 1]), b = RANK(x[i]);
            bool nan, both;
            if constexpr (NAN_FROM != 0) {
                nan = (x[i] & 0x7fffu) > NAN_FROM;
                both = nan && (x[i - 1] & 0x7fffu) > NAN_FROM;
            } else {
                nan = is_nan<T>(x[i]);
                both = nan && is_nan<T>(x[i - 1]);
            }
            differs = both ? !equal_nan : nan || before(a, b) || before(b, a);
        }
        out[i] = differs;
    }
}

template <typename T, typename R, R RANK(T), unsigned NAN_FROM>
cu_error launch_heads(int64_t n, const void *x, int equal_nan, uint8_t *out, int processors,
                      cu_stream stream) {
    return fm_launch(heads<T, R, RANK, NAN_FROM>, fm_cover(n, 4, processors), stream, n,
                     static_cast<const T *>(x), equal_nan, out);
}

FM_KERNEL void bins(cu_bins_args b) {
    const double scale = b.uniform ? fm_bin_scale(b.bins, b.edges) : 0;
    for (int64_t i = fm_thread(); i < b.n; i += fm_threads()) {
        const int64_t k = fm_bin_of(b.x[i], b.bins, b.edges, scale);
        if (!b.count)
            b.out[i] = k;
        else if (k < b.bins)
            atomicAdd(reinterpret_cast<unsigned long long *>(b.out + k), 1ull);
    }
}

/* Sums of integers are the same in every order. */
FM_KERNEL void add_counts(int64_t n, const int64_t *x, const int64_t *weights, int64_t count,
                          int64_t *out) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads())
        if (x[i] < count)
            atomicAdd(reinterpret_cast<unsigned long long *>(out + x[i]),
                      weights != nullptr ? static_cast<unsigned long long>(weights[i]) : 1ull);
}

FM_KERNEL void number(int64_t all, int64_t n, int64_t *out) {
    for (int64_t i = fm_thread(); i < all; i += fm_threads()) out[i] = i % n;
}

struct pair16 {
    uint64_t word[2];
};

template <typename T>
FM_KERNEL void take(int64_t all, int64_t n, const T *in, const int64_t *places, T *out) {
    for (int64_t i = fm_thread(); i < all; i += fm_threads()) out[i] = in[i / n * n + places[i]];
}

template <typename T>
cu_error launch_take(int64_t all, int64_t n, const void *in, const int64_t *places, void *out,
                     int processors, cu_stream stream) {
    return fm_launch(take<T>, fm_cover(all, 1, processors), stream, all, n,
                     static_cast<const T *>(in), places, static_cast<T *>(out));
}

} // namespace

cu_error cu_places(int64_t lines, int64_t n, int64_t *out, int processors, cu_stream stream) {
    return fm_launch(number, fm_cover(lines * n, 4, processors), stream, lines * n, n, out);
}

cu_error cu_find_bins(const cu_bins_args *args, int processors, cu_stream stream) {
    return fm_launch(bins, fm_cover(args->n, 1, processors), stream, *args);
}

cu_error cu_add_counts(int64_t n, const int64_t *x, const int64_t *weights, int64_t count,
                       int64_t *out, int processors, cu_stream stream) {
    return fm_launch(add_counts, fm_cover(n, 1, processors), stream, n, x, weights, count, out);
}

cu_error cu_take_places(size_t size, int64_t lines, int64_t n, const void *in,
                        const int64_t *places, void *out, int processors, cu_stream stream) {
    if (size == 8) return launch_take<uint64_t>(lines * n, n, in, places, out, processors, stream);
    return launch_take<pair16>(lines * n, n, in, places, out, processors, stream);
}

#define REAL(suffix, dtype, type, key, nan_from)                                                   \
    {launch_convert<type, key, fm_order_##suffix>,                                                 \
     launch_convert<key, type, fm_unorder_##suffix>,                                               \
     launch_convert<type, key, fm_rank_##suffix>,                                                  \
     nullptr,                                                                                      \
     launch_search<type, key, fm_rank_##suffix>,                                                   \
     launch_heads<type, key, fm_rank_##suffix, nan_from>},
const cu_sort_kernels cu_sort_table[FM_DTYPE_COUNT] = {
    {},
    REAL(b8, FM_BOOL, uint8_t, uint8_t, 0) REAL(i8, FM_INT8, int8_t, uint8_t, 0)
        REAL(i16, FM_INT16, int16_t, uint16_t, 0) REAL(i32, FM_INT32, int32_t, uint32_t, 0)
            REAL(i64, FM_INT64, int64_t, uint64_t, 0) REAL(u8, FM_UINT8, uint8_t, uint8_t, 0) REAL(
                u16, FM_UINT16, uint16_t, uint16_t, 0) REAL(u32, FM_UINT32, uint32_t, uint32_t, 0)
                REAL(u64, FM_UINT64, uint64_t, uint64_t, 0)
                    REAL(f16, FM_FLOAT16, uint16_t, uint16_t, 0x7c00u)
                        REAL(bf16, FM_BFLOAT16, uint16_t, uint16_t, 0x7f80u)
                            REAL(f32, FM_FLOAT32, float, uint32_t, 0)
                                REAL(f64, FM_FLOAT64, double, uint64_t, 0){
                                    nullptr, nullptr, launch_convert<fm_c64, uint64_t, fm_rank_c64>,
                                    nullptr, launch_search<fm_c64, uint64_t, fm_rank_c64>,
                                    launch_heads<fm_c64, uint64_t, fm_rank_c64, 0>},
    {nullptr, nullptr, launch_convert<fm_c128, uint64_t, high_of_c128>,
     launch_convert<fm_c128, uint64_t, low_of_c128>,
     launch_search<fm_c128, fm_rank128, fm_rank_c128>,
     launch_heads<fm_c128, fm_rank128, fm_rank_c128, 0>},
};
