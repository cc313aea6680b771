/* Sums over axes of one tensor with symmetry. */
#include "cost/accumulation.h"
#include "cost/orbits.h"

/* 0.4.3 names axes by letters, and counts no symmetry past them. */
enum { LETTERS = 26 };

/* With an output that keeps any axis but no symmetry every element is an orbit. An extent of 0 that
   symmetry does not move is left out, as 0.4.3 has it. */
fm_status fm_acc_output_orbits(int ndim, const int64_t *shape, const fm_axis_action *action,
                               fm_axis_set axes, fm_u128 *orbits, bool *large) {
    int64_t kept[FM_MAX_NDIM] = {0}, others[FM_MAX_NDIM];
    int count = 0, nothers = 0;
    fm_axis_action rest;
    bool left;
    for (int i = 0; i < ndim; i++)
        if (!(axes >> i & 1)) kept[count++] = shape[i];
    *large = action->large;
    if (!fm_u128_extents(count, kept, orbits)) return FM_ERR_OVERFLOW;
    if (count == 0 || action->large) return FM_OK;
    FM_TRY(fm_axis_action_reduce(action, axes, &rest, &left));
    if (!left) return FM_OK;
    for (int i = 0; i < count; i++) {
        bool moves = false;
        for (uint32_t m = 0; m < rest.elements.count; m++)
            moves = moves || fm_maps_at(&rest.elements, m)[i] != i;
        if (!moves) others[nothers++] = kept[i];
        if (!moves) kept[i] = 1;
    }
    fm_u128 remaining;
    fm_status status = fm_maps_orbits(&rest.elements, kept, orbits);
    if (status != FM_OK) return status;
    if (!fm_u128_extents(nothers, others, &remaining)) return FM_ERR_OVERFLOW;
    return fm_u128_mul(*orbits, remaining > 0 ? remaining : 1, orbits) ? FM_OK : FM_ERR_OVERFLOW;
}

/* Every axis is a label of its own, those of the set are summed. */
static fm_status count(fm_acc *acc, int ndim, const int64_t *shape, const fm_axis_action *action,
                       fm_axis_set axes, fm_acc_count *out) {
    fm_acc_expression *x = fm_arena_get(&acc->arena, sizeof *x);
    if (!x) return FM_ERR_MEMORY;
    x->term = fm_arena_get(&acc->arena, sizeof *x->term);
    if (!x->term) return FM_ERR_MEMORY;
    fm_label_set keep = 0;
    x->term[0].ndim = ndim;
    x->term[0].action = action;
    for (int i = 0; i < ndim; i++) {
        x->term[0].label[i] = (uint8_t)i;
        x->size[i] = shape[i];
        if (!(axes >> i & 1)) keep |= (fm_label_set)1 << i;
    }
    return fm_acc_flat(acc, x, 1, x->term, NULL, keep, out);
}

/* What 0.4.3 charges where it cannot count: whole lines of the summed axes. */
static fm_status as_dense(fm_acc_reduction *out) {
    fm_u128 line = out->outs > 0 ? out->dense / out->outs : 0, sums;
    if (!fm_u128_mul(out->outs, line > 0 ? line - 1 : 0, &sums) || sums >> 126 != 0)
        return FM_ERR_OVERFLOW;
    out->fallback = true;
    out->sums = (fm_i128)sums;
    return FM_OK;
}

fm_status fm_acc_reduce(fm_acc *acc, int ndim, const int64_t *shape, const fm_axis_action *action,
                        fm_axis_set axes, fm_acc_reduction *out) {
    bool large;
    *out = (fm_acc_reduction){0};
    if (!fm_u128_extents(ndim, shape, &out->dense)) return FM_ERR_OVERFLOW;
    bool many = ndim > LETTERS;
    FM_TRY(fm_acc_output_orbits(ndim, shape, many ? &(fm_axis_action){.large = true} : action, axes,
                                &out->outs, &large));
    if (axes == 0) return FM_OK;
    if (many) return as_dense(out);
    FM_TRY(count(acc, ndim, shape, action, axes, &out->count));
    out->counted = !out->count.large;
    if (!out->count.known) return as_dense(out);
    if (out->count.sums >> 126 != 0 || out->outs >> 126 != 0) return FM_ERR_OVERFLOW;
    out->sums = (fm_i128)out->count.sums - (fm_i128)out->outs;
    return FM_OK;
}

/* Where no axis is summed the two are the same; where the count falls back to that without symmetry
   the accumulations are what that leaves above the orbits. */
fm_status fm_count_reduction(const fm_symmetry *symmetry, fm_extents shape, fm_axis_set axes,
                             fm_u128 *accumulations, fm_u128 *orbits, bool *fell_back) {
    fm_acc acc;
    fm_axis_action action;
    fm_acc_reduction reduction = {0};
    fm_acc_open(&acc, fm_accumulation_partition_limit(), NULL);
    fm_status status =
        fm_axis_action_of(&acc.arena, symmetry, shape.ndim, acc.group_limit, &action);
    if (status == FM_OK)
        status = fm_acc_reduce(&acc, shape.ndim, shape.dims, &action, axes, &reduction);
    fm_acc_close(&acc);
    if (status != FM_OK) return status;
    *orbits = reduction.outs;
    *fell_back = reduction.fallback;
    *accumulations = reduction.counted && !reduction.fallback
                         ? reduction.count.sums
                         : reduction.outs + (fm_u128)reduction.sums;
    return FM_OK;
}
