/* Reduction kernels over contiguous elements, compiled for each instruction level. */
#include "cpu/reduce.h"
#include "scalar/types.h"

/* Float sums run in LANES partial sums over blocks of BLOCK elements: each element goes through few
   roundings, and each block's sum is added to a total that keeps what its additions lose. */
enum { LANES = 64, BLOCK = 512, ROWS = 16, COLUMNS = 256, EXTREMA = 64, ARG_BLOCK = 1024 };

/* A sum as hi + lo, lo being what the additions to hi have lost. */
typedef struct total {
    double hi, lo;
} total;

typedef struct total2 {
    total re, im;
} total2;

static inline void total_add(total *t, double x) {
    double sum = t->hi + x, part = sum - t->hi;
    t->lo += (t->hi - (sum - part)) + (x - part);
    t->hi = sum;
}

static inline void total_join(total *t, const total *other) {
    total_add(t, other->hi);
    t->lo += other->lo;
}

/* Past an infinity or NaN the lost part has no meaning. */
static inline double total_value(const total *t) {
    return t->hi - t->hi == 0 ? t->hi + t->lo : t->hi;
}

#define T      float
#define SUFFIX f32
#include "cpu/reduce_float.inc"
#define T      double
#define SUFFIX f64
#include "cpu/reduce_float.inc"

#define T      fm_c64
#define V      float
#define SUFFIX c64
#include "cpu/reduce_complex.inc"
#define T      fm_c128
#define V      double
#define SUFFIX c128
#include "cpu/reduce_complex.inc"

#define T      int64_t
#define SUFFIX i64
#include "cpu/reduce_integer.inc"
#define T      uint64_t
#define SUFFIX u64
#include "cpu/reduce_integer.inc"

#define IS_NAN(x) false
#define T         uint8_t
#define SUFFIX    b8
#define LEAST     0
#define MOST      1
#include "cpu/reduce_extrema.inc"
#define T      int8_t
#define SUFFIX i8
#define LEAST  INT8_MIN
#define MOST   INT8_MAX
#include "cpu/reduce_extrema.inc"
#define T      int16_t
#define SUFFIX i16
#define LEAST  INT16_MIN
#define MOST   INT16_MAX
#include "cpu/reduce_extrema.inc"
#define T      int32_t
#define SUFFIX i32
#define LEAST  INT32_MIN
#define MOST   INT32_MAX
#include "cpu/reduce_extrema.inc"
#define T      int64_t
#define SUFFIX i64
#define LEAST  INT64_MIN
#define MOST   INT64_MAX
#include "cpu/reduce_extrema.inc"
#define T      uint8_t
#define SUFFIX u8
#define LEAST  0
#define MOST   UINT8_MAX
#include "cpu/reduce_extrema.inc"
#define T      uint16_t
#define SUFFIX u16
#define LEAST  0
#define MOST   UINT16_MAX
#include "cpu/reduce_extrema.inc"
#define T      uint32_t
#define SUFFIX u32
#define LEAST  0
#define MOST   UINT32_MAX
#include "cpu/reduce_extrema.inc"
#define T      uint64_t
#define SUFFIX u64
#define LEAST  0
#define MOST   UINT64_MAX
#include "cpu/reduce_extrema.inc"
#undef IS_NAN
#define IS_NAN(x) ((x) != (x))
#define T         float
#define SUFFIX    f32
#define LEAST     (-INFINITY)
#define MOST      INFINITY
#include "cpu/reduce_extrema.inc"
#define T      double
#define SUFFIX f64
#define LEAST  (-INFINITY)
#define MOST   INFINITY
#include "cpu/reduce_extrema.inc"

#define T               uint8_t
#define NAME            any_b8
#define S               uint8_t
#define R               uint8_t
#define START           0
#define STEP(s, x)      (*(s) = (uint8_t)(*(s) | (x)))
#define JOIN(s, o)      STEP(s, *(o))
#define VALUE(s, count) (*(s) != 0)
#include "cpu/reduce_fold.inc"
#define NAME            all_b8
#define S               uint8_t
#define R               uint8_t
#define START           1
#define STEP(s, x)      (*(s) = (uint8_t)(*(s) & ((x) != 0)))
#define JOIN(s, o)      STEP(s, *(o))
#define VALUE(s, count) (*(s))
#include "cpu/reduce_fold.inc"
#undef T

