/* Contraction orders as trees, and making a tree better part by part. */
#include "cost/path_sets.h"

enum { ROUNDS = 8, WINDOW = FM_PATH_DENSE };

/* What is left of a pair's labels where the nodes in `others` and the output still need some. */
static fm_label_set keep(const fm_path_tree *tree, int a, int b, fm_label_set others) {
    return (tree->labels[a] | tree->labels[b]) & others;
}

void fm_path_tree_of(const fm_path_sets *sets, const fm_einsum_pair *path, fm_path_tree *tree) {
    const int n = sets->count;
    bool used[FM_PATH_NODES] = {false};
    tree->count = n;
    tree->flops = 0;
    for (int i = 0; i < n; i++) tree->labels[i] = sets->node[i];
    for (int step = 0; step < n - 1; step++) {
        const int node = n + step, a = path[step].left, b = path[step].right;
        fm_label_set others = sets->output;
        used[a] = used[b] = true;
        for (int i = 0; i < node; i++)
            if (!used[i]) others |= tree->labels[i];
        tree->left[node] = a;
        tree->right[node] = b;
        tree->labels[node] = keep(tree, a, b, others);
        tree->flops += fm_path_join(sets, tree->labels[a], tree->labels[b], tree->labels[node]);
    }
}

/* The part of a tree below one node: what is joined there, and the results inside. */
typedef struct part {
    int count, ninside;
    int outer[WINDOW], inside[WINDOW];
    double flops;
} part;

static double flops_of(const fm_path_sets *sets, const fm_path_tree *tree, int node) {
    return fm_path_join(sets, tree->labels[tree->left[node]], tree->labels[tree->right[node]],
                        tree->labels[node]);
}

/* Opens the largest results first. */
static void cut(const fm_path_sets *sets, const fm_path_tree *tree, int root, int window, part *p) {
    p->count = 2;
    p->ninside = 0;
    p->outer[0] = tree->left[root];
    p->outer[1] = tree->right[root];
    p->flops = flops_of(sets, tree, root);
    while (p->count < window) {
        int largest = -1;
        double size = -1;
        for (int i = 0; i < p->count; i++) {
            if (p->outer[i] < tree->count) continue;
            double own = fm_path_size(sets, tree->labels[p->outer[i]]);
            if (own <= size) continue;
            size = own;
            largest = i;
        }
        if (largest < 0) return;
        const int node = p->outer[largest];
        p->inside[p->ninside++] = node;
        p->flops += flops_of(sets, tree, node);
        p->outer[largest] = tree->left[node];
        p->outer[p->count++] = tree->right[node];
    }
}

/* Puts the pairs in place of the part's results. */
static void replace(fm_path_tree *tree, int root, const part *p, const fm_einsum_pair *pairs) {
    int id[2 * WINDOW];
    bool used[2 * WINDOW] = {false};
    for (int i = 0; i < p->count; i++) id[i] = p->outer[i];
    for (int step = 0; step < p->count - 1; step++) {
        const int x = pairs[step].left, y = pairs[step].right, made = p->count + step;
        const int node = step < p->ninside ? p->inside[step] : root;
        fm_label_set others = tree->labels[root];
        used[x] = used[y] = true;
        for (int i = 0; i < made; i++)
            if (!used[i]) others |= tree->labels[id[i]];
        tree->left[node] = id[x];
        tree->right[node] = id[y];
        if (node != root) tree->labels[node] = keep(tree, id[x], id[y], others);
        id[made] = node;
    }
}

static bool improve_part(const fm_path_sets *sets, int window, void *table, fm_path_tree *tree,
                         int root) {
    part p;
    fm_label_set node[WINDOW];
    fm_einsum_pair pairs[WINDOW];
    double flops;
    cut(sets, tree, root, window, &p);
    if (p.count < 3) return false;
    for (int i = 0; i < p.count; i++) node[i] = tree->labels[p.outer[i]];
    const double least = p.flops * (1 - 1e-12);
    if (!fm_path_dense(sets, p.count, node, tree->labels[root], least, table, pairs, &flops))
        return false;
    replace(tree, root, &p, pairs);
    tree->flops += flops - p.flops;
    return true;
}

void fm_path_improve(const fm_path_sets *sets, int window, void *table, fm_path_tree *tree) {
    bool better = true;
    for (int round = 0; round < ROUNDS && better; round++) {
        better = false;
        for (int node = tree->count; node < 2 * tree->count - 1; node++)
            better |= improve_part(sets, window, table, tree, node);
    }
}

/* Lists the pairs below a node; returns its new id. */
static int unroll(const fm_path_tree *tree, int node, int *next, fm_einsum_pair *path) {
    if (node < tree->count) return node;
    const int a = unroll(tree, tree->left[node], next, path);
    const int b = unroll(tree, tree->right[node], next, path);
    path[*next - tree->count] = (fm_einsum_pair){a < b ? a : b, a < b ? b : a};
    return (*next)++;
}

void fm_path_unroll(const fm_path_tree *tree, fm_einsum_pair *path) {
    int next = tree->count;
    unroll(tree, 2 * tree->count - 2, &next, path);
}
