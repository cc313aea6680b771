/* Streaming stores and block sums, for one instruction level. */
#include "cpu/stream_isa.h"

#include <string.h>

#if defined(__AVX512F__)
#include <immintrin.h>
enum { STORE = 64 };
static inline void store(char *to, const char *from) {
    _mm512_stream_si512((__m512i *)(void *)to, _mm512_loadu_si512(from));
}
#elif defined(__AVX__)
#include <immintrin.h>
enum { STORE = 32 };
static inline void store(char *to, const char *from) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)from);
    _mm256_stream_si256((__m256i *)(void *)to, x);
}
#elif defined(__SSE2__)
#include <emmintrin.h>
enum { STORE = 16 };
static inline void store(char *to, const char *from) {
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)from);
    _mm_stream_si128((__m128i *)(void *)to, x);
}
#else
enum { STORE = 64 };
static inline void store(char *to, const char *from) {
    memcpy(to, from, STORE);
}
#endif

void FM_ISA_NAME(fm_stream_out)(void *restrict to, const void *restrict from, size_t bytes) {
    char *t = to;
    const char *f = from;
    size_t head = (size_t)(-(uintptr_t)t % STORE);
    if (head > bytes) head = bytes;
    memcpy(t, f, head);
    size_t i = head;
    for (; i + STORE <= bytes; i += STORE) store(t + i, f + i);
    memcpy(t + i, f + i, bytes - i);
}

/* The parts are counted in elements, not registers, so that every level adds in the same order. */
enum { FLOATS = 16, DOUBLES = 8, PARTS = 4 };
typedef float floats __attribute__((vector_size(FLOATS * sizeof(float))));
typedef double doubles __attribute__((vector_size(DOUBLES * sizeof(double))));

double FM_ISA_NAME(fm_sum_block_f32)(const float *x, int64_t n) {
    floats part[PARTS] = {{0}};
    int64_t i = 0;
    for (; i + PARTS * FLOATS <= n; i += PARTS * FLOATS) {
        floats next[PARTS];
        memcpy(next, x + i, sizeof next);
        for (int p = 0; p < PARTS; ++p) part[p] += next[p];
    }
    double sum = 0;
    for (; i < n; ++i) sum += (double)x[i];
    for (int p = 0; p < PARTS; ++p) {
        for (int j = 0; j < FLOATS; ++j) sum += (double)part[p][j];
    }
    return sum;
}

double FM_ISA_NAME(fm_sum_block_f64)(const double *x, int64_t n) {
    doubles part[PARTS] = {{0}};
    int64_t i = 0;
    for (; i + PARTS * DOUBLES <= n; i += PARTS * DOUBLES) {
        doubles next[PARTS];
        memcpy(next, x + i, sizeof next);
        for (int p = 0; p < PARTS; ++p) part[p] += next[p];
    }
    doubles all = (part[0] + part[1]) + (part[2] + part[3]);
    double sum = 0;
    for (; i < n; ++i) sum += x[i];
    for (int j = 0; j < DOUBLES; ++j) sum += all[j];
    return sum;
}
