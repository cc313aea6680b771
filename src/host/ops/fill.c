/* The rows that create tensors from a shape. */
#include "ops/args.h"
#include "ops/elementwise_cost.h"
#include "ops/elementwise_infer.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"
#include "ops/view.h"

#include <math.h>
#include <string.h>

/* Parameters are found by name, as the rows order them differently. */
static int param_of(const fm_row *row, const char *name) {
    for (int p = 0; p < row->nparams; p++) {
        if (strcmp(row->params[p].name, name) == 0) return p;
    }
    return -1;
}

static fm_dtype dtype_or(const fm_bound *bound, fm_dtype otherwise) {
    return fm_arg_dtype(&bound->values[param_of(bound->row, "dtype")], otherwise);
}

/* Elements that lie column by column are filled by the program. */
static fm_status set_order(const fm_bound *bound, fm_resolved *r, const fm_layout *like,
                           fm_error *error) {
    char order;
    int param = param_of(bound->row, "order");
    FM_TRY(like ? fm_arg_order(bound, param, 'C', &order, error)
                : fm_arg_row_order(bound, param, &order, error));
    bool columns =
        like && fm_view_is_fortran(like->ndim, fm_layout_shape(like), fm_layout_strides(like));
    r->program = r->out[0].ndim > 1 && (order == 'F' || (order == 'A' && columns));
    return FM_OK;
}

/* Writes into the transposed view of a tensor that is made the other way round. */
static fm_status run_columns(fm_program *p) {
    int64_t shape[FM_MAX_NDIM];
    fm_value values[FM_MAX_PARAMS];
    const fm_row *row = p->row;
    memcpy(values, p->values, row->nparams * sizeof *values);
    values[param_of(row, "order")] = V_NONE;
    fm_resolved r = {0};
    fm_bound bound = {.row = row, .values = values, .wanted = 1};
    for (int i = 0; i < row->nparams; i++)
        if (row->params[i].takes & FM_TAKES_TENSOR) fm_operand_add(&bound, &r, i, 0);
    p->status = row->infer(&bound, &r, p->error);
    for (int d = 0; d < r.out[0].ndim; d++) shape[d] = r.out[0].shape[r.out[0].ndim - 1 - d];
    fm_tensor *rows = fm_program_new(p, r.out[0].dtype, r.out[0].ndim, shape);
    fm_tensor *columns = FM_DO(p, "transpose", V_T(rows));
    if (columns && columns->layout->size > 0) fm_do_into(p, columns, row, values, row->nparams);
    fm_program_return(p, 0, columns);
    return p->status;
}

/* The output: of the shape given, else of the prototype's; of the dtype given, else of `dtype`. */
static fm_status set_output(const fm_bound *bound, fm_resolved *r, const fm_layout *prototype,
                            fm_dtype dtype, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0, param = param_of(bound->row, "shape");
    bool like = prototype && fm_arg_absent(&bound->values[param]);
    if (!like) FM_TRY(fm_arg_shape(bound, param, false, &ndim, shape, error));
    r->compute = dtype_or(bound, dtype);
    if (like) {
        fm_output_set(r, 0, r->compute, prototype->ndim, fm_layout_shape(prototype));
    } else {
        fm_output_set(r, 0, r->compute, ndim, shape);
    }
    return set_order(bound, r, prototype, error);
}

/* zeros, ones, empty and their _like forms: the value is the row's. */
static fm_status infer_constant(const fm_bound *bound, fm_resolved *r, int64_t value,
                                fm_error *error) {
    const fm_layout *prototype = r->nin ? r->in[0] : NULL;
    fm_operands_clear(r);
    r->params.fill.value = fm_int(value);
    return set_output(bound, r, prototype, prototype ? prototype->dtype : FM_FLOAT64, error);
}

static fm_status infer_zeros(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_constant(bound, r, 0, error);
}

static fm_status infer_ones(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_constant(bound, r, 1, error);
}

/* The value of full must broadcast to the shape, not widen it. */
static fm_status check_value(const fm_bound *bound, fm_resolved *r, int param, fm_error *error) {
    fm_out_shape wanted = r->out[0];
    const fm_layout *value = r->in[0];
    fm_status status = fm_infer_broadcast(bound->row->name, r, NULL);
    fm_out_shape alone = r->out[0];
    r->out[0] = wanted;
    FM_TRY(status);
    bool fits = alone.ndim <= wanted.ndim;
    for (int d = 0; fits && d < alone.ndim; d++) {
        int64_t extent = wanted.shape[wanted.ndim - alone.ndim + d];
        fits = alone.shape[d] == 1 || alone.shape[d] == extent;
    }
    if (fits) return fm_infer_check_weak(bound, r, error);
    char mine[160], others[160];
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                      "shape %s does not broadcast to %s",
                      fm_shape_format(value->ndim, fm_layout_shape(value), mine, sizeof mine),
                      fm_shape_format(wanted.ndim, wanted.shape, others, sizeof others));
}

