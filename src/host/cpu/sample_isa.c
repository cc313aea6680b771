/* Samplers over a chunk of elements, compiled for each instruction level.

   With the same parameters everywhere, whole chunks are drawn in loops that vectorise; those of
   rejection samplers try once and repeat alone the elements that were not accepted. */
#include "cpu/sample.h"
#include "scalar/sample_real.h"
#include "scalar/sample_whole.h"

/* FEW: elements that are not worth a table of the distribution function. */
enum { CHUNK = FM_SAMPLE_CHUNK, FEW = 16 };

#define APART __attribute__((noinline))

/* Words */

/* The words from a position on; those of the blocks' beginnings that belong to others are left
   out. out has room for whole blocks. */
static APART void draw_words(uint64_t seed, uint64_t at, int64_t n, uint32_t *out) {
    uint32_t lane[4][CHUNK];
    while (n > 0) {
        int64_t skip = (int64_t)(at % 4), blocks = (n + skip + 3) / 4;
        if (blocks > CHUNK) blocks = CHUNK;
        for (int64_t i = 0; i < blocks; i++) {
            fm_philox_block b = fm_philox(seed, at / 4 + (uint64_t)i, 0);
            lane[0][i] = b.word[0];
            lane[1][i] = b.word[1];
            lane[2][i] = b.word[2];
            lane[3][i] = b.word[3];
        }
        int64_t count = 4 * blocks - skip < n ? 4 * blocks - skip : n, whole = 0;
        if (skip == 0)
            for (; whole < count / 4; whole++)
                for (int l = 0; l < 4; l++) out[4 * whole + l] = lane[l][whole];
        for (int64_t i = 4 * whole; i < count; i++) out[i] = lane[(i + skip) % 4][(i + skip) / 4];
        at += (uint64_t)count;
        out += count;
        n -= count;
    }
}

typedef struct pairs {
    uint64_t first[CHUNK], second[CHUNK];
} pairs;

static uint64_t pair(const uint32_t *words, int64_t i) {
    return (uint64_t)words[2 * i + 1] << 32 | words[2 * i];
}

/* One or two words of 64 bits an element, in order. */
static void draw_singles(const fm_sample_chunk *c, pairs *p) {
    uint32_t words[2 * CHUNK];
    draw_words(c->seed, c->at, 2 * c->n, words);
    for (int64_t i = 0; i < c->n; i++) p->first[i] = pair(words, i);
}

static void draw_doubles(const fm_sample_chunk *c, pairs *p) {
    uint32_t words[4 * CHUNK];
    draw_words(c->seed, c->at, 4 * c->n, words);
    for (int64_t i = 0; i < c->n; i++) {
        p->first[i] = pair(words, 2 * i);
        p->second[i] = pair(words, 2 * i + 1);
    }
}

/* Block `block` of each element's own subsequence. */
static APART void draw_blocks(const fm_sample_chunk *c, uint64_t block, pairs *p) {
    for (int64_t i = 0; i < c->n; i++) {
        fm_philox_block b = fm_philox(c->seed, block, c->at + (uint64_t)i + 1);
        p->first[i] = (uint64_t)b.word[1] << 32 | b.word[0];
        p->second[i] = (uint64_t)b.word[3] << 32 | b.word[2];
    }
}

/* A fixed number of words */

#define FIXED_LOOPS(id, type, second_)                                                             \
    static void draw_##id(const fm_sample_chunk *c, void *out) {                                   \
        type *restrict x = out;                                                                    \
        pairs p;                                                                                   \
        second_ ? draw_doubles(c, &p) : draw_singles(c, &p);                                       \
        if (c->each) {                                                                             \
            const double *const a0 = c->each[0], *const a1 = c->each[1], *const a2 = c->each[2];   \
            for (int64_t i = 0; i < c->n; i++) {                                                   \
                fm_fixed_draw d = {a0[i], a1[i], a2[i], p.first[i], second_ ? p.second[i] : 0};    \
                x[i] = fm_sample_##id(d);                                                          \
            }                                                                                      \
            return;                                                                                \
        }                                                                                          \
        const double a = c->one[0], b = c->one[1], e = c->one[2];                                  \
        for (int64_t i = 0; i < c->n; i++) {                                                       \
            fm_fixed_draw d = {a, b, e, p.first[i], second_ ? p.second[i] : 0};                    \
            x[i] = fm_sample_##id(d);                                                              \
        }                                                                                          \
    }
