/* The chain of an einsum's contractions along a path. */
#include "ops/einsum.h"
#include "scalar/chain.h"

#include <string.h>

static fm_label_set bit(int label) {
    return (fm_label_set)1 << label;
}

/* Labels along which an operand moves: those whose extent it has, and which is not 1. */
static fm_label_set moves(const fm_einsum *e, const fm_einsum_term *term) {
    fm_label_set set = 0;
    for (int d = 0; d < term->ndim; d++)
        if (term->dim[d] == e->size[term->label[d]] && term->dim[d] != 1)
            set |= bit(term->label[d]);
    return set;
}

static void copy_term(const fm_einsum_term *term, fm_chain_node *node) {
    node->ndim = (uint8_t)term->ndim;
    memcpy(node->label, term->label, (size_t)term->ndim);
}

static void list_labels(fm_label_set set, fm_chain_node *node) {
    node->ndim = 0;
    for (int label = 0; label < FM_EINSUM_LABELS; label++)
        if ((set & bit(label)) != 0) node->label[node->ndim++] = (uint8_t)label;
}

static int count_of(fm_label_set set) {
    return __builtin_popcountll((uint64_t)set) + __builtin_popcountll((uint64_t)(set >> 64));
}

/* The step that reads the result of `step`. */
static int reader_of(const fm_chain_params *chain, int step) {
    for (int later = step + 1; later < chain->ninputs - 1; later++)
        for (int i = 0; i < 2; i++)
            if (chain->pair[later][i] == chain->ninputs + step) return later;
    return -1;
}

/* Pairs and the labels of each result, in the order of their numbers. */
static fm_status set_steps(const fm_bound *bound, const fm_einsum *e, const fm_einsum_pair *path,
                           fm_chain_params *chain, fm_error *error) {
    const int n = e->nterms;
    fm_label_set labels[FM_CHAIN_NODES];
    bool used[FM_CHAIN_NODES] = {false};
    for (int i = 0; i < n; i++) labels[i] = moves(e, &e->term[i]);
    for (int step = 0; step < n - 1; step++) {
        const int a = path[step].left, b = path[step].right;
        fm_label_set both = labels[a] | labels[b], needed = e->out.set;
        used[a] = used[b] = true;
        for (int i = 0; i < n + step; i++)
            if (!used[i]) needed |= labels[i];
        labels[n + step] = both & needed;
        chain->pair[step][0] = (uint8_t)a;
        chain->pair[step][1] = (uint8_t)b;
        list_labels(labels[n + step], &chain->node[n + step]);
        if (step == n - 2) both |= e->out.set;
        if (count_of(both) > FM_MAX_NDIM)
            return fm_fail_op(error, FM_ERR_UNSUPPORTED, bound->row->name, 0,
                              "step %d of the path has %d subscripts, at most %d are taken", step,
                              count_of(both), FM_MAX_NDIM);
    }
    return FM_OK;
}

fm_status fm_einsum_chain(const fm_bound *bound, const fm_resolved *r, const fm_einsum *e,
                          const fm_einsum_pair *path, fm_chain_params *chain, fm_error *error) {
    const int n = e->nterms;
    chain->ninputs = n;
    for (int i = 0; i < n; i++) copy_term(&e->term[i], &chain->node[i]);
    for (int label = 0; label < FM_EINSUM_LABELS; label++)
        chain->extent[label] = e->size[label] >= 0 ? e->size[label] : 1;
    FM_TRY(set_steps(bound, e, path, chain, error));
    copy_term(&e->out, &chain->node[2 * n - 2]);
    if (fm_chain_is_empty(chain)) return FM_OK;
    for (int step = 0; step < n - 2; step++)
        fm_einsum_order(chain, step, reader_of(chain, step), r->in);
    return FM_OK;
}
