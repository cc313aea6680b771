/* Statistics: sums, products and extrema that pass NaN over, variances, and counts of what is not
 * zero. */
#include "reduce_kernel.h"
#include "statistics.h"

namespace {

template <typename T> __device__ inline bool is_number(T x) {
    return x == x;
}
template <> __device__ inline bool is_number<fm_c64>(fm_c64 x) {
    return x.re == x.re && x.im == x.im;
}
template <> __device__ inline bool is_number<fm_c128>(fm_c128 x) {
    return x.re == x.re && x.im == x.im;
}

/* Elements as pairs of doubles; a real one has the imaginary part 0. */
template <typename T> __device__ inline fm_c128 wide(T x) {
    return {static_cast<double>(x), 0};
}
template <> __device__ inline fm_c128 wide<fm_c64>(fm_c64 x) {
    return {static_cast<double>(x.re), static_cast<double>(x.im)};
}
template <> __device__ inline fm_c128 wide<fm_c128>(fm_c128 x) {
    return x;
}

/* Results of real parts and of elements, rounded to the dtype in which these are read. */
template <typename Tag> struct writer {
    static __device__ void real(const cu_reduce_args &r, int64_t at, double x) {
        if (sizeof(typename Tag::T) < 8)
            cu_f32::to(r.to, r.out, at, static_cast<float>(x));
        else
            cu_f64::to(r.to, r.out, at, x);
    }
    static __device__ void value(const cu_reduce_args &r, int64_t at, fm_c128 x) {
        real(r, at, x.re);
    }
};
template <> struct writer<cu_c64> {
    static __device__ void real(const cu_reduce_args &r, int64_t at, double x) {
        cu_f32::to(r.to, r.out, at, static_cast<float>(x));
    }
    static __device__ void value(const cu_reduce_args &r, int64_t at, fm_c128 x) {
        cu_c64::to(r.to, r.out, at, {static_cast<float>(x.re), static_cast<float>(x.im)});
    }
};
template <> struct writer<cu_c128> {
    static __device__ void real(const cu_reduce_args &r, int64_t at, double x) {
        cu_f64::to(r.to, r.out, at, x);
    }
    static __device__ void value(const cu_reduce_args &r, int64_t at, fm_c128 x) {
        cu_c128::to(r.to, r.out, at, x);
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

/* nansum and, with r.mean, nanmean: divided as by a complex number, so that what is infinite in one
 * part makes the other NaN. */
template <typename Tag_> struct sum {
    typedef Tag_ Tag;
    typedef typename Tag::T T;
    struct State {
        total re, im;
        int64_t n;
    };
    static __device__ State start(const cu_reduce_args &) { return {{0, 0}, {0, 0}, 0}; }
    static __device__ void step(State &s, T x, int64_t, const cu_reduce_args &) {
        if (!is_number(x)) return;
        const fm_c128 z = wide(x);
        s.re.add(z.re);
        s.im.add(z.im);
        ++s.n;
    }
    static __device__ void join(State &s, const State &later) {
        s.re.join(later.re);
        s.im.join(later.im);
        s.n += later.n;
    }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        const double re = s.re.value(), im = s.im.value(), by = static_cast<double>(s.n);
        fm_c128 x = {re, im};
        if (r.mean && std::is_arithmetic<T>::value) x.re = re / by;
        if (r.mean && !std::is_arithmetic<T>::value) x = {(re + im * 0) / by, (im - re * 0) / by};
        writer<Tag>::value(r, at, x);
    }
};

/* nanprod */
template <typename Tag_> struct product {
    typedef Tag_ Tag;
    typedef typename Tag::T T;
    typedef fm_c128 State;
    static __device__ State start(const cu_reduce_args &) { return {1, 0}; }
    static __device__ void step(State &s, T x, int64_t, const cu_reduce_args &) {
        if (is_number(x)) join(s, wide(x));
    }
    static __device__ void join(State &s, const State &later) {
        if (std::is_arithmetic<T>::value)
            s.re *= later.re;
        else
            s = {s.re * later.re - s.im * later.im, s.re * later.im + s.im * later.re};
    }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        writer<Tag>::value(r, at, s);
    }
};

/* nanmax, nanmin and their places: NaN is passed over, for places it counts as the worst value.
 * Which of two elements wins does not depend on the order in which they come. */
template <typename Tag_> struct best {
    typedef Tag_ Tag;
    typedef typename Tag::T T;
    struct State {
        fm_c128 value;
        int64_t number; /* -1: none yet */
        double sign;
    };
    static __device__ State start(const cu_reduce_args &r) {
        return {{0, 0}, -1, r.least ? -1.0 : 1.0};
    }
    static __device__ void offer(State &s, fm_c128 x, int64_t number) {
        const bool above = x.re * s.sign > s.value.re * s.sign, same = x.re == s.value.re;
        const bool further = x.im * s.sign > s.value.im * s.sign, equal = x.im == s.value.im;
        if (s.number >= 0 && !above && !(same && further) && !(same && equal && number < s.number))
            return;
        s.value = x;
        s.number = number;
    }
    static __device__ void step(State &s, T x, int64_t number, const cu_reduce_args &r) {
        if (is_number(x))
            offer(s, wide(x), number);
        else if (r.place)
            offer(s, {-s.sign * static_cast<double>(INFINITY), 0}, number);
    }
    static __device__ void join(State &s, const State &later) {
        if (later.number >= 0) offer(s, later.value, later.number);
    }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        const fm_c128 none = {static_cast<double>(NAN), 0};
        if (r.place)
            static_cast<int64_t *>(r.out)[at] = s.number;
        else
            writer<Tag>::value(r, at, s.number < 0 ? none : s.value);
    }
};