FIXED_LOOPS(uniform, double, 0)
FIXED_LOOPS(normal, double, 0)
FIXED_LOOPS(exponential, double, 0)
FIXED_LOOPS(gumbel, double, 0)
FIXED_LOOPS(laplace, double, 0)
FIXED_LOOPS(logistic, double, 0)
FIXED_LOOPS(lognormal, double, 0)
FIXED_LOOPS(rayleigh, double, 0)
FIXED_LOOPS(weibull, double, 0)
FIXED_LOOPS(pareto, double, 0)
FIXED_LOOPS(power, double, 0)
FIXED_LOOPS(triangular, double, 0)
FIXED_LOOPS(standard_cauchy, double, 0)
FIXED_LOOPS(wald, double, 1)
FIXED_LOOPS(geometric, int64_t, 0)
FIXED_LOOPS(logseries, int64_t, 1)

/* First trials. Each fills x with candidates and miss with 1 where one was not accepted; false:
   there is no such loop for these parameters. */

static bool no_trial(const void *it, const fm_sample_chunk *c, double *x, double *miss) {
    (void)it;
    (void)c;
    (void)x;
    (void)miss;
    return false;
}

static bool try_gamma(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_scaled_gamma it = *(const fm_scaled_gamma *)it_;
    pairs trial, boost;
    draw_blocks(c, 0, &trial);
    if (it.gamma.boosted) {
        draw_blocks(c, 1, &boost);
        for (int64_t i = 0; i < c->n; i++) {
            fm_pair t = {trial.first[i], trial.second[i]};
            double g;
            miss[i] = fm_gamma_quick(&it.gamma, true, t, boost.first[i], &g) ? 0 : 1;
            x[i] = g * it.scale;
        }
        return true;
    }
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        double g;
        miss[i] = fm_gamma_quick(&it.gamma, false, t, 0, &g) ? 0 : 1;
        x[i] = g * it.scale;
    }
    return true;
}

/* Two gammas of shapes from 1 on, one block each. */
static APART void two_gammas(const fm_two_gammas *it_, const fm_sample_chunk *c, double *x,
                             double *y, double *miss) {
    const fm_two_gammas it = *it_;
    pairs trial;
    draw_blocks(c, 0, &trial);
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        miss[i] = fm_gamma_quick(&it.x, false, t, 0, &x[i]) ? 0 : 1;
    }
    draw_blocks(c, 1, &trial);
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        miss[i] = fm_gamma_quick(&it.y, false, t, 0, &y[i]) ? miss[i] : 1;
    }
}

static bool try_beta(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_two_gammas it = *(const fm_two_gammas *)it_;
    double y[CHUNK];
    if (it.small) {
        pairs trial;
        draw_blocks(c, 0, &trial);
        for (int64_t i = 0; i < c->n; i++) {
            fm_pair t = {trial.first[i], trial.second[i]};
            miss[i] = fm_joehnk_trial(&it, t, &x[i]) ? 0 : 1;
        }
        return true;
    }
    if (it.x.boosted || it.y.boosted) return false;
    two_gammas(&it, c, x, y, miss);
    for (int64_t i = 0; i < c->n; i++) x[i] = x[i] / (x[i] + y[i]);
    return true;
}

