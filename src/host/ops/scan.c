/* Rows of running reductions along an axis: cumsum, cumprod and their kin. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"

#include <string.h>

enum { P_A, P_AXIS, P_DTYPE };

/* Takes up the operand and the axis, None being all elements in order; the output is of that dtype.
 */
static fm_status scan_shape(const fm_bound *bound, fm_resolved *r, fm_dtype dtype,
                            fm_error *error) {
    const fm_layout *a = r->in[0];
    const fm_value *given = &bound->values[P_AXIS];
    int axis = 0;
    bool flat = fm_arg_absent(given);
    if (!flat)
        FM_TRY(fm_axis_normalise(bound->row, P_AXIS, given->as.i, a->ndim ? a->ndim : 1, &axis,
                                 error));
    r->params.scan = (fm_scan_params){.axis = axis, .flat = flat};
    r->compute = dtype;
    if (flat || a->ndim == 0)
        fm_output_set(r, 0, dtype, 1, &a->size);
    else
        fm_output_set(r, 0, dtype, a->ndim, fm_layout_shape(a));
    return FM_OK;
}

/* Sums and products of narrow integers widen. */
static fm_status infer_sum(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    fm_dtype dtype = fm_operand_add(bound, r, P_A, 0)->dtype;
    char kind = fm_dtype_kind(dtype);
    if (kind == 'b' || kind == 'i') dtype = FM_INT64;
    if (kind == 'u') dtype = FM_UINT64;
    return scan_shape(bound, r, fm_arg_dtype(&bound->values[P_DTYPE], dtype), error);
}

/* Elements that are NaN count as what changes nothing. */
static fm_status run_nan(fm_program *p) {
    const bool product = p->row->op == FM_SCAN_cumprod;
    fm_value a = fm_arg(p, P_A), axis = fm_arg(p, P_AXIS), dtype = fm_arg(p, P_DTYPE);
    const char kind = fm_dtype_kind(fm_value_layout(&a)->dtype);
    if (kind == 'f' || kind == 'c') {
        const fm_tensor *x = fm_program_tensor(p, P_A);
        fm_tensor *nan = FM_DO(p, "isnan", V_T(x));
        a = V_T(FM_DO(p, "where", V_T(nan), V_I(product), V_T(x)));
    }
    const fm_row *row = product ? FM_ROW_ONCE("cumprod") : FM_ROW_ONCE("cumsum");
    fm_program_return(p, 0, fm_do(p, row, (fm_value[]){a, axis, dtype}, 3));
    return p->status;
}

enum { P_INITIAL = 3 };

/* Along an axis, which need not be given where there is one; one element more with the initial
   value in front. */
static fm_status infer_cumulative(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_value values[P_INITIAL + 1];
    fm_bound along = {bound->row, values, bound->wanted, bound->probed};
    memcpy(values, bound->values, sizeof values);
    const int ndim = fm_value_layout(&values[P_A])->ndim;
    if (fm_arg_absent(&values[P_AXIS])) {
        if (ndim > 1)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_AXIS + 1,
                              "no axis is given, but there are %d dimensions", ndim);
        values[P_AXIS] = (fm_value){.kind = FM_VALUE_INT};
    }
    FM_TRY(infer_sum(&along, r, error));
    r->program = fm_arg_int(&bound->values[P_INITIAL], 0) != 0;
    if (r->program) r->out[0].shape[r->params.scan.axis]++;
    return FM_OK;
}

static fm_status run_cumulative(fm_program *p) {
    const bool product = p->row->op == FM_SCAN_cumprod;
    fm_value a = fm_arg(p, P_A), axis = fm_arg(p, P_AXIS), dtype = fm_arg(p, P_DTYPE);
    if (fm_arg_absent(&axis)) axis = V_I(0);
    const fm_row *row = product ? FM_ROW_ONCE("cumprod") : FM_ROW_ONCE("cumsum");
    fm_tensor *running = fm_do(p, row, (fm_value[]){a, axis, dtype}, 3);
    if (running == NULL) return p->status;
    int64_t shape[FM_MAX_NDIM];
    const int ndim = running->layout->ndim;
    memcpy(shape, fm_layout_shape(running->layout), (size_t)ndim * sizeof *shape);
    shape[axis.as.i < 0 ? axis.as.i + ndim : axis.as.i] = 1;
    fm_tensor *initial =
        FM_DO(p, "full", V_INTS(shape, ndim), V_I(product), V_D(running->layout->dtype));
    const fm_tensor *both[] = {initial, running};
    fm_program_return(p, 0, FM_DO(p, "concatenate", V_TS(both, 2), axis));
    return p->status;
}

