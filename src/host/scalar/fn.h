/* What a function of one element is declared as, for a C compiler and for nvcc. */
#ifndef FM_SCALAR_FN_H
#define FM_SCALAR_FN_H

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__CUDACC__)
#define FM_FN static __host__ __device__ __forceinline__
#elif defined(__GNUC__)
#define FM_FN static inline __attribute__((always_inline, unused))
#else
#define FM_FN static inline
#endif

/* A larger one, which nvcc is to call rather than to copy into every kernel. */
#if defined(__CUDACC__)
#define FM_FN_LARGE __host__ __device__ __noinline__ inline
#else
#define FM_FN_LARGE FM_FN
#endif

/* In an included template: NAME_f32 where SUFFIX is f32. */
#define FM_PASTE_(name, suffix) name##_##suffix
#define FM_PASTE(name, suffix)  FM_PASTE_(name, suffix)

#endif
