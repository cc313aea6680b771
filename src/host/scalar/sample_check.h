/* What NumPy requires of the parameters of each distribution. */
#ifndef FM_SCALAR_SAMPLE_CHECK_H
#define FM_SCALAR_SAMPLE_CHECK_H

#include "ops/ids_sample.h"
#include "scalar/half.h"

/* The rules; texts in fm_sample_rules, in this order. A NaN passes where the text does not name it.
 */
typedef enum fm_sample_rule {
    FM_RULE_NONE,
    FM_RULE_NOT_NEGATIVE, /* -0 is negative to NumPy */
    FM_RULE_POSITIVE,
    FM_RULE_CHANCE,          /* 0 <= p <= 1, no NaN */
    FM_RULE_CHANCE_POSITIVE, /* 0 < p <= 1 */
    FM_RULE_CHANCE_BELOW_1,  /* 0 <= p < 1 */
    FM_RULE_ABOVE_1,         /* no NaN */
    FM_RULE_POISSON,         /* 0 <= lam <= largest, no NaN */
    FM_RULE_NUMBER,          /* a count: 0 <= n */
    FM_RULE_COUNT_SMALL,     /* 0 <= n < 10^9, but for RandomState */
    FM_RULE_POSITIVE_NUMBER, /* no NaN */
    FM_RULE_DRAWN,           /* nsample <= ngood + nbad */
    FM_RULE_DRAWN_POSITIVE,  /* RandomState: nsample >= 1 */
    FM_RULE_ORDER_LEFT,      /* left <= mode */
    FM_RULE_ORDER_RIGHT,     /* mode <= right */
    FM_RULE_ORDER_EQUAL,     /* left != right */
    FM_RULE_FINITE,          /* high - low is finite */
    FM_RULE_RISING,          /* Generator: high >= low */
    FM_RULE_MEAN,            /* Generator: the Poisson mean of a negative binomial */
    FM_RULE_COUNTABLE,       /* a count that is finite */
    FM_RULE_COUNT
} fm_sample_rule;

/* The largest Poisson mean: 2^63 - 1 less ten of its roots. */
#define FM_POISSON_MOST 9.223372006484771e18

/* The rule for one number, and whether it is kept. */
FM_FN int fm_sample_broken(fm_sample_rule rule, double x) {
    bool kept = true;
    switch (rule) {
    case FM_RULE_NOT_NEGATIVE:
        kept = x != x || !(fm_bits_of_f64(x) >> 63);
        break;
    case FM_RULE_POSITIVE:
        kept = !(x <= 0);
        break;
    case FM_RULE_CHANCE:
        kept = x >= 0 && x <= 1;
        break;
    case FM_RULE_CHANCE_POSITIVE:
        kept = x > 0 && x <= 1;
        break;
    case FM_RULE_CHANCE_BELOW_1:
        kept = x >= 0 && x < 1;
        break;
    case FM_RULE_ABOVE_1:
        kept = x > 1;
        break;
    case FM_RULE_POISSON:
        kept = x >= 0 && x <= FM_POISSON_MOST;
        break;
    case FM_RULE_NUMBER:
        kept = x >= 0;
        break;
    case FM_RULE_COUNT_SMALL:
        kept = x >= 0 && x < 1e9;
        break;
    case FM_RULE_POSITIVE_NUMBER:
        kept = x > 0;
        break;
    default:
        break;
    }
    return kept ? FM_RULE_NONE : (int)rule;
}

/* A parameter given by value as the distribution takes it: numbers of things are cut to integers.
 */
FM_FN double fm_sample_parameter(int which, int parameter, double x) {
    bool count =
        which == FM_SAMPLE_hypergeometric || (which == FM_SAMPLE_binomial && parameter == 0);
    return count ? trunc(x) : x;
}

