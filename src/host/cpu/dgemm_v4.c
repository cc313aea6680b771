/* The float64 product with AVX-512. */
#include <immintrin.h>

#define T                       double
#define VECTOR                  8
#define VECTOR_TYPE             __m512d
#define MASK_TYPE               __mmask8
#define VIEW                    fm_dview
#define PRODUCT                 fm_dgemm_v4
#define ZERO()                  _mm512_setzero_pd()
#define ALL(x)                  _mm512_set1_pd(x)
#define LOAD_ALL(at)            _mm512_load_pd(at)
#define LOAD(mask, at)          _mm512_maskz_loadu_pd(mask, at)
#define STORE(at, x)            _mm512_store_pd(at, x)
#define STORE_SOME(at, mask, x) _mm512_mask_storeu_pd(at, mask, x)
#define MULTIPLY(x, y)          _mm512_mul_pd(x, y)
#define MULTIPLY_ADD(x, y, z)   _mm512_fmadd_pd(x, y, z)

/* Rows become columns: pairs, then pairs of pairs, then halves are exchanged. */
static inline __attribute__((always_inline)) void transpose(__m512d r[VECTOR]) {
    __m512d t[VECTOR];
    for (int i = 0; i < VECTOR; i += 2) {
        t[i] = _mm512_unpacklo_pd(r[i], r[i + 1]);
        t[i + 1] = _mm512_unpackhi_pd(r[i], r[i + 1]);
    }
    for (int i = 0; i < VECTOR; i += 4) {
        r[i] = _mm512_shuffle_f64x2(t[i], t[i + 2], 0x88);
        r[i + 1] = _mm512_shuffle_f64x2(t[i + 1], t[i + 3], 0x88);
        r[i + 2] = _mm512_shuffle_f64x2(t[i], t[i + 2], 0xdd);
        r[i + 3] = _mm512_shuffle_f64x2(t[i + 1], t[i + 3], 0xdd);
    }
    for (int i = 0; i < 4; ++i) {
        t[i] = _mm512_shuffle_f64x2(r[i], r[i + 4], 0x88);
        t[i + 4] = _mm512_shuffle_f64x2(r[i], r[i + 4], 0xdd);
    }
    for (int i = 0; i < VECTOR; ++i) r[i] = t[i];
}

#include "cpu/gemm_v4.inc"
