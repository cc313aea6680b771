/* Rows of differences of neighbours: diff, ediff1d, trapezoid, unwrap. */
#include "ops/args.h"
#include "ops/signal.h"

#include <string.h>

fm_status fm_index_axis(const fm_bound *bound, int param, int64_t axis, int ndim, int *out,
                        fm_error *error) {
    fm_status status = fm_axis_normalise(bound->row, param, axis, ndim, out, error);
    return status == FM_OK ? FM_OK : fm_fail_as(error, "IndexError", status);
}

fm_dtype fm_promote_arrays(const fm_layout *a, const fm_layout *b) {
    return fm_promote_types(a->dtype, b->dtype);
}

fm_tensor *fm_program_cut(fm_program *p, const fm_tensor *x, int axis, int64_t start,
                          int64_t stop) {
    int64_t from[FM_MAX_NDIM], to[FM_MAX_NDIM];
    if (p->status != FM_OK) return NULL;
    for (int d = 0; d <= axis; d++) {
        from[d] = d == axis ? start : 0;
        to[d] = d == axis ? stop : INT64_MAX;
    }
    return FM_DO(p, "slice", V_T(x), V_INTS(from, axis + 1), V_INTS(to, axis + 1));
}

void fm_program_assign(fm_program *p, const fm_tensor *target, const fm_tensor *value) {
    if (p->status != FM_OK) return;
    if (target->layout->dtype == value->layout->dtype)
        FM_DO_INTO(p, target, "copy", V_T(value));
    else
        FM_DO_INTO(p, target, "astype", V_T(value), V_D(target->layout->dtype));
}

/* diff */

enum { P_DIFF_A, P_DIFF_N, P_DIFF_AXIS, P_DIFF_PREPEND, P_DIFF_APPEND };

fm_status fm_infer_diff(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    int64_t n = bound->values[P_DIFF_N].as.i;
    int axis;
    fm_status status =
        fm_index_axis(bound, P_DIFF_AXIS, bound->values[P_DIFF_AXIS].as.i, a->ndim, &axis, error);
    /* 0.4.3 indexes the shape for its cost, but of no elements; what lies one turn below is an
       index all the same. */
    int64_t given = bound->values[P_DIFF_AXIS].as.i;
    bool indexed = given < 0 && given >= -2 * (int64_t)a->ndim;
    if (n == 0 && (a->size == 0 || indexed)) status = FM_OK; /* NumPy gives a back unseen */
    if (status != FM_OK && (a->size == 0 || indexed)) return fm_fail_as(error, "AxisError", status);
    FM_TRY(status);
    if (n < 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_DIFF_N + 1,
                          "order %lld, but it is at least 0", (long long)n);
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

/* n passes, each over one element less a line; prepended and appended ones are not counted. */
fm_status fm_cost_diff(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                       fm_error *error) {
    const fm_layout *a = r->in[0];
    int axis;
    if (bound->values[P_DIFF_N].as.i == 0)
        return fm_cost_close(bound, r, work, fm_cost_units(work, fm_row_cost_name(bound->row), 0),
                             error);
    FM_TRY(
        fm_index_axis(bound, P_DIFF_AXIS, bound->values[P_DIFF_AXIS].as.i, a->ndim, &axis, error));
    fm_u128 n = (fm_u128)bound->values[P_DIFF_N].as.i, extent, lines, passes, missing, units;
    extent = (fm_u128)fm_layout_shape(a)[axis];
    lines = extent ? (fm_u128)a->size / extent : 0;
    bool fits = fm_u128_mul(n, extent, &passes) && fm_u128_mul(n, n + 1, &missing) &&
                fm_u128_mul(fm_u128_minus_or_zero(passes, missing / 2), lines, &units);
    fm_status status =
        fits ? fm_cost_units(work, fm_row_cost_name(bound->row), units) : FM_ERR_OVERFLOW;
    return fm_cost_close(bound, r, work, status, error);
}

/* A number becomes a slice of extent 1. */
static const fm_tensor *as_slice(fm_program *p, int param, const fm_tensor *a, int axis) {
    int64_t shape[FM_MAX_NDIM];
    const fm_tensor *x = fm_program_tensor(p, param);
    if (!x || x->layout->ndim > 0) return x;
    memcpy(shape, fm_layout_shape(a->layout), (size_t)a->layout->ndim * sizeof *shape);
    shape[axis] = 1;
    return FM_DO(p, "broadcast_to", V_T(x), V_INTS(shape, a->layout->ndim));
}

static const fm_tensor *difference(fm_program *p, const fm_tensor *a, int axis) {
    fm_tensor *after = fm_program_cut(p, a, axis, 1, INT64_MAX);
    fm_tensor *before = fm_program_cut(p, a, axis, 0, -1);
    if (p->status != FM_OK) return NULL;
    return a->layout->dtype == FM_BOOL ? FM_DO(p, "not_equal", V_T(after), V_T(before))
                                       : FM_DO(p, "subtract", V_T(after), V_T(before));
}

fm_status fm_run_diff(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, P_DIFF_A), *parts[3];
    int64_t n = p->values[P_DIFF_N].as.i, axis = p->values[P_DIFF_AXIS].as.i;
    if (!a) return p->status;
    if (n == 0) {
        fm_program_return(p, 0, a);
        return p->status;
    }
    int d = (int)(axis < 0 ? axis + a->layout->ndim : axis), count = 0;
    const fm_tensor *before = as_slice(p, P_DIFF_PREPEND, a, d);
    const fm_tensor *after = as_slice(p, P_DIFF_APPEND, a, d);
    if (before) parts[count++] = before;
    parts[count++] = a;
    if (after) parts[count++] = after;
    if (count > 1) a = FM_DO(p, "concatenate", V_TS(parts, count), V_I(d));
    for (int64_t i = 0; i < n && p->status == FM_OK; i++) {
        const fm_tensor *next = difference(p, a, d);
        if (i > 0) fm_program_drop(p, a);
        a = next;
        /* Every further one is the same: its extent stays 0. */
        if (a && fm_layout_shape(a->layout)[d] == 0) break;
    }
    fm_program_return(p, 0, a);
    return p->status;
}

