/* The symmetry of some operands of an expression and of what they contract to: arrangements of
   their axes by the operands' own symmetries, by equal operands changing places, and by axes of
   equal operands that are summed being named anew in all of them. */
#include "cost/accumulation.h"

#include <string.h>

typedef struct part {
    fm_acc *acc;
    const fm_acc_expression *x;
    uint64_t subset;
    fm_label_set outer; /* labels that leave the subset */
} part;

static bool has(const part *p, int operand) {
    return p->subset >> operand & 1;
}

/* Whether a tensor stands more than once, each time with the same labels; *first is its first
   operand. */
static bool stands_alike(const part *p, int tensor, int *first) {
    int copies = 0;
    for (int i = tensor; i < p->x->nterms; i++) {
        if (!has(p, i) || p->x->same[i] != tensor) continue;
        const fm_acc_term *own = &p->x->term[i];
        if (copies++ == 0)
            *first = i;
        else if (memcmp(own->label, p->x->term[*first].label, (size_t)own->ndim) != 0)
            return false;
    }
    return copies > 1;
}

/* Exchanges of neighbours among the summed axes. */
static bool add_renamings(const part *p, const fm_acc_term *term, fm_maps *generators) {
    int before = -1;
    for (int a = 0; a < term->ndim; a++) {
        uint8_t map[FM_EINSUM_NDIM];
        if ((p->outer >> term->label[a] & 1) != 0) continue;
        for (int i = 0; i < term->ndim; i++) map[i] = (uint8_t)i;
        if (before >= 0) {
            map[before] = (uint8_t)a;
            map[a] = (uint8_t)before;
            if (!fm_maps_add(generators, map, NULL)) return false;
        }
        before = a;
    }
    return true;
}

static void compose(uint32_t width, const uint8_t *a, const uint8_t *b, uint8_t *out) {
    for (uint32_t i = 0; i < width; i++) out[i] = a[b[i]];
}

/* by own by^-1 */
static void conjugate(uint32_t width, const uint8_t *by, const uint8_t *own, uint8_t *out) {
    for (uint32_t i = 0; i < width; i++) out[by[i]] = by[own[i]];
}

/* The least group with the operand's own elements that the renamings map onto itself. */
static fm_status normal_closure(const fm_maps *own, const fm_maps *all, uint64_t limit,
                                fm_maps *out) {
    fm_maps generators = {.arena = own->arena, .width = own->width};
    bool large;
    for (uint32_t g = 0; g < own->count; g++)
        if (!fm_maps_add(&generators, fm_maps_at(own, g), NULL)) return FM_ERR_MEMORY;
    FM_TRY(fm_maps_close(&generators, limit, out, &large));
    for (uint32_t g = 0; g < generators.count; g++) {
        for (uint32_t k = 0; k < all->count; k++) {
            uint8_t map[FM_EINSUM_NDIM];
            conjugate(own->width, fm_maps_at(all, k), fm_maps_at(&generators, g), map);
            if (fm_maps_find(out, map)) continue;
            if (!fm_maps_add(&generators, map, NULL)) return FM_ERR_MEMORY;
            FM_TRY(fm_maps_close(&generators, limit, out, &large));
        }
    }
    return FM_OK;
}

/* The coset of each element: copies may be named anew only alike, but each is turned by its own
   symmetry and what renaming makes of that. */
static fm_status number_cosets(const fm_maps *elements, const fm_maps *normal,
                               const uint32_t **out) {
    uint32_t *coset = fm_arena_get(elements->arena, ((size_t)elements->count + 1) * sizeof *coset);
    uint32_t count = 0;
    if (!coset) return FM_ERR_MEMORY;
    for (uint32_t e = 0; e < elements->count; e++) {
        if (coset[e]) continue;
        count++;
        for (uint32_t n = 0; n < normal->count; n++) {
            uint8_t map[FM_EINSUM_NDIM];
            compose(elements->width, fm_maps_at(elements, e), fm_maps_at(normal, n), map);
            coset[fm_maps_find(elements, map) - 1] = count;
        }
    }
    *out = coset;
    return FM_OK;
}

