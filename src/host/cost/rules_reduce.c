/* Costs of reductions: what goes in less what comes out. */
#include "cost/rules.h"

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

fm_status fm_cost_reduce(fm_work *work, const char *op, fm_extents in, fm_axis_set axes) {
    fm_u128 size_in, size_out;
    if (!in_and_out(in, axes, &size_in, &size_out)) return FM_ERR_OVERFLOW;
    fm_u128 units = fm_u128_minus_or_zero(size_in, size_out);
    if (work->faults && units == 0) units = 1;
    return fm_work_add_units(work, op, units);
}

fm_status fm_cost_mean(fm_work *work, const char *op, fm_extents in, fm_axis_set axes) {
    fm_u128 size_in, size_out;
    if (!in_and_out(in, axes, &size_in, &size_out)) return FM_ERR_OVERFLOW;
    bool summed = (axes & fm_all_axes(in.ndim)) != 0;
    return fm_work_add_units(work, op, summed ? size_in : size_out);
}

fm_status fm_cost_order(fm_work *work, const char *op, fm_extents in) {
    return fm_cost_elements(work, op, in);
}
