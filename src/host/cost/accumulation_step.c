/* One pairwise contraction: what is summed before it, and the cheapest of three counts. */
#include "cost/accumulation.h"

#include <string.h>

static fm_label_set labels_of(const fm_acc_term *term) {
    fm_label_set set = 0;
    for (int i = 0; i < term->ndim; i++) set |= (fm_label_set)1 << term->label[i];
    return set;
}

/* A sum before a step goes by the setting, whatever limit was asked with, as 0.4.3 has it. */
static fm_status count_early(fm_acc *acc, int ndim, const int64_t *shape,
                             const fm_axis_action *action, fm_axis_set axes,
                             fm_acc_reduction *reduction) {
    const uint64_t asked = acc->partition_limit;
    acc->partition_limit = fm_accumulation_partition_limit();
    fm_status status = fm_acc_reduce(acc, ndim, shape, action, axes, reduction);
    acc->partition_limit = asked;
    return status;
}

static fm_status sum_term(fm_acc *acc, const fm_acc_expression *x, fm_acc_term *term,
                          fm_label_set only, fm_acc_early *early) {
    int64_t shape[FM_EINSUM_NDIM];
    fm_axis_set axes = 0;
    fm_axis_action *action = fm_arena_get(&acc->arena, sizeof *action);
    bool left;
    if (!action) return FM_ERR_MEMORY;
    early->removed = only;
    for (int i = 0; i < term->ndim; i++) {
        shape[i] = x->size[term->label[i]];
        if ((only >> term->label[i] & 1) != 0)
            axes |= (fm_axis_set)1 << i;
        else
            early->left.label[early->left.ndim++] = term->label[i];
    }
    FM_TRY(count_early(acc, term->ndim, shape, term->action, axes, &early->reduction));
    FM_TRY(fm_axis_action_reduce(term->action, axes, action, &left));
    if (!left)
        FM_TRY(fm_axis_action_of(&acc->arena, NULL, early->left.ndim, acc->group_limit, action));
    early->left.action = action;
    *term = early->left;
    return FM_OK;
}

fm_status fm_acc_sum_early(fm_acc *acc, const fm_acc_expression *x, fm_acc_term term[2],
                           int same[2], fm_label_set keep, fm_acc_step *step) {
    fm_label_set set[2] = {labels_of(&term[0]), labels_of(&term[1])};
    for (int i = 0; i < 2; i++) {
        fm_label_set only = set[i] & ~set[1 - i] & ~keep;
        if (only == 0) continue;
        fm_acc_early *early = &step->early[step->nearly++];
        early->operand = i;
        FM_TRY(sum_term(acc, x, &term[i], only, early));
    }
    if (term[0].ndim != term[1].ndim) same[1] = 1;
    return FM_OK;
}

static bool extents(const fm_acc_expression *x, int count, const uint8_t *label, int64_t *size,
                    fm_u128 *all) {
    for (int i = 0; i < count; i++) size[i] = x->size[label[i]];
    return fm_u128_extents(count, size, all);
}

/* Takes the count where it is less than the step's. */
static void offer(fm_acc_step *step, fm_acc_source source, fm_u128 mu, fm_u128 sums, fm_u128 outs) {
    fm_u128 sum;
    if (!fm_u128_add(mu, sums, &sum) || sum >> 126 != 0 || outs > sum) return;
    fm_i128 total = (fm_i128)(sum - outs);
    if (total >= step->total) return;
    step->source = source;
    step->total = total;
    step->mu = mu;
    step->sums = sums;
    step->outs = outs;
}

/* Orbits of the whole step under the symmetry of both operands together: only where the step still
   has every label of what it contracts. */
static fm_status offer_joint(const fm_acc_expression *x, const fm_acc_subset *both,
                             fm_label_set labels, fm_acc_step *step) {
    uint8_t kept[FM_LABELS_MOST];
    int64_t size[FM_LABELS_MOST];
    int count = 0, nout = 0;
    fm_label_set left = 0;
    fm_u128 points, outs;
    fm_maps joint, outer;
    for (int i = 0; i < both->nlabels; i++) {
        bool removed = false;
        for (int e = 0; e < step->nearly; e++)
            removed = removed || (step->early[e].removed >> both->label[i] & 1) != 0;
        if (removed) continue;
        left |= (fm_label_set)1 << both->label[i];
        size[count] = x->size[both->label[i]];
        nout += i < both->nout;
        kept[count++] = (uint8_t)i;
    }
    if (left != labels || count == 0) return FM_OK;
    FM_TRY(fm_maps_restrict(&both->joint, count, kept, &joint));
    if (joint.count <= 1) return FM_OK;
    for (int i = 0; i < nout; i++) kept[i] = (uint8_t)i;
    FM_TRY(fm_maps_restrict(&joint, nout, kept, &outer));
    fm_status status = fm_maps_orbits(&joint, size, &points);
    if (status == FM_OK) status = fm_maps_orbits(&outer, size, &outs);
    if (status == FM_OK) offer(step, FM_ACC_JOINT, points, points, outs);
    return status == FM_ERR_SHAPE ? FM_OK : status;
}

/* A full sum for each orbit of the output. */
static fm_status offer_output(const fm_acc_expression *x, const fm_acc_subset *both,
                              fm_label_set labels, fm_label_set keep, fm_acc_step *step) {
    int64_t size[FM_LABELS_MOST];
    uint8_t summed[FM_LABELS_MOST];
    int count = 0;
    fm_u128 dense, orbits, line, pairs;
    if (both->outer.count <= 1) return FM_OK;
    for (int l = 0; l < x->nlabels; l++)
        if ((labels & ~keep) >> l & 1) summed[count++] = (uint8_t)l;
    if (!extents(x, count, summed, size, &line) ||
        !extents(x, both->nout, both->label, size, &dense))
        return FM_ERR_OVERFLOW;
    fm_status status = fm_maps_orbits(&both->outer, size, &orbits);
    if (status != FM_OK) return status == FM_ERR_SHAPE ? FM_OK : status;
    if (orbits == 0 || orbits >= dense || line == 0) return FM_OK;
    if (!fm_u128_mul(orbits, line, &pairs)) return FM_ERR_OVERFLOW;
    offer(step, FM_ACC_OUTPUT, pairs, pairs, orbits);
    return FM_OK;
}

void fm_acc_step_take(const fm_acc_term term[2], fm_label_set keep, const fm_acc_count *count,
                      fm_acc_step *step) {
    fm_label_set labels = labels_of(&term[0]) | labels_of(&term[1]);
    step->count = *count;
    step->sums_label = (labels & ~keep) != 0;
    step->mu = step->count.mu;
    step->sums = step->count.sums;
    step->outs = step->count.outs;
    step->total = step->count.total;
}

fm_status fm_acc_step_count(fm_acc *acc, const fm_acc_expression *x, const fm_acc_term term[2],
                            const int same[2], fm_label_set keep, const fm_acc_subset *both,
                            fm_acc_step *step) {
    fm_label_set labels = labels_of(&term[0]) | labels_of(&term[1]);
    fm_acc_count count;
    FM_TRY(fm_acc_flat(acc, x, 2, term, same, keep, &count));
    fm_acc_step_take(term, keep, &count, step);
    if (!both) return FM_OK;
    FM_TRY(offer_joint(x, both, labels, step));
    return offer_output(x, both, labels, keep, step);
}
