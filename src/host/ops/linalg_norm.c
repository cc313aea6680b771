/* Norms of vectors and matrices. */
#include "ops/linalg.h"

#include <math.h>
#include <string.h>

fm_norm_order fm_linalg_order(const fm_value *value) {
    fm_norm_order order = {.none = fm_arg_absent(value)};
    if (value->kind == FM_VALUE_STRING)
        order.text = strcmp(value->as.string, "f") ? value->as.string : "fro";
    else if (value->kind == FM_VALUE_FLOAT)
        order.number = value->as.f;
    else if (value->kind == FM_VALUE_INT || value->kind == FM_VALUE_BOOL)
        order.number = (double)value->as.i;
    return order;
}

bool fm_linalg_by_values(const fm_norm_order *order) {
    if (order->none) return false;
    if (order->text) return !strcmp(order->text, "nuc");
    return fabs(order->number) == 2;
}

fm_status fm_linalg_need_order(const fm_bound *bound, int param, const fm_norm_order *order,
                               fm_error *error) {
    const double size = fabs(order->number);
    if (order->none) return FM_OK;
    if (order->text && (!strcmp(order->text, "fro") || !strcmp(order->text, "nuc"))) return FM_OK;
    if (!order->text && (size == 1 || size == 2 || isinf(size))) return FM_OK;
    if (order->text)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                          "'%.40s' is no order of a matrix norm", order->text);
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                      "%g is no order of a matrix norm", order->number);
}

/* x itself where it is floating, else as float64. */
static const fm_tensor *floating(fm_program *p, const fm_tensor *x) {
    if (p->status != FM_OK) return x;
    char kind = fm_dtype_kind(x->layout->dtype);
    return kind == 'f' || kind == 'c' ? x : fm_program_cast(p, x, FM_FLOAT64);
}

static fm_dtype norm_dtype(fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    return kind == 'f' || kind == 'c' ? fm_linalg_real(dtype) : FM_FLOAT64;
}

static bool is_complex(const fm_tensor *x) {
    return fm_dtype_kind(x->layout->dtype) == 'c';
}

/* The root of the sum of squared magnitudes along the last axis. */
static const fm_tensor *euclidean(fm_program *p, const fm_tensor *x) {
    const fm_tensor *square = FM_DO(p, "vecdot", V_T(x), V_T(x));
    if (p->status == FM_OK && is_complex(x)) square = FM_DO(p, "real", V_T(square));
    return FM_DO(p, "sqrt", V_T(square));
}

/* The sum along the last axis of |x|^order, and its root. */
static const fm_tensor *of_power(fm_program *p, const fm_tensor *x, double order) {
    const fm_tensor *power = FM_DO(p, "power", V_T(FM_DO(p, "abs", V_T(x))), V_F(order));
    const fm_tensor *sum = FM_DO(p, "sum", V_T(power), V_I(-1));
    return FM_DO(p, "power", V_T(sum), V_F(1 / order));
}

/* The number of elements along the last axis that are not 0. */
static const fm_tensor *count_nonzero(fm_program *p, const fm_tensor *x) {
    const fm_tensor *marks = FM_DO(p, "not_equal", V_T(x), V_I(0));
    if (p->status != FM_OK) return NULL;
    return FM_DO(p, "sum", V_T(marks), V_I(-1), V_D(norm_dtype(x->layout->dtype)));
}

/* Zeros where the last axis of x was. */
static const fm_tensor *zeros_beside(fm_program *p, const fm_tensor *x) {
    if (p->status != FM_OK) return NULL;
    return FM_DO(p, "zeros", V_INTS(fm_layout_shape(x->layout), x->layout->ndim - 1),
                 V_D(norm_dtype(x->layout->dtype)));
}

static int64_t last_extent(const fm_tensor *x) {
    return fm_layout_shape(x->layout)[x->layout->ndim - 1];
}

