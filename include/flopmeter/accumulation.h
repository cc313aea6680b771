/* What contractions and reductions cost once symmetry is taken into account: counts without data,
   component by component of the labels and step by step of the path, as flopscope 0.4.3 reports
   them. Nothing here is charged. */
#ifndef FLOPMETER_ACCUMULATION_H
#define FLOPMETER_ACCUMULATION_H

#include <flopmeter/cost.h>
#include <flopmeter/symmetry.h>
#include <flopmeter/tensor.h>

FM_BEGIN_DECLS

/* An operand as a question sees it. */
typedef struct fm_operand {
    int ndim;
    const int64_t *shape;        /* [ndim] */
    const fm_symmetry *symmetry; /* NULL: none */
    const void *tensor; /* operands of one address are the same tensor; NULL: like no other */
} fm_operand;

/* A tensor as an operand: its shape, its symmetry, and itself. */
FM_API fm_operand fm_operand_of(const fm_tensor *tensor);

/* Labels that symmetry moves together. Texts hold a letter for each label, in order. */
typedef struct fm_accumulation_component {
    const char *labels, *out_labels, *summed_labels;
    int nlabels;
    const int64_t *sizes; /* [nlabels] */
    uint64_t dense;       /* points of the labels' index space */
    uint64_t products;    /* their orbits: M */
    uint64_t sums;        /* pairs of such an orbit and an output element that it reaches: alpha */
    bool known;           /* false: more patterns than the limit, and sums is 0 */
    uint64_t output_orbits;
    uint64_t order;     /* of the group */
    const char *group;  /* "S3{i,j,k}", "C4{...}", "D4{...}", "Z2{...}", "trivial", or generators */
    const char *shape;  /* "trivial", "allVisible", "allSummed" or "mixed" */
    const char *regime; /* the rule that counted sums */
    int ntrace;         /* rules in the order tried; the last one counted */
    const char *trace[5]; /* "functionalProjection", "singleton", ... */
} fm_accumulation_component;

/* A sum over labels that only one operand of a step has, before the step. */
typedef struct fm_accumulation_early {
    int operand;                /* 0 or 1, in the step's order: the later of the two first */
    const char *removed, *left; /* labels: summed, in order; left, as the axes stand */
    int64_t cost;
} fm_accumulation_early;

/* One pairwise contraction of a path. */
typedef struct fm_accumulation_step {
    int position[2]; /* of its operands among those left; the result goes behind the last */
    int64_t total;   /* early sums included */
    bool known;      /* mu and sums are known */
    uint64_t mu, sums, products, dense;
    bool fallback;      /* charged as without symmetry */
    const char *source; /* the cheapest count: "per-input", "joint-burnside", "output-burnside" */
} fm_accumulation_step;

typedef struct fm_accumulation_sums {
    int count;
    const fm_accumulation_early *item;
} fm_accumulation_sums;

/* The whole answer; immutable and reference counted. */
typedef struct fm_accumulation {
    int64_t total; /* mu + sums - output orbits, as the model flopscope-0.4 charges it */
    bool has_mu, has_sums;
    uint64_t mu, sums; /* products and accumulations, over the steps */
    uint64_t products; /* orbits of products of the whole expression */
    uint64_t dense;    /* points of the whole index space */
    int nterms;
    bool fallback;        /* a count was too expensive: charged as without symmetry */
    const char *reason;   /* why, one line; NULL: it was not */
    double savings_ratio; /* total / (nterms * dense) */
    int nunavailable;     /* components, or steps of a path, that are charged so */
    const int *unavailable;
    int ncomponents;
    const fm_accumulation_component *component;
    int nsteps; /* 0: fewer than three operands */
    const fm_accumulation_step *step;
    int nearly; /* one list for each step; none where two operands have none */
    const fm_accumulation_sums *early;
} fm_accumulation;

FM_API const fm_accumulation *fm_accumulation_retain(const fm_accumulation *answer);
FM_API void fm_accumulation_release(const fm_accumulation *answer); /* NULL is allowed */

/* The cost of an einsum expression; the caller releases *answer. partition_limit: as the setting
   below; negative: the setting, by which sums before a step go always. FM_ERR_ARGUMENT and
   FM_ERR_SHAPE for a text that is none, that does not fit the shapes, and for a symmetry that does
   not fit its operand, with place and both values; FM_ERR_OVERFLOW for counts beyond 64 bits;
   FM_ERR_MEMORY. error may be NULL. */
FM_API FM_MUST_CHECK fm_status fm_einsum_accumulation_cost(const char *subscripts, int noperands,
                                                           const fm_operand *operands,
                                                           int64_t partition_limit,
                                                           const fm_accumulation **answer,
                                                           fm_error *error);

/* The axes of a reduction: NULL for all of them; negative ones count from the end, past the last
   they wrap around, as in flopscope. */
typedef struct fm_axes {
    int count;
    const int64_t *axis;
} fm_axes;

/* The cost of a sum over axes: op_factor * (sums - output orbits) + extra_ops. */
FM_API FM_MUST_CHECK fm_status fm_reduction_accumulation_cost(
    const fm_operand *operand, const fm_axes *axes, int64_t op_factor, int64_t extra_ops,
    int64_t partition_limit, const fm_accumulation **answer, fm_error *error);

/* The cost of a reduction that is no sum, such as a median: its cost for one output element (-1:
   the summed extents), times the orbits of the output. */
FM_API FM_MUST_CHECK fm_status fm_tier2_reduction_cost(const fm_operand *operand,
                                                       const fm_axes *axes, int64_t cost_of_one,
                                                       int64_t *cost, fm_error *error);

/* The formulas einsum, pointwise and reduction of fm_cost with symmetry; op names whose weight
   applies. */
FM_API FM_MUST_CHECK fm_status fm_einsum_cost(const fm_cost_options *options,
                                              const char *subscripts, int noperands,
                                              const fm_operand *operands, fm_cost_answer *answer,
                                              fm_error *error);
FM_API FM_MUST_CHECK fm_status fm_pointwise_cost(const fm_cost_options *options, const char *op,
                                                 const fm_operand *operand, fm_cost_answer *answer,
                                                 fm_error *error);
FM_API FM_MUST_CHECK fm_status fm_reduction_cost(const fm_cost_options *options, const char *op,
                                                 const fm_operand *operand, const fm_axes *axes,
                                                 fm_cost_answer *answer, fm_error *error);

/* Patterns of equal indices that one component may have, 100,000 by default: past it the count
   falls back to that without symmetry. (The limit of a group's elements is fm_symmetry_set_limit.)
 */
FM_API void fm_accumulation_set_partition_limit(uint64_t patterns);
FM_API uint64_t fm_accumulation_partition_limit(void);

/* Whether a loss of symmetry is put on record; true by default. */
FM_API void fm_symmetry_set_warnings(bool wanted);
FM_API bool fm_symmetry_warnings(void);

/* Answers are remembered, 4,096 contractions and as many reductions by default, the one longest
   unused going first. All functions may be called from any thread. */
typedef struct fm_cache_info {
    uint64_t hits, misses;
    size_t size, limit;
} fm_cache_info;
FM_API fm_cache_info fm_einsum_cache_info(void);
FM_API fm_cache_info fm_reduction_cache_info(void);
/* Forgets the answers of both and begins counting at 0. */
FM_API void fm_einsum_cache_clear(void);
/* The same, and another limit; 0: nothing is remembered. */
FM_API void fm_einsum_cache_resize(size_t limit);

FM_END_DECLS
#endif
