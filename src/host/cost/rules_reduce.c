/* Costs of reductions: what goes in less what comes out. */
#include "cost/orbits.h"

fm_axis_set fm_all_axes(int ndim) {
    return ndim >= 64 ? ~(fm_axis_set)0 : ((fm_axis_set)1 << ndim) - 1;
}

/* Sizes of the input and of the output without its reduced axes. */
static bool in_and_out(fm_extents in, fm_axis_set axes, fm_u128 *size_in, fm_u128 *size_out) {
    int64_t kept[64];
    int count = 0;
    for (int i = 0; i < in.ndim; i++)
        if ((axes >> i & 1) == 0) kept[count++] = in.dims[i];
    return fm_u128_extents(in.ndim, in.dims, size_in) && fm_u128_extents(count, kept, size_out);
}

/* What goes in and what comes out; under a symmetry the accumulations and the output orbits. */
static fm_status counts(fm_work *work, fm_extents in, const fm_symmetry *symmetry, fm_axis_set axes,
                        fm_u128 *size_in, fm_u128 *size_out) {
    bool fell_back;
    if (!symmetry) return in_and_out(in, axes, size_in, size_out) ? FM_OK : FM_ERR_OVERFLOW;
    FM_TRY(fm_count_reduction(symmetry, in, axes, size_in, size_out, &fell_back));
    work->fell_back = work->fell_back || fell_back;
    return FM_OK;
}

fm_status fm_cost_reduce(fm_work *work, const char *op, fm_extents in, const fm_symmetry *symmetry,
                         fm_axis_set axes) {
    fm_u128 size_in, size_out;
    FM_TRY(counts(work, in, symmetry, axes, &size_in, &size_out));
    fm_u128 units = fm_u128_minus_or_zero(size_in, size_out);
    if (work->faults && units == 0) units = 1;
    return fm_work_add_units(work, op, units);
}

fm_status fm_cost_mean(fm_work *work, const char *op, fm_extents in, const fm_symmetry *symmetry,
                       fm_axis_set axes) {
    fm_u128 size_in, size_out;
    FM_TRY(counts(work, in, symmetry, axes, &size_in, &size_out));
    bool summed = (axes & fm_all_axes(in.ndim)) != 0;
    return fm_work_add_units(work, op, summed ? size_in : size_out);
}

fm_status fm_cost_order(fm_work *work, const char *op, fm_extents in, const fm_symmetry *symmetry,
                        fm_axis_set axes) {
    int64_t reduced[FM_MAX_NDIM];
    int count = 0;
    fm_u128 orbits, line, all;
    if (!symmetry) return fm_cost_elements(work, op, in);
    FM_TRY(fm_count_reduced_orbits(symmetry, in, axes, &orbits));
    for (int d = 0; d < in.ndim; d++)
        if (axes >> d & 1) reduced[count++] = in.dims[d];
    if (!fm_u128_extents(count, reduced, &line) || !fm_u128_mul(orbits, line, &all))
        return FM_ERR_OVERFLOW;
    return fm_work_add_units(work, op, all);
}
