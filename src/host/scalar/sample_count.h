/* Whole samples: small means by walking up the distribution function with one uniform number, large
   ones by rejection.

   fm_<id>_of(a, b, c) makes of the parameters what every element needs; fm_<id>_draw(&it, &stream)
   draws one element. */
#ifndef FM_SCALAR_SAMPLE_COUNT_H
#define FM_SCALAR_SAMPLE_COUNT_H

#include "scalar/sample_stream.h"

/* Means from here on are sampled by rejection. */
#define FM_COUNT_LARGE 10.0

/* The walk: P(0) and the ratios P(x) / P(x - 1) of the Poisson (lam / x), the binomial
   ((n + 1 - x) odds / x) and the hypergeometric ((k + 1 - x) (m + 1 - x) / (x (rest + x))). */
typedef enum fm_walk_kind {
    FM_WALK_POISSON,
    FM_WALK_BINOMIAL,
    FM_WALK_HYPERGEOMETRIC
} fm_walk_kind;

typedef struct fm_walk {
    fm_walk_kind kind;
    double first, last; /* P(0), and the x beyond which nothing is */
    double a, b, c;     /* lam; n + 1 and odds; k + 1, m + 1 and rest */
} fm_walk;

FM_FN double fm_walk_ratio(const fm_walk *w, double x) {
    if (w->kind == FM_WALK_POISSON) return w->a / x;
    if (w->kind == FM_WALK_BINOMIAL) return (w->a - x) * w->b / x;
    return (w->a - x) * (w->b - x) / (x * (w->c + x));
}

FM_FN double fm_walk_draw(const fm_walk *w, double u) {
    double x = 0, p = w->first, sum = p;
    while (u >= sum && x < w->last) {
        x += 1;
        p *= fm_walk_ratio(w, x);
        sum += p;
    }
    return x;
}

/* The quick part of Hoermann's transformed rejection: W. Hoermann, The generation of binomial
   random variates, J. Stat. Comput. Simul. 46 (1993); The transformed rejection method for
   generating Poisson random variables, Insurance: Mathematics and Economics 12 (1993). */
typedef struct fm_hat {
    double a, b, centre, quick;
} fm_hat;

FM_FN double fm_hat_candidate(const fm_hat *hat, fm_pair trial, double *us, double *v) {
    double u = fm_sample_open(trial.first) - 0.5;
    *us = 0.5 - fabs(u);
    *v = fm_sample_open(trial.second);
    return floor((2 * hat->a / *us + hat->b) * u + hat->centre);
}

FM_FN bool fm_hat_quick(const fm_hat *hat, fm_pair trial, double *k) {
    double us, v;
    *k = fm_hat_candidate(hat, trial, &us, &v);
    return (us >= 0.07) & (v <= hat->quick);
}

typedef struct fm_sample_poisson_it {
    double lam;
    bool large;
    fm_walk walk;
    fm_hat hat;
    double inverse_alpha, log_lam, mode, top; /* top: log P(mode) */
} fm_sample_poisson_it;

FM_FN fm_sample_poisson_it fm_sample_poisson_of(double lam, double b, double c) {
    fm_sample_poisson_it it;
    memset(&it, 0, sizeof it);
    (void)b;
    (void)c;
    it.lam = lam;
    it.large = lam >= FM_COUNT_LARGE;
    if (!it.large) {
        it.walk.kind = FM_WALK_POISSON;
        it.walk.first = fm_sample_exp(-lam);
        it.walk.last = 150;
        it.walk.a = lam;
        return it;
    }
    it.hat.b = 0.931 + 2.53 * sqrt(lam);
    it.hat.a = -0.059 + 0.02483 * it.hat.b;
    it.hat.centre = lam + 0.43;
    it.hat.quick = 0.9277 - 3.6224 / (it.hat.b - 2);
    it.inverse_alpha = 1.1239 + 1.1328 / (it.hat.b - 3.4);
    it.log_lam = fm_random_log(lam);
    it.mode = floor(lam);
    it.top = it.mode * fm_sample_log1p((lam - it.mode) / it.mode) - (lam - it.mode) -
             0.5 * fm_random_log(6.283185307179586 * it.mode) - fm_sample_stirling(it.mode);
    return it;
}

FM_FN bool fm_poisson_trial(const fm_sample_poisson_it *it, fm_pair trial, double *k) {
    double us, v;
    if (fm_hat_quick(&it->hat, trial, k)) return true;
    *k = fm_hat_candidate(&it->hat, trial, &us, &v);
    if (*k < 0 || (us < 0.013 && v > us)) return false;
    double height = v * it->inverse_alpha / (it->hat.a / (us * us) + it->hat.b);
    return fm_random_log(height) <=
           it->top + (*k - it->mode) * it->log_lam + fm_sample_log_factorials(it->mode, *k);
}

