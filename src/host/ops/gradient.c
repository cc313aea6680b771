/* The row of gradients: central differences inside, one-sided ones at the ends (Fornberg 1988). */
#include "call/coerce.h"
#include "ops/args.h"
#include "ops/signal.h"

#include <string.h>

enum { P_F, P_SPACINGS, P_AXIS, P_EDGE };

static int read_axes(const fm_bound *bound, const fm_layout *f, int *axes, fm_status *status,
                     fm_error *error) {
    int count = f->ndim;
    *status = FM_OK;
    if (fm_arg_absent(&bound->values[P_AXIS])) {
        for (int d = 0; d < count; d++) axes[d] = d;
        return count;
    }
    *status = fm_arg_axis_list(bound, P_AXIS, f->ndim, axes, &count, error);
    if (*status == FM_OK) return count;
    const int64_t *list;
    int given = fm_arg_ints(&bound->values[P_AXIS], &list);
    for (int i = 0; i < given; i++)
        if (list[i] < -f->ndim || list[i] >= f->ndim) fm_fail_as(error, "AxisError", *status);
    return 0;
}

static uint32_t spacings_given(const fm_bound *bound) {
    const fm_value *value = &bound->values[P_SPACINGS];
    return fm_arg_absent(value) ? 0 : value->count;
}

/* The spacing of the i-th axis, as it was given; a number stands for all. */
static fm_value spacing_of(const fm_value *given, uint32_t count, int i) {
    if (count == 0) return V_F(1.0);
    uint32_t at = count == 1 ? 0 : (uint32_t)i;
    if (given->kind == FM_VALUE_TENSORS) return V_T(given->as.tensors[at]);
    return given->as.items[at];
}

static int ndim_of(const fm_value *value) {
    if (value->kind == FM_VALUE_TENSOR) return value->as.tensor->layout->ndim;
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE ||
                   value->kind == FM_VALUE_INTS
               ? 1
               : 0;
}

static int64_t length_of(const fm_value *value) {
    return value->kind == FM_VALUE_TENSOR ? fm_layout_shape(value->as.tensor->layout)[0]
                                          : value->count;
}

static fm_status check_spacings(const fm_bound *bound, const fm_layout *f, const int *axes,
                                int naxes, fm_error *error) {
    uint32_t count = spacings_given(bound);
    fm_value first = spacing_of(&bound->values[P_SPACINGS], count, 0);
    if (count == 0 || (count == 1 && ndim_of(&first) == 0)) return FM_OK;
    if (count != (uint32_t)naxes) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_SPACINGS + 1,
                   "%u spacings, but %d axes", count, naxes);
        return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
    }
    for (int i = 0; i < naxes; i++) {
        fm_value spacing = spacing_of(&bound->values[P_SPACINGS], count, i);
        if (ndim_of(&spacing) == 0) continue;
        int64_t extent = fm_layout_shape(f)[axes[i]];
        if (ndim_of(&spacing) != 1)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_SPACINGS + 1,
                              "%d dimensions, but positions have 1", ndim_of(&spacing));
        if (length_of(&spacing) != extent)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_SPACINGS + 1,
                              "%lld positions, but axis %d of argument 1 is %lld",
                              (long long)length_of(&spacing), axes[i], (long long)extent);
    }
    return FM_OK;
}

fm_status fm_infer_gradient(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *f = fm_value_layout(&bound->values[P_F]);
    int axes[FM_MAX_NDIM];
    int64_t edge = bound->values[P_EDGE].as.i;
    fm_status status;
    for (int d = 0; d < f->ndim; d++) {
        if (fm_layout_shape(f)[d] != 0) continue;
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                   "axis %d has extent 0, but a gradient needs elements", d);
        return fm_fail_as(error, "ZeroDivisionError", FM_ERR_ARGUMENT);
    }
    int naxes = read_axes(bound, f, axes, &status, error);
    FM_TRY(status);
    FM_TRY(check_spacings(bound, f, axes, naxes, error));
    if (edge > 2 || edge < 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_EDGE + 1,
                          "edge order %lld, but it is 1 or 2", (long long)edge);
    for (int i = 0; i < naxes; i++)
        if (fm_layout_shape(f)[axes[i]] < edge + 1)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                              "axis %d has extent %lld, but edge order %lld needs at least %lld",
                              axes[i], (long long)fm_layout_shape(f)[axes[i]], (long long)edge,
                              (long long)edge + 1);
    if (f->dtype == FM_BOOL && naxes > 0)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1,
                          "dtype bool, which has no difference");
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

