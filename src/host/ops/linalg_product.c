/* Traces, diagonals, and products that are made of elementwise ones. */
#include "ops/linalg.h"
#include "ops/contract_symmetry.h"
#include "ops/view.h"

#include <string.h>

static int64_t length_of(int64_t rows, int64_t columns, int64_t offset) {
    if (offset > 0) columns = columns > offset ? columns - offset : 0;
    if (offset < 0) rows = offset > -rows ? rows + offset : 0;
    return rows < columns ? rows : columns;
}

/* Dtype in which a trace is summed. */
static fm_dtype trace_dtype(fm_dtype dtype, const fm_value *wanted) {
    char kind = fm_dtype_kind(dtype);
    const fm_dtype usual = kind == 'b' || kind == 'i' ? FM_INT64 : kind == 'u' ? FM_UINT64 : dtype;
    return fm_arg_dtype(wanted, usual);
}

/* The other axes' extents. */
static void trace_output(fm_resolved *r, int first, int second, const fm_value *dtype) {
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    for (int d = 0; d < r->in[0]->ndim; d++)
        if (d != first && d != second) shape[ndim++] = fm_layout_shape(r->in[0])[d];
    r->compute = trace_dtype(r->in[0]->dtype, dtype);
    fm_output_set(r, 0, r->compute, ndim, shape);
}

static fm_status index_error(fm_status status, fm_error *error) {
    return status == FM_OK ? FM_OK : fm_fail_as(error, "IndexError", status);
}

/* trace(a, offset, axis1, axis2, dtype) */
static fm_status trace_axes(const fm_bound *bound, const fm_layout *a, int *first, int *second,
                            fm_error *error) {
    FM_TRY(index_error(
        fm_axis_normalise(bound->row, 2, bound->values[2].as.i, a->ndim, first, error), error));
    FM_TRY(index_error(
        fm_axis_normalise(bound->row, 3, bound->values[3].as.i, a->ndim, second, error), error));
    if (*first != *second) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 4, "axis2 %d is axis1 %d", *second,
                      *first);
}

fm_status fm_linalg_infer_trace(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int first, second;
    FM_TRY(trace_axes(bound, r->in[0], &first, &second, error));
    trace_output(r, first, second, &bound->values[4]);
    return FM_OK;
}

/* One addition an element of each diagonal; 0.4.3: of one, and `faulty` says how long that is. */
static fm_status cost_of_trace(const fm_bound *bound, const fm_resolved *r, int64_t length,
                               int64_t faulty, fm_work *work, fm_error *error) {
    fm_u128 units = (fm_u128)faulty;
    if (!work->faults && (!fm_u128_extents(r->out[0].ndim, r->out[0].shape, &units) ||
                          !fm_u128_mul(units, (fm_u128)length, &units)))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    return fm_cost_close(bound, r, work, fm_cost_units(work, fm_row_cost_name(bound->row), units),
                         error);
}

fm_status fm_linalg_cost_of_trace(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                  fm_error *error) {
    int first, second;
    FM_TRY(trace_axes(bound, r->in[0], &first, &second, error));
    const int64_t *shape = fm_layout_shape(r->in[0]);
    const int64_t rows = shape[first], columns = shape[second];
    return cost_of_trace(bound, r, length_of(rows, columns, bound->values[1].as.i),
                         rows < columns ? rows : columns, work, error);
}

static fm_status sum_diagonal(fm_program *p, const fm_tensor *a, const fm_value *axes,
                              fm_value dtype) {
    const fm_tensor *diagonal = FM_DO(p, "diagonal", V_T(a), fm_arg(p, 1), axes[0], axes[1]);
    fm_program_return(p, 0, FM_DO(p, "sum", V_T(diagonal), V_I(-1), dtype));
    return p->status;
}

fm_status fm_linalg_run_trace(fm_program *p) {
    return sum_diagonal(p, fm_program_tensor(p, 0), &p->values[2], fm_arg(p, 4));
}

