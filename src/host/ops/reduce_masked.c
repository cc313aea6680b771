/* Reductions with `where` and `initial`, as programs: elements that are left out take a value that
   does not count. */
#include "ops/elementwise_infer.h"
#include "ops/ids.h"
#include "ops/reduce.h"

#include <math.h>
#include <string.h>

const fm_value *fm_reduce_value(const fm_row *row, const fm_value *values, const char *name) {
    static const fm_value absent = {.kind = FM_VALUE_UNSET};
    for (int p = 0; p < row->nparams; p++)
        if (strcmp(row->params[p].name, name) == 0) return &values[p];
    return &absent;
}

bool fm_reduce_is_point(const fm_bound *bound, const fm_layout *a) {
    const int64_t *axes;
    const fm_value *where = fm_reduce_value(bound->row, bound->values, "where");
    if (a->ndim > 0 || (bound->row->op == FM_REDUCE_mean && fm_arg_absent(where))) return false;
    return fm_arg_ints(&bound->values[1], &axes) == 1 && (axes[0] == 0 || axes[0] == -1);
}

static bool is_extremum(const fm_row *row) {
    return row->op == FM_REDUCE_max || row->op == FM_REDUCE_min;
}

/* A mask broadcasts to the array, and does not widen it. */
static fm_status check_mask(const fm_bound *bound, const fm_resolved *r, const fm_layout *mask,
                            fm_error *error) {
    const fm_layout *a = r->in[0];
    char mine[160], others[160];
    bool fits = mask->ndim <= a->ndim;
    for (int d = 0; fits && d < mask->ndim; d++) {
        int64_t extent = fm_layout_shape(mask)[d];
        fits = extent == 1 || extent == fm_layout_shape(a)[a->ndim - mask->ndim + d];
    }
    /* NumPy's mean counts what the mask leaves, for which it is broadcast, before it looks at it.
     */
    bool first = fits || bound->row->op != FM_REDUCE_mean;
    if (mask->dtype != FM_BOOL && first) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 0, "where is %s, but a mask is bool",
                   fm_dtype_name(mask->dtype));
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    if (fits) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 0,
                      "where of shape %s does not broadcast to argument 1 of shape %s",
                      fm_shape_format(mask->ndim, fm_layout_shape(mask), mine, sizeof mine),
                      fm_shape_format(a->ndim, fm_layout_shape(a), others, sizeof others));
}

/* A value that is converted to the output's dtype and broadcasts to its shape. */
static fm_status check_initial(const fm_bound *bound, const fm_resolved *r,
                               const fm_layout *initial, fm_error *error) {
    if (fm_dtype_kind(initial->dtype) == 'c' && fm_dtype_kind(r->out[0].dtype) != 'c') {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 0, "initial is complex, the result %s",
                   fm_dtype_name(r->out[0].dtype));
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    const fm_value *value = fm_reduce_value(bound->row, bound->values, "initial");
    if (value->kind == FM_VALUE_INT && !fm_infer_fits(fm_value_number(value), r->out[0].dtype)) {
        fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 0,
                   "initial %lld is out of bounds for %s", (long long)value->as.i,
                   fm_dtype_name(r->out[0].dtype));
        return fm_fail_as(error, "OverflowError", FM_ERR_OVERFLOW);
    }
    if (initial->ndim == 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 0,
                      "initial has %d dimensions, but it is one number", initial->ndim);
}

fm_status fm_reduce_check(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *where = fm_reduce_value(bound->row, bound->values, "where");
    const fm_value *initial = fm_reduce_value(bound->row, bound->values, "initial");
    bool masked = !fm_arg_absent(where), started = !fm_arg_absent(initial);
    r->program = masked || started;
    if (masked) FM_TRY(check_mask(bound, r, fm_value_layout(where), error));
    if (started) FM_TRY(check_initial(bound, r, fm_value_layout(initial), error));
    if (!masked || started || !is_extremum(bound->row)) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 0,
                      "an extremum of masked elements needs 'initial'");
}

typedef struct masked {
    const fm_tensor *a;
    fm_value axis, dtype, keepdims, where;
    const fm_tensor *initial; /* of the result's dtype; NULL: none */
} masked;

/* The array where the mask is true, else `rest`. */
static const fm_tensor *fill(fm_program *p, const masked *m, fm_value rest) {
    if (fm_arg_absent(&m->where)) return m->a;
    return FM_DO(p, "where", m->where, V_T(m->a), rest);
}

/* How many elements of each sum there are, or the mask leaves. */
static fm_tensor *count(fm_program *p, const masked *m) {
    if (fm_arg_absent(&m->where)) {
        fm_tensor *one = FM_DO(p, "ones", V_INTS(NULL, 0), V_D(FM_BOOL));
        fm_tensor *all = FM_DO(p, "broadcast_to", V_T(one),
                               V_INTS(fm_layout_shape(m->a->layout), m->a->layout->ndim));
        return FM_DO(p, "sum", V_T(all), m->axis, V_D(FM_INT64), m->keepdims);
    }
    fm_tensor *mask = FM_DO(p, "broadcast_to", m->where,
                            V_INTS(fm_layout_shape(m->a->layout), m->a->layout->ndim));
    return FM_DO(p, "sum", V_T(mask), m->axis, V_D(FM_INT64), m->keepdims);
}