/* var, std and their nan forms: number, mean and squared distances, joined as Chan, Golub and
 * LeVeque have it. */
template <typename Tag_> struct spread {
    typedef Tag_ Tag;
    typedef typename Tag::T T;
    struct State {
        double n, re, im, m2;
    };
    static __device__ State start(const cu_reduce_args &) { return {0, 0, 0, 0}; }
    static __device__ void step(State &s, T x, int64_t, const cu_reduce_args &r) {
        if (r.skips && !is_number(x)) return;
        const fm_c128 z = wide(x);
        const double re = z.re - s.re, im = z.im - s.im;
        s.n += 1;
        s.re += re / s.n;
        s.im += im / s.n;
        s.m2 += re * (z.re - s.re) + im * (z.im - s.im);
    }
    static __device__ void join(State &s, const State &later) {
        if (later.n == 0) return;
        if (s.n == 0) {
            s = later;
            return;
        }
        const double n = s.n + later.n, share = later.n / n;
        const double re = later.re - s.re, im = later.im - s.im;
        s.m2 += later.m2 + (re * re + im * im) * (s.n * share);
        s.re += re * share;
        s.im += im * share;
        s.n = n;
    }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        const double freedom = s.n - r.ddof;
        double x = s.m2 / (freedom > 0 ? freedom : 0);
        if (r.skips && !(freedom > 0)) x = static_cast<double>(NAN);
        writer<Tag>::real(r, at, r.root ? sqrt(x) : x);
    }
};

/* Elements that are not zero, brought to bool before. */
struct count {
    typedef cu_b8 Tag;
    typedef int64_t State;
    static __device__ State start(const cu_reduce_args &) { return 0; }
    static __device__ void step(State &s, uint8_t x, int64_t, const cu_reduce_args &) {
        s += x != 0;
    }
    static __device__ void join(State &s, const State &later) { s += later; }
    static __device__ void finish(const State &s, const cu_reduce_args &r, int64_t at) {
        cu_i64::to(r.to, r.out, at, s);
    }
};

} // namespace

#define TABLE(R)                                                                                   \
    {                                                                                              \
        CU_REDUCE_ENTRY(R<cu_f32>), CU_REDUCE_ENTRY(R<cu_f64>), CU_REDUCE_ENTRY(R<cu_c64>),        \
            CU_REDUCE_ENTRY(R<cu_c128>)                                                            \
    }
const cu_reduce_kernel cu_statistic_sum[CU_STATISTIC_DTYPES] = TABLE(sum);
const cu_reduce_kernel cu_statistic_prod[CU_STATISTIC_DTYPES] = TABLE(product);
const cu_reduce_kernel cu_statistic_best[CU_STATISTIC_DTYPES] = TABLE(best);
const cu_reduce_kernel cu_statistic_spread[CU_STATISTIC_DTYPES] = TABLE(spread);
const cu_reduce_kernel cu_statistic_count = CU_REDUCE_ENTRY(count);
