/* Contractions of three inputs and more as calls of two, for both backends: the labels of each
   step, and where the results between them lie. */
#ifndef FM_SCALAR_CHAIN_H
#define FM_SCALAR_CHAIN_H

#include "core/backend.h"

#include <string.h>

/* The stride of a label in a node: in an input the sum over the axes that bear it and move along
   it, in a result (layout NULL) as it lies without gaps. False where there is none. */
static inline bool fm_chain_stride(const fm_chain_params *chain, int node, const fm_layout *layout,
                                   int label, int64_t *stride) {
    const fm_chain_node *n = &chain->node[node];
    int64_t step = 1;
    bool found = false;
    *stride = 0;
    for (int d = n->ndim - 1; d >= 0; d--) {
        const int64_t extent = chain->extent[n->label[d]];
        if (n->label[d] == label && (layout == NULL || fm_layout_shape(layout)[d] == extent)) {
            *stride += layout != NULL ? fm_layout_strides(layout)[d] : step;
            found = true;
        }
        step *= extent;
    }
    return found;
}

static inline void fm_chain_add(const fm_chain_params *chain, int step, const fm_layout *a,
                                const fm_layout *b, int label, bool in_c, fm_contract_params *p) {
    fm_contract_label x = {.extent = chain->extent[label], .in_c = in_c};
    x.in_a = fm_chain_stride(chain, chain->pair[step][0], a, label, &x.a);
    x.in_b = fm_chain_stride(chain, chain->pair[step][1], b, label, &x.b);
    if (!in_c && !x.in_a && !x.in_b) return; /* an operand of extent 1 along it: none moves */
    if (in_c) (void)fm_chain_stride(chain, chain->ninputs + step, NULL, label, &x.c);
    p->label[p->nlabels++] = x;
}

/* Whether a node's axis d is the first that bears its label. */
static inline bool fm_chain_is_first(const fm_chain_node *n, int d) {
    for (int i = 0; i < d; i++)
        if (n->label[i] == n->label[d]) return false;
    return true;
}

/* The labels of one step, whose operands have those layouts. */
static inline void fm_chain_labels(const fm_chain_params *chain, int step, const fm_layout *a,
                                   const fm_layout *b, fm_contract_params *p) {
    const fm_chain_node *out = &chain->node[chain->ninputs + step];
    uint8_t seen[FM_CHAIN_LABELS] = {0};
    p->nlabels = 0;
    p->conj_a = 0;
    for (int d = 0; d < out->ndim; d++) {
        seen[out->label[d]] = 1;
        fm_chain_add(chain, step, a, b, out->label[d], true, p);
    }
    for (int i = 0; i < 2; i++) {
        const fm_chain_node *n = &chain->node[chain->pair[step][i]];
        for (int d = 0; d < n->ndim; d++) {
            const int label = n->label[d];
            if (seen[label] || chain->extent[label] == 1) continue;
            seen[label] = 1;
            fm_chain_add(chain, step, a, b, label, false, p);
        }
    }
}

/* Whether some label has an extent of 0, so that nothing is to be summed. */
static inline bool fm_chain_is_empty(const fm_chain_params *chain) {
    for (int i = 0; i < chain->ninputs; i++)
        for (int d = 0; d < chain->node[i].ndim; d++)
            if (chain->extent[chain->node[i].label[d]] == 0) return true;
    return false;
}

/* The output's labels and a sum of nothing, in place of such a chain. */
static inline void fm_chain_nothing(const fm_chain_params *chain, fm_contract_params *p) {
    const int out = 2 * chain->ninputs - 2;
    p->nlabels = 0;
    p->conj_a = 0;
    for (int d = 0; d < chain->node[out].ndim && d < FM_MAX_NDIM - 1; d++) {
        fm_contract_label x = {.extent = chain->extent[chain->node[out].label[d]], .in_c = 1};
        (void)fm_chain_stride(chain, out, NULL, chain->node[out].label[d], &x.c);
        p->label[p->nlabels++] = x;
    }
    p->label[p->nlabels++] = (fm_contract_label){.extent = 0, .in_a = 1, .in_b = 1};
}

static inline size_t fm_chain_layout_bytes(const fm_chain_params *chain, int node) {
    return sizeof(fm_layout) + 2 * (size_t)chain->node[node].ndim * sizeof(int64_t);
}

/* The layout of a result in memory of that many bytes; nobody counts its references. */
static inline fm_layout *fm_chain_layout(const fm_chain_params *chain, int node, fm_dtype dtype,
                                         void *memory) {
    const fm_chain_node *n = &chain->node[node];
    fm_layout *layout = (fm_layout *)memory;
    int64_t step = 1;
    memset(memory, 0, sizeof *layout);
    layout->flags = FM_LAYOUT_CONTIGUOUS;
    layout->dtype = dtype;
    layout->ndim = n->ndim;
    for (int d = n->ndim - 1; d >= 0; d--) {
        layout->dims[d] = chain->extent[n->label[d]];
        layout->dims[n->ndim + d] = step;
        step *= layout->dims[d];
    }
    layout->size = step;
    layout->high = step - 1;
    return layout;
}

/* Results that are alive while a step runs, each at its place in the workspace: the first gap that
   is wide enough. */
typedef struct fm_chain_space {
    int count;
    int node[FM_CHAIN_INPUTS];
    size_t from[FM_CHAIN_INPUTS], to[FM_CHAIN_INPUTS]; /* by rising place */
    size_t most;
} fm_chain_space;

enum { FM_CHAIN_ALIGNMENT = 256 };

static inline size_t fm_chain_take(fm_chain_space *space, int node, size_t bytes) {
    size_t at = 0;
    int i = 0;
    bytes = (bytes + FM_CHAIN_ALIGNMENT - 1) / FM_CHAIN_ALIGNMENT * FM_CHAIN_ALIGNMENT;
    for (; i < space->count && space->from[i] < at + bytes; i++) at = space->to[i];
    for (int j = space->count++; j > i; j--) {
        space->node[j] = space->node[j - 1];
        space->from[j] = space->from[j - 1];
        space->to[j] = space->to[j - 1];
    }
    space->node[i] = node;
    space->from[i] = at;
    space->to[i] = at + bytes;
    if (space->to[i] > space->most) space->most = space->to[i];
    return at;
}

static inline void fm_chain_give(fm_chain_space *space, int node) {
    int kept = 0;
    for (int i = 0; i < space->count; i++) {
        if (space->node[i] == node) continue;
        space->node[kept] = space->node[i];
        space->from[kept] = space->from[i];
        space->to[kept++] = space->to[i];
    }
    space->count = kept;
}

#endif
