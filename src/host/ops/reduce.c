/* Rows that reduce axes: sum, prod, mean, max, min, any, all, argmax, argmin. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/reduce.h"

/* Where the rows keep their parameters. */
enum { P_A, P_AXIS, P_LAST }; /* then dtype and keepdims, or keepdims alone */

/* Takes the operand and the axes up and sets the output's shape, with dtype out. */
static fm_status reduce_shape(const fm_bound *bound, fm_resolved *r, fm_dtype out,
                              fm_error *error) {
    const fm_layout *a = r->in[0];
    fm_axis_set axes = 0;
    if (!fm_reduce_is_point(bound, a)) FM_TRY(fm_arg_axes(bound, P_AXIS, a->ndim, &axes, error));
    bool keepdims = fm_arg_int(fm_reduce_value(bound->row, bound->values, "keepdims"), 0) != 0;
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    for (int d = 0; d < a->ndim; d++) {
        bool reduced = axes >> d & 1;
        if (reduced && keepdims)
            shape[ndim++] = 1;
        else if (!reduced)
            shape[ndim++] = fm_layout_shape(a)[d];
    }
    r->params.reduce = (fm_reduce_params){.axes = axes, .keepdims = keepdims};
    fm_output_set(r, 0, out, ndim, shape);
    return fm_reduce_check(bound, r, error);
}

/* FM_ERR_ARGUMENT where elements would be the extremum of nothing, also where there are none. */
static fm_status need_elements(const fm_bound *bound, const fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    int empty = -1;
    if (!fm_arg_absent(fm_reduce_value(bound->row, bound->values, "initial"))) return FM_OK;
    for (int d = 0; d < a->ndim; d++) {
        if (fm_layout_shape(a)[d] == 0 && r->params.reduce.axes >> d & 1) empty = d;
    }
    if (empty < 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                      "axis %d has extent 0, but the %s of no elements is not defined", empty,
                      bound->row->name);
}

/* The dtype in which sums and products accumulate: small integers widen. */
static fm_dtype widened(fm_dtype dtype) {
    switch (fm_dtype_kind(dtype)) {
    case 'b':
    case 'i':
        return FM_INT64;
    case 'u':
        return FM_UINT64;
    default:
        return dtype;
    }
}

static void open_operand(const fm_bound *bound, fm_resolved *r) {
    fm_operands_clear(r);
    fm_operand_add(bound, r, P_A, 0);
    r->compute = r->in[0]->dtype;
}

static fm_status infer_sum(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    open_operand(bound, r);
    r->compute = fm_arg_dtype(&bound->values[P_LAST], widened(r->compute));
    return reduce_shape(bound, r, r->compute, error);
}

static fm_status infer_mean(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    open_operand(bound, r);
    char kind = fm_dtype_kind(r->compute);
    fm_dtype usual = kind == 'f' || kind == 'c' ? r->compute : FM_FLOAT64;
    r->compute = fm_arg_dtype(&bound->values[P_LAST], usual);
    FM_TRY(reduce_shape(bound, r, r->compute, error));
    /* Integers as NumPy has them: the sum in that dtype, divided and cut. */
    kind = fm_dtype_kind(r->compute);
    if (kind != 'f' && kind != 'c') r->program = true;
    return FM_OK;
}

static fm_status infer_extremum(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    open_operand(bound, r);
    FM_TRY(reduce_shape(bound, r, r->compute, error));
    return need_elements(bound, r, error);
}

static fm_status infer_logical(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    open_operand(bound, r);
    return reduce_shape(bound, r, FM_BOOL, error);
}

/* One axis, or None: the index into the flattened input. */
static fm_status infer_arg(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    open_operand(bound, r);
    if (bound->values[P_AXIS].kind == FM_VALUE_INTS && bound->values[P_AXIS].count != 1) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_AXIS + 1,
                   "%u axes, but it takes 1 or None", bound->values[P_AXIS].count);
        return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
    }
    FM_TRY(reduce_shape(bound, r, FM_INT64, error));
    r->params.reduce.flat = fm_arg_absent(&bound->values[P_AXIS]);
    return need_elements(bound, r, error);
}

