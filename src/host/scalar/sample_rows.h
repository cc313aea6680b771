/* Samples that are rows of counts: multinomial and multivariate hypergeometric, category after
   category by the conditional distribution of each. */
#ifndef FM_SCALAR_SAMPLE_ROWS_H
#define FM_SCALAR_SAMPLE_ROWS_H

#include "scalar/sample_count.h"

/* n trials over `count` categories of chances p[j * step]; the last takes what is left. out[j] for
   every category. */
FM_FN void fm_multinomial_row(double n, const double *p, int64_t step, int64_t count,
                              fm_stream *stream, int64_t *out) {
    double left = n, share = 1;
    for (int64_t j = 0; j + 1 < count; j++) {
        double chance = p[j * step] / share, drawn = 0;
        if (left > 0 && chance > 0) {
            fm_sample_binomial_it it = fm_sample_binomial_of(left, chance < 1 ? chance : 1, 0);
            drawn = (double)fm_sample_binomial_draw(&it, stream);
        }
        out[j] = (int64_t)drawn;
        left -= drawn;
        share -= p[j * step];
    }
    if (count > 0) out[count - 1] = (int64_t)left;
}

/* drawn of count colors with colors[j * step] items each, total in all. */
FM_FN void fm_multivariate_hypergeometric_row(double drawn, double total, const double *colors,
                                              int64_t step, int64_t count, fm_stream *stream,
                                              int64_t *out) {
    double left = drawn, rest = total;
    for (int64_t j = 0; j < count; j++) {
        double have = colors[j * step], got = j + 1 < count ? 0 : left;
        if (j + 1 < count && left > 0) {
            fm_sample_hypergeometric_it it = fm_sample_hypergeometric_of(have, rest - have, left);
            got = (double)fm_sample_hypergeometric_draw(&it, stream);
        }
        out[j] = (int64_t)got;
        left -= got;
        rest -= have;
    }
}

#endif
