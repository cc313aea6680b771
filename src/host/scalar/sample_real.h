/* Real samples by rejection: gamma, beta and what is made of them, von Mises.

   fm_<id>_of(a, b, c) makes of the parameters what every element needs; fm_<id>_draw(&it, &stream)
   draws one element. */
#ifndef FM_SCALAR_SAMPLE_REAL_H
#define FM_SCALAR_SAMPLE_REAL_H

#include "scalar/sample_count.h"

typedef struct fm_scaled_gamma {
    fm_gamma gamma;
    double scale;
} fm_scaled_gamma;

typedef fm_scaled_gamma fm_sample_gamma_it, fm_sample_chisquare_it;

FM_FN fm_sample_gamma_it fm_sample_gamma_of(double shape, double scale, double c) {
    fm_sample_gamma_it it = {fm_gamma_of(shape), scale};
    (void)c;
    return it;
}

FM_FN double fm_sample_gamma_draw(const fm_sample_gamma_it *it, fm_stream *stream) {
    return fm_gamma_draw(&it->gamma, stream) * it->scale;
}

FM_FN fm_sample_chisquare_it fm_sample_chisquare_of(double df, double b, double c) {
    (void)b;
    return fm_sample_gamma_of(df / 2, 2, c);
}

FM_FN double fm_sample_chisquare_draw(const fm_sample_chisquare_it *it, fm_stream *stream) {
    return fm_sample_gamma_draw(it, stream);
}

/* Two gamma samples: x / (x + y), or x / y times a factor. */
typedef struct fm_two_gammas {
    fm_gamma x, y;
    double factor;
    double inverse_a, inverse_b;
    bool small; /* beta with both parameters at most 1 */
} fm_two_gammas;

typedef fm_two_gammas fm_sample_beta_it, fm_sample_f_it;

FM_FN fm_sample_beta_it fm_sample_beta_of(double a, double b, double c) {
    fm_sample_beta_it it = {fm_gamma_of(a), fm_gamma_of(b), 1, 1 / a, 1 / b, a <= 1 && b <= 1};
    (void)c;
    return it;
}

/* M. D. Joehnk, Metrika 8 (1964): u^(1/a) / (u^(1/a) + v^(1/b)) where the sum is at most 1. Where
   both powers vanish the ratio is that of their logarithms. */
FM_FN bool fm_joehnk_trial(const fm_sample_beta_it *it, fm_pair trial, double *out) {
    double p = fm_random_log(fm_sample_open(trial.first)) * it->inverse_a;
    double q = fm_random_log(fm_sample_open(trial.second)) * it->inverse_b;
    double x = fm_sample_exp(p), y = fm_sample_exp(q);
    double odds = fm_sample_exp(q - p);
    *out = x + y > 0 ? x / (x + y) : 1 / (1 + odds);
    return x + y <= 1;
}

FM_FN double fm_sample_beta_draw(const fm_sample_beta_it *it, fm_stream *stream) {
    double x = 0, y;
    while (it->small)
        if (fm_joehnk_trial(it, fm_stream_next(stream), &x)) return x;
    x = fm_gamma_draw(&it->x, stream);
    y = fm_gamma_draw(&it->y, stream);
    return x / (x + y);
}

/* (x / dfnum) / (y / dfden), each half a chi-square. */
FM_FN fm_sample_f_it fm_sample_f_of(double dfnum, double dfden, double c) {
    fm_sample_f_it it = {
        fm_gamma_of(dfnum / 2), fm_gamma_of(dfden / 2), dfden / dfnum, 0, 0, false};
    (void)c;
    return it;
}

FM_FN double fm_sample_f_draw(const fm_sample_f_it *it, fm_stream *stream) {
    double x = fm_gamma_draw(&it->x, stream);
    return x / fm_gamma_draw(&it->y, stream) * it->factor;
}

/* A normal over the root of a chi-square by its degrees of freedom. */
typedef struct fm_sample_standard_t_it {
    fm_gamma gamma;
    double half;
} fm_sample_standard_t_it;

FM_FN fm_sample_standard_t_it fm_sample_standard_t_of(double df, double b, double c) {
    fm_sample_standard_t_it it = {fm_gamma_of(df / 2), df / 2};
    (void)b;
    (void)c;
    return it;
}

FM_FN double fm_sample_standard_t_draw(const fm_sample_standard_t_it *it, fm_stream *stream) {
    double z = fm_normal_f64(fm_stream_next(stream).first);
    return z / sqrt(fm_gamma_draw(&it->gamma, stream) / it->half);
}

/* D. J. Best, N. I. Fisher, Applied Statistics 28 (1979): the angle is 2 atan(c tan(pi v)) for a
   uniform v, accepted by its cosine. Nearly uniform angles below kappa = 1e-8, a wrapped normal
   beyond 1e6, as NumPy does. */