static fm_status cost_reduce(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    fm_status status = fm_cost_reduce(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                      r->in[0]->symmetry, r->params.reduce.axes);
    return fm_cost_close(bound, r, work, status, error);
}

static fm_status cost_mean(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    fm_status status = fm_cost_mean(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                    r->in[0]->symmetry, r->params.reduce.axes);
    return fm_cost_close(bound, r, work, status, error);
}

/* Parameters: a, axis, [dtype,] keepdims, [initial,] [where]. */
#define WHERE    FM_P_TENSOR_OR_NONE("where")
#define INITIAL  FM_P_TENSOR_OR_NONE("initial")
#define KEEPDIMS FM_P_BOOL_DEFAULT("keepdims", 0)
#define OPERANDS FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("axis")
#define MASKED   .run = fm_run_masked_reduction, .has_kernel = true
#define SUM                                                                                        \
    MASKED, .nparams = 6,                                                                          \
            .params = {OPERANDS, FM_P_DTYPE_OR_NONE("dtype"), KEEPDIMS, INITIAL, WHERE}
#define MEAN                                                                                       \
    MASKED, .nparams = 5, .params = {OPERANDS, FM_P_DTYPE_OR_NONE("dtype"), KEEPDIMS, WHERE}
#define EXTREMUM MASKED, .nparams = 5, .params = {OPERANDS, KEEPDIMS, INITIAL, WHERE}
#define LOGICAL  MASKED, .nparams = 4, .params = {OPERANDS, KEEPDIMS, WHERE}
#define PLACE    .nparams = 3, .params = {OPERANDS, KEEPDIMS}
#define REDUCE_ROW(name_, id_, infer_, cost_, formula_, ulp_, meaning_)                            \
    .name = (name_), .family = FM_FAMILY_REDUCE, .op = FM_REDUCE_##id_, .nout = 1,                 \
    .infer = (infer_), .cost = (cost_), .formula = (formula_), .ulp = (ulp_),                      \
    .dtypes = "bool int float complex", .meaning = (meaning_)

static const fm_row rows[] = {
    {REDUCE_ROW("sum", sum, infer_sum, cost_reduce, "in - out", 4, "Sum over axes."), SUM},
    {REDUCE_ROW("prod", prod, infer_sum, cost_reduce, "in - out", 8, "Product over axes."), SUM},
    {REDUCE_ROW("mean", mean, infer_mean, cost_mean, "in", 4, "Arithmetic mean over axes."), MEAN},
    {REDUCE_ROW("max", max, infer_extremum, cost_reduce, "in - out", 0,
                "Largest element over axes; NaN where there is one."),
     EXTREMUM},
    {REDUCE_ROW("amax", max, infer_extremum, cost_reduce, "in - out", 0, "As max."), EXTREMUM},
    {REDUCE_ROW("min", min, infer_extremum, cost_reduce, "in - out", 0,
                "Smallest element over axes; NaN where there is one."),
     EXTREMUM},
    {REDUCE_ROW("amin", min, infer_extremum, cost_reduce, "in - out", 0, "As min."), EXTREMUM},
    {REDUCE_ROW("any", any, infer_logical, cost_reduce, "in - out", 0,
                "Whether an element over axes is not zero."),
     LOGICAL},
    {REDUCE_ROW("all", all, infer_logical, cost_reduce, "in - out", 0,
                "Whether no element over axes is zero."),
     LOGICAL},
    {REDUCE_ROW("argmax", argmax, infer_arg, cost_reduce, "in - out", 0,
                "Index of the first largest element; of the first NaN where there is one."),
     PLACE},
    {REDUCE_ROW("argmin", argmin, infer_arg, cost_reduce, "in - out", 0,
                "Index of the first smallest element; of the first NaN where there is one."),
     PLACE},
};

const fm_row_table fm_rows_reduce = {rows, (int)(sizeof rows / sizeof *rows)};
