/* Costs by the number of elements: elementwise ops, samplers, creation, selection, sorting. */
#include "cost/rules.h"

static fm_u128 at_least_one(fm_u128 n) {
    return n > 0 ? n : 1;
}

fm_status fm_cost_units(fm_work *work, const char *op, fm_u128 n) {
    return fm_work_add_units(work, op, work->faults ? at_least_one(n) : n);
}

fm_status fm_cost_elements(fm_work *work, const char *op, fm_extents out) {
    fm_u128 size;
    if (!fm_u128_extents(out.ndim, out.dims, &size)) return FM_ERR_OVERFLOW;
    return fm_work_add_units(work, op, size);
}

fm_status fm_cost_elementwise(fm_work *work, const char *op, fm_extents out) {
    fm_u128 size;
    if (!fm_u128_extents(out.ndim, out.dims, &size)) return FM_ERR_OVERFLOW;
    return fm_cost_units(work, op, size);
}

fm_status fm_cost_free(fm_work *work, const char *op) {
    return fm_work_add_units(work, op, 0);
}

fm_status fm_cost_create(fm_work *work, const char *op, fm_extents out, bool floor) {
    if (!work->faults) return fm_cost_free(work, op);
    return floor ? fm_cost_elementwise(work, op, out) : fm_cost_elements(work, op, out);
}

fm_status fm_cost_where(fm_work *work, const char *op, fm_extents condition, fm_extents out) {
    return fm_cost_elements(work, op, work->faults ? condition : out);
}

fm_status fm_cost_clip(fm_work *work, const char *op, fm_extents a, fm_extents out) {
    return fm_cost_elementwise(work, op, work->faults ? a : out);
}

fm_status fm_cost_sort(fm_work *work, const char *op, fm_u128 n, fm_u128 lines) {
    fm_u128 levels = at_least_one(fm_u128_ceil_log2(n)), line, all;
    if (!fm_u128_mul(n, levels, &line) || !fm_u128_mul(line, lines, &all)) return FM_ERR_OVERFLOW;
    return fm_cost_units(work, op, all);
}

fm_status fm_cost_search(fm_work *work, const char *op, fm_u128 m, fm_u128 n) {
    fm_u128 all, found = work->faults ? at_least_one(m) : m;
    if (!fm_u128_mul(found, at_least_one(fm_u128_ceil_log2(n)), &all)) return FM_ERR_OVERFLOW;
    return fm_cost_units(work, op, all);
}

fm_status fm_cost_shuffle(fm_work *work, const char *op, fm_u128 n) {
    return work->faults ? fm_cost_units(work, op, n) : fm_cost_sort(work, op, n, 1);
}
