/* What the searches for a contraction order share: label sets, sizes and estimated costs. */
#ifndef FM_COST_EINSUM_SEARCH_H
#define FM_COST_EINSUM_SEARCH_H

#include "cost/einsum.h"

enum { FM_SEARCH_NODES = 2 * FM_EINSUM_OPERANDS };

/* Operands and results by single-assignment id. */
typedef struct fm_search {
    const fm_einsum *expression;
    fm_label_set output;
    int count; /* nodes so far */
    fm_label_set node[FM_SEARCH_NODES];
} fm_search;

void fm_search_begin(fm_search *search, const fm_einsum *expression);

/* Product of the labels' sizes, cut at 2^120, beyond every cost that can be charged. */
fm_u128 fm_search_size(const fm_search *search, fm_label_set labels);

/* A pair's result and its multiplications and additions as the search estimates them. */
typedef struct fm_search_pair {
    fm_label_set left, right; /* the key */
    fm_label_set result;
    fm_u128 flops;
} fm_search_pair;

/* Pairs met before, by their label sets: an open hash table. */
typedef struct fm_search_cache fm_search_cache;
fm_search_cache *fm_search_cache_make(void);
void fm_search_cache_free(fm_search_cache *cache);

/* The pair of two live nodes, where live is the set of nodes left (bit i for id i) with both. What
   a pair of label sets gave when it was first met is given again, though later fewer labels may
   have to be kept: the orders that opt_einsum finds depend on it. */
fm_search_pair fm_search_look(fm_search_cache *cache, const fm_search *search, fm_u128 live,
                              int left, int right);

/* The three searches; path has nterms - 1 pairs. */
void fm_search_optimal(fm_search *search, fm_search_cache *cache, fm_einsum_pair *path);
void fm_search_branch(fm_search *search, fm_search_cache *cache, int branches,
                      fm_einsum_pair *path);
/* False where its list of offers cannot be had. */
bool fm_search_greedy(fm_search *search, fm_einsum_pair *path);

#endif
