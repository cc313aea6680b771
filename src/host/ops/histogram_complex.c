/* Histograms where elements or edges are complex, as NumPy makes them: numbers are in order by
   their real parts, equal ones by the imaginary; of bins of equal width the real part of the way
   from the first edge says which. */
#include "ops/creation_space.h"
#include "ops/histogram.h"

#include <string.h>

static bool is_complex(const fm_tensor *x) {
    return fm_dtype_kind(x->layout->dtype) == 'c';
}

bool fm_bins_are_complex(const fm_program *p, const fm_tensor *x, const fm_bins *bins) {
    return p->status == FM_OK && (is_complex(x) || is_complex(bins->edges));
}

void fm_ends_of(fm_program *p, const fm_tensor *x, const fm_value *range, int argument,
                fm_ends *ends) {
    fm_span span;
    if (p->status != FM_OK) return;
    if (!fm_arg_absent(range) || x->layout->size == 0) {
        fm_span_of(p, x, range, argument, &span);
        *ends = (fm_ends){V_F(span.first), V_F(span.last), true};
        return;
    }
    fm_tensor *first = FM_DO(p, "min", V_T(x)), *last = FM_DO(p, "max", V_T(x));
    fm_tensor *both = FM_DO(p, "add", V_T(first), V_T(last));
    if (fm_program_int(p, FM_DO(p, "isfinite", V_T(both))) == 0 && p->status == FM_OK)
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, 1, "its range is not finite");
    if (fm_program_int(p, FM_DO(p, "equal", V_T(first), V_T(last))) != 0) {
        first = FM_DO(p, "subtract", V_T(first), V_F(0.5));
        last = FM_DO(p, "add", V_T(last), V_F(0.5));
    }
    *ends = (fm_ends){V_T(first), V_T(last), false};
}

fm_tensor *fm_ends_edges(fm_program *p, const fm_ends *ends, int64_t count, fm_dtype dtype) {
    const fm_space space = {ends->first, ends->last, count + 1, 0, true, dtype};
    return p->status == FM_OK ? fm_space_between(p, &space, NULL) : NULL;
}

bool fm_edges_part(fm_program *p, const fm_tensor *edges) {
    if (p->status != FM_OK) return true;
    const int64_t n = edges->layout->size - 1;
    fm_tensor *stays = FM_DO(p, "greater_equal", V_T(fm_sort_slice(p, edges, 0, 0, n)),
                             V_T(fm_sort_slice(p, edges, 0, 1, n)));
    return fm_program_int(p, FM_DO(p, "any", V_T(stays))) == 0;
}

const fm_tensor *fm_ends_inside(fm_program *p, const fm_tensor *x, const fm_ends *ends,
                                const fm_tensor *of) {
    fm_tensor *above = FM_DO(p, "greater_equal", V_T(x), ends->first);
    fm_tensor *below = FM_DO(p, "less_equal", V_T(x), ends->last);
    return FM_DO(p, "_compact", V_T(of), V_T(FM_DO(p, "logical_and", V_T(above), V_T(below))));
}

/* A number as NumPy's scalar, which widens what it meets. */
static fm_value scalar_of(fm_program *p, const fm_value *number) {
    if (number->kind != FM_VALUE_FLOAT) return *number;
    return V_T(fm_program_from(p, FM_FLOAT64, 0, NULL, &number->as.f));
}

/* The bin of each element between the ends. A quotient far from the real axis may lead to no edge,
   which is an error as in NumPy. */
static fm_tensor *numbers_of(fm_program *p, const fm_tensor *x, const fm_bins *bins) {
    const fm_ends *ends = &bins->ends;
    fm_tensor *width = FM_DO(p, "subtract", scalar_of(p, &ends->last), scalar_of(p, &ends->first));
    fm_tensor *way = FM_DO(p, "subtract", V_T(x), ends->first);
    way = FM_DO(p, "multiply", V_T(FM_DO(p, "divide", V_T(way), V_T(width))), V_I(bins->count));
    fm_tensor *number = FM_DO(p, "astype", V_T(way), V_D(FM_INT64));
    fm_tensor *end = FM_DO(p, "equal", V_T(number), V_I(bins->count));
    number = FM_DO(p, "subtract", V_T(number), V_T(end));
    fm_tensor *edge = FM_DO(p, "take", V_T(bins->edges), V_T(number));
    number = FM_DO(p, "subtract", V_T(number), V_T(FM_DO(p, "less", V_T(x), V_T(edge))));
    fm_tensor *next = FM_DO(p, "add", V_T(number), V_I(1));
    edge = FM_DO(p, "take", V_T(bins->edges), V_T(next));
    fm_tensor *beyond = FM_DO(p, "greater_equal", V_T(x), V_T(edge));
    fm_tensor *inner = FM_DO(p, "not_equal", V_T(number), V_I(bins->count - 1));
    number = FM_DO(p, "add", V_T(number), V_T(FM_DO(p, "logical_and", V_T(beyond), V_T(inner))));
    if (fm_program_int(p, FM_DO(p, "any", V_T(FM_DO(p, "less", V_T(number), V_I(0))))) != 0)
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, 1, "an element lies before all bins");
    return number;
}

