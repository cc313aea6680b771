/* Distribution functions from their definitions, for tests of samplers: series, continued fractions
   and sums, good to about 1e-10. */
#ifndef FM_TEST_CDF_H
#define FM_TEST_CDF_H

#include <float.h>
#include <math.h>

static inline double cdf_normal(double x) {
    return 0.5 * erfc(-x / sqrt(2));
}

/* The regularised incomplete gamma function: its series, or the continued fraction of the rest. */
static inline double cdf_gamma(double x, double a) {
    if (!(x > 0)) return 0;
    double front = exp(a * log(x) - x - lgamma(a));
    if (x < a + 1) {
        double term = 1 / a, sum = term;
        for (int n = 1; n < 10000 && term > sum * 1e-16; n++) sum += term *= x / (a + n);
        return front * sum;
    }
    double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
    for (int n = 1; n < 10000; n++) {
        double an = -n * (n - a);
        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        double step = d * c;
        h *= step;
        if (fabs(step - 1) < 1e-15) break;
    }
    return 1 - front * h;
}

/* The continued fraction of the incomplete beta function, by Lentz. */
static inline double cdf_beta_fraction(double x, double a, double b) {
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < 1e-300 ? 1e-300 : d);
    double h = d;
    for (int m = 1; m < 10000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        h *= d * c;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        double step = d * c;
        h *= step;
        if (fabs(step - 1) < 1e-15) break;
    }
    return h;
}

static inline double cdf_beta(double x, double a, double b) {
    if (!(x > 0)) return 0;
    if (x >= 1) return 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2)) return front * cdf_beta_fraction(x, a, b) / a;
    return 1 - front * cdf_beta_fraction(1 - x, b, a) / b;
}

static inline double cdf_f(double x, double m, double n) {
    return x > 0 ? cdf_beta(m * x / (m * x + n), m / 2, n / 2) : 0;
}

static inline double cdf_t(double x, double df) {
    double tail = 0.5 * cdf_beta(df / (df + x * x), df / 2, 0.5);
    return x > 0 ? 1 - tail : tail;
}

static inline double cdf_wald(double x, double mean, double scale) {
    if (!(x > 0)) return 0;
    double root = sqrt(scale / x);
    return cdf_normal(root * (x / mean - 1)) +
           exp(2 * scale / mean) * cdf_normal(-root * (x / mean + 1));
}

/* Mixtures over a Poisson number of mean nonc / 2. */
static inline double cdf_noncentral_chisquare(double x, double df, double nonc) {
    double sum = 0, weight = exp(-nonc / 2);
    for (int j = 0; j < 200; j++) {
        sum += weight * cdf_gamma(x / 2, df / 2 + j);
        weight *= nonc / 2 / (j + 1);
    }
    return sum;
}

static inline double cdf_noncentral_f(double x, double m, double n, double nonc) {
    double sum = 0, weight = exp(-nonc / 2);
    for (int j = 0; x > 0 && j < 60; j++) {
        sum += weight * cdf_beta(m * x / (m * x + n), m / 2 + j, n / 2);
        weight *= nonc / 2 / (j + 1);
    }
    return sum;
}

/* The density summed by Simpson's rule from -pi on; x in [-pi, pi]. */
static inline double cdf_vonmises(double x, double kappa) {
    enum { STEPS = 400 };
    const double pi = 3.14159265358979323846;
    double whole = 0, part = 0;
    for (int i = 0; i <= STEPS; i++) {
        double weight = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
        whole += weight * exp(kappa * (cos(-pi + 2 * pi * i / STEPS) - 1)) * 2 * pi;
        part += weight * exp(kappa * (cos(-pi + (x + pi) * i / STEPS) - 1)) * (x + pi);
    }
    return part / whole;
}

static inline double cdf_triangular(double x, double left, double mode, double right) {
    if (x <= left) return 0;
    if (x >= right) return 1;
    if (x < mode) return (x - left) * (x - left) / ((right - left) * (mode - left));
    return 1 - (right - x) * (right - x) / ((right - left) * (right - mode));
}

/* Probabilities of whole numbers */

static inline double log_choose(double n, double k) {
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

static inline double pmf_poisson(double k, double lam) {
    return lam > 0 ? exp(k * log(lam) - lam - lgamma(k + 1)) : k == 0;
}

static inline double pmf_binomial(double k, double n, double p) {
    if (k > n) return 0;
    return exp(log_choose(n, k) + k * log(p) + (n - k) * log1p(-p));
}

static inline double pmf_negative_binomial(double k, double n, double p) {
    return exp(lgamma(k + n) - lgamma(n) - lgamma(k + 1) + n * log(p) + k * log1p(-p));
}

static inline double pmf_hypergeometric(double k, double good, double bad, double drawn) {
    if (k > good || k > drawn || drawn - k > bad) return 0;
    return exp(log_choose(good, k) + log_choose(bad, drawn - k) - log_choose(good + bad, drawn));
}

static inline double pmf_geometric(double k, double p) {
    return k >= 1 ? p * exp((k - 1) * log1p(-p)) : 0;
}

static inline double pmf_logseries(double k, double p) {
    return k >= 1 ? -exp(k * log(p)) / (k * log1p(-p)) : 0;
}

/* Riemann's zeta function by Euler and Maclaurin. */
static inline double pmf_zipf(double k, double a) {
    enum { TERMS = 30 };
    double zeta = 0, n = TERMS;
    for (int i = 1; i < TERMS; i++) zeta += pow(i, -a);
    zeta += pow(n, 1 - a) / (a - 1) + 0.5 * pow(n, -a) + a / 12 * pow(n, -a - 1);
    return k >= 1 ? pow(k, -a) / zeta : 0;
}

#endif