/* linalg.trace(x, offset, dtype): of the last two axes */
fm_status fm_linalg_infer_linalg_trace(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_need_matrix(bound, r, 0, 2, "IndexError", error));
    trace_output(r, r->in[0]->ndim - 2, r->in[0]->ndim - 1, &bound->values[2]);
    return FM_OK;
}

static int64_t last_diagonal(const fm_bound *bound, const fm_resolved *r) {
    const fm_matrices a = fm_linalg_matrices(r->in[0]);
    return length_of(a.m, a.n, bound->values[1].as.i);
}

fm_status fm_linalg_cost_of_linalg_trace(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                         fm_error *error) {
    const int64_t length = last_diagonal(bound, r);
    return cost_of_trace(bound, r, length, length, work, error);
}

static const fm_value last_axes[2] = {{.kind = FM_VALUE_INT, .as.i = -2},
                                      {.kind = FM_VALUE_INT, .as.i = -1}};

fm_status fm_linalg_run_linalg_trace(fm_program *p) {
    return sum_diagonal(p, fm_program_tensor(p, 0), last_axes, fm_arg(p, 2));
}

fm_status fm_linalg_infer_linalg_diagonal(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_linalg_need_matrix(bound, r, 0, 2, "IndexError", error));
    const int64_t length = last_diagonal(bound, r);
    r->compute = r->in[0]->dtype;
    fm_linalg_output(r, 0, r->compute, 1, &length);
    return FM_OK;
}

fm_status fm_linalg_cost_of_linalg_diagonal(const fm_bound *bound, const fm_resolved *r,
                                            fm_work *work, fm_error *error) {
    const int64_t length = last_diagonal(bound, r);
    return fm_cost_result(
        bound, fm_cost_create(work, fm_row_cost_name(bound->row), (fm_extents){1, &length}, true),
        error);
}

fm_status fm_linalg_run_linalg_diagonal(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_program_return(p, 0, FM_DO(p, "diagonal", V_T(a), fm_arg(p, 1), last_axes[0], last_axes[1]));
    return p->status;
}

static int larger(int a, int b) {
    return a > b ? a : b;
}

/* Extent of axis d of ndim, of a shape that has leading axes of 1 in front. */
static int64_t extent_of(const fm_layout *layout, int ndim, int d) {
    const int own = d - (ndim - layout->ndim);
    return own >= 0 ? fm_layout_shape(layout)[own] : 1;
}

fm_status fm_linalg_infer_kron(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const int ndim = larger(r->in[0]->ndim, r->in[1]->ndim);
    int64_t shape[FM_MAX_NDIM];
    if (2 * ndim > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_UNSUPPORTED, bound->row->name, 0,
                          "%d dimensions, but at most %d are taken", ndim, FM_MAX_NDIM / 2);
    for (int d = 0; d < ndim; d++)
        if (__builtin_mul_overflow(extent_of(r->in[0], ndim, d), extent_of(r->in[1], ndim, d),
                                   &shape[d]))
            return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 0,
                              "axis %d would exceed 2^63 - 1", d);
    r->compute = fm_operands_promote(r);
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

fm_status fm_linalg_cost_of_kron(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    return fm_cost_close(bound, r, work,
                         fm_cost_kron(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                      fm_extents_of(r->in[1])),
                         error);
}

/* x with an axis of 1 before (`late`) or behind each of its own. */
static fm_value spread_axes(fm_program *p, int param, int ndim, bool late) {
    const fm_value given = fm_arg(p, param);
    int64_t shape[FM_MAX_NDIM];
    if (given.kind != FM_VALUE_TENSOR || given.as.tensor->layout->flags & FM_LAYOUT_WEAK)
        return given;
    for (int d = 0; d < ndim; d++) {
        const int64_t own = extent_of(given.as.tensor->layout, ndim, d);
        shape[2 * d] = late ? 1 : own;
        shape[2 * d + 1] = late ? own : 1;
    }
    return V_T(FM_DO(p, "reshape", given, V_INTS(shape, 2 * ndim)));
}

