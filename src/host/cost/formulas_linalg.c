/* Formulas of linear algebra on one matrix: factorisations, eigenvalues, solvers. */
#include "cost/formulas.h"

static fm_u128 count(const fm_formula_arg *arg) {
    return (fm_u128)arg->integer;
}

static fm_u128 smaller(fm_u128 a, fm_u128 b) {
    return a < b ? a : b;
}

/* n^3, at least 1 in 0.4.3. */
FM_FORMULA_FN(cubic) {
    (void)error;
    fm_u128 n = count(&args[0]), units;
    if (!fm_formula_product(n, n, n, &units)) return FM_ERR_OVERFLOW;
    return fm_cost_units(work, row->op, units);
}

/* m*n*k with k = min(m, n) where it is not given. */
static bool svd_units(const fm_formula_arg *args, const fm_formula_arg *rank, fm_u128 *units) {
    fm_u128 m = count(&args[0]), n = count(&args[1]);
    fm_u128 k = rank == NULL || rank->none ? smaller(m, n) : count(rank);
    return fm_formula_product(m, n, k, units);
}

/* m*n*k without a floor even in 0.4.3. */
FM_FORMULA_FN(svd) {
    (void)error;
    fm_u128 units;
    return svd_units(args, &args[2], &units) ? fm_work_add_units(work, row->op, units)
                                             : FM_ERR_OVERFLOW;
}

FM_FORMULA_FN(svdvals) {
    (void)error;
    fm_u128 units;
    return svd_units(args, &args[2], &units) ? fm_cost_units(work, row->op, units)
                                             : FM_ERR_OVERFLOW;
}

/* m*n*min(m, n): qr, matrix_rank. */
FM_FORMULA_FN(rectangular) {
    (void)error;
    fm_u128 units;
    return svd_units(args, NULL, &units) ? fm_cost_units(work, row->op, units) : FM_ERR_OVERFLOW;
}

FM_FORMULA_FN(cond) {
    (void)error;
    fm_u128 m = count(&args[0]), n = count(&args[1]), k = smaller(m, n), norm, units;
    const fm_formula_arg *p = &args[2];
    bool singular = p->none || (p->text == NULL && (p->number == 2 || p->number == -2));
    bool fits = singular ? fm_formula_product(m, n, k, &units)
                         : fm_formula_product(k, k, k, &units) && fm_u128_mul(m, n, &norm) &&
                               fm_u128_add(units, norm, &units);
    return fits ? fm_cost_units(work, row->op, units) : FM_ERR_OVERFLOW;
}

/* n^3 to factor and n^2 for each right-hand side; 0.4.3 forgets the latter. */
FM_FORMULA_FN(solve) {
    (void)error;
    fm_u128 n = count(&args[0]), units, sides;
    if (!fm_formula_product(n, n, n, &units)) return FM_ERR_OVERFLOW;
    if (!work->faults &&
        (!fm_formula_product(n, n, count(&args[1]), &sides) || !fm_u128_add(units, sides, &units)))
        return FM_ERR_OVERFLOW;
    return fm_cost_units(work, row->op, units);
}

FM_FORMULA_FN(inv) {
    (void)error;
    fm_u128 n = count(&args[0]), cube, units;
    if (!fm_formula_product(n, n, n, &cube)) return FM_ERR_OVERFLOW;
    units = cube;
    if (args[1].integer != 0 && !fm_u128_add(cube / 3, cube, &units)) return FM_ERR_OVERFLOW;
    return fm_cost_units(work, row->op, units);
}

FM_FORMULA_FN(trace) {
    (void)error;
    return fm_cost_units(work, row->op, count(&args[0]));
}

/* The product of a range of the shape's axes, cubed. */
static fm_status cube_of(fm_work *work, const char *op, fm_extents shape, int from, int to) {
    fm_u128 n, units;
    if (!fm_u128_extents(to - from, shape.dims + from, &n) || !fm_formula_product(n, n, n, &units))
        return FM_ERR_OVERFLOW;
    return fm_cost_units(work, op, units);
}

/* The extent n of the square system in a shape of n*n elements. */
static fm_u128 root_of(fm_u128 size) {
    fm_u128 root = 0;
    for (int bit = 63; bit >= 0; bit--) {
        fm_u128 trial = root | (fm_u128)1 << bit;
        if (trial <= size / trial) root = trial;
    }
    return root;
}

