/* The dtypes of fused kernels: how an element is loaded and stored, and in what it is computed. */
#ifndef FM_CUDA_NN_TYPES_H
#define FM_CUDA_NN_TYPES_H

#include "launch.h"
#include "nn_kernel.h"

#include "scalar/half.h"
#include "scalar/step.h"

/* The shared bodies by type. */
#define CU_BODIES(type, suffix)                                                                    \
    static __device__ inline type relu(type x) {                                                   \
        return fm_relu_##suffix(x);                                                                \
    }                                                                                              \
    static __device__ inline type relu_backward(type dy, type y) {                                 \
        return fm_relu_backward_##suffix(dy, y);                                                   \
    }                                                                                              \
    static __device__ inline type descend(type x, type rate, type slope) {                         \
        return fm_descend_##suffix(x, rate, slope);                                                \
    }                                                                                              \
    static __device__ inline type sgd_slope(type g, type w, type decay) {                          \
        return fm_sgd_slope_##suffix(g, w, decay);                                                 \
    }                                                                                              \
    static __device__ inline type sgd_velocity(type v, type slope, type momentum) {                \
        return fm_sgd_velocity_##suffix(v, slope, momentum);                                       \
    }                                                                                              \
    static __device__ inline type sgd_along(type slope, type v, type momentum, bool nesterov) {    \
        return fm_sgd_along_##suffix(slope, v, momentum, nesterov);                                \
    }                                                                                              \
    static __device__ inline type adam_first(type m, type g, type beta, type rest) {               \
        return fm_adam_first_##suffix(m, g, beta, rest);                                           \
    }                                                                                              \
    static __device__ inline type adam_second(type v, type g, type beta, type rest) {              \
        return fm_adam_second_##suffix(v, g, beta, rest);                                          \
    }                                                                                              \
    static __device__ inline type adam_weight(type w, type m, type v, type keep, type step,        \
                                              type root, type epsilon) {                           \
        return fm_adam_weight_##suffix(w, m, v, keep, step, root, epsilon);                        \
    }

/* T in memory, C on the way. */
struct cu_nn_f32 {
    typedef float T;
    typedef float C;
    static __device__ inline C load(T x) { return x; }
    static __device__ inline T store(C x) { return x; }
    static __device__ inline C exponential(C x) { return expf(x); }
    CU_BODIES(float, f32)
};

struct cu_nn_f64 {
    typedef double T;
    typedef double C;
    static __device__ inline C load(T x) { return x; }
    static __device__ inline T store(C x) { return x; }
    static __device__ inline C exponential(C x) { return exp(x); }
    CU_BODIES(double, f64)
};

struct cu_nn_f16 : cu_nn_f32 {
    typedef uint16_t T;
    static __device__ inline C load(T x) { return fm_f16_to_f32(x); }
    static __device__ inline T store(C x) { return fm_f32_to_f16(x); }
};

struct cu_nn_bf16 : cu_nn_f32 {
    typedef uint16_t T;
    static __device__ inline C load(T x) { return fm_bf16_to_f32(x); }
    static __device__ inline T store(C x) { return fm_f32_to_bf16(x); }
};
#undef CU_BODIES

/* Calls function<type>(…) for the type of a dtype. */
#define CU_NN_DISPATCH(dtype, function, ...)                                                       \
    switch (dtype) {                                                                               \
    case FM_FLOAT16:                                                                               \
        return function<cu_nn_f16>(__VA_ARGS__);                                                   \
    case FM_BFLOAT16:                                                                              \
        return function<cu_nn_bf16>(__VA_ARGS__);                                                  \
    case FM_FLOAT32:                                                                               \
        return function<cu_nn_f32>(__VA_ARGS__);                                                   \
    case FM_FLOAT64:                                                                               \
        return function<cu_nn_f64>(__VA_ARGS__);                                                   \
    default:                                                                                       \
        return CU_NOT_SUPPORTED;                                                                   \
    }

#endif
