/* Formulas of polynomials and windows: each a few operations a coefficient or sample. */
#include "cost/formulas.h"

static fm_u128 count(const fm_formula_arg *arg) {
    return (fm_u128)arg->integer;
}

/* a * b * c units, at least 1 in 0.4.3. */
static fm_status charge(const fm_formula *row, fm_work *work, fm_u128 a, fm_u128 b, fm_u128 c) {
    fm_u128 units;
    if (!fm_formula_product(a, b, c, &units)) return FM_ERR_OVERFLOW;
    return fm_cost_units(work, row->op, units);
}

FM_FORMULA_FN(once) {
    (void)error;
    return charge(row, work, count(&args[0]), 1, 1);
}

FM_FORMULA_FN(twice) {
    (void)error;
    return charge(row, work, count(&args[0]), 2, 1);
}

FM_FORMULA_FN(thrice) {
    (void)error;
    return charge(row, work, count(&args[0]), 3, 1);
}

FM_FORMULA_FN(longer) {
    (void)error;
    fm_u128 a = count(&args[0]), b = count(&args[1]);
    return charge(row, work, a > b ? a : b, 1, 1);
}

FM_FORMULA_FN(product) {
    (void)error;
    return charge(row, work, count(&args[0]), count(&args[1]), 1);
}

/* A multiply and an add for each point and degree (Horner). */
FM_FORMULA_FN(horner) {
    (void)error;
    return charge(row, work, count(&args[0]), count(&args[1]), 2);
}

FM_FORMULA_FN(fit) {
    (void)error;
    fm_u128 terms = count(&args[1]) + 1, twice_m;
    if (!fm_u128_mul(count(&args[0]), 2, &twice_m)) return FM_ERR_OVERFLOW;
    return charge(row, work, terms, terms, twice_m);
}

FM_FORMULA_FN(square) {
    (void)error;
    return charge(row, work, count(&args[0]), count(&args[0]), 1);
}

FM_FORMULA_FN(cube) {
    (void)error;
    fm_u128 n = count(&args[0]);
    return charge(row, work, n, n, n);
}

#define N                                                                                          \
    {                                                                                              \
        { "n", FM_FORMULA_COUNT, NULL }                                                            \
    }
#define N1_N2                                                                                      \
    {                                                                                              \
        {"n1", FM_FORMULA_COUNT, NULL}, {                                                          \
            "n2", FM_FORMULA_COUNT, NULL                                                           \
        }                                                                                          \
    }
#define DEG_M                                                                                      \
    {                                                                                              \
        {"deg", FM_FORMULA_COUNT, NULL}, {                                                         \
            "m", FM_FORMULA_COUNT, NULL                                                            \
        }                                                                                          \
    }
#define M_DEG                                                                                      \
    {                                                                                              \
        {"m", FM_FORMULA_COUNT, NULL}, {                                                           \
            "deg", FM_FORMULA_COUNT, NULL                                                          \
        }                                                                                          \
    }

const fm_formula fm_formulas_series[] = {
    {"polyval", "polyval", "2*m*deg", DEG_M, horner},
    {"polyadd", "polyadd", "max(n1, n2)", N1_N2, longer},
    {"polysub", "polysub", "max(n1, n2)", N1_N2, longer},
    {"polymul", "polymul", "n1*n2", N1_N2, product},
    {"polydiv", "polydiv", "n1*n2", N1_N2, product},
    {"polyfit", "polyfit", "2*m*(deg + 1)^2", M_DEG, fit},
    {"poly", "poly", "n^2", N, square},
    {"roots", "roots", "n^3", N, cube},
    {"polyder", "polyder", "n", N, once},
    {"polyint", "polyint", "n", N, once},
    {"bartlett", "bartlett", "n", N, once},
    {"blackman", "blackman", "3*n", N, thrice},
    {"hamming", "hamming", "2*n", N, twice},
    {"hanning", "hanning", "2*n", N, twice},
    {"kaiser", "kaiser", "3*n", N, thrice},
    {0},
};