/* How many elements, or which sum of weights, is up to each edge, and their differences. */
static fm_tensor *sums_by_order(fm_program *p, const fm_tensor *x, const fm_bins *bins,
                                const fm_tensor *weights) {
    const int64_t n = bins->count;
    fm_tensor *order = FM_DO(p, "argsort", V_T(x));
    fm_tensor *sorted = FM_DO(p, "take", V_T(x), V_T(order));
    fm_tensor *first = fm_sort_slice(p, bins->edges, 0, 0, n);
    fm_tensor *last = fm_sort_slice(p, bins->edges, 0, n, 1);
    const fm_tensor *places[] = {FM_DO(p, "searchsorted", V_T(sorted), V_T(first), V_S("left")),
                                 FM_DO(p, "searchsorted", V_T(sorted), V_T(last), V_S("right"))};
    fm_tensor *place = FM_DO(p, "concatenate", V_TS(places, 2));
    if (weights == NULL) return FM_DO(p, "diff", V_T(place));
    const int64_t one = 1;
    fm_tensor *sum = FM_DO(p, "cumsum", V_T(FM_DO(p, "take", V_T(weights), V_T(order))));
    if (p->status != FM_OK) return NULL;
    fm_tensor *zero = FM_DO(p, "zeros", V_INTS(&one, 1), V_D(sum->layout->dtype));
    const fm_tensor *sums[] = {zero, sum};
    sum = FM_DO(p, "concatenate", V_TS(sums, 2));
    return FM_DO(p, "diff", V_T(FM_DO(p, "take", V_T(sum), V_T(place))));
}

fm_tensor *fm_complex_sums(fm_program *p, const fm_tensor *x, const fm_bins *bins,
                           const fm_tensor *weights) {
    if (!bins->uniform) return sums_by_order(p, x, bins, weights);
    const fm_tensor *kept = fm_ends_inside(p, x, &bins->ends, x);
    if (weights != NULL) weights = fm_ends_inside(p, x, &bins->ends, weights);
    return fm_sort_counts(p, numbers_of(p, kept, bins), bins->count, weights);
}

fm_tensor *fm_complex_bins(fm_program *p, const fm_tensor *x, const fm_bins *bins) {
    const int64_t n = bins->count;
    fm_tensor *after = FM_DO(p, "searchsorted", V_T(bins->edges), V_T(x), V_S("right"));
    fm_tensor *last = fm_sort_slice(p, bins->edges, 0, n, 1);
    after = FM_DO(p, "subtract", V_T(after), V_T(FM_DO(p, "equal", V_T(x), V_T(last))));
    fm_tensor *number = FM_DO(p, "subtract", V_T(after), V_I(1));
    fm_tensor *below = FM_DO(p, "less", V_T(number), V_I(0));
    number = FM_DO(p, "where", V_T(below), V_I(n), V_T(number));
    return FM_DO(p, "minimum", V_T(number), V_I(n));
}

static bool is_zero(fm_program *p, const fm_tensor *number) {
    return fm_program_int(p, FM_DO(p, "equal", V_T(number), V_I(0))) != 0;
}

/* Bins of every number that the rule of Stone looks at, each of which may fail. */
static void try_stone(fm_program *p, const fm_tensor *x, const fm_ends *ends) {
    enum { MOST = 100 };
    for (int64_t count = 1; count <= MOST && p->status == FM_OK; count++) {
        const fm_tensor *edges = fm_ends_edges(p, ends, count, x->layout->dtype);
        fm_bins bins = {.edges = edges, .count = count, .uniform = true, .ends = *ends};
        fm_program_drop(p, fm_complex_sums(p, x, &bins, NULL));
    }
}

int64_t fm_bins_by_complex_rule(fm_program *p, const char *rule, const fm_tensor *x,
                                const fm_ends *ends) {
    if (!fm_bins_rule_is_known(rule)) return -1;
    if (p->status != FM_OK || x->layout->size == 0) return 1;
    const double n = (double)x->layout->size;
    const bool quartiles = !strcmp(rule, "fd") || !strcmp(rule, "auto");
    const bool scott = !strcmp(rule, "scott"), doane = !strcmp(rule, "doane");
    const bool stone = !strcmp(rule, "stone");
    fm_tensor *range =
        FM_DO(p, "subtract", V_T(FM_DO(p, "max", V_T(x))), V_T(FM_DO(p, "min", V_T(x))));
    if (!quartiles) {
        if ((doane && n <= 2) || (stone && n <= 1)) return 1;
        fm_tensor *width = scott || doane ? FM_DO(p, "std", V_T(x)) : range;
        if (is_zero(p, width) || is_zero(p, range)) return 1;
    }
    if (stone) try_stone(p, x, ends);
    if (scott && ends->given && p->status == FM_OK)
        return fm_bins_by_deviation(p, x, ends->last.as.f - ends->first.as.f);
    (void)fm_program_fail(p, FM_ERR_DTYPE, 2, "the rule '%s' finds no number of bins for %s", rule,
                          fm_dtype_name(x->layout->dtype));
    return 0;
}