/* ediff1d */

enum { P_EDIFF_ARY, P_EDIFF_END, P_EDIFF_BEGIN };

fm_status fm_infer_ediff1d(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *ary = fm_value_layout(&bound->values[P_EDIFF_ARY]);
    int64_t n = ary->size > 0 ? ary->size - 1 : 0;
    if (ary->dtype == FM_BOOL)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1,
                          "dtype bool, which has no difference; use not_equal");
    for (int i = P_EDIFF_END; i <= P_EDIFF_BEGIN; i++) {
        const fm_layout *edge = fm_value_layout(&bound->values[i]);
        if (!edge) continue;
        n += edge->size;
        bool weak = edge->flags & FM_LAYOUT_WEAK;
        bool fits = fm_can_cast(edge->dtype, ary->dtype, FM_CAST_SAME_KIND) ||
                    (weak && fm_dtype_kind(edge->dtype) != 'c' && fm_dtype_kind(ary->dtype) == 'f');
        if (!fits)
            return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, i + 1,
                              "dtype %s, to which that of argument 1, %s, is not of the same kind",
                              fm_dtype_name(edge->dtype), fm_dtype_name(ary->dtype));
    }
    fm_output_set(r, 0, ary->dtype, 1, &n);
    return FM_OK;
}

fm_status fm_cost_ediff1d(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    fm_u128 size;
    if (!fm_u128_extents(r->out[0].ndim, r->out[0].shape, &size))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    const fm_layout *ary = fm_value_layout(&bound->values[P_EDIFF_ARY]);
    if (work->faults && ary->size == 0) size = fm_u128_minus_or_zero(size, 1); /* n - 1, of none */
    fm_status status = fm_cost_units(work, fm_row_cost_name(bound->row), size);
    return fm_cost_close(bound, r, work, status, error);
}

fm_status fm_run_ediff1d(fm_program *p) {
    fm_tensor *ary = FM_DO(p, "ravel", fm_arg(p, P_EDIFF_ARY));
    if (!ary) return p->status;
    const fm_tensor *parts[3], *middle = difference(p, ary, 0);
    int count = 0;
    for (int i = 0; i < 3; i++) {
        int param = i == 0 ? P_EDIFF_BEGIN : P_EDIFF_END;
        const fm_tensor *edge = i == 1 ? middle : fm_program_tensor(p, param);
        if (!edge) continue;
        if (i != 1) edge = FM_DO(p, "ravel", V_T(edge));
        if (i != 1 && edge) edge = FM_DO(p, "astype", V_T(edge), V_D(ary->layout->dtype));
        parts[count++] = edge;
    }
    fm_program_return(p, 0,
                      count > 1 ? FM_DO(p, "concatenate", V_TS(parts, count), V_I(0)) : middle);
    return p->status;
}

