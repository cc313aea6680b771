/* Powers and chains of matrix products, and linear systems of tensors. */
#include "cost/einsum.h"
#include "ops/linalg.h"

#include <string.h>

fm_status fm_linalg_infer_matrix_power(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const int64_t n = bound->values[1].as.i;
    FM_TRY(fm_linalg_need_square(bound, r, 0, error));
    r->compute = r->in[0]->dtype;
    if (n < 0) {
        FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
        r->compute = fm_linalg_result(r->compute);
    }
    fm_output_set(r, 0, r->compute, r->in[0]->ndim, fm_layout_shape(r->in[0]));
    return FM_OK;
}

fm_status fm_linalg_cost_of_matrix_power(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                         fm_error *error) {
    const fm_formula_arg args[] = {{.integer = fm_linalg_matrices(r->in[0]).n},
                                   {.integer = bound->values[1].as.i}};
    return fm_linalg_cost(bound, r, bound->row->name, args, work, error);
}

/* Identity matrices in place of a. */
static const fm_tensor *identities(fm_program *p, const fm_tensor *a) {
    const fm_tensor *one = FM_DO(p, "eye", V_I(fm_linalg_matrices(a->layout).n), V_NONE, V_I(0),
                                 V_D(a->layout->dtype));
    const fm_tensor *all =
        FM_DO(p, "broadcast_to", V_T(one), V_INTS(fm_layout_shape(a->layout), a->layout->ndim));
    return FM_DO(p, "copy", V_T(all));
}

/* By repeated squaring, in NumPy's order. */
fm_status fm_linalg_run_matrix_power(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *power = NULL, *result = NULL;
    const int64_t n = fm_arg(p, 1).as.i;
    if (p->status != FM_OK) return p->status;
    if (n == 0) {
        fm_program_return(p, 0, identities(p, a));
        return p->status;
    }
    if (n < 0) {
        fm_tensor *out[2];
        FM_DO_ALL(p, "_inv", out, 2, V_T(a));
        fm_linalg_check(p, out[0], "singular matrix");
        if (p->status == FM_OK) a = fm_program_cast(p, out[1], fm_linalg_result(a->layout->dtype));
    }
    const uint64_t exponent = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (exponent == 3) { /* NumPy squares first here */
        power = FM_DO(p, "matmul", V_T(a), V_T(a));
        fm_program_return(p, 0, FM_DO(p, "matmul", V_T(power), V_T(a)));
        return p->status;
    }
    for (uint64_t rest = exponent; rest > 0 && p->status == FM_OK; rest >>= 1) {
        power = power ? FM_DO(p, "matmul", V_T(power), V_T(power)) : a;
        if (rest & 1) result = result ? FM_DO(p, "matmul", V_T(result), V_T(power)) : power;
    }
    fm_program_return(p, 0, result);
    return p->status;
}

static uint32_t chain_length(const fm_bound *bound) {
    return bound->values[0].count;
}

static const fm_layout *link_of(const fm_bound *bound, uint32_t i) {
    return bound->values[0].as.tensors[i]->layout;
}

/* Three and more: matrices, but for a vector at either end. */
static fm_status check_chain(const fm_bound *bound, fm_error *error) {
    const uint32_t n = chain_length(bound);
    for (uint32_t i = 0; i < n; i++) {
        const int ndim = link_of(bound, i)->ndim;
        if (ndim == 2 || (ndim == 1 && (i == 0 || i == n - 1))) continue;
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                   "array %u has %d dimensions, but a chain is of matrices, with vectors at its "
                   "ends",
                   i, ndim);
        return fm_fail_as(error, ndim == 0 ? "IndexError" : "LinAlgError", FM_ERR_SHAPE);
    }
    for (uint32_t i = 1; i < n; i++) {
        const fm_layout *a = link_of(bound, i - 1), *b = link_of(bound, i);
        const int64_t columns = fm_layout_shape(a)[a->ndim - 1], rows = fm_layout_shape(b)[0];
        if (columns != rows)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                              "array %u has %lld rows, but array %u has %lld columns", i,
                              (long long)rows, i - 1, (long long)columns);
    }
    return FM_OK;
}

static bool is_dot(const fm_bound *bound) {
    return chain_length(bound) == 2;
}