/* Norms of the vectors along the last axis; the order is a number or none. */
static const fm_tensor *vector_norms(fm_program *p, const fm_tensor *x,
                                     const fm_norm_order *order) {
    if (p->status != FM_OK) return NULL;
    if (order->none || order->number == 2) return euclidean(p, x);
    if (order->number == 0) return count_nonzero(p, x);
    if (order->number == INFINITY && last_extent(x) == 0) return zeros_beside(p, x);
    if (!isinf(order->number) && order->number != 1) return of_power(p, x, order->number);
    const fm_tensor *size = FM_DO(p, "abs", V_T(x));
    if (order->number == 1) return FM_DO(p, "sum", V_T(size), V_I(-1));
    return order->number > 0 ? FM_DO(p, "max", V_T(size), V_I(-1))
                             : FM_DO(p, "min", V_T(size), V_I(-1));
}

/* Largest, smallest or sum of the singular values. */
static const fm_tensor *of_values(fm_program *p, const fm_tensor *x, const fm_norm_order *order) {
    const fm_tensor *s = fm_linalg_svd_of(p, x, FM_VECTORS_NONE, false, -1).s;
    if (p->status != FM_OK) return NULL;
    if (order->text) return FM_DO(p, "sum", V_T(s), V_I(-1));
    if (order->number < 0) return FM_DO(p, "min", V_T(s), V_I(-1));
    return last_extent(s) == 0 ? zeros_beside(p, s) : FM_DO(p, "max", V_T(s), V_I(-1));
}

/* Each matrix as a vector. */
static const fm_tensor *flattened(fm_program *p, const fm_tensor *x) {
    int64_t shape[FM_MAX_NDIM];
    const fm_matrices size = fm_linalg_matrices(x->layout);
    memcpy(shape, fm_layout_shape(x->layout), (size_t)size.leading * sizeof *shape);
    shape[size.leading] = size.m * size.n;
    return FM_DO(p, "reshape", V_T(x), V_INTS(shape, size.leading + 1));
}

const fm_tensor *fm_linalg_matrix_norms(fm_program *p, const fm_tensor *x,
                                        const fm_norm_order *order) {
    if (p->status != FM_OK) return NULL;
    if (fm_linalg_by_values(order)) return of_values(p, x, order);
    if (order->none || order->text) return euclidean(p, flattened(p, x));
    const fm_tensor *size = FM_DO(p, "abs", V_T(x));
    /* Sums down the columns for 1, along the rows for infinity; then the extreme one. */
    const bool columns = fabs(order->number) == 1;
    const fm_tensor *sums = FM_DO(p, "sum", V_T(size), V_I(columns ? -2 : -1));
    if (p->status != FM_OK) return NULL;
    if (order->number < 0) return FM_DO(p, "min", V_T(sums), V_I(-1));
    return last_extent(sums) == 0 ? zeros_beside(p, sums) : FM_DO(p, "max", V_T(sums), V_I(-1));
}

/* Extents with those of the axes left out, or 1 in their place. */
static int reduced_shape(const fm_layout *x, fm_axis_set axes, bool keepdims, int64_t *shape) {
    int ndim = 0;
    for (int d = 0; d < x->ndim; d++) {
        const bool reduced = axes >> d & 1;
        if (!reduced || keepdims) shape[ndim++] = reduced ? 1 : fm_layout_shape(x)[d];
    }
    return ndim;
}

static void set_result(fm_resolved *r, fm_axis_set axes, bool keepdims) {
    int64_t shape[FM_MAX_NDIM];
    const int ndim = reduced_shape(r->in[0], axes, keepdims, shape);
    fm_output_set(r, 0, norm_dtype(r->in[0]->dtype), ndim, shape);
    r->compute = r->in[0]->dtype;
}

/* A vector has no order by name. */
static fm_status need_number(const fm_bound *bound, const fm_norm_order *order, fm_error *error) {
    if (!order->text) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                      "'%.40s' is no order of a vector norm", order->text);
}

