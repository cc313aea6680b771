/* Kernels of statistics over contiguous elements, compiled for each instruction level. */
#include "cpu/reduce.h"
#include "scalar/types.h"

/* Float sums run in LANES partial sums over blocks of BLOCK elements; ROWS rows of COLUMNS at a
   time go into the states of as many outputs. */
enum { LANES = 64, BLOCK = 512, ROWS = 16, COLUMNS = 256, EXTREMA = 64, ARG_BLOCK = 1024 };

/* A sum as hi + lo, lo being what the additions to hi have lost, of n elements. */
typedef struct counted {
    double hi, lo;
    int64_t n;
} counted;

typedef struct counted2 {
    double re, re_lo, im, im_lo;
    int64_t n;
} counted2;

static inline void two_sum(double *hi, double *lo, double x) {
    double sum = *hi + x, part = sum - *hi;
    *lo += (*hi - (sum - part)) + (x - part);
    *hi = sum;
}

static inline void counted_add(counted *s, double x, int64_t n) {
    two_sum(&s->hi, &s->lo, x);
    s->n += n;
}

static inline void counted_join(counted *s, const counted *later) {
    counted_add(s, later->hi, later->n);
    s->lo += later->lo;
}

/* Past an infinity or NaN the lost part has no meaning. */
static inline double whole(double hi, double lo) {
    return hi - hi == 0 ? hi + lo : hi;
}

/* The number, mean and sum of squared distances from the mean of elements seen. */
typedef struct moments {
    double n, mean, m2;
} moments;

typedef struct moments2 {
    double n, re, im, m2;
} moments2;

/* Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing sample
   variances (1979). */
static inline void moments_join(moments *s, double n, double mean, double m2) {
    double total = s->n + n, apart = mean - s->mean;
    double share = total > 0 ? n / total : 0;
    s->m2 += m2 + (s->n > 0 && n > 0 ? apart * apart * (s->n * share) : 0);
    s->mean = s->n > 0 ? s->mean + (n > 0 ? apart * share : 0) : mean;
    s->n = total;
}

static inline void moments2_join(moments2 *s, double n, double re, double im, double m2) {
    if (n == 0) return;
    double total = s->n + n, share = n / total, x = re - s->re, y = im - s->im;
    if (s->n > 0) {
        s->m2 += m2 + (x * x + y * y) * (s->n * share);
        s->re += x * share;
        s->im += y * share;
    } else {
        *s = (moments2){0, re, im, m2};
    }
    s->n = total;
}

/* divisor is what the elements' number leaves, or with `skips` what is taken from each number. */
static inline double spread(double m2, double n, double divisor, bool skips) {
    if (!skips) return m2 / divisor;
    double freedom = n - divisor;
    return freedom > 0 ? m2 / freedom : (double)NAN;
}

#define T      float
#define SUFFIX f32
#include "cpu/statistics_float.inc"
#define T      double
#define SUFFIX f64
#include "cpu/statistics_float.inc"

#define T      fm_c64
#define V      float
#define SUFFIX c64
#include "cpu/statistics_complex.inc"
#define T      fm_c128
#define V      double
#define SUFFIX c128
#include "cpu/statistics_complex.inc"

/* Bytes 0 and 1 are added in bytes as long as those cannot overflow. */
static int64_t count_bytes(int64_t n, const uint8_t *x) {
    int64_t count = 0, i = 0;
    while (i + LANES <= n) {
        uint8_t lane[LANES] = {0};
        for (int k = 0; k < 255 && i + LANES <= n; k++, i += LANES)
            for (int l = 0; l < LANES; l++) lane[l] = (uint8_t)(lane[l] + (x[i + l] != 0));
        for (int l = 0; l < LANES; l++) count += lane[l];
    }
    for (; i < n; i++) count += x[i] != 0;
    return count;
}

static void count_b8_run(int64_t n, const void *x, int64_t first, void *state) {
    (void)first;
    *(int64_t *)state += count_bytes(n, x);
}

#define T               uint8_t
#define NAME            count_b8
#define S               int64_t
#define R               int64_t
#define START           0
#define STEP(s, x)      (*(s) += (x) != 0)
#define JOIN(s, o)      (*(s) += *(o))
#define VALUE(s, count) (*(s))
#define OWN_RUN
#include "cpu/reduce_fold.inc"
#undef T

