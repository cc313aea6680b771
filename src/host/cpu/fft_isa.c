/* Loops of Fourier transforms, compiled for each instruction level. */
#include "cpu/fft_loops.h"
#include "scalar/dft.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/* A row of a multiple of 8 bytes; past the caches where the processor has such stores. */
static inline void store_row(void *to, const void *from, size_t size, bool past) {
#if defined(__x86_64__)
    if (past) {
        long long words[16];
        memcpy(words, from, size);
        for (size_t i = 0; i < size / 8; i++) _mm_stream_si64((long long *)to + i, words[i]);
        return;
    }
#endif
    (void)past;
    memcpy(to, from, size);
}

/* Stores past the caches are seen by other threads after this. */
static inline void finish_rows(bool past) {
#if defined(__x86_64__)
    if (past) _mm_sfence();
#endif
    (void)past;
}

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
