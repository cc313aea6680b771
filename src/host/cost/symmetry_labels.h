/* The symmetry of a contraction: permutations of its labels under which its products do not change,
   found from the operands' own symmetries and from operands that are the same tensor. */
#ifndef FM_COST_SYMMETRY_LABELS_H
#define FM_COST_SYMMETRY_LABELS_H

#include "core/symmetry.h"
#include "cost/symmetry_maps.h"

enum {
    FM_LABELS_MOST = 128, /* labels of one expression */
    FM_LABELS_OPERANDS = 64,
    FM_LABELS_AXES = 250, /* axes of all operands together: positions are bytes */
    FM_LABELS_NODES = 1 << 22
    /* partial arrangements of operands that are tried before a count is too expensive */
};

/* What permutes an operand's axes: every element, as maps of all of its axes. Elements of derived
   groups are not always permutations (see symmetry_subset.c). */
typedef struct fm_axis_action {
    fm_maps generators, elements;
    bool large;   /* too many to list */
    bool regular; /* each is a permutation */
} fm_axis_action;

typedef struct fm_label_operand {
    int ndim;
    const uint8_t *label;         /* [ndim] */
    const fm_axis_action *action; /* NULL: only the identity */
    int same; /* least operand that is the same tensor; its own number: none is before it */
    const uint32_t
        *coset; /* by element: copies of a tensor take elements of one coset; NULL: any */
} fm_label_operand;

typedef struct fm_label_group {
    fm_maps elements;   /* of labels, the identity among them */
    fm_maps generators; /* few of them, none for the identity alone */
    bool large;         /* more than the limit: nothing else is filled */
} fm_label_group;

/* The action of the group on the axes of a tensor of ndim axes. NULL acts by the identity. */
FM_MUST_CHECK fm_status fm_axis_action_of(fm_arena *arena, const fm_symmetry *group, int ndim,
                                          uint64_t limit, fm_axis_action *out);

/* The same from generators on all axes, which need not be permutations. */
FM_MUST_CHECK fm_status fm_axis_action_close(const fm_maps *generators, uint64_t limit,
                                             fm_axis_action *out);

/* What is left of it when the axes of the set are summed away, on the others; *left is false where
   that is the identity alone. */
FM_MUST_CHECK fm_status fm_axis_action_reduce(const fm_axis_action *action, fm_axis_set axes,
                                              fm_axis_action *out, bool *left);

/* The permutations of nlabels labels that some arrangement of the operands' axes induces: each
   operand put where one of the same tensor stands, its axes permuted by its own action. Those below
   nout and those from it on stay among themselves (nlabels: no such wish). Generators are the first
   that add something, arrangements in lexicographic order. FM_ERR_MEMORY. */
FM_MUST_CHECK fm_status fm_label_group_find(fm_arena *arena, int nlabels, int nout, int noperands,
                                            const fm_label_operand *operand, uint64_t limit,
                                            fm_label_group *out);

/* The permutation that a map of the rows (all axes, operand by operand, bearing label[row]) induces
   on labels: that of label[map[row]] to label[row]. False where there is none. */
bool fm_label_induced(int nlabels, int nrows, const uint8_t *label, const uint8_t *map,
                      uint8_t *permutation);

#endif