FM_FN_LARGE int64_t fm_sample_poisson_draw(const fm_sample_poisson_it *it, fm_stream *stream) {
    double k = 0;
    if (!it->large)
        return (int64_t)fm_walk_draw(&it->walk, fm_sample_open(fm_stream_next(stream).first));
    while (!fm_poisson_trial(it, fm_stream_next(stream), &k)) continue;
    return fm_sample_whole(k);
}

/* The chance is that of the rarer outcome; flipped: of the failures. */
typedef struct fm_sample_binomial_it {
    double n;
    bool large, flipped;
    fm_walk walk;
    fm_hat hat;
    double alpha, log_odds, mode;
} fm_sample_binomial_it;

FM_FN fm_sample_binomial_it fm_sample_binomial_of(double n, double p, double c) {
    fm_sample_binomial_it it;
    memset(&it, 0, sizeof it);
    (void)c;
    it.n = n;
    it.flipped = p > 0.5;
    double r = it.flipped ? 1 - p : p, odds = r / (1 - r);
    it.large = n * r >= FM_COUNT_LARGE;
    if (!it.large) {
        it.walk.kind = FM_WALK_BINOMIAL;
        it.walk.first = fm_sample_exp(n * fm_sample_log1p(-r));
        it.walk.last = n < 150 ? n : 150;
        it.walk.a = n + 1;
        it.walk.b = odds;
        return it;
    }
    double spread = sqrt(n * r * (1 - r));
    it.hat.b = 1.15 + 2.53 * spread;
    it.hat.a = -0.0873 + 0.0248 * it.hat.b + 0.01 * r;
    it.hat.centre = n * r + 0.5;
    it.hat.quick = 0.92 - 4.2 / it.hat.b;
    it.alpha = (2.83 + 5.1 / it.hat.b) * spread;
    it.log_odds = fm_random_log(odds);
    it.mode = floor((n + 1) * r);
    return it;
}

FM_FN bool fm_binomial_trial(const fm_sample_binomial_it *it, fm_pair trial, double *k) {
    double us, v;
    if (fm_hat_quick(&it->hat, trial, k)) return true;
    *k = fm_hat_candidate(&it->hat, trial, &us, &v);
    if (*k < 0 || *k > it->n) return false;
    double height = v * it->alpha / (it->hat.a / (us * us) + it->hat.b);
    return fm_random_log(height) <= fm_sample_log_factorials(it->mode, *k) +
                                        fm_sample_log_factorials(it->n - it->mode, it->n - *k) +
                                        (*k - it->mode) * it->log_odds;
}

FM_FN_LARGE int64_t fm_sample_binomial_draw(const fm_sample_binomial_it *it, fm_stream *stream) {
    double k = 0;
    if (!it->large)
        k = fm_walk_draw(&it->walk, fm_sample_open(fm_stream_next(stream).first));
    else
        while (!fm_binomial_trial(it, fm_stream_next(stream), &k)) continue;
    return fm_sample_whole(it->flipped ? it->n - k : k);
}

/* A Poisson number whose mean is gamma distributed. */
typedef struct fm_sample_negative_binomial_it {
    fm_gamma gamma;
    double scale;
} fm_sample_negative_binomial_it;

FM_FN fm_sample_negative_binomial_it fm_sample_negative_binomial_of(double n, double p, double c) {
    fm_sample_negative_binomial_it it = {fm_gamma_of(n), (1 - p) / p};
    (void)c;
    return it;
}

FM_FN int64_t fm_sample_negative_binomial_draw(const fm_sample_negative_binomial_it *it,
                                               fm_stream *stream) {
    double mean = fm_gamma_draw(&it->gamma, stream) * it->scale;
    if (!(mean < 0x1p63)) return INT64_MAX;
    fm_sample_poisson_it poisson = fm_sample_poisson_of(mean, 0, 0);
    return fm_sample_poisson_draw(&poisson, stream);
}

/* Of m drawn from k of the rarer kind among total, as if k and m were at most half the total; the
   sample is turned back at the end. Large means: E. Stadlober, The ratio of uniforms approach for
   generating discrete random variates, J. Comput. Appl. Math. 31 (1990), algorithm HRUE. */
typedef struct fm_sample_hypergeometric_it {
    double good, total, k, m, drawn;
    bool large, rarer_is_good;
    fm_walk walk;
    double centre, width, mode, limit;
} fm_sample_hypergeometric_it;

/* log P(0) = log((total - k)! (total - m)! / (total! (total - k - m)!)); far from small numbers by
   Stirling's formula with the leading terms cancelled. */
FM_FN double fm_hypergeometric_none(double total, double k, double m) {
    double rest = total - k - m;
    if (total < 4096 || rest < 16)
        return fm_sample_log_factorial(total - k) - fm_sample_log_factorial(rest) +
               fm_sample_log_factorial(total - m) - fm_sample_log_factorial(total);
    return (total - k + 0.5) * fm_sample_log1p(-k / total) +
           (total - m + 0.5) * fm_sample_log1p(-m / total) -
           (rest + 0.5) * fm_sample_log1p(-(k + m) / total) + fm_sample_stirling(total - k) +
           fm_sample_stirling(total - m) - fm_sample_stirling(rest) - fm_sample_stirling(total);
}

