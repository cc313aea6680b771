/* The symmetry of some operands of an expression and of what they contract to: arrangements of
   their axes by the operands' own symmetries, by equal operands changing places, and by axes of
   equal operands that are summed being named anew in all of them. */
#include "cost/accumulation.h"

#include <string.h>

/* The axes of the subset's operands as rows. */
typedef struct rows {
    const fm_acc_expression *x;
    uint64_t subset;
    fm_label_set outer; /* labels that leave the subset */
    int count, first[FM_EINSUM_OPERANDS];
    uint8_t label[FM_LABELS_AXES];
    fm_maps generators;
} rows;

static void identity(int count, uint8_t *map) {
    for (int i = 0; i < count; i++) map[i] = (uint8_t)i;
}

static bool has(const rows *r, int operand) {
    return r->subset >> operand & 1;
}

static bool add_own(rows *r, int operand) {
    const fm_maps *own = &r->x->term[operand].action->generators;
    for (uint32_t g = 0; g < own->count; g++) {
        uint8_t map[FM_LABELS_AXES];
        identity(r->count, map);
        for (int a = 0; a < r->x->term[operand].ndim; a++)
            map[r->first[operand] + a] = (uint8_t)(r->first[operand] + fm_maps_at(own, g)[a]);
        if (!fm_maps_add(&r->generators, map, NULL)) return false;
    }
    return true;
}

static bool add_swap(rows *r, int a, int b) {
    uint8_t map[FM_LABELS_AXES];
    identity(r->count, map);
    for (int i = 0; i < r->x->term[a].ndim; i++) {
        map[r->first[a] + i] = (uint8_t)(r->first[b] + i);
        map[r->first[b] + i] = (uint8_t)(r->first[a] + i);
    }
    return fm_maps_add(&r->generators, map, NULL);
}

/* Axes p and q change places in every copy of the tensor. */
static bool add_renaming(rows *r, int tensor, int p, int q) {
    uint8_t map[FM_LABELS_AXES];
    identity(r->count, map);
    for (int i = tensor; i < r->x->nterms; i++) {
        if (!has(r, i) || r->x->same[i] != tensor) continue;
        map[r->first[i] + p] = (uint8_t)(r->first[i] + q);
        map[r->first[i] + q] = (uint8_t)(r->first[i] + p);
    }
    return fm_maps_add(&r->generators, map, NULL);
}

/* The neighbours among the summed axes of copies that bear the same labels. */
static bool add_renamings(rows *r, int tensor) {
    const fm_acc_term *term = &r->x->term[tensor];
    int before = -1;
    for (int i = tensor; i < r->x->nterms; i++) {
        if (!has(r, i) || r->x->same[i] != tensor) continue;
        if (!has(r, tensor)) term = &r->x->term[i];
        break;
    }
    for (int a = 0; a < term->ndim; a++) {
        if ((r->outer >> term->label[a] & 1) != 0) continue;
        if (before >= 0 && !add_renaming(r, tensor, before, a)) return false;
        before = a;
    }
    return true;
}

/* What equal operands add: places of neighbours, and new names where all bear the same labels. */
static bool add_copies(rows *r, int tensor) {
    int before = -1, copies = 0;
    bool alike = true;
    for (int i = tensor; i < r->x->nterms; i++) {
        if (!has(r, i) || r->x->same[i] != tensor) continue;
        if (before >= 0) {
            const fm_acc_term *a = &r->x->term[before], *b = &r->x->term[i];
            alike = alike && !memcmp(a->label, b->label, (size_t)a->ndim);
            if (!add_swap(r, before, i)) return false;
        }
        before = i;
        copies++;
    }
    return copies < 2 || !alike || add_renamings(r, tensor);
}

static bool list_generators(rows *r) {
    r->generators.width = (uint32_t)r->count;
    for (int i = 0; i < r->x->nterms; i++)
        if (has(r, i) && !add_own(r, i)) return false;
    for (int i = 0; i < r->x->nterms; i++)
        if (r->x->same[i] == i && !add_copies(r, i)) return false;
    return true;
}

/* Output labels, then summed ones, each in order; local numbers them. */
static void list_labels(const rows *r, fm_label_set labels, uint8_t *local, fm_acc_subset *out) {
    for (int outer = 1; outer >= 0; outer--) {
        for (int l = 0; l < r->x->nlabels; l++) {
            if ((labels >> l & 1) == 0 || (int)(r->outer >> l & 1) != outer) continue;
            local[l] = (uint8_t)out->nlabels;
            out->label[out->nlabels++] = (uint8_t)l;
        }
        if (outer) out->nout = out->nlabels;
    }
}

/* Keeps the induced permutation where it keeps output labels among themselves. */
static bool take(rows *r, const uint8_t *map, fm_acc_subset *out) {
    uint8_t permutation[FM_LABELS_MOST];
    if (!fm_label_induced(out->nlabels, r->count, r->label, map, permutation)) return true;
    for (int i = 0; i < out->nout; i++)
        if (permutation[i] >= out->nout) return true;
    return fm_maps_add(&out->joint, permutation, NULL) &&
           fm_maps_add(&out->outer, permutation, NULL);
}

fm_status fm_acc_subset_find(fm_acc *acc, const fm_acc_expression *x, uint64_t subset,
                             fm_acc_subset *out) {
    rows r = {.x = x, .subset = subset, .generators = {.arena = &acc->arena}};
    uint8_t local[FM_LABELS_MOST];
    fm_label_set labels = 0, outside = x->out_set;
    memset(out, 0, sizeof *out);
    for (int i = 0; i < x->nterms; i++) *(has(&r, i) ? &labels : &outside) |= x->set[i];
    r.outer = labels & outside;
    list_labels(&r, labels, local, out);
    for (int i = 0; i < x->nterms; i++) {
        if (!has(&r, i)) continue;
        r.first[i] = r.count;
        out->large = r.count + x->term[i].ndim > FM_LABELS_AXES;
        if (out->large) return FM_OK;
        for (int a = 0; a < x->term[i].ndim; a++) r.label[r.count++] = local[x->term[i].label[a]];
    }
    out->joint = (fm_maps){.arena = &acc->arena, .width = (uint32_t)out->nlabels};
    out->outer = (fm_maps){.arena = &acc->arena, .width = (uint32_t)out->nout};
    fm_maps all;
    if (!list_generators(&r)) return FM_ERR_MEMORY;
    FM_TRY(fm_maps_close(&r.generators, acc->group_limit, &all, &out->large));
    for (uint32_t m = 0; m < all.count && !out->large; m++)
        if (!take(&r, fm_maps_at(&all, m), out)) return FM_ERR_MEMORY;
    return FM_OK;
}
