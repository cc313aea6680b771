/* Sets of labels numbered without gaps, and tables of their sizes. */
#include "cost/path_sets.h"

#include <math.h>

/* The set with labels by their numbers among those in use. */
static fm_label_set renumber(fm_label_set labels, const uint8_t *number) {
    fm_label_set out = 0;
    for (int i = 0; i < FM_EINSUM_LABELS; i++)
        if ((labels >> i & 1) != 0) out |= (fm_label_set)1 << number[i];
    return out;
}

static void fill_table(double *table, int labels, const double *extent) {
    table[0] = 1;
    for (int i = 0; i < labels; i++)
        for (int j = 0; j < 1 << i; j++) table[1 << i | j] = table[j] * extent[i];
}

void fm_path_sets_begin(fm_path_sets *sets, const fm_einsum *e, double memory_limit) {
    uint8_t number[FM_EINSUM_LABELS];
    double extent[FM_EINSUM_LABELS];
    int labels = 0;
    fm_label_set used = e->out.set;
    for (int i = 0; i < e->nterms; i++) used |= e->term[i].set;
    for (int i = 0; i < FM_EINSUM_LABELS; i++) {
        if ((used >> i & 1) == 0) continue;
        extent[labels] = (double)e->size[i];
        number[i] = (uint8_t)labels++;
    }
    sets->count = e->nterms;
    for (int i = 0; i < e->nterms; i++) sets->node[i] = renumber(e->term[i].set, number);
    sets->output = renumber(e->out.set, number);
    sets->limit = memory_limit > 0 ? memory_limit : INFINITY;
    sets->bytes = labels > 0 ? (labels + 7) / 8 : 1;
    sets->size[0][0] = 1;
    for (int i = 0; i < sets->bytes; i++)
        fill_table(sets->size[i], labels - 8 * i < 8 ? labels - 8 * i : 8, extent + 8 * i);
}
