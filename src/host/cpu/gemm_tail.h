/* What follows a float32 product on its own block of C. */
#ifndef FM_CPU_GEMM_TAIL_H
#define FM_CPU_GEMM_TAIL_H

#include <stdint.h>

#include "cpu/gemm.h"
#include "cpu/isa.h"

/* Applies the tail to an (m, n) block whose rows lie ldc apart; the tail's pointers are the block's
 * own. One for each instruction level. */
#define FM_DECLARE_TAIL(isa)                                                                       \
    void fm_apply_tail_##isa(int64_t m, int64_t n, float *c, int64_t ldc, const fm_gemm_tail *tail);
FM_ISA_DECLARE(FM_DECLARE_TAIL)

#endif
