/* Branch and bound over contraction orders, for 5 to 14 operands, after opt_einsum's `branch`. */
#include "cost/einsum_order.h"
#include "cost/einsum_search.h"

#include <stdlib.h>

/* A path this many times worse than the best at the same depth is given up. */
enum { CUTOFF = 4 };

typedef struct candidate {
    fm_i128 memory; /* result less operands: the first criterion */
    fm_u128 step_flops, flops, largest;
    int left, right;
    fm_label_set result;
} candidate;

typedef struct bound {
    fm_search *search;
    fm_search_cache *cache;
    int branches;
    fm_einsum_pair *best, trial[FM_EINSUM_OPERANDS];
    bool found;
    fm_u128 best_flops, best_largest;
    bool reached[FM_SEARCH_NODES];
    fm_u128 progress[FM_SEARCH_NODES]; /* fewest flops with that many nodes */
} bound;

static int compare_u128(fm_u128 a, fm_u128 b) {
    return (a > b) - (a < b);
}

static int compare(const void *x, const void *y) {
    const candidate *a = x, *b = y;
    int order = (a->memory > b->memory) - (a->memory < b->memory);
    if (order == 0) order = compare_u128(a->step_flops, b->step_flops);
    if (order == 0) order = compare_u128(a->flops, b->flops);
    if (order == 0) order = compare_u128(a->largest, b->largest);
    if (order == 0) order = (a->left > b->left) - (a->left < b->left);
    return order != 0 ? order : (a->right > b->right) - (a->right < b->right);
}

/* Fills *out for one pair; false where it cannot beat what is known. */
static bool assess(bound *b, fm_u128 live, int left, int right, fm_u128 flops, fm_u128 largest,
                   candidate *out) {
    const fm_search *search = b->search;
    fm_search_pair pair = fm_search_look(b->cache, search, live, left, right);
    fm_u128 size = fm_search_size(search, pair.result);
    fm_u128 sum = flops + pair.flops, peak = size > largest ? size : largest;
    if (b->found && (sum > b->best_flops || (sum == b->best_flops && peak >= b->best_largest)))
        return false;
    if (!b->reached[search->count] || sum < b->progress[search->count]) {
        b->reached[search->count] = true;
        b->progress[search->count] = sum;
    } else if (sum > CUTOFF * b->progress[search->count]) {
        return false;
    }
    fm_i128 memory = (fm_i128)size - (fm_i128)fm_search_size(search, search->node[left]) -
                     (fm_i128)fm_search_size(search, search->node[right]);
    *out = (candidate){memory, pair.flops, sum, peak, left, right, pair.result};
    return true;
}

/* Assesses the pairs of live nodes that share a label, or all of them; returns their number. */
static int gather(bound *b, const fm_order *order, bool sharing, fm_u128 flops, fm_u128 largest,
                  candidate *list) {
    const fm_search *search = b->search;
    int ids[FM_ORDER_SLOTS], count = fm_order_list(order, ids), found = 0;
    fm_u128 live = 0;
    for (int i = 0; i < count; i++) live |= (fm_u128)1 << ids[i];
    for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
            int left = ids[i] < ids[j] ? ids[i] : ids[j], right = ids[i] + ids[j] - left;
            if (sharing && (search->node[left] & search->node[right]) == 0) continue;
            if (assess(b, live, left, right, flops, largest, &list[found])) found++;
        }
    }
    return found;
}

static void descend(bound *b, const fm_order *order, int depth, fm_u128 flops, fm_u128 largest) {
    fm_search *search = b->search;
    int count = search->count, steps = search->expression->nterms - 1;
    if (depth == steps) {
        b->found = true;
        b->best_flops = flops;
        b->best_largest = largest;
        for (int i = 0; i < steps; i++) b->best[i] = b->trial[i];
        return;
    }
    candidate list[14 * 13 / 2];
    int found = gather(b, order, true, flops, largest, list);
    if (found == 0) found = gather(b, order, false, flops, largest, list);
    qsort(list, (size_t)found, sizeof *list, compare);
    for (int i = 0; i < found && i < b->branches; i++) {
        fm_order next;
        fm_order_replace(order, list[i].left, list[i].right, count, &next);
        b->trial[depth] = (fm_einsum_pair){list[i].left, list[i].right};
        search->node[search->count++] = list[i].result;
        descend(b, &next, depth + 1, list[i].flops, list[i].largest);
        search->count = count;
    }
}

void fm_search_branch(fm_search *search, fm_search_cache *cache, int branches,
                      fm_einsum_pair *path) {
    bound b = {.search = search, .cache = cache, .branches = branches, .best = path};
    fm_order order;
    fm_order_begin(&order, search->count);
    descend(&b, &order, 0, 0, 0);
}