fm_status fm_linalg_run_kron(fm_program *p) {
    const fm_value a = fm_arg(p, 0), b = fm_arg(p, 1);
    const fm_layout *la = fm_value_layout(&a), *lb = fm_value_layout(&b);
    const int ndim = larger(la->ndim, lb->ndim);
    int64_t shape[FM_MAX_NDIM];
    for (int d = 0; d < ndim; d++) shape[d] = extent_of(la, ndim, d) * extent_of(lb, ndim, d);
    const fm_value x = spread_axes(p, 0, ndim, false), y = spread_axes(p, 1, ndim, true);
    const fm_tensor *product = FM_DO(p, "multiply", x, y);
    fm_program_return(p, 0, FM_DO(p, "reshape", V_T(product), V_INTS(shape, ndim)));
    return p->status;
}

/* A cross product: the axes that hold the vectors, and the broadcast shape of the others. */
typedef struct cross_case {
    int axis[3]; /* of a, of b, of the result */
    int64_t length[2];
    int ndim; /* of the shape without the vectors' axis */
    int64_t shape[FM_MAX_NDIM];
} cross_case;

static fm_status cross_axis(const fm_bound *bound, const fm_value *axis, int ndim,
                            const char *exception, int *out, fm_error *error) {
    fm_status status = fm_axis_normalise(bound->row, 2, axis->as.i, ndim, out, error);
    return status == FM_OK ? FM_OK : fm_fail_as(error, exception, status);
}

/* The other axes of both operands, broadcast against each other. */
static fm_status cross_shape(const fm_bound *bound, const fm_layout *const *in, cross_case *c,
                             fm_error *error) {
    int64_t others[2][FM_MAX_NDIM];
    const int n[2] = {in[0]->ndim - 1, in[1]->ndim - 1};
    for (int x = 0; x < 2; x++)
        for (int d = 0, to = 0; d < in[x]->ndim; d++)
            if (d != c->axis[x]) others[x][to++] = fm_layout_shape(in[x])[d];
    c->ndim = larger(n[0], n[1]);
    for (int d = 0; d < c->ndim; d++) {
        const int da = d - (c->ndim - n[0]), db = d - (c->ndim - n[1]);
        const int64_t xa = da >= 0 ? others[0][da] : 1, xb = db >= 0 ? others[1][db] : 1;
        if (xa != xb && xa != 1 && xb != 1)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                              "%lld vectors along an axis, but argument 1 has %lld", (long long)xb,
                              (long long)xa);
        c->shape[d] = xa == 1 ? xb : xa;
    }
    return FM_OK;
}

/* axes: of a, of b, of the result. exception: of an axis that is not there. */
static fm_status read_cross(const fm_bound *bound, const fm_layout *const *in,
                            const fm_value *const *axes, const char *exception, cross_case *c,
                            fm_error *error) {
    for (int x = 0; x < 2; x++) {
        if (in[x]->ndim == 0)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, x + 1,
                              "0 dimensions, but at least 1 is needed");
        FM_TRY(cross_axis(bound, axes[x], in[x]->ndim, exception, &c->axis[x], error));
    }
    for (int x = 0; x < 2; x++) {
        c->length[x] = fm_layout_shape(in[x])[c->axis[x]];
        if (c->length[x] != 3 && c->length[x] != 2)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, x + 1,
                              "vectors of %lld elements, but they have 2 or 3",
                              (long long)c->length[x]);
    }
    FM_TRY(cross_shape(bound, in, c, error));
    if (c->length[0] == 2 && c->length[1] == 2) return FM_OK;
    return cross_axis(bound, axes[2], c->ndim + 1, exception, &c->axis[2], error);
}

