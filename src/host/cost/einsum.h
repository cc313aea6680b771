/* An einsum expression over shapes: labels, contraction order and cost. */
#ifndef FM_COST_EINSUM_H
#define FM_COST_EINSUM_H

#include "cost/rules.h"

enum {
    FM_EINSUM_OPERANDS = 64, /* NumPy's limit */
    FM_EINSUM_NDIM = 64,
    FM_EINSUM_ELLIPSIS = 52, /* label of the last axis under "...", then leftwards */
    FM_EINSUM_OTHERS = FM_EINSUM_ELLIPSIS + FM_EINSUM_NDIM, /* first label of other letters */
    FM_EINSUM_LABELS = 128
};

/* A set of labels; A to Z are 0 to 25, a to z 26 to 51. Letters beyond ASCII have the labels from
   FM_EINSUM_OTHERS on, and then those of the letters that the expression does not use. */
typedef fm_u128 fm_label_set;

/* The least label of a set that is not empty, which loses it. */
static inline int fm_label_take(fm_label_set *set) {
    const uint64_t low = (uint64_t)*set;
    const int label =
        low != 0 ? __builtin_ctzll(low) : 64 + __builtin_ctzll((uint64_t)(*set >> 64));
    *set &= *set - 1;
    return label;
}

typedef struct fm_einsum_term {
    int ndim;
    fm_label_set set;
    uint8_t label[FM_EINSUM_NDIM];
    int64_t dim[FM_EINSUM_NDIM];
} fm_einsum_term;

typedef struct fm_einsum {
    int nterms;
    fm_einsum_term term[FM_EINSUM_OPERANDS];
    fm_einsum_term out;              /* output labels in order, with their extents */
    int64_t size[FM_EINSUM_LABELS];  /* extent of each label in use, else -1 */
    uint32_t code[FM_EINSUM_LABELS]; /* its letter; 0: an axis under "..." */
} fm_einsum;

/* Reads subscripts ("ij,jk->ik", "...i,i", implicit output) in UTF-8 against the operands' shapes.
   An extent of 1 broadcasts. Errors name op and argument, subscripts being 1 and the operands from
   2, and the position in the text: FM_ERR_ARGUMENT for the text, FM_ERR_SHAPE where it does not fit
   the shapes. */
FM_MUST_CHECK fm_status fm_einsum_parse(const char *op, const char *subscripts, int nshapes,
                                        const fm_extents *shapes, fm_einsum *out, fm_error *error);

/* One pairwise contraction by single-assignment ids: operands are 0 .. nterms - 1, the result of
   step s is nterms + s. */
typedef struct fm_einsum_pair {
    int left, right;
} fm_einsum_pair;

/* The letter of a label as text: "..." for an axis under it. */
typedef struct fm_einsum_name {
    char text[8];
} fm_einsum_name;
fm_einsum_name fm_einsum_name_of(const fm_einsum *expression, int label);

/* The order for three operands and more, nterms - 1 pairs: exhaustive up to 4, branch and bound up
   to 14, greedy beyond, as opt_einsum's "auto" chooses. FM_ERR_MEMORY where its table cannot be
   had. */
FM_MUST_CHECK fm_status fm_einsum_auto_path(const fm_einsum *expression, fm_einsum_pair *path);

/* Adds the work of the expression, step by step. One operand: alpha less the output's size. Two: a
   label summed in only one of them is reduced first, then the pairs. More: fm_einsum_auto_path. */
FM_MUST_CHECK fm_status fm_cost_einsum_of(fm_work *work, const char *op,
                                          const fm_einsum *expression);

/* fm_einsum_parse and fm_cost_einsum_of. */
FM_MUST_CHECK fm_status fm_cost_einsum(fm_work *work, const char *op, const char *subscripts,
                                       int nshapes, const fm_extents *shapes, fm_error *error);

#endif