static bool try_f(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_two_gammas *it = it_;
    double y[CHUNK], factor = it->factor;
    if (it->x.boosted || it->y.boosted) return false;
    two_gammas(it, c, x, y, miss);
    for (int64_t i = 0; i < c->n; i++) x[i] = x[i] / y[i] * factor;
    return true;
}

/* A normal from block 0 and a gamma of shape from 1 on from block 1. */
static APART void normal_and_gamma(const fm_gamma *gamma_, const fm_sample_chunk *c, double *z,
                                   double *g, double *miss) {
    const fm_gamma gamma = *gamma_;
    pairs trial;
    draw_blocks(c, 0, &trial);
    for (int64_t i = 0; i < c->n; i++) z[i] = fm_normal_f64(trial.first[i]);
    draw_blocks(c, 1, &trial);
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        miss[i] = fm_gamma_quick(&gamma, false, t, 0, &g[i]) ? 0 : 1;
    }
}

static bool try_standard_t(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_sample_standard_t_it *it = it_;
    double g[CHUNK], half = it->half;
    if (it->gamma.boosted) return false;
    normal_and_gamma(&it->gamma, c, x, g, miss);
    for (int64_t i = 0; i < c->n; i++) x[i] = x[i] / sqrt(g[i] / half);
    return true;
}

static bool try_noncentral_chisquare(const void *it_, const fm_sample_chunk *c, double *x,
                                     double *miss) {
    const fm_sample_noncentral_chisquare_it *it = it_;
    double g[CHUNK], shift = it->shift;
    if (it->gamma.boosted || !(it->df > 1) || !(it->nonc > 0)) return false;
    normal_and_gamma(&it->gamma, c, x, g, miss);
    for (int64_t i = 0; i < c->n; i++) {
        double z = x[i] + shift;
        x[i] = 2 * g[i] + z * z;
    }
    return true;
}

/* A normal, and gammas from blocks 1 and 2. */
static bool try_noncentral_f(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_sample_noncentral_f_it *it = it_;
    const fm_gamma bottom = it->bottom;
    const double factor = it->factor;
    pairs trial;
    if (bottom.boosted || !try_noncentral_chisquare(&it->top, c, x, miss)) return false;
    draw_blocks(c, 2, &trial);
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        double g;
        miss[i] = fm_gamma_quick(&bottom, false, t, 0, &g) ? miss[i] : 1;
        x[i] = x[i] / (2 * g) * factor;
    }
    return true;
}

static bool try_vonmises(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_sample_vonmises_it it = *(const fm_sample_vonmises_it *)it_;
    pairs trial;
    if (!(it.kappa >= 1e-8 && it.kappa <= 1e6)) return false;
    draw_blocks(c, 0, &trial);
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        miss[i] = fm_vonmises_trial(&it, t, &x[i]) ? 0 : 1;
    }
    return true;
}

static bool try_zipf(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_sample_zipf_it it = *(const fm_sample_zipf_it *)it_;
    pairs trial;
    if (it.power >= 1024) return false;
    draw_blocks(c, 0, &trial);
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        miss[i] = fm_zipf_trial(&it, t, &x[i]) ? 0 : 1;
    }
    return true;
}

/* The walk of all elements at once: how many values of the distribution function are at most u. */
static APART void try_walk(const fm_walk *walk, const fm_sample_chunk *c, double *x, double *miss) {
    enum { STEPS = 64 };
    double sum[STEPS], u[CHUNK], p = walk->first, total = p;
    pairs words;
    int steps = 0;
    while (steps < STEPS && steps < walk->last) {
        sum[steps++] = total;
        if (total >= 1) break;
        p *= fm_walk_ratio(walk, steps);
        total += p;
    }
    bool all = steps < STEPS || walk->last <= STEPS;
    draw_blocks(c, 0, &words);
    for (int64_t i = 0; i < c->n; i++) {
        u[i] = fm_sample_open(words.first[i]);
        x[i] = 0;
    }
    for (int s = 0; s < steps; s++)
        for (int64_t i = 0; i < c->n; i++) x[i] += u[i] >= sum[s] ? 1 : 0;
    for (int64_t i = 0; i < c->n; i++) miss[i] = !all && x[i] >= STEPS ? 1 : 0;
}

