/* Whether any element is not zero, or none is; NaN is not zero. */
#include "reduce_kernel.h"

namespace {

template <typename T> __device__ inline bool is_true(T x) {
    return x != 0;
}
template <> __device__ inline bool is_true<fm_c64>(fm_c64 x) {
    return x.re != 0 || x.im != 0;
}
template <> __device__ inline bool is_true<fm_c128>(fm_c128 x) {
    return x.re != 0 || x.im != 0;
}

/* Counts "not zero" for any and "zero" for all, which is the other way round in the end. */
template <typename Tag_, unsigned MASK> struct truth {
    typedef Tag_ Tag;
    typedef typename Tag::T T;
    typedef uint8_t State;
    static __device__ State start(const cu_reduce_args &) { return 0; }
    static __device__ void step(State &s, T x, int64_t, const cu_reduce_args &r) {
        bool is_so;
        if constexpr (MASK != 0)
            is_so = (x & MASK) != 0;
        else
            is_so = is_true<T>(x);
        s = static_cast<uint8_t>(s | (is_so != (r.all != 0)));
    }
    static __device__ void join(State &s, const State &later) {
        s = static_cast<uint8_t>(s | later);
    }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        cu_b8::to(r.to, r.out, at, static_cast<uint8_t>(s ^ r.all));
    }
};

} // namespace

/* The bits of a half but its sign say whether it is zero. */
#define WHOLE(suffix, dtype, type) CU_REDUCE_ENTRY(truth<cu_##suffix, 0>),
#define HALF(suffix, dtype, type)  CU_REDUCE_ENTRY(truth<cu_##suffix, 0x7fffu>),
const cu_reduce_kernel cu_reduce_any[FM_DTYPE_COUNT] = {
    {},
    WHOLE(b8, FM_BOOL, uint8_t) FM_EACH_INT(WHOLE) FM_EACH_HALF(HALF) FM_EACH_FLT(WHOLE)
        FM_EACH_CPX(WHOLE)};
