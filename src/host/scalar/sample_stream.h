/* The blocks that an element of a rejection sampler draws, and the gamma distribution.

   An element at position p of the stream has the subsequence 1 + p to itself: it takes blocks 0, 1,
   2, ... of it, one for each trial, until one is accepted. A call takes one position an element, so
   a stream cut into calls at other places gives the same samples.

   What is asked of a first trial only (fm_gamma_quick) gives the same number as the whole draw does
   or false, without branches: loops over many elements ask it and repeat those that say false. */
#ifndef FM_SCALAR_SAMPLE_STREAM_H
#define FM_SCALAR_SAMPLE_STREAM_H

#include "scalar/sample_fixed.h"

typedef struct fm_stream {
    uint64_t seed, subsequence, block;
} fm_stream;

FM_FN fm_stream fm_stream_at(uint64_t seed, uint64_t position) {
    fm_stream stream = {seed, position + 1, 0};
    return stream;
}

/* Two words of 64 bits. */
typedef struct fm_pair {
    uint64_t first, second;
} fm_pair;

FM_FN fm_pair fm_stream_next(fm_stream *stream) {
    fm_philox_block b = fm_philox(stream->seed, stream->block++, stream->subsequence);
    fm_pair pair = {(uint64_t)b.word[1] << 32 | b.word[0], (uint64_t)b.word[3] << 32 | b.word[2]};
    return pair;
}

/* Gamma of scale 1: G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables, ACM
   TOMS 26 (2000). Below shape 1 a sample of shape + 1 times u^(1/shape), u from one more block. */
typedef struct fm_gamma {
    double d, c, inverse; /* inverse: 1 / shape, 0 where shape is at least 1 */
    bool boosted;
} fm_gamma;

FM_FN fm_gamma fm_gamma_of(double shape) {
    fm_gamma g;
    g.boosted = shape < 1;
    g.d = (g.boosted ? shape + 1 : shape) - 1.0 / 3;
    g.c = 1 / sqrt(9 * g.d);
    g.inverse = 1 / shape;
    return g;
}

/* The normal quantile but for the far tail: false there. The same bits as fm_normal_quantile. */
FM_FN bool fm_normal_near(double p, double *z) {
    double q = p - 0.5, r = sqrt(-fm_random_log(q < 0 ? p : 1 - p));
    double centre = fm_normal_centre(q), tail = fm_normal_tail(r);
    tail = q < 0 ? -tail : tail;
    *z = fabs(q) <= 0.425 ? centre : tail;
    return r <= 5;
}

FM_FN bool fm_gamma_squeeze(double x, double t, double u) {
    return t > 0 && u < 1 - 0.0331 * (x * x) * (x * x);
}

FM_FN double fm_gamma_boost(const fm_gamma *g, uint64_t word) {
    return fm_sample_exp(fm_random_log(fm_sample_open(word)) * g->inverse);
}

/* boosted is the compiler's: the same as g->boosted. */
FM_FN bool fm_gamma_quick(const fm_gamma *g, bool boosted, fm_pair trial, uint64_t boost,
                          double *out) {
    double x;
    bool near = fm_normal_near(((double)(trial.first >> 12) + 0.5) * 0x1p-52, &x);
    double t = 1 + g->c * x;
    bool taken = fm_gamma_squeeze(x, t, fm_sample_open(trial.second));
    *out = g->d * (t * t * t);
    if (boosted) *out *= fm_gamma_boost(g, boost);
    return near & taken;
}

FM_FN_LARGE double fm_gamma_draw(const fm_gamma *g, fm_stream *stream) {
    for (;;) {
        fm_pair trial = fm_stream_next(stream);
        double x = fm_normal_f64(trial.first), u = fm_sample_open(trial.second);
        double t = 1 + g->c * x, v = t * t * t, sample = g->d * v;
        if (t <= 0) continue;
        if (!fm_gamma_squeeze(x, t, u) && !(t != t) &&
            fm_random_log(u) >= 0.5 * x * x + g->d * (1 - v + fm_random_log(v)))
            continue;
        if (!g->boosted) return sample;
        return sample * fm_gamma_boost(g, fm_stream_next(stream).first);
    }
}

#endif
