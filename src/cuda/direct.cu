/* Contractions without a matrix product: a thread sums the products of one chunk of one output. */
#include "direct.h"
#include "map_types.h"

namespace {

/* How elements of a dtype are multiplied and summed: T in memory, Sum on the way. */
struct math_bool {
    typedef uint8_t T;
    typedef uint8_t Sum;
    static __device__ Sum load(T x, bool) { return x; }
    static __device__ void add(Sum &s, Sum a, Sum b) { s = static_cast<Sum>(s | (a & b)); }
    static __device__ Sum one() { return 1; }
    static __device__ T store(Sum s) { return s; }
};

/* Signed integers too: the low bits do not depend on the sign. */
template <typename T_, typename Sum_> struct math_int {
    typedef T_ T;
    typedef Sum_ Sum;
    static __device__ Sum load(T x, bool) { return x; }
    static __device__ void add(Sum &s, Sum a, Sum b) { s += a * b; }
    static __device__ Sum one() { return 1; }
    static __device__ T store(Sum s) { return static_cast<T>(s); }
};

template <typename T_> struct math_real {
    typedef T_ T;
    typedef double Sum;
    static __device__ Sum load(T x, bool) { return static_cast<double>(x); }
    static __device__ void add(Sum &s, Sum a, Sum b) { s += a * b; }
    static __device__ Sum one() { return 1; }
    static __device__ T store(Sum s) { return static_cast<T>(s); }
};

struct math_f16 : math_real<uint16_t> {
    static __device__ Sum load(T x, bool) { return static_cast<double>(fm_f16_to_f32(x)); }
    static __device__ T store(Sum s) { return fm_f64_to_f16(s); }
};

struct math_bf16 : math_real<uint16_t> {
    static __device__ Sum load(T x, bool) { return static_cast<double>(fm_bf16_to_f32(x)); }
    static __device__ T store(Sum s) { return fm_f64_to_bf16(s); }
};

template <typename T_, typename Part> struct math_complex {
    typedef T_ T;
    typedef fm_c128 Sum;
    static __device__ Sum load(T x, bool conjugate) {
        const double im = static_cast<double>(x.im);
        return {static_cast<double>(x.re), conjugate ? -im : im};
    }
    static __device__ void add(Sum &s, Sum a, Sum b) {
        s.re += a.re * b.re - a.im * b.im;
        s.im += a.re * b.im + a.im * b.re;
    }
    static __device__ Sum one() { return {1, 0}; }
    static __device__ T store(Sum s) { return {static_cast<Part>(s.re), static_cast<Part>(s.im)}; }
};

template <typename M>
__device__ inline typename M::Sum sum_chunk(const cu_direct_args &d, int64_t output, int64_t lo,
                                            int64_t hi) {
    typedef typename M::T T;
    typedef typename M::Sum Sum;
    int64_t at[FM_INDEX_OPERANDS], step[FM_INDEX_OPERANDS];
    fm_index_offsets(&d.kept, output, at);
    const T *a = static_cast<const T *>(d.a) + at[1];
    const T *b = d.b ? static_cast<const T *>(d.b) + at[2] : nullptr;
    const bool conjugate = d.conjugate_a != 0, line = d.red.ndim == 1;
    Sum sum = Sum();
    for (int64_t e = lo; e < hi; ++e) {
        if (line) {
            step[0] = e * d.red.stride[0][0];
            step[1] = e * d.red.stride[1][0];
        } else {
            fm_index_offsets(&d.red, e, step);
        }
        M::add(sum, M::load(a[step[0]], conjugate), b ? M::load(b[step[1]], false) : M::one());
    }
    return sum;
}

template <typename M> FM_KERNEL void direct_fold(const __grid_constant__ cu_direct_args d) {
    const int64_t items = d.outputs * d.chunks;
    for (int64_t item = fm_thread(); item < items; item += fm_threads()) {
        const int64_t chunk = item / d.outputs, output = item - chunk * d.outputs;
        const int64_t lo = chunk * d.chunk;
        const int64_t hi = lo + d.chunk < d.count ? lo + d.chunk : d.count;
        const typename M::Sum sum = sum_chunk<M>(d, output, lo, hi);
        if (d.chunks > 1) {
            static_cast<typename M::Sum *>(d.partial)[item] = sum;
        } else {
            int64_t at[FM_INDEX_OPERANDS];
            fm_index_offsets(&d.kept, output, at);
            static_cast<typename M::T *>(d.c)[at[0]] = M::store(sum);
        }
    }
}

template <typename M> FM_KERNEL void direct_join(const __grid_constant__ cu_direct_args d) {
    typedef typename M::Sum Sum;
    for (int64_t output = fm_thread(); output < d.outputs; output += fm_threads()) {
        int64_t at[FM_INDEX_OPERANDS];
        Sum sum = Sum();
        for (int64_t chunk = 0; chunk < d.chunks; ++chunk)
            M::add(sum, static_cast<const Sum *>(d.partial)[chunk * d.outputs + output], M::one());
        fm_index_offsets(&d.kept, output, at);
        static_cast<typename M::T *>(d.c)[at[0]] = M::store(sum);
    }
}

template <typename M>
cu_error launch_fold(const cu_direct_args *args, int processors, cu_stream stream) {
    return fm_launch(direct_fold<M>, fm_cover(args->outputs * args->chunks, 1, processors), stream,
                     *args);
}

template <typename M>
cu_error launch_join(const cu_direct_args *args, int processors, cu_stream stream) {
    return fm_launch(direct_join<M>, fm_cover(args->outputs, 1, processors), stream, *args);
}

} // namespace

#define ENTRY(...)                                                                                 \
    { sizeof(typename __VA_ARGS__::Sum), launch_fold<__VA_ARGS__>, launch_join<__VA_ARGS__> }
#define INT8  ENTRY(math_int<uint8_t, uint32_t>)
#define INT16 ENTRY(math_int<uint16_t, uint32_t>)
#define INT32 ENTRY(math_int<uint32_t, uint32_t>)
#define INT64 ENTRY(math_int<uint64_t, uint64_t>)
/* In the order of fm_dtype. */
const cu_direct_kernel cu_direct[FM_DTYPE_COUNT] = {
    {},
    ENTRY(math_bool),
    INT8,
    INT16,
    INT32,
    INT64,
    INT8,
    INT16,
    INT32,
    INT64,
    ENTRY(math_f16),
    ENTRY(math_bf16),
    ENTRY(math_real<float>),
    ENTRY(math_real<double>),
    ENTRY(math_complex<fm_c64, float>),
    ENTRY(math_complex<fm_c128, double>),
};
