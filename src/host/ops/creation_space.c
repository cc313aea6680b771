/* Evenly and geometrically spaced numbers: linspace, logspace, geomspace; and grids: meshgrid. */
#include "ops/creation_space.h"
#include "ops/elementwise_infer.h"

#include <math.h>
#include <string.h>

enum { P_START, P_STOP, P_NUM, P_ENDPOINT };

#define ZERO "a geometric sequence does not include 0"

static int param_of(const fm_row *row, const char *name) {
    for (int p = 0; p < row->nparams; p++)
        if (strcmp(row->params[p].name, name) == 0) return p;
    return -1;
}

static const fm_value *value_of(const fm_row *row, const fm_value *values, const char *name) {
    static const fm_value unset = {.kind = FM_VALUE_UNSET};
    int p = param_of(row, name);
    return p < 0 ? &unset : &values[p];
}

/* An integer or bool dtype as the floating one that the spacing is computed in. */
static fm_dtype inexact(fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    return kind == 'f' || kind == 'c' ? dtype : FM_FLOAT64;
}

/* The dtype in which geomspace computes: at least float64 unless a smaller one is asked for. */
static fm_dtype geometric(fm_dtype usual, const fm_value *dtype) {
    return fm_promote_types(usual, fm_arg_dtype(dtype, FM_FLOAT64));
}

static bool is_real_number(const fm_value *value) {
    return value->kind >= FM_VALUE_BOOL && value->kind <= FM_VALUE_FLOAT;
}

static double real_of(const fm_value *value) {
    return value->kind == FM_VALUE_FLOAT ? value->as.f : (double)value->as.i;
}

static fm_status refuse_zero(const fm_row *row, const fm_value *ends, fm_error *error) {
    for (int p = P_START; p <= P_STOP; p++)
        if (is_real_number(&ends[p]) && real_of(&ends[p]) == 0)
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1, ZERO);
    return FM_OK;
}

/* start, stop and base broadcast against each other, and a new axis of num. */
fm_status fm_infer_space(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_row *row = bound->row;
    const fm_value *dtype = value_of(row, bound->values, "dtype");
    int64_t num = bound->values[P_NUM].as.i, shape[FM_MAX_NDIM];
    int axis;
    if (num < 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, P_NUM + 1,
                          "%lld numbers, but at least 0 are needed", (long long)num);
    FM_TRY(fm_infer_broadcast(row->name, r, error));
    fm_dtype usual = inexact(fm_operands_promote(r));
    const bool geometric_ = strcmp(row->name, "geomspace") == 0;
    if (geometric_) usual = inexact(geometric(usual, dtype));
    int ndim = r->out[0].ndim, p_axis = param_of(row, "axis");
    if (ndim == FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, row->name, 1, "a new axis beside %d dimensions",
                          ndim);
    fm_status status =
        fm_axis_normalise(row, p_axis, bound->values[p_axis].as.i, ndim + 1, &axis, error);
    if (status != FM_OK && geometric_) FM_TRY(refuse_zero(row, bound->values, error));
    /* Whether a tensor has a 0 is told first, by the program. */
    const bool unread = geometric_ && !(is_real_number(&bound->values[P_START]) &&
                                        is_real_number(&bound->values[P_STOP]));
    if (status != FM_OK && unread) axis = 0;
    if (!unread) FM_TRY(status);
    for (int d = 0; d < ndim + 1; d++) shape[d] = d == axis ? num : r->out[0].shape[d - (d > axis)];
    r->compute = fm_arg_dtype(dtype, usual);
    fm_output_set(r, 0, r->compute, ndim + 1, shape);
    return FM_OK;
}

/* linspace is free by the textbook, a power of the others an element; 0.4.3 charges num, however
   many sequences there are. */
fm_status fm_cost_of_space(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    const char *name = fm_row_cost_name(bound->row);
    fm_extents num = {1, &bound->values[P_NUM].as.i};
    bool even = strcmp(bound->row->name, "linspace") == 0;
    fm_status status = even || work->faults ? fm_cost_create(work, name, num, true)
                                            : fm_cost_elementwise(work, name, fm_extents_out(r, 0));
    return fm_cost_result(bound, status, error);
}

