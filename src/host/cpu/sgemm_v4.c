/* The float32 product with AVX-512. */
#include <immintrin.h>

#define T                       float
#define VECTOR                  16
#define VECTOR_TYPE             __m512
#define MASK_TYPE               __mmask16
#define VIEW                    fm_sview
#define PRODUCT                 fm_sgemm_v4
#define ZERO()                  _mm512_setzero_ps()
#define ALL(x)                  _mm512_set1_ps(x)
#define LOAD_ALL(at)            _mm512_load_ps(at)
#define LOAD(mask, at)          _mm512_maskz_loadu_ps(mask, at)
#define STORE(at, x)            _mm512_store_ps(at, x)
#define STORE_SOME(at, mask, x) _mm512_mask_storeu_ps(at, mask, x)
#define MULTIPLY(x, y)          _mm512_mul_ps(x, y)
#define MULTIPLY_ADD(x, y, z)   _mm512_fmadd_ps(x, y, z)

/* Rows become columns: pairs, quads, then blocks of four are exchanged. */
static inline __attribute__((always_inline)) void transpose(__m512 r[VECTOR]) {
    __m512 t[VECTOR];
    for (int i = 0; i < VECTOR; i += 2) {
        t[i] = _mm512_unpacklo_ps(r[i], r[i + 1]);
        t[i + 1] = _mm512_unpackhi_ps(r[i], r[i + 1]);
    }
    for (int i = 0; i < VECTOR; i += 4) {
        r[i] = _mm512_shuffle_ps(t[i], t[i + 2], 0x44);
        r[i + 1] = _mm512_shuffle_ps(t[i], t[i + 2], 0xee);
        r[i + 2] = _mm512_shuffle_ps(t[i + 1], t[i + 3], 0x44);
        r[i + 3] = _mm512_shuffle_ps(t[i + 1], t[i + 3], 0xee);
    }
    for (int i = 0; i < 4; ++i) {
        t[i] = _mm512_shuffle_f32x4(r[i], r[i + 4], 0x88);
        t[i + 4] = _mm512_shuffle_f32x4(r[i], r[i + 4], 0xdd);
        t[i + 8] = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0x88);
        t[i + 12] = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0xdd);
    }
    for (int i = 0; i < 4; ++i) {
        r[i] = _mm512_shuffle_f32x4(t[i], t[i + 8], 0x88);
        r[i + 8] = _mm512_shuffle_f32x4(t[i], t[i + 8], 0xdd);
        r[i + 4] = _mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0x88);
        r[i + 12] = _mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0xdd);
    }
}

#include "cpu/gemm_v4.inc"