static APART void try_hat(const fm_hat *hat_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_hat hat = *hat_;
    pairs trial;
    draw_blocks(c, 0, &trial);
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        miss[i] = fm_hat_quick(&hat, t, &x[i]) ? 0 : 1;
    }
}

static bool try_poisson(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_sample_poisson_it *it = it_;
    if (c->n < FEW) return false;
    it->large ? try_hat(&it->hat, c, x, miss) : try_walk(&it->walk, c, x, miss);
    return true;
}

static bool try_binomial(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_sample_binomial_it *it = it_;
    if (c->n < FEW) return false;
    it->large ? try_hat(&it->hat, c, x, miss) : try_walk(&it->walk, c, x, miss);
    for (int64_t i = 0; it->flipped && i < c->n; i++) x[i] = it->n - x[i];
    return true;
}

static bool try_hypergeometric(const void *it_, const fm_sample_chunk *c, double *x, double *miss) {
    const fm_sample_hypergeometric_it *it = it_;
    if (it->large || c->n < FEW) return false;
    try_walk(&it->walk, c, x, miss);
    for (int64_t i = 0; !it->rarer_is_good && i < c->n; i++) x[i] = it->m - x[i];
    for (int64_t i = 0; it->m < it->drawn && i < c->n; i++) x[i] = it->good - x[i];
    return true;
}

/* The same for parameters of each element's own. */

static bool no_each(const fm_sample_chunk *c, double *x, double *miss) {
    return no_trial(NULL, c, x, miss);
}

/* Shapes halved and scales of 2 make a chi-square. */
static APART void gammas_each(const fm_sample_chunk *c, bool halved, double *x, double *miss) {
    pairs trial, boost;
    double shape[CHUNK], scale[CHUNK];
    for (int64_t i = 0; i < c->n; i++) {
        shape[i] = halved ? c->each[0][i] / 2 : c->each[0][i];
        scale[i] = halved ? 2 : c->each[1][i];
    }
    draw_blocks(c, 0, &trial);
    draw_blocks(c, 1, &boost);
    for (int64_t i = 0; i < c->n; i++) {
        fm_pair t = {trial.first[i], trial.second[i]};
        double g;
        miss[i] = fm_gamma_quick_any(shape[i], t, boost.first[i], &g) ? 0 : 1;
        x[i] = g * scale[i];
    }
}

static bool each_gamma(const fm_sample_chunk *c, double *x, double *miss) {
    gammas_each(c, false, x, miss);
    return true;
}

static bool each_chisquare(const fm_sample_chunk *c, double *x, double *miss) {
    gammas_each(c, true, x, miss);
    return true;
}

/* Streams */

static void store_double(const double *x, int64_t n, double *out) {
    for (int64_t i = 0; i < n; i++) out[i] = x[i];
}

static void store_int64_t(const double *x, int64_t n, int64_t *out) {
    for (int64_t i = 0; i < n; i++) out[i] = fm_sample_whole(x[i]);
}