/* What turns the axes of a tensor that stands more than once with the same labels. */
static fm_status act_alike(const part *p, const fm_acc_term *term, fm_label_operand *operand) {
    const fm_maps *own = &term->action->generators;
    fm_axis_action *action = fm_arena_get(&p->acc->arena, sizeof *action);
    fm_maps all = {.arena = &p->acc->arena, .width = (uint32_t)term->ndim}, normal;
    if (!action) return FM_ERR_MEMORY;
    for (uint32_t g = 0; g < own->count; g++)
        if (!fm_maps_add(&all, fm_maps_at(own, g), NULL)) return FM_ERR_MEMORY;
    if (!add_renamings(p, term, &all)) return FM_ERR_MEMORY;
    if (all.count == own->count) return FM_OK;
    FM_TRY(fm_axis_action_close(&all, p->acc->group_limit, action));
    operand->action = action;
    if (action->large) return FM_OK;
    FM_TRY(normal_closure(own, &all, p->acc->group_limit, &normal));
    return number_cosets(&action->elements, &normal, &operand->coset);
}

/* Output labels, then summed ones, each in order; local numbers them. */
static void list_labels(const part *p, fm_label_set labels, uint8_t *local, fm_acc_subset *out) {
    for (int outer = 1; outer >= 0; outer--) {
        for (int l = 0; l < p->x->nlabels; l++) {
            if ((labels >> l & 1) == 0 || (int)(p->outer >> l & 1) != outer) continue;
            local[l] = (uint8_t)out->nlabels;
            out->label[out->nlabels++] = (uint8_t)l;
        }
        if (outer) out->nout = out->nlabels;
    }
}

/* The subset's operands by their local numbers; rows counts their axes. */
static fm_status list_operands(const part *p, const uint8_t *local, fm_label_operand *operand,
                               int *count, int *rows) {
    int number[FM_EINSUM_OPERANDS];
    for (int i = 0; i < p->x->nterms; i++) {
        const fm_acc_term *term = &p->x->term[i];
        int first = i, tensor = p->x->same[i];
        if (!has(p, i)) continue;
        uint8_t *label = fm_arena_get(&p->acc->arena, (size_t)term->ndim + 1);
        if (!label) return FM_ERR_MEMORY;
        for (int a = 0; a < term->ndim; a++) label[a] = local[term->label[a]];
        for (int j = i; j-- > tensor;)
            if (has(p, j) && p->x->same[j] == tensor) first = j;
        number[i] = *count;
        operand[*count] = (fm_label_operand){term->ndim, label, term->action,
                                             first == i ? *count : number[first], NULL};
        if (first == i && stands_alike(p, tensor, &first))
            FM_TRY(act_alike(p, term, &operand[*count]));
        ++*count;
        *rows += term->ndim;
    }
    return FM_OK;
}

fm_status fm_acc_subset_find(fm_acc *acc, const fm_acc_expression *x, uint64_t subset,
                             fm_acc_subset *out) {
    part p = {.acc = acc, .x = x, .subset = subset};
    uint8_t local[FM_LABELS_MOST], outer[FM_LABELS_MOST];
    fm_label_operand operand[FM_EINSUM_OPERANDS];
    fm_label_group group;
    fm_label_set labels = 0, outside = x->out_set;
    int count = 0, rows = 0;
    memset(out, 0, sizeof *out);
    for (int i = 0; i < x->nterms; i++) *(has(&p, i) ? &labels : &outside) |= x->set[i];
    p.outer = labels & outside;
    list_labels(&p, labels, local, out);
    FM_TRY(list_operands(&p, local, operand, &count, &rows));
    out->large = rows > FM_LABELS_AXES;
    if (out->large) return FM_OK;
    FM_TRY(fm_label_group_find(&acc->arena, out->nlabels, out->nout, count, operand,
                               acc->group_limit, &group));
    out->large = group.large;
    if (group.large) return FM_OK;
    out->joint = group.elements;
    for (int i = 0; i < out->nout; i++) outer[i] = (uint8_t)i;
    return fm_maps_restrict(&group.elements, out->nout, outer, &out->outer);
}
