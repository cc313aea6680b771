/* Geometry of a contraction: its labels sorted into the axes of a matrix product, and whether the
   labels of one such axis are a single stride of an operand; for both backends. */
#ifndef FM_SCALAR_FOLD_H
#define FM_SCALAR_FOLD_H

#include "core/params.h"
#include "scalar/index.h"

#include <stdbool.h>
#include <stddef.h>

/* The axes of C[batch, m, n] = sum over k of A[batch, m, k] B[batch, k, n]. Besides, a label may be
   summed within one operand alone, or stand in the output alone, which is then the same along it.
 */
typedef enum fm_fold_axis {
    FM_FOLD_BATCH,
    FM_FOLD_M,
    FM_FOLD_N,
    FM_FOLD_K,
    FM_FOLD_SUM_A,
    FM_FOLD_SUM_B,
    FM_FOLD_REPEAT,
    FM_FOLD_AXES
} fm_fold_axis;

typedef enum fm_fold_operand { FM_FOLD_A, FM_FOLD_B, FM_FOLD_C } fm_fold_operand;

/* Labels sorted by axis, those of axis x being first[x] to first[x + 1] - 1, outermost first.
   Labels of extent 1 are dropped. extent: the product of an axis's extents, 1 if it has none. */
typedef struct fm_fold {
    int first[FM_FOLD_AXES + 1];
    int64_t extent[FM_FOLD_AXES];
    fm_contract_label label[FM_MAX_NDIM];
} fm_fold;

static inline fm_fold_axis fm_fold_axis_of(const fm_contract_label *l) {
    if (l->in_c) {
        if (l->in_a && l->in_b) return FM_FOLD_BATCH;
        return l->in_a ? FM_FOLD_M : l->in_b ? FM_FOLD_N : FM_FOLD_REPEAT;
    }
    if (l->in_a && l->in_b) return FM_FOLD_K;
    return l->in_a ? FM_FOLD_SUM_A : FM_FOLD_SUM_B;
}

static inline int64_t fm_fold_label_stride(const fm_contract_label *l, fm_fold_operand operand) {
    return operand == FM_FOLD_A ? l->a : operand == FM_FOLD_B ? l->b : l->c;
}

/* The operand by whose strides the labels of an axis are ordered: the output where it has them. */
static inline fm_fold_operand fm_fold_leader(fm_fold_axis axis) {
    if (axis == FM_FOLD_K || axis == FM_FOLD_SUM_A) return FM_FOLD_A;
    return axis == FM_FOLD_SUM_B ? FM_FOLD_B : FM_FOLD_C;
}

static inline int64_t fm_fold_reach(const fm_contract_label *l, fm_fold_operand operand) {
    int64_t stride = fm_fold_label_stride(l, operand);
    return stride < 0 ? -stride : stride;
}

/* Orders the labels of an axis by falling stride of that operand. */
static inline void fm_fold_order(fm_fold *fold, fm_fold_axis axis, fm_fold_operand leader) {
    for (int i = fold->first[axis] + 1; i < fold->first[axis + 1]; i++) {
        const fm_contract_label l = fold->label[i];
        int at = i;
        for (; at > fold->first[axis] &&
               fm_fold_reach(&fold->label[at - 1], leader) < fm_fold_reach(&l, leader);
             at--)
            fold->label[at] = fold->label[at - 1];
        fold->label[at] = l;
    }
}

/* Whether labels first to end - 1, neighbours of one axis, are one stride of that operand, which
 *stride then is: 0 where there is none. */
static inline bool fm_fold_run_joins(const fm_fold *fold, int first, int end,
                                     fm_fold_operand operand, int64_t *stride) {
    *stride = first < end ? fm_fold_label_stride(&fold->label[end - 1], operand) : 0;
    for (int i = first; i + 1 < end; i++) {
        const fm_contract_label *inner = &fold->label[i + 1];
        if (fm_fold_label_stride(&fold->label[i], operand) !=
            fm_fold_label_stride(inner, operand) * inner->extent)
            return false;
    }
    return true;
}

/* The same of all labels of an axis. */
static inline bool fm_fold_joins(const fm_fold *fold, fm_fold_axis axis, fm_fold_operand operand,
                                 int64_t *stride) {
    return fm_fold_run_joins(fold, fold->first[axis], fold->first[axis + 1], operand, stride);
}

/* Sorts the labels of a contraction whose extents are all positive. Summed labels go by b where
   those of a do not join, so that one of the two may stay as it lies. */
static inline void fm_fold_sort(const fm_contract_params *params, fm_fold *fold) {
    int64_t stride;
    int n = 0;
    for (int x = 0; x < FM_FOLD_AXES; x++) {
        const fm_fold_axis axis = (fm_fold_axis)x;
        fold->first[x] = n;
        fold->extent[x] = 1;
        for (int i = 0; i < params->nlabels; i++) {
            const fm_contract_label *l = &params->label[i];
            if (l->extent == 1 || fm_fold_axis_of(l) != axis) continue;
            fold->label[n++] = *l;
            fold->extent[x] *= l->extent;
        }
        fold->first[x + 1] = n;
        fm_fold_order(fold, axis, fm_fold_leader(axis));
    }
    if (!fm_fold_joins(fold, FM_FOLD_K, FM_FOLD_A, &stride))
        fm_fold_order(fold, FM_FOLD_K, FM_FOLD_B);
}

