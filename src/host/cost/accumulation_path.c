/* An expression counted as a whole, and step by step along its path. */
#include "cost/accumulation.h"

#include <string.h>

/* Operands and results by single-assignment id. */
typedef struct node {
    bool live;
    uint64_t subset; /* the operands it is made of */
    fm_label_set set;
    fm_acc_term term;        /* without symmetry where it is a result */
    fm_acc_subset *symmetry; /* NULL until it is asked for */
} node;

typedef struct walk {
    fm_acc *acc;
    fm_acc_result *result;
    const fm_acc_expression *x;
    int count;
    node *node;                                     /* [2 * nterms - 1] */
    const fm_axis_action *none[FM_EINSUM_NDIM + 1]; /* the identity by number of axes */
} walk;

static fm_status symmetry_of(walk *w, node *n) {
    if (n->symmetry) return FM_OK;
    n->symmetry = fm_arena_get(&w->acc->arena, sizeof *n->symmetry);
    if (!n->symmetry) return FM_ERR_MEMORY;
    return fm_acc_subset_find(w->acc, w->x, n->subset, n->symmetry);
}

static fm_status identity_of(walk *w, int ndim, const fm_axis_action **out) {
    if (!w->none[ndim]) {
        fm_axis_action *action = fm_arena_get(&w->acc->arena, sizeof *action);
        if (!action) return FM_ERR_MEMORY;
        FM_TRY(fm_axis_action_of(&w->acc->arena, NULL, ndim, w->acc->group_limit, action));
        w->none[ndim] = action;
    }
    *out = w->none[ndim];
    return FM_OK;
}

/* The action on the term's axes that its labels' permutations are; of a label that stands twice its
   last axis is meant, as 0.4.3 has it. */
static fm_status act_by_labels(walk *w, const fm_acc_subset *symmetry, fm_acc_term *term) {
    fm_maps generators = {.arena = &w->acc->arena, .width = (uint32_t)term->ndim};
    fm_axis_action *action = fm_arena_get(&w->acc->arena, sizeof *action);
    if (!action) return FM_ERR_MEMORY;
    for (uint32_t m = 1; m < symmetry->outer.count; m++) {
        uint8_t map[FM_EINSUM_NDIM];
        for (int axis = 0; axis < term->ndim; axis++) {
            map[axis] = (uint8_t)axis;
            for (int i = 0; i < symmetry->nout; i++) {
                if (symmetry->label[i] != term->label[axis]) continue;
                uint8_t target = symmetry->label[fm_maps_at(&symmetry->outer, m)[i]];
                for (int to = 0; to < term->ndim; to++)
                    if (term->label[to] == target) map[axis] = (uint8_t)to;
            }
        }
        if (!fm_maps_add(&generators, map, NULL)) return FM_ERR_MEMORY;
    }
    term->action = action;
    return fm_axis_action_close(&generators, w->acc->group_limit, action);
}

/* Place among the live nodes. */
static int position_of(const walk *w, int id) {
    int position = 0;
    for (int i = 0; i < id; i++) position += w->node[i].live;
    return position;
}

/* The labels of both, each once and in order, that are kept. */
static void unite(const fm_acc_term term[2], fm_label_set keep, fm_acc_term *out) {
    for (int t = 0; t < 2; t++)
        for (int i = 0; i < term[t].ndim; i++) {
            fm_label_set bit = (fm_label_set)1 << term[t].label[i];
            if ((keep & bit) == 0) continue;
            keep &= ~bit;
            out->label[out->ndim++] = term[t].label[i];
        }
}

static fm_label_set kept_labels(const walk *w, const node *a, const node *b) {
    fm_label_set keep = w->x->out_set;
    for (int i = 0; i < w->count; i++)
        if (w->node[i].live && &w->node[i] != a && &w->node[i] != b) keep |= w->node[i].set;
    return keep & (a->set | b->set);
}

/* Whether both are operands that are the same tensor. */
static bool are_same(const walk *w, const node *a, const node *b) {
    int i = (int)(a - w->node), j = (int)(b - w->node);
    return i < w->x->nterms && j < w->x->nterms && w->x->same[i] == w->x->same[j];
}

/* What was summed early counts where it is positive. */
static void add_early(fm_acc_step *step) {
    fm_i128 early = 0;
    for (int e = 0; e < step->nearly; e++) early += step->early[e].reduction.sums;
    if (early > 0) step->total += early;
}

/* The nodes' terms as the step sees them: summed early by their own symmetry, or acting by what is
   known of the operands that they are made of. */
static fm_status prepare(walk *w, node *const pair[2], fm_label_set keep, fm_acc_term term[2],
                         int same[2], fm_acc_step *step) {
    bool summed[2] = {false, false};
    for (int i = 0; i < 2; i++) term[i] = pair[i]->term;
    same[0] = 0;
    same[1] = are_same(w, pair[0], pair[1]) ? 0 : 1;
    FM_TRY(fm_acc_sum_early(w->acc, w->x, term, same, keep, step));
    for (int e = 0; e < step->nearly; e++) summed[step->early[e].operand] = true;
    for (int i = 0; i < 2; i++) {
        if (summed[i]) continue;
        FM_TRY(symmetry_of(w, pair[i]));
        if (pair[i]->symmetry->large)
            w->result->fallback = true;
        else
            FM_TRY(act_by_labels(w, pair[i]->symmetry, &term[i]));
    }
    return FM_OK;
}

