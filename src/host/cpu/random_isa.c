/* Samplers over a span of the random stream, compiled for each instruction level. */
#include "cpu/random.h"
#include "scalar/random.h"

enum { BLOCKS = 128, FEW_BLOCKS = 16, WORDS = 4 * BLOCKS };

/* The words of so many blocks, BLOCKS at most, from a block on. */
static inline void draw_words(uint64_t seed, uint64_t block, int blocks, uint32_t *words) {
    uint32_t lane[4][BLOCKS];
    for (uint64_t i = 0; i < (uint64_t)blocks; i++) {
        fm_philox_block b = fm_philox(seed, block + i, 0);
        lane[0][i] = b.word[0];
        lane[1][i] = b.word[1];
        lane[2][i] = b.word[2];
        lane[3][i] = b.word[3];
    }
    for (int i = 0; i < blocks; i++)
        for (int l = 0; l < 4; l++) words[4 * i + l] = lane[l][i];
}

static void uniform_f32(const fm_draw *d, int64_t n, const uint32_t *words, void *out) {
    float *x = out;
    if (d->standard)
        for (int64_t i = 0; i < n; i++) x[i] = fm_uniform_f32(words[i]);
    else
        for (int64_t i = 0; i < n; i++) x[i] = fm_uniform_between_f32(words[i], d->a, d->b);
}

static uint64_t pair(const uint32_t *words, int64_t i) {
    return (uint64_t)words[2 * i + 1] << 32 | words[2 * i];
}

static void uniform_f64(const fm_draw *d, int64_t n, const uint32_t *words, void *out) {
    double *x = out;
    if (d->standard)
        for (int64_t i = 0; i < n; i++) x[i] = fm_uniform_f64(pair(words, i));
    else
        for (int64_t i = 0; i < n; i++) x[i] = fm_uniform_between_f64(pair(words, i), d->a, d->b);
}

static void normal_f32(const fm_draw *d, int64_t n, const uint32_t *words, void *out) {
    float *x = out;
    if (d->standard)
        for (int64_t i = 0; i < n; i++) x[i] = fm_normal_f32(words[i]);
    else
        for (int64_t i = 0; i < n; i++) x[i] = fm_normal_scaled_f32(words[i], d->a, d->b);
}

static void normal_f64(const fm_draw *d, int64_t n, const uint32_t *words, void *out) {
    double *x = out;
    if (d->standard)
        for (int64_t i = 0; i < n; i++) x[i] = fm_normal_f64(pair(words, i));
    else
        for (int64_t i = 0; i < n; i++) x[i] = fm_normal_scaled_f64(pair(words, i), d->a, d->b);
}

typedef void (*transform_fn)(const fm_draw *d, int64_t n, const uint32_t *words, void *out);

/* Run by run of blocks; the first words of a run may belong to the elements before. */
static inline void draw_span(const fm_draw *d, int64_t begin, int64_t end, uint64_t each,
                             size_t size, transform_fn transform, char *out) {
    uint32_t words[WORDS];
    while (begin < end) {
        uint64_t position = d->offset + (uint64_t)begin * each, skip = position % 4;
        int64_t n = (int64_t)((WORDS - skip) / each);
        if (n > end - begin) n = end - begin;
        if (skip + (uint64_t)n * each <= 4 * FEW_BLOCKS)
            draw_words(d->seed, position / 4, FEW_BLOCKS, words);
        else
            draw_words(d->seed, position / 4, BLOCKS, words);
        transform(d, n, words + skip, out);
        begin += n;
        out += (size_t)n * size;
    }
}

#define SAMPLER(name, each, type)                                                                  \
    static void draw_##name(const fm_draw *d, int64_t begin, int64_t end, void *out) {             \
        draw_span(d, begin, end, each, sizeof(type), name, out);                                   \
    }
SAMPLER(uniform_f32, 1, float)
SAMPLER(uniform_f64, 2, double)
SAMPLER(normal_f32, 1, float)
SAMPLER(normal_f64, 2, double)

const fm_draw_table FM_ISA_NAME(fm_draw) = {{
    [FM_RANDOM_uniform] = {draw_uniform_f32, draw_uniform_f64},
    [FM_RANDOM_normal] = {draw_normal_f32, draw_normal_f64},
}};
