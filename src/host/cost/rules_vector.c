/* Costs of products of vectors and of tensors over named axes. */
#include "cost/contract.h"

static bool size_of(fm_extents a, fm_u128 *size) {
    return fm_u128_extents(a.ndim, a.dims, size);
}

static fm_u128 last(fm_extents a) {
    return a.ndim > 0 ? (fm_u128)a.dims[a.ndim - 1] : 1;
}

/* The shape without its last axes. */
static fm_extents without(fm_extents a, int axes) {
    return (fm_extents){a.ndim > axes ? a.ndim - axes : 0, a.dims};
}

/* The counts of outs sums over k; 0.4.3: faulty_outs * k products, at least floor. */
static fm_status vector_product(fm_work *work, const char *op, fm_u128 outs, fm_u128 k,
                                fm_u128 faulty_outs, fm_u128 floor) {
    fm_u128 products;
    if (!work->faults) return fm_contract_summed(work, op, outs, k, false);
    if (!fm_u128_mul(faulty_outs, k, &products)) return FM_ERR_OVERFLOW;
    return fm_contract_products(work, op, products > floor ? products : floor, 0);
}

fm_status fm_cost_vdot(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    fm_u128 size;
    (void)b; /* of the same size */
    if (!size_of(a, &size)) return FM_ERR_OVERFLOW;
    return fm_contract_summed(work, op, 1, size, false);
}

fm_status fm_cost_vecdot(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    fm_u128 outs;
    if (!fm_contract_broadcast(without(a, 1), without(b, 1), &outs)) return FM_ERR_OVERFLOW;
    bool batched = a.ndim > 1 || b.ndim > 1;
    return vector_product(work, op, outs, last(a), outs, batched ? 1 : 0);
}

fm_status fm_cost_matvec(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    fm_u128 batch, own_batch, outs, own_outs;
    fm_u128 rows = a.ndim >= 2 ? (fm_u128)a.dims[a.ndim - 2] : 1;
    bool fits = fm_contract_broadcast(without(a, 2), without(b, 1), &batch) &&
                size_of(without(a, 2), &own_batch) && fm_u128_mul(batch, rows, &outs) &&
                fm_u128_mul(own_batch, rows, &own_outs);
    return fits ? vector_product(work, op, outs, last(a), own_outs, 1) : FM_ERR_OVERFLOW;
}

fm_status fm_cost_vecmat(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    fm_u128 batch, own_batch, outs, own_outs;
    fm_u128 columns = b.ndim >= 2 ? last(b) : 1;
    bool fits = fm_contract_broadcast(without(a, 1), without(b, 2), &batch) &&
                size_of(without(b, 2), &own_batch) && fm_u128_mul(batch, columns, &outs) &&
                fm_u128_mul(own_batch, columns, &own_outs);
    return fits ? vector_product(work, op, outs, last(a), own_outs, 1) : FM_ERR_OVERFLOW;
}

fm_status fm_cost_cross(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    fm_u128 size, units;
    bool fits = work->faults ? size_of(a, &size) : fm_contract_broadcast(a, b, &size);
    if (!fits || !fm_u128_mul(size, 5, &units)) return FM_ERR_OVERFLOW;
    if (work->faults && units == 0) units = 1;
    return fm_work_add_units(work, op, units);
}

/* Whether axis, negative ones counted from the end, is among those of list. */
static bool listed(int axis, int ndim, int count, const int64_t *list) {
    for (int i = 0; i < count; i++)
        if (list[i] == axis || list[i] + ndim == axis) return true;
    return false;
}

/* Product of the extents whose axes are (in) or are not (not in) listed. */
static bool part_size(fm_extents a, int count, const int64_t *list, bool in, fm_u128 *size) {
    int64_t dims[64];
    int ndim = 0;
    for (int i = 0; i < a.ndim; i++)
        if (listed(i, a.ndim, count, list) == in) dims[ndim++] = a.dims[i];
    return fm_u128_extents(ndim, dims, size);
}

static bool in_order(int ndim, int count, const int64_t *axes) {
    if (count != ndim || ndim == 0) return false;
    for (int i = 0; i < count; i++)
        if (axes[i] != i) return false;
    return true;
}

/* 0.4.3: sizes multiplied, over the contracted extents that it finds: it overlooks negative axes.
 */
static fm_status tensordot_faults(fm_work *work, const char *op, fm_extents a, fm_extents b,
                                  int naxes, const int64_t *a_axes, fm_u128 torch_mac) {
    fm_u128 size_a, size_b, all, contracted = 1;
    for (int i = 0; i < naxes; i++)
        if (a_axes[i] >= 0 && a_axes[i] < a.ndim &&
            !fm_u128_mul(contracted, (fm_u128)a.dims[a_axes[i]], &contracted))
            return FM_ERR_OVERFLOW;
    if (!size_of(a, &size_a) || !size_of(b, &size_b) || !fm_u128_mul(size_a, size_b, &all))
        return FM_ERR_OVERFLOW;
    fm_u128 products = contracted > 0 ? all / contracted : 1;
    return fm_contract_products(work, op, products > 0 ? products : 1, torch_mac);
}

fm_status fm_cost_tensordot(fm_work *work, const char *op, fm_extents a, fm_extents b, int naxes,
                            const int64_t *a_axes, const int64_t *b_axes) {
    fm_u128 rows, columns, k, outs, pairs;
    bool fits = part_size(a, naxes, a_axes, false, &rows) &&
                part_size(b, naxes, b_axes, false, &columns) &&
                part_size(a, naxes, a_axes, true, &k) && fm_u128_mul(rows, columns, &outs) &&
                fm_u128_mul(outs, k, &pairs);
    if (!fits) return FM_ERR_OVERFLOW;
    /* What contracts to a scalar is no matrix product to PyTorch. */
    bool matrices = a.ndim > naxes || b.ndim > naxes;
    bool whole =
        a.ndim == b.ndim && in_order(a.ndim, naxes, a_axes) && in_order(b.ndim, naxes, b_axes);
    if (work->faults && !whole)
        return tensordot_faults(work, op, a, b, naxes, a_axes, matrices ? pairs : 0);
    if (naxes == 0) return fm_contract_products(work, op, pairs, pairs);
    return fm_contract_summed(work, op, outs, k, matrices);
}
