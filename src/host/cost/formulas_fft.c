/* Formulas of Fourier transforms: 5 n log2 n (Cooley and Tukey 1965; Van Loan 1992, 1.4). */
#include "cost/formulas.h"

/* Without a floor in any model. */
fm_status fm_cost_transforms(fm_work *work, const char *op, fm_u128 count, fm_extents shape,
                             int real) {
    fm_u128 points, levels = 0, units;
    if (!fm_u128_extents(shape.ndim, shape.dims, &points)) return FM_ERR_OVERFLOW;
    for (int i = 0; i < shape.ndim; i++) levels += fm_u128_ceil_log2((fm_u128)shape.dims[i]);
    if (real) points /= 2;
    if (!fm_formula_product(points, levels, 5, &units)) return FM_ERR_OVERFLOW;
    if (!fm_u128_mul(units, count, &units)) return FM_ERR_OVERFLOW;
    return fm_work_add_units(work, op, units);
}

FM_FORMULA_FN(complex_1d) {
    (void)error;
    return fm_cost_transforms(work, row->op, 1, (fm_extents){1, &args[0].integer}, 0);
}

FM_FORMULA_FN(real_1d) {
    (void)error;
    return fm_cost_transforms(work, row->op, 1, (fm_extents){1, &args[0].integer}, 1);
}

FM_FORMULA_FN(complex_nd) {
    (void)error;
    return fm_cost_transforms(work, row->op, 1, args[0].shape, 0);
}

FM_FORMULA_FN(real_nd) {
    (void)error;
    return fm_cost_transforms(work, row->op, 1, args[0].shape, 1);
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
