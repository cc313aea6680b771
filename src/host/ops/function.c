/* Rows that take a function: apply_along_axis, apply_over_axes, fromfunction, and piecewise of
   function_piecewise.c. A function is the caller's, or an operation by its name. */
#include "ops/args.h"
#include "ops/function.h"
#include "ops/param.h"
#include "ops/program.h"

#include <flopmeter/call.h>

/* What a probe finds out of a result: PROBED_SIZE elements, and where it fits its shape. */
enum { PROBED_SIZE, PROBED_DTYPE };

static fm_status infer_probed(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    r->compute = (fm_dtype)bound->probed[PROBED_DTYPE];
    fm_output_unknown(r, 0, r->compute);
    return FM_OK;
}

/* 1 an element of the result. */
static fm_status cost_probed(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    (void)r;
    fm_extents size = {1, &bound->probed[PROBED_SIZE]};
    return fm_cost_result(bound, fm_cost_elements(work, fm_row_cost_name(bound->row), size), error);
}

/* A tensor without elements as the result of a named operation, where its shape is known
   beforehand; NULL otherwise. */
static const fm_tensor *foresee(fm_program *p, const fm_value *function, const fm_value *inputs,
                                int ninputs) {
    fm_argument arguments[FM_MAX_PARAMS] = {{NULL, {0}}};
    fm_cost_answer answer;
    fm_tensor *out = NULL;
    if (p->status != FM_OK || function->kind != FM_VALUE_STRING || ninputs > FM_MAX_PARAMS)
        return NULL;
    for (int i = 0; i < ninputs; i++) arguments[i].value = inputs[i];
    p->status = fm_call_cost(p->ctx, function->as.string, arguments, (size_t)ninputs, &answer);
    if (p->status != FM_OK || answer.noutputs != 1 || answer.output[0].ndim < 0) return NULL;
    p->status = fm_tensor_abstract(p->ctx, answer.output[0].dtype, answer.output[0].ndim,
                                   answer.output[0].shape, &out);
    if (p->status == FM_OK) fm_program_hold(p, out);
    return p->status == FM_OK ? out : NULL;
}

/* The result, or what is foreseen of it. */
static const fm_tensor *try_function(fm_program *p, const fm_value *function,
                                     const fm_value *inputs, int ninputs) {
    const fm_tensor *out = foresee(p, function, inputs, ninputs);
    return out || p->status != FM_OK ? out : fm_do_function(p, function, inputs, ninputs);
}

static void note_result(fm_program *p, const fm_tensor *result, int64_t times,
                        int64_t probed[FM_PROBED]) {
    if (p->status != FM_OK) return;
    if (__builtin_mul_overflow(fm_tensor_size(result), times, &probed[PROBED_SIZE]))
        fm_program_fail(p, FM_ERR_OVERFLOW, 0, "the result has more than 2^63 - 1 elements");
    probed[PROBED_DTYPE] = fm_tensor_dtype(result);
}

/* apply_along_axis(func1d, axis, arr, *args) */

enum { P_FUNC, P_AXIS, P_ARR, P_ARGS };

typedef struct along {
    const fm_tensor *moved; /* the axis last */
    int axis;
    int64_t lines;
    int ninputs;
    fm_value inputs[FM_MAX_PARAMS]; /* [0]: the line */
} along;

static fm_status open_along(fm_program *p, along *a) {
    const fm_tensor *arr = fm_program_tensor(p, P_ARR);
    const fm_value *args = &p->values[P_ARGS];
    if (!arr) return p->status;
    FM_TRY(p->status = fm_axis_normalise(p->row, P_AXIS, p->values[P_AXIS].as.i, arr->layout->ndim,
                                         &a->axis, p->error));
    a->lines = 1;
    for (int d = 0; d < arr->layout->ndim; d++)
        if (d != a->axis) a->lines *= fm_layout_shape(arr->layout)[d];
    if (a->lines == 0)
        return fm_program_fail(p, FM_ERR_ARGUMENT, P_ARR + 1,
                               "an axis beside axis %d has extent 0: there is no line", a->axis);
    if (args->count >= FM_MAX_PARAMS)
        return fm_program_fail(p, FM_ERR_ARGUMENT, P_ARGS + 1, "more than %d further arguments",
                               FM_MAX_PARAMS - 1);
    a->ninputs = 1 + (int)args->count;
    for (uint32_t i = 0; i < args->count; i++) a->inputs[i + 1] = args->as.items[i];
    a->moved = arr;
    return FM_OK;
}

