/* Products: integers modulo 2^64, floats and complex numbers in double. */
#include "reduce_kernel.h"

namespace {

template <typename Tag_> struct prod_int {
    typedef Tag_ Tag;
    typedef uint64_t State;
    static __device__ State start(const cu_reduce_args &) { return 1; }
    static __device__ void step(State &s, typename Tag::T x, int64_t, const cu_reduce_args &) {
        s *= static_cast<uint64_t>(x);
    }
    static __device__ void join(State &s, const State &later) { s *= later; }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        cu_u64::to(r.to, r.out, at, s);
    }
};

template <typename Tag> __device__ inline double real_of(typename Tag::T x) {
    return static_cast<double>(x);
}
template <> __device__ inline double real_of<cu_f16>(uint16_t x) {
    return static_cast<double>(fm_f16_to_f32(x));
}
template <> __device__ inline double real_of<cu_bf16>(uint16_t x) {
    return static_cast<double>(fm_bf16_to_f32(x));
}

template <typename Tag_> struct prod_real {
    typedef Tag_ Tag;
    typedef double State;
    static __device__ State start(const cu_reduce_args &) { return 1; }
    static __device__ void step(State &s, typename Tag::T x, int64_t, const cu_reduce_args &) {
        s *= real_of<Tag>(x);
    }
    static __device__ void join(State &s, const State &later) { s *= later; }
    /* Halves are rounded to float32 on their way, as on the CPU. */
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        if (sizeof(typename Tag::T) < 8)
            cu_f32::to(r.to, r.out, at, static_cast<float>(s));
        else
            cu_f64::to(r.to, r.out, at, s);
    }
};

template <typename Tag_> struct prod_complex {
    typedef Tag_ Tag;
    typedef fm_c128 State;
    static __device__ State start(const cu_reduce_args &) { return {1, 0}; }
    static __device__ void step(State &s, typename Tag::T x, int64_t, const cu_reduce_args &) {
        const State wide = {static_cast<double>(x.re), static_cast<double>(x.im)};
        join(s, wide);
    }
    static __device__ void join(State &s, const State &later) {
        s = {s.re * later.re - s.im * later.im, s.re * later.im + s.im * later.re};
    }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        typedef decltype(Tag::T::re) Part;
        const typename Tag::T x = {static_cast<Part>(s.re), static_cast<Part>(s.im)};
        Tag::to(r.to, r.out, at, x);
    }
};

} // namespace

#define INT(suffix, dtype, type)  CU_REDUCE_ENTRY(prod_int<cu_##suffix>),
#define REAL(suffix, dtype, type) CU_REDUCE_ENTRY(prod_real<cu_##suffix>),
#define CPX(suffix, dtype, type)  CU_REDUCE_ENTRY(prod_complex<cu_##suffix>),
const cu_reduce_kernel cu_reduce_prod[FM_DTYPE_COUNT] = {{},
                                                         INT(b8, FM_BOOL, uint8_t) FM_EACH_INT(INT)
                                                             FM_EACH_HALF(REAL) FM_EACH_FLT(REAL)
                                                                 FM_EACH_CPX(CPX)};
