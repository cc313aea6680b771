/* Transforms of packed lines that fit a cache: by the library, or by the own transform. */
#ifndef FM_CPU_FFT_LEAF_H
#define FM_CPU_FFT_LEAF_H

#include "core/params_fft.h"
#include "cpu/fft_library.h"
#include "cpu/fft_loops.h"
#include "scalar/dft.h"

#include <stddef.h>

/* Lines of n points. C2c takes the sign, r2c has -1 and gives n / 2 + 1 points, c2r has 1 and reads
   as many, whose imaginary parts at 0 and n / 2 are 0; c2r may spoil its input. Lines lie in_dist
   and out_dist apart, in elements of what they hold. */
typedef struct fm_fft_leaf {
    fm_fft_kind kind;
    int sign;
    bool single, in_place;
    int64_t n, in_dist, out_dist;
    int batch;           /* lines that go through `many` at once */
    const fm_fftw *fftw; /* NULL: the own transform */
    void *many, *one;
    const fm_fft_loops *loops;
    fm_dft own;
    void *table;
    size_t in_size, out_size; /* bytes of an element */
    size_t scratch;           /* bytes that run needs, aligned to 64 */
} fm_fft_leaf;

/* Fills a zeroed leaf, of which kind, sign, single, in_place, n, in_dist, out_dist and batch are
   set. FM_ERR_MEMORY. */
fm_status fm_fft_leaf_plan(fm_fft_leaf *leaf);
void fm_fft_leaf_free(fm_fft_leaf *leaf);

/* Whether lines at that address can be transformed where they lie: the library's vectors want 16
   bytes. */
static inline bool fm_fft_aligned(const void *data) {
    return ((uintptr_t)data & 15) == 0;
}

void fm_fft_leaf_run(const fm_fft_leaf *leaf, int64_t lines, void *in, void *out, void *scratch);

#endif
