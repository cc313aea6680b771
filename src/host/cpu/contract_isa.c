/* Matrix products by plain loops, compiled for each instruction level. */
#include "cpu/contract.h"
#include "cpu/map_loop.h"
#include "scalar/types.h"

#include <string.h>

#define T            int64_t
#define SUFFIX       i64
#define ZERO         0
#define ADD(s, x, y) (s = (int64_t)((uint64_t)(s) + (uint64_t)(x) * (uint64_t)(y)))
#define JOIN(s, x)   (s = (int64_t)((uint64_t)(s) + (uint64_t)(x)))
#include "cpu/contract_loops.inc"
#define T            float
#define SUFFIX       f32
#define ZERO         0
#define ADD(s, x, y) (s += (x) * (y))
#define JOIN(s, x)   (s += (x))
#include "cpu/contract_loops.inc"
#define T            double
#define SUFFIX       f64
#define ZERO         0
#define ADD(s, x, y) (s += (x) * (y))
#define JOIN(s, x)   (s += (x))
#include "cpu/contract_loops.inc"

#define ADD_COMPLEX(s, x, y)                                                                       \
    ((s).re += (x).re * (y).re - (x).im * (y).im, (s).im += (x).re * (y).im + (x).im * (y).re)
#define JOIN_COMPLEX(s, x) ((s).re += (x).re, (s).im += (x).im)
#define T                  fm_c64
#define SUFFIX             c64
#define ZERO               ((fm_c64){0, 0})
#define ADD(s, x, y)       ADD_COMPLEX(s, x, y)
#define JOIN(s, x)         JOIN_COMPLEX(s, x)
#include "cpu/contract_loops.inc"
#define T            fm_c128
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
    .multiply = {[FM_INT64] = multiply_i64,
                 [FM_FLOAT32] = multiply_f32,
                 [FM_FLOAT64] = multiply_f64,
                 [FM_COMPLEX64] = multiply_c64,
                 [FM_COMPLEX128] = multiply_c128},
    .conjugate = {[FM_COMPLEX64] = conjugate_c64, [FM_COMPLEX128] = conjugate_c128},
};