static fm_status infer_full(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *prototype = r->nin == 2 ? r->in[0] : NULL;
    int param = param_of(bound->row, "fill_value");
    fm_operands_clear(r);
    const fm_layout *value = fm_operand_add(bound, r, param, 0);
    FM_TRY(set_output(bound, r, prototype, prototype ? prototype->dtype : value->dtype, error));
    return check_value(bound, r, param, error);
}

/* Arithmetic progressions */

static fm_scalar number_of(const fm_value *value) {
    return value->kind == FM_VALUE_FLOAT ? fm_float(value->as.f) : fm_int(value->as.i);
}

static double real_of(fm_scalar scalar) {
    return scalar.dtype == FM_FLOAT64 ? scalar.value.f : (double)scalar.value.i;
}

/* How many of start, start + step, ... lie before stop. */
static fm_status count_between(const fm_row *row, fm_scalar start, fm_scalar stop, fm_scalar step,
                               int64_t *count, fm_error *error) {
    if (real_of(step) == 0) {
        fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 3, "the step is zero");
        return fm_fail_as(error, "ZeroDivisionError", FM_ERR_ARGUMENT);
    }
    if (start.dtype == FM_INT64) {
        fm_i128 by = step.value.i, way = (fm_i128)stop.value.i - start.value.i;
        fm_i128 n = (way < 0) == (by < 0) && way != 0 ? (way + by - (by > 0 ? 1 : -1)) / by : 0;
        if (n > INT64_MAX) {
            return fm_fail_op(error, FM_ERR_OVERFLOW, row->name, 0, "more than 2^63 - 1 elements");
        }
        *count = (int64_t)n;
        return FM_OK;
    }
    double n = ceil((real_of(stop) - real_of(start)) / real_of(step));
    if (!(n < 0x1p63)) {
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0, "%g elements from %g to %g by %g",
                          n, real_of(start), real_of(stop), real_of(step));
    }
    *count = n > 0 ? (int64_t)n : 0;
    return FM_OK;
}

static fm_scalar as_real(fm_scalar scalar) {
    return fm_float(real_of(scalar));
}

/* arange(stop), arange(start, stop) and arange(start, stop, step). */
static fm_status infer_arange(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    bool only_stop = fm_arg_absent(&bound->values[1]);
    fm_scalar start = only_stop ? fm_int(0) : number_of(&bound->values[0]);
    fm_scalar stop = number_of(&bound->values[only_stop ? 0 : 1]);
    fm_scalar step = fm_arg_absent(&bound->values[2]) ? fm_int(1) : number_of(&bound->values[2]);
    bool integers = start.dtype == FM_INT64 && stop.dtype == FM_INT64 && step.dtype == FM_INT64;
    if (!integers) {
        start = as_real(start);
        stop = as_real(stop);
        step = as_real(step);
    }
    int64_t count = 0;
    FM_TRY(count_between(bound->row, start, stop, step, &count, error));
    r->compute = dtype_or(bound, integers ? FM_INT64 : FM_FLOAT64);
    if (r->compute == FM_BOOL && count > 2) {
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 4,
                          "no progression of %lld elements is bool", (long long)count);
    }
    r->params.fill.value = start;
    r->params.fill.step = step;
    fm_output_set(r, 0, r->compute, 1, &count);
    return FM_OK;
}

static fm_status infer_eye(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int columns = param_of(bound->row, "M"), diagonal = param_of(bound->row, "k");
    int64_t shape[2] = {bound->values[0].as.i, bound->values[0].as.i};
    if (columns >= 0) shape[1] = fm_arg_int(&bound->values[columns], shape[0]);
    for (int d = 0; d < 2; d++) {
        if (shape[d] >= 0) continue;
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, d + 1, "%lld is negative",
                          (long long)shape[d]);
    }
    r->params.fill.k = diagonal >= 0 ? fm_arg_int(&bound->values[diagonal], 0) : 0;
    r->compute = dtype_or(bound, FM_FLOAT64);
    fm_output_set(r, 0, r->compute, 2, shape);
    return columns >= 0 ? set_order(bound, r, NULL, error) : FM_OK;
}

/* As eye, but a negative extent is none. */
static fm_status infer_tri(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t rows = bound->values[0].as.i, columns = fm_arg_int(&bound->values[1], rows);
    int64_t shape[2] = {rows > 0 ? rows : 0, columns > 0 ? columns : 0};
    (void)error;
    r->params.fill.k = bound->values[2].as.i;
    r->compute = dtype_or(bound, FM_FLOAT64);
    fm_output_set(r, 0, r->compute, 2, shape);
    return FM_OK;
}

/* Costs */

static fm_status cost_free(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    fm_status status = fm_cost_free(work, fm_row_cost_name(bound->row));
    return fm_cost_close(bound, r, work, status, error);
}

static fm_status cost_created(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    fm_status status =
        fm_cost_create(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0), false);
    return fm_cost_close(bound, r, work, status, error);
}