/* Moves labels first to end - 1, all of the output, into the batch, where an operand that lacks
   one does not move: more and smaller products, which may need no packing. */
static inline void fm_fold_to_batch(fm_fold *fold, int first, int end) {
    fm_contract_params all = {0};
    if (first == end) return;
    all.nlabels = fold->first[FM_FOLD_AXES];
    for (int i = 0; i < all.nlabels; i++) all.label[i] = fold->label[i];
    for (int i = first; i < end; i++) all.label[i].in_a = all.label[i].in_b = 1;
    fm_fold_sort(&all, fold);
}

/* Elements of a run that lies side by side in the output from which on it is kept, however long
   another is: products along another would have to be copied to their places. */
enum { FM_FOLD_SHORT = 16 };

/* Leaves in the axis a run that is one axis of the output, the one of most elements or one that
   lies side by side; the other labels go to the batch, as the operand that lacks them has stride 0
   along them. */
static inline void fm_fold_keep_run(fm_fold *fold, fm_fold_axis axis) {
    const int first = fold->first[axis], end = fold->first[axis + 1];
    int best = first, best_end = first;
    int64_t stride, most = 0;
    bool best_lies = false;
    for (int from = first; from < end; from++) {
        int64_t size = 1;
        for (int to = from + 1; to <= end && fm_fold_run_joins(fold, from, to, FM_FOLD_C, &stride);
             to++) {
            const bool is_inner = fm_fold_reach(&fold->label[to - 1], FM_FOLD_C) == 1;
            size *= fold->label[to - 1].extent;
            const bool lies = is_inner && size >= FM_FOLD_SHORT;
            const int64_t worth = 2 * size + is_inner;
            if (lies < best_lies || (lies == best_lies && worth <= most)) continue;
            most = worth;
            best_lies = lies;
            best = from;
            best_end = to;
        }
    }
    fm_fold_to_batch(fold, best_end, end);
    const int moved = fold->first[axis] - first;
    fm_fold_to_batch(fold, first + moved, best + moved);
}

/* Elements of a label from which on sums run along it. */
enum { FM_FOLD_ACROSS = 8 };

/* Whether products of a matrix with a vector are best summed side by side: the output's innermost
   label is one of the batch and has its elements side by side in all three operands. Its matrices
   would have to be packed. */
static inline bool fm_fold_runs_across(const fm_fold *fold) {
    const int end = fold->first[FM_FOLD_BATCH + 1];
    int64_t stride;
    if (fold->first[FM_FOLD_BATCH] == end) return false;
    if (fold->extent[FM_FOLD_M] != 1 && fold->extent[FM_FOLD_N] != 1) return false;
    if (fold->extent[FM_FOLD_SUM_A] != 1 || fold->extent[FM_FOLD_SUM_B] != 1) return false;
    if (fold->extent[FM_FOLD_K] == 1 || !fm_fold_joins(fold, FM_FOLD_K, FM_FOLD_A, &stride) ||
        !fm_fold_joins(fold, FM_FOLD_K, FM_FOLD_B, &stride))
        return false;
    const fm_contract_label *inner = &fold->label[end - 1];
    return inner->extent >= FM_FOLD_ACROSS && inner->a == 1 && inner->b == 1 && inner->c == 1;
}

/* Gives the labels of an operand the strides of a block in which they follow one another in the
   order of the axes listed, the last of them contiguous, as packing it leaves them. A batch label
   along which the operand does not move stays so. Returns the block's elements. */
static inline int64_t fm_fold_pack(fm_fold *fold, fm_fold_operand operand, int naxes,
                                   const fm_fold_axis *axes) {
    int64_t stride = 1;
    for (int x = naxes - 1; x >= 0; x--)
        for (int i = fold->first[axes[x] + 1] - 1; i >= fold->first[axes[x]]; i--) {
            fm_contract_label *l = &fold->label[i];
            int64_t *to = operand == FM_FOLD_A ? &l->a : operand == FM_FOLD_B ? &l->b : &l->c;
            if (axes[x] == FM_FOLD_BATCH && *to == 0) continue;
            *to = stride;
            stride *= l->extent;
        }
    return stride;
}

/* The labels of those axes as an index over one operand in two foldings that differ in its strides
   alone, those of `from` first, such as before and after packing. */
static inline void fm_fold_index(fm_index *index, const fm_fold *from, const fm_fold *to,
                                 fm_fold_operand operand, int naxes, const fm_fold_axis *axes) {
    fm_index_begin(index, 0, NULL);
    index->noperands = 2;
    for (int x = 0; x < naxes; x++)
        for (int i = from->first[axes[x]]; i < from->first[axes[x] + 1]; i++) {
            const int64_t there = fm_fold_label_stride(&to->label[i], operand);
            if (axes[x] == FM_FOLD_BATCH && there == 0) continue;
            const int d = index->ndim++;
            index->extent[d] = from->label[i].extent;
            index->stride[0][d] = fm_fold_label_stride(&from->label[i], operand);
            index->stride[1][d] = there;
            index->size *= index->extent[d];
        }
}

#endif
