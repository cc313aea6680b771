/* What the histograms share: edges of bins, made on the host as NumPy makes them. */
#ifndef FM_OPS_HISTOGRAM_H
#define FM_OPS_HISTOGRAM_H

#include "ops/sort.h"

/* The ends of the outermost bins of complex elements. */
typedef struct fm_ends {
    fm_value first, last; /* numbers, or 0-d tensors of the elements' dtype */
    bool given;           /* they are numbers */
} fm_ends;

/* How values of one variable are divided. */
typedef struct fm_bins {
    const fm_tensor *edges;
    int64_t count;
    bool uniform;
    fm_ends ends; /* of complex elements in bins of equal width */
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

/* Edges as a result: those that were given are copied. */
const fm_tensor *fm_bins_edges(fm_program *p, const fm_bins *bins);

/* The number of bins that the rule of that name finds for x in its span; -1: there is no such rule.
 */
int64_t fm_bins_by_rule(fm_program *p, const char *rule, const fm_tensor *x, const fm_span *span);

/* Whether there is a rule of that name. */
bool fm_bins_rule_is_known(const char *rule);
/* The number of bins in a range by the elements' standard deviation. */
int64_t fm_bins_by_deviation(fm_program *p, const fm_tensor *x, double range);

/* Whether edges, of one axis, rise or stay. */
bool fm_edges_rise(fm_program *p, const fm_tensor *edges);

/* How many elements, or which sum of weights, is between neighbouring edges: int64, or the weights'
   sum in float64 or complex128. */
fm_tensor *fm_histogram_sums(fm_program *p, const fm_tensor *x, const fm_bins *bins,
                             const fm_tensor *weights);

/* The same for complex elements or edges, as said above. fm_bins_are_complex: whether they are. */
bool fm_bins_are_complex(const fm_program *p, const fm_tensor *x, const fm_bins *bins);
void fm_ends_of(fm_program *p, const fm_tensor *x, const fm_value *range, int argument,
                fm_ends *ends);
fm_tensor *fm_ends_edges(fm_program *p, const fm_ends *ends, int64_t count, fm_dtype dtype);
int64_t fm_bins_by_complex_rule(fm_program *p, const char *rule, const fm_tensor *x,
                                const fm_ends *ends);
fm_tensor *fm_complex_sums(fm_program *p, const fm_tensor *x, const fm_bins *bins,
                           const fm_tensor *weights);
/* What belongs to the elements of x between the ends. */
const fm_tensor *fm_ends_inside(fm_program *p, const fm_tensor *x, const fm_ends *ends,
                                const fm_tensor *of);
/* Whether no two neighbouring edges are equal. */
bool fm_edges_part(fm_program *p, const fm_tensor *edges);
/* As _bins. */
fm_tensor *fm_complex_bins(fm_program *p, const fm_tensor *x, const fm_bins *bins);

#endif
