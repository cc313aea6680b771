/* Costs of matrix products: matmul, dot, inner, outer, tensordot. */
#include "cost/rules.h"

#include "cost/contract.h"

static bool size_of(fm_extents a, fm_u128 *size) {
    return fm_u128_extents(a.ndim, a.dims, size);
}

fm_status fm_contract_summed(fm_work *work, const char *op, fm_u128 outs, fm_u128 k,
                             bool matrices) {
    fm_u128 pairs;
    if (!fm_u128_mul(outs, k, &pairs)) return FM_ERR_OVERFLOW;
    return fm_work_add_part(work, &(fm_work_part){.op = op,
                                                  .products = pairs,
                                                  .adds = pairs,
                                                  .outs = outs,
                                                  .torch_mac = matrices ? pairs : 0});
}

fm_status fm_contract_products(fm_work *work, const char *op, fm_u128 products, fm_u128 torch_mac) {
    return fm_work_add_part(
        work, &(fm_work_part){.op = op, .products = products, .torch_mac = torch_mac});
}

fm_status fm_cost_gemm(fm_work *work, const char *op, fm_u128 batch, fm_u128 m, fm_u128 n,
                       fm_u128 k) {
    fm_u128 outs;
    if (!fm_u128_mul(m, n, &outs) || !fm_u128_mul(outs, batch, &outs)) return FM_ERR_OVERFLOW;
    return fm_contract_summed(work, op, outs, k, true);
}

/* a.size * b.size products, which is what 0.4.3 charges where it has no rule. */
static fm_status all_pairs(fm_work *work, const char *op, fm_extents a, fm_extents b,
                           fm_u128 torch_mac) {
    fm_u128 size_a, size_b, products;
    if (!size_of(a, &size_a) || !size_of(b, &size_b) || !fm_u128_mul(size_a, size_b, &products))
        return FM_ERR_OVERFLOW;
    return fm_contract_products(work, op, products, torch_mac);
}

bool fm_contract_broadcast(fm_extents a, fm_extents b, fm_u128 *size) {
    int64_t dims[64];
    int ndim = a.ndim > b.ndim ? a.ndim : b.ndim;
    for (int i = 0; i < ndim; i++) {
        int in_a = i - (ndim - a.ndim), in_b = i - (ndim - b.ndim);
        int64_t from_a = in_a >= 0 ? a.dims[in_a] : 1, from_b = in_b >= 0 ? b.dims[in_b] : 1;
        dims[i] = from_a == 1 ? from_b : from_a;
    }
    return fm_u128_extents(ndim, dims, size);
}

/* Whether 0.4.3 counts the product as einsum does: two matrices or two vectors. */
static bool einsum_like(fm_extents a, fm_extents b) {
    return a.ndim == b.ndim && (a.ndim == 1 || a.ndim == 2);
}

/* One product with output size outs over k; in 0.4.3 another count unless einsum_like. Torch's
   counter sees matrices only where b has rows and columns: a dot or a matrix times a vector is no
   matrix product to it. */
static fm_status multiply(fm_work *work, const char *op, fm_extents a, fm_extents b, fm_u128 outs,
                          fm_u128 k) {
    bool matrices = b.ndim >= 2;
    if (!work->faults || einsum_like(a, b)) return fm_contract_summed(work, op, outs, k, matrices);
    fm_u128 mac = 0;
    if (matrices && !fm_u128_mul(outs, k, &mac)) return FM_ERR_OVERFLOW;
    return all_pairs(work, op, a, b, mac);
}

fm_status fm_cost_matmul(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    if (a.ndim == 0 || b.ndim == 0) return all_pairs(work, op, a, b, 0);
    fm_u128 k = (fm_u128)a.dims[a.ndim - 1], m = 1, n = 1, batch, outs;
    fm_extents batch_a = {a.ndim > 2 ? a.ndim - 2 : 0, a.dims};
    fm_extents batch_b = {b.ndim > 2 ? b.ndim - 2 : 0, b.dims};
    if (a.ndim >= 2) m = (fm_u128)a.dims[a.ndim - 2];
    if (b.ndim >= 2) n = (fm_u128)b.dims[b.ndim - 1];
    bool fits = fm_contract_broadcast(batch_a, batch_b, &batch) && fm_u128_mul(batch, m, &outs) &&
                fm_u128_mul(outs, n, &outs);
    return fits ? multiply(work, op, a, b, outs, k) : FM_ERR_OVERFLOW;
}

fm_status fm_cost_dot(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    if (a.ndim == 0 || b.ndim == 0) return all_pairs(work, op, a, b, 0);
    fm_extents rows = {a.ndim - 1, a.dims};
    fm_extents before = {b.ndim > 2 ? b.ndim - 2 : 0, b.dims};
    fm_u128 columns = b.ndim >= 2 ? (fm_u128)b.dims[b.ndim - 1] : 1, outs, batch;
    bool fits = size_of(rows, &outs) && size_of(before, &batch) &&
                fm_u128_mul(outs, batch, &outs) && fm_u128_mul(outs, columns, &outs);
    return fits ? multiply(work, op, a, b, outs, (fm_u128)a.dims[a.ndim - 1]) : FM_ERR_OVERFLOW;
}

/* 0.4.3 where inner is neither of two vectors nor of two matrices: a.size times b's last extent. */
static fm_status inner_faults(fm_work *work, const char *op, fm_extents a, fm_extents b,
                              fm_u128 torch_mac) {
    fm_u128 products;
    fm_u128 last = b.ndim > 1 ? (fm_u128)b.dims[b.ndim - 1] : 1;
    if (!size_of(a, &products) || !fm_u128_mul(products, last, &products)) return FM_ERR_OVERFLOW;
    return fm_contract_products(work, op, products, torch_mac);
}

fm_status fm_cost_inner(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    if (a.ndim == 0 || b.ndim == 0)
        return work->faults ? inner_faults(work, op, a, b, 0) : all_pairs(work, op, a, b, 0);
    fm_u128 k = (fm_u128)a.dims[a.ndim - 1], rows, columns, outs, mac;
    bool fits = size_of((fm_extents){a.ndim - 1, a.dims}, &rows) &&
                size_of((fm_extents){b.ndim - 1, b.dims}, &columns) &&
                fm_u128_mul(rows, columns, &outs) && fm_u128_mul(outs, k, &mac);
    if (!fits) return FM_ERR_OVERFLOW;
    bool matrices = a.ndim >= 2 || b.ndim >= 2;
    if (!work->faults || einsum_like(a, b)) return fm_contract_summed(work, op, outs, k, matrices);
    return inner_faults(work, op, a, b, matrices ? mac : 0);
}

fm_status fm_cost_outer(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    return all_pairs(work, op, a, b, 0);
}

fm_status fm_cost_kron(fm_work *work, const char *op, fm_extents a, fm_extents b) {
    fm_u128 size_a, size_b, products;
    if (!size_of(a, &size_a) || !size_of(b, &size_b) || !fm_u128_mul(size_a, size_b, &products))
        return FM_ERR_OVERFLOW;
    if (work->faults && products == 0) products = 1;
    return fm_contract_products(work, op, products, 0);
}