FM_FN fm_sample_hypergeometric_it fm_sample_hypergeometric_of(double good, double bad,
                                                              double drawn) {
    fm_sample_hypergeometric_it it;
    memset(&it, 0, sizeof it);
    it.good = good;
    it.total = good + bad;
    it.drawn = drawn;
    it.rarer_is_good = good <= bad;
    it.k = it.rarer_is_good ? good : bad;
    it.m = drawn <= it.total - drawn ? drawn : it.total - drawn;
    double mean = it.total > 0 ? it.m * it.k / it.total : 0;
    double share = it.total > 0 ? it.k / it.total : 0;
    it.large = mean >= FM_COUNT_LARGE;
    it.walk.kind = FM_WALK_HYPERGEOMETRIC;
    it.walk.last = it.k < it.m ? it.k : it.m;
    it.walk.a = it.k + 1;
    it.walk.b = it.m + 1;
    it.walk.c = it.total - it.k - it.m;
    if (!it.large) {
        it.walk.first = fm_sample_exp(fm_hypergeometric_none(it.total, it.k, it.m));
        return it;
    }
    double deviation = sqrt((it.total - it.m) * mean * (1 - share) / (it.total - 1) + 0.5);
    it.centre = mean + 0.5;
    it.width = 1.7155277699214135 * deviation + 0.8989161620588988;
    it.mode = floor((it.m + 1) * (it.k + 1) / (it.total + 2));
    it.limit = floor(it.centre + 16 * deviation);
    if (it.limit > it.walk.last + 1) it.limit = it.walk.last + 1;
    return it;
}

FM_FN bool fm_hypergeometric_trial(const fm_sample_hypergeometric_it *it, fm_pair trial,
                                   double *k) {
    double u = fm_sample_open(trial.first), v = fm_sample_open(trial.second);
    double x = it->centre + it->width * (v - 0.5) / u;
    if (!(x >= 0 && x < it->limit)) return false;
    *k = floor(x);
    double height = fm_sample_log_factorials(it->mode, *k) +
                    fm_sample_log_factorials(it->k - it->mode, it->k - *k) +
                    fm_sample_log_factorials(it->m - it->mode, it->m - *k) +
                    fm_sample_log_factorials(it->walk.c + it->mode, it->walk.c + *k);
    if (u * (4 - u) - 3 <= height) return true;
    if (u * (u - height) >= 1) return false;
    return 2 * fm_random_log(u) <= height;
}

FM_FN_LARGE int64_t fm_sample_hypergeometric_draw(const fm_sample_hypergeometric_it *it,
                                                  fm_stream *stream) {
    double x = 0;
    if (!it->large)
        x = fm_walk_draw(&it->walk, fm_sample_open(fm_stream_next(stream).first));
    else
        while (!fm_hypergeometric_trial(it, fm_stream_next(stream), &x)) continue;
    if (!it->rarer_is_good) x = it->m - x;
    return (int64_t)(it->m < it->drawn ? it->good - x : x);
}

/* L. Devroye, Non-Uniform Random Variate Generation (1986), page 551. Beyond a = 1025 every sample
   is 1. u, at most 1, begins where the candidate is the largest int64, so that candidates lie in
   between. */
typedef struct fm_sample_zipf_it {
    double power, least, b; /* a - 1, (2^63)^-power, 2^power - 1 */
} fm_sample_zipf_it;

FM_FN fm_sample_zipf_it fm_sample_zipf_of(double a, double b, double c) {
    fm_sample_zipf_it it;
    (void)b;
    (void)c;
    it.power = a - 1;
    it.least = fm_sample_exp(-43.66827237527655 * it.power);
    it.b = fm_sample_expm1(0.6931471805599453 * it.power);
    return it;
}

FM_FN bool fm_zipf_trial(const fm_sample_zipf_it *it, fm_pair trial, double *out) {
    double w = fm_sample_open(trial.first), v = fm_sample_open(trial.second);
    double u = it->least * w + (1 - w);
    double x = floor(fm_sample_exp(-fm_random_log(u) / it->power));
    double t1 = fm_sample_expm1(it->power * fm_sample_log1p(1 / x)); /* (1 + 1/x)^power - 1 */
    *out = x;
    return v * x * (t1 / it->b) * (it->b + 1) <= 1 + t1;
}

FM_FN int64_t fm_sample_zipf_draw(const fm_sample_zipf_it *it, fm_stream *stream) {
    double x = 1;
    if (it->power >= 1024) return 1;
    while (!fm_zipf_trial(it, fm_stream_next(stream), &x)) continue;
    return fm_sample_whole(x);
}

#endif