/* Of every axis, whichever are asked for: a subtraction and a division an inner element. */
fm_status fm_cost_gradient(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    const fm_layout *f = fm_value_layout(&bound->values[P_F]);
    fm_u128 units = 0;
    for (int d = 0; d < f->ndim; d++) {
        fm_u128 extent = (fm_u128)fm_layout_shape(f)[d], inner, part;
        inner = fm_u128_minus_or_zero(extent, 2);
        if (!fm_u128_mul((fm_u128)f->size * 2, inner, &part) || extent == 0) part = 0;
        units += extent ? part / extent : 0;
    }
    fm_status status = fm_cost_units(work, fm_row_cost_name(bound->row), units);
    return fm_cost_close(bound, r, work, status, error);
}

/* One axis on its way. */
typedef struct axis_job {
    fm_program *p;
    const fm_tensor *f, *out;
    int axis, edge;
    fm_value dx;            /* the spacing, or */
    const fm_tensor *steps; /* the distances of neighbours */
} axis_job;

static fm_tensor *cut_f(const axis_job *j, int64_t start, int64_t stop) {
    return fm_program_cut(j->p, j->f, j->axis, start, stop);
}

static void put(const axis_job *j, int64_t start, int64_t stop, const fm_tensor *value) {
    fm_program_assign(j->p, fm_program_cut(j->p, j->out, j->axis, start, stop), value);
}

/* a * x + b * y + c * z */
static fm_tensor *weighted(fm_program *p, const fm_value *w, const fm_tensor *x, const fm_tensor *y,
                           const fm_tensor *z) {
    fm_tensor *sum = FM_DO(p, "multiply", w[0], V_T(x));
    sum = FM_DO(p, "add", V_T(sum), V_T(FM_DO(p, "multiply", w[1], V_T(y))));
    return FM_DO(p, "add", V_T(sum), V_T(FM_DO(p, "multiply", w[2], V_T(z))));
}

/* x / by written where it belongs, in its dtype. */
static void divide_into(fm_program *p, const fm_tensor *target, const fm_tensor *x, fm_value by) {
    if (p->status != FM_OK) return;
    bool same =
        by.kind != FM_VALUE_TENSOR ||
        fm_promote_types(x->layout->dtype, by.as.tensor->layout->dtype) == target->layout->dtype;
    if (same)
        FM_DO_INTO(p, target, "divide", V_T(x), by);
    else
        fm_program_assign(p, target, FM_DO(p, "divide", V_T(x), by));
}

/* Two elements of an axis. */
static fm_tensor *two_of(fm_program *p, const fm_tensor *x, int axis, int64_t first, int64_t step) {
    return FM_DO(p, "_slice", V_T(x), V_I(axis), V_I(first), V_I(2), V_I(step));
}

static void inner_even(const axis_job *j) {
    fm_program *p = j->p;
    fm_tensor *after = cut_f(j, 2, INT64_MAX), *before = cut_f(j, 0, -2);
    fm_tensor *step = FM_DO(p, "subtract", V_T(after), V_T(before));
    fm_value twice =
        j->dx.kind == FM_VALUE_TENSOR
            ? V_T(FM_DO(p, "multiply", V_F(2.0), j->dx))
            : V_F(2 * (j->dx.kind == FM_VALUE_FLOAT ? j->dx.as.f : (double)j->dx.as.i));
    divide_into(p, fm_program_cut(p, j->out, j->axis, 1, -1), step, twice);
}

/* x as a tensor of one axis more or less: the distances turned to the axis. */
static fm_value turned(const axis_job *j, const fm_tensor *x) {
    int64_t shape[FM_MAX_NDIM];
    int ndim = j->f->layout->ndim;
    for (int d = 0; d < ndim && x; d++) shape[d] = d == j->axis ? x->layout->size : 1;
    return V_T(FM_DO(j->p, "reshape", V_T(x), V_INTS(shape, ndim)));
}