/* Names the class of an axis that is not there. */
static fm_status axes_of(const fm_bound *bound, int ndim, const char *exception, int *axes,
                         int *count, fm_error *error) {
    const int64_t *ints;
    const int given = fm_arg_ints(&bound->values[2], &ints);
    for (int i = 0; i < given; i++)
        if (ints[i] < -ndim || ints[i] >= ndim) {
            fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                       "axis %lld is out of range for %d dimensions", (long long)ints[i], ndim);
            return fm_fail_as(error, exception, FM_ERR_SHAPE);
        }
    return fm_arg_axis_list(bound, 2, ndim, axes, count, error);
}

static fm_axis_set set_of(int count, const int *axes) {
    fm_axis_set set = 0;
    for (int i = 0; i < count; i++) set |= (fm_axis_set)1 << axes[i];
    return set;
}

/* norm(x, ord, axis, keepdims): what it is of. */
typedef struct norm_case {
    fm_norm_order order;
    bool whole; /* of all elements, whatever their shape */
    int count;  /* else axes: one for vectors, two for matrices */
    int axes[FM_MAX_NDIM];
} norm_case;

static fm_status read_norm(const fm_bound *bound, const fm_layout *x, norm_case *norm,
                           fm_error *error) {
    const bool all = fm_arg_absent(&bound->values[2]);
    norm->order = fm_linalg_order(&bound->values[1]);
    norm->whole = all && (norm->order.none ||
                          (norm->order.text && !strcmp(norm->order.text, "fro") && x->ndim == 2) ||
                          (!norm->order.text && norm->order.number == 2 && x->ndim == 1));
    norm->count = 0;
    if (norm->whole) return FM_OK;
    for (int d = 0; all && d < x->ndim; d++) norm->axes[norm->count++] = d;
    const int64_t *given;
    if (!all) norm->count = fm_arg_ints(&bound->values[2], &given);
    if (norm->count != 1 && norm->count != 2)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                          "%d axes, but a norm is of 1 or 2", norm->count);
    if (norm->count == 1) FM_TRY(need_number(bound, &norm->order, error));
    if (!all) FM_TRY(axes_of(bound, x->ndim, "AxisError", norm->axes, &norm->count, error));
    return norm->count == 1 ? FM_OK : fm_linalg_need_order(bound, 1, &norm->order, error);
}

fm_status fm_linalg_infer_norm(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    norm_case norm;
    FM_TRY(read_norm(bound, r->in[0], &norm, error));
    if (norm.count == 2 && fm_linalg_by_values(&norm.order))
        FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    const fm_axis_set axes =
        norm.whole ? fm_all_axes(r->in[0]->ndim) : set_of(norm.count, norm.axes);
    set_result(r, axes, fm_arg_int(&bound->values[3], 0) != 0);
    r->silent = r->in[0]->ndim == 0; /* 0.4.3 neither charges nor records it */
    return FM_OK;
}

/* The formula, for a shape of its own. */
static fm_status norm_cost(const fm_bound *bound, const fm_resolved *r, int ndim,
                           const int64_t *shape, const fm_norm_order *order, fm_work *work,
                           fm_error *error) {
    const fm_formula *row;
    const fm_formula_arg args[] = {
        {.shape = {ndim, shape}},
        {.none = order->none, .text = order->text, .number = order->number}};
    FM_TRY(fm_formula_find(bound->row->name, &row, error));
    fm_status status = row->cost(row, args, work, error);
    if (status != FM_OK && status != FM_ERR_OVERFLOW) return status;
    return fm_cost_close(bound, r, work, status, error);
}

/* The shape whose norm is charged: the axes', and by the textbook all others before them. */
static int charged_shape(const fm_layout *x, int count, const int *axes, bool batch,
                         int64_t *shape) {
    const fm_axis_set set = set_of(count, axes);
    int ndim = 0;
    for (int d = 0; batch && d < x->ndim; d++)
        if (!(set >> d & 1)) shape[ndim++] = fm_layout_shape(x)[d];
    for (int i = 0; i < count; i++) shape[ndim++] = fm_layout_shape(x)[axes[i]];
    return ndim;
}

