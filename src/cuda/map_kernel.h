/* The two kernels of an elementwise function: flat over contiguous operands with 16-byte loads,
 * strided over any, with conversion at load and store.
 *
 * A function F of one to five elements is a struct derived from cu_function<Out, In...> (tags of
 * map_types.h) with a static apply. One thread of a flat kernel produces a pack of elements at a
 * time, one of a strided kernel a single element. */
#ifndef FM_CUDA_MAP_KERNEL_H
#define FM_CUDA_MAP_KERNEL_H

#include "map.h"
#include "map_types.h"

template <typename Out_, typename A_, typename B_ = A_, typename C_ = B_, typename D_ = C_,
          typename E_ = D_>
struct cu_function {
    typedef Out_ Out;
    typedef A_ A;
    typedef B_ B;
    typedef C_ C;
    typedef D_ D;
    typedef E_ E;
};

template <typename T, int N> struct alignas(N * sizeof(T)) cu_pack { T v[N]; };

/* Elements in 16 bytes of the widest operand. */
template <typename F, int IN> __host__ __device__ constexpr int cu_lanes() {
    size_t widest = sizeof(typename F::Out::T);
    if (sizeof(typename F::A::T) > widest) widest = sizeof(typename F::A::T);
    if (IN > 1 && sizeof(typename F::B::T) > widest) widest = sizeof(typename F::B::T);
    if (IN > 2 && sizeof(typename F::C::T) > widest) widest = sizeof(typename F::C::T);
    if (IN > 3 && sizeof(typename F::D::T) > widest) widest = sizeof(typename F::D::T);
    if (IN > 4 && sizeof(typename F::E::T) > widest) widest = sizeof(typename F::E::T);
    return static_cast<int>(16 / widest);
}

template <typename T> __device__ inline T cu_value(const cu_map_args &m, int input) {
    T x;
    memcpy(&x, m.value[input], sizeof x);
    return x;
}

/* An input of a flat kernel. */
template <typename Tag> struct cu_reader {
    typedef typename Tag::T T;
    const T *p;
    T one;
    bool same;

    __device__ cu_reader(const cu_map_args &m, int input)
        : p(static_cast<const T *>(m.address[input])), one(),
          same(((m.by_value | m.single) >> input) & 1) {
        if ((m.by_value >> input) & 1)
            one = cu_value<T>(m, input);
        else if (same)
            one = *p;
    }

    __device__ T at(int64_t i) const { return same ? one : p[i]; }

    template <int N> __device__ cu_pack<T, N> pack(int64_t i) const {
        if (!same) return reinterpret_cast<const cu_pack<T, N> *>(p)[i];
        cu_pack<T, N> all;
        for (int l = 0; l < N; ++l) all.v[l] = one;
        return all;
    }
};

template <typename F, int IN>
__device__ inline typename F::Out::T cu_apply(typename F::A::T a, typename F::B::T b,
                                              typename F::C::T c, typename F::D::T d,
                                              typename F::E::T e) {
    if constexpr (IN == 1)
        return F::apply(a);
    else if constexpr (IN == 2)
        return F::apply(a, b);
    else if constexpr (IN == 3)
        return F::apply(a, b, c);
    else if constexpr (IN == 4)
        return F::apply(a, b, c, d);
    else
        return F::apply(a, b, c, d, e);
}

/* Inputs that F does not have read the first one, whose address is there. */
template <typename F, int IN> FM_KERNEL void cu_flat(cu_map_args m) {
    constexpr int N = cu_lanes<F, IN>();
    typedef typename F::Out::T Out;
    const cu_reader<typename F::A> a(m, 0);
    const cu_reader<typename F::B> b(m, IN > 1 ? 1 : 0);
    const cu_reader<typename F::C> c(m, IN > 2 ? 2 : 0);
    const cu_reader<typename F::D> d(m, IN > 3 ? 3 : 0);
    const cu_reader<typename F::E> e(m, IN > 4 ? 4 : 0);
    Out *out = static_cast<Out *>(m.address[CU_MAP_OUTPUT]);
    int64_t done = 0;
    if (m.packs) {
        const int64_t packs = m.size / N;
        for (int64_t i = fm_thread(); i < packs; i += fm_threads()) {
            const auto x = a.template pack<N>(i);
            const auto y = IN > 1 ? b.template pack<N>(i) : cu_pack<typename F::B::T, N>();
            const auto z = IN > 2 ? c.template pack<N>(i) : cu_pack<typename F::C::T, N>();
            const auto u = IN > 3 ? d.template pack<N>(i) : cu_pack<typename F::D::T, N>();
            const auto v = IN > 4 ? e.template pack<N>(i) : cu_pack<typename F::E::T, N>();
            cu_pack<Out, N> result;
            for (int l = 0; l < N; ++l)
                result.v[l] = cu_apply<F, IN>(x.v[l], y.v[l], z.v[l], u.v[l], v.v[l]);
            reinterpret_cast<cu_pack<Out, N> *>(out)[i] = result;
        }
        done = packs * N;
    }
    for (int64_t i = done + fm_thread(); i < m.size; i += fm_threads())
        out[i] = cu_apply<F, IN>(
            a.at(i), IN > 1 ? b.at(i) : typename F::B::T(), IN > 2 ? c.at(i) : typename F::C::T(),
            IN > 3 ? d.at(i) : typename F::D::T(), IN > 4 ? e.at(i) : typename F::E::T());
}

