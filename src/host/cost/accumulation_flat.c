/* A contraction counted at once: its label symmetry, taken apart into components, and their
   product. */
#include "cost/accumulation.h"

#include <string.h>

enum { BLOCK = 16384 }; /* what most counts fit into */

void fm_acc_open(fm_acc *acc, uint64_t partition_limit, fm_error *error) {
    *acc = (fm_acc){
        .group_limit = fm_symmetry_limit(), .partition_limit = partition_limit, .error = error};
    acc->arena.next = BLOCK;
}

void fm_acc_close(fm_acc *acc) {
    fm_arena_clear(&acc->arena);
}

/* The label that stands for each label: the least that generators join it with. */
static void join_labels(int nlabels, const fm_maps *generators, uint8_t *root) {
    for (int i = 0; i < nlabels; i++) root[i] = (uint8_t)i;
    for (uint32_t g = 0; g < generators->count; g++) {
        const uint8_t *map = fm_maps_at(generators, g);
        int least = nlabels;
        bool hit[FM_LABELS_MOST] = {false};
        for (int i = 0; i < nlabels; i++) {
            if (map[i] == i) continue;
            hit[root[i]] = true;
            if (root[i] < least) least = root[i];
        }
        for (int i = 0; i < nlabels; i++)
            if (hit[root[i]]) root[i] = (uint8_t)least;
    }
}

/* The generators that act within the component, in its own numbers. */
static fm_status restrict_generators(const fm_label_group *group, fm_acc_component *c) {
    c->generators = (fm_maps){.arena = group->generators.arena, .width = (uint32_t)c->nlabels};
    for (uint32_t g = 0; g < group->generators.count; g++) {
        const uint8_t *map = fm_maps_at(&group->generators, g);
        uint8_t local[FM_LABELS_MOST];
        bool moves = false;
        for (int i = 0; i < c->nlabels; i++) {
            int at = 0;
            while (c->label[at] != map[c->label[i]]) at++;
            local[i] = (uint8_t)at;
            moves = moves || at != i;
        }
        if (moves && !fm_maps_add(&c->generators, local, NULL)) return FM_ERR_MEMORY;
    }
    return FM_OK;
}

/* Dense points, orbits of products and of outputs, and the accumulations. */
static fm_status count_component(fm_acc *acc, fm_acc_component *c) {
    int64_t out_size[FM_LABELS_MOST];
    fm_maps output;
    for (int i = 0; i < c->nout; i++) out_size[i] = c->size[c->out[i]];
    if (!fm_u128_extents(c->nlabels, c->size, &c->dense)) return FM_ERR_OVERFLOW;
    fm_status status = fm_maps_orbits(&c->elements, c->size, &c->products);
    if (status == FM_OK) status = fm_maps_restrict(&c->elements, c->nout, c->out, &output);
    if (status == FM_OK) status = fm_maps_orbits(&output, out_size, &c->outs);
    if (status == FM_OK) status = fm_acc_component_count(acc, c);
    return status;
}

static fm_status make_component(fm_acc *acc, const fm_acc_expression *x,
                                const fm_label_group *group, const uint8_t *root, int first,
                                const uint8_t *number, fm_label_set keep, fm_acc_component *c) {
    bool large;
    for (int i = first; i < (int)group->elements.width; i++) {
        if (root[i] != first) continue;
        if ((keep >> number[i] & 1) != 0) c->out[c->nout++] = (uint8_t)c->nlabels;
        c->size[c->nlabels] = x->size[number[i]];
        c->label[c->nlabels++] = (uint8_t)i;
    }
    FM_TRY(restrict_generators(group, c));
    FM_TRY(fm_maps_close(&c->generators, acc->group_limit, &c->elements, &large));
    FM_TRY(count_component(acc, c));
    for (int i = 0; i < c->nlabels; i++) c->label[i] = number[c->label[i]];
    return FM_OK;
}

/* The products over components, and the total of 0.4.3; a component that is not known makes the
   whole dense. */
static fm_status multiply_components(fm_acc_count *out) {
    out->all = out->sums = out->outs = 1;
    out->known = true;
    for (int i = 0; i < out->ncomponents; i++) {
        const fm_acc_component *c = &out->component[i];
        out->known = out->known && c->known;
        if (!fm_u128_mul(out->all, c->products, &out->all)) return FM_ERR_OVERFLOW;
        if (out->known && (!fm_u128_mul(out->sums, c->sums, &out->sums) ||
                           !fm_u128_mul(out->outs, c->outs, &out->outs)))
            return FM_ERR_OVERFLOW;
    }
    return FM_OK;
}