fm_status fm_linalg_cost_of_norm(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    norm_case norm;
    const fm_layout *x = r->in[0];
    int64_t shape[FM_MAX_NDIM];
    static const fm_norm_order plain = {.none = true};
    FM_TRY(read_norm(bound, x, &norm, error));
    if (norm.whole && x->ndim == 0 && work->faults)
        return fm_cost_close(bound, r, work, fm_cost_free(work, fm_row_cost_name(bound->row)),
                             error);
    if (norm.whole || norm.count == 1) {
        shape[0] = work->faults && norm.count == 1 ? fm_layout_shape(x)[norm.axes[0]] : x->size;
        return norm_cost(bound, r, 1, shape, &plain, work, error);
    }
    const int ndim = charged_shape(x, norm.count, norm.axes, !work->faults, shape);
    return norm_cost(bound, r, ndim, shape, &norm.order, work, error);
}

/* The result under the shape that infer gave it. */
static fm_status finish(fm_program *p, const fm_tensor *x, fm_axis_set axes, bool keepdims,
                        const fm_tensor *norm) {
    int64_t shape[FM_MAX_NDIM];
    if (p->status != FM_OK) return p->status;
    const int ndim = reduced_shape(x->layout, axes, keepdims, shape);
    if (ndim != norm->layout->ndim) norm = FM_DO(p, "reshape", V_T(norm), V_INTS(shape, ndim));
    if (p->status == FM_OK)
        fm_program_return(p, 0, fm_program_cast(p, norm, norm_dtype(x->layout->dtype)));
    return p->status;
}

fm_status fm_linalg_run_norm(fm_program *p) {
    const fm_tensor *given = fm_program_tensor(p, 0);
    const fm_value keep = fm_arg(p, 3);
    const bool keepdims = fm_arg_int(&keep, 0) != 0;
    const fm_bound bound = {p->row, p->values, 0, NULL};
    norm_case norm;
    if (p->status != FM_OK) return p->status;
    if (read_norm(&bound, given->layout, &norm, p->error) != FM_OK) return FM_ERR_ARGUMENT;
    const fm_tensor *x = floating(p, given);
    if (norm.whole) {
        const fm_tensor *all = FM_DO(p, "ravel", V_T(x));
        return finish(p, given, fm_all_axes(given->layout->ndim), keepdims, euclidean(p, all));
    }
    const fm_axis_set axes = set_of(norm.count, norm.axes);
    const int64_t from[2] = {norm.axes[0], norm.count == 2 ? norm.axes[1] : 0}, to[2] = {-2, -1};
    x = FM_DO(p, "moveaxis", V_T(x), V_INTS(from, norm.count),
              V_INTS(norm.count == 2 ? to : to + 1, norm.count));
    return finish(p, given, axes, keepdims,
                  norm.count == 2 ? fm_linalg_matrix_norms(p, x, &norm.order)
                                  : vector_norms(p, x, &norm.order));
}

/* matrix_norm(x, ord, keepdims): of the last two axes */
fm_status fm_linalg_infer_matrix_norm(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_norm_order order = fm_linalg_order(&bound->values[1]);
    FM_TRY(fm_linalg_need_matrix(bound, r, 0, 2, "IndexError", error));
    FM_TRY(fm_linalg_need_order(bound, 1, &order, error));
    if (fm_linalg_by_values(&order)) FM_TRY(fm_linalg_need_dtype(bound, r, 0, error));
    set_result(r, (fm_axis_set)3 << (r->in[0]->ndim - 2), fm_arg_int(&bound->values[2], 0) != 0);
    return FM_OK;
}

fm_status fm_linalg_cost_of_matrix_norm(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                        fm_error *error) {
    const fm_norm_order order = fm_linalg_order(&bound->values[1]);
    return norm_cost(bound, r, r->in[0]->ndim, fm_layout_shape(r->in[0]), &order, work, error);
}

