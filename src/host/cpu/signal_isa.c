/* Loops over signals, compiled for each instruction level. */
#include "cpu/signal_loops.h"
#include "scalar/cpx.h"
#include "scalar/flt.h"
#include "scalar/int.h"
#include "scalar/interp.h"
#include "scalar/series.h"
#include "scalar/wrap.h"

#if defined(__AVX512F__)
#define FM_VECTOR_BYTES 64
#elif defined(__AVX2__)
#define FM_VECTOR_BYTES 32
#else
#define FM_VECTOR_BYTES 16
#endif

/* Which weights meet elements that are there, for `wide` outputs of which the first begins at `at`:
   for some of the outputs in [begin, end), for all of a full block in the dense range. */
typedef struct fm_span {
    int64_t n, at, wide, begin, end, dense_begin, dense_end;
} fm_span;

static inline int64_t clamped(int64_t x, int64_t low, int64_t high) {
    return x < low ? low : x > high ? high : x;
}

static inline fm_span fm_span_of(int64_t n, int64_t m, int64_t at, int64_t wide, int64_t full) {
    fm_span s = {.n = n, .at = at, .wide = wide};
    s.begin = clamped(-at - (wide - 1), 0, m);
    s.end = clamped(n - at, s.begin, m);
    s.dense_begin = clamped(-at, 0, m);
    s.dense_end = clamped(n - at - (wide - 1), 0, m);
    if (wide < full || s.dense_end < s.dense_begin) s.dense_end = s.dense_begin;
    return s;
}

/* The outputs that weight k reaches. */
static inline int64_t fm_span_low(const fm_span *s, int64_t k) {
    return clamped(-s->at - k, 0, s->wide);
}
static inline int64_t fm_span_high(const fm_span *s, int64_t k) {
    return clamped(s->n - s->at - k, 0, s->wide);
}

#define MAC(s, x, y) ((s) + (x) * (y))
#define VECTORS      8
#define T            double
#define S            f64
#include "cpu/correlate.inc"
#undef T
#undef S
#define T float
#define S f32
#include "cpu/correlate.inc"
#undef T
#undef S
/* Integers wrap, so the sign plays no part. */
#define T uint64_t
#define S u64
#include "cpu/correlate.inc"
#undef T
#undef S
#define T uint32_t
#define S u32
#include "cpu/correlate.inc"
#undef T
#undef S
#define T uint16_t
#define S u16
#include "cpu/correlate.inc"
#undef T
#undef S
#undef VECTORS
#define VECTORS 4
#define T       uint8_t
#define S       u8
#include "cpu/correlate.inc"
#undef T
#undef S
#undef MAC
#define MAC(s, x, y) ((s) | ((x) & (y)))
#define T            uint8_t
#define S            b8
#include "cpu/correlate.inc"
#undef T
#undef S
#define R double
#define S c128
#include "cpu/correlate_complex.inc"
#undef R
#undef S
#define R float
#define S c64
#include "cpu/correlate_complex.inc"
#undef R
#undef S

/* Blocks stay in the first cache over all coefficients. */
#define POLYVAL(suffix, dtype, type)                                                               \
    static void polyval_##suffix(const void *coefficients, int64_t np, const void *points,         \
                                 int64_t n, void *to) {                                            \
        enum { BLOCK = 512 };                                                                      \
        const type *p = coefficients, *x = points;                                                 \
        type *out = to;                                                                            \
        for (int64_t i = 0; i < n; i += BLOCK) {                                                   \
            int64_t few = n - i < BLOCK ? n - i : BLOCK;                                           \
            type y[BLOCK];                                                                         \
            memset(y, 0, sizeof y);                                                                \
            for (int64_t k = 0; k < np; k++)                                                       \
                for (int64_t j = 0; j < few; j++)                                                  \
                    y[j] = fm_add_##suffix(fm_multiply_##suffix(y[j], x[i + j]), p[k]);            \
            memcpy(out + i, y, (size_t)few * sizeof *out);                                         \
        }                                                                                          \
    }
