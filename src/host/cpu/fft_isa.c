/* Loops of Fourier transforms, compiled for each instruction level. */
#include "cpu/fft_loops.h"
#include "scalar/dft.h"

#define R double
#define C fm_c128
#define S f64
#include "cpu/fft_loops.inc"
#undef R
#undef C
#undef S
#define R float
#define C fm_c64
#define S f32
#include "cpu/fft_loops.inc"

#define TABLE(s)                                                                                   \
    {                                                                                              \
        gather_##s, scatter_##s, gather_real_##s, scatter_real_##s, scale_##s, twiddle_##s,        \
            untangle_##s, tangle_##s, multiply_##s, own_fill_##s, own_run_##s                      \
    }
const fm_fft_loops FM_ISA_NAME(fm_fft_table)[2] = {TABLE(f64), TABLE(f32)};
