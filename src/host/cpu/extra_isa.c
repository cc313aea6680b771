/* The further elementwise kernels over contiguous elements. */
#include "cpu/vecmath.h"
#include "cpu/extra.h"
#include "cpu/map_loop.h"
#include "scalar/extra.h"

#define LOOP4(name, function, in_type, real)                                                       \
    static void name(int64_t n, void *const *in, void *out) {                                      \
        const in_type *a = in[0], *b = in[1];                                                      \
        const real *c = in[2], *d = in[3];                                                         \
        uint8_t *o = out;                                                                          \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = function(a[i], b[i], c[i], d[i]);                   \
    }
#define LOOP_OF(name, function, in_type, second, out_type)                                         \
    static void name(int64_t n, void *const *in, void *out) {                                      \
        const in_type *a = in[0];                                                                  \
        const second *b = in[1];                                                                   \
        out_type *o = out;                                                                         \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = function(a[i], b[i]);                               \
    }
#define LOOP_REPLACE(name, function, type, real)                                                   \
    static void name(int64_t n, void *const *in, void *out) {                                      \
        const type *a = in[0];                                                                     \
        const real *b = in[1], *c = in[2], *d = in[3];                                             \
        type *o = out;                                                                             \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = function(a[i], b[i], c[i], d[i]);                   \
    }

#define CLOSE(s, T, R)                                                                             \
    LOOP4(loop_isclose_##s, fm_isclose_##s, T, R)                                                  \
    LOOP4(loop_isclose_nan_##s, fm_isclose_nan_##s, T, R)
#define ROUND(s, T, R)                                                                             \
    LOOP_OF(loop_round_up_##s, fm_round_up_##s, T, R, T)                                           \
    LOOP_OF(loop_round_down_##s, fm_round_down_##s, T, R, T)

#define FLT(s, dtype, T)                                                                           \
    FM_LOOP1(loop_spacing_##s, fm_spacing_##s, T, T)                                               \
    FM_LOOP1(loop_sinc_##s, fm_sinc_##s, T, T)                                                     \
    FM_LOOP1(loop_i0_##s, fm_i0_##s, T, T)                                                         \
    FM_LOOP1(loop_modf_fraction_##s, fm_modf_fraction_##s, T, T)                                   \
    FM_LOOP1(loop_frexp_mantissa_##s, fm_frexp_mantissa_##s, T, T)                                 \
    FM_LOOP1(loop_frexp_exponent_##s, fm_frexp_exponent_##s, T, int32_t)                           \
    LOOP_OF(loop_ldexp_##s, fm_ldexp_##s, T, int64_t, T)                                           \
    FM_LOOP1(loop_isposinf_##s, fm_isposinf_##s, T, uint8_t)                                       \
    FM_LOOP1(loop_isneginf_##s, fm_isneginf_##s, T, uint8_t)                                       \
    LOOP_REPLACE(loop_nan_to_num_##s, fm_nan_to_num_##s, T, T)                                     \
    CLOSE(s, T, T)                                                                                 \
    ROUND(s, T, T)
FM_EACH_FLT(FLT)

#define CPX(s, T, R)                                                                               \
    FM_LOOP1(loop_sinc_##s, fm_sinc_##s, T, T)                                                     \
    FM_LOOP1(loop_isreal_##s, fm_isreal_##s, T, uint8_t)                                           \
    FM_LOOP1(loop_iscomplex_##s, fm_iscomplex_##s, T, uint8_t)                                     \
    LOOP_REPLACE(loop_nan_to_num_##s, fm_nan_to_num_##s, T, R)                                     \
    CLOSE(s, T, R)                                                                                 \
    ROUND(s, T, R)
CPX(c64, fm_c64, float)
CPX(c128, fm_c128, double)

#define HALF(s, dtype, T)                                                                          \
    FM_LOOP1(loop_spacing_##s, fm_spacing_##s, T, T)                                               \
    CLOSE(s, T, T)                                                                                 \
    ROUND(s, T, T)
FM_EACH_HALF(HALF)

#define INT(s, dtype, T) FM_LOOP1(loop_bitwise_count_##s, fm_bitwise_count_##s, T, uint8_t)
FM_EACH_INT(INT)

FM_LOOP1(loop_always, fm_always_b8, uint8_t, uint8_t)
FM_LOOP1(loop_never, fm_never_b8, uint8_t, uint8_t)

#define OF_REALS(id)       [FM_FLOAT32] = loop_##id##_f32, [FM_FLOAT64] = loop_##id##_f64
#define OF_PARTS(id)       [FM_COMPLEX64] = loop_##id##_c64, [FM_COMPLEX128] = loop_##id##_c128
#define OF_HALVES(id)      [FM_FLOAT16] = loop_##id##_f16, [FM_BFLOAT16] = loop_##id##_bf16
#define COUNT(s, dtype, T) [dtype] = loop_bitwise_count_##s,

const fm_map_fn FM_ISA_NAME(fm_extra)[FM_EXTRA_COUNT][FM_DTYPE_COUNT] = {
    [FM_EXTRA_spacing] = {OF_REALS(spacing), OF_HALVES(spacing)},
    [FM_EXTRA_bitwise_count] = {FM_EACH_INT(COUNT)},
    [FM_EXTRA_sinc] = {OF_REALS(sinc), OF_PARTS(sinc)},
    [FM_EXTRA_i0] = {OF_REALS(i0)},
    [FM_EXTRA_round_up] = {OF_REALS(round_up), OF_PARTS(round_up), OF_HALVES(round_up)},
    [FM_EXTRA_round_down] = {OF_REALS(round_down), OF_PARTS(round_down), OF_HALVES(round_down)},
    [FM_EXTRA_modf_fraction] = {OF_REALS(modf_fraction)},
    [FM_EXTRA_frexp_mantissa] = {OF_REALS(frexp_mantissa)},
    [FM_EXTRA_frexp_exponent] = {OF_REALS(frexp_exponent)},
    [FM_EXTRA_ldexp] = {OF_REALS(ldexp)},
    [FM_EXTRA_isclose] = {OF_REALS(isclose), OF_PARTS(isclose), OF_HALVES(isclose)},
    [FM_EXTRA_isclose_nan] = {OF_REALS(isclose_nan), OF_PARTS(isclose_nan), OF_HALVES(isclose_nan)},
    [FM_EXTRA_isposinf] = {OF_REALS(isposinf), [FM_BOOL] = loop_never},
    [FM_EXTRA_isneginf] = {OF_REALS(isneginf), [FM_BOOL] = loop_never},
    [FM_EXTRA_isreal] = {OF_PARTS(isreal), [FM_BOOL] = loop_always},
    [FM_EXTRA_iscomplex] = {OF_PARTS(iscomplex), [FM_BOOL] = loop_never},
    [FM_EXTRA_nan_to_num] = {OF_REALS(nan_to_num), OF_PARTS(nan_to_num)},
};