/* Line i of the array whose axis is last, as a view. */
static fm_tensor *line_of(fm_program *p, const fm_tensor *moved, int64_t i) {
    const fm_tensor *line = moved;
    for (int d = moved->layout->ndim - 2; d >= 0 && line; d--) {
        int64_t extent = fm_layout_shape(moved->layout)[d];
        fm_tensor *part = FM_DO(p, "_slice", V_T(line), V_I(d), V_I(i % extent), V_I(1), V_I(1));
        line = FM_DO(p, "squeeze", V_T(part), V_I(d));
        i /= extent;
    }
    return (fm_tensor *)(uintptr_t)line;
}

/* Only the first line is tried. */
static fm_status probe_along_axis(fm_program *p, int64_t probed[FM_PROBED]) {
    along a;
    FM_TRY(open_along(p, &a));
    int64_t length = fm_layout_shape(a.moved->layout)[a.axis];
    fm_tensor *line = NULL;
    p->status = fm_tensor_abstract(p->ctx, a.moved->layout->dtype, 1, &length, &line);
    if (p->status != FM_OK) return p->status;
    fm_program_hold(p, line);
    a.inputs[0] = V_T(line);
    const fm_tensor *out = foresee(p, &p->values[P_FUNC], a.inputs, a.ninputs);
    if (!out && p->status == FM_OK) {
        fm_tensor *moved = FM_DO(p, "moveaxis", V_T(a.moved), V_I(a.axis), V_I(-1));
        a.inputs[0] = V_T(moved ? line_of(p, moved, 0) : NULL);
        out = fm_do_function(p, &p->values[P_FUNC], a.inputs, a.ninputs);
    }
    note_result(p, out, a.lines, probed);
    return p->status;
}

/* Where the results' axes go: in place of the axis. */
static const fm_tensor *put_back(fm_program *p, const along *a, const fm_tensor *whole, int axes) {
    int64_t order[FM_MAX_NDIM];
    int ndim = whole->layout->ndim, kept = ndim - axes, at = 0;
    for (int d = 0; d < a->axis; d++) order[at++] = d;
    for (int d = kept; d < ndim; d++) order[at++] = d;
    for (int d = a->axis; d < kept; d++) order[at++] = d;
    return FM_DO(p, "transpose", V_T(whole), V_INTS(order, ndim));
}

/* A tensor for the results of all lines, of the first result's shape and dtype. */
static fm_tensor *room_for(fm_program *p, const along *a, const fm_tensor *first) {
    int64_t shape[FM_MAX_NDIM];
    int kept = a->moved->layout->ndim - 1, axes = first->layout->ndim;
    if (kept + axes > FM_MAX_NDIM) {
        fm_program_fail(p, FM_ERR_SHAPE, P_FUNC + 1, "the result has %d dimensions", kept + axes);
        return NULL;
    }
    for (int d = 0; d < kept; d++) shape[d] = fm_layout_shape(a->moved->layout)[d];
    for (int d = 0; d < axes; d++) shape[kept + d] = fm_layout_shape(first->layout)[d];
    return fm_program_new(p, first->layout->dtype, kept + axes, shape);
}

