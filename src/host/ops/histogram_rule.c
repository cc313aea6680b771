/* Numbers of bins by the rules that NumPy knows by name: each finds a width.

   Freedman and Diaconis, On the histogram as a density estimator: L2 theory (1981); Scott, On
   optimal and data-based histograms (1979); Sturges, The choice of a class interval (1926); Doane,
   Aesthetic frequency classifications (1976); Stone, An asymptotically optimal histogram selection
   rule (1984). */
#include "ops/histogram.h"

#include <math.h>
#include <string.h>

/* Values, how many they are, and the distance between their extremes. */
typedef struct sample {
    const fm_tensor *x;
    double n, range;
    const fm_span *span;
} sample;

static double sqrt_width(const sample *s) {
    return s->range / sqrt(s->n);
}

static double sturges_width(const sample *s) {
    return s->range / (log2(s->n) + 1.0);
}

static double deviation(fm_program *p, const sample *s) {
    return fm_program_float(p, FM_DO(p, "std", V_T(s->x)));
}

static double scott_width(fm_program *p, const sample *s) {
    const double root_pi = 1.77245385090551602730;
    return pow(24.0 * root_pi / s->n, 1.0 / 3.0) * deviation(p, s);
}

static double quartile(fm_program *p, const sample *s, double q) {
    return fm_program_float(p, FM_DO(p, "quantile", V_T(s->x), V_F(q)));
}

static double fd_width(fm_program *p, const sample *s) {
    return 2.0 * (quartile(p, s, 0.75) - quartile(p, s, 0.25)) * pow(s->n, -1.0 / 3.0);
}

static double auto_width(fm_program *p, const sample *s) {
    const double fd = fmax(fd_width(p, s), sqrt_width(s) / 2);
    return fmin(fd, sturges_width(s));
}

/* By the skewness. */
static double doane_width(fm_program *p, const sample *s) {
    const double n = s->n, error = sqrt(6.0 * (n - 2) / ((n + 1.0) * (n + 3)));
    if (n <= 2) return 0;
    const double sigma = deviation(p, s);
    if (!(sigma > 0)) return 0;
    fm_tensor *mean = FM_DO(p, "mean", V_T(s->x));
    fm_tensor *z = FM_DO(p, "subtract", V_T(s->x), V_T(mean));
    z = FM_DO(p, "divide", V_T(z), V_F(sigma));
    fm_tensor *cube = FM_DO(p, "multiply", V_T(FM_DO(p, "square", V_T(z))), V_T(z));
    const double skew = fm_program_float(p, FM_DO(p, "mean", V_T(cube)));
    return s->range / (1.0 + log2(n) + log2(1.0 + fabs(skew) / error));
}

/* The estimated loss of a histogram of so many bins. */
static double loss(fm_program *p, const sample *s, int64_t count) {
    const fm_dtype dtype = s->x->layout->dtype;
    fm_tensor *edges =
        fm_span_edges(p, s->span, count, fm_dtype_kind(dtype) == 'f' ? dtype : FM_FLOAT64, false);
    const fm_bins bins = {.edges = edges, .count = count, .uniform = true};
    fm_tensor *counts = edges != NULL ? fm_histogram_sums(p, s->x, &bins, NULL) : NULL;
    const int64_t *k = counts != NULL ? fm_program_ints(p, counts) : NULL;
    double squares = 0;
    for (int64_t b = 0; k != NULL && b < count; b++)
        squares += ((double)k[b] / s->n) * ((double)k[b] / s->n);
    fm_program_drop(p, counts);
    return (2 - (s->n + 1) * squares) / (s->range / (double)count);
}

static double stone_width(fm_program *p, const sample *s) {
    if (s->n <= 1 || s->range == 0) return 0;
    const int64_t root = (int64_t)sqrt(s->n), most = root > 100 ? root : 100;
    double least = HUGE_VAL;
    int64_t best = 1;
    for (int64_t count = 1; count <= most && p->status == FM_OK; count++) {
        const double here = loss(p, s, count);
        if (here < least) best = count;
        if (here < least) least = here;
    }
    return s->range / (double)best;
}

static double width_of(fm_program *p, const char *rule, const sample *s) {
    if (strcmp(rule, "auto") == 0) return auto_width(p, s);
    if (strcmp(rule, "doane") == 0) return doane_width(p, s);
    if (strcmp(rule, "fd") == 0) return fd_width(p, s);
    if (strcmp(rule, "rice") == 0) return s->range / (2.0 * pow(s->n, 1.0 / 3.0));
    if (strcmp(rule, "scott") == 0) return scott_width(p, s);
    if (strcmp(rule, "sqrt") == 0) return sqrt_width(s);
    if (strcmp(rule, "stone") == 0) return stone_width(p, s);
    return sturges_width(s);
}

int64_t fm_bins_by_deviation(fm_program *p, const fm_tensor *x, double range) {
    const sample s = {x, (double)x->layout->size, 0, NULL};
    const double width = scott_width(p, &s);
    return p->status == FM_OK ? (int64_t)ceil(range / width) : 0;
}

bool fm_bins_rule_is_known(const char *rule) {
    static const char *const rules[] = {"auto",  "doane", "fd",    "rice",
                                        "scott", "sqrt",  "stone", "sturges"};
    bool known = false;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) known |= !strcmp(rule, rules[i]);
    return known;
}

int64_t fm_bins_by_rule(fm_program *p, const char *rule, const fm_tensor *x, const fm_span *span) {
    if (!fm_bins_rule_is_known(rule)) return -1;
    if (p->status != FM_OK || x->layout->size == 0) return 1;
    sample s = {x, (double)x->layout->size, 0, span};
    s.range =
        fm_program_float(p, FM_DO(p, "max", V_T(x))) - fm_program_float(p, FM_DO(p, "min", V_T(x)));
    double width = width_of(p, rule, &s);
    if (width == 0 || p->status != FM_OK) return 1;
    const char kind = fm_dtype_kind(x->layout->dtype);
    if ((kind == 'i' || kind == 'u') && width < 1) width = 1;
    return (int64_t)ceil((span->last - span->first) / width);
}
