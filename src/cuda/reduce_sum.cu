/* Sums and means: integers modulo 2^64, floats in double, float64 with what its additions lose. */
#include "reduce_kernel.h"

namespace {

template <typename Tag_> struct sum_int {
    typedef Tag_ Tag;
    typedef uint64_t State;
    static __device__ State start(const cu_reduce_args &) { return 0; }
    static __device__ void step(State &s, typename Tag::T x, int64_t, const cu_reduce_args &) {
        s += static_cast<uint64_t>(x);
    }
    static __device__ void join(State &s, const State &later) { s += later; }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        cu_u64::to(r.to, r.out, at, s);
    }
};

/* A sum as hi + lo, lo being what the additions to hi have lost. */
struct total {
    double hi, lo;
    __device__ void add(double x) {
        const double sum = hi + x, part = sum - hi;
        lo += (hi - (sum - part)) + (x - part);
        hi = sum;
    }
    __device__ void join(const total &later) {
        add(later.hi);
        lo += later.lo;
    }
    /* Past an infinity or NaN the lost part has no meaning. */
    __device__ double value() const { return hi - hi == 0 ? hi + lo : hi; }
};

/* Sums of elements narrower than double lose too little for it to matter. */
struct plain {
    double hi;
    __device__ void add(double x) { hi += x; }
    __device__ void join(const plain &later) { hi += later.hi; }
    __device__ double value() const { return hi; }
};

__device__ inline double divided(double x, const cu_reduce_args &r) {
    return r.mean ? x / static_cast<double>(r.count) : x;
}

template <typename Tag> __device__ inline double real_of(typename Tag::T x);
template <> __device__ inline double real_of<cu_f16>(uint16_t x) {
    return static_cast<double>(fm_f16_to_f32(x));
}
template <> __device__ inline double real_of<cu_bf16>(uint16_t x) {
    return static_cast<double>(fm_bf16_to_f32(x));
}
template <> __device__ inline double real_of<cu_f32>(float x) {
    return static_cast<double>(x);
}
template <> __device__ inline double real_of<cu_f64>(double x) {
    return x;
}

/* Halves are rounded to float32 on their way, as on the CPU. */
template <typename Tag>
__device__ inline void store_real(double x, const cu_reduce_args &r, int64_t at) {
    if (sizeof(typename Tag::T) < 8)
        cu_f32::to(r.to, r.out, at, static_cast<float>(x));
    else
        cu_f64::to(r.to, r.out, at, x);
}

template <typename Tag_, typename Total> struct sum_real {
    typedef Tag_ Tag;
    typedef Total State;
    static __device__ State start(const cu_reduce_args &) { return State(); }
    static __device__ void step(State &s, typename Tag::T x, int64_t, const cu_reduce_args &) {
        s.add(real_of<Tag>(x));
    }
    static __device__ void join(State &s, const State &later) { s.join(later); }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        store_real<Tag>(divided(s.value(), r), r, at);
    }
};

/* A mean is divided as by a complex number: what is infinite or NaN in one part makes the other
 * NaN. */
template <typename Tag_, typename Total> struct sum_complex {
    typedef Tag_ Tag;
    struct State {
        Total re, im;
    };
    static __device__ State start(const cu_reduce_args &) { return State(); }
    static __device__ void step(State &s, typename Tag::T x, int64_t, const cu_reduce_args &) {
        s.re.add(static_cast<double>(x.re));
        s.im.add(static_cast<double>(x.im));
    }
    static __device__ void join(State &s, const State &later) {
        s.re.join(later.re);
        s.im.join(later.im);
    }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        typedef decltype(Tag::T::re) Part;
        double re = s.re.value(), im = s.im.value();
        if (r.mean) {
            const double whole = re;
            re += im * 0;
            im -= whole * 0;
        }
        const typename Tag::T x = {static_cast<Part>(divided(re, r)),
                                   static_cast<Part>(divided(im, r))};
        Tag::to(r.to, r.out, at, x);
    }
};

} // namespace

#define INT(suffix, dtype, type) CU_REDUCE_ENTRY(sum_int<cu_##suffix>),
const cu_reduce_kernel cu_reduce_sum[FM_DTYPE_COUNT] = {
    {},
    INT(b8, FM_BOOL, uint8_t) FM_EACH_INT(INT) CU_REDUCE_ENTRY(sum_real<cu_f16, plain>),
    CU_REDUCE_ENTRY(sum_real<cu_bf16, plain>),
    CU_REDUCE_ENTRY(sum_real<cu_f32, plain>),
    CU_REDUCE_ENTRY(sum_real<cu_f64, total>),
    CU_REDUCE_ENTRY(sum_complex<cu_c64, plain>),
    CU_REDUCE_ENTRY(sum_complex<cu_c128, total>),
};