static fm_status run_along_axis(fm_program *p) {
    along a;
    FM_TRY(open_along(p, &a));
    a.moved = FM_DO(p, "moveaxis", V_T(a.moved), V_I(a.axis), V_I(-1));
    fm_tensor *whole = NULL, *rows = NULL;
    int axes = 0;
    int64_t shape[FM_MAX_NDIM + 1] = {a.lines};
    for (int64_t i = 0; i < a.lines && p->status == FM_OK; i++) {
        fm_tensor *line = line_of(p, a.moved, i);
        a.inputs[0] = V_T(line);
        fm_tensor *out = fm_do_function(p, &p->values[P_FUNC], a.inputs, a.ninputs);
        if (!out) return p->status;
        if (!whole) {
            whole = room_for(p, &a, out);
            axes = out->layout->ndim;
            if (!whole) return p->status;
            for (int d = 0; d < axes; d++) shape[d + 1] = fm_layout_shape(out->layout)[d];
            rows = FM_DO(p, "reshape", V_T(whole), V_INTS(shape, axes + 1));
        }
        if (!rows || rows->layout->size == 0) break;
        fm_tensor *row =
            FM_DO(p, "squeeze", V_T(FM_DO(p, "_slice", V_T(rows), V_I(0), V_I(i), V_I(1), V_I(1))),
                  V_I(0));
        fm_tensor *wide = row ? FM_DO(p, "broadcast_to", V_T(out), V_INTS(shape + 1, axes)) : NULL;
        FM_DO_INTO(p, row, "astype", V_T(wide), V_D(whole->layout->dtype));
        fm_program_drop(p, wide);
        fm_program_drop(p, row);
        fm_program_drop(p, out);
    }
    if (whole) fm_program_return(p, 0, put_back(p, &a, whole, axes));
    return p->status;
}

/* apply_over_axes(func, a, axes): each axis in turn, kept with extent 1 where it was dropped. */

static const fm_tensor *over_axes(fm_program *p, bool foreseen) {
    const fm_tensor *value = fm_program_tensor(p, 1);
    const int64_t *axes;
    int count = fm_arg_ints(&p->values[2], &axes);
    if (!value) return NULL;
    const int ndim = value->layout->ndim;
    for (int i = 0; i < count && p->status == FM_OK; i++) {
        int64_t axis = axes[i] < 0 ? axes[i] + ndim : axes[i], shape[FM_MAX_NDIM];
        const fm_value inputs[2] = {V_T(value), V_I(axis)}, *function = &p->values[0];
        const fm_tensor *out = foreseen ? try_function(p, function, inputs, 2)
                                        : fm_do_function(p, function, inputs, 2);
        if (!out) return NULL;
        int kept = out->layout->ndim;
        if (kept != ndim && kept != ndim - 1) {
            fm_program_fail(p, FM_ERR_SHAPE, 1, "the function's result has %d dimensions, not %d",
                            kept, ndim);
            return NULL;
        }
        value = out;
        if (kept == ndim) continue;
        if (axis < 0 || axis >= ndim) {
            fm_program_raise(p, FM_ERR_SHAPE, "AxisError", 3,
                             "axis %lld is out of range for %d dimensions", (long long)axes[i],
                             ndim);
            return NULL;
        }
        for (int d = 0; d < ndim; d++)
            shape[d] = d == axis ? 1 : fm_layout_shape(out->layout)[d - (d > axis)];
        if (out->layout->flags & FM_LAYOUT_ABSTRACT) {
            fm_tensor *wide = NULL;
            p->status = fm_tensor_abstract(p->ctx, out->layout->dtype, ndim, shape, &wide);
            if (p->status == FM_OK) fm_program_hold(p, wide);
            value = wide;
        } else {
            value = FM_DO(p, "reshape", V_T(out), V_INTS(shape, ndim));
        }
    }
    return p->status == FM_OK ? value : NULL;
}

static fm_status probe_over_axes(fm_program *p, int64_t probed[FM_PROBED]) {
    const fm_tensor *out = over_axes(p, true);
    if (out) note_result(p, out, 1, probed);
    return p->status;
}

static fm_status run_over_axes(fm_program *p) {
    fm_program_return(p, 0, over_axes(p, false));
    return p->status;
}

/* fromfunction(function, shape, dtype): called once, with the coordinates along each axis. */

