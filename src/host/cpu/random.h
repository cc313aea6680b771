/* Samplers over a span of the random stream, in the variants of all instruction levels. */
#ifndef FM_CPU_RANDOM_H
#define FM_CPU_RANDOM_H

#include "cpu/isa.h"
#include "ops/ids.h"

#include <stdbool.h>
#include <stdint.h>

/* Where a call draws from, and the distribution's parameters. */
typedef struct fm_draw {
    uint64_t seed, offset; /* offset: of element 0, in words */
    bool standard;         /* low 0, high 1 or loc 0, scale 1, without arithmetic */
    double a, b;           /* low and high, or loc and scale */
} fm_draw;

/* Writes elements begin to end of the call, which are out[0 .. end - begin). */
typedef void (*fm_draw_fn)(const fm_draw *draw, int64_t begin, int64_t end, void *out);

typedef struct fm_draw_table {
    fm_draw_fn draw[FM_RANDOM_COUNT][2]; /* [][0] float32, [][1] float64 */
} fm_draw_table;

#define FM_DRAW_DECLARE(isa) extern const fm_draw_table fm_draw_##isa;
FM_ISA_DECLARE(FM_DRAW_DECLARE)
#undef FM_DRAW_DECLARE

#endif
