/* Formulas of Fourier transforms: 5 n log2 n (Cooley and Tukey 1965; Van Loan 1992, 1.4). */
#include "cost/formulas.h"

/* 5 * points * levels, without a floor in any model. */
static fm_status transform(fm_work *work, const char *op, fm_u128 points, fm_u128 levels) {
    fm_u128 units;
    if (!fm_formula_product(points, levels, 5, &units)) return FM_ERR_OVERFLOW;
    return fm_work_add_units(work, op, units);
}

FM_FORMULA_FN(complex_1d) {
    (void)error;
    fm_u128 n = (fm_u128)args[0].integer;
    return transform(work, row->op, n, fm_u128_ceil_log2(n));
}

FM_FORMULA_FN(real_1d) {
    (void)error;
    fm_u128 n = (fm_u128)args[0].integer;
    return transform(work, row->op, n / 2, fm_u128_ceil_log2(n));
}

/* One pass of 1-D transforms for each axis. */
static fm_status over_axes(fm_work *work, const char *op, fm_extents shape, fm_u128 divisor) {
    fm_u128 points, levels = 0;
    if (!fm_u128_extents(shape.ndim, shape.dims, &points)) return FM_ERR_OVERFLOW;
    for (int i = 0; i < shape.ndim; i++) levels += fm_u128_ceil_log2((fm_u128)shape.dims[i]);
    return transform(work, op, points / divisor, levels);
}

FM_FORMULA_FN(complex_nd) {
    (void)error;
    return over_axes(work, row->op, args[0].shape, 1);
}

FM_FORMULA_FN(real_nd) {
    (void)error;
    return over_axes(work, row->op, args[0].shape, 2);
}

const fm_formula fm_formulas_fft[] = {
    {"fft", "fft.fft", "5*n*ceil(log2 n)", {{"n", FM_FORMULA_COUNT, NULL}}, complex_1d},
    {"rfft", "fft.rfft", "5*(n//2)*ceil(log2 n)", {{"n", FM_FORMULA_COUNT, NULL}}, real_1d},
    {"hfft",
     "fft.hfft",
     "5*n_out*ceil(log2 n_out)",
     {{"n_out", FM_FORMULA_COUNT, NULL}},
     complex_1d},
    {"fftn",
     "fft.fftn",
     "5*size*sum of ceil(log2 extent)",
     {{"shape", FM_FORMULA_SHAPE, NULL}},
     complex_nd},
    {"rfftn",
     "fft.rfftn",
     "5*(size//2)*sum of ceil(log2 extent)",
     {{"shape", FM_FORMULA_SHAPE, NULL}},
     real_nd},
    {0},
};
