/* Rows of running reductions along an axis: cumsum, cumprod and their kin. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"

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

static fm_status infer_extremum(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    return scan_shape(bound, r, fm_operand_add(bound, r, P_A, 0)->dtype, error);
}

static fm_status cost_scan(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    const fm_layout *a = r->in[0];
    fm_axis_set axes = r->params.scan.flat || a->ndim == 0 ? fm_all_axes(a->ndim)
                                                           : (fm_axis_set)1 << r->params.scan.axis;
    fm_status status = fm_cost_reduce(work, fm_row_cost_name(bound->row), fm_extents_of(a), axes);
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
    {SCAN_ROW("_cummax", cummax, infer_extremum, fm_cost_nothing, "Largest elements up to each."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), AXIS}},
    {SCAN_ROW("_cummin", cummin, infer_extremum, fm_cost_nothing, "Smallest elements up to each."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), AXIS}},
};

const fm_row_table fm_rows_scan = {rows, (int)(sizeof rows / sizeof *rows)};
