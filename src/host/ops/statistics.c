/* Rows of statistics: spreads, quantiles, correlations, reductions that skip NaN. */
#include "ops/args.h"
#include "ops/param.h"
#include "ops/program.h"

/* ptp: max - min over axes. */
static fm_status run_ptp(fm_program *p) {
    fm_value a = fm_arg(p, 0), axis = fm_arg(p, 1), keepdims = fm_arg(p, 2);
    fm_tensor *high = FM_DO(p, "max", a, axis, keepdims);
    fm_tensor *low = FM_DO(p, "min", a, axis, keepdims);
    fm_program_return(p, 0, FM_DO(p, "subtract", V_T(high), V_T(low)));
    return p->status;
}

static fm_status infer_ptp(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_axis_set axes;
    FM_TRY(fm_arg_axes(bound, 1, r->in[0]->ndim, &axes, error));
    r->compute = r->in[0]->dtype;
    fm_output_unknown(r, 0, r->in[0]->dtype);
    return FM_OK;
}

static fm_status cost_ptp(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    fm_axis_set axes;
    FM_TRY(fm_arg_axes(bound, 1, r->in[0]->ndim, &axes, error));
    return fm_cost_result(
        bound, fm_cost_reduce(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]), axes),
        error);
}

static const fm_row rows[] = {
    {.name = "ptp",
     .family = FM_FAMILY_STATISTICS,
     .nparams = 3,
     .nout = 1,
     .params = {FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("axis"), FM_P_BOOL_DEFAULT("keepdims", 0)},
     .infer = infer_ptp,
     .cost = cost_ptp,
     .run = run_ptp,
     .formula = "in - out",
     .dtypes = "int float complex",
     .meaning = "Largest less smallest element over axes."},
};

const fm_row_table fm_rows_statistics = {rows, (int)(sizeof rows / sizeof *rows)};