#define KERNEL(state_, result_, name_, finish_)                                                    \
    { sizeof(state_), result_, name_##_start, name_##_run, name_##_rows, name_##_merge, finish_ }
#define ORDERED(s, dtype_, type_, order)                                                           \
    [dtype_] = KERNEL(type_, dtype_, order##_##s, order##_##s##_finish)
#define ARGS(s, dtype_, type_, order)                                                              \
    [dtype_] = KERNEL(order##_##s, FM_INT64, order##_##s, order##_##s##_finish)
#define MAX(s, dtype_, type_)    ORDERED(s, dtype_, type_, max),
#define MIN(s, dtype_, type_)    ORDERED(s, dtype_, type_, min),
#define ARGMAX(s, dtype_, type_) ARGS(s, dtype_, type_, arg_max),
#define ARGMIN(s, dtype_, type_) ARGS(s, dtype_, type_, arg_min),
#define EACH_REAL(X)             X(b8, FM_BOOL, uint8_t) FM_EACH_INT(X) FM_EACH_FLT(X)
#define BEST(s, dtype_, order)                                                                     \
    [dtype_] = KERNEL(best_##s, dtype_, order##_##s, order##_##s##_finish)
#define ARGBEST(s, dtype_, order)                                                                  \
    [dtype_] = KERNEL(best_##s, FM_INT64, order##_##s, arg_##order##_##s##_finish)
#define TOTALS(finish_)                                                                            \
    [FM_FLOAT32] = KERNEL(total, FM_FLOAT32, sum_f32, finish_##_f32_finish),                       \
    [FM_FLOAT64] = KERNEL(total, FM_FLOAT64, sum_f64, finish_##_f64_finish),                       \
    [FM_COMPLEX64] = KERNEL(total2, FM_COMPLEX64, sum_c64, finish_##_c64_finish),                  \
    [FM_COMPLEX128] = KERNEL(total2, FM_COMPLEX128, sum_c128, finish_##_c128_finish)
#define INTEGERS(name_)                                                                            \
    [FM_INT64] = KERNEL(uint64_t, FM_INT64, name_##_i64, name_##_i64_finish),                      \
    [FM_UINT64] = KERNEL(uint64_t, FM_UINT64, name_##_u64, name_##_u64_finish)
#define LOGICAL(name_) [FM_BOOL] = KERNEL(uint8_t, FM_BOOL, name_##_b8, name_##_b8_finish)

const fm_reduce_table FM_ISA_NAME(fm_reduce) = {{
    [FM_REDUCE_sum] = {LOGICAL(any), INTEGERS(sum), TOTALS(sum)},
    [FM_REDUCE_mean] = {TOTALS(mean)},
    [FM_REDUCE_prod] =
        {LOGICAL(all),
         INTEGERS(prod), [FM_FLOAT32] = KERNEL(double, FM_FLOAT32, prod_f32, prod_f32_finish),
         [FM_FLOAT64] = KERNEL(double, FM_FLOAT64, prod_f64, prod_f64_finish),
         [FM_COMPLEX64] = KERNEL(fm_c128, FM_COMPLEX64, prod_c64, prod_c64_finish),
         [FM_COMPLEX128] = KERNEL(fm_c128, FM_COMPLEX128, prod_c128, prod_c128_finish)},
    [FM_REDUCE_max] = {EACH_REAL(MAX) BEST(c64, FM_COMPLEX64, max), BEST(c128, FM_COMPLEX128, max)},
    [FM_REDUCE_min] = {EACH_REAL(MIN) BEST(c64, FM_COMPLEX64, min), BEST(c128, FM_COMPLEX128, min)},
    [FM_REDUCE_any] = {LOGICAL(any)},
    [FM_REDUCE_all] = {LOGICAL(all)},
    [FM_REDUCE_argmax] = {EACH_REAL(ARGMAX) ARGBEST(c64, FM_COMPLEX64, max),
                          ARGBEST(c128, FM_COMPLEX128, max)},
    [FM_REDUCE_argmin] = {EACH_REAL(ARGMIN) ARGBEST(c64, FM_COMPLEX64, min),
                          ARGBEST(c128, FM_COMPLEX128, min)},
}};
