/* The best contraction order of a few operands: the best order of each subset from those of its
   parts, outer products among them. */
#include "cost/path_sets.h"

#include <math.h>

typedef struct subset {
    fm_label_set all, kept; /* its operands' labels, and those that are needed outside */
    double flops;           /* of its best order; infinite: none was found */
    uint32_t part;          /* the part with its first operand in that order */
    uint32_t id;
} subset;

size_t fm_path_dense_bytes(int count) {
    return ((size_t)1 << count) * sizeof(subset);
}

static void set_labels(int count, const fm_label_set *node, fm_label_set output, subset *table) {
    const uint32_t full = (1u << count) - 1;
    table[0] = (subset){.all = 0};
    for (uint32_t s = 1; s <= full; s++)
        table[s].all = table[s & (s - 1)].all | node[__builtin_ctz(s)];
    for (uint32_t s = 1; s <= full; s++) {
        table[s].kept = table[s].all & (output | table[full ^ s].all);
        table[s].flops = INFINITY;
        if ((s & (s - 1)) == 0) {
            table[s].kept = table[s].all;
            table[s].flops = 0;
        }
    }
}

/* The best split of s in two. A part that costs as much as the best is not looked at further. */
static void split(const fm_path_sets *sets, subset *table, uint32_t s, double below) {
    const uint32_t first = s & -s, rest = s ^ first;
    const fm_label_set kept = table[s].kept;
    double best = below;
    for (uint32_t with = (rest - 1) & rest;; with = (with - 1) & rest) {
        const subset *a = &table[first | with], *b = &table[rest ^ with];
        double flops = a->flops + b->flops;
        if (flops < best) {
            flops += fm_path_join(sets, a->kept, b->kept, kept);
            if (flops < best) {
                best = flops;
                table[s].flops = flops;
                table[s].part = first | with;
            }
        }
        if (with == 0) break;
    }
}

/* Numbers the results below s, parts first, and lists their pairs. */
static void list_pairs(subset *table, uint32_t s, int *next, int count, fm_einsum_pair *path) {
    if ((s & (s - 1)) == 0) {
        table[s].id = (uint32_t)__builtin_ctz(s);
        return;
    }
    const uint32_t a = table[s].part, b = s ^ a;
    list_pairs(table, a, next, count, path);
    list_pairs(table, b, next, count, path);
    const int x = (int)table[a].id, y = (int)table[b].id;
    path[*next - count] = (fm_einsum_pair){x < y ? x : y, x < y ? y : x};
    table[s].id = (uint32_t)(*next)++;
}

bool fm_path_dense(const fm_path_sets *sets, int count, const fm_label_set *node,
                   fm_label_set output, double below, void *memory, fm_einsum_pair *path,
                   double *flops) {
    subset *table = memory;
    const uint32_t full = (1u << count) - 1;
    int next = count;
    set_labels(count, node, output, table);
    for (uint32_t s = 3; s <= full; s++) {
        if ((s & (s - 1)) == 0) continue;
        if (s != full && fm_path_size(sets, table[s].kept) > sets->limit) continue;
        split(sets, table, s, below);
    }
    *flops = table[full].flops;
    if (isinf(*flops)) return false;
    list_pairs(table, full, &next, count, path);
    return true;
}
