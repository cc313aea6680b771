/* The sorts of 32-bit and 64-bit keys for AVX-512. */
#include "cpu/sort.h"
#include "scalar/fn.h"

#include <immintrin.h>

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* Registers that a partition reads at once. */
enum { REGISTERS = 8 };

/* Minima of 64-bit lanes take twice the time of a comparison: those choose by its mask. */
#define K                      uint64_t
#define LANES                  8
#define S(name)                name##_u64
#define MASK                   __mmask8
#define PERMUTE(index, v)      _mm512_permutexvar_epi64(index, v)
#define LOAD(p)                _mm512_loadu_si512(p)
#define STORE(p, v)            _mm512_storeu_si512(p, v)
#define LOAD_SOME(mask, p)     _mm512_mask_loadu_epi64(_mm512_set1_epi64(-1), mask, p)
#define STORE_SOME(p, mask, v) _mm512_mask_storeu_epi64(p, mask, v)
#define ABOVE(a, b)            _mm512_cmpgt_epu64_mask(a, b)
#define PACK_TO(p, mask, v)    _mm512_mask_compressstoreu_epi64(p, mask, v)
#define ALL(key)               _mm512_set1_epi64((long long)(key))
#define PARTNERS(bits)                                                                             \
    _mm512_xor_si512(_mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0), _mm512_set1_epi64(bits))
#define DEAL(a, first, b)                                                                          \
    _mm512_permutex2var_epi64(                                                                     \
        a, _mm512_add_epi64(_mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0), _mm512_set1_epi64(first)), \
        b)
#define CHOOSE(v, other, upper) _mm512_mask_blend_epi64((MASK)(ABOVE(v, other) ^ (upper)), v, other)
#define ORDER(a, b, low, high)                                                                     \
    do {                                                                                           \
        const MASK above_ = ABOVE(a, b);                                                           \
        (low) = _mm512_mask_blend_epi64(above_, a, b);                                             \
        (high) = _mm512_mask_blend_epi64(above_, b, a);                                            \
    } while (0)
#include "cpu/sort_v4.inc"

#define K                      uint32_t
#define LANES                  16
#define S(name)                name##_u32
#define MASK                   __mmask16
#define PERMUTE(index, v)      _mm512_permutexvar_epi32(index, v)
#define LOAD(p)                _mm512_loadu_si512(p)
#define STORE(p, v)            _mm512_storeu_si512(p, v)
#define LOAD_SOME(mask, p)     _mm512_mask_loadu_epi32(_mm512_set1_epi32(-1), mask, p)
#define STORE_SOME(p, mask, v) _mm512_mask_storeu_epi32(p, mask, v)
#define ABOVE(a, b)            _mm512_cmpgt_epu32_mask(a, b)
#define PACK_TO(p, mask, v)    _mm512_mask_compressstoreu_epi32(p, mask, v)
#define ALL(key)               _mm512_set1_epi32((int)(key))
#define PARTNERS(bits)                                                                             \
    _mm512_xor_si512(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),       \
                     _mm512_set1_epi32(bits))
#define DEAL(a, first, b)                                                                          \
    _mm512_permutex2var_epi32(                                                                     \
        a,                                                                                         \
        _mm512_add_epi32(_mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0), \
                         _mm512_set1_epi32(first)),                                                \
        b)
#define CHOOSE(v, other, upper)                                                                    \
    _mm512_mask_blend_epi32((MASK)(upper), _mm512_min_epu32(v, other), _mm512_max_epu32(v, other))
#define ORDER(a, b, low, high)                                                                     \
    do {                                                                                           \
        (low) = _mm512_min_epu32(a, b);                                                            \
        (high) = _mm512_max_epu32(a, b);                                                           \
    } while (0)
#include "cpu/sort_v4.inc"

const fm_key_sort fm_key_sort_u32_v4 = {sort_u32, split_u32};
const fm_key_sort fm_key_sort_u64_v4 = {sort_u64, split_u64};
