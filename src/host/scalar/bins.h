/* The bin of a number between edges that rise: edges[k] <= x < edges[k + 1], the last bin with its
   right edge too. */
#ifndef FM_SCALAR_BINS_H
#define FM_SCALAR_BINS_H

#include "scalar/fn.h"

/* From 0 to bins - 1, or bins where x lies outside or is NaN. scale: bins per unit where all are
   about as wide, so that the first guess is at most a few off; 0: a search. */
FM_FN int64_t fm_bin_of(double x, int64_t bins, const double *edges, double scale) {
    int64_t k = 0;
    if (!(x >= edges[0] && x <= edges[bins])) return bins;
    if (scale > 0) {
        double guess = (x - edges[0]) * scale;
        k = guess < (double)bins ? (int64_t)guess : bins - 1;
        while (k > 0 && x < edges[k]) k--;
        while (k < bins - 1 && x >= edges[k + 1]) k++;
        return k;
    }
    for (int64_t left = bins; left > 1; left -= left / 2)
        k += x >= edges[k + left / 2] ? left / 2 : 0;
    return k;
}

/* The scale of bins that are about as wide. */
FM_FN double fm_bin_scale(int64_t bins, const double *edges) {
    double width = edges[bins] - edges[0], scale = (double)bins / width;
    return width > 0 && scale <= DBL_MAX ? scale : 0;
}

#endif
