/* Tells gcc that the C library's mathematics has vector forms, so that loops over it vectorise.
 *
 * Include it in *_isa.c files before the scalar bodies. On x86-64 with glibc 2.35 or later every
 * function below exists in libmvec (part of libc6; -lm links it where it is needed) for 128, 256
 * and 512 bit vectors; erf (4.0) exists too and is left scalar. Largest errors
 * found over the whole range, in ulp, float32 then float64, beside SLEEF 3.5.1 and with times,
 * stand in docs/decisions/0002-cpu-vector-math.md; all are below 4. Elements that do not fill a
 * vector go to the scalar functions and may differ in the last bits.
 *
 * Clang 14 does not know the attribute: its loops are right and slower. */
#ifndef FM_CPU_VECMATH_H
#define FM_CPU_VECMATH_H

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 35)
#define FM_VECTOR __attribute__((simd("notinbranch"), const))
#define FM_VECTOR_1(name)                                                                          \
    FM_VECTOR extern double name(double);                                                          \
    FM_VECTOR extern float name##f(float);
#define FM_VECTOR_2(name)                                                                          \
    FM_VECTOR extern double name(double, double);                                                  \
    FM_VECTOR extern float name##f(float, float);

FM_VECTOR_1(cbrt)  /* 2.9 2.9 */
FM_VECTOR_1(exp)   /* 2.7 2.7 */
FM_VECTOR_1(exp2)  /* 1.0 1.6 */
FM_VECTOR_1(expm1) /* 2.2 2.8 */
FM_VECTOR_1(log)   /* 3.8 1.4 */
FM_VECTOR_1(log2)  /* 2.0 1.6 */
FM_VECTOR_1(log10) /* 2.3 1.7 */
FM_VECTOR_1(log1p) /* 1.8 1.7 */
FM_VECTOR_1(sin)   /* 2.0 3.1 */
FM_VECTOR_1(cos)   /* 1.8 3.3 */
FM_VECTOR_1(tan)   /* 3.6 3.4 */
FM_VECTOR_1(asin)  /* 2.6 2.5 */
FM_VECTOR_1(acos)  /* 2.0 1.7 */
FM_VECTOR_1(atan)  /* 2.1 2.2 */
FM_VECTOR_1(sinh)  /* 1.9 1.9 */
FM_VECTOR_1(cosh)  /* 2.2 1.9 */
FM_VECTOR_1(tanh)  /* 1.4 2.1 */
FM_VECTOR_1(asinh) /* 1.9 2.0 */
FM_VECTOR_1(acosh) /* 1.9 2.0 */
FM_VECTOR_1(atanh) /* 2.0 2.0 */
FM_VECTOR_1(erfc)  /* 1.4 1.5 */
FM_VECTOR_2(pow)   /* 0.7 1.0 */
FM_VECTOR_2(atan2) /* 3.2 2.5 */
FM_VECTOR_2(hypot) /* 1.2 1.3 */

#undef FM_VECTOR_1
#undef FM_VECTOR_2
#undef FM_VECTOR
#endif
#endif

#endif
