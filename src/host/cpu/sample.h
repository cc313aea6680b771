/* Samplers of distributions over a span of elements, in the variants of all instruction levels. */
#ifndef FM_CPU_SAMPLE_H
#define FM_CPU_SAMPLE_H

#include "cpu/isa.h"
#include "ops/ids_sample.h"
#include "scalar/index.h"

#include <stdbool.h>
#include <stdint.h>

enum { FM_SAMPLE_CHUNK = 256 };

/* n elements from position `at` of the stream on: the parameters are one[k] everywhere, or, with
   each != NULL, each[k][i] for element i. n <= FM_SAMPLE_CHUNK. */
typedef struct fm_sample_chunk {
    uint64_t seed, at;
    int64_t n;
    const double *one;
    const double *const *each;
} fm_sample_chunk;

/* out: double or int64_t[n], as ops/sample.def says. */
typedef void (*fm_sample_fn)(const fm_sample_chunk *chunk, void *out);

/* Integers: element i of n reads from position `at` + i (narrow) or + 2 i; ranges as in
   scalar/sample_whole.h, one for all or each its own. */
typedef struct fm_whole_chunk {
    uint64_t seed, at;
    int64_t n;
    bool narrow;
    uint64_t low, width;
    const uint64_t *lows, *widths; /* NULL: low and width */
} fm_whole_chunk;

typedef struct fm_sample_table {
    fm_sample_fn draw[FM_SAMPLE_COUNT];
    void (*whole)(const fm_whole_chunk *chunk, uint64_t *out);
    /* n words of 32 bits from position `at` on. */
    void (*words)(uint64_t seed, uint64_t at, int64_t n, uint32_t *out);
} fm_sample_table;

#define FM_SAMPLE_DECLARE(isa) extern const fm_sample_table fm_sample_##isa;
FM_ISA_DECLARE(FM_SAMPLE_DECLARE)
#undef FM_SAMPLE_DECLARE

#endif