fm_status fm_linalg_run_matrix_norm(fm_program *p) {
    const fm_tensor *given = fm_program_tensor(p, 0);
    const fm_value ord = fm_arg(p, 1), keep = fm_arg(p, 2);
    const fm_norm_order order = fm_linalg_order(&ord);
    if (p->status != FM_OK) return p->status;
    const fm_tensor *norm = fm_linalg_matrix_norms(p, floating(p, given), &order);
    return finish(p, given, (fm_axis_set)3 << (given->layout->ndim - 2), fm_arg_int(&keep, 0) != 0,
                  norm);
}

/* vector_norm(x, ord, axis, keepdims): of any axes taken as one */
fm_status fm_linalg_infer_vector_norm(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axes[FM_MAX_NDIM], count = 0;
    const fm_norm_order order = fm_linalg_order(&bound->values[1]);
    const int ndim = r->in[0]->ndim;
    const bool all = fm_arg_absent(&bound->values[2]);
    if (!all) FM_TRY(axes_of(bound, ndim, "IndexError", axes, &count, error));
    FM_TRY(need_number(bound, &order, error));
    set_result(r, all ? fm_all_axes(ndim) : set_of(count, axes),
               fm_arg_int(&bound->values[3], 0) != 0);
    return FM_OK;
}

fm_status fm_linalg_cost_of_vector_norm(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                        fm_error *error) {
    int axes[FM_MAX_NDIM], count = 0;
    int64_t size = r->in[0]->size;
    static const fm_norm_order plain = {.none = true};
    if (work->faults && !fm_arg_absent(&bound->values[2])) {
        FM_TRY(axes_of(bound, r->in[0]->ndim, "IndexError", axes, &count, error));
        size = 1;
        for (int i = 0; i < count; i++) size *= fm_layout_shape(r->in[0])[axes[i]];
    }
    return norm_cost(bound, r, 1, &size, &plain, work, error);
}

/* The axes joined to one at the end; the reshape copies where it must. */
static const fm_tensor *joined(fm_program *p, const fm_tensor *x, int count, const int *axes) {
    const fm_axis_set set = set_of(count, axes);
    int64_t from[FM_MAX_NDIM], to[FM_MAX_NDIM], shape[FM_MAX_NDIM], size = 1;
    if (p->status != FM_OK) return NULL;
    int ndim = 0;
    for (int d = 0; d < x->layout->ndim; d++)
        if (!(set >> d & 1)) shape[ndim++] = fm_layout_shape(x->layout)[d];
    for (int i = 0; i < count; i++) {
        from[i] = axes[i];
        to[i] = i - count;
        size *= fm_layout_shape(x->layout)[axes[i]];
    }
    shape[ndim++] = size;
    x = FM_DO(p, "moveaxis", V_T(x), V_INTS(from, count), V_INTS(to, count));
    return count == 1 ? x : FM_DO(p, "reshape", V_T(x), V_INTS(shape, ndim));
}

fm_status fm_linalg_run_vector_norm(fm_program *p) {
    const fm_tensor *given = fm_program_tensor(p, 0);
    const fm_value ord = fm_arg(p, 1), axis = fm_arg(p, 2), keep = fm_arg(p, 3);
    const fm_norm_order order = fm_linalg_order(&ord);
    const fm_bound bound = {p->row, p->values, 0, NULL};
    int axes[FM_MAX_NDIM], count = 0;
    if (p->status != FM_OK) return p->status;
    const fm_tensor *x = floating(p, given);
    fm_axis_set set = fm_all_axes(given->layout->ndim);
    if (fm_arg_absent(&axis)) {
        x = FM_DO(p, "ravel", V_T(x));
    } else {
        FM_TRY(axes_of(&bound, given->layout->ndim, "IndexError", axes, &count, p->error));
        set = set_of(count, axes);
        x = joined(p, x, count, axes);
    }
    return finish(p, given, set, fm_arg_int(&keep, 0) != 0, vector_norms(p, x, &order));
}
