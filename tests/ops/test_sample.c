/* Samples against the distributions they claim: Kolmogorov and Smirnov's distance for reals,
   Pearson's chi-square for whole numbers, at several parameters. Seeds are fixed; the bounds are
   passed by a right sampler of another seed with a probability of about 1e-8. */
#include "asking.h"
#include "cdf.h"
#include "ops/row.h"

enum { N = 60000 };

typedef struct sampled {
    const char *op;
    double p[3];
    int nparams;
} sampled;

static double reals[N];
static int64_t wholes[N];

static void draw(const sampled *s, void *data) {
    const int64_t n = N;
    fm_tensor *out = NULL;
    fm_argument arguments[4];
    for (int i = 0; i < s->nparams; i++) arguments[i] = (fm_argument){NULL, number(s->p[i])};
    arguments[s->nparams] = (fm_argument){"size", ints(1, &n)};
    if (fm_call(ctx, s->op, arguments, (size_t)s->nparams + 1, &out, 1) != FM_OK)
        fail_msg("%s", fm_context_message(ctx));
    assert_int_equal(fm_tensor_to_host(ctx, out, data, fm_tensor_nbytes(out)), FM_OK);
    fm_tensor_release(out);
}

static double cdf_of(const sampled *s, double x) {
    const double a = s->p[0], b = s->p[1], c = s->p[2];
    const char *name = strrchr(s->op, '.') + 1;
#define IS(text) (strcmp(name, text) == 0)
    if (IS("exponential")) return -expm1(-x / a);
    if (IS("standard_exponential")) return -expm1(-x);
    if (IS("gumbel")) return exp(-exp(-(x - a) / b));
    if (IS("laplace")) return x < a ? 0.5 * exp((x - a) / b) : 1 - 0.5 * exp(-(x - a) / b);
    if (IS("logistic")) return 1 / (1 + exp(-(x - a) / b));
    if (IS("normal")) return cdf_normal((x - a) / b);
    if (IS("uniform")) return (x - a) / (b - a);
    if (IS("lognormal")) return cdf_normal((log(x) - a) / b);
    if (IS("rayleigh")) return -expm1(-x * x / (2 * a * a));
    if (IS("weibull")) return -expm1(-pow(x, a));
    if (IS("pareto")) return 1 - pow(1 + x, -a);
    if (IS("power")) return pow(x, a);
    if (IS("triangular")) return cdf_triangular(x, a, b, c);
    if (IS("standard_cauchy")) return 0.5 + atan(x) / 3.14159265358979323846;
    if (IS("wald")) return cdf_wald(x, a, b);
    if (IS("gamma")) return cdf_gamma(x / b, a);
    if (IS("standard_gamma")) return cdf_gamma(x, a);
    if (IS("beta")) return cdf_beta(x, a, b);
    if (IS("chisquare")) return cdf_gamma(x / 2, a / 2);
    if (IS("f")) return cdf_f(x, a, b);
    if (IS("standard_t")) return cdf_t(x, a);
    if (IS("vonmises")) return cdf_vonmises(x, b);
    if (IS("noncentral_chisquare")) return cdf_noncentral_chisquare(x, a, b);
    return cdf_noncentral_f(x, a, b, c);
}

