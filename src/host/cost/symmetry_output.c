/* The symmetry of what an einsum gives. */
#include "cost/accumulation.h"

#include <string.h>

/* A few elements that the others are made of. */
static fm_status few_generators(const fm_maps *group, fm_maps *out) {
    fm_maps closed;
    bool large;
    *out = (fm_maps){.arena = group->arena, .width = group->width};
    FM_TRY(fm_maps_close(out, group->count, &closed, &large));
    for (uint32_t m = 0; m < group->count; m++) {
        if (fm_maps_find(&closed, fm_maps_at(group, m))) continue;
        if (!fm_maps_add(out, fm_maps_at(group, m), NULL)) return FM_ERR_MEMORY;
        FM_TRY(fm_maps_close(out, group->count, &closed, &large));
    }
    return FM_OK;
}

/* The group of output labels as one of output axes. */
static fm_status as_axes(const fm_acc_expression *x, const fm_acc_subset *all,
                         const fm_symmetry **out) {
    fm_maps few;
    int axes[FM_MAX_NDIM];
    if (all->outer.count <= 1) return FM_OK;
    FM_TRY(few_generators(&all->outer, &few));
    int *generators =
        fm_arena_get(all->outer.arena, (size_t)few.count * few.width * sizeof *generators);
    if (!generators) return FM_ERR_MEMORY;
    for (uint32_t i = 0; i < few.count * few.width; i++) generators[i] = few.item[i];
    for (int i = 0; i < all->nout; i++)
        for (int axis = 0; axis < x->nout; axis++)
            if (x->out[axis] == all->label[i]) axes[i] = axis;
    return fm_symmetry_from_generators(all->nout, axes, (int)few.count, generators, out, NULL);
}

/* One operand: what is left when the labels that the output lacks are summed; nothing where two
   axes of the group bear one label. */
static fm_status of_one(const fm_einsum *e, const fm_symmetry *group, const fm_symmetry **out) {
    fm_axis_set summed = 0;
    int to[FM_MAX_NDIM] = {0}, kept = 0;
    bool repeated = false;
    const fm_einsum_term *term = &e->term[0];
    const fm_symmetry *rest = NULL;
    for (int i = 0; i < term->ndim; i++) {
        if ((e->out.set >> term->label[i] & 1) == 0) {
            summed |= (fm_axis_set)1 << i;
            continue;
        }
        for (int axis = 0; axis < e->out.ndim; axis++)
            if (e->out.label[axis] == term->label[i]) to[kept] = axis;
        kept++;
    }
    FM_TRY(fm_symmetry_reduce(group, term->ndim, summed, false, &rest));
    for (uint32_t i = 0; rest && i < rest->degree; i++)
        for (uint32_t j = 0; j < i; j++)
            repeated = repeated || to[rest->axis[i]] == to[rest->axis[j]];
    fm_status status = repeated ? FM_OK : fm_symmetry_remap(rest, to, out);
    fm_symmetry_release(rest);
    return status;
}

static fm_status of_many(fm_acc *acc, const fm_einsum *e, const fm_symmetry *const *symmetry,
                         const int *same, const fm_symmetry **out) {
    fm_acc_expression *x = fm_arena_get(&acc->arena, sizeof *x);
    fm_acc_subset *all = fm_arena_get(&acc->arena, sizeof *all);
    uint64_t every = e->nterms == 64 ? ~(uint64_t)0 : ((uint64_t)1 << e->nterms) - 1;
    if (!x || !all) return FM_ERR_MEMORY;
    FM_TRY(fm_acc_read(acc, e, symmetry, same, x));
    FM_TRY(fm_acc_subset_find(acc, x, every, all));
    return all->large ? FM_OK : as_axes(x, all, out);
}

fm_status fm_einsum_symmetry(const fm_einsum *e, const fm_symmetry *const *symmetry,
                             const int *same, const fm_symmetry **out) {
    *out = NULL;
    for (int t = 0; t < e->nterms; t++)
        for (int i = 0; i < e->term[t].ndim; i++)
            if (e->term[t].dim[i] != e->size[e->term[t].label[i]]) return FM_OK;
    if (e->nterms == 1) return of_one(e, symmetry[0], out);
    fm_acc acc;
    fm_acc_open(&acc, 0, NULL);
    fm_status status = of_many(&acc, e, symmetry, same, out);
    fm_acc_close(&acc);
    return status == FM_ERR_UNSUPPORTED ? FM_OK : status;
}