static fm_status infer_extremum(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    return scan_shape(bound, r, fm_operand_add(bound, r, P_A, 0)->dtype, error);
}

static fm_status cost_scan(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    const fm_layout *a = r->in[0];
    fm_axis_set axes = r->params.scan.flat || a->ndim == 0 ? fm_all_axes(a->ndim)
                                                           : (fm_axis_set)1 << r->params.scan.axis;
    fm_status status =
        fm_cost_reduce(work, fm_row_cost_name(bound->row), fm_extents_of(a), a->symmetry, axes);
    return fm_cost_close(bound, r, work, status, error);
}

#define AXIS                                                                                       \
    {                                                                                              \
        .name = "axis", .takes = FM_TAKES_INT | FM_TAKES_NONE, .otherwise = {                      \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define SCAN_ROW(name_, id_, infer_, cost_, meaning_)                                              \
    .name = (name_), .family = FM_FAMILY_SCAN, .op = FM_SCAN_##id_, .nout = 1, .infer = (infer_),  \
    .cost = (cost_), .formula = "in - out", .dtypes = "bool int float complex",                    \
    .flags = FM_ROW_ARRAY, .meaning = (meaning_)

static const fm_row rows[] = {
    {SCAN_ROW("cumsum", cumsum, infer_sum, cost_scan, "Sums of all elements up to each."), .ulp = 4,
     .nparams = 3, .params = {FM_P_TENSOR("a"), AXIS, FM_P_DTYPE_OR_NONE("dtype")}},
    {SCAN_ROW("cumprod", cumprod, infer_sum, cost_scan, "Products of all elements up to each."),
     .ulp = 8, .nparams = 3, .params = {FM_P_TENSOR("a"), AXIS, FM_P_DTYPE_OR_NONE("dtype")}},
    {SCAN_ROW("nancumsum", cumsum, infer_sum, cost_scan, "As cumsum, with NaN as 0."),
     .run = run_nan, .ulp = 4, .nparams = 3,
     .params = {FM_P_TENSOR("a"), AXIS, FM_P_DTYPE_OR_NONE("dtype")}},
    {SCAN_ROW("nancumprod", cumprod, infer_sum, cost_scan, "As cumprod, with NaN as 1."),
     .run = run_nan, .ulp = 8, .nparams = 3,
     .params = {FM_P_TENSOR("a"), AXIS, FM_P_DTYPE_OR_NONE("dtype")}},
    {SCAN_ROW("cumulative_sum", cumsum, infer_cumulative, cost_scan,
              "Sums of all elements along an axis up to each."),
     .run = run_cumulative, .has_kernel = true, .ulp = 4, .nparams = 4,
     .params = {FM_P_TENSOR("x"), AXIS, FM_P_DTYPE_OR_NONE("dtype"),
                FM_P_BOOL_DEFAULT("include_initial", 0)}},
    {SCAN_ROW("cumulative_prod", cumprod, infer_cumulative, cost_scan,
              "Products of all elements along an axis up to each."),
     .run = run_cumulative, .has_kernel = true, .ulp = 8, .nparams = 4,
     .params = {FM_P_TENSOR("x"), AXIS, FM_P_DTYPE_OR_NONE("dtype"),
                FM_P_BOOL_DEFAULT("include_initial", 0)}},
    {SCAN_ROW("_cummax", cummax, infer_extremum, fm_cost_nothing, "Largest elements up to each."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), AXIS}},
    {SCAN_ROW("_cummin", cummin, infer_extremum, fm_cost_nothing, "Smallest elements up to each."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), AXIS}},
};

const fm_row_table fm_rows_scan = {rows, (int)(sizeof rows / sizeof *rows)};
