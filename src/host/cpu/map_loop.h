/* The loops of map kernels: one function of one element each, over contiguous operands. */
#ifndef FM_CPU_MAP_LOOP_H
#define FM_CPU_MAP_LOOP_H

#include "cpu/map.h"

#include <stdint.h>

#define FM_JOIN_(a, b) a##b
#define FM_JOIN(a, b)  FM_JOIN_(a, b)

/* Element i depends on element i alone, also where the output is an input. */
#if defined(__clang__)
#define FM_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define FM_INDEPENDENT _Pragma("GCC ivdep")
#else
#define FM_INDEPENDENT
#endif

#define FM_LOOP1(name, function, in_type, out_type)                                                \
    static void name(int64_t n, void *const *in, void *out) {                                      \
        const in_type *a = in[0];                                                                  \
        out_type *o = out;                                                                         \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = function(a[i]);                                     \
    }

#define FM_LOOP2(name, function, in_type, out_type)                                                \
    static void name(int64_t n, void *const *in, void *out) {                                      \
        const in_type *a = in[0], *b = in[1];                                                      \
        out_type *o = out;                                                                         \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = function(a[i], b[i]);                               \
    }

#define FM_LOOP3(name, function, in_type, out_type)                                                \
    static void name(int64_t n, void *const *in, void *out) {                                      \
        const in_type *a = in[0], *b = in[1], *c = in[2];                                          \
        out_type *o = out;                                                                         \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = function(a[i], b[i], c[i]);                         \
    }

#endif