/* trapezoid */

enum { P_TRAP_Y, P_TRAP_X, P_TRAP_DX, P_TRAP_AXIS };

fm_status fm_infer_trapezoid(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axis;
    const int64_t at = bound->values[P_TRAP_AXIS].as.i;
    const fm_layout *y = fm_value_layout(&bound->values[P_TRAP_Y]);
    const fm_layout *x = fm_value_layout(&bound->values[P_TRAP_X]);
    fm_status status = fm_index_axis(bound, P_TRAP_AXIS, at, y->ndim, &axis, error);
    /* The differences of an x of more axes are taken first. */
    const bool x_has_it = x && at >= -x->ndim && at < x->ndim;
    if (status != FM_OK && x && x->ndim != 1 && !x_has_it)
        return fm_fail_as(error, "AxisError", status);
    FM_TRY(status);
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

fm_status fm_cost_trapezoid(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    const fm_layout *y = fm_value_layout(&bound->values[P_TRAP_Y]);
    fm_status status = fm_cost_elements(work, fm_row_cost_name(bound->row), fm_extents_of(y));
    return fm_cost_close(bound, r, work, status, error);
}

/* The distances of neighbours: of one line, turned to the axis, or of all. */
static const fm_tensor *distances(fm_program *p, const fm_tensor *x, int ndim, int axis) {
    int64_t shape[FM_MAX_NDIM];
    if (x->layout->ndim != 1) return FM_DO(p, "diff", V_T(x), V_I(1), fm_arg(p, P_TRAP_AXIS));
    fm_tensor *d = FM_DO(p, "diff", V_T(x), V_I(1), V_I(0));
    for (int i = 0; i < ndim && d; i++) shape[i] = i == axis ? d->layout->size : 1;
    return FM_DO(p, "reshape", V_T(d), V_INTS(shape, ndim));
}

fm_status fm_run_trapezoid(fm_program *p) {
    const fm_tensor *y = fm_program_tensor(p, P_TRAP_Y), *x = fm_program_tensor(p, P_TRAP_X);
    if (!y || p->status != FM_OK) return p->status;
    int64_t at = p->values[P_TRAP_AXIS].as.i;
    int axis = (int)(at < 0 ? at + y->layout->ndim : at);
    fm_value d = fm_arg(p, P_TRAP_DX);
    if (x) d = V_T(distances(p, x, y->layout->ndim, axis));
    fm_tensor *after = fm_program_cut(p, y, axis, 1, INT64_MAX);
    fm_tensor *sum = FM_DO(p, "add", V_T(after), V_T(fm_program_cut(p, y, axis, 0, -1)));
    sum = FM_DO(p, "multiply", d, V_T(sum));
    sum = FM_DO(p, "divide", V_T(sum), V_F(2.0));
    fm_program_return(p, 0, FM_DO(p, "sum", V_T(sum), V_INTS(&at, 1)));
    return p->status;
}

/* unwrap */

enum { P_WRAP_P, P_WRAP_DISCONT, P_WRAP_AXIS, P_WRAP_PERIOD };

fm_status fm_infer_unwrap(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = r->in[0];
    int axis;
    if (x->ndim == 0)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "it has 0 dimensions, but at least 1 is needed");
    fm_status status = fm_axis_normalise(bound->row, P_WRAP_AXIS, bound->values[P_WRAP_AXIS].as.i,
                                         x->ndim, &axis, error);
    if (status != FM_OK) return fm_fail_as(error, "AxisError", status);
    char kind = fm_dtype_kind(x->dtype);
    if (kind == 'c')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "dtype %s, but a phase is real",
                          fm_dtype_name(x->dtype));
    bool whole = bound->values[P_WRAP_PERIOD].kind == FM_VALUE_INT;
    fm_dtype dtype = kind == 'f'   ? x->dtype
                     : !whole      ? FM_FLOAT64
                     : kind == 'b' ? FM_INT64
                                   : x->dtype;
    fm_output_set(r, 0, dtype, x->ndim, fm_layout_shape(x));
    return FM_OK;
}

fm_status fm_cost_unwrap(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    fm_u128 units;
    bool fits = fm_u128_mul((fm_u128)r->in[0]->size, 7, &units);
    fm_status status =
        fits ? fm_cost_units(work, fm_row_cost_name(bound->row), units) : FM_ERR_OVERFLOW;
    return fm_cost_close(bound, r, work, status, error);
}