POLYVAL(b8, FM_BOOL, uint8_t)
FM_EACH_INT(POLYVAL)
FM_EACH_FLT(POLYVAL)
FM_EACH_CPX(POLYVAL)

#define SERIES(name, ...)                                                                          \
    for (int64_t i = begin; i < end; i++) out[i - begin] = name(__VA_ARGS__, (double)i);           \
    break
static void series(int id, double a, double b, int64_t begin, int64_t end, double *out) {
    if (id < FM_SERIES_kaiser && a == 1) {
        for (int64_t i = begin; i < end; i++) out[i - begin] = 1;
        return;
    }
    switch (id) {
    case FM_SERIES_bartlett:
        SERIES(fm_bartlett, a);
    case FM_SERIES_blackman:
        SERIES(fm_blackman, a);
    case FM_SERIES_hamming:
        SERIES(fm_hamming, a);
    case FM_SERIES_hanning:
        SERIES(fm_hanning, a);
    case FM_SERIES_kaiser:
        SERIES(fm_kaiser_argument, a, b);
    case FM_SERIES_fftfreq:
        SERIES(fm_fftfreq, a, b);
    default:
        for (int64_t i = begin; i < end; i++) out[i - begin] = (double)i * b;
    }
}

static void part(int64_t n, int single, const void *x, double sign, void *re, void *im) {
    if (single) {
        const fm_c64 *z = x;
        for (int64_t i = 0; i < n; i++) {
            ((float *)re)[i] = z[i].re;
            ((float *)im)[i] = (float)sign * z[i].im;
        }
        return;
    }
    const fm_c128 *z = x;
    for (int64_t i = 0; i < n; i++) {
        ((double *)re)[i] = z[i].re;
        ((double *)im)[i] = sign * z[i].im;
    }
}

static void interp(int64_t n, const double *x, const double *xp, const void *fp, int64_t np,
                   int is_complex, const void *left, const void *right, void *out) {
    int64_t at = 0;
    if (is_complex) {
        const fm_c128 *y = fp, *low = left, *high = right;
        for (int64_t i = 0; i < n; i++)
            ((fm_c128 *)out)[i] = fm_interp_c128(x[i], xp, y, np, *low, *high, &at);
        return;
    }
    const double *low = left, *high = right;
    for (int64_t i = 0; i < n; i++)
        ((double *)out)[i] = fm_interp_f64(x[i], xp, fp, np, *low, *high, &at);
}

static void wrap(int64_t n, int single, const void *steps, double period, double least, void *out) {
    const float *narrow = steps;
    const double *wide = steps;
    for (int64_t i = 0; single && i < n; i++)
        ((float *)out)[i] = fm_wrap_f32(narrow[i], (float)period, (float)least);
    for (int64_t i = 0; !single && i < n; i++)
        ((double *)out)[i] = fm_wrap_f64(wide[i], period, least);
}

#define ENTRY(suffix, dtype, type) [dtype] = polyval_##suffix,
const fm_signal_table FM_ISA_NAME(fm_signal) = {
    .correlate =
        {
            [FM_BOOL] = correlate_b8,
            [FM_INT8] = correlate_u8,
            [FM_UINT8] = correlate_u8,
            [FM_INT16] = correlate_u16,
            [FM_UINT16] = correlate_u16,
            [FM_INT32] = correlate_u32,
            [FM_UINT32] = correlate_u32,
            [FM_INT64] = correlate_u64,
            [FM_UINT64] = correlate_u64,
            [FM_FLOAT32] = correlate_f32,
            [FM_FLOAT64] = correlate_f64,
            [FM_COMPLEX64] = correlate_c64,
            [FM_COMPLEX128] = correlate_c128,
        },
    .polyval = {[FM_BOOL] = polyval_b8, FM_EACH_INT(ENTRY) FM_EACH_FLT(ENTRY) FM_EACH_CPX(ENTRY)},
    .series = series,
    .part = part,
    .interp = interp,
    .wrap = wrap,
};