static fm_status set_cross(fm_resolved *r, const cross_case *c) {
    int64_t shape[FM_MAX_NDIM];
    const bool flat = c->length[0] == 2 && c->length[1] == 2;
    int ndim = 0;
    for (int d = 0; d < c->ndim; d++) {
        if (!flat && ndim == c->axis[2]) shape[ndim++] = 3;
        shape[ndim++] = c->shape[d];
    }
    if (!flat && ndim == c->axis[2]) shape[ndim++] = 3;
    r->compute = fm_operands_promote(r);
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* cross(a, b, axisa, axisb, axisc, axis) */
static void cross_axes(const fm_value *values, const fm_value **axes) {
    for (int i = 0; i < 3; i++) axes[i] = fm_arg_absent(&values[5]) ? &values[2 + i] : &values[5];
}

fm_status fm_linalg_infer_cross(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    cross_case c;
    const fm_value *axes[3];
    cross_axes(bound->values, axes);
    FM_TRY(read_cross(bound, r->in, axes, "AxisError", &c, error));
    return set_cross(r, &c);
}

fm_status fm_linalg_cost_of_cross(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                  fm_error *error) {
    return fm_cost_close(bound, r, work,
                         fm_cost_cross(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                       fm_extents_of(r->in[1])),
                         error);
}

/* linalg.cross(x1, x2, axis): of vectors of three elements */
fm_status fm_linalg_infer_linalg_cross(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    cross_case c;
    const fm_value *axes[3] = {&bound->values[2], &bound->values[2], &bound->values[2]};
    FM_TRY(read_cross(bound, r->in, axes, "IndexError", &c, error));
    for (int x = 0; x < 2; x++)
        if (c.length[x] != 3)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, x + 1,
                              "vectors of 2 elements, but they have 3");
    return set_cross(r, &c);
}

/* 0.4.3 knows the broadcast shape here. */
fm_status fm_linalg_cost_of_linalg_cross(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                         fm_error *error) {
    const fm_extents out = fm_extents_out(r, 0);
    return fm_cost_close(bound, r, work,
                         fm_cost_cross(work, fm_row_cost_name(bound->row), out, out), error);
}

/* Component i of the vectors in the last axis; NULL where they have two and it is the third. */
static const fm_tensor *component(fm_program *p, const fm_tensor *x, int i) {
    if (p->status != FM_OK || i >= fm_layout_shape(x->layout)[x->layout->ndim - 1]) return NULL;
    return FM_DO(p, "squeeze", V_T(fm_linalg_slice(p, x, -1, i, i + 1)), V_I(-1));
}

/* a_i b_j - a_j b_i into `to`, or a new tensor; a component that is missing is 0. */
static const fm_tensor *minor(fm_program *p, const fm_tensor *const *a, const fm_tensor *const *b,
                              int i, int j, const fm_tensor *to) {
    const bool left = a[i] && b[j], right = a[j] && b[i];
    if (left && right) {
        const fm_tensor *x = FM_DO(p, "multiply", V_T(a[i]), V_T(b[j]));
        const fm_tensor *y = FM_DO(p, "multiply", V_T(a[j]), V_T(b[i]));
        if (!to) return FM_DO(p, "subtract", V_T(x), V_T(y));
        FM_DO_INTO(p, to, "subtract", V_T(x), V_T(y));
        return to;
    }
    if (left) {
        FM_DO_INTO(p, to, "multiply", V_T(a[i]), V_T(b[j]));
    } else {
        const fm_tensor *y = FM_DO(p, "multiply", V_T(a[j]), V_T(b[i]));
        FM_DO_INTO(p, to, "negative", V_T(y));
    }
    return to;
}

