/* What the searches share: operands as sets of labels numbered without gaps, and the sizes of such
   sets by tables. */
#ifndef FM_COST_PATH_SETS_H
#define FM_COST_PATH_SETS_H

#include "cost/path.h"

enum {
    FM_PATH_DENSE = 14, /* operands up to which every subset is looked at */
    FM_PATH_NODES = 2 * FM_EINSUM_OPERANDS - 1,
    FM_PATH_BYTES = 16
};

typedef struct fm_path_sets {
    int count;
    fm_label_set node[FM_EINSUM_OPERANDS], output;
    double limit; /* most elements of an intermediate result; infinite: no limit */
    int bytes;    /* of a set that are in use */
    double size[FM_PATH_BYTES][256]; /* product of the extents of the labels of a byte's bits */
} fm_path_sets;

void fm_path_sets_begin(fm_path_sets *sets, const fm_einsum *expression, double memory_limit);

/* The product of the labels' extents. */
static inline double fm_path_size(const fm_path_sets *sets, fm_label_set labels) {
    double size = sets->size[0][labels & 0xff];
    for (int i = 1; i < sets->bytes; i++) size *= sets->size[i][labels >> 8 * i & 0xff];
    return size;
}

/* The operations of joining a and b to the labels that are kept. */
static inline double fm_path_join(const fm_path_sets *sets, fm_label_set a, fm_label_set b,
                                  fm_label_set kept) {
    double size = fm_path_size(sets, a | b);
    return ((a | b) & ~kept) != 0 ? 2 * size : size;
}

/* A path as a tree by single-assignment ids, with what each node has left of its labels. */
typedef struct fm_path_tree {
    int count; /* operands; nodes from there on are results */
    int left[FM_PATH_NODES], right[FM_PATH_NODES];
    fm_label_set labels[FM_PATH_NODES];
    double flops;
} fm_path_tree;

/* The best order of up to FM_PATH_DENSE sets, all orders considered, as pairs by single-assignment
   ids; false where none keeps to the limit, or none costs less than `below`. table is memory of
   fm_path_dense_bytes(count). */
size_t fm_path_dense_bytes(int count);
bool fm_path_dense(const fm_path_sets *sets, int count, const fm_label_set *node,
                   fm_label_set output, double below, void *table, fm_einsum_pair *path,
                   double *flops);

/* A tree by greedy choices, disturbed by random ones in proportion to heat; false where the limit
   stops it. */
bool fm_path_grow(const fm_path_sets *sets, double heat, uint64_t *random, fm_path_tree *tree);

/* The tree of pairs. */
void fm_path_tree_of(const fm_path_sets *sets, const fm_einsum_pair *path, fm_path_tree *tree);

/* Replaces parts of the tree of up to `window` nodes by the best order of them, as long as that
   saves something. */
void fm_path_improve(const fm_path_sets *sets, int window, void *table, fm_path_tree *tree);

/* The tree's pairs, in an order in which results are made before they are used. */
void fm_path_unroll(const fm_path_tree *tree, fm_einsum_pair *path);

#endif
