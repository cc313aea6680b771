/* Contractions and reductions counted with symmetry: products and accumulations, component by
   component of the labels and step by step of a path, as flopscope 0.4.3 counts them. */
#ifndef FM_COST_ACCUMULATION_H
#define FM_COST_ACCUMULATION_H

#include "cost/einsum.h"
#include "cost/symmetry_labels.h"

#include <flopmeter/accumulation.h>

/* One computation: its memory, and when a count is too expensive. */
typedef struct fm_acc {
    fm_arena arena;
    uint64_t group_limit, partition_limit;
    fm_error *error;
} fm_acc;

void fm_acc_open(fm_acc *acc, uint64_t partition_limit, fm_error *error);
void fm_acc_close(fm_acc *acc);

/* The counting rules, the most special first. */
typedef enum fm_acc_regime {
    FM_ACC_TRIVIAL,    /* no symmetry: every point */
    FM_ACC_FUNCTIONAL, /* output labels stay among themselves: the orbits of products */
    FM_ACC_SINGLETON,  /* one output label */
    FM_ACC_YOUNG,      /* all permutations of labels of one size */
    FM_ACC_PARTITIONS, /* by patterns of equal indices */
    FM_ACC_UNAVAILABLE /* more patterns than the limit */
} fm_acc_regime;
const char *fm_acc_regime_name(fm_acc_regime regime);

/* Labels that symmetry moves together. */
typedef struct fm_acc_component {
    int nlabels, nout;
    uint8_t label[FM_LABELS_MOST];
    uint8_t out[FM_LABELS_MOST]; /* positions of the output labels */
    int64_t size[FM_LABELS_MOST];
    fm_maps elements, generators;
    fm_u128 dense, products, sums, outs; /* sums: the accumulations, if known */
    bool known;
    fm_acc_regime regime;
} fm_acc_component;

/* What a contraction of one or two operands comes to. */
typedef struct fm_acc_count {
    int nterms, ncomponents;
    fm_acc_component *component;
    bool known, large; /* not known: charged as without symmetry; large: by the group's order */
    fm_u128 mu, sums, outs; /* products, accumulations, output orbits */
    fm_u128 all, dense;     /* orbits of products, and points */
    fm_i128 total;          /* mu + sums - outs */
} fm_acc_count;

/* An operand or intermediate: labels, extents and symmetry by axis. */
typedef struct fm_acc_term {
    int ndim;
    uint8_t label[FM_EINSUM_NDIM];
    const fm_axis_action *action;
} fm_acc_term;

/* An expression with its labels numbered in the order of their letters. */
typedef struct fm_acc_expression {
    int nterms, nlabels;
    fm_acc_term *term;            /* [nterms] */
    int same[FM_EINSUM_OPERANDS]; /* as fm_label_operand */
    int nout;
    uint8_t out[FM_EINSUM_NDIM];
    int64_t size[FM_LABELS_MOST];
    uint32_t letter[FM_LABELS_MOST];               /* code points */
    fm_label_set set[FM_EINSUM_OPERANDS], out_set; /* by number */
} fm_acc_expression;

/* Numbers the labels of a parsed expression and lists the actions of the symmetries (NULL: none; a
   NULL element: none of that operand); same may be NULL. *out begins as zeros. */
FM_MUST_CHECK fm_status fm_acc_read(fm_acc *acc, const fm_einsum *e,
                                    const fm_symmetry *const *symmetry, const int *same,
                                    fm_acc_expression *out);

/* Counts the contraction of the terms over all labels of keep and the others, without a path. */
FM_MUST_CHECK fm_status fm_acc_flat(fm_acc *acc, const fm_acc_expression *x, int nterms,
                                    const fm_acc_term *term, const int *same, fm_label_set keep,
                                    fm_acc_count *out);

/* Fills in regime and sums of a component. */
FM_MUST_CHECK fm_status fm_acc_component_count(fm_acc *acc, fm_acc_component *c);
/* The last of the regimes. */
FM_MUST_CHECK fm_status fm_acc_partitions(fm_acc *acc, fm_acc_component *c);
/* The patterns of equal indices that it would have to look at. */
fm_u128 fm_acc_partition_count(const fm_acc_component *c);

/* A sum over axes of one tensor. */
typedef struct fm_acc_reduction {
    fm_acc_count count;
    bool counted;  /* false: no axis is summed, or no rule applies, and count is empty */
    bool fallback; /* charged as without symmetry */
    fm_u128 outs;  /* orbits of the output under what is left of the symmetry */
    fm_u128 dense;
    fm_i128 sums; /* accumulations less output orbits */
} fm_acc_reduction;
FM_MUST_CHECK fm_status fm_acc_reduce(fm_acc *acc, int ndim, const int64_t *shape,
                                      const fm_axis_action *action, fm_axis_set axes,
                                      fm_acc_reduction *out);