fm_status fm_linalg_infer_multi_dot(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const uint32_t n = chain_length(bound);
    if (n < 2)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "%u arrays, but at least 2 are multiplied", n);
    if (n > FM_EINSUM_OPERANDS || r->nin != (int)n)
        return fm_fail_op(error, FM_ERR_UNSUPPORTED, bound->row->name, 1,
                          "%u arrays, but at most %d are taken", n, FM_EINSUM_OPERANDS);
    r->compute = fm_operands_promote(r);
    if (is_dot(bound)) { /* of any shapes that dot takes */
        fm_output_unknown(r, 0, r->compute);
        return FM_OK;
    }
    FM_TRY(check_chain(bound, error));
    const fm_layout *first = link_of(bound, 0), *last = link_of(bound, n - 1);
    int64_t shape[2];
    int ndim = 0;
    if (first->ndim == 2) shape[ndim++] = fm_layout_shape(first)[0];
    if (last->ndim == 2) shape[ndim++] = fm_layout_shape(last)[1];
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* Two arrays of which one is no matrix: dot, which 0.4.3 takes for matrices all the same. */
static fm_status cost_of_dot(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    const fm_layout *a = link_of(bound, 0), *b = link_of(bound, 1);
    const char *name = fm_row_cost_name(bound->row);
    if (!work->faults || a->ndim == 0 || b->ndim == 0)
        return fm_cost_close(bound, r, work,
                             fm_cost_dot(work, name, fm_extents_of(a), fm_extents_of(b)), error);
    fm_u128 units;
    bool fits = fm_formula_product((fm_u128)fm_layout_shape(a)[0], (fm_u128)fm_layout_shape(b)[0],
                                   (fm_u128)fm_layout_shape(b)[b->ndim - 1], &units) &&
                fm_u128_mul(units, 2, &units);
    return fm_cost_close(bound, r, work,
                         fits ? fm_work_add_units(work, name, units) : FM_ERR_OVERFLOW, error);
}

fm_status fm_linalg_cost_of_multi_dot(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                      fm_error *error) {
    const uint32_t n = chain_length(bound);
    fm_extents shapes[FM_EINSUM_OPERANDS];
    const fm_formula *row;
    if (is_dot(bound) && (link_of(bound, 0)->ndim > 2 || link_of(bound, 1)->ndim > 2 ||
                          link_of(bound, 0)->ndim < 1 || link_of(bound, 1)->ndim < 1))
        return cost_of_dot(bound, r, work, error);
    for (uint32_t i = 0; i < n; i++) shapes[i] = fm_extents_of(link_of(bound, i));
    const fm_formula_arg args[] = {{.shapes = shapes, .nshapes = (int)n}};
    FM_TRY(fm_formula_find(bound->row->name, &row, error));
    fm_status status = row->cost(row, args, work, error);
    if (status != FM_OK && status != FM_ERR_OVERFLOW) return status;
    return fm_cost_close(bound, r, work, status, error);
}

/* A chain with the split of each of its parts that costs least. */
typedef struct chain {
    int n;
    const fm_tensor *link[FM_EINSUM_OPERANDS];
    double extent[FM_EINSUM_OPERANDS + 1];
    uint8_t split[FM_EINSUM_OPERANDS][FM_EINSUM_OPERANDS];
} chain;

/* Cormen et al., Introduction to Algorithms, "Matrix-chain multiplication"; doubles, as NumPy. */
static void find_splits(chain *c) {
    double best[FM_EINSUM_OPERANDS][FM_EINSUM_OPERANDS] = {{0}};
    for (int length = 2; length <= c->n; length++)
        for (int i = 0, j = length - 1; j < c->n; i++, j++)
            for (int k = i; k < j; k++) {
                const double cost = best[i][k] + best[k + 1][j] +
                                    c->extent[i] * c->extent[k + 1] * c->extent[j + 1];
                if (k > i && cost >= best[i][j]) continue;
                best[i][j] = cost;
                c->split[i][j] = (uint8_t)k;
            }
}

/* The product of links i to j. The depth is that of a chain of at most FM_EINSUM_OPERANDS. */
static const fm_tensor *multiply(fm_program *p, const chain *c, int i, int j) {
    if (i == j) return c->link[i];
    const int k = c->split[i][j];
    const fm_tensor *left = multiply(p, c, i, k), *right = multiply(p, c, k + 1, j);
    return FM_DO(p, "matmul", V_T(left), V_T(right));
}