/* float16 and bfloat16 are summed in float32. */
static fm_tensor *mean(fm_program *p, const masked *m, fm_dtype dtype) {
    bool half = dtype == FM_FLOAT16 || dtype == FM_BFLOAT16;
    fm_dtype wide = half ? FM_FLOAT32 : dtype;
    fm_tensor *sum = FM_DO(p, "sum", V_T(fill(p, m, V_B(false))), m->axis, V_D(wide), m->keepdims);
    fm_tensor *quotient = FM_DO(p, "divide", V_T(sum), V_T(count(p, m)));
    return FM_DO(p, "astype", V_T(quotient), V_D(dtype));
}

static fm_tensor *extremum(fm_program *p, const masked *m, const fm_row *row) {
    bool most = row->op == FM_REDUCE_max;
    const fm_tensor *filled = fill(p, m, V_T(m->initial));
    if (!filled) return NULL;
    const fm_value wide = V_T(filled);
    if (m->a->layout->size == 0) {
        fm_tensor *none = FM_DO(p, "sum", wide, m->axis, V_D(m->a->layout->dtype), m->keepdims);
        fm_value shape = none ? V_INTS(fm_layout_shape(none->layout), none->layout->ndim) : V_NONE;
        return FM_DO(p, "full", shape, V_T(m->initial), V_D(m->a->layout->dtype));
    }
    return most ? FM_DO(p, "maximum", V_T(FM_DO(p, "max", wide, m->axis, m->keepdims)),
                        V_T(m->initial))
                : FM_DO(p, "minimum", V_T(FM_DO(p, "min", wide, m->axis, m->keepdims)),
                        V_T(m->initial));
}

/* The dtype of the result, which is also that of the initial value. */
static fm_dtype result_dtype(const fm_program *p, const masked *m) {
    fm_dtype own = m->a->layout->dtype;
    char kind = fm_dtype_kind(own);
    if (is_extremum(p->row)) return own;
    if (p->row->op == FM_REDUCE_mean)
        return fm_arg_dtype(&m->dtype, kind == 'f' || kind == 'c' ? own : FM_FLOAT64);
    fm_dtype wide = kind == 'u' ? FM_UINT64 : kind == 'b' || kind == 'i' ? FM_INT64 : own;
    return fm_arg_dtype(&m->dtype, wide);
}

static fm_tensor *reduce(fm_program *p, const masked *m, fm_dtype dtype) {
    const fm_value axis = m->axis, keepdims = m->keepdims;
    fm_tensor *out;
    switch (p->row->op) {
    case FM_REDUCE_any:
        return FM_DO(p, "any", V_T(fill(p, m, V_B(false))), axis, keepdims);
    case FM_REDUCE_all:
        return FM_DO(p, "all", V_T(fill(p, m, V_B(true))), axis, keepdims);
    case FM_REDUCE_mean:
        return mean(p, m, dtype);
    case FM_REDUCE_sum:
        out = FM_DO(p, "sum", V_T(fill(p, m, V_B(false))), axis, V_D(dtype), keepdims);
        return m->initial ? FM_DO(p, "add", V_T(out), V_T(m->initial)) : out;
    case FM_REDUCE_prod:
        out = FM_DO(p, "prod", V_T(fill(p, m, V_B(true))), axis, V_D(dtype), keepdims);
        return m->initial ? FM_DO(p, "multiply", V_T(out), V_T(m->initial)) : out;
    default:
        return extremum(p, m, p->row);
    }
}

/* The initial value in the result's dtype; a float that an integer dtype does not hold is an
   OverflowError, as an integer is. */
static const fm_tensor *initial_of(fm_program *p, const fm_value *value, fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    if (value->kind == FM_VALUE_FLOAT && (kind == 'i' || kind == 'u')) {
        double whole = trunc(value->as.f);
        bool holds =
            whole >= -0x1p63 && whole < 0x1p63 && fm_infer_fits(fm_int((int64_t)whole), dtype);
        if (!holds)
            fm_program_raise(
                p, FM_ERR_OVERFLOW, isnan(value->as.f) ? "ValueError" : "OverflowError", 0,
                "initial %g is out of bounds for %s", value->as.f, fm_dtype_name(dtype));
    }
    return FM_DO(p, "astype", V_T(fm_program_as_tensor(p, value)), V_D(dtype));
}

fm_status fm_run_masked_reduction(fm_program *p) {
    masked m = {.a = fm_program_tensor(p, 0),
                .axis = fm_arg(p, 1),
                .dtype = *fm_reduce_value(p->row, p->values, "dtype"),
                .keepdims = *fm_reduce_value(p->row, p->values, "keepdims"),
                .where = *fm_reduce_value(p->row, p->values, "where")};
    const fm_value *initial = fm_reduce_value(p->row, p->values, "initial");
    if (!m.a) return p->status;
    fm_dtype dtype = result_dtype(p, &m);
    if (!fm_arg_absent(initial)) m.initial = initial_of(p, initial, dtype);
    fm_program_return(p, 0, reduce(p, &m, dtype));
    return p->status;
}
