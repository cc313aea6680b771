/* Kernels of distributions over contiguous float64. */
#include "cpu/vecmath.h"
#include "cpu/map_loop.h"
#include "cpu/special.h"
#include "scalar/special.h"

#define NAME(distribution, function) loop_##distribution##_##function
#define BODY(distribution, function) fm_##distribution##_##function
#define CUT(distribution, function)  fm_##distribution##_##function##_of

#define FM_SPECIAL2(d, f, ...)                                                                     \
    static void NAME(d, f)(int64_t n, void *const *in, void *out) {                                \
        const double *x = in[0], *l = in[1], *s = in[2];                                           \
        double *o = out;                                                                           \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = BODY(d, f)(x[i], l[i], s[i]);                       \
    }
#define FM_SPECIAL3(d, f, ...)                                                                     \
    static void NAME(d, f)(int64_t n, void *const *in, void *out) {                                \
        const double *x = in[0], *a = in[1], *l = in[2], *s = in[3];                               \
        double *o = out;                                                                           \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = BODY(d, f)(x[i], a[i], l[i], s[i]);                 \
    }
#define FM_SPECIAL4(d, f, ...)                                                                     \
    static void NAME(d, f)(int64_t n, void *const *in, void *out) {                                \
        const double *x = in[0], *a = in[1], *b = in[2], *l = in[3], *s = in[4];                   \
        double *o = out;                                                                           \
        if (n == 0) return;                                                                        \
        fm_cut cut = fm_cut_of(a[0], b[0]);                                                        \
        double low = a[0], high = b[0];                                                            \
        for (int64_t i = 0; i < n; i++) {                                                          \
            if (a[i] != low || b[i] != high) {                                                     \
                low = a[i];                                                                        \
                high = b[i];                                                                       \
                cut = fm_cut_of(low, high);                                                        \
            }                                                                                      \
            o[i] = CUT(d, f)(&cut, x[i], low, high, l[i], s[i]);                                   \
        }                                                                                          \
    }
#include "ops/special.def"

#define FM_SPECIAL2(d, f, ...) [FM_SPECIAL_##d##_##f] = NAME(d, f),
#define FM_SPECIAL3            FM_SPECIAL2
#define FM_SPECIAL4            FM_SPECIAL2
const fm_map_fn FM_ISA_NAME(fm_special)[FM_SPECIAL_COUNT] = {
#include "ops/special.def"
};
