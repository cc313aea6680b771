/* The order of the labels of a result between two contractions: of a few candidates the one with
   which the step that makes it and the step that reads it take least time. */
#include "ops/einsum.h"
#include "scalar/chain.h"
#include "scalar/fold.h"

/* A guess at time, in multiply-adds: a call of a product, an element that is moved, and a product
   of which one extent is so small that its multiply-adds take longer; without a sum, a row and an
   element that is gathered. */
static const double CALL = 2000, MOVE = 12, NARROW = 16, ROW = 100, GATHER = 6;

/* Whether an operand's axes are each one, and one of them has its elements side by side. */
static bool lies_well(const fm_fold *fold, fm_fold_operand which, fm_fold_axis x, fm_fold_axis y) {
    int64_t sx, sy;
    if (!fm_fold_joins(fold, x, which, &sx) || !fm_fold_joins(fold, y, which, &sy)) return false;
    return sx == 1 || sy == 1 || fold->extent[x] == 1 || fold->extent[y] == 1;
}

static double extent_of(const fm_fold *fold, fm_fold_axis axis) {
    return (double)fold->extent[axis];
}

/* What copying an operand to where its axes x and y lie well takes. */
static double time_to_move(const fm_fold *fold, fm_fold_operand which, fm_fold_axis x,
                           fm_fold_axis y) {
    if (lies_well(fold, which, x, y)) return 0;
    double elements = extent_of(fold, x) * extent_of(fold, y);
    for (int i = fold->first[FM_FOLD_BATCH]; i < fold->first[FM_FOLD_BATCH + 1]; i++)
        if (fm_fold_label_stride(&fold->label[i], which) != 0)
            elements *= (double)fold->label[i].extent;
    return MOVE * elements;
}

/* A product without a sum goes row by row along the output's innermost label; an operand that has
   gaps there is gathered. */
static double time_without_sum(const fm_fold *fold) {
    const fm_contract_label *inner = NULL;
    double elements = 1;
    for (int i = 0; i < fold->first[FM_FOLD_K]; i++) {
        const fm_contract_label *l = &fold->label[i];
        elements *= (double)l->extent;
        if (inner == NULL || fm_fold_reach(l, FM_FOLD_C) < fm_fold_reach(inner, FM_FOLD_C))
            inner = l;
    }
    if (inner == NULL) return CALL;
    const int gathered = (inner->a != 0 && inner->a != 1) + (inner->b != 0 && inner->b != 1);
    return CALL + elements * (1 + GATHER * gathered) + ROW * elements / (double)inner->extent;
}

static double time_of(const fm_contract_params *labels) {
    fm_fold fold;
    fm_fold_sort(labels, &fold);
    if (fold.first[FM_FOLD_K] == fold.first[FM_FOLD_K + 1]) return time_without_sum(&fold);
    fm_fold_keep_run(&fold, FM_FOLD_M);
    fm_fold_keep_run(&fold, FM_FOLD_N);
    double m = extent_of(&fold, FM_FOLD_M), n = extent_of(&fold, FM_FOLD_N);
    double k = extent_of(&fold, FM_FOLD_K), batch = extent_of(&fold, FM_FOLD_BATCH);
    double time = batch * m * n * k, narrow = m < n ? m : n;
    if (fm_fold_runs_across(&fold)) return time + CALL;
    if (narrow < NARROW) time *= NARROW / (narrow > 4 ? narrow : 4);
    time += CALL * batch;
    time += time_to_move(&fold, FM_FOLD_A, FM_FOLD_M, FM_FOLD_K);
    time += time_to_move(&fold, FM_FOLD_B, FM_FOLD_K, FM_FOLD_N);
    time += time_to_move(&fold, FM_FOLD_C, FM_FOLD_M, FM_FOLD_N);
    return time;
}

static double time_of_step(const fm_chain_params *chain, int step,
                           const fm_layout *const *layouts) {
    fm_contract_params labels;
    const fm_layout *operand[2];
    for (int i = 0; i < 2; i++)
        operand[i] = chain->pair[step][i] < chain->ninputs ? layouts[chain->pair[step][i]] : NULL;
    fm_chain_labels(chain, step, operand[0], operand[1], &labels);
    return time_of(&labels);
}

static bool has(const fm_chain_params *chain, int node, int label) {
    const fm_chain_node *n = &chain->node[node];
    for (int d = 0; d < n->ndim; d++)
        if (n->label[d] == label) return true;
    return false;
}

/* Adds the labels of `from`, in its order, that the result has, `in` has or has not, and that are
   not yet there. */
static void add(const fm_chain_params *chain, int result, int from, int in, bool wanted,
                fm_chain_node *to) {
    const fm_chain_node *source = &chain->node[from];
    for (int d = 0; d < source->ndim; d++) {
        const int label = source->label[d];
        bool there = false;
        for (int i = 0; i < to->ndim; i++) there |= to->label[i] == label;
        if (!there && has(chain, result, label) && has(chain, in, label) == wanted)
            to->label[to->ndim++] = (uint8_t)label;
    }
}

/* Candidates 0 and 1: as the product is made, labels of both operands, then those of the one and of
   the other. 2 to 5: as it is read, labels of all three, then those that stay and those that are
   summed, or the other way, in the order of the operands or of the partner. */
static void candidate(const fm_chain_params *chain, int step, int later, int number,
                      fm_chain_node *to) {
    const int result = chain->ninputs + step, out = chain->ninputs + later;
    const int a = chain->pair[step][number & 1], b = chain->pair[step][1 - (number & 1)];
    to->ndim = 0;
    if (number >= 2) {
        const int partner =
            chain->pair[later][0] == result ? chain->pair[later][1] : chain->pair[later][0];
        const bool summed_last = number < 4;
        add(chain, result, partner, out, true, to);
        for (int part = 0; part < 2; part++) {
            const bool in_partner = (part == 1) == summed_last;
            if (in_partner) add(chain, result, partner, out, false, to);
            if (!in_partner) {
                add(chain, result, a, partner, false, to);
                add(chain, result, b, partner, false, to);
            }
        }
    }
    add(chain, result, a, b, true, to);
    add(chain, result, a, b, false, to);
    add(chain, result, b, a, false, to);
}

void fm_einsum_order(fm_chain_params *chain, int step, int later, const fm_layout *const *layouts) {
    fm_chain_node *node = &chain->node[chain->ninputs + step];
    fm_chain_node best = *node;
    double least = 0;
    for (int number = 0; number < 6; number++) {
        fm_chain_node trial;
        candidate(chain, step, later, number, &trial);
        const fm_chain_node before = *node;
        *node = trial;
        double time = time_of_step(chain, step, layouts) + time_of_step(chain, later, layouts);
        *node = before;
        if (number > 0 && time >= least) continue;
        least = time;
        best = trial;
    }
    *node = best;
}