#define KERNEL(state_, result_, name_, finish_)                                                    \
    { sizeof(state_), result_, name_##_start, name_##_run, name_##_rows, name_##_merge, finish_ }
#define FLOATS(name_, state_, finish_)                                                             \
    [FM_FLOAT32] = KERNEL(state_, FM_FLOAT32, name_##_f32, finish_##_f32_finish),                  \
    [FM_FLOAT64] = KERNEL(state_, FM_FLOAT64, name_##_f64, finish_##_f64_finish)
#define COMPLEXES(name_, state_, finish_)                                                          \
    [FM_COMPLEX64] = KERNEL(state_, FM_COMPLEX64, name_##_c64, finish_##_c64_finish),              \
    [FM_COMPLEX128] = KERNEL(state_, FM_COMPLEX128, name_##_c128, finish_##_c128_finish)
#define SPREADS(name_, finish_)                                                                    \
    [FM_FLOAT32] = KERNEL(moments, FM_FLOAT32, name_##_f32, finish_##_f32_finish),                 \
    [FM_FLOAT64] = KERNEL(moments, FM_FLOAT64, name_##_f64, finish_##_f64_finish),                 \
    [FM_COMPLEX64] = KERNEL(moments2, FM_FLOAT32, name_##_c64, finish_##_c64_finish),              \
    [FM_COMPLEX128] = KERNEL(moments2, FM_FLOAT64, name_##_c128, finish_##_c128_finish)
#define EXTREMA_OF(order)                                                                          \
    [FM_FLOAT32] = KERNEL(float, FM_FLOAT32, nan##order##_f32, nan##order##_f32_finish),           \
    [FM_FLOAT64] = KERNEL(double, FM_FLOAT64, nan##order##_f64, nan##order##_f64_finish),          \
    [FM_COMPLEX64] = KERNEL(nanbest_c64, FM_COMPLEX64, nan##order##_c64, nan##order##_c64_finish), \
    [FM_COMPLEX128] =                                                                              \
        KERNEL(nanbest_c128, FM_COMPLEX128, nan##order##_c128, nan##order##_c128_finish)
#define PLACES_OF(order)                                                                           \
    [FM_FLOAT32] = KERNEL(nanplace_f32, FM_INT64, nanarg##order##_f32, nanarg_f32_finish),         \
    [FM_FLOAT64] = KERNEL(nanplace_f64, FM_INT64, nanarg##order##_f64, nanarg_f64_finish),         \
    [FM_COMPLEX64] =                                                                               \
        KERNEL(nanbest_c64, FM_INT64, nanarg##order##_c64, nanarg##order##_c64_finish),            \
    [FM_COMPLEX128] =                                                                              \
        KERNEL(nanbest_c128, FM_INT64, nanarg##order##_c128, nanarg##order##_c128_finish)

const fm_statistics_table FM_ISA_NAME(fm_statistics) = {{
    [FM_STATISTIC_count_nonzero] = {[FM_BOOL] = KERNEL(int64_t, FM_INT64, count_b8,
                                                       count_b8_finish)},
    [FM_STATISTIC_nansum] = {FLOATS(nansum, counted, nansum), COMPLEXES(nansum, counted2, nansum)},
    [FM_STATISTIC_nanmean] = {FLOATS(nansum, counted, nanmean),
                              COMPLEXES(nansum, counted2, nanmean)},
    [FM_STATISTIC_nanprod] = {FLOATS(nanprod, double, nanprod),
                              COMPLEXES(nanprod, fm_c128, nanprod)},
    [FM_STATISTIC_nanmax] = {EXTREMA_OF(max)},
    [FM_STATISTIC_nanmin] = {EXTREMA_OF(min)},
    [FM_STATISTIC_nanargmax] = {PLACES_OF(max)},
    [FM_STATISTIC_nanargmin] = {PLACES_OF(min)},
    [FM_STATISTIC_var] = {SPREADS(var, var)},
    [FM_STATISTIC_std] = {SPREADS(var, std)},
    [FM_STATISTIC_nanvar] = {SPREADS(nanvar, nanvar)},
    [FM_STATISTIC_nanstd] = {SPREADS(nanvar, nanstd)},
}};
