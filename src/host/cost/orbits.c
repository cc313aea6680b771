/* Orbits of index tuples under a group of axes. */
#include "cost/orbits.h"

/* The tuples an element fixes: one value for each of its cycles. */
static bool fixed(const fm_symmetry *group, uint32_t index, fm_extents shape, fm_u128 *count) {
    const uint8_t *element = fm_symmetry_element(group, index);
    fm_axis_set seen = 0;
    *count = 1;
    for (uint32_t start = 0; start < group->degree; start++) {
        if (seen >> start & 1) continue;
        for (uint32_t at = start; !(seen >> at & 1); at = element[at]) seen |= (fm_axis_set)1 << at;
        if (!fm_u128_mul(*count, (fm_u128)shape.dims[group->axis[start]], count)) return false;
    }
    return true;
}

fm_status fm_count_orbits(const fm_symmetry *symmetry, fm_extents shape, fm_u128 *count) {
    int64_t others[FM_MAX_NDIM];
    int nothers = 0;
    fm_u128 sum = 0, one, rest;
    if (!symmetry || !symmetry->nelements)
        return fm_u128_extents(shape.ndim, shape.dims, count) ? FM_OK : FM_ERR_OVERFLOW;
    for (uint32_t e = 0; e < symmetry->nelements; e++)
        if (!fixed(symmetry, e, shape, &one) || !fm_u128_add(sum, one, &sum))
            return FM_ERR_OVERFLOW;
    for (int d = 0; d < shape.ndim; d++)
        if (fm_symmetry_position(symmetry, d) < 0) others[nothers++] = shape.dims[d];
    if (!fm_u128_extents(nothers, others, &rest)) return FM_ERR_OVERFLOW;
    return fm_u128_mul(sum / symmetry->nelements, rest, count) ? FM_OK : FM_ERR_OVERFLOW;
}

fm_status fm_count_reduced_orbits(const fm_symmetry *symmetry, fm_extents shape, fm_axis_set axes,
                                  fm_u128 *count) {
    int64_t kept[FM_MAX_NDIM];
    int nkept = 0;
    const fm_symmetry *rest = NULL;
    for (int d = 0; d < shape.ndim; d++)
        if (!(axes >> d & 1)) kept[nkept++] = shape.dims[d];
    FM_TRY(fm_symmetry_reduce(symmetry, shape.ndim, axes, false, &rest));
    fm_status status = fm_count_orbits(rest, (fm_extents){nkept, kept}, count);
    fm_symmetry_release(rest);
    return status;
}