fm_status fm_linalg_run_multi_dot(fm_program *p) {
    const fm_value arrays = fm_arg(p, 0);
    chain *c = fm_program_memory(p, sizeof *c);
    if (p->status != FM_OK) return p->status;
    c->n = (int)arrays.count;
    for (int i = 0; i < c->n; i++) {
        c->link[i] = arrays.as.tensors[i];
        const fm_layout *layout = c->link[i]->layout;
        if (layout->flags & FM_LAYOUT_WEAK) {
            const fm_value number = V_T(c->link[i]);
            c->link[i] = fm_program_as_tensor(p, &number);
        }
        if (layout->ndim == 0) continue;
        const bool row = layout->ndim == 1 && i == 0;
        c->extent[i] = row ? 1 : (double)fm_layout_shape(layout)[0];
        c->extent[i + 1] =
            layout->ndim == 1 && !row ? 1 : (double)fm_layout_shape(layout)[layout->ndim - 1];
    }
    if (c->n == 2) {
        fm_program_return(p, 0, FM_DO(p, "dot", V_T(c->link[0]), V_T(c->link[1])));
        return p->status;
    }
    find_splits(c);
    fm_program_return(p, 0, multiply(p, c, 0, c->n - 1));
    return p->status;
}

static int64_t product_of(const int64_t *shape, int from, int to) {
    int64_t product = 1;
    for (int d = from; d < to; d++) product *= shape[d];
    return product;
}

fm_status fm_linalg_infer_tensorinv(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    const int64_t ind = bound->values[1].as.i, *shape = fm_layout_shape(a);
    if (ind <= 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                          "ind is %lld, but it is at least 1", (long long)ind);
    const int leading = ind < a->ndim ? (int)ind : a->ndim;
    const int64_t rows = product_of(shape, leading, a->ndim);
    if (rows == 0 || a->size % rows != 0)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%lld elements make no matrix of %lld rows", (long long)a->size,
                          (long long)rows);
    if (a->size / rows != rows) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                   "the axes from %d on have %lld elements, those before have %lld: the matrix "
                   "must be square",
                   leading, (long long)rows, (long long)(a->size / rows));
        return fm_fail_as(error, "LinAlgError", FM_ERR_SHAPE);
    }
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    r->compute = fm_linalg_result(a->dtype);
    int64_t turned[FM_MAX_NDIM];
    for (int d = 0; d < a->ndim; d++) turned[d] = shape[(d + leading) % a->ndim];
    fm_output_set(r, 0, r->compute, a->ndim, turned);
    return FM_OK;
}

fm_status fm_linalg_cost_of_tensorinv(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                      fm_error *error) {
    const fm_formula *row;
    const fm_formula_arg args[] = {{.shape = fm_extents_of(r->in[0])},
                                   {.integer = bound->values[1].as.i}};
    FM_TRY(fm_formula_find(bound->row->name, &row, error));
    return fm_cost_close(bound, r, work, row->cost(row, args, work, error), error);
}

fm_status fm_linalg_run_tensorinv(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const int64_t ind = fm_arg(p, 1).as.i;
    if (p->status != FM_OK) return p->status;
    const int ndim = a->layout->ndim, leading = ind < ndim ? (int)ind : ndim;
    const int64_t *shape = fm_layout_shape(a->layout);
    const int64_t n = product_of(shape, leading, ndim), square[2] = {n, n};
    int64_t turned[FM_MAX_NDIM];
    fm_tensor *out[2];
    for (int d = 0; d < ndim; d++) turned[d] = shape[(d + leading) % ndim];
    const fm_tensor *matrix = FM_DO(p, "reshape", V_T(a), V_INTS(square, 2));
    FM_DO_ALL(p, "_inv", out, 2, V_T(matrix));
    fm_linalg_check(p, out[0], "singular matrix");
    if (p->status != FM_OK) return p->status;
    const fm_tensor *x = fm_program_cast(p, out[1], fm_linalg_result(a->layout->dtype));
    fm_program_return(p, 0, FM_DO(p, "reshape", V_T(x), V_INTS(turned, ndim)));
    return p->status;
}