/* The dtype of numbers and arrays together, at least a floating one. */
static fm_dtype dtype_of(const fm_value *values, int count) {
    fm_resolved r = {.nin = count};
    for (int i = 0; i < count; i++) {
        r.in[i] = fm_value_layout(&values[i]);
        if (r.in[i] && r.in[i]->flags & FM_LAYOUT_WEAK) r.by_value |= (uint64_t)1 << i;
    }
    return inexact(fm_operands_promote(&r));
}

/* 0, 1, ... num - 1 along the first of ndim + 1 axes. */
static fm_tensor *counting(fm_program *p, int64_t num, fm_dtype dtype, int ndim) {
    int64_t shape[FM_MAX_NDIM] = {num};
    for (int d = 1; d <= ndim; d++) shape[d] = 1;
    fm_tensor *i = FM_DO(p, "arange", V_I(0), V_I(num), V_I(1), V_D(dtype));
    return ndim ? FM_DO(p, "reshape", V_T(i), V_INTS(shape, ndim + 1)) : i;
}

/* Writes over one place of the first axis. */
static void set_place(fm_program *p, const fm_tensor *y, int64_t place, const fm_tensor *value) {
    fm_tensor *row = FM_DO(p, "squeeze", V_T(fm_do_slice(p, y, 0, place, 1, 1)), V_I(0));
    if (!row || row->layout->size == 0) return;
    fm_tensor *wide = FM_DO(p, "broadcast_to", V_T(value),
                            V_INTS(fm_layout_shape(row->layout), row->layout->ndim));
    FM_DO_INTO(p, row, "astype", V_T(wide), V_D(y->layout->dtype));
}

/* A few numbers as the kernels below would compute them, each product rounded before the sum. */
static fm_tensor *few_between(fm_program *p, const fm_space *s, int64_t div, double step) {
    const double start = real_of(&s->start), stop = real_of(&s->stop), delta = stop - start;
    double y[FM_FEW];
    for (int64_t i = 0; i < s->num; i++) {
        const double at = (double)i;
        const double away = div <= 0    ? at * delta
                            : step == 0 ? at / (double)div * delta
                                        : at * step;
        y[i] = away + start;
    }
    if (s->endpoint && s->num > 1) y[s->num - 1] = stop;
    return fm_program_from(p, FM_FLOAT64, 1, &s->num, y);
}

/* i * step + start; i / div * delta + start where a step is too small to be told from 0. */
static fm_tensor *between_numbers(fm_program *p, const fm_space *s, double *step) {
    double start = real_of(&s->start), stop = real_of(&s->stop), delta = stop - start;
    int64_t div = s->endpoint ? s->num - 1 : s->num;
    *step = div > 0 ? delta / (double)div : NAN;
    if (s->num <= FM_FEW) return few_between(p, s, div, *step);
    fm_tensor *y = counting(p, s->num, FM_FLOAT64, 0);
    if (div > 0 && *step == 0) {
        FM_DO_INTO(p, y, "divide", V_T(y), V_F((double)div));
        FM_DO_INTO(p, y, "multiply", V_T(y), V_F(delta));
    } else {
        FM_DO_INTO(p, y, "multiply", V_T(y), V_F(div > 0 ? *step : delta));
    }
    FM_DO_INTO(p, y, "add", V_T(y), V_F(start));
    if (s->endpoint && s->num > 1)
        set_place(p, y, s->num - 1, fm_program_from(p, FM_FLOAT64, 0, NULL, &stop));
    return y;
}

