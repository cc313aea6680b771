/* Extrema and their places: the first of equal elements, and the first NaN before all others. */
#include "reduce_kernel.h"

namespace {

/* What orders elements: -1, 0 or 1 as a is below, beside or above b, NaN apart. */
template <typename Tag> struct order {
    typedef typename Tag::T T;
    static __device__ bool is_nan(T x) { return x != x; }
    static __device__ int compare(T a, T b) { return (a > b) - (a < b); }
};

template <typename Tag> struct half_order {
    static __device__ float wide(uint16_t x) {
        return std::is_same<Tag, cu_f16>::value ? fm_f16_to_f32(x) : fm_bf16_to_f32(x);
    }
    static __device__ bool is_nan(uint16_t x) { return wide(x) != wide(x); }
    static __device__ int compare(uint16_t a, uint16_t b) {
        return (wide(a) > wide(b)) - (wide(a) < wide(b));
    }
};
template <> struct order<cu_f16> : half_order<cu_f16> {};
template <> struct order<cu_bf16> : half_order<cu_bf16> {};

/* By the real part, then the imaginary one; NaN in either part is NaN. */
template <typename Tag> struct complex_order {
    typedef typename Tag::T T;
    static __device__ bool is_nan(T x) { return x.re != x.re || x.im != x.im; }
    static __device__ int compare(T a, T b) {
        if (a.re != b.re) return a.re > b.re ? 1 : -1;
        return (a.im > b.im) - (a.im < b.im);
    }
};
template <> struct order<cu_c64> : complex_order<cu_c64> {};
template <> struct order<cu_c128> : complex_order<cu_c128> {};

/* The best element so far and its number; -1: none yet. sign: 1 for max, -1 for min. Which of two
 * elements wins does not depend on the order in which they come. */
template <typename Tag_> struct best {
    typedef Tag_ Tag;
    typedef typename Tag::T T;
    struct State {
        T value;
        int64_t number;
        int32_t sign;
    };
    static __device__ State start(const cu_reduce_args &r) { return {T(), -1, r.least ? -1 : 1}; }
    static __device__ bool wins(const State &s, T x, int64_t number) {
        typedef order<Tag> by;
        if (s.number < 0) return true;
        const bool nan = by::is_nan(x), had_nan = by::is_nan(s.value);
        if (nan || had_nan) return nan && (!had_nan || number < s.number);
        const int beyond = by::compare(x, s.value) * s.sign;
        return beyond > 0 || (beyond == 0 && number < s.number);
    }
    static __device__ void step(State &s, T x, int64_t number, const cu_reduce_args &) {
        if (!wins(s, x, number)) return;
        s.value = x;
        s.number = number;
    }
    static __device__ void join(State &s, const State &later) {
        if (later.number >= 0 && wins(s, later.value, later.number)) s = later;
    }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        if (r.place)
            static_cast<int64_t *>(r.out)[at] = s.number;
        else
            Tag::to(r.to, r.out, at, s.value);
    }
};

} // namespace

#define BEST(suffix, dtype, type) CU_REDUCE_ENTRY(best<cu_##suffix>),
const cu_reduce_kernel cu_reduce_max[FM_DTYPE_COUNT] = {{}, FM_EACH_DTYPE(BEST)};
