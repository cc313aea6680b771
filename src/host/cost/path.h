/* The search for a good contraction order: what einsum runs, where `auto` of opt_einsum decides
   what flopscope-0.4 charges (einsum_path.c). */
#ifndef FM_COST_PATH_H
#define FM_COST_PATH_H

#include "cost/einsum.h"

typedef enum fm_path_kind {
    FM_PATH_AUTO,       /* the best up to 11 operands, beyond them the best of many greedy ones */
    FM_PATH_OPTIMAL,    /* the best up to 14 operands, searched longer beyond them */
    FM_PATH_BRANCH_ALL, /* as OPTIMAL */
    FM_PATH_BRANCH_2,
    FM_PATH_BRANCH_1,
    FM_PATH_GREEDY,
    FM_PATH_RANDOM /* the best of greedy orders with random choices */
} fm_path_kind;

/* One step of a path by positions: operands are taken out of the list, the result goes to its end.
 */
typedef struct fm_path_step {
    int count;
    uint8_t position[FM_EINSUM_OPERANDS];
} fm_path_step;

typedef struct fm_path_options {
    fm_path_kind kind;
    double memory_limit; /* elements of an intermediate result; 0: none */
    uint64_t seed;       /* of random choices */
    int repeats;         /* of FM_PATH_RANDOM; 0: 32 */
    bool as_opt_einsum;  /* the very path that opt_einsum finds, for auto, and for optimal and
                            branch-all of few operands; without a memory limit */
} fm_path_options;

/* Multiplications and additions of a path as opt_einsum counts them, the product of the extents of
   a step's labels, twice where one of them is summed; and the elements of the largest result. */
typedef struct fm_path_cost {
    double flops, largest;
} fm_path_cost;

/* The order for two operands and more, nterms - 1 pairs. *fits is false where no order has all its
   intermediate results within the memory limit: the order then is that without one. FM_ERR_MEMORY.
 */
FM_MUST_CHECK fm_status fm_path_find(const fm_einsum *expression, const fm_path_options *options,
                                     fm_einsum_pair *path, bool *fits);

/* The kind of that name, as opt_einsum and NumPy call them; false where there is none. Sets kind
   and repeats. */
bool fm_path_named(const char *name, fm_path_options *options);

/* From single-assignment ids to positions, and back: the pairs of steps of any size that leave one
   operand, steps of three and more in an order of their own choice. */
void fm_path_positions(int operands, const fm_einsum_pair *path, fm_path_step *steps);
FM_MUST_CHECK fm_status fm_path_pairs(const fm_einsum *expression, int count,
                                      const fm_path_step *steps, fm_einsum_pair *path);

fm_path_cost fm_path_count(const fm_einsum *expression, const fm_einsum_pair *path);

#endif