/* The output orbits alone; *large where they cannot be had. */
FM_MUST_CHECK fm_status fm_acc_output_orbits(int ndim, const int64_t *shape,
                                             const fm_axis_action *action, fm_axis_set axes,
                                             fm_u128 *orbits, bool *large);

/* Labels that only one operand has and that are summed are summed away first. */
typedef struct fm_acc_early {
    int operand; /* 0 or 1, of the step */
    fm_label_set removed;
    fm_acc_term left;
    fm_acc_reduction reduction;
} fm_acc_early;

typedef enum fm_acc_source { FM_ACC_PER_INPUT, FM_ACC_JOINT, FM_ACC_OUTPUT } fm_acc_source;

typedef struct fm_acc_step {
    int position[2]; /* of the operands among those that are left, ascending */
    fm_acc_count count;
    fm_acc_source source;
    fm_u128 mu, sums, outs; /* of the source */
    fm_i128 total;          /* with what was summed early */
    bool sums_label;        /* a label is summed in the contraction itself */
    int nearly;
    fm_acc_early early[2];
} fm_acc_step;

/* A whole expression. One operand has no step, two have one, and more have one for each pair. */
typedef struct fm_acc_result {
    fm_acc_expression *x;
    fm_acc_count whole; /* of all operands at once, as the report shows it */
    bool fallback;      /* charged as a whole without symmetry: no step counts */
    bool uncounted;     /* whole is beyond 128 bits, though its steps are not */
    int nsteps;
    fm_acc_step *step;
    fm_i128 total;
} fm_acc_result;
FM_MUST_CHECK fm_status fm_acc_evaluate(fm_acc *acc, const fm_einsum *e,
                                        const fm_symmetry *const *symmetry, const int *same,
                                        fm_acc_result *out);

/* Takes the labels away that only one of the two terms has and that keep has not; the terms are
   then without them, and terms that are the same no more are told apart. */
FM_MUST_CHECK fm_status fm_acc_sum_early(fm_acc *acc, const fm_acc_expression *x,
                                         fm_acc_term term[2], int same[2], fm_label_set keep,
                                         fm_acc_step *step);

/* Counts the contraction of the two terms to the labels of keep, each operand by its own symmetry,
   or cheaper by that of both together (NULL: not asked for). */
struct fm_acc_subset;
FM_MUST_CHECK fm_status fm_acc_step_count(fm_acc *acc, const fm_acc_expression *x,
                                          const fm_acc_term term[2], const int same[2],
                                          fm_label_set keep, const struct fm_acc_subset *both,
                                          fm_acc_step *step);

/* Takes over a count that is known already. */
void fm_acc_step_take(const fm_acc_term term[2], fm_label_set keep, const fm_acc_count *count,
                      fm_acc_step *step);

/* The symmetry of a set of operands of the expression, for the steps of a path: permutations of the
   labels that leave it, of those summed within it, and of both. */
typedef struct fm_acc_subset {
    int nlabels, nout;
    uint8_t
        label[FM_LABELS_MOST]; /* output labels first, in order; then the summed ones in order */
    fm_maps joint, outer;      /* groups on all of them and on the output labels */
    bool large;
} fm_acc_subset;
FM_MUST_CHECK fm_status fm_acc_subset_find(fm_acc *acc, const fm_acc_expression *x, uint64_t subset,
                                           fm_acc_subset *out);

/* The symmetry of the expression's result, one reference for the caller; *out is NULL where none is
   known. FM_ERR_MEMORY. */
FM_MUST_CHECK fm_status fm_einsum_symmetry(const fm_einsum *e, const fm_symmetry *const *symmetry,
                                           const int *same, const fm_symmetry **out);

/* Adds the work of the expression to work, with symmetry where there is any. */
FM_MUST_CHECK fm_status fm_cost_einsum_symmetric(fm_work *work, const char *op, const fm_einsum *e,
                                                 const fm_symmetry *const *symmetry,
                                                 const int *same, fm_error *error);

/* The same step by step of the path that opt_einsum's auto takes, one begun work a step: nterms - 1
   of them, or 1 for one operand and where the whole is charged without steps. *nsteps says how
   many were filled. */
FM_MUST_CHECK fm_status fm_cost_einsum_steps(const char *op, const fm_einsum *e,
                                             const fm_symmetry *const *symmetry, const int *same,
                                             fm_work *work, int *nsteps, fm_error *error);

#endif