static fm_tensor *between_tensors(fm_program *p, const fm_space *s, fm_dtype dtype,
                                  const fm_tensor **step) {
    const fm_tensor *start =
        FM_DO(p, "astype", V_T(fm_program_as_tensor(p, &s->start)), V_D(dtype));
    const fm_tensor *stop = FM_DO(p, "astype", V_T(fm_program_as_tensor(p, &s->stop)), V_D(dtype));
    fm_tensor *delta = FM_DO(p, "subtract", V_T(stop), V_T(start)), *factor = delta;
    int64_t div = s->endpoint ? s->num - 1 : s->num;
    if (p->status != FM_OK) return NULL;
    fm_tensor *i = counting(p, s->num, dtype, delta->layout->ndim);
    if (div > 0) {
        fm_tensor *even = FM_DO(p, "divide", V_T(delta), V_F((double)div));
        fm_tensor *none = FM_DO(p, "any", V_T(FM_DO(p, "equal", V_T(even), V_I(0))));
        i = FM_DO(p, "where", V_T(none), V_T(FM_DO(p, "divide", V_T(i), V_F((double)div))), V_T(i));
        factor = FM_DO(p, "where", V_T(none), V_T(delta), V_T(even));
        if (step) *step = even;
    }
    fm_tensor *y = FM_DO(p, "multiply", V_T(i), V_T(factor));
    if (y) FM_DO_INTO(p, y, "add", V_T(y), V_T(start));
    if (y && s->endpoint && s->num > 1) set_place(p, y, s->num - 1, stop);
    return y;
}

fm_tensor *fm_space_between(fm_program *p, const fm_space *s, const fm_tensor **step) {
    const fm_value ends[2] = {s->start, s->stop};
    fm_dtype dtype = dtype_of(ends, 2);
    fm_tensor *y;
    if (step) *step = NULL;
    if (is_real_number(&s->start) && is_real_number(&s->stop)) {
        double even;
        y = between_numbers(p, s, &even);
        if (step) *step = fm_program_from(p, FM_FLOAT64, 0, NULL, &even);
    } else {
        y = between_tensors(p, s, dtype, step);
    }
    if (s->dtype && s->dtype != dtype) {
        char kind = fm_dtype_kind(s->dtype);
        bool whole = kind == 'i' || kind == 'u';
        if (whole && fm_dtype_kind(dtype) == 'c')
            (void)fm_program_fail(p, FM_ERR_DTYPE, 0, "complex ends, which have no %s between them",
                                  fm_dtype_name(s->dtype));
        if (whole) y = FM_DO(p, "floor", V_T(y));
        y = FM_DO(p, "astype", V_T(y), V_D(s->dtype));
    }
    return s->axis ? FM_DO(p, "moveaxis", V_T(y), V_I(0), V_I(s->axis)) : y;
}

/* The arguments that the three functions have in common. */
static fm_space read_space(const fm_program *p) {
    return (fm_space){
        .start = p->values[P_START],
        .stop = p->values[P_STOP],
        .num = p->values[P_NUM].as.i,
        .endpoint = p->values[P_ENDPOINT].as.i != 0,
        .axis = fm_arg_int(value_of(p->row, p->values, "axis"), 0),
        .dtype = fm_arg_dtype(value_of(p->row, p->values, "dtype"), FM_DTYPE_NONE),
    };
}

fm_status fm_run_linspace(fm_program *p) {
    const fm_space s = read_space(p);
    const fm_tensor *step;
    bool both = value_of(p->row, p->values, "retstep")->as.i != 0;
    fm_tensor *y = fm_space_between(p, &s, both ? &step : NULL);
    /* Without a second number there is no step: a number that is none, as NumPy gives it. */
    bool single = (s.endpoint ? s.num - 1 : s.num) <= 0;
    const fm_value pair[2] = {V_T(y), single || !both ? V_F(NAN) : V_T(step)};
    fm_program_reply(p, both ? V_TUPLE(pair, 2) : pair[0]);
    return p->status;
}

/* An array with ones in front of its shape, up to ndim dimensions. */
static fm_value widen(fm_program *p, fm_value value, int ndim) {
    int64_t shape[FM_MAX_NDIM];
    const fm_tensor *a = fm_program_as_tensor(p, &value);
    if (!a || a->layout->ndim >= ndim) return a ? V_T(a) : V_NONE;
    for (int d = 0; d < ndim; d++) {
        int at = d - (ndim - a->layout->ndim);
        shape[d] = at < 0 ? 1 : fm_layout_shape(a->layout)[at];
    }
    return V_T(FM_DO(p, "reshape", V_T(a), V_INTS(shape, ndim)));
}