/* 0.4.3 charges the template's size, whatever shape is asked for. */
static fm_status cost_like(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    const fm_layout *prototype = fm_value_layout(&bound->values[0]);
    fm_status status =
        fm_cost_create(work, fm_row_cost_name(bound->row), fm_extents_of(prototype), true);
    return fm_cost_close(bound, r, work, status, error);
}

#define ROW(name_, id_, flags_, nparams_, infer_, cost_, meaning_)                                 \
    .name = name_, .family = FM_FAMILY_FILL, .op = FM_FILL_##id_, .nparams = nparams_, .nout = 1,  \
    .flags = FM_ROW_ARRAY | FM_ROW_CREATES | (flags_), .infer = infer_, .cost = cost_,             \
    .run = run_columns, .has_kernel = true, .formula = "0", .dtypes = "bool int float complex",    \
    .meaning = meaning_
#define OF_SHAPE                                                                                   \
    { FM_P_INTS("shape"), FM_P_DTYPE_OR_NONE("dtype"), FM_P_TEXT_OR_NONE("order") }
#define LIKE                                                                                       \
    {                                                                                              \
        FM_P_TENSOR("a"), FM_P_DTYPE_OR_NONE("dtype"), FM_P_INTS_OR_NONE("shape"),                 \
            FM_P_TEXT_OR_NONE("order")                                                             \
    }
#define NUMBER FM_TAKES_INT | FM_TAKES_FLOAT
#define NUMBER_OR_NONE(text)                                                                       \
    {                                                                                              \
        .name = text, .takes = NUMBER | FM_TAKES_NONE, .otherwise = {.kind = FM_VALUE_NONE }       \
    }
#define INT_OR_NONE(text)                                                                          \
    {                                                                                              \
        .name = text, .takes = FM_TAKES_INT | FM_TAKES_NONE, .otherwise = {.kind = FM_VALUE_NONE } \
    }

static const fm_row rows[] = {
    {ROW("zeros", full, FM_ROW_SILENT, 3, infer_zeros, cost_free, "Zeros."), .params = OF_SHAPE},
    {ROW("ones", full, FM_ROW_SILENT, 3, infer_ones, cost_free, "Ones."), .params = OF_SHAPE},
    {ROW("empty", full, FM_ROW_SILENT, 3, infer_zeros, cost_free,
         "Unspecified elements; here zeros."),
     .params = OF_SHAPE},
    {ROW("zeros_like", full, FM_ROW_SILENT, 4, infer_zeros, cost_free, "Zeros shaped as a."),
     .params = LIKE},
    {ROW("ones_like", full, FM_ROW_SILENT, 4, infer_ones, cost_free, "Ones shaped as a."),
     .params = LIKE},
    {ROW("empty_like", full, FM_ROW_SILENT, 4, infer_zeros, cost_free,
         "Unspecified elements shaped as a; here zeros."),
     .params = LIKE},
    {ROW("full", full, 0, 4, infer_full, cost_created, "One value everywhere."),
     .params = {FM_P_INTS("shape"), FM_P_TENSOR("fill_value"), FM_P_DTYPE_OR_NONE("dtype"),
                FM_P_TEXT_OR_NONE("order")}},
    {ROW("full_like", full, 0, 5, infer_full, cost_like, "One value everywhere, shaped as a."),
     .params = {FM_P_TENSOR("a"), FM_P_TENSOR("fill_value"), FM_P_DTYPE_OR_NONE("dtype"),
                FM_P_INTS_OR_NONE("shape"), FM_P_TEXT_OR_NONE("order")}},
    {ROW("arange", arange, 0, 4, infer_arange, cost_created,
         "start, start + step, ... below stop; from 0 where only stop is given."),
     .params = {{.name = "start", .takes = NUMBER, .flags = FM_PARAM_REQUIRED},
                NUMBER_OR_NONE("stop"),
                NUMBER_OR_NONE("step"),
                FM_P_DTYPE_OR_NONE("dtype")}},
    {ROW("eye", eye, FM_ROW_SILENT, 5, infer_eye, cost_free, "Ones on diagonal k, else zeros."),
     .params = {FM_P_INT("N"), INT_OR_NONE("M"), FM_P_INT_DEFAULT("k", 0),
                FM_P_DTYPE_OR_NONE("dtype"), FM_P_TEXT_OR_NONE("order")}},
    {ROW("tri", tri, FM_ROW_SILENT, 4, infer_tri, cost_free,
         "Ones on diagonal k and below, else zeros."),
     .params = {FM_P_INT("N"), INT_OR_NONE("M"), FM_P_INT_DEFAULT("k", 0),
                FM_P_DTYPE_OR_NONE("dtype")}},
    {ROW("identity", eye, FM_ROW_SILENT, 2, infer_eye, cost_free, "The square identity matrix."),
     .params = {FM_P_INT("n"), FM_P_DTYPE_OR_NONE("dtype")}},
};

const fm_row_table fm_rows_fill = {rows, sizeof rows / sizeof rows[0]};
