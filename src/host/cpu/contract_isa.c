/* Matrix products by plain loops, compiled for each instruction level. */
#include "cpu/contract.h"
#include "cpu/map_loop.h"
#include "scalar/types.h"

#include <string.h>

/* Rows whose dot products are computed together: their partial sums fill half of the registers. */
#ifdef __AVX512F__
#define GROUP 4
#else
#define GROUP 2
#endif
#define LANE_BYTES       128
#define ACROSS_BYTES     256
#define FM_ALWAYS_INLINE __attribute__((always_inline))

#define T            int64_t
#define PART         uint64_t
#define SUFFIX       i64
#define ZERO         0
#define ADD(s, x, y) (s = (int64_t)((uint64_t)(s) + (uint64_t)(x) * (uint64_t)(y)))
#define JOIN(s, x)   (s = (int64_t)((uint64_t)(s) + (uint64_t)(x)))
#include "cpu/contract_loops.inc"
#define T            float
#define PART         float
#define SUFFIX       f32
#define ZERO         0
#define ADD(s, x, y) (s += (x) * (y))
#define JOIN(s, x)   (s += (x))
#include "cpu/contract_loops.inc"
#define T            double
#define PART         double
#define SUFFIX       f64
#define ZERO         0
#define ADD(s, x, y) (s += (x) * (y))
#define JOIN(s, x)   (s += (x))
#include "cpu/contract_loops.inc"

#define ADD_COMPLEX(s, x, y)                                                                       \
    ((s).re += (x).re * (y).re - (x).im * (y).im, (s).im += (x).re * (y).im + (x).im * (y).re)
#define JOIN_COMPLEX(s, x) ((s).re += (x).re, (s).im += (x).im)
#define T                  fm_c64
#define PART               float
#define SUFFIX             c64
#define ZERO               ((fm_c64){0, 0})
#define ADD(s, x, y)       ADD_COMPLEX(s, x, y)
#define JOIN(s, x)         JOIN_COMPLEX(s, x)
#include "cpu/contract_loops.inc"
#define T            fm_c128
#define PART         double
#define SUFFIX       c128
#define ZERO         ((fm_c128){0, 0})
#define ADD(s, x, y) ADD_COMPLEX(s, x, y)
#define JOIN(s, x)   JOIN_COMPLEX(s, x)
#include "cpu/contract_loops.inc"

static void conjugate_c64(int64_t n, void *x) {
    fm_c64 *z = x;
    for (int64_t i = 0; i < n; i++) z[i].im = -z[i].im;
}

static void conjugate_c128(int64_t n, void *x) {
    fm_c128 *z = x;
    for (int64_t i = 0; i < n; i++) z[i].im = -z[i].im;
}

const fm_product_table FM_ISA_NAME(fm_product) = {
    .product = {[FM_INT64] = product_i64,
                [FM_FLOAT32] = product_f32,
                [FM_FLOAT64] = product_f64,
                [FM_COMPLEX64] = product_c64,
                [FM_COMPLEX128] = product_c128},
    .row_dots = {[FM_INT64] = row_dots_i64,
                 [FM_FLOAT32] = row_dots_f32,
                 [FM_FLOAT64] = row_dots_f64,
                 [FM_COMPLEX64] = row_dots_c64,
                 [FM_COMPLEX128] = row_dots_c128},
    .multiply = {[FM_INT64] = multiply_i64,
                 [FM_FLOAT32] = multiply_f32,
                 [FM_FLOAT64] = multiply_f64,
                 [FM_COMPLEX64] = multiply_c64,
                 [FM_COMPLEX128] = multiply_c128},
    .conjugate = {[FM_COMPLEX64] = conjugate_c64, [FM_COMPLEX128] = conjugate_c128},
};