static int coordinates(fm_program *p, bool abstract, fm_value *inputs) {
    int ndim;
    int64_t shape[FM_MAX_NDIM];
    const fm_bound bound = {.row = p->row, .values = p->values};
    fm_dtype dtype = fm_arg_dtype(&p->values[2], FM_FLOAT64);
    p->status = fm_arg_shape(&bound, 1, false, &ndim, shape, p->error);
    if (p->status == FM_OK && ndim > FM_MAX_PARAMS)
        fm_program_fail(p, FM_ERR_SHAPE, 2, "%d dimensions, but a function takes at most %d", ndim,
                        FM_MAX_PARAMS);
    for (int d = 0; d < ndim && p->status == FM_OK; d++) {
        fm_tensor *grid = NULL;
        if (abstract) {
            p->status = fm_tensor_abstract(p->ctx, dtype, ndim, shape, &grid);
            if (p->status == FM_OK) fm_program_hold(p, grid);
        } else {
            int64_t narrow[FM_MAX_NDIM];
            for (int i = 0; i < ndim; i++) narrow[i] = i == d ? shape[d] : 1;
            grid = FM_DO(p, "arange", V_I(0), V_I(shape[d]), V_I(1), V_D(dtype));
            grid = FM_DO(p, "reshape", V_T(grid), V_INTS(narrow, ndim));
            grid = FM_DO(p, "broadcast_to", V_T(grid), V_INTS(shape, ndim));
            grid = FM_DO(p, "copy", V_T(grid));
        }
        inputs[d] = V_T(grid);
    }
    return ndim;
}

static fm_status probe_fromfunction(fm_program *p, int64_t probed[FM_PROBED]) {
    fm_value inputs[FM_MAX_PARAMS];
    int n = coordinates(p, true, inputs);
    const fm_tensor *out = foresee(p, &p->values[0], inputs, n);
    if (!out && p->status == FM_OK) {
        n = coordinates(p, false, inputs);
        out = fm_do_function(p, &p->values[0], inputs, n);
    }
    if (out) note_result(p, out, 1, probed);
    return p->status;
}

static fm_status run_fromfunction(fm_program *p) {
    fm_value inputs[FM_MAX_PARAMS];
    int n = coordinates(p, false, inputs);
    fm_program_return(p, 0, fm_do_function(p, &p->values[0], inputs, n));
    return p->status;
}

#define FUNCTION(name_)                                                                            \
    { .name = (name_), .takes = FM_TAKES_FUNCTION | FM_TAKES_STRING, .flags = FM_PARAM_REQUIRED }
#define ROW(name_, infer_, cost_, run_, meaning_)                                                  \
    .name = (name_), .family = FM_FAMILY_FUNCTION, .nout = 1, .flags = FM_ROW_ARRAY,               \
    .infer = (infer_), .cost = (cost_), .run = (run_), .formula = "n",                             \
    .dtypes = "bool int float complex", .meaning = (meaning_)

static const fm_row rows[] = {
    {ROW("apply_along_axis", infer_probed, cost_probed, run_along_axis,
         "A function of vectors applied to every line along an axis."),
     .probe = probe_along_axis, .nparams = 4,
     .params = {FUNCTION("func1d"), FM_P_INT("axis"), FM_P_TENSOR("arr"), FM_P_VARIADIC("args")}},
    {ROW("apply_over_axes", infer_probed, cost_probed, run_over_axes,
         "A function of an array and an axis applied for one axis after the other."),
     .probe = probe_over_axes, .nparams = 3,
     .params = {FUNCTION("func"), FM_P_TENSOR("a"), FM_P_INTS("axes")}},
    {ROW("fromfunction", infer_probed, cost_probed, run_fromfunction,
         "A function of the coordinates of every element of a shape."),
     .probe = probe_fromfunction, .nparams = 3,
     .params = {FUNCTION("function"), FM_P_INTS("shape"), FM_P_DTYPE_OR_NONE("dtype")}},
    {ROW("piecewise", fm_infer_piecewise, fm_cost_of_piecewise, fm_run_piecewise,
         "Where each condition holds, its function's value or its number."),
     .nparams = 4,
     .params = {FM_P_TENSOR("x"),
                {.name = "condlist",
                 .takes = FM_TAKES_LIST | FM_TAKES_TENSOR,
                 .flags = FM_PARAM_REQUIRED},
                {.name = "funclist", .takes = FM_TAKES_LIST, .flags = FM_PARAM_REQUIRED},
                FM_P_VARIADIC("args")}},
};

const fm_row_table fm_rows_function = {rows, (int)(sizeof rows / sizeof *rows)};