/* The weights of the three points around each inner one. */
static void inner_uneven(const axis_job *j) {
    fm_program *p = j->p;
    fm_value d1 = V_T(fm_program_cut(p, j->steps, 0, 0, -1));
    fm_value d2 = V_T(fm_program_cut(p, j->steps, 0, 1, INT64_MAX));
    fm_value both = V_T(FM_DO(p, "add", d1, d2)), w[3];
    fm_tensor *a =
        FM_DO(p, "divide", V_T(FM_DO(p, "negative", d2)), V_T(FM_DO(p, "multiply", d1, both)));
    fm_tensor *b =
        FM_DO(p, "divide", V_T(FM_DO(p, "subtract", d2, d1)), V_T(FM_DO(p, "multiply", d1, d2)));
    fm_tensor *c = FM_DO(p, "divide", d1, V_T(FM_DO(p, "multiply", d2, both)));
    w[0] = turned(j, a);
    w[1] = turned(j, b);
    w[2] = turned(j, c);
    put(j, 1, -1, weighted(p, w, cut_f(j, 0, -2), cut_f(j, 1, -1), cut_f(j, 2, INT64_MAX)));
}

/* The distance at one end, 0-d or of one element. */
static fm_value end_step(const axis_job *j, int64_t start, int64_t stop) {
    if (!j->steps) return j->dx;
    fm_tensor *step = fm_program_cut(j->p, j->steps, 0, start, stop);
    return V_T(FM_DO(j->p, "reshape", V_T(step), V_INTS(NULL, 0)));
}

static void first_order_end(const axis_job *j, bool last) {
    fm_program *p = j->p;
    fm_tensor *high = last ? cut_f(j, -1, INT64_MAX) : cut_f(j, 1, 2);
    fm_tensor *low = last ? cut_f(j, -2, -1) : cut_f(j, 0, 1);
    fm_value step = last ? end_step(j, -1, INT64_MAX) : end_step(j, 0, 1);
    fm_tensor *rise = FM_DO(p, "subtract", V_T(high), V_T(low));
    fm_tensor *slope = FM_DO(p, "divide", V_T(rise), step);
    put(j, last ? -1 : 0, last ? INT64_MAX : 1, slope);
}

/* Both ends at once, where one number is the distance: pairs of elements n - 1 and n - 2 apart. */
static bool first_order_ends(const axis_job *j) {
    fm_program *p = j->p;
    const int64_t n = fm_layout_shape(j->f->layout)[j->axis];
    if (p->status != FM_OK || j->steps || n < 3) return false;
    fm_tensor *high = two_of(p, j->f, j->axis, 1, n - 2);
    fm_tensor *low = two_of(p, j->f, j->axis, 0, n - 2);
    fm_tensor *rise = FM_DO(p, "subtract", V_T(high), V_T(low));
    fm_tensor *target = two_of(p, j->out, j->axis, 0, n - 1);
    divide_into(p, target, rise, j->dx);
    return true;
}

static fm_value quotient(const axis_job *j, double top, fm_value below) {
    fm_program *p = j->p;
    if (below.kind == FM_VALUE_TENSOR) return V_T(FM_DO(p, "divide", V_F(top), below));
    return V_F(top / (below.kind == FM_VALUE_FLOAT ? below.as.f : (double)below.as.i));
}

/* The weights at an uneven end: d1 is the outer distance of the first end, the inner of the last.
 */
static void end_weights(const axis_job *j, bool last, fm_value *w) {
    fm_program *p = j->p;
    fm_value d1 = last ? end_step(j, -2, -1) : end_step(j, 0, 1);
    fm_value d2 = last ? end_step(j, -1, INT64_MAX) : end_step(j, 1, 2);
    fm_value both = V_T(FM_DO(p, "add", d1, d2));
    fm_value first = V_T(FM_DO(p, "multiply", d1, both));
    fm_value middle = V_T(FM_DO(p, "multiply", d1, d2));
    fm_value second = V_T(FM_DO(p, "multiply", d2, both));
    fm_value outer = last ? d2 : d1, inner = last ? d1 : d2;
    fm_tensor *wide = FM_DO(p, "add", V_T(FM_DO(p, "multiply", V_F(2.0), outer)), inner);
    fm_tensor *near = FM_DO(p, "divide", V_T(wide), last ? second : first);
    fm_tensor *far = FM_DO(p, "divide", outer, last ? first : second);
    fm_tensor *between = FM_DO(p, "divide", both, middle);
    if (last) {
        w[0] = V_T(far);
        w[1] = V_T(FM_DO(p, "negative", V_T(between)));
        w[2] = V_T(near);
    } else {
        w[0] = V_T(FM_DO(p, "negative", V_T(near)));
        w[1] = V_T(between);
        w[2] = V_T(FM_DO(p, "negative", V_T(far)));
    }
}