/* The interval's ends, whether a step of half a period may go either way, and how small a step is
   left alone. */
typedef struct turn {
    fm_value period, low, high, least;
    bool either;
} turn;

static turn read_turn(const fm_program *p, bool whole) {
    turn t = {.period = p->values[P_WRAP_PERIOD], .either = true};
    bool integer = t.period.kind == FM_VALUE_INT;
    double period = integer ? (double)t.period.as.i : t.period.as.f;
    t.least =
        fm_arg_absent(&p->values[P_WRAP_DISCONT]) ? V_F(period / 2) : p->values[P_WRAP_DISCONT];
    if (integer && whole) {
        int64_t half = t.period.as.i / 2, rest = t.period.as.i % 2;
        if (rest < 0) half--;
        t.high = V_I(half);
        t.low = V_I(-half);
        t.either = rest == 0;
    } else {
        t.high = V_F(period / 2);
        t.low = V_F(-period / 2);
    }
    return t;
}

/* The kernel of these corrections for float32 and float64. */
fm_status fm_infer_wrap(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *steps = r->in[0];
    (void)error;
    r->compute = steps->dtype;
    r->params.signal = (fm_signal_params){.a = bound->values[1].as.f, .b = bound->values[2].as.f};
    fm_output_set(r, 0, steps->dtype, steps->ndim, fm_layout_shape(steps));
    return FM_OK;
}

static double number_of(fm_value value) {
    return value.kind == FM_VALUE_FLOAT ? value.as.f : (double)value.as.i;
}

/* What brings each step into the interval. */
static fm_tensor *corrections(fm_program *p, const fm_tensor *steps, const turn *t) {
    fm_dtype dtype = steps ? steps->layout->dtype : FM_DTYPE_NONE;
    if (dtype == FM_FLOAT32 || dtype == FM_FLOAT64)
        return FM_DO(p, "_wrap", V_T(steps), V_F(number_of(t->period)), V_F(number_of(t->least)));
    fm_tensor *in = FM_DO(p, "subtract", V_T(steps), t->low);
    in = FM_DO(p, "add", V_T(FM_DO(p, "remainder", V_T(in), t->period)), t->low);
    if (t->either) {
        fm_tensor *edge = FM_DO(p, "equal", V_T(in), t->low);
        fm_tensor *up = FM_DO(p, "greater", V_T(steps), V_I(0));
        in = FM_DO(p, "where", V_T(FM_DO(p, "logical_and", V_T(edge), V_T(up))), t->high, V_T(in));
    }
    fm_tensor *by = FM_DO(p, "subtract", V_T(in), V_T(steps));
    fm_tensor *small = FM_DO(p, "less", V_T(FM_DO(p, "absolute", V_T(steps))), t->least);
    return FM_DO(p, "where", V_T(small), V_I(0), V_T(by));
}

fm_status fm_run_unwrap(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, P_WRAP_P);
    if (!x) return p->status;
    int64_t at = p->values[P_WRAP_AXIS].as.i;
    int axis = (int)(at < 0 ? at + x->layout->ndim : at);
    bool integer = p->values[P_WRAP_PERIOD].kind == FM_VALUE_INT;
    char kind = fm_dtype_kind(x->layout->dtype);
    fm_dtype dtype = kind == 'f'   ? x->layout->dtype
                     : !integer    ? FM_FLOAT64
                     : kind == 'b' ? FM_INT64
                                   : x->layout->dtype;
    turn t = read_turn(p, kind != 'f');
    const fm_tensor *steps = difference(p, x, axis);
    fm_tensor *by = corrections(p, steps, &t);
    by = FM_DO(p, "cumsum", V_T(by), V_I(axis));
    by = FM_DO(p, "add", V_T(fm_program_cut(p, x, axis, 1, INT64_MAX)), V_T(by));
    fm_tensor *out = fm_program_new(p, dtype, x->layout->ndim, fm_layout_shape(x->layout));
    fm_tensor *first = fm_program_cut(p, out, axis, 0, 1);
    fm_program_assign(p, first, fm_program_cut(p, x, axis, 0, 1));
    fm_program_assign(p, fm_program_cut(p, out, axis, 1, INT64_MAX), by);
    fm_program_return(p, 0, out);
    return p->status;
}
