/* Map kernels of float32 and float64. */
#include "cpu/vecmath.h"
#include "cpu/map_dtype.h"
#include "scalar/flt.h"

enum { BLOCK = 256 };

/* Division to an integer: the rests of a block by the way that is the same for all elements, then
   those that it does not give, then the results. */
#define LOOP_DIVISION(name, is_near, near, whole, of_rest, T)                                      \
    static void name(int64_t n, void *const *in, void *out) {                                      \
        T rest[BLOCK], *o = out;                                                                   \
        for (int64_t first = 0; first < n; first += BLOCK) {                                       \
            const T *a = (const T *)in[0] + first, *b = (const T *)in[1] + first;                  \
            int64_t few = n - first < BLOCK ? n - first : BLOCK;                                   \
            unsigned far = 0;                                                                      \
            for (int64_t i = 0; i < few; i++) rest[i] = near(a[i], b[i]);                          \
            for (int64_t i = 0; i < few; i++) far |= !is_near(a[i], b[i]);                         \
            for (int64_t i = 0; far && i < few; i++)                                               \
                if (!is_near(a[i], b[i])) rest[i] = whole(a[i], b[i]);                             \
            FM_INDEPENDENT                                                                         \
            for (int64_t i = 0; i < few; i++) o[first + i] = of_rest(a[i], b[i], rest[i]);         \
        }                                                                                          \
    }
#define DIVISION(id)                                                                               \
    LOOP_DIVISION(LOOP(id), S(fmod_is_near), S(fmod_near), S(fmod), S(id##_of_rest), T)

#define DEFINE2_D(id)
#define ENTRY_D(number, id)

#define T                  float
#define REAL               float
#define S(name)            fm_##name##_f32
#define LOOP(name)         loop_##name##_f32
#define TABLE(name)        FM_ISA_NAME(fm_##name##_f32)
#define COLUMN(b, i, f, c) f
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#undef DEFINE2_D
#undef ENTRY_D
#define DEFINE2_D(id)       FM_LOOP2(LOOP(id), S(id), T, T)
#define ENTRY_D(number, id) [number] = LOOP(id),

#define T                  double
#define REAL               double
#define S(name)            fm_##name##_f64
#define LOOP(name)         loop_##name##_f64
#define TABLE(name)        FM_ISA_NAME(fm_##name##_f64)
#define COLUMN(b, i, f, c) f
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN
