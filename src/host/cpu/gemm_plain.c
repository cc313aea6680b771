/* Plain products: B is copied by tiles in the order of use, then rows of C are added to. */
#include "cpu/gemm_plain.h"

enum { TILE = 64 };

static int64_t at_most(int64_t left) {
    return left < TILE ? left : TILE;
}

#define T       float
#define NAME(f) f##_f32
#include "cpu/gemm_plain_real.inc"
#undef T
#undef NAME
#define T       double
#define NAME(f) f##_f64
#include "cpu/gemm_plain_real.inc"
#undef T
#undef NAME
#define T       float
#define NAME(f) f##_c64
#include "cpu/gemm_plain_complex.inc"
#undef T
#undef NAME
#define T       double
#define NAME(f) f##_c128
#include "cpu/gemm_plain_complex.inc"
#undef T
#undef NAME