/* A few vectors of three float64 in the last axis, multiplied where they lie. */
static bool cross_few(fm_program *p, const fm_tensor *const *in, const cross_case *c) {
    enum { FEW = 3 * FM_FEW };
    double a[FEW], b[FEW], out[FEW];
    const fm_layout *layout = in[0]->layout;
    const bool last =
        c->axis[0] == layout->ndim - 1 && c->axis[1] == layout->ndim - 1 && c->axis[2] == c->ndim;
    if (!fm_program_is_host(p) || layout->plain != in[1]->layout->plain || !last ||
        c->length[0] != 3 || layout->dtype != FM_FLOAT64 || layout->size > FEW)
        return false;
    fm_program_read(p, in[0], a);
    fm_program_read(p, in[1], b);
    for (int64_t at = 0; p->status == FM_OK && at < layout->size; at++) {
        const int64_t v = at - at % 3, i = v + (at + 1) % 3, j = v + (at + 2) % 3;
        out[at] = a[i] * b[j] - a[j] * b[i];
    }
    fm_program_return(p, 0,
                      fm_program_from(p, FM_FLOAT64, layout->ndim, fm_layout_shape(layout), out));
    return true;
}

static fm_status run_cross(fm_program *p, const fm_value *const *axes, bool named) {
    const fm_tensor *in[2] = {fm_program_tensor(p, 0), fm_program_tensor(p, 1)}, *part[2][3];
    const fm_bound bound = {p->row, p->values, 0, NULL};
    cross_case c;
    if (p->status != FM_OK) return p->status;
    const fm_layout *layouts[2] = {in[0]->layout, in[1]->layout};
    FM_TRY(read_cross(&bound, layouts, axes, named ? "AxisError" : "IndexError", &c, p->error));
    if (cross_few(p, in, &c)) return p->status;
    const fm_dtype dtype = fm_promote_types(layouts[0]->dtype, layouts[1]->dtype);
    for (int x = 0; x < 2; x++) {
        const fm_tensor *moved =
            FM_DO(p, "moveaxis", V_T(fm_program_cast(p, in[x], dtype)), V_I(c.axis[x]), V_I(-1));
        for (int i = 0; i < 3; i++) part[x][i] = component(p, moved, i);
    }
    if (p->status != FM_OK) return p->status;
    if (c.length[0] == 2 && c.length[1] == 2) {
        fm_program_return(p, 0, minor(p, part[0], part[1], 0, 1, NULL));
        return p->status;
    }
    c.shape[c.ndim] = 3;
    const fm_tensor *made = fm_program_new(p, dtype, c.ndim + 1, c.shape);
    for (int i = 0; i < 3 && p->status == FM_OK; i++)
        (void)minor(p, part[0], part[1], (i + 1) % 3, (i + 2) % 3, component(p, made, i));
    fm_program_return(p, 0, FM_DO(p, "moveaxis", V_T(made), V_I(-1), V_I(c.axis[2])));
    return p->status;
}

fm_status fm_linalg_run_cross(fm_program *p) {
    const fm_value *axes[3];
    cross_axes(p->values, axes);
    return run_cross(p, axes, true);
}

fm_status fm_linalg_run_linalg_cross(fm_program *p) {
    const fm_value *axes[3] = {&p->values[2], &p->values[2], &p->values[2]};
    return run_cross(p, axes, false);
}

fm_status fm_linalg_infer_vdot(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    if (r->in[0]->size != r->in[1]->size)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "%lld elements, but argument 1 has %lld", (long long)r->in[1]->size,
                          (long long)r->in[0]->size);
    r->compute = fm_operands_promote(r);
    fm_output_set(r, 0, r->compute, 0, NULL);
    return FM_OK;
}

fm_status fm_linalg_cost_of_vdot(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    FM_TRY(fm_contract_cost_ravels(r, work));
    return fm_cost_close(bound, r, work,
                         fm_cost_vdot(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                      fm_extents_of(r->in[1])),
                         error);
}

fm_status fm_linalg_run_vdot(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *b = fm_program_tensor(p, 1);
    if (p->status != FM_OK) return p->status;
    if (a->layout->ndim != 1) a = FM_DO(p, "ravel", V_T(a));
    if (b->layout->ndim != 1) b = FM_DO(p, "ravel", V_T(b));
    fm_program_return(p, 0, FM_DO(p, "vecdot", V_T(a), V_T(b)));
    return p->status;
}