#define STREAM_LOOPS(id, type, attempt, attempt_each)                                              \
    static APART type one_##id(const fm_sample_##id##_it *it, uint64_t seed, uint64_t at) {        \
        fm_stream stream = fm_stream_at(seed, at);                                                 \
        return fm_sample_##id##_draw(it, &stream);                                                 \
    }                                                                                              \
    static APART type own_##id(const double *const *each, int64_t i, uint64_t seed, uint64_t at) { \
        const fm_sample_##id##_it it = fm_sample_##id##_of(each[0][i], each[1][i], each[2][i]);    \
        return one_##id(&it, seed, at);                                                            \
    }                                                                                              \
    static void draw_##id(const fm_sample_chunk *c, void *out) {                                   \
        type *restrict x = out;                                                                    \
        double candidate[CHUNK], miss[CHUNK];                                                      \
        if (c->each) {                                                                             \
            bool tried = attempt_each(c, candidate, miss);                                         \
            if (tried) store_##type(candidate, c->n, x);                                           \
            for (int64_t i = 0; i < c->n; i++)                                                     \
                if (!tried || miss[i] != 0)                                                        \
                    x[i] = own_##id(c->each, i, c->seed, c->at + (uint64_t)i);                     \
            return;                                                                                \
        }                                                                                          \
        const fm_sample_##id##_it it = fm_sample_##id##_of(c->one[0], c->one[1], c->one[2]);       \
        bool tried = attempt(&it, c, candidate, miss);                                             \
        if (tried) store_##type(candidate, c->n, x);                                               \
        for (int64_t i = 0; i < c->n; i++)                                                         \
            if (!tried || miss[i] != 0) x[i] = one_##id(&it, c->seed, c->at + (uint64_t)i);        \
    }
STREAM_LOOPS(gamma, double, try_gamma, each_gamma)
STREAM_LOOPS(beta, double, try_beta, no_each)
STREAM_LOOPS(chisquare, double, try_gamma, each_chisquare)
STREAM_LOOPS(f, double, try_f, no_each)
STREAM_LOOPS(standard_t, double, try_standard_t, no_each)
STREAM_LOOPS(vonmises, double, try_vonmises, no_each)
STREAM_LOOPS(noncentral_chisquare, double, try_noncentral_chisquare, no_each)
STREAM_LOOPS(noncentral_f, double, try_noncentral_f, no_each)
STREAM_LOOPS(poisson, int64_t, try_poisson, no_each)
STREAM_LOOPS(binomial, int64_t, try_binomial, no_each)
STREAM_LOOPS(negative_binomial, int64_t, no_trial, no_each)
STREAM_LOOPS(hypergeometric, int64_t, try_hypergeometric, no_each)
STREAM_LOOPS(zipf, int64_t, try_zipf, no_each)

/* Integers of a range */

static void draw_whole(const fm_whole_chunk *c, uint64_t *out) {
    uint32_t words[2 * CHUNK];
    uint64_t miss[CHUNK];
    draw_words(c->seed, c->at, c->narrow ? c->n : 2 * c->n, words);
    const fm_whole_range one = fm_whole_range_of(c->low, c->width);
    if (c->lows) {
        for (int64_t i = 0; i < c->n; i++) {
            const fm_whole_range own = fm_whole_range_of(c->lows[i], c->widths[i]);
            miss[i] = c->narrow ? !fm_whole_narrow(&own, words[i], &out[i])
                                : !fm_whole_wide(&own, pair(words, i), &out[i]);
        }
    } else if (c->narrow) {
        for (int64_t i = 0; i < c->n; i++) miss[i] = !fm_whole_narrow(&one, words[i], &out[i]);
    } else {
        for (int64_t i = 0; i < c->n; i++) miss[i] = !fm_whole_wide(&one, pair(words, i), &out[i]);
    }
    for (int64_t i = 0; i < c->n; i++) {
        if (!miss[i]) continue;
        const fm_whole_range own = c->lows ? fm_whole_range_of(c->lows[i], c->widths[i]) : one;
        out[i] =
            fm_whole_again(&own, c->narrow, c->seed, c->at + (uint64_t)(c->narrow ? i : 2 * i));
    }
}

#define FM_SAMPLE(id, ...) [FM_SAMPLE_##id] = draw_##id,
const fm_sample_table FM_ISA_NAME(fm_sample) = {
    .draw =
        {
#include "ops/sample.def"
        },
    .whole = draw_whole,
    .words = draw_words,
};
#undef FM_SAMPLE