/* 0, or 4 * rule + the number of the parameter at fault, for one set of parameters. */
FM_FN int fm_sample_fault(int which, bool legacy, double a, double b, double c) {
    fm_sample_rule rule[3] = {FM_RULE_NONE, FM_RULE_NONE, FM_RULE_NONE};
    switch (which) {
    case FM_SAMPLE_uniform:
        if (!(fabs(b - a) <= DBL_MAX)) return 4 * FM_RULE_FINITE + 1;
        if (!legacy && fm_sample_broken(FM_RULE_NOT_NEGATIVE, b - a)) return 4 * FM_RULE_RISING + 1;
        return 0;
    case FM_SAMPLE_normal:
    case FM_SAMPLE_gumbel:
    case FM_SAMPLE_laplace:
    case FM_SAMPLE_logistic:
    case FM_SAMPLE_lognormal:
    case FM_SAMPLE_vonmises:
        rule[1] = FM_RULE_NOT_NEGATIVE;
        break;
    case FM_SAMPLE_exponential:
    case FM_SAMPLE_rayleigh:
    case FM_SAMPLE_weibull:
        rule[0] = FM_RULE_NOT_NEGATIVE;
        break;
    case FM_SAMPLE_gamma:
        rule[0] = rule[1] = FM_RULE_NOT_NEGATIVE;
        break;
    case FM_SAMPLE_pareto:
    case FM_SAMPLE_power:
    case FM_SAMPLE_chisquare:
    case FM_SAMPLE_standard_t:
        rule[0] = FM_RULE_POSITIVE;
        break;
    case FM_SAMPLE_beta:
    case FM_SAMPLE_f:
    case FM_SAMPLE_wald:
        rule[0] = rule[1] = FM_RULE_POSITIVE;
        break;
    case FM_SAMPLE_noncentral_chisquare:
        rule[0] = FM_RULE_POSITIVE;
        rule[1] = FM_RULE_NOT_NEGATIVE;
        break;
    case FM_SAMPLE_noncentral_f:
        rule[0] = rule[1] = FM_RULE_POSITIVE;
        rule[2] = FM_RULE_NOT_NEGATIVE;
        break;
    case FM_SAMPLE_triangular:
        if (a > b) return 4 * FM_RULE_ORDER_LEFT;
        if (b > c) return 4 * FM_RULE_ORDER_RIGHT + 1;
        if (a == c) return 4 * FM_RULE_ORDER_EQUAL;
        return 0;
    case FM_SAMPLE_geometric:
        rule[0] = FM_RULE_CHANCE_POSITIVE;
        break;
    case FM_SAMPLE_logseries:
        rule[0] = FM_RULE_CHANCE_BELOW_1;
        break;
    case FM_SAMPLE_poisson:
        rule[0] = FM_RULE_POISSON;
        break;
    case FM_SAMPLE_binomial:
        rule[0] = FM_RULE_NUMBER;
        rule[1] = FM_RULE_CHANCE;
        break;
    case FM_SAMPLE_negative_binomial:
        rule[0] = legacy ? FM_RULE_POSITIVE : FM_RULE_POSITIVE_NUMBER;
        rule[1] = legacy ? FM_RULE_CHANCE : FM_RULE_CHANCE_POSITIVE;
        break;
    case FM_SAMPLE_hypergeometric:
        rule[0] = rule[1] = legacy ? FM_RULE_NUMBER : FM_RULE_COUNT_SMALL;
        rule[2] = FM_RULE_NUMBER;
        break;
    case FM_SAMPLE_zipf:
        rule[0] = FM_RULE_ABOVE_1;
        break;
    default:
        return 0;
    }
    const double x[3] = {a, b, c};
    for (int p = 0; p < 3; p++) {
        bool count = rule[p] == FM_RULE_NUMBER || rule[p] == FM_RULE_COUNT_SMALL;
        if (count && fabs(x[p]) > 0x1p63) return 4 * FM_RULE_COUNTABLE + p;
        int broken = fm_sample_broken(rule[p], x[p]);
        if (broken != FM_RULE_NONE) return 4 * broken + p;
    }
    if (which == FM_SAMPLE_hypergeometric && c > a + b) return 4 * FM_RULE_DRAWN + 2;
    if (which == FM_SAMPLE_hypergeometric && legacy && c < 1) return 4 * FM_RULE_DRAWN_POSITIVE + 2;
    if (which == FM_SAMPLE_negative_binomial && !legacy &&
        (1 - b) / b * (a + 10 * sqrt(a)) > FM_POISSON_MOST)
        return 4 * FM_RULE_MEAN;
    return 0;
}

#ifndef __cplusplus
/* What a rule says, for the text of an error. */
static inline const char *fm_sample_rule_text(int rule) {
    static const char *const texts[FM_RULE_COUNT] = {
        [FM_RULE_NOT_NEGATIVE] = "it is at least 0",
        [FM_RULE_POSITIVE] = "it is above 0",
        [FM_RULE_CHANCE] = "a probability is at least 0 and at most 1",
        [FM_RULE_CHANCE_POSITIVE] = "it is above 0 and at most 1",
        [FM_RULE_CHANCE_BELOW_1] = "it is at least 0 and below 1",
        [FM_RULE_ABOVE_1] = "it is above 1",
        [FM_RULE_POISSON] = "it is at least 0 and at most 9.2e18",
        [FM_RULE_NUMBER] = "it is at least 0",
        [FM_RULE_COUNT_SMALL] = "it is at least 0 and below 1000000000",
        [FM_RULE_POSITIVE_NUMBER] = "it is above 0",
        [FM_RULE_DRAWN] = "no more can be drawn than there are, ngood + nbad",
        [FM_RULE_DRAWN_POSITIVE] = "it is at least 1",
        [FM_RULE_ORDER_LEFT] = "left is at most mode",
        [FM_RULE_ORDER_RIGHT] = "mode is at most right",
        [FM_RULE_ORDER_EQUAL] = "left and right differ",
        [FM_RULE_FINITE] = "high less low is finite",
        [FM_RULE_RISING] = "high is at least low",
        [FM_RULE_MEAN] = "n times (1 - p) / p is at most 9.2e18",
        [FM_RULE_COUNTABLE] = "a number of things is finite",
    };
    return rule > 0 && rule < FM_RULE_COUNT && texts[rule] ? texts[rule] : "";
}
#endif

#endif