/* a's axes in the order in which tensorsolve takes them: those of `axes` moved to the end. */
static fm_status solve_order(const fm_bound *bound, int ndim, int64_t *order, fm_error *error) {
    const int64_t *axes;
    const int count = fm_arg_ints(&bound->values[2], &axes);
    for (int d = 0; d < ndim; d++) order[d] = d;
    for (int i = 0; i < count; i++) {
        int at = 0;
        while (at < ndim && order[at] != axes[i]) at++;
        if (at == ndim)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                              "axis %lld is none of 0 to %d", (long long)axes[i], ndim - 1);
        memmove(order + at, order + at + 1, (size_t)(ndim - at - 1) * sizeof *order);
        order[ndim - 1] = axes[i];
    }
    return FM_OK;
}

/* The solution's shape: the last axes of a, as many as b leaves over; all where b has as many. */
static int solution_shape(const fm_layout *a, const fm_layout *b, const int64_t *order,
                          int64_t *shape) {
    int count = a->ndim - b->ndim;
    if (count == 0) count = a->ndim;
    if (count < 0) count = a->ndim + count > 0 ? a->ndim + count : 0;
    for (int d = 0; d < count; d++) shape[d] = fm_layout_shape(a)[order[a->ndim - count + d]];
    return count;
}

fm_status fm_linalg_infer_tensorsolve(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0], *b = r->in[1];
    int64_t order[FM_MAX_NDIM], shape[FM_MAX_NDIM], square;
    FM_TRY(solve_order(bound, a->ndim, order, error));
    const int ndim = solution_shape(a, b, order, shape);
    const int64_t n = product_of(shape, 0, ndim);
    if (__builtin_mul_overflow(n, n, &square) || square != a->size) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                   "%lld elements are no square system of the %lld unknowns", (long long)a->size,
                   (long long)n);
        return fm_fail_as(error, "LinAlgError", FM_ERR_SHAPE);
    }
    FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    FM_TRY(fm_linalg_need_dtype(bound, r, 1, error));
    if (b->size != n)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "%lld elements, but there are %lld unknowns", (long long)b->size,
                          (long long)n);
    r->compute = fm_promote_types(fm_linalg_result(a->dtype), fm_linalg_result(b->dtype));
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

fm_status fm_linalg_cost_of_tensorsolve(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                        fm_error *error) {
    const fm_formula *row;
    const int64_t n = r->in[1]->size;
    const fm_formula_arg faulty[] = {{.shape = fm_extents_of(r->in[0])}, {.none = true}};
    const fm_formula_arg sound[] = {{.shape = {1, &n}}, {.integer = 0}};
    FM_TRY(fm_formula_find(bound->row->name, &row, error));
    return fm_cost_close(bound, r, work, row->cost(row, work->faults ? faulty : sound, work, error),
                         error);
}

fm_status fm_linalg_run_tensorsolve(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *b = fm_program_tensor(p, 1);
    const fm_bound bound = {p->row, p->values, 0, NULL};
    int64_t order[FM_MAX_NDIM], shape[FM_MAX_NDIM];
    fm_tensor *out[2];
    if (p->status != FM_OK) return p->status;
    FM_TRY(solve_order(&bound, a->layout->ndim, order, p->error));
    const int ndim = solution_shape(a->layout, b->layout, order, shape);
    const int64_t n = b->layout->size, square[2] = {n, n}, column[2] = {n, 1};
    const fm_tensor *moved = FM_DO(p, "transpose", V_T(a), V_INTS(order, a->layout->ndim));
    const fm_tensor *matrix = FM_DO(p, "reshape", V_T(moved), V_INTS(square, 2));
    const fm_tensor *right = FM_DO(p, "reshape", V_T(b), V_INTS(column, 2));
    FM_DO_ALL(p, "_solve", out, 2, V_T(matrix), V_T(right));
    fm_linalg_check(p, out[0], "singular matrix");
    if (p->status != FM_OK) return p->status;
    const fm_tensor *x = fm_program_cast(
        p, out[1],
        fm_promote_types(fm_linalg_result(a->layout->dtype), fm_linalg_result(b->layout->dtype)));
    fm_program_return(p, 0, FM_DO(p, "reshape", V_T(x), V_INTS(shape, ndim)));
    return p->status;
}
