/* Elements and stacks of matrices as the kernels of own factorizations see them: one body for real
 * and complex elements. */
#ifndef FM_CUDA_OWN_KERNEL_H
#define FM_CUDA_OWN_KERNEL_H

#include "launch.h"
#include "own.h"

#include "scalar/cpx.h"

#include <cmath>

static __device__ inline double own_real(double x) {
    return x;
}
static __device__ inline double own_real(fm_c128 x) {
    return x.re;
}
static __device__ inline double own_imag(double) {
    return 0;
}
static __device__ inline double own_imag(fm_c128 x) {
    return x.im;
}
static __device__ inline double own_conj(double x) {
    return x;
}
static __device__ inline fm_c128 own_conj(fm_c128 x) {
    return fm_conjugate_c128(x);
}
static __device__ inline double own_sub(double a, double b) {
    return a - b;
}
static __device__ inline fm_c128 own_sub(fm_c128 a, fm_c128 b) {
    return fm_subtract_c128(a, b);
}
static __device__ inline double own_add(double a, double b) {
    return a + b;
}
static __device__ inline fm_c128 own_add(fm_c128 a, fm_c128 b) {
    return fm_add_c128(a, b);
}
static __device__ inline double own_mul(double a, double b) {
    return a * b;
}
static __device__ inline fm_c128 own_mul(fm_c128 a, fm_c128 b) {
    return fm_multiply_c128(a, b);
}
static __device__ inline fm_c128 own_mul(double a, fm_c128 b) {
    return fm_make_c128(a * b.re, a * b.im);
}
static __device__ inline double own_div(double a, double b) {
    return a / b;
}
static __device__ inline fm_c128 own_div(fm_c128 a, fm_c128 b) {
    return fm_divide_c128(a, b);
}
/* The size by which LAPACK chooses pivots. */
static __device__ inline double own_size(double x) {
    return fabs(x);
}
static __device__ inline double own_size(fm_c128 x) {
    return fabs(x.re) + fabs(x.im);
}
static __device__ inline double own_scalbn(double x, int by) {
    return scalbn(x, by);
}
static __device__ inline fm_c128 own_scalbn(fm_c128 x, int by) {
    return fm_make_c128(scalbn(x.re, by), scalbn(x.im, by));
}

template <typename T> struct own_number;
template <> struct own_number<double> {
    static __device__ inline double of(double re, double) { return re; }
};
template <> struct own_number<fm_c128> {
    static __device__ inline fm_c128 of(double re, double im) { return fm_make_c128(re, im); }
};

template <typename T> static __device__ inline T own_of(double re, double im = 0) {
    return own_number<T>::of(re, im);
}

/* Column-major matrices: element (i, j) of matrix b. */
template <typename T> struct own_stack {
    T *at;
    int64_t each, down;
    __device__ inline T &operator()(int64_t b, int64_t i, int64_t j) const {
        return at[b * each + j * down + i];
    }
};

template <typename T> static inline own_stack<T> own_stack_of(const cu_matrices &m) {
    return {reinterpret_cast<T *>(m.at), m.each, m.down};
}

/* Launches for `items` threads. */
template <typename... P>
static inline cu_error own_launch(const cu_own_lane &lane, int64_t items, void (*kernel)(P...),
                                  typename fm_exactly<P>::type... args) {
    if (items <= 0) return CU_SUCCESS;
    return fm_launch(kernel, fm_cover(items, 1, lane.processors), lane.stream, args...);
}

#endif
