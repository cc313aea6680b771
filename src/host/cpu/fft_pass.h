/* One pass of a Fourier transform: all lines along one axis, between strided arrangements. */
#ifndef FM_CPU_FFT_PASS_H
#define FM_CPU_FFT_PASS_H

#include "cpu/fft_large.h"
#include "scalar/index.h"

/* What one side of a pass is: elements of C or R at strides. */
typedef struct fm_fft_side {
    bool real;
    int ndim;
    int64_t shape[FM_INDEX_NDIM], strides[FM_INDEX_NDIM];
} fm_fft_side;

typedef struct fm_fft_pass {
    fm_fft_kind kind;
    int sign;
    bool single, in_place; /* in place: both sides are the same memory */
    double scale;
    int64_t n, in_points, out_points; /* read, padded to n, written */
    bool in_real, out_real;
    int64_t in_step, out_step; /* between points */
    fm_index lines;            /* where lines begin: operand 0 in the source, 1 in the target */
    const fm_fft_loops *loops;
    /* Short lines: blocks of neighbours, where they lie or packed. */
    bool direct;
    fm_fft_leaf where_they_lie, packed;
    int64_t block, blocks, blocks_inner;
    /* Long lines, one after the other. */
    fm_fft_large *large;
    bool halved; /* as a complex transform of half as many points */
    fm_fft_roots roots;
    size_t work, scratch; /* bytes that run needs: for all, and a lane */
} fm_fft_pass;

/* Plans a zeroed pass of which kind, sign, single, in_place, scale and n are set, along that axis;
   the other extents of the two sides agree. */
fm_status fm_fft_pass_plan(fm_fft_pass *pass, int axis, const fm_fft_side *in,
                           const fm_fft_side *out);
void fm_fft_pass_free(fm_fft_pass *pass);

void fm_fft_pass_run(const fm_fft_pass *pass, void *in, void *out, void *work, void *scratch);

#endif