typedef struct fm_sample_vonmises_it {
    double mu, kappa, c, s, deviation;
} fm_sample_vonmises_it;

FM_FN fm_sample_vonmises_it fm_sample_vonmises_of(double mu, double kappa, double c) {
    fm_sample_vonmises_it it;
    double r = 1 + sqrt(1 + 4 * kappa * kappa);
    double rho = (r - sqrt(2 * r)) / (2 * kappa);
    (void)c;
    it.mu = mu;
    it.kappa = kappa;
    it.s = kappa < 1e-5 ? 1 / kappa + kappa : (1 + rho * rho) / (2 * rho);
    it.c = kappa < 1e-5 ? sqrt((it.s - 1) / (it.s + 1)) : (1 - rho) / (1 + rho);
    it.deviation = sqrt(1 / kappa);
    return it;
}

FM_FN double fm_vonmises_turn(double angle) {
    const double pi = 3.141592653589793;
    double turned = angle - 2 * pi * floor((angle + pi) / (2 * pi));
    return turned < -pi ? -pi : turned > pi ? pi : turned;
}

FM_FN bool fm_vonmises_trial(const fm_sample_vonmises_it *it, fm_pair trial, double *out) {
    double slope = it->c * fm_sample_tanpi(fm_sample_open(trial.first) - 0.5);
    double v = fm_sample_open(trial.second), square = slope * slope;
    double y = it->kappa * (it->s - (1 - square) / (1 + square));
    *out = fm_vonmises_turn(it->mu + 2 * fm_sample_atan(slope));
    return (y * (2 - y) - v >= 0) | (fm_random_log(y / v) + 1 - y >= 0);
}

FM_FN double fm_sample_vonmises_draw(const fm_sample_vonmises_it *it, fm_stream *stream) {
    double x;
    if (it->kappa != it->kappa) return it->kappa;
    if (it->kappa < 1e-8 || it->kappa > 1e6) {
        uint64_t word = fm_stream_next(stream).first;
        double angle = it->kappa > 1 ? it->deviation * fm_normal_f64(word)
                                     : 6.283185307179586 * (fm_sample_open(word) - 0.5);
        return fm_vonmises_turn(it->mu + angle);
    }
    while (!fm_vonmises_trial(it, fm_stream_next(stream), &x)) continue;
    return x;
}

/* Beyond one degree of freedom a chi-square with one less and the square of a shifted normal; else
   one with twice a Poisson number more. */
typedef struct fm_sample_noncentral_chisquare_it {
    double df, nonc, shift;
    fm_gamma gamma;
} fm_sample_noncentral_chisquare_it;

FM_FN fm_sample_noncentral_chisquare_it fm_sample_noncentral_chisquare_of(double df, double nonc,
                                                                          double c) {
    fm_sample_noncentral_chisquare_it it = {df, nonc, sqrt(nonc),
                                            fm_gamma_of((df > 1 && nonc != 0 ? df - 1 : df) / 2)};
    (void)c;
    return it;
}

FM_FN double fm_sample_noncentral_chisquare_draw(const fm_sample_noncentral_chisquare_it *it,
                                                 fm_stream *stream) {
    if (it->nonc != it->nonc) return it->nonc;
    if (it->nonc == 0) return 2 * fm_gamma_draw(&it->gamma, stream);
    if (it->df > 1) {
        double z = fm_normal_f64(fm_stream_next(stream).first) + it->shift;
        return 2 * fm_gamma_draw(&it->gamma, stream) + z * z;
    }
    fm_sample_poisson_it poisson = fm_sample_poisson_of(it->nonc / 2, 0, 0);
    double more = (double)fm_sample_poisson_draw(&poisson, stream);
    fm_gamma gamma = fm_gamma_of(it->df / 2 + more);
    return 2 * fm_gamma_draw(&gamma, stream);
}

typedef struct fm_sample_noncentral_f_it {
    fm_sample_noncentral_chisquare_it top;
    fm_gamma bottom;
    double factor;
} fm_sample_noncentral_f_it;

FM_FN fm_sample_noncentral_f_it fm_sample_noncentral_f_of(double dfnum, double dfden, double nonc) {
    fm_sample_noncentral_f_it it = {fm_sample_noncentral_chisquare_of(dfnum, nonc, 0),
                                    fm_gamma_of(dfden / 2), dfden / dfnum};
    return it;
}

FM_FN double fm_sample_noncentral_f_draw(const fm_sample_noncentral_f_it *it, fm_stream *stream) {
    double x = fm_sample_noncentral_chisquare_draw(&it->top, stream);
    return x / (2 * fm_gamma_draw(&it->bottom, stream)) * it->factor;
}

#endif