static bool fits_total(fm_u128 mu, fm_u128 sums, fm_u128 outs, fm_i128 *total) {
    fm_u128 sum;
    if (!fm_u128_add(mu, sums, &sum) || sum >> 126 != 0 || outs >> 126 != 0) return false;
    *total = (fm_i128)sum - (fm_i128)outs;
    return true;
}

static fm_status total_of(fm_acc_count *out) {
    fm_u128 terms = (fm_u128)out->nterms;
    bool fits;
    if (out->known) {
        fits = fm_u128_mul(out->all, terms - 1, &out->mu) &&
               fits_total(out->mu, out->sums, out->outs, &out->total);
    } else {
        fm_u128 dense;
        out->mu = out->sums = out->outs = 0;
        fits = fm_u128_mul(out->dense, terms, &dense) && fits_total(dense, 0, 0, &out->total);
    }
    return fits ? FM_OK : FM_ERR_OVERFLOW;
}

/* The labels of the terms, numbered among themselves in their order. */
static int number_labels(int nterms, const fm_acc_term *term, uint8_t *number, uint8_t *local) {
    fm_label_set set = 0;
    int count = 0;
    for (int t = 0; t < nterms; t++)
        for (int i = 0; i < term[t].ndim; i++) set |= (fm_label_set)1 << term[t].label[i];
    while (set != 0) {
        const int l = fm_label_take(&set);
        local[l] = (uint8_t)count;
        number[count++] = (uint8_t)l;
    }
    return count;
}

/* The terms as operands of the search, by the labels' local numbers. */
static fm_status find_group(fm_acc *acc, int nlabels, int nterms, const fm_acc_term *term,
                            const int *same, const uint8_t *local, fm_label_group *group) {
    fm_label_operand *operand = fm_arena_get(&acc->arena, (size_t)nterms * sizeof *operand);
    uint8_t *labels = fm_arena_get(&acc->arena, (size_t)nterms * FM_EINSUM_NDIM);
    int rows = 0;
    if (!operand || !labels) return FM_ERR_MEMORY;
    for (int t = 0; t < nterms; t++) {
        uint8_t *own = labels + t * FM_EINSUM_NDIM;
        for (int i = 0; i < term[t].ndim; i++) own[i] = local[term[t].label[i]];
        operand[t] =
            (fm_label_operand){term[t].ndim, own, term[t].action, same ? same[t] : t, NULL};
        rows += term[t].ndim;
    }
    if (rows > FM_LABELS_AXES) {
        group->large = true;
        return FM_OK;
    }
    return fm_label_group_find(&acc->arena, nlabels, nlabels, nterms, operand, acc->group_limit,
                               group);
}

fm_status fm_acc_flat(fm_acc *acc, const fm_acc_expression *x, int nterms, const fm_acc_term *term,
                      const int *same, fm_label_set keep, fm_acc_count *out) {
    uint8_t number[FM_LABELS_MOST], local[FM_LABELS_MOST], root[FM_LABELS_MOST];
    int64_t size[FM_LABELS_MOST];
    fm_label_group group = {0};
    int nlabels = number_labels(nterms, term, number, local);
    *out = (fm_acc_count){.nterms = nterms};
    for (int i = 0; i < nlabels; i++) size[i] = x->size[number[i]];
    if (!fm_u128_extents(nlabels, size, &out->dense)) return FM_ERR_OVERFLOW;
    FM_TRY(find_group(acc, nlabels, nterms, term, same, local, &group));
    out->large = group.large;
    out->all = 1;
    if (group.large) return total_of(out);
    out->component = fm_arena_get(&acc->arena, ((size_t)nlabels + 1) * sizeof *out->component);
    if (!out->component) return FM_ERR_MEMORY;
    join_labels(nlabels, &group.generators, root);
    for (int i = 0; i < nlabels; i++)
        if (root[i] == i)
            FM_TRY(make_component(acc, x, &group, root, i, number, keep,
                                  &out->component[out->ncomponents++]));
    FM_TRY(multiply_components(out));
    return total_of(out);
}