static double pmf_of(const sampled *s, double k) {
    const double a = s->p[0], b = s->p[1], c = s->p[2];
    const char *name = strrchr(s->op, '.') + 1;
    if (IS("poisson")) return pmf_poisson(k, a);
    if (IS("binomial")) return pmf_binomial(k, a, b);
    if (IS("negative_binomial")) return pmf_negative_binomial(k, a, b);
    if (IS("hypergeometric")) return pmf_hypergeometric(k, a, b, c);
    if (IS("geometric")) return pmf_geometric(k, a);
    if (IS("logseries")) return pmf_logseries(k, a);
    return pmf_zipf(k, a);
#undef IS
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void reals_have_their_distribution(void **state) {
    static const sampled cases[] = {
        {"random.exponential", {2.5}, 1},
        {"random.Generator.standard_exponential", {0}, 0},
        {"random.gumbel", {-1, 2}, 2},
        {"random.laplace", {1, 0.5}, 2},
        {"random.logistic", {0, 3}, 2},
        {"random.normal", {4, 0.1}, 2},
        {"random.uniform", {-3, 5}, 2},
        {"random.lognormal", {0.5, 0.75}, 2},
        {"random.rayleigh", {3}, 1},
        {"random.weibull", {0.7}, 1},
        {"random.weibull", {4}, 1},
        {"random.pareto", {3}, 1},
        {"random.pareto", {0.5}, 1},
        {"random.power", {0.3}, 1},
        {"random.power", {5}, 1},
        {"random.triangular", {-1, 0.5, 4}, 3},
        {"random.triangular", {0, 0, 1}, 3},
        {"random.standard_cauchy", {0}, 0},
        {"random.wald", {1, 2}, 2},
        {"random.wald", {3, 0.2}, 2},
        {"random.gamma", {0.02, 1}, 2},
        {"random.gamma", {0.5, 2}, 2},
        {"random.gamma", {1, 1}, 2},
        {"random.gamma", {2.5, 0.5}, 2},
        {"random.standard_gamma", {300}, 1},
        {"random.beta", {0.5, 0.5}, 2},
        {"random.beta", {1, 1}, 2},
        {"random.beta", {0.3, 4}, 2},
        {"random.beta", {3, 7}, 2},
        {"random.beta", {0.01, 0.02}, 2},
        {"random.chisquare", {1}, 1},
        {"random.chisquare", {9}, 1},
        {"random.f", {1, 3}, 2},
        {"random.f", {8, 20}, 2},
        {"random.standard_t", {1}, 1},
        {"random.standard_t", {7}, 1},
        {"random.vonmises", {0, 1e-9}, 2},
        {"random.vonmises", {0, 1e-6}, 2},
        {"random.vonmises", {0, 0.5}, 2},
        {"random.vonmises", {0, 20}, 2},
        {"random.noncentral_chisquare", {0.7, 3}, 2},
        {"random.noncentral_chisquare", {2, 5}, 2},
        {"random.noncentral_chisquare", {6, 0}, 2},
        {"random.noncentral_chisquare", {6, 2}, 2},
        {"random.noncentral_f", {4, 6, 2}, 3},
        {"random.noncentral_f", {0.8, 6, 2}, 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sampled *s = &cases[i];
        double worst = 0;
        fm_seed(ctx, 1000 + i);
        draw(s, reals);
        qsort(reals, N, sizeof *reals, rising);
        for (int j = 0; j < N; j++) {
            double p = cdf_of(s, reals[j]);
            double low = fabs(p - (double)j / N), high = fabs(p - (double)(j + 1) / N);
            /* ties, where small shapes vanish, count once */
            bool tied =
                (j > 0 && reals[j] == reals[j - 1]) || (j + 1 < N && reals[j] == reals[j + 1]);
            if (tied) continue;
            worst = fmax(worst, fmax(low, high));
        }
        if (!(worst * sqrt(N) < 3.1))
            fail_msg("%s(%g, %g, %g): the distance is %g", s->op, s->p[0], s->p[1], s->p[2],
                     worst * sqrt(N));
    }
}

/* Numbers from k on are joined until at least 30 are expected. */
static void check_counts(const sampled *s) {
    enum { MOST = 4096 };
    static int64_t count[MOST + 1];
    double statistic = 0, expected = 0, mass = 0;
    int64_t observed = 0, seen = 0;
    int bins = 0;
    memset(count, 0, sizeof count);
    for (int i = 0; i < N; i++) {
        assert_true(wholes[i] >= 0);
        count[wholes[i] < MOST ? wholes[i] : MOST]++;
    }
    for (int64_t k = 0; k <= MOST; k++) {
        double p = k < MOST ? pmf_of(s, (double)k) : 1 - mass;
        mass += p;
        expected += p * N;
        observed += count[k];
        seen += count[k];
        bool last = k == MOST || (1 - mass) * N < 30;
        if (expected < 30 && !last) continue;
        if (last) {
            expected += (1 - mass) * N;
            observed += N - seen;
        }
        statistic += ((double)observed - expected) * ((double)observed - expected) / expected;
        expected = 0;
        observed = 0;
        bins++;
        if (last) break;
    }
    double df = bins > 1 ? bins - 1 : 1;
    if (!(statistic < df + 6 * sqrt(2 * df) + 25))
        fail_msg("%s(%g, %g, %g): chi-square is %g in %d bins", s->op, s->p[0], s->p[1], s->p[2],
                 statistic, bins);
}

static void wholes_have_their_distribution(void **state) {
    static const sampled cases[] = {
        {"random.poisson", {0.3}, 1},
        {"random.poisson", {4}, 1},
        {"random.poisson", {9.99}, 1},
        {"random.poisson", {10}, 1},
        {"random.poisson", {57.3}, 1},
        {"random.poisson", {1000}, 1},
        {"random.binomial", {1, 0.5}, 2},
        {"random.binomial", {10, 0.3}, 2},
        {"random.binomial", {12, 0.9}, 2},
        {"random.binomial", {100, 0.4}, 2},
        {"random.binomial", {400, 0.95}, 2},
        {"random.binomial", {100000, 0.00002}, 2},
        {"random.binomial", {3000, 0.3}, 2},
        {"random.negative_binomial", {5, 0.4}, 2},
        {"random.negative_binomial", {0.5, 0.05}, 2},
        {"random.negative_binomial", {60, 0.3}, 2},
        {"random.hypergeometric", {10, 7, 6}, 3},
        {"random.hypergeometric", {7, 10, 14}, 3},
        {"random.hypergeometric", {20, 5, 25}, 3},
        {"random.hypergeometric", {100, 80, 60}, 3},
        {"random.hypergeometric", {60, 200, 190}, 3},
        {"random.hypergeometric", {20000, 5000, 90}, 3},
        {"random.hypergeometric", {30, 100000, 2000}, 3},
        {"random.geometric", {0.02}, 1},
        {"random.geometric", {0.7}, 1},
        {"random.logseries", {0.3}, 1},
        {"random.logseries", {0.95}, 1},
        {"random.zipf", {1.6}, 1},
        {"random.zipf", {4}, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fm_seed(ctx, 2000 + i);
        draw(&cases[i], wholes);
        check_counts(&cases[i]);
    }
}

/* Far parameters, by their first two moments. */
static void moments_far_out(void **state) {
    static const struct {
        sampled s;
        double mean, deviation;
    } cases[] = {
        {{"random.poisson", {1e12}, 1}, 1e12, 1e6},
        {{"random.binomial", {1e12, 0.25}, 2}, 2.5e11, 433012.7018922193},
        {{"random.hypergeometric", {4e8, 5e8, 1e6}, 3}, 444444.4444444444, 496.6274},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double mean = 0, square = 0, d = cases[i].deviation;
        fm_seed(ctx, 3000 + i);
        draw(&cases[i].s, wholes);
        for (int j = 0; j < N; j++) mean += ((double)wholes[j] - cases[i].mean) / N;
        for (int j = 0; j < N; j++) {
            double x = (double)wholes[j] - cases[i].mean;
            square += x * x / N;
        }
        assert_true(fabs(mean) < 6 * d / sqrt(N));
        assert_true(fabs(square / (d * d) - 1) < 6 * sqrt(2.0 / N));
    }
}

/* Drawing 1000 and then 700 is drawing 1700: positions decide, not calls. Parameters in memory give
   what numbers give. */
static void calls_cut_the_stream_anywhere(void **state) {
    static const sampled cases[] = {
        {"random.exponential", {2}, 1},
        {"random.wald", {1, 2}, 2},
        {"random.geometric", {0.2}, 1},
        {"random.logseries", {0.7}, 1},
        {"random.gamma", {0.4, 2}, 2},
        {"random.gamma", {2.2, 1}, 2},
        {"random.beta", {0.5, 0.6}, 2},
        {"random.beta", {2, 3}, 2},
        {"random.f", {4, 5}, 2},
        {"random.standard_t", {3}, 1},
        {"random.vonmises", {1, 4}, 2},
        {"random.noncentral_chisquare", {4, 2}, 2},
        {"random.noncentral_f", {4, 5, 2}, 3},
        {"random.poisson", {3}, 1},
        {"random.poisson", {50}, 1},
        {"random.binomial", {20, 0.3}, 2},
        {"random.binomial", {900, 0.8}, 2},
        {"random.negative_binomial", {5, 0.4}, 2},
        {"random.hypergeometric", {8, 9, 7}, 3},
        {"random.hypergeometric", {90, 80, 70}, 3},
        {"random.zipf", {2.5}, 1},
        {"random.triangular", {0, 1, 4}, 3},
    };
    static const int64_t cuts[] = {1700, 1000, 700};
    static uint64_t whole[1700], parts[1700], arrays[1700];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sampled *s = &cases[i];
        for (int mode = 0; mode < 3; mode++) {
            fm_seed(ctx, 77);
            for (int cut = mode == 1 ? 1 : 0; cut < (mode == 1 ? 3 : 1); cut++) {
                fm_argument arguments[4];
                fm_tensor *out = NULL, *made[3] = {NULL};
                const int64_t shape[2] = {2, 1}, one = 1;
                double twice[2] = {s->p[0], s->p[0]};
                for (int k = 0; k < s->nparams; k++)
                    arguments[k] = (fm_argument){NULL, number(s->p[k])};
                bool counted = strstr(s->op, "hypergeometric") || strstr(s->op, "random.binomial");
                if (mode == 2 && counted) {
                    const int64_t n[2] = {(int64_t)s->p[0], (int64_t)s->p[0]};
                    assert_int_equal(fm_tensor_from_host(ctx, FM_INT64, 2, shape, n, &made[0]),
                                     FM_OK);
                } else if (mode == 2) {
                    assert_int_equal(
                        fm_tensor_from_host(ctx, FM_FLOAT64, 2, shape, twice, &made[0]), FM_OK);
                }
                if (mode == 2) arguments[0].value = tensor(made[0]);
                const int64_t half[2] = {2, 850};
                arguments[s->nparams] =
                    (fm_argument){"size", mode == 2 ? ints(2, half) : ints(1, &cuts[cut])};
                (void)one;
                if (fm_call(ctx, s->op, arguments, (size_t)s->nparams + 1, &out, 1) != FM_OK)
                    fail_msg("%s", fm_context_message(ctx));
                uint64_t *to = mode == 0   ? whole
                               : mode == 1 ? parts + (cut == 2 ? 1000 : 0)
                                           : arrays;
                assert_int_equal(fm_tensor_to_host(ctx, out, to, fm_tensor_nbytes(out)), FM_OK);
                fm_tensor_release(out);
                fm_tensor_release(made[0]);
            }
        }
        if (memcmp(whole, parts, sizeof whole)) fail_msg("%s differs in parts", s->op);
        if (memcmp(whole, arrays, sizeof whole)) fail_msg("%s differs for arrays", s->op);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reals_have_their_distribution),
        cmocka_unit_test(wholes_have_their_distribution),
        cmocka_unit_test(moments_far_out),
        cmocka_unit_test(calls_cut_the_stream_anywhere),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