/* The later of the two comes first, as opt_einsum takes operands out of its list. */
static fm_status take_step(walk *w, fm_einsum_pair ids, fm_acc_step *step) {
    int high = ids.left > ids.right ? ids.left : ids.right, low = ids.left + ids.right - high;
    node *pair[2] = {&w->node[high], &w->node[low]}, *made = &w->node[w->count];
    fm_acc_term term[2];
    int same[2];
    fm_label_set keep = kept_labels(w, pair[0], pair[1]);
    step->position[0] = position_of(w, low);
    step->position[1] = position_of(w, high);
    *made = (node){.live = true, .subset = pair[0]->subset | pair[1]->subset, .set = keep};
    unite((fm_acc_term[]){pair[0]->term, pair[1]->term}, keep, &made->term);
    FM_TRY(identity_of(w, made->term.ndim, &made->term.action));
    FM_TRY(prepare(w, pair, keep, term, same, step));
    FM_TRY(symmetry_of(w, made));
    if (made->symmetry->large) w->result->fallback = true;
    if (w->result->fallback) return FM_OK;
    FM_TRY(fm_acc_step_count(w->acc, w->x, term, same, keep, made->symmetry, step));
    add_early(step);
    pair[0]->live = pair[1]->live = false;
    w->count++;
    return FM_OK;
}

static fm_status walk_path(fm_acc *acc, const fm_einsum *e, fm_acc_result *out) {
    fm_einsum_pair path[FM_EINSUM_OPERANDS];
    walk *w = fm_arena_get(&acc->arena, sizeof *w);
    if (!w) return FM_ERR_MEMORY;
    w->node = fm_arena_get(&acc->arena, (2 * (size_t)e->nterms - 1) * sizeof *w->node);
    if (!w->node) return FM_ERR_MEMORY;
    FM_TRY(fm_einsum_auto_path(e, path));
    w->acc = acc;
    w->result = out;
    w->x = out->x;
    for (int i = 0; i < e->nterms; i++)
        w->node[w->count++] = (node){.live = true,
                                     .subset = (uint64_t)1 << i,
                                     .set = out->x->set[i],
                                     .term = out->x->term[i]};
    out->nsteps = e->nterms - 1;
    out->total = 0;
    for (int s = 0; s < out->nsteps && !out->fallback; s++) {
        FM_TRY(take_step(w, path[s], &out->step[s]));
        out->total += out->step[s].total;
        if (out->total >> 125 != 0 && out->total >> 125 != -1) return FM_ERR_OVERFLOW;
    }
    return FM_OK;
}

/* Two operands: what only one has is summed first, then the rest at once. */
static fm_status two_operands(fm_acc *acc, fm_acc_result *out) {
    fm_acc_term term[2] = {out->x->term[0], out->x->term[1]};
    int same[2] = {0, out->x->same[1]};
    fm_acc_step *step = &out->step[0];
    out->nsteps = 1;
    step->position[1] = 1;
    FM_TRY(fm_acc_sum_early(acc, out->x, term, same, out->x->out_set, step));
    if (step->nearly == 0)
        fm_acc_step_take(term, out->x->out_set, &out->whole, step);
    else
        FM_TRY(fm_acc_step_count(acc, out->x, term, same, out->x->out_set, NULL, step));
    for (int e = 0; e < step->nearly; e++) step->total += step->early[e].reduction.sums;
    out->total = step->total;
    return FM_OK;
}

static fm_status charge_dense(fm_acc_result *out) {
    fm_u128 total;
    out->fallback = true;
    out->nsteps = 0;
    if (out->uncounted || !fm_u128_mul(out->whole.dense, (fm_u128)out->x->nterms, &total) ||
        total >> 126 != 0)
        return FM_ERR_OVERFLOW;
    out->total = (fm_i128)total;
    return FM_OK;
}

fm_status fm_acc_evaluate(fm_acc *acc, const fm_einsum *e, const fm_symmetry *const *symmetry,
                          const int *same, fm_acc_result *out) {
    *out = (fm_acc_result){.x = fm_arena_get(&acc->arena, sizeof *out->x)};
    out->step = fm_arena_get(&acc->arena, (size_t)e->nterms * sizeof *out->step);
    if (!out->x || !out->step) return FM_ERR_MEMORY;
    FM_TRY(fm_acc_read(acc, e, symmetry, same, out->x));
    fm_status status = fm_acc_flat(acc, out->x, e->nterms, out->x->term, out->x->same,
                                   out->x->out_set, &out->whole);
    out->uncounted = status == FM_ERR_OVERFLOW && e->nterms > 2;
    if (status != FM_OK && !out->uncounted) return status;
    out->total = out->whole.total;
    if (out->whole.large) return charge_dense(out);
    if (e->nterms == 1) return FM_OK;
    if (e->nterms == 2) return two_operands(acc, out);
    FM_TRY(walk_path(acc, e, out));
    return out->fallback ? charge_dense(out) : FM_OK;
}