fm_status fm_run_logspace(fm_program *p) {
    fm_space s = read_space(p);
    fm_value base = *value_of(p->row, p->values, "base");
    const fm_layout *many = fm_value_layout(&base);
    fm_dtype dtype = s.dtype;
    if (many && many->ndim > 0) {
        int ndim = many->ndim;
        for (int i = 0; i < 2; i++) {
            const fm_layout *end = fm_value_layout(&p->values[i]);
            if (end && end->ndim > ndim) ndim = end->ndim;
        }
        s.start = widen(p, s.start, ndim);
        s.stop = widen(p, s.stop, ndim);
        base = V_T(FM_DO(p, "expand_dims", widen(p, base, ndim), V_I(s.axis)));
    }
    s.dtype = FM_DTYPE_NONE;
    fm_tensor *y = FM_DO(p, "power", base, V_T(fm_space_between(p, &s, NULL)));
    fm_program_return(p, 0, dtype ? FM_DO(p, "astype", V_T(y), V_D(dtype)) : y);
    return p->status;
}

static void need_no_zero(fm_program *p, const fm_tensor *end, int param) {
    fm_tensor *none = FM_DO(p, "any", V_T(FM_DO(p, "equal", V_T(end), V_I(0))));
    if (fm_program_int(p, none)) fm_program_fail(p, FM_ERR_ARGUMENT, param + 1, ZERO);
}

/* Writes an end over one place: a number fills its place of a line. */
static void set_end(fm_program *p, const fm_tensor *y, int64_t place, const fm_value *end) {
    const int64_t one = 1;
    if (!is_real_number(end) || y->layout->ndim != 1) {
        set_place(p, y, place, fm_program_as_tensor(p, end));
        return;
    }
    const fm_tensor *at = fm_do_slice(p, y, 0, place, 1, 1);
    if (at) FM_DO_INTO(p, at, "full", V_INTS(&one, 1), V_F(real_of(end)), V_D(y->layout->dtype));
}

/* Both ends of a few numbers on the host. */
static fm_tensor *few_with_ends(fm_program *p, const fm_tensor *y, double start, double stop,
                                bool both) {
    double few[FM_FEW];
    const int64_t num = y->layout->size;
    fm_program_read(p, y, few);
    few[0] = start;
    if (both) few[num - 1] = stop;
    return fm_program_from(p, FM_FLOAT64, 1, &num, few);
}

/* Powers of ten between the logarithms of the ends, which are then set themselves. */
static fm_tensor *powers_between(fm_program *p, fm_space *s, fm_value start, fm_value stop) {
    const bool both = s->num > 1 && s->endpoint;
    s->dtype = FM_DTYPE_NONE;
    s->axis = 0;
    fm_tensor *y = p->status == FM_OK ? fm_space_between(p, s, NULL) : NULL;
    if (y) FM_DO_INTO(p, y, "power", V_F(10.0), V_T(y));
    if (y && s->num > 0 && s->num <= FM_FEW && fm_program_is_host(p) && y->layout->ndim == 1 &&
        y->layout->dtype == FM_FLOAT64 && is_real_number(&start) && is_real_number(&stop))
        return few_with_ends(p, y, real_of(&start), real_of(&stop), both);
    if (y && s->num > 0) set_end(p, y, 0, &start);
    if (y && both) set_end(p, y, s->num - 1, &stop);
    return y;
}

/* Two positive numbers, which need no turning. */
static bool are_positive(const fm_value *ends) {
    return is_real_number(&ends[0]) && is_real_number(&ends[1]) && real_of(&ends[0]) > 0 &&
           real_of(&ends[1]) > 0;
}

/* Turned to start on the positive real axis, spaced by logarithm and turned back. */
static fm_tensor *turned(fm_program *p, fm_space *s, fm_dtype dtype) {
    fm_tensor *start = FM_DO(p, "astype", V_T(fm_program_tensor(p, P_START)), V_D(dtype));
    fm_tensor *stop = FM_DO(p, "astype", V_T(fm_program_tensor(p, P_STOP)), V_D(dtype));
    need_no_zero(p, start, P_START);
    need_no_zero(p, stop, P_STOP);
    fm_tensor *sign = FM_DO(p, "sign", V_T(start));
    start = FM_DO(p, "divide", V_T(start), V_T(sign));
    stop = FM_DO(p, "divide", V_T(stop), V_T(sign));
    s->start = V_T(FM_DO(p, "log10", V_T(start)));
    s->stop = V_T(FM_DO(p, "log10", V_T(stop)));
    fm_tensor *y = powers_between(p, s, V_T(start), V_T(stop));
    return FM_DO(p, "multiply", V_T(y), V_T(sign));
}

