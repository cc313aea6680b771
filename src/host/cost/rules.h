/* Cost rules that op rows call: each adds the work of one primitive, from shapes alone.

   Every rule adds to the part named op, which is the name whose weight applies and lives as long as
   the work. Where work->faults is set the counts are flopscope 0.4.3's, floors and mistakes
   included; else they are the textbook's, in which empty work is 0. torch_mac is filled in both.
   The result is FM_OK or FM_ERR_OVERFLOW (a count beyond 128 bits). Shapes have been inferred, so
   they fit each other. */
#ifndef FM_COST_RULES_H
#define FM_COST_RULES_H

#include "core/symmetry.h"
#include "cost/work.h"

/* A shape as a rule reads it; borrowed. */
typedef struct fm_extents {
    int ndim;
    const int64_t *dims;
} fm_extents;

fm_axis_set fm_all_axes(int ndim);

/* Elementwise and counted copies (rules_map.c) */

/* 1 an output element: pointwise ops, samplers, concatenate and stack with the joined shape.
   out: output shape. Floor in 0.4.3: 1. */
FM_MUST_CHECK fm_status fm_cost_elementwise(fm_work *work, const char *op, fm_extents out);
/* As fm_cost_elementwise without a floor in 0.4.3: isnan, isfinite, isinf, nonzero, argwhere. */
FM_MUST_CHECK fm_status fm_cost_elements(fm_work *work, const char *op, fm_extents out);
/* n units, at least 1 in 0.4.3. */
FM_MUST_CHECK fm_status fm_cost_units(fm_work *work, const char *op, fm_u128 n);
/* No cost in any model: zeros, ones, eye, views, astype, copies that weigh 0. */
FM_MUST_CHECK fm_status fm_cost_free(fm_work *work, const char *op);
/* Free, but 0.4.3 charges the output's size: full, arange, linspace, indices, with floor array,
   full_like, linspace, meshgrid. */
FM_MUST_CHECK fm_status fm_cost_create(fm_work *work, const char *op, fm_extents out, bool floor);
/* where(condition, x, y): 1 an output element; 0.4.3: 1 an element of condition. */
FM_MUST_CHECK fm_status fm_cost_where(fm_work *work, const char *op, fm_extents condition,
                                      fm_extents out);
/* clip: 1 an output element; 0.4.3: 1 an element of a, at least 1. */
FM_MUST_CHECK fm_status fm_cost_clip(fm_work *work, const char *op, fm_extents a, fm_extents out);
/* n * ceil(log2 n), the logarithm at least 1: sort along n elements, lines times. Floor 1 in 0.4.3.
 */
FM_MUST_CHECK fm_status fm_cost_sort(fm_work *work, const char *op, fm_u128 n, fm_u128 lines);
/* m * ceil(log2 n), the logarithm at least 1: m places found among n sorted elements. 0.4.3: m is
   at least 1. */
FM_MUST_CHECK fm_status fm_cost_search(fm_work *work, const char *op, fm_u128 m, fm_u128 n);
/* shuffle, permutation of n: n * ceil(log2 n); 0.4.3: n, at least 1. */
FM_MUST_CHECK fm_status fm_cost_shuffle(fm_work *work, const char *op, fm_u128 n);

/* Fourier transforms (formulas_fft.c) */

/* count transforms over all axes of shape: 5 * size * sum of ceil(log2 extent); with half the size,
   rounded down, where the numbers are real. */
FM_MUST_CHECK fm_status fm_cost_transforms(fm_work *work, const char *op, fm_u128 count,
                                           fm_extents shape, int real);

/* Reductions (rules_reduce.c); axes are normalised; keepdims plays no part. symmetry: of the input,
   NULL for none; then prod(in) stands for the accumulations and prod(out) for the output orbits
   that it leaves distinct. FM_ERR_MEMORY too. */

/* prod(in) - prod(out): sum, prod, max, min, any, all, argmax, argmin, count_nonzero, cumsum,
   cumprod, ptp, average; var and std, whose weight is 2. Floor in 0.4.3: 1. */
FM_MUST_CHECK fm_status fm_cost_reduce(fm_work *work, const char *op, fm_extents in,
                                       const fm_symmetry *symmetry, fm_axis_set axes);
/* prod(in) - prod(out) additions and prod(out) divisions. No floor. */
FM_MUST_CHECK fm_status fm_cost_mean(fm_work *work, const char *op, fm_extents in,
                                     const fm_symmetry *symmetry, fm_axis_set axes);
/* prod(in): median, quantile, percentile; the extents of the axes once an output orbit. No floor.
 */
FM_MUST_CHECK fm_status fm_cost_order(fm_work *work, const char *op, fm_extents in,
                                      const fm_symmetry *symmetry, fm_axis_set axes);

/* Contractions (rules_contract.c, rules_vector.c). Textbook: 2 a multiply-add pair, 1 a product
   that is not summed. */

/* (m, k) x (k, n): the counts of one matrix product, batch times. */
FM_MUST_CHECK fm_status fm_cost_gemm(fm_work *work, const char *op, fm_u128 batch, fm_u128 m,
                                     fm_u128 n, fm_u128 k);
/* 0.4.3: 2mkn - mn for two matrices, 2n - 1 for two vectors, else a.size * b.size. */
FM_MUST_CHECK fm_status fm_cost_matmul(fm_work *work, const char *op, fm_extents a, fm_extents b);
FM_MUST_CHECK fm_status fm_cost_dot(fm_work *work, const char *op, fm_extents a, fm_extents b);
/* 0.4.3: as matmul, else a.size times b's last extent. */
FM_MUST_CHECK fm_status fm_cost_inner(fm_work *work, const char *op, fm_extents a, fm_extents b);
/* a.size * b.size products. */
FM_MUST_CHECK fm_status fm_cost_outer(fm_work *work, const char *op, fm_extents a, fm_extents b);
/* As outer; floor in 0.4.3: 1. */
FM_MUST_CHECK fm_status fm_cost_kron(fm_work *work, const char *op, fm_extents a, fm_extents b);
/* Both flattened: 2n; 0.4.3: 2n - 1. */
FM_MUST_CHECK fm_status fm_cost_vdot(fm_work *work, const char *op, fm_extents a, fm_extents b);
/* Sums over the last axes (vecdot), a's last (matvec), a's last and b's last but one (vecmat);
   0.4.3: 1 a product, matvec and vecmat without a batch that is only in the vector. */
FM_MUST_CHECK fm_status fm_cost_vecdot(fm_work *work, const char *op, fm_extents a, fm_extents b);
FM_MUST_CHECK fm_status fm_cost_matvec(fm_work *work, const char *op, fm_extents a, fm_extents b);
FM_MUST_CHECK fm_status fm_cost_vecmat(fm_work *work, const char *op, fm_extents a, fm_extents b);
/* 5 units an element of the broadcast inputs; 0.4.3: of a, at least 1. */
FM_MUST_CHECK fm_status fm_cost_cross(fm_work *work, const char *op, fm_extents a, fm_extents b);
/* naxes pairs of axes as the caller gave them, negative ones too. 0.4.3: 1 a product, 2n - 1 for a
   full contraction in order, and the full product of sizes for negative axes of a. */
FM_MUST_CHECK fm_status fm_cost_tensordot(fm_work *work, const char *op, fm_extents a, fm_extents b,
                                          int naxes, const int64_t *a_axes, const int64_t *b_axes);

#endif