FM_FORMULA_FN(tensorsolve) {
    (void)error;
    fm_extents shape = args[0].shape;
    fm_u128 size, n, units;
    if (args[1].none && !work->faults) {
        if (!fm_u128_extents(shape.ndim, shape.dims, &size)) return FM_ERR_OVERFLOW;
        n = root_of(size);
        if (!fm_formula_product(n, n, n, &units)) return FM_ERR_OVERFLOW;
        return fm_work_add_units(work, row->op, units);
    }
    int64_t from = args[1].none ? 2 : args[1].integer;
    return cube_of(work, row->op, shape, from < shape.ndim ? (int)from : shape.ndim, shape.ndim);
}

FM_FORMULA_FN(tensorinv) {
    (void)error;
    fm_extents shape = args[0].shape;
    int64_t to = args[1].integer;
    return cube_of(work, row->op, shape, 0, to < shape.ndim ? (int)to : shape.ndim);
}

#define N                                                                                          \
    {                                                                                              \
        { "n", FM_FORMULA_COUNT, NULL }                                                            \
    }
#define N_SYMMETRIC                                                                                \
    {                                                                                              \
        {"n", FM_FORMULA_COUNT, NULL}, {                                                           \
            "symmetric", FM_FORMULA_FLAG, "False"                                                  \
        }                                                                                          \
    }
#define M_N                                                                                        \
    {                                                                                              \
        {"m", FM_FORMULA_COUNT, NULL}, {                                                           \
            "n", FM_FORMULA_COUNT, NULL                                                            \
        }                                                                                          \
    }
#define M_N_K                                                                                      \
    {                                                                                              \
        {"m", FM_FORMULA_COUNT, NULL}, {"n", FM_FORMULA_COUNT, NULL}, {                            \
            "k", FM_FORMULA_COUNT, "None"                                                          \
        }                                                                                          \
    }

const fm_formula fm_formulas_linalg[] = {
    {"cholesky", "linalg.cholesky", "n^3", N, cubic},
    {"eig", "linalg.eig", "n^3", N, cubic},
    {"eigh", "linalg.eigh", "n^3", N, cubic},
    {"eigvals", "linalg.eigvals", "n^3", N, cubic},
    {"eigvalsh", "linalg.eigvalsh", "n^3", N, cubic},
    {"det", "linalg.det", "n^3", N_SYMMETRIC, cubic},
    {"slogdet", "linalg.slogdet", "n^3", N_SYMMETRIC, cubic},
    {"inv", "linalg.inv", "n^3; symmetric: n^3 + n^3//3", N_SYMMETRIC, inv},
    {"svd", "linalg.svd", "m*n*k, k = min(m, n) by default", M_N_K, svd},
    {"svdvals", "linalg.svdvals", "m*n*k, k = min(m, n) by default", M_N_K, svdvals},
    {"qr", "linalg.qr", "m*n*min(m, n)", M_N, rectangular},
    {"matrix_rank", "linalg.matrix_rank", "m*n*min(m, n)", M_N, rectangular},
    {"cond",
     "linalg.cond",
     "m*n*min(m, n) for p None, 2, -2, else min(m, n)^3 + m*n",
     {{"m", FM_FORMULA_COUNT, NULL},
      {"n", FM_FORMULA_COUNT, NULL},
      {"p", FM_FORMULA_ORDER, "None"}},
     cond},
    {"solve",
     "linalg.solve",
     "n^3 + n^2*nrhs",
     {{"n", FM_FORMULA_COUNT, NULL},
      {"nrhs", FM_FORMULA_COUNT, "1"},
      {"symmetric", FM_FORMULA_FLAG, "False"}},
     solve},
    {"trace", "linalg.trace", "n", N, trace},
    {"tensorsolve",
     "linalg.tensorsolve",
     "n^3, n the product of the axes from ind on, by default the root of the size",
     {{"a_shape", FM_FORMULA_SHAPE, NULL}, {"ind", FM_FORMULA_COUNT, "None"}},
     tensorsolve},
    {"tensorinv",
     "linalg.tensorinv",
     "n^3, n the product of the first ind axes",
     {{"a_shape", FM_FORMULA_SHAPE, NULL}, {"ind", FM_FORMULA_COUNT, "2"}},
     tensorinv},
    {0},
};
