/* The parts of stream.c that are compiled for each instruction level. */
#ifndef FM_CPU_STREAM_ISA_H
#define FM_CPU_STREAM_ISA_H

#include <stddef.h>
#include <stdint.h>

#include "cpu/isa.h"

enum { FM_SUM_BLOCK = 2048 };

/* Sums of at most FM_SUM_BLOCK elements. */
#define FM_DECLARE_STREAM(isa)                                                                     \
    void fm_stream_out_##isa(void *restrict to, const void *restrict from, size_t bytes);          \
    double fm_sum_block_f32_##isa(const float *x, int64_t n);                                      \
    double fm_sum_block_f64_##isa(const double *x, int64_t n);
FM_ISA_DECLARE(FM_DECLARE_STREAM)

#endif
