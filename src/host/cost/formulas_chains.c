/* Formulas of what hides matrix products: multi_dot, matrix_power, lstsq, pinv. */
#include "cost/formulas.h"

#include "cost/contract.h"
#include "cost/einsum.h"

#include "core/detail.h"

static fm_u128 count(const fm_formula_arg *arg) {
    return (fm_u128)arg->integer;
}

static fm_u128 smaller(fm_u128 a, fm_u128 b) {
    return a < b ? a : b;
}

/* What 0.4.3 takes one (m, k) x (k, n) product for: 2mkn - mn, at least 1. */
static bool faulty_product(fm_u128 m, fm_u128 k, fm_u128 n, fm_u128 *out) {
    fm_u128 twice, outs;
    if (!fm_formula_product(m, k, n, &twice) || !fm_u128_mul(twice, 2, &twice) ||
        !fm_u128_mul(m, n, &outs))
        return false;
    *out = twice > outs ? twice - outs : 1;
    return true;
}

/* lstsq by the SVD: U^T b, a division by the singular values, V times that. A 1-D b costs 0.4.3
   k*m*m and n*k*k instead of k*m and n*k pairs. */
static fm_status lstsq_faults(const char *op, fm_work *work, const fm_formula_arg *args) {
    fm_u128 m = count(&args[0]), n = count(&args[1]), c = count(&args[2]), k = smaller(m, n);
    fm_u128 units, divide, first, second;
    bool fits = fm_formula_product(m, n, k, &units) && fm_u128_mul(k, c, &divide);
    if (args[3].integer == 1)
        fits = fits && fm_formula_product(k, m, m, &first) && fm_formula_product(n, k, k, &second);
    else
        fits = fits && faulty_product(k, m, c, &first) && faulty_product(n, k, c, &second);
    fits = fits && fm_u128_add(units, divide, &units) && fm_u128_add(units, first, &units) &&
           fm_u128_add(units, second, &units);
    return fits ? fm_cost_units(work, op, units) : FM_ERR_OVERFLOW;
}

FM_FORMULA_FN(lstsq) {
    (void)error;
    if (work->faults) return lstsq_faults(row->op, work, args);
    fm_u128 m = count(&args[0]), n = count(&args[1]), c = count(&args[2]), k = smaller(m, n);
    fm_u128 units, divide;
    if (!fm_formula_product(m, n, k, &units) || !fm_u128_mul(k, c, &divide) ||
        !fm_u128_add(units, divide, &units))
        return FM_ERR_OVERFLOW;
    FM_TRY(fm_work_add_units(work, row->op, units));
    FM_TRY(fm_cost_gemm(work, "matmul", 1, k, c, m));
    return fm_cost_gemm(work, "matmul", 1, n, c, k);
}

/* The SVD, k values against the threshold, n*k to scale by their inverses, and one product. */
FM_FORMULA_FN(pinv) {
    (void)error;
    fm_u128 m = count(&args[0]), n = count(&args[1]), k = smaller(m, n), units, scale, product;
    if (!fm_formula_product(m, n, k, &units) || !fm_u128_mul(n, k, &scale) ||
        !fm_u128_add(units, scale, &units) || !fm_u128_add(units, k, &units))
        return FM_ERR_OVERFLOW;
    if (work->faults) {
        if (!faulty_product(n, k, m, &product) || !fm_u128_add(units, product, &units))
            return FM_ERR_OVERFLOW;
        return fm_cost_units(work, row->op, units);
    }
    FM_TRY(fm_work_add_units(work, row->op, units));
    return fm_cost_gemm(work, "matmul", 1, n, m, k);
}

/* Products of n x n matrices by repeated squaring; a negative exponent adds one for the inverse. */
FM_FORMULA_FN(matrix_power) {
    (void)error;
    fm_u128 n = count(&args[0]);
    int64_t k = args[1].integer;
    uint64_t exponent = k < 0 ? 0 - (uint64_t)k : (uint64_t)k, products = 0;
    for (uint64_t rest = exponent; rest > 1; rest >>= 1) products += 1 + (rest & 1);
    uint64_t all = products + (k < 0 ? 1 : 0);
    fm_u128 outs, all_outs;
    if (work->faults && n == 0) return fm_work_add_units(work, row->op, all);
    if (!fm_u128_mul(n, n, &outs) || !fm_u128_mul(outs, products, &all_outs))
        return FM_ERR_OVERFLOW;
    FM_TRY(fm_contract_summed(work, row->op, all_outs, n, true));
    return k < 0 ? fm_contract_summed(work, row->op, outs, n, false) : FM_OK;
}

/* Extents d[0] .. d[n] of a chain of n matrices. */
typedef struct chain {
    int n;
    fm_u128 d[FM_EINSUM_OPERANDS + 1];
} chain;

