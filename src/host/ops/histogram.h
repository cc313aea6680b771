/* What the histograms share: edges of bins, made on the host as NumPy makes them. */
#ifndef FM_OPS_HISTOGRAM_H
#define FM_OPS_HISTOGRAM_H

#include "ops/sort.h"

/* How values of one variable are divided. */
typedef struct fm_bins {
    const fm_tensor *edges;
    int64_t count;
    bool uniform;
} fm_bins;

/* The ends of the outermost bins. */
typedef struct fm_span {
    double first, last;
    fm_dtype dtype; /* in which edges between them are computed */
} fm_span;

/* Two numbers of a range, of which the second is not smaller; false where the program has failed.
   argument counts from 1. */
bool fm_span_read(fm_program *p, const fm_value *range, int argument, fm_span *span);

/* The range that is given, or that of x, or (0, 1) where x has no elements; widened where it is a
   point. */
void fm_span_of(fm_program *p, const fm_tensor *x, const fm_value *range, int argument,
                fm_span *span);

/* count + 1 edges of equal distance, as elements of dtype; NULL where two would be equal and
   `distinct` is asked for. */
fm_tensor *fm_span_edges(fm_program *p, const fm_span *span, int64_t count, fm_dtype dtype,
                         bool distinct);

/* The number of bins that the rule of that name finds for x in its span; -1: there is no such rule.
 */
int64_t fm_bins_by_rule(fm_program *p, const char *rule, const fm_tensor *x, const fm_span *span);

/* Whether edges, of one axis, rise or stay. */
bool fm_edges_rise(fm_program *p, const fm_tensor *edges);

/* How many elements, or which sum of weights, is between neighbouring edges: int64, or the weights'
   sum in float64 or complex128. */
fm_tensor *fm_histogram_sums(fm_program *p, const fm_tensor *x, const fm_bins *bins,
                             const fm_tensor *weights);

#endif