static void second_order_end(const axis_job *j, bool last) {
    fm_value w[3];
    if (j->steps) {
        end_weights(j, last, w);
    } else {
        w[0] = quotient(j, last ? 0.5 : -1.5, j->dx);
        w[1] = quotient(j, last ? -2.0 : 2.0, j->dx);
        w[2] = quotient(j, last ? 1.5 : -0.5, j->dx);
    }
    fm_tensor *x = last ? cut_f(j, -3, -2) : cut_f(j, 0, 1);
    fm_tensor *y = last ? cut_f(j, -2, -1) : cut_f(j, 1, 2);
    fm_tensor *z = last ? cut_f(j, -1, INT64_MAX) : cut_f(j, 2, 3);
    put(j, last ? -1 : 0, last ? INT64_MAX : 1, weighted(j->p, w, x, y, z));
}

/* Positions become distances; where all are equal, a number. */
static void read_spacing(axis_job *j, fm_value spacing) {
    fm_program *p = j->p;
    const fm_tensor *x = NULL;
    j->steps = NULL;
    j->dx = spacing;
    if (spacing.kind == FM_VALUE_COMPLEX) j->dx = V_T(fm_program_as_tensor(p, &spacing));
    if (ndim_of(&spacing) == 0) return;
    p->status = fm_coerce_array(p->ctx, &spacing, &p->held, &x, p->error);
    if (p->status != FM_OK) return;
    char kind = fm_dtype_kind(x->layout->dtype);
    if (kind == 'i' || kind == 'u') x = FM_DO(p, "astype", V_T(x), V_D(FM_FLOAT64));
    j->steps = FM_DO(p, "diff", V_T(x));
    fm_tensor *first = fm_program_cut(p, j->steps, 0, 0, 1);
    fm_tensor *equal = FM_DO(p, "all", V_T(FM_DO(p, "equal", V_T(j->steps), V_T(first))));
    if (!fm_program_int(p, equal)) return;
    j->dx = V_T(FM_DO(p, "reshape", V_T(first), V_INTS(NULL, 0)));
    j->steps = NULL;
}

static const fm_tensor *run_axis(fm_program *p, const fm_tensor *f, int axis, fm_value spacing) {
    axis_job j = {.p = p, .f = f, .axis = axis, .edge = (int)p->values[P_EDGE].as.i};
    if (p->status != FM_OK) return NULL;
    j.out = fm_program_new(p, f->layout->dtype, f->layout->ndim, fm_layout_shape(f->layout));
    read_spacing(&j, spacing);
    if (p->status != FM_OK) return NULL;
    if (fm_layout_shape(f->layout)[axis] > 2) {
        if (j.steps)
            inner_uneven(&j);
        else
            inner_even(&j);
    }
    for (int last = 0; last < 2; last++) {
        if (j.edge == 1 && first_order_ends(&j)) break;
        if (j.edge == 1)
            first_order_end(&j, last);
        else
            second_order_end(&j, last);
    }
    return j.out;
}

fm_status fm_run_gradient(fm_program *p) {
    const fm_tensor *f = fm_program_tensor(p, P_F);
    fm_bound bound = {p->row, p->values, p->wanted, NULL};
    fm_value items[FM_MAX_NDIM];
    int axes[FM_MAX_NDIM];
    fm_status status;
    if (!f) return p->status;
    int naxes = read_axes(&bound, f->layout, axes, &status, p->error);
    char kind = fm_dtype_kind(f->layout->dtype);
    if (kind != 'f' && kind != 'c') f = FM_DO(p, "astype", V_T(f), V_D(FM_FLOAT64));
    uint32_t count = spacings_given(&bound);
    for (int i = 0; i < naxes; i++) {
        fm_value spacing = spacing_of(&p->values[P_SPACINGS], count, i);
        items[i] = V_T(run_axis(p, f, axes[i], spacing));
        if (p->status != FM_OK) return p->status;
    }
    if (naxes == 1)
        fm_program_reply(p, items[0]);
    else
        fm_program_reply(p, V_TUPLE(items, naxes));
    return p->status;
}