/* A vector at either end is a row or a column; 0.4.3 takes its extent for both. */
static fm_status chain_of(const fm_formula *row, const fm_formula_arg *arg, bool faults, chain *out,
                          fm_error *error) {
    if (arg->nshapes > FM_EINSUM_OPERANDS)
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0, "%d shapes, at most %d are taken",
                          arg->nshapes, FM_EINSUM_OPERANDS);
    out->n = arg->nshapes;
    for (int i = 0; i < out->n; i++) {
        fm_extents shape = arg->shapes[i];
        bool end = i == 0 || i == out->n - 1;
        if (shape.ndim < 1 || shape.ndim > 2 || (shape.ndim == 1 && !end))
            return fm_fail_op(error, FM_ERR_SHAPE, row->name, i + 1,
                              "%d axes: matrices are taken, and vectors at the ends", shape.ndim);
        fm_u128 first = (fm_u128)shape.dims[0], last = (fm_u128)shape.dims[shape.ndim - 1];
        if (shape.ndim == 1 && !faults && i == 0) first = 1;
        if (shape.ndim == 1 && !faults && i > 0) last = 1;
        if (!faults && i > 0 && out->d[i] != first)
            return fm_fail_op(error, FM_ERR_SHAPE, row->name, i + 1,
                              "axis 0 is %lld, but argument %d has %lld columns", (long long)first,
                              i, (long long)out->d[i]);
        out->d[i] = first;
        out->d[i + 1] = last;
    }
    return FM_OK;
}

/* Multiply-add pairs and outputs of the cheapest bracketing (Cormen et al., Introduction to
   Algorithms, "Matrix-chain multiplication"); false where they do not fit. */
static bool cheapest(const chain *c, fm_u128 *pairs, fm_u128 *outs) {
    static const fm_u128 unknown = FM_U128_MAX;
    fm_u128 best[FM_EINSUM_OPERANDS][FM_EINSUM_OPERANDS] = {{0}};
    fm_u128 made[FM_EINSUM_OPERANDS][FM_EINSUM_OPERANDS] = {{0}};
    for (int length = 2; length <= c->n; length++) {
        for (int i = 0, j = length - 1; j < c->n; i++, j++) {
            best[i][j] = unknown;
            for (int k = i; k < j; k++) {
                fm_u128 step, sum, out;
                if (!fm_formula_product(c->d[i], c->d[k + 1], c->d[j + 1], &step) ||
                    !fm_u128_add(best[i][k], best[k + 1][j], &sum) ||
                    !fm_u128_add(sum, step, &sum) || sum >= best[i][j])
                    continue;
                if (!fm_u128_mul(c->d[i], c->d[j + 1], &out) ||
                    !fm_u128_add(out, made[i][k], &out) || !fm_u128_add(out, made[k + 1][j], &out))
                    continue;
                best[i][j] = sum;
                made[i][j] = out;
            }
        }
    }
    *pairs = best[0][c->n - 1];
    *outs = made[0][c->n - 1];
    return *pairs != unknown;
}

FM_FORMULA_FN(multi_dot) {
    chain c = {0};
    fm_u128 pairs = 0, outs = 0, twice;
    FM_TRY(chain_of(row, &args[0], work->faults, &c, error));
    if (c.n >= 2 && !cheapest(&c, &pairs, &outs)) return FM_ERR_OVERFLOW;
    if (!work->faults)
        return fm_work_add_part(
            work,
            &(fm_work_part){
                .op = row->op, .products = pairs, .adds = pairs, .outs = outs, .torch_mac = pairs});
    if (!fm_u128_mul(pairs, 2, &twice)) return FM_ERR_OVERFLOW;
    if (c.n > 2 && twice == 0) twice = 1;
    return fm_work_add_part(work,
                            &(fm_work_part){.op = row->op, .units = twice, .torch_mac = pairs});
}

const fm_formula fm_formulas_chains[] = {
    {"multi_dot",
     "linalg.multi_dot",
     "2 a multiply-add pair of the cheapest bracketing",
     {{"shapes", FM_FORMULA_SHAPES, NULL}},
     multi_dot},
    {"matrix_power",
     "linalg.matrix_power",
     "2*n^3 a product: floor(log2 k) + ones of k - 1 of them, one more for k < 0",
     {{"n", FM_FORMULA_COUNT, NULL}, {"k", FM_FORMULA_INTEGER, NULL}},
     matrix_power},
    {"lstsq",
     "linalg.lstsq",
     "m*n*k + k*b_cols, k = min(m, n), and matmul: 2*k*m*b_cols + 2*n*k*b_cols",
     {{"m", FM_FORMULA_COUNT, NULL},
      {"n", FM_FORMULA_COUNT, NULL},
      {"b_cols", FM_FORMULA_COUNT, "1"},
      {"b_ndim", FM_FORMULA_COUNT, "1"}},
     lstsq},
    {"pinv",
     "linalg.pinv",
     "m*n*k + k + n*k, k = min(m, n), and matmul: 2*n*k*m",
     {{"m", FM_FORMULA_COUNT, NULL}, {"n", FM_FORMULA_COUNT, NULL}},
     pinv},
    {0},
};