fm_status fm_run_geomspace(fm_program *p) {
    fm_space s = read_space(p);
    fm_dtype wanted = s.dtype;
    int64_t axis = s.axis;
    fm_tensor *y;
    fm_dtype dtype =
        inexact(geometric(dtype_of(p->values, 2), value_of(p->row, p->values, "dtype")));
    if (are_positive(p->values) && dtype == FM_FLOAT64) {
        s.start = V_F(log10(real_of(&p->values[P_START])));
        s.stop = V_F(log10(real_of(&p->values[P_STOP])));
        y = powers_between(p, &s, p->values[P_START], p->values[P_STOP]);
    } else {
        y = turned(p, &s, dtype);
    }
    if (axis && p->status == FM_OK) {
        int at;
        p->status = fm_axis_normalise(p->row, param_of(p->row, "axis"), axis, y->layout->ndim, &at,
                                      p->error);
    }
    if (axis) y = FM_DO(p, "moveaxis", V_T(y), V_I(0), V_I(axis));
    if (wanted && wanted != dtype) y = FM_DO(p, "astype", V_T(y), V_D(wanted));
    fm_program_return(p, 0, y);
    return p->status;
}

/* meshgrid */

enum { P_XI, P_COPY, P_SPARSE, P_INDEXING };

static bool is_xy(const fm_value *values) {
    return strcmp(values[P_INDEXING].as.string, "xy") == 0;
}

fm_status fm_infer_meshgrid(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *xi = &bound->values[P_XI];
    const char *indexing = bound->values[P_INDEXING].as.string;
    if (strcmp(indexing, "xy") != 0 && strcmp(indexing, "ij") != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_INDEXING + 1,
                          "indexing is 'xy' or 'ij', but it is '%.20s'", indexing);
    if (xi->count > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_XI + 1,
                          "%u arrays, but at most %d dimensions are supported", xi->count,
                          FM_MAX_NDIM);
    r->compute = xi->count ? xi->as.tensors[0]->layout->dtype : FM_FLOAT64;
    return FM_OK;
}

/* Free by the textbook; 0.4.3 charges full grids, sparse or not. */
fm_status fm_cost_of_meshgrid(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    const fm_value *xi = &bound->values[P_XI];
    int64_t sizes[FM_MAX_NDIM + 1] = {xi->count};
    (void)r;
    for (uint32_t i = 0; i < xi->count; i++) sizes[i + 1] = xi->as.tensors[i]->layout->size;
    return fm_cost_result(bound,
                          fm_cost_create(work, fm_row_cost_name(bound->row),
                                         (fm_extents){(int)xi->count + 1, sizes}, true),
                          error);
}

fm_status fm_run_meshgrid(fm_program *p) {
    const fm_value *xi = &p->values[P_XI];
    const int ndim = (int)xi->count;
    const bool xy = is_xy(p->values) && ndim > 1, sparse = p->values[P_SPARSE].as.i != 0;
    int64_t full[FM_MAX_NDIM];
    fm_value *parts = fm_program_memory(p, (xi->count + 1) * sizeof *parts);
    for (int i = 0; i < ndim; i++) {
        int at = xy && i < 2 ? 1 - i : i;
        full[at] = xi->as.tensors[i]->layout->size;
    }
    for (int i = 0; i < ndim && p->status == FM_OK; i++) {
        int64_t shape[FM_MAX_NDIM];
        int at = xy && i < 2 ? 1 - i : i;
        for (int d = 0; d < ndim; d++) shape[d] = d == at ? full[d] : 1;
        fm_tensor *grid = FM_DO(p, "reshape", V_T(xi->as.tensors[i]), V_INTS(shape, ndim));
        if (!sparse) grid = FM_DO(p, "broadcast_to", V_T(grid), V_INTS(full, ndim));
        if (p->values[P_COPY].as.i) grid = FM_DO(p, "copy", V_T(grid));
        parts[i] = V_T(grid);
    }
    fm_program_reply(p, V_TUPLE(parts, xi->count));
    return p->status;
}
