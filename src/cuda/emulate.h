/* The words of CUDA C++ that kernels here use, for a host compiler: a .cu file compiled with
 * FM_EMULATE runs on the fake device, thread after thread. */
#ifndef FM_CUDA_EMULATE_H
#define FM_CUDA_EMULATE_H

#include "vendor.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __grid_constant__

/* Set by the fake before each thread of a kernel; meaningless elsewhere. */
extern "C" {
extern cu_dim3 threadIdx, blockIdx, blockDim, gridDim;
}

template <typename T> inline T __ldg(const T *p) {
    return *p;
}

/* Vectors for wide loads, with CUDA's sizes and alignments. */
struct alignas(8) float2 {
    float x, y;
};
struct alignas(16) float4 {
    float x, y, z, w;
};
struct alignas(16) double2 {
    double x, y;
};
struct alignas(16) uint4 {
    unsigned x, y, z, w;
};

inline unsigned __umulhi(unsigned a, unsigned b) {
    return static_cast<unsigned>((static_cast<uint64_t>(a) * b) >> 32);
}

inline unsigned long long __umul64hi(unsigned long long a, unsigned long long b) {
    __extension__ typedef unsigned __int128 wide;
    return static_cast<unsigned long long>((static_cast<wide>(a) * b) >> 64);
}

inline unsigned __float_as_uint(float x) {
    unsigned bits;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}

inline float __uint_as_float(unsigned bits) {
    float x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

inline long long __double_as_longlong(double x) {
    long long bits;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}

inline double __longlong_as_double(long long bits) {
    double x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

inline int __popc(unsigned x) {
    return __builtin_popcount(x);
}
inline int __popcll(unsigned long long x) {
    return __builtin_popcountll(x);
}
inline int __clz(int x) {
    return x ? __builtin_clz(static_cast<unsigned>(x)) : 32;
}
inline int __clzll(long long x) {
    return x ? __builtin_clzll(static_cast<unsigned long long>(x)) : 64;
}

/* One thread runs at a time, so an atomic is the plain operation; each returns the old value. */
template <typename T> inline T atomicAdd(T *p, T v) {
    T old = *p;
    *p = static_cast<T>(old + v);
    return old;
}

template <typename T> inline T atomicMax(T *p, T v) {
    T old = *p;
    if (v > old) *p = v;
    return old;
}

template <typename T> inline T atomicMin(T *p, T v) {
    T old = *p;
    if (v < old) *p = v;
    return old;
}

template <typename T> inline T atomicOr(T *p, T v) {
    T old = *p;
    *p = static_cast<T>(old | v);
    return old;
}

template <typename T> inline T atomicAnd(T *p, T v) {
    T old = *p;
    *p = static_cast<T>(old & v);
    return old;
}

template <typename T> inline T atomicExch(T *p, T v) {
    T old = *p;
    *p = v;
    return old;
}

template <typename T> inline T atomicCAS(T *p, T expected, T v) {
    T old = *p;
    if (old == expected) *p = v;
    return old;
}

inline void __threadfence() {}
inline void __threadfence_system() {}

#endif