/* Offsets of element i: of the inputs, and of the output in the last place. */
template <int IN>
__device__ inline void cu_offsets(const cu_map_args &m, int64_t i, int64_t (&at)[IN + 1]) {
    const bool narrow = m.size <= INT32_MAX; /* division of 32 bits is several times faster */
    for (int k = 0; k <= IN; ++k) at[k] = 0;
    for (int d = m.ndim - 1; d >= 0; --d) {
        const int64_t extent = m.extent[d];
        const int64_t next =
            narrow ? static_cast<int64_t>(static_cast<uint32_t>(i) / static_cast<uint32_t>(extent))
                   : i / extent;
        const int64_t here = i - next * extent;
        i = next;
        for (int k = 0; k < IN; ++k) at[k] += here * m.stride[k][d];
        at[IN] += here * m.stride[CU_MAP_OUTPUT][d];
    }
}

template <typename Tag>
__device__ inline typename Tag::T cu_fetch(const cu_map_args &m, int input, int64_t at) {
    typedef typename Tag::T T;
    if ((m.by_value >> input) & 1) return cu_value<T>(m, input);
    if ((m.convert >> input) & 1) return Tag::from(m.dtype[input], m.address[input], at);
    return static_cast<const T *>(m.address[input])[at];
}

template <typename F, int IN> FM_KERNEL void cu_strided(cu_map_args m) {
    typedef typename F::Out Out;
    void *out = m.address[CU_MAP_OUTPUT];
    for (int64_t i = fm_thread(); i < m.size; i += fm_threads()) {
        int64_t at[IN + 1];
        cu_offsets<IN>(m, i, at);
        const typename F::A::T a = cu_fetch<typename F::A>(m, 0, at[0]);
        typename F::B::T b = typename F::B::T();
        typename F::C::T c = typename F::C::T();
        typename F::D::T d = typename F::D::T();
        typename F::E::T e = typename F::E::T();
        if constexpr (IN > 1) b = cu_fetch<typename F::B>(m, 1, at[1]);
        if constexpr (IN > 2) c = cu_fetch<typename F::C>(m, 2, at[2]);
        if constexpr (IN > 3) d = cu_fetch<typename F::D>(m, 3, at[3]);
        if constexpr (IN > 4) e = cu_fetch<typename F::E>(m, 4, at[4]);
        const typename Out::T result = cu_apply<F, IN>(a, b, c, d, e);
        if ((m.convert >> CU_MAP_OUTPUT) & 1)
            Out::to(m.dtype[CU_MAP_OUTPUT], out, at[IN], result);
        else
            static_cast<typename Out::T *>(out)[at[IN]] = result;
    }
}

template <typename F, int IN>
cu_error cu_launch_flat(const cu_map_args *args, int processors, cu_stream stream) {
    return fm_launch(cu_flat<F, IN>, fm_cover(args->size, cu_lanes<F, IN>(), processors), stream,
                     *args);
}

template <typename F, int IN>
cu_error cu_launch_strided(const cu_map_args *args, int processors, cu_stream stream) {
    return fm_launch(cu_strided<F, IN>, fm_cover(args->size, 1, processors), stream, *args);
}

/* An entry of a table of kernels. */
#define CU_MAP_ENTRY(function, inputs)                                                             \
    { cu_launch_flat<function, inputs>, cu_launch_strided<function, inputs> }
#define CU_MAP_NONE                                                                                \
    { nullptr, nullptr }

#endif
