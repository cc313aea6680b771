/* Greedy contraction orders with random choices: the pair that frees most memory first, or another
   one by chance. */
#include "cost/path_sets.h"

#include <math.h>

/* A pair of live nodes and what joining them does to the memory in use. */
typedef struct pair {
    int a, b;
    double gain; /* result less operands: the less the better */
} pair;

typedef struct growth {
    const fm_path_sets *sets;
    fm_path_tree *tree;
    double heat;
    uint64_t *random;
    int live, made;
    int id[FM_EINSUM_OPERANDS];
    double size[FM_PATH_NODES];
} growth;

/* A number in (0, 1) by splitmix64. */
static double next_random(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return ((double)((z ^ z >> 31) >> 11) + 0.5) * 0x1p-53;
}

/* Labels that the output and at least `least` live nodes have. */
static fm_label_set needed(const growth *g, int least) {
    fm_label_set at_least[4] = {~(fm_label_set)0, 0, 0, 0};
    for (int i = 0; i < g->live; i++)
        for (int k = 3; k >= 1; k--) at_least[k] |= at_least[k - 1] & g->tree->labels[g->id[i]];
    return at_least[least] | g->sets->output;
}

static fm_label_set joined(const growth *g, int a, int b, fm_label_set by_two,
                           fm_label_set by_three) {
    const fm_label_set x = g->tree->labels[a], y = g->tree->labels[b];
    return ((x ^ y) & by_two) | (x & y & by_three);
}

/* The best pair that shares a label, else of those that share none; false where the limit forbids
   all of them. With heat each gain is disturbed by a Gumbel number times the largest gain. */
static bool choose(const growth *g, fm_label_set by_two, fm_label_set by_three, bool sharing,
                   pair *best) {
    double lowest = INFINITY;
    bool found = false;
    for (int i = 0; i < g->live; i++)
        for (int j = i + 1; j < g->live; j++) {
            const int a = g->id[i], b = g->id[j];
            if (sharing && (g->tree->labels[a] & g->tree->labels[b]) == 0) continue;
            double size = fm_path_size(g->sets, joined(g, a, b, by_two, by_three));
            if (g->live > 2 && size > g->sets->limit) continue;
            double gain = size - g->size[a] - g->size[b], key = gain;
            if (g->heat > 0)
                key += g->heat * (g->size[a] + g->size[b]) * -log(-log(next_random(g->random)));
            if (found && key >= lowest) continue;
            found = true;
            lowest = key;
            *best = (pair){i, j, gain};
        }
    return found;
}

static void join(growth *g, const pair *p, fm_label_set kept) {
    fm_path_tree *tree = g->tree;
    const int node = g->made++, a = g->id[p->a], b = g->id[p->b];
    tree->left[node] = a;
    tree->right[node] = b;
    tree->labels[node] = kept;
    tree->flops += fm_path_join(g->sets, tree->labels[a], tree->labels[b], kept);
    g->size[node] = fm_path_size(g->sets, kept);
    g->id[p->a] = node;
    g->id[p->b] = g->id[--g->live];
}

bool fm_path_grow(const fm_path_sets *sets, double heat, uint64_t *random, fm_path_tree *tree) {
    growth g = {.sets = sets, .tree = tree, .heat = heat, .random = random};
    tree->count = g.live = g.made = sets->count;
    tree->flops = 0;
    for (int i = 0; i < sets->count; i++) {
        g.id[i] = i;
        tree->labels[i] = sets->node[i];
        g.size[i] = fm_path_size(sets, sets->node[i]);
    }
    while (g.live > 1) {
        pair best;
        const fm_label_set by_two = needed(&g, 2), by_three = needed(&g, 3);
        if (!choose(&g, by_two, by_three, true, &best) &&
            !choose(&g, by_two, by_three, false, &best))
            return false;
        join(&g, &best, joined(&g, g.id[best.a], g.id[best.b], by_two, by_three));
    }
    return true;
}
